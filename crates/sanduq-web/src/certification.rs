//! Certifying results: every contest with its standing, what still stands in the way, and who has
//! proposed and signed (TP-09). Always true here: what is final was signed by both organs; a
//! contest that lacks a sheet, or of which one waits for somebody, is offered to nobody.
//!
//! ```text
//! open ──▶ ready ── one organ proposes ──▶ proposed ── the other signs ──▶ final
//! ```

mod case;

pub use case::answer;
pub use case::propose;
pub use case::show;

use crate::app::App;
use crate::asked::Asked;
use crate::component::Pager;
use crate::component::html;
use crate::desk;
use crate::guard::forbid_keeping;
use crate::links::query;
use crate::openapi::NamesSchema;
use crate::page::Page;
use crate::refusal::No;
use crate::reply::Format;
use crate::reply::Table;
use crate::reply::reply;
use crate::source::Certifying;
use crate::view::View;
use askama::Template;
use axum::Extension;
use axum::extract::State;
use axum::response::Response;
use jiff::Timestamp;
use sanduq_core::id::ContestCode;
use sanduq_core::names::Names;
use sanduq_count::publication::PublicContest;
use sanduq_count::results::Coverage;
use sanduq_count::results::Standing;
use sanduq_count::sheet::Sheet;
use sanduq_count::sheet::SheetState;
use sanduq_store::certification::Certification;
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;

/// How far a contest has come on its way to a final result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Proposed; the other organ has not answered.
    Proposed,
    /// Nothing stands in the way of a proposal.
    Ready,
    /// Something does.
    Open,
    /// Certified by both organs.
    Final,
}

impl Stage {
    /// Every stage, the most urgent first.
    pub const ALL: [Self; 4] = [Self::Proposed, Self::Ready, Self::Open, Self::Final];

    /// Its word in addresses and files.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Ready => "ready",
            Self::Open => "open",
            Self::Final => "final",
        }
    }

    /// The key of its sentence.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Proposed => "certify-proposed",
            Self::Ready => "certify-ready",
            Self::Open => "certify-open",
            Self::Final => "certify-final",
        }
    }
}

/// A contest on its way.
pub struct Case<'a> {
    entry: &'a PublicContest,
    stage: Stage,
    standing: Standing,
    coverage: Coverage,
    /// Sheets that are being typed or are held back.
    waiting: u64,
    /// Sheets that count and on which a proposal waits.
    disputed: u64,
    made: Option<&'a Certification>,
}

impl<'a> Case<'a> {
    fn new(view: &View, entry: &'a PublicContest, (waiting, all): (u64, &'a Certifying)) -> Self {
        let contest = &entry.contest;
        let coverage = view.coverage(contest, view.root(contest));
        let made = all.made.get(&contest.code);
        let disputed = all.disputed.get(&contest.code).copied().unwrap_or(0);
        let certified = entry.certified || made.is_some_and(|made| made.signed.is_some());
        let state = (entry.released, certified);
        let standing = Standing::of(state, coverage);
        let in_the_way = waiting > 0 || disputed > 0 || standing != Standing::Preliminary;
        let stage = match made {
            _ if certified => Stage::Final,
            Some(made) if made.holds().is_some() => Stage::Proposed,
            _ if in_the_way => Stage::Open,
            _ => Stage::Ready,
        };
        Self {
            entry,
            stage,
            standing,
            coverage,
            waiting,
            disputed,
            made,
        }
    }

    /// Whether what is proposed holds no longer: a sheet has been touched since.
    fn is_touched(&self) -> bool {
        self.stage != Stage::Final && self.made.is_some_and(|made| made.touched)
    }

    fn href(&self) -> String {
        format!("/desk/certification/{}", self.entry.contest.code)
    }

    /// What stands in the way, a sentence each; nothing of a contest that is final.
    fn in_the_way(&self, page: &Page) -> Vec<String> {
        if self.stage == Stage::Final {
            return Vec::new();
        }
        let missing = self.coverage.stations.saturating_sub(self.coverage.counted);
        let locked = (self.standing == Standing::Locked).then(|| page.t("standing-locked"));
        let counts = [
            ("certify-missing", missing),
            ("certify-waiting", self.waiting),
            ("certify-disputed", self.disputed),
        ];
        let counts = counts.into_iter().filter(|(_, count)| *count > 0);
        let counts = counts.map(|(key, count)| page.count(key, count));
        locked.into_iter().chain(counts).collect()
    }

    /// Who proposed and who signed.
    fn who(&self, page: &Page) -> Vec<Who> {
        let Some(made) = self.made else {
            return Vec::new();
        };
        let by = &made.proposed;
        let mut who = vec![Who::new(
            page,
            "two-proposed",
            (by.by.id.to_string(), by.at),
        )];
        if let Some((signer, at)) = &made.signed {
            who.push(Who::new(
                page,
                "certify-signed-by",
                (signer.to_string(), *at),
            ));
        }
        who
    }
}

/// A person's part.
struct Who {
    label: String,
    number: String,
    at: String,
}

impl Who {
    fn new(page: &Page, key: &str, (number, at): (String, Timestamp)) -> Self {
        Self {
            label: page.t(key),
            number,
            at: page.moment(&at),
        }
    }
}

/// The last versions of sheets that wait for somebody, by contest.
fn waiting(view: &View) -> BTreeMap<&ContestCode, u64> {
    let waits = |sheet: &&Sheet| {
        !matches!(
            sheet.state,
            SheetState::Accepted { .. }
                | SheetState::Returned { .. }
                | SheetState::Superseded { .. }
        )
    };
    let mut all: BTreeMap<&ContestCode, u64> = BTreeMap::new();
    for sheet in view.current_sheets().filter(waits) {
        *all.entry(&sheet.key.contest).or_default() += 1;
    }
    all
}

fn cases<'a>(view: &'a View, all: &'a Certifying) -> Vec<Case<'a>> {
    let waiting = waiting(view);
    let case = |entry: &'a PublicContest| {
        let own = waiting.get(&entry.contest.code).copied().unwrap_or(0);
        Case::new(view, entry, (own, all))
    };
    view.snapshot.contests.iter().map(case).collect()
}

struct Filter {
    href: String,
    name: String,
    count: u64,
    current: bool,
}

struct Row<'a> {
    case: &'a Case<'a>,
    href: String,
    in_the_way: Vec<String>,
    who: Vec<Who>,
}

#[derive(Template)]
#[template(path = "certification/page.html")]
struct ListPage<'a> {
    page: &'a Page,
    filters: Vec<Filter>,
    data: String,
    rows: Vec<Row<'a>>,
    pager: String,
}

/// Contests on one page.
const ROWS: usize = 50;

fn address(stage: Option<Stage>, from: usize) -> String {
    let stage = stage.map(|stage| format!("stage={}", stage.code()));
    let from = (from > 0).then(|| format!("from={from}"));
    query([stage, from])
}

fn is(case: &Case<'_>, stage: Option<Stage>) -> bool {
    stage.is_none_or(|stage| case.stage == stage)
}

fn render(page: &Page, all: &[Case<'_>], (stage, from): (Option<Stage>, usize)) -> String {
    let wanted: Vec<&Case<'_>> = all.iter().filter(|case| is(case, stage)).collect();
    let start = from.min(wanted.len());
    let end = (start + ROWS).min(wanted.len());
    let filter = |to: Option<Stage>| Filter {
        href: format!("/desk/certification{}", address(to, 0)),
        name: page.t(to.map_or("two-all", Stage::key)),
        count: all.iter().filter(|case| is(case, to)).count() as u64,
        current: to == stage,
    };
    let row = |case: &&'_ Case<'_>| {
        let case: &Case<'_> = case;
        (case.href(), case.in_the_way(page), case.who(page))
    };
    let rows = wanted[start..end].iter().map(|case| {
        let (href, in_the_way, who) = row(case);
        Row {
            case,
            href,
            in_the_way,
            who,
        }
    });
    let stages = Stage::ALL.into_iter().map(Some);
    let at = |from| format!("/desk/certification{}", address(stage, from));
    html(&ListPage {
        page,
        filters: core::iter::once(None).chain(stages).map(filter).collect(),
        data: address(stage, 0),
        rows: rows.collect(),
        pager: html(&Pager {
            page,
            newer: (start > 0).then(|| at(start.saturating_sub(ROWS))),
            newer_key: "pager-before",
            older: (end < wanted.len()).then(|| at(end)),
            older_key: "pager-after",
        }),
    })
}

/// The contests on their way as JSON.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Certifications")]
pub struct Object<'a> {
    snapshot: String,
    contests: Vec<Line<'a>>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Certification")]
struct Line<'a> {
    #[schemars(with = "String")]
    contest: &'a ContestCode,
    #[schemars(with = "NamesSchema")]
    names: &'a Names,
    /// `open`, `ready`, `proposed` or `final`.
    stage: &'static str,
    standing: &'static str,
    counted: u64,
    stations: u64,
    /// Sheets that are being typed or are held back.
    waiting: u64,
    /// Sheets that count and on which a proposal waits for the other organ.
    disputed: u64,
    /// Whether a sheet has been touched since the proposal: nobody signs it any more.
    touched: bool,
    /// The digest of the totals that are proposed or certified.
    #[serde(skip_serializing_if = "Option::is_none")]
    digest: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    proposed_by: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    proposed_at: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    signed_by: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    signed_at: Option<Timestamp>,
}

fn lines<'a>(all: &'a [Case<'a>], stage: Option<Stage>) -> Vec<Line<'a>> {
    let line = |case: &'a Case<'a>| {
        let proposed = case.made.map(|made| &made.proposed);
        let signed = case.made.and_then(|made| made.signed.as_ref());
        Line {
            contest: &case.entry.contest.code,
            names: &case.entry.contest.names,
            stage: case.stage.code(),
            standing: case.standing.code(),
            counted: case.coverage.counted,
            stations: case.coverage.stations,
            waiting: case.waiting,
            disputed: case.disputed,
            touched: case.is_touched(),
            digest: proposed.map(|own| own.digest.as_str()),
            proposed_by: proposed.map(|own| own.by.id.to_string()),
            proposed_at: proposed.map(|own| own.at),
            signed_by: signed.map(|(id, _)| id.to_string()),
            signed_at: signed.map(|(_, at)| *at),
        }
    };
    all.iter()
        .filter(|case| is(case, stage))
        .map(line)
        .collect()
}

fn table(snapshot: &str, lines: &[Line<'_>]) -> Table {
    let moment = |at: Option<Timestamp>| at.map_or_else(String::new, |at| at.to_string());
    let cells = |line: &Line<'_>| {
        vec![
            line.contest.to_string(),
            line.stage.to_owned(),
            line.standing.to_owned(),
            line.counted.to_string(),
            line.stations.to_string(),
            line.waiting.to_string(),
            line.disputed.to_string(),
            line.touched.to_string(),
            line.digest.unwrap_or_default().to_owned(),
            line.proposed_by.clone().unwrap_or_default(),
            moment(line.proposed_at),
            line.signed_by.clone().unwrap_or_default(),
            moment(line.signed_at),
            snapshot.to_owned(),
        ]
    };
    Table {
        head: vec![
            "contest",
            "stage",
            "standing",
            "counted",
            "stations",
            "waiting",
            "disputed",
            "touched",
            "digest",
            "proposed_by",
            "proposed_at",
            "signed_by",
            "signed_at",
            "snapshot",
        ],
        rows: lines.iter().map(cells).collect(),
    }
}

/// The contests on their way to a final result.
pub async fn list(
    State(app): State<App>,
    Extension(asked): Extension<Asked>,
) -> Result<Response, No> {
    let reader = desk::reader(&app, &asked)?;
    let live = asked.live(&app)?;
    let certifying = app.source().certifying(reader.role.organ()).await;
    let certifying = certifying.map_err(|failed| asked.failed(&app, &failed))?;
    let mut all = cases(&live.view, &certifying);
    all.retain(|case| {
        let whole = live.view.root(&case.entry.contest);
        desk::reaches(reader, &live.view, whole)
    });
    let named = asked.query("stage").unwrap_or_default();
    let stage = Stage::ALL.into_iter().find(|stage| stage.code() == named);
    let snapshot = live.view.snapshot.id();
    let (_, format) = Format::split(&asked.path);
    let mut response = reply(
        (format, &asked.headers),
        || render(&asked.bare_page(Some(&live)), &all, (stage, asked.from())),
        || Object {
            snapshot: snapshot.clone(),
            contests: lines(&all, stage),
        },
        || table(&snapshot, &lines(&all, stage)),
    );
    // What is proposed and signed changes without a new snapshot, and differs from organ to organ.
    forbid_keeping(&mut response);
    Ok(response)
}
