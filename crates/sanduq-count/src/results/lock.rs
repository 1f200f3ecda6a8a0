//! The lock on candidates' figures: until the last station of the contest has closed, extended ones
//! and those abroad included, a tally shows its coverage and nothing else (requirements 0.2,
//! tension 1; INV-31).

use super::Coverage;
use super::ResultRefusal;
use super::Tally;
use super::Totals;
use jiff::Timestamp;
use sanduq_core::act::Act;
use sanduq_core::act::Actor;
use sanduq_core::act::Change;
use sanduq_core::act::Entry;
use sanduq_core::contest::Contest;
use sanduq_core::geography::Geography;
use sanduq_core::geography::UnitIx;
use sanduq_core::id::ContestCode;
use sanduq_core::id::UnitCode;

/// The proof that the figures of a contest may be shown. [`lift_lock`] makes it; whoever has read
/// that the act was journaled gets it again from [`Release::recorded`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Release {
    contest: ContestCode,
}

impl Release {
    /// The proof from an entry of the journal; none when it is another act.
    #[must_use]
    pub fn recorded(entry: &Entry) -> Option<Self> {
        if Act::from_code(&entry.act) != Some(Act::CandidateFiguresReleased) {
            return None;
        }
        let contest = ContestCode::new(entry.facts.get("contest")?).ok()?;
        Some(Self { contest })
    }

    /// The proof for whoever reads a snapshot that says so: the store releases a contest in it only
    /// once the act stands in the journal, and the stranger's checker looks for the act there.
    #[must_use]
    pub fn read(contest: &ContestCode) -> Self {
        Self {
            contest: contest.clone(),
        }
    }

    /// The contest.
    #[must_use]
    pub const fn contest(&self) -> &ContestCode {
        &self.contest
    }
}

/// Lifts the lock of a contest. `closed` says when a station closed.
///
/// # Errors
/// [`ResultRefusal::StationOpen`] naming the first station that has not closed by `at`;
/// [`ResultRefusal::UnknownUnit`].
pub fn lift_lock(
    geography: &Geography,
    contest: &Contest,
    closed: impl Fn(&UnitCode) -> Option<Timestamp>,
    by: &Actor,
    at: Timestamp,
) -> Result<Change<Release>, ResultRefusal> {
    let unknown = || ResultRefusal::UnknownUnit(contest.unit.clone());
    let top = geography.find(&contest.unit).ok_or_else(unknown)?;
    for station in geography.stations() {
        let code = &geography.unit(station).code;
        let open = closed(code).is_none_or(|closed| closed > at);
        if open && geography.path(station).contains(&top) {
            return Err(ResultRefusal::StationOpen(code.clone()));
        }
    }
    Ok(Change {
        next: Release {
            contest: contest.code.clone(),
        },
        entry: Entry::new(Act::CandidateFiguresReleased, by, at).with("contest", &contest.code),
    })
}

/// What may be shown of a tally.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shown {
    /// Its coverage.
    Locked(Locked),
    /// Everything.
    Released(Released),
}

/// A tally under lock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Locked(Tally);

/// A tally whose lock has been lifted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Released(Tally);

impl Tally {
    /// What may be shown of the tally: everything to whoever brings its release.
    ///
    /// # Errors
    /// [`ResultRefusal::OtherContest`].
    pub fn show(self, release: Option<&Release>) -> Result<Shown, ResultRefusal> {
        match release {
            None => Ok(Shown::Locked(Locked(self))),
            Some(release) if release.contest == *self.contest() => {
                Ok(Shown::Released(Released(self)))
            }
            Some(release) => Err(ResultRefusal::OtherContest(release.contest.clone())),
        }
    }
}

impl Locked {
    /// How much of a unit has come in; none outside the contest.
    #[must_use]
    pub fn coverage(&self, unit: UnitIx) -> Option<Coverage> {
        self.0.coverage(unit)
    }
}

impl Released {
    /// The contest.
    #[must_use]
    pub const fn contest(&self) -> &ContestCode {
        self.0.contest()
    }

    /// The units of the contest, its own first, parents before children.
    #[must_use]
    pub fn units(&self) -> &[UnitIx] {
        self.0.units()
    }

    /// How much of a unit is in the figures; none outside the contest.
    #[must_use]
    pub fn coverage(&self, unit: UnitIx) -> Option<Coverage> {
        self.0.coverage(unit)
    }

    /// The figures of a unit; none outside the contest.
    #[must_use]
    pub fn totals(&self, unit: UnitIx) -> Option<Totals> {
        self.0.totals(unit)
    }

    /// The figures of the contest.
    ///
    /// # Panics
    /// Never: a tally has its contest's own unit.
    #[must_use]
    pub fn whole(&self) -> Totals {
        let top = self.0.units().first().copied();
        top.and_then(|top| self.0.totals(top))
            .expect("a tally begins with its contest's own unit")
    }
}
