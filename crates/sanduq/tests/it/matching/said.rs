//! Refusals and what is told of rows in the language that is asked for.

use crate::matching::Desk;
use crate::matching::roll;
use serde_json::Value;

#[test]
fn a_refusal_is_said_in_the_language_asked_for_with_its_place() {
    let desk = Desk::new();
    desk.file("empty.csv", "");
    for (lang, said) in [
        ("ar", "الملف فارغ. اطلبه من مرسله ثانية."),
        ("fa", "پرونده تهی است. دوباره از فرستنده بخواهید."),
        ("fr", "Le fichier est vide. Redemandez-le à son expéditeur."),
        ("en", "The file is empty. Ask its sender for it again."),
    ] {
        for words in [
            "dedupe --profile wahat empty.csv --out pairs.csv",
            "link --profile wahat empty.csv empty.csv --out pairs.csv",
            "missing --profile wahat empty.csv empty.csv --out pairs.csv",
            "prepare --profile wahat empty.csv --out roll.prepared",
            "explain --profile wahat --roll empty.csv 1 2",
            "report --profile wahat --truth empty.csv empty.csv",
            "train --profile wahat --out w.txt empty.csv=empty.csv",
        ] {
            let output = desk.run(&format!("{words} --lang {lang}"));
            assert_eq!(output.status.code(), Some(3), "{words}");
            let told = String::from_utf8(output.stderr).unwrap();
            assert!(told.contains("refused [source.empty]: "), "{told}");
            assert!(told.contains(said) && told.contains("(empty.csv"), "{told}");
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
    let desk = Desk::new();
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
