//! Every sentence in every language, with the same variables, and no sentence that nobody uses.

use sanduq_core::act::Act;
use sanduq_core::names::Locale;
use sanduq_operations::process::Extent;
use sanduq_operations::process::PROCESSES;
use sanduq_operations::process::Phase;
use sanduq_operations::staff::Role;
use sanduq_web::language::language;
use sanduq_web::language::plural;
use sanduq_web::language::texts;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::path::PathBuf;

/// The messages of a language with the variables in them.
fn messages(locale: Locale) -> BTreeMap<String, BTreeSet<String>> {
    let mut messages: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut key = String::new();
    for line in texts(locale).iter().flat_map(|text| text.lines()) {
        if line.starts_with(|c: char| c.is_ascii_lowercase()) {
            key = line.split('=').next().unwrap().trim().to_owned();
            assert!(
                !messages.contains_key(&key),
                "{key} stands twice in {}",
                locale.tag()
            );
            messages.insert(key.clone(), BTreeSet::new());
        }
        for variable in line.split('$').skip(1) {
            let end = variable.find(|c: char| !c.is_ascii_alphanumeric() && c != '-');
            let name = &variable[..end.unwrap_or(variable.len())];
            messages.get_mut(&key).unwrap().insert(name.to_owned());
        }
    }
    messages
}

#[test]
fn every_key_in_every_language_with_the_same_variables() {
    let english = messages(Locale::En);
    for locale in [Locale::Ar, Locale::Fa, Locale::Fr] {
        let own = messages(locale);
        let keys: Vec<_> = own.keys().collect();
        assert_eq!(keys, english.keys().collect::<Vec<_>>(), "{}", locale.tag());
        for (key, variables) in &own {
            // `$count` only chooses a plural; a language without plurals need not look at it.
            let shown = |set: &BTreeSet<String>| {
                set.iter()
                    .filter(|name| *name != "count")
                    .cloned()
                    .collect::<BTreeSet<_>>()
            };
            assert_eq!(
                shown(variables),
                shown(&english[key]),
                "{} {key}",
                locale.tag()
            );
        }
    }
}

#[test]
fn arabic_has_its_six_plurals() {
    let arabic = texts(Locale::Ar).join("\n");
    for (at, _) in arabic.match_indices("{ $count ->") {
        let block = &arabic[at..at + arabic[at..].find("\n   }").unwrap()];
        for category in ["zero", "one", "two", "few", "many", "other"] {
            assert!(
                block.contains(&format!("[{category}]")),
                "{category} is missing: {block}"
            );
        }
    }
    let page = |count: u64| {
        let mut args = fluent_bundle::FluentArgs::new();
        args.set("count", plural(count, Locale::Ar));
        args.set("shown", sanduq_core::text::localised(count, Locale::Ar));
        let text = language(Locale::Ar).say_with("need-silent", &args);
        text.replace(['\u{2068}', '\u{2069}'], "")
    };
    for (count, sentence) in [
        (1, "مكتب صامت"),
        (2, "مكتبان صامتان"),
        (7, "٧ مكاتب صامتة"),
        (11, "١١ مكتبًا صامتًا"),
        (99, "٩٩ مكتبًا صامتًا"),
        (100, "١٠٠ مكتب صامت"),
        (101, "١٠١ مكتب صامت"),
        (202, "٢٠٢ مكتب صامت"),
        (103, "١٠٣ مكاتب صامتة"),
        (10_012, "١٠٬٠١٢ مكتبًا صامتًا"),
    ] {
        assert_eq!(page(count), sentence);
    }
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            sources(&path, found);
        } else {
            found.push(path);
        }
    }
}

/// What is said of the seats of a contest.
const SEATS: [&str; 6] = [
    "refused",
    "lot",
    "run-off",
    "reopen",
    "preliminary",
    "final",
];

/// Keys that are put together at run time.
fn composed() -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    for role in Role::ALL {
        let role = role.code().replace('_', "-");
        keys.extend([format!("role-{role}"), format!("duty-{role}")]);
    }
    for organ in [
        "executive",
        "supervision",
        "judiciary",
        "technical",
        "audit",
        "external",
    ] {
        keys.insert(format!("organ-{organ}"));
    }
    for calendar in ["gregorian", "persian", "hijri"] {
        keys.insert(format!("date-{calendar}"));
        keys.extend((1..=12).map(|month| format!("month-{calendar}-{month}")));
    }
    keys.extend((1..=7).map(|day| format!("weekday-{day}")));
    let states = "awaited received first-entered differing entered accepted quarantined returned \
        superseded holds fails";
    keys.extend(states.split(' ').map(|state| format!("state-{state}")));
    for kind in [
        "information",
        "loading",
        "partial",
        "warning",
        "refused",
        "failed",
    ] {
        keys.extend(["title", "text"].map(|part| format!("components-{kind}-{part}")));
    }
    keys.insert("refusal-next-explained".to_owned());
    for turn in ["first", "second", "third"] {
        keys.extend(["", "-help"].map(|part| format!("entry-{turn}{part}")));
        keys.insert(format!("entry-moved-{turn}"));
    }
    keys.extend(["accept", "correct", "return"].map(|outcome| format!("decision-{outcome}")));
    for kind in ["not-found", "refused", "failed", "busy", "no-snapshot"] {
        keys.extend(["title", "next"].map(|part| format!("refusal-{part}-{kind}")));
    }
    keys.extend(["accept", "correct", "return"].map(|outcome| format!("outcome-{outcome}")));
    for outcome in SEATS {
        keys.insert(format!("seats-{outcome}-title"));
    }
    for process in &PROCESSES {
        let part = (process.extent == Extent::Part).then_some("part");
        let parts = ["name", "owner", "gate", "paper"].into_iter().chain(part);
        keys.extend(parts.map(|part| format!("process-{}-{part}", process.number)));
    }
    keys.extend(Phase::ALL.map(|phase| format!("process-phase-{}", phase.code())));
    for state in ["elsewhere", "not-begun", "under-way", "done"] {
        keys.insert(format!("process-state-{state}"));
    }
    keys.extend(sanduq_web::two_persons::State::ALL.map(|state| format!("two-{}", state.code())));
    let boxes = ["actor", "from", "until", "station", "contest", "staff"];
    keys.extend(boxes.map(|name| format!("filter-{name}")));
    keys.extend(["conflict", "empty-line"].map(|code| format!("finding-{code}")));
    keys
}

/// The nouns whose refusals a page may have to show. Bad files (`table.`, `form.`, `manifest.` and
/// their like) are refused on the command line only.
const NOUNS: [&str; 20] = [
    "agency",
    "ballot",
    "geography",
    "image",
    "law",
    "outline",
    "password",
    "placement",
    "poll_book",
    "register",
    "results",
    "roll",
    "seats",
    "sheet",
    "staff",
    "station",
    "store",
    "text",
    "turnout",
    "web",
];

/// Faults of the store: they have a line in the log, and `web.fault` for the reader.
const FAULTS: [&str; 10] = [
    "store.cluster_did_not_start",
    "store.connection",
    "store.damaged",
    "store.database",
    "store.disk_full",
    "store.folder",
    "store.no_postgres",
    "store.other_version",
    "store.schema",
    "store.too_slow",
];

/// The key of every refusal's code that stands in the sources of the house, tests left out.
fn refusals() -> BTreeSet<String> {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut files = Vec::new();
    for room in ["core", "register", "count", "operations", "store", "web"] {
        sources(&crates.join(format!("sanduq-{room}/src")), &mut files);
    }
    let mut keys = BTreeSet::new();
    for file in files.iter().filter(|file| !file.ends_with("tests.rs")) {
        let text = fs::read_to_string(file).unwrap();
        let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
        let pieces: Vec<&str> = code.split('"').collect();
        for pair in pieces.chunks_exact(2) {
            let [before, literal] = [pair[0], pair[1]];
            let Some((noun, reason)) = literal.split_once('.') else {
                continue;
            };
            let plain = |c: char| c.is_ascii_lowercase() || c == '_';
            let written = !reason.is_empty() && reason.chars().all(plain);
            let file = matches!(reason, "csv" | "json" | "js" | "css");
            // An act and a refusal may share a code; the refusal's stands in a match.
            let act = Act::from_code(literal).is_some() && !before.trim_end().ends_with("=>");
            let fault = FAULTS.contains(&literal);
            if written && !file && !act && !fault && NOUNS.contains(&noun) {
                keys.insert(format!("refusal-{noun}-{reason}").replace('_', "-"));
            }
        }
    }
    keys
}

#[test]
fn every_refusal_has_a_sentence() {
    let refusals = refusals();
    assert!(
        refusals.len() > 90,
        "only {} codes were found",
        refusals.len()
    );
    let known = messages(Locale::En);
    let missing: Vec<_> = refusals
        .iter()
        .filter(|key| !known.contains_key(*key))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn no_sentence_is_missing_and_none_is_left_over() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    sources(&root.join("src"), &mut files);
    sources(&root.join("templates"), &mut files);
    let mut code = String::new();
    for file in files {
        code.push_str(&fs::read_to_string(file).unwrap());
    }
    let known = messages(Locale::En);
    let composed = composed();
    let refusals = refusals();
    for key in &composed {
        assert!(known.contains_key(key), "{key} has no sentence");
    }
    for key in known.keys() {
        let named = code.contains(&format!("\"{key}\""));
        let refusal = refusals.contains(key);
        assert!(
            named || refusal || composed.contains(key),
            "nobody uses {key}"
        );
    }
}

#[test]
fn every_act_has_a_sentence_in_every_language() {
    for act in Act::ALL {
        for locale in Locale::ALL {
            assert!(!act.sentence(locale).is_empty(), "{}", act.code());
        }
    }
}
