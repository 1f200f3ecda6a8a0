//! What needs a person now, the most urgent first: each with its place, since when, and what to do.
//! Always true here: the list is made of states that are public anyway; no figure of a sheet and no
//! name of a person stands in it.

use crate::app::App;
use crate::asked::Asked;
use crate::component::Pager;
use crate::component::html;
use crate::page::Page;
use crate::refusal::No;
use crate::reply::Format;
use crate::reply::Table;
use crate::reply::reply;
use crate::view::View;
use askama::Template;
use axum::Extension;
use axum::extract::Path;
use axum::extract::State;
use axum::response::Response;
use jiff::Timestamp;
use sanduq_core::geography::UnitIx;
use sanduq_core::id::ContestCode;
use sanduq_core::id::UnitCode;
use sanduq_count::sheet::Sheet;
use sanduq_count::sheet::SheetState;
use schemars::JsonSchema;
use serde::Serialize;

/// Why something waits for a person, in order of urgency: voters before paper, and among papers
/// those that a word on the telephone settles before those that two organs decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// A station has not opened although the law's hour has come.
    Late,
    /// An open station has not reported the last full hour.
    Silent,
    /// Far fewer came to an open station than were to be expected.
    FarBelow,
    /// Two entries of a sheet differ.
    Differing,
    /// A sheet is held back.
    Quarantined,
    /// A sheet was sent back to its station.
    Returned,
}

impl Reason {
    /// All of them, the most urgent first.
    pub const ALL: [Self; 6] = [
        Self::Late,
        Self::Silent,
        Self::FarBelow,
        Self::Differing,
        Self::Quarantined,
        Self::Returned,
    ];

    /// The word in files and class names.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Late => "late",
            Self::Silent => "silent",
            Self::FarBelow => "far_below",
            Self::Differing => "differing",
            Self::Quarantined => "quarantined",
            Self::Returned => "returned",
        }
    }

    /// The key of the sentence that counts.
    #[must_use]
    pub const fn counted(self) -> &'static str {
        match self {
            Self::Late => "need-late",
            Self::Silent => "need-silent",
            Self::FarBelow => "need-far-below",
            Self::Differing => "need-differing",
            Self::Quarantined => "need-quarantined",
            Self::Returned => "need-returned",
        }
    }

    /// The key of what happened.
    #[must_use]
    pub const fn what(self) -> &'static str {
        match self {
            Self::Late => "need-what-late",
            Self::Silent => "need-what-silent",
            Self::FarBelow => "need-what-far-below",
            Self::Differing => "need-what-differing",
            Self::Quarantined => "need-what-quarantined",
            Self::Returned => "need-what-returned",
        }
    }

    /// The key of what to do.
    #[must_use]
    pub const fn action(self) -> &'static str {
        match self {
            Self::Late => "need-do-late",
            Self::Silent => "need-do-silent",
            Self::FarBelow => "need-do-far-below",
            Self::Differing => "need-do-differing",
            Self::Quarantined => "need-do-quarantined",
            Self::Returned => "need-do-returned",
        }
    }

    /// A shape of its own, in a box of 24 by 24.
    const fn shape(self) -> &'static str {
        match self {
            Self::Late => "M4 4h16v16H4z",
            Self::Silent => "M5 5l14 14M19 5L5 19",
            Self::FarBelow => "M4 5h16M12 9v11M7 15l5 5 5-5",
            Self::Differing => "M5 9h14M5 15h14M16 4L8 20",
            Self::Quarantined => "M12 3l10 18H2zM12 10v5M12 18v1",
            Self::Returned => "M20 18v-6H5M10 6l-6 6 6 6",
        }
    }
}

/// One thing that waits for a person.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Need {
    /// Why.
    pub reason: Reason,
    /// The last hour of a silent station's reports; none when it never reported. Whoever has been
    /// silent longest stands first.
    pub last_hour: Option<u8>,
    /// When the second entry came that differs; the oldest stands first.
    pub since: Option<Timestamp>,
    /// Where.
    pub station: UnitIx,
    /// The contest of its sheet; none when the station itself is meant.
    pub contest: Option<ContestCode>,
}

/// All that waits below a unit, itself included, the most urgent first.
#[must_use]
pub fn below(view: &View, ix: UnitIx) -> Vec<Need> {
    let mut needs = stations(view, ix);
    let far = view.far_below().iter().copied();
    needs.extend(far.filter(|at| within(view, *at, ix)).map(|station| Need {
        reason: Reason::FarBelow,
        last_hour: None,
        since: None,
        station,
        contest: None,
    }));
    let sheets = view.current_sheets();
    needs.extend(sheets.filter_map(|sheet| of_sheet(view, ix, sheet)));
    needs.sort();
    needs
}

fn stations(view: &View, ix: UnitIx) -> Vec<Need> {
    let geography = &view.snapshot.geography;
    let (mut needs, mut waiting) = (Vec::new(), vec![ix]);
    while let Some(at) = waiting.pop() {
        let day = &view.sums(at).day;
        if day.late + day.silent == 0 {
            continue;
        }
        waiting.extend_from_slice(geography.children(at));
        let unit = geography.unit(at);
        if unit.level == geography.station_level() {
            let late = day.late > 0;
            let hours = view.station_day(&unit.code).map(|day| day.hours.last());
            needs.push(Need {
                reason: if late { Reason::Late } else { Reason::Silent },
                last_hour: hours.flatten().map(|(hour, ..)| *hour),
                since: None,
                station: at,
                contest: None,
            });
        }
    }
    needs
}

/// Whether a station lies below a unit, or is it.
fn within(view: &View, station: UnitIx, ix: UnitIx) -> bool {
    let geography = &view.snapshot.geography;
    let mut above = core::iter::successors(Some(station), |at| geography.parent(*at));
    above.any(|at| at == ix)
}

fn of_sheet(view: &View, ix: UnitIx, sheet: &Sheet) -> Option<Need> {
    let (reason, since) = match &sheet.state {
        SheetState::Differing { second, .. } => (Reason::Differing, Some(second.at)),
        SheetState::Quarantined { .. } => (Reason::Quarantined, None),
        SheetState::Returned { .. } => (Reason::Returned, None),
        SheetState::Received
        | SheetState::FirstEntered { .. }
        | SheetState::Accepted { .. }
        | SheetState::Superseded { .. } => return None,
    };
    let geography = &view.snapshot.geography;
    let station = geography.find(&sheet.key.station)?;
    within(view, station, ix).then(|| Need {
        reason,
        last_hour: None,
        since,
        station,
        contest: Some(sheet.key.contest.clone()),
    })
}

/// How many wait for each reason, with the place of the first in the list; reasons that nothing
/// waits for are left out.
#[must_use]
pub fn counts(needs: &[Need]) -> Vec<(Reason, usize, u64)> {
    let count = |reason| {
        let first = needs.partition_point(|need| need.reason < reason);
        let end = needs.partition_point(|need| need.reason <= reason);
        (
            reason,
            first,
            u64::try_from(end - first).unwrap_or(u64::MAX),
        )
    };
    let all = Reason::ALL.into_iter().map(count);
    all.filter(|(.., count)| *count > 0).collect()
}

/// A need as it is read.
pub struct Line {
    /// Why.
    pub reason: Reason,
    /// What happened, and since when.
    pub what: String,
    /// What to do.
    pub action: String,
    /// The station, with its centre.
    pub place: String,
    /// The province.
    pub province: String,
    /// The page of the station or of its sheet.
    pub href: String,
}

fn line(page: &Page, view: &View, need: &Need) -> Line {
    let geography = &view.snapshot.geography;
    let mut path = geography.path(need.station).into_iter().skip(1);
    let name = |ix: UnitIx| page.name(&geography.unit(ix).names).to_owned();
    let what = match (need.reason, need.last_hour, need.since) {
        (Reason::Silent, Some(hour), _) => page.about("need-last-hour", &page.hour(&hour)),
        (_, _, Some(since)) => page.about("need-since", &page.clock(&since)),
        _ => page.t(need.reason.what()),
    };
    Line {
        reason: need.reason,
        what,
        action: page.t(need.reason.action()),
        place: crate::board::place_name(page, view, need.station),
        province: path.next().map_or_else(String::new, name),
        href: match &need.contest {
            Some(contest) => page.links.sheet(view, contest, need.station),
            None => page.links.unit(view, need.station),
        },
    }
}

/// Reasons with their numbers, and the most urgent of what waits.
#[derive(Template)]
#[template(path = "component/needs.html")]
pub struct Needs<'a> {
    /// The page it stands on.
    pub page: &'a Page,
    /// How many there are of each reason, and where the first of them stands.
    pub counts: Vec<(Reason, String, u64)>,
    /// The most urgent.
    pub lines: Vec<Line>,
}

impl<'a> Needs<'a> {
    /// The part of `needs` in `range`; `all` is the page of all of them.
    fn new(
        page: &'a Page,
        view: &View,
        needs: &[Need],
        range: core::ops::Range<usize>,
        all: &str,
    ) -> Self {
        let counts = counts(needs).into_iter();
        Self {
            page,
            counts: counts
                .map(|(reason, first, count)| (reason, format!("{all}?from={first}"), count))
                .collect(),
            lines: needs[range]
                .iter()
                .map(|need| line(page, view, need))
                .collect(),
        }
    }
}

/// Needs on the board: as many as one person can act on in an hour (requirements A.5, the alarm
/// budget of an operator).
const AT_ONCE: usize = 12;

/// What the board shows of what waits.
#[derive(Template)]
#[template(path = "board/needs.html")]
pub struct Urgent<'a> {
    page: &'a Page,
    list: String,
    more: u64,
    all: String,
}

impl<'a> Urgent<'a> {
    /// The most urgent of the nation.
    #[must_use]
    pub fn new(page: &'a Page, view: &View) -> Self {
        let needs = below(view, view.nation());
        let shown = needs.len().min(AT_ONCE);
        let all = address(view, view.nation());
        Self {
            page,
            list: html(&Needs::new(page, view, &needs, 0..shown, &all)),
            more: u64::try_from(needs.len() - shown).unwrap_or(u64::MAX),
            all,
        }
    }
}

fn address(view: &View, ix: UnitIx) -> String {
    format!("/board/needs/{}", view.snapshot.geography.unit(ix).code)
}

struct Filter<'a> {
    href: String,
    name: &'a str,
    count: u64,
    current: bool,
}

#[derive(Template)]
#[template(path = "needs/page.html")]
struct NeedsPage<'a> {
    page: &'a Page,
    json: String,
    csv: String,
    name: &'a str,
    total: u64,
    filters: Vec<Filter<'a>>,
    list: String,
    pager: String,
}

/// Needs on one page of the list.
const ROWS: usize = 40;

fn filters<'a>(page: &Page, view: &'a View, ix: UnitIx, all: &[Need]) -> Vec<Filter<'a>> {
    let geography = &view.snapshot.geography;
    let mut counts = vec![0; geography.units().len()];
    for need in all {
        for at in geography.path(need.station).into_iter().take(2) {
            counts[at.ix()] += 1;
        }
    }
    let nation = core::iter::once(view.nation());
    let units = nation.chain(geography.children(view.nation()).iter().copied());
    let filter = |at: UnitIx| Filter {
        href: address(view, at),
        name: geography.unit(at).names.in_locale(page.locale),
        count: counts[at.ix()],
        current: at == ix,
    };
    units.map(filter).collect()
}

fn render(page: &Page, view: &View, ix: UnitIx, needs: &[Need], first: usize) -> String {
    let here = address(view, ix);
    let start = first.min(needs.len());
    let end = (start + ROWS).min(needs.len());
    let at = |first: usize| format!("{here}?from={first}");
    let all = if ix == view.nation() {
        filters(page, view, ix, needs)
    } else {
        filters(page, view, ix, &below(view, view.nation()))
    };
    html(&NeedsPage {
        page,
        json: format!("{here}.json"),
        csv: format!("{here}.csv"),
        name: page.name(&view.snapshot.geography.unit(ix).names),
        total: u64::try_from(needs.len()).unwrap_or(u64::MAX),
        filters: all,
        list: html(&Needs::new(page, view, needs, start..end, &here)),
        pager: html(&Pager {
            page,
            newer: (start > 0).then(|| at(start.saturating_sub(ROWS))),
            newer_key: "pager-before",
            older: (end < needs.len()).then(|| at(end)),
            older_key: "pager-after",
        }),
    })
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Need")]
struct Row<'a> {
    reason: &'static str,
    #[schemars(with = "String")]
    station: &'a UnitCode,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    contest: Option<&'a ContestCode>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_hour: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    since: Option<String>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Needs")]
/// What waits below a unit as JSON.
pub struct Object<'a> {
    snapshot: String,
    at: String,
    #[schemars(with = "String")]
    unit: &'a UnitCode,
    counts: Vec<(&'static str, u64)>,
    needs: Vec<Row<'a>>,
}

fn row<'a>(view: &'a View, need: &'a Need) -> Row<'a> {
    Row {
        reason: need.reason.code(),
        station: &view.snapshot.geography.unit(need.station).code,
        contest: need.contest.as_ref(),
        last_hour: need.last_hour,
        since: need.since.map(|since| since.to_string()),
    }
}

fn object<'a>(view: &'a View, ix: UnitIx, needs: &'a [Need]) -> Object<'a> {
    let counts = counts(needs).into_iter();
    Object {
        snapshot: view.snapshot.id(),
        at: view.snapshot.at.to_string(),
        unit: &view.snapshot.geography.unit(ix).code,
        counts: counts
            .map(|(reason, _, count)| (reason.code(), count))
            .collect(),
        needs: needs.iter().map(|need| row(view, need)).collect(),
    }
}

fn table(view: &View, needs: &[Need]) -> Table {
    let cells = |need| {
        let row = row(view, need);
        vec![
            row.reason.to_owned(),
            row.station.to_string(),
            row.contest.map_or_else(String::new, ToString::to_string),
            row.last_hour
                .map_or_else(String::new, |hour| hour.to_string()),
            row.since.unwrap_or_default(),
            view.snapshot.id(),
        ]
    };
    Table {
        head: vec![
            "reason",
            "station",
            "contest",
            "last_hour",
            "since",
            "snapshot",
        ],
        rows: needs.iter().map(cells).collect(),
    }
}

/// What waits below a unit.
pub async fn show(
    State(app): State<App>,
    Extension(asked): Extension<Asked>,
    Path(file): Path<String>,
) -> Result<Response, No> {
    let live = asked.live(&app)?;
    let (code, format) = Format::split(&file);
    let (ix, _) = live.view.unit(code).ok_or_else(|| asked.not_found(&app))?;
    let needs = below(&live.view, ix);
    Ok(reply(
        (format, &asked.headers),
        || render(&asked.page(&live), &live.view, ix, &needs, asked.from()),
        || object(&live.view, ix, &needs),
        || table(&live.view, &needs),
    ))
}
