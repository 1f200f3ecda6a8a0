//! Accounts of staff: the supervision administers its own, administrators all others (C2.20).
//! Always true here: neither sees the other's; a password is shown once, to whoever enrolled, and
//! stands in no log, no address and no entry of the journal; what a role may do is read from the
//! table of routes.

mod act;
mod rights;
mod waiting;

pub use act::Shown;
pub use act::enrol;
pub use act::switch;
pub use rights::roles;
pub use waiting::Waiting;

use crate::app::App;
use crate::asked::Asked;
use crate::component::Kind;
use crate::component::Pager;
use crate::component::html;
use crate::desk;
use crate::journal;
use crate::links;
use crate::page::Page;
use crate::page::Reader;
use crate::page::language_name;
use crate::refusal::No;
use crate::reply::Format;
use crate::reply::Table;
use crate::reply::reply;
use crate::source::Failed;
use crate::source::Member;
use crate::view::View;
use askama::Template;
use axum::Extension;
use axum::extract::Path;
use axum::extract::State as Shared;
use axum::http::StatusCode;
use axum::response::Html;
use axum::response::IntoResponse;
use axum::response::Response;
use jiff::Timestamp;
use sanduq_core::act::Organ;
use sanduq_core::id::ActorId;
use sanduq_core::id::UnitCode;
use sanduq_core::names::Locale;
use sanduq_operations::second_person;
use sanduq_operations::second_person::Matter;
use sanduq_operations::staff::Role;
use sanduq_operations::staff::administers;
use sanduq_store::account::Accounts;
use sanduq_store::find::Wanted;
use sanduq_store::proposal::Proposal;
use schemars::JsonSchema;
use serde::Serialize;

/// Accounts on one page.
const ROWS: u32 = 50;
/// Entries of one account on its page.
const ENTRIES: u32 = 10;

/// An option of a list to choose from.
pub struct Choice {
    value: &'static str,
    name: String,
    chosen: bool,
}

fn role_choices(page: &Page, organ: Organ, chosen: &str) -> Vec<Choice> {
    let own = Role::ALL
        .into_iter()
        .filter(|role| administers(organ, *role));
    let choice = |role: Role| Choice {
        value: role.code(),
        name: page.role(&role),
        chosen: role.code() == chosen,
    };
    own.map(choice).collect()
}

/// What was typed about a new account, and what of it was refused.
#[derive(Default)]
pub struct Typed {
    number: String,
    role: String,
    unit: String,
    locale: String,
    notices: String,
}

/// The list of accounts with the ways to filter it and to enrol.
#[derive(Template)]
#[template(path = "staff/list.html")]
pub struct List<'a> {
    /// The page it stands on.
    pub page: &'a Page,
    /// The accounts.
    pub members: &'a [Member],
}

#[derive(Template)]
#[template(path = "staff/page.html")]
struct StaffPage<'a> {
    page: &'a Page,
    organ: String,
    count: u64,
    filter_roles: Vec<Choice>,
    roles: Vec<Choice>,
    languages: Vec<Choice>,
    unit: String,
    states: Vec<Choice>,
    typed: &'a Typed,
    waiting: String,
    data: String,
    list: String,
    pager: String,
}

/// Which accounts are asked for, and which of them whoever asks reaches.
fn wanted(asked: &Asked, reader: &Reader, view: Option<&View>) -> Accounts {
    Accounts {
        within: desk::reached(reader, view),
        role: asked.query("role").and_then(Role::from_code),
        unit: asked
            .query("unit")
            .and_then(|code| UnitCode::new(code).ok()),
        active: match asked.query("state") {
            Some("active") => Some(true),
            Some("suspended") => Some(false),
            _ => None,
        },
    }
}

fn state_code(active: bool) -> &'static str {
    if active { "active" } else { "suspended" }
}

fn query(wanted: &Accounts, after: Option<&ActorId>) -> String {
    let role = wanted.role.map(|role| format!("role={}", role.code()));
    let unit = wanted.unit.as_ref().map(|unit| format!("unit={unit}"));
    let state = wanted.active.map(|on| format!("state={}", state_code(on)));
    let after = after.map(|after| format!("after={after}"));
    links::query([role, unit, state, after])
}

/// The accounts that were found, and how many there are.
struct Found {
    wanted: Accounts,
    after: Option<ActorId>,
    members: Vec<Member>,
    count: u64,
    proposals: Vec<Proposal>,
    administrators: u64,
}

async fn find(app: &App, asked: &Asked, reader: &Reader) -> Result<Found, Failed> {
    let (live, organ) = (app.live(), reader.role.organ());
    let view = live.as_deref().map(|live| &live.view);
    let wanted = wanted(asked, reader, view);
    let after = asked
        .query("after")
        .and_then(|code| ActorId::new(code).ok());
    let limit = (after.as_ref(), ROWS);
    let (members, count) = app.source().staff(organ, &wanted, limit).await?;
    let mut proposals = app.source().proposals(organ).await?;
    proposals.retain(|one| wanted.reach(one.account.unit.as_ref()));
    Ok(Found {
        wanted,
        after,
        members,
        count,
        proposals,
        administrators: app.source().administrators(organ).await?,
    })
}

/// Who looks, and when.
type By<'a> = (&'a Reader, Timestamp);

fn render(page: &Page, (reader, now): By<'_>, found: &Found, typed: &Typed) -> String {
    let organ = reader.role.organ();
    let wanted = &found.wanted;
    let at = |after: Option<&ActorId>| format!("/desk/staff{}", query(wanted, after));
    let role = wanted.role.map_or("", Role::code);
    let last = found.members.last().map(|member| &member.reader.id);
    let more = found.members.len() == ROWS as usize;
    let state = |active: bool| Choice {
        value: state_code(active),
        name: page.t(if active {
            "staff-active"
        } else {
            "staff-suspended"
        }),
        chosen: wanted.active == Some(active),
    };
    let language = |locale: Locale| Choice {
        value: locale.tag(),
        name: language_name(locale).to_owned(),
        chosen: locale.tag() == typed.locale,
    };
    html(&StaffPage {
        page,
        organ: page.organ(organ),
        count: found.count,
        filter_roles: role_choices(page, organ, role),
        roles: role_choices(page, organ, &typed.role),
        languages: Locale::ALL.into_iter().map(language).collect(),
        unit: wanted
            .unit
            .as_ref()
            .map_or_else(String::new, ToString::to_string),
        states: vec![state(true), state(false)],
        typed,
        waiting: html(&Waiting::new(
            page,
            &found.proposals,
            (&reader.id, now),
            found.administrators,
        )),
        data: query(wanted, None),
        list: html(&List {
            page,
            members: &found.members,
        }),
        pager: html(&Pager {
            page,
            newer: found.after.as_ref().map(|_| at(None)),
            newer_key: "pager-before",
            older: last.filter(|_| more).map(|last| at(Some(last))),
            older_key: "pager-after",
        }),
    })
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Account")]
struct Row<'a> {
    #[schemars(with = "String")]
    number: &'a ActorId,
    role: &'static str,
    #[schemars(with = "String")]
    organ: Organ,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    unit: Option<&'a UnitCode>,
    language: &'static str,
    active: bool,
    /// Until when the first password is good; absent once the person has set their own.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    first_until: Option<Timestamp>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Accounts")]
/// The accounts that the reader administers as JSON.
pub struct Object<'a> {
    count: u64,
    accounts: Vec<Row<'a>>,
}

fn row(member: &Member) -> Row<'_> {
    let reader = &member.reader;
    Row {
        number: &reader.id,
        role: reader.role.code(),
        organ: reader.role.organ(),
        unit: reader.unit.as_ref(),
        language: reader.locale.tag(),
        active: member.active,
        first_until: member.first.map(|first| first.until),
    }
}

fn table(members: &[Member]) -> Table {
    let cells = |member: &Member| {
        let row = row(member);
        vec![
            row.number.to_string(),
            row.role.to_owned(),
            row.organ.code().to_owned(),
            row.unit.map_or_else(String::new, ToString::to_string),
            row.language.to_owned(),
            row.active.to_string(),
            row.first_until
                .map_or_else(String::new, |at| at.to_string()),
        ]
    };
    Table {
        head: vec![
            "number",
            "role",
            "organ",
            "unit",
            "language",
            "active",
            "first_until",
        ],
        rows: members.iter().map(cells).collect(),
    }
}

/// The accounts that the reader administers.
pub async fn list(
    Shared(app): Shared<App>,
    Extension(asked): Extension<Asked>,
) -> Result<Response, No> {
    let reader = desk::reader(&app, &asked)?;
    let found = find(&app, &asked, reader).await;
    let found = found.map_err(|failed| asked.failed(&app, &failed))?;
    let page = asked.bare_page(app.live().as_deref());
    let (_, format) = Format::split(&asked.path);
    let mut typed = Typed::default();
    if asked.query("done").is_some() {
        let title = page.t("second-refused");
        typed.notices = crate::component::notice(Kind::Information, title, Vec::new());
    }
    let mut response = reply(
        (format, &asked.headers),
        || render(&page, (reader, app.now()), &found, &typed),
        || Object {
            count: found.count,
            accounts: found.members.iter().map(row).collect(),
        },
        || table(&found.members),
    );
    crate::guard::forbid_keeping(&mut response);
    Ok(response)
}

/// The page of the list again, after something was refused or done.
async fn again(
    (app, asked): (&App, &Asked),
    status: StatusCode,
    typed: &Typed,
) -> Result<Response, No> {
    let reader = desk::reader(app, asked)?;
    let found = find(app, asked, reader).await;
    let found = found.map_err(|failed| asked.failed(app, &failed))?;
    let page = asked.bare_page(app.live().as_deref());
    let body = render(&page, (reader, app.now()), &found, typed);
    let mut response = (status, Html(body)).into_response();
    crate::guard::forbid_keeping(&mut response);
    Ok(response)
}

#[derive(Template)]
#[template(path = "staff/one.html")]
struct OnePage<'a> {
    page: &'a Page,
    member: &'a Member,
    notices: String,
    own: bool,
    /// Whether a second person has to agree to another first password.
    two: bool,
    about: String,
    acts: String,
    rights: String,
}

/// Says no to whoever is limited to another unit than an account.
fn within((app, asked): (&App, &Asked), unit: Option<&UnitCode>) -> Result<(), No> {
    let live = app.live();
    let view = live.as_deref().map(|live| &live.view);
    match desk::reaches_account(desk::reader(app, asked)?, view, unit) {
        true => Ok(()),
        false => Err(asked.no(app, StatusCode::FORBIDDEN, desk::OTHER_UNIT)),
    }
}

/// The page of one account.
async fn account(
    (app, asked): (&App, &Asked),
    number: &str,
    (status, notices): (StatusCode, String),
) -> Result<Response, No> {
    let reader: &Reader = desk::reader(app, asked)?;
    let live = asked.live(app)?;
    let failed = |failed: Failed| asked.failed(app, &failed);
    let id = ActorId::new(number).map_err(|_| asked.not_found(app))?;
    let member = app.source().member(reader.role.organ(), &id).await;
    let member = member.map_err(failed)?;
    let member = member.ok_or_else(|| asked.not_found(app))?;
    within((app, asked), member.reader.unit.as_ref())?;
    let page = asked.bare_page(Some(&live));
    let about = Wanted {
        staff: Some(id.clone()),
        ..Wanted::default()
    };
    let acts = Wanted {
        actor: Some(id.clone()),
        ..Wanted::default()
    };
    // Up to the newest entry: what was just done is on the page.
    let size = app.source().head().await.map_err(failed)?;
    let find = async |wanted| {
        let found = app.source().find(&wanted, 0..size, (ENTRIES, true)).await;
        found.map(|lines| journal::entries(&page, &lines))
    };
    let body = html(&OnePage {
        page: &page,
        own: reader.id == id,
        two: second_person::needed(Matter::Reset, member.reader.role, false),
        notices,
        about: find(about).await.map_err(failed)?,
        acts: find(acts).await.map_err(failed)?,
        rights: rights::of(&page, member.reader.role),
        member: &member,
    });
    let mut response = (status, Html(body)).into_response();
    crate::guard::forbid_keeping(&mut response);
    Ok(response)
}

/// One account with its acts.
pub async fn one(
    Shared(app): Shared<App>,
    Extension(asked): Extension<Asked>,
    Path(number): Path<String>,
) -> Result<Response, No> {
    let done = asked.query("done").is_some();
    let page = asked.bare_page(app.live().as_deref());
    let told = || {
        let title = page.t("staff-done");
        crate::component::notice(Kind::Information, title, Vec::new())
    };
    let notices = if done { told() } else { String::new() };
    account((&app, &asked), &number, (StatusCode::OK, notices)).await
}
