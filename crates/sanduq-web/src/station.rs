//! The day of one station on the phone of its head: a screen for each step, and where the day
//! stands now.
//!
//! ```text
//! /desk/station ─▶ …/{station} ─▶ opening ─▶ hours ─▶ closing (tokens) ─▶ sheet
//! ```
//!
//! Always true here: a head sees and records the own station and no other; what is on record is
//! shown with its instant and the number of its entry in the journal; a fact that a shaky line
//! sends twice is shown as recorded, and whoever comes second with another is told what stands.

mod closing;
mod hours;
mod opening;
pub(crate) mod parts;
mod sheets;
mod typing;

pub use closing::save as save_closing;
pub use closing::show as closing;
pub use hours::save as save_hour;
pub use hours::show as hours;
pub use opening::save as save_opening;
pub use opening::show as opening;
pub use sheets::show as sheets;
pub(crate) use typing::LONGEST;
pub use typing::save as save_sheet;
pub use typing::show as sheet;

use crate::app::App;
use crate::app::Live;
use crate::asked::Asked;
use crate::board::place_name;
use crate::component::Kind;
use crate::component::html;
use crate::component::notice;
use crate::desk;
use crate::entry::actor;
use crate::page::Page;
use crate::page::Reader;
use crate::refusal::No;
use crate::source::Denied;
use crate::source::Done;
use crate::unit;
use askama::Template;
use axum::Extension;
use axum::extract::Path;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Html;
use axum::response::IntoResponse;
use axum::response::Redirect;
use axum::response::Response;
use jiff::Timestamp;
use parts::Recorded;
use parts::Stand;
use parts::Step;
use parts::Steps;
use sanduq_core::geography::UnitIx;
use sanduq_count::sheet::Sheet;
use sanduq_count::sheet::SheetState;
use sanduq_operations::station::Bounds;
use sanduq_operations::station::Fact;
use sanduq_operations::station::Record;
use sanduq_operations::station_day::StationState;
use sanduq_store::station_record::Kept;

/// The station of a head, as it stands now.
pub(crate) struct Own<'a> {
    live: &'a Live,
    reader: &'a Reader,
    ix: UnitIx,
    kept: Kept,
    now: Timestamp,
}

impl<'a> Own<'a> {
    /// The station of this code, when it is the reader's own.
    pub(crate) async fn find(
        app: &App,
        asked: &'a Asked,
        live: &'a Live,
        station: &str,
    ) -> Result<Self, No> {
        let reader = desk::reader(app, asked)?;
        let own = own(app, asked, reader)?;
        if own != station {
            return Err(asked.no(app, StatusCode::FORBIDDEN, "web.other_station"));
        }
        let found = live.view.unit(station);
        let (ix, unit) = found.ok_or_else(|| asked.not_found(app))?;
        let kept = app.source().station(&unit.code).await;
        Ok(Self {
            live,
            reader,
            ix,
            kept: kept.map_err(|failed| asked.failed(app, &failed))?,
            now: app.now(),
        })
    }

    fn bounds(&self) -> Bounds<'a> {
        let unit = self.live.view.snapshot.geography.unit(self.ix);
        Bounds {
            law: &self.live.view.snapshot.profile,
            registered: unit.registered,
        }
    }

    fn code(&self) -> &'a sanduq_core::id::UnitCode {
        &self.live.view.snapshot.geography.unit(self.ix).code
    }

    pub(crate) fn path(&self, step: &str) -> String {
        format!("/desk/station/{}/{step}", self.code())
    }

    /// The sheets that the station owes: each contest, and its last version if one has come in.
    fn owed(
        &self,
    ) -> Vec<(
        &'a sanduq_count::publication::PublicContest,
        Option<&'a Sheet>,
    )> {
        let view = &self.live.view;
        let path = view.snapshot.geography.path(self.ix);
        let codes = path.into_iter();
        let codes: Vec<_> = codes
            .map(|ix| &view.snapshot.geography.unit(ix).code)
            .collect();
        let contests = view.snapshot.contests.iter();
        let own = contests.filter(|entry| codes.contains(&&entry.contest.unit));
        own.map(|entry| (entry, view.current(&entry.contest.code, self.code())))
            .collect()
    }

    /// Where the day stands.
    fn steps(&self, page: &Page, here: Option<Step>) -> Steps {
        let record = &self.kept.record;
        let typed = self.owed().iter().all(|(_, sheet)| !waits(*sheet));
        let stands = stands(record, self.bounds(), self.now, typed);
        Steps::new(page, |step| self.path(step.code()), stands, here)
    }

    /// The head of every screen.
    fn head(&self, page: &Page, step: Option<Step>) -> Head {
        let view = &self.live.view;
        Head {
            place: place_name(page, view, self.ix),
            level: unit::level(page, view, self.ix),
            code: self.code().to_string(),
            account: self.reader.id.to_string(),
            steps: html(&self.steps(page, step)),
            heading: step.map_or_else(String::new, |step| page.t(step.title())),
            notices: String::new(),
        }
    }

    /// What is on record of the day so far, in a few lines.
    fn so_far(&self, page: &Page) -> String {
        let record = &self.kept.record;
        let Some(opened) = record.opened() else {
            return String::new();
        };
        let mut rows = vec![(page.t("station-opened-at"), page.clock(&opened))];
        if let Some(last) = record.hours.last() {
            rows.push((page.t("station-last-hour"), page.hour(&last.hour)));
            rows.push((page.t("figure-came"), page.n(last.came.get())));
            rows.push((page.t("figure-voted"), page.n(last.voted.get())));
        }
        if let Some(queue) = record.queue() {
            let issued = page.n(u64::from(queue.issued));
            rows.push((page.t("station-issued"), issued));
        }
        if let Some(closed) = record.closed() {
            rows.push((page.t("station-closed-at"), page.clock(&closed)));
        }
        html(&Recorded::new(page, rows, None))
    }

    /// Records a fact; what to answer when it is done, or why it was not.
    async fn record(
        &self,
        app: &App,
        asked: &Asked,
        (fact, step): (&Fact, Step),
    ) -> Result<Result<Response, &'static str>, No> {
        let by = actor(self.reader);
        let act = (&by, app.now());
        match app
            .source()
            .record(self.code(), fact, self.bounds(), act)
            .await
        {
            Ok(done) => Ok(Ok(self.done(step, done))),
            Err(Denied::Refused(code)) => Ok(Err(code)),
            Err(Denied::Failed(failed)) => Err(asked.failed(app, &failed)),
        }
    }

    /// Back to the screen of a step, where what is on record now is shown.
    fn done(&self, step: Step, done: Done) -> Response {
        let done = match done {
            Done::Recorded => "recorded",
            Done::Already => "already",
        };
        let path = self.path(step.code());
        Redirect::to(&format!("{path}?done={done}")).into_response()
    }
}

/// The head of every screen of a step.
pub(crate) struct Head {
    pub(crate) place: String,
    pub(crate) level: String,
    pub(crate) code: String,
    pub(crate) account: String,
    pub(crate) steps: String,
    pub(crate) heading: String,
    pub(crate) notices: String,
}

/// Whether a sheet waits for the figures of the paper.
pub(crate) const fn waits(sheet: Option<&Sheet>) -> bool {
    match sheet {
        None => true,
        Some(sheet) => matches!(
            sheet.state,
            SheetState::Received | SheetState::Returned { .. } | SheetState::Superseded { .. }
        ),
    }
}

/// Where each step stands: opening, hours, closing, sheet.
pub(crate) fn stands(
    record: &Record,
    bounds: Bounds<'_>,
    now: Timestamp,
    typed: bool,
) -> [Stand; 4] {
    let closes = now >= bounds.closes();
    let due = !record.due(bounds, now).is_empty();
    let reported = if due { Stand::Now } else { Stand::Done };
    match &record.state {
        StationState::Ready if now < bounds.opens() => [Stand::Waits; 4],
        StationState::Ready => [Stand::Now, Stand::Waits, Stand::Waits, Stand::Waits],
        StationState::Open(_) | StationState::Queue { .. } => [
            Stand::Done,
            reported,
            if closes { Stand::Now } else { Stand::Waits },
            Stand::Waits,
        ],
        StationState::Closed { .. } => [
            Stand::Done,
            reported,
            Stand::Done,
            if typed { Stand::Done } else { Stand::Now },
        ],
    }
}

/// What was typed on a step is put on record, or the screen comes again with what was typed:
/// `again` makes it of the station as it stands then, why it was refused, and what stands above.
async fn saved(
    (app, asked, live): (&App, &Asked, &Live),
    own: Own<'_>,
    (step, fact): (Step, Option<Fact>),
    again: impl Fn(&Own<'_>, Option<&'static str>, String) -> String,
) -> Result<Response, No> {
    let page = asked.bare_page(Some(live));
    let Some(fact) = fact else {
        let lines = vec![page.t("station-mend")];
        let notices = notice(Kind::Refused, page.t("station-not-recorded"), lines);
        let body = again(&own, None, notices);
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(body)).into_response());
    };
    let code = match own.record(app, asked, (&fact, step)).await? {
        Ok(done) => return Ok(done),
        Err(code) => code,
    };
    let own = Own::find(app, asked, live, own.code().as_str()).await?;
    let body = again(&own, Some(code), refused_notice(&page, code));
    Ok((StatusCode::CONFLICT, Html(body)).into_response())
}

/// The station of an account.
fn own<'a>(app: &App, asked: &Asked, reader: &'a Reader) -> Result<&'a str, No> {
    let unit = reader.unit.as_ref();
    let unit = unit.ok_or_else(|| asked.no(app, StatusCode::CONFLICT, "web.no_station"))?;
    Ok(unit.as_str())
}

/// What happened to what was sent, when the screen is shown again after it.
fn done_notice(page: &Page, asked: &Asked) -> String {
    match asked.query("done") {
        Some("recorded") => notice(Kind::Information, page.t("station-recorded"), Vec::new()),
        Some("already") => {
            let lines = vec![page.t("station-already-help")];
            notice(Kind::Information, page.t("station-already"), lines)
        }
        _ => String::new(),
    }
}

/// Why a fact was not recorded, and what to do.
pub(crate) fn refused_notice(page: &Page, code: &str) -> String {
    let said = crate::refusal::sentence(page, code).unwrap_or_default();
    let mut lines = vec![said];
    if matches!(
        code,
        "station.already_opened"
            | "station.already_counted"
            | "station.token_settled"
            | "turnout.hour_past"
            | "store.conflict"
    ) {
        lines.push(page.t("station-stands"));
    }
    notice(Kind::Refused, page.t("station-not-recorded"), lines)
}

#[derive(Template)]
#[template(path = "station/day.html")]
struct DayPage<'a> {
    page: &'a Page,
    head: Head,
    onward: Option<(String, String)>,
    recorded: String,
}

/// To the own station.
pub async fn entrance(
    State(app): State<App>,
    Extension(asked): Extension<Asked>,
) -> Result<Response, No> {
    let reader = desk::reader(&app, &asked)?;
    let own = own(&app, &asked, reader)?;
    Ok(Redirect::to(&format!("/desk/station/{own}")).into_response())
}

/// Where the day stands.
pub async fn day(
    State(app): State<App>,
    Extension(asked): Extension<Asked>,
    Path(station): Path<String>,
) -> Result<Response, No> {
    let live = asked.live(&app)?;
    let own = Own::find(&app, &asked, &live, &station).await?;
    let page = asked.bare_page(Some(&live));
    let mut head = own.head(&page, None);
    head.heading = page.t("station-title");
    let next = own.steps(&page, None).next();
    let onward = next.map(|step| (own.path(step.code()), page.t(step.title())));
    let recorded = own.so_far(&page);
    let day = DayPage {
        page: &page,
        head,
        onward,
        recorded,
    };
    Ok(Html(html(&day)).into_response())
}
