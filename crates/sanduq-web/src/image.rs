//! The images of sheets: the slot on the page of a sheet, the picture itself at the address of its
//! digest, the list of the sheets that have none, and the pages on which they are sent.
//!
//! Always true here: an image shows votes, so of a contest that is not released no picture is to be
//! had, whoever asks (INV-31); its digest stands in the journal alone, and tells nothing to who has
//! not the file (docs/threats.md). A picture is served as a picture and as nothing else, and never
//! changes at its address.

mod list;
mod receive;
mod upload;

pub use list::Object;
pub use list::missing;
pub use upload::at_centre;
pub use upload::at_station;
pub use upload::from_centre;
pub use upload::from_station;

use crate::app::App;
use crate::asked::Asked;
use crate::component::html;
use crate::journal::Line;
use crate::page::Page;
use crate::refusal::No;
use crate::reply::known;
use crate::sheet::Which;
use crate::view::View;
use askama::Template;
use axum::Extension;
use axum::extract::Path;
use axum::extract::State;
use axum::http::HeaderValue;
use axum::http::StatusCode;
use axum::http::header;
use axum::response::IntoResponse;
use axum::response::Response;
use sanduq_core::act::Act;
use sanduq_count::image::Image;
use sanduq_count::image::ImageFile;
use sanduq_count::image::Kind;
use sanduq_count::image::Known;
use sanduq_count::image::of_one_paper;
use sanduq_count::publication::PublicContest;
use sanduq_count::sheet::Sheet;
use sanduq_count::sheet::SheetKey;
use sanduq_journal::hash::Hash;

/// One page of the paper.
pub(crate) struct Shown {
    /// Its heading: which page, which kind, how long.
    pub(crate) heading: String,
    /// What it is, for whoever does not see it.
    pub(crate) alternative: String,
    pub(crate) href: String,
    pub(crate) digest: String,
    /// The entry of the journal.
    pub(crate) entry: Option<u64>,
}

/// What can be said of the images of a sheet.
pub(crate) enum Slot {
    /// None is on record, in the sentence of this key.
    Without {
        /// The key.
        key: &'static str,
        /// Since when, where that is known.
        since: String,
        /// All sheets without one.
        all: Option<String>,
    },
    /// So many are on record, and the contest is not released.
    Locked(u64),
    /// These.
    There(Vec<Shown>),
}

impl Slot {
    /// Nothing has come in of which there could be one.
    pub(crate) const AWAITED: Self = Self::Without {
        key: "image-awaited",
        since: String::new(),
        all: None,
    };
}

/// The slot on the page of a sheet.
#[derive(Template)]
#[template(path = "image/slot.html")]
pub(crate) struct SlotPart<'a> {
    pub(crate) page: &'a Page,
    pub(crate) sub: &'static str,
    pub(crate) slot: Slot,
}

/// How long a file is, in words.
pub(crate) fn size(page: &Page, bytes: u64) -> String {
    let kilobytes = bytes.div_ceil(1000);
    page.count("image-size", kilobytes)
}

/// Which page, which kind, how long.
pub(crate) fn heading(page: &Page, number: u32, file: &ImageFile) -> String {
    let kind = page.t(match file.kind {
        Kind::Jpeg => "image-kind-jpeg",
        Kind::Png => "image-kind-png",
    });
    let size = size(page, file.size);
    format!(
        "{} · {kind} · {size}",
        page.count("image-page", u64::from(number))
    )
}

/// The images of a version of a sheet: its own, and those of the versions before that are of the
/// same paper.
pub(crate) fn images<'a>(view: &'a View, entry: &PublicContest, sheet: &Sheet) -> Vec<&'a Image> {
    let versions = view.versions(&entry.contest.code, &sheet.key.station);
    let until = versions.partition_point(|own| own.version <= sheet.version);
    let papers = of_one_paper(&versions[..until]).iter();
    let own = papers.flat_map(|own| view.snapshot.images(&own.key, own.version));
    own.collect()
}

/// The slot of a sheet; `journal` are the entries about it, where they are at hand.
pub(crate) fn slot(
    page: &Page,
    view: &View,
    which: Which<'_>,
    (sub, journal): (&'static str, &[Line]),
) -> String {
    html(&SlotPart {
        page,
        sub,
        slot: found(page, view, which, journal),
    })
}

fn found(page: &Page, view: &View, which: Which<'_>, journal: &[Line]) -> Slot {
    let Some(sheet) = which.sheet else {
        return Slot::AWAITED;
    };
    let images = images(view, which.entry, sheet);
    let without = |key| without(page, view, (which.entry, sheet), key);
    match truth(which.entry, sheet, images.len()) {
        Known::NoSheet => return Slot::AWAITED,
        Known::NotYet => return without("image-not-yet"),
        Known::CountedWithout => return without("image-counted-without"),
        Known::PublishedWithout => return without("image-missing"),
        Known::EndedWithout => return without("image-ended-without"),
        Known::Withheld(count) => return Slot::Locked(count),
        Known::Shown => {}
    }
    let unit = view.snapshot.geography.unit(which.station);
    let alternative = |number: u32| {
        let which = page.count("image-page", u64::from(number));
        let name = page.name(&unit.names);
        page.about(
            "image-alternative",
            &format!("{name} ({}), {which}", unit.code),
        )
    };
    let shown = |image: &&Image| {
        let file = image.file.as_ref()?;
        let about = |line: &&Line| {
            let digest = line.entry.facts.get("digest");
            line.entry.act == Act::SheetImaged.code() && digest == Some(&file.digest)
        };
        Some(Shown {
            heading: heading(page, image.page, file),
            alternative: alternative(image.page),
            href: page.links.picture(file),
            digest: file.digest.clone(),
            entry: journal.iter().find(about).map(|line| line.index),
        })
    };
    Slot::There(images.iter().filter_map(shown).collect())
}

/// The slot of a sheet that has none: since when, and the way to all that have none.
fn without(
    page: &Page,
    view: &View,
    (entry, sheet): (&PublicContest, &Sheet),
    key: &'static str,
) -> Slot {
    let day = view.station_day(&sheet.key.station);
    let closed = day.and_then(|day| day.closed);
    let all = format!("/images/{}", entry.contest.code);
    Slot::Without {
        key,
        since: closed.map_or_else(String::new, |at| {
            page.about("image-missing-since", &page.moment(&at))
        }),
        all: page.links.is_live().then_some(all),
    }
}

/// What is true of the images of a sheet.
fn truth(entry: &PublicContest, sheet: &Sheet, images: usize) -> Known {
    Known::of(Some(&sheet.state), entry.released, images as u64)
}

/// Whether a sheet counts, or still may, and has no image, seen or not.
pub(crate) fn is_missing(view: &View, entry: &PublicContest, sheet: &Sheet) -> bool {
    matches!(
        truth(entry, sheet, images(view, entry, sheet).len()),
        Known::NotYet | Known::CountedWithout | Known::PublishedWithout
    )
}

/// The key of a sheet.
pub(crate) fn key(view: &View, which: &Which<'_>) -> SheetKey {
    SheetKey {
        contest: which.entry.contest.code.clone(),
        station: view.snapshot.geography.unit(which.station).code.clone(),
    }
}

/// What a picture may do in a browser: nothing but be seen.
const POLICY: HeaderValue =
    HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'; sandbox");

/// A picture. At one address there is one content for ever: whoever keeps it need not ask again.
pub async fn show(
    State(app): State<App>,
    Extension(asked): Extension<Asked>,
    Path(file): Path<String>,
) -> Result<Response, No> {
    let named = file.split_once('.').and_then(|(digest, ending)| {
        let digest = Hash::from_hex(digest).ok()?;
        let kind = Kind::ALL.into_iter().find(|kind| kind.ending() == ending)?;
        Some((digest, kind))
    });
    let (digest, kind) = named.ok_or_else(|| asked.not_found(&app))?;
    let picture = app.source().picture(&digest).await;
    let picture = picture.map_err(|failed| asked.failed(&app, &failed))?;
    let picture = picture.filter(|bytes| Kind::of(bytes) == Some(kind));
    let picture = picture.ok_or_else(|| asked.not_found(&app))?;
    let tag = format!("\"{digest}\"");
    let is_known = known(&asked.headers, &tag);
    let headers = [
        (header::CONTENT_TYPE, kind.media_type().to_owned()),
        (
            header::CONTENT_DISPOSITION,
            format!("inline; filename=\"{file}\""),
        ),
        (
            header::CACHE_CONTROL,
            "public, max-age=31536000, immutable".to_owned(),
        ),
        (header::ETAG, tag),
    ];
    let mut response = match is_known {
        true => (StatusCode::NOT_MODIFIED, headers).into_response(),
        false => (headers, picture).into_response(),
    };
    response
        .headers_mut()
        .insert(header::CONTENT_SECURITY_POLICY, POLICY);
    Ok(response)
}
