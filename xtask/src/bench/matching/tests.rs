//! The judge on cases made by hand, whose figures can be counted on one's fingers; it needs Python
//! alone.

use crate::bench::matching::figures;
use crate::bench::matching::figures::value;
use std::fs;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;
use std::process::Output;

/// Nine people in thirteen records. 1 and 2 are twins, whose names are spelled in two ways; 4 has
/// their day and family and is no neighbour; 11 and 12 are neighbours of one day, of two fathers.
/// 6 stands there three times, and its copies have father and day of 5, its neighbour, but the
/// original has not. 8 and 9 have no day. Nobody knows who stands in the rows 2 and 10, of which
/// one looks like 11.
const ROLL: &str = "\
rid,given,father,grandfather,family,dob
0,منى,أحمد,عبد الله,على,1990-01-02
1,هدى,احمد,عبدالله,علي,1990-01-02
2,ليلى,سالم,حسن,علي,1990-01-02
3,سلمى,احمد,عبدالله,علي,1990-01-02
4,عمر,زيد,حسن,بكر,1980-03-04
5,عمر,زيد,حسن,بكر,1980-03-04
6,زيد,عمر,حسن,بكر,1981-03-04
7,عمر,زيد,حسن,بكر,1980-03-04
8,نور,خالد,حسن,بكر,1970-05-06
9,نور,طارق,حسن,بكر,1970-05-06
10,نور,خالد,حسن,بكر,1970-05-06
11,سعد,بدر,حسن,بكر,
12,سعيد,بدر,حسن,بكر,
";
const TRUTH: &str = "\
rid,person,is_original
0,1,true
1,2,true
2,-1,true
3,4,true
4,5,true
5,6,false
6,6,true
7,6,false
8,11,true
9,12,true
10,,true
11,8,true
12,9,true
";

fn folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("judge-{name}-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn script(name: &str) -> Command {
    let mut python = Command::new("python3");
    let scripts = Path::new(env!("CARGO_MANIFEST_DIR")).join("bench");
    python
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .arg(scripts.join(name));
    python
}

/// What the judge says of pairs; with a list, `one` is the list's record.
fn judge(name: &str, pairs: &str, list_truth: Option<&str>) -> Output {
    let folder = folder(name);
    let file = |name: &str, text: &str| {
        fs::write(folder.join(name), text).unwrap();
        folder.join(name)
    };
    let mut judge = script("judge.py");
    judge.arg("--pairs").arg(file("pairs.csv", pairs));
    judge.arg("--truth").arg(file("truth.csv", TRUTH));
    judge.arg("--roll").arg(file("roll.csv", ROLL));
    if let Some(truth) = list_truth {
        judge.arg("--list-truth").arg(file("list.csv", truth));
    }
    let output = judge.output().unwrap();
    fs::remove_dir_all(folder).unwrap();
    output
}

fn assert_figures(output: &Output, expected: &[(&str, f64)]) {
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    let found = figures::read(&String::from_utf8_lossy(&output.stdout));
    for (name, wanted) in expected {
        let figure = value(&found, name);
        let near = figure.is_some_and(|figure| (figure - wanted).abs() < 1e-9);
        assert!(near, "{name} is {figure:?}, not {wanted}");
    }
}

/// Of the three pairs of person 6 two are found; the twins are linked, and two strangers.
#[test]
fn a_roll_compared_with_itself() {
    let pairs = "\
one,other,score,class,evidence
5,6,9.5,automatic,names
0,1,9.5,automatic,names
7,5,4,review,names
4,8,2.5,review,
";
    let expected = [
        ("records", 13.0),
        ("true_pairs", 3.0),
        ("proposed", 4.0),
        ("precision", 0.5),
        ("recall", 2.0 / 3.0),
        ("f1", 4.0 / 7.0),
        // Above the last pair: two of three right, three to find.
        ("f1_best", 2.0 / 3.0),
        // The two highest have one score, and one of them is wrong.
        ("recall_at_precision_0.999", 0.0),
        ("automatic", 2.0),
        ("automatic_false", 1.0),
        ("automatic_false_per_million", 1e6 / 13.0),
        ("twins", 1.0),
        ("twins_linked", 1.0),
        ("twins_linked_share", 100.0),
    ];
    assert_figures(&judge("itself", pairs, None), &expected);
}

#[test]
fn recall_holds_as_long_as_the_precision_does() {
    let pairs = "\
one,other,score,class
6,7,1,review
5,6,3,review
5,7,2,review
4,9,1.5,review
0,3,0.5,review
4,6,0.25,review
";
    let expected = [
        ("recall_at_precision_0.999", 2.0 / 3.0),
        ("f1_best", 6.0 / 7.0),
        ("automatic", 0.0),
        ("twins_linked", 0.0),
    ];
    assert_figures(&judge("holds", pairs, None), &expected);
}

#[test]
fn nothing_proposed_is_nothing_wrong() {
    let expected = [
        ("precision", 1.0),
        ("recall", 0.0),
        ("f1", 0.0),
        ("f1_best", 0.0),
    ];
    assert_figures(
        &judge("nothing", "one,other,score,class\n", None),
        &expected,
    );
}

/// The list has person 6, whom the roll has three times, person 4, and somebody who is on no roll.
#[test]
fn a_list_compared_with_a_roll() {
    let list = "lid,person\na,6\nb,4\nc,-1\n";
    let pairs = "\
one,other,score,class
a,5,9,automatic
b,3,8,automatic
c,2,7,automatic
";
    let expected = [
        ("records", 16.0),
        ("true_pairs", 4.0),
        ("precision", 2.0 / 3.0),
        ("recall", 0.5),
        ("automatic_false_per_million", 1e6 / 16.0),
    ];
    let output = judge("list", pairs, Some(list));
    assert_figures(&output, &expected);
    let found = figures::read(&String::from_utf8_lossy(&output.stdout));
    assert_eq!(value(&found, "twins"), None);
}

/// Rows that no honest comparison writes, and what the judge says of them.
const IMPOSSIBLE: [(&str, &str); 7] = [
    (
        "5,6,1,review\n6,5,2,review",
        "line 3: 6 and 5 stand there twice",
    ),
    ("5,5,1,review", "line 2: 5 is paired with itself"),
    ("5,13,1,review", "line 2: 5 or 13 is no record"),
    ("5,06,1,review", "line 2: 5 or 06 is no record"),
    ("5,6,1,certain", "line 2: certain is neither of automatic"),
    ("5,6,high,review", "line 2: high is no number"),
    ("5,6,1", "line 2: too few fields"),
];
const LIST: &str = "lid,person\n5,6\n6,6\n";
const IMPOSSIBLE_IN_A_LINK: [(&str, &str); 2] = [
    ("7,5,1,review", "line 2: 7 or 5 is no record"),
    (
        "5,6,1,review\n5,6,2,review",
        "line 3: 5 and 6 stand there twice",
    ),
];

#[test]
fn pairs_that_cannot_be_are_not_judged() {
    let alone = IMPOSSIBLE.map(|row| (None, row));
    let link = IMPOSSIBLE_IN_A_LINK.map(|row| (Some(LIST), row));
    for (list, (rows, why)) in alone.into_iter().chain(link) {
        let output = judge("wrong", &format!("one,other,score,class\n{rows}\n"), list);
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{rows}");
        assert!(said.contains(why), "{rows}: {said}");
    }
    let output = judge("wrong", "one,other,score\n5,6,1\n", None);
    assert!(String::from_utf8_lossy(&output.stderr).contains("has no column class"));
    let output = judge("wrong", "one,other,score,class\n", Some("person\n5\n"));
    assert!(String::from_utf8_lossy(&output.stderr).contains("line 2: no id"));
}

/// In a link the same two numbers are two different records each way round.
#[test]
fn a_list_has_ids_of_its_own() {
    let both = "one,other,score,class\n5,6,1,review\n6,5,2,review\n";
    let expected = [("proposed", 2.0), ("precision", 1.0)];
    assert_figures(&judge("both-ways", both, Some(LIST)), &expected);
}

/// Who is who leaves the records and stands in the truth alone.
#[test]
fn known_records_tell_nobody_who_they_are() {
    let folder = folder("known");
    let write = |name: &str, text: &str| fs::write(folder.join(name), text).unwrap();
    fs::create_dir_all(folder.join("febrl")).unwrap();
    let febrl = "rec_id, surname\nrec-70-dup-1, Hay\nrec-8-org, Ash\n";
    for name in ["dataset3", "dataset4a", "dataset4b"] {
        write(&format!("febrl/{name}.csv"), febrl);
    }
    write(
        "fake_1000.csv",
        "unique_id,surname,cluster\n50,Hay,7\n51,Ash,7\n52,Elm,8\n",
    );
    let mut prepare = script("prepare.py");
    let output = prepare
        .arg("known")
        .args([&folder, &folder])
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    for (name, expected) in [
        ("febrl3", "id,surname\n0,Hay\n1,Ash\n"),
        ("febrl4.list", "id,surname\n0,Hay\n1,Ash\n"),
        (
            "febrl4.list.truth",
            "id,person,is_original\n0,70,false\n1,8,true\n",
        ),
        ("fake", "id,surname\n0,Hay\n1,Ash\n2,Elm\n"),
        (
            "fake.truth",
            "id,person,is_original\n0,7,true\n1,7,false\n2,8,true\n",
        ),
    ] {
        let text = fs::read_to_string(folder.join(format!("{name}.csv"))).unwrap();
        assert_eq!(text.replace('\r', ""), expected, "{name}");
    }
    fs::remove_dir_all(folder).unwrap();
}

/// Records and people of the second roll are numbered on, and no two families become neighbours.
#[test]
fn rolls_are_joined() {
    let folder = folder("joined");
    for part in ["a", "b"] {
        fs::write(folder.join(format!("{part}.csv")), "rid,given\n0,x\n1,y\n").unwrap();
        let truth = "rid,person,is_original\n0,1,true\n1,0,true\n";
        fs::write(folder.join(format!("{part}.truth.csv")), truth).unwrap();
    }
    let mut prepare = script("prepare.py");
    prepare.arg("join").arg(&folder).args(["whole", "a", "b"]);
    assert!(prepare.status().unwrap().success());
    let read = |name: &str| {
        let text = fs::read_to_string(folder.join(name)).unwrap();
        text.replace('\r', "")
    };
    assert_eq!(read("whole.csv"), "rid,given\n0,x\n1,y\n2,x\n3,y\n");
    let truth = "rid,person,is_original\n0,1,true\n1,0,true\n2,4,true\n3,3,true\n";
    assert_eq!(read("whole.truth.csv"), truth);
    fs::remove_dir_all(folder).unwrap();
}

/// What a program costs is written beside what it prints, and its exit code is passed on.
#[test]
fn a_program_is_costed() {
    let folder = folder("cost");
    let file = folder.join("cost.txt");
    let mut cost = script("cost.py");
    cost.args([&file, &folder.join("log")]).args([
        "sh",
        "-c",
        "sleep 0.2; echo done; echo why >&2; exit 7",
    ]);
    let output = cost.output().unwrap();
    assert_eq!(output.status.code(), Some(7));
    assert_eq!(String::from_utf8_lossy(&output.stdout), "done\n");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "why\n");
    let found = figures::read(&fs::read_to_string(&file).unwrap());
    assert!(
        value(&found, "wall").is_some_and(|wall_s| wall_s >= 0.2),
        "{found:?}"
    );
    assert!(
        value(&found, "memory").is_some_and(|gigabytes| gigabytes > 0.0),
        "{found:?}"
    );
    fs::remove_dir_all(folder).unwrap();
}
