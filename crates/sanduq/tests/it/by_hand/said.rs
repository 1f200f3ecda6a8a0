//! What is refused, in the language that is asked for.

use crate::by_hand::small;
use crate::by_hand::table::Table;
use crate::wadi::printed;
use crate::wadi::sanduq;
use serde_json::Value;
use std::fs;

/// Commands that are refused, one of each step, and a word of the sentence in each language.
const REFUSED: [(&str, &str, [&str; 4]); 9] = [
    (
        "setup draft @voters.csv --out @x.json",
        "ballot.questions",
        [
            "ملف الأسئلة",
            "پروندهٔ پرسش‌ها",
            "fichier des questions",
            "file of questions",
        ],
    ),
    (
        "setup open --draft @draft.json --credentials @public.json --out @again \
         --trustee @a.json --trustee @a.json",
        "ballot.trustee_twice",
        [
            "أمين فعل هذا",
            "امینی این کار",
            "Un dépositaire l’a déjà",
            "has done this already",
        ],
    ),
    (
        "credentials --draft @draft.json --count 2 --each @more --public @public.json",
        "ballot.out_in_use",
        [
            "هناك شيء موجود",
            "چیزی آنجا هست",
            "s’y trouve déjà",
            "is there already",
        ],
    ),
    (
        "key single --draft @none.json --secret @a/other --out @b.json",
        "ballot.no_file",
        [
            "لا ملف بهذا الاسم",
            "چنین پرونده‌ای نیست",
            "pas de tel fichier",
            "no such file",
        ],
    ),
    (
        "key roster --draft @draft.json --threshold 2 --ceremony @ceremony @m1.json",
        "ballot.threshold",
        ["النصاب", "آستانه", "Le seuil", "The threshold"],
    ),
    (
        "key commit --ceremony @nowhere --secret @m1/secret",
        "ballot.no_file",
        [
            "لا ملف بهذا الاسم",
            "چنین پرونده‌ای نیست",
            "pas de tel fichier",
            "no such file",
        ],
    ),
    (
        "shuffle --archive @election --end",
        "ballot.order",
        [
            "لا يجوز هذا الآن",
            "اکنون چنین کاری",
            "ne peut pas se faire",
            "may not be done now",
        ],
    ),
    (
        "result --archive @election",
        "ballot.order",
        [
            "لا يجوز هذا الآن",
            "اکنون چنین کاری",
            "ne peut pas se faire",
            "may not be done now",
        ],
    ),
    (
        "rehearse --group belenios-2048 --shuffled --out @x",
        "ballot.no_embedding",
        [
            "لا تسع الزمرة",
            "گروه جای",
            "Le groupe n’a pas de place",
            "group has no room",
        ],
    ),
];

#[test]
fn a_step_says_no_in_the_language_asked_for() {
    let table = small();
    for (words, code, said) in REFUSED {
        for (lang, word) in ["ar", "fa", "fr", "en"].iter().zip(said) {
            let (status, told, printed) = table.run(&format!("{words} --lang {lang}"));
            assert_eq!(status, Some(3), "{words}: {printed}");
            assert_eq!(told["code"], code, "{words}");
            let sentence = told["said"].as_str().unwrap();
            assert!(sentence.contains(word), "{words}: {sentence}");
            // What and where, as the program says it, stands behind the sentence.
            let own = told["message"].as_str().unwrap();
            assert!(
                printed.contains(&format!("{sentence} \u{2068}({own})")),
                "{printed}"
            );
        }
        let (_, told, _) = table.run(words);
        assert_eq!((&told["code"], told.get("said")), (&code.into(), None));
    }
}

#[test]
fn a_check_says_no_in_the_language_asked_for() {
    let table = small();
    let folder = table.path("election");
    let folder = folder.to_str().unwrap();
    let verify = |more: &[&str]| {
        let output = sanduq(&[&["verify", folder], more].concat());
        assert_eq!(output.status.code(), Some(3), "{}", printed(&output));
        let told = String::from_utf8(output.stdout).unwrap();
        (told, String::from_utf8(output.stderr).unwrap())
    };
    for (lang, unfinished, verdict, roll) in [
        (
            "ar",
            "ينتهي الأرشيف قبل النتيجة",
            "غير صحيح؛ عدد المخالفات: ١",
            "ما لا يستبعده",
        ),
        (
            "fa",
            "بایگانی پیش از نتیجه",
            "درست نیست؛ شمار خطاها: ۱",
            "به‌تنهایی منتفی",
        ),
        (
            "fr",
            "L’archive s’arrête avant",
            "N’EST PAS VALABLE, défauts : 1",
            "n’exclut pas à elle",
        ),
        (
            "en",
            "The archive ends before",
            "DOES NOT HOLD: 1 failures",
            "not excluded by",
        ),
    ] {
        for alone in [false, true] {
            let more = ["--lang", lang, "--belenios"];
            let (told, said) = verify(&more[..if alone { 3 } else { 2 }]);
            assert!(
                told.contains(unfinished) && told.contains(verdict),
                "{told}"
            );
            assert!(said.contains("refused [unfinished]: "), "{said}");
            assert!(said.contains(unfinished), "{said}");
            assert_eq!(told.contains(roll), alone, "{told}");
        }
        let (told, _) = verify(&["--lang", lang, "--json"]);
        let told: Value = serde_json::from_str(&told).unwrap();
        let said = told["failures"][0]["said"].as_str().unwrap();
        assert!(said.starts_with(unfinished), "{said}");
    }
}

/// Nothing there, and something that is none.
#[test]
fn what_cannot_be_checked_is_said_in_the_language_asked_for() {
    let table = Table::new();
    let empty = table.path("empty");
    fs::create_dir(&empty).unwrap();
    for (more, word) in [
        (&["--belenios"][..], "Il n’y a pas d’archive"),
        (&["--unfinished"], "à distance"),
    ] {
        let words = ["verify", empty.to_str().unwrap(), "--lang", "fr"];
        let output = sanduq(&[&words, more].concat());
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(
            output.status.code() == Some(3) && said.contains(word),
            "{said}"
        );
    }
}
