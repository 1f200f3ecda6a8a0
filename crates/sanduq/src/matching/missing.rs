//! `sanduq match missing`: people in civil status who are not on the roll. A roll that leaves
//! people out is as wrong as one that holds the dead: an audit of 2011 found 36 million missing.

use crate::exit::Ended;
use crate::matching::compare;
use crate::matching::compare::Compared;
use crate::matching::compare::How;
use crate::progress::grouped;
use clap::Args;
use core::cell::Cell;
use sanduq_matching::dates;
use sanduq_matching::load::Loaded;
use sanduq_matching::missing;
use sanduq_matching::missing::Absence;
use sanduq_register::matching::date::Date;
use sanduq_register::matching::written::Calendar;
use serde_json::json;
use std::io::Write;
use std::path::PathBuf;

/// Find eligible people of civil status who are missing from the roll.
#[derive(Args)]
#[command(after_help = "Examples:
  sanduq match missing --profile wahat civil.csv roll.csv --out missing.csv
  sanduq match missing --profile wahat civil.csv roll.csv --born-by 2008-11-20 --out missing.csv
  sanduq match missing --profile wahat civil.csv roll.csv --born-by persian:1387-08-30 --out m.csv

Writes one row for each person of civil status who may be missing: the id, missing (no record of the
roll comes near) or uncertain (one does, and a clerk has to look), and the nearest record of the
roll with its score. Nobody is added by it: a person decides.")]
pub struct Missing {
    /// The extract of civil status: everyone with the right to vote.
    civil: PathBuf,
    /// The roll, or one that `sanduq match prepare` has made of it.
    roll: PathBuf,
    /// Only those born on this day or before: old enough to vote. Year, month, day; a year before
    /// 1500 counts in the calendar of civil status. Or with the word of the calendar in front.
    #[arg(long, value_name = "DATE", value_parser = born_by)]
    born_by: Option<BornBy>,
    #[command(flatten)]
    how: How,
}

/// A day, perhaps with its calendar.
#[derive(Clone, Copy, Debug)]
struct BornBy {
    calendar: Option<Calendar>,
    day: Date,
}

fn born_by(text: &str) -> Result<BornBy, String> {
    let (calendar, day) = match text.split_once(':') {
        Some((word, day)) => (Some(word), day),
        None => (None, text),
    };
    let calendar = match calendar.map(|word| (word, Calendar::of_word(word))) {
        Some((word, None)) => return Err(format!("{word} is no calendar that is known")),
        Some((_, known)) => known,
        None => None,
    };
    let day = Date::read(day);
    if day.is_missing() {
        return Err("write it as 2008-11-20, or as persian:1387-08-30".to_owned());
    }
    Ok(BornBy { calendar, day })
}

impl BornBy {
    /// The calendar of the day: as it was said, the Gregorian from 1500 on, or that of the list.
    fn calendar(&self, of_list: Calendar) -> Option<Calendar> {
        let modern = self.day.year() >= 1500;
        let list = (of_list != Calendar::Gregorian).then_some(of_list);
        let known = if modern {
            Some(Calendar::Gregorian)
        } else {
            list
        };
        self.calendar.or(known)
    }

    /// The day in the calendar of the comparison, and the calendar in which it was said.
    fn within(&self, loaded: &Loaded) -> Result<(Date, Calendar), Ended> {
        let of_list = loaded.dates.last().map(|read| read.manner.calendar);
        let [year, month, day] = [self.day.year(), self.day.month(), self.day.day()];
        let said = self.calendar(of_list.unwrap_or_default());
        let civil = said.and_then(|said| dates::day_of(said, [year, month, day]));
        match (said, civil) {
            (Some(said), Some(civil)) => {
                let into = loaded.calendar.unwrap_or_default();
                Ok((dates::within(into, civil), said))
            }
            _ => Err(Ended::Refused {
                code: "matching.born_by".to_owned(),
                sentence: format!(
                    "--born-by {year:04}-{month:02}-{day:02} is no day of a calendar that is \
                     known here; put its word in front, as persian:1387-08-30"
                ),
            }),
        }
    }
}

/// Runs the command.
///
/// # Errors
/// When a file is refused or the result cannot be written.
pub fn run(args: &Missing) -> Result<(), Ended> {
    let files = [args.roll.as_path(), args.civil.as_path()];
    let by = Cell::new(None);
    let fits = |loaded: &Loaded| {
        let day = args.born_by.map(|by| by.within(loaded));
        by.set(day.transpose()?);
        Ok(())
    };
    let ended = compare::compared(&args.how, &files, fits, |found, progress| {
        let by = by.get();
        let absent = missing::absent(found.engine, &found.pairs, &found.chosen.weights);
        let young = |row: u32| {
            let born = found.engine.records()[row as usize].date;
            by.is_some_and(|(by, _)| !born.is_missing() && born > by)
        };
        let absent: Vec<Absence> = absent.into_iter().filter(|one| !young(one.row)).collect();
        let out = (absent.len() as u64, "people");
        compare::write(&args.how.out, out, progress, |out, _| {
            write(found, &absent, out)
        })?;
        tell(args, found, &absent, by.map(|(_, calendar)| calendar));
        Ok(())
    });
    ended.map_err(|ended| args.how.told(ended))
}

fn write(found: &Compared, absent: &[Absence], out: impl Write) -> csv::Result<()> {
    let mut out = csv::Writer::from_writer(out);
    out.write_record(["id", "state", "nearest", "score"])?;
    let ids = found.engine.ids();
    for one in absent {
        let score = one.nearest.map(|(_, score)| score.to_string());
        let nearest = one.nearest.map(|(row, _)| ids.cell(row));
        out.write_record([
            ids.cell(one.row),
            one.word().to_owned(),
            nearest.unwrap_or_default(),
            score.unwrap_or_default(),
        ])?;
    }
    out.flush()?;
    Ok(())
}

fn tell(args: &Missing, found: &Compared, absent: &[Absence], counted: Option<Calendar>) {
    let how = &args.how;
    let missing = absent.iter().filter(|one| one.nearest.is_none()).count();
    let uncertain = absent.len() - missing;
    if how.json {
        let mut told = found.json(how);
        told["missing"] = json!(missing);
        told["uncertain"] = json!(uncertain);
        told["born_by_calendar"] = json!(counted.map(Calendar::word));
        println!("{told}");
        return;
    }
    println!(
        "{} people of civil status are missing from the roll, {} uncertain",
        grouped(missing as u64),
        grouped(uncertain as u64)
    );
    found.tell_of_records();
    if let Some(calendar) = counted {
        println!("the day of --born-by: {}", calendar.name());
    }
    println!("{}", how.out.display());
}
