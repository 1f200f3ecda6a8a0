//! What a file that is not UTF-8 looks like. The answer is a hint for the person who will save it
//! again; nothing is ever read by it.

use core::fmt;

/// A way of writing letters as bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// Two bytes a letter, the lower first.
    Utf16LittleEndian,
    /// Two bytes a letter, the higher first.
    Utf16BigEndian,
    /// Four bytes a letter.
    Utf32,
    /// One byte a letter, Arabic.
    Windows1256,
    /// One byte a letter, Cyrillic.
    Windows1251,
    /// One byte a letter, western European.
    Windows1252,
    /// Nothing known; perhaps UTF-8 that was damaged on the way.
    Unknown,
}

impl Encoding {
    /// What the first bytes of a file look like, known not to be UTF-8: its mark, the zero bytes of
    /// two-byte letters, or the letters that are frequent.
    ///
    /// A hint for the person who will save the file again; nothing is to be read by it.
    #[must_use]
    pub fn guess(sample: &[u8]) -> Self {
        announced(sample)
            .or_else(|| zeros_look_like(sample))
            .unwrap_or_else(|| looks_like(sample))
    }
}

impl fmt::Display for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Utf16LittleEndian => "UTF-16 (“Unicode text”)",
            Self::Utf16BigEndian => "UTF-16 (big-endian)",
            Self::Utf32 => "UTF-32",
            Self::Windows1256 => "windows-1256 (Arabic)",
            Self::Windows1251 => "windows-1251 (Cyrillic)",
            Self::Windows1252 => "windows-1252 (western European)",
            Self::Unknown => "damaged text",
        })
    }
}

/// The encoding that the first bytes of a file announce, when it is another than UTF-8.
pub(crate) fn announced(head: &[u8]) -> Option<Encoding> {
    match head {
        [0xFF, 0xFE, 0, 0, ..] | [0, 0, 0xFE, 0xFF, ..] => Some(Encoding::Utf32),
        [0xFF, 0xFE, ..] => Some(Encoding::Utf16LittleEndian),
        [0xFE, 0xFF, ..] => Some(Encoding::Utf16BigEndian),
        _ => None,
    }
}

/// The encoding that `sample` looks like, known not to be UTF-8.
///
/// Frequent letters tell the one-byte encodings apart: ا ل م و ر ت ب ة ع د س in windows-1256,
/// о е а и т с р в л к м in windows-1251; western text has its few high bytes alone among ASCII.
pub(crate) fn looks_like(sample: &[u8]) -> Encoding {
    let mut high = 0_usize;
    let mut alone = 0_usize;
    let mut arabic = 0_usize;
    let mut cyrillic = 0_usize;
    for (at, byte) in sample.iter().enumerate() {
        if byte.is_ascii() {
            continue;
        }
        high += 1;
        let beside = |other: Option<&u8>| other.is_some_and(|other| !other.is_ascii());
        if !beside(at.checked_sub(1).and_then(|at| sample.get(at))) && !beside(sample.get(at + 1)) {
            alone += 1;
        }
        match byte {
            0xC7 | 0xE1 | 0xE3 | 0xE6 | 0xD1 | 0xCA | 0xC8 | 0xC9 | 0xDA | 0xCF | 0xD3 => {
                arabic += 1;
            }
            0xEE | 0xE5 | 0xE0 | 0xE8 | 0xF2 | 0xF1 | 0xF0 | 0xE2 | 0xEB | 0xEA | 0xEC => {
                cyrillic += 1;
            }
            _ => {}
        }
    }
    if alone * 2 > high {
        Encoding::Windows1252
    } else if arabic > cyrillic && arabic * 3 > high {
        Encoding::Windows1256
    } else if cyrillic > arabic && cyrillic * 3 > high {
        Encoding::Windows1251
    } else {
        Encoding::Unknown
    }
}

/// UTF-16 without a mark: every second byte of plain Latin text is zero.
pub(crate) fn zeros_look_like(sample: &[u8]) -> Option<Encoding> {
    let pairs = sample.as_chunks::<2>().0;
    let second = pairs.iter().filter(|pair| pair[1] == 0).count();
    let first = pairs.iter().filter(|pair| pair[0] == 0).count();
    let most = pairs.len() / 2;
    if pairs.len() < 2 {
        None
    } else if second > most && first == 0 {
        Some(Encoding::Utf16LittleEndian)
    } else if first > most && second == 0 {
        Some(Encoding::Utf16BigEndian)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_byte_encodings_are_told_apart() {
        for (bytes, encoding) in [
            // "الدائرة الانتخابية", "Избирательный участок", "Président de la République"
            (
                &b"\xC7\xE1\xCF\xC7\xC6\xD1\xC9 \xC7\xE1\xC7\xE4\xCA\xCE\xC7\xC8\xED\xC9"[..],
                Encoding::Windows1256,
            ),
            (
                b"\xC8\xE7\xE1\xE8\xF0\xE0\xF2\xE5\xEB\xFC\xED\xFB\xE9 \xF3\xF7\xE0",
                Encoding::Windows1251,
            ),
            (
                &b"Pr\xE9sident de la R\xE9publique"[..],
                Encoding::Windows1252,
            ),
            (&b"\x80\x80\x81\x82\x83"[..], Encoding::Unknown),
        ] {
            assert_eq!(looks_like(bytes), encoding);
            assert_eq!(Encoding::guess(bytes), encoding);
        }
    }

    #[test]
    fn wide_encodings_are_told_by_their_first_bytes() {
        for (bytes, encoding) in [
            (&b"\xFF\xFEa\0"[..], Some(Encoding::Utf16LittleEndian)),
            (&b"\xFE\xFF\0a"[..], Some(Encoding::Utf16BigEndian)),
            (&b"\xFF\xFE\0\0"[..], Some(Encoding::Utf32)),
            (&b"a,b"[..], None),
            (&b"\xEF\xBB\xBFa"[..], None),
        ] {
            assert_eq!(announced(bytes), encoding);
        }
        assert_eq!(
            zeros_look_like(b"a\0,\0b\0"),
            Some(Encoding::Utf16LittleEndian)
        );
        assert_eq!(
            zeros_look_like(b"\0a\0,\0b"),
            Some(Encoding::Utf16BigEndian)
        );
        assert_eq!(zeros_look_like(b"a,b\0c,d,e"), None);
        assert_eq!(zeros_look_like(b"\0"), None);
        for (bytes, encoding) in [
            (&b"\xFF\xFEa\0"[..], Encoding::Utf16LittleEndian),
            (&b"\0a\0,\0b"[..], Encoding::Utf16BigEndian),
        ] {
            assert_eq!(Encoding::guess(bytes), encoding);
        }
    }
}
