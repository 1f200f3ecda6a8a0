//! One roll has one answer: whatever the machine has of threads and memory, and whatever kind of
//! file the roll is. And the answer is right, where the truth is known.

use crate::desk::Desk;
use crate::desk::object;
use crate::matching::fixtures;
use crate::matching::roll;
use core::ops::ControlFlow;
use sanduq_matching::source::Column;
use sanduq_matching::source::Item;
use sanduq_matching::source::Source;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::path::Path;

#[test]
fn threads_and_memory_do_not_change_a_byte() {
    let desk = Desk::of("match");
    desk.file("roll.csv", roll::text(&roll::roll(7, 1500)));
    let words = "dedupe --profile wahat roll.csv --json --out";
    for threads in ["1", "2", "3"] {
        let mut command = desk.command(&format!("{words} {threads}.csv"));
        object(&command.env("RAYON_NUM_THREADS", threads).output().unwrap());
    }
    // The least memory that is enough, within 2 KiB: keys are made in many passes.
    let (mut less, mut enough) = (36_u64 << 20, 38_u64 << 20);
    while enough - less > 2048 {
        let half = less.midpoint(enough);
        let ran = desk.run(&format!("{words} low.csv --memory {half}"));
        match ran.status.code() {
            Some(0) => enough = half,
            Some(3) => less = half,
            other => panic!("{other:?}"),
        }
    }
    object(&desk.run(&format!("{words} low.csv --memory {enough}")));
    let first = desk.bytes("1.csv");
    assert!(desk.pairs("1.csv").len() >= 100);
    for name in ["2.csv", "3.csv", "low.csv"] {
        assert!(desk.bytes(name) == first, "{name}");
    }
}

/// Pairs stand in the order of the roll, each once, the earlier record first.
#[test]
fn pairs_stand_in_the_order_of_the_roll_each_once() {
    let desk = Desk::of("match");
    let mut rows = roll::roll(8, 1000);
    rows.reverse();
    desk.file("roll.csv", roll::text(&rows));
    let told = desk.done("dedupe --profile wahat roll.csv --out pairs.csv");
    let place = |id: &String| {
        rows.iter()
            .position(|row| row.split(',').next() == Some(id))
    };
    let pairs = desk.pairs("pairs.csv");
    let places: Vec<_> = pairs
        .iter()
        .map(|row| (place(&row.one), place(&row.other)))
        .collect();
    assert!(places.iter().all(|(one, other)| one < other));
    assert!(places.windows(2).all(|two| two[0] < two[1]));
    for class in ["automatic", "review"] {
        let count = pairs.iter().filter(|row| row.class == class).count();
        assert!(count > 0 && told[class] == count, "{class}: {told}");
    }
}

/// The person behind each id.
fn persons(path: &Path) -> BTreeMap<String, String> {
    let wanted = [Column::required("rid"), Column::required("person")];
    let mut persons = BTreeMap::new();
    let source = Source::open(path, &wanted).unwrap();
    let read = source.each(|item| {
        if let Item::Row(row) = item {
            persons.insert(row.field(0).to_owned(), row.field(1).to_owned());
        }
        ControlFlow::Continue(())
    });
    read.unwrap();
    persons
}

#[test]
fn ten_thousand_electors_give_one_answer_of_either_file_and_a_right_one() {
    let Some(folder) = fixtures() else { return };
    let desk = Desk::of("match");
    let name = |end: &str| {
        folder
            .join(format!("roll_ar_10k.{end}"))
            .display()
            .to_string()
    };
    for end in ["csv", "parquet"] {
        desk.done(&format!("dedupe --profile wahat {} --out {end}", name(end)));
    }
    assert!(desk.bytes("csv") == desk.bytes("parquet"));
    let persons = persons(Path::new(&name("truth.parquet")));
    let mut records: BTreeMap<&String, u64> = BTreeMap::new();
    persons
        .values()
        .for_each(|person| *records.entry(person).or_default() += 1);
    let all: u64 = records.values().map(|count| count * (count - 1) / 2).sum();
    let pairs = desk.pairs("csv");
    let is_right = |one: &String, other: &String| persons[one] == persons[other];
    let right = pairs
        .iter()
        .filter(|row| is_right(&row.one, &row.other))
        .count();
    let f1 = 2.0 * right as f64 / (pairs.len() as u64 + all) as f64;
    assert!(f1 >= 0.96, "{f1}");
    let automatic = pairs.iter().filter(|row| row.class == "automatic");
    let (right, wrong): (Vec<_>, Vec<_>) =
        automatic.partition(|row| is_right(&row.one, &row.other));
    assert!(wrong.is_empty(), "{wrong:?}");
    assert!(right.len() > 250, "{}", right.len());
    // The figures of the report are those of the pairs, of which some automatic are for review.
    let report = format!("report --profile wahat {} --json --truth", name("csv"));
    let output = desk.run(&format!("{report} {}", name("truth.parquet")));
    let figures: BTreeMap<String, f64> = String::from_utf8(output.stdout)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap())
        .filter_map(|told| Some((told["figure"].as_str()?.to_owned(), told["value"].as_f64()?)))
        .collect();
    assert_eq!(figures["true_pairs"], all as f64);
    assert!((figures["f1"] - f1).abs() < 1e-5, "{} {f1}", figures["f1"]);
    assert_eq!(figures["automatic_false"], 0.0);
}

/// Nothing that a run says names a person; only the files that are asked for do.
#[test]
fn nothing_personal_is_said() {
    let desk = Desk::of("match");
    let rows = roll::roll(9, 400);
    desk.file("roll.csv", format!("{}900,x\n", roll::text(&rows)))
        .file(
            "list.csv",
            roll::text(&rows[..50]).replacen("rid", "lid", 1),
        );
    let fields = rows.iter().flat_map(|row| row.split(','));
    let personal: BTreeSet<&str> = fields.filter(|field| field.len() > 5).collect();
    assert!(personal.len() > 700);
    for words in [
        "dedupe roll.csv",
        "link list.csv roll.csv",
        "missing list.csv roll.csv",
        "dedupe none.csv",
        "link list.csv list.csv --memory 1M",
    ] {
        for more in ["", "--json"] {
            let output = desk.run(&format!("{words} --profile wahat --out pairs.csv {more}"));
            let said = crate::wadi::printed(&output);
            assert!(said.len() > 20, "{words}");
            let told = personal.iter().find(|field| said.contains(**field));
            assert_eq!(told, None, "{words}: {said}");
        }
    }
}

/// Two people who carry one number are told of and listed; nobody is proposed for it.
#[test]
fn a_number_of_two_people_is_told_and_listed() {
    let desk = Desk::of("match");
    let mut rows = roll::electors(12, 0, 300);
    let number = rows[7].rsplit(',').next().unwrap().to_owned();
    rows.push(format!(
        "900,رأفت,فتحي,نصيف,الخولي,M,1951-02-11,12,{number}"
    ));
    desk.file("roll.csv", roll::text(&rows));
    let told = desk.done("dedupe --profile wahat roll.csv --out pairs.csv");
    assert_eq!(told["shared_numbers"], 1, "{told}");
    assert!(!desk.path("numbers.csv").exists());
    let words = "dedupe --profile wahat roll.csv --out pairs.csv --shared-numbers numbers.csv";
    desk.done(words);
    let listed = String::from_utf8(desk.bytes("numbers.csv")).unwrap();
    assert_eq!(
        listed,
        "number,record,person,people,notes\n1,7,7,2,\n1,900,900,2,\n"
    );
    assert!(
        desk.pairs("pairs.csv")
            .iter()
            .all(|pair| pair.other != "900")
    );
    let (code, _) = desk.refusal(&words.replace("pairs.csv", "numbers.csv"));
    assert_eq!(code, "matching.out_is_input");
    let (code, _) = desk.refusal(
        &words
            .replace("pairs.csv", "new.csv")
            .replace("numbers.csv", "new.csv"),
    );
    assert_eq!(code, "matching.out_is_input");
    for other in ["./pairs.csv", "pairs.csv.quarantine.csv", "pairs.csv.work"] {
        let (code, _) = desk.refusal(&words.replace("numbers.csv", other));
        assert_eq!(code, "matching.out_is_input", "{other}");
    }
}
