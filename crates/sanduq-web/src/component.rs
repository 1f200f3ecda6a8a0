//! The parts that pages are made of. Each is a struct with its template; `/components` shows every
//! one of them in every state, so that no state is seen for the first time on polling day.

use crate::day::Hour;
use crate::page::Page;
use crate::previous::Part;
use crate::seating::Seating;
use crate::view::Sums;
use askama::Template;
use core::borrow::Borrow;
use sanduq_core::count::Votes;
use sanduq_core::names::Names;
use sanduq_count::results::Standing;
use sanduq_operations::expectation::Expected;

/// The key of the sentence of a standing.
#[must_use]
pub const fn standing_key(standing: Standing) -> &'static str {
    match standing {
        Standing::Locked => "standing-locked",
        Standing::Awaited => "standing-awaited",
        Standing::Partial => "standing-partial",
        Standing::Preliminary => "standing-preliminary",
        Standing::Final => "standing-final",
    }
}

/// How many stations are counted.
#[derive(Template)]
#[template(path = "component/coverage.html")]
pub struct CoverageBar<'a> {
    /// The page it stands on.
    pub page: &'a Page,
    /// How far the count has come.
    pub standing: Standing,
    /// Counted stations.
    pub counted: u64,
    /// All stations.
    pub stations: u64,
}

/// One large figure.
pub struct Figure {
    /// What it counts.
    pub label: String,
    /// The figure.
    pub value: String,
    /// What it rests on.
    pub note: Option<String>,
}

/// A row of large figures.
#[derive(Template)]
#[template(path = "component/figures.html")]
pub struct Figures {
    /// The figures.
    pub figures: Vec<Figure>,
}

/// A choice and its votes.
pub struct ChoiceLine<'a> {
    /// Its name.
    pub names: &'a Names,
    /// Its votes.
    pub votes: u64,
    /// Whether no other has more.
    pub leads: bool,
    /// The change of its share since the event before, in points; none when it did not stand.
    pub change: Option<String>,
}

/// A line below the choices: valid, invalid, blank.
pub struct FieldLine<'a> {
    /// The printed label.
    pub names: &'a Names,
    /// The sum.
    pub votes: u64,
}

/// The choices of a contest with their votes.
#[derive(Template)]
#[template(path = "component/choices.html")]
pub struct Choices<'a> {
    /// The page it stands on.
    pub page: &'a Page,
    /// What the table shows.
    pub caption: String,
    /// The choices in the order of their votes.
    pub lines: Vec<ChoiceLine<'a>>,
    /// What shares are shares of.
    pub valid: u64,
    /// The votes of the leading choice.
    pub most: u64,
    /// Whether shares are compared with the event before.
    pub compared: bool,
    /// The sums below.
    pub fields: Vec<FieldLine<'a>>,
}

impl<'a> Choices<'a> {
    /// The table of `choices` with their `votes`, the largest first; choices with equal votes stay
    /// in ballot order.
    #[must_use]
    pub fn new(
        page: &'a Page,
        caption: String,
        choices: &'a [sanduq_core::contest::Choice],
        votes: &[Votes],
        valid: u64,
    ) -> Self {
        let most = votes.iter().map(|votes| votes.get()).max().unwrap_or(0);
        let line = |(choice, votes): (&'a sanduq_core::contest::Choice, &Votes)| ChoiceLine {
            names: &choice.names,
            votes: votes.get(),
            leads: most > 0 && votes.get() == most,
            change: None,
        };
        let mut lines: Vec<_> = choices.iter().zip(votes).map(line).collect();
        lines.sort_by_key(|line| core::cmp::Reverse(line.votes));
        Self {
            page,
            caption,
            lines,
            valid,
            most,
            compared: false,
            fields: Vec::new(),
        }
    }

    /// Sets the share that each of `choices` had in the event before beside its share now.
    pub fn compare(&mut self, choices: &[sanduq_core::contest::Choice], then: &[Option<Part>]) {
        for (choice, then) in choices.iter().zip(then) {
            let mut lines = self.lines.iter_mut();
            if let Some(line) = lines.find(|line| core::ptr::eq(line.names, &choice.names)) {
                let now = (line.votes, self.valid);
                let change = |then: &Part| self.page.exact_points(now, (then.part, then.whole));
                line.change = then.as_ref().map(change);
            }
        }
        self.compared = true;
    }
}

/// A line below a table.
#[derive(Template)]
#[template(path = "component/note.html")]
pub struct Note {
    /// What it says.
    pub note: String,
}

/// Why there are no figures yet.
#[derive(Template)]
#[template(path = "component/locked.html")]
pub struct Locked<'a> {
    /// The page it stands on.
    pub page: &'a Page,
    /// Closed stations of the contest.
    pub closed: u64,
    /// All its stations.
    pub stations: u64,
}

/// Came and voted by the hour.
#[derive(Template)]
#[template(path = "component/hours.html")]
pub struct Hours<'a> {
    /// The page it stands on.
    pub page: &'a Page,
    /// The hours.
    pub hours: &'a [Hour],
    /// Who was to be expected to have come by each of them; empty where nothing was.
    pub expected: Vec<Expected>,
    /// Registered voters.
    pub registered: u64,
    /// All stations.
    pub stations: u64,
}

impl Hours<'_> {
    /// What was to be expected of the hour at a place of the list.
    fn expected_at(&self, nth: impl Borrow<usize>) -> Option<&Expected> {
        self.expected.get(*nth.borrow())
    }
}

/// A list or person with its seats.
pub struct SeatLine<'a> {
    /// Its name.
    pub names: &'a Names,
    /// Its votes.
    pub votes: u64,
    /// Its seats.
    pub seats: u64,
    /// The fewest further votes that would have brought one more.
    pub lacked: Option<u64>,
    /// As many of its candidates as it has seats, in list order.
    pub first: Vec<&'a Names>,
}

/// Seats by list.
#[derive(Template)]
#[template(path = "component/seats.html")]
pub struct Seats<'a> {
    /// The page it stands on.
    pub page: &'a Page,
    /// The lists, most seats first.
    pub lines: Vec<SeatLine<'a>>,
    /// The same as a picture.
    pub picture: Option<String>,
    /// Whether the votes that a choice lacked are shown.
    pub margins: bool,
    /// Allotted seats.
    pub allotted: u64,
    /// Seats that are not allotted yet.
    pub open: u64,
    /// How near the last seat was, in words.
    pub nearest: String,
}

/// How near a seat was to going to somebody else, a sentence each.
#[derive(Template)]
#[template(path = "component/nearest.html")]
pub struct Nearest {
    /// The sentences.
    pub lines: Vec<String>,
}

impl<'a> Seats<'a> {
    /// The table of `lines`, most seats first, and its picture; `seats` are to be filled.
    #[must_use]
    pub fn new(page: &'a Page, mut lines: Vec<SeatLine<'a>>, seats: u64) -> Self {
        lines.sort_by_key(|line| core::cmp::Reverse((line.seats, line.votes)));
        let allotted = lines.iter().map(|line| line.seats).sum();
        let open = seats.saturating_sub(allotted);
        let held = lines.iter().map(|line| (page.name(line.names), line.seats));
        let held: Vec<(&str, u64)> = held.collect();
        Self {
            page,
            picture: Seating::new(page, &held, open).map(|picture| html(&picture)),
            margins: lines.iter().any(|line| line.lacked.is_some()),
            allotted,
            open,
            nearest: String::new(),
            lines,
        }
    }
}

/// A unit below the one of the page.
pub struct UnitRow<'a> {
    /// Its page.
    pub href: String,
    /// Its name.
    pub names: &'a Names,
    /// What is below it.
    pub sums: &'a Sums,
}

/// The units below the one of the page.
#[derive(Template)]
#[template(path = "component/units.html")]
pub struct Units<'a> {
    /// The page it stands on.
    pub page: &'a Page,
    /// What the table shows.
    pub caption: String,
    /// The word for their level.
    pub level: String,
    /// The units.
    pub rows: Vec<UnitRow<'a>>,
    /// The unit of the page.
    pub total: &'a Sums,
}

/// A word for a state, with a shape of its own, so that colour is never alone.
#[derive(Template)]
#[template(path = "component/badge.html")]
pub struct Badge<'a> {
    /// The page it stands on.
    pub page: &'a Page,
    /// The state of a sheet, or `awaited`, `holds`, `fails`.
    pub code: &'static str,
}

impl Badge<'_> {
    /// The path of its shape in a box of 24 by 24.
    fn shape(&self) -> &'static str {
        match self.code {
            "accepted" | "holds" => "M4 13l5 5L20 6",
            "quarantined" | "fails" => "M12 3l10 18H2zM12 10v5M12 18v1",
            "returned" => "M20 18v-6H5M10 6l-6 6 6 6",
            "superseded" => "M4 12h16M9 6h10v10",
            "received" => "M4 5h16v14H4zM4 7l8 6 8-6",
            "awaited" => "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7v5l4 2",
            _ => "M4 20l4-1L19 8l-3-3L5 16zM14 7l3 3",
        }
    }

    fn sentence(&self) -> String {
        format!("state-{}", self.code.replace('_', "-"))
    }
}

/// What a notice is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Something to know.
    Information,
    /// Something is coming.
    Loading,
    /// Something is incomplete.
    Partial,
    /// Something needs a person.
    Warning,
    /// A rule said no.
    Refused,
    /// The program or the machine failed.
    Failed,
}

impl Kind {
    /// The class name.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Information => "information",
            Self::Loading => "loading",
            Self::Partial => "partial",
            Self::Warning => "warning",
            Self::Refused => "refused",
            Self::Failed => "failed",
        }
    }

    /// Whether a screen reader interrupts for it.
    const fn speaks(self) -> bool {
        matches!(self, Self::Refused | Self::Failed)
    }

    const fn shape(self) -> &'static str {
        match self {
            Self::Information => "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 11v6M12 7v1",
            Self::Loading => "M12 3a9 9 0 1 0 9 9M12 7v5l4 2",
            Self::Partial => "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 3v18M12 12h9",
            Self::Warning => "M12 3l10 18H2zM12 10v5M12 18v1",
            Self::Refused => "M8 3h8l5 5v8l-5 5H8l-5-5V8zM8 12h8",
            Self::Failed => "M8 3h8l5 5v8l-5 5H8l-5-5V8zM9 9l6 6M15 9l-6 6",
        }
    }
}

/// A notice.
#[derive(Template)]
#[template(path = "component/notice.html")]
pub struct Notice {
    /// What it is about.
    pub kind: Kind,
    /// What happened.
    pub title: String,
    /// Where, and what to do next.
    pub lines: Vec<String>,
}

/// A notice as text.
#[must_use]
pub fn notice(kind: Kind, title: String, lines: Vec<String>) -> String {
    html(&Notice { kind, title, lines })
}

/// The way to the rows before and after.
#[derive(Template)]
#[template(path = "component/pager.html")]
pub struct Pager<'a> {
    /// The page it stands on.
    pub page: &'a Page,
    /// The page before.
    pub newer: Option<String>,
    /// Its sentence.
    pub newer_key: &'static str,
    /// The page after.
    pub older: Option<String>,
    /// Its sentence.
    pub older_key: &'static str,
}

/// A part as text; a template that only reads memory cannot fail.
#[must_use]
pub fn html(part: &impl Template) -> String {
    part.render().expect("a template that reads memory renders")
}
