//! Putting facts on the record of a station: read as it stands, put to the rule, written with its
//! journal entry in one transaction. Always true here: a fact that is on record already is written
//! once, however often a shaky line sends it.

use super::Denied;
use super::Failed;
use super::Held;
use super::Source;
use super::State;
use super::Stored;
use jiff::Timestamp;
use sanduq_core::act::Act;
use sanduq_core::act::Actor;
use sanduq_core::act::Entry;
use sanduq_core::id::UnitCode;
use sanduq_core::refusal::Refusal;
use sanduq_count::publication::Reports;
use sanduq_count::publication::StationDay;
use sanduq_count::publication::queue_counted;
use sanduq_count::publication::stations_closed;
use sanduq_count::publication::stations_opened;
use sanduq_count::publication::tokens_settled;
use sanduq_count::publication::turnout_reported;
use sanduq_operations::station::Bounds;
use sanduq_operations::station::Fact;
use sanduq_operations::station::Record;
use sanduq_operations::station_day::Fate;
use sanduq_operations::station_day::Opening;
use sanduq_operations::station_day::StationState;
use sanduq_operations::turnout::HourFigures;
use sanduq_store::Access;
use sanduq_store::StoreError;
use sanduq_store::Write;
use sanduq_store::station_day::recorded;
use sanduq_store::station_record::Kept;
use sanduq_store::station_record::Mark;

/// What became of a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Done {
    /// It is on record now.
    Recorded,
    /// It was on record already.
    Already,
}

/// Why a transaction was not carried through.
enum Stop {
    Already,
    Denied(Denied),
}

impl From<StoreError> for Stop {
    fn from(error: StoreError) -> Self {
        Self::Denied(error.into())
    }
}

/// What a record becomes by a fact, or that it has the fact already.
fn ruled(record: &Record, fact: &Fact, bounds: Bounds<'_>, at: Timestamp) -> Result<Record, Stop> {
    if record.has(fact) {
        return Err(Stop::Already);
    }
    let next = record.put(fact, bounds, at);
    next.map_err(|no| Stop::Denied(Denied::Refused(no.code())))
}

impl Source {
    /// What a station has on record.
    ///
    /// # Errors
    /// The store did not answer.
    pub async fn station(&self, station: &UnitCode) -> Result<Kept, Failed> {
        match self {
            Self::Held(held) => Ok(held.ask(|state| state.kept(station))),
            Self::Stored(stored) => {
                let read = stored.store.read().await?;
                Ok(read.station_record(&stored.event, station).await?)
            }
        }
    }

    /// Puts a fact on the record of a station.
    ///
    /// # Errors
    /// The rule or the store said no.
    pub async fn record(
        &self,
        station: &UnitCode,
        fact: &Fact,
        bounds: Bounds<'_>,
        (by, at): (&Actor, Timestamp),
    ) -> Result<Done, Denied> {
        let done = match self {
            Self::Held(held) => held.record(station, fact, bounds, (by, at)),
            Self::Stored(stored) => stored.record(station, fact, bounds, (by, at)).await,
        };
        match done {
            Ok(()) => Ok(Done::Recorded),
            Err(Stop::Already) => Ok(Done::Already),
            Err(Stop::Denied(denied)) => Err(denied),
        }
    }
}

impl Stored {
    async fn record(
        &self,
        station: &UnitCode,
        fact: &Fact,
        bounds: Bounds<'_>,
        (by, at): (&Actor, Timestamp),
    ) -> Result<(), Stop> {
        let event = &self.event;
        let work = async |write: &mut Write| {
            let kept = write.station_record_alone(event, station).await?;
            ruled(&kept.record, fact, bounds, at)?;
            match fact {
                Fact::Opened(opening) => {
                    let opened = [(station.clone(), opening.clone())];
                    write.open_stations(event, &opened, at).await?;
                }
                Fact::Hour(now) => {
                    write
                        .report_hours(event, &[(station.clone(), *now)])
                        .await?;
                }
                Fact::Queue(waiting) => write.count_queue(event, station, *waiting).await?,
                Fact::Tokens(tokens, fate) => {
                    let tokens = tokens.clone();
                    write.settle_tokens(event, station, tokens, *fate).await?;
                }
                Fact::Closed => {
                    write
                        .close_stations(event, core::slice::from_ref(station), at)
                        .await?
                }
            }
            Ok::<(), Stop>(())
        };
        self.store.write_as(Access::Station, by, at, work).await
    }
}

impl Held {
    fn record(
        &self,
        station: &UnitCode,
        fact: &Fact,
        bounds: Bounds<'_>,
        (by, at): (&Actor, Timestamp),
    ) -> Result<(), Stop> {
        let mut done = Ok(());
        self.change(|state| {
            let mut kept = state.kept(station);
            done = ruled(&kept.record, fact, bounds, at).map(|next| {
                let entry = entry(station, fact, (by, at));
                let mark = Mark {
                    entry: state.entries.len() as u64,
                    at,
                };
                let hour = match fact {
                    Fact::Hour(now) => Some(now.hour),
                    _ => None,
                };
                let act = Act::from_code(&entry.act).expect("an entry of ours");
                kept.marks.take(act, hour, mark);
                kept.record = next;
                state.entries.push(entry);
                state.show(station, kept, at);
            });
        });
        done
    }
}

impl State {
    /// What a station has on record: what its head put there, else what the sample says of its day.
    fn kept(&self, station: &UnitCode) -> Kept {
        let told = self.snapshot.iter().flat_map(|snapshot| &snapshot.days);
        let mut told = told.filter(|(code, _)| code == station);
        let sampled = || Kept {
            record: told.next().map(|(_, day)| sampled(day)).unwrap_or_default(),
            ..Kept::default()
        };
        self.stations.get(station).cloned().unwrap_or_else(sampled)
    }

    /// Shows a record on the pages too.
    fn show(&mut self, station: &UnitCode, kept: Kept, at: Timestamp) {
        if let Some(snapshot) = &mut self.snapshot {
            let place = snapshot
                .days
                .binary_search_by(|(code, _)| code.cmp(station));
            let day = (station.clone(), day(&kept.record));
            match place {
                Ok(place) => snapshot.days[place] = day,
                Err(place) => snapshot.days.insert(place, day),
            }
            snapshot.at = snapshot.at.max(at);
            snapshot.journal_size += 1;
        }
        self.stations.insert(station.clone(), kept);
    }
}

fn day(record: &Record) -> StationDay {
    let hours = record.hours.iter();
    StationDay {
        opened: record.opened(),
        closed: record.closed(),
        hours: hours.map(|now| (now.hour, now.came, now.voted)).collect(),
        reports: Reports::default(),
    }
}

/// The record of a day that a sample tells of.
fn sampled(day: &StationDay) -> Record {
    let state = match (day.opened, day.closed) {
        (Some(opened), Some(closed)) => StationState::Closed {
            opened,
            closed,
            queue: None,
        },
        (Some(opened), None) => StationState::Open(opened),
        (None, _) => StationState::Ready,
    };
    let opening = day.opened.map(|_| Opening {
        head_present: true,
        ballots: 800,
        box_sealed: true,
        seals: vec!["A-1041".to_owned(), "A-1042".to_owned()],
        agents: 5,
    });
    let hours = day.hours.iter().map(|(hour, came, voted)| HourFigures {
        hour: *hour,
        came: *came,
        voted: *voted,
    });
    Record {
        state,
        opening,
        hours: hours.collect(),
    }
}

fn entry(station: &UnitCode, fact: &Fact, (by, at): (&Actor, Timestamp)) -> Entry {
    match fact {
        Fact::Opened(opening) => recorded(
            stations_opened(0, &[(station.clone(), at)], by, at),
            opening,
        ),
        Fact::Hour(now) => {
            let rows = [(station.clone(), now.came, now.voted)];
            turnout_reported(0, (now.hour, rows.as_slice()), by, at)
        }
        Fact::Queue(waiting) => queue_counted(station, *waiting, by, at),
        Fact::Tokens(tokens, fate) => {
            let (first, last) = (*tokens.start(), *tokens.end());
            let count = last + 1 - first;
            let fates = match fate {
                Fate::Used => [count, 0],
                Fate::Void => [0, count],
            };
            tokens_settled(station, (first, last), fates, (by, at))
        }
        Fact::Closed => stations_closed(0, &[(station.clone(), at)], by, at),
    }
}
