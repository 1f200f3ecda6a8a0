//! A day of one calendar as a day of another.

use icu_calendar::Date as CalendarDate;
use icu_calendar::Iso;
use icu_calendar::cal::Hijri;
use icu_calendar::cal::Persian;
use jiff::civil;
use sanduq_register::matching::date::Date;
use sanduq_register::matching::written::Calendar;

/// The day of a year, month and day; none when the calendar has no such day.
#[must_use]
pub fn day_of(calendar: Calendar, [year, month, day]: [u32; 3]) -> Option<civil::Date> {
    let year = i32::try_from(year).ok()?;
    let [month, day] = [month, day].map(|part| u8::try_from(part).unwrap_or(0));
    let iso = match calendar {
        Calendar::Gregorian => {
            let part = |part: u8| i8::try_from(part).unwrap_or(0);
            return civil::Date::new(i16::try_from(year).ok()?, part(month), part(day)).ok();
        }
        Calendar::Persian => CalendarDate::try_new_persian(year, month, day)
            .ok()?
            .to_calendar(Iso),
        Calendar::Hijri => {
            let tables = Hijri::new_umm_al_qura();
            CalendarDate::try_new_hijri_with_calendar(year, month, day, tables)
                .ok()?
                .to_calendar(Iso)
        }
    };
    let year = i16::try_from(iso.year().extended_year()).ok()?;
    let month = i8::try_from(iso.month().ordinal).ok()?;
    let day = i8::try_from(iso.day_of_month().0).ok()?;
    civil::Date::new(year, month, day).ok()
}

/// Year, month and day of a day in a calendar.
#[must_use]
pub fn fields(calendar: Calendar, date: civil::Date) -> [u32; 3] {
    let part = |part: i8| part.unsigned_abs();
    let year = i32::from(date.year());
    let Ok(iso) = CalendarDate::try_new_iso(year, part(date.month()), part(date.day())) else {
        return [0; 3];
    };
    let (year, month, day) = match calendar {
        Calendar::Gregorian => (year, part(date.month()), part(date.day())),
        Calendar::Persian => {
            let there = iso.to_calendar(Persian);
            let year = there.year().extended_year();
            (year, there.month().ordinal, there.day_of_month().0)
        }
        Calendar::Hijri => {
            let there = iso.to_calendar(Hijri::new_umm_al_qura());
            let year = there.year().extended_year();
            (year, there.month().ordinal, there.day_of_month().0)
        }
    };
    let year = u32::try_from(year).unwrap_or(0);
    [year, u32::from(month), u32::from(day)]
}

/// A day as a date that is compared in a calendar; `first` says that it was written as the first
/// day of a year, which may stand for any other of it.
#[must_use]
pub fn within(calendar: Calendar, date: civil::Date, first: bool) -> Date {
    let [year, month, day] = fields(calendar, date);
    Date::new(year, month, day).of_first(first)
}
