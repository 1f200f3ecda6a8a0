//! The checks of a form, ready to run: each term is parsed once into a position and a factor, so
//! that a sheet is checked by adding integers and nothing else. A hundred thousand sheets take
//! milliseconds.
//!
//! Always true here: sums are exact. A figure has 64 bits, `max_choices` 32, a side fewer than 2^24
//! terms; all of them together stay below 2^121 and cannot overflow `i128`.

use crate::form::Form;
use crate::form::Relation;
use crate::form::Severity;
use crate::form::When;
use sanduq_core::contest::Contest;
use sanduq_core::count::Votes;
use serde::Deserialize;
use serde::Serialize;

/// The code under which an empty line is reported that the form does not allow to be empty.
pub const EMPTY_LINE: &str = "empty_line";

/// A check that does not hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The code of the check.
    pub check: String,
    /// How bad it is.
    pub severity: Severity,
    /// The left side; `None` when a line it needs is empty. May be negative.
    #[serde(with = "super::exact")]
    pub left: Option<i128>,
    /// The right side.
    #[serde(with = "super::exact")]
    pub right: Option<i128>,
}

impl Finding {
    /// A finding that no arithmetic of the form made: a cut row, a second sheet of one station.
    #[must_use]
    pub fn of(check: &str, severity: Severity) -> Self {
        Self {
            check: check.to_owned(),
            severity,
            left: None,
            right: None,
        }
    }

    /// Whether it holds the sheet back (requirements D.2: minor ones are noted only).
    #[must_use]
    pub fn holds_back(&self) -> bool {
        self.severity > Severity::Minor
    }
}

/// A check that was made on a sheet, whether it holds or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    /// Its code, severity and both sides.
    pub finding: Finding,
    /// Whether it holds.
    pub holds: bool,
}

/// How many choices a ballot of the contest may mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Marks {
    /// At most this many.
    pub max_choices: u32,
    /// And not fewer.
    pub exact: bool,
}

impl Marks {
    /// The marks of a contest.
    #[must_use]
    pub const fn of(contest: &Contest) -> Self {
        Self {
            max_choices: contest.max_choices,
            exact: contest.exact_choice,
        }
    }
}

/// What a term counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Counted {
    /// The field at this position.
    Field(usize),
    /// The sum over all choices.
    Choices,
    /// The largest choice.
    Largest,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Term {
    counted: Counted,
    subtracted: bool,
    times_max_choices: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Compiled {
    code: String,
    severity: Severity,
    when: When,
    relation: Relation,
    tolerance: i128,
    left: Vec<Term>,
    right: Vec<Term>,
}

/// The checks of one form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checks {
    /// For each field whether it may be empty.
    optional: Vec<bool>,
    checks: Vec<Compiled>,
}

/// Why a term cannot be parsed; the reader of the form adds the line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TermFault {
    NotATerm,
    UnknownField,
}

fn term(form: &Form, written: &str) -> Result<Term, TermFault> {
    let mut rest = written.trim();
    let subtracted = rest.starts_with('-');
    if subtracted {
        rest = rest[1..].trim_start();
    }
    let times_max_choices = match rest.split_once('*') {
        Some((name, "max_choices" | " max_choices")) => {
            rest = name.trim_end();
            true
        }
        Some(_) => return Err(TermFault::NotATerm),
        None => false,
    };
    let counted = match rest {
        "choices" => Counted::Choices,
        "max(choices)" => Counted::Largest,
        name if !sanduq_core::id::is_code(name) => return Err(TermFault::NotATerm),
        name => Counted::Field(form.position(name).ok_or(TermFault::UnknownField)?),
    };
    Ok(Term {
        counted,
        subtracted,
        times_max_choices,
    })
}

fn side(form: &Form, written: &[String]) -> Result<Vec<Term>, (usize, TermFault)> {
    let parse = |(at, text): (usize, &String)| term(form, text).map_err(|fault| (at, fault));
    written.iter().enumerate().map(parse).collect()
}

/// The choices of one sheet, added up once for all checks; `None` when one is empty.
#[derive(Clone, Copy)]
struct Added {
    sum: Option<i128>,
    largest: Option<i128>,
}

impl Added {
    fn up(choices: &[Option<Votes>]) -> Self {
        let mut sum = 0_i128;
        let mut largest = 0_u64;
        for choice in choices {
            let Some(votes) = choice else {
                return Self {
                    sum: None,
                    largest: None,
                };
            };
            sum += i128::from(votes.get());
            largest = largest.max(votes.get());
        }
        Self {
            sum: Some(sum),
            largest: Some(i128::from(largest)),
        }
    }
}

impl Checks {
    /// The checks of a form, parsed.
    ///
    /// # Panics
    /// When the form did not come from [`Form::from_toml`] and a check names an unknown field.
    #[must_use]
    pub fn new(form: &Form) -> Self {
        Self::compile(form).expect("a form that was read names only its own fields")
    }

    /// The place of the first fault: check, whether on the left, term.
    pub(super) fn compile(form: &Form) -> Result<Self, (usize, bool, usize, TermFault)> {
        let mut checks = Vec::with_capacity(form.checks.len());
        for (at, check) in form.checks.iter().enumerate() {
            checks.push(Compiled {
                code: check.code.clone(),
                severity: check.severity,
                when: check.when,
                relation: check.relation,
                tolerance: i128::from(check.tolerance),
                left: side(form, &check.left).map_err(|(nth, why)| (at, true, nth, why))?,
                right: side(form, &check.right).map_err(|(nth, why)| (at, false, nth, why))?,
            });
        }
        Ok(Self {
            optional: form.fields.iter().map(|field| field.optional).collect(),
            checks,
        })
    }

    /// The checks that do not hold, in the order of the form; before them that of an empty line
    /// when a line is empty that must not be. A check that needs such a line fails, because nobody
    /// can say that it holds. An empty line that may be empty counts as nothing.
    #[must_use]
    pub fn failing(
        &self,
        marks: Marks,
        fields: &[Option<Votes>],
        choices: &[Option<Votes>],
    ) -> Vec<Finding> {
        let mut findings = Vec::new();
        let added = Added::up(choices);
        let missing = |(value, optional): (&Option<Votes>, &bool)| value.is_none() && !optional;
        if added.sum.is_none() || fields.iter().zip(&self.optional).any(missing) {
            findings.push(Finding::of(EMPTY_LINE, Severity::Major));
        }
        let failed = self.run(marks, fields, added).filter(|made| !made.holds);
        findings.extend(failed.map(|made| made.finding));
        findings
    }

    /// Every check that is made in such a contest, in the order of the form, with both its sides:
    /// what a reader needs to add a sheet up again.
    #[must_use]
    pub fn made(
        &self,
        marks: Marks,
        fields: &[Option<Votes>],
        choices: &[Option<Votes>],
    ) -> Vec<Made> {
        self.run(marks, fields, Added::up(choices)).collect()
    }

    fn run(
        &self,
        marks: Marks,
        fields: &[Option<Votes>],
        added: Added,
    ) -> impl Iterator<Item = Made> {
        let made = move |check: &&Compiled| match check.when {
            When::Always => true,
            When::ExactChoice => marks.exact,
            When::FreeChoice => !marks.exact,
        };
        self.checks.iter().filter(made).map(move |check| {
            let left = self.total(&check.left, marks, fields, added);
            let right = self.total(&check.right, marks, fields, added);
            Made {
                holds: holds(check, left, right),
                finding: Finding {
                    check: check.code.clone(),
                    severity: check.severity,
                    left,
                    right,
                },
            }
        })
    }

    fn total(
        &self,
        terms: &[Term],
        marks: Marks,
        fields: &[Option<Votes>],
        added: Added,
    ) -> Option<i128> {
        let mut total = 0_i128;
        for term in terms {
            let mut value = match term.counted {
                Counted::Choices => added.sum?,
                Counted::Largest => added.largest?,
                Counted::Field(at) => match fields[at] {
                    Some(votes) => i128::from(votes.get()),
                    None if self.optional[at] => 0,
                    None => return None,
                },
            };
            if term.times_max_choices {
                value *= i128::from(marks.max_choices);
            }
            total += if term.subtracted { -value } else { value };
        }
        Some(total)
    }
}

fn holds(check: &Compiled, left: Option<i128>, right: Option<i128>) -> bool {
    let (Some(left), Some(right)) = (left, right) else {
        return false;
    };
    match check.relation {
        Relation::Equal => (left - right).abs() <= check.tolerance,
        Relation::AtMost => left - right <= check.tolerance,
    }
}

#[cfg(test)]
mod tests;
