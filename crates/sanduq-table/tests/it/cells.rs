//! What a cell gives and what it refuses.

use std::io::Cursor;

use sanduq_core::refusal::Refusal;
use sanduq_table::CellRefusal;
use sanduq_table::RaggedRows;
use sanduq_table::Reading;
use sanduq_table::TableRefusal;

/// Gives the first row's cell in column B of a table to `look`.
fn with_cell<T>(cell: &str, look: impl Fn(sanduq_table::Cell<'_>) -> T) -> T {
    let text = format!("station,registered\nx,\"{}\"\n", cell.replace('"', "\"\""));
    let table = sanduq_table::open_reader("sheets.csv", Cursor::new(text)).expect("a table");
    let mut seen = None;
    table
        .for_each(|row| {
            seen = Some(look(row.cell(1)));
            Ok::<(), TableRefusal>(())
        })
        .expect("rows");
    seen.expect("a row")
}

#[test]
fn counts_come_out_of_cells_or_are_refused_with_their_place() {
    assert_eq!(
        with_cell("2,657,774 ", |cell| cell.count()),
        Ok(Some(2_657_774))
    );
    assert_eq!(with_cell("۴۵۶", |cell| cell.count()), Ok(Some(456)));
    assert_eq!(with_cell(" ", |cell| cell.count()), Ok(None));
    assert_eq!(with_cell("12.0", |cell| cell.whole()), Ok(Some(12)));
    let refusal = with_cell("12.5", |cell| cell.count()).unwrap_err();
    assert_eq!(refusal.code(), "cell.decimal");
    assert_eq!(
        refusal.to_string(),
        "sheets.csv, row 2, column B “registered”: a count has no decimal point; write a whole \
         number, thousands only with a comma (found \"12.5\")"
    );
    let as_table = TableRefusal::from(refusal.clone());
    assert_eq!(as_table.to_string(), refusal.to_string());
    assert_eq!(as_table.code(), refusal.code());
}

#[test]
fn each_fault_of_a_count_has_its_code() {
    for (written, code) in [
        ("-5", "cell.sign"),
        ("12.0", "cell.decimal"),
        ("1٢", "cell.mixed_digits"),
        ("12,34", "cell.separator"),
        ("99999999999999999999", "cell.overflow"),
        ("five", "cell.not_digits"),
    ] {
        let refusal = with_cell(written, |cell| cell.count()).unwrap_err();
        assert_eq!(refusal.code(), code, "{written}");
        assert_eq!(refusal.found, written);
        assert_eq!(refusal.place.row, Some(2));
        assert_eq!(refusal.place.column.as_ref().unwrap().number, 2);
    }
}

/// Reads the counts of column B in order; the first refusal, if any.
fn counts(name: &str, bytes: Vec<u8>) -> Result<Vec<Option<u64>>, Box<dyn std::error::Error>> {
    let mut counts = Vec::new();
    let table = sanduq_table::open_reader(name, Cursor::new(bytes))?;
    table.for_each(|row| {
        counts.push(row.cell(1).count()?);
        Ok::<(), TableRefusal>(())
    })?;
    Ok(counts)
}

#[test]
fn a_number_of_json_that_is_no_count_says_what_it_is() {
    let read = |number: &str| {
        let text = format!("[{{\"station\":\"1\",\"voted\":{number}}}]");
        counts("t.json", text.into_bytes())
    };
    for (number, count) in [
        ("12", 12),
        ("12.0", 12),
        ("0", 0),
        ("1e+05", 100_000),
        ("18014398509481985", 18_014_398_509_481_985),
    ] {
        assert_eq!(read(number).unwrap(), [Some(count)], "{number}");
    }
    for (number, says) in [
        (
            "1e20",
            "has an exponent, so it is too large to be a count or digits of it are lost; \
                  write every digit (found \"1e20\")",
        ),
        (
            "99999999999999999999999",
            "too large to be a count; check the digits (found \"99999999999999999999999\")",
        ),
        (
            "12.5",
            "no decimal point; write a whole number, thousands only with a comma \
                  (found \"12.5\")",
        ),
        (
            "384.99999999999999999",
            "no decimal point; write a whole number, thousands only with a comma \
                  (found \"384.99999999999999999\")",
        ),
        (
            "-0",
            "no sign, dash or brackets; write the number alone (found \"-0\")",
        ),
        ("-0.0", "write the number alone (found \"-0\")"),
        ("-7", "write the number alone (found \"-7\")"),
        (
            "true",
            "true or false and no count; write the count in digits (found \"true\")",
        ),
    ] {
        let said = read(number).unwrap_err().to_string();
        assert!(
            said.starts_with("t.json, row 1, column B “voted”: "),
            "{said}"
        );
        assert!(said.ends_with(says), "{said}");
    }
}

#[test]
fn a_cell_of_a_workbook_that_is_no_count_says_what_it_is() {
    let read = |cell: &str| {
        let rows = format!(
            "<row r=\"1\"><c r=\"A1\" t=\"str\"><v>station</v></c>\
             <c r=\"B1\" t=\"str\"><v>voted</v></c></row>\
             <row r=\"2\"><c r=\"A2\"><v>1</v></c><c r=\"B2\"{cell}</c></row>"
        );
        counts("t.xlsx", crate::making::workbook(&[("S", &rows)]))
    };
    let blank = " t=\"str\"><f>IF(A2=1,\"\",0)</f><v></v>";
    assert_eq!(read("><f>SUM(A2)</f><v>5</v>").unwrap(), [Some(5)]);
    assert_eq!(read(blank).unwrap(), [None]);
    for (cell, code, says) in [
        (
            " t=\"d\"><v>2014-10-26</v>",
            "cell.date",
            "found \"2014-10-26\"",
        ),
        (
            " t=\"d\"><v>2014-10-26T18:30:00</v>",
            "cell.date",
            "a date or a time; format",
        ),
        (" t=\"b\"><v>1</v>", "cell.truth", "found \"true\""),
        (" t=\"e\"><v>#REF!</v>", "cell.failed", "found \"#REF!\""),
        (
            "><f>B1/0</f><v>#DIV/0!</v>",
            "cell.failed",
            "the formula of this cell failed; mend it",
        ),
        (
            "><f>SUM(A2:A9)</f>",
            "cell.formula",
            "found \"=SUM(A2:A9)\"",
        ),
        (
            "><f>A2</f><v></v>",
            "cell.formula",
            "let it compute and save it",
        ),
        (
            "><f t=\"shared\" si=\"0\"/>",
            "cell.formula",
            "found \"=…\"",
        ),
        ("><v>1E+20</v>", "cell.exponent", "write every digit"),
        ("><v>0.5</v>", "cell.decimal", "found \"0.5\""),
    ] {
        let refusal = read(cell).unwrap_err();
        let said = refusal.to_string();
        let place = "t.xlsx, sheet “S”, row 2, column B “voted”: ";
        assert!(said.starts_with(place) && said.contains(says), "{said}");
        let refusal = refusal.downcast::<TableRefusal>().unwrap();
        assert_eq!(refusal.code(), code, "{said}");
    }
}

/// What stands in place of a name must not become one.
#[test]
fn a_formula_is_no_text() {
    let refusal = with_cell("=A1", |cell| cell.text().map(str::to_owned)).unwrap_err();
    assert_eq!(refusal.code(), "cell.formula");
}

#[test]
fn texts_lose_their_margins_and_nothing_else() {
    for (written, text) in [
        (" الائتلاف الديمقراطي ", "الائتلاف الديمقراطي"),
        ("\u{200F}تونس\u{A0}", "تونس"),
        ("می\u{200C}خواهم", "می\u{200C}خواهم"),
        ("a  b", "a  b"),
        ("", ""),
        ("\n", ""),
    ] {
        with_cell(written, |cell| {
            assert_eq!(cell.text().unwrap(), text);
            assert_eq!(cell.as_written(), written);
            assert_eq!(cell.is_blank(), text.is_empty());
        });
    }
}

/// Requirements, scenario E107: what a person sees must be what is stored.
#[test]
fn texts_with_hidden_characters_are_refused() {
    for hidden in [
        "\u{202E}", "\u{202D}", "\u{202A}", "\u{2066}", "\u{2069}", "\u{2028}", "\u{7}", "\u{1B}",
        "\u{85}", "\u{7F}", "\n", "\t", "\r\n", "\u{FEFF}", "\u{200B}", "\u{2060}",
    ] {
        let written = format!("list{hidden}A");
        let refusal = with_cell(&written, |cell| cell.text().map(str::to_owned)).unwrap_err();
        assert_eq!(refusal.code(), "cell.hidden_character");
        let shown = refusal.to_string();
        assert!(!shown.contains(hidden), "{shown:?}");
        assert!(shown.contains("U+"), "{shown}");
    }
}

#[test]
fn a_ragged_row_is_handed_over_only_where_asked_and_says_so() {
    let text = "station,registered,voted\n1,10,9\n2,10\n3,10,9,8\n4,10,9\n";
    let reading = Reading {
        ragged_rows: RaggedRows::Hand,
        ..Reading::default()
    };
    let table = sanduq_table::open_reader_with("s.csv", Cursor::new(text), &reading).unwrap();
    let voted = table.column("voted").unwrap();
    let mut seen = Vec::new();
    let rows = table.for_each(|row| {
        let count = row.cell(voted).count();
        seen.push((
            row.number(),
            row.cell_count(),
            row.is_ragged(),
            count.map_err(|no| no.code()),
        ));
        Ok::<(), Stopped>(())
    });
    assert_eq!(rows.unwrap(), 4);
    assert_eq!(
        seen,
        [
            (2, 3, false, Ok(Some(9))),
            (3, 2, true, Err("cell.absent")),
            (4, 4, true, Ok(Some(9))),
            (5, 3, false, Ok(Some(9))),
        ]
    );
}

/// An error of a caller's own.
#[derive(Debug, PartialEq, Eq)]
struct Stopped(&'static str);

impl From<CellRefusal> for Stopped {
    fn from(refusal: CellRefusal) -> Self {
        Self(refusal.code())
    }
}

impl From<TableRefusal> for Stopped {
    fn from(refusal: TableRefusal) -> Self {
        Self(refusal.code())
    }
}

#[test]
fn the_callers_own_error_stops_the_reading() {
    for (name, bytes) in [
        ("a.csv", b"a,b\n1,2\nx,3\n4,5\n".to_vec()),
        ("a.json", br#"[{"a":1},{"a":"x"},{"a":2}]"#.to_vec()),
        (
            "a.xlsx",
            crate::making::workbook(&[(
                "S",
                "<row r=\"1\"><c r=\"A1\" t=\"str\"><v>a</v></c></row>\
                 <row r=\"2\"><c r=\"A2\"><v>1</v></c></row>\
                 <row r=\"3\"><c r=\"A3\" t=\"str\"><v>x</v></c></row>\
                 <row r=\"4\"><c r=\"A4\"><v>2</v></c></row>",
            )]),
        ),
    ] {
        let table = sanduq_table::open_reader(name, Cursor::new(bytes)).unwrap();
        let mut rows = 0;
        let stopped = table.for_each(|row| {
            rows += 1;
            row.cell(0).count()?;
            Ok::<(), Stopped>(())
        });
        assert_eq!(stopped, Err(Stopped("cell.not_digits")), "{name}");
        assert_eq!(rows, 2, "{name}");
    }
}

#[test]
fn columns_are_found_by_name() {
    let text = "\u{200F}station , registered  voters,x\n1,2,3\n";
    let table = sanduq_table::open_reader("s.csv", Cursor::new(text)).unwrap();
    assert_eq!(table.header(), ["station", "registered voters", "x"]);
    assert_eq!(table.column("registered voters").unwrap(), 1);
    assert_eq!(table.column(" registered  voters").unwrap(), 1);
    let refusal = table.column("voted").unwrap_err();
    assert_eq!(refusal.code(), "table.missing_column");
    assert_eq!(refusal.place, Box::new(table.place()));
    assert_eq!(refusal.place.row, Some(1));
}
