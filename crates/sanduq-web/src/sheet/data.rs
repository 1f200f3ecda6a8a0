//! A sheet for programs: every version with its figures and checks as JSON, and line by line as a
//! table.

use super::Which;
use super::made;
use crate::image::images;
use crate::reply::Table;
use crate::view::View;
use sanduq_core::count::Votes;
use sanduq_count::image::Image;
use sanduq_count::image::ImageFile;
use sanduq_count::publication::PublicContest;
use sanduq_count::sheet::Paper;
use sanduq_count::sheet::Salt;
use sanduq_count::sheet::Sheet;
use sanduq_count::sheet::digest;
use schemars::JsonSchema;
use serde::Serialize;

/// A sheet as JSON.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "SheetVersions")]
pub struct Object<'a> {
    snapshot: String,
    contest: &'a str,
    station: &'a str,
    released: bool,
    state: &'a str,
    versions: Vec<VersionObject<'a>>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "SheetVersion")]
struct VersionObject<'a> {
    version: u32,
    state: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    figures: Option<FiguresObject<'a>>,
    /// The images of its paper, page by page.
    images: Vec<ImageObject<'a>>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "SheetImage")]
struct ImageObject<'a> {
    version: u32,
    page: u32,
    /// Left out while the contest is not released: an image shows votes.
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<FileObject<'a>>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "SheetImageFile")]
struct FileObject<'a> {
    kind: &'static str,
    /// Its length in bytes.
    size: u64,
    /// SHA-256 of its bytes.
    digest: &'a str,
    /// Where it is.
    href: String,
}

fn image_object(image: &Image) -> ImageObject<'_> {
    ImageObject {
        version: image.version,
        page: image.page,
        file: image.file.as_ref().map(file_object),
    }
}

fn file_object(file: &ImageFile) -> FileObject<'_> {
    FileObject {
        kind: file.kind.code(),
        size: file.size,
        digest: &file.digest,
        href: format!("/image/{}", file.name()),
    }
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "SheetFigures")]
struct FiguresObject<'a> {
    digest: String,
    #[schemars(with = "String")]
    salt: Salt,
    fields: Vec<FigureObject<'a>>,
    choices: Vec<FigureObject<'a>>,
    checks: Vec<CheckObject>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "SheetLine")]
struct FigureObject<'a> {
    code: &'a str,
    votes: Option<u64>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "SheetCheck")]
struct CheckObject {
    code: String,
    left: Option<i128>,
    right: Option<i128>,
    holds: bool,
}

/// A sheet with all its versions as JSON.
#[must_use]
pub fn object<'a>(view: &'a View, which: Which<'a>) -> Object<'a> {
    let contest = &which.entry.contest;
    let station = &view.snapshot.geography.unit(which.station).code;
    let version = |sheet: &'a Sheet| VersionObject {
        version: sheet.version,
        state: sheet.state.code(),
        figures: figures_object(view, which.entry, sheet),
        images: images(view, which.entry, sheet)
            .into_iter()
            .map(image_object)
            .collect(),
    };
    Object {
        snapshot: view.snapshot.id(),
        contest: contest.code.as_str(),
        station: station.as_str(),
        released: which.entry.released,
        state: which.sheet.map_or("awaited", |sheet| sheet.state.code()),
        versions: view
            .versions(&contest.code, station)
            .iter()
            .map(version)
            .collect(),
    }
}

fn figures_object<'a>(
    view: &'a View,
    entry: &'a PublicContest,
    sheet: &'a Sheet,
) -> Option<FiguresObject<'a>> {
    let figures = view.figures(entry, sheet)?;
    let paper = Paper::new(view.form(entry)?, &entry.contest);
    let lines = |codes: Vec<&'a str>, votes: &[Option<Votes>]| -> Vec<FigureObject<'a>> {
        let pairs = codes.into_iter().zip(votes);
        pairs
            .map(|(code, votes)| FigureObject {
                code,
                votes: votes.map(Votes::get),
            })
            .collect()
    };
    let form = view.form(entry)?;
    Some(FiguresObject {
        digest: digest(&paper, &sheet.key, (sheet.version, sheet.salt), figures),
        salt: sheet.salt,
        fields: lines(
            form.fields.iter().map(|f| f.code.as_str()).collect(),
            &figures.fields,
        ),
        choices: lines(
            entry
                .contest
                .choices
                .iter()
                .map(|c| c.code.as_str())
                .collect(),
            &figures.choices,
        ),
        checks: made(&paper, figures)
            .into_iter()
            .map(|made| CheckObject {
                code: made.finding.check,
                left: made.finding.left,
                right: made.finding.right,
                holds: made.holds,
            })
            .collect(),
    })
}

/// Every version line by line as a table, the first one first; without rows while nobody may see
/// figures.
#[must_use]
pub fn table(view: &View, which: Which<'_>) -> Table {
    let station = &view.snapshot.geography.unit(which.station).code;
    let mut rows = Vec::new();
    for sheet in view.versions(&which.entry.contest.code, station) {
        let Some(figures) = figures_object(view, which.entry, sheet) else {
            continue;
        };
        for (kind, lines) in [("field", figures.fields), ("choice", figures.choices)] {
            rows.extend(lines.into_iter().map(|line| {
                let votes = line
                    .votes
                    .map_or_else(String::new, |votes| votes.to_string());
                vec![
                    sheet.version.to_string(),
                    sheet.state.code().to_owned(),
                    kind.to_owned(),
                    line.code.to_owned(),
                    votes,
                    view.snapshot.id(),
                ]
            }));
        }
    }
    Table {
        head: vec!["version", "state", "kind", "code", "votes", "snapshot"],
        rows,
    }
}
