//! What a person typed into the lines of a sheet. Always true here: a figure is read exactly or not
//! at all; an empty line is empty and not zero.

use sanduq_core::count::Votes;
use sanduq_count::form::Form;
use sanduq_count::sheet::Figures;
use sanduq_count::sheet::Line;
use sanduq_count::sheet::Paper;
use sanduq_table::CountFault;
use sanduq_table::parse_count;
use std::collections::BTreeMap;

/// No station has a milliard of anything: a longer number is a slip of the fingers.
const MOST: u64 = 999_999_999;

/// What a form sent: names and values.
pub type Sent = Vec<(String, String)>;

/// One line as it was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed {
    /// The line.
    pub line: Line,
    /// What was typed.
    pub text: String,
    /// The figure, or why it is none.
    pub figure: Result<Option<Votes>, Slip>,
}

/// Why what was typed is no figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slip {
    /// It is written in a way that may be read in two.
    Count(CountFault),
    /// It is larger than any station's.
    TooLarge,
}

impl Slip {
    /// The key of its sentence.
    #[must_use]
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::TooLarge | Self::Count(CountFault::Overflow | CountFault::Exponent) => {
                "entry-slip-large"
            }
            Self::Count(CountFault::Sign) => "entry-slip-sign",
            Self::Count(CountFault::Decimal) => "entry-slip-decimal",
            Self::Count(CountFault::MixedDigits) => "entry-slip-mixed",
            Self::Count(CountFault::Separator) => "entry-slip-separator",
            Self::Count(_) => "entry-slip-digits",
        }
    }
}

/// What was sent under a name; empty when nothing was.
#[must_use]
pub fn value<'s>(sent: &'s Sent, name: &str) -> &'s str {
    let pair = sent.iter().find(|(own, _)| own == name);
    pair.map_or("", |(_, value)| value.trim())
}

/// The name of a line in the form.
#[must_use]
pub fn name(line: &Line) -> String {
    match line {
        Line::Field(code) => format!("f-{code}"),
        Line::Choice(code) => format!("c-{code}"),
    }
}

/// Every line of a paper, in its order.
pub fn lines(paper: &Paper<'_>) -> Vec<Line> {
    let fields = paper.form().fields.iter();
    let fields = fields.map(|field| Line::Field(field.code.clone()));
    let choices = paper.contest().choices.iter();
    let choices = choices.map(|choice| Line::Choice(choice.code.clone()));
    fields.chain(choices).collect()
}

/// Reads what was sent for these lines; what was not sent is empty.
#[must_use]
pub fn read(lines: &[Line], sent: &Sent) -> Vec<Typed> {
    let one = |line: &Line| {
        let text = value(sent, &name(line));
        Typed {
            line: line.clone(),
            text: text.to_owned(),
            figure: figure(text),
        }
    };
    lines.iter().map(one).collect()
}

/// The figure that a text is; none when it is empty.
///
/// # Errors
/// The [`Slip`] that it has.
pub fn figure(text: &str) -> Result<Option<Votes>, Slip> {
    match parse_count(text.as_bytes()) {
        Ok(count) if count > MOST => Err(Slip::TooLarge),
        Ok(count) => Ok(Some(Votes::new(count))),
        Err(CountFault::Blank) => Ok(None),
        Err(fault) => Err(Slip::Count(fault)),
    }
}

/// The figures of a whole sheet; none while a line is no figure.
#[must_use]
pub fn figures(form: &Form, typed: &[Typed]) -> Option<Figures> {
    let all: Result<Vec<_>, _> = typed.iter().map(|one| one.figure).collect();
    let mut fields = all.ok()?;
    let choices = fields.split_off(form.fields.len().min(fields.len()));
    Some(Figures { fields, choices })
}

/// The figures of some lines of a sheet; none while one is no figure.
#[must_use]
pub fn corrections(typed: &[Typed]) -> Option<BTreeMap<Line, Option<Votes>>> {
    let pair = |one: &Typed| Some((one.line.clone(), one.figure.ok()?));
    typed.iter().map(pair).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_is_read_in_every_script_and_exactly() {
        let votes = |count| Ok(Some(Votes::new(count)));
        for (typed, figure_read) in [
            ("385", votes(385)),
            (" ٣٨٥ ", votes(385)),
            ("۳۸۵", votes(385)),
            ("1,385", votes(1385)),
            ("١٬٣٨٥", votes(1385)),
            ("0", votes(0)),
            ("007", votes(7)),
            ("", Ok(None)),
            ("  ", Ok(None)),
            ("999999999", votes(999_999_999)),
            ("1000000000", Err(Slip::TooLarge)),
            (
                "99999999999999999999",
                Err(Slip::Count(CountFault::Overflow)),
            ),
            ("3٨5", Err(Slip::Count(CountFault::MixedDigits))),
            ("-5", Err(Slip::Count(CountFault::Sign))),
            ("3.5", Err(Slip::Count(CountFault::Decimal))),
            ("38,5", Err(Slip::Count(CountFault::Separator))),
            ("38o", Err(Slip::Count(CountFault::NotDigits('o')))),
        ] {
            assert_eq!(figure(typed), figure_read, "{typed:?}");
        }
    }
}
