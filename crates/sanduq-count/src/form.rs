//! The form that a sheet is written on: its fields, what they mean, and the arithmetic that must
//! hold between them. A form is data (`jurisdictions/*/forms/*.toml`): a new country's sheet is a
//! file, not code. Requirements D.2.
//!
//! Always true of a form that [`Form::from_toml`] gave: its checks name only its own fields, its
//! layouts bind only its own fields and choices, and no code stands for two things.

mod exact;
mod check;
mod source;
mod bind;
mod time;
mod refusal;
mod layout;
mod read;

pub use bind::BindRefusal;
pub use bind::Binding;
pub use check::Checks;
pub use check::Finding;
pub use check::Made;
pub use check::Marks;
pub use refusal::FormRefusal;
pub use source::Ballot;
pub use source::BallotChoice;
pub use source::DifferingTotal;
pub use source::Key;
pub use source::Note;
pub use source::NoteKind;
pub use source::RaggedRow;
pub use source::Source;
pub use source::SourceLevel;
pub use source::TotalRows;
pub use time::TimeOfDay;
pub use time::time_of_day;

use sanduq_core::count::Votes;
use sanduq_core::id::FieldCode;
use sanduq_core::id::LawCode;
use sanduq_core::names::Names;
use serde::Deserialize;
use serde::Serialize;

/// What a field counts, where the house must know it; the order is that of requirements D.2.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Meaning {
    /// f1: persons on the list of the station.
    Registered,
    /// f2: persons who presented themselves.
    Presented,
    /// f3: persons refused.
    Refused,
    /// f4: persons checked in, or signatures.
    CheckedIn,
    /// f5: ballots received by the station.
    Received,
    /// f6: ballots left unused.
    Unused,
    /// f7: ballots spoiled and replaced.
    Spoiled,
    /// f8: ballots issued to voters.
    Issued,
    /// f9: ballots found in the box.
    InBox,
    /// f10: valid votes.
    Valid,
    /// f11: invalid votes.
    Invalid,
    /// f12: blank votes.
    Blank,
    /// A figure of the form that no rule of the house reads by its meaning.
    Other,
}

/// One numbered line of the form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// The code on the form (`a`, `f9`).
    pub code: FieldCode,
    /// The printed label.
    pub names: Names,
    /// What it counts.
    pub meaning: Meaning,
    /// Whether the line may be left empty on a sheet that is otherwise in order.
    #[serde(default)]
    pub optional: bool,
    /// How columns are headed that carry it, beside its code and its names.
    #[serde(default)]
    pub headers: Vec<String>,
}

/// How bad it is when a check fails (requirements D.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Noted; does not hold the sheet back.
    Minor,
    /// Holds the sheet back until it is explained or corrected.
    Major,
    /// Holds the sheet back until both organs have decided.
    Critical,
}

/// How the two sides of a check must stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Relation {
    /// Both sides equal, up to the tolerance.
    #[serde(rename = "=")]
    Equal,
    /// The left side does not exceed the right by more than the tolerance.
    #[serde(rename = "<=")]
    AtMost,
}

/// In which contests a check is made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum When {
    /// In every contest.
    #[default]
    Always,
    /// Where a valid ballot marks exactly `max_choices`.
    ExactChoice,
    /// Where a valid ballot may mark fewer.
    FreeChoice,
}

/// One check of the form's arithmetic: a sum of terms against another. A term is the code of a
/// field; `choices` for the sum over all choices; `max(choices)` for the largest; a leading `-`
/// subtracts; `* max_choices` behind a field multiplies it by the contest's number of marks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Check {
    /// The stable code that a failed check is reported under (`S4`).
    pub code: String,
    /// What it says in words.
    pub names: Names,
    /// How bad its failure is.
    pub severity: Severity,
    /// The terms of the left side.
    pub left: Vec<String>,
    /// How the sides must stand.
    pub relation: Relation,
    /// The terms of the right side.
    pub right: Vec<String>,
    /// By how much the sides may miss; 0 unless the law allows more.
    #[serde(default)]
    pub tolerance: u64,
    /// In which contests it is made.
    #[serde(default)]
    pub when: When,
}

/// A form: fields, checks, and the layouts of the files that carry its sheets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Form {
    /// The code by which commands name it (`--form`).
    pub code: LawCode,
    /// The title.
    pub names: Names,
    /// The lines, in the order of the paper.
    #[serde(rename = "field")]
    pub fields: Vec<Field>,
    /// The checks, in the order in which failures are listed.
    #[serde(default, rename = "check")]
    pub checks: Vec<Check>,
    /// What the sheets vote on; needed where there is a source.
    #[serde(default)]
    pub contest: Option<Ballot>,
    /// The layouts of files that carry such sheets.
    #[serde(default, rename = "source")]
    pub sources: Vec<Source>,
}

impl Form {
    /// The position of the field with this code.
    #[must_use]
    pub fn position(&self, code: &str) -> Option<usize> {
        self.fields
            .iter()
            .position(|field| field.code.as_str() == code)
    }

    /// The sum of the lines with this meaning among `sums`, which stand in the order of the form:
    /// a form may split what the house counts as one over several lines (fixed and mobile boxes).
    /// None where the form has no such line, or the sum does not fit in 64 bits.
    #[must_use]
    pub fn sum_of(&self, meaning: Meaning, sums: &[Votes]) -> Option<Votes> {
        let lines = self.fields.iter().zip(sums);
        let mut own = lines
            .filter(|(field, _)| field.meaning == meaning)
            .map(|(_, sum)| *sum);
        let first = own.next()?;
        own.try_fold(first, Votes::plus).ok()
    }

    /// The position of the first field with this meaning.
    #[must_use]
    pub fn meaning(&self, meaning: Meaning) -> Option<usize> {
        self.fields
            .iter()
            .position(|field| field.meaning == meaning)
    }
}
