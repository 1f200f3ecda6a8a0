//! Everything the pages show, added up once from one snapshot and then only read: no page asks the
//! store about a unit. Always true here: figures of a contest that is not released, and figures
//! that a second person has yet to type blind, cannot be had from a view (INV-28, INV-31).

use crate::condition::Condition;
use crate::day;
use crate::day::Day;
use crate::day::Hour;
use crate::previous::Previous;
use sanduq_core::contest::Contest;
use sanduq_core::geography::Unit;
use sanduq_core::geography::UnitIx;
use sanduq_core::id::ContestCode;
use sanduq_core::id::UnitCode;
use sanduq_count::form::Form;
use sanduq_count::publication::Edition;
use sanduq_count::publication::PublicContest;
use sanduq_count::publication::PublicationRefusal;
use sanduq_count::publication::SeatsFile;
use sanduq_count::publication::Snapshot;
use sanduq_count::publication::StationDay;
use sanduq_count::publication::allotted;
use sanduq_count::results::Coverage;
use sanduq_count::results::Release;
use sanduq_count::results::ResultRefusal;
use sanduq_count::results::Shown;
use sanduq_count::results::Totals;
use sanduq_count::results::tally;
use sanduq_count::results::totals_digest;
use sanduq_count::sheet::Figures;
use sanduq_count::sheet::Paper;
use sanduq_count::sheet::Sheet;
use sanduq_count::sheet::SheetState;
use std::sync::Arc;
use std::sync::OnceLock;

/// How many sheets stand where.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct States {
    /// No sheet has come in.
    pub awaited: u64,
    /// Come in, not typed.
    pub received: u64,
    /// Typed once, or twice and differing.
    pub entered: u64,
    /// In the totals.
    pub accepted: u64,
    /// Held back until both organs decide.
    pub quarantined: u64,
    /// Sent back to the station, or taken out of the totals without a successor.
    pub returned: u64,
}

impl States {
    /// All sheets that are owed.
    #[must_use]
    pub const fn owed(&self) -> u64 {
        self.awaited
            + self.received
            + self.entered
            + self.accepted
            + self.quarantined
            + self.returned
    }

    fn count(&mut self, sheet: Option<&Sheet>) {
        let state = match sheet.map(|sheet| &sheet.state) {
            None => &mut self.awaited,
            Some(SheetState::Received) => &mut self.received,
            Some(SheetState::FirstEntered { .. } | SheetState::Differing { .. }) => {
                &mut self.entered
            }
            Some(SheetState::Accepted { .. }) => &mut self.accepted,
            Some(SheetState::Quarantined { .. }) => &mut self.quarantined,
            Some(SheetState::Returned { .. } | SheetState::Superseded { .. }) => &mut self.returned,
        };
        *state += 1;
    }

    const fn add(&mut self, other: &Self) {
        self.awaited += other.awaited;
        self.received += other.received;
        self.entered += other.entered;
        self.accepted += other.accepted;
        self.quarantined += other.quarantined;
        self.returned += other.returned;
    }
}

/// What is below a unit, itself included.
#[derive(Clone, Debug, Default)]
pub struct Sums {
    /// Persons on the lists of its stations.
    pub registered: u64,
    /// The day of its stations.
    pub day: Day,
    /// Its sheets of all contests.
    pub sheets: States,
    /// Its stations by their condition, in the order of [`Condition::ALL`]; together all of them.
    pub conditions: [u64; Condition::ALL.len()],
}

impl Sums {
    /// How many of its stations are in a condition.
    #[must_use]
    pub fn stations_in(&self, condition: Condition) -> u64 {
        self.conditions[usize::from(condition.byte())]
    }

    fn add(&mut self, below: &Self) {
        self.registered += below.registered;
        self.day.add(&below.day);
        self.sheets.add(&below.sheets);
        for (sum, part) in self.conditions.iter_mut().zip(below.conditions) {
            *sum += part;
        }
    }
}

/// One contest, added up.
struct Counted {
    root: UnitIx,
    units: Vec<UnitIx>,
    shown: Shown,
    seats: Option<SeatsFile>,
}

/// Why a snapshot cannot be shown: it contradicts itself, and a wrong figure is worse than none.
#[derive(Debug)]
pub enum ViewFault {
    /// The figures cannot be added up.
    Results(ResultRefusal),
    /// A contest, its form or its rule is not what it should be.
    Publication(PublicationRefusal),
}

impl core::fmt::Display for ViewFault {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Results(why) => write!(f, "the snapshot cannot be added up: {why}"),
            Self::Publication(why) => write!(f, "the snapshot contradicts itself: {why}"),
        }
    }
}

impl core::error::Error for ViewFault {}

impl From<ResultRefusal> for ViewFault {
    fn from(why: ResultRefusal) -> Self {
        Self::Results(why)
    }
}

impl From<PublicationRefusal> for ViewFault {
    fn from(why: PublicationRefusal) -> Self {
        Self::Publication(why)
    }
}

/// One snapshot, added up.
pub struct View {
    /// The snapshot.
    pub snapshot: Snapshot,
    /// The event before this one, when its folder is known.
    pub previous: Option<Arc<Previous>>,
    sums: Vec<Sums>,
    hours: Vec<Hour>,
    counted: Vec<Counted>,
    pub(crate) far_below: OnceLock<Vec<UnitIx>>,
}

impl View {
    /// Adds a snapshot up.
    ///
    /// # Errors
    /// [`ViewFault`]: the snapshot contradicts itself.
    pub fn new(snapshot: Snapshot) -> Result<Self, ViewFault> {
        let edition = Edition::of(&snapshot)?;
        let mut view = Self {
            sums: Vec::new(),
            hours: Vec::new(),
            counted: Vec::new(),
            previous: None,
            far_below: OnceLock::new(),
            snapshot,
        };
        let contests = view.snapshot.contests.iter();
        let counted: Result<Vec<_>, _> =
            contests.map(|entry| view.count(&edition, entry)).collect();
        view.counted = counted?;
        let whole = |counted: &Counted| match &counted.shown {
            Shown::Released(released) => released.whole(),
            Shown::Locked(_) => Totals::default(),
        };
        let totals: Vec<_> = view.counted.iter().map(whole).collect();
        for (counted, seats) in view.counted.iter_mut().zip(allotted(&edition, &totals)) {
            counted.seats = seats;
        }
        view.sums = view.add_up();
        view.hours = day::hours(&view, view.nation());
        Ok(view)
    }

    fn count(&self, edition: &Edition, entry: &PublicContest) -> Result<Counted, ViewFault> {
        let contest = &entry.contest;
        let geography = &self.snapshot.geography;
        let paper = edition.paper(entry);
        let start = self
            .snapshot
            .sheets
            .partition_point(|s| s.key.contest < contest.code);
        let end = self
            .snapshot
            .sheets
            .partition_point(|s| s.key.contest <= contest.code);
        let own = &self.snapshot.sheets[start..end];
        let tally = if entry.released {
            tally(geography, paper.form(), contest, own)?
        } else {
            // Locked sheets come without figures and count for the coverage alone.
            let empty: Vec<Sheet> = own
                .iter()
                .map(|sheet| without_figures(&paper, sheet))
                .collect();
            tally(geography, paper.form(), contest, &empty)?
        };
        tally.check_sums(geography)?;
        let units = tally.units().to_vec();
        let root = units.first().copied();
        let release = entry.released.then(|| Release::read(&contest.code));
        Ok(Counted {
            root: root.expect("a tally begins with its contest's own unit"),
            units,
            shown: tally.show(release.as_ref())?,
            seats: None,
        })
    }

    fn add_up(&self) -> Vec<Sums> {
        let geography = &self.snapshot.geography;
        let mut sums = vec![Sums::default(); geography.units().len()];
        let hour = day::due_hour(&self.snapshot.profile, self.snapshot.at);
        for ix in geography.stations() {
            let unit = geography.unit(ix);
            let sum = &mut sums[ix.ix()];
            sum.registered = unit.registered.map_or(0, |registered| registered.get());
            sum.day = Day::of(self.station_day(&unit.code), hour);
        }
        for (entry, counted) in self.pairs() {
            for ix in &counted.units {
                let unit = geography.unit(*ix);
                if unit.level == geography.station_level() {
                    let sheet = self.current(&entry.contest.code, &unit.code);
                    sums[ix.ix()].sheets.count(sheet);
                }
            }
        }
        for ix in geography.stations() {
            let sum = &mut sums[ix.ix()];
            sum.conditions[usize::from(Condition::of(sum).byte())] = 1;
        }
        for ix in geography.places().rev() {
            if let Some(above) = geography.parent(ix) {
                let below = sums[ix.ix()].clone();
                sums[above.ix()].add(&below);
            }
        }
        sums
    }

    fn pairs(&self) -> impl Iterator<Item = (&PublicContest, &Counted)> {
        self.snapshot.contests.iter().zip(&self.counted)
    }

    /// The day of a station; none when it has not begun.
    #[must_use]
    pub fn station_day(&self, station: &UnitCode) -> Option<&StationDay> {
        let days = &self.snapshot.days;
        let at = days.binary_search_by(|(code, _)| code.cmp(station)).ok()?;
        Some(&days[at].1)
    }

    /// What is below a unit.
    #[must_use]
    pub fn sums(&self, ix: UnitIx) -> &Sums {
        &self.sums[ix.ix()]
    }

    /// Came and voted of the nation by the hour, added up once for all who watch.
    #[must_use]
    pub fn hours(&self) -> &[Hour] {
        &self.hours
    }

    /// The nation.
    #[must_use]
    pub fn nation(&self) -> UnitIx {
        self.snapshot
            .geography
            .places()
            .next()
            .expect("a checked tree has a nation")
    }

    /// The place and the unit of a code.
    #[must_use]
    pub fn unit(&self, code: &str) -> Option<(UnitIx, &Unit)> {
        let code = UnitCode::new(code).ok()?;
        let ix = self.snapshot.geography.find(&code)?;
        Some((ix, self.snapshot.geography.unit(ix)))
    }

    /// The contest of a code.
    #[must_use]
    pub fn contest(&self, code: &ContestCode) -> Option<&PublicContest> {
        let mut contests = self.snapshot.contests.iter();
        contests.find(|contest| contest.contest.code == *code)
    }

    /// The contests that are put to the voters of a unit as a whole.
    pub fn contests_of(&self, ix: UnitIx) -> impl Iterator<Item = &PublicContest> {
        let path = self.snapshot.geography.path(ix);
        let covers = move |counted: &Counted| path.contains(&counted.root);
        self.pairs()
            .filter(move |(_, counted)| covers(counted))
            .map(|(entry, _)| entry)
    }

    /// The contests of units below a unit, itself left out.
    pub fn contests_below(&self, ix: UnitIx) -> impl Iterator<Item = &PublicContest> {
        let geography = &self.snapshot.geography;
        let below = move |counted: &Counted| {
            counted.root != ix && geography.path(counted.root).contains(&ix)
        };
        self.pairs()
            .filter(move |(_, counted)| below(counted))
            .map(|(entry, _)| entry)
    }

    /// The unit that a contest is put to.
    #[must_use]
    pub fn root(&self, contest: &Contest) -> UnitIx {
        self.counted(contest)
            .map_or(self.nation(), |counted| counted.root)
    }

    /// The form of a contest's sheets.
    #[must_use]
    pub fn form(&self, contest: &PublicContest) -> Option<&Form> {
        self.snapshot.form(&contest.form)
    }

    /// How many stations of a unit owe a sheet of the contest, and how many are counted. This is
    /// public before the release; figures are not.
    #[must_use]
    pub fn coverage(&self, contest: &Contest, ix: UnitIx) -> Coverage {
        let coverage = |counted: &Counted| match &counted.shown {
            Shown::Locked(locked) => locked.coverage(ix),
            Shown::Released(released) => released.coverage(ix),
        };
        self.counted(contest).and_then(coverage).unwrap_or_default()
    }

    /// The totals of a unit; none while the contest is not released.
    #[must_use]
    pub fn totals(&self, contest: &Contest, ix: UnitIx) -> Option<Totals> {
        match &self.counted(contest)?.shown {
            Shown::Locked(_) => None,
            Shown::Released(released) => released.totals(ix),
        }
    }

    /// The digest of the totals of every unit of a contest, under which both organs certify them;
    /// none while it is not released.
    #[must_use]
    pub fn totals_digest(&self, contest: &Contest) -> Option<String> {
        let Shown::Released(released) = &self.counted(contest)?.shown else {
            return None;
        };
        let geography = &self.snapshot.geography;
        let totals = |ix| Some((&geography.unit(ix).code, released.totals(ix)?));
        let units = released.units().iter().copied();
        Some(totals_digest(units.filter_map(totals)))
    }

    /// The seats of a contest as its rule allots them from the totals; none while it is not
    /// released, or when it has no rule.
    #[must_use]
    pub fn seats(&self, contest: &Contest) -> Option<&SeatsFile> {
        self.counted(contest)?.seats.as_ref()
    }

    fn counted(&self, contest: &Contest) -> Option<&Counted> {
        let mut pairs = self.pairs();
        pairs
            .find(|(entry, _)| entry.contest.code == contest.code)
            .map(|(_, counted)| counted)
    }

    /// All versions of a sheet, the first one first.
    #[must_use]
    pub fn versions(&self, contest: &ContestCode, station: &UnitCode) -> &[Sheet] {
        let sheets = &self.snapshot.sheets;
        let of = |sheet: &Sheet| (&sheet.key.contest, &sheet.key.station).cmp(&(contest, station));
        let start = sheets.partition_point(|sheet| of(sheet).is_lt());
        let end = sheets.partition_point(|sheet| of(sheet).is_le());
        &sheets[start..end]
    }

    /// The current version of a sheet.
    #[must_use]
    pub fn current(&self, contest: &ContestCode, station: &UnitCode) -> Option<&Sheet> {
        self.versions(contest, station).last()
    }

    /// The current version of every sheet that has come in.
    pub fn current_sheets(&self) -> impl Iterator<Item = &Sheet> {
        let same = |a: &Sheet, b: &Sheet| a.key == b.key;
        self.snapshot
            .sheets
            .chunk_by(same)
            .filter_map(|versions| versions.last())
    }

    /// The figures of a sheet that everybody may see: none while the contest is not released, and
    /// none while it is being typed, because the second entry is blind.
    #[must_use]
    pub fn figures<'a>(&self, contest: &PublicContest, sheet: &'a Sheet) -> Option<&'a Figures> {
        sheet.state.public().filter(|_| contest.released)
    }
}

/// The sheet with its lines left empty, when it counts.
fn without_figures(paper: &Paper<'_>, sheet: &Sheet) -> Sheet {
    let mut sheet = sheet.clone();
    if let SheetState::Accepted { figures, .. } = &mut sheet.state {
        figures.fields = vec![None; paper.form().fields.len()];
        figures.choices = vec![None; paper.contest().choices.len()];
    }
    sheet
}
