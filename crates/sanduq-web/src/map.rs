//! The map of the units below one, drawn by the server: each unit a link with its name and its
//! figure. Always true here: a map shows what the list beneath it shows, in the same figures;
//! before a contest is released it shows turnout and knows nothing else (INV-31); colour is never
//! the only sign; where nobody drew outlines and no station has a place there is no map.

pub mod draw;

use crate::component::html;
use crate::map::draw::Dot;
use crate::map::draw::Projection;
use crate::page::Page;
use crate::unit::level;
use crate::view::Sums;
use crate::view::View;
use askama::Template;
use sanduq_core::contest::Contest;
use sanduq_core::geography::Geography;
use sanduq_core::geography::UnitIx;
use sanduq_core::names::Names;
use sanduq_core::outline::Point;
use sanduq_core::outline::Ring;
use sanduq_count::form::Meaning;
use sanduq_count::publication::PublicContest;
use std::collections::BTreeMap;

/// The most units on one map; more of them are a list.
const MANY: usize = 80;
/// Steps of turnout from light to dark.
const STEPS: u64 = 5;
/// Patterns of choices; further ones share the last and differ by their numbers.
pub const PATTERNS: usize = 8;
/// The room across and down that a figure in a unit needs, in units of the drawing.
const ROOM: Dot = (100, 40);
/// The room of a letter of a name, and of a line.
const LETTER: i32 = 19;
const LINE: i32 = 38;

/// What a unit is coloured by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shade {
    /// Nothing was reported, or no sheet is counted.
    Nothing,
    /// A step of turnout, from 0.
    Step(u64),
    /// The choice that leads, by its place on the ballot from 0.
    Leads(usize),
    /// Two choices lead.
    Tie,
}

impl Shade {
    fn class(self) -> String {
        match self {
            Self::Nothing => "nothing".to_owned(),
            Self::Step(step) => format!("s{step}"),
            Self::Leads(choice) => format!("p{}", choice.min(PATTERNS - 1)),
            Self::Tie => "tie".to_owned(),
        }
    }

    /// The paint of a choice: a pattern of the drawing's own.
    fn fill(self) -> Option<String> {
        match self {
            Self::Leads(choice) => Some(format!("url(#p{})", choice.min(PATTERNS - 1))),
            _ => None,
        }
    }
}

/// How a unit is drawn.
pub enum Form {
    /// By its outline, as a path.
    Path(String),
    /// By the middle of its stations.
    Dot(Dot),
}

/// A unit on the map.
pub struct Shape {
    /// Its page; none on a wall.
    pub href: Option<String>,
    /// Its name and figure.
    pub label: String,
    /// Its colour.
    pub shade: Shade,
    /// How it is drawn.
    pub form: Form,
    /// What stands in it, line by line, and where the middle of each line is.
    pub words: Vec<(Dot, String)>,
}

/// A line of the key.
pub struct Key {
    /// The colour.
    pub shade: Shade,
    /// What it says.
    pub text: String,
}

/// A map.
#[derive(Template)]
#[template(path = "component/map.html")]
pub struct Map {
    /// What it shows.
    pub title: String,
    /// Width and height of the drawing.
    pub size: (i32, i32),
    /// The border around dots.
    pub ground: Option<String>,
    /// The units, in the order of the list.
    pub shapes: Vec<Shape>,
    /// What the colours say.
    pub keys: Vec<Key>,
    /// Whether stations are drawn over it, one by one, by the script of the board.
    pub stations: bool,
}

/// The map of the units below one; none where there is nothing to draw.
#[must_use]
pub fn part(page: &Page, view: &View, ix: UnitIx) -> Option<String> {
    let map = Map::new(page, view, ix)?;
    Some(html(&map))
}

/// The map of the nation on the board and, without links, on a wall: turnout, and every station.
#[must_use]
pub fn watched(page: &Page, view: &View, links: bool) -> Option<String> {
    let mut map = Map::of(page, view, view.nation(), None)?;
    map.stations = true;
    for shape in &mut map.shapes {
        shape.words.clear();
        if !links {
            shape.href = None;
        }
    }
    Some(html(&map))
}

/// The place of every station on the map of the nation, in the order of the board: two numbers of
/// two bytes each, the smaller byte first, in [`FINE`]ths of the drawing; [`NOWHERE`] for one
/// without a place. Nothing where there is no map.
#[must_use]
pub fn places(view: &View) -> Vec<u8> {
    let geography = &view.snapshot.geography;
    let Some(land) = Land::of(geography, view.nation()) else {
        return Vec::new();
    };
    let fine = |length: i32| u16::try_from(length * FINE).unwrap_or(NOWHERE);
    let place = |ix: &UnitIx| {
        let dot = geography
            .unit(*ix)
            .place
            .map(|place| land.projection.at(place));
        let dot = dot.filter(|dot| land.holds(*dot));
        dot.map_or([NOWHERE; 2], |(x, y)| [fine(x), fine(y)])
    };
    let stations = crate::condition::stations(view);
    let numbers = stations.iter().flat_map(place);
    numbers.flat_map(u16::to_le_bytes).collect()
}

/// Parts of a unit of the drawing in which stations are placed.
pub const FINE: i32 = 16;
/// The place of a station that has none.
pub const NOWHERE: u16 = u16::MAX;

/// The units below one on one drawing.
struct Land {
    projection: Projection,
    units: Vec<(UnitIx, Placed)>,
    /// The border of the whole, where its parts are dots.
    ground: Option<String>,
}

/// How a unit lies.
struct Placed {
    form: Form,
    /// Where words stand best, and their room across and down.
    middle: (Dot, Dot),
}

impl Land {
    /// Units with outlines; where none has one, dots in the middle of their stations.
    fn of(geography: &Geography, ix: UnitIx) -> Option<Self> {
        let children = geography.children(ix);
        let below = children.first()?;
        if children.len() > MANY || geography.unit(*below).level == geography.station_level() {
            return None;
        }
        let outline = |ix: UnitIx| geography.unit(ix).outline.as_slice();
        let points = |rings: &[Ring]| rings.iter().flatten().copied().collect::<Vec<Point>>();
        let drawn = children
            .iter()
            .copied()
            .filter(|ix| !outline(*ix).is_empty());
        let drawn: Vec<UnitIx> = drawn.collect();
        let own = if drawn.is_empty() { outline(ix) } else { &[] };
        let mut all: Vec<Point> = drawn.iter().flat_map(|ix| points(outline(*ix))).collect();
        all.extend(points(own));
        let dots = middles(geography, children);
        if all.is_empty() {
            all.extend(dots.values());
        }
        let projection = Projection::of(all.into_iter())?;
        let outlines: Vec<&[Ring]> = drawn.iter().map(|ix| outline(*ix)).collect();
        let shapes = draw::draw(&outlines, &projection);
        let mut shapes: BTreeMap<UnitIx, _> = drawn.into_iter().zip(shapes).collect();
        let ground = draw::draw(&[own], &projection)
            .pop()
            .filter(|rings| !rings.is_empty());
        let mut land = Self {
            projection,
            units: Vec::new(),
            ground: ground.map(|rings| draw::path(&rings)),
        };
        for ix in children {
            let dot = || Some(projection.at(*dots.get(ix)?)).filter(|dot| land.holds(*dot));
            let placed = match shapes.remove(ix) {
                Some(rings) => Placed {
                    middle: draw::middle(&rings),
                    form: Form::Path(draw::path(&rings)),
                },
                None => match dot() {
                    Some(dot) => Placed {
                        middle: (dot, (0, 0)),
                        form: Form::Dot(dot),
                    },
                    None => continue,
                },
            };
            land.units.push((*ix, placed));
        }
        Some(land)
    }

    /// Whether a dot lies on the drawing: stations abroad may not.
    fn holds(&self, (x, y): Dot) -> bool {
        (0..=self.projection.width).contains(&x) && (0..=self.projection.height).contains(&y)
    }
}

/// The middle of the stations of each unit; none where no station has a place.
fn middles(geography: &Geography, units: &[UnitIx]) -> BTreeMap<UnitIx, Point> {
    let mut middles = BTreeMap::new();
    for top in units {
        let (mut north, mut east, mut count) = (0_i64, 0_i64, 0_i64);
        let mut waiting = vec![*top];
        while let Some(at) = waiting.pop() {
            if let Some(place) = geography.unit(at).place {
                north += i64::from(place.0);
                east += i64::from(place.1);
                count += 1;
            }
            waiting.extend(geography.children(at));
        }
        let mean = |sum: i64| i32::try_from(sum / count.max(1)).unwrap_or(0);
        if count > 0 {
            middles.insert(*top, (mean(north), mean(east)));
        }
    }
    middles
}

impl Map {
    /// The map of a unit: by the choice that leads, once the contest that is put to the whole unit
    /// is released; by turnout before.
    #[must_use]
    pub fn new(page: &Page, view: &View, ix: UnitIx) -> Option<Self> {
        let contest = view.contests_of(ix).find(|entry| entry.released);
        Self::of(page, view, ix, contest)
    }

    fn of(page: &Page, view: &View, ix: UnitIx, contest: Option<&PublicContest>) -> Option<Self> {
        let geography = &view.snapshot.geography;
        let land = Land::of(geography, ix)?;
        let (first, _) = land.units.first()?;
        let units = level(page, view, *first);
        let sums: Vec<&Sums> = land.units.iter().map(|(ix, _)| view.sums(*ix)).collect();
        let steps = Steps::of(&sums);
        let told = |ix: UnitIx| match contest {
            Some(entry) => leads(page, view, ix, entry),
            None => steps.tell(page, view.sums(ix)),
        };
        let mut shades = BTreeMap::new();
        let mut shapes = Vec::new();
        for (ix, placed) in land.units {
            let told = told(ix);
            let name = page.name(&geography.unit(ix).names);
            shades.insert(told.shade, told.key);
            shapes.push(Shape {
                href: Some(page.links.unit(view, ix)),
                label: format!("{name}: {}", told.figure),
                shade: told.shade,
                form: placed.form,
                words: words(placed.middle, name, told.word),
            });
        }
        let key = |(shade, text)| Key { shade, text };
        Some(Self {
            title: match contest {
                Some(entry) => title(page, &entry.contest, &units),
                None => page.about("map-turnout", &units),
            },
            size: (land.projection.width, land.projection.height),
            ground: land.ground,
            shapes,
            keys: shades.into_iter().map(key).collect(),
            stations: false,
        })
    }

    /// The patterns that its key needs.
    fn patterns(&self) -> Vec<usize> {
        let mut patterns: Vec<usize> = self
            .keys
            .iter()
            .filter_map(|key| match key.shade {
                Shade::Leads(choice) => Some(choice.min(PATTERNS - 1)),
                _ => None,
            })
            .collect();
        patterns.dedup();
        patterns
    }
}

/// The lines that have room in a unit: its figure, and its name above it where both fit.
fn words((at, room): (Dot, Dot), name: &str, figure: String) -> Vec<(Dot, String)> {
    if room.0 < ROOM.0 || room.1 < ROOM.1 {
        return Vec::new();
    }
    let long = i32::try_from(name.chars().count()).unwrap_or(draw::SIDE) * LETTER;
    if room.0 < long || room.1 < 3 * LINE {
        return vec![(at, figure)];
    }
    let line = |down| (at.0, at.1 + down);
    vec![(line(-LINE / 2), name.to_owned()), (line(LINE / 2), figure)]
}

fn title(page: &Page, contest: &Contest, units: &str) -> String {
    page.instead("map-leading", 0_u64, [units, page.name(&contest.names)])
}

/// What a map tells of one unit.
struct Told {
    shade: Shade,
    /// The figure, for whoever hears it.
    figure: String,
    /// The figure, where it stands in the unit.
    word: String,
    /// What the colour says in the key.
    key: String,
}

/// Steps of turnout in whole per cent: as many as there are colours, from the lowest to the highest
/// turnout on the map.
struct Steps {
    low: u64,
    width: u64,
}

impl Steps {
    fn of(sums: &[&Sums]) -> Self {
        let shares = sums.iter().filter_map(|sums| whole_percent(sums));
        let low = shares.clone().min().unwrap_or(0);
        let high = shares.max().unwrap_or(0);
        Self {
            low,
            width: (high + 1 - low).div_ceil(STEPS).max(1),
        }
    }

    fn tell(&self, page: &Page, sums: &Sums) -> Told {
        let Some(share) = whole_percent(sums) else {
            let nothing = page.t("map-nothing");
            return Told {
                shade: Shade::Nothing,
                figure: nothing.clone(),
                word: "–".to_owned(),
                key: nothing,
            };
        };
        let step = ((share - self.low) / self.width).min(STEPS - 1);
        let from = self.low + step * self.width;
        let to = (from + self.width).min(100);
        let percent = |whole: u64| crate::figure::percent(whole, 100, 0, page.locale);
        Told {
            shade: Shade::Step(step),
            figure: page.percent(sums.day.voted, sums.registered),
            word: page.percent(sums.day.voted, sums.registered),
            key: page.instead("map-step", 0_u64, [&percent(from), &percent(to)]),
        }
    }
}

/// The turnout in whole per cent, rounded down; none where nothing was reported.
fn whole_percent(sums: &Sums) -> Option<u64> {
    if sums.day.came == 0 && sums.day.voted == 0 || sums.registered == 0 {
        return None;
    }
    let share = u128::from(sums.day.voted) * 100 / u128::from(sums.registered);
    u64::try_from(share).ok()
}

/// Who leads in a unit, by what is counted so far.
fn leads(page: &Page, view: &View, ix: UnitIx, entry: &PublicContest) -> Told {
    let contest = &entry.contest;
    let nothing = || Told {
        shade: Shade::Nothing,
        figure: page.t("choices-none"),
        word: "–".to_owned(),
        key: page.t("choices-none"),
    };
    let Some(totals) = view.totals(contest, ix) else {
        return nothing();
    };
    let votes = totals.choices.iter().map(|votes| votes.get());
    let most = votes.clone().max().unwrap_or(0);
    if most == 0 {
        return nothing();
    }
    let first: Vec<usize> = votes
        .enumerate()
        .filter(|(_, own)| *own == most)
        .map(|(nth, _)| nth)
        .collect();
    let valid = view
        .form(entry)
        .and_then(|form| form.meaning(Meaning::Valid));
    let valid = valid
        .and_then(|at| totals.fields.get(at))
        .map_or(0, |votes| votes.get());
    let percent = page.exact_percent(most, valid);
    let [one] = first.as_slice() else {
        let names = first
            .iter()
            .map(|nth| page.name(&contest.choices[*nth].names));
        let names: Vec<&str> = names.collect();
        return Told {
            shade: Shade::Tie,
            figure: format!("{}, {} · {percent}", page.t("map-tie"), names.join(" · ")),
            word: "=".to_owned(),
            key: page.t("map-tie"),
        };
    };
    let names: &Names = &contest.choices[*one].names;
    let number = page.n(u64::try_from(*one).unwrap_or(0) + 1);
    Told {
        shade: Shade::Leads(*one),
        figure: format!("{} · {percent}", page.name(names)),
        key: format!("{number} {}", page.name(names)),
        word: number,
    }
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn a_name_stands_only_where_it_fits() {
        let lines = |room, name| {
            let words = words(((500, 300), room), name, "48%".to_owned());
            let line = |((x, y), word): ((i32, i32), String)| format!("{x} {y} {word}");
            words.into_iter().map(line).collect::<Vec<_>>()
        };
        assert_eq!(lines((200, 200), "North"), ["500 281 North", "500 319 48%"]);
        // Too long a name, too low a unit, and one that has no room at all.
        assert_eq!(lines((200, 200), "North-east by north"), ["500 300 48%"]);
        assert_eq!(lines((200, 100), "North"), ["500 300 48%"]);
        assert!(lines((99, 200), "North").is_empty());
        assert!(lines((200, 39), "North").is_empty());
    }
}
