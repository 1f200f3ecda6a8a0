//! A file as far as it went when it was looked at, with bytes behind it that are not written yet:
//! what an act would make of an archive is checked before anything is written.

use std::fs::File;
use std::io;
use std::io::BufReader;
use std::io::Read;
use std::io::Seek;
use std::io::SeekFrom;

/// Reads a file up to a length, and then more.
pub struct Lengthened<'a> {
    file: BufReader<File>,
    length: u64,
    more: &'a [u8],
    place: u64,
}

impl<'a> Lengthened<'a> {
    /// Of a file that stands at its beginning.
    pub fn new(file: File, length: u64, more: &'a [u8]) -> Lengthened<'a> {
        Lengthened {
            file: BufReader::new(file),
            length,
            more,
            place: 0,
        }
    }
}

/// A length of bytes that are there.
fn long(length: usize) -> u64 {
    u64::try_from(length).unwrap_or(u64::MAX)
}

impl Read for Lengthened<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let left = self.length.saturating_sub(self.place);
        let read = if left > 0 {
            self.file.by_ref().take(left).read(out)?
        } else {
            let skipped = usize::try_from(self.place - self.length).unwrap_or(usize::MAX);
            let mut rest = self.more.get(skipped..).unwrap_or_default();
            rest.read(out)?
        };
        self.place += long(read);
        Ok(read)
    }
}

impl Seek for Lengthened<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let end = self.length + long(self.more.len());
        let place = match to {
            SeekFrom::Start(place) => Some(place),
            SeekFrom::End(by) => end.checked_add_signed(by),
            SeekFrom::Current(by) => self.place.checked_add_signed(by),
        };
        let place = place.ok_or(io::ErrorKind::InvalidInput)?;
        self.file.seek(SeekFrom::Start(place.min(self.length)))?;
        self.place = place;
        Ok(place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    #[test]
    fn a_file_and_what_is_to_follow_are_read_as_one() {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(b"0123456789").unwrap();
        let read = |length, more: &[u8], from| {
            let file = File::open(file.path()).unwrap();
            let mut both = Lengthened::new(file, length, more);
            let place = both.seek(from).unwrap();
            let mut text = String::new();
            both.read_to_string(&mut text).unwrap();
            (place, text)
        };
        for (length, from, place, rest) in [
            (10, SeekFrom::Start(0), 0, "0123456789abc"),
            // What the file has beyond the length is not there.
            (7, SeekFrom::Start(2), 2, "23456abc"),
            (7, SeekFrom::Start(8), 8, "bc"),
            (7, SeekFrom::End(-3), 7, "abc"),
            (7, SeekFrom::Current(40), 40, ""),
            (0, SeekFrom::Start(0), 0, "abc"),
        ] {
            assert_eq!(read(length, b"abc", from), (place, rest.to_owned()));
        }
    }
}
