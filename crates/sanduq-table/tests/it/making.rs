//! Tiny files for the tests.

use std::io::Cursor;
use std::io::Write;

use sanduq_table::Reading;
use sanduq_table::TableRefusal;
use zip::write::SimpleFileOptions;
use zip::write::ZipWriter;

/// An archive of these entries.
pub fn zipped(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        let options = SimpleFileOptions::default();
        writer
            .start_file(*name, options)
            .expect("an entry of these tests");
        writer.write_all(bytes).expect("memory takes it");
    }
    writer.finish().expect("memory takes it").into_inner()
}

/// A workbook of these sheets, each a name and the XML of its rows; a name that ends in `(hidden)`
/// is that of a hidden one.
pub fn workbook(sheets: &[(&str, &str)]) -> Vec<u8> {
    workbook_with(
        sheets,
        "<sst uniqueCount=\"2\"><si><t>مركز</t></si><si><t>B</t></si></sst>",
    )
}

/// As [`workbook`], with these shared texts.
pub fn workbook_with(sheets: &[(&str, &str)], shared: &str) -> Vec<u8> {
    const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const LINKS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const PARTS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
    let mut list = String::new();
    let mut links = String::new();
    let mut entries = Vec::new();
    for (at, (name, rows)) in sheets.iter().enumerate() {
        let id = at + 1;
        let (name, state) = match name.strip_suffix("(hidden)") {
            Some(name) => (name, " state=\"hidden\""),
            None => (*name, ""),
        };
        list.push_str(&format!(
            "<sheet name=\"{name}\" sheetId=\"{id}\"{state} r:id=\"r{id}\"/>"
        ));
        links.push_str(&format!(
            "<Relationship Id=\"r{id}\" Type=\"{LINKS}/worksheet\" \
             Target=\"worksheets/sheet{id}.xml\"/>"
        ));
        let sheet =
            format!("<worksheet xmlns=\"{MAIN}\"><sheetData>{rows}</sheetData></worksheet>");
        entries.push((format!("xl/worksheets/sheet{id}.xml"), sheet));
    }
    entries.push((
        "[Content_Types].xml".to_owned(),
        "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>"
            .to_owned(),
    ));
    entries.push((
        "xl/workbook.xml".to_owned(),
        format!(
            "<workbook xmlns=\"{MAIN}\" xmlns:r=\"{LINKS}\"><sheets>{list}</sheets></workbook>"
        ),
    ));
    entries.push((
        "xl/_rels/workbook.xml.rels".to_owned(),
        format!("<Relationships xmlns=\"{PARTS}\">{links}</Relationships>"),
    ));
    entries.push((
        "_rels/.rels".to_owned(),
        format!(
            "<Relationships xmlns=\"{PARTS}\"><Relationship Id=\"r0\" \
             Type=\"{LINKS}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
        ),
    ));
    entries.push(("xl/sharedStrings.xml".to_owned(), shared.to_owned()));
    let entries: Vec<(&str, &[u8])> = entries
        .iter()
        .map(|(name, bytes)| (name.as_str(), bytes.as_bytes()))
        .collect();
    zipped(&entries)
}

/// The heading and the cells of every row, with the rows' numbers.
pub type Whole = (Vec<String>, Vec<(u64, Vec<String>)>);

/// Reads a table whole.
pub fn read(name: &str, bytes: &[u8], reading: &Reading) -> Result<Whole, TableRefusal> {
    let stream = Cursor::new(bytes.to_vec());
    let table = sanduq_table::open_reader_with(name, stream, reading)?;
    let header = table.header().to_vec();
    let mut rows = Vec::new();
    let count = table.for_each(|row| {
        let cells = (0..row.cell_count()).map(|column| row.cell(column).as_written().to_owned());
        rows.push((row.number(), cells.collect()));
        Ok::<(), TableRefusal>(())
    })?;
    assert_eq!(count, rows.len() as u64);
    Ok((header, rows))
}

/// The refusal of a table.
pub fn refused(name: &str, bytes: &[u8], reading: &Reading) -> TableRefusal {
    match read(name, bytes, reading) {
        Err(refusal) => refusal,
        Ok(read) => panic!("{name} was read: {read:?}"),
    }
}
