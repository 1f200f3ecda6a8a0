//! The voters of a roll as far as placing asks: where each lives, with whom, and what the voter
//! needs. CSV or Parquet, read once; names of persons are not asked for.
//!
//! Always true here: every row becomes one voter or is refused by its number; no id stands twice.

use crate::exit::Ended;
use crate::placement::centres::Centres;
use crate::placement::centres::admits;
use crate::placement::centres::is_one;
use crate::placement::centres::is_yes;
use crate::placement::grid;
use crate::placement::grid::Wrong;
use crate::placement::grid::plain;
use crate::placement::law::Chosen;
use crate::placement::texts::Texts;
use crate::progress::Progress;
use sanduq_core::cell::bare;
use sanduq_matching::source::Column;
use sanduq_matching::source::Item;
use sanduq_matching::source::Row;
use sanduq_matching::source::Source;
use sanduq_placement::blocks::Voter;
use sanduq_register::placement::place::Place;
use sanduq_register::placement::station::Admits;
use sanduq_register::placement::station::Class;
use sanduq_register::placement::station::Sex;
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::Path;

/// Blocks of addresses by their names.
pub type Blocks = BTreeMap<String, Place>;

/// A roll.
#[derive(Default)]
pub struct Roll {
    /// The voters.
    pub voters: Vec<Voter>,
    /// Their ids.
    pub ids: Texts,
    /// The households, by their number.
    pub households: Texts,
    numbers: BTreeMap<(u16, String), u32>,
}

/// Rows that are remembered as wrong; a file of another kind would fill the memory.
const REMEMBERED: usize = 1000;

const COLUMNS: [Column<'static>; 8] = [
    Column::required("id"),
    Column::required("district"),
    Column::optional("household"),
    Column::optional("latitude").with_fractions(),
    Column::optional("longitude").with_fractions(),
    Column::optional("block"),
    Column::optional("sex"),
    Column::optional("needs"),
];

/// Reads the voters of a roll.
///
/// # Errors
/// When the file is no roll, or rows of it are wrong, each by its number.
pub fn read(
    path: &Path,
    (centres, chosen): (&Centres, &Chosen),
    blocks: &Blocks,
    progress: &mut Progress,
) -> Result<Roll, Ended> {
    let source = Source::open(path, &COLUMNS).map_err(|refusal| Ended::refused(&refusal))?;
    let file = source.file().to_owned();
    progress.stage("reading", source.bytes(), "bytes");
    let mut reader = Reader {
        roll: Roll::default(),
        districts: districts(centres),
        chosen,
        blocks,
    };
    let mut wrong = wrong_rows(source, |row| {
        progress.reached(row.bytes);
        reader.take(row)
    })?;
    progress.end();
    let roll = reader.roll;
    if wrong.is_empty()
        && let Some((one, other)) = roll.ids.repeated()
    {
        wrong.push(Wrong {
            code: "placement.repeated_voter",
            sentence: format!(
                "{file}: the id {} stands in row {} and in row {}, and a voter is placed once",
                roll.ids.get(one),
                one + 1,
                other + 1
            ),
        });
    }
    if wrong.is_empty() {
        Ok(roll)
    } else {
        Err(grid::refusal(&wrong))
    }
}

/// Districts by name; by the last part of it too, where that is of one alone.
pub fn districts(centres: &Centres) -> BTreeMap<String, Option<u16>> {
    let mut known = BTreeMap::new();
    for (name, at) in centres.districts.iter().zip(0_u16..) {
        if let Some((_, last)) = name.rsplit_once(" / ") {
            let of = known.entry(last.to_owned()).or_insert(Some(at));
            if *of != Some(at) {
                *of = None;
            }
        }
    }
    for (name, at) in centres.districts.iter().zip(0_u16..) {
        known.insert(name.clone(), Some(at));
    }
    known
}

struct Reader<'a> {
    roll: Roll,
    districts: BTreeMap<String, Option<u16>>,
    chosen: &'a Chosen,
    blocks: &'a Blocks,
}

type No = (&'static str, String);

impl Reader<'_> {
    fn take(&mut self, row: Row<'_>) -> Result<(), No> {
        let mut fields = row.fields().map(str::trim);
        let [id, district, household, north, east, block, sex, needs] =
            std::array::from_fn(|_| fields.next().unwrap_or_default());
        if id.is_empty() {
            return Err(("placement.no_id", "the row has no id".to_owned()));
        }
        let number = self.district(&bare(district))?;
        let place = self.place(north, east, block)?;
        let class = self.class(sex, needs)?;
        let household = self.household(number, &bare(household));
        self.roll.ids.push(&bare(id));
        self.roll.voters.push(Voter {
            place,
            household,
            district: number,
            class,
        });
        Ok(())
    }

    fn district(&self, name: &str) -> Result<u16, No> {
        match self.districts.get(name) {
            Some(Some(number)) => Ok(*number),
            Some(None) => Err((
                "placement.district_unclear",
                format!("several districts are called “{name}”; write the region before it"),
            )),
            None => Err((
                "placement.district_without_stations",
                format!("the district “{name}” has no station in the list of stations"),
            )),
        }
    }

    fn place(&self, north: &str, east: &str, block: &str) -> Result<Place, No> {
        let place = match (north, east, block) {
            ("", "", "") => {
                let why = "the row says neither coordinates nor a block";
                return Err(("placement.coordinates", why.to_owned()));
            }
            ("", "", block) => *self.blocks.get(block).ok_or_else(|| {
                let why = format!("the block “{block}” is not in the file of --blocks");
                ("placement.unknown_block", why)
            })?,
            (north, east, _) => Place::read(&plain(north), &plain(east)).ok_or_else(|| {
                let why = format!("“{north}” and “{east}” are no degrees of a place");
                ("placement.coordinates", why)
            })?,
        };
        if self.chosen.in_country(place) {
            return Ok(place);
        }
        let why = format!("{north} {east} {block} does not lie in the country");
        Err(("placement.outside_country", why))
    }

    fn class(&self, sex: &str, needs: &str) -> Result<Class, No> {
        let law = self.chosen.law;
        let known = match admits(sex) {
            Some(Admits::Women) => Some(Sex::Female),
            Some(Admits::Men) => Some(Sex::Male),
            _ => None,
        };
        let sex = match (law.separates_sexes, known) {
            (_, Some(sex)) => sex,
            (false, None) => Sex::Female,
            (true, None) => {
                let why = format!("“{sex}” is no sex, and by this law it has to be stated");
                return Err(("placement.sex", why));
            }
        };
        let step_free = is_yes(needs) || is_one(needs, &["step_free", "wheelchair"]);
        Ok(Class::new(law, sex, step_free))
    }

    /// The number of a household; who names none is one alone.
    fn household(&mut self, district: u16, name: &str) -> u32 {
        let roll = &mut self.roll;
        let next = u32::try_from(roll.households.len()).unwrap_or(u32::MAX);
        if name.is_empty() {
            roll.households.push("");
            return next;
        }
        let number = *roll
            .numbers
            .entry((district, name.to_owned()))
            .or_insert(next);
        if number == next {
            roll.households.push(name);
        }
        number
    }
}

/// Reads a file of blocks: id, latitude, longitude.
///
/// # Errors
/// When it is no such file, or rows of it are wrong.
pub fn blocks(path: &Path, chosen: &Chosen) -> Result<Blocks, Ended> {
    let columns = [
        Column::required("id"),
        Column::required("latitude").with_fractions(),
        Column::required("longitude").with_fractions(),
    ];
    let mut blocks = Blocks::new();
    rows(path, &columns, |row| {
        let (id, north, east) = (row.field(0).trim(), row.field(1), row.field(2));
        let place = Place::read(&plain(north), &plain(east));
        let place = place
            .filter(|place| chosen.in_country(*place))
            .ok_or_else(|| {
                let why = format!("“{north}” “{east}” is no place of the country");
                ("placement.coordinates", why)
            })?;
        match blocks.insert(id.to_owned(), place) {
            None => Ok(()),
            Some(_) => Err((
                "placement.repeated_block",
                format!("the block {id} stands twice"),
            )),
        }
    })?;
    Ok(blocks)
}

/// Hands every row of a file to `take`; what it says no to is told with its line.
///
/// # Errors
/// When the file cannot be read, or `take` has said no.
pub fn rows(
    path: &Path,
    columns: &[Column<'_>],
    take: impl FnMut(Row<'_>) -> Result<(), No>,
) -> Result<(), Ended> {
    let source = Source::open(path, columns).map_err(|refusal| Ended::refused(&refusal))?;
    let wrong = wrong_rows(source, take)?;
    if wrong.is_empty() {
        Ok(())
    } else {
        Err(grid::refusal(&wrong))
    }
}

/// Hands every row to `take` and gathers what is wrong, until so much is that more helps nobody.
fn wrong_rows(
    source: Source,
    mut take: impl FnMut(Row<'_>) -> Result<(), No>,
) -> Result<Vec<Wrong>, Ended> {
    let file = source.file().to_owned();
    let mut wrong: Vec<Wrong> = Vec::new();
    let read = source.each(|item| {
        let taken = match item {
            Item::Row(row) => take(row).map_err(|(code, why)| (row.line, code, why)),
            Item::Quarantined(found) => {
                Err((found.line, "placement.row", found.reason.to_string()))
            }
        };
        if let Err((line, code, why)) = taken {
            let sentence = format!("{file}, line {line}: {why}");
            wrong.push(Wrong { code, sentence });
        }
        match wrong.len() < REMEMBERED {
            true => ControlFlow::Continue(()),
            false => ControlFlow::Break(()),
        }
    });
    read.map_err(|refusal| Ended::refused(&refusal))?;
    Ok(wrong)
}
