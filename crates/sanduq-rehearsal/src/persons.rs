//! The persons of the invented nation, as an agency knows them: one row for each voter of each
//! centre, and among them those who may not vote: the dead, the young, a number twice, a domicile
//! that no centre has. The file is written row by row; nothing keeps the nation in memory.

use crate::chance::Chance;
use crate::homes::Homes;
use crate::nation::Nation;
use crate::people::family::Line;
use crate::people::family::siblings;
use crate::people::source::NameIndex;
use crate::people::source::Source;
use core::fmt::Write as _;
use jiff::civil::Date;
use std::io::Write;

/// How many rows of each kind the file holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// Persons with the right to vote.
    pub voters: u64,
    /// Persons who have died.
    pub deceased: u64,
    /// Persons too young on polling day.
    pub young: u64,
    /// Rows whose national number has come before.
    pub twice: u64,
    /// Persons whose domicile no centre has.
    pub unknown: u64,
}

impl Written {
    /// All rows.
    #[must_use]
    pub const fn rows(&self) -> u64 {
        self.voters + self.deceased + self.young + self.twice + self.unknown
    }
}

/// What is odd about a row.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Voter,
    Deceased,
    Young,
    Twice,
    Unknown,
}

/// Writes the agency's file: the header of [`sanduq_register::agency::COLUMNS`], then the persons
/// of each centre in order; and where each of them lives, as [`Homes`] has it. `last_birthday` is
/// the last day of birth with the right to vote. `progress` is told the rows so far, now and then.
///
/// # Errors
/// When the writer fails.
pub fn write(
    people: &Source,
    nation: &Nation,
    last_birthday: Date,
    seed: u64,
    (out, homes): (&mut impl Write, &mut impl Write),
    progress: &mut dyn FnMut(u64),
) -> std::io::Result<Written> {
    let mut chance = Chance::new(seed, "persons");
    let mut written = Written::default();
    let mut row = String::with_capacity(256);
    let mut numbers = Numbers::default();
    writeln!(out, "{}", sanduq_register::agency::COLUMNS.join(","))?;
    let mut homes = Homes::begin(nation, seed, homes)?;
    for (at, centre) in nation.centres.iter().enumerate() {
        homes.quarter(at);
        let mut voters = centre.voters;
        let mut family = None;
        while voters > 0 {
            let kind = odd(&mut chance, !numbers.voter.is_empty());
            match kind {
                Kind::Voter => {
                    voters -= 1;
                    written.voters += 1;
                }
                Kind::Deceased => written.deceased += 1,
                Kind::Young => written.young += 1,
                Kind::Twice => written.twice += 1,
                Kind::Unknown => written.unknown += 1,
            }
            let domicile = if kind == Kind::Unknown {
                "99-99-999"
            } else {
                centre.code.as_str()
            };
            let mut birth = Birth {
                people,
                chance: &mut chance,
                last_birthday,
            };
            let person = birth.person(kind, &mut family);
            let serial = written.rows();
            row.clear();
            let number = numbers.next(kind, person.born, serial);
            row.push_str(number);
            // Whoever stands in the register twice lives in one place.
            if kind != Kind::Twice {
                homes.person(number, person.woman, person.first)?;
            }
            person.write(people, domicile, &mut row);
            if kind == Kind::Deceased {
                let _ = write!(row, "{}", birth.died());
            }
            row.push('\n');
            out.write_all(row.as_bytes())?;
            if serial.is_multiple_of(65_536) {
                progress(serial);
            }
        }
    }
    out.flush()?;
    homes.end()?;
    progress(written.rows());
    Ok(written)
}

/// One row in a hundred is a dead person, one in fifty too young, one in a thousand there twice,
/// one in five thousand of no known domicile.
fn odd(chance: &mut Chance, any_before: bool) -> Kind {
    match chance.below(10_000) {
        0..100 => Kind::Deceased,
        100..300 => Kind::Young,
        300..310 if any_before => Kind::Twice,
        310..312 => Kind::Unknown,
        _ => Kind::Voter,
    }
}

/// The national numbers of the row at hand and of the last voter, whose number comes twice.
#[derive(Default)]
struct Numbers {
    row: String,
    voter: String,
}

impl Numbers {
    fn next(&mut self, kind: Kind, born: Date, serial: u64) -> &str {
        if kind == Kind::Twice {
            return &self.voter;
        }
        let year = born.year().unsigned_abs() % 100;
        self.row.clear();
        let _ = write!(
            self.row,
            "{year:02}{:02}{:02}{serial:09}",
            born.month(),
            born.day()
        );
        if kind == Kind::Voter {
            self.voter.clone_from(&self.row);
        }
        &self.row
    }
}

/// A person as the row has it.
struct Person {
    name: [NameIndex; 4],
    woman: bool,
    born: Date,
    /// Whether the first of a family.
    first: bool,
}

impl Person {
    /// Writes the row from the name to the comma before the day of death.
    fn write(&self, people: &Source, domicile: &str, row: &mut String) {
        let names = self.name.map(|at| &people.names[at]);
        for (nth, name) in names.iter().enumerate() {
            row.push(if nth == 0 { ',' } else { ' ' });
            row.push_str(&name.written);
        }
        for (nth, name) in names.iter().enumerate() {
            row.push(if nth == 0 { ',' } else { ' ' });
            row.push_str(name.latin.first().map_or("", String::as_str));
        }
        let sex = if self.woman { 'F' } else { 'M' };
        let _ = write!(row, ",{sex},{},{domicile},", self.born);
    }
}

/// The family that is being written, one after the other at one centre.
struct Family {
    line: Line,
    /// Around which its children were born.
    around: Date,
    /// Children who are still to come.
    children: usize,
    /// Whether the father comes behind them.
    father: bool,
    given: Vec<NameIndex>,
    eldest: Option<Date>,
}

/// Draws persons.
struct Birth<'a> {
    people: &'a Source,
    chance: &'a mut Chance,
    last_birthday: Date,
}

impl Birth<'_> {
    /// The next of a family, or the first of another.
    fn person(&mut self, kind: Kind, family: &mut Option<Family>) -> Person {
        if let Some(father) = self.father(kind, family.as_mut()) {
            return father;
        }
        let mut next = match family.take() {
            Some(family) if family.children > 0 => family,
            _ => self.family(),
        };
        let woman = self.chance.once_in(2);
        let born = self.born(kind, next.around);
        let given = next
            .line
            .given(self.people, woman, &next.given, self.chance);
        next.children -= 1;
        let first = next.given.is_empty();
        next.given.push(given);
        next.eldest = Some(next.eldest.map_or(born, |eldest| eldest.min(born)));
        let name = next.line.child(given);
        *family = Some(next);
        Person {
            name,
            woman,
            born,
            first,
        }
    }

    fn family(&mut self) -> Family {
        Family {
            line: Line::draw(self.people, self.chance),
            around: self.adult(),
            children: siblings(self.chance),
            father: self.chance.once_in(3),
            given: Vec::new(),
            eldest: None,
        }
    }

    /// The father of a family whose children are all written, if he can be alive and old enough.
    fn father(&mut self, kind: Kind, family: Option<&mut Family>) -> Option<Person> {
        let family = family.filter(|family| family.children == 0 && family.father)?;
        family.father = false;
        let older = 20 * 365 + i32::try_from(self.chance.below(19 * 365)).unwrap_or(0);
        let born = days_before(family.eldest?, older);
        let possible = born >= days_before(self.last_birthday, DAYS_MAX);
        if kind == Kind::Young || !possible || born > self.last_birthday {
            return None;
        }
        Some(Person {
            name: family.line.father(self.people, self.chance),
            woman: false,
            born,
            first: false,
        })
    }

    /// A day of birth up to nine years from that around which the family was born; the young are
    /// born up to 17 years after the last day that gives the right to vote.
    fn born(&mut self, kind: Kind, around: Date) -> Date {
        if kind == Kind::Young {
            let days = 1 + i32::try_from(self.chance.below(6_200)).unwrap_or(1);
            return days_before(self.last_birthday, -days);
        }
        let apart = i32::try_from(self.chance.below(18 * 365)).unwrap_or(0) - 9 * 365;
        let born = days_before(around, apart);
        // Who would be too young is as much older instead, so that no day has a crowd.
        let over = (born - self.last_birthday).get_days();
        if over > 0 {
            days_before(self.last_birthday, over)
        } else {
            born
        }
    }

    /// A day of birth of somebody with the right to vote: ages from the voting age to 90 more
    /// years, thinning out as they rise.
    fn adult(&mut self) -> Date {
        let most = u64::from(DAYS_MAX.unsigned_abs());
        let age = self.chance.below(most).min(self.chance.below(most));
        days_before(self.last_birthday, i32::try_from(age).unwrap_or(0))
    }

    fn died(&mut self) -> Date {
        let years = 1 + i16::try_from(self.chance.below(15)).unwrap_or(1);
        let years = jiff::Span::new().years(years);
        self.last_birthday.saturating_add(years)
    }
}

/// The days by which the oldest are older than the youngest voter.
const DAYS_MAX: i32 = 32_800;

fn days_before(day: Date, days: i32) -> Date {
    day.saturating_sub(jiff::Span::new().days(days))
}

#[cfg(test)]
mod tests;
