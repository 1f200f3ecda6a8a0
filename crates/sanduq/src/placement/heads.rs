//! The columns of a list of stations, known by the names over them: those of a jurisdiction first,
//! then general ones in the languages of the house. Spellings are folded, so that a lost point or
//! hamza hides no column.

use sanduq_core::text::folded;
use std::collections::BTreeMap;

/// What a column may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// The key of a centre in the whole file.
    Id,
    /// The number of a station in its centre: then a row is a station.
    Number,
    /// What stands above the district.
    Region,
    /// The district whose voters the station takes.
    District,
    /// The name of the centre.
    Centre,
    /// Where it is, in words.
    Address,
    /// Voters who are registered there.
    Registered,
    /// Stations that it has.
    Stations,
    /// The most voters that it can have.
    Capacity,
    /// Degrees north.
    Latitude,
    /// Degrees east.
    Longitude,
    /// Whether it is for women, men or everybody.
    Admits,
    /// Whether it can be reached without steps.
    StepFree,
    /// Booths of one station.
    Booths,
    /// Minutes that a voter takes a booth for.
    Minutes,
    /// Voters who are expected on the day.
    Expected,
}

/// Every field, its key in a jurisdiction's file, and its general names.
const FIELDS: [(Field, &str, &[&str]); 16] = [
    (
        Field::Id,
        "id",
        &[
            "id",
            "code",
            "centre_id",
            "center_id",
            "station_id",
            "station",
        ],
    ),
    (
        Field::Number,
        "number",
        &["number", "station_number", "committee"],
    ),
    (
        Field::Region,
        "region",
        &["region", "governorate", "province", "المحافظة", "استان"],
    ),
    (
        Field::District,
        "district",
        &[
            "district",
            "constituency",
            "القسم",
            "المركز",
            "الدائرة",
            "circonscription",
            "حوزه",
        ],
    ),
    (
        Field::Centre,
        "centre",
        &[
            "centre",
            "center",
            "centre_name",
            "center_name",
            "name",
            "مركز الاقتراع",
            "bureau",
        ],
    ),
    (
        Field::Address,
        "address",
        &["address", "adresse", "العنوان", "نشانی"],
    ),
    (
        Field::Registered,
        "registered",
        &[
            "registered",
            "registered_voters",
            "voters",
            "عدد الناخبين",
            "المسجلون",
            "inscrits",
        ],
    ),
    (
        Field::Stations,
        "stations",
        &["stations", "rooms", "عدد اللجان", "bureaux"],
    ),
    (
        Field::Capacity,
        "capacity",
        &["capacity", "places", "السعة", "capacité", "ظرفیت"],
    ),
    (
        Field::Latitude,
        "latitude",
        &["latitude", "lat", "خط العرض", "عرض جغرافیایی"],
    ),
    (
        Field::Longitude,
        "longitude",
        &["longitude", "lon", "lng", "long", "خط الطول"],
    ),
    (Field::Admits, "admits", &["admits", "sex", "النوع", "sexe"]),
    (
        Field::StepFree,
        "step_free",
        &["step_free", "accessible", "بلا درج"],
    ),
    (Field::Booths, "booths", &["booths", "isoloirs", "الستائر"]),
    (Field::Minutes, "minutes", &["minutes", "minutes_per_voter"]),
    (
        Field::Expected,
        "expected",
        &["expected", "expected_voters", "المتوقع"],
    ),
];

/// The names that a jurisdiction gives its columns; one of several columns is joined by " + ".
#[derive(Clone, Debug, Default)]
pub struct Heads(BTreeMap<Field, Vec<String>>);

/// Which columns hold each field, in the order in which their texts are joined.
#[derive(Clone, Debug, Default)]
pub struct Found(BTreeMap<Field, Vec<usize>>);

impl Heads {
    /// The names of a jurisdiction's file.
    ///
    /// # Errors
    /// What the key is that is no field.
    pub fn of(told: &BTreeMap<String, Vec<String>>) -> Result<Self, String> {
        let mut heads = BTreeMap::new();
        for (key, names) in told {
            let field = FIELDS.iter().find(|field| field.1 == key);
            let field = field.ok_or_else(|| format!("there is no column {key} of a station"))?;
            heads.insert(field.0, names.clone());
        }
        Ok(Self(heads))
    }

    /// How many of the jurisdiction's own names stand over these columns.
    pub fn own(&self, header: &[String]) -> usize {
        let known = |names: &&Vec<String>| names.iter().any(|name| columns(name, header).is_some());
        self.0.values().filter(known).count()
    }

    /// Where each field stands: by the jurisdiction's name for it where the file has that, else by
    /// a general one.
    pub fn find(&self, header: &[String]) -> Found {
        let mut found = Found::default();
        for (field, _, general) in FIELDS {
            let own = self.0.get(&field).into_iter().flatten().map(String::as_str);
            let mut names = own.chain(general.iter().copied());
            if let Some(columns) = names.find_map(|name| columns(name, header)) {
                found.0.insert(field, columns);
            }
        }
        found
    }

    /// Every name that a column may have, for files that tell no names of their own accord.
    pub fn all(&self) -> Vec<String> {
        let general = FIELDS.iter().flat_map(|field| field.2.iter().copied());
        let own = self.0.values().flatten().flat_map(|name| name.split(" + "));
        let mut all: Vec<String> = own.chain(general).map(str::to_owned).collect();
        all.sort();
        all.dedup();
        all
    }
}

/// The columns of a name; none where one of them is not there.
fn columns(name: &str, header: &[String]) -> Option<Vec<usize>> {
    let place = |part: &str| {
        let wanted = folded(part);
        header.iter().position(|head| folded(head) == wanted)
    };
    name.split(" + ").map(place).collect()
}

impl Found {
    /// The columns of a field; none where the file has it not.
    pub fn of(&self, field: Field) -> Option<&[usize]> {
        self.0.get(&field).map(Vec::as_slice)
    }

    /// How many fields the file has.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether a column holds any field.
    pub fn uses(&self, column: usize) -> bool {
        self.0.values().any(|columns| columns.contains(&column))
    }

    /// Whether the file has it.
    pub fn has(&self, field: Field) -> bool {
        self.0.contains_key(&field)
    }
}

/// The name of a field as a file in English has it.
pub fn name(field: Field) -> &'static str {
    FIELDS
        .iter()
        .find(|one| one.0 == field)
        .map_or("", |one| one.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(text: &str) -> Vec<String> {
        text.split(',').map(str::to_owned).collect()
    }

    #[test]
    fn columns_are_known_however_they_are_spelt() {
        let own = BTreeMap::from([
            ("id".to_owned(), vec!["a + b".to_owned()]),
            ("registered".to_owned(), vec!["اجمال".to_owned()]),
        ]);
        let heads = Heads::of(&own).unwrap();
        let found = heads.find(&header("إجمال,B,a,LATITUDE,القسم"));
        assert_eq!(found.of(Field::Registered), Some(&[0][..]));
        assert_eq!(found.of(Field::Id), Some(&[2, 1][..]));
        assert_eq!(found.of(Field::Latitude), Some(&[3][..]));
        assert_eq!(found.of(Field::District), Some(&[4][..]));
        assert!(!found.has(Field::Longitude));
        assert_eq!(heads.own(&header("a,c,اجمال")), 1);
        assert_eq!(heads.own(&header("b,a,اجمال")), 2);
        let wrong = BTreeMap::from([("color".to_owned(), vec![])]);
        assert!(Heads::of(&wrong).is_err());
    }
}
