//! A district as a picture (SVG): its stations, where their voters come from, and how far they go.
//! It needs no script and no font of its own, prints on paper, and in Arabic and Persian is read
//! from the right.
//!
//! Always true here: whole numbers only, so that one placement gives one picture, byte for byte.

use crate::placement::centres::Centres;
use crate::placement::said::SAID;
use crate::placement::said::words;
use crate::plot::Area;
use crate::plot::Histogram;
use crate::plot::METRES;
use crate::plot::Pen;
use crate::plot::apart;
use crate::plot::bar_width;
use crate::plot::beyond;
use crate::plot::escaped;
use sanduq_core::names::Locale;
use sanduq_register::placement::place::Place;
use std::collections::BTreeMap;
use std::fmt::Write;

/// What is shown.
pub struct Shown<'a> {
    /// The stations.
    pub centres: &'a Centres,
    /// The voters of each station of each centre.
    pub rooms: &'a [Vec<u32>],
    /// How many go from a place to a centre.
    pub lines: &'a BTreeMap<(Place, u32), u64>,
    /// District, metres and voters of every way.
    pub ways: &'a [(u32, u32, u64)],
    /// The district, by its place in the list.
    pub district: u32,
    /// The language.
    pub locale: Locale,
}

/// The picture, the square of the map in it, and the histogram beside it.
const WIDTH: u32 = 1200;
const HEIGHT: u32 = 780;
const MAP: Area = Area {
    start: 40,
    top: 130,
    width: 680,
    height: 570,
};
const BARS: Area = Area {
    start: 800,
    top: 210,
    width: 360,
    height: 430,
};

/// Colours of stations beside each other: dark enough for lines on paper; a station is told by its
/// number and its lines, never by colour alone.
const COLOURS: [&str; 8] = [
    "#0b5563", "#8c2f12", "#4a6b1f", "#6a3d8f", "#9a6a00", "#1f5fa8", "#7a4a4a", "#3d6b5f",
];

/// Stations that are numbered on the map; more would cover it.
const NUMBERED: usize = 60;

/// The picture.
pub fn svg(shown: &Shown<'_>) -> String {
    let locale = shown.locale;
    let pen = Pen {
        locale,
        width: WIDTH,
        said: &SAID,
    };
    let mut ways: Vec<(u32, u64)> = shown
        .ways
        .iter()
        .filter(|way| way.0 == shown.district)
        .map(|way| (way.1, way.2))
        .collect();
    ways.sort_unstable();
    let voters: u64 = ways.iter().map(|way| way.1).sum();
    let name = &shown.centres.districts[shown.district as usize];
    let title = words("map-title", locale).replace("{district}", &apart(name));
    let mut out = pen.opened(HEIGHT, &title, "");
    let stations = stations_of(shown);
    let committees: usize = stations.iter().map(|at| shown.rooms[*at].len()).sum();
    let told = [
        format!("{} {}", pen.number(voters), words("map-voters", locale)),
        format!(
            "{} {}",
            pen.number(stations.len() as u64),
            words("map-centres", locale)
        ),
        format!(
            "{} {}",
            pen.number(committees as u64),
            words("map-stations", locale)
        ),
    ];
    out += &pen.text((40, 58), "title", &title);
    out += &pen.text((40, 92), "quiet", &pen.joined(&told));
    out += &map(shown, pen, &stations);
    out += &histogram(pen, &ways, voters);
    let file = words("map-source", locale).replace("{file}", &apart(&shown.centres.grid.place));
    out += &pen.text((40, 756), "small", &file);
    out + "</svg>\n"
}

/// The centres of the district, by their places in the list.
fn stations_of(shown: &Shown<'_>) -> Vec<usize> {
    let all = shown.centres.list.iter().enumerate();
    let inside = all.filter(|(_, centre)| centre.district == shown.district);
    inside.map(|(at, _)| at).collect()
}

/// From places to points of the map: metres east and north of its corner, at one scale.
struct Scale {
    south: i32,
    west: i32,
    middle: i32,
    metres: [u32; 2],
    left: u32,
}

impl Scale {
    fn new(places: &[Place], left: u32) -> Self {
        let norths = || places.iter().map(|place| place.latitude_microdegrees());
        let easts = || places.iter().map(|place| place.longitude_microdegrees());
        let (south, north) = (norths().min().unwrap_or(0), norths().max().unwrap_or(0));
        let (west, east) = (easts().min().unwrap_or(0), easts().max().unwrap_or(0));
        let mut scale = Self {
            south,
            west,
            middle: i32::midpoint(south, north),
            metres: [0; 2],
            left,
        };
        let (along, up) = scale.beside(north, east);
        // A map of one place shows the kilometre around it.
        scale.metres = [along.max(1000), up.max(1000)];
        scale
    }

    /// Metres east and north of the corner.
    fn beside(&self, north: i32, east: i32) -> (u32, u32) {
        let place = |north: i32, east: i32| Place::new(north, east).unwrap_or_default();
        let corner = place(self.middle, self.west);
        let along = corner.metres_to(place(self.middle, east));
        (
            along,
            place(self.south, self.west).metres_to(place(north, self.west)),
        )
    }

    /// Pixels for so many metres.
    fn pixels(&self, metres: u32) -> u32 {
        let (width, height) = (u64::from(MAP.width - 60), u64::from(MAP.height - 60));
        let metres = u64::from(metres);
        let fit = |room: u64, extent: u32| metres * room / u64::from(extent);
        let least = fit(width, self.metres[0]).min(fit(height, self.metres[1]));
        u32::try_from(least).unwrap_or(u32::MAX)
    }

    fn point(&self, place: Place) -> (u32, u32) {
        let (along, up) = self.beside(
            place.latitude_microdegrees(),
            place.longitude_microdegrees(),
        );
        let spare = |room: u32, extent: u32| (room - 60).saturating_sub(self.pixels(extent)) / 2;
        let x = self.left + 30 + spare(MAP.width, self.metres[0]) + self.pixels(along);
        let below = self.pixels(up) + spare(MAP.height, self.metres[1]);
        (x, MAP.top + MAP.height - 30 - below)
    }
}

fn map(shown: &Shown<'_>, pen: Pen, stations: &[usize]) -> String {
    let left = pen.left(MAP.start, MAP.width);
    let place = |at: &usize| shown.centres.list[*at].place.unwrap_or_default();
    let mut places: Vec<Place> = stations.iter().map(place).collect();
    let own = |(_, to): &(Place, u32)| stations.binary_search(&(*to as usize));
    let lines: Vec<(Place, usize, u64)> = shown
        .lines
        .iter()
        .filter_map(|(way, voters)| Some((way.0, own(way).ok()?, *voters)))
        .collect();
    places.extend(lines.iter().map(|line| line.0));
    let scale = Scale::new(&places, left);
    let mut out = format!(
        "<rect class=\"frame\" x=\"{left}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"6\"/>\n",
        MAP.top, MAP.width, MAP.height
    );
    let mut paths = vec![String::new(); stations.len()];
    for (from, at, _) in &lines {
        let ((x, y), (to_x, to_y)) = (scale.point(*from), scale.point(place(&stations[*at])));
        let _written = write!(paths[*at], "M{x} {y}L{to_x} {to_y}");
    }
    for (at, path) in paths
        .iter()
        .enumerate()
        .filter(|(_, path)| !path.is_empty())
    {
        let colour = COLOURS[at % COLOURS.len()];
        let _written = writeln!(
            out,
            "<path class=\"ways\" stroke=\"{colour}\" d=\"{path}\"/>"
        );
    }
    for (from, at, _) in &lines {
        let ((x, y), colour) = (scale.point(*from), COLOURS[at % COLOURS.len()]);
        let _written = writeln!(
            out,
            "<circle cx=\"{x}\" cy=\"{y}\" r=\"2\" fill=\"{colour}\"/>"
        );
    }
    for (at, station) in stations.iter().enumerate() {
        out += &mark(
            shown,
            pen,
            (at, *station),
            scale.point(place(station)),
            stations.len(),
        );
    }
    out += &ruler(pen, &scale, left);
    let legend = words("map-legend", pen.locale);
    out + &pen.text((40, 728), "small", legend)
}

/// A station: a square with its number, and its name and voters for who points at it.
fn mark(
    shown: &Shown<'_>,
    pen: Pen,
    (at, station): (usize, usize),
    (x, y): (u32, u32),
    count: usize,
) -> String {
    let centre = &shown.centres.list[station];
    let voters: u64 = shown.rooms[station]
        .iter()
        .map(|room| u64::from(*room))
        .sum();
    let half = if count > NUMBERED { 4 } else { 11 };
    let (left, top, side) = (x.saturating_sub(half), y.saturating_sub(half), half * 2);
    let mut out = format!(
        "<rect class=\"station\" x=\"{left}\" y=\"{top}\" width=\"{side}\" height=\"{side}\" \
         fill=\"{}\"><title>{} · {} {}</title></rect>\n",
        COLOURS[at % COLOURS.len()],
        escaped(&centre.name),
        pen.number(voters),
        words("map-voters", pen.locale),
    );
    if count <= NUMBERED {
        out += &pen.around((x, y + 5), "mark", &pen.number(at as u64 + 1));
    }
    out
}

/// The length of a round distance on the map.
fn ruler(pen: Pen, scale: &Scale, left: u32) -> String {
    let mut metres = 100;
    for step in [200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000] {
        if scale.pixels(step) <= MAP.width / 4 {
            metres = step;
        }
    }
    let (x, y, length) = (left + 16, MAP.top + MAP.height - 14, scale.pixels(metres));
    let line = format!(
        "<path class=\"axis\" d=\"M{x} {}v8h{length}v-8\" fill=\"none\"/>\n",
        y - 8
    );
    line + &pen.around((x + length / 2, y - 12), "small", &pen.distance(metres))
}

/// How far voters go, with a line where half of them have gone.
fn histogram(pen: Pen, ways: &[(u32, u64)], voters: u64) -> String {
    let middle = beyond(ways, voters / 2);
    let far = ways.last().map_or(0, |way| way.0);
    let line = |key: &str, metres: u32| format!("{}: {}", pen.words(key), pen.distance(metres));
    let histogram = Histogram {
        area: BARS,
        ways,
        bar: bar_width(ways, &METRES),
        heads: ["map-histogram", "map-each-bar"].map(|key| pen.words(key)),
        value: &|metres| pen.distance(metres),
        line: middle,
        below: &[line("map-median", middle), line("map-farthest", far)],
    };
    histogram.drawn(pen)
}
