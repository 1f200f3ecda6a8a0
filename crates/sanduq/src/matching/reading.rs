//! How the files of a comparison are read where their own rows leave it open.

use crate::matching::said::Unusable;
use clap::Args;
use sanduq_core::names::Locale;
use sanduq_matching::dates::Said;
use sanduq_register::matching::written::Calendar;
use sanduq_register::matching::written::Order;

/// What becomes of rows without an id of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum RepeatedIds {
    /// They are given one.
    Number,
}

/// What a person says of the files.
#[derive(Args, Clone, Debug, Default)]
pub struct Reading {
    /// The calendar of years from 1000 to 1499, where no row of a file tells: gregorian, persian
    /// or hijri [default: as the profile says]. Refused where more than a few rows tell otherwise.
    #[arg(long, value_name = "CALENDAR", value_parser = calendar)]
    calendar: Option<Calendar>,
    /// The order in dates that end with the year, where no row of a file tells: dmy or mdy; ymd
    /// reads none of these [default: as the profile says, else dmy]. Refused where more than a few
    /// rows tell otherwise.
    #[arg(long, value_name = "ORDER", value_parser = order)]
    dates: Option<Order>,
    /// What becomes of rows without an id of their own: number has the second row of id 7 called
    /// 7#2, the first without any #1; a number that is another row's id is passed over [default:
    /// the file is refused].
    #[arg(long, value_name = "HOW", value_parser = repeated_ids)]
    repeated_ids: Option<RepeatedIds>,
    /// The language of refusals, of what is told of rows and at the end, and of an explanation: ar,
    /// fa, fr or en [default: English; an explanation in all four].
    #[arg(long, value_name = "LANGUAGE", value_parser = locale)]
    lang: Option<Locale>,
}

impl Reading {
    /// What is said of dates.
    pub const fn said(&self) -> Said {
        Said {
            calendar: self.calendar,
            order: self.dates,
        }
    }

    /// Whether rows without an id of their own are given one.
    pub const fn numbers_ids(&self) -> bool {
        self.repeated_ids.is_some()
    }

    /// The language that is asked for.
    pub const fn locale(&self) -> Option<Locale> {
        self.lang
    }

    /// What of it changes the result, as a text, for the fingerprint of a run.
    pub fn text(&self) -> String {
        format!("{:?} {:?}", self.said(), self.repeated_ids)
    }
}

fn locale(text: &str) -> Result<Locale, Unusable> {
    let known = Locale::from_tag(text);
    known.ok_or_else(|| Unusable::new("matching.usage_lang", "say one of: ar, fa, fr, en"))
}

fn calendar(text: &str) -> Result<Calendar, Unusable> {
    let words = || {
        format!(
            "say one of: {}",
            Calendar::ALL.map(Calendar::word).join(", ")
        )
    };
    let known = Calendar::of_word(text);
    known.ok_or_else(|| Unusable::new("matching.usage_calendar", words()))
}

fn order(text: &str) -> Result<Order, Unusable> {
    let words = || format!("say one of: {}", Order::ALL.map(Order::word).join(", "));
    let known = Order::of_word(text);
    known.ok_or_else(|| Unusable::new("matching.usage_dates", words()))
}

fn repeated_ids(text: &str) -> Result<RepeatedIds, Unusable> {
    match text {
        "number" => Ok(RepeatedIds::Number),
        _ => Err(Unusable::new("matching.usage_repeated_ids", "say: number")),
    }
}
