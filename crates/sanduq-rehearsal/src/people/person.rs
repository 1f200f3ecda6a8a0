//! A person of the invented nation, as the person is; what clerks make of it is in
//! [`super::record`].

use crate::people::number::Entry;
use crate::people::source::NameIndex;
use jiff::civil::Date;

/// The lists that agencies keep.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum List {
    /// Those who have died.
    Deaths,
    /// Those whom a court has barred.
    Justice,
    /// Those who serve under arms.
    Serving,
}

impl List {
    /// All, in order.
    pub const ALL: [Self; 3] = [Self::Deaths, Self::Justice, Self::Serving];

    /// The name of its file.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Deaths => "deaths",
            Self::Justice => "justice",
            Self::Serving => "serving",
        }
    }
}

/// A person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The person's place in the nation, from 0; what the truth calls a person by.
    pub id: u64,
    /// Given name, father's, grandfather's, family's.
    pub name: [Option<NameIndex>; 4],
    /// Sex.
    pub woman: bool,
    /// The day of birth.
    pub born: Date,
    /// The unit of birth.
    pub birthplace: usize,
    /// The unit where the person lives.
    pub home: usize,
    /// The national number.
    pub number: String,
    /// Where the number comes from; nowhere for who is not of the nation.
    pub entry: Option<Entry>,
    /// A sister or brother, by place in the neighbourhood.
    pub kin: Option<usize>,
    /// Whether the two were born together.
    pub twin: bool,
    /// The lists that the person is on, as [`List::ALL`].
    pub on: [bool; 3],
}

impl Person {
    /// Whether a list has the person.
    #[must_use]
    pub fn is_on(&self, list: List) -> bool {
        List::ALL
            .into_iter()
            .zip(self.on)
            .any(|(a, on)| a == list && on)
    }

    /// Whether the person has the right to vote: on none of the lists.
    #[must_use]
    pub const fn is_eligible(&self) -> bool {
        matches!(self.on, [false, false, false])
    }
}
