//! What the journal says of the images of sheets. Always true here: an image is bound by its
//! digest, which one entry names, to the sheet that this entry names; an entry that may not stand
//! where it does is told, and what follows it is judged by itself.

use crate::recompute::point::Point;
use crate::recompute::versions::Versions;
use sanduq_core::act::Entry;
use sanduq_core::id::ContestCode;
use sanduq_core::id::UnitCode;
use sanduq_count::image;
use sanduq_count::image::ImageFile;
use sanduq_count::image::Kind;
use sanduq_count::image::Taken;
use sanduq_count::sheet::Way;
use sanduq_journal::hash::Hash;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// An image, as its entry has it.
#[derive(Clone, Debug)]
pub struct ImageAct {
    /// The number of the entry.
    pub index: u64,
    /// Of which version.
    pub version: u32,
    /// Which page of it.
    pub page: u32,
    /// The file.
    pub file: ImageFile,
}

/// The images that the journal knows, by contest and station, in its order.
#[derive(Debug, Default)]
pub struct Images {
    sheets: BTreeMap<ContestCode, BTreeMap<UnitCode, Vec<ImageAct>>>,
    digests: BTreeSet<String>,
}

/// What an entry says of an image; none when a fact is missing or unfit.
fn read(index: u64, entry: &Entry) -> Option<(ContestCode, UnitCode, ImageAct)> {
    let fact = |key: &str| entry.facts.get(key);
    let size = fact("size")?.parse().ok()?;
    let longest = u64::try_from(image::LONGEST).ok()?;
    let taken = fact("taken")?;
    let known = Taken::ALL.iter().any(|own| own.code() == taken);
    let act = ImageAct {
        index,
        version: fact("version")?.parse().ok()?,
        page: fact("page")?.parse().ok()?,
        file: ImageFile {
            kind: Kind::from_code(fact("kind")?)?,
            size,
            digest: Hash::from_hex(fact("digest")?).ok()?.to_string(),
        },
    };
    let contest = ContestCode::new(fact("contest")?).ok()?;
    let station = UnitCode::new(fact("station")?).ok()?;
    (known && (1..=longest).contains(&size)).then_some((contest, station, act))
}

impl Images {
    /// Takes the entry of this number; what is wrong with it. `sheets` are the sheets as the
    /// entries before it left them.
    pub fn take(
        &mut self,
        index: u64,
        entry: &Entry,
        sheets: &BTreeMap<ContestCode, BTreeMap<UnitCode, Versions>>,
    ) -> Option<Point> {
        let Some((contest, station, act)) = read(index, entry) else {
            return Some(Point::EntryFacts);
        };
        let known = || sheets.get(&contest)?.get(&station);
        let last = known().and_then(|versions| versions.iter().last());
        let open = last.is_some_and(|(version, acts)| {
            let state = acts.way.as_ref().map_or("", Way::state);
            version == act.version && image::takes(state)
        });
        let stations = self.sheets.entry(contest).or_default();
        let own = stations.entry(station).or_default();
        let pages = own.iter().filter(|one| one.version == act.version);
        let next = pages.map(|one| one.page).max().unwrap_or(0).checked_add(1);
        let is_next = next == Some(act.page) && act.page <= image::MOST_PAGES;
        let is_new = self.digests.insert(act.file.digest.clone());
        own.push(act);
        if !is_new {
            Some(Point::ImageTwice)
        } else if !open || !is_next {
            Some(Point::ImageWay)
        } else {
            None
        }
    }

    /// The images of a contest.
    pub fn of(&self, contest: &ContestCode) -> impl Iterator<Item = (&UnitCode, &ImageAct)> {
        let stations = self.sheets.get(contest).into_iter().flatten();
        stations.flat_map(|(station, acts)| acts.iter().map(move |act| (station, act)))
    }
}
