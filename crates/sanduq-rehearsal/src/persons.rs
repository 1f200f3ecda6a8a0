//! The persons of the invented nation, as an agency knows them: one row for each voter of each
//! centre, and among them those who may not vote: the dead, the young, a number twice, a domicile
//! that no centre has. The file is written row by row; nothing keeps the nation in memory.

use crate::chance::Chance;
use crate::data::Data;
use crate::data::FourParts;
use crate::nation::Nation;
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
/// of each centre in order. `last_birthday` is the last day of birth with the right to vote.
/// `progress` is told the rows so far, now and then.
///
/// # Errors
/// When the writer fails.
pub fn write(
    data: &Data,
    nation: &Nation,
    last_birthday: Date,
    seed: u64,
    out: &mut impl Write,
    progress: &mut dyn FnMut(u64),
) -> std::io::Result<Written> {
    let mut chance = Chance::new(seed, "persons");
    let mut written = Written::default();
    let mut row = String::with_capacity(256);
    let mut numbers = Numbers::default();
    writeln!(out, "{}", sanduq_register::agency::COLUMNS.join(","))?;
    for centre in &nation.centres {
        let mut voters = centre.voters;
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
            let mut person = Person {
                data,
                chance: &mut chance,
                last_birthday,
            };
            let serial = written.rows();
            person.write(kind, serial, domicile, &mut numbers, &mut row);
            out.write_all(row.as_bytes())?;
            if serial.is_multiple_of(65_536) {
                progress(serial);
            }
        }
    }
    out.flush()?;
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

struct Person<'a> {
    data: &'a Data,
    chance: &'a mut Chance,
    last_birthday: Date,
}

impl Person<'_> {
    fn write(
        &mut self,
        kind: Kind,
        serial: u64,
        domicile: &str,
        numbers: &mut Numbers,
        row: &mut String,
    ) {
        let woman = self.chance.once_in(2);
        let born = self.born(kind);
        row.clear();
        row.push_str(numbers.next(kind, born, serial));
        row.push(',');
        let name = FourParts::draw(&self.data.names, woman, self.chance);
        let mut latin = String::with_capacity(64);
        name.write(&self.data.names, row, &mut latin);
        let sex = if woman { 'F' } else { 'M' };
        let _ = write!(row, ",{latin},{sex},{born},{domicile},");
        if kind == Kind::Deceased {
            let years = 1 + i16::try_from(self.chance.below(15)).unwrap_or(1);
            let died = self
                .last_birthday
                .saturating_add(jiff::Span::new().years(years));
            let _ = write!(row, "{died}");
        }
        row.push('\n');
    }

    /// A day of birth: ages from the voting age to 90 more years, thinning out as they rise; the
    /// young are born up to 17 years after the last day that gives the right to vote.
    fn born(&mut self, kind: Kind) -> Date {
        if kind == Kind::Young {
            let days = 1 + i32::try_from(self.chance.below(6_200)).unwrap_or(1);
            return self
                .last_birthday
                .saturating_add(jiff::Span::new().days(days));
        }
        let age = self.chance.below(32_800).min(self.chance.below(32_800));
        let days = i32::try_from(age).unwrap_or(0);
        self.last_birthday
            .saturating_sub(jiff::Span::new().days(days))
    }
}
