//! What kind of file it is, by its first bytes and never by its name.

use crate::source::refusal::SourceFault;

/// The first and the last bytes of a Parquet file.
pub(crate) const PARQUET: &[u8] = b"PAR1";

/// The same of one whose footer is encrypted.
pub(crate) const ENCRYPTED_PARQUET: &[u8] = b"PARE";

/// Packed files: how they begin, what they are called, what unpacks them.
const PACKED: [(&[u8], &str, &str); 7] = [
    (b"PK\x03\x04", "a ZIP archive", "unzip"),
    (b"\x1F\x8B", "gzip", "gunzip"),
    (b"BZh", "bzip2", "bunzip2"),
    (b"\xFD7zXZ\0", "xz", "unxz"),
    (b"\x28\xB5\x2F\xFD", "Zstandard", "unzstd"),
    (b"7z\xBC\xAF\x27\x1C", "7-Zip", "7z x"),
    (b"Rar!\x1A\x07", "RAR", "unrar x"),
];

/// Other files that are mistaken for a roll: how they begin, and what they are.
const OTHERS: [(&[u8], &str); 9] = [
    (
        b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1",
        "an old workbook (.xls)",
    ),
    (b"%PDF-", "a PDF document"),
    (b"SQLite format 3\0", "an SQLite database"),
    (b"ARROW1", "an Arrow (Feather) file"),
    (b"ORC", "an ORC file"),
    (b"Obj\x01", "an Avro file"),
    (b"<", "a page of HTML or XML"),
    (b"{", "JSON"),
    (b"[", "JSON"),
];

/// Refuses a file that begins with `head` and is neither text nor Parquet.
///
/// # Errors
/// What it is instead, and what to do with it.
pub(crate) fn check(head: &[u8]) -> Result<(), SourceFault> {
    if head.starts_with(b"PK\x03\x04") && is_workbook(head) {
        return Err(SourceFault::OtherFormat("a workbook (.xlsx)"));
    }
    for (magic, kind, command) in PACKED {
        if head.starts_with(magic) {
            return Err(SourceFault::Packed { kind, command });
        }
    }
    if head.starts_with(ENCRYPTED_PARQUET) {
        return Err(SourceFault::Encrypted);
    }
    let text = head.trim_ascii_start();
    for (magic, kind) in OTHERS {
        // ORC has but three letters, which may as well begin a column's name.
        let is_text = magic == b"ORC" && !head.contains(&0);
        if text.starts_with(magic) && !is_text {
            return Err(SourceFault::OtherFormat(kind));
        }
    }
    Ok(())
}

/// Whether a ZIP archive is a workbook, by the names of its first entries.
fn is_workbook(head: &[u8]) -> bool {
    let head = &head[..head.len().min(4096)];
    let names: [&[u8]; 2] = [b"[Content_Types].xml", b"xl/"];
    names
        .iter()
        .any(|name| head.windows(name.len()).any(|part| part == *name))
}
