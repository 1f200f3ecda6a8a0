//! "Where do I vote?": a voter gives the national number and the day of birth and is told the
//! station. Always true here: nothing that was typed comes back, into the page, an address, a log
//! or the journal; no name is shown; a number that nobody has and a wrong date get the same answer,
//! byte for byte, after the same work and no sooner than [`NO_SOONER`]. There is no JSON of it: a
//! door for programs would be a door for whoever tries numbers.

mod limit;
mod typed;

pub use limit::Limits;
pub use typed::Sent;
pub use typed::Wrong;
pub use typed::claim;

use crate::app::App;
use crate::app::Live;
use crate::asked::Asked;
use crate::component;
use crate::component::Kind;
use crate::component::html;
use crate::guard::forbid_keeping;
use crate::language::digits;
use crate::language::language;
use crate::page::Page;
use crate::refusal::No;
use crate::source::Failed;
use crate::view::View;
use askama::Template;
use axum::Extension;
use axum::Form;
use axum::extract::State;
use axum::extract::rejection::FormRejection;
use axum::http::HeaderValue;
use axum::http::StatusCode;
use axum::http::header;
use axum::response::Html;
use axum::response::IntoResponse;
use axum::response::Response;
use fluent_bundle::FluentArgs;
use sanduq_core::geography::UnitIx;
use sanduq_core::law::Profile;
use sanduq_core::names::Names;
use sanduq_store::own_station::Claim;
use sanduq_store::own_station::OwnStation;
use std::time::Duration;
use std::time::Instant;

/// An answer of the store leaves no sooner than this after the question: what the store needs less
/// or more cannot be told from outside.
pub const NO_SOONER: Duration = Duration::from_millis(40);
/// How long a question waits for its turn at the store.
const PATIENCE: Duration = Duration::from_secs(2);

/// What a voter is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    /// Nothing has been asked yet.
    Nothing,
    /// What was typed is no number or no date.
    Unreadable(Vec<Wrong>),
    /// The two are not together on the roll.
    NotFound,
    /// On the roll, without a station so far.
    NotPlaced,
    /// The station.
    Found(UnitIx),
    /// Too many tries: wait so many minutes.
    TooMany(u64),
    /// Too many ask at this moment.
    Busy,
    /// The roll is not frozen yet.
    NotFrozen,
    /// No answer can be had.
    Failed,
}

impl Told {
    const fn status(&self) -> StatusCode {
        match self {
            Self::Nothing | Self::NotFrozen | Self::NotFound | Self::NotPlaced | Self::Found(_) => {
                StatusCode::OK
            }
            Self::Unreadable(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::TooMany(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::Busy | Self::Failed => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    /// The seconds after which it is worth asking again.
    const fn wait_seconds(&self) -> Option<u64> {
        match self {
            Self::TooMany(minutes) => Some(*minutes * 60),
            Self::Busy => Some(5),
            _ => None,
        }
    }

    /// The key of the title; none where there is nothing to say.
    fn title(&self) -> Option<&'static str> {
        match self {
            Self::Nothing => None,
            Self::Unreadable(_) => Some("own-station-unreadable"),
            Self::Found(_) => Some("own-station-found"),
            Self::TooMany(_) => Some("own-station-too-many"),
            other => other.keys().map(|(title, _)| title),
        }
    }

    /// The keys of what is said and of what to do next, where both are always the same.
    const fn keys(&self) -> Option<(&'static str, &'static str)> {
        Some(match self {
            Self::NotFound => ("own-station-not-found", "own-station-not-found-next"),
            Self::NotPlaced => ("own-station-not-placed", "own-station-not-placed-next"),
            Self::Busy => ("own-station-busy", "own-station-busy-next"),
            Self::NotFrozen => ("own-station-not-frozen", "own-station-not-frozen-next"),
            Self::Failed => ("own-station-failed", "own-station-failed-next"),
            _ => return None,
        })
    }

    fn has(&self, wrong: Wrong) -> bool {
        matches!(self, Self::Unreadable(all) if all.contains(&wrong))
    }
}

/// A place of the tree that the station lies in.
pub struct Step<'a> {
    /// The word for its level.
    pub level: String,
    /// Its name.
    pub names: &'a Names,
    /// Its page.
    pub href: String,
}

/// A voter's own station.
#[derive(Template)]
#[template(path = "own_station/place.html")]
pub struct Place<'a> {
    /// The page it stands on.
    pub page: &'a Page,
    /// The station's name, behind that of its centre.
    pub name: String,
    /// Its code.
    pub code: &'a str,
    /// Its page.
    pub href: String,
    /// Where it lies, the smallest first.
    pub within: Vec<Step<'a>>,
    /// When it is open.
    pub hours: String,
}

/// The form.
#[derive(Template)]
#[template(path = "own_station/form.html")]
pub struct Ask<'a> {
    /// The page it stands on.
    pub page: &'a Page,
    /// Whether the number was none.
    pub wrong_number: bool,
    /// Whether the date was none.
    pub wrong_date: bool,
}

#[derive(Template)]
#[template(path = "own_station/page.html")]
struct OwnStationPage<'a> {
    page: &'a Page,
    title: String,
    told: String,
    form: String,
    found: bool,
}

/// When stations are open by law.
fn hours(page: &Page, law: &Profile) -> String {
    let clock = |minute: u16| {
        let text = format!("{:02}:{:02}", minute / 60, minute % 60);
        digits(&text, page.locale)
    };
    let mut args = FluentArgs::new();
    args.set("opens", clock(law.opens_minute));
    args.set("closes", clock(law.closes_minute));
    language(page.locale).say_with("own-station-hours", &args)
}

/// The station of a voter.
#[must_use]
pub fn place<'a>(page: &'a Page, view: &'a View, ix: UnitIx) -> Place<'a> {
    let geography = &view.snapshot.geography;
    let unit = geography.unit(ix);
    let step = |ix: UnitIx| Step {
        level: crate::unit::level(page, view, ix),
        names: &geography.unit(ix).names,
        href: page.links.unit(view, ix),
    };
    let mut within: Vec<_> = geography.path(ix).into_iter().skip(1).map(step).collect();
    within.pop();
    within.reverse();
    Place {
        page,
        name: crate::board::place_name(page, view, ix),
        code: unit.code.as_str(),
        href: page.links.unit(view, ix),
        within,
        hours: hours(page, &view.snapshot.profile),
    }
}

/// What is said above the form, in a state without a station.
#[must_use]
pub fn notice(page: &Page, told: &Told) -> String {
    let Some(title) = told.title() else {
        return String::new();
    };
    let kind = match told {
        Told::Failed => Kind::Failed,
        Told::NotFrozen | Told::NotPlaced => Kind::Information,
        _ => Kind::Refused,
    };
    let next = match told {
        Told::Unreadable(all) => all.iter().map(|wrong| page.t(wrong.key())).collect(),
        Told::TooMany(minutes) => vec![page.count("own-station-wait", minutes)],
        _ => told
            .keys()
            .map(|(_, next)| page.t(next))
            .into_iter()
            .collect(),
    };
    component::notice(kind, page.t(title), next)
}

/// The page of what a voter is told.
#[must_use]
pub fn render(page: &Page, live: &Live, told: &Told) -> String {
    let said = match told {
        Told::Found(ix) => html(&place(page, &live.view, *ix)),
        _ => notice(page, told),
    };
    let form = match told {
        Told::Found(_) | Told::NotPlaced | Told::NotFrozen => String::new(),
        _ => html(&Ask {
            page,
            wrong_number: told.has(Wrong::Number),
            wrong_date: told.has(Wrong::Date),
        }),
    };
    html(&OwnStationPage {
        page,
        title: page.t(told.title().unwrap_or("own-station-title")),
        told: said,
        form,
        found: matches!(told, Told::Found(_) | Told::NotPlaced),
    })
}

fn answer(asked: &Asked, live: &Live, told: &Told) -> Response {
    let page = asked.bare_page(Some(live));
    let mut response = (told.status(), Html(render(&page, live, told))).into_response();
    forbid_keeping(&mut response);
    if let Some(seconds) = told.wait_seconds() {
        let seconds = HeaderValue::from(seconds);
        response.headers_mut().insert(header::RETRY_AFTER, seconds);
    }
    response
}

/// The empty form; before the freeze of the roll, that there is nothing to ask yet.
pub async fn form(
    State(app): State<App>,
    Extension(asked): Extension<Asked>,
) -> Result<Response, No> {
    let live = asked.live(&app)?;
    let frozen = live.view.snapshot.registered.get() > 0;
    let told = if frozen {
        Told::Nothing
    } else {
        Told::NotFrozen
    };
    Ok(answer(&asked, &live, &told))
}

/// The form was sent.
pub async fn find(
    State(app): State<App>,
    Extension(asked): Extension<Asked>,
    sent: Result<Form<Sent>, FormRejection>,
) -> Result<Response, No> {
    let began = Instant::now();
    let sent = asked.form(&app, sent)?;
    let live = asked.live(&app)?;
    let told = match claim(&sent, asked.locale) {
        Err(wrong) => Told::Unreadable(wrong),
        Ok(claim) => ask(&app, &asked, &live, &claim).await,
    };
    let response = answer(&asked, &live, &told);
    if told.status() == StatusCode::OK {
        tokio::time::sleep_until((began + NO_SOONER).into()).await;
    }
    Ok(response)
}

/// Puts the question, within the limits.
async fn ask(app: &App, asked: &Asked, live: &Live, claim: &Claim) -> Told {
    let limits = app.limits();
    let attempt = match limits.begin(asked.address, claim.number(), Instant::now()) {
        Ok(attempt) => attempt,
        Err(wait) => return Told::TooMany(minutes(wait)),
    };
    let Ok(Ok(turn)) = tokio::time::timeout(PATIENCE, limits.asking.acquire()).await else {
        attempt.was_none();
        return Told::Busy;
    };
    let found = app.source().own_station(claim).await;
    drop(turn);
    match found {
        Ok(Some(OwnStation::NotFound)) => Told::NotFound,
        found => {
            attempt.was_none();
            told(live, found)
        }
    }
}

/// A wait in minutes, the last of them begun: nobody is told to wait for none.
fn minutes(wait: Duration) -> u64 {
    let begun = wait.as_millis().div_ceil(60_000).max(1);
    u64::try_from(begun).unwrap_or(u64::MAX)
}

/// What whoever was not wrong is told.
fn told(live: &Live, found: Result<Option<OwnStation>, Failed>) -> Told {
    match found {
        Ok(Some(OwnStation::NotFound)) => Told::NotFound,
        Ok(Some(OwnStation::NotFrozen)) => Told::NotFrozen,
        Ok(Some(OwnStation::NotPlaced)) => Told::NotPlaced,
        Ok(Some(OwnStation::At(code))) => {
            let ix = live.view.snapshot.geography.find(&code);
            ix.map_or(Told::Failed, Told::Found)
        }
        Ok(None) => {
            eprintln!("voters are not told where they vote: the store has no event.secret");
            Told::Failed
        }
        Err(Failed(why)) => {
            eprintln!("a voter was not told where they vote: {why}");
            Told::Failed
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wait_is_told_in_minutes_that_have_begun() {
        for (milliseconds, told) in [(0, 1), (1, 1), (60_000, 1), (60_001, 2), (360_000, 6)] {
            assert_eq!(minutes(Duration::from_millis(milliseconds)), told);
        }
    }
}
