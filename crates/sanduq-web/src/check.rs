//! "How to check this yourself", under every page with figures: the snapshot, the address, the same
//! figures as data, the files of the published folder that they follow from, and the command that
//! adds everything up again. Always true here: a file is named only where a publication of this
//! snapshot has it.

use crate::component::html;
use crate::page::Page;
use crate::view::View;
use askama::Template;
use sanduq_count::publication::PublicContest;

/// A file of the published folder.
pub struct File {
    /// Its path in the folder.
    pub path: String,
    /// The way to it from this page, where the page is in the folder itself.
    pub href: Option<String>,
}

/// How to check the figures of a page.
#[derive(Template)]
#[template(path = "component/check.html")]
pub struct Check<'a> {
    /// The page it stands on.
    pub page: &'a Page,
    /// The id of the snapshot.
    pub snapshot: String,
    /// What that snapshot is; none where no server answers.
    pub meaning: Option<String>,
    /// Where the page is found again.
    pub address: String,
    /// The same figures as JSON and CSV; none where no server answers.
    pub data: Option<[String; 2]>,
    /// The files.
    pub files: Vec<File>,
}

/// The files that the figures of contests follow from, as far as a publication has them.
#[must_use]
pub fn contest_files(view: &View, contests: &[&PublicContest], sheets: bool) -> Vec<String> {
    let mut files = Vec::new();
    for entry in contests {
        let code = &entry.contest.code;
        let mut add = |folder: &str, end: &str| files.push(format!("{folder}/{code}.{end}"));
        if sheets {
            add("sheets", "json");
            add("sheets", "csv");
        }
        add("totals", "json");
        add("totals", "csv");
        if view.seats(&entry.contest).is_some() {
            add("seats", "json");
            add("seats", "csv");
        }
        add("nist", "json");
    }
    files
}

impl Page {
    /// How to check the figures of this page: the same as JSON and CSV, and the paths of their
    /// files in the published folder; empty on a page without figures.
    #[must_use]
    pub fn check<T: AsRef<str>>(&self, data: &[&str; 2], files: &[T]) -> String {
        let Some(stamp) = &self.stamp else {
            return String::new();
        };
        let file = |path: &T| File {
            path: path.as_ref().to_owned(),
            href: self.links.file(path.as_ref()),
        };
        html(&Check {
            page: self,
            snapshot: stamp.snapshot.clone(),
            meaning: self.links.snapshot(&stamp.snapshot),
            address: self.links.address(),
            data: self.links.is_live().then(|| data.map(str::to_owned)),
            files: files.iter().map(file).collect(),
        })
    }
}
