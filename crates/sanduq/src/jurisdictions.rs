//! The law as data: the folder `jurisdictions/` as it was when the program was built, or another
//! folder of the same shape that the user names. A text is named by its place
//! (`wahat/profile.toml`) or, for forms and seat rules, by its code.

use crate::exit::Ended;
use include_dir::Dir;
use include_dir::include_dir;
use sanduq_core::id::LawCode;
use sanduq_count::publication::LawText;
use sanduq_rehearsal::people::source::Language;
use sanduq_rehearsal::people::source::Source;
use std::path::Path;
use std::path::PathBuf;

static BUILT_IN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../jurisdictions");

/// Where texts of law come from.
pub enum Jurisdictions {
    /// From the program itself.
    BuiltIn,
    /// From this folder.
    Folder(PathBuf),
}

impl Jurisdictions {
    /// The folder that the user names, or the program's own texts.
    pub fn open(folder: Option<&Path>) -> Self {
        folder.map_or(Self::BuiltIn, |folder| Self::Folder(folder.to_owned()))
    }

    /// The text at a place, `<profile>/<file>`.
    pub fn text(&self, place: &str) -> Result<String, Ended> {
        let text = match self {
            Self::BuiltIn => BUILT_IN
                .get_file(place)
                .and_then(|f| f.contents_utf8())
                .map(str::to_owned),
            Self::Folder(folder) => std::fs::read_to_string(folder.join(place)).ok(),
        };
        text.ok_or_else(|| Ended::Refused {
            code: "law.absent".to_owned(),
            sentence: format!("there is no text {place} among the jurisdictions"),
        })
    }

    /// The text of a form or seat rule by its code: `<any profile>/<kind>/<code>.toml`, kind being
    /// `forms` or `seats`.
    pub fn law(&self, kind: &str, code: &LawCode) -> Result<LawText, Ended> {
        let file = format!("{kind}/{code}.toml");
        let profiles = self.profiles()?;
        let place = profiles.iter().map(|profile| format!("{profile}/{file}"));
        let mut found = place.filter_map(|place| self.text(&place).ok());
        match found.next() {
            Some(text) => Ok(LawText {
                code: code.clone(),
                text,
            }),
            None => Err(Ended::Refused {
                code: "law.unknown".to_owned(),
                sentence: format!(
                    "there is no {file} in any jurisdiction; known: {}",
                    self.known(kind).join(", ")
                ),
            }),
        }
    }

    /// The profile of the jurisdiction that has this form or seat rule.
    pub fn profile_of(&self, kind: &str, code: &LawCode) -> Result<String, Ended> {
        let file = format!("{code}.toml");
        for profile in self.profiles()? {
            if self.names(&format!("{profile}/{kind}")).contains(&file) {
                return self.text(&format!("{profile}/profile.toml"));
            }
        }
        self.law(kind, code).map(|law| law.text)
    }

    /// What people of a language are drawn from: `people.toml` and `names.csv` of the first profile
    /// that has them in it.
    pub fn people(&self, language: Language) -> Result<Source, Ended> {
        for profile in self.profiles()? {
            let text = |file: &str| self.text(&format!("{profile}/{file}"));
            let Ok(people) = text("people.toml") else {
                continue;
            };
            let source = Source::read(&people, &text("names.csv")?);
            let source = source.map_err(|why| Ended::Refused {
                code: "people.names".to_owned(),
                sentence: format!("{profile}: {why}"),
            })?;
            if source.ways.language == language {
                return Ok(source);
            }
        }
        Err(Ended::Refused {
            code: "people.language".to_owned(),
            sentence: "no jurisdiction has people.toml and names.csv in this language".to_owned(),
        })
    }

    /// The codes of all texts of a kind, in order.
    pub fn known(&self, kind: &str) -> Vec<String> {
        let profiles = self.profiles().unwrap_or_default();
        let mut codes: Vec<String> = profiles
            .iter()
            .flat_map(|profile| self.names(&format!("{profile}/{kind}")))
            .filter_map(|name| name.strip_suffix(".toml").map(str::to_owned))
            .collect();
        codes.sort();
        codes
    }

    /// The codes of all profiles, in order.
    pub fn profiles(&self) -> Result<Vec<String>, Ended> {
        let mut names = self.names("");
        if names.is_empty() {
            return Err(Ended::Refused {
                code: "law.absent".to_owned(),
                sentence: "the folder of jurisdictions is empty or cannot be read".to_owned(),
            });
        }
        names.sort();
        Ok(names)
    }

    /// The names of what lies in a folder of the jurisdictions.
    fn names(&self, folder: &str) -> Vec<String> {
        match self {
            Self::BuiltIn => {
                let dir = if folder.is_empty() {
                    Some(&BUILT_IN)
                } else {
                    BUILT_IN.get_dir(folder)
                };
                let entries = dir.map(|dir| dir.entries()).unwrap_or_default();
                entries
                    .iter()
                    .filter_map(|entry| name(entry.path()))
                    .collect()
            }
            Self::Folder(root) => {
                let entries = std::fs::read_dir(root.join(folder)).into_iter().flatten();
                entries
                    .flatten()
                    .filter_map(|entry| name(&entry.path()))
                    .collect()
            }
        }
    }
}

fn name(path: &Path) -> Option<String> {
    path.file_name()
        .and_then(|name| name.to_str())
        .map(str::to_owned)
}
