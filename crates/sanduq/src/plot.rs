//! What pictures of the program share: a pen that writes from the side on which reading begins, and
//! bars. They need no script and no font of their own, and print on paper.
//!
//! Always true here: whole numbers only, so that the same data give the same picture, byte for
//! byte.

use crate::said::Sentences;
use sanduq_core::names::Locale;
use sanduq_core::text::localised;
use std::fmt::Write;

/// A part of a picture, from the side on which reading begins.
#[derive(Clone, Copy)]
pub struct Area {
    /// How far from that side.
    pub start: u32,
    /// How far from above.
    pub top: u32,
    /// How wide.
    pub width: u32,
    /// How high.
    pub height: u32,
}

/// The ground of every picture.
pub const PAPER: &str = "#fbfaf6";

/// How texts, bars and frames look.
pub const STYLE: &str = "\
text{font-family:'Noto Sans','Noto Sans Arabic','Noto Naskh Arabic',system-ui,sans-serif}\
text{fill:#1b1b18}\
.title{font-size:30px;font-weight:700}.quiet{fill:#55544c;font-size:17px}\
.head{font-size:20px;font-weight:600}.small{font-size:14px}\
.count{font-size:14px;paint-order:stroke;stroke:#fbfaf6;stroke-width:4}\
.mark{font-size:13px;font-weight:700;fill:#fff}\
.ways{fill:none;stroke-width:1;stroke-opacity:.55}.bar{fill:#8b8a80}\
.axis{stroke:#1b1b18;stroke-width:1.5}.middle{stroke:#8c2f12;stroke-width:2;stroke-dasharray:6 4}\
.frame{fill:#fff;stroke:#d8d5c9}.station{stroke:#fff;stroke-width:1.5}";

/// A text as XML has it.
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

/// A name between marks that keep its direction its own (UAX #9): a code such as 4-1 is not turned
/// round in a sentence that is read from the right.
pub fn apart(name: &str) -> String {
    format!("\u{2068}{name}\u{2069}")
}

/// Writes from the side on which reading begins.
#[derive(Clone, Copy)]
pub struct Pen {
    /// The language.
    pub locale: Locale,
    /// The width of the picture.
    pub width: u32,
    /// The sentences of its noun.
    pub said: &'static Sentences,
}

impl Pen {
    /// The words of a key, which every language has.
    pub fn words(self, key: &str) -> &'static str {
        self.said.of_key(key, self.locale).unwrap_or_default()
    }

    /// How a picture of this height begins: its size, its name and its paper.
    pub fn opened(self, height: u32, title: &str, style: &str) -> String {
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" \
             role=\"img\" aria-label=\"{}\" lang=\"{}\" direction=\"{}\">\n\
             <style>{STYLE}{style}</style>\n\
             <rect width=\"{width}\" height=\"{height}\" fill=\"{PAPER}\"/>\n",
            escaped(title),
            self.locale.tag(),
            self.locale.direction(),
            width = self.width,
        )
    }

    fn is_mirrored(self) -> bool {
        self.locale.direction() == "rtl"
    }

    /// The left edge of something so wide that begins at `start`.
    pub fn left(self, start: u32, width: u32) -> u32 {
        if self.is_mirrored() {
            self.width - start - width
        } else {
            start
        }
    }

    /// A number in the digits of the language.
    pub fn number(self, number: u64) -> String {
        localised(number, self.locale)
    }

    /// Figures beside each other on one line. A dash stands between them: a dot beside the Arabic
    /// nought is another nought.
    pub fn joined(self, told: &[String]) -> String {
        told.join(if self.is_mirrored() { " — " } else { " · " })
    }

    /// A line of text that begins there.
    pub fn text(self, (start, y): (u32, u32), class: &str, text: &str) -> String {
        let x = self.left(start, 0);
        format!(
            "<text class=\"{class}\" x=\"{x}\" y=\"{y}\">{}</text>\n",
            escaped(text)
        )
    }

    /// A text around the middle of a place on the picture.
    pub fn around(self, (x, y): (u32, u32), class: &str, text: &str) -> String {
        let text = escaped(text);
        format!(
            "<text class=\"{class}\" x=\"{x}\" y=\"{y}\" text-anchor=\"middle\">{text}</text>\n"
        )
    }

    /// A distance: metres below ten kilometres.
    pub fn distance(self, metres: u32) -> String {
        let (number, unit) = match metres {
            0..10_000 => (metres, "map-metres"),
            _ => (metres / 1000, "map-kilometres"),
        };
        format!("{} {}", self.number(number.into()), self.words(unit))
    }
}

/// Bars of a histogram at most, the last for everything beyond.
const BAR_COUNT: u32 = 12;

/// Round widths of bars that stand for metres.
pub const METRES: [u32; 14] = [
    10, 25, 50, 100, 200, 250, 500, 1000, 2000, 2500, 5000, 10_000, 25_000, 50_000,
];

/// A round width of a bar, so that most stand in the bars before the last.
pub fn bar_width(ways: &[(u32, u64)], widths: &[u32]) -> u32 {
    let all: u64 = ways.iter().map(|way| way.1).sum();
    let far = beyond(ways, all * 98 / 100);
    let mut fitting = widths.iter().filter(|width| *width * (BAR_COUNT - 1) > far);
    *fitting.next().unwrap_or(&100_000)
}

/// The value that so many do not go beyond.
pub fn beyond(ways: &[(u32, u64)], count: u64) -> u32 {
    let mut seen = 0;
    for (value, here) in ways {
        seen += here;
        if seen > count {
            return *value;
        }
    }
    ways.last().map_or(0, |way| way.0)
}

/// How many there are of each value.
pub struct Histogram<'a> {
    /// Where it stands, the heads above it and the lines below it apart.
    pub area: Area,
    /// Values in order, and how many have each.
    pub ways: &'a [(u32, u64)],
    /// How wide a bar is.
    pub bar: u32,
    /// What it shows, and what a bar is.
    pub heads: [&'a str; 2],
    /// A value as it is written.
    pub value: &'a dyn Fn(u32) -> String,
    /// Where a dashed line stands.
    pub line: u32,
    /// What is said below.
    pub below: &'a [String],
}

impl Histogram<'_> {
    /// The bars with their heads, the axis, the dashed line and what is said below.
    pub fn drawn(&self, pen: Pen) -> String {
        let area = self.area;
        let mut bars = [0_u64; BAR_COUNT as usize];
        for (value, count) in self.ways {
            bars[(value / self.bar).min(BAR_COUNT - 1) as usize] += count;
        }
        let most = bars.iter().copied().max().unwrap_or(0).max(1);
        let floor = area.top + area.height;
        let step = area.width / BAR_COUNT;
        let mut out = pen.text((area.start, area.top - 56), "head", self.heads[0]);
        out += &pen.text((area.start, area.top - 28), "quiet", self.heads[1]);
        // Written last, so that no line goes through a figure.
        let mut counts = String::new();
        for (bar, at) in bars.iter().zip(0..) {
            let height = u32::try_from(bar * u64::from(area.height - 30) / most).unwrap_or(0);
            let x = pen.left(area.start + at * step, step) + 2;
            let (y, wide) = (floor - height, step - 4);
            let _written = writeln!(
                out,
                "<rect class=\"bar\" x=\"{x}\" y=\"{y}\" width=\"{wide}\" height=\"{height}\"/>"
            );
            if *bar == most {
                counts += &pen.around((x + wide / 2, y - 8), "count", &pen.number(*bar));
            }
        }
        let left = pen.left(area.start, area.width);
        let _written = writeln!(
            out,
            "<path class=\"axis\" d=\"M{left} {floor}h{}\"/>",
            area.width
        );
        for at in (0..BAR_COUNT).step_by(3) {
            let x = pen.left(area.start + at * step, 0);
            out += &pen.around((x, floor + 22), "small", &(self.value)(at * self.bar));
        }
        out += &self.dashed(pen, u64::from(step) * 1000 / u64::from(self.bar));
        out + &counts
    }

    /// The dashed line, and the words below.
    fn dashed(&self, pen: Pen, thousandths: u64) -> String {
        let area = self.area;
        let floor = area.top + area.height;
        let within = u64::from(self.line) * thousandths / 1000;
        let reach = u32::try_from(within).unwrap_or(0).min(area.width);
        let (x, top) = (pen.left(area.start + reach, 0), area.top - 6);
        let mut out = format!("<path class=\"middle\" d=\"M{x} {top}V{floor}\"/>\n");
        for (line, at) in self.below.iter().zip(0..) {
            out += &pen.text((area.start, floor + 54 + 22 * at), "small", line);
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::said::sentences;

    const SAID: Sentences = sentences!("assignment");

    #[test]
    fn bars_are_of_round_width_and_hold_most() {
        for (ways, width) in [
            (vec![(0, 10)], 10),
            (vec![(100, 10), (1000, 10)], 100),
            (vec![(100, 990), (90_000, 10)], 10),
            (vec![(90_000, 10)], 10_000),
        ] {
            assert_eq!(bar_width(&ways, &METRES), width, "{ways:?}");
        }
        assert_eq!(beyond(&[(5, 2), (7, 2)], 1), 5);
        assert_eq!(beyond(&[(5, 2), (7, 2)], 2), 7);
        assert_eq!(escaped("<a&\">"), "&lt;a&amp;&quot;&gt;");
    }

    #[test]
    fn no_dot_stands_beside_a_nought_and_no_line_goes_through_a_figure() {
        for (locale, between) in [
            (Locale::Ar, " — "),
            (Locale::Fa, " — "),
            (Locale::En, " · "),
        ] {
            let pen = Pen {
                locale,
                width: 400,
                said: &SAID,
            };
            let told = ["8".to_owned(), "0".to_owned()];
            assert_eq!(pen.joined(&told), format!("8{between}0"), "{locale:?}");
            let histogram = Histogram {
                area: Area {
                    start: 0,
                    top: 60,
                    width: 360,
                    height: 100,
                },
                ways: &[(5, 3)],
                bar: 10,
                heads: ["", ""],
                value: &|value| value.to_string(),
                line: 5,
                below: &[],
            };
            let drawn = histogram.drawn(pen);
            let at = |what: &str| drawn.find(what).unwrap();
            assert!(at("class=\"middle\"") < at("class=\"count\""), "{drawn}");
        }
    }
}
