//! `sanduq match missing`: people in civil status who are not on the roll. A roll that leaves
//! people out is as wrong as one that holds the dead: an audit of 2011 found 36 million missing.

use crate::exit::Ended;
use crate::fact::Fact;
use crate::fact::Value;
use crate::matching::compare;
use crate::matching::compare::Compared;
use crate::matching::compare::How;
use crate::matching::place;
use crate::matching::profiles::Chosen;
use crate::matching::said::Unusable;
use crate::matching::written;
use clap::Args;
use core::cell::Cell;
use sanduq_matching::dates::Bounds;
use sanduq_matching::dates::day_of;
use sanduq_matching::dates::within;
use sanduq_matching::load::Loaded;
use sanduq_matching::missing;
use sanduq_matching::missing::Absence;
use sanduq_register::matching::date::Date;
use sanduq_register::matching::profile::Profile;
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

fn born_by(text: &str) -> Result<BornBy, Unusable> {
    let unusable = |sentence: String| Unusable::new("matching.usage_born_by", sentence);
    let (calendar, day) = match text.split_once(':') {
        Some((word, day)) => (Some(word), day),
        None => (None, text),
    };
    let calendar = match calendar.map(|word| (word, Calendar::of_word(word))) {
        Some((word, None)) => {
            return Err(unusable(format!("{word} is no calendar that is known")));
        }
        Some((_, known)) => known,
        None => None,
    };
    let day = Date::read(day);
    if day.is_missing() {
        let how = "write it as 2008-11-20, or as persian:1387-08-30";
        return Err(unusable(how.to_owned()));
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

    /// The day, where somebody of whom a roll speaks may be born on it, and the calendar in which
    /// it was said; `of_list` is that of the list.
    fn civil(
        &self,
        of_list: Calendar,
        bounds: &Bounds,
    ) -> Result<(jiff::civil::Date, Calendar), Ended> {
        let refused = |why: String| {
            let [year, month, day] = [self.day.year(), self.day.month(), self.day.day()];
            let day = format!("--born-by {year:04}-{month:02}-{day:02}");
            let sentence = format!("{day} is {why}");
            let born = [bounds.earliest_year.to_string(), bounds.today.to_string()];
            let [first, last] = born.map(Value::Text);
            let born = Fact::Said("place-born", vec![("first", first), ("last", last)]);
            let facts = vec![place::name(day), born];
            Err(place::refused("matching.born_by", sentence, facts))
        };
        let said = self.calendar(of_list);
        let parts = [self.day.year(), self.day.month(), self.day.day()];
        let Some((said, civil)) = said.and_then(|said| Some((said, day_of(said, parts)?))) else {
            return refused(
                "no day of a calendar that is known here; put its word in front, as \
                 persian:1387-08-30"
                    .to_owned(),
            );
        };
        if !bounds.hold(civil) {
            return refused(format!(
                "{civil} where it is a day of the {}, and people of a roll are born from {} to {}; \
                 correct it, or put the word of its own calendar in front",
                said.name(),
                bounds.earliest_year,
                bounds.today
            ));
        }
        Ok((civil, said))
    }

    /// Says no at once to a day that is wrong whatever the calendar of the list.
    fn check(&self, bounds: &Bounds) -> Result<(), Ended> {
        match self.calendar(Calendar::Gregorian) {
            Some(_) => self.civil(Calendar::Gregorian, bounds).map(|_| ()),
            None => Ok(()),
        }
    }

    /// The day in the calendar of the comparison, and the calendar in which it was said.
    fn within(&self, profile: &Profile, loaded: &Loaded) -> Result<(Date, Calendar), Ended> {
        let of_list = loaded.dates.last().map(|read| read.manner.calendar);
        let bounds = loaded.bounds(profile);
        let (civil, said) = self.civil(of_list.unwrap_or_default(), &bounds)?;
        let into = loaded.calendar.unwrap_or_default();
        Ok((within(into, civil, false), said))
    }
}

/// Runs the command.
///
/// # Errors
/// When a file is refused or the result cannot be written.
pub fn run(args: &Missing) -> Result<(), Ended> {
    let files = [args.roll.as_path(), args.civil.as_path()];
    let by = Cell::new(None);
    check(args).map_err(|ended| args.how.told(ended))?;
    let fits = |chosen: &Chosen, loaded: &Loaded| {
        let day = args.born_by.map(|by| by.within(&chosen.profile, loaded));
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
        written::write(&args.how.out, out, progress, |out, _| {
            write(found, &absent, out)
        })?;
        tell(args, found, &absent, by.map(|(_, calendar)| calendar));
        Ok(())
    });
    ended.map_err(|ended| args.how.told(ended))
}

/// Says no to a day of `--born-by` before anything is read, where it can be told.
fn check(args: &Missing) -> Result<(), Ended> {
    let Some(by) = args.born_by else {
        return Ok(());
    };
    by.check(&Bounds {
        earliest_year: args.how.asked.choose()?.profile.earliest_year,
        today: jiff::Zoned::now().date(),
    })
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
    let summary = how.summary();
    let people = [
        ("missing", (missing as u64).into()),
        ("uncertain", (uncertain as u64).into()),
    ];
    summary.line("told-missing", &people);
    found.tell_of_records(summary);
    if let Some(calendar) = counted {
        let calendar = Value::Words(summary.calendar(calendar));
        summary.line("told-born-by", &[("calendar", calendar)]);
    }
    println!("{}", how.out.display());
}
