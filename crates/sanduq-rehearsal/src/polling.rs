//! The polling day: stations open, voters are checked in hour by hour, the hourly figures come in,
//! stations close, the lock on candidate figures is lifted.

use crate::chance::Chance;
use crate::course::Course;
use crate::course::actor;
use crate::day::Hour;
use crate::day::of_station;
use crate::error::RehearsalError;
use crate::paper::StationFigures;
use jiff::Timestamp;
use sanduq_core::act::Act;
use sanduq_core::act::Organ;
use sanduq_core::count::Came;
use sanduq_core::count::Registered;
use sanduq_core::count::Voted;
use sanduq_core::geography::UnitIx;
use sanduq_core::id::UnitCode;

use sanduq_count::publication;
use sanduq_operations::station_day;
use sanduq_operations::station_day::Fate;
use sanduq_operations::station_day::Opening;
use sanduq_operations::station_day::StationState;
use sanduq_operations::turnout;
use sanduq_operations::turnout::HourFigures;
use sanduq_register::register::ElectorKey;
use sanduq_store::Access;
use sanduq_store::poll_book::Presented;

/// Persons checked in by one transaction.
const BATCH: usize = 20_000;
/// Persons in a line at the hour of closing, where there is one.
const LINE: u32 = 3;

/// A station on the day.
pub(crate) struct Station {
    pub(crate) unit: UnitIx,
    pub(crate) code: UnitCode,
    pub(crate) registered: u64,
    pub(crate) state: StationState,
    pub(crate) list: Vec<ElectorKey>,
    hours: Vec<Hour>,
    next: usize,
    last: Option<HourFigures>,
    pub(crate) came: u64,
    pub(crate) voted: u64,
}

impl Station {
    /// The figures that its sheets repeat; it received a tenth more ballots than it has voters.
    pub(crate) fn figures(&self) -> StationFigures {
        StationFigures {
            registered: self.registered,
            came: self.came,
            refused: self.came - self.voted,
            voted: self.voted,
            received: u64::from(ballots(self.registered)),
        }
    }
}

/// Ballots for a station, in pads of fifty.
fn ballots(registered: u64) -> u32 {
    let pads = (registered + registered / 10).div_ceil(50) + 1;
    u32::try_from(pads * 50).unwrap_or(u32::MAX)
}

impl Course<'_> {
    /// The day, from the first opening to the release of the contests.
    pub(crate) async fn hold_the_day(
        &mut self,
        mut stations: Vec<Station>,
    ) -> Result<Vec<Station>, RehearsalError> {
        self.open(&mut stations).await?;
        let hours = self.clock.hours();
        let expected = stations
            .iter()
            .flat_map(|s| &s.hours)
            .map(|h| h.voted + h.refused)
            .sum();
        self.watch.stage("check-in", expected, "persons");
        for (nth, &hour) in hours.iter().enumerate() {
            self.check_in_hour(&mut stations, nth, hour).await?;
            self.report_hour(&mut stations, hour).await?;
            self.figures.came = stations.iter().map(|station| station.came).sum();
            self.figures.voted = stations.iter().map(|station| station.voted).sum();
            tokio::time::sleep(self.clock.real_part(hours.len())).await;
        }
        self.close(&mut stations).await?;
        Ok(stations)
    }

    /// The lists of all stations, each in a drawn order of arrival.
    pub(crate) async fn lists(&mut self) -> Result<Vec<Station>, RehearsalError> {
        let tree = &self.nation.geography;
        let mut stations: Vec<Station> = Vec::new();
        let mut chance = Chance::new(self.plan.seed, "arrivals");
        for unit in tree.stations() {
            let registered = tree.unit(unit).registered.unwrap_or_default().get();
            stations.push(Station {
                unit,
                code: tree.unit(unit).code.clone(),
                registered,
                state: StationState::Ready,
                list: Vec::new(),
                hours: of_station(registered, &mut chance),
                next: 0,
                last: None,
                came: 0,
                voted: 0,
            });
        }
        stations.sort_by(|a, b| a.code.cmp(&b.code));
        let read = self.store.read_as(Access::Station).await?;
        let mut at = 0;
        let keep = |station: &UnitCode, elector| {
            while stations.get(at).is_some_and(|s| s.code < *station) {
                at += 1;
            }
            if let Some(s) = stations.get_mut(at).filter(|s| s.code == *station) {
                s.list.push(elector);
            }
        };
        read.each_listed(&self.event, keep).await?;
        for station in &mut stations {
            if station.list.len() as u64 != station.registered {
                let (code, n) = (&station.code, station.list.len());
                return Err(RehearsalError::Data(format!(
                    "{code} has {n} voters on its list"
                )));
            }
            chance.shuffle(&mut station.list);
        }
        Ok(stations)
    }

    async fn open(&mut self, stations: &mut [Station]) -> Result<(), RehearsalError> {
        self.watch
            .stage("opening", stations.len() as u64, "stations");
        let opens = self.clock.opens();
        let mut openings = Vec::new();
        for station in stations.iter_mut() {
            let ballots = ballots(station.registered);
            let record = Opening {
                head_present: true,
                ballots,
                box_sealed: true,
                seals: vec![format!("{}-1", station.code), format!("{}-2", station.code)],
                agents: 2,
            };
            station.state = station_day::open(&station.state, &record, opens, opens)
                .map_err(|no| RehearsalError::refused(&no))?;
            openings.push((station.code.clone(), record));
        }
        let opened = openings.len();
        let by = actor("operations-1", Organ::Executive);
        let done: Result<(), RehearsalError> = self
            .store
            .write_as(Access::Station, &by, opens, async |w| {
                Ok(w.open_stations(&self.event, &openings, opens).await?)
            })
            .await;
        done?;
        self.watch.reached(opened as u64);
        Ok(())
    }

    /// One hour of every station. Some who come are turned away: those who have voted and come
    /// again, and those of the station next door.
    async fn check_in_hour(
        &mut self,
        stations: &mut [Station],
        nth: usize,
        hour: u8,
    ) -> Result<(), RehearsalError> {
        let start = self.clock.minute((i64::from(hour) - 1) * 60);
        let mut waiting: Vec<Presented> = Vec::with_capacity(BATCH);
        let mut of: Vec<usize> = Vec::with_capacity(BATCH);
        for at in 0..stations.len() {
            let today = stations[at].hours.get(nth).copied().unwrap_or_default();
            let from = stations[at].next;
            let voted = usize::try_from(today.voted).unwrap_or(0);
            stations[at].next += voted;
            let next_door = (at + 1) % stations.len();
            for i in 0..voted {
                let elector = stations[at].list[from + i];
                waiting.push(presented(elector, &stations[at].code, start, i, voted));
                of.push(at);
            }
            for i in 0..usize::try_from(today.refused).unwrap_or(0) {
                let elector = if i % 2 == 0 && from > 0 {
                    stations[at].list[i % from]
                } else {
                    let Some(neighbour) = stations[next_door].list.get(i) else {
                        continue;
                    };
                    *neighbour
                };
                waiting.push(presented(elector, &stations[at].code, start, 59, 60));
                of.push(at);
            }
            if waiting.len() >= BATCH || at + 1 == stations.len() {
                self.check_in(stations, &waiting, &of, start).await?;
                waiting.clear();
                of.clear();
            }
        }
        Ok(())
    }

    async fn check_in(
        &mut self,
        stations: &mut [Station],
        presented: &[Presented],
        of: &[usize],
        at: Timestamp,
    ) -> Result<(), RehearsalError> {
        if presented.is_empty() {
            return Ok(());
        }
        let by = actor("operations-1", Organ::Executive);
        let checked: Result<_, RehearsalError> = self
            .store
            .write_as(Access::Station, &by, at, async |w| {
                let checked = w.check_in(&self.event, presented).await?;
                let entry = w.entry(Act::CheckInsRecorded).with("came", presented.len());
                let entry = entry
                    .with("voted", checked.voted)
                    .with("digest", &checked.digest);
                w.journal(entry);
                Ok(checked)
            })
            .await;
        for (answer, &at) in checked?.answers.iter().zip(of) {
            stations[at].came += 1;
            stations[at].voted += u64::from(answer.is_ok());
        }
        self.watch
            .reached(stations.iter().map(|station| station.came).sum());
        Ok(())
    }

    /// The report of an hour; one station in 97 stays silent, another one each hour.
    async fn report_hour(
        &mut self,
        stations: &mut [Station],
        hour: u8,
    ) -> Result<(), RehearsalError> {
        let mut reports = Vec::new();
        let at = self.clock.minute(i64::from(hour) * 60);
        let last_hour = self.clock.hours().last() == Some(&hour);
        for (nth, station) in stations.iter_mut().enumerate() {
            if !last_hour && (nth + usize::from(hour) * 7) % 97 == 0 {
                continue;
            }
            let now = HourFigures {
                hour,
                came: Came::new(station.came),
                voted: Voted::new(station.voted),
            };
            let registered = Registered::new(station.registered);
            let now = turnout::report(true, station.last, now, registered, (at, at))
                .map_err(|no| RehearsalError::refused(&no))?;
            station.last = Some(now);
            reports.push((station.code.clone(), now));
        }
        let by = actor("operations-1", Organ::Executive);
        self.store
            .write_as(Access::Station, &by, at, async |w| {
                Ok(w.report_hours(&self.event, &reports).await?)
            })
            .await
    }

    async fn close(&mut self, stations: &mut [Station]) -> Result<(), RehearsalError> {
        self.watch
            .stage("closing", stations.len() as u64, "stations");
        let closes = self.clock.closes();
        let mut codes = Vec::new();
        let mut lines = Vec::new();
        for (nth, station) in stations.iter_mut().enumerate() {
            if nth % 97 == 2 {
                lines.push(station);
                continue;
            }
            station.state = station_day::close(&station.state, closes, closes)
                .map_err(|no| RehearsalError::refused(&no))?;
            codes.push(station.code.clone());
        }
        let by = actor("operations-1", Organ::Executive);
        let closed: Result<(), RehearsalError> = self
            .store
            .write_as(Access::Station, &by, closes, async |w| {
                Ok(w.close_stations(&self.event, &codes, closes).await?)
            })
            .await;
        closed?;
        let mut last = closes;
        for station in lines {
            last = self.close_behind_line(station).await?;
            codes.push(station.code.clone());
        }
        let contests: Vec<_> = self
            .nation
            .contests
            .iter()
            .map(|contest| contest.code.clone())
            .collect();
        let board = actor("board-1", Organ::Executive);
        let released: Result<(), RehearsalError> = self
            .store
            .write(&board, last, async |w| {
                w.release_contests(&self.event, &contests).await?;
                for contest in &contests {
                    w.journal(publication::figures_released(contest, &board, last));
                }
                Ok(())
            })
            .await;
        released?;
        self.watch.reached(codes.len() as u64);
        Ok(())
    }

    /// People stand in line at the hour of closing, and give up: the station closes when no token
    /// waits. Hands back when that is.
    async fn close_behind_line(
        &mut self,
        station: &mut Station,
    ) -> Result<Timestamp, RehearsalError> {
        let closes = self.clock.closes();
        let later = closes + jiff::Span::new().minutes(12);
        let refused = |no| RehearsalError::refused(&no);
        let limits = (closes, ballots(station.registered));
        let line = station_day::count_queue(&station.state, LINE, limits, closes);
        let line = line.map_err(refused)?;
        let gone = station_day::settle(&line, 1..=LINE, Fate::Void).map_err(refused)?;
        station.state = station_day::close(&gone, closes, later).map_err(refused)?;
        let by = actor("operations-1", Organ::Executive);
        let (event, code) = (&self.event, &station.code);
        let counted: Result<(), RehearsalError> = self
            .store
            .write_as(Access::Station, &by, closes, async |w| {
                Ok(w.count_queue(event, code, LINE).await?)
            })
            .await;
        counted?;
        let closed: Result<(), RehearsalError> = self
            .store
            .write_as(Access::Station, &by, later, async |w| {
                w.settle_tokens(event, code, 1..=LINE, Fate::Void).await?;
                let closing = core::slice::from_ref(code);
                Ok(w.close_stations(event, closing, later).await?)
            })
            .await;
        closed?;
        Ok(later)
    }
}

/// The `i`th of `n` arrivals of an hour.
fn presented(
    elector: ElectorKey,
    station: &UnitCode,
    start: Timestamp,
    i: usize,
    n: usize,
) -> Presented {
    let second = i64::try_from(i * 3_600 / n.max(1)).unwrap_or(0);
    let at = start + jiff::Span::new().seconds(second);
    Presented {
        elector,
        station: station.clone(),
        at,
    }
}
