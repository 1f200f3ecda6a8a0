//! Which profiles there are, and the weights that belong to them.

use crate::exit::Ended;
use crate::jurisdictions::Jurisdictions;
use crate::matching::reading::Reading;
use clap::Args;
use sanduq_core::names::Locale;
use sanduq_core::refusal::Refusal;
use sanduq_register::matching::assumed;
use sanduq_register::matching::profile::Profile;
use sanduq_register::matching::weights::Weights;
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
        let profile = Profile::read(&text).map_err(|refusal| Ended::refused(&refusal))?;
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
    let profile = Profile::read(&text).map_err(|refusal| refused_in(name, &refusal))?;
    let weights = match weights {
        Some(path) => Weights::read(&read(path)?)
            .map_err(|refusal| refused_in(&path.display().to_string(), &refusal))?,
        None => own_weights(&profile)?,
    };
    check(&weights)?;
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
        Ended::Refused {
            code: "matching.profile_unknown".to_owned(),
            sentence: format!(
                "there is no profile {name}; known: {}; or name a file that ends in .toml",
                known.join(", ")
            ),
        }
    })
}

fn own_weights(profile: &Profile) -> Result<Weights, Ended> {
    let adjusted = profile.adjusted.join("\n");
    if profile.weights.is_empty() {
        let mut weights = assumed::weights();
        weights.review = profile.review;
        return Ok(weights);
    }
    let found = WEIGHTS.iter().find(|(name, _)| *name == profile.weights);
    match found {
        Some((_, text)) => read_weights(&format!("{text}\n{adjusted}")),
        None => Err(Ended::Refused {
            code: "matching.weights_unknown".to_owned(),
            sentence: format!(
                "the profile asks for weights {}; known: {}; or name a file of them with --weights",
                profile.weights,
                WEIGHTS.map(|(name, _)| name).join(", ")
            ),
        }),
    }
}

fn read_weights(text: &str) -> Result<Weights, Ended> {
    Weights::read(text).map_err(|refusal| Ended::refused(&refusal))
}

/// Says no to weights that decide nothing: every pair would be one person, or none.
fn check(weights: &Weights) -> Result<(), Ended> {
    let Weights {
        review, automatic, ..
    } = weights;
    if weights.cells.iter().all(|worth| *worth == [0; 2]) {
        return Err(Ended::Refused {
            code: "matching.weights_empty".to_owned(),
            sentence: "the weights name no piece of evidence, so that all pairs would be alike; \
                       name another file, or learn them with sanduq match train"
                .to_owned(),
        });
    }
    if review > automatic {
        return Err(Ended::Refused {
            code: "matching.weights_thresholds".to_owned(),
            sentence: format!(
                "the weights propose from {automatic} on unasked and ask a person only from \
                 {review} on; review stands at or below automatic"
            ),
        });
    }
    Ok(())
}

/// A refusal of what stands in a file or goes by a name.
pub fn refused_in(place: &str, refusal: &dyn Refusal) -> Ended {
    Ended::Refused {
        code: refusal.code().to_owned(),
        sentence: format!("{place}: {}", refusal.to_string().trim_end()),
    }
}

fn read(path: &Path) -> Result<String, Ended> {
    std::fs::read_to_string(path).map_err(|fault| Ended::Refused {
        code: "matching.file".to_owned(),
        sentence: format!(
            "{}: it cannot be read ({fault}); check the folder and the name",
            path.display()
        ),
    })
}
