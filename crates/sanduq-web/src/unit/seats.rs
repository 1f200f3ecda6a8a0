//! The seats on the page of a unit: of its own contest, and of all contests below it, list by
//! list. They are computed from the totals of the same snapshot and named by what they rest on.

use crate::component::Kind;
use crate::component::Nearest;
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
use sanduq_core::seats::Margin;
use sanduq_core::seats::Outcome;
use sanduq_core::seats::Prize;
use sanduq_count::publication::PublicContest;
use sanduq_count::publication::SeatsFile;
use sanduq_count::results::Standing;
use std::collections::BTreeMap;

/// A contest whose last seat was near to going to somebody else.
pub struct Close {
    /// Its place on its page.
    pub href: String,
    /// Its title.
    pub name: String,
    /// How near.
    pub sentence: String,
}

/// The seats of a contest on the page of the unit it is put to, once every sheet is counted: seats
/// of half a count would only be taken for more than they are.
pub fn own(page: &Page, view: &View, ix: UnitIx, entry: &PublicContest) -> Option<String> {
    let contest = &entry.contest;
    let file = complete(view, entry).filter(|_| view.root(contest) == ix)?;
    let lines = contest.choices.iter().map(|choice| {
        let seats = allotted_to(file, &choice.code);
        let first = usize::try_from(seats).unwrap_or(usize::MAX);
        SeatLine {
            names: &choice.names,
            votes: file.votes.get(&choice.code).map_or(0, |votes| votes.get()),
            seats,
            lacked: lacked(file, &choice.code),
            first: choice.candidates.iter().take(first).collect(),
        }
    });
    let lines: Vec<_> = lines.collect();
    let nearest = html(&Nearest {
        lines: nearest(page, &contest.choices, file),
    });
    let table = if lines.iter().any(|line| line.seats > 0) {
        let mut table = Seats::new(page, lines, contest.seats.into());
        table.nearest = nearest;
        format!("<h3>{}</h3>{}", page.t("seats-title"), html(&table))
    } else {
        nearest
    };
    Some(html(&notice(page, &contest.choices, file)) + &table)
}

/// The seats of a contest whose every sheet is counted.
pub(super) fn complete<'a>(view: &'a View, entry: &PublicContest) -> Option<&'a SeatsFile> {
    view.seats(&entry.contest)
        .filter(|file| file.standing.is_complete())
}

/// Seats of a choice so far.
pub(super) fn allotted_to(file: &SeatsFile, choice: &ChoiceCode) -> u64 {
    let seats = file
        .allotted
        .as_ref()
        .and_then(|allotted| allotted.awards.get(choice));
    seats.map_or(0, |seats| u64::from(*seats))
}

/// The fewest further votes that would have brought a choice one more seat.
pub(super) fn lacked(file: &SeatsFile, choice: &ChoiceCode) -> Option<u64> {
    let mut margins = margins(file).iter();
    let margin = margins.find(|margin| margin.choice == *choice && margin.prize == Prize::Seat);
    margin.map(|margin| margin.lacked)
}

/// The margins of a contest that no tie holds open.
pub(super) fn margins(file: &SeatsFile) -> &[Margin] {
    match &file.allotted {
        Some(allotted) => match &allotted.outcome {
            Outcome::Final | Outcome::RunOff { .. } => &allotted.margins,
            Outcome::LotNeeded(_) | Outcome::NominationsReopen => &[],
        },
        None => &[],
    }
}

/// Who was nearest to a seat that another has, and to a place in the second round.
fn nearest(page: &Page, choices: &[Choice], file: &SeatsFile) -> Vec<String> {
    let outcome = file.allotted.as_ref().map(|allotted| &allotted.outcome);
    let run_off = matches!(outcome, Some(Outcome::RunOff { .. }));
    let mut told = Vec::new();
    for (prize, taken, free) in [
        (Prize::Seat, "seats-margin-seat", "seats-margin-free"),
        (
            Prize::RunOffPlace,
            "seats-margin-run-off",
            "seats-margin-run-off-free",
        ),
    ] {
        let mut near = margins(file).iter();
        let Some(margin) = near.find(|margin| margin.prize == prize) else {
            continue;
        };
        let losers: Vec<String> = margin
            .instead_of
            .iter()
            .map(|c| name(page, choices, c))
            .collect();
        let key = match prize {
            // Whoever is to be in the run-off has no seat that could be taken.
            Prize::Seat if run_off => "seats-margin-outright",
            _ if losers.is_empty() => free,
            _ => taken,
        };
        let (what, instead) = (name(page, choices, &margin.choice), losers.join(" – "));
        told.push(page.instead(key, margin.lacked, [&what, &instead]));
    }
    told
}

/// Contests that are named as the nearest.
const NEAREST: usize = 5;

/// The decided contests whose last seat was nearest to going to somebody else, the nearest first.
pub fn closest(page: &Page, view: &View, contests: &[&PublicContest]) -> Vec<Close> {
    let mut all: Vec<(u64, &PublicContest, &SeatsFile)> = Vec::new();
    for entry in contests {
        let file = complete(view, entry);
        let is_final = |file: &&SeatsFile| {
            let outcome = file.allotted.as_ref().map(|allotted| &allotted.outcome);
            outcome == Some(&Outcome::Final)
        };
        let Some(file) = file.filter(is_final) else {
            continue;
        };
        let seats = margins(file).iter().filter(|m| m.prize == Prize::Seat);
        if let Some(lacked) = seats.map(|margin| margin.lacked).min() {
            all.push((lacked, entry, file));
        }
    }
    all.sort_by_key(|(lacked, entry, _)| (*lacked, &entry.contest.code));
    let close = |(_, entry, file): &(u64, &PublicContest, &SeatsFile)| {
        let contest = &entry.contest;
        let unit = page.links.unit(view, view.root(contest));
        Close {
            href: format!("{unit}#c-{}", contest.code),
            name: page.name(&contest.names).to_owned(),
            sentence: nearest(page, &contest.choices, file).swap_remove(0),
        }
    };
    all.iter().take(NEAREST).map(close).collect()
}

fn name(page: &Page, choices: &[Choice], code: &ChoiceCode) -> String {
    let choice = choices.iter().find(|choice| choice.code == *code);
    choice.map_or_else(
        || code.to_string(),
        |choice| page.name(&choice.names).to_owned(),
    )
}

/// What the seats rest on, or what stands between the votes and the seats.
fn notice(page: &Page, choices: &[Choice], file: &SeatsFile) -> Notice {
    let outcome = file.allotted.as_ref().map(|allotted| &allotted.outcome);
    let (kind, key) = match outcome {
        None => (Kind::Refused, "seats-refused"),
        Some(Outcome::LotNeeded(_)) => (Kind::Warning, "seats-lot"),
        Some(Outcome::RunOff { .. }) => (Kind::Information, "seats-run-off"),
        Some(Outcome::NominationsReopen) => (Kind::Warning, "seats-reopen"),
        Some(Outcome::Final) if file.standing == Standing::Final => {
            (Kind::Information, "seats-final")
        }
        Some(Outcome::Final) => (Kind::Information, "seats-preliminary"),
    };
    let mut lines = vec![page.t(key)];
    if let Some(Outcome::RunOff { among, .. }) = outcome {
        let names: Vec<_> = among.iter().map(|code| name(page, choices, code)).collect();
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
                lacked: None,
                first: Vec::new(),
            });
            line.votes += file.votes.get(&choice.code).map_or(0, |votes| votes.get());
            line.seats += allotted_to(file, &choice.code);
        }
    }
    shown.then(|| html(&Seats::new(page, lines.into_values().collect(), seats)))
}
