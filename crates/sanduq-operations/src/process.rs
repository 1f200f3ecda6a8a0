//! The twenty-five processes of an election (requirements B), and which acts of the journal begin
//! and end each that this program carries out. Always true here: how far a process is follows from
//! the acts that were seen and from nothing else, and a process that the program does not carry out
//! says so and has no state.
//!
//! ```text
//! not begun ── an act that begins it ──▶ under way ── what ends it ──▶ done
//! ```

use jiff::Timestamp;
use sanduq_core::act::Act;
use sanduq_core::act::Entry;
use sanduq_core::act::Organ;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// When in the election a process has its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    /// Before the polling day.
    Before,
    /// On the day, to the totals.
    Day,
    /// After the totals.
    After,
    /// All along.
    Support,
}

impl Phase {
    /// Every phase, in order.
    pub const ALL: [Self; 4] = [Self::Before, Self::Day, Self::After, Self::Support];

    /// Its word in files.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Before => "before",
            Self::Day => "day",
            Self::After => "after",
            Self::Support => "support",
        }
    }
}

/// How much of a process the program carries out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// All that needs a program.
    Whole,
    /// A part; the rest goes its way on paper.
    Part,
    /// Nothing yet.
    Nothing,
}

impl Extent {
    /// Its word in files.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Whole => "whole",
            Self::Part => "part",
            Self::Nothing => "nothing",
        }
    }
}

/// What ends a process.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// No act of this program: it goes on.
    Never,
    /// This act, once.
    Once(Act),
    /// This act in each contest whose list of choices was adopted.
    EachContest(Act),
}

/// Who may have done an act for it to count here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum By {
    Anybody,
    The(Organ),
    AllBut(Organ),
}

impl By {
    fn is(self, organ: Organ) -> bool {
        match self {
            Self::Anybody => true,
            Self::The(own) => organ == own,
            Self::AllBut(other) => organ != other,
        }
    }
}

/// One of the twenty-five.
#[derive(Clone, Copy, Debug)]
pub struct Process {
    /// Its number, 1 to 25.
    pub number: u8,
    /// When.
    pub phase: Phase,
    /// The organ that answers for it.
    pub owner: Organ,
    /// How much of it the program carries out.
    pub extent: Extent,
    /// The acts that begin it.
    pub begins: &'static [Act],
    /// What ends it.
    pub end: End,
    by: By,
}

impl Process {
    /// Its code, as in the requirements: `P01`.
    #[must_use]
    pub fn code(&self) -> String {
        format!("P{:02}", self.number)
    }
}

const fn own(number: u8, phase: Phase, owner: Organ) -> Process {
    Process {
        number,
        phase,
        owner,
        extent: Extent::Nothing,
        begins: &[],
        end: End::Never,
        by: By::Anybody,
    }
}

const fn carried(process: Process, extent: Extent, begins: &'static [Act], end: End) -> Process {
    Process {
        extent,
        begins,
        end,
        ..process
    }
}

const fn by(process: Process, by: By) -> Process {
    Process { by, ..process }
}

/// What both organs decide about a sheet.
const DECISIONS: &[Act] = &[
    Act::SheetProposed,
    Act::SheetProposalRefused,
    Act::SheetAdjudicated,
    Act::SheetReturned,
    Act::SheetSuperseded,
];
/// What happens to a sheet before it counts.
const SHEETS: &[Act] = &[
    Act::ImportBegun,
    Act::SheetReceived,
    Act::SheetFirstEntered,
    Act::SheetSecondEntered,
    Act::SheetAccepted,
];
const CERTIFIED: End = End::EachContest(Act::ResultCertified);
const CLOSED: End = End::EachContest(Act::CandidateFiguresReleased);

/// The twenty-five, in order.
pub const PROCESSES: [Process; 25] = [
    carried(
        own(1, Phase::Before, Organ::Executive),
        Extent::Whole,
        &[Act::EventCalled],
        End::Once(Act::LawAdopted),
    ),
    carried(
        own(2, Phase::Before, Organ::Executive),
        Extent::Whole,
        &[Act::GeographyAdopted],
        End::Once(Act::GeographyAdopted),
    ),
    own(3, Phase::Before, Organ::Executive),
    by(
        carried(
            own(4, Phase::Before, Organ::Supervision),
            Extent::Part,
            &[Act::StaffEnrolled],
            End::Never,
        ),
        By::The(Organ::Supervision),
    ),
    carried(
        own(5, Phase::Before, Organ::Executive),
        Extent::Whole,
        &[Act::AgencyBatchApplied],
        End::Once(Act::RollFrozen),
    ),
    carried(
        own(6, Phase::Before, Organ::Executive),
        Extent::Part,
        &[Act::RollFrozen],
        End::Once(Act::RollFrozen),
    ),
    own(7, Phase::Before, Organ::Executive),
    own(8, Phase::Before, Organ::Supervision),
    carried(
        own(9, Phase::Before, Organ::Supervision),
        Extent::Part,
        &[Act::CandidatesAdopted],
        End::EachContest(Act::CandidatesAdopted),
    ),
    own(10, Phase::Before, Organ::Executive),
    carried(
        own(11, Phase::Before, Organ::Executive),
        Extent::Part,
        &[Act::GeographyAdopted],
        End::Once(Act::VotersPlaced),
    ),
    by(
        carried(
            own(12, Phase::Before, Organ::Executive),
            Extent::Part,
            &[Act::StaffEnrolled],
            End::Never,
        ),
        By::AllBut(Organ::Supervision),
    ),
    own(13, Phase::Before, Organ::Executive),
    own(14, Phase::Before, Organ::Executive),
    carried(
        own(15, Phase::Day, Organ::Executive),
        Extent::Whole,
        &[Act::StationsOpened, Act::CheckInsRecorded],
        CLOSED,
    ),
    carried(
        own(16, Phase::Day, Organ::Executive),
        Extent::Part,
        &[Act::StationsOpened],
        CERTIFIED,
    ),
    carried(
        own(17, Phase::Day, Organ::Executive),
        Extent::Part,
        SHEETS,
        CERTIFIED,
    ),
    carried(
        own(18, Phase::Day, Organ::Executive),
        Extent::Whole,
        SHEETS,
        CERTIFIED,
    ),
    carried(
        own(19, Phase::After, Organ::Judiciary),
        Extent::Part,
        DECISIONS,
        CERTIFIED,
    ),
    carried(
        own(20, Phase::After, Organ::Supervision),
        Extent::Whole,
        &[Act::ResultProposed, Act::ResultCertified],
        CERTIFIED,
    ),
    carried(
        own(21, Phase::After, Organ::Executive),
        Extent::Part,
        &[Act::LotDrawn, Act::SeatsAllotted],
        End::EachContest(Act::SeatsAllotted),
    ),
    carried(
        own(22, Phase::Support, Organ::Executive),
        Extent::Part,
        &[Act::StationsOpened, Act::TurnoutReported],
        CLOSED,
    ),
    carried(
        own(23, Phase::Support, Organ::Technical),
        Extent::Part,
        &[Act::EventCalled],
        End::Never,
    ),
    carried(
        own(24, Phase::Support, Organ::Executive),
        Extent::Part,
        &[Act::PublicationSealed],
        End::Never,
    ),
    own(25, Phase::Support, Organ::Executive),
];

/// An entry of the journal: its number and its instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mark {
    /// Its number, counted from 0.
    pub index: u64,
    /// When it is dated.
    pub at: Timestamp,
}

/// The acts of one kind by one organ: how many, the first and the last of them by number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sight {
    /// How many.
    pub count: u64,
    /// The first.
    pub first: Mark,
    /// The last.
    pub last: Mark,
}

/// What the journal has been seen to say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    sights: BTreeMap<(Act, Organ), Sight>,
    contests: BTreeMap<Act, BTreeSet<String>>,
}

/// Acts that are asked for by contest: their entries are seen one by one.
pub const BY_CONTEST: [Act; 4] = [
    Act::CandidatesAdopted,
    Act::CandidateFiguresReleased,
    Act::SeatsAllotted,
    Act::ResultCertified,
];

impl Seen {
    /// Takes further acts of one kind by one organ.
    pub fn add(&mut self, act: Act, organ: Organ, more: Sight) {
        let sight = self
            .sights
            .entry((act, organ))
            .or_insert(Sight { count: 0, ..more });
        sight.count += more.count;
        sight.first = sight.first.min(more.first);
        sight.last = sight.last.max(more.last);
    }

    /// Takes the contest of an entry of [`BY_CONTEST`]; entries of other acts are passed over.
    pub fn contest(&mut self, entry: &Entry) {
        let act = Act::from_code(&entry.act).filter(|act| BY_CONTEST.contains(act));
        if let (Some(act), Some(contest)) = (act, entry.facts.get("contest")) {
            self.contests
                .entry(act)
                .or_default()
                .insert(contest.clone());
        }
    }

    /// Takes one entry.
    pub fn entry(&mut self, index: u64, entry: &Entry) {
        if let Some(act) = Act::from_code(&entry.act) {
            let mark = Mark {
                index,
                at: entry.at,
            };
            let sight = Sight {
                count: 1,
                first: mark,
                last: mark,
            };
            self.add(act, entry.organ, sight);
            self.contest(entry);
        }
    }

    fn of(&self, process: &Process, act: Act) -> impl Iterator<Item = &Sight> {
        let by = process.by;
        let own = move |(key, _): &(&(Act, Organ), &Sight)| key.0 == act && by.is(key.1);
        self.sights.iter().filter(own).map(|(_, sight)| sight)
    }

    fn first(&self, process: &Process) -> Option<Mark> {
        let begins = process.begins.iter();
        let marks = begins.flat_map(|act| self.of(process, *act).map(|sight| sight.first));
        marks.min()
    }

    /// In how many contests an act was done, and of how many: those whose list was adopted.
    fn in_contests(&self, act: Act) -> (u64, u64) {
        let none = BTreeSet::new();
        let adopted = self.contests.get(&Act::CandidatesAdopted).unwrap_or(&none);
        let done = self.contests.get(&act).unwrap_or(&none);
        let size = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
        (
            size(adopted.intersection(done).count()),
            size(adopted.len()),
        )
    }
}

/// How far a process is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// The program does not carry it out: it cannot know.
    Elsewhere,
    /// No act of it is in the journal.
    NotBegun,
    /// It has begun.
    UnderWay,
    /// What ends it is in the journal.
    Done,
}

impl State {
    /// Every state.
    pub const ALL: [Self; 4] = [Self::Elsewhere, Self::NotBegun, Self::UnderWay, Self::Done];

    /// Its word in files.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Elsewhere => "elsewhere",
            Self::NotBegun => "not_begun",
            Self::UnderWay => "under_way",
            Self::Done => "done",
        }
    }
}

/// How far a process is, and what in the journal says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// How far.
    pub state: State,
    /// The entry that began it.
    pub begun: Option<Mark>,
    /// The entry that ended it.
    pub ended: Option<Mark>,
    /// In how many contests what ends it was done, and of how many.
    pub contests: Option<(u64, u64)>,
}

/// How far a process is.
#[must_use]
pub fn standing(process: &Process, seen: &Seen) -> Standing {
    let mut standing = Standing {
        state: State::Elsewhere,
        begun: None,
        ended: None,
        contests: None,
    };
    if process.extent == Extent::Nothing {
        return standing;
    }
    let last = |act| seen.of(process, act).map(|sight| sight.last).max();
    standing.begun = seen.first(process);
    standing.ended = match process.end {
        End::Never => None,
        End::Once(act) => last(act),
        End::EachContest(act) => {
            let (done, adopted) = seen.in_contests(act);
            standing.contests = Some((done, adopted)).filter(|_| adopted > 0);
            last(act).filter(|_| adopted > 0 && done == adopted)
        }
    };
    standing.state = match (standing.begun, standing.ended, standing.contests) {
        (_, Some(_), _) => State::Done,
        (Some(_), None, _) | (None, None, Some((1.., _))) => State::UnderWay,
        (None, None, _) => State::NotBegun,
    };
    standing
}

#[cfg(test)]
mod tests;
