//! The dates of a file: how they are written is decided by all its rows, then each is read.

use crate::dates;
use crate::dates::Bounds;
use crate::dates::DatesRefusal;
use crate::dates::Read;
use crate::dates::Said;
use crate::dates::Tally;
use crate::dates::Undecided;
use crate::fields::Fields;
use crate::fields::seen;
use crate::load::LoadRefusal;
use crate::load::Loaded;
use crate::source::Column;
use crate::source::Item;
use crate::source::Source;
use crate::source::quarantine::Reason;
use core::ops::ControlFlow;
use sanduq_register::matching::date::Date;
use sanduq_register::matching::profile::Profile;
use sanduq_register::matching::written::Calendar;
use std::path::Path;

impl Loaded {
    /// Between which days somebody on a roll of this profile may be born.
    #[must_use]
    pub fn bounds(&self, profile: &Profile) -> Bounds {
        Bounds {
            earliest_year: profile.earliest_year,
            today: self.today,
        }
    }

    /// Decides by all rows of a file how its dates are written.
    pub(super) fn look_at_dates(
        &mut self,
        (profile, fields): (&Profile, &Fields),
        path: &Path,
    ) -> Result<(), LoadRefusal> {
        let mut tally = Tally::default();
        let source = match fields.date_column() {
            Some(column) => Source::open(path, &[Column::optional(column)])?,
            None => Source::open(path, &[])?,
        };
        let file = source.file().to_owned();
        if source.found().first() == Some(&true) {
            let [year, ..] = dates::fields(Calendar::Persian, self.today);
            source.each(|item| {
                if let Item::Row(row) = item {
                    tally.take(seen(row.field(0)), row.line, year);
                }
                ControlFlow::Continue(())
            })?;
        }
        let of_profile = Said {
            calendar: profile.calendar,
            order: profile.dates,
        };
        // What neither of them says, a list has in common with its roll.
        let of_roll = self.dates.first().map(|roll| roll.manner.shown());
        let said = of_profile.or(of_roll.unwrap_or_default());
        let undecided = |why| match why {
            Undecided::Unclear => DatesRefusal::Unclear { file: file.clone() },
            Undecided::Contradicted(shown) => DatesRefusal::Contradicted {
                file: file.clone(),
                shown,
            },
        };
        self.manner = tally.decide(self.said, said).map_err(undecided)?;
        self.calendar
            .get_or_insert(if profile.number.date.is_some() {
                Calendar::Gregorian
            } else {
                self.manner.calendar
            });
        self.dates.push(Read::none(file, self.manner));
        Ok(())
    }

    /// Says no to a file more than half of whose dates are none.
    pub(super) fn judge_dates(&self) -> Result<(), DatesRefusal> {
        match self.dates.last() {
            // For these no other reading is of any help.
            Some(read) if read.wrong * 2 > read.filled && read.only_years * 2 > read.wrong => {
                Err(DatesRefusal::OnlyYears(read.clone()))
            }
            Some(read) if read.wrong * 2 > read.filled => {
                Err(DatesRefusal::Unreadable(read.clone()))
            }
            _ => Ok(()),
        }
    }

    /// The date of a field, by what was decided for the file.
    pub(super) fn date(
        &mut self,
        profile: &Profile,
        text: &str,
        note: impl FnOnce(Reason),
    ) -> Date {
        if text.is_empty() {
            return Date::default();
        }
        let into = self.calendar.unwrap_or_default();
        let (date, wrong) = self.manner.read(text, into, &self.bounds(profile));
        if let Some(read) = self.dates.last_mut() {
            read.count(wrong);
        }
        if let Some(reason) = wrong {
            note(reason);
        }
        date
    }
}
