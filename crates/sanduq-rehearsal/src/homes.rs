//! Where the people of the invented nation live: households in blocks of addresses around the
//! centres, a few on the way to the next one; and the file in which the agency of addresses says
//! so, which `sanduq placement voters` reads as a roll.
//!
//! Always true here: homes are drawn from a stream of their own; a household lives at one place of
//! one district; nothing keeps the nation in memory while the file is written.

use crate::chance::Chance;
use crate::error::RehearsalError;
use crate::nation::Centre;
use crate::nation::Nation;
use core::fmt::Write as _;
use core::ops::Range;
use rayon::slice::ParallelSliceMut;
use sanduq_core::id::UnitCode;
use sanduq_core::place::Place;
use sanduq_register::register::ElectorKey;
use sanduq_table::Row;
use sanduq_table::Table;
use std::collections::HashMap;
use std::io::Write;
use std::path::Path;

/// The name of the file.
pub const FILE: &str = "homes.csv";

/// The columns of the file, in order.
pub const COLUMNS: [&str; 7] = [
    "id",
    "district",
    "household",
    "latitude",
    "longitude",
    "sex",
    "needs",
];

/// The word of the column `needs` for who cannot climb steps.
const STEP_FREE: &str = "step_free";
/// One voter in so many cannot climb steps.
const NEEDS_ONE_IN: u64 = 50;
/// The most members of a household.
const MEMBERS: u64 = 5;
/// How far from the middle of a town its blocks lie, in millionths of a degree.
const TOWN: u64 = 25_000;
/// One block in so many lies on the way to another centre.
const AWAY_ONE_IN: u64 = 8;

/// The people around a polling centre.
struct Quarter {
    district: UnitCode,
    middle: (i32, i32),
    /// The middles of all quarters of the district.
    others: Range<usize>,
}

/// Where each centre stands, in the order of centres.
pub(crate) fn middles(nation: &Nation) -> Vec<(i32, i32)> {
    let tree = &nation.geography;
    let place = |station: &UnitCode| tree.unit(tree.find(station)?).place;
    let of = |stations: &[UnitCode]| stations.first().and_then(place).unwrap_or_default();
    let centres = nation.centres.iter();
    centres.map(|centre| of(&centre.stations)).collect()
}

/// The centres of the constituency that begins with this one, which stand beside each other.
fn of_one(nation: &Nation, first: usize) -> Range<usize> {
    let centres = &nation.centres[first..];
    let same = |one: &&Centre| one.constituency == centres[0].constituency;
    first..first + centres.iter().take_while(same).count()
}

/// Writes homes, centre after centre.
pub struct Homes<'a, W> {
    out: &'a mut W,
    chance: Chance,
    quarters: Vec<Quarter>,
    /// The quarter that is being written.
    at: usize,
    /// Where the block at hand lies, and households that it still takes.
    block: (Place, u64),
    /// The number of the household at hand, and members who may still join it.
    household: (u32, u64),
    row: String,
}

impl<'a, W: Write> Homes<'a, W> {
    /// Begins the file of a nation and seed.
    ///
    /// # Errors
    /// When the writer fails.
    pub fn begin(nation: &Nation, seed: u64, out: &'a mut W) -> std::io::Result<Self> {
        writeln!(out, "{}", COLUMNS.join(","))?;
        let mut quarters: Vec<Quarter> = Vec::new();
        let centres = nation.centres.iter().zip(middles(nation));
        for (at, (centre, middle)) in centres.enumerate() {
            let district = &centre.constituency;
            let before = quarters.last().filter(|last| last.district == *district);
            let others = before.map_or_else(|| of_one(nation, at), |last| last.others.clone());
            quarters.push(Quarter {
                district: district.clone(),
                middle,
                others,
            });
        }
        Ok(Self {
            out,
            chance: Chance::new(seed, "homes"),
            quarters,
            at: 0,
            block: (Place::default(), 0),
            household: (0, 0),
            row: String::new(),
        })
    }

    /// The people of the quarter around a centre, by its place in the list, come next.
    pub fn quarter(&mut self, at: usize) {
        self.at = at;
        self.block.1 = 0;
        self.household.1 = 0;
    }

    /// The home of a person; the first of a family has a household of one's own.
    ///
    /// # Errors
    /// When the writer fails.
    pub fn person(&mut self, number: &str, woman: bool, first: bool) -> std::io::Result<()> {
        if first || self.household.1 == 0 {
            self.household = (self.household.0 + 1, 1 + self.chance.below(MEMBERS));
            if self.block.1 == 0 {
                self.block = (self.place(), 4 + self.chance.below(20));
            }
            self.block.1 -= 1;
        }
        self.household.1 -= 1;
        let needs = match self.chance.once_in(NEEDS_ONE_IN) {
            true => STEP_FREE,
            false => "",
        };
        let sex = if woman { 'F' } else { 'M' };
        let (district, household) = (&self.quarters[self.at].district, self.household.0);
        self.row.clear();
        let _ = write!(self.row, "{number},{district},{household},");
        degrees(self.block.0.latitude_microdegrees(), &mut self.row);
        degrees(self.block.0.longitude_microdegrees(), &mut self.row);
        let _ = writeln!(self.row, "{sex},{needs}");
        self.out.write_all(self.row.as_bytes())
    }

    /// Ends the file.
    ///
    /// # Errors
    /// When the writer fails.
    pub fn end(self) -> std::io::Result<()> {
        self.out.flush()
    }

    /// A place for a block: dense in the middle of the town, thin at its edge; or on the way to
    /// another town of the district, up to two thirds of it.
    fn place(&mut self) -> Place {
        let quarter = &self.quarters[self.at];
        let (mut from, others) = (quarter.middle, quarter.others.clone());
        if self.chance.once_in(AWAY_ONE_IN) {
            let other = others.start + self.chance.index(others.len());
            let to = self.quarters[other].middle;
            let part = i64::try_from(self.chance.below(67)).unwrap_or(0);
            let along = |from: i32, to: i32| {
                let way = (i64::from(to) - i64::from(from)) * part / 100;
                from + i32::try_from(way).unwrap_or(0)
            };
            from = (along(from.0, to.0), along(from.1, to.1));
        }
        let mut around = |middle: i32| {
            let off = self.chance.below(TOWN) + self.chance.below(TOWN);
            middle + i32::try_from(off).unwrap_or(0) - i32::try_from(TOWN).unwrap_or(0)
        };
        let place = Place::new(around(from.0), around(from.1));
        place.expect("the land lies far from the poles and from the date line")
    }
}

/// Writes decimal degrees and a comma.
fn degrees(microdegrees: i32, row: &mut String) {
    let sign = if microdegrees < 0 { "-" } else { "" };
    let size = microdegrees.unsigned_abs();
    let _ = write!(row, "{sign}{}.{:06},", size / 1_000_000, size % 1_000_000);
}

/// Where an elector lives, and with whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Home {
    /// Who.
    pub elector: ElectorKey,
    /// Where.
    pub place: Place,
    /// The number of the household in the nation.
    pub household: u32,
    /// The constituency, by its place in the list that the file was read with.
    pub district: u16,
    /// Whether a woman.
    pub woman: bool,
    /// Whether unable to climb steps.
    pub step_free: bool,
}

/// Reads the file: every home by ascending key of its elector. `districts` says the place of each
/// constituency in the list of them.
///
/// # Errors
/// What the reader of tables refuses, or the row that says no home.
pub fn read(
    file: &Path,
    secret: &[u8; 32],
    districts: &HashMap<UnitCode, u16>,
) -> Result<Vec<Home>, RehearsalError> {
    let mut homes = Vec::new();
    for table in sanduq_table::open(file)?.tables() {
        homes.extend(of_table(table?, secret, districts)?);
    }
    homes.par_sort_unstable_by_key(|home| home.elector);
    Ok(homes)
}

/// The homes of a table, in its order.
pub(crate) fn of_table(
    table: Table,
    secret: &[u8; 32],
    districts: &HashMap<UnitCode, u16>,
) -> Result<Vec<Home>, RehearsalError> {
    let mut columns = [0; 7];
    for (column, name) in columns.iter_mut().zip(COLUMNS) {
        *column = table.column(name)?;
    }
    let mut homes = Vec::new();
    table.for_each(|row| {
        homes.push(home(&row, columns, (secret, districts))?);
        Ok::<(), RehearsalError>(())
    })?;
    Ok(homes)
}

fn home(
    row: &Row<'_>,
    columns: [usize; 7],
    (secret, districts): (&[u8; 32], &HashMap<UnitCode, u16>),
) -> Result<Home, RehearsalError> {
    let mut cells = [""; 7];
    for (cell, column) in cells.iter_mut().zip(columns) {
        *cell = row.cell(column).text()?;
    }
    let [number, district, household, latitude, longitude, sex, needs] = cells;
    let none = || RehearsalError::Data(format!("row {} says no home", row.number()));
    let district = UnitCode::new(district).ok();
    let district = district.and_then(|code| districts.get(&code).copied());
    Ok(Home {
        elector: ElectorKey::of(secret, number),
        place: Place::read(latitude, longitude).ok_or_else(none)?,
        household: household.parse().map_err(|_| none())?,
        district: district.ok_or_else(none)?,
        woman: sex == "F",
        step_free: needs == STEP_FREE,
    })
}
