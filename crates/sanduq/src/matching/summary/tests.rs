//! What was found of dates, in one line.

use super::*;
use sanduq_matching::dates::Said;
use sanduq_matching::dates::Tally;

fn read(rows: &[&str], wrong: u64) -> Read {
    let mut tally = Tally::default();
    for (line, row) in (2..).zip(rows) {
        tally.take(row, line, 1405);
    }
    let manner = tally.decide(Said::default(), Said::default());
    Read {
        filled: 30_000,
        wrong,
        other_calendar: wrong / 2,
        short_years: wrong / 3,
        only_years: wrong / 6,
        ..Read::none("roll.csv".to_owned(), manner.unwrap())
    }
}

#[test]
fn what_was_found_is_said_in_one_line() {
    for (rows, wrong, said) in [
        (
            &["31/04/1365"; 2][..],
            6,
            "day-month-year, Persian calendar, 99.98 % read; 3 look like dates of another \
             calendar; 2 have a year of two digits; 1 give only the year, which is compared when \
             its first day is written",
        ),
        (
            &["1990-01-02", "31/01/1990"],
            0,
            "year-month-day and day-month-year, Gregorian calendar, 100.00 % read",
        ),
        (
            &["01/31/1990"],
            0,
            "month-day-year, Gregorian calendar, 100.00 % read; no row contradicts the month \
             before the day",
        ),
        (
            &["01/02/1990"],
            0,
            "day-month-year, Gregorian calendar, 100.00 % read; no row tells the day from the \
             month, --dates does",
        ),
        (
            &["13/02/1990", "01/31/1990"],
            0,
            "day-month-year, Gregorian calendar, 100.00 % read; some rows have the day first and \
             some the month",
        ),
    ] {
        let told = Summary::new(None).date(&read(rows, wrong));
        assert_eq!(told, format!("dates of roll.csv: {said}"));
    }
    let none = Read {
        filled: 0,
        ..read(&["1990-01-02"], 0)
    };
    assert_eq!(Summary::new(None).date(&none), "dates of roll.csv: none");
}

#[test]
fn it_is_said_in_the_words_and_digits_of_the_reader() {
    let read = read(&["31/04/1365"; 2], 3);
    for (locale, said) in [
        (
            Locale::Ar,
            "تواريخ \u{2068}roll.csv\u{2069}: يوم-شهر-سنة، التقويم الفارسي، قُرئ منها ٩٩٫٩٩ ٪؛ \
             يبدو من تقويم آخر: ١؛ سنته برقمين: ١",
        ),
        (
            Locale::Fa,
            "تاریخ‌های \u{2068}roll.csv\u{2069}: روز-ماه-سال، گاه‌شمار هجری شمسی، ۹۹٫۹۹ ٪ خوانده \
             شد؛ شمار آنچه به گاه‌شماری دیگر می‌ماند: ۱؛ شمار سال‌های دورقمی: ۱",
        ),
        (
            Locale::Fr,
            "dates de roll.csv\u{a0}: jour-mois-année, calendrier persan, 99,99\u{a0}% \
             lues\u{202f}; d'un autre calendrier, semble-t-il\u{a0}: 1\u{202f}; à l'année de deux \
             chiffres\u{a0}: 1",
        ),
    ] {
        assert_eq!(Summary::new(Some(locale)).date(&read), said);
    }
}
