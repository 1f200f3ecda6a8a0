//! Invented rolls of ten thousand people, each as CSV and as Parquet, which lie beside the project;
//! without them these tests say that they were skipped.

use core::ops::ControlFlow;
use std::path::Path;
use std::path::PathBuf;

use sanduq_matching::source::Column;
use sanduq_matching::source::Item;
use sanduq_matching::source::Source;

const WANTED: [Column<'static>; 9] = [
    Column::required("rid"),
    Column::required("given"),
    Column::required("father"),
    Column::required("grandfather"),
    Column::required("family"),
    Column::required("sex"),
    Column::required("dob"),
    Column::required("gov"),
    Column::required("nid"),
];

fn rolls() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/fixtures/roll");
    if folder.is_dir() {
        return Some(folder);
    }
    println!("skipped: ../shared/fixtures is absent");
    None
}

/// The fields of all rows, a tab after each.
fn rows(path: &Path) -> Vec<String> {
    let mut rows = Vec::new();
    let source = Source::open(path, &WANTED).unwrap();
    let ended = source.each(|item| {
        let Item::Row(row) = item else {
            panic!("{item:?}");
        };
        rows.push(row.fields().map(|field| format!("{field}\t")).collect());
        ControlFlow::Continue(())
    });
    assert_eq!(ended.unwrap().rows, rows.len() as u64);
    rows
}

#[test]
fn a_roll_has_the_same_rows_as_csv_and_as_parquet() {
    let Some(folder) = rolls() else {
        return;
    };
    let text = rows(&folder.join("roll_ar_10k.csv"));
    let columns = rows(&folder.join("roll_ar_10k.parquet"));
    assert_eq!(text.len(), columns.len());
    for (one, other) in text.iter().zip(&columns) {
        assert_eq!(one, other);
    }
    let first = "0\tعلياء\tماهر\tعيد\tعبد العال\tF\t1962-01-30\t22\t26201302252746\t";
    assert_eq!((text.len(), text[0].as_str()), (9_988, first));
}

#[test]
fn a_roll_of_another_script_is_read_whole() {
    let Some(folder) = rolls() else {
        return;
    };
    let text = rows(&folder.join("roll_fa_10k.csv"));
    let lines = std::fs::read(folder.join("roll_fa_10k.csv")).unwrap();
    let lines = lines.iter().filter(|byte| **byte == b'\n').count();
    assert_eq!(text.len() + 1, lines);
    assert_eq!(
        text[0],
        "0\tامیرحسین\tامیررضْا\t\tرسولی\tM\t1987-09-28\t11\t0900515899\t"
    );
}
