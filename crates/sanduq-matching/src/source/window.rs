//! A window over a stream of bytes: what is in sight lies in one piece, and nothing else is kept.
//!
//! Always true here: the window never grows, so that a file of any length takes the same memory.

use std::io;
use std::io::ErrorKind;
use std::io::Read;

use memchr::memchr;

/// Bytes in sight at most: the longest record there may be.
pub(crate) const LENGTH: usize = 1 << 20;

/// A stream and the part of it in sight.
pub(crate) struct Window<R> {
    input: R,
    buffer: Box<[u8]>,
    start: usize,
    end: usize,
    ended: bool,
    /// Where the sight begins in the stream, in bytes.
    offset: u64,
    /// Where the first zero byte that was seen lies in the stream.
    zero: Option<u64>,
}

/// What came of bringing more into sight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Filled {
    /// There is more in sight.
    More,
    /// The stream has no more.
    Ended,
    /// The window is full of one record.
    Full,
}

impl<R: Read> Window<R> {
    /// A window at the start of `input`, filled.
    pub(crate) fn open(input: R) -> io::Result<Self> {
        let mut window = Self {
            input,
            buffer: vec![0; LENGTH].into_boxed_slice(),
            start: 0,
            end: 0,
            ended: false,
            offset: 0,
            zero: None,
        };
        window.fill()?;
        Ok(window)
    }

    /// What is in sight.
    #[inline]
    pub(crate) fn sight(&self) -> &[u8] {
        &self.buffer[self.start..self.end]
    }

    /// Nothing follows what is in sight.
    pub(crate) const fn ended(&self) -> bool {
        self.ended
    }

    /// Bytes of the stream before the sight.
    #[inline]
    pub(crate) const fn offset(&self) -> u64 {
        self.offset
    }

    /// Where in the stream the first zero byte lies, as far as was read.
    #[inline]
    pub(crate) const fn zero(&self) -> Option<u64> {
        self.zero
    }

    /// Lets the first `count` bytes out of sight.
    #[inline]
    pub(crate) fn pass(&mut self, count: usize) {
        self.start += count;
        self.offset += length(count);
    }

    /// Fills the window from the stream.
    pub(crate) fn fill(&mut self) -> io::Result<Filled> {
        if self.ended {
            return Ok(Filled::Ended);
        }
        self.buffer.copy_within(self.start..self.end, 0);
        self.end -= self.start;
        self.start = 0;
        if self.end == self.buffer.len() {
            return Ok(Filled::Full);
        }
        let before = self.end;
        while self.end < self.buffer.len() {
            match self.input.read(&mut self.buffer[self.end..]) {
                Ok(0) => {
                    self.ended = true;
                    break;
                }
                Ok(count) => self.end += count,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        if self.zero.is_none() {
            let found = memchr(0, &self.buffer[before..self.end]);
            self.zero = found.map(|at| self.offset + length(before + at));
        }
        if self.end > before {
            Ok(Filled::More)
        } else {
            Ok(Filled::Ended)
        }
    }
}

/// A length as bytes of a file.
pub(crate) fn length(count: usize) -> u64 {
    u64::try_from(count).expect("a length fits 64 bits")
}
