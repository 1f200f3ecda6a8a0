//! How the sheets of the sample that are held back were typed: of one in two the first two entries
//! differ in a line, and a third person read it again. Always true here: whoever typed last is the
//! actor of the entry that the journal has.

use jiff::ToSpan;
use sanduq_core::act::Act;
use sanduq_core::act::Actor;
use sanduq_core::act::Entry;
use sanduq_core::act::Organ;
use sanduq_core::count::Votes;
use sanduq_core::id::ActorId;
use sanduq_count::publication::Snapshot;
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

/// The states that the sheets which are held back had before.
pub fn past(snapshot: &Snapshot, entries: &[Entry]) -> Vec<Sheet> {
    let mut past = Vec::new();
    let mut held = 0;
    for sheet in &snapshot.sheets {
        let (SheetState::Quarantined { figures, .. }, Some(last)) = (
            &sheet.state,
            entries.iter().find(|entry| ended(entry, sheet)),
        ) else {
            continue;
        };
        if figures.fields.is_empty() {
            continue;
        }
        let keyed = |number, seconds: i64, figures: &_| Keyed {
            by: clerk(number),
            at: last.at - seconds.seconds(),
            figures: Clone::clone(figures),
        };
        let mut state = |state| {
            past.push(Sheet {
                state,
                ..sheet.clone()
            });
        };
        state(SheetState::Received);
        let mut misread = figures.clone();
        if held % 2 == 1 {
            // Two digits in the wrong order, as hands do.
            misread.choices[0] = misread.choices[0].map(|votes| Votes::new(votes.get() + 9));
        }
        let first = keyed("E-1202", 8, &misread);
        state(SheetState::FirstEntered {
            first: first.clone(),
        });
        if held % 2 == 1 {
            let second = keyed("E-1203", 4, figures);
            state(SheetState::Differing { first, second });
        }
        held += 1;
    }
    past
}
