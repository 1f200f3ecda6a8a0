//! Sending an image of a sheet: from the station by its head, from the centre by a clerk. Always
//! true here: nobody is shown a picture, not even the one just sent, because it shows votes and
//! others type the sheet without seeing them; what is on record is shown by page, kind, size and
//! entry.

use super::heading;
use super::key;
use super::receive;
use crate::app::App;
use crate::app::Live;
use crate::asked::Asked;
use crate::board::place_name;
use crate::component::Kind as Tone;
use crate::component::html;
use crate::component::notice;
use crate::desk;
use crate::entry::actor;
use crate::page::Page;
use crate::page::Reader;
use crate::refusal::No;
use crate::refusal::sentence;
use crate::sheet;
use crate::sheet::Which;
use crate::source::Denied;
use crate::source::Done;
use crate::station::Own;
use crate::unit;
use askama::Template;
use axum::Extension;
use axum::extract::Multipart;
use axum::extract::Path;
use axum::extract::State;
use axum::extract::multipart::MultipartRejection;
use axum::http::StatusCode;
use axum::response::Html;
use axum::response::IntoResponse;
use axum::response::Redirect;
use axum::response::Response;
use sanduq_core::act::Act;
use sanduq_core::names::Names;
use sanduq_core::refusal::Refusal;
use sanduq_count::image::ImageFile;
use sanduq_count::image::Kind;
use sanduq_count::image::Taken;
use sanduq_count::image::takes;
use sanduq_count::sheet::SheetState;

/// The sheet that somebody sends an image of.
struct Asking<'a> {
    live: &'a Live,
    reader: &'a Reader,
    which: Which<'a>,
    taken: Taken,
}

/// An image that is on record.
struct Kept {
    heading: String,
    entry: u64,
    at: String,
}

#[derive(Template)]
#[template(path = "image/upload.html")]
struct UploadPage<'a> {
    page: &'a Page,
    back: (String, String),
    level: String,
    code: String,
    place: String,
    contest_names: &'a Names,
    notices: String,
    kept: Vec<Kept>,
    /// Whether the sheet takes images.
    open: bool,
    camera: bool,
    action: String,
    wrong: Option<String>,
}

impl<'a> Asking<'a> {
    fn find(
        app: &App,
        asked: &'a Asked,
        live: &'a Live,
        (contest, station, taken): (&str, &str, Taken),
    ) -> Result<Self, No> {
        let which = sheet::find(&live.view, contest, station, None);
        let which = which.ok_or_else(|| asked.not_found(app))?;
        Ok(Self {
            live,
            reader: desk::reader_of(app, asked, (&live.view, which.station))?,
            which,
            taken,
        })
    }

    /// The page on which this is done.
    fn path(&self) -> String {
        let key = key(&self.live.view, &self.which);
        match self.taken {
            Taken::Station => format!("/desk/station/{}/image/{}", key.station, key.contest),
            Taken::Centre => format!("/desk/image/{}/{}", key.contest, key.station),
        }
    }

    /// Where one came from.
    fn back(&self, page: &Page) -> (String, String) {
        let station = key(&self.live.view, &self.which).station;
        match self.taken {
            Taken::Station => (
                format!("/desk/station/{station}/sheet"),
                page.t("station-sheets-back"),
            ),
            Taken::Centre => ("/desk/entry".to_owned(), page.t("desk-entry")),
        }
    }

    /// The images that are on record, by the journal itself: a page made from the snapshot would
    /// not know the one that was just sent.
    async fn kept(&self, app: &App, asked: &Asked, page: &Page) -> Result<Vec<Kept>, No> {
        let key = key(&self.live.view, &self.which);
        let entries = app.source().sheet_entries(&key);
        let entries = entries.await.map_err(|failed| asked.failed(app, &failed))?;
        let images = entries
            .iter()
            .filter(|line| line.entry.act == Act::SheetImaged.code());
        let kept = images.filter_map(|line| {
            let fact = |key: &str| line.entry.facts.get(key);
            let file = ImageFile {
                kind: Kind::from_code(fact("kind")?)?,
                size: fact("size")?.parse().ok()?,
                digest: String::new(),
            };
            Some(Kept {
                heading: heading(page, fact("page")?.parse().ok()?, &file),
                entry: line.index,
                at: page.moment(&line.entry.at),
            })
        });
        Ok(kept.collect())
    }

    /// Whether the sheet takes an image as it stands now.
    async fn open(&self, app: &App, asked: &Asked) -> Result<bool, No> {
        let organ = self.reader.role.organ();
        let key = key(&self.live.view, &self.which);
        let versions = app.source().sheet_versions(organ, &key);
        let versions = versions
            .await
            .map_err(|failed| asked.failed(app, &failed))?;
        let state = versions
            .last()
            .map_or("awaited", |own| SheetState::code(&own.state));
        Ok(takes(state))
    }

    async fn page(
        &self,
        (app, asked): (&App, &Asked),
        notices: String,
        wrong: Option<String>,
    ) -> Result<String, No> {
        let page = &asked.bare_page(Some(self.live));
        let view = &self.live.view;
        let ix = self.which.station;
        let open = self.open(app, asked).await?;
        let settled = || {
            let lines = vec![page.t("image-closed-help")];
            notice(Tone::Information, page.t("image-closed"), lines)
        };
        Ok(html(&UploadPage {
            page,
            back: self.back(page),
            level: unit::level(page, view, ix),
            code: view.snapshot.geography.unit(ix).code.to_string(),
            place: place_name(page, view, ix),
            contest_names: &self.which.entry.contest.names,
            notices: if open || !notices.is_empty() {
                notices
            } else {
                settled()
            },
            kept: self.kept(app, asked, page).await?,
            open,
            camera: self.taken == Taken::Station,
            action: self.path(),
            wrong,
        }))
    }

    /// The page as it is asked for.
    async fn show(&self, app: &App, asked: &Asked) -> Result<Response, No> {
        let page = asked.bare_page(Some(self.live));
        let notices = match asked.query("done") {
            Some("recorded") => {
                let lines = vec![page.t("image-recorded-help")];
                notice(Tone::Information, page.t("image-recorded"), lines)
            }
            Some("already") => notice(Tone::Information, page.t("image-already"), Vec::new()),
            _ => String::new(),
        };
        let body = self.page((app, asked), notices, None).await?;
        Ok(Html(body).into_response())
    }

    /// Takes in what was sent, and puts it on record.
    async fn save(
        &self,
        app: &App,
        asked: &Asked,
        sent: Result<Multipart, MultipartRejection>,
    ) -> Result<Response, No> {
        let picture = match receive::picture(app, asked, sent).await? {
            Ok(picture) => picture,
            Err(no) => return self.again(app, asked, (no.code(), true)).await,
        };
        let key = key(&self.live.view, &self.which);
        let by = actor(self.reader);
        let act = (&by, app.now(), self.taken);
        let done = match app.source().add_image(&key, &picture, act).await {
            Ok(Done::Recorded) => "recorded",
            Ok(Done::Already) => "already",
            Err(Denied::Refused(code)) => return self.again(app, asked, (code, false)).await,
            Err(Denied::Failed(failed)) => return Err(asked.failed(app, &failed)),
        };
        let path = self.path();
        Ok(Redirect::to(&format!("{path}?done={done}")).into_response())
    }

    /// The page again, and why nothing was kept: beside the box when it is the file that is amiss.
    async fn again(
        &self,
        app: &App,
        asked: &Asked,
        (code, is_file): (&'static str, bool),
    ) -> Result<Response, No> {
        let page = asked.bare_page(Some(self.live));
        let says = sentence(&page, code).unwrap_or_default();
        let lines = vec![says.clone()];
        let notices = notice(Tone::Refused, page.t("image-not-recorded"), lines);
        let wrong = is_file.then_some(says);
        let status = match is_file {
            true => StatusCode::UNPROCESSABLE_ENTITY,
            false => StatusCode::CONFLICT,
        };
        let body = self.page((app, asked), notices, wrong).await?;
        Ok((status, Html(body)).into_response())
    }
}

/// The images of a sheet of the head's own station.
pub async fn at_station(
    State(app): State<App>,
    Extension(asked): Extension<Asked>,
    Path((station, contest)): Path<(String, String)>,
) -> Result<Response, No> {
    let live = asked.live(&app)?;
    Own::find(&app, &asked, &live, &station).await?;
    let named = (contest.as_str(), station.as_str(), Taken::Station);
    let asking = Asking::find(&app, &asked, &live, named)?;
    asking.show(&app, &asked).await
}

/// The head sends an image.
pub async fn from_station(
    State(app): State<App>,
    Extension(asked): Extension<Asked>,
    Path((station, contest)): Path<(String, String)>,
    sent: Result<Multipart, MultipartRejection>,
) -> Result<Response, No> {
    let live = asked.live(&app)?;
    Own::find(&app, &asked, &live, &station).await?;
    let named = (contest.as_str(), station.as_str(), Taken::Station);
    let asking = Asking::find(&app, &asked, &live, named)?;
    asking.save(&app, &asked, sent).await
}

/// The images of a sheet that has come to the centre.
pub async fn at_centre(
    State(app): State<App>,
    Extension(asked): Extension<Asked>,
    Path((contest, station)): Path<(String, String)>,
) -> Result<Response, No> {
    let live = asked.live(&app)?;
    let named = (contest.as_str(), station.as_str(), Taken::Centre);
    let asking = Asking::find(&app, &asked, &live, named)?;
    asking.show(&app, &asked).await
}

/// A clerk sends an image.
pub async fn from_centre(
    State(app): State<App>,
    Extension(asked): Extension<Asked>,
    Path((contest, station)): Path<(String, String)>,
    sent: Result<Multipart, MultipartRejection>,
) -> Result<Response, No> {
    let live = asked.live(&app)?;
    let named = (contest.as_str(), station.as_str(), Taken::Centre);
    let asking = Asking::find(&app, &asked, &live, named)?;
    asking.save(&app, &asked, sent).await
}
