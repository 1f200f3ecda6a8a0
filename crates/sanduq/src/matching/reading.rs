//! How the files of a comparison are read where their own rows leave it open.

use clap::Args;
use sanduq_core::names::Locale;
use sanduq_matching::dates::Said;
use sanduq_register::matching::written::Calendar;
use sanduq_register::matching::written::Order;

/// What a person says of the files.
#[derive(Args, Clone, Debug, Default)]
pub struct Reading {
    /// The calendar of years from 1000 to 1499, where no row of a file tells: gregorian, persian
    /// or hijri [default: as the profile says].
    #[arg(long, value_name = "CALENDAR", value_parser = calendar)]
    calendar: Option<Calendar>,
    /// The order in dates that end with the year, where no row of a file tells: dmy or mdy; ymd
    /// reads none of these [default: as the profile says, else dmy].
    #[arg(long, value_name = "ORDER", value_parser = order)]
    dates: Option<Order>,
    /// What becomes of rows without an id of their own: number has the second row of id 7 called
    /// 7#2, the first without any #1 [default: the file is refused].
    #[arg(long, value_name = "HOW", value_parser = ["number"])]
    repeated_ids: Option<String>,
    /// The language of refusals, of what is told of rows, and of an explanation: ar, fa, fr or en
    /// [default: English; an explanation in all four].
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

fn locale(text: &str) -> Result<Locale, String> {
    Locale::from_tag(text).ok_or_else(|| "say one of: ar, fa, fr, en".to_owned())
}

fn calendar(text: &str) -> Result<Calendar, String> {
    let words = Calendar::ALL.map(Calendar::word).join(", ");
    Calendar::of_word(text).ok_or_else(|| format!("say one of: {words}"))
}

fn order(text: &str) -> Result<Order, String> {
    let words = Order::ALL.map(Order::word).join(", ");
    Order::of_word(text).ok_or_else(|| format!("say one of: {words}"))
}
