//! The images of sheets: every act of the journal has its file, and every file its act. Always true
//! here: no file of an image is held in memory, since the folder was measured file by file before.

use crate::manifest::Listed;
use crate::recompute::acts::Acts;
use crate::recompute::point::Failures;
use crate::recompute::point::Point;
use sanduq_core::id::UnitCode;
use sanduq_count::image::ImageFile;
use sanduq_count::publication::IMAGES;
use sanduq_count::publication::PublicContest;
use sanduq_count::publication::PublicSheet;
use sanduq_count::publication::SheetsFile;
use sanduq_count::publication::image_path;
use sanduq_count::publication::sheets_path;
use std::collections::BTreeMap;

/// The images that may be seen, and what the journal says of their files.
#[derive(Default)]
pub struct Shown(BTreeMap<String, (u64, ImageFile)>);

impl Shown {
    /// Compares the images that the sheets of a contest name with those that the journal knows. Of
    /// a contest that is not released none may be seen, not even by its digest.
    pub fn contest(
        &mut self,
        entry: &PublicContest,
        file: &SheetsFile,
        acts: &Acts,
        failures: &mut Failures,
    ) {
        let path = sheets_path(&entry.contest.code);
        let place = |station: &UnitCode, version: u32, page: u32| {
            format!("station {station} version {version} page {page}")
        };
        let mut journaled = BTreeMap::new();
        for (station, act) in acts.images.of(&entry.contest.code) {
            if !entry.released {
                let place = place(station, act.version, act.page);
                failures.at(Point::LockedDigest, &path, &place);
                continue;
            }
            let known = (act.index, act.file.clone());
            self.0.insert(image_path(&act.file), known);
            journaled.insert((station, act.version, act.page), &act.file);
        }
        for sheet in &file.sheets {
            let PublicSheet {
                station, version, ..
            } = sheet;
            for image in &sheet.images {
                let place = place(station, *version, image.page);
                let known = journaled.remove(&(station, *version, image.page));
                if !entry.released {
                    failures.at(Point::ContestLock, &path, &place);
                } else if known != Some(&image.file()) {
                    failures.at(Point::ImageNotJournaled, &path, &place);
                }
            }
        }
        for (station, version, page) in journaled.into_keys() {
            let place = place(station, version, page);
            failures.at(Point::ImageNotPublished, &path, &place);
        }
    }

    /// Compares the files with what the journal says of them, both ways; how many there are.
    pub fn files(
        &self,
        paths: &[String],
        measured: &dyn Fn(&str) -> Option<Listed>,
        failures: &mut Failures,
    ) -> u64 {
        let mut there = 0;
        for (path, (index, file)) in &self.0 {
            let entry = format!("entry {index} (sheet.imaged)");
            match measured(path) {
                None => failures.at(Point::ImageMissing, path, &entry),
                Some(found) => {
                    there += 1;
                    let found = format!("{} bytes of {}", found.size, found.sha256);
                    let known = format!("{} bytes of {}", file.size, file.digest);
                    failures.compare(Point::ImageAltered, path, &entry, (known, found));
                }
            }
        }
        for path in paths.iter().filter(|path| is_image(path)) {
            if !self.0.contains_key(path) {
                failures.at(Point::ImageNoAct, path, "the file");
            }
        }
        there
    }
}

/// Whether a file is an image; what tells of them is made again as every other file.
#[must_use]
pub fn is_image(path: &str) -> bool {
    path.strip_prefix(IMAGES)
        .is_some_and(|name| name != "README.md")
}
