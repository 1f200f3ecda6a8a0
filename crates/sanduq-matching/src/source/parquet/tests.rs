//! Parquet files written here, of every type that is read, and of those that are not.

use core::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

use parquet::basic::Compression;
use parquet::basic::GzipLevel;
use parquet::basic::ZstdLevel;
use parquet::data_type::BoolType;
use parquet::data_type::ByteArray;
use parquet::data_type::ByteArrayType;
use parquet::data_type::DataType;
use parquet::data_type::Int32Type;
use parquet::data_type::Int64Type;
use parquet::file::properties::WriterProperties;
use parquet::file::properties::WriterVersion;
use parquet::file::writer::SerializedFileWriter;
use parquet::file::writer::SerializedRowGroupWriter;
use parquet::schema::parser::parse_message_type;
use sanduq_core::refusal::Refusal;
use tempfile::TempDir;

use crate::source::Column;
use crate::source::Item;
use crate::source::Rows;
use crate::source::Source;
use crate::source::quarantine::Reason;
use crate::source::refusal::SourceRefusal;
use crate::source::tests::Seen;
use crate::source::tests::drain;

type Group<'a> = SerializedRowGroupWriter<'a, std::fs::File>;

/// Every type that is read, some of them with and some without values that are absent.
const SCHEMA: &str = "message roll {
    required int64 rid;
    optional binary given (string);
    required binary note;
    optional boolean serving;
    optional int32 dob (date);
    optional int32 gov (integer(8, false));
    optional int32 small;
    optional int64 large (integer(64, false));
    optional int64 born (timestamp(micros, false));
    optional int64 number (decimal(18, 0));
    optional group parts (list) { repeated group list { optional binary element (string); } }
    optional double weight;
    repeated binary marks (string);
    required int64 at (timestamp(millis, true));
}";

/// The columns of them that are read, their fields in order.
const NAMES: [&str; 10] = [
    "rid", "given", "note", "serving", "dob", "gov", "small", "large", "born", "number",
];

fn column<T: DataType>(group: &mut Group<'_>, values: &[T::T], levels: Option<&[i16]>) {
    let mut column = group.next_column().unwrap().unwrap();
    let repeated = levels.map(|levels| vec![0; levels.len()]);
    let writer = column.typed::<T>();
    writer
        .write_batch(values, levels, repeated.as_deref())
        .unwrap();
    column.close().unwrap();
}

/// Writes so many rows in row groups of `rows_a_group`; of five, the last has no values.
fn write(path: &Path, properties: WriterProperties, rows: usize, rows_a_group: usize) {
    let schema = Arc::new(parse_message_type(SCHEMA).unwrap());
    let file = std::fs::File::create(path).unwrap();
    let mut writer = SerializedFileWriter::new(file, schema, Arc::new(properties)).unwrap();
    let numbers: Vec<i64> = (0..i64::try_from(rows).unwrap()).collect();
    for part in numbers.chunks(rows_a_group) {
        let mut group = writer.next_row_group().unwrap();
        let some: Vec<i64> = part.iter().copied().filter(|row| row % 5 < 4).collect();
        let small: Vec<i32> = some
            .iter()
            .map(|row| i32::try_from(*row).unwrap())
            .collect();
        let levels: Vec<i16> = part.iter().map(|row| i16::from(row % 5 < 4)).collect();
        let levels = Some(&levels[..]);
        let names: Vec<ByteArray> = some.iter().map(|row| name(*row).as_str().into()).collect();
        let notes: Vec<ByteArray> = part.iter().map(|row| name(*row).as_str().into()).collect();
        let evens: Vec<bool> = some.iter().map(|row| row % 2 == 0).collect();
        let days: Vec<i32> = small.iter().map(|row| row - 2).collect();
        let negative: Vec<i32> = small.iter().map(|row| -row).collect();
        let large: Vec<i64> = some.iter().map(|row| -1 - row).collect();
        let times: Vec<i64> = some.iter().map(|row| (row - 2) * 43_200_000_000).collect();
        let nothing = vec![0; part.len()];
        let absent = Some(&nothing[..]);
        column::<Int64Type>(&mut group, part, None);
        column::<ByteArrayType>(&mut group, &names, levels);
        column::<ByteArrayType>(&mut group, &notes, None);
        column::<BoolType>(&mut group, &evens, levels);
        column::<Int32Type>(&mut group, &days, levels);
        column::<Int32Type>(&mut group, &small, levels);
        column::<Int32Type>(&mut group, &negative, levels);
        column::<Int64Type>(&mut group, &large, levels);
        column::<Int64Type>(&mut group, &times, levels);
        column::<Int64Type>(&mut group, &some, levels);
        column::<ByteArrayType>(&mut group, &[], absent);
        column::<parquet::data_type::DoubleType>(&mut group, &[], absent);
        column::<ByteArrayType>(&mut group, &[], absent);
        column::<Int64Type>(&mut group, part, None);
        group.close().unwrap();
    }
    writer.close().unwrap();
}

fn name(row: i64) -> String {
    ["علي", "فاطمة", "سارة", "امیرحسین", "Omar", "زينب"][usize::try_from(row % 6).unwrap()]
        .to_owned()
}

/// The text of a row.
fn expected(row: i64) -> Vec<String> {
    let note = name(row);
    if row % 5 == 4 {
        let mut fields = vec![String::new(); NAMES.len()];
        fields[0] = row.to_string();
        fields[2] = note;
        return fields;
    }
    let day = |days: i64| {
        let first = jiff::civil::date(1970, 1, 1);
        first
            .checked_add(jiff::Span::new().days(days))
            .unwrap()
            .to_string()
    };
    let half = (row - 2).div_euclid(2);
    let noon = if row % 2 == 1 { "T12:00:00" } else { "" };
    vec![
        row.to_string(),
        name(row),
        note,
        (row % 2 == 0).to_string(),
        day(row - 2),
        row.to_string(),
        (-row).to_string(),
        (u64::MAX - u64::try_from(row).unwrap()).to_string(),
        format!("{}{noon}", day(half)),
        row.to_string(),
    ]
}

fn wanted() -> Vec<Column<'static>> {
    NAMES.iter().map(|name| Column::required(name)).collect()
}

fn open(path: &Path, names: &[&'static str]) -> Result<Source, SourceRefusal> {
    let wanted: Vec<_> = names.iter().map(|name| Column::required(name)).collect();
    Source::open(path, &wanted)
}

/// A file of 200 rows without compression.
fn plain(folder: &TempDir) -> std::path::PathBuf {
    let path = folder.path().join("roll.parquet");
    write(&path, WriterProperties::builder().build(), 200, 150);
    path
}

#[test]
fn every_type_and_compression_gives_the_text_of_its_values() {
    let folder = tempfile::tempdir().unwrap();
    for (compression, version, dictionary) in [
        (Compression::UNCOMPRESSED, WriterVersion::PARQUET_1_0, true),
        (Compression::SNAPPY, WriterVersion::PARQUET_1_0, false),
        (Compression::SNAPPY, WriterVersion::PARQUET_2_0, true),
        (
            Compression::GZIP(GzipLevel::default()),
            WriterVersion::PARQUET_1_0,
            true,
        ),
        (
            Compression::ZSTD(ZstdLevel::default()),
            WriterVersion::PARQUET_2_0,
            false,
        ),
    ] {
        let properties = WriterProperties::builder()
            .set_compression(compression)
            .set_writer_version(version)
            .set_dictionary_enabled(dictionary)
            .build();
        let path = folder.path().join("roll.data");
        write(&path, properties, 9_000, 8_500);
        let source = Source::open(&path, &wanted()).unwrap();
        assert_eq!(source.rows(), Rows::Exact(9_000));
        let bytes = source.bytes();
        let seen = drain(source).unwrap();
        assert_eq!((seen.ended.rows, seen.ended.bytes), (9_000, bytes));
        for (row, found) in seen.rows.iter().enumerate() {
            let number = u64::try_from(row).unwrap();
            assert_eq!((found.0, found.1), (number, number + 1));
            let row = i64::try_from(row).unwrap();
            assert_eq!(
                found.2,
                expected(row),
                "{compression} {version:?} row {row}"
            );
        }
    }
}

#[test]
fn columns_come_in_the_order_they_are_wanted_and_absent_ones_are_empty() {
    let folder = tempfile::tempdir().unwrap();
    let wanted = [
        Column::required("note"),
        Column::optional("sex"),
        Column::required("rid"),
    ];
    let source = Source::open(&plain(&folder), &wanted).unwrap();
    assert_eq!(source.found(), [true, false, true]);
    let seen: Seen = drain(source).unwrap();
    assert_eq!(seen.rows[1].2, ["فاطمة", "", "1"]);
}

#[test]
fn a_column_that_no_field_can_be_read_from_is_refused_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let path = plain(&folder);
    for (name, code, sentence) in [
        (
            "parts",
            "source.column_type",
            "column “parts”: the column holds nested values",
        ),
        (
            "marks",
            "source.column_type",
            "column “marks”: the column holds lists",
        ),
        (
            "weight",
            "source.column_type",
            "numbers with a fraction; write it as text",
        ),
        (
            "at",
            "source.column_type",
            "instants, whose day depends on the time zone",
        ),
        (
            "element",
            "source.missing_column",
            "there is no column “element”; it has: rid, given",
        ),
        (
            "Given",
            "source.missing_column",
            "rename “given” if that is it",
        ),
    ] {
        let refusal = open(&path, &[name]).map(|_| ()).unwrap_err();
        assert_eq!(refusal.code(), code, "{refusal}");
        assert!(refusal.to_string().contains(sentence), "{refusal}");
    }
}

/// Columns of text, as their bytes are.
fn texts(path: &Path, schema: &str, compression: Compression, columns: &[&[&[u8]]]) {
    let schema = Arc::new(parse_message_type(schema).unwrap());
    let file = std::fs::File::create(path).unwrap();
    let properties = WriterProperties::builder()
        .set_compression(compression)
        .build();
    let mut writer = SerializedFileWriter::new(file, schema, Arc::new(properties)).unwrap();
    let mut group = writer.next_row_group().unwrap();
    for values in columns {
        let values: Vec<ByteArray> = values.iter().map(|value| value.to_vec().into()).collect();
        let mut column = group.next_column().unwrap().unwrap();
        let writer = column.typed::<ByteArrayType>();
        writer.write_batch(&values, None, None).unwrap();
        column.close().unwrap();
    }
    group.close().unwrap();
    writer.close().unwrap();
}

#[test]
fn a_column_twice_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("roll.parquet");
    for (schema, places) in [
        ("required binary given; required binary given;", "1 and 2"),
        (
            "required binary x; required binary given; required binary x;",
            "1 and 3",
        ),
    ] {
        let count = schema.matches("required").count();
        let schema = format!("message r {{ {schema} }}");
        let one: &[&[u8]] = &[b"a"];
        let columns = vec![one; count];
        texts(&path, &schema, Compression::UNCOMPRESSED, &columns);
        let refusal = open(&path, &["given"]).map(|_| ()).unwrap_err();
        assert_eq!(refusal.code(), "source.repeated_column", "{refusal}");
        assert!(refusal.to_string().contains(places), "{refusal}");
    }
}

#[test]
fn rows_are_set_aside_as_those_of_a_text_are() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("roll.parquet");
    let long = [b'a'; 401];
    let mut values: Vec<&[u8]> = vec![b"ok"; 100];
    values[1] = b"a\xD8";
    values[2] = &long;
    values[3] = "a\u{202E}b".as_bytes();
    values[4] = b"a\nb";
    let schema = "message r { required binary given; required binary father; }";
    texts(
        &path,
        schema,
        Compression::UNCOMPRESSED,
        &[&values, &[&b"b"[..]; 100]],
    );
    let seen = drain(open(&path, &["given", "father"]).unwrap()).unwrap();
    let found = seen.quarantined.iter();
    let found: Vec<_> = found
        .map(|one| (one.row, one.line, one.column, one.reason))
        .collect();
    assert_eq!(
        found,
        [
            (1, 2, Some(0), Reason::NotUtf8),
            (2, 3, Some(0), Reason::TooLong { bytes: 401 }),
            (3, 4, Some(0), Reason::DirectionCharacter),
            (4, 5, Some(0), Reason::ControlCharacter),
        ]
    );
    assert_eq!(
        (seen.ended.rows, seen.ended.quarantined, seen.rows.len()),
        (100, 4, 96)
    );

    let windows: Vec<&[u8]> = vec![b"\xDA\xE1\xED"; 30];
    texts(
        &path,
        "message r { required binary given; }",
        Compression::SNAPPY,
        &[&windows],
    );
    let refusal = drain(open(&path, &["given"]).unwrap()).unwrap_err();
    let shown = refusal.to_string();
    assert!(shown.contains("row 1, column “given”: it is not UTF-8, it looks like windows-1256"));
    assert_eq!(refusal.code(), "source.not_utf8");
}

#[test]
fn half_a_letter_does_not_become_whole_with_the_next_field() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("roll.parquet");
    let schema = "message r { required binary given; required binary father; }";
    let columns: [&[&[u8]]; 2] = [&[b"a", b"\xD8", b"c"], &[b"b", b"\xB9", b"d"]];
    texts(&path, schema, Compression::UNCOMPRESSED, &columns);
    let seen = drain(open(&path, &["given", "father"]).unwrap()).unwrap();
    let found: Vec<_> = seen
        .quarantined
        .iter()
        .map(|one| (one.row, one.column))
        .collect();
    assert_eq!(found, [(1, Some(0))]);
}

#[test]
fn a_damaged_file_is_refused_and_never_ends_the_program() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("damaged.parquet");
    let properties = WriterProperties::builder().set_compression(Compression::SNAPPY);
    write(&path, properties.build(), 20, 12);
    let whole = std::fs::read(&path).unwrap();
    let mut refused = 0;
    let mut try_one = |bytes: &[u8]| {
        // A file written over itself is brought to the disk each time.
        std::fs::remove_file(&path).unwrap();
        std::fs::write(&path, bytes).unwrap();
        let read = Source::open(&path, &wanted()).and_then(drain);
        if let Err(refusal) = read {
            refused += 1;
            let code = refusal.code();
            assert!(code.starts_with("source."), "{refusal}");
        }
    };
    for at in (4..whole.len()).step_by(7) {
        for bit in [0x01, 0x80] {
            let mut bytes = whole.clone();
            bytes[at] ^= bit;
            try_one(&bytes);
        }
    }
    for length in (4..whole.len()).step_by(61) {
        try_one(&whole[..length]);
    }
    assert!(
        refused * 28 > whole.len(),
        "{refused} of {} were refused",
        whole.len()
    );
}

#[test]
fn a_page_that_is_damaged_is_refused_with_its_column() {
    let folder = tempfile::tempdir().unwrap();
    let path = plain(&folder);
    let mut bytes = std::fs::read(&path).unwrap();
    for byte in &mut bytes[4..200] {
        *byte = 0xFF;
    }
    std::fs::write(&path, &bytes).unwrap();
    let refusal = open(&path, &["rid"]).and_then(drain).unwrap_err();
    assert_eq!(refusal.code(), "source.damaged", "{refusal}");
    let shown = refusal.to_string();
    assert!(
        shown.starts_with("roll.parquet, row 1, column “rid”: it is damaged"),
        "{shown}"
    );
    std::fs::write(&path, &bytes[..bytes.len() - 9]).unwrap();
    let refusal = open(&path, &["rid"]).map(|_| ()).unwrap_err();
    assert_eq!(refusal.code(), "source.damaged", "{refusal}");
}

#[test]
fn numbers_with_a_fraction_are_read_where_they_are_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("degrees");
    let schema = "message m { required double north; required float east; }";
    let schema = Arc::new(parse_message_type(schema).unwrap());
    let file = std::fs::File::create(&path).unwrap();
    let properties = Arc::new(WriterProperties::builder().build());
    let mut writer = SerializedFileWriter::new(file, schema, properties).unwrap();
    let mut group = writer.next_row_group().unwrap();
    let north = [26.964_635, -0.000_01, 30.0];
    column::<parquet::data_type::DoubleType>(&mut group, &north, None);
    column::<parquet::data_type::FloatType>(&mut group, &[0.1, -29.5, 3.0], None);
    group.close().unwrap();
    writer.close().unwrap();
    let wanted = ["north", "east"].map(|name| Column::required(name).with_fractions());
    let source = Source::open(&path, &wanted).unwrap();
    let mut rows = Vec::new();
    let read = source.each(|item| {
        if let Item::Row(row) = item {
            rows.push(row.fields().map(str::to_owned).collect::<Vec<_>>());
        }
        ControlFlow::Continue(())
    });
    assert_eq!(read.unwrap().rows, 3);
    assert_eq!(
        rows,
        [["26.964635", "0.1"], ["-0.00001", "-29.5"], ["30", "3"]]
    );
    assert!(Source::open(&path, &["north"].map(Column::required)).is_err());
}
