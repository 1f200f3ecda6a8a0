//! Forged ground: texts of law, units, contests, locks, lots, the event itself.

use crate::folder::wadi;
use crate::forgery::Care;
use crate::forgery::Forgery;
use crate::forgery::hand::everywhere;
use crate::forgery::hand::law;
use crate::forgery::hand::record;
use crate::forgery::hand::replace;
use crate::forgery::hand::sheet;
use sanduq_count::sheet::hex;

const LAWS: [(&str, &str, &str); 4] = [
    (
        "law/forms/wadi.toml",
        "right = [\"f8\"]",
        "right = [\"f8\"]\ntolerance = 1",
    ),
    (
        "law/seats/hare.toml",
        "quota = { kind = \"hare\"",
        "quota = { kind = \"droop\"",
    ),
    (
        "law/seats/majority.toml",
        "share = \"1/2\"",
        "share = \"2/5\"",
    ),
    (
        "law/profile/wadi.toml",
        "= \"REQUIRED\"",
        "= \"RECORD_REFUSAL\"",
    ),
];

const CONTESTS: [(&str, &str, &str, &str); 7] = [
    (
        "names of candidates swapped",
        "contest president",
        "\"en\":\"=Amal\"",
        "\"en\":\"Basil\"",
    ),
    (
        "a seat more",
        "contest council-d1",
        "\"seats\":3",
        "\"seats\":4",
    ),
    (
        "another rule",
        "contest president",
        "\"majority\"",
        "\"hare\"",
    ),
    (
        "a candidate struck off a list",
        "contest council-d1",
        ",{\"en\":\"Chams\"}",
        "",
    ),
    (
        "another unit",
        "contest council-d1",
        "\"unit\":\"d1\"",
        "\"unit\":\"n\"",
    ),
    (
        "marks not exact",
        "contest president",
        "\"exact_choice\":true",
        "\"exact_choice\":false",
    ),
    (
        "a title",
        "contest president",
        "\"en\":\"president\"",
        "\"en\":\"mayor\"",
    ),
];

const UNITS: [(&str, &str, &str, &str); 5] = [
    (
        "a station moved to another district",
        "units, digest",
        "\"code\":\"d1-3\",\"parent\":\"d1\"",
        "\"code\":\"d1-3\",\"parent\":\"d2\"",
    ),
    (
        "a district renamed",
        "units, digest",
        "\"en\":\"East\"",
        "\"en\":\"Orient\"",
    ),
    (
        "a station placed elsewhere",
        "units, digest",
        "23610000",
        "23610001",
    ),
    (
        "an outline that nobody adopted",
        "units, digest",
        "\"en\":\"East\"}",
        "\"en\":\"East\"},\"outline\":[[[0,0],[0,9],[9,9],[0,0]]]",
    ),
    (
        "voters added to a station",
        "registered",
        "\"registered\":500",
        "\"registered\":900",
    ),
];

/// Every forgery of the ground.
pub fn ground() -> Vec<Forgery> {
    let mut all = Vec::new();
    for (path, from, to) in LAWS {
        let name = format!("{path}: {to}");
        let forge = move |files: &mut _| law(files, path, from, to);
        // A text that changes seats or failed checks changes them in what follows, too.
        all.push(Forgery::new(
            name,
            Care::Derived,
            "law.not_adopted",
            (path, ""),
            forge,
        ));
    }
    for (name, place, from, to) in CONTESTS {
        let at = ("contests.json", format!("{place}, digest:"));
        let forge = move |files: &mut _| replace(files, "contests.json", from, to);
        let care = if to == "\"unit\":\"n\"" {
            Care::Alone
        } else {
            Care::Derived
        };
        all.push(Forgery::new(name, care, "contest.not_adopted", at, forge));
    }
    let at = ("contests.json", "contest president");
    let lot = |files: &mut _| {
        let line = "\"form\":\"wadi\",\"released\":true";
        let lots = ",\"lots\":[{\"among\":[\"a\",\"b\"],\"drawn\":[\"a\"]}]";
        replace(files, "contests.json", line, &format!("{line}{lots}"));
    };
    all.push(Forgery::new(
        "a lot that nobody drew",
        Care::Derived,
        "seats.lots",
        at,
        lot,
    ));
    let at = ("event.json", "registered, registered:");
    let voters = |files: &mut _| replace(files, "event.json", ":3000", ":3001");
    all.push(Forgery::new(
        "voters of the nation",
        Care::Derived,
        "roll.registered",
        at,
        voters,
    ));
    let at = ("geography.json", "stations:");
    let moved = |files: &mut _| {
        let (from, to) = (":500", ":400");
        record(files, "geography.json", "{\"code\":\"d1-2\"", |line| {
            line.replace(from, to)
        });
        record(files, "geography.json", "{\"code\":\"d2-2\"", |line| {
            line.replace(from, ":600")
        });
    };
    let name = "voters moved from one list to another";
    let code = "station.registered";
    all.push(Forgery::new(name, Care::Derived, code, at, moved));
    all.extend(units());
    all.extend(locks());
    all
}

/// The units.
fn units() -> Vec<Forgery> {
    let forged =
        |(name, place, from, to): (&'static str, &'static str, &'static str, &'static str)| {
            let code = if place == "registered" {
                "roll.registered"
            } else {
                "geography.not_adopted"
            };
            let forge = move |files: &mut _| replace(files, "geography.json", from, to);
            let at = ("geography.json", format!("{place}:"));
            let care = if to.contains("\"d2\"") {
                Care::Alone
            } else {
                Care::Derived
            };
            Forgery::new(name, care, code, at, forge)
        };
    UNITS.map(forged).into_iter().collect()
}

/// The snapshot and its event, under another name in every file.
pub fn snapshots() -> Vec<Forgery> {
    let snapshot = wadi().snapshot;
    let (id, root) = (snapshot.id(), hex(&snapshot.journal_root));
    let head = &root[..12];
    let size = snapshot.journal_size;
    let longer = id.replacen(&format!("{size}-"), "99-", 1);
    let other_head = "0123456789ab";
    let at = |place: &'static str| ("event.json", place);
    let hour = snapshot.at.to_string();
    let (id_2, root_2, head_2) = (id.clone(), root.clone(), head.to_owned());
    vec![
        Forgery::new(
            "a snapshot of a longer journal",
            Care::Alone,
            "journal.snapshot_size",
            at("journal:"),
            move |files| {
                everywhere(files, &id, &longer);
                replace(
                    files,
                    "event.json",
                    &format!("\"size\":{size}"),
                    "\"size\":99",
                );
            },
        ),
        Forgery::new(
            "a snapshot of another journal",
            Care::Alone,
            "journal.snapshot_root",
            at("journal:"),
            move |files| {
                everywhere(files, &id_2, &format!("{size}-{other_head}"));
                everywhere(files, &root_2, &root_2.replacen(&head_2, other_head, 1));
            },
        ),
        Forgery::new(
            "a snapshot of another hour",
            Care::Derived,
            "journal.snapshot_time",
            at("edition.at:"),
            move |files| everywhere(files, &hour, &hour.replacen("T17", "T18", 1)),
        ),
        Forgery::new(
            "another event",
            Care::Alone,
            "event.not_called",
            at("event:"),
            |files| {
                everywhere(files, "wadi-2026", "wadi-2027");
            },
        ),
    ]
}

/// Figures shown before their hour.
fn locks() -> Vec<Forgery> {
    let council = "sheets/council-d2.json";
    let at = ("contests.json", "contest council-d2: the lock");
    let lift = |files: &mut _| {
        replace(
            files,
            "contests.json",
            "\"released\":false",
            "\"released\":true",
        );
        replace(files, council, "\"released\":false", "\"released\":true");
    };
    let lifted = Forgery::new("a lock lifted", Care::Derived, "contest.lock", at, lift);
    let at = (council, "station d2-2 version 1:");
    let leak = move |files: &mut _| {
        record(files, council, &sheet("d2-2", 1), |line| {
            let figures = ",\"choices\":{\"palm\":7,\"well\":8}}";
            format!("{}{figures}", line.strip_suffix('}').unwrap())
        });
    };
    let leaked = Forgery::new(
        "locked figures shown",
        Care::Derived,
        "contest.lock",
        at,
        leak,
    );
    let at = (council, "station d2-2 version 1:");
    let tell = move |files: &mut _| {
        record(files, council, &sheet("d2-2", 1), |line| {
            let salt = ",\"salt\":\"00112233445566778899aabbccddeeff\"}";
            format!("{}{salt}", line.strip_suffix('}').unwrap())
        });
    };
    let told = Forgery::new(
        "a locked salt told",
        Care::Derived,
        "contest.lock",
        at,
        tell,
    );
    vec![lifted, leaked, told]
}
