//! What a person types and the journal keeps, by every door that there is: the doors are read from
//! the templates, so that a new one is missing here until somebody says how it is read.

use crate::nation::Stage;
use crate::site::Site;
use crate::site::Staff;
use crate::site::number;
use axum::http::StatusCode;
use sanduq_operations::staff::Role;
use std::collections::BTreeSet;
use std::path::Path;

/// Free texts: each goes through `sanduq_core::typed`, which the tests below try.
const TEXTS: [&str; 3] = ["ground", "reason", "explanation"];

/// Every other field that is typed into, with what reads it: nothing but codes, numbers and secrets
/// comes through, or what is typed is for searching and is kept nowhere.
const OTHERS: [(&str, &str); 18] = [
    ("{{ own.name }}", "filter of the journal: codes and times"),
    ("{{ field.name }}", "a line of a sheet: a number"),
    ("{{ name }}", "seals as codes, counts as numbers"),
    ("q", "search: folded, kept nowhere"),
    ("number", "a service number, or the number of an elector"),
    ("unit", "the code of a unit"),
    ("station", "the code of a station"),
    ("day", "a number"),
    ("month", "a number"),
    ("year", "a number"),
    ("password", "hashed"),
    ("new", "hashed"),
    ("again", "compared"),
    ("hour", "a number"),
    ("version", "a number"),
    ("proposal", "a digest"),
    ("turn", "a word of ours"),
    ("picture", "a picture: built up again from its parts"),
];

/// Kinds of input that nobody types into.
const CHOSEN: [&str; 4] = ["checkbox", "radio", "hidden", "submit"];

fn templates(folder: &Path, found: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            templates(&path, found);
        } else {
            found.push(std::fs::read_to_string(&path).unwrap());
        }
    }
}

fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let rest = tag.split(&format!(" {name}=\"")).nth(1)?;
    rest.split('"').next()
}

/// The names of the fields that are typed into: those of areas, and those of inputs.
fn fields() -> [BTreeSet<String>; 2] {
    let mut texts = Vec::new();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
    templates(&folder, &mut texts);
    let of = |kind: &str| {
        let tags = texts.iter().flat_map(|text| text.split(kind).skip(1));
        let names = tags.filter_map(|tag| {
            let tag = tag.split('>').next()?;
            let chosen = attribute(tag, "type").is_some_and(|kind| CHOSEN.contains(&kind));
            let name = attribute(tag, "name")?;
            (!chosen).then(|| name.to_owned())
        });
        names.collect()
    };
    [of("<textarea"), of("<input")]
}

#[test]
fn every_field_that_is_typed_into_is_known() {
    let [areas, inputs] = fields();
    let texts: BTreeSet<String> = TEXTS.map(str::to_owned).into();
    assert_eq!(
        areas, texts,
        "an area takes free text, and free text is tried below"
    );
    let known = |name: &String| OTHERS.iter().any(|(known, _)| known == name);
    let unknown: Vec<_> = inputs.iter().filter(|name| !known(name)).collect();
    assert!(unknown.is_empty(), "say how these are read: {unknown:?}");
}

/// The sheet that waits in this state, as contest and station.
async fn waiting(site: &Site, state: &str) -> String {
    let live = site.live().await;
    let mut sheets = live.view.current_sheets();
    let key = &sheets
        .find(|sheet| sheet.state.code() == state)
        .unwrap()
        .key;
    format!("{}/{}", key.contest, key.station)
}

#[tokio::test]
async fn a_ground_or_a_reason_hides_nothing() {
    let site = Site::at(Stage::Counting(64)).await;
    let held = waiting(&site, "quarantined").await;
    let path = format!("/desk/decisions/{held}");
    let adjudicator = Staff::new(&site, &number(Role::Adjudicator)).await;
    let supervisor = Staff::new(&site, &number(Role::Supervisor)).await;
    let size = site.live().await.view.snapshot.journal_size;
    for (sign, told) in [
        ("%E2%80%AE", "U+202E"),
        ("%1B", "U+001B"),
        ("%E2%80%8F", "U+200F"),
        ("%EF%BB%BF", "U+FEFF"),
        ("%00", "U+0000"),
    ] {
        let form = format!("version=1&outcome=return&ground=Article{sign}+60");
        let answer = adjudicator.send(&format!("{path}/propose"), &form).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{told}");
        let named = format!("{told} · 8");
        assert!(answer.body.contains(&named), "{named}: {}", answer.body);
        let form = format!("answer=refuse&proposal=x&reason=Article{sign}+60");
        let answer = supervisor.send(&format!("{path}/answer"), &form).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{told}");
        assert!(answer.body.contains(&named), "{named}: {}", answer.body);
    }
    assert_eq!(site.live().await.view.snapshot.journal_size, size);
}
