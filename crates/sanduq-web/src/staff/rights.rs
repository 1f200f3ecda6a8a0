//! What a role may do, read from the table of routes.

use crate::app::App;
use crate::asked::Asked;
use crate::component::html;
use crate::desk::OTHERS;
use crate::desk::Work;
use crate::page::Page;
use crate::router::ROUTES;
use crate::router::Roles;
use crate::router::Route;
use crate::router::Verb;
use askama::Template;
use axum::Extension;
use axum::extract::State as Shared;
use axum::response::Html;
use sanduq_operations::staff::Role;

/// A page that a role may see, or a form that it may send.
struct Right {
    path: &'static str,
    /// The title of the page behind it, where it has one of its own.
    title: Option<String>,
}

#[derive(Template)]
#[template(path = "staff/rights.html")]
struct Rights<'a> {
    page: &'a Page,
    sees: Vec<Right>,
    changes: Vec<Right>,
}

fn title(path: &str) -> Option<&'static str> {
    let works = Work::ALL
        .into_iter()
        .map(|work| (work.path(), work.title()));
    let mut doors = works.chain(OTHERS);
    doors.find(|(own, _)| *own == path).map(|(_, title)| title)
}

fn right(page: &Page, route: &Route) -> Right {
    Right {
        path: route.path,
        title: title(route.path).map(|key| page.t(key)),
    }
}

/// What a role may do beyond what everybody may.
#[must_use]
pub fn of(page: &Page, role: Role) -> String {
    let own = |verb: Verb| {
        let routes = ROUTES.iter().filter(move |route| {
            let data = route.path.ends_with(".json") || route.path.ends_with(".csv");
            route.verb == verb
                && route.roles != Roles::Everybody
                && route.roles.allow(role)
                && !data
        });
        routes.map(|route| right(page, route)).collect::<Vec<_>>()
    };
    html(&Rights {
        page,
        sees: own(Verb::Get),
        changes: own(Verb::Post),
    })
}

struct Shown {
    code: &'static str,
    name: String,
    organ: String,
    duty: String,
    rights: String,
}

#[derive(Template)]
#[template(path = "staff/roles.html")]
struct RolesPage<'a> {
    page: &'a Page,
    roles: Vec<Shown>,
    everybody: Vec<&'static str>,
}

fn render(page: &Page) -> String {
    let shown = |role: Role| Shown {
        code: role.code(),
        name: page.role(&role),
        organ: page.organ(role.organ()),
        duty: page.t(format!("duty-{}", role.code().replace('_', "-"))),
        rights: of(page, role),
    };
    let everybody = ROUTES
        .iter()
        .filter(|route| route.roles == Roles::Everybody);
    html(&RolesPage {
        page,
        roles: Role::ALL.into_iter().map(shown).collect(),
        everybody: everybody.map(|route| route.path).collect(),
    })
}

/// Every role with what it may do.
pub async fn roles(Shared(app): Shared<App>, Extension(asked): Extension<Asked>) -> Html<String> {
    Html(render(&asked.bare_page(app.live().as_deref())))
}
