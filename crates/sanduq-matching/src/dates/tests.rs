//! Rows of many hands: what they show, and what is read of them.

use super::*;
use jiff::civil::date;

const TODAY: civil::Date = date(2026, 11, 1);
const BOUNDS: Bounds = Bounds {
    earliest_year: 1850,
    today: TODAY,
};

/// What a file shows in which each of these rows stands so often, from line 2 on.
fn tally(rows: &[(&str, u32)]) -> Tally {
    let mut tally = Tally::default();
    let rows = rows.iter();
    let each = rows.flat_map(|(row, times)| (0..*times).map(move |_| *row));
    (2..)
        .zip(each)
        .for_each(|(line, row)| tally.take(row, line, 1405));
    tally
}

/// How such a file is read where a profile says this.
fn of_file(rows: &[(&str, u32)], said: Said) -> Result<Manner, Undecided> {
    tally(rows).decide(Said::default(), said)
}

/// Each row five times: fewer could be slips.
fn decided(rows: &[&str], said: Said) -> Result<Manner, Undecided> {
    let rows: Vec<(&str, u32)> = rows.iter().map(|row| (*row, 5)).collect();
    of_file(&rows, said)
}

fn calendar(calendar: Calendar) -> Said {
    Said {
        calendar: Some(calendar),
        order: None,
    }
}

fn order(order: Order) -> Said {
    Said {
        calendar: None,
        order: Some(order),
    }
}

/// The first row as a day of the Gregorian calendar, where it can be read.
fn first(rows: &[&str], said: Said) -> Option<[u32; 3]> {
    let manner = decided(rows, said).ok()?;
    let (read, wrong) = manner.read(rows[0], Calendar::Gregorian, &BOUNDS);
    let fits = wrong.is_none() && !read.is_missing();
    fits.then_some([read.year(), read.month(), read.day()])
}

#[test]
fn one_day_is_read_from_every_hand() {
    let day = Some([1986, 7, 3]);
    let nobody = Said::default();
    for rows in [
        &["1986-07-03"][..],
        &["1986/7/3"],
        &["1986.07.03"],
        &["19860703"],
        &["1986-07-03T00:00:00Z"],
        &["1986-07-03 00:00:00.000"],
        &["١٩٨٦/٠٧/٠٣"],
        &["03/07/1986", "31/07/1986"],
        &["3-7-1986", "31-7-1986"],
        &["03.07.1986", "31.07.1986"],
        &["03071986", "31071986"],
        &["٠٣/٠٧/١٩٨٦", "٣١/٠٧/١٩٨٦"],
        &["07/03/1986", "07/31/1986"],
        // No row tells: day first, as everywhere but in one country.
        &["03/07/1986"],
        &["1365/04/12", "1365/04/31"],
        &["۱۳۶۵/۰۴/۱۲", "۱۳۶۵/۰۴/۳۱"],
        &["12/04/1365", "31/04/1365"],
        &["13650412", "13650431"],
        &["12041365", "31041365"],
        &["1406-10-25", "1408-02-03", "1420-01-02"],
        &["25/10/1406", "03/02/1408", "02/01/1420"],
    ] {
        assert_eq!(first(rows, nobody), day, "{rows:?}");
    }
}

#[test]
fn rows_come_before_what_is_said_and_what_is_said_before_a_guess() {
    let [july, march] = [Some([1986, 7, 3]), Some([1986, 3, 7])];
    for (rows, said, expected) in [
        (&["03/07/1986"][..], order(Order::MonthFirst), march),
        (&["03/07/1986"], order(Order::DayFirst), july),
        (&["03/07/1986"], order(Order::YearFirst), None),
        (&["1986-07-03"], order(Order::DayFirst), july),
        (
            &["03/07/1986", "31/07/1986"],
            order(Order::MonthFirst),
            july,
        ),
        // One row of a hundred contradicts the month before the day.
        (
            &["07/03/1986", "01/20/1990", "20/01/1990"],
            Said::default(),
            march,
        ),
        (
            &["07/03/1986", "01/20/1990", "20/01/1990"],
            order(Order::MonthFirst),
            july,
        ),
        (&["1365/04/12"], calendar(Calendar::Persian), july),
        (&["1406/10/25"], calendar(Calendar::Hijri), july),
        (
            &["1365/04/12", "1365/04/31"],
            calendar(Calendar::Hijri),
            july,
        ),
        (&["1986-07-03"], calendar(Calendar::Persian), july),
        (&["1365/04/12"], calendar(Calendar::Gregorian), None),
        (
            &["1365/04/12", "1986-07-03", "1986-07-03"],
            Said::default(),
            None,
        ),
    ] {
        assert_eq!(first(rows, said), expected, "{rows:?} {said:?}");
    }
    let unclear = Err(Undecided::Unclear);
    assert_eq!(decided(&["1365/04/12"], Said::default()), unclear);
    let both = ["1365/04/31", "1420/01/01"];
    assert_eq!(decided(&both, Said::default()), unclear);
}

#[test]
fn a_few_slips_turn_no_file() {
    let (persian, hijri) = (calendar(Calendar::Persian), calendar(Calendar::Hijri));
    for (rows, said, expected) in [
        (
            &[("1365/04/12", 19), ("1431/04/12", 1)][..],
            persian,
            Some(Calendar::Persian),
        ),
        (
            &[("1365/04/12", 19), ("1431/04/12", 1)],
            Said::default(),
            None,
        ),
        (
            &[("1406/10/25", 39), ("1380/10/31", 1)],
            hijri,
            Some(Calendar::Hijri),
        ),
        (
            &[("1380/10/25", 39), ("1380/10/31", 1)],
            Said::default(),
            None,
        ),
        (
            &[("1380/10/25", 900), ("1380/04/31", 14)],
            Said::default(),
            Some(Calendar::Persian),
        ),
        (
            &[("1380/10/25", 900), ("1380/04/31", 14)],
            hijri,
            Some(Calendar::Persian),
        ),
    ] {
        let found = of_file(rows, said).ok().map(|manner| manner.calendar);
        assert_eq!(found, expected, "{rows:?} {said:?}");
    }
    let day_first = order(Order::DayFirst);
    for (rows, said, expected) in [
        (
            &[("03/07/1986", 11), ("03/13/1986", 1)][..],
            day_first,
            Order::DayFirst,
        ),
        (
            &[("23/07/1986", 600), ("07/23/1986", 30)],
            order(Order::MonthFirst),
            Order::DayFirst,
        ),
        (
            &[("07/23/1986", 600), ("03/07/1986", 400)],
            day_first,
            Order::MonthFirst,
        ),
    ] {
        let found = of_file(rows, said).unwrap();
        assert_eq!(found.last, Some(expected), "{rows:?} {said:?}");
    }
}

/// A person who names a format knows the file, or another one: which of both, she has to say.
#[test]
fn what_a_person_says_and_the_rows_contradict_is_refused() {
    let nobody = Said::default();
    let (persian, hijri) = (calendar(Calendar::Persian), calendar(Calendar::Hijri));
    let gregorian = calendar(Calendar::Gregorian);
    let (dmy, mdy) = (order(Order::DayFirst), order(Order::MonthFirst));
    for (rows, flag, expected) in [
        (&[("31/07/1986", 5)][..], mdy, Some(("mdy", "dmy", 5))),
        (&[("07/31/1986", 40)], dmy, Some(("dmy", "mdy", 40))),
        (&[("1365/04/31", 6)], hijri, Some(("hijri", "persian", 6))),
        (&[("1420/04/12", 6)], persian, Some(("persian", "hijri", 6))),
        (
            &[("1420/04/12", 6)],
            gregorian,
            Some(("gregorian", "hijri", 6)),
        ),
        // Few rows are slips, and rows that show the same or nothing contradict nobody.
        (&[("31/07/1986", 4), ("07/03/1986", 9)], mdy, None),
        (&[("31/07/1986", 40)], dmy, None),
        (&[("03/07/1986", 40)], mdy, None),
        (&[("1986-07-03", 40)], mdy, None),
        (&[("1986-07-03", 40)], persian, None),
        (&[("1365/04/31", 40)], persian, None),
        (&[("1365/04/12", 40)], hijri, None),
    ] {
        let found = tally(rows).decide(flag, nobody);
        let Some((said, shown, count)) = expected else {
            assert!(found.is_ok(), "{rows:?} {flag:?} {found:?}");
            continue;
        };
        let Err(Undecided::Contradicted(why)) = found else {
            panic!("{rows:?} {flag:?} {found:?}");
        };
        assert_eq!((why.said, why.found, why.rows), (said, shown, count));
        assert_eq!(why.lines, [2, 3, 4, 5, 6]);
        // The same said by a profile gives way, as it speaks of many files.
        assert!(tally(rows).decide(nobody, flag).is_ok(), "{rows:?}");
    }
}

#[test]
fn a_first_day_of_a_year_stays_one_in_another_calendar() {
    let persian = decided(&["1360/01/01", "1365/04/31"], Said::default()).unwrap();
    let gregorian = Manner::default();
    for (manner, text, into, first) in [
        (&persian, "1360/01/01", Calendar::Gregorian, true),
        (&persian, "1360/01/01", Calendar::Persian, true),
        (&persian, "1360/01/02", Calendar::Gregorian, false),
        // 1 January 1982, on which many were born.
        (&persian, "1360/10/11", Calendar::Gregorian, false),
        (&gregorian, "1982-01-01", Calendar::Persian, true),
        (&gregorian, "1981-03-21", Calendar::Persian, false),
        (&gregorian, "1981-11-04", Calendar::Hijri, false),
    ] {
        let (date, wrong) = manner.read(text, into, &BOUNDS);
        assert_eq!((date.is_default(), wrong), (first, None), "{text} {into:?}");
    }
}

#[test]
fn what_is_no_date_is_told_and_a_slip_is_kept_where_no_calendar_changes() {
    let manner = Manner::default();
    let persian = Manner {
        calendar: Calendar::Persian,
        ..manner
    };
    let read = |manner: &Manner, text, into| {
        let (date, wrong) = manner.read(text, into, &BOUNDS);
        (!date.is_missing(), wrong)
    };
    use Calendar::Gregorian;
    for (text, expected) in [
        ("1990-03-31", (true, None)),
        ("1990-02-31", (true, Some(Reason::NotADate))),
        ("1990-13-31", (false, Some(Reason::NotADate))),
        ("90-03-31", (false, Some(Reason::ShortYear))),
        ("31/3/90", (false, Some(Reason::ShortYear))),
        ("۳۱.۳.۹۰", (false, Some(Reason::ShortYear))),
        ("310390", (false, Some(Reason::ShortYear))),
        ("31/3/9o", (false, Some(Reason::NotADate))),
        ("1/3", (false, Some(Reason::NotADate))),
        ("31039", (false, Some(Reason::NotADate))),
        ("1365-04-12", (false, Some(Reason::OtherCalendar))),
        ("1085-04-12", (false, Some(Reason::DateTooEarly))),
        ("31 March 1990", (false, Some(Reason::NotADate))),
        ("1990-03-31 at noon", (false, Some(Reason::NotADate))),
        ("1990-03-30T22:00:00Z", (false, Some(Reason::NotADate))),
        ("1990-03-31 00:00+03:00", (false, Some(Reason::NotADate))),
        ("1990-03", (false, Some(Reason::NotADate))),
        ("1990-03-31-", (false, Some(Reason::NotADate))),
        ("123456789", (false, Some(Reason::NotADate))),
        ("2026-11-02", (false, Some(Reason::DateInFuture))),
        ("1849-12-31", (false, Some(Reason::DateTooEarly))),
    ] {
        assert_eq!(read(&manner, text, Gregorian), expected, "{text}");
    }
    for (text, into, expected) in [
        ("1365/07/31", Gregorian, (false, Some(Reason::NotADate))),
        (
            "1365/07/31",
            Calendar::Persian,
            (true, Some(Reason::NotADate)),
        ),
        (
            "1985/04/12",
            Gregorian,
            (false, Some(Reason::OtherCalendar)),
        ),
        (
            "1985/04/12",
            Calendar::Persian,
            (false, Some(Reason::OtherCalendar)),
        ),
        ("1403/12/30", Gregorian, (true, None)),
        ("1404/12/30", Gregorian, (false, Some(Reason::NotADate))),
        ("1405/08/11", Gregorian, (false, Some(Reason::DateInFuture))),
        ("1405/08/10", Gregorian, (true, None)),
    ] {
        assert_eq!(read(&persian, text, into), expected, "{text} {into:?}");
    }
}

#[test]
fn a_manner_that_was_kept_comes_back() {
    let persian = ["31/04/1365", "1365/04/31"];
    let strict = order(Order::YearFirst);
    for (rows, said) in [
        (&["1990-01-02"][..], Said::default()),
        (&["01/02/1990"], Said::default()),
        (&["01/31/1990", "31/01/1990"], Said::default()),
        (&persian, Said::default()),
        (&persian, strict),
        (&["25/10/1406"], calendar(Calendar::Hijri)),
    ] {
        let manner = decided(rows, said).unwrap();
        assert_eq!(Manner::of_packed(manner.packed()), manner);
    }
}

#[test]
fn every_day_goes_to_another_calendar_and_back() {
    let mut at = date(1900, 1, 1);
    while at < TODAY {
        for calendar in Calendar::ALL {
            assert_eq!(day_of(calendar, fields(calendar, at)), Some(at));
        }
        at = at.tomorrow().unwrap();
    }
}

#[test]
fn a_year_alone_is_known_from_what_is_no_date() {
    for (text, why) in [
        ("1990", Reason::OnlyYear),
        ("۱۳۶۹", Reason::OnlyYear),
        (" 1990 ", Reason::OnlyYear),
        ("1990-00-00", Reason::OnlyYear),
        ("00/00/1990", Reason::OnlyYear),
        ("0/1990", Reason::OnlyYear),
        ("19900000", Reason::OnlyYear),
        ("00001990", Reason::OnlyYear),
        ("1990-05", Reason::NotADate),
        ("1990-05-00", Reason::NotADate),
        ("0000-00-00", Reason::NotADate),
        ("0000", Reason::NotADate),
        ("2533", Reason::NotADate),
        ("c. 1990", Reason::NotADate),
        ("12.3.90", Reason::ShortYear),
        ("199000", Reason::ShortYear),
    ] {
        let (date, wrong) = Manner::default().read(text, Calendar::Gregorian, &BOUNDS);
        assert_eq!((date.is_missing(), wrong), (true, Some(why)), "{text}");
    }
}
