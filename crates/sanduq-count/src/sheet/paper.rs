//! The paper that a sheet is written on: a form, as it is used in one contest. Here a sheet is
//! checked, and here it gets the digest by which the journal knows it.

use super::Figures;
use super::Finding;
use super::Salt;
use super::SheetKey;
use super::SheetRefusal;
use crate::form::Checks;
use crate::form::Form;
use crate::form::Marks;
use ring::digest;
use ring::digest::SHA256;
use sanduq_core::contest::Contest;
use sanduq_core::count::Votes;
use sanduq_core::id::ChoiceCode;
use sanduq_core::id::FieldCode;
use sanduq_core::id::UnitCode;

/// A line of a sheet, by its code and never by its position (INV-27).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Line {
    /// A field of the form.
    Field(FieldCode),
    /// A choice of the contest.
    Choice(ChoiceCode),
}

impl core::fmt::Display for Line {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Field(code) => code.fmt(f),
            Self::Choice(code) => code.fmt(f),
        }
    }
}

/// A form as it is used in one contest, its checks ready to run.
#[derive(Clone, Debug)]
pub struct Paper<'a> {
    form: &'a Form,
    contest: &'a Contest,
    checks: Checks,
}

impl<'a> Paper<'a> {
    /// The paper of a contest.
    #[must_use]
    pub fn new(form: &'a Form, contest: &'a Contest) -> Self {
        Self {
            form,
            contest,
            checks: Checks::new(form),
        }
    }

    /// The form.
    #[must_use]
    pub const fn form(&self) -> &'a Form {
        self.form
    }

    /// The contest.
    #[must_use]
    pub const fn contest(&self) -> &'a Contest {
        self.contest
    }

    /// The checks that figures on this paper do not pass, in the order of the form.
    #[must_use]
    pub fn failing(&self, fields: &[Option<Votes>], choices: &[Option<Votes>]) -> Vec<Finding> {
        self.checks
            .failing(Marks::of(self.contest), fields, choices)
    }

    /// Whether figures are as many as the paper has lines.
    #[must_use]
    pub fn takes(&self, figures: &Figures) -> bool {
        figures.fields.len() == self.form.fields.len()
            && figures.choices.len() == self.contest.choices.len()
    }

    /// Refuses figures that are not as many as the paper has lines.
    pub(super) fn fits(&self, figures: &Figures) -> Result<(), SheetRefusal> {
        if self.takes(figures) {
            Ok(())
        } else {
            Err(SheetRefusal::WrongLines)
        }
    }

    /// The lines in which two readings of the paper differ, in its order.
    pub(super) fn differing(&self, one: &Figures, other: &Figures) -> Vec<Line> {
        let fields = self.form.fields.iter().map(|field| &field.code);
        let choices = self.contest.choices.iter().map(|choice| &choice.code);
        let fields = fields
            .zip(one.fields.iter().zip(&other.fields))
            .filter(|(_, (a, b))| a != b)
            .map(|(code, _)| Line::Field(code.clone()));
        let choices = choices
            .zip(one.choices.iter().zip(&other.choices))
            .filter(|(_, (a, b))| a != b)
            .map(|(code, _)| Line::Choice(code.clone()));
        fields.chain(choices).collect()
    }

    /// The place of a line among the figures.
    pub(super) fn figure<'f>(
        &self,
        figures: &'f mut Figures,
        line: &Line,
    ) -> Option<&'f mut Option<Votes>> {
        match line {
            Line::Field(code) => figures.fields.get_mut(self.form.position(code.as_str())?),
            Line::Choice(code) => figures.choices.get_mut(self.contest.position(code)?),
        }
    }
}

/// The digest of one version of a sheet, as it stands in the journal: SHA-256, in hex, of its
/// canonical public JSON `{"contest","station","version","salt","fields","choices"}`, fields in the
/// order of the form, choices in that of the ballot, both by code, no white space, `null` where the
/// paper is empty.
#[must_use]
pub fn digest(
    paper: &Paper<'_>,
    key: &SheetKey,
    (version, salt): (u32, Salt),
    figures: &Figures,
) -> String {
    let mut canonical = Vec::with_capacity(1024);
    let read = (figures.fields.as_slice(), figures.choices.as_slice());
    write_canonical(&mut canonical, paper, &key.station, (version, salt), read);
    hex(digest::digest(&SHA256, &canonical).as_ref())
}

/// Appends the canonical public JSON of a sheet. Codes hold no character that JSON would escape.
pub fn write_canonical(
    out: &mut Vec<u8>,
    paper: &Paper<'_>,
    station: &UnitCode,
    (version, salt): (u32, Salt),
    (fields, choices): (&[Option<Votes>], &[Option<Votes>]),
) {
    out.extend_from_slice(b"{\"contest\":\"");
    out.extend_from_slice(paper.contest.code.as_str().as_bytes());
    out.extend_from_slice(b"\",\"station\":\"");
    out.extend_from_slice(station.as_str().as_bytes());
    out.extend_from_slice(b"\",\"version\":");
    write_number(out, u64::from(version));
    out.extend_from_slice(b",\"salt\":\"");
    out.extend_from_slice(hex(salt.as_bytes()).as_bytes());
    out.extend_from_slice(b"\",\"fields\":{");
    let codes = paper.form.fields.iter().map(|field| field.code.as_str());
    write_lines(out, codes.zip(fields));
    out.extend_from_slice(b"},\"choices\":{");
    let codes = paper
        .contest
        .choices
        .iter()
        .map(|choice| choice.code.as_str());
    write_lines(out, codes.zip(choices));
    out.extend_from_slice(b"}}");
}

fn write_lines<'a>(out: &mut Vec<u8>, lines: impl Iterator<Item = (&'a str, &'a Option<Votes>)>) {
    for (nth, (code, figure)) in lines.enumerate() {
        if nth > 0 {
            out.push(b',');
        }
        out.push(b'"');
        out.extend_from_slice(code.as_bytes());
        out.extend_from_slice(b"\":");
        match figure {
            Some(votes) => write_number(out, votes.get()),
            None => out.extend_from_slice(b"null"),
        }
    }
}

fn write_number(out: &mut Vec<u8>, mut number: u64) {
    let mut digits = [0_u8; 20];
    let mut at = digits.len();
    loop {
        at -= 1;
        digits[at] = b'0' + (number % 10).to_le_bytes()[0];
        number /= 10;
        if number == 0 {
            break;
        }
    }
    out.extend_from_slice(&digits[at..]);
}

/// Bytes as lower-case hex.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        text.push(char::from(DIGITS[usize::from(byte >> 4)]));
        text.push(char::from(DIGITS[usize::from(byte & 15)]));
    }
    text
}
