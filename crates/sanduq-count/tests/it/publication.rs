//! The public files of Wadi: what they say, what they keep to themselves, and the way back.

use crate::nation::Nation;
use crate::nation::figures;
use sanduq_core::count::Votes;
use sanduq_count::form::Finding;
use sanduq_count::form::Severity;
use sanduq_count::publication::Edition;
use sanduq_count::publication::PublicationRefusal;
use sanduq_count::publication::Snapshot;
use sanduq_count::publication::files;
use sanduq_count::sheet::SheetState;
use std::collections::BTreeMap;

fn wadi() -> Nation {
    Nation::wadi(|entries| [u8::try_from(entries.len()).unwrap(); 32])
}

fn published(snapshot: &Snapshot) -> Result<BTreeMap<String, Vec<u8>>, PublicationRefusal> {
    let mut folder = BTreeMap::new();
    files::<PublicationRefusal>(snapshot, &mut |path, bytes| {
        assert!(
            folder.insert(path.to_owned(), bytes).is_none(),
            "{path} twice"
        );
        Ok(())
    })?;
    Ok(folder)
}

fn text<'a>(folder: &'a BTreeMap<String, Vec<u8>>, path: &str) -> &'a str {
    std::str::from_utf8(&folder[path]).unwrap()
}

#[test]
fn a_stranger_makes_the_same_files_from_the_files() {
    let folder = published(&wadi().snapshot).unwrap();
    let missing = |path: &str| PublicationRefusal::Unreadable {
        path: path.to_owned(),
        why: "missing".to_owned(),
    };
    let mut fetch = |path: &str| folder.get(path).cloned().ok_or_else(|| missing(path));
    let edition = Edition::read(&mut fetch).unwrap();
    let mut again = BTreeMap::new();
    let mut emit = |path: &str, bytes: Vec<u8>| {
        again.insert(path.to_owned(), bytes);
        Ok::<(), PublicationRefusal>(())
    };
    let mut sheets = |entry: &_| edition.sheets(entry, &mut fetch);
    edition.emit(&mut sheets, &mut emit).unwrap();
    assert_eq!(folder, again);
    assert_eq!(folder.len(), 2 + 4 + 4 * 2 + 4 * 4 + 2 * 2 + 4);
}

#[test]
fn a_contest_that_is_not_released_shows_no_figure() {
    let nation = wadi();
    let folder = published(&nation.snapshot).unwrap();
    for path in ["sheets/council-d2.json", "totals/council-d2.json"] {
        let text = text(&folder, path);
        assert!(
            !text.contains("fields") && !text.contains("choices"),
            "{path}: {text}"
        );
        assert!(!text.contains("digest"), "{path}: {text}");
    }
    assert!(!text(&folder, "nist/council-d2.json").contains("VoteCounts"));
    assert!(!folder.contains_key("seats/council-d2.json"));

    let accepted = |figures, findings| SheetState::Accepted {
        figures,
        findings,
        decision: None,
        proposal: None,
    };
    let code = Finding::of("S6", Severity::Minor);
    let side = Finding {
        left: Some(7),
        ..code.clone()
    };
    for (state, shown) in [
        (accepted(Default::default(), vec![code]), true),
        (accepted(Default::default(), vec![side]), false),
        (accepted(figures(&[1, 2], 0, 0), Vec::new()), false),
    ] {
        let mut snapshot = nation.snapshot.clone();
        let mut sheets = snapshot.sheets.iter_mut();
        let own = sheets.find(|sheet| sheet.key.contest.as_str() == "council-d2");
        own.unwrap().state = state;
        match published(&snapshot) {
            Ok(folder) => {
                assert!(shown);
                let totals = text(&folder, "totals/council-d2.json");
                assert!(totals.contains("\"stations\":3,\"counted\":1}"), "{totals}");
            }
            Err(refusal) => {
                assert!(!shown);
                assert!(matches!(refusal, PublicationRefusal::LockedFigures { .. }));
            }
        }
    }
}

#[test]
fn what_one_person_typed_is_not_shown() {
    let folder = published(&wadi().snapshot).unwrap();
    let sheets = text(&folder, "sheets/question.json");
    let differing = "{\"station\":\"d1-2\",\"version\":1,\"state\":\"differing\"}";
    assert!(sheets.contains(differing), "{sheets}");
}

#[test]
fn no_person_is_named() {
    let folder = published(&wadi().snapshot).unwrap();
    for (path, bytes) in &folder {
        let text = String::from_utf8_lossy(bytes);
        for id in ["clerk-1", "judge-1", "board-1"] {
            assert!(!text.contains(id), "{path} names {id}");
        }
    }
}

#[test]
fn only_accepted_sheets_are_in_the_totals_and_levels_add_up() {
    let folder = published(&wadi().snapshot).unwrap();
    let totals = text(&folder, "totals/president.csv");
    let rows: Vec<Vec<&str>> = totals
        .lines()
        .map(|line| line.split(',').collect())
        .collect();
    let row = |unit: &str| {
        let row = rows.iter().find(|row| row[3] == unit).unwrap();
        let choices = row[row.len() - 3..]
            .iter()
            .map(|votes| votes.trim_end().parse().unwrap());
        (
            row[5].to_owned(),
            row[6].to_owned(),
            choices.collect::<Vec<u64>>(),
        )
    };
    let is = |stations: &str, counted: &str, votes: [u64; 3]| {
        (stations.to_owned(), counted.to_owned(), votes.to_vec())
    };
    assert_eq!(row("d1"), is("3", "3", [420, 270, 111]));
    assert_eq!(row("d2"), is("3", "3", [131, 331, 171]));
    assert_eq!(row("n"), is("6", "6", [551, 601, 282]));
    assert_eq!(row("d2-3"), is("1", "1", [51, 60, 69]));
    let council = text(&folder, "totals/council-d1.csv");
    assert!(council.contains(",district,d1,partial,3,2,"), "{council}");
}

#[test]
fn a_silent_station_neither_vanishes_nor_is_guessed() {
    let folder = published(&wadi().snapshot).unwrap();
    let turnout = text(&folder, "turnout.csv");
    // d2-1 reported 40 and 38 at nine and nothing at twelve.
    for row in [
        "station,d2-1,9,1,1,40,38",
        "station,d2-1,12,1,0,40,38",
        "nation,n,12,6,5,550,533",
    ] {
        assert!(turnout.contains(row), "{row}: {turnout}");
    }
}

#[test]
fn what_contradicts_itself_is_refused_by_name() {
    type Spoil = fn(&mut Snapshot);
    let cases: [(&str, Spoil); 9] = [
        ("publication.sheet_twice", |s| {
            s.sheets.push(s.sheets[0].clone())
        }),
        ("results.counted_twice", |s| {
            let mut again = s.sheets[0].clone();
            again.version += 1;
            s.sheets.push(again);
        }),
        ("publication.unknown_station", |s| {
            s.sheets[0].key.station = sanduq_core::id::UnitCode::new("d1").unwrap();
        }),
        ("publication.sheet_not_owed", |s| {
            let council = |sheet: &&mut _| key_contest(sheet) == "council-d1";
            let sheet = s.sheets.iter_mut().find(council).unwrap();
            sheet.key.station = sanduq_core::id::UnitCode::new("d2-1").unwrap();
        }),
        ("publication.unknown_contest", |s| {
            s.sheets[0].key.contest = sanduq_core::id::ContestCode::new("mayor").unwrap();
        }),
        ("publication.sheet_shape", |s| {
            if let SheetState::Accepted { figures, .. } = &mut s.sheets[0].state {
                figures.choices.pop();
            }
        }),
        ("results.overflow", |s| {
            for sheet in &mut s.sheets {
                if let SheetState::Accepted { figures, .. } = &mut sheet.state {
                    figures.fields[0] = Some(Votes::new(u64::MAX));
                }
            }
        }),
        ("publication.contest_incomplete", |s| s.seat_rules.clear()),
        ("publication.contest_twice", |s| {
            s.contests.push(s.contests[0].clone())
        }),
    ];
    for (code, spoil) in cases {
        let mut snapshot = wadi().snapshot;
        spoil(&mut snapshot);
        let refusal = published(&snapshot).unwrap_err();
        assert_eq!(
            sanduq_core::refusal::Refusal::code(&refusal),
            code,
            "{refusal}"
        );
    }
}

fn key_contest(sheet: &sanduq_count::sheet::Sheet) -> &str {
    sheet.key.contest.as_str()
}
