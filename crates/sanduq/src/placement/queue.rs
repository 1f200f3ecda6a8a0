//! `sanduq placement queue`: how long voters wait at each station in each hour, before the day; a
//! station that cannot serve everybody who is expected is named and refused.

use crate::exit::Ended;
use crate::placement::centres;
use crate::placement::centres::Centres;
use crate::placement::law::Asked;
use crate::placement::law::Chosen;
use crate::placement::out;
use crate::placement::plan::Expected;
use crate::placement::plan::Load;
use crate::placement::said;
use crate::placement::written::field;
use crate::progress::Progress;
use crate::progress::grouped;
use clap::Args;
use rayon::prelude::*;
use sanduq_placement::simulation::live;
use sanduq_register::placement::queue::Day;
use sanduq_register::placement::queue::QueueRefusal;
use sanduq_register::placement::queue::Waiting;
use sanduq_register::placement::queue::waiting;
use serde_json::Value;
use serde_json::json;
use std::collections::BTreeMap;
use std::io::Write;
use std::path::PathBuf;

/// Estimate the waiting at each station, hour by hour.
#[derive(Args)]
#[command(after_help = "Examples:
  sanduq placement queue --input centres.xls --turnout 60 --booths 3 --minutes 2 --json
  sanduq placement queue --input stations.csv --largest 800 --out waiting.csv
  sanduq placement queue --input stations.csv --largest 800 --hours 5,4,3,3,2,2,3,4 --simulate 100

A station is refused whose booths, never idle, could not serve everybody who is expected from
opening to closing; then the command ends with 3. With --simulate days are lived second by second
with chance, and the estimate is held against them.")]
pub struct Queue {
    /// The list of centres: CSV, JSON, XLS, XLSX or Parquet; expected, booths, minutes and stations
    /// are taken from it where it has them.
    #[arg(long, value_name = "FILE")]
    input: PathBuf,
    #[command(flatten)]
    plan: Expected,
    /// The waiting of each station in each hour.
    #[arg(long, value_name = "FILE.csv")]
    out: Option<PathBuf>,
    /// Live so many days at up to two hundred of the stations, and compare.
    #[arg(long, value_name = "DAYS")]
    simulate: Option<u32>,
    /// The seed of the chance of these days.
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    #[command(flatten)]
    asked: Asked,
}

/// What a day has in common with others that are waited through alike.
type Key = (Vec<u32>, u32, u32);

/// What came of every kind of day.
type Answers = BTreeMap<Key, Result<Waiting, QueueRefusal>>;

/// Stations that days are lived at; each of them is one kind of day.
const LIVED: usize = 200;

/// Refused stations that the object for machines names.
const NAMED: usize = 20;

fn key(day: &Day) -> Key {
    (day.arrivals.clone(), day.booths, day.seconds_per_voter)
}

/// Runs the command.
///
/// # Errors
/// When the list or the law says no, or a station is refused.
pub fn run(args: &Queue) -> Result<(), Ended> {
    let asked = &args.asked;
    let read = || {
        out::check(&[args.out.as_deref()], &[Some(&args.input)])?;
        let (centres, chosen) = centres::read(&args.input, asked, &[])?;
        let loads = args.plan.loads(&centres, &chosen)?;
        let mut progress = Progress::new();
        let answers = answers(&loads, args.plan.limit_seconds(), &mut progress);
        if let Some(path) = &args.out {
            out::write(path, |out| written(out, &centres, &loads, &answers))?;
        }
        Ok((centres, chosen, loads, answers))
    };
    let (centres, chosen, loads, answers) =
        read().map_err(|ended| said::SAID.told(ended, asked.json, asked.lang))?;
    let mut figures = Figures::new(&loads, &answers);
    if let Some(days) = args.simulate {
        figures.lived = Some(lived(args, days, &loads, &answers));
    }
    match asked.json {
        true => println!("{}", figures.json(args, &chosen, &centres)),
        false => println!("{}", figures.text(args)),
    }
    figures.refused(&centres)
}

/// The waiting of every kind of day, on all threads.
fn answers(loads: &[Load], limit_seconds: u32, progress: &mut Progress) -> Answers {
    let all = loads.iter().flat_map(Load::days);
    let kinds: BTreeMap<Key, Day> = all.map(|(day, _)| (key(&day), day)).collect();
    let kinds: Vec<(Key, Day)> = kinds.into_iter().collect();
    progress.stage("waiting", kinds.len() as u64, "kinds");
    let mut answers = Answers::new();
    for (part, at) in kinds.chunks(256).zip(1_u64..) {
        let told: Vec<_> = part
            .par_iter()
            .map(|(_, day)| waiting(day, limit_seconds))
            .collect();
        let keys = part.iter().map(|(key, _)| key.clone());
        answers.extend(keys.zip(told));
        progress.reached((at * 256).min(kinds.len() as u64));
    }
    progress.end();
    answers
}

/// The columns of the file: the committees of a centre that are alike stand together.
const HEAD: &str = "station,row,district,centre,committees,hour,voters,mean_seconds,\
                    late_per_million,refused";

fn written(
    out: &mut impl Write,
    centres: &Centres,
    loads: &[Load],
    answers: &Answers,
) -> std::io::Result<()> {
    writeln!(out, "{HEAD}")?;
    for (centre, load) in centres.list.iter().zip(loads) {
        let mut first = 1;
        for (day, count) in load.days() {
            let head = format!(
                "{},{},{},{},{first}-{}",
                field(&centre.id),
                centre.row,
                field(&centres.districts[centre.district as usize]),
                field(&centre.name),
                first + count - 1
            );
            first += count;
            match answers.get(&key(&day)) {
                Some(Ok(waiting)) => {
                    for (hour, at) in waiting.hours.iter().zip(1..) {
                        let (mean, late) = (hour.mean_seconds, hour.late_per_million);
                        writeln!(out, "{head},{at},{},{mean},{late},", hour.voters)?;
                    }
                }
                Some(Err(refusal)) => writeln!(out, "{head},,,,,{}", field(&refusal.to_string()))?,
                None => {}
            }
        }
    }
    Ok(())
}

/// A station that is refused: its centre by the place in the list, how many are like it, and why.
type No = (usize, u32, QueueRefusal);

struct Figures {
    stations: u64,
    expected: u64,
    served: u64,
    late: u64,
    /// Voters, their seconds and those who are late, hour by hour.
    hours: Vec<(u64, u64, u64)>,
    no: Vec<No>,
    lived: Option<Value>,
}

impl Figures {
    fn new(loads: &[Load], answers: &Answers) -> Self {
        let mut figures = Self {
            stations: 0,
            expected: 0,
            served: 0,
            late: 0,
            hours: Vec::new(),
            no: Vec::new(),
            lived: None,
        };
        for (at, load) in loads.iter().enumerate() {
            figures.expected += load.expected;
            figures.stations += u64::from(load.stations);
            for (day, count) in load.days() {
                match answers.get(&key(&day)) {
                    Some(Ok(waiting)) => figures.add(waiting, u64::from(count)),
                    Some(Err(refusal)) => figures.no.push((at, count, *refusal)),
                    None => {}
                }
            }
        }
        figures
    }

    fn add(&mut self, waiting: &Waiting, count: u64) {
        let longest = self.hours.len().max(waiting.hours.len());
        self.hours.resize(longest, (0, 0, 0));
        for (sum, hour) in self.hours.iter_mut().zip(&waiting.hours) {
            let voters = u64::from(hour.voters) * count;
            sum.0 += voters;
            sum.1 += voters * u64::from(hour.mean_seconds);
            sum.2 += voters * u64::from(hour.late_per_million) / 1_000_000;
        }
        self.served += waiting.voters() * count;
        self.late += waiting.late * count;
    }

    /// Of a million expected voters, those who wait no longer than the limit; who comes to a
    /// refused station is not among them.
    fn within_per_million(&self) -> u64 {
        let within = self.served.saturating_sub(self.late);
        (within * 1_000_000)
            .checked_div(self.expected)
            .unwrap_or(1_000_000)
    }

    fn json(&self, args: &Queue, chosen: &Chosen, centres: &Centres) -> Value {
        let hours = self
            .hours
            .iter()
            .zip(1..)
            .map(|((voters, seconds, late), hour)| {
                let mean = seconds.checked_div(*voters).unwrap_or(0);
                json!({"hour": hour, "voters": voters, "mean_seconds": mean, "late": late})
            });
        let named = self.no.iter().take(NAMED).map(|(at, count, refusal)| {
            let centre = &centres.list[*at];
            json!({
                "station": centre.id,
                "row": centre.row,
                "stations": count,
                "why": refusal.to_string(),
            })
        });
        let (hours, named): (Vec<Value>, Vec<Value>) = (hours.collect(), named.collect());
        json!({
            "stations": self.stations,
            "centres": centres.list.len(),
            "expected": self.expected,
            "late": self.late,
            "within_per_million": self.within_per_million(),
            "limit_minutes": args.plan.limit_minutes,
            "refused_stations": self.no.iter().map(|no| u64::from(no.1)).sum::<u64>(),
            "refused": named,
            "hours": hours,
            "simulated": self.lived,
            "profile": chosen.profile,
            "largest": chosen.law.maximum,
        })
    }

    fn text(&self, args: &Queue) -> String {
        let mut lines = vec![
            format!("stations           {:>14}", grouped(self.stations)),
            format!("expected           {:>14} voters", grouped(self.expected)),
            format!(
                "wait longer than   {:>14} voters (limit {} minutes)",
                grouped(self.late),
                args.plan.limit_minutes
            ),
            format!(
                "refused            {:>14} stations",
                grouped(self.no.iter().map(|no| u64::from(no.1)).sum())
            ),
            format!(
                "{:>4} {:>14} {:>14} {:>14}",
                "hour", "voters", "mean wait, s", "too long"
            ),
        ];
        for ((voters, seconds, late), hour) in self.hours.iter().zip(1_u64..) {
            let mean = seconds.checked_div(*voters).unwrap_or(0);
            let [voters, mean, late] = [*voters, mean, *late].map(grouped);
            lines.push(format!("{hour:>4} {voters:>14} {mean:>14} {late:>14}"));
        }
        if let Some(lived) = &self.lived {
            lines.push(format!("simulated          {lived}"));
        }
        lines.join("\n")
    }

    /// Says no where a station is refused; the report is out already.
    fn refused(&self, centres: &Centres) -> Result<(), Ended> {
        let Some((_, _, refusal)) = self.no.first() else {
            return Ok(());
        };
        let told = self.no.iter().take(NAMED).map(|(at, count, refusal)| {
            format!("row {}: {count} stations: {refusal}", centres.list[*at].row)
        });
        let more = self.no.len().saturating_sub(NAMED);
        let more = if more > 0 {
            format!("; and {more} more")
        } else {
            String::new()
        };
        let why = told.collect::<Vec<_>>().join("; ");
        Err(Ended::Refused {
            code: sanduq_core::refusal::Refusal::code(refusal).to_owned(),
            sentence: format!("{}: {why}{more}", centres.grid.place),
        })
    }
}

/// Days lived at some of the stations, beside the estimate.
fn lived(args: &Queue, days: u32, loads: &[Load], answers: &Answers) -> Value {
    let all = loads
        .iter()
        .flat_map(Load::days)
        .map(|(day, _)| (key(&day), day));
    let kinds: Vec<(Key, Day)> = all.collect::<BTreeMap<_, _>>().into_iter().collect();
    let served: Vec<&(Key, Day)> = kinds
        .iter()
        .filter(|(key, _)| matches!(answers.get(key), Some(Ok(_))))
        .collect();
    let step = served.len().div_ceil(LIVED).max(1);
    let chosen: Vec<&(Key, Day)> = served.into_iter().step_by(step).collect();
    let limit = u64::from(args.plan.limit_seconds());
    let seen: Vec<_> = chosen
        .par_iter()
        .enumerate()
        .map(|(at, (_, day))| live(day, limit, days, args.seed.wrapping_add(at as u64)))
        .collect();
    let (mut estimated, mut waited, mut voters, mut hours, mut off) = (0_u64, 0_u64, 0, 0, 0);
    for ((key, _), seen) in chosen.iter().zip(&seen) {
        let Some(Ok(told)) = answers.get(key) else {
            continue;
        };
        for (hour, at) in told.hours.iter().zip(0..) {
            let (mean, lived) = (u64::from(hour.mean_seconds), seen.mean_seconds(at));
            hours += 1;
            // Below a minute nobody plans by it: there a quarter of a minute is allowed.
            off += u64::from(mean.abs_diff(lived) > lived.max(60) / 4);
            estimated += mean * seen.voters[at];
            waited += seen.waited_seconds[at];
            voters += seen.voters[at];
        }
    }
    let error = (estimated.abs_diff(waited) * 100)
        .checked_div(waited)
        .unwrap_or(0);
    json!({
        "days": days,
        "seed": args.seed,
        "stations": chosen.len(),
        "voters": voters,
        "mean_seconds": waited.checked_div(voters).unwrap_or(0),
        "estimated_mean_seconds": estimated.checked_div(voters).unwrap_or(0),
        "error_percent": error,
        "hours": hours,
        "hours_off_by_more_than_a_quarter": off,
    })
}
