//! The sheets that the station owes, one for each contest. Always true here: no figure of a sheet
//! is shown, not even to whoever typed it.

use super::Head;
use super::Own;
use super::done_notice;
use super::parts::Step;
use super::waits;
use crate::app::App;
use crate::asked::Asked;
use crate::component::Badge;
use crate::component::Kind;
use crate::component::html;
use crate::component::notice;
use crate::page::Page;
use crate::refusal::No;
use askama::Template;
use axum::Extension;
use axum::extract::Path;
use axum::extract::State;
use axum::response::Html;
use axum::response::IntoResponse;
use axum::response::Response;
use sanduq_core::names::Names;
use sanduq_count::image::takes;

struct Owed<'a> {
    href: String,
    names: &'a Names,
    badge: String,
    /// Whether the figures of the paper are to be typed.
    waits: bool,
    /// Where its images are sent, once it has come in.
    images: Option<String>,
}

#[derive(Template)]
#[template(path = "station/sheets.html")]
struct SheetsPage<'a> {
    page: &'a Page,
    head: Head,
    owed: Vec<Owed<'a>>,
}

/// The sheets of the station.
pub async fn show(
    State(app): State<App>,
    Extension(asked): Extension<Asked>,
    Path(station): Path<String>,
) -> Result<Response, No> {
    let live = asked.live(&app)?;
    let own = Own::find(&app, &asked, &live, &station).await?;
    let page = &asked.bare_page(Some(&live));
    let mut head = own.head(page, Some(Step::Sheet));
    head.notices = done_notice(page, &asked);
    let mut owed = Vec::new();
    if own.kept.record.closed().is_some() {
        for (entry, _) in own.owed() {
            let sheet = own.last(&app, &asked, entry).await?;
            owed.push(Owed {
                href: format!("{}/{}", own.path("sheet"), entry.contest.code),
                names: &entry.contest.names,
                badge: html(&Badge {
                    page,
                    code: sheet.as_ref().map_or("awaited", |sheet| sheet.state.code()),
                }),
                waits: waits(sheet.as_ref()),
                images: sheet
                    .as_ref()
                    .filter(|sheet| takes(sheet.state.code()))
                    .map(|_| format!("{}/{}", own.path("image"), entry.contest.code)),
            });
        }
    } else {
        let lines = vec![page.t("station-close-first")];
        let early = notice(Kind::Loading, page.t("station-too-early"), lines);
        head.notices.push_str(&early);
    }
    Ok(Html(html(&SheetsPage { page, head, owed })).into_response())
}
