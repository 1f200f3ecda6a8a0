//! The centres of a list: whom they are for, where they are, how many they can have. What is wrong
//! with rows is gathered and told at once.

use crate::exit::Ended;
use crate::placement::grid;
use crate::placement::grid::Grid;
use crate::placement::grid::Line;
use crate::placement::grid::Wrong;
use crate::placement::heads::Field;
use crate::placement::law::Asked;
use crate::placement::law::Chosen;
use sanduq_core::text::folded;
use sanduq_register::placement::place::Place;
use sanduq_register::placement::station::Admits;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::path::Path;

/// A centre of the list.
#[derive(Clone, Debug)]
pub struct Centre {
    /// Its (first) row.
    pub row: u64,
    /// Its key: as the file has it, else the number of its row.
    pub id: String,
    /// Its district, by its place in the list.
    pub district: u32,
    /// Its name; the key where it has none.
    pub name: String,
    /// Voters who are registered there.
    pub registered: u64,
    /// Stations that it has, where the file says.
    pub stations: Option<u32>,
    /// The most voters that it can have, where the file says.
    pub capacity: Option<u32>,
    /// Where it is, where the file says.
    pub place: Option<Place>,
    /// Whom it is for.
    pub admits: Admits,
    /// Whether it can be reached without steps.
    pub step_free: bool,
    /// Booths of a station, where the file says.
    pub booths: Option<u32>,
    /// Minutes that a voter takes, where the file says.
    pub minutes: Option<u32>,
    /// Voters who are expected, where the file says.
    pub expected: Option<u64>,
}

/// The centres of a file.
pub struct Centres {
    /// The file.
    pub grid: Grid,
    /// The districts by name, in the order in which they are first met.
    pub districts: Vec<String>,
    /// The centres, in the order of the file.
    pub list: Vec<Centre>,
    /// Whether every centre has a place.
    pub placed: bool,
}

/// What stands for access without steps.
const YES: [&str; 8] = ["1", "yes", "true", "y", "نعم", "بله", "oui", "x"];
const WOMEN: [&str; 9] = [
    "women",
    "woman",
    "female",
    "f",
    "نساء",
    "سيدات",
    "زنان",
    "femmes",
    "اناث",
];
const MEN: [&str; 8] = ["men", "man", "male", "m", "رجال", "مردان", "hommes", "ذكور"];

/// Whether a text stands for one of these words, however it is spelt.
pub fn is_one(text: &str, words: &[&str]) -> bool {
    let text = folded(text);
    words.iter().any(|word| folded(word) == text)
}

/// Whether a text says yes.
pub fn is_yes(text: &str) -> bool {
    is_one(text, &YES)
}

/// Whom a word names; none where it is not known.
pub fn admits(text: &str) -> Option<Admits> {
    if is_one(text, &WOMEN) {
        Some(Admits::Women)
    } else if is_one(text, &MEN) {
        Some(Admits::Men)
    } else {
        (text.is_empty() || is_one(text, &["all", "everybody", "mixed", "الجميع"]))
            .then_some(Admits::Everybody)
    }
}

/// Reads the centres; what a row has to have besides its district is `needed`.
///
/// # Errors
/// When the file is no list of stations, or rows of it are wrong, each by name.
pub fn read(path: &Path, asked: &Asked, needed: &[Field]) -> Result<(Centres, Chosen), Ended> {
    let wanted: Vec<Field> = [Field::District].iter().chain(needed).copied().collect();
    let (grid, chosen) = grid::read(path, asked, &wanted)?;
    let mut reader = Reader {
        chosen: &chosen,
        needed,
        located: grid.has(Field::Latitude) && grid.has(Field::Longitude),
        several: grid.has(Field::Number) && grid.has(Field::Id),
        districts: BTreeMap::new(),
        names: Vec::new(),
        ids: BTreeMap::new(),
        numbers: BTreeSet::new(),
        list: Vec::new(),
        wrong: Vec::new(),
    };
    for line in grid.lines() {
        reader.take(&grid, line);
    }
    if reader.list.is_empty() && reader.wrong.is_empty() {
        reader.wrong.push(Wrong {
            code: "placement.no_rows",
            sentence: format!("{}: there is no station in it", grid.place),
        });
    }
    if !reader.wrong.is_empty() {
        return Err(grid::refusal(&reader.wrong));
    }
    // Who plans a day at stations that are told asks for no maximum.
    if !needed.is_empty() || !grid.has(Field::Stations) {
        chosen.told()?;
    }
    let (districts, list, placed) = (reader.names, reader.list, reader.located);
    let centres = Centres {
        grid,
        districts,
        list,
        placed,
    };
    Ok((centres, chosen))
}

struct Reader<'a> {
    chosen: &'a Chosen,
    needed: &'a [Field],
    located: bool,
    several: bool,
    districts: BTreeMap<String, u32>,
    names: Vec<String>,
    ids: BTreeMap<String, usize>,
    numbers: BTreeSet<(String, String)>,
    list: Vec<Centre>,
    wrong: Vec<Wrong>,
}

impl Reader<'_> {
    fn take(&mut self, grid: &Grid, line: Line<'_>) {
        match self.centre(grid, line) {
            Ok(centre) => self.add(line, centre),
            Err(wrong) => self.wrong.push(wrong),
        }
    }

    /// A centre, or one more station of one.
    fn add(&mut self, line: Line<'_>, centre: Centre) {
        let number = line.text(Field::Number);
        if self.several && !self.numbers.insert((centre.id.clone(), number.clone())) {
            let why = format!("the station {number} of {} stands twice", centre.id);
            self.wrong
                .push(line.wrong(Field::Number, "placement.repeated_station", &why));
            return;
        }
        let known = self.ids.get(&centre.id).copied();
        let Some(at) = known else {
            self.ids.insert(centre.id.clone(), self.list.len());
            self.list.push(centre);
            return;
        };
        let first = &mut self.list[at];
        if !self.several {
            let why = format!("the key {} stands in row {} too", centre.id, first.row);
            self.wrong
                .push(line.wrong(Field::Id, "placement.repeated_station", &why));
        } else if first.place != centre.place || first.district != centre.district {
            let why = format!("row {} has the same key and lies elsewhere", first.row);
            self.wrong
                .push(line.wrong(Field::Id, "placement.repeated_station", &why));
        } else {
            first.registered += centre.registered;
            first.stations = Some(first.stations.unwrap_or(1) + 1);
            let both = first.capacity.zip(centre.capacity);
            first.capacity = both.map(|(one, other)| one.saturating_add(other));
        }
    }

    /// The centre of a row, which is asked from what it is to what it can have.
    fn centre(&mut self, grid: &Grid, line: Line<'_>) -> Result<Centre, Wrong> {
        let district = line.text(Field::District);
        if district.is_empty() {
            let why = "the row says no district";
            return Err(line.wrong(Field::District, "placement.no_district", why));
        }
        let place = if self.located {
            Some(self.place(line)?)
        } else {
            None
        };
        let registered = line.count(Field::Registered)?;
        let stations = line.small(Field::Stations)?;
        let capacity = line.small(Field::Capacity)?;
        self.has_capacity(grid, line, (registered, stations, capacity))?;
        let whom = line.text(Field::Admits);
        let admits = admits(&whom).ok_or_else(|| {
            let why = format!("“{whom}” is not women, men or all");
            line.wrong(Field::Admits, "placement.admits", &why)
        })?;
        let id = match line.text(Field::Id) {
            id if id.is_empty() => line.number.to_string(),
            id => id,
        };
        let name = match line.text(Field::Centre) {
            name if name.is_empty() => id.clone(),
            name => name,
        };
        let region = line.text(Field::Region);
        Ok(Centre {
            row: line.number,
            id,
            district: self.district(&region, district),
            name,
            registered: registered.unwrap_or(0),
            stations,
            capacity,
            place,
            admits,
            step_free: is_yes(&line.text(Field::StepFree)),
            booths: line.small(Field::Booths)?,
            minutes: line.small(Field::Minutes)?,
            expected: line.count(Field::Expected)?,
        })
    }

    /// Where a centre is: in the country.
    fn place(&self, line: Line<'_>) -> Result<Place, Wrong> {
        let (north, east) = (
            line.degrees(Field::Latitude),
            line.degrees(Field::Longitude),
        );
        let place = Place::read(&north, &east).ok_or_else(|| {
            let why = format!("“{north}” and “{east}” are no degrees of a place");
            line.wrong(Field::Latitude, "placement.coordinates", &why)
        })?;
        if self.chosen.in_country(place) {
            return Ok(place);
        }
        let why = format!("{north} {east} does not lie in the country");
        Err(line.wrong(Field::Latitude, "placement.outside_country", &why))
    }

    /// Says no to a centre that can have nobody, or of which nothing says how many.
    fn has_capacity(
        &self,
        grid: &Grid,
        line: Line<'_>,
        (registered, stations, capacity): (Option<u64>, Option<u32>, Option<u32>),
    ) -> Result<(), Wrong> {
        let code = "placement.station_without_capacity";
        let told = [
            (Field::Stations, stations.map(u64::from)),
            (Field::Capacity, capacity.map(u64::from)),
        ];
        let mut any = false;
        for (field, count) in told {
            if grid.has(field) {
                any = true;
                if count.unwrap_or(0) == 0 {
                    let why = "the station has no capacity: nobody could be placed in it";
                    return Err(line.wrong(field, code, why));
                }
            }
        }
        let counted = self.needed.contains(&Field::Registered);
        if counted && registered.is_none() {
            let why = "the row does not say how many voters are registered";
            return Err(line.wrong(Field::Registered, code, why));
        }
        // Where nothing else says how many a centre can have, nobody registered is no centre.
        if counted && !any && registered == Some(0) {
            let why = "nobody is registered, so that the centre would have no station";
            return Err(line.wrong(Field::Registered, code, why));
        }
        Ok(())
    }

    fn district(&mut self, region: &str, district: String) -> u32 {
        let name = match region {
            "" => district,
            region => format!("{region} / {district}"),
        };
        let next = u32::try_from(self.districts.len()).unwrap_or(u32::MAX);
        let number = *self.districts.entry(name.clone()).or_insert(next);
        if number == next {
            self.names.push(name);
        }
        number
    }
}
