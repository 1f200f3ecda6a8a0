//! A practice ballot as it is sent. Always true here: what is taken is a ballot of one of the
//! practice elections in its one form, with every proof and its signature, and holds nothing
//! besides; the tracking number is the hash of its bytes.

use crate::ballot::election;
use sanduq_ballot::ballot::Ballot;
use sanduq_ballot::ballot::Head;
use sanduq_ballot::election::Election;
use sanduq_ballot::group::Element;
use sanduq_ballot::group::ed25519::Ed25519;
use sanduq_ballot::refusal::Refusal;
use sanduq_core::names::Locale;
use sanduq_journal::hash::Hash;
use std::sync::LazyLock;

/// A ballot that can be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Received {
    /// SHA-256 of its bytes.
    pub tracker: Hash,
    /// The public credential of its voter, 64 hexadecimal digits.
    pub credential: String,
    /// Its bytes.
    pub text: String,
}

/// Why what was sent is no practice ballot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// It is not a ballot, or not written in the one form.
    Form,
    /// It belongs to another election.
    Election,
    /// It does not answer as the question asks: a ciphertext for each candidate and the blank vote.
    Answer,
    /// Something that should be a number of the group is none.
    Number,
    /// What was signed is not this ballot.
    Signed,
    /// It is not proven to hold a vote that the question allows.
    Unproven,
}

impl Unfit {
    /// The code of its sentence.
    pub fn code(self) -> &'static str {
        match self {
            Unfit::Signed | Unfit::Unproven => "ballot.unproven",
            _ => "ballot.unfit",
        }
    }
}

/// The practice elections.
static ELECTIONS: LazyLock<Vec<Election<Ed25519>>> = LazyLock::new(|| {
    let read = |locale: Locale| {
        let text = election(locale).as_bytes();
        Election::from_bytes(text).expect("a practice election is readable")
    };
    Locale::ALL.into_iter().map(read).collect()
});

fn unfit(refusal: Refusal) -> Unfit {
    match refusal {
        Refusal::OtherElection => Unfit::Election,
        Refusal::Shape => Unfit::Answer,
        Refusal::ElementForm | Refusal::NotInGroup | Refusal::Identity | Refusal::ScalarForm => {
            Unfit::Number
        }
        _ => Unfit::Form,
    }
}

/// Reads a ballot that was sent, and checks all that it proves: two thousandths of a second.
///
/// # Errors
/// It is no ballot of a practice election.
pub fn received(text: &str) -> Result<Received, Unfit> {
    let head = Head::from_bytes(text.as_bytes()).map_err(unfit)?;
    let mut elections = ELECTIONS.iter();
    let own = elections.find(|election| head.is_of(*election));
    let own = own.ok_or(Unfit::Election)?;
    let ballot = Ballot::from_bytes(own, text.as_bytes()).map_err(unfit)?;
    let found = ballot.verify(own);
    match found.first().map(|finding| finding.refusal) {
        None => {}
        Some(Refusal::Signature) => return Err(Unfit::Signed),
        Some(_) => return Err(Unfit::Unproven),
    }
    Ok(Received {
        tracker: Hash::of_bytes(text.as_bytes()),
        credential: ballot.credential().text(),
        text: text.to_owned(),
    })
}

#[cfg(test)]
mod tests;
