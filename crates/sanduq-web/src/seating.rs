//! Seats as a picture: up to twelve as squares in a row, more as a half circle of dots. Always
//! true here: one mark is one seat; marks of one choice stand together, in the order of the table
//! beside the picture, which says the same.

use crate::page::Page;
use askama::Template;
use core::borrow::Borrow;
use core::f64::consts::PI;
use core::fmt::Write as _;

/// The most seats of a row.
const ONE_ROW: u32 = 12;
/// The most seats that are drawn.
const MOST: u32 = 1_000;
/// Choices with a shade of their own; those behind them share one.
const SHADES: usize = 5;

/// The class of the shade of a choice by its place in the table.
#[must_use]
pub fn shade(place: impl Borrow<usize>) -> String {
    format!("s{}", place.borrow().min(&SHADES))
}

/// The marks of one choice.
struct Part {
    class: String,
    path: String,
}

/// Seats as a picture.
#[derive(Template)]
#[template(path = "component/seating.html")]
pub struct Seating {
    label: String,
    kind: &'static str,
    size: (u32, u32),
    mark: String,
    parts: Vec<Part>,
}

impl Seating {
    /// The seats of choices by name, in the order of their table, and those that are still open;
    /// none when there is no seat, or more than can be drawn.
    #[must_use]
    pub fn new(page: &Page, choices: &[(&str, u64)], open: u64) -> Option<Self> {
        let last = (page.t("seats-open"), open);
        let named = choices
            .iter()
            .map(|(name, seats)| ((*name).to_owned(), *seats));
        let groups: Vec<(String, u64)> = named.chain([last]).collect();
        let total: u64 = groups.iter().map(|(_, seats)| seats).sum();
        let total = u32::try_from(total)
            .ok()
            .filter(|n| (1..=MOST).contains(n))?;
        let held = groups.iter().filter(|(_, seats)| *seats > 0);
        let label: Vec<String> = held
            .map(|(name, n)| format!("{name}: {}", page.n(n)))
            .collect();
        let (kind, size, mark, marks) = match total {
            ..=ONE_ROW => ("row", (total * 24, 24), "20".to_owned(), row(total)),
            _ => half(total),
        };
        let mut marks = marks.into_iter();
        let mut parts = Vec::new();
        for (place, (_, seats)) in groups.iter().enumerate() {
            let own = usize::try_from(*seats).unwrap_or(usize::MAX);
            let path: String = marks.by_ref().take(own).collect();
            let class = match place == choices.len() {
                true => "open".to_owned(),
                false => shade(place),
            };
            if !path.is_empty() {
                parts.push(Part { class, path });
            }
        }
        Some(Self {
            label: label.join(" · "),
            kind,
            size,
            mark,
            parts,
        })
    }
}

/// Squares in a row.
fn row(total: u32) -> Vec<String> {
    (0..total)
        .map(|nth| format!("M{} 12h20", nth * 24 + 2))
        .collect()
}

/// The radius of the whole picture, and of the room inside the smallest half circle.
const OUTER: f64 = 100.0;
const INNER: f64 = 32.0;

/// How far the dots of so many half circles stand apart, along each and from one to the next, when
/// together they hold the total: the sum of `π r / apart + 1` over the rows is the total.
fn apart(total: u32, rows: u32) -> f64 {
    let (total, rows) = (f64::from(total), f64::from(rows));
    PI * rows * OUTER / (total + PI * rows * rows / 2.0 - rows)
}

/// Dots on half circles, from the one end to the other: as many rows as give the largest dots and
/// leave room inside.
fn half(total: u32) -> (&'static str, (u32, u32), String, Vec<String>) {
    let inside = |rows: &u32| OUTER - apart(total, *rows) * (f64::from(*rows) - 0.5) >= INNER;
    let larger = |a: &u32, b: &u32| apart(total, *a).total_cmp(&apart(total, *b));
    let rows = (1..=40).filter(inside).max_by(larger).unwrap_or(1);
    let apart = apart(total, rows);
    let (mut dots, mut before, mut until) = (Vec::new(), 0, 0.0);
    for nth in 0..rows {
        let radius = OUTER - apart * (f64::from(nth) + 0.5);
        // Each row has the dots that fit; what is rounded away goes to the next.
        until += PI * radius / apart + 1.0;
        let last = (before..total).find(|n| f64::from(*n) + 0.5 >= until);
        let last = last.filter(|_| nth + 1 < rows).unwrap_or(total);
        let steps = f64::from((last - before).saturating_sub(1).max(1));
        dots.extend((0..last - before).map(|at| (f64::from(at) / steps, radius)));
        before = last;
    }
    dots.sort_by(|a, b| a.0.total_cmp(&b.0).then(b.1.total_cmp(&a.1)));
    let dot = |(turn, radius): (f64, f64)| {
        let (sin, cos) = (PI * (1.0 - turn)).sin_cos();
        let mut path = String::new();
        let (x, y) = (OUTER + 5.0 + radius * cos, OUTER + 5.0 - radius * sin);
        write!(path, "M{x:.1} {y:.1}h0").expect("a string takes every text");
        path
    };
    let mark = format!("{:.1}", apart * 0.78);
    (
        "half",
        (210, 122),
        mark,
        dots.into_iter().map(dot).collect(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::links::Links;
    use sanduq_core::names::Locale;

    fn page() -> Page {
        Page {
            locale: Locale::En,
            links: Links::live("/"),
            event: None,
            stamp: None,
            reader: None,
        }
    }

    #[test]
    fn one_mark_is_one_seat() {
        for (seats, open, kind) in [
            (&[1][..], 0, "row"),
            (&[3, 2, 0], 0, "row"),
            (&[6, 5], 1, "row"),
            (&[7, 6], 0, "half"),
            (&[30, 20, 10, 0, 3, 2, 1], 7, "half"),
            (&[90, 75, 52], 0, "half"),
            (&[600, 400], 0, "half"),
        ] {
            let choices: Vec<(&str, u64)> = seats.iter().map(|n| ("x", *n)).collect();
            let picture = Seating::new(&page(), &choices, open).unwrap();
            assert_eq!(picture.kind, kind, "{seats:?}");
            let marks = |part: &Part| part.path.matches('M').count() as u64;
            let drawn: Vec<u64> = picture.parts.iter().map(marks).collect();
            let held = seats.iter().chain([&open]).copied().filter(|n| *n > 0);
            assert_eq!(drawn, held.collect::<Vec<u64>>(), "{seats:?}");
            let mut all: Vec<&str> = picture
                .parts
                .iter()
                .flat_map(|p| p.path.split('M'))
                .collect();
            all.sort_unstable();
            all.dedup();
            let sum: u64 = seats.iter().sum();
            assert_eq!(
                all.len() as u64,
                sum + open + 1,
                "no two stand in one place"
            );
        }
    }

    #[test]
    fn no_dot_touches_another_or_leaves_the_picture() {
        for total in (13..200).chain((200..=1_000).step_by(47)) {
            let (_, (width, height), mark, paths) = half(total);
            let mark: f64 = mark.parse().unwrap();
            let place = |path: &String| {
                let (x, y) = path[1..].trim_end_matches("h0").split_once(' ').unwrap();
                (x.parse::<f64>().unwrap(), y.parse::<f64>().unwrap())
            };
            let places: Vec<(f64, f64)> = paths.iter().map(place).collect();
            let edge = mark / 2.0;
            for (nth, (x, y)) in places.iter().enumerate() {
                assert!(*x >= edge && *x <= f64::from(width) - edge, "{total}: {x}");
                assert!(*y >= edge && *y <= f64::from(height) - edge, "{total}: {y}");
                for (a, b) in &places[..nth] {
                    let between = (x - a).hypot(y - b);
                    assert!(between >= mark, "{total}: {between} apart, dots of {mark}");
                }
            }
        }
    }

    #[test]
    fn no_seat_and_too_many_have_no_picture() {
        assert!(Seating::new(&page(), &[], 0).is_none());
        assert!(Seating::new(&page(), &[("x", 0)], 0).is_none());
        assert!(Seating::new(&page(), &[("x", 1_001)], 0).is_none());
    }

    #[test]
    fn the_label_says_what_the_marks_show() {
        let picture =
            Seating::new(&page(), &[("Palm", 3), ("Springs", 1), ("None", 0)], 1).unwrap();
        assert_eq!(picture.label, "Palm: 3 · Springs: 1 · Seats still open: 1");
        let classes: Vec<&str> = picture
            .parts
            .iter()
            .map(|part| part.class.as_str())
            .collect();
        assert_eq!(classes, ["s0", "s1", "open"]);
    }
}
