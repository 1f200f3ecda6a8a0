//! The pages of a published folder: whole without a server, the same each time, and silent about
//! what is locked.

use crate::nation::Stage;
use crate::nation::sample;
use sanduq_core::count::Votes;
use sanduq_core::names::Locale;
use sanduq_count::publication;
use sanduq_count::publication::PublicationRefusal;
use sanduq_count::publication::Snapshot;
use sanduq_count::sheet::SheetState;
use sanduq_web::folder;
use sanduq_web::language::language;
use sanduq_web::view::ViewFault;
use std::collections::BTreeMap;

fn pages(snapshot: &Snapshot) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    let written = folder::pages::<ViewFault>(snapshot, &mut |path, bytes| {
        let text = String::from_utf8(bytes).unwrap();
        assert!(
            files.insert(path.to_owned(), text).is_none(),
            "{path} is written twice"
        );
        Ok(())
    });
    written.unwrap();
    files
}

/// The path that a link of the file at `from` leads to, and its anchor.
fn target(from: &str, link: &str) -> (String, String) {
    let (path, anchor) = link.split_once('#').unwrap_or((link, ""));
    let mut place: Vec<&str> = from.split('/').collect();
    if !path.is_empty() {
        place.pop();
    }
    for part in path.split('/').filter(|part| !part.is_empty()) {
        if part == ".." {
            assert!(place.pop().is_some(), "{from}: {link} leaves the folder");
        } else {
            place.push(part);
        }
    }
    (place.join("/"), anchor.to_owned())
}

#[test]
fn every_link_leads_to_a_file_and_a_place_in_it() {
    for stage in [Stage::Dawn, Stage::Counting(64), Stage::Complete] {
        let snapshot = sample(stage).0;
        let mut files = pages(&snapshot);
        // What else a publication of the same snapshot writes: pages lead to it.
        let data = publication::files::<PublicationRefusal>(&snapshot, &mut |path, _| {
            files.insert(path.to_owned(), String::new());
            Ok(())
        });
        data.unwrap();
        // 1 nation, 4 provinces, 16 constituencies, 32 centres, the contests: in four languages.
        let html = files.keys().filter(|path| path.ends_with(".html")).count();
        assert_eq!(html, 4 * (1 + 4 + 16 + 32 + 1) + 1);
        for (path, text) in files.iter().filter(|(path, _)| path.ends_with(".html")) {
            assert!(!text.contains('⟦'), "{path}");
            assert!(
                !text.contains("<script") && !text.contains(" style="),
                "{path}"
            );
            for link in text
                .split("href=\"")
                .skip(1)
                .filter_map(|rest| rest.split('"').next())
            {
                assert!(
                    !link.starts_with('/') && !link.contains(':'),
                    "{path}: {link}"
                );
                let (file, anchor) = target(path, link);
                let found = files.get(&file);
                let found = found.unwrap_or_else(|| panic!("{path}: {link} leads nowhere"));
                let there = anchor.is_empty() || found.contains(&format!("id=\"{anchor}\""));
                assert!(there, "{path}: {link} has no such place");
            }
        }
    }
}

#[test]
fn the_same_snapshot_gives_the_same_files() {
    let (snapshot, _) = sample(Stage::Counting(64));
    assert_eq!(pages(&snapshot), pages(&snapshot));
}

#[test]
fn a_centre_shows_the_sheets_of_its_stations() {
    let (snapshot, _) = sample(Stage::Complete);
    let files = pages(&snapshot);
    let centre = &files["pages/en/unit/1-1-1.html"];
    for station in ["1-1-1-1", "1-1-1-2"] {
        for contest in ["president", "assembly-1-1"] {
            assert!(
                centre.contains(&format!("id=\"{contest}.{station}\"")),
                "{contest} {station}"
            );
        }
    }
    assert_eq!(centre.matches("<ul class=\"checks\">").count(), 4);
}

#[test]
fn locked_figures_are_in_no_file() {
    let (mut snapshot, _) = sample(Stage::Closing);
    let mark = 66_600_123;
    for sheet in &mut snapshot.sheets {
        if let SheetState::Accepted { figures, .. } | SheetState::Quarantined { figures, .. } =
            &mut sheet.state
        {
            figures.fields = vec![Some(Votes::new(mark)); 12];
            figures.choices = vec![Some(Votes::new(mark)); 4];
        }
    }
    for (path, text) in pages(&snapshot) {
        for written in ["66600123", "66,600,123", "٦٦٬٦٠٠٬١٢٣", "۶۶٬۶۰۰٬۱۲۳"] {
            assert!(!text.contains(written), "{path}");
        }
        assert!(!text.contains("class=\"leads\""), "{path}");
    }
}

#[test]
fn many_centres_are_written_in_two_languages() {
    let (mut snapshot, _) = sample(Stage::Dawn);
    let units = snapshot.geography.units();
    let levels = snapshot.geography.levels().to_vec();
    let mut many = units.to_vec();
    let centre = units.iter().find(|unit| unit.level == 3).unwrap().clone();
    for extra in 0..5_000 {
        let mut unit = centre.clone();
        unit.code = sanduq_core::id::UnitCode::new(&format!("more-{extra}")).unwrap();
        many.push(unit);
    }
    snapshot.geography = sanduq_core::geography::Geography::new(levels, many).unwrap();
    let mut files = BTreeMap::new();
    let counted = folder::pages::<ViewFault>(&snapshot, &mut |path, bytes| {
        files.insert(path.to_owned(), bytes.len());
        Ok(())
    });
    counted.unwrap();
    for (locale, written) in [("ar", true), ("fa", false), ("fr", false), ("en", true)] {
        let centre = format!("pages/{locale}/unit/more-7.html");
        assert_eq!(files.contains_key(&centre), written, "{centre}");
        assert!(files.contains_key(&format!("pages/{locale}/unit/1-1.html")));
    }
    assert!(files.len() <= folder::MOST_FILES, "{}", files.len());
}

#[test]
fn the_first_page_names_the_event_in_every_language_and_says_that_it_is_invented() {
    let (snapshot, _) = sample(Stage::Counting(64));
    let files = pages(&snapshot);
    let first = &files["index.html"];
    for locale in Locale::ALL {
        let (tag, event) = (locale.tag(), snapshot.names.in_locale(locale));
        assert!(first.contains(event), "{event}");
        let said = language(locale).say("page-invented");
        let banner = format!("<p class=\"invented\" lang=\"{tag}\"");
        assert!(first.contains(&banner) && first.contains(&said), "{tag}");
    }
    let mut real = snapshot;
    real.profile.invented = false;
    assert!(!pages(&real)["index.html"].contains("invented"));
}
