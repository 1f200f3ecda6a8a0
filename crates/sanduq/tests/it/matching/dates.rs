//! Dates as offices write them: in any order and calendar they are compared, and what was found is
//! told.

use crate::desk::Desk;
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
    let desk = Desk::of("match");
    let electors = roll::electors(51, 0, 900);
    // A first day of a year may stand for an unknown one, and is so in its own calendar alone.
    let is_first = |row: &&String| {
        let date: jiff::civil::Date = row.split(',').nth(6).unwrap().parse().unwrap();
        let days = Calendar::ALL.map(|calendar| fields(calendar, date));
        days.iter().any(|[_, month, day]| (month, day) == (&1, &1))
    };
    let known = electors.iter().filter(|row| !is_first(row));
    let listed: Vec<String> = (5000..)
        .zip(known.step_by(3).take(280))
        .map(|(id, row)| again(row, id))
        .collect();
    desk.file("roll.csv", roll::text(&electors))
        .file("list.csv", roll::text(&listed));
    desk.done("link --profile wahat list.csv roll.csv --out pairs.csv");
    let expected = desk.bytes("pairs.csv");
    assert!(desk.pairs("pairs.csv").len() >= 280);
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
            "file": "other.csv", "orders": [order], "calendar": name, "filled": 280, "wrong": 0,
            "unclear": false, "other_calendar": 0, "short_years": 0, "only_years": 0,
        });
        assert_eq!(told["dates"][1], found);
        assert_eq!(told["wrong_values"], 0, "{told}");
    }
}

/// A roll without dates in its numbers is compared in its own calendar, where a slip is a slip.
#[test]
fn a_list_is_read_into_the_calendar_of_the_roll() {
    let desk = Desk::of("match");
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
    let desk = Desk::of("match");
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
            [
                "roll.csv: 14 of 20 dates",
                "; 7 have a year of two digits; write them as",
            ],
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

/// What a person says of the files is of no use where the rows show otherwise: she meant another.
#[test]
fn a_flag_that_the_rows_contradict_is_refused_with_their_lines() {
    let desk = Desk::of("match");
    let rows = roll::electors(56, 0, 600);
    desk.file(
        "roll.csv",
        roll::text(&written(&rows, Calendar::Gregorian, day_first)),
    );
    let words = "dedupe --profile wahat --out pairs.csv roll.csv";
    let (code, message) = desk.refusal(&format!("{words} --dates mdy"));
    assert_eq!(code, "matching.dates_contradicted");
    let told = "roll.csv: --dates mdy is asked for, and ";
    assert!(message.starts_with(told), "{message}");
    for word in ["dates show dmy (first on lines ", "leave --dates out"] {
        assert!(message.contains(word), "{message}");
    }
    desk.done(&format!("{words} --dates dmy"));
    let calendars = "dedupe --profile wahat --out pairs.csv persian.csv --calendar";
    desk.file(
        "persian.csv",
        roll::text(&written(&rows, Calendar::Persian, day_first)),
    );
    let (code, message) = desk.refusal(&format!("{calendars} hijri"));
    assert_eq!(code, "matching.dates_contradicted");
    assert!(message.contains("dates show persian"), "{message}");
    desk.done(&format!("{calendars} persian"));
}

#[test]
fn rows_of_another_calendar_and_of_short_years_are_told_as_such_and_counted() {
    let desk = Desk::of("match");
    let mut rows = roll::electors(57, 0, 60);
    for (id, date) in [
        (60, "1365-04-12"),
        (61, "1366/01/02"),
        (62, "12.3.90"),
        (63, "1990-02-31"),
    ] {
        let mut fields: Vec<&str> = rows[7].split(',').collect();
        let id = id.to_string();
        (fields[0], fields[6]) = (&id, date);
        rows.push(fields.join(","));
    }
    desk.file("roll.csv", roll::text(&rows));
    let words = "dedupe --profile wahat roll.csv --out pairs.csv";
    let told = desk.done(words);
    let dates = &told["dates"][0];
    assert_eq!((&dates["wrong"], &dates["filled"]), (&json!(4), &json!(64)));
    assert_eq!(dates["other_calendar"], 2);
    assert_eq!(dates["short_years"], 1);
    let places = desk.text("pairs.csv.quarantine.csv");
    for (line, code) in [
        (62, "other_calendar"),
        (63, "other_calendar"),
        (64, "short_year"),
        (65, "not_a_date"),
    ] {
        let row = format!(",{line},\"dob\",quarantine.{code},");
        assert!(places.contains(&row), "{row} {places}");
    }
    let said = String::from_utf8(desk.run(words).stdout).unwrap();
    let expected = "2 look like dates of another calendar; 1 have a year of two digits";
    assert!(said.contains(expected), "{said}");
}

/// 1 Farvardin stands on many cards for a day that nobody knows, in whatever calendar it is read.
#[test]
fn a_first_day_of_the_persian_year_is_no_day_of_birth() {
    let desk = Desk::of("match");
    let rows = roll::electors(58, 0, 400);
    let mut persian = written(&rows, Calendar::Persian, persian_digits);
    for (id, date) in [(900, "1360/01/01"), (901, "1360/08/14")] {
        persian.push(format!("{id},مصطفى,طارق,سعيد,الجندي,M,{date},21,"));
    }
    desk.file("roll.csv", roll::text(&persian));
    let explain = "explain --profile wahat --roll roll.csv --lang en 900 901";
    let said = String::from_utf8(desk.run(explain).stdout).unwrap();
    let expected = "date of birth: the same year, one of them its first day";
    assert!(said.contains(expected), "{said}");
}

#[test]
fn a_day_on_which_nobody_of_a_roll_is_born_is_refused_before_anything_is_read() {
    let desk = Desk::of("match");
    let electors = roll::electors(54, 0, 40);
    desk.file("roll.csv", roll::text(&electors))
        .file("civil.csv", roll::text(&electors));
    let words = "missing --profile wahat --out missing.csv --born-by";
    for (day, told) in [
        ("persian:2008-11-20", "day of the Persian calendar"),
        (
            "hijri:2008-11-20",
            "is 2570-08-23 where it is a day of the Hijri",
        ),
        ("gregorian:1387-08-30", "day of the Gregorian calendar"),
        ("2999-01-01", "born from 1850 to 20"),
        ("1700-01-01", "born from 1850 to 20"),
        ("persian:1387-12-31", "no day of a calendar"),
        (
            "hijri:1200-01-01",
            "is 1785-11-04 where it is a day of the Hijri",
        ),
    ] {
        let (code, message) = desk.refusal(&format!("{words} {day} none.csv none.csv"));
        assert_eq!(code, "matching.born_by", "{day}: {message}");
        assert!(message.contains(told), "{day}: {message}");
    }
    let (code, message) = desk.refusal(&format!("{words} 0099-01-01 civil.csv roll.csv"));
    assert_eq!(code, "matching.born_by", "{message}");
    desk.done(&format!("{words} persian:1387-08-30 civil.csv roll.csv"));
}

#[test]
fn the_day_of_those_old_enough_is_in_the_calendar_of_civil_status() {
    let desk = Desk::of("match");
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
    let desk = Desk::of("match");
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
            "date de naissance\u{a0}: illisible",
            "numéro national\u{a0}: illisible",
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

/// Of many people the office knows the year alone; no flag helps it, and a first day does.
#[test]
fn a_roll_that_gives_only_years_is_told_what_can_be_done() {
    let desk = Desk::of("match");
    let rows = roll::electors(59, 0, 60);
    let years = |write: fn(u32) -> String| {
        let rows = written(&rows, Calendar::Gregorian, |[year, ..]| write(year));
        roll::text(&rows)
    };
    let words = "dedupe --profile wahat --out pairs.csv roll.csv";
    for write in [
        |year| format!("{year}"),
        |year| format!("{year}-00-00"),
        |year| format!("00/00/{year}"),
    ] as [fn(u32) -> String; 3]
    {
        desk.file("roll.csv", years(write));
        let (code, message) = desk.refusal(words);
        assert_eq!(code, "matching.dates_only_years");
        let told =
            "roll.csv: 60 of 60 dates give only the year; write its first day, as 1990-01-01";
        assert!(message.starts_with(told), "{message}");
        assert!(!message.contains("--dates"), "no flag helps: {message}");
    }
    desk.file("roll.csv", years(|year| format!("{year}-01-01")));
    let told = desk.done(words);
    let wrong = [&told["dates"][0]["wrong"], &told["wrong_values"]];
    assert_eq!(wrong, [&json!(0), &json!(0)]);
    // Most cannot be read, and few of those are years: the flags may help.
    let mixed = written(&rows, Calendar::Gregorian, |[year, _, day]| match day % 3 {
        0 => format!("{year}"),
        _ => "soon".to_owned(),
    });
    desk.file("roll.csv", roll::text(&mixed));
    let (code, message) = desk.refusal(words);
    assert_eq!(code, "matching.dates_unreadable");
    assert!(
        message.contains(" give only the year; write them as"),
        "{message}"
    );
}

#[test]
fn a_few_years_alone_are_told_with_their_lines_and_stay_in_a_prepared_roll() {
    let desk = Desk::of("match");
    let mut rows = roll::electors(60, 0, 60);
    for (at, date) in [
        (5, "1990"),
        (9, "1985-00-00"),
        (20, "soon"),
        (30, "12.3.90"),
    ] {
        let mut fields: Vec<&str> = rows[at].split(',').collect();
        fields[6] = date;
        rows[at] = fields.join(",");
    }
    let list = roll::text(&roll::electors(61, 900, 5)).replacen("rid", "lid", 1);
    desk.file("roll.csv", roll::text(&rows))
        .file("list.csv", list);
    let words = "link --profile wahat list.csv --out pairs.csv";
    desk.done("prepare --profile wahat roll.csv --out roll.prepared");
    let of_roll = desk.done(&format!("{words} roll.csv"));
    let dates = &of_roll["dates"][0];
    let counts = ["wrong", "short_years", "only_years"].map(|key| dates[key].as_u64().unwrap());
    assert_eq!(counts, [4, 1, 2]);
    let places = desk.text("pairs.csv.quarantine.csv");
    for (line, code) in [(7, "only_year"), (11, "only_year"), (22, "not_a_date")] {
        let row = format!(",{line},\"dob\",quarantine.{code},");
        assert!(places.contains(&row), "{row} {places}");
    }
    let of_prepared = desk.done(&format!("{words} roll.prepared"));
    assert_eq!(of_prepared["dates"], of_roll["dates"]);
}
