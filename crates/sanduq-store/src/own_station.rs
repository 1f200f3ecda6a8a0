//! Where a voter votes, for the voter. Always true here: it is asked with the rights of the public,
//! which may read no person; the database answers through one function, which tells a station, and
//! tells it only to whoever knows both the national number and the day of birth. The number itself
//! never reaches the database: what is asked for is its key under the event's secret, which is kept
//! beside the database and not in it.

use crate::error::StoreError;
use crate::store::Store;
use crate::value::Day;
use crate::value::Key;
use crate::value::bucket_of_elector;
use crate::value::code;
use crate::value::column;
use crate::value::damaged;
use core::fmt;
use jiff::civil::Date;
use sanduq_core::id::EventId;
use sanduq_core::id::UnitCode;
use sanduq_register::agency::is_national_number;
use sanduq_register::register::ElectorKey;

/// The secret under which national numbers become the keys of an event. Whoever has it and the
/// tables can try numbers; whoever has one of the two cannot.
#[derive(Clone)]
pub struct EventSecret([u8; 32]);

impl EventSecret {
    /// The secret of these bytes.
    #[must_use]
    pub const fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }
}

/// Nothing of it reaches a log.
impl fmt::Debug for EventSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EventSecret")
    }
}

/// What a voter knows: the number and the day of birth.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Claim {
    number: String,
    born: Date,
}

impl Claim {
    /// A claim by a national number in ASCII digits; none when it is not one.
    #[must_use]
    pub fn new(number: &str, born: Date) -> Option<Self> {
        is_national_number(number).then(|| Self {
            number: number.to_owned(),
            born,
        })
    }

    /// The number.
    #[must_use]
    pub fn number(&self) -> &str {
        &self.number
    }
}

/// Nothing of it reaches a log.
impl fmt::Debug for Claim {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Claim")
    }
}

/// Where a voter votes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OwnStation {
    /// The roll is not frozen yet.
    NotFrozen,
    /// Nobody on the roll has this number and this day of birth.
    NotFound,
    /// The voter is on the roll and has not been placed yet.
    NotPlaced,
    /// The voter is on the list of this station.
    At(UnitCode),
}

impl Store {
    /// Where the voter of a claim votes.
    ///
    /// # Errors
    /// A fault; its text holds nothing of the claim.
    pub async fn own_station(
        &self,
        event: &EventId,
        secret: &EventSecret,
        claim: &Claim,
    ) -> Result<OwnStation, StoreError> {
        let key = ElectorKey::of(&secret.0, &claim.number);
        let read = self.read().await?;
        let sql = "SELECT frozen, on_roll, station FROM operations.own_station($1, $2, $3, $4)";
        let bucket = bucket_of_elector(key);
        let row = read
            .transaction
            .row(
                sql,
                &[&bucket, &event.as_str(), &Key(key), &Day(claim.born)],
            )
            .await?
            .ok_or_else(|| damaged(&"an answer without a row"))?;
        let (frozen, on_roll): (bool, bool) = (column(&row, 0)?, column(&row, 1)?);
        let station: Option<&str> = column(&row, 2)?;
        Ok(match (frozen, on_roll, station) {
            (false, ..) => OwnStation::NotFrozen,
            (true, false, _) => OwnStation::NotFound,
            (true, true, None) => OwnStation::NotPlaced,
            (true, true, Some(_)) => OwnStation::At(code(&row, 2)?),
        })
    }
}
