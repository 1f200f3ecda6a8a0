//! Which profiles there are, and the weights that belong to them.

use crate::exit::Ended;
use crate::fact::Fact;
use crate::jurisdictions::Jurisdictions;
use crate::matching::place;
use crate::matching::reading::Reading;
use clap::Args;
use sanduq_core::names::Locale;
use sanduq_register::matching::assumed;
use sanduq_register::matching::profile::Profile;
use sanduq_register::matching::weights::Weights;
use sanduq_register::matching::weights::WeightsRefusal;
use serde_json::json;
use std::path::Path;
use std::path::PathBuf;

/// Profiles that belong to no country.
const GENERAL: [(&str, &str); 2] = [
    (
        "address",
        include_str!("../../../sanduq-matching/profiles/address.toml"),
    ),
    (
        "contact",
        include_str!("../../../sanduq-matching/profiles/contact.toml"),
    ),
];

/// Weights by their name.
const WEIGHTS: [(&str, &str); 2] = [
    (
        "four_parts",
        include_str!("../../../sanduq-matching/weights/four_parts.txt"),
    ),
    (
        "three_parts",
        include_str!("../../../sanduq-matching/weights/three_parts.txt"),
    ),
];

/// The file of a country's profile.
const FILE: &str = "matching.toml";

/// List the profiles.
#[derive(Args)]
pub struct Profiles {
    /// Read the profiles of countries from this folder instead of the program's own.
    #[arg(long, value_name = "DIR")]
    jurisdictions: Option<PathBuf>,
    /// Print one JSON object a line.
    #[arg(long)]
    json: bool,
}

/// A profile as it is used.
pub struct Chosen {
    /// Its text, for the fingerprint of a run.
    pub text: String,
    /// What the records look like.
    pub profile: Profile,
    /// What evidence is worth.
    pub weights: Weights,
    /// How the files are read.
    pub reading: Reading,
}

/// Which profile and weights a command is asked for.
#[derive(Args)]
pub struct Asked {
    /// What the records look like: the name of a country or a general profile (see
    /// `sanduq match profiles`), or a file that ends in .toml.
    #[arg(long, value_name = "NAME")]
    pub profile: String,
    /// Weights other than the profile's own.
    #[arg(long, value_name = "FILE")]
    weights: Option<PathBuf>,
    /// Read the profiles of countries from this folder instead of the program's own.
    #[arg(long, value_name = "DIR")]
    jurisdictions: Option<PathBuf>,
    #[command(flatten)]
    reading: Reading,
}

impl Asked {
    /// The language that is asked for.
    pub const fn locale(&self) -> Option<Locale> {
        self.reading.locale()
    }

    /// The profile and its weights.
    ///
    /// # Errors
    /// As [`choose`].
    pub fn choose(&self) -> Result<Chosen, Ended> {
        let jurisdictions = Jurisdictions::open(self.jurisdictions.as_deref());
        let chosen = choose(&self.profile, &jurisdictions, self.weights.as_deref())?;
        Ok(Chosen {
            reading: self.reading.clone(),
            ..chosen
        })
    }
}

/// Runs the command.
///
/// # Errors
/// When a profile of the folder cannot be used.
pub fn run(args: &Profiles) -> Result<(), Ended> {
    let jurisdictions = Jurisdictions::open(args.jurisdictions.as_deref());
    for (name, text) in all(&jurisdictions)? {
        let profile = Profile::read(&text).map_err(|refusal| place::profile(&name, &refusal))?;
        if args.json {
            let columns: Vec<&String> = profile.columns.names.iter().collect();
            println!(
                "{}",
                json!({
                    "profile": name,
                    "also": profile.also,
                    "about": profile.about,
                    "names": columns,
                })
            );
        } else {
            let also = profile.also.join(", ");
            let also = if also.is_empty() {
                also
            } else {
                format!(" (also {also})")
            };
            println!("{name:<10} {}{also}", profile.about);
        }
    }
    Ok(())
}

/// Every profile by its name: of countries, then the general ones.
fn all(jurisdictions: &Jurisdictions) -> Result<Vec<(String, String)>, Ended> {
    let countries = jurisdictions.profiles()?.into_iter();
    let texts = countries.filter_map(|name| {
        let text = jurisdictions.text(&format!("{name}/{FILE}")).ok()?;
        Some((name, text))
    });
    let general = GENERAL.iter();
    let general = general.map(|(name, text)| ((*name).to_owned(), (*text).to_owned()));
    Ok(texts.chain(general).collect())
}

/// The profile of a name, or of a file that ends in `.toml`; with other weights where a file of
/// them is named.
///
/// # Errors
/// When there is no such profile, or it or its weights cannot be used.
pub fn choose(
    name: &str,
    jurisdictions: &Jurisdictions,
    weights: Option<&Path>,
) -> Result<Chosen, Ended> {
    let text = if name.ends_with(".toml") {
        read(Path::new(name))?
    } else {
        of_name(name, jurisdictions)?
    };
    let profile = Profile::read(&text).map_err(|refusal| place::profile(name, &refusal))?;
    let of = weights.map_or_else(|| name.to_owned(), |path| path.display().to_string());
    let weights = match weights {
        Some(path) => {
            let read = Weights::read(&read(path)?);
            read.map_err(|refusal| place::weights(&of, &refusal))?
        }
        None => own_weights(name, &profile)?,
    };
    check(&of, &weights)?;
    Ok(Chosen {
        text,
        profile,
        weights,
        reading: Reading::default(),
    })
}

fn of_name(name: &str, jurisdictions: &Jurisdictions) -> Result<String, Ended> {
    let all = all(jurisdictions)?;
    let is_also = |text: &str| {
        Profile::read(text).is_ok_and(|profile| profile.also.iter().any(|also| also == name))
    };
    let found = all.iter().find(|(own, text)| own == name || is_also(text));
    found.map(|(_, text)| text.clone()).ok_or_else(|| {
        let known: Vec<&str> = all.iter().map(|(name, _)| name.as_str()).collect();
        let known = known.join(", ");
        let sentence = format!(
            "there is no profile {name}; known: {known}; or name a file that ends in .toml"
        );
        let facts = vec![
            place::name(name),
            Fact::one("place-known", "names", known.as_str()),
        ];
        place::refused("matching.profile_unknown", sentence, facts)
    })
}

fn own_weights(name: &str, profile: &Profile) -> Result<Weights, Ended> {
    if profile.weights.is_empty() {
        let mut weights = assumed::weights();
        weights.review = profile.review;
        return Ok(weights);
    }
    let found = WEIGHTS.iter().find(|(own, _)| *own == profile.weights);
    let Some((_, text)) = found else {
        let known = WEIGHTS.map(|(own, _)| own).join(", ");
        let sentence = format!(
            "{name}: weights: the profile asks for {}; known: {known}; or name a file of them with \
             --weights",
            profile.weights
        );
        let facts = vec![
            place::name(name),
            place::name(format!("weights = \"{}\"", profile.weights)),
            Fact::one("place-known", "names", known.as_str()),
        ];
        return Err(place::refused("matching.weights_unknown", sentence, facts));
    };
    let (text, adjusted) = (text.trim_end(), profile.adjusted.join("\n"));
    Weights::read(&format!("{text}\n{adjusted}")).map_err(|refusal| {
        // The weights of the program are understood, so it is a line of the profile's own.
        let line = refusal.line.saturating_sub(text.lines().count());
        place::weights(&format!("{name}: adjusted"), &WeightsRefusal { line })
    })
}

/// Says no to weights that decide nothing: every pair would be one person, or none. They are those
/// of a file or profile.
fn check(of: &str, weights: &Weights) -> Result<(), Ended> {
    let Weights {
        review, automatic, ..
    } = weights;
    let facts = vec![place::name(of)];
    if weights.cells.iter().all(|worth| *worth == [0; 2]) {
        let sentence = format!(
            "{of}: the weights name no piece of evidence, so that all pairs would be alike; name \
             another file, or learn them with sanduq match train"
        );
        return Err(place::refused("matching.weights_empty", sentence, facts));
    }
    if review > automatic {
        let sentence = format!(
            "{of}: the weights propose from {automatic} on unasked and ask a person only from \
             {review} on; review stands at or below automatic"
        );
        return Err(place::refused(
            "matching.weights_thresholds",
            sentence,
            facts,
        ));
    }
    Ok(())
}

fn read(path: &Path) -> Result<String, Ended> {
    std::fs::read_to_string(path).map_err(|fault| {
        let sentence = format!(
            "{}: it cannot be read ({fault}); check the folder and the name",
            path.display()
        );
        place::refused("matching.file", sentence, vec![place::file(path)])
    })
}
