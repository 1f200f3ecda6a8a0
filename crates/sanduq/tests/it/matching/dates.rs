//! Dates as offices write them: in any order and calendar they are compared, and what was found is
//! told.

use crate::matching::Desk;
use crate::matching::roll;
use crate::matching::roll::again;
use sanduq_matching::dates::fields;
use sanduq_register::matching::written::Calendar;
use serde_json::json;

/// Rows whose dates are written by `write`, which is handed year, month and day of a calendar.
fn written(rows: &[String], calendar: Calendar, write: impl Fn([u32; 3]) -> String) -> Vec<String> {
    let rewritten = rows.iter().map(|row| {
        let mut fields_of: Vec<&str> = row.split(',').collect();
        let civil: jiff::civil::Date = fields_of[6].parse().unwrap();
        let date = write(fields(calendar, civil));
        fields_of[6] = &date;
        fields_of.join(",")
    });
    rewritten.collect()
}

fn day_first([year, month, day]: [u32; 3]) -> String {
    format!("{day:02}/{month:02}/{year}")
}

fn persian_digits(parts: [u32; 3]) -> String {
    let moved = |letter: char| match letter.to_digit(10) {
        Some(digit) => char::from_u32(0x6F0 + digit).unwrap(),
        None => letter,
    };
    let [year, month, day] = parts;
    format!("{year}/{month}/{day}").chars().map(moved).collect()
}

#[test]
fn two_files_of_other_orders_and_calendars_compare_equal() {
    let desk = Desk::new();
    let electors = roll::electors(51, 0, 900);
    let listed: Vec<String> = (5000..)
        .zip(electors.iter().step_by(3))
        .map(|(id, row)| again(row, id))
        .collect();
    desk.file("roll.csv", roll::text(&electors))
        .file("list.csv", roll::text(&listed));
    desk.done("link --profile wahat list.csv roll.csv --out pairs.csv");
    let expected = desk.bytes("pairs.csv");
    assert!(desk.pairs("pairs.csv").len() >= 300);
    let plain = |[year, month, day]: [u32; 3]| format!("{year}{month:02}{day:02}");
    for (calendar, order, write) in [
        (
            Calendar::Gregorian,
            "dmy",
            day_first as fn([u32; 3]) -> String,
        ),
        (Calendar::Gregorian, "mdy", |[y, m, d]| {
            format!("{m}-{d}-{y}")
        }),
        (Calendar::Gregorian, "ymd", plain),
        (Calendar::Persian, "ymd", persian_digits),
        (Calendar::Persian, "dmy", day_first),
        (Calendar::Hijri, "dmy", |[y, m, d]| format!("{d}.{m}.{y}")),
        (Calendar::Hijri, "ymd", plain),
    ] {
        let name = calendar.word();
        desk.file("other.csv", roll::text(&written(&listed, calendar, write)));
        let told = desk.done("link --profile wahat other.csv roll.csv --out pairs.csv");
        assert!(desk.bytes("pairs.csv") == expected, "{name} {order}");
        let found = json!({
            "file": "other.csv", "orders": [order], "calendar": name, "filled": 300, "wrong": 0,
            "unclear": false,
        });
        assert_eq!(told["dates"][1], found);
        assert_eq!(told["wrong_values"], 0, "{told}");
    }
}

/// A roll without dates in its numbers is compared in its own calendar, where a slip is a slip.
#[test]
fn a_list_is_read_into_the_calendar_of_the_roll() {
    let desk = Desk::new();
    let bare = |row: &String| {
        let (rest, _) = row.rsplit_once(',').unwrap();
        format!("{rest},")
    };
    let electors: Vec<String> = roll::electors(52, 0, 900).iter().map(bare).collect();
    let listed = [again(&electors[7], 5000), again(&electors[300], 5001)];
    let text = |rows: &[String]| roll::text(&written(rows, Calendar::Persian, day_first));
    desk.file("roll.csv", text(&electors))
        .file("list.csv", roll::text(&listed));
    let told = desk.done("link --profile oman list.csv roll.csv --out pairs.csv");
    let calendars = [0, 1].map(|at| told["dates"][at]["calendar"].as_str().unwrap().to_owned());
    assert_eq!(calendars, ["persian", "gregorian"]);
    let found: Vec<(String, String)> = desk
        .pairs("pairs.csv")
        .into_iter()
        .filter(|row| row.score > 0)
        .map(|row| (row.one, row.other))
        .collect();
    for pair in [("5000", "7"), ("5001", "300")] {
        let pair = (pair.0.to_owned(), pair.1.to_owned());
        assert!(found.contains(&pair), "{found:?}");
    }
    // One row of a list tells no calendar: that of the roll is its own.
    desk.file("day.csv", text(&listed[..1]));
    let day = desk.done("link --profile oman day.csv roll.csv --out day_pairs.csv");
    assert_eq!(day["dates"][1]["calendar"], "persian");
    assert_eq!(day["dates"][1]["wrong"], 0);
    let output = desk.run("link --profile oman list.csv roll.csv --out pairs.csv");
    let said = String::from_utf8(output.stdout).unwrap();
    for line in [
        "dates of roll.csv: day-month-year, Persian calendar, 100.00 % read",
        "dates of list.csv: year-month-day, Gregorian calendar, 100.00 % read",
    ] {
        assert!(said.contains(line), "{said}");
    }
}

#[test]
fn a_file_whose_dates_cannot_be_read_is_refused_with_what_to_do() {
    let desk = Desk::new();
    let rows = roll::electors(53, 0, 20);
    let with = |dates: [&str; 3]| {
        let rows = rows.iter().zip(dates.iter().cycle()).map(|(row, date)| {
            let mut fields: Vec<&str> = row.split(',').collect();
            fields[6] = date;
            fields.join(",")
        });
        roll::text(&rows.collect::<Vec<_>>())
    };
    let words = "dedupe --profile wahat --out pairs.csv roll.csv";
    for (dates, code, said) in [
        (
            ["5 March 1990", "12.3.90", "1990-03-05"],
            "matching.dates_unreadable",
            ["roll.csv: 14 of 20 dates", "--calendar"],
        ),
        (
            ["2533-01-02", "2533-05-06", "1990-01-02"],
            "matching.dates_unreadable",
            ["Gregorian calendar", "write them as year-month-day"],
        ),
        (
            ["1365-04-12", "1366-01-02", "1340-05-06"],
            "matching.calendar_unclear",
            ["roll.csv: the years are", "--calendar persian"],
        ),
    ] {
        desk.file("roll.csv", with(dates));
        let (told, message) = desk.refusal(words);
        assert_eq!(told, code, "{message}");
        for word in said {
            assert!(message.contains(word), "{message}");
        }
    }
    desk.done(&format!("{words} --calendar hijri"));
    desk.file("roll.csv", with(["1990-03-05", "5 March", ""]));
    desk.done(words);
}

#[test]
fn the_day_of_those_old_enough_is_in_the_calendar_of_civil_status() {
    let desk = Desk::new();
    let electors = roll::electors(54, 0, 400);
    let civil = written(&electors, Calendar::Persian, persian_digits);
    desk.file("roll.csv", roll::text(&electors[..1]))
        .file("civil.csv", roll::text(&civil));
    let missing = "missing --profile wahat civil.csv roll.csv --out missing.csv --born-by";
    let mut counts = Vec::new();
    for (day, calendar) in [
        ("1970-03-20", "gregorian"),
        ("1348-12-29", "persian"),
        ("persian:1348-12-29", "persian"),
        ("hijri:1390-01-12", "hijri"),
    ] {
        let told = desk.done(&format!("{missing} {day}"));
        assert_eq!(told["born_by_calendar"], calendar);
        counts.push(desk.text("missing.csv").lines().count());
    }
    assert!(counts.iter().all(|count| *count == counts[0]), "{counts:?}");
    assert!((50..350).contains(&counts[0]), "{counts:?}");
    desk.file("civil.csv", roll::text(&electors));
    let (code, message) = desk.refusal(&format!("{missing} 1348-12-29"));
    assert_eq!(code, "matching.born_by");
    assert!(message.contains("persian:"), "{message}");
}

#[test]
fn what_was_filled_in_and_cannot_be_read_is_not_called_missing() {
    let desk = Desk::new();
    let mut rows = roll::electors(55, 0, 300);
    rows.push("900,مصطفى,طارق,سعيد,الجندي,M,5 March 1979,21,27903082101237".to_owned());
    rows.push("901,مصطفي,طارق,سعيد,الجندى,M,1979-03-08,21,none".to_owned());
    rows.push("902,مصطفي,طارق,سعيد,الجندى,M,,21,".to_owned());
    desk.file("roll.csv", roll::text(&rows));
    let explain = "explain --profile wahat --roll roll.csv";
    for (lang, date, number) in [
        (
            "ar",
            "تاريخ الميلاد: مذكور لكنه غير مقروء",
            "الرقم القومي: مذكور لكنه",
        ),
        (
            "fa",
            "تاریخ تولد: در یکی از دو سابقه آمده ولی",
            "کد ملی: در یکی از دو سابقه آمده ولی",
        ),
        (
            "fr",
            "date de naissance: illisible",
            "numéro national: illisible",
        ),
        (
            "en",
            "date of birth: not readable",
            "national ID number: not readable",
        ),
    ] {
        let output = desk.run(&format!("{explain} 900 901 --lang {lang}"));
        let said = String::from_utf8(output.stdout).unwrap();
        assert!(said.contains(date) && said.contains(number), "{said}");
    }
    let output = desk.run(&format!("{explain} 901 902 --lang en"));
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(said.contains("date of birth: not given"), "{said}");
    assert!(said.contains("number: not readable"), "{said}");
}
