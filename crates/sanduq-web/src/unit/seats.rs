//! The seats on the page of a unit: of its own contest, and of all contests below it, list by
//! list. They are computed from the totals of the same snapshot and named by what they rest on.

use crate::component::Kind;
use crate::component::Notice;
use crate::component::SeatLine;
use crate::component::Seats;
use crate::component::html;
use crate::page::Page;
use crate::view::View;
use sanduq_core::geography::UnitIx;
use sanduq_core::id::ChoiceCode;
use sanduq_core::seats::Outcome;
use sanduq_count::publication::Basis;
use sanduq_count::publication::PublicContest;
use sanduq_count::publication::SeatsFile;
use std::collections::BTreeMap;

/// The seats of a contest on the page of the unit it is put to.
pub fn own(page: &Page, view: &View, ix: UnitIx, entry: &PublicContest) -> Option<String> {
    let contest = &entry.contest;
    let file = view.seats(contest).filter(|_| view.root(contest) == ix)?;
    let lines = contest.choices.iter().map(|choice| SeatLine {
        names: &choice.names,
        votes: file.votes.get(&choice.code).map_or(0, |votes| votes.get()),
        seats: settled(file, &choice.code).unwrap_or(0),
    });
    let seats = seats_table(page, lines.collect(), contest.seats.into());
    Some(format!("{seats}{}", html(&seats_notice(page, file)?)))
}

/// Seats of a choice so far.
fn settled(file: &SeatsFile, choice: &ChoiceCode) -> Option<u64> {
    let allotted = file.allotted.as_ref()?;
    allotted.awards.get(choice).map(|seats| u64::from(*seats))
}

/// What stands between the seats and their being final.
fn seats_notice(page: &Page, file: &SeatsFile) -> Option<Notice> {
    let (kind, key) = match (&file.allotted, file.basis) {
        (None, _) => (Kind::Refused, "seats-refused"),
        (Some(allotted), basis) => match (&allotted.outcome, basis) {
            (Outcome::LotNeeded(_), _) => (Kind::Warning, "seats-lot"),
            (Outcome::RunOff { .. }, _) => (Kind::Information, "seats-run-off"),
            (Outcome::NominationsReopen, _) => (Kind::Warning, "seats-reopen"),
            (Outcome::Final, Basis::Partial) => (Kind::Partial, "seats-partial"),
            (Outcome::Final, Basis::Preliminary) => (Kind::Information, "seats-preliminary"),
        },
    };
    Some(Notice {
        kind,
        title: page.t(format!("{key}-title")),
        lines: vec![page.t(key)],
    })
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
        let Some(file) = view.seats(&entry.contest) else {
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
            line.seats += settled(file, &choice.code).unwrap_or(0);
        }
    }
    shown.then(|| seats_table(page, lines.into_values().collect(), seats))
}
