//! A sliding window over a stream of bytes.
//!
//! Always true here: memory is bounded by the longest row, not by the stream.

use std::io;
use std::io::Read;

/// Bytes asked for at a time.
const STEP: usize = 256 * 1024;

/// What came of asking for more.
pub(crate) enum Filled {
    /// More bytes are in sight.
    More,
    /// The stream has ended; all that is left is in sight.
    Ended,
    /// The window is as large as it may grow.
    Full,
}

/// The part of a stream that is in sight.
pub(crate) struct Window<R> {
    stream: R,
    bytes: Vec<u8>,
    start: usize,
    end: usize,
    /// Bytes of the stream before `start`.
    passed: u64,
    ended: bool,
    most: usize,
}

impl<R: Read> Window<R> {
    /// A window that grows to `most` bytes when a row needs it.
    pub(crate) fn new(stream: R, most: usize) -> Self {
        Self {
            stream,
            bytes: vec![0; STEP.min(most)],
            start: 0,
            end: 0,
            passed: 0,
            ended: false,
            most,
        }
    }

    /// The bytes in sight.
    #[inline]
    pub(crate) fn sight(&self) -> &[u8] {
        &self.bytes[self.start..self.end]
    }

    /// The offset in the stream of the first byte in sight.
    pub(crate) const fn offset(&self) -> u64 {
        self.passed
    }

    /// Nothing will follow what is in sight.
    pub(crate) const fn ended(&self) -> bool {
        self.ended
    }

    /// Passes over `count` of the bytes in sight.
    #[inline]
    pub(crate) fn pass(&mut self, count: usize) {
        self.start += count;
        self.passed += u64::try_from(count).expect("a length fits 64 bits");
    }

    /// Brings more bytes into sight.
    pub(crate) fn fill(&mut self) -> io::Result<Filled> {
        if self.ended {
            return Ok(Filled::Ended);
        }
        if self.start > 0 {
            self.bytes.copy_within(self.start..self.end, 0);
            self.end -= self.start;
            self.start = 0;
        }
        if self.end == self.bytes.len() {
            if self.bytes.len() >= self.most {
                return Ok(Filled::Full);
            }
            let larger = (self.bytes.len() * 2).min(self.most);
            self.bytes.resize(larger, 0);
        }
        loop {
            match self.stream.read(&mut self.bytes[self.end..]) {
                Ok(0) => {
                    self.ended = true;
                    return Ok(Filled::Ended);
                }
                Ok(count) => {
                    self.end += count;
                    return Ok(Filled::More);
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }

    /// Brings at least `count` bytes into sight, or all there are.
    pub(crate) fn fill_to(&mut self, count: usize) -> io::Result<&[u8]> {
        while self.sight().len() < count {
            match self.fill()? {
                Filled::More => {}
                Filled::Ended | Filled::Full => break,
            }
        }
        Ok(self.sight())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_grows_to_its_bound_and_slides_on() {
        let most = STEP + STEP / 2;
        let mut window = Window::new(io::repeat(b'x').take(1 << 20), most);
        while let Filled::More = window.fill().unwrap() {}
        assert_eq!((window.sight().len(), window.offset()), (most, 0));
        window.pass(most - 1);
        assert_eq!(
            (window.sight().len(), window.offset()),
            (1, length(most) - 1)
        );
        while let Filled::More = window.fill().unwrap() {
            assert!(window.sight().iter().all(|byte| *byte == b'x'));
            window.pass(window.sight().len());
        }
        assert_eq!(window.offset(), 1 << 20);
    }

    fn length(count: usize) -> u64 {
        u64::try_from(count).unwrap()
    }
}
