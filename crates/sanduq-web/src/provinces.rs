//! The provinces side by side on the board: turnout drawn by the server, a mark for each station
//! drawn by the script, and the same figures as a table, so that without a script nothing is lost.

use crate::component::html;
use crate::condition::Condition;
use crate::map;
use crate::page::Page;
use crate::view::Sums;
use crate::view::View;
use askama::Template;
use sanduq_core::geography::UnitIx;
use sanduq_core::names::Names;

/// A unit below the nation.
pub struct Province<'a> {
    /// Its page.
    pub href: String,
    /// Its name.
    pub names: &'a Names,
    /// What is below it.
    pub sums: &'a Sums,
    /// The number of its first station in the order of the board.
    pub first: u64,
}

/// Provinces that stand beside each other on a wall with all that is known of them.
const MANY: usize = 12;

/// The provinces with a mark for each station.
#[derive(Template)]
#[template(path = "component/provinces.html")]
pub struct Provinces<'a> {
    /// The page it stands on.
    pub page: &'a Page,
    /// The provinces.
    pub provinces: Vec<Province<'a>>,
    /// The nation.
    pub total: &'a Sums,
    /// Whether a mouse is there: links, and the figures as a table.
    pub links: bool,
    /// The word for their level.
    pub level: String,
}

/// The provinces as a part of a page.
pub struct Part {
    /// The word for their level.
    pub level: String,
    /// The map of them; none where nobody drew one.
    pub map: Option<String>,
    /// What it shows.
    pub html: String,
}

/// The provinces of the nation, with `links` or without.
#[must_use]
pub fn part(page: &Page, view: &View, links: bool) -> Part {
    let provinces = Provinces::new(page, view, links);
    Part {
        map: map::watched(page, view, links),
        html: html(&provinces),
        level: provinces.level,
    }
}

impl<'a> Provinces<'a> {
    /// The units directly below the nation.
    #[must_use]
    pub fn new(page: &'a Page, view: &'a View, links: bool) -> Self {
        let geography = &view.snapshot.geography;
        let units = geography.children(view.nation());
        let mut first = 0;
        let province = |ix: &UnitIx| {
            let sums = view.sums(*ix);
            first += sums.day.stations;
            Province {
                href: page.links.unit(view, *ix),
                names: &geography.unit(*ix).names,
                sums,
                first: first - sums.day.stations,
            }
        };
        let level = geography.levels().get(1);
        Self {
            page,
            links,
            level: level.map_or_else(String::new, |level| page.name(&level.names).to_owned()),
            total: view.sums(view.nation()),
            provinces: units.iter().map(province).collect(),
        }
    }

    /// Whether there are so many on a wall that each must be small.
    fn many(&self) -> bool {
        !self.links && self.provinces.len() > MANY
    }

    fn conditions(&self) -> [Condition; Condition::ALL.len()] {
        Condition::ALL
    }
}

impl Province<'_> {
    /// How far its day has come: reports while its stations are open, sheets after them.
    fn state(&self, page: &Page) -> String {
        let (day, sheets) = (&self.sums.day, &self.sums.sheets);
        if day.open > 0 {
            page.part("province-reporting", day.reporting(), day.open)
        } else if day.closed > 0 {
            page.part("province-sheets", sheets.accepted, sheets.owed())
        } else {
            page.part("province-opened", day.opened(), day.stations)
        }
    }
}
