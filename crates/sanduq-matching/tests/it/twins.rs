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
    for (name, count, first) in [
        (
            "roll_ar_10k",
            9_988,
            "0\tعلياء\tماهر\tعيد\tعبد العال\tF\t1962-01-30\t22\t26201302252746\t",
        ),
        ("roll_fa_10k", 0, ""),
    ] {
        let text = rows(&folder.join(format!("{name}.csv")));
        let parquet = folder.join(format!("{name}.parquet"));
        if !parquet.exists() {
            println!("skipped: {name}.parquet is absent");
            continue;
        }
        let columns = rows(&parquet);
        assert_eq!(text.len(), columns.len());
        for (one, other) in text.iter().zip(&columns) {
            assert_eq!(one, other, "{name}");
        }
        assert!(count == 0 || text.len() == count);
        assert!(text[0].starts_with(first), "{}", text[0]);
    }
}
