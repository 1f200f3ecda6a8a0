//! Every route with its roles, on one page. The server is built from this table and from nothing
//! else: a route without roles cannot exist. Requirements C.2; tests try every route with every
//! role.

use crate::app::App;
use crate::asset;
use crate::ballot;
use crate::board;
use crate::certification;
use crate::components;
use crate::contest;
use crate::decision;
use crate::desk;
use crate::desk::decisions;
use crate::desk::stations;
use crate::entry;
use crate::file;
use crate::guard;
use crate::image;
use crate::journal;
use crate::kept;
use crate::law;
use crate::login;
use crate::needs;
use crate::openapi;
use crate::own_password;
use crate::own_station;
use crate::process;
use crate::refusal;
use crate::search;
use crate::sheet;
use crate::snapshot;
use crate::staff;
use crate::station;
use crate::two_persons;
use crate::unit;
use crate::wall;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::middleware::from_fn_with_state;
use axum::routing::MethodRouter;
use axum::routing::get;
use axum::routing::post;
use sanduq_operations::staff::Role;
use std::time::Duration;
use tower_http::compression::CompressionLayer;
use tower_http::timeout::TimeoutLayer;

/// Who may use a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Roles {
    /// Everybody, logged in or not.
    Everybody,
    /// Whoever has logged in.
    Staff,
    /// These roles.
    Only(&'static [Role]),
}

impl Roles {
    /// Whether somebody who has logged in with this role may.
    #[must_use]
    pub fn allow(self, role: Role) -> bool {
        match self {
            Self::Everybody | Self::Staff => true,
            Self::Only(roles) => roles.contains(&role),
        }
    }
}

/// Whether whoever has only a first password comes to a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Door {
    /// Not before they have set a password of their own.
    Desk,
    /// Also before: where they set it, what that page looks like, and the way out.
    Entrance,
}

/// What a route does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    /// Shows.
    Get,
    /// Changes.
    Post,
}

/// A route.
pub struct Route {
    /// What it does.
    pub verb: Verb,
    /// Its path; `{…}` stands for a code or a number.
    pub path: &'static str,
    /// Who may.
    pub roles: Roles,
    /// Whether its answer depends on the snapshot, the language and the path alone, so that it is
    /// made once and kept.
    pub kept: bool,
    /// Whether it takes a picture: longer than any form, from a shaky line.
    pub uploads: bool,
    /// Whether whoever has only a first password comes to it.
    pub door: Door,
    /// Its handler.
    pub handler: fn() -> MethodRouter<App>,
}

const fn show(path: &'static str, roles: Roles, handler: fn() -> MethodRouter<App>) -> Route {
    Route {
        verb: Verb::Get,
        path,
        roles,
        kept: false,
        uploads: false,
        door: Door::Desk,
        handler,
    }
}

/// A public page of the snapshot, made once.
const fn keep(path: &'static str, handler: fn() -> MethodRouter<App>) -> Route {
    Route {
        kept: true,
        ..show(path, Roles::Everybody, handler)
    }
}

const fn change(path: &'static str, roles: Roles, handler: fn() -> MethodRouter<App>) -> Route {
    Route {
        verb: Verb::Post,
        path,
        roles,
        kept: false,
        uploads: false,
        door: Door::Desk,
        handler,
    }
}

/// A picture is sent.
const fn upload(path: &'static str, roles: Roles, handler: fn() -> MethodRouter<App>) -> Route {
    Route {
        uploads: true,
        ..change(path, roles, handler)
    }
}

/// Open before one has a password of one's own.
const fn entrance(route: Route) -> Route {
    Route {
        door: Door::Entrance,
        ..route
    }
}

const ENTRY: Roles = Roles::Only(&[Role::Clerk, Role::Auditor]);
/// Whoever types sheets.
const TYPING: Roles = Roles::Only(&[Role::Clerk]);
const DECISIONS: Roles = Roles::Only(&[
    Role::Adjudicator,
    Role::Supervisor,
    Role::ResultsOfficer,
    Role::Auditor,
]);
/// Whoever proposes and signs decisions on sheets.
const DECIDING: Roles = Roles::Only(&[Role::Adjudicator, Role::Supervisor]);
const STATIONS: Roles = Roles::Only(&[
    Role::OperationsOfficer,
    Role::StationHead,
    Role::Supervisor,
    Role::Auditor,
]);

/// Whoever administers accounts: the supervision its own, administrators all others.
const ADMIN: Roles = Roles::Only(&[Role::Administrator, Role::Supervisor]);
/// Whoever has a part in acts of two organs, or watches over them.
const PAIRS: Roles = Roles::Only(&[
    Role::Adjudicator,
    Role::Supervisor,
    Role::ResultsOfficer,
    Role::Administrator,
    Role::Auditor,
]);
/// Whoever certifies results, or watches over it.
const CERTIFYING: Roles = Roles::Only(&[Role::ResultsOfficer, Role::Supervisor, Role::Auditor]);
/// Whoever heads a station, for their own.
const HEAD: Roles = Roles::Only(&[Role::StationHead]);

/// Every route. Paths that end in `{file}` take a code, and `.json` or `.csv` behind it.
pub const ROUTES: &[Route] = &[
    keep("/", || get(unit::index)),
    keep("/index.json", || get(unit::index)),
    keep("/index.csv", || get(unit::index)),
    keep("/unit/{file}", || get(unit::show)),
    keep("/votes/{file}", || get(unit::votes::show)),
    keep("/hours/{file}", || get(unit::hours::show)),
    keep("/margins.json", || get(unit::votes::nearest)),
    keep("/margins.csv", || get(unit::votes::nearest)),
    keep("/contests", || get(contest::list)),
    keep("/contests.json", || get(contest::list)),
    keep("/contests.csv", || get(contest::list)),
    keep("/sheet/{contest}/{file}", || get(sheet::show)),
    keep("/sheet/{contest}/{station}/{version}", || {
        get(sheet::version)
    }),
    keep("/files/{folder}/{file}", || get(file::show)),
    show("/snapshot/{file}", Roles::Everybody, || get(snapshot::show)),
    show("/image/{file}", Roles::Everybody, || get(image::show)),
    show("/images/{file}", Roles::Everybody, || get(image::missing)),
    show("/search", Roles::Everybody, || get(search::show)),
    show("/search.json", Roles::Everybody, || get(search::show)),
    show("/search.csv", Roles::Everybody, || get(search::show)),
    keep("/board", || get(board::show)),
    keep("/board.json", || get(board::show)),
    keep("/board.csv", || get(board::show)),
    keep("/board/conditions.json", || get(board::conditions::show)),
    keep("/board/conditions.csv", || get(board::conditions::show)),
    show("/board/events", Roles::Everybody, || get(board::events)),
    keep("/board/stations.bin", || get(board::stations)),
    keep("/board/places.bin", || get(board::places)),
    show("/board/station/{number}", Roles::Everybody, || {
        get(board::station)
    }),
    show("/board/needs/{file}", Roles::Everybody, || get(needs::show)),
    keep("/wall", || get(wall::show)),
    show("/wall/events", Roles::Everybody, || get(wall::events)),
    show("/journal", Roles::Everybody, || get(journal::list)),
    show("/journal.json", Roles::Everybody, || get(journal::list)),
    show("/journal.csv", Roles::Everybody, || get(journal::list)),
    show("/journal/{number}", Roles::Everybody, || get(journal::one)),
    show("/journal/{number}/proof", Roles::Everybody, || {
        get(journal::proof::show)
    }),
    show("/processes", Roles::Everybody, || get(process::show)),
    show("/processes.json", Roles::Everybody, || get(process::show)),
    show("/processes.csv", Roles::Everybody, || get(process::show)),
    show("/law", Roles::Everybody, || get(law::show)),
    show("/law.json", Roles::Everybody, || get(law::show)),
    show("/law/{kind}/{file}", Roles::Everybody, || get(law::text)),
    show("/refusal/{code}", Roles::Everybody, || get(refusal::show)),
    show("/components", Roles::Everybody, || get(components::show)),
    show("/components/{shelf}", Roles::Everybody, || {
        get(components::shelf)
    }),
    entrance(keep("/assets/{name}", || get(asset::show))),
    show("/openapi.json", Roles::Everybody, || get(openapi::json)),
    show("/developers", Roles::Everybody, || get(openapi::developers)),
    show("/where", Roles::Everybody, || get(own_station::form)),
    change("/where", Roles::Everybody, || post(own_station::find)),
    show("/ballot/practice", Roles::Everybody, || {
        get(ballot::practice)
    }),
    show("/ballot/practice/check", Roles::Everybody, || {
        get(ballot::check)
    }),
    show(
        "/ballot/practice/election/{language}",
        Roles::Everybody,
        || get(ballot::questions),
    ),
    show(
        "/ballot/practice/photo/{candidate}",
        Roles::Everybody,
        || get(ballot::photo),
    ),
    show(
        "/ballot/practice/ballots/{tracker}",
        Roles::Everybody,
        || get(ballot::ballot),
    ),
    change("/ballot/practice/{act}", Roles::Everybody, || {
        post(ballot::take)
    }),
    show("/ballot/client/{script}", Roles::Everybody, || {
        get(ballot::client)
    }),
    show("/login", Roles::Everybody, || get(login::form)),
    change("/login", Roles::Everybody, || post(login::enter)),
    entrance(change("/logout", Roles::Staff, || post(login::leave))),
    entrance(show("/password", Roles::Staff, || get(own_password::form))),
    entrance(change("/password", Roles::Staff, || {
        post(own_password::set)
    })),
    show("/desk", Roles::Staff, || get(desk::show)),
    show("/desk/entry", ENTRY, || get(entry::table)),
    show("/desk/entry/next", TYPING, || get(entry::next)),
    show("/desk/entry/{contest}/{station}", TYPING, || {
        get(entry::show)
    }),
    change("/desk/entry/{contest}/{station}", TYPING, || {
        post(entry::save)
    }),
    show("/desk/image/{contest}/{station}", TYPING, || {
        get(image::at_centre)
    }),
    upload("/desk/image/{contest}/{station}", TYPING, || {
        post(image::from_centre)
    }),
    show("/desk/decisions", DECISIONS, || get(decisions::show)),
    show("/desk/decisions.json", DECISIONS, || get(decisions::show)),
    show("/desk/decisions.csv", DECISIONS, || get(decisions::show)),
    show("/desk/decisions/{contest}/{station}", DECISIONS, || {
        get(decision::show)
    }),
    change(
        "/desk/decisions/{contest}/{station}/propose",
        DECIDING,
        || post(decision::propose),
    ),
    change(
        "/desk/decisions/{contest}/{station}/answer",
        DECIDING,
        || post(decision::answer),
    ),
    show("/desk/certification", CERTIFYING, || {
        get(certification::list)
    }),
    show("/desk/certification.json", CERTIFYING, || {
        get(certification::list)
    }),
    show("/desk/certification.csv", CERTIFYING, || {
        get(certification::list)
    }),
    show("/desk/certification/{contest}", CERTIFYING, || {
        get(certification::show)
    }),
    change(
        "/desk/certification/{contest}/propose",
        Roles::Only(&[Role::ResultsOfficer]),
        || post(certification::propose),
    ),
    change(
        "/desk/certification/{contest}/answer",
        Roles::Only(&[Role::Supervisor]),
        || post(certification::answer),
    ),
    show("/desk/stations", STATIONS, || get(stations::show)),
    show("/desk/stations.json", STATIONS, || get(stations::show)),
    show("/desk/stations.csv", STATIONS, || get(stations::show)),
    show("/desk/staff", ADMIN, || get(staff::list)),
    show("/desk/staff.json", ADMIN, || get(staff::list)),
    show("/desk/staff.csv", ADMIN, || get(staff::list)),
    change("/desk/staff", ADMIN, || post(staff::enrol)),
    show("/desk/staff/{number}", ADMIN, || get(staff::one)),
    change("/desk/staff/{number}", ADMIN, || post(staff::switch)),
    show("/desk/roles", Roles::Staff, || get(staff::roles)),
    show("/desk/two-persons", PAIRS, || get(two_persons::show)),
    show("/desk/two-persons.json", PAIRS, || get(two_persons::show)),
    show("/desk/two-persons.csv", PAIRS, || get(two_persons::show)),
    show("/desk/station", HEAD, || get(station::entrance)),
    show("/desk/station/{station}", HEAD, || get(station::day)),
    show("/desk/station/{station}/opening", HEAD, || {
        get(station::opening)
    }),
    change("/desk/station/{station}/opening", HEAD, || {
        post(station::save_opening)
    }),
    show("/desk/station/{station}/hours", HEAD, || {
        get(station::hours)
    }),
    change("/desk/station/{station}/hours", HEAD, || {
        post(station::save_hour)
    }),
    show("/desk/station/{station}/closing", HEAD, || {
        get(station::closing)
    }),
    change("/desk/station/{station}/closing", HEAD, || {
        post(station::save_closing)
    }),
    show("/desk/station/{station}/sheet", HEAD, || {
        get(station::sheets)
    }),
    show("/desk/station/{station}/sheet/{contest}", HEAD, || {
        get(station::sheet)
    }),
    change("/desk/station/{station}/sheet/{contest}", HEAD, || {
        post(station::save_sheet)
    }),
    show("/desk/station/{station}/image/{contest}", HEAD, || {
        get(image::at_station)
    }),
    upload("/desk/station/{station}/image/{contest}", HEAD, || {
        post(image::from_station)
    }),
];

/// Whether a role may see the page of a route that has no code in its path.
#[must_use]
pub fn may_see(path: &str, role: Role) -> bool {
    let mut routes = ROUTES
        .iter()
        .filter(|route| route.path == path && route.verb == Verb::Get);
    routes.any(|route| route.roles.allow(role))
}

/// Who may see what stands at a path; everybody where no route leads: there is nothing to see.
#[must_use]
pub fn roles_of(path: &str) -> Roles {
    let mut shown = ROUTES.iter().filter(|route| route.verb == Verb::Get);
    let route = shown.find(|route| leads(route.path, path));
    route.map_or(Roles::Everybody, |route| route.roles)
}

/// Whether the answer for a path is kept as long as its snapshot is served.
#[must_use]
pub fn keeps(path: &str) -> bool {
    ROUTES
        .iter()
        .any(|route| route.kept && leads(route.path, path))
}

/// Whether a path is one of a route's.
#[must_use]
pub fn leads(route: &str, path: &str) -> bool {
    let (mut own, mut asked) = (route.split('/'), path.split('/'));
    loop {
        match (own.next(), asked.next()) {
            (None, None) => return true,
            (Some(own), Some(asked)) if own == asked || own.starts_with('{') => {}
            _ => return false,
        }
    }
}

/// The longest form that is read, in bytes.
const LONGEST_FORM: usize = 16 * 1024;
/// How long a handler may take.
const PATIENCE: Duration = Duration::from_secs(10);
/// The longest picture that is read to its end, in bytes, so that whoever sends it is told that it
/// is too long; no more of it is held than may be kept.
const LONGEST_UPLOAD: usize = 24 << 20;
/// How long a picture may take: six megabytes at 256 kbit/s, and some.
const UPLOAD_PATIENCE: Duration = Duration::from_secs(300);

/// The routes of the table that take pictures, or those that do not.
fn routes(app: &App, uploads: bool) -> Router<App> {
    let mut router = Router::new();
    for route in ROUTES.iter().filter(|route| route.uploads == uploads) {
        let roles = (app.clone(), route.roles, route.door);
        let guarded = (route.handler)().layer(from_fn_with_state(roles, guard::guard));
        router = router.route(route.path, guarded);
    }
    router
}

/// Bounds on how long a request may be, and how long it may take.
fn bounded(router: Router<App>, longest: usize, patience: Duration) -> Router<App> {
    let timeout = TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, patience);
    router.layer(DefaultBodyLimit::max(longest)).layer(timeout)
}

/// The server of the table.
pub fn router(app: App) -> Router {
    let uploads = bounded(routes(&app, true), LONGEST_UPLOAD, UPLOAD_PATIENCE);
    let others = routes(&app, false)
        .fallback(guard::outside)
        .method_not_allowed_fallback(guard::wrong_method);
    bounded(others, LONGEST_FORM, PATIENCE)
        .merge(uploads)
        .layer(CompressionLayer::new())
        .layer(from_fn_with_state(app.clone(), guard::headers))
        .layer(from_fn_with_state(app.clone(), kept::keep))
        .with_state(app)
}
