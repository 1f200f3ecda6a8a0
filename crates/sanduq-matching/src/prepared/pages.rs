//! A file in pages, each with a sum of its own: a part of a large file is read and believed without
//! reading the whole.
//!
//! ```text
//! content in pages of 4,096 bytes │ a sum for each page │ heading │ where they begin, and a sum
//! ```
//! It is written from front to back; without its end it is no such file.

use crate::keys::mix;
use std::fs::File;
use std::io;
use std::io::BufWriter;
use std::io::Write;
use std::os::unix::fs::FileExt;

/// Bytes of a page.
const PAGE: usize = 4096;
/// Bytes of the end: where the content ends, how long sums and heading are, their sum, a mark.
const END: usize = 32;
/// The last bytes of a file that is whole.
const WHOLE: u64 = u64::from_le_bytes(*b"whole\0\0\n");

/// The sum of bytes, which no torn or altered page keeps by chance.
fn sum(bytes: &[u8]) -> u64 {
    let (words, rest) = bytes.as_chunks::<8>();
    let start = mix(7, bytes.len() as u64);
    let hash = words
        .iter()
        .fold(start, |hash, word| mix(hash, u64::from_le_bytes(*word)));
    let mut last = [0; 8];
    last[..rest.len()].copy_from_slice(rest);
    mix(hash, u64::from_le_bytes(last))
}

/// Writes a file in pages.
pub(crate) struct Writer<'a> {
    out: BufWriter<&'a File>,
    page: Vec<u8>,
    sums: Vec<u64>,
}

impl<'a> Writer<'a> {
    pub(crate) fn new(file: &'a File) -> Self {
        Self {
            out: BufWriter::with_capacity(1 << 20, file),
            page: Vec::with_capacity(PAGE),
            sums: Vec::new(),
        }
    }

    /// Bytes written so far.
    pub(crate) fn at(&self) -> u64 {
        (self.sums.len() * PAGE + self.page.len()) as u64
    }

    pub(crate) fn write(&mut self, mut bytes: &[u8]) -> io::Result<()> {
        while !bytes.is_empty() {
            let (now, later) = bytes.split_at(bytes.len().min(PAGE - self.page.len()));
            self.page.extend_from_slice(now);
            bytes = later;
            if self.page.len() == PAGE {
                self.turn()?;
            }
        }
        Ok(())
    }

    fn turn(&mut self) -> io::Result<()> {
        self.sums.push(sum(&self.page));
        self.out.write_all(&self.page)?;
        self.page.clear();
        Ok(())
    }

    /// Ends the file with its heading.
    pub(crate) fn end(mut self, heading: &[u8]) -> io::Result<()> {
        let content = self.at();
        if !self.page.is_empty() {
            self.turn()?;
        }
        let mut tail: Vec<u8> = self.sums.iter().flat_map(|sum| sum.to_le_bytes()).collect();
        tail.extend_from_slice(heading);
        self.out.write_all(&tail)?;
        for number in [content, tail.len() as u64, sum(&tail), WHOLE] {
            self.out.write_all(&number.to_le_bytes())?;
        }
        self.out.flush()
    }
}

/// Reads a file in pages.
pub(crate) struct Pages {
    file: File,
    content: u64,
    sums: Vec<u64>,
}

/// What came of reading.
pub(crate) type Reading<T> = Result<T, Torn>;

/// The file is cut off or altered, or cannot be read.
#[derive(Debug)]
pub(crate) struct Torn(pub(crate) String);

impl From<io::Error> for Torn {
    fn from(fault: io::Error) -> Self {
        Self(fault.to_string())
    }
}

fn torn<T>(what: &str) -> Reading<T> {
    Err(Torn(what.to_owned()))
}

impl Pages {
    /// Opens a file, and returns its heading.
    pub(crate) fn open(file: File) -> Reading<(Self, Vec<u8>)> {
        let length = file.metadata()?.len();
        let Some(end) = length.checked_sub(END as u64) else {
            return torn("it is too short");
        };
        let mut words = [0; END];
        file.read_exact_at(&mut words, end)?;
        let word = |at: usize| {
            let mut word = [0; 8];
            word.copy_from_slice(&words[at * 8..at * 8 + 8]);
            u64::from_le_bytes(word)
        };
        let [content, tail, told, mark] = [0, 1, 2, 3].map(word);
        let pages = content.div_ceil(PAGE as u64);
        let fits = content.checked_add(tail) == Some(end) && pages * 8 <= tail;
        if mark != WHOLE || !fits {
            return torn("its end is missing");
        }
        let mut bytes = vec![0; usize::try_from(tail).unwrap_or(0)];
        file.read_exact_at(&mut bytes, content)?;
        if sum(&bytes) != told {
            return torn("its heading is altered");
        }
        let heading = bytes.split_off(usize::try_from(pages * 8).unwrap_or(0));
        let (words, _) = bytes.as_chunks::<8>();
        let sums = words.iter().map(|word| u64::from_le_bytes(*word)).collect();
        let pages = Self {
            file,
            content,
            sums,
        };
        Ok((pages, heading))
    }

    /// Bytes of the content.
    pub(crate) fn content(&self) -> u64 {
        self.content
    }

    /// The bytes of a stretch, each page of which keeps its sum.
    pub(crate) fn read(&self, from: u64, length: usize) -> Reading<Vec<u8>> {
        let end = from.saturating_add(length as u64);
        if end > self.content {
            return torn("it ends too early");
        }
        let first = from / PAGE as u64;
        let begin = first * PAGE as u64;
        let last = end.div_ceil(PAGE as u64) * PAGE as u64;
        let whole = usize::try_from(last.min(self.content) - begin).unwrap_or(0);
        let mut bytes = vec![0; whole];
        self.file.read_exact_at(&mut bytes, begin)?;
        let sums = self
            .sums
            .iter()
            .skip(usize::try_from(first).unwrap_or(usize::MAX));
        if !bytes
            .chunks(PAGE)
            .map(sum)
            .eq(sums.copied().take(whole.div_ceil(PAGE)))
        {
            return torn("a page of it is altered");
        }
        bytes.truncate(usize::try_from(end - begin).unwrap_or(0));
        bytes.drain(..usize::try_from(from - begin).unwrap_or(0));
        Ok(bytes)
    }
}

/// A part of the content, of things of one length, read a stretch at a time.
pub(crate) struct Stretch<'a> {
    pages: &'a Pages,
    from: u64,
    /// How many bytes are read at once.
    at_once: usize,
    begin: u64,
    bytes: Vec<u8>,
}

impl<'a> Stretch<'a> {
    pub(crate) fn new(pages: &'a Pages, from: u64, at_once: usize) -> Self {
        Self {
            pages,
            from,
            at_once,
            begin: 0,
            bytes: Vec::new(),
        }
    }

    /// Some bytes, from a place in the part on.
    pub(crate) fn get(&mut self, at: u64, length: usize) -> Reading<&[u8]> {
        let from = self.from + at;
        let end = from + length as u64;
        if from < self.begin || end > self.begin + self.bytes.len() as u64 {
            let begin = from / PAGE as u64 * PAGE as u64;
            let enough = (begin + self.at_once as u64).min(self.pages.content());
            let wanted = usize::try_from(enough.max(end) - begin).unwrap_or(0);
            self.bytes = self.pages.read(begin, wanted)?;
            self.begin = begin;
        }
        let at = usize::try_from(from - self.begin).unwrap_or(0);
        Ok(&self.bytes[at..at + length])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(content: &[u8], heading: &[u8]) -> Vec<u8> {
        let file = tempfile::NamedTempFile::new().unwrap();
        let mut writer = Writer::new(file.as_file());
        for part in content.chunks(1000) {
            writer.write(part).unwrap();
        }
        assert_eq!(writer.at(), content.len() as u64);
        writer.end(heading).unwrap();
        std::fs::read(file.path()).unwrap()
    }

    fn opened(bytes: &[u8]) -> Reading<(Pages, Vec<u8>)> {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), bytes).unwrap();
        Pages::open(File::open(file.path()).unwrap())
    }

    #[test]
    fn every_stretch_comes_back() {
        for length in [0, 1, PAGE - 1, PAGE, PAGE + 1, 3 * PAGE + 77] {
            let content: Vec<u8> = (0u8..=250).cycle().take(length).collect();
            let (pages, heading) = opened(&written(&content, b"heading")).unwrap();
            assert_eq!(heading, b"heading");
            for from in [0, length / 3, length / 2, length] {
                for end in [from, (from + 10).min(length), length] {
                    let read = pages.read(from as u64, end - from).unwrap();
                    assert_eq!(read, content[from..end], "{length} {from} {end}");
                }
            }
            assert!(pages.read(0, length + 1).is_err());
            let mut stretch = Stretch::new(&pages, 0, PAGE);
            for at in (0..length.saturating_sub(8)).step_by(13) {
                assert_eq!(stretch.get(at as u64, 8).unwrap(), &content[at..at + 8]);
            }
        }
    }

    #[test]
    fn a_file_that_is_cut_off_or_altered_anywhere_is_not_believed() {
        let content: Vec<u8> = (0u8..=250).cycle().take(PAGE + 300).collect();
        let whole = written(&content, b"heading");
        let believed = |bytes: &[u8]| {
            let read = opened(bytes).and_then(|(pages, _)| pages.read(0, content.len()));
            read.is_ok()
        };
        assert!(believed(&whole));
        for length in (0..whole.len()).step_by(7) {
            assert!(!believed(&whole[..length]), "{length}");
        }
        for at in (0..whole.len()).step_by(5) {
            let mut other = whole.clone();
            other[at] ^= 4;
            assert!(!believed(&other), "{at}");
        }
    }
}
