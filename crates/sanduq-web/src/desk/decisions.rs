//! Sheets that are held back: those that wait for a proposal, and those that wait for the signature
//! of the reader's organ. Always true here: each stands with every check that held it back, and the
//! organ that proposed is not asked to sign.

use super::Around;
use super::Filter;
use super::Filters;
use super::Row;
use super::Work;
use super::paged;
use super::province;
use super::reaches;
use super::reader;
use super::sheet_name;
use super::work;
use crate::app::App;
use crate::asked::Asked;
use crate::entry::said;
use crate::guard::forbid_keeping;
use crate::links;
use crate::page::Page;
use crate::page::Reader;
use crate::refusal::No;
use crate::reply::Format;
use crate::reply::Table;
use crate::reply::reply;
use crate::view::View;
use axum::Extension;
use axum::extract::State;
use axum::response::Response;
use sanduq_core::geography::UnitIx;
use sanduq_core::id::ContestCode;
use sanduq_core::id::UnitCode;
use sanduq_count::form::Finding;
use sanduq_count::sheet::Sheet;
use sanduq_count::sheet::SheetState;
use schemars::JsonSchema;
use serde::Serialize;

/// What a sheet waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum For {
    Proposal,
    Signature,
}

impl For {
    const fn code(self) -> &'static str {
        match self {
            Self::Proposal => "proposal",
            Self::Signature => "signature",
        }
    }

    const fn title(self) -> &'static str {
        match self {
            Self::Proposal => "desk-to-propose",
            Self::Signature => "desk-to-sign",
        }
    }
}

/// A sheet that waits.
#[derive(Clone, Copy)]
struct Held<'a> {
    waits: For,
    sheet: &'a Sheet,
    findings: &'a [Finding],
    station: UnitIx,
    province: Option<UnitIx>,
}

fn held<'a>(view: &'a View, reader: &Reader, sheet: &'a Sheet) -> Option<Held<'a>> {
    let SheetState::Quarantined {
        findings, proposal, ..
    } = &sheet.state
    else {
        return None;
    };
    let waits = match proposal {
        None => For::Proposal,
        Some(proposal) if proposal.by.organ != reader.role.organ() => For::Signature,
        Some(_) => return None,
    };
    let (station, _) = view.unit(sheet.key.station.as_str())?;
    if !reaches(reader, view, station) {
        return None;
    }
    Some(Held {
        waits,
        sheet,
        findings,
        station,
        province: province(view, station),
    })
}

/// All that waits, first for a proposal, then for a signature.
fn all<'a>(view: &'a View, reader: &Reader) -> Vec<Held<'a>> {
    let sheets = view.current_sheets();
    let mut all: Vec<_> = sheets.filter_map(|one| held(view, reader, one)).collect();
    all.sort_by_key(|one| one.waits);
    all
}

/// Which sheets are asked for: those that failed a check, those of a province.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
struct Wanted<'a> {
    check: Option<&'a str>,
    province: Option<UnitIx>,
}

impl<'a> Wanted<'a> {
    /// What the query names and there is; anything else means all.
    fn of(view: &View, all: &[Held<'a>], asked: &Asked) -> Self {
        let named = asked.query("check");
        let unit = asked.query("unit").and_then(|code| view.unit(code));
        Self {
            check: checks(all).into_iter().find(|code| Some(*code) == named),
            province: unit.and_then(|(ix, _)| province(view, ix).filter(|own| *own == ix)),
        }
    }

    fn takes(&self, one: &Held<'_>) -> bool {
        let failed = |code: &str| one.findings.iter().any(|own| own.check == code);
        self.check.is_none_or(failed) && self.province.is_none_or(|ix| one.province == Some(ix))
    }

    fn query(&self, view: &View, from: usize) -> String {
        let check = self.check.map(|code| format!("check={code}"));
        let code = |ix| view.snapshot.geography.unit(ix).code.to_string();
        let unit = self.province.map(|ix| format!("unit={}", code(ix)));
        let from = (from > 0).then(|| format!("from={from}"));
        links::query([check, unit, from])
    }
}

/// The checks that hold sheets back, in the order of their codes.
fn checks<'a>(all: &[Held<'a>]) -> Vec<&'a str> {
    let findings = all.iter().flat_map(|one| one.findings);
    let mut codes: Vec<&str> = findings.map(|finding| finding.check.as_str()).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

/// Why a sheet is held back, in the words of its form.
fn words(page: &Page, view: &View, one: &Held<'_>) -> Vec<String> {
    let contest = view.contest(&one.sheet.key.contest);
    let form = contest.and_then(|entry| view.form(entry));
    let said = |finding: &Finding| said(page, form, &finding.check);
    one.findings.iter().map(said).collect()
}

/// Ways to another choice, each with how many sheets it leaves.
fn ways(
    view: &View,
    (all, wanted): (&[Held<'_>], Wanted<'_>),
    named: Vec<(String, Wanted<'_>)>,
) -> Vec<Filter> {
    let way = |(name, to): (String, Wanted<'_>)| Filter {
        href: format!("{}{}", Work::Decisions.path(), to.query(view, 0)),
        name,
        count: all.iter().filter(|one| to.takes(one)).count() as u64,
        current: to == wanted,
    };
    named.into_iter().map(way).collect()
}

fn filters(page: &Page, view: &View, all: &[Held<'_>], wanted: Wanted<'_>) -> Vec<Filters> {
    let any = page.t("two-all");
    let mut reasons = vec![(
        any.clone(),
        Wanted {
            check: None,
            ..wanted
        },
    )];
    for code in checks(all) {
        let failed = |one: &&Held<'_>| one.findings.iter().any(|own| own.check == code);
        let first = all.iter().find(failed);
        let contest = first.and_then(|one| view.contest(&one.sheet.key.contest));
        let name = said(page, contest.and_then(|entry| view.form(entry)), code);
        let check = Some(code);
        reasons.push((name, Wanted { check, ..wanted }));
    }
    let province = None;
    let mut places = vec![(any, Wanted { province, ..wanted })];
    let geography = &view.snapshot.geography;
    for ix in geography.children(view.nation()) {
        let name = page.name(&geography.unit(*ix).names).to_owned();
        let province = Some(*ix);
        places.push((name, Wanted { province, ..wanted }));
    }
    let ways = |named| ways(view, (all, wanted), named);
    vec![
        Filters {
            label: "desk-by-reason",
            ways: ways(reasons),
        },
        Filters {
            label: "needs-where",
            ways: ways(places),
        },
    ]
}

fn render(
    page: &Page,
    view: &View,
    all: &[Held<'_>],
    (wanted, from): (Wanted<'_>, usize),
) -> String {
    let path = Work::Decisions.path();
    let group = |waits: For| {
        let own = all.iter().filter(|one| one.waits == waits);
        let own = own.filter(|one| wanted.takes(one)).copied();
        (waits.title(), own.collect())
    };
    let groups: Vec<(_, Vec<Held<'_>>)> = vec![group(For::Proposal), group(For::Signature)];
    let at = |from| format!("{path}{}", wanted.query(view, from));
    let (lists, pager) = paged(page, groups, (from, at), |one| {
        let key = &one.sheet.key;
        Row {
            href: format!("{path}/{}/{}", key.contest, key.station),
            name: sheet_name(page, view, one.sheet, one.station),
            notes: words(page, view, &one),
        }
    });
    let data = |end: &str| format!("{path}.{end}{}", wanted.query(view, 0));
    let around = Around {
        filters: filters(page, view, all, wanted),
        data: Some([data("json"), data("csv")]),
        pager,
    };
    work((page, Work::Decisions), String::new(), around, lists)
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "SheetHeld")]
struct Line<'a> {
    /// `proposal` or `signature`.
    waits_for: &'static str,
    #[schemars(with = "String")]
    contest: &'a ContestCode,
    #[schemars(with = "String")]
    station: &'a UnitCode,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    province: Option<&'a UnitCode>,
    /// The codes of the checks that held it back.
    checks: Vec<&'a str>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "SheetsHeld")]
/// Sheets to decide on as JSON.
pub struct Object<'a> {
    snapshot: String,
    sheets: Vec<Line<'a>>,
}

fn lines<'a>(view: &'a View, all: &[Held<'a>], wanted: Wanted<'_>) -> Vec<Line<'a>> {
    let geography = &view.snapshot.geography;
    let line = |one: &Held<'a>| Line {
        waits_for: one.waits.code(),
        contest: &one.sheet.key.contest,
        station: &one.sheet.key.station,
        province: one.province.map(|ix| &geography.unit(ix).code),
        checks: one.findings.iter().map(|own| own.check.as_str()).collect(),
    };
    let wanted = all.iter().filter(|one| wanted.takes(one));
    wanted.map(line).collect()
}

fn table(view: &View, lines: &[Line<'_>]) -> Table {
    let cells = |line: &Line<'_>| {
        vec![
            line.waits_for.to_owned(),
            line.contest.to_string(),
            line.station.to_string(),
            line.province.map_or_else(String::new, ToString::to_string),
            line.checks.join(" "),
            view.snapshot.id(),
        ]
    };
    Table {
        head: vec![
            "waits_for",
            "contest",
            "station",
            "province",
            "checks",
            "snapshot",
        ],
        rows: lines.iter().map(cells).collect(),
    }
}

/// Sheets to decide on.
pub async fn show(
    State(app): State<App>,
    Extension(asked): Extension<Asked>,
) -> Result<Response, No> {
    let reader = reader(&app, &asked)?;
    let live = asked.live(&app)?;
    let view = &live.view;
    let all = all(view, reader);
    let wanted = Wanted::of(view, &all, &asked);
    let (_, format) = Format::split(&asked.path);
    let mut response = reply(
        (format, &asked.headers),
        || render(&asked.page(&live), view, &all, (wanted, asked.from())),
        || Object {
            snapshot: view.snapshot.id(),
            sheets: lines(view, &all, wanted),
        },
        || table(view, &lines(view, &all, wanted)),
    );
    // What waits for a signature differs from organ to organ.
    forbid_keeping(&mut response);
    Ok(response)
}
