//! Why a text is not a form. Every refusal says on which line of the file.

use sanduq_core::refusal::Refusal;

/// Why a text is not a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FormRefusal {
    /// Not TOML, a key that no form has, a key that is missing, or a value of the wrong kind. The
    /// sentence shows the line.
    Unreadable(String),
    /// A form without a field counts nothing.
    NoField,
    /// Two fields, checks, choices, levels or notes have one code, or a code is a reserved word.
    TakenCode {
        /// The line of the second one, from 1.
        line: usize,
        /// The code.
        code: String,
    },
    /// A name is missing in all four languages.
    Nameless {
        /// The line, from 1.
        line: usize,
    },
    /// A check or a layout names a field that the form does not have.
    UnknownField {
        /// The line, from 1.
        line: usize,
        /// What it names.
        named: String,
    },
    /// A term of a check is written in another way than a term is.
    NotATerm {
        /// The line, from 1.
        line: usize,
        /// What is written.
        written: String,
    },
    /// A layout contradicts itself; the sentence says how.
    Layout {
        /// The line, from 1.
        line: usize,
        /// What is wrong with it.
        why: String,
    },
}

impl Refusal for FormRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::Unreadable(_) => "form.unreadable",
            Self::NoField => "form.no_field",
            Self::TakenCode { .. } => "form.taken_code",
            Self::Nameless { .. } => "form.nameless",
            Self::UnknownField { .. } => "form.unknown_field",
            Self::NotATerm { .. } => "form.not_a_term",
            Self::Layout { .. } => "form.layout",
        }
    }
}

impl core::fmt::Display for FormRefusal {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Unreadable(why) => write!(f, "the form cannot be read: {why}"),
            Self::NoField => f.write_str("a form needs at least one [[field]]"),
            Self::TakenCode { line, code } => {
                write!(f, "line {line}: the code `{code}` is taken or reserved")
            }
            Self::Nameless { line } => write!(f, "line {line}: a name is empty in every language"),
            Self::UnknownField { line, named } => {
                write!(f, "line {line}: the form has no field `{named}`")
            }
            Self::NotATerm { line, written } => write!(
                f,
                "line {line}: `{written}` is not a term; write a field, `choices` or \
                 `max(choices)`, `-` before it to subtract, ` * max_choices` behind it to multiply"
            ),
            Self::Layout { line, why } => write!(f, "line {line}: {why}"),
        }
    }
}

impl core::error::Error for FormRefusal {}
