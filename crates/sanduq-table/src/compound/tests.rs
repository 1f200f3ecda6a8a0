use super::*;
use proptest::prelude::*;

use crate::reading::Reading;
use crate::refusal::TableRefusal;

const END: u32 = 0xFFFF_FFFE;
const FREE: u32 = 0xFFFF_FFFF;
const FAT: u32 = 0xFFFF_FFFD;
const SECTOR: usize = 512;

fn record(kind: u16, data: &[u8]) -> Vec<u8> {
    let mut bytes = kind.to_le_bytes().to_vec();
    bytes.extend(u16::try_from(data.len()).unwrap().to_le_bytes());
    bytes.extend(data);
    bytes
}

/// The substream header of a workbook (5) or a sheet (16), version 8.
fn bof(kind: u8) -> Vec<u8> {
    let data = [&[0x00, 0x06, kind, 0x00][..], &[0; 12]].concat();
    record(record::BOF, &data)
}

fn label(row: u16, column: u16, text: &str) -> Vec<u8> {
    let mut data = [row.to_le_bytes(), column.to_le_bytes(), [0; 2]].concat();
    data.extend(u16::try_from(text.len()).unwrap().to_le_bytes());
    data.push(0);
    data.extend(text.as_bytes());
    record(record::LABEL, &data)
}

fn number(row: u16, column: u16, value: f64) -> Vec<u8> {
    let mut data = [row.to_le_bytes(), column.to_le_bytes(), [0; 2]].concat();
    data.extend(value.to_le_bytes());
    record(record::NUMBER, &data)
}

fn dimensions(rows: u32, columns: u16) -> Vec<u8> {
    let mut data = [[0; 4], rows.to_le_bytes()].concat();
    data.extend([[0; 2], columns.to_le_bytes(), [0; 2]].concat());
    record(record::DIMENSIONS, &data)
}

/// The stream of a workbook with one sheet of these records.
fn stream(sheet: &[Vec<u8>]) -> Vec<u8> {
    let listed = |start: u32| {
        let data = [&start.to_le_bytes()[..], &[0, 0, 1, 0, b'S']].concat();
        [
            bof(5),
            record(record::BOUND_SHEET, &data),
            record(record::EOF, &[]),
        ]
        .concat()
    };
    let start = u32::try_from(listed(0).len()).unwrap();
    [
        listed(start),
        bof(16),
        sheet.concat(),
        record(record::EOF, &[]),
    ]
    .concat()
}

/// A compound file of that one stream as a mini stream: sector 0 is the table, 1 the directory, 2
/// the table of mini sectors, 3 and on the mini sectors.
fn mini_file(stream: &[u8]) -> Vec<u8> {
    let bytes = u32::try_from(stream.len()).unwrap();
    let mut file = file(stream);
    file.truncate(SECTOR * 3);
    for (at, word) in [(60, 2), (64, 1)] {
        file[at..at + 4].copy_from_slice(&u32::to_le_bytes(word));
    }
    let sectors = u32::try_from(stream.len().div_ceil(SECTOR)).unwrap();
    let mut table = vec![FAT, END, END];
    table.extend(4..sectors + 3);
    table.push(END);
    let mut mini_table: Vec<u32> = (1..bytes.div_ceil(64)).collect();
    mini_table.push(END);
    for (start, words) in [(SECTOR, table), (SECTOR * 3, mini_table)] {
        file.resize(file.len().max(start + SECTOR), 0xFF);
        file[start..start + SECTOR].fill(0xFF);
        for (at, word) in words.into_iter().enumerate() {
            file[start + 4 * at..start + 4 * at + 4].copy_from_slice(&word.to_le_bytes());
        }
    }
    let mini_bytes = bytes.next_multiple_of(64);
    let mut directory = entry("Root Entry", 5, 3, mini_bytes);
    directory.extend(entry("Workbook", 2, 0, bytes));
    file[SECTOR * 2..SECTOR * 2 + directory.len()].copy_from_slice(&directory);
    file.extend(stream);
    file.resize(file.len().next_multiple_of(SECTOR), 0);
    file
}

/// A compound file of that one stream: sector 0 is the table, 1 the directory, 2 and on the stream.
fn file(stream: &[u8]) -> Vec<u8> {
    let mut stream = stream.to_vec();
    stream.resize(stream.len().max(MINI_STREAM).next_multiple_of(SECTOR), 0);
    let sectors = u32::try_from(stream.len() / SECTOR).unwrap();
    let mut header = vec![0; SECTOR];
    header[..8].copy_from_slice(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
    for (at, half) in [(24, 0x3E_u16), (26, 3), (28, 0xFFFE), (30, 9), (32, 6)] {
        header[at..at + 2].copy_from_slice(&half.to_le_bytes());
    }
    for (at, word) in [(44, 1), (48, 1), (56, 4096), (60, END), (64, 0), (68, END)] {
        header[at..at + 4].copy_from_slice(&u32::to_le_bytes(word));
    }
    header[76..].fill(0xFF);
    header[76..80].fill(0);
    let mut table = vec![FAT, END];
    table.extend(3..sectors + 2);
    table.push(END);
    table.resize(SECTOR / 4, FREE);
    let table: Vec<u8> = table.into_iter().flat_map(u32::to_le_bytes).collect();
    let mut directory = entry("Root Entry", 5, END, 0);
    directory.extend(entry(
        "Workbook",
        2,
        2,
        u32::try_from(stream.len()).unwrap(),
    ));
    directory.resize(SECTOR, 0);
    [header, table, directory, stream].concat()
}

fn entry(name: &str, kind: u8, start: u32, bytes: u32) -> Vec<u8> {
    let mut entry: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let named = u8::try_from(entry.len() + 2).unwrap();
    entry.resize(128, 0);
    entry[64] = named;
    entry[66] = kind;
    entry[116..120].copy_from_slice(&start.to_le_bytes());
    entry[120..124].copy_from_slice(&bytes.to_le_bytes());
    entry
}

fn sheet() -> Vec<Vec<u8>> {
    vec![
        dimensions(3, 2),
        label(0, 0, "name"),
        label(0, 1, "votes"),
        label(2, 0, "x"),
        number(2, 1, 870.0),
    ]
}

type Cells = Vec<(u64, Vec<String>)>;

fn read(bytes: &[u8]) -> Result<Cells, TableRefusal> {
    let stream = std::io::Cursor::new(bytes.to_vec());
    let table = crate::set::open_reader_with("t.xls", stream, &Reading::default())?;
    let mut rows = Cells::new();
    table.for_each(|row| {
        let cells = (0..row.cell_count()).map(|column| row.cell(column).as_written().to_owned());
        rows.push((row.number(), cells.collect()));
        Ok::<(), TableRefusal>(())
    })?;
    Ok(rows)
}

#[test]
fn an_old_workbook_is_read() {
    let stream = stream(&sheet());
    assert!(stream.len() > MINI_SECTOR);
    for file in [file(&stream), mini_file(&stream)] {
        let rows = read(&file).unwrap();
        assert_eq!(rows, [(3, vec!["x".to_owned(), "870".to_owned()])]);
    }
}

#[test]
fn a_cell_far_out_is_refused_before_a_grid_is_laid_out() {
    let most = 1 << 29;
    let checked = |extra: Vec<u8>| {
        let mut sheet = sheet();
        sheet.push(extra);
        check(&file(&stream(&sheet)), most).map_err(|fault| fault.fault.code())
    };
    let chart = |cells: Vec<u8>| [bof(32), cells, record(record::EOF, &[])].concat();
    for (extra, expected) in [
        (number(9000, 255, 1.0), Ok(())),
        (number(0, 256, 1.0), Err("table.damaged")),
        (label(0, 65_535, "x"), Err("table.damaged")),
        (number(65_535, 255, 1.0), Err("table.too_large")),
        (
            record(record::MUL_RK, &[0, 0, 0, 0, 0, 0, 0, 9]),
            Err("table.damaged"),
        ),
        (
            record(record::MUL_RK, &[0, 0, 0, 9, 0, 0, 0, 0]),
            Err("table.damaged"),
        ),
        (record(record::RK, &[0]), Err("table.damaged")),
        (dimensions(65_536, 256), Ok(())),
        (dimensions(65_537, 1), Err("table.damaged")),
        (dimensions(1, 257), Err("table.damaged")),
        (chart(number(0, 65_535, 1.0)), Ok(())),
        (
            [chart(Vec::new()), number(0, 256, 1.0)].concat(),
            Err("table.damaged"),
        ),
    ] {
        assert_eq!(checked(extra.clone()), expected, "{extra:?}");
    }
}

#[test]
fn chains_that_lead_out_or_round_in_a_circle_are_refused() {
    let whole = file(&stream(&sheet()));
    let fat = |sector: usize| SECTOR + 4 * sector;
    let entry_length = SECTOR * 2 + 128 + 120;
    for (at, value) in [
        // The directory follows itself; the stream leads out of the file, or out of the table.
        (fat(1), 1),
        (fat(2), 5000),
        (fat(2), 100),
        // The directory, the table and the list of its sectors lie outside.
        (48, 5000),
        (76, 5000),
        (68, 5000),
        // A stream, and a table of mini sectors, longer than the file.
        (entry_length, 0x7FFF_FFFF),
        (64, 0x00FF_FFFF),
    ] {
        let mut bytes = whole.clone();
        bytes[at..at + 4].copy_from_slice(&u32::to_le_bytes(value));
        let refusal = read(&bytes).unwrap_err();
        assert_eq!(refusal.fault.code(), "table.damaged", "{value} at {at}");
    }
    assert!(read(&whole[..whole.len() - 4096]).is_err());
    // The list of the table's sectors goes on in a sector that names itself as the next.
    let mut bytes = whole;
    for at in [68, SECTOR * 3 - 4] {
        bytes[at..at + 4].copy_from_slice(&u32::to_le_bytes(1));
    }
    assert_eq!(read(&bytes).unwrap_err().fault.code(), "table.damaged");
}

proptest! {
    #[test]
    fn a_damaged_old_workbook_is_answered(
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
    ) {
        let mut bytes = file(&stream(&sheet()));
        for (at, byte) in changes {
            let at = at.index(SECTOR * 3 + 200);
            bytes[at] = byte;
        }
        let _ = read(&bytes);
    }
}
