//! The questions of an election (Belenios specification, "Elections") and the choices that answer
//! them.

use crate::json::Canonical;
use crate::json::Reader;
use crate::json::write_array;
use crate::json::write_text;
use crate::refusal::Refusal;

/// The largest number of answers of a question: what is larger is no ballot paper.
pub const LARGEST_ANSWERS: usize = 10_000;

/// A question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Question {
    /// Each answer is chosen or not, and only sums are decrypted.
    Homomorphic(Homomorphic),
    /// Each answer gets a number, and ballots are shuffled and decrypted one by one.
    NonHomomorphic(NonHomomorphic),
}

/// A question of which only sums are decrypted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Homomorphic {
    /// The answers in the order of the choices.
    pub answers: Vec<String>,
    /// Whether a blank vote is allowed; as it stands in the description, where it may be left out.
    pub blank: Option<bool>,
    /// The smallest number of answers that may be chosen.
    pub min: u64,
    /// The largest number of answers that may be chosen.
    pub max: u64,
    /// The question's words.
    pub question: String,
}

/// A question whose ballots are shuffled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NonHomomorphic {
    /// The answers in the order of the numbers.
    pub answers: Vec<String>,
    /// The question's words.
    pub question: String,
    /// Anything else said of the question, carried along.
    pub extra: Option<String>,
}

impl Homomorphic {
    /// Whether a blank vote is allowed.
    pub fn allows_blank(&self) -> bool {
        self.blank == Some(true)
    }

    /// The number of encrypted choices: one for each answer, after one for a blank vote.
    pub fn choices(&self) -> usize {
        self.answers.len() + usize::from(self.allows_blank())
    }

    /// The sums that may be chosen.
    pub fn sums(&self) -> std::ops::RangeInclusive<u64> {
        self.min..=self.max
    }
}

impl Question {
    /// The number of answers.
    pub fn answers(&self) -> &[String] {
        match self {
            Question::Homomorphic(question) => &question.answers,
            Question::NonHomomorphic(question) => &question.answers,
        }
    }

    /// Whether its ballots must be shuffled.
    pub fn is_shuffled(&self) -> bool {
        matches!(self, Question::NonHomomorphic(_))
    }

    /// Whether anybody can answer the question.
    fn check(&self) -> Result<(), Refusal> {
        let answers = self.answers().len();
        let bounds = match self {
            Question::Homomorphic(question) => {
                let most = u64::try_from(answers).unwrap_or(u64::MAX);
                question.min <= question.max && question.max <= most
            }
            Question::NonHomomorphic(_) => true,
        };
        ((1..=LARGEST_ANSWERS).contains(&answers) && bounds)
            .then_some(())
            .ok_or(Refusal::Question)
    }

    /// Whether the choices answer the question: 0 or 1 for each answer of a homomorphic one, with
    /// the flag of a blank vote before them where it is allowed; any numbers of 8 bits otherwise.
    ///
    /// # Errors
    /// `Choices`.
    pub fn accept(&self, choices: &[u8]) -> Result<(), Refusal> {
        let fit = match self {
            Question::NonHomomorphic(question) => choices.len() == question.answers.len(),
            Question::Homomorphic(question) => {
                let flag = question.allows_blank() && choices.first() == Some(&1);
                let skipped = usize::from(question.allows_blank());
                let sum: u64 = choices
                    .iter()
                    .skip(skipped)
                    .map(|one| u64::from(*one))
                    .sum();
                let bounds = if flag {
                    sum == 0
                } else {
                    question.sums().contains(&sum)
                };
                choices.len() == question.choices()
                    && choices.iter().all(|choice| *choice <= 1)
                    && bounds
            }
        };
        fit.then_some(()).ok_or(Refusal::Choices)
    }
}

impl Canonical for Question {
    fn read(reader: &mut Reader<'_>) -> Result<Self, Refusal> {
        let question = if reader.take("{\"type\":\"NonHomomorphic\",\"value\":{\"answers\":") {
            let answers = reader.array(Reader::text)?;
            reader.expect(",\"question\":")?;
            let question = reader.text()?;
            reader.expect("}")?;
            let extra = if reader.take(",\"extra\":") {
                Some(reader.value()?.to_owned())
            } else {
                None
            };
            Question::NonHomomorphic(NonHomomorphic {
                answers,
                question,
                extra,
            })
        } else {
            Question::Homomorphic(read_homomorphic(reader)?)
        };
        reader.expect("}")?;
        question.check()?;
        Ok(question)
    }

    fn write(&self, out: &mut String) {
        let words = |text: &String, out: &mut String| write_text(text, out);
        match self {
            Question::NonHomomorphic(question) => {
                out.push_str("{\"type\":\"NonHomomorphic\",\"value\":{\"answers\":");
                write_array(&question.answers, out, words);
                out.push_str(",\"question\":");
                write_text(&question.question, out);
                out.push('}');
                if let Some(extra) = &question.extra {
                    out.push_str(",\"extra\":");
                    out.push_str(extra);
                }
            }
            Question::Homomorphic(question) => {
                out.push_str("{\"answers\":");
                write_array(&question.answers, out, words);
                if let Some(blank) = question.blank {
                    out.push_str(if blank {
                        ",\"blank\":true"
                    } else {
                        ",\"blank\":false"
                    });
                }
                out.push_str(&format!(
                    ",\"min\":{},\"max\":{}",
                    question.min, question.max
                ));
                out.push_str(",\"question\":");
                write_text(&question.question, out);
            }
        }
        out.push('}');
    }
}

fn read_homomorphic(reader: &mut Reader<'_>) -> Result<Homomorphic, Refusal> {
    reader.expect("{\"answers\":")?;
    let answers = reader.array(Reader::text)?;
    let blank = if reader.take(",\"blank\":true") {
        Some(true)
    } else {
        reader.take(",\"blank\":false").then_some(false)
    };
    reader.expect(",\"min\":")?;
    let min = reader.number()?;
    reader.expect(",\"max\":")?;
    let max = reader.number()?;
    reader.expect(",\"question\":")?;
    let question = reader.text()?;
    Ok(Homomorphic {
        answers,
        blank,
        min,
        max,
        question,
    })
}
