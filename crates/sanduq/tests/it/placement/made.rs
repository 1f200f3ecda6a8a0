//! Made lists of stations and rolls, from a seed.

use std::fmt::Write;

/// Chance from a seed, good enough for made addresses (a linear congruence, Knuth's constants).
pub struct Chance(pub u64);

impl Chance {
    pub fn below(&mut self, bound: u64) -> u64 {
        let next = self.0.wrapping_mul(6_364_136_223_846_793_005);
        self.0 = next.wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }

    /// Degrees around a middle in whole degrees.
    fn around(&mut self, middle: u64) -> String {
        format!("{middle}.{:06}", 100_000 + self.below(60_000))
    }
}

/// How large a nation is made.
pub struct Size {
    pub districts: u64,
    pub stations: u64,
    pub households: u64,
    /// Places of a station.
    pub capacity: u64,
}

/// The list of stations and the roll. The second district's name is a formula.
pub fn nation(seed: u64, size: &Size) -> (String, String) {
    let mut chance = Chance(seed);
    let mut stations =
        "id,district,centre,latitude,longitude,stations,capacity,admits,step_free\n".to_owned();
    let mut roll = "id,district,household,latitude,longitude,sex,needs\n".to_owned();
    let mut voter = 0;
    for district in 0..size.districts {
        let name = match district {
            1 => "@South".to_owned(),
            other => format!("D{other}"),
        };
        let (north, east) = (25 + district % 5, 28 + district / 5);
        for at in 0..size.stations {
            let (north, east) = (chance.around(north), chance.around(east));
            let admits = ["all", "women", "men"][usize::try_from(at % 3).unwrap()];
            let free = if at / 3 % 2 == 0 { "yes" } else { "no" };
            writeln!(
                stations,
                "S{district}-{at},{name},School {at},{north},{east},2,{},{admits},{free}",
                size.capacity
            )
            .unwrap();
        }
        for household in 0..size.households {
            let (north, east) = (chance.around(north), chance.around(east));
            for _ in 0..=chance.below(6) {
                voter += 1;
                let sex = ["female", "ذكر"][usize::try_from(chance.below(2)).unwrap()];
                let sex = if sex == "ذكر" { "رجال" } else { sex };
                let needs = if chance.below(40) == 0 {
                    "step_free"
                } else {
                    ""
                };
                writeln!(
                    roll,
                    "V{voter:07},{name},H{household},{north},{east},{sex},{needs}"
                )
                .unwrap();
            }
        }
    }
    (stations, roll)
}

/// A small nation of three districts.
pub fn small() -> (String, String) {
    nation(
        7,
        &Size {
            districts: 3,
            stations: 12,
            households: 300,
            capacity: 190,
        },
    )
}

/// A folder of jurisdictions with one whose law keeps women and men apart.
pub const PROFILE: &str = "\
code = \"made\"
names = { ar = \"مثال\", en = \"Example\" }
polling_day = \"2027-03-14\"
offset_minutes = 180
opens_minute = 480
closes_minute = 1080
voting_age_years = 18
station_maximum = 100
second_signature = \"REQUIRED\"

[[levels]]
code = \"nation\"
names = { ar = \"الوطن\", en = \"Nation\" }
";

/// The law of placing of that jurisdiction.
pub fn law(policy: &str, separates: bool) -> String {
    format!(
        "policy = \"{policy}\"\nseparates_sexes = {separates}\nmaximum_source = \"made\"\n\
         outline = [\"24 27\", \"24 40\", \"31 40\", \"31 27\"]\n"
    )
}
