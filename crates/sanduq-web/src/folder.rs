//! The result pages as files of a published folder, made with the same templates as the live ones:
//! `pages/<language>/index.html`, `contests.html` and `unit/<code>.html` down to the centre, with
//! the sheets of its stations on its page. Always true here: every link leads to a file of the
//! folder, so that it reads from a disk; nothing is in a page that is not in the snapshot.
//!
//! Centres are many and their pages differ by language only in their labels. Where all four
//! languages would make more than [`MOST_FILES`] files, centres are written in Arabic and English
//! only, one for each script, and the other two languages link there.

use crate::asset::ASSETS;
use crate::component::html;
use crate::contest;
use crate::links::Folder;
use crate::links::Links;
use crate::page::Page;
use crate::sheet;
use crate::sheet::Which;
use crate::unit;
use crate::unit::SheetPart;
use crate::view::View;
use crate::view::ViewFault;
use askama::Template;
use sanduq_core::geography::UnitIx;
use sanduq_core::names::Locale;
use sanduq_count::publication::Emit;
use sanduq_count::publication::Snapshot;

/// Files beyond which centres are written in two languages.
pub const MOST_FILES: usize = 20_000;

/// Where the first page lies, in the language that a visitor finds first.
const FIRST: &str = "pages/ar/index.html";

/// What the pages of a folder load.
const LOADED: [&str; 5] = [
    "sanduq.css",
    "result.css",
    "sheet.css",
    "map.css",
    "icon.svg",
];

/// Every page of a snapshot, in an order that depends on nothing but the snapshot: `index.html`,
/// which leads to the first page, the stylesheets and the icon, then each language from the nation
/// down.
///
/// # Errors
/// [`ViewFault`] when the snapshot contradicts itself; what `emit` refuses.
pub fn pages<E: From<ViewFault>>(snapshot: &Snapshot, emit: Emit<'_, E>) -> Result<(), E> {
    let view = View::new(snapshot.clone())?;
    let files = Files::new(&view);
    emit("index.html", files.entrance().into_bytes())?;
    for (name, _, content) in ASSETS.iter() {
        if LOADED.contains(name) {
            emit(&format!("pages/{name}"), content.as_bytes().to_vec())?;
        }
    }
    for locale in Locale::ALL {
        files.write(locale, emit)?;
    }
    Ok(())
}

/// A page that only leads to the first ones: the event in every language, each a door to its pages.
#[derive(Template)]
#[template(path = "folder/entrance.html")]
struct Entrance<'a> {
    canonical: &'a str,
    first: &'a Page,
    doors: &'a [Page],
}

/// The files of one snapshot.
struct Files<'a> {
    view: &'a View,
    centres_in_all: bool,
}

impl<'a> Files<'a> {
    fn new(view: &'a View) -> Self {
        let geography = &view.snapshot.geography;
        let below = usize::from(geography.station_level());
        let pages = geography
            .units()
            .iter()
            .filter(|unit| usize::from(unit.level) < below);
        Self {
            view,
            centres_in_all: pages.count() * Locale::ALL.len() <= MOST_FILES,
        }
    }

    fn write<E>(&self, locale: Locale, emit: Emit<'_, E>) -> Result<(), E> {
        let geography = &self.view.snapshot.geography;
        let page = self.page("contests.html".to_owned(), locale, false);
        let contests = contest::render(&page, self.view, None);
        emit(&path(locale, "contests.html"), contests.into_bytes())?;
        for ix in geography.places() {
            let unit = geography.unit(ix);
            let centre = unit.level + 1 == geography.station_level();
            let skipped = centre && !self.centres_in_all && !two_scripts(locale);
            if unit.level == geography.station_level() || skipped {
                continue;
            }
            let here = match geography.parent(ix) {
                None => "index.html".to_owned(),
                Some(_) => format!("unit/{}.html", unit.code),
            };
            let page = self.page(here.clone(), locale, centre);
            let sheets = if centre {
                self.sheets(&page, ix)
            } else {
                Vec::new()
            };
            let body = unit::render(&page, self.view, ix, None, sheets);
            emit(&path(locale, &here), body.into_bytes())?;
        }
        Ok(())
    }

    fn entrance(&self) -> String {
        let doors = Locale::ALL.map(|locale| self.page("index.html".to_owned(), locale, false));
        html(&Entrance {
            canonical: FIRST,
            first: &doors[0],
            doors: &doors,
        })
    }

    fn page(&self, here: String, locale: Locale, centre: bool) -> Page {
        let folder = Folder {
            here,
            locale,
            centres_in_all: self.centres_in_all,
            centre,
        };
        Page::of(self.view, locale, Links::Folder(folder), None)
    }

    /// The sheets of the stations of a centre, station by station.
    fn sheets(&self, page: &Page, centre: UnitIx) -> Vec<SheetPart> {
        let geography = &self.view.snapshot.geography;
        let mut parts = Vec::new();
        for station in geography.children(centre) {
            let unit = geography.unit(*station);
            let code = &unit.code;
            let mut heading = Some((code.to_string(), page.name(&unit.names).to_owned()));
            for entry in self.view.contests_of(*station) {
                let contest = &entry.contest.code;
                let which = Which {
                    entry,
                    station: *station,
                    sheet: self.view.current(contest, code),
                };
                parts.push(SheetPart {
                    station: heading.take(),
                    anchor: format!("{contest}.{code}"),
                    body: sheet::body(page, self.view, which, (["h3", "h4"], &[])),
                });
            }
        }
        parts
    }
}

const fn two_scripts(locale: Locale) -> bool {
    matches!(locale, Locale::Ar | Locale::En)
}

fn path(locale: Locale, here: &str) -> String {
    format!("pages/{}/{here}", locale.tag())
}
