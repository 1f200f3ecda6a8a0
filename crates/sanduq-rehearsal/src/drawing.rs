//! Invented papers as pictures: the lines of a sheet drawn in black on white, under a heading that
//! says that nothing of it is real. Always true here: the same paper gives the same bytes, and no
//! picture can be taken for one of a real sheet.

use sanduq_core::count::Votes;
use sanduq_count::sheet::Figures;
use sanduq_count::sheet::Paper;
use sanduq_count::sheet::SheetKey;

/// Pixels of a line; a multiple of eight.
const WIDTH: usize = 800;
const HEIGHT: usize = 1104;
/// Bytes of a line: one for the filter, then eight pixels each.
const STRIDE: usize = 1 + WIDTH / 8;
/// Lines of a paper at most.
const LINES: usize = 26;
/// What stands across every picture.
const HEADING: &str = "REHEARSAL - INVENTED";

/// The letters that are drawn, five pixels wide and seven high, a row a number.
const LETTERS: [(char, [u8; 7]); 39] = [
    ('0', [14, 17, 19, 21, 25, 17, 14]),
    ('1', [4, 12, 4, 4, 4, 4, 14]),
    ('2', [14, 17, 1, 2, 4, 8, 31]),
    ('3', [31, 2, 4, 2, 1, 17, 14]),
    ('4', [2, 6, 10, 18, 31, 2, 2]),
    ('5', [31, 16, 30, 1, 1, 17, 14]),
    ('6', [6, 8, 16, 30, 17, 17, 14]),
    ('7', [31, 1, 2, 4, 8, 8, 8]),
    ('8', [14, 17, 17, 14, 17, 17, 14]),
    ('9', [14, 17, 17, 15, 1, 2, 12]),
    ('A', [14, 17, 17, 31, 17, 17, 17]),
    ('B', [30, 17, 17, 30, 17, 17, 30]),
    ('C', [14, 17, 16, 16, 16, 17, 14]),
    ('D', [28, 18, 17, 17, 17, 18, 28]),
    ('E', [31, 16, 16, 30, 16, 16, 31]),
    ('F', [31, 16, 16, 30, 16, 16, 16]),
    ('G', [14, 17, 16, 23, 17, 17, 15]),
    ('H', [17, 17, 17, 31, 17, 17, 17]),
    ('I', [14, 4, 4, 4, 4, 4, 14]),
    ('J', [7, 2, 2, 2, 2, 18, 12]),
    ('K', [17, 18, 20, 24, 20, 18, 17]),
    ('L', [16, 16, 16, 16, 16, 16, 31]),
    ('M', [17, 27, 21, 21, 17, 17, 17]),
    ('N', [17, 17, 25, 21, 19, 17, 17]),
    ('O', [14, 17, 17, 17, 17, 17, 14]),
    ('P', [30, 17, 17, 30, 16, 16, 16]),
    ('Q', [14, 17, 17, 17, 21, 18, 13]),
    ('R', [30, 17, 17, 30, 20, 18, 17]),
    ('S', [15, 16, 16, 14, 1, 1, 30]),
    ('T', [31, 4, 4, 4, 4, 4, 4]),
    ('U', [17, 17, 17, 17, 17, 17, 14]),
    ('V', [17, 17, 17, 17, 17, 10, 4]),
    ('W', [17, 17, 17, 21, 21, 21, 10]),
    ('X', [17, 17, 10, 4, 10, 17, 17]),
    ('Y', [17, 17, 17, 10, 4, 4, 4]),
    ('Z', [31, 1, 2, 4, 8, 16, 31]),
    ('-', [0, 0, 0, 31, 0, 0, 0]),
    ('.', [0, 0, 0, 0, 0, 12, 12]),
    ('_', [0, 0, 0, 0, 0, 0, 31]),
];

/// A white page of lines, each behind the byte that says that it is not filtered.
struct Drawing(Vec<u8>);

impl Drawing {
    fn new() -> Self {
        let mut line = [0xff; STRIDE];
        line[0] = 0;
        Self(line.repeat(HEIGHT))
    }

    fn black(&mut self, x: usize, y: usize) {
        if x < WIDTH && y < HEIGHT {
            self.0[y * STRIDE + 1 + x / 8] &= !(0x80 >> (x % 8));
        }
    }

    fn fill(&mut self, (x, y): (usize, usize), (width, height): (usize, usize)) {
        for down in 0..height {
            for along in 0..width {
                self.black(x + along, y + down);
            }
        }
    }

    /// Writes a text from here on, each pixel of a letter so many wide.
    fn write(&mut self, text: &str, (x, y): (usize, usize), size: usize) {
        for (nth, c) in text.chars().enumerate() {
            let c = c.to_ascii_uppercase();
            let Some((_, rows)) = LETTERS.iter().find(|(own, _)| *own == c) else {
                continue;
            };
            for (down, row) in rows.iter().enumerate() {
                for along in (0..5).filter(|along| row & (16 >> along) != 0) {
                    let left = x + (nth * 6 + along) * size;
                    self.fill((left, y + down * size), (size, size));
                }
            }
        }
    }
}

/// The paper of a sheet as somebody wrote it, as a PNG.
#[must_use]
pub fn sheet(paper: &Paper<'_>, key: &SheetKey, written: &Figures) -> Vec<u8> {
    let fields = paper.form().fields.iter().map(|own| own.code.to_string());
    let choices = paper
        .contest()
        .choices
        .iter()
        .map(|own| own.code.to_string());
    let figures = written.fields.iter().chain(&written.choices);
    let figures = figures.map(|figure| figure.map(Votes::get));
    let lines: Vec<(String, Option<u64>)> = fields.chain(choices).zip(figures).collect();
    drawn([key.contest.as_str(), key.station.as_str()], &lines)
}

/// The picture of a paper under these two headings, with its lines, each a code and a figure.
fn drawn(headings: [&str; 2], lines: &[(String, Option<u64>)]) -> Vec<u8> {
    let mut page = Drawing::new();
    for (x, width) in [(20, 4), (WIDTH - 24, 4)] {
        page.fill((x, 20), (width, HEIGHT - 40));
    }
    for y in [20, 80, 164, HEIGHT - 24] {
        page.fill((20, y), (WIDTH - 40, 4));
    }
    page.write(HEADING, (160, 38), 4);
    page.write(headings[0], (44, 94), 4);
    page.write(headings[1], (44, 130), 4);
    for (nth, (code, figure)) in lines.iter().take(LINES).enumerate() {
        let y = 180 + nth * 34;
        let shown = figure.map_or_else(String::new, |figure| figure.to_string());
        page.write(code, (44, y), 3);
        page.write(&shown, (WIDTH - 44 - shown.len() * 18, y), 3);
        page.fill((44, y + 27), (WIDTH - 88, 1));
    }
    png(&page.0)
}

fn png(pixels: &[u8]) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
    let side = |side: usize| u32::try_from(side).unwrap_or(u32::MAX).to_be_bytes();
    let header = [&side(WIDTH)[..], &side(HEIGHT), &[1, 0, 0, 0, 0]].concat();
    chunk(&mut bytes, b"IHDR", &header);
    chunk(&mut bytes, b"IDAT", &stored(pixels));
    chunk(&mut bytes, b"IEND", &[]);
    bytes
}

/// The pixels as a stream of zlib that packs nothing (RFC 1950, RFC 1951 section 3.2.4).
fn stored(pixels: &[u8]) -> Vec<u8> {
    let mut stream = vec![0x78, 0x01];
    let mut blocks = pixels.chunks(usize::from(u16::MAX)).peekable();
    while let Some(block) = blocks.next() {
        let length = u16::try_from(block.len()).unwrap_or(u16::MAX);
        stream.push(u8::from(blocks.peek().is_none()));
        stream.extend_from_slice(&length.to_le_bytes());
        stream.extend_from_slice(&(!length).to_le_bytes());
        stream.extend_from_slice(block);
    }
    let (low, high) = pixels.iter().fold((1_u32, 0_u32), |(low, high), byte| {
        let low = (low + u32::from(*byte)) % 65_521;
        (low, (high + low) % 65_521)
    });
    stream.extend_from_slice(&(high << 16 | low).to_be_bytes());
    stream
}

fn chunk(bytes: &mut Vec<u8>, name: &[u8; 4], own: &[u8]) {
    let named = [&name[..], own].concat();
    let rest = named.iter().fold(u32::MAX, |rest, byte| {
        (0..8).fold(rest ^ u32::from(*byte), |rest, _| {
            (rest >> 1) ^ (0xedb8_8320 * (rest & 1))
        })
    });
    let length = u32::try_from(own.len()).unwrap_or(u32::MAX);
    bytes.extend_from_slice(&length.to_be_bytes());
    bytes.extend_from_slice(&named);
    bytes.extend_from_slice(&(!rest).to_be_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;
    use sanduq_count::image;

    #[test]
    fn a_drawn_paper_is_an_image_of_a_sheet_and_the_same_each_time() {
        let line = |nth: u64| (format!("f{nth}"), (nth > 1).then_some(nth * 1_234));
        let lines: Vec<(String, Option<u64>)> = (1..40).map(line).collect();
        let picture = drawn(["president", "1-1-1-1"], &lines);
        let kept = image::clean(&picture).unwrap();
        // Nothing stands beside the picture that would have to be removed.
        assert_eq!(kept.bytes, picture);
        assert_eq!((kept.width, kept.height), (800, 1104));
        assert_eq!(drawn(["president", "1-1-1-1"], &lines), picture);
        assert_ne!(drawn(["president", "1-1-1-2"], &lines), picture);
    }
}
