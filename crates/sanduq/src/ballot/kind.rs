//! The groups by their names on the command line and in files of questions.

use crate::exit::Ended;
use clap::ValueEnum;
use sanduq_ballot::group::Group;
use sanduq_ballot::group::ed25519::Ed25519;
use sanduq_ballot::group::field::Belenios2048;
use sanduq_ballot::group::field::Rfc3526;
use serde::Deserialize;
use serde::Serialize;

/// A group by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Serialize, Deserialize)]
pub enum Kind {
    /// In which elections are held.
    #[serde(rename = "ed25519")]
    Ed25519,
    /// For the check by other programs.
    #[value(name = "belenios-2048")]
    #[serde(rename = "belenios-2048")]
    Belenios2048,
    /// For the check by other programs, with shuffles.
    #[value(name = "rfc-3526-2048")]
    #[serde(rename = "rfc-3526-2048")]
    Rfc3526,
}

impl Kind {
    /// The group that an election's description names so.
    pub fn named(name: &str) -> Option<Kind> {
        match name {
            Ed25519::NAME => Some(Kind::Ed25519),
            Belenios2048::NAME => Some(Kind::Belenios2048),
            Rfc3526::NAME => Some(Kind::Rfc3526),
            _ => None,
        }
    }

    /// Its name in an election's description.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Ed25519 => Ed25519::NAME,
            Kind::Belenios2048 => Belenios2048::NAME,
            Kind::Rfc3526 => Rfc3526::NAME,
        }
    }
}

/// Calls a function in the group of a kind.
macro_rules! in_group {
    ($kind:expr, $function:ident $(:: $more:ident)* ($($argument:expr),* $(,)?)) => {
        match $kind {
            $crate::ballot::kind::Kind::Ed25519 => {
                $function $(:: $more)* ::<sanduq_ballot::group::ed25519::Ed25519>($($argument),*)
            }
            $crate::ballot::kind::Kind::Belenios2048 => {
                $function $(:: $more)* ::<sanduq_ballot::group::field::Belenios2048>($($argument),*)
            }
            $crate::ballot::kind::Kind::Rfc3526 => {
                $function $(:: $more)* ::<sanduq_ballot::group::field::Rfc3526>($($argument),*)
            }
        }
    };
}
pub(crate) use in_group;

/// Ballots of a shuffled question do not fit into the group.
pub fn no_embedding() -> Ended {
    Ended::Refused {
        code: "ballot.no_embedding".to_owned(),
        sentence: "belenios-2048 has no room for the numbers of a shuffled question; take \
                   rfc-3526-2048 or ed25519"
            .to_owned(),
    }
}
