//! The poll book: who has been given a ballot. One elector gets one, at the station of the list,
//! while it is open (INV-16, INV-17). Nothing here says what a ballot said.
//!
//! ```text
//! listed ─▶ presented ─┬─▶ voted
//!                      └─▶ refused (reason)
//! ```

use jiff::Timestamp;
use sanduq_core::id::UnitCode;
use sanduq_core::refusal::Refusal;

/// What the poll book knows of an elector.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listing {
    /// The station on whose list the elector stands.
    pub station: UnitCode,
    /// Whether a ballot has been issued to the elector.
    pub voted: bool,
}

/// The hours of a station so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hours {
    /// When it opened.
    pub opened: Option<Timestamp>,
    /// When it closed.
    pub closed: Option<Timestamp>,
}

/// Why a person who presented themselves got no ballot. Checked in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PollBookRefusal {
    /// The station has not opened, or not yet at this instant.
    NotOpen,
    /// The station has closed.
    Closed,
    /// The person is on no list.
    NotListed,
    /// The person is on the list of another station.
    OtherStation,
    /// A ballot has been issued to the person already.
    AlreadyVoted,
}

impl Refusal for PollBookRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::NotOpen => "poll_book.not_open",
            Self::Closed => "poll_book.closed",
            Self::NotListed => "poll_book.not_listed",
            Self::OtherStation => "poll_book.other_station",
            Self::AlreadyVoted => "poll_book.already_voted",
        }
    }
}

impl core::fmt::Display for PollBookRefusal {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::NotOpen => "the station has not opened",
            Self::Closed => "the station has closed",
            Self::NotListed => "the person is on no list",
            Self::OtherStation => "the person is on the list of another station",
            Self::AlreadyVoted => "a ballot has been issued to the person already",
        })
    }
}

impl core::error::Error for PollBookRefusal {}

/// Whether the person who presents themselves at `station` at the instant `at` gets a ballot.
///
/// # Errors
/// The first [`PollBookRefusal`] in the order of the enum.
pub fn check_in(
    listing: Option<&Listing>,
    hours: Hours,
    station: &UnitCode,
    at: Timestamp,
) -> Result<(), PollBookRefusal> {
    if hours.opened.is_none_or(|opened| at < opened) {
        return Err(PollBookRefusal::NotOpen);
    }
    if hours.closed.is_some_and(|closed| at >= closed) {
        return Err(PollBookRefusal::Closed);
    }
    let listing = listing.ok_or(PollBookRefusal::NotListed)?;
    if listing.station != *station {
        return Err(PollBookRefusal::OtherStation);
    }
    if listing.voted {
        return Err(PollBookRefusal::AlreadyVoted);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_refusal_has_its_row() {
        let unit = |code| UnitCode::new(code).unwrap();
        let at = |second| Timestamp::from_second(second).unwrap();
        let day = Hours {
            opened: Some(at(100)),
            closed: Some(at(200)),
        };
        let open = Hours {
            closed: None,
            ..day
        };
        let listed = |station, voted| {
            Some(Listing {
                station: unit(station),
                voted,
            })
        };
        for (listing, hours, when, answer) in [
            (listed("s", false), day, 100, Ok(())),
            (listed("s", false), day, 199, Ok(())),
            (listed("s", false), open, 999, Ok(())),
            (listed("s", false), day, 99, Err(PollBookRefusal::NotOpen)),
            (
                listed("s", false),
                Hours {
                    opened: None,
                    closed: None,
                },
                150,
                Err(PollBookRefusal::NotOpen),
            ),
            (listed("s", false), day, 200, Err(PollBookRefusal::Closed)),
            (None, day, 150, Err(PollBookRefusal::NotListed)),
            (
                listed("t", true),
                day,
                150,
                Err(PollBookRefusal::OtherStation),
            ),
            (
                listed("s", true),
                day,
                150,
                Err(PollBookRefusal::AlreadyVoted),
            ),
        ] {
            assert_eq!(
                check_in(listing.as_ref(), hours, &unit("s"), at(when)),
                answer
            );
        }
    }
}
