//! How the sheets of the sample that are held back were typed: of one in two the first two entries
//! differ in a line, and a third person read it again. Always true here: whoever typed last is the
//! actor of the entry that the journal has.

use jiff::Timestamp;
use jiff::ToSpan;
use sanduq_core::act::Act;
use sanduq_core::act::Actor;
use sanduq_core::act::Entry;
use sanduq_core::act::Organ;
use sanduq_core::count::Votes;
use sanduq_core::id::ActorId;
use sanduq_count::publication::Snapshot;
use sanduq_count::sheet::Figures;
use sanduq_count::sheet::Keyed;
use sanduq_count::sheet::Sheet;
use sanduq_count::sheet::SheetState;

fn clerk(number: &str) -> Actor {
    Actor {
        id: ActorId::new(number).expect("the numbers of the sample are codes"),
        organ: Organ::Executive,
    }
}

/// Whether an entry is the one by which the typing of a sheet ended.
fn ended(entry: &Entry, sheet: &Sheet) -> bool {
    let fact = |name: &str| entry.facts.get(name).map(String::as_str);
    entry.act == Act::SheetQuarantined.code()
        && fact("contest") == Some(sheet.key.contest.as_str())
        && fact("station") == Some(sheet.key.station.as_str())
}

/// The states that the sheets had before which were typed and do not count.
pub fn past(snapshot: &Snapshot, entries: &[Entry]) -> Vec<Sheet> {
    let mut past = Vec::new();
    let mut held = 0;
    for sheet in &snapshot.sheets {
        let before = match &sheet.state {
            SheetState::Differing { first, .. } => vec![SheetState::FirstEntered {
                first: first.clone(),
            }],
            SheetState::Quarantined { figures, .. } if !figures.fields.is_empty() => {
                let last = entries.iter().find(|entry| ended(entry, sheet));
                let Some(last) = last else {
                    continue;
                };
                held += 1;
                typed(figures, last.at, held % 2 == 0)
            }
            _ => continue,
        };
        for state in core::iter::once(SheetState::Received).chain(before) {
            past.push(Sheet {
                state,
                ..sheet.clone()
            });
        }
    }
    past
}

/// The first two entries of figures on which the typing ended at `end`.
fn typed(figures: &Figures, end: Timestamp, differing: bool) -> Vec<SheetState> {
    let keyed = |number, seconds: i64, figures: &Figures| Keyed {
        by: clerk(number),
        at: end - seconds.seconds(),
        figures: figures.clone(),
    };
    let mut misread = figures.clone();
    if differing {
        // Two digits in the wrong order, as hands do.
        misread.choices[0] = misread.choices[0].map(|votes| Votes::new(votes.get() + 9));
    }
    let first = keyed("E-1202", 8, &misread);
    let once = SheetState::FirstEntered {
        first: first.clone(),
    };
    let second = keyed("E-1203", 4, figures);
    let twice = differing.then_some(SheetState::Differing { first, second });
    core::iter::once(once).chain(twice).collect()
}
