//! What the journal says of the ground that sheets stand on, so that a stranger can tell whether
//! the published law, units, choices and lots are the adopted ones: each entry carries the digest
//! of the public form of what was adopted. The authority journals these entries, the verifier
//! computes them again.

use crate::publication::LawKind;
use crate::publication::LawText;
use crate::publication::digest;
use crate::publication::json;
use core::fmt::Display;
use core::fmt::Write as _;
use jiff::Timestamp;
use sanduq_core::act::Act;
use sanduq_core::act::Actor;
use sanduq_core::act::Entry;
use sanduq_core::contest::Contest;
use sanduq_core::geography::Geography;
use sanduq_core::geography::Level;
use sanduq_core::id::ChoiceCode;
use sanduq_core::id::ContestCode;
use sanduq_core::id::LawCode;
use sanduq_core::id::UnitCode;
use sanduq_core::names::Names;
use sanduq_core::outline::Ring;
use sanduq_core::seats::Lot;
use serde::Serialize;

/// The entry of a text of law: its code, its kind, its digest.
#[must_use]
pub fn law_adopted(kind: LawKind, text: &LawText, by: &Actor, at: Timestamp) -> Entry {
    Entry::new(Act::LawAdopted, by, at)
        .with("law", &text.code)
        .with("kind", kind.code())
        .with("digest", digest(text.text.as_bytes()))
}

/// The entry of a geography: how many units and stations, the digest of all of them, and, where
/// stations come with the numbers of voters on their lists, the digest of those.
#[must_use]
pub fn geography_adopted(geography: &Geography, by: &Actor, at: Timestamp) -> Entry {
    let entry = Entry::new(Act::GeographyAdopted, by, at)
        .with("units", geography.units().len())
        .with("stations", geography.stations().count())
        .with("digest", geography_digest(geography));
    match registered_digest(geography) {
        Some(registered) => entry.with("registered", registered),
        None => entry,
    }
}

/// The entry of a contest: its choices in ballot order, and the digest of the contest with its
/// form.
#[must_use]
pub fn candidates_adopted(contest: &Contest, form: &LawCode, by: &Actor, at: Timestamp) -> Entry {
    Entry::new(Act::CandidatesAdopted, by, at)
        .with("contest", &contest.code)
        .with(
            "choices",
            listed(contest.choices.iter().map(|choice| &choice.code)),
        )
        .with("digest", contest_digest(contest, form))
}

/// The entry by which the figures of a contest become public.
#[must_use]
pub fn figures_released(contest: &ContestCode, by: &Actor, at: Timestamp) -> Entry {
    Entry::new(Act::CandidateFiguresReleased, by, at).with("contest", contest)
}

/// The entry of a lot: among whom, and who was drawn.
#[must_use]
pub fn lot_drawn(contest: &ContestCode, lot: &Lot, by: &Actor, at: Timestamp) -> Entry {
    Entry::new(Act::LotDrawn, by, at)
        .with("contest", contest)
        .with("among", listed(&lot.among))
        .with("outcome", listed(&lot.drawn))
}

/// The entry by which a snapshot is published under a manifest of this digest.
#[must_use]
pub fn publication_sealed(snapshot: &str, manifest: &str, by: &Actor, at: Timestamp) -> Entry {
    Entry::new(Act::PublicationSealed, by, at)
        .with("snapshot", snapshot)
        .with("manifest", manifest)
}

#[derive(Serialize)]
struct Units<'a> {
    levels: &'a [Level],
    units: Vec<Unplaced<'a>>,
}

/// A unit without the persons on its list.
#[derive(Serialize)]
struct Unplaced<'a> {
    code: &'a UnitCode,
    #[serde(skip_serializing_if = "Option::is_none")]
    parent: Option<&'a UnitCode>,
    level: u8,
    names: &'a Names,
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<(i32, i32)>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    outline: &'a [Ring],
}

/// The digest of levels and units with their outlines in their public form. Persons on the lists
/// of stations are left out: voters are placed after the units are adopted.
#[must_use]
pub fn geography_digest(geography: &Geography) -> String {
    let unplaced = geography.units().iter().map(|unit| Unplaced {
        code: &unit.code,
        parent: unit.parent.as_ref(),
        level: unit.level,
        names: &unit.names,
        place: unit.place,
        outline: &unit.outline,
    });
    digest(&json::bytes(&Units {
        levels: geography.levels(),
        units: unplaced.collect(),
    }))
}

/// The digest of how many voters stand on the lists of the stations; none when no list has a
/// number.
#[must_use]
pub fn registered_digest(geography: &Geography) -> Option<String> {
    let units = geography.by_code().map(|place| geography.unit(place));
    let stations = units.filter(|unit| unit.level == geography.station_level());
    let rows = stations.filter_map(|unit| Some((&unit.code, [unit.registered?])));
    let rows: Vec<_> = rows.collect();
    (!rows.is_empty()).then(|| rows_digest(rows))
}

/// The digest of what a report says of stations: one line each in the order of their codes, the
/// code and the figures after it with a space between, so that it does not depend on who wrote them
/// down in which order.
#[must_use]
pub fn rows_digest<F: Display, const N: usize>(rows: Vec<(&UnitCode, [F; N])>) -> String {
    let mut rows = rows;
    // Mostly in order already, which this sort makes use of.
    rows.sort_by_key(|(code, _)| *code);
    let mut lines = String::new();
    for (code, figures) in rows {
        lines.push_str(code.as_str());
        for figure in figures {
            let _ = write!(lines, " {figure}");
        }
        lines.push('\n');
    }
    digest(lines.as_bytes())
}

#[derive(Serialize)]
struct Ballot<'a> {
    contest: &'a Contest,
    form: &'a LawCode,
}

/// The digest of a contest and the code of its form in their public form.
#[must_use]
pub fn contest_digest(contest: &Contest, form: &LawCode) -> String {
    digest(&json::bytes(&Ballot { contest, form }))
}

/// Codes in a row, as facts hold them.
fn listed<'a>(codes: impl IntoIterator<Item = &'a ChoiceCode>) -> String {
    let codes: Vec<&str> = codes.into_iter().map(ChoiceCode::as_str).collect();
    codes.join(",")
}
