//! An assignment as a picture (SVG): committees with empty seats on a map of governorates, how far
//! everybody is from home, and how many sub-committees each supervisor has.
//!
//! Always true here: whole numbers only, so that one assignment gives one picture, byte for byte;
//! what is empty is told by its shape and by a number, never by colour alone.

use crate::plot::Area;
use crate::plot::Histogram;
use crate::plot::METRES;
use crate::plot::Pen;
use crate::plot::apart;
use crate::plot::bar_width;
use crate::plot::beyond;
use crate::plot::escaped;
use crate::staff::said::SAID;
use sanduq_core::id::UnitCode;
use sanduq_core::names::Locale;
use sanduq_core::place::Point;
use sanduq_operations::assignment::committee::Kind;
use sanduq_operations::assignment::registers::Registers;
use sanduq_operations::assignment::registers::below;
use sanduq_operations::assignment::rules::Rules;
use sanduq_operations::assignment::whole::Post;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::fmt::Write;

/// What is shown.
pub struct Shown<'a> {
    /// The rules.
    pub rules: &'a Rules,
    /// The registers.
    pub registers: &'a Registers,
    /// Who serves where.
    pub posts: &'a [Post],
    /// Seats that nobody takes, by places of committees.
    pub empty: &'a [(usize, u32)],
    /// The language.
    pub locale: Locale,
}

const WIDTH: u32 = 1200;
const HEIGHT: u32 = 800;
const MAP: Area = Area {
    start: 40,
    top: 130,
    width: 680,
    height: 580,
};
const WAYS: Area = Area {
    start: 800,
    top: 196,
    width: 360,
    height: 170,
};
const LOADS: Area = Area {
    start: 800,
    top: 556,
    width: 360,
    height: 130,
};

/// The edge of the map that stays white.
const MARGIN: i64 = 30;

/// Widths of bars that stand for sub-committees.
const COUNTS: [u32; 9] = [1, 2, 5, 10, 20, 50, 100, 200, 500];

const STYLE: &str = "\
.land{fill:#efece1;fill-opacity:.6;stroke:#b9b5a6}\
.seats{fill:none;stroke:#8b8a80;stroke-width:2;stroke-linecap:round}\
.empty{fill:#fff;fill-opacity:.6;stroke:#8c2f12;stroke-width:2}\
.name{font-size:12px;fill:#55544c;paint-order:stroke;stroke:#fff;stroke-width:3}\
.short{font-size:13px;font-weight:700;paint-order:stroke;stroke:#fff;stroke-width:3}";

/// The picture.
pub fn svg(shown: &Shown<'_>) -> String {
    let pen = Pen {
        locale: shown.locale,
        width: WIDTH,
        said: &SAID,
    };
    let title = pen.words("map-title");
    let mut out = pen.opened(HEIGHT, title, STYLE);
    let empty: u64 = shown.empty.iter().map(|(_, seats)| u64::from(*seats)).sum();
    let told = [
        (shown.posts.len() as u64, "map-people"),
        (sitting(shown.registers).count() as u64, "map-committees"),
        (empty, "map-empty"),
    ];
    let told = told.map(|(number, key)| format!("{} {}", pen.number(number), pen.words(key)));
    out += &pen.text((40, 58), "title", title);
    out += &pen.text((40, 92), "quiet", &pen.joined(&told));
    out += &map(shown, pen);
    out += &ways(shown, pen);
    out += &loads(shown, pen);
    out + "</svg>\n"
}

/// Committees with seats of their own, by their places; reserves have no place on the map.
fn sitting(registers: &Registers) -> impl Iterator<Item = usize> {
    let all = registers.committees.iter().enumerate();
    let sitting = all.filter(|(_, one)| one.kind != Kind::Reserve);
    sitting.map(|(at, _)| at)
}

/// Metres east and north on paper that touches the earth in the middle of these points.
fn flat(points: &[Point]) -> Vec<[i64; 2]> {
    let count = i64::try_from(points.len()).unwrap_or(1).max(1);
    let middle = [0, 1, 2].map(|axis| {
        let sum: i64 = points.iter().map(|point| i64::from(point.axes[axis])).sum();
        i128::from(sum / count)
    });
    let [ahead, east, up] = middle;
    let across = (ahead * ahead + east * east).isqrt().max(1);
    let radius = (across * across + up * up).isqrt().max(1);
    let on_paper = |point: &Point| {
        let [x, y, z] = point.axes.map(i128::from);
        let along = (y * ahead - x * east) / across;
        let north = z * across * across - up * (x * ahead + y * east);
        // Points are in centimetres.
        [along, north / across / radius].map(|part| i64::try_from(part / 100).unwrap_or(0))
    };
    points.iter().map(on_paper).collect()
}

/// From points to the map, at one scale, in its middle.
fn scaled(points: &[[i64; 2]], left: u32) -> Vec<[i64; 2]> {
    let bounds = |axis: usize| {
        let along = points.iter().map(|point| point[axis]);
        let (low, high) = (along.clone().min().unwrap_or(0), along.max().unwrap_or(0));
        (low, (high - low).max(1))
    };
    let ((west, width), (south, height)) = (bounds(0), bounds(1));
    let room = [
        i64::from(MAP.width) - 2 * MARGIN,
        i64::from(MAP.height) - 2 * MARGIN,
    ];
    // Whichever side is longer, held against its room, decides the scale.
    let (over, under) = match width * room[1] > height * room[0] {
        true => (room[0], width),
        false => (room[1], height),
    };
    let spare = [width, height]
        .into_iter()
        .zip(room)
        .map(|(all, room)| room - all * over / under);
    let spare: Vec<i64> = spare.collect();
    let (x, y) = (
        i64::from(left) + MARGIN,
        i64::from(MAP.top + MAP.height) - MARGIN,
    );
    let at = |[east, north]: &[i64; 2]| {
        [
            x + spare[0] / 2 + (east - west) * over / under,
            y - spare[1] / 2 - (north - south) * over / under,
        ]
    };
    points.iter().map(at).collect()
}

/// The corners around points (Andrew's chain).
fn around(mut points: Vec<[i64; 2]>) -> Vec<[i64; 2]> {
    points.sort_unstable();
    points.dedup();
    let turns = |a: [i64; 2], b: [i64; 2], c: [i64; 2]| {
        (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]) > 0
    };
    let half = |points: &mut dyn Iterator<Item = [i64; 2]>| {
        let mut half: Vec<[i64; 2]> = Vec::new();
        for point in points {
            while half.len() >= 2 && !turns(half[half.len() - 2], half[half.len() - 1], point) {
                half.pop();
            }
            half.push(point);
        }
        half.pop();
        half
    };
    let mut corners = half(&mut points.iter().copied());
    corners.extend(half(&mut points.iter().rev().copied()));
    corners
}

fn map(shown: &Shown<'_>, pen: Pen) -> String {
    let left = pen.left(MAP.start, MAP.width);
    let mut out = format!(
        "<rect class=\"frame\" x=\"{left}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"6\"/>\n",
        MAP.top, MAP.width, MAP.height
    );
    let committees = &shown.registers.committees;
    let numbers: Vec<usize> = sitting(shown.registers).collect();
    let points: Vec<Point> = numbers.iter().map(|at| committees[*at].point).collect();
    let points = scaled(&flat(&points), left);
    let places: BTreeMap<usize, [i64; 2]> = numbers.into_iter().zip(points).collect();
    let mut inside: BTreeMap<&UnitCode, Vec<[i64; 2]>> = BTreeMap::new();
    for (at, place) in &places {
        let governorate = &committees[*at].governorate;
        inside.entry(governorate).or_default().push(*place);
    }
    for points in inside.values() {
        let corners = around(points.clone());
        let corners: Vec<String> = corners.iter().map(|[x, y]| format!("{x} {y}")).collect();
        let _written = writeln!(out, "<path class=\"land\" d=\"M{}z\"/>", corners.join("L"));
    }
    // A place on paper once, however many committees meet there.
    let dots: BTreeSet<&[i64; 2]> = places.values().collect();
    let dots: Vec<String> = dots.iter().map(|[x, y]| format!("M{x} {y}h0")).collect();
    let _written = writeln!(out, "<path class=\"seats\" d=\"{}\"/>", dots.concat());
    out += &empty(shown, pen, &places);
    out += &names(shown, pen, &inside);
    let legend = |key: &str, y: u32| pen.text((MAP.start, y), "small", pen.words(key));
    out + &legend("map-legend", 738) + &legend("map-legend-names", 760)
}

/// Committees with empty seats: rings, and who points at one is told which.
fn empty(shown: &Shown<'_>, pen: Pen, places: &BTreeMap<usize, [i64; 2]>) -> String {
    let mut out = String::new();
    let radius = if shown.empty.len() > 300 { 3 } else { 5 };
    for (at, seats) in shown.empty {
        if let Some([x, y]) = places.get(at) {
            let code = escaped(shown.registers.committees[*at].code.as_str());
            let seats = pen.number(u64::from(*seats));
            let _written = writeln!(
                out,
                "<circle class=\"empty\" cx=\"{x}\" cy=\"{y}\" r=\"{radius}\">\
                 <title>{code}: {seats}</title></circle>"
            );
        }
    }
    out
}

/// The code of each governorate in its middle; where seats are empty, how many, those of its
/// reserve among them.
fn names(shown: &Shown<'_>, pen: Pen, inside: &BTreeMap<&UnitCode, Vec<[i64; 2]>>) -> String {
    let mut missing: BTreeMap<&UnitCode, u64> = BTreeMap::new();
    for (at, seats) in shown.empty {
        let governorate = &shown.registers.committees[*at].governorate;
        *missing.entry(governorate).or_default() += u64::from(*seats);
    }
    let mut out = String::new();
    for (governorate, points) in inside {
        let count = i64::try_from(points.len()).unwrap_or(1).max(1);
        let middle = [0, 1].map(|axis| points.iter().map(|point| point[axis]).sum::<i64>() / count);
        let [x, y] = middle.map(|along| u32::try_from(along).unwrap_or(0));
        let name = apart(governorate.as_str());
        out += &match missing.get(governorate) {
            None => pen.around((x, y), "name", &name),
            Some(seats) => pen.around((x, y), "short", &format!("{name}: {}", pen.number(*seats))),
        };
    }
    out
}

/// Values in order, and how many there are of each.
fn counted(values: impl Iterator<Item = (u32, u64)>) -> Vec<(u32, u64)> {
    let mut counted: BTreeMap<u32, u64> = BTreeMap::new();
    for (value, count) in values {
        *counted.entry(value).or_default() += count;
    }
    counted.into_iter().collect()
}

/// How far everybody is from home or workplace, whichever is nearer.
fn ways(shown: &Shown<'_>, pen: Pen) -> String {
    let registers = shown.registers;
    let metres = shown.posts.iter().filter_map(|post| {
        let person = &registers.people[registers.person(&post.person)?];
        let committee = &registers.committees[registers.committee(&post.committee)?];
        Some((person.metres_to(committee.point), 1))
    });
    let ways = counted(metres);
    let middle = beyond(&ways, shown.posts.len() as u64 / 2);
    let far = ways.last().map_or(0, |way| way.0);
    let line = |key: &str, metres: u32| format!("{}: {}", pen.words(key), pen.distance(metres));
    let histogram = Histogram {
        area: WAYS,
        ways: &ways,
        bar: bar_width(&ways, &METRES),
        heads: ["map-ways", "map-ways-bar"].map(|key| pen.words(key)),
        value: &|metres| pen.distance(metres),
        line: middle,
        below: &[
            line("map-ways-middle", middle),
            line("map-ways-farthest", far),
        ],
    };
    histogram.drawn(pen)
}

/// How many sub-committees each member of a general committee has, the last part of one as whole.
fn loads(shown: &Shown<'_>, pen: Pen) -> String {
    let committees = &shown.registers.committees;
    let mut members: BTreeMap<&UnitCode, u32> = BTreeMap::new();
    for post in shown.posts {
        *members.entry(&post.committee).or_default() += 1;
    }
    let below = below(committees);
    let general = committees
        .iter()
        .filter(|one| one.kind == Kind::GeneralCommittee);
    let loads = general.filter_map(|one| {
        let members = members.get(&one.code).copied()?;
        let load = below.get(&one.code).copied().unwrap_or(0);
        Some((load.div_ceil(members), u64::from(members)))
    });
    let loads = counted(loads);
    let supervisors: u64 = loads.iter().map(|load| load.1).sum();
    let most = loads.last().map_or(0, |load| load.0);
    let number =
        |key: &str, number: u32| format!("{}: {}", pen.words(key), pen.number(u64::from(number)));
    let limit = shown.rules.sub_committees_per_supervisor;
    let (line, told) = match limit {
        Some(limit) => (limit, number("map-loads-limit", limit)),
        None => {
            let middle = beyond(&loads, supervisors / 2);
            (middle, number("map-loads-middle", middle))
        }
    };
    // The line has to stand among the bars.
    let mut reaching = loads.clone();
    reaching.push((most.max(line), supervisors.max(1)));
    // A bar holds its upper end, so that who has as many as the limit stands within it.
    let within = loads
        .iter()
        .map(|(load, members)| (load.saturating_sub(1), *members));
    let within: Vec<(u32, u64)> = within.collect();
    let histogram = Histogram {
        area: LOADS,
        ways: &within,
        bar: bar_width(&reaching, &COUNTS),
        heads: ["map-loads", "map-loads-bar"].map(|key| pen.words(key)),
        value: &|count| pen.number(u64::from(count)),
        line,
        below: &[told, number("map-loads-most", most)],
    };
    histogram.drawn(pen)
}

#[cfg(test)]
mod tests {
    use super::*;
    use sanduq_core::place::Place;

    #[test]
    fn corners_go_around_all_points_and_through_no_more_than_needed() {
        for (points, corners) in [
            (vec![[0, 0], [4, 0], [4, 4], [0, 4], [2, 2], [2, 0]], 4),
            (vec![[0, 0], [1, 1], [2, 2]], 2),
            (vec![[3, 3], [3, 3]], 0),
        ] {
            assert_eq!(around(points.clone()).len(), corners, "{points:?}");
        }
    }

    #[test]
    fn paper_keeps_directions_and_lengths() {
        let at = |north, east| Place::new(north, east).unwrap().point();
        let points = [
            at(30_000_000, 31_000_000),
            at(31_000_000, 31_000_000),
            at(30_500_000, 32_000_000),
        ];
        let [south, north, east] = flat(&points)[..] else {
            panic!("three points");
        };
        // A degree of latitude is 111.2 km; one of longitude at 30.5 degrees 95.8 km.
        assert!(
            (110_900..111_500).contains(&(north[1] - south[1])),
            "{north:?}"
        );
        assert!((95_300..96_300).contains(&(east[0] - south[0])), "{east:?}");
        let drawn = scaled(&flat(&points), 40);
        assert!(drawn[1][1] < drawn[0][1], "north is above");
        assert!(drawn[2][0] > drawn[0][0], "east is right");
    }
}
