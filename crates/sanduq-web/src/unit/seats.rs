//! The seats on the page of a unit: of its own contest, and of all contests below it, list by
//! list. They are computed from the totals of the same snapshot and named by what they rest on.

use crate::component::Kind;
use crate::component::Notice;
use crate::component::SeatLine;
use crate::component::Seats;
use crate::component::html;
use crate::page::Page;
use crate::refusal::sentence;
use crate::view::View;
use sanduq_core::contest::Choice;
use sanduq_core::geography::UnitIx;
use sanduq_core::id::ChoiceCode;
use sanduq_core::seats::Outcome;
use sanduq_count::publication::Basis;
use sanduq_count::publication::PublicContest;
use sanduq_count::publication::SeatsFile;
use std::collections::BTreeMap;

/// The seats of a contest on the page of the unit it is put to, once every sheet is counted: seats
/// of half a count would only be taken for more than they are.
pub fn own(page: &Page, view: &View, ix: UnitIx, entry: &PublicContest) -> Option<String> {
    let contest = &entry.contest;
    let file = complete(view, entry).filter(|_| view.root(contest) == ix)?;
    let lines = contest.choices.iter().map(|choice| SeatLine {
        names: &choice.names,
        votes: file.votes.get(&choice.code).map_or(0, |votes| votes.get()),
        seats: allotted_to(file, &choice.code),
    });
    let lines: Vec<_> = lines.collect();
    let table = if lines.iter().any(|line| line.seats > 0) {
        let title = page.t("seats-title");
        let table = seats_table(page, lines, contest.seats.into());
        format!("<h3>{title}</h3>{table}")
    } else {
        String::new()
    };
    Some(table + &html(&notice(page, &contest.choices, file)))
}

/// The seats of a contest whose every sheet is counted.
fn complete<'a>(view: &'a View, entry: &PublicContest) -> Option<&'a SeatsFile> {
    view.seats(&entry.contest)
        .filter(|file| file.basis == Basis::Preliminary)
}

/// Seats of a choice so far.
fn allotted_to(file: &SeatsFile, choice: &ChoiceCode) -> u64 {
    let seats = file
        .allotted
        .as_ref()
        .and_then(|allotted| allotted.awards.get(choice));
    seats.map_or(0, |seats| u64::from(*seats))
}

/// What the seats rest on, or what stands between the votes and the seats.
fn notice(page: &Page, choices: &[Choice], file: &SeatsFile) -> Notice {
    let outcome = file.allotted.as_ref().map(|allotted| &allotted.outcome);
    let (kind, key) = match outcome {
        None => (Kind::Refused, "seats-refused"),
        Some(Outcome::LotNeeded(_)) => (Kind::Warning, "seats-lot"),
        Some(Outcome::RunOff { .. }) => (Kind::Information, "seats-run-off"),
        Some(Outcome::NominationsReopen) => (Kind::Warning, "seats-reopen"),
        Some(Outcome::Final) => (Kind::Information, "seats-preliminary"),
    };
    let mut lines = vec![page.t(key)];
    if let Some(Outcome::RunOff { among, .. }) = outcome {
        let name = |code: &ChoiceCode| {
            let choice = choices.iter().find(|choice| choice.code == *code);
            choice.map_or_else(
                || code.to_string(),
                |choice| page.name(&choice.names).to_owned(),
            )
        };
        let names: Vec<_> = among.iter().map(name).collect();
        lines.push(names.join(" – "));
    }
    if let Some(refused) = &file.refused {
        lines.extend(sentence(page, &refused.code));
        lines.push(refused.code.clone());
    }
    Notice {
        kind,
        title: page.t(format!("{key}-title")),
        lines,
    }
}

fn seats_table(page: &Page, mut lines: Vec<SeatLine<'_>>, seats: u64) -> String {
    lines.sort_by_key(|line| core::cmp::Reverse((line.seats, line.votes)));
    let allotted = lines.iter().map(|line| line.seats).sum();
    html(&Seats {
        page,
        most: lines.iter().map(|line| line.seats).max().unwrap_or(0),
        lines,
        allotted,
        open: seats.saturating_sub(allotted),
    })
}

/// The seats of all contests below, list by list; a list has one code in all of them.
pub fn below(page: &Page, view: &View, contests: &[&PublicContest]) -> Option<String> {
    let mut lines: BTreeMap<&ChoiceCode, SeatLine<'_>> = BTreeMap::new();
    let mut seats = 0;
    let mut shown = false;
    for entry in contests {
        seats += u64::from(entry.contest.seats);
        let Some(file) = complete(view, entry) else {
            continue;
        };
        shown = true;
        for choice in &entry.contest.choices {
            let line = lines.entry(&choice.code).or_insert(SeatLine {
                names: &choice.names,
                votes: 0,
                seats: 0,
            });
            line.votes += file.votes.get(&choice.code).map_or(0, |votes| votes.get());
            line.seats += allotted_to(file, &choice.code);
        }
    }
    shown.then(|| seats_table(page, lines.into_values().collect(), seats))
}
