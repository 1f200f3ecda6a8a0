//! Real tables read whole: rows as counted by hand and sums as published. They lie beside the
//! project; without them these tests say that they were skipped.

use std::path::Path;
use std::path::PathBuf;

use sanduq_core::refusal::Refusal;
use sanduq_table::RaggedRows;
use sanduq_table::Reading;
use sanduq_table::TableRefusal;

/// The path of a real file, or none where there are none.
fn data(path: &str) -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    if folder.is_dir() {
        return Some(folder.join(path));
    }
    println!("skipped: ../shared/data is absent");
    None
}

/// The rows of all tables of `path` and the sum of each column, of `columns`, in them.
fn sums(path: &Path, reading: &Reading, columns: &[&str]) -> Result<(u64, Vec<u64>), TableRefusal> {
    let mut rows = 0;
    let mut sums = vec![0; columns.len()];
    for table in sanduq_table::open_with(path, reading)?.tables() {
        let table = table?;
        let columns = columns.iter().map(|name| table.column(name));
        let columns = columns.collect::<Result<Vec<usize>, TableRefusal>>()?;
        rows += table.for_each(|row| {
            for (sum, column) in sums.iter_mut().zip(&columns) {
                *sum += row.cell(*column).count()?.unwrap_or(0);
            }
            Ok::<(), TableRefusal>(())
        })?;
    }
    Ok((rows, sums))
}

fn repeatable(names: &[&str]) -> Reading {
    Reading {
        repeatable: names.iter().map(|name| (*name).to_owned()).collect(),
        ..Reading::default()
    }
}

/// 27 files, three of them with one row that has the cells of two sheets, or of half of one.
#[test]
fn tunisia_2014_all_sheets_of_27_constituencies() {
    let Some(path) = data("tunisia-2014/par") else {
        return;
    };
    let strict = sums(&path, &Reading::default(), &[]).unwrap_err();
    assert_eq!(strict.code(), "table.ragged_row");
    assert_eq!(
        strict.to_string(),
        "2.csv, row 230, column BR: the row has 131 cells under 69 columns; correct the row"
    );
    let reading = Reading {
        ragged_rows: RaggedRows::Hand,
        ..Reading::default()
    };
    let set = sanduq_table::open_with(&path, &reading).unwrap();
    assert_eq!((set.files(), set.passed_over().len()), (27, 0));
    let mut files = Vec::new();
    let mut ragged = Vec::new();
    let (mut rows, mut registered) = (0, 0);
    for table in set.tables() {
        let table = table.unwrap();
        let file = table.place().file;
        let column = table.column("registeredVoters").unwrap();
        let read = table.for_each(|row| {
            registered += row.cell(column).count()?.unwrap_or(0);
            if row.is_ragged() {
                ragged.push((file.clone(), row.number(), row.cell_count()));
            }
            Ok::<(), TableRefusal>(())
        });
        rows += read.unwrap();
        files.push(file);
    }
    let numbered: Vec<String> = (1..=27).map(|number| format!("{number}.csv")).collect();
    assert_eq!(files, numbered);
    assert_eq!((rows, registered), (9135, 4_270_196));
    let expected = [("2.csv", 230, 131), ("17.csv", 99, 24), ("24.csv", 56, 113)];
    let expected = expected.map(|(file, row, cells)| (file.to_owned(), row, cells));
    assert_eq!(ragged, expected);
}

#[test]
fn tunisia_2018_lists_of_350_councils() {
    let Some(path) = data("tunisia-2018-municipal/raw results.json") else {
        return;
    };
    let columns = ["votes_obtenus", "sieges_obtenus"];
    let read = sums(&path, &Reading::default(), &columns).unwrap();
    assert_eq!(read, (2074, vec![1_806_185, 7212]));
}

#[test]
fn egypt_2012_polling_centres_of_an_old_workbook() {
    let Some(path) = data("egypt/polling-centres-2012-complete.xls") else {
        return;
    };
    let unclear = sums(&path, &Reading::default(), &[]).unwrap_err();
    assert_eq!(unclear.code(), "table.sheet_unclear");
    let reading = Reading {
        sheet: Some("Sheet1".to_owned()),
        ..Reading::default()
    };
    let read = sums(&path, &reading, &["اجمال"]).unwrap();
    assert_eq!(read, (9339, vec![50_524_993]));
}

/// A byte-order mark, Arabic names, thousands separators and spaces after them; the first row of
/// the table is the total of the others.
#[test]
fn egypt_2012_second_round() {
    let Some(path) = data("egypt/Presidential 2012 Rnd2/EG.csv") else {
        return;
    };
    let columns = ["عدد الناخبين", "د.محمد مرسي", "د.أحمد شفيق"];
    let read = sums(&path, &Reading::default(), &columns).unwrap();
    assert_eq!(read, (28, vec![50_958_794, 13_230_131, 12_347_380]));
    let path = data("egypt/eed-mit/pround2/all.csv").unwrap();
    let read = sums(&path, &Reading::default(), &["Voters", "C13", "C9"]).unwrap();
    let with_total = [50_958_794, 13_230_131, 12_347_380].map(|sum| 2 * sum);
    assert_eq!(read, (29, with_total.to_vec()));
    let fault = sums(&path, &Reading::default(), &["Voter_variation"]).unwrap_err();
    assert_eq!(fault.code(), "cell.sign");
}

#[test]
fn georgia_2016_precincts() {
    let Some(path) = data("georgia/2016_official_parl_party.csv") else {
        return;
    };
    let strict = sums(&path, &Reading::default(), &[]).unwrap_err();
    assert_eq!(strict.code(), "table.repeated_column");
    let reading = repeatable(&["logic check", "logic check2"]);
    let columns = ["41 - Georgian Dream", "5 - United National Movement"];
    let read = sums(&path, &reading, &columns).unwrap();
    assert_eq!(read, (3668, vec![852_576, 473_906]));
    let table = sanduq_table::open_with(&path, &reading).unwrap();
    let table = table.tables().next().unwrap().unwrap();
    let asked = table.column("logic check").unwrap_err();
    assert_eq!(asked.code(), "table.repeated_column");
}

#[test]
fn russia_2021_stations_from_an_archive() {
    let Some(path) = data("russia/2021.csv.zip") else {
        return;
    };
    let registered = "Число избирателей, внесенных в список избирателей на момент окончания \
                      голосования";
    let read = sums(&path, &Reading::default(), &[registered]).unwrap();
    assert_eq!(read, (96_325, vec![109_204_662]));
    let path = data("russia/2016.csv.zip").unwrap();
    assert_eq!(sums(&path, &Reading::default(), &[]).unwrap().0, 96_871);
}

#[test]
fn iran_2009_provinces() {
    let Some(path) = data("iran/Election2009Iran.csv") else {
        return;
    };
    let columns = ["Ahmadinejad", "Mousavi"];
    let read = sums(&path, &repeatable(&["%"]), &columns).unwrap();
    assert_eq!(read, (30, vec![24_515_209, 13_225_330]));
}

/// The good and broken import files of a registration system.
#[test]
fn libya_files_are_read_or_refused_as_their_names_say() {
    let Some(folder) = data("libya-formats/smartelect/register/tests/uploads") else {
        return;
    };
    for (file, expected) in [
        ("valid_ecc.csv", Ok(3)),
        ("valid_center_types.csv", Ok(13)),
        ("blank_inbetween.csv", Ok(5)),
        ("newline_center_name.csv", Ok(3)),
        ("blank.csv", Err("table.empty")),
        ("too_few_headers.csv", Err("table.ragged_row")),
        ("too_many_headers.csv", Err("table.ragged_row")),
        ("too_many_columns.csv", Err("table.ragged_row")),
    ] {
        let read = sums(&folder.join(file), &Reading::default(), &[]);
        let read = read.map(|(rows, _)| rows).map_err(|refusal| refusal.code());
        assert_eq!(read, expected, "{file}");
    }
}

#[test]
fn an_opendocument_file_is_no_table() {
    let Some(folder) = data("tunisia-2014") else {
        return;
    };
    let ods = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let ods = ods.filter(|path| path.extension().is_some_and(|end| end == "ods"));
    for path in ods {
        let refusal = sums(&path, &Reading::default(), &[]).unwrap_err();
        assert_eq!(refusal.code(), "table.not_a_table");
    }
}
