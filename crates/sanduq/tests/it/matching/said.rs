//! Refusals and what is told of rows in the language that is asked for.

use crate::desk::Desk;
use crate::matching::roll;
use serde_json::Value;

#[test]
fn a_refusal_is_said_in_the_language_asked_for_with_its_place() {
    let desk = Desk::of("match");
    desk.file("empty.csv", "")
        .file("list.csv", "")
        .file("civil.csv", "");
    for (lang, said) in [
        ("ar", "الملف فارغ. اطلبه من مرسله ثانية."),
        ("fa", "پرونده تهی است. دوباره از فرستنده بخواهید."),
        ("fr", "Le fichier est vide. Redemandez-le à son expéditeur."),
        ("en", "The file is empty. Ask its sender for it again."),
    ] {
        for words in [
            "dedupe --profile wahat empty.csv --out pairs.csv",
            "link --profile wahat list.csv empty.csv --out pairs.csv",
            "missing --profile wahat civil.csv empty.csv --out pairs.csv",
            "prepare --profile wahat empty.csv --out roll.prepared",
            "explain --profile wahat --roll empty.csv 1 2",
            "report --profile wahat --truth empty.csv empty.csv",
            "train --profile wahat --out w.txt empty.csv=empty.csv",
        ] {
            let output = desk.run(&format!("{words} --lang {lang}"));
            assert_eq!(output.status.code(), Some(3), "{words}");
            let told = String::from_utf8(output.stderr).unwrap();
            assert!(told.contains("refused [source.empty]: "), "{told}");
            let behind = match lang {
                "ar" | "fa" => "(\u{2068}empty.csv\u{2069})",
                _ => "(empty.csv)",
            };
            assert!(told.contains(said) && told.contains(behind), "{told}");
        }
        let words = format!("dedupe --profile wahat empty.csv --out p.csv --json --lang {lang}");
        let object: Value = serde_json::from_slice(&desk.run(&words).stdout).unwrap();
        assert_eq!(object["code"], "source.empty");
        assert_eq!(object["said"], said);
        assert!(object["message"].as_str().unwrap().starts_with("empty.csv"));
    }
}

#[test]
fn what_is_told_of_rows_is_said_in_it_too() {
    let desk = Desk::of("match");
    let mut rows = roll::electors(91, 0, 20);
    rows.push("20,a,b,c,d,M,1970-02-31,11,".to_owned());
    desk.file("roll.csv", roll::text(&rows));
    for (lang, said) in [
        ("ar", "هذا ليس تاريخًا. صحّحه."),
        ("fa", "این تاریخ نیست. درستش کنید."),
        ("fr", "Ce n'est pas une date. Corrigez-la."),
    ] {
        desk.done(&format!(
            "dedupe --profile wahat roll.csv --out pairs.csv --lang {lang}"
        ));
        let places = desk.text("pairs.csv.quarantine.csv");
        assert!(
            places.contains("quarantine.not_a_date") && places.contains(said),
            "{places}"
        );
    }
}

#[test]
fn figures_are_said_as_the_language_writes_them() {
    let desk = Desk::of("match");
    let mut rows = roll::electors(92, 0, 20);
    rows.push("20,too,few".to_owned());
    rows.push("21,ليلى,طارق,سعيد,الجندي,F,1979-03-08,21,2790308210123".to_owned());
    desk.file("roll.csv", roll::text(&rows));
    for (lang, row, number) in [
        (
            "ar",
            "في الصف ٣ من الحقول تحت ٩",
            "عدد خانات الرقم القومي ١٣",
        ),
        ("fa", "سطر ۳ خانه دارد و ستون‌ها ۹", "کد ملی ۱۳ رقم"),
        (
            "fr",
            "La ligne a 3 champs pour 9",
            "Le numéro a 13 chiffres",
        ),
        (
            "en",
            "The row has 3 fields under 9",
            "The number has 13 digits",
        ),
    ] {
        let words = "dedupe --profile wahat roll.csv --out pairs.csv --lang";
        desk.done(&format!("{words} {lang}"));
        let places = desk.text("pairs.csv.quarantine.csv");
        assert!(places.contains(row) && places.contains(number), "{places}");
    }
}

#[test]
fn a_value_that_cannot_be_used_is_told_in_the_language_too() {
    let desk = Desk::of("match");
    let words = "missing --profile wahat a.csv b.csv --out m.csv";
    for (flag, code) in [
        ("--born-by soon", "matching.usage_born_by"),
        ("--born-by julian:1387-08-30", "matching.usage_born_by"),
        ("--calendar julian", "matching.usage_calendar"),
        ("--dates ydm", "matching.usage_dates"),
        ("--memory lots", "matching.usage_memory"),
        ("--repeated-ids drop", "matching.usage_repeated_ids"),
    ] {
        for (lang, word) in [
            ("--lang ar", "بعد --"),
            ("--lang=fa", "پس از --"),
            ("--lang fr", " veut un"),
            ("--lang en", " takes "),
        ] {
            let output = desk.run(&format!("{words} {flag} {lang}"));
            assert_eq!(output.status.code(), Some(2), "{flag}");
            let told = String::from_utf8(output.stderr).unwrap();
            let first = told.lines().next().unwrap();
            let expected = format!("usage [{code}]: ");
            assert!(
                first.starts_with(&expected) && first.contains(word),
                "{told}"
            );
            assert!(told.contains("error: invalid value"), "{told}");
        }
        let output = desk.run(&format!("{words} {flag}"));
        let told = String::from_utf8(output.stderr).unwrap();
        assert!(told.starts_with("error: invalid value"), "{told}");
    }
    for (lang, word) in [
        ("ar", "بعد --ids"),
        ("fa", "پس از --ids"),
        ("fr", "--ids veut un"),
        ("en", "--ids takes "),
    ] {
        let words = "explain --profile wahat --roll a.csv 1 2 --ids any --lang";
        let output = desk.run(&format!("{words} {lang}"));
        let told = String::from_utf8(output.stderr).unwrap();
        let expected = format!("usage [matching.usage_ids]: {word}");
        assert!(told.starts_with(&expected), "{told}");
    }
}

/// A desk with a roll of which there is something to tell of every kind, and a list.
fn desk_to_tell_of() -> Desk {
    let desk = Desk::of("match");
    let mut rows = roll::roll(93, 400);
    let number = rows[7].rsplit(',').next().unwrap().to_owned();
    rows.push(format!(
        "900,رأفت,فتحي,نصيف,الخولي,M,1951-02-11,12,{number}"
    ));
    rows.push("901,ليلى,طارق,سعيد,الجندي,Mrs,12.3.90,21,".to_owned());
    rows.push(",,,,,,,,".to_owned());
    rows.push("902,too,few".to_owned());
    rows.push(rows[3].clone());
    desk.file("roll.csv", roll::text(&rows)).file(
        "list.csv",
        roll::text(&roll::electors(93, 0, 30)).replacen("rid", "lid", 1),
    );
    desk
}

const TOLD: [(&str, [&str; 10]); 4] = [
    (
        "ar",
        [
            "اقتراحات آلية: ",
            "القيود: ٤٤٣، والأزواج المقارنة: ",
            "سنة-شهر-يوم، التقويم الميلادي، قُرئ منها ٩٩٫٧٧ ٪؛ سنته برقمين: ١",
            "جنس مكتوب بكلمات غير معروفة: ١ من ٤٤٣ (أولها في الأسطر ٤٤٣)",
            "صفوف خالية لا تدخل في المقارنة: ١ (أولها في السطر ٤٤٤)",
            "صفوف بلا معرّف خاص بها رُقّمت: ١",
            "صفوف مستبعدة: ١، وقيم خاطئة: ٢، في \u{2068}pairs.csv.quarantine.csv\u{2069}",
            "أرقام لأكثر من شخص: ١",
            "أشخاص في الأحوال المدنية ليسوا في سجل الناخبين: ",
            "يوم --born-by: التقويم الميلادي",
        ],
    ),
    (
        "fa",
        [
            "پیشنهاد خودکار: ",
            "سابقه‌ها: ۴۴۳، جفت‌های سنجیده: ",
            "سال-ماه-روز، گاه‌شمار میلادی، ۹۹٫۷۷ ٪ خوانده شد؛ شمار سال‌های دورقمی: ۱",
            "جنسیت با واژه‌های ناشناخته: ۱ از ۴۴۳ (نخستین‌ها در سطرهای ۴۴۳)",
            "سطرهای تهی که در سنجش نیستند: ۱ (نخستین در سطر ۴۴۴)",
            "سطرهای بی‌شناسه خاص که شماره گرفتند: ۱",
            "سطرهای کنارگذاشته: ۱، مقدارهای نادرست: ۲، در ",
            "شماره‌هایی که از آنِ بیش از یک نفر است: ۱",
            "کسانی از ثبت احوال که در فهرست رأی‌دهندگان نیستند: ",
            "روز --born-by: گاه‌شمار میلادی",
        ],
    ),
    (
        "fr",
        [
            "propositions automatiques\u{a0}: ",
            "fiches\u{a0}: 443, paires comparées\u{a0}: ",
            "année-mois-jour, calendrier grégorien, 99,77\u{a0}% lues\u{202f}; ",
            "sexes écrits en mots inconnus\u{a0}: 1 sur 443 (les premiers aux lignes 443)",
            "lignes vides, hors de la comparaison\u{a0}: 1 (la première est la ligne 444)",
            "lignes sans identifiant propre, qui ont été numérotées\u{a0}: 1",
            "lignes écartées\u{a0}: 1, valeurs fausses\u{a0}: 2, dans pairs.csv.quarantine.csv",
            "numéros de plus d'une personne\u{a0}: 1",
            "personnes de l'état civil absentes du registre\u{a0}: ",
            "jour de --born-by\u{a0}: calendrier grégorien",
        ],
    ),
    (
        "en",
        [
            " automatic proposals, ",
            "443 records, ",
            "dates of roll.csv: year-month-day, Gregorian calendar, 99.77 % read; 1 have a year",
            "roll.csv: 1 of 443 sexes are written in words that are not known (first on lines 443)",
            "roll.csv: 1 rows are empty and take no part (first on line 444)",
            "1 rows had no id of their own and were numbered",
            "1 rows set aside, 2 wrong values: pairs.csv.quarantine.csv",
            "1 numbers are those of more than one person; --shared-numbers lists them",
            " people of civil status are missing from the roll, ",
            "the day of --born-by: Gregorian calendar",
        ],
    ),
];

#[test]
fn the_end_is_told_in_the_language_asked_for() {
    let desk = desk_to_tell_of();
    let how = "--profile wahat --repeated-ids number --out pairs.csv";
    let dedupe = format!("dedupe roll.csv {how}");
    let link = format!("link list.csv roll.csv {how}");
    let missing = format!("missing list.csv roll.csv --born-by 2008-11-20 {how}");
    let end = |words: &str| {
        let output = desk.run(words);
        assert!(output.status.success(), "{}", crate::wadi::printed(&output));
        String::from_utf8(output.stdout).unwrap()
    };
    for (lang, lines) in TOLD {
        let told = [&dedupe, &link, &missing].map(|words| end(&format!("{words} --lang {lang}")));
        let [dedupe, link, missing] = &told;
        for line in &lines[..8] {
            assert!(dedupe.contains(line), "{line}: {dedupe}");
        }
        for (line, told) in [(0, link), (2, link), (6, link), (8, missing), (9, missing)] {
            assert!(told.contains(lines[line]), "{}: {told}", lines[line]);
        }
        let english = [" records", " rows", " pairs compared", "dates of"];
        let in_english = |told: &String| english.iter().any(|word| told.contains(word));
        assert_eq!(told.iter().any(in_english), lang == "en", "{told:?}");
    }
    let own = end(&dedupe);
    assert!(own.contains(" automatic proposals, "), "{own}");
}

#[test]
fn a_prepared_roll_is_told_of_in_the_language_too() {
    let desk = desk_to_tell_of();
    let words = "prepare roll.csv --profile wahat --repeated-ids number --out roll.prepared";
    for (lang, lines) in TOLD {
        let output = desk.run(&format!("{words} --lang {lang}"));
        let told = String::from_utf8(output.stdout).unwrap();
        for line in &lines[2..5] {
            assert!(told.contains(line), "{line}: {told}");
        }
        assert_eq!(told.contains(" records, "), lang == "en", "{told}");
    }
}
