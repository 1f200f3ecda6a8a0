//! What the law says of placing, as data: the file `placement.toml` of a jurisdiction beside its
//! `profile.toml`. Which jurisdiction a file belongs to is told by the user, or by the names of its
//! columns where one alone knows them; nothing else is guessed.

use crate::exit::Ended;
use crate::jurisdictions::Jurisdictions;
use crate::placement::heads::Heads;
use clap::Args;
use sanduq_core::law::Profile;
use sanduq_core::names::Locale;
use sanduq_register::placement::place::Place;
use sanduq_register::placement::policy::Policy;
use sanduq_register::placement::station::Law;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Which law a command is asked for, and how it speaks.
#[derive(Args, Clone)]
pub struct Asked {
    /// The law by which voters are placed: the name of a jurisdiction [default: the one that alone
    /// knows the file's columns].
    #[arg(long, value_name = "NAME")]
    pub profile: Option<String>,
    /// The most voters of one station [default: as the profile says].
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub largest: Option<u32>,
    /// The sheet of a workbook [default: the only one with the columns that are needed].
    #[arg(long, value_name = "NAME")]
    pub sheet: Option<String>,
    /// Read the jurisdictions from this folder instead of the program's own.
    #[arg(long, value_name = "DIR")]
    pub jurisdictions: Option<PathBuf>,
    /// The language of refusals and pictures: ar, fa, fr or en [default: en].
    #[arg(long, value_name = "LANGUAGE", value_parser = crate::said::locale)]
    pub lang: Option<Locale>,
    /// Print one JSON object at the end; of a refusal, its code and message.
    #[arg(long)]
    pub json: bool,
}

/// The law of a jurisdiction, as far as placing asks.
#[derive(Clone, Debug)]
pub struct Chosen {
    /// The jurisdiction; none where the user gave the maximum alone.
    pub profile: Option<String>,
    /// Where a voter may vote.
    pub policy: Policy,
    /// The maximum and whether sexes are apart.
    pub law: Law,
    /// Where the maximum stands.
    pub source: String,
    /// The country, as the corners of a rough outline; empty where none is given.
    pub outline: Vec<Place>,
    /// Names of columns.
    pub heads: Heads,
    /// Minutes from midnight when voting begins and ends.
    pub open: (u16, u16),
    /// The texts, for the fingerprint of a run.
    pub text: String,
}

/// The file `placement.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Text {
    policy: String,
    separates_sexes: bool,
    maximum_source: String,
    #[serde(default)]
    outline: Vec<String>,
    #[serde(default)]
    heads: BTreeMap<String, Vec<String>>,
}

/// The file of a jurisdiction.
pub const FILE: &str = "placement.toml";

/// Voting from eight to eight, where no profile says otherwise.
const OPEN: (u16, u16) = (8 * 60, 20 * 60);

fn refused(code: &str, sentence: String) -> Ended {
    Ended::Refused {
        code: code.to_owned(),
        sentence,
    }
}

impl Asked {
    /// The language of pictures.
    pub fn locale(&self) -> Locale {
        self.lang.unwrap_or(Locale::En)
    }

    /// The law that is named, or the one that alone knows the most of these columns;
    /// [`Chosen::told`] says whether there is any.
    ///
    /// # Errors
    /// When the profile is not there or not understood.
    pub fn choose(&self, header: &[String]) -> Result<Chosen, Ended> {
        let jurisdictions = Jurisdictions::open(self.jurisdictions.as_deref());
        let name = match &self.profile {
            Some(name) => Some(name.clone()),
            None => self.known(&jurisdictions, header)?,
        };
        let mut chosen = match name {
            Some(name) => read(&jurisdictions, &name)?,
            // Without a maximum either, the rows are read first: what is wrong with them is said
            // before what is missing beside them.
            None => general(self.largest.unwrap_or(0)),
        };
        if let Some(maximum) = self.largest {
            chosen.law.maximum = maximum;
            "--largest".clone_into(&mut chosen.source);
        }
        Ok(chosen)
    }

    /// The jurisdiction whose own names stand over these columns; none where two know as many.
    fn known(
        &self,
        jurisdictions: &Jurisdictions,
        header: &[String],
    ) -> Result<Option<String>, Ended> {
        let mut best = (0, None);
        for name in jurisdictions.profiles()? {
            if jurisdictions.text(&format!("{name}/{FILE}")).is_err() {
                continue;
            }
            let count = read(jurisdictions, &name)?.heads.own(header);
            if count > best.0 {
                best = (count, Some(name));
            } else if count == best.0 {
                best.1 = None;
            }
        }
        Ok(best.1)
    }
}

/// What holds where only the maximum is given.
fn general(maximum: u32) -> Chosen {
    Chosen {
        profile: None,
        policy: Policy::Assigned,
        law: Law {
            maximum,
            separates_sexes: false,
        },
        source: "--largest".to_owned(),
        outline: Vec::new(),
        heads: Heads::default(),
        open: OPEN,
        text: String::new(),
    }
}

/// The law of a jurisdiction.
///
/// # Errors
/// When it has no such law, or one that is not understood.
pub fn read(jurisdictions: &Jurisdictions, name: &str) -> Result<Chosen, Ended> {
    let text = jurisdictions.text(&format!("{name}/{FILE}"))?;
    let of_law = jurisdictions.text(&format!("{name}/profile.toml"))?;
    let wrong = |why: String| refused("placement.law", format!("{name}/{FILE}: {why}"));
    let told: Text = toml::from_str(&text).map_err(|fault| wrong(fault.to_string()))?;
    let profile = Profile::from_toml(&of_law).map_err(|fault| Ended::refused(&fault))?;
    let policy = Policy::read(&told.policy)
        .ok_or_else(|| wrong(format!("there is no policy {}", told.policy)))?;
    let corner = |corner: &String| {
        let place = corner.split_once(' ');
        place
            .and_then(|(north, east)| Place::read(north, east))
            .ok_or_else(|| wrong(format!("“{corner}” is no place")))
    };
    let outline: Result<Vec<Place>, Ended> = told.outline.iter().map(corner).collect();
    Ok(Chosen {
        profile: Some(name.to_owned()),
        policy,
        law: Law {
            maximum: profile.station_maximum,
            separates_sexes: told.separates_sexes,
        },
        source: format!(
            "{name}/profile.toml, station_maximum: {}",
            told.maximum_source
        ),
        outline: outline?,
        heads: Heads::of(&told.heads).map_err(wrong)?,
        open: (profile.opens_minute, profile.closes_minute),
        text: format!("{text}\n{of_law}"),
    })
}

impl Chosen {
    /// Says no where nothing tells how large a station may be.
    ///
    /// # Errors
    /// `placement.law_unknown` with what to name.
    pub fn told(&self) -> Result<(), Ended> {
        if self.profile.is_some() || self.law.maximum > 0 {
            return Ok(());
        }
        Err(refused(
            "placement.law_unknown",
            "nothing says how many voters a station may have: no jurisdiction knows these columns; \
             name one with --profile, or the maximum with --largest"
                .to_owned(),
        ))
    }

    /// Says no where the law places nobody.
    ///
    /// # Errors
    /// `placement.policy` with the word of the law.
    pub fn places(&self) -> Result<(), Ended> {
        if self.policy.places_voters() {
            return Ok(());
        }
        Err(refused(
            "placement.policy",
            format!(
                "by this law ({}) nobody is placed: its policy is {}; plan its stations with \
                 sanduq placement queue",
                self.profile.as_deref().unwrap_or("--largest"),
                self.policy.word(),
            ),
        ))
    }

    /// Whether a place lies in the country: inside its outline, or anywhere where there is none.
    pub fn in_country(&self, place: Place) -> bool {
        self.outline.is_empty() || inside(&self.outline, place)
    }
}

/// Whether a place lies in a polygon: an odd number of its sides lies to the east.
fn inside(outline: &[Place], place: Place) -> bool {
    let north = |at: Place| i64::from(at.latitude_microdegrees());
    let east = |at: Place| i64::from(at.longitude_microdegrees());
    let last = outline.last().copied();
    let before = last.into_iter().chain(outline.iter().copied());
    let sides = outline.iter().copied().zip(before).filter(|(to, from)| {
        if (north(*to) > north(place)) == (north(*from) > north(place)) {
            return false;
        }
        // Multiplied out, so that nothing is divided; the sign follows that of the side.
        let up = north(*to) - north(*from);
        let along = (north(place) - north(*from)) * (east(*to) - east(*from));
        let here = (east(place) - east(*from)) * up;
        if up > 0 { here < along } else { here > along }
    });
    sides.count() % 2 == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_told_inside_and_outside_an_outline() {
        let place = |north: i32, east: i32| Place::new(north * 1000, east * 1000).unwrap();
        // A square with a bay in its northern side.
        let outline = [(0, 0), (0, 10), (10, 10), (10, 6), (5, 5), (10, 4), (10, 0)];
        let outline = outline.map(|(north, east)| place(north, east));
        for (north, east, expected) in [
            (1, 1, true),
            (9, 1, true),
            (9, 9, true),
            (9, 5, false),
            (4, 5, true),
            (-1, 5, false),
            (5, 11, false),
            (5, -1, false),
            (11, 1, false),
        ] {
            assert_eq!(
                inside(&outline, place(north, east)),
                expected,
                "{north} {east}"
            );
        }
    }

    #[test]
    fn every_jurisdiction_that_speaks_of_placing_can_be_read() {
        let jurisdictions = Jurisdictions::open(None);
        let mut read_ones = 0;
        for name in jurisdictions.profiles().unwrap() {
            if jurisdictions.text(&format!("{name}/{FILE}")).is_ok() {
                let chosen = read(&jurisdictions, &name).unwrap();
                assert!(
                    chosen.law.maximum > 0 && !chosen.outline.is_empty(),
                    "{name}"
                );
                read_ones += 1;
            }
        }
        assert!(read_ones >= 5);
    }
}
