//! The draft of an election: its questions and its identifier, fixed before keys and credentials
//! are made for it.

use crate::ballot::files;
use crate::ballot::files::refused;
use crate::ballot::fingerprint;
use crate::ballot::kind::Kind;
use crate::ballot::kind::in_group;
use crate::ballot::kind::no_embedding;
use crate::ballot::secrets::chance;
use crate::exit::Ended;
use rand_chacha::rand_core::Rng;
use sanduq_ballot::election::BASE_58;
use sanduq_ballot::election::CryptoVersion;
use sanduq_ballot::election::Description;
use sanduq_ballot::election::ElectionId;
use sanduq_ballot::group::Group;
use sanduq_ballot::json::Canonical;
use sanduq_ballot::question::Homomorphic;
use sanduq_ballot::question::NonHomomorphic;
use sanduq_ballot::question::Question;
use sanduq_ballot::refusal::Refusal;
use serde::Deserialize;
use serde::Serialize;
use std::path::Path;

/// Characters of an identifier.
const IDENTIFIER: usize = 14;

/// What is asked of whom, as an administrator writes it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    uuid: Option<String>,
    name: String,
    #[serde(default)]
    description: String,
    group: Kind,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    administrator: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    credential_authority: Option<String>,
    question: Vec<Asked>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    question: String,
    answers: Vec<String>,
    #[serde(default)]
    shuffled: bool,
    #[serde(default)]
    blank: bool,
    #[serde(default = "one")]
    min: u64,
    #[serde(default = "one")]
    max: u64,
}

fn one() -> u64 {
    1
}

impl Asked {
    fn question(&self) -> Result<Question, Refusal> {
        let (answers, question) = (self.answers.clone(), self.question.clone());
        let question = if self.shuffled {
            Question::NonHomomorphic(NonHomomorphic {
                answers,
                question,
                extra: None,
            })
        } else {
            Question::Homomorphic(Homomorphic {
                answers,
                blank: self.blank.then_some(true),
                min: self.min,
                max: self.max,
                question,
            })
        };
        // Reading is where a question nobody can answer is refused.
        Question::from_bytes(question.to_text().as_bytes())
    }
}

/// An example to begin with.
pub const TEMPLATE: &str = r#"# An election by remote ballot. Lines that begin with # are remarks.
name = "Council of the valley"
description = "A longer text for the voters"
# ed25519; for the check by other programs belenios-2048, or rfc-3526-2048 with shuffles
group = "ed25519"
administrator = "The commission"
credential_authority = "The registry"

[[question]]
question = "Who shall sit in the council?"
answers = ["Amal", "Badr", "Cyrus"]
# how many may be chosen, and whether a vote may be blank
min = 1
max = 2
blank = true

# Each answer gets a number of 0 to 255; the ballots are shuffled and read one by one.
# [[question]]
# question = "In which order?"
# answers = ["Water", "Roads", "Schools"]
# shuffled = true
"#;

/// A draft that was checked.
#[derive(Clone, Debug)]
pub struct Draft {
    form: Form,
    uuid: String,
    questions: Vec<Question>,
}

impl Draft {
    /// Makes a draft of questions, with a new identifier.
    ///
    /// # Errors
    /// `ballot.questions` where the file is not as the template has it, `ballot.question`,
    /// `ballot.no_embedding`, `ballot.does_not_fit`.
    pub fn of_questions(path: &Path) -> Result<Draft, Ended> {
        let bytes = files::read(path)?;
        let unread = |why: String| refused("questions", format!("{}: {why}", path.display()));
        let text = str::from_utf8(&bytes).map_err(|why| unread(why.to_string()))?;
        let json = path.extension().is_some_and(|end| end == "json");
        let form: Result<Form, String> = if json {
            serde_json::from_str(text).map_err(|why| why.to_string())
        } else {
            toml::from_str(text).map_err(|why| why.to_string())
        };
        let mut form = form.map_err(unread)?;
        if form.uuid.is_some() {
            return Err(unread("the identifier is drawn by setup draft".to_owned()));
        }
        form.uuid = Some(identifier(IDENTIFIER)?);
        Draft::checked(form, path)
    }

    /// Reads a draft.
    ///
    /// # Errors
    /// As [`Draft::of_questions`]; `ballot.draft` for what is none.
    pub fn read(path: &Path) -> Result<Draft, Ended> {
        let form = serde_json::from_slice(&files::read(path)?);
        let none = |why| refused("draft", format!("{} is no draft: {why}", path.display()));
        Draft::checked(form.map_err(none)?, path)
    }

    fn checked(form: Form, path: &Path) -> Result<Draft, Ended> {
        let unfit = |refusal| files::unfit(path, refusal);
        let uuid = form.uuid.clone().unwrap_or_default();
        ElectionId::new(&uuid).map_err(unfit)?;
        let questions: Result<Vec<_>, _> = form.question.iter().map(Asked::question).collect();
        let questions = questions.map_err(unfit)?;
        if questions.is_empty() {
            return Err(unfit(Refusal::Question));
        }
        for question in questions.iter().filter(|question| question.is_shuffled()) {
            if form.group == Kind::Belenios2048 {
                return Err(no_embedding());
            }
            in_group!(form.group, fits(question)).map_err(unfit)?;
        }
        Ok(Draft {
            form,
            uuid,
            questions,
        })
    }

    /// The group.
    pub fn kind(&self) -> Kind {
        self.form.group
    }

    /// The identifier.
    pub fn uuid(&self) -> &str {
        &self.uuid
    }

    /// The name for people.
    pub fn name(&self) -> &str {
        &self.form.name
    }

    /// The questions.
    pub fn questions(&self) -> &[Question] {
        &self.questions
    }

    /// The file.
    ///
    /// # Errors
    /// A fault of the program.
    pub fn text(&self) -> Result<String, Ended> {
        let mut text = serde_json::to_string_pretty(&self.form).map_err(Ended::fault)?;
        text.push('\n');
        Ok(text)
    }

    /// What all who hold the draft compare.
    ///
    /// # Errors
    /// A fault of the program.
    pub fn fingerprint(&self) -> Result<String, Ended> {
        Ok(fingerprint::of(self.text()?.as_bytes()))
    }

    /// The description that will be published, under the key of the trustees.
    ///
    /// # Errors
    /// A fault of the program.
    pub fn description<G: Group>(&self, key: G::Element) -> Result<Description<G>, Ended> {
        Ok(Description {
            version: CryptoVersion::One,
            description: self.form.description.clone(),
            name: self.form.name.clone(),
            public_key: key,
            questions: self.questions.clone(),
            uuid: ElectionId::new(&self.uuid).map_err(Ended::fault)?,
            administrator: self.form.administrator.clone(),
            credential_authority: self.form.credential_authority.clone(),
        })
    }
}

/// Whether the numbers of a shuffled question fit into an element.
fn fits<G: Group>(question: &Question) -> Result<(), Refusal> {
    G::embed(&vec![0; question.answers().len()]).map(drop)
}

/// So many characters of base 58, each as likely as the others.
///
/// # Errors
/// A fault when the system has no chance.
pub fn identifier(length: usize) -> Result<String, Ended> {
    let mut chance = chance()?;
    let mut text = String::with_capacity(length);
    while text.len() < length {
        // Of 64 numbers the last six are no character: drawn again, so that none is likelier.
        let number = usize::try_from(chance.next_u64() & 63).unwrap_or(usize::MAX);
        text.extend(BASE_58.get(number).copied().map(char::from));
    }
    Ok(text)
}
