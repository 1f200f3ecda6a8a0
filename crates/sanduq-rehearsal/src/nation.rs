//! The invented nation: its units, lists and candidates, from a seed and the jurisdiction's data.
//! Nothing here is drawn twice: the same seed and scale give the same nation.

use crate::chance::Chance;
use crate::chance::split;
use crate::data::Data;
use crate::data::Scale;
use crate::land;
use sanduq_core::contest::Choice;
use sanduq_core::contest::Contest;
use sanduq_core::geography::Geography;
use sanduq_core::geography::Unit;
use sanduq_core::id::ChoiceCode;
use sanduq_core::id::ContestCode;
use sanduq_core::id::LawCode;
use sanduq_core::id::UnitCode;
use sanduq_core::law::Profile;
use sanduq_core::names::Locale;
use sanduq_core::names::Names;
use sanduq_core::text::localised;

/// The units and contests of an invented nation.
pub struct Nation {
    /// The tree; how many voters stand on the list of a station is known once they are placed.
    pub geography: Geography,
    /// The nationwide contest first, then one for each constituency.
    pub contests: Vec<Contest>,
    /// For each centre in order: its place in the tree and how many voters it has.
    pub centres: Vec<Centre>,
}

/// A polling centre.
pub struct Centre {
    /// Its code.
    pub code: UnitCode,
    /// The constituency in which it stands.
    pub constituency: UnitCode,
    /// Voters of its domicile.
    pub voters: u64,
    /// Codes of its stations.
    pub stations: Vec<UnitCode>,
}

/// The nation of a seed.
///
/// # Errors
/// The sentence of the rule that says no, when the data cannot make a nation.
pub fn invent(data: &Data, profile: &Profile, scale: &Scale, seed: u64) -> Result<Nation, String> {
    let mut plan = Plan::new(data, scale, seed);
    plan.add(None, 0, "OAS".to_owned(), profile.names.clone());
    let provinces = plan.provinces();
    let constituencies = plan.constituencies(&provinces);
    let centres = plan.centres(&constituencies)?;
    let contests = contests(data, scale, seed, &constituencies)?;
    land::lay(&mut plan.units, seed);
    let geography =
        Geography::new(profile.levels.clone(), plan.units).map_err(|no| no.to_string())?;
    Ok(Nation {
        geography,
        contests,
        centres,
    })
}

/// A unit in the making: its code, its weight in voters, its title.
struct Part {
    code: UnitCode,
    voters: u64,
    names: Names,
}

struct Plan<'a> {
    data: &'a Data,
    scale: &'a Scale,
    chance: Chance,
    places: Vec<Names>,
    units: Vec<Unit>,
}

/// The code of a unit; the generator only makes characters that a code may have.
fn unit_code(text: &str) -> UnitCode {
    UnitCode::new(text).expect("digits, letters and dashes")
}

impl<'a> Plan<'a> {
    fn new(data: &'a Data, scale: &'a Scale, seed: u64) -> Self {
        let mut chance = Chance::new(seed, "geography");
        let mut places: Vec<Names> = data.places().collect();
        chance.shuffle(&mut places);
        Self {
            data,
            scale,
            chance,
            places,
            units: Vec::new(),
        }
    }

    fn add(
        &mut self,
        parent: Option<&UnitCode>,
        level: u8,
        code: String,
        names: Names,
    ) -> UnitCode {
        let code = unit_code(&code);
        self.units.push(Unit {
            code: code.clone(),
            parent: parent.cloned(),
            level,
            names,
            registered: None,
            place: None,
            outline: Vec::new(),
        });
        code
    }

    /// The name of the `n`th place; past the end of the list a number makes it unique.
    fn place(&self, n: usize) -> Names {
        let count = self.places.len();
        let name = &self.places[n % count];
        if n < count {
            return name.clone();
        }
        let round = n / count + 1;
        Names::new(
            &format!("{} {round}", name.ar),
            &format!("{} {round}", name.en),
        )
    }

    /// Weights between one and five, so that neighbours differ as real units do.
    fn weights(&mut self, count: u64) -> Vec<u64> {
        (0..count)
            .map(|_| 1_000 + self.chance.below(4_000))
            .collect()
    }

    fn provinces(&mut self) -> Vec<Part> {
        let count = u64::from(self.scale.provinces);
        let weights = self.weights(count);
        let voters = split(self.scale.voters, &weights);
        let nation = self.units[0].code.clone();
        let mut parts = Vec::new();
        for (i, voters) in voters.into_iter().enumerate() {
            let names = self.place(i);
            let code = format!("{:02}", i + 1);
            let code = self.add(Some(&nation), 1, code, names.clone());
            parts.push(Part {
                code,
                voters,
                names,
            });
        }
        parts
    }

    /// Parts of `above`, `total` in all, at least one each, shared out by voters.
    fn shares(&self, above: &[Part], total: u64) -> Vec<u64> {
        let spare = total - (above.len() as u64).min(total);
        let weights: Vec<u64> = above.iter().map(|part| part.voters).collect();
        split(spare, &weights).into_iter().map(|n| n + 1).collect()
    }

    fn constituencies(&mut self, provinces: &[Part]) -> Vec<Part> {
        let shares = self.shares(provinces, u64::from(self.scale.constituencies));
        let mut parts = Vec::new();
        for (province, count) in provinces.iter().zip(shares) {
            let weights = self.weights(count);
            for (i, voters) in split(province.voters, &weights).into_iter().enumerate() {
                let names = self.place(provinces.len() + parts.len());
                let code = format!("{}-{:02}", province.code, i + 1);
                let code = self.add(Some(&province.code), 2, code, names.clone());
                parts.push(Part {
                    code,
                    voters,
                    names,
                });
            }
        }
        parts
    }

    fn centres(&mut self, above: &[Part]) -> Result<Vec<Centre>, String> {
        let shares = self.shares(above, u64::from(self.scale.centres));
        let mut parts = Vec::new();
        for (constituency, count) in above.iter().zip(shares) {
            let weights = self.weights(count);
            for (i, voters) in split(constituency.voters, &weights).into_iter().enumerate() {
                let kind = &self.data.names.centre_kind[i % self.data.names.centre_kind.len()];
                let place = self.place(self.units.len() * 7 + parts.len());
                let names = Names::new(
                    &format!("{} {}", kind.0, place.ar),
                    &format!("{} {}", kind.1, place.en),
                );
                parts.push((constituency.code.clone(), i, voters, names));
            }
        }
        let stations = stations_of(parts.iter().map(|part| part.2), self.scale.stations);
        let mut centres = Vec::new();
        for ((above, i, voters, names), count) in parts.into_iter().zip(stations) {
            let code = self.add(Some(&above), 3, format!("{above}-{:03}", i + 1), names);
            // There is a placement in any case: everybody could go to the centre next to home.
            sanduq_register::placement::sizes(voters, count, self.scale.station_maximum)
                .map_err(|no| format!("{code}: {no}"))?;
            let stations = (1..=u64::from(count)).map(|number| self.station(&code, number));
            let stations = stations.collect::<Vec<_>>();
            centres.push(Centre {
                code,
                constituency: above,
                voters,
                stations,
            });
        }
        Ok(centres)
    }

    fn station(&mut self, centre: &UnitCode, number: u64) -> UnitCode {
        let names = Names {
            ar: format!("مكتب {}", localised(number, Locale::Ar)),
            fa: format!("شعبه {}", localised(number, Locale::Fa)),
            fr: format!("Bureau {number}"),
            en: format!("Station {number}"),
        };
        self.add(Some(centre), 4, format!("{centre}-{number:02}"), names)
    }
}

/// Stations for each centre, `total` in all, at least one each: the next one always goes to the
/// centre with the most voters to a station, ties to the first.
fn stations_of(voters: impl Iterator<Item = u64>, total: u32) -> Vec<u32> {
    let voters: Vec<u64> = voters.collect();
    let mut stations = vec![1u32; voters.len()];
    let mut queue: std::collections::BinaryHeap<_> = voters
        .iter()
        .enumerate()
        .map(|(i, &v)| (v, core::cmp::Reverse(i)))
        .collect();
    for _ in 0..u64::from(total).saturating_sub(voters.len() as u64) {
        let Some((_, core::cmp::Reverse(i))) = queue.pop() else {
            break;
        };
        stations[i] += 1;
        queue.push((voters[i] / u64::from(stations[i]), core::cmp::Reverse(i)));
    }
    stations
}

fn contests(data: &Data, scale: &Scale, seed: u64, units: &[Part]) -> Result<Vec<Contest>, String> {
    let mut chance = Chance::new(seed, "candidates");
    let code = |text: &str| LawCode::new(text).map_err(|no| no.to_string());
    let president = Contest {
        code: ContestCode::new("president").map_err(|no| no.to_string())?,
        unit: unit_code("OAS"),
        names: data.names.titles.president.clone(),
        seats: 1,
        max_choices: 1,
        exact_choice: true,
        seat_rule: Some(code("wahat-president")?),
        choices: (1..=scale.presidents)
            .map(|n| Choice {
                code: choice_code("P", n),
                names: data.person(&mut chance),
                candidates: Vec::new(),
            })
            .collect(),
    };
    let weights: Vec<u64> = units.iter().map(|part| part.voters).collect();
    let spare = u64::from(scale.seats) - units.len() as u64;
    let seats = split(spare, &weights);
    let mut all = vec![president];
    for (part, extra) in units.iter().zip(seats) {
        let seats = u32::try_from(extra + 1).map_err(|no| no.to_string())?;
        all.push(Contest {
            code: ContestCode::new(&format!("assembly-{}", part.code))
                .map_err(|no| no.to_string())?,
            unit: part.code.clone(),
            names: titled(&data.names.titles.assembly, &part.names),
            seats,
            max_choices: 1,
            exact_choice: true,
            seat_rule: Some(code("wahat-assembly")?),
            choices: (1..=scale.lists)
                .map(|n| Choice {
                    code: choice_code("L", n),
                    names: data.list(n),
                    candidates: (0..seats + 2).map(|_| data.person(&mut chance)).collect(),
                })
                .collect(),
        });
    }
    Ok(all)
}

/// A title in four languages with the place behind it.
fn titled(title: &Names, place: &Names) -> Names {
    Names {
        ar: format!("{} · {}", title.ar, place.ar),
        fa: format!("{} · {}", title.fa, place.ar),
        fr: format!("{} · {}", title.fr, place.en),
        en: format!("{} · {}", title.en, place.en),
    }
}

fn choice_code(letter: &str, number: u32) -> ChoiceCode {
    ChoiceCode::new(&format!("{letter}{number}")).expect("a letter and digits")
}

#[cfg(test)]
mod tests;
