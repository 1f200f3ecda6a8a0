//! The poll book: who has been given a ballot, kept in buckets by the first bits of the key.
//!
//! Always true here: the primary key (bucket, event, elector) refuses a second check-in, in the
//! database itself, at whatever station and through whatever door (INV-17); the same statement
//! refuses who is not on the station's list, and a station that is not open (INV-16). The time of a
//! check-in is kept to the quarter of an hour (INV-33). A journal entry carries counts and a
//! digest, never an elector.
//!
//! What a crash leaves behind: a batch that was not committed is as if nobody had come; one that
//! was committed and not answered is found when the person is asked for again, as a second
//! check-in, and the station's paper list decides.

mod writer;

pub use writer::CheckInWriter;

use crate::error::StoreError;
use crate::store::Read;
use crate::store::Write;
use crate::transaction::Values;
use crate::value::Key;
use crate::value::bucket_of_elector;
use crate::value::code;
use crate::value::column;
use crate::value::damaged;
use crate::value::time_in;
use jiff::Timestamp;
use ring::digest::Context;
use ring::digest::SHA256;
use sanduq_core::count::Voted;
use sanduq_core::id::EventId;
use sanduq_core::id::UnitCode;
use sanduq_register::poll_book::Listing;
use sanduq_register::poll_book::PollBookRefusal;
use sanduq_register::register::ElectorKey;

/// A person who presents themselves at a station.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Presented {
    /// Who.
    pub elector: ElectorKey,
    /// Where.
    pub station: UnitCode,
    /// When.
    pub at: Timestamp,
}

/// What became of a batch of check-ins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckedIn {
    /// One answer for each who presented themselves, in their order.
    pub answers: Vec<Result<(), PollBookRefusal>>,
    /// How many were given a ballot.
    pub voted: Voted,
    /// SHA-256 over the keys that were given a ballot, in order, in lower-case hexadecimal; for the
    /// journal.
    pub digest: String,
}

/// Seconds of the bucket that a check-in's time is kept in.
const QUARTER: i64 = 15 * 60;

/// The quarter of an hour, counted from 1970 in UTC.
fn quarter(at: Timestamp) -> Result<i32, StoreError> {
    i32::try_from(at.as_second().div_euclid(QUARTER)).map_err(|e| damaged(&e))
}

/// Judges each who presented themselves, in the order of [`PollBookRefusal`], and checks in who is
/// admissible; who was checked in before wins, by the primary key. Answers those who were refused.
/// The list is looked up one by one: a join might read the whole of it for a handful of people.
const CHECK_IN: &str = "WITH asked AS (
        SELECT * FROM unnest($2::smallint[], $3::uuid[], $4::text[], $5::bigint[], $6::integer[])
            WITH ORDINALITY AS one (bucket, elector, station, at_ns, quarter, place)
    ), judged AS MATERIALIZED (
        SELECT asked.*, CASE
                WHEN day.opened_ns IS NULL OR at_ns < day.opened_ns THEN 0
                WHEN at_ns >= day.closed_ns THEN 1
                ELSE coalesce((
                    SELECT CASE WHEN list.station = asked.station THEN -1 ELSE 3 END
                    FROM people.placement AS list WHERE list.bucket = asked.bucket
                        AND list.event = $1 AND list.elector = asked.elector), 2)
            END AS refusal
        FROM asked LEFT JOIN operations.station_day AS day
            ON day.event = $1 AND day.station = asked.station
    ), done AS (
        INSERT INTO people.check_in (bucket, event, elector, station, quarter)
        SELECT bucket, $1, elector, station, quarter FROM judged WHERE refusal < 0
        ON CONFLICT DO NOTHING RETURNING elector
    )
    SELECT place, CASE WHEN refusal < 0 THEN 4 ELSE refusal END
    FROM judged LEFT JOIN done USING (elector) WHERE refusal >= 0 OR done.elector IS NULL";

const REFUSALS: [PollBookRefusal; 5] = [
    PollBookRefusal::NotOpen,
    PollBookRefusal::Closed,
    PollBookRefusal::NotListed,
    PollBookRefusal::OtherStation,
    PollBookRefusal::AlreadyVoted,
];

impl Write {
    /// Checks in a batch by one statement: a station's hour, or many stations' at once, best some
    /// ten thousand. Who is in it twice is asked twice, in a statement of their own. Journals
    /// nothing: the caller journals counts and digest. Station access.
    ///
    /// # Errors
    /// A fault; a person who is refused is an answer, not an error.
    pub async fn check_in(
        &mut self,
        event: &EventId,
        presented: &[Presented],
    ) -> Result<CheckedIn, StoreError> {
        let mut answers = vec![Ok(()); presented.len()];
        for turn in turns(presented) {
            self.check_in_turn(event, presented, &turn, &mut answers)
                .await?;
        }
        Ok(checked_in(presented, answers))
    }

    /// Checks in those at the places `turn`, each person once.
    async fn check_in_turn(
        &self,
        event: &EventId,
        presented: &[Presented],
        turn: &[usize],
        answers: &mut [Result<(), PollBookRefusal>],
    ) -> Result<(), StoreError> {
        let asked = || turn.iter().map(|place| &presented[*place]);
        let buckets: Vec<i16> = asked().map(|one| bucket_of_elector(one.elector)).collect();
        let electors: Vec<Key> = asked().map(|one| Key(one.elector)).collect();
        let stations: Vec<&str> = asked().map(|one| one.station.as_str()).collect();
        let times: Result<Vec<i64>, _> = asked().map(|one| time_in(one.at)).collect();
        let quarters: Result<Vec<i32>, _> = asked().map(|one| quarter(one.at)).collect();
        let (event, times, quarters) = (event.as_str(), times?, quarters?);
        let values: Values<'_> = &[&event, &buckets, &electors, &stations, &times, &quarters];
        for row in self.transaction.rows(CHECK_IN, values).await? {
            let place: i64 = column(&row, 0)?;
            let refusal: i32 = column(&row, 1)?;
            let place = usize::try_from(place - 1).ok().and_then(|at| turn.get(at));
            let refusal = usize::try_from(refusal)
                .ok()
                .and_then(|at| REFUSALS.get(at));
            let (Some(place), Some(refusal)) = (place, refusal) else {
                return Err(damaged(&"an answer that nobody asked for"));
            };
            answers[*place] = Err(*refusal);
        }
        Ok(())
    }
}

/// The places of a batch in turns: each person is in a turn once, the first time in the first turn.
/// Within a turn by ascending key, so that neighbours in the poll book are written together, and
/// two batches that meet in some people wait for one another in one order.
fn turns(presented: &[Presented]) -> Vec<Vec<usize>> {
    let mut places: Vec<usize> = (0..presented.len()).collect();
    // A stable sort: who is there twice stays in the order of coming.
    places.sort_by_key(|place| presented[*place].elector);
    let mut turns: Vec<Vec<usize>> = Vec::new();
    let (mut last, mut turn) = (None, 0);
    for place in places {
        let elector = presented[place].elector;
        turn = if last == Some(elector) { turn + 1 } else { 0 };
        last = Some(elector);
        if turn == turns.len() {
            turns.push(Vec::new());
        }
        turns[turn].push(place);
    }
    turns
}

fn checked_in(presented: &[Presented], answers: Vec<Result<(), PollBookRefusal>>) -> CheckedIn {
    let mut hash = Context::new(&SHA256);
    let mut voted = 0;
    let both = presented.iter().zip(&answers);
    for (one, _) in both.filter(|(_, answer)| answer.is_ok()) {
        hash.update(&one.elector.0);
        voted += 1;
    }
    let digest = hash.finish();
    CheckedIn {
        answers,
        voted: Voted::new(voted),
        digest: digest
            .as_ref()
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect(),
    }
}

impl Read {
    /// On whose list an elector stands, and whether a ballot has been issued. Registrar or station.
    ///
    /// # Errors
    /// [`StoreRefusal::NotPermitted`](crate::StoreRefusal::NotPermitted), or a fault.
    pub async fn listing(
        &self,
        event: &EventId,
        elector: ElectorKey,
    ) -> Result<Option<Listing>, StoreError> {
        let bucket = bucket_of_elector(elector);
        let row = self
            .transaction
            .row(
                "SELECT station, EXISTS (SELECT FROM people.check_in
                    WHERE bucket = $1 AND event = $2 AND elector = $3)
                FROM people.placement WHERE bucket = $1 AND event = $2 AND elector = $3",
                &[&bucket, &event.as_str(), &Key(elector)],
            )
            .await?;
        let one = |row| {
            Ok(Listing {
                station: code(&row, 0)?,
                voted: column(&row, 1)?,
            })
        };
        row.map(one).transpose()
    }

    /// Ballots issued at each station, by code. Registrar or station.
    ///
    /// # Errors
    /// [`StoreRefusal::NotPermitted`](crate::StoreRefusal::NotPermitted), or a fault.
    pub async fn voted_by_station(
        &self,
        event: &EventId,
    ) -> Result<Vec<(UnitCode, Voted)>, StoreError> {
        let sql = "SELECT station, count(*) FROM people.check_in
            WHERE event = $1 GROUP BY station ORDER BY station";
        let counts = self.counts(sql, event).await?;
        let voted = counts
            .into_iter()
            .map(|(unit, count)| (unit, Voted::new(count)));
        Ok(voted.collect())
    }
}
