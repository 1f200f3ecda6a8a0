//! The registers together: what is read of files, checked across its rows, with what the rules add
//! to it: reserves, the members whom supervision needs, relatives.

use crate::assignment::committee::Committee;
use crate::assignment::committee::Kind;
use crate::assignment::committee::RESERVE;
use crate::assignment::kinship::Kinship;
use crate::assignment::kinship::KinshipRefusal;
use crate::assignment::kinship::Link;
use crate::assignment::person::Person;
use crate::assignment::rules::Rules;
use sanduq_core::id::ActorId;
use sanduq_core::id::ContestCode;
use sanduq_core::id::UnitCode;
use sanduq_core::place::Point;
use sanduq_core::refusal::Refusal;
use std::collections::BTreeMap;

/// A row of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row<T> {
    /// Which row, the line of names being the first.
    pub row: u64,
    /// What it says.
    pub told: T,
}

/// What was read.
#[derive(Clone, Debug, Default)]
pub struct Told {
    /// Judges or administrators.
    pub people: Vec<Row<Person>>,
    /// Committees, with their seats where the row says them.
    pub committees: Vec<Row<(Committee, Option<u32>)>>,
    /// Kinship.
    pub kinship: Vec<Link>,
    /// Candidates: who, and in which contest.
    pub candidates: Vec<(ActorId, ContestCode)>,
    /// Who serves already, placed from another register: judges, where administrators are placed.
    pub serving: Vec<(ActorId, UnitCode)>,
}

/// Which file a row belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Register {
    /// Judges or administrators.
    People,
    /// Committees.
    Committees,
    /// Kinship.
    Kinship,
}

/// What is wrong with a row beside the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// The same code stands in this earlier row.
    Twice(u64),
    /// It says no seats, and the rules do not count them by voters.
    SeatsMissing,
    /// A committee of nobody.
    SeatsZero,
    /// Its code is that of a reserve.
    ReserveCode,
    /// The committee above it is none, or no general committee.
    UnderUnknown,
    /// Somebody is their own relative.
    KinItself,
    /// Somebody is among their own ancestors.
    KinCircular,
}

/// Why registers cannot be used: the first row that is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RegisterRefusal {
    /// Which file.
    pub register: Register,
    /// Which row of it.
    pub row: u64,
    /// What is wrong.
    pub wrong: Wrong,
}

impl Refusal for RegisterRefusal {
    fn code(&self) -> &'static str {
        match (self.wrong, self.register) {
            (Wrong::Twice(_), Register::People) => "assignment.person_twice",
            (Wrong::Twice(_), _) => "assignment.committee_twice",
            (Wrong::SeatsMissing, _) => "assignment.seats_missing",
            (Wrong::SeatsZero, _) => "assignment.seats_zero",
            (Wrong::ReserveCode, _) => "assignment.reserve_code",
            (Wrong::UnderUnknown, _) => "assignment.under_unknown",
            (Wrong::KinItself, _) => "assignment.kin_itself",
            (Wrong::KinCircular, _) => "assignment.kin_circular",
        }
    }
}

impl core::fmt::Display for RegisterRefusal {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        let file = match self.register {
            Register::People => "people",
            Register::Committees => "committees",
            Register::Kinship => "kinship",
        };
        write!(f, "{file}, row {}: ", self.row)?;
        match self.wrong {
            Wrong::Twice(first) => write!(f, "the code stands in row {first} already"),
            Wrong::SeatsMissing => f.write_str("the committee has no number of seats"),
            Wrong::SeatsZero => f.write_str("a committee of no seats"),
            Wrong::ReserveCode => write!(f, "a code that begins with `{RESERVE}` is a reserve's"),
            Wrong::UnderUnknown => f.write_str("the committee above it is no general committee"),
            Wrong::KinItself => f.write_str("nobody is their own relative"),
            Wrong::KinCircular => f.write_str("nobody is among their own ancestors"),
        }
    }
}

impl core::error::Error for RegisterRefusal {}

/// Registers that were checked, each in the order of its codes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Registers {
    /// Judges or administrators.
    pub people: Vec<Person>,
    /// Committees, and after them in the order of codes the reserve of each governorate.
    pub committees: Vec<Committee>,
}

impl Registers {
    /// Checks what was read and adds what the rules add.
    ///
    /// # Errors
    /// [`RegisterRefusal`] naming the row.
    pub fn new(told: Told, rules: &Rules) -> Result<Self, RegisterRefusal> {
        let kinship = Kinship::new(&told.kinship).map_err(|refusal| {
            let (row, wrong) = match refusal {
                KinshipRefusal::Itself(row) => (row, Wrong::KinItself),
                KinshipRefusal::Circular(row) => (row, Wrong::KinCircular),
            };
            let register = Register::Kinship;
            RegisterRefusal {
                register,
                row,
                wrong,
            }
        })?;
        let mut people = ordered(told.people, Register::People, |person| &person.code)?;
        relate(&mut people, &kinship, &told.candidates, rules);
        part(&mut people, &kinship, &told.serving, rules);
        let mut committees = ordered(told.committees, Register::Committees, |(committee, _)| {
            &committee.code
        })?;
        seat(&mut committees, rules)?;
        let mut committees: Vec<Committee> = committees.into_iter().map(|row| row.told.0).collect();
        supervise(&mut committees, rules);
        stand_by(&mut committees, rules);
        committees.sort_by(|one, other| one.code.cmp(&other.code));
        Ok(Self {
            people: people.into_iter().map(|row| row.told).collect(),
            committees,
        })
    }

    /// The person of a code, by its place in the register.
    #[must_use]
    pub fn person(&self, code: &ActorId) -> Option<usize> {
        let found = self.people.binary_search_by(|person| person.code.cmp(code));
        found.ok()
    }

    /// The committee of a code, by its place in the register.
    #[must_use]
    pub fn committee(&self, code: &UnitCode) -> Option<usize> {
        let by_code = |committee: &Committee| committee.code.cmp(code);
        self.committees.binary_search_by(by_code).ok()
    }

    /// Seats that are to be taken, those of reserves included.
    #[must_use]
    pub fn seats(&self) -> u64 {
        let seats = self.committees.iter();
        seats.map(|committee| u64::from(committee.seats)).sum()
    }
}

/// Rows in the order of their codes, each code once.
fn ordered<T, C: Ord>(
    mut rows: Vec<Row<T>>,
    register: Register,
    code: impl Fn(&T) -> &C,
) -> Result<Vec<Row<T>>, RegisterRefusal> {
    rows.sort_by(|one, other| {
        let codes = code(&one.told).cmp(code(&other.told));
        codes.then(one.row.cmp(&other.row))
    });
    let pairs = rows.windows(2);
    let mut twice = pairs.filter(|pair| code(&pair[0].told) == code(&pair[1].told));
    match twice.next() {
        None => Ok(rows),
        Some(pair) => Err(RegisterRefusal {
            register,
            row: pair[1].row,
            wrong: Wrong::Twice(pair[0].row),
        }),
    }
}

/// Notes relatives in the register, and contests in which somebody or a relative stands.
fn relate(
    people: &mut [Row<Person>],
    kinship: &Kinship,
    candidates: &[(ActorId, ContestCode)],
    rules: &Rules,
) {
    let codes: Vec<ActorId> = people.iter().map(|row| row.told.code.clone()).collect();
    let mut stands: BTreeMap<&ActorId, Vec<&ContestCode>> = BTreeMap::new();
    for (candidate, contest) in candidates {
        stands.entry(candidate).or_default().push(contest);
    }
    for (row, code) in people.iter_mut().zip(&codes) {
        let related = kinship.within(code, rules.kinship_degrees);
        let standing = related.iter().copied().chain([code]);
        let standing = standing.flat_map(|one| stands.get(one).into_iter().flatten());
        let person = &mut row.told;
        person.standing = standing.map(|contest| (*contest).clone()).collect();
        person.standing.sort();
        person.standing.dedup();
        let known = related
            .iter()
            .filter(|one| codes.binary_search(one).is_ok());
        person.relatives = known.map(|one| (*one).clone()).collect();
    }
}

/// Notes who serves already, placed from another register, and where relatives of those sit; who
/// stands by sits nowhere.
fn part(
    people: &mut [Row<Person>],
    kinship: &Kinship,
    serving: &[(ActorId, UnitCode)],
    rules: &Rules,
) {
    if serving.is_empty() {
        return;
    }
    let mut posts: BTreeMap<&ActorId, Vec<&UnitCode>> = BTreeMap::new();
    for (person, committee) in serving {
        posts.entry(person).or_default().push(committee);
    }
    for row in people {
        let person = &mut row.told;
        person.elsewhere = posts.contains_key(&person.code);
        let related = kinship.within(&person.code, rules.kinship_degrees);
        let sitting = related.iter().flat_map(|one| posts.get(one)).flatten();
        let sitting = sitting.filter(|code| !code.as_str().starts_with(RESERVE));
        person.beside = sitting.map(|code| (*code).clone()).collect();
        person.beside.sort();
        person.beside.dedup();
    }
}

/// Every committee has its number of seats, and a committee above it that is one.
fn seat(
    committees: &mut [Row<(Committee, Option<u32>)>],
    rules: &Rules,
) -> Result<(), RegisterRefusal> {
    let general = |row: &&Row<(Committee, Option<u32>)>| row.told.0.kind == Kind::GeneralCommittee;
    let above = committees.iter().filter(general);
    let above: Vec<UnitCode> = above.map(|row| row.told.0.code.clone()).collect();
    let mut rows: Vec<_> = committees.iter_mut().collect();
    // The first row of the file that is wrong is the one to be named.
    rows.sort_by_key(|row| row.row);
    for Row { row, told } in rows {
        let no = |wrong| RegisterRefusal {
            register: Register::Committees,
            row: *row,
            wrong,
        };
        let (committee, seats) = told;
        if committee.code.as_str().starts_with(RESERVE) {
            return Err(no(Wrong::ReserveCode));
        }
        let counted = rules.post(committee.kind).seats;
        let counted = counted.map(|seats| seats.of(committee.voters));
        committee.seats = seats.or(counted).ok_or(no(Wrong::SeatsMissing))?;
        if committee.seats == 0 {
            return Err(no(Wrong::SeatsZero));
        }
        let under = committee.under.as_ref();
        if under.is_some_and(|under| above.binary_search(under).is_err()) {
            return Err(no(Wrong::UnderUnknown));
        }
    }
    Ok(())
}

/// Sub-committees below each general committee.
#[must_use]
pub fn below(committees: &[Committee]) -> BTreeMap<UnitCode, u32> {
    let mut below = BTreeMap::new();
    let under = committees.iter().filter_map(|one| one.under.as_ref());
    for above in under {
        *below.entry(above.clone()).or_default() += 1;
    }
    below
}

/// Seats of each governorate, without its reserve.
#[must_use]
pub fn seats_by_governorate(committees: &[Committee]) -> BTreeMap<UnitCode, u32> {
    let mut seats: BTreeMap<UnitCode, u32> = BTreeMap::new();
    let serving = committees.iter().filter(|one| one.kind != Kind::Reserve);
    for one in serving {
        let sum = seats.entry(one.governorate.clone()).or_default();
        *sum = sum.saturating_add(one.seats);
    }
    seats
}

/// General committees have as many seats as the sub-committees below them ask for.
fn supervise(committees: &mut [Committee], rules: &Rules) {
    let below = below(committees);
    for committee in committees {
        let needed = below.get(&committee.code).copied().unwrap_or(0);
        committee.seats = committee.seats.max(rules.supervisors(needed));
    }
}

/// A reserve in each governorate, in the middle of its committees.
fn stand_by(committees: &mut Vec<Committee>, rules: &Rules) {
    let mut reserves = Vec::new();
    for (governorate, seats) in seats_by_governorate(committees) {
        let inside = committees
            .iter()
            .filter(|one| one.governorate == governorate);
        let inside: Vec<&Committee> = inside.collect();
        let wanted = rules.reserves(seats);
        let code = UnitCode::new(&format!("{RESERVE}{governorate}"));
        let (Ok(code), 1..) = (code, wanted) else {
            continue;
        };
        // Who stands where everybody votes is of no use as a reserve.
        let contests = inside[0].contests.iter();
        let everywhere =
            |contest: &&ContestCode| inside.iter().all(|one| one.contests.contains(contest));
        let ranks = inside.iter().filter(|one| one.kind == Kind::SubCommittee);
        reserves.push(Committee {
            code,
            kind: Kind::Reserve,
            governorate: governorate.clone(),
            district: None,
            point: middle(&inside),
            voters: 0,
            seats: wanted,
            women: false,
            contests: contests.filter(everywhere).cloned().collect(),
            under: None,
            rank: ranks.map(|one| one.rank).min().unwrap_or(1),
            skills: Vec::new(),
        });
    }
    committees.extend(reserves);
}

/// The middle of committees, each as heavy as its seats.
fn middle(committees: &[&Committee]) -> Point {
    let mut sums = [0_i64; 3];
    let mut weights = 0;
    for one in committees {
        let weight = i64::from(one.seats);
        weights += weight;
        for (sum, along) in sums.iter_mut().zip(one.point.axes) {
            *sum += i64::from(along) * weight;
        }
    }
    let along = |sum: i64| i32::try_from(sum / weights.max(1)).unwrap_or(0);
    Point {
        axes: sums.map(along),
    }
}

#[cfg(test)]
mod tests;
