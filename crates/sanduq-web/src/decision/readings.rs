//! What each person typed, side by side, for the two organs that decide. Always true here: lines
//! that were read differently say so in words; of whoever else reads the page, nobody is shown an
//! entry.

use super::Case;
use crate::component::html;
use crate::journal::Line as JournalLine;
use crate::page::Page;
use askama::Template;
use jiff::Timestamp;
use sanduq_core::id::ActorId;
use sanduq_core::names::Names;
use sanduq_count::sheet::Line;
use sanduq_count::sheet::Reading;
use sanduq_count::sheet::Sheet;
use sanduq_count::sheet::readings;

/// Who typed, and when.
struct Person<'a> {
    /// Which entry theirs is.
    name: String,
    by: &'a ActorId,
    at: Timestamp,
}

/// What stands in a cell.
enum Cell {
    Figure(u64),
    /// The line is empty on the paper.
    Empty,
    /// The person was asked for other lines only.
    NotAsked,
}

struct Row<'a> {
    code: String,
    names: &'a Names,
    cells: Vec<Cell>,
    differs: bool,
}

#[derive(Template)]
#[template(path = "decision/readings.html")]
struct Readings<'a> {
    page: &'a Page,
    persons: Vec<Person<'a>>,
    rows: Vec<Row<'a>>,
    differing: u64,
    /// Whether somebody was asked for some of the lines only.
    asked_in_part: bool,
}

/// The entries of the version in these states, with the acts on the sheet.
pub(super) fn part(
    page: &Page,
    case: &Case<'_>,
    (states, journal): (&[Sheet], &[JournalLine]),
) -> String {
    let paper = &case.named.paper;
    let read = readings(paper, states, journal.iter().map(|line| &line.entry));
    let fields = paper.form().fields.iter();
    let fields = fields.map(|own| (Line::Field(own.code.clone()), &own.names));
    let choices = paper.contest().choices.iter();
    let choices = choices.map(|own| (Line::Choice(own.code.clone()), &own.names));
    let row = |(line, names)| row(&read, &line, names);
    let rows: Vec<Row<'_>> = fields.chain(choices).map(row).collect();
    html(&Readings {
        page,
        differing: rows.iter().filter(|row| row.differs).count() as u64,
        asked_in_part: read.iter().any(|own| own.lines.len() < rows.len()),
        persons: (1..).zip(&read).map(|own| person(page, own)).collect(),
        rows,
    })
}

fn person<'a>(page: &Page, (nth, own): (u64, &'a Reading)) -> Person<'a> {
    Person {
        name: page.about("decision-entry", &page.n(nth)),
        by: &own.by,
        at: own.at,
    }
}

fn row<'a>(read: &[Reading], line: &Line, names: &'a Names) -> Row<'a> {
    let own: Vec<_> = read
        .iter()
        .map(|one| one.lines.get(line).copied())
        .collect();
    let mut told = own.iter().flatten();
    let first = told.next();
    Row {
        code: line.to_string(),
        names,
        differs: told.any(|votes| Some(votes) != first),
        cells: own
            .iter()
            .map(|votes| match votes {
                None => Cell::NotAsked,
                Some(None) => Cell::Empty,
                Some(Some(votes)) => Cell::Figure(votes.get()),
            })
            .collect(),
    }
}
