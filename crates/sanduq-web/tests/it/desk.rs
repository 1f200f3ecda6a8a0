//! The desk: whoever typed a sheet first is not offered its second entry, whoever proposed a
//! decision is not asked to sign it, and of a long list no row is out of reach.

use crate::nation::Stage;
use crate::nation::sample;
use crate::site::Site;
use crate::site::Staff;
use crate::site::number;
use crate::story::clerk;
use sanduq_core::id::ActorId;
use sanduq_core::names::Locale;
use sanduq_count::form::Finding;
use sanduq_count::form::Severity;
use sanduq_count::sheet::Sheet;
use sanduq_count::sheet::SheetState;
use sanduq_operations::staff::Role;
use sanduq_web::desk::entry;
use sanduq_web::links::Links;
use sanduq_web::page::Page;
use sanduq_web::page::Reader;
use sanduq_web::source::Held;
use sanduq_web::view::View;
use serde_json::Value;

fn reader(number: &str, role: Role) -> Reader {
    Reader {
        id: ActorId::new(number).unwrap(),
        role,
        unit: None,
        locale: Locale::En,
    }
}

/// The addresses of a list's rows, by its title.
fn rows(html: &str, title: &str) -> Vec<String> {
    let list = html.split(&format!("id=\"{title}\"")).nth(1).unwrap();
    let list = list.split("</section>").next().unwrap();
    let links = list
        .split("href=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next());
    links.map(str::to_owned).collect()
}

fn to_type(view: &View, reader: &Reader, title: &str) -> Vec<String> {
    let page = Page::of(view, Locale::En, Links::live("/desk"), Some(reader.clone()));
    rows(&entry(&page, view, reader, String::new()), title)
}

fn in_state(view: &View, state: &str) -> usize {
    view.current_sheets()
        .filter(|sheet| sheet.state.code() == state)
        .count()
}

#[test]
fn nobody_types_a_sheet_twice() {
    let view = View::new(sample(Stage::Counting(64)).0).unwrap();
    let first = reader(clerk().id.as_str(), Role::Clerk);
    let other = reader("E-1202", Role::Clerk);
    for (title, state) in [
        ("desk-second", "first_entered"),
        ("desk-differing", "differing"),
    ] {
        let waiting = in_state(&view, state);
        assert!(waiting > 0, "{state}");
        assert_eq!(to_type(&view, &other, title).len(), waiting, "{state}");
        assert!(to_type(&view, &first, title).is_empty(), "{state}");
    }
}

/// Of a list that is not shown whole, it is said how many more there are; of one that is, nothing.
#[test]
fn a_list_that_ends_early_says_so() {
    for (extra, said) in [
        (0, None),
        (1, Some("1 more waits.")),
        (3, Some("3 more wait.")),
    ] {
        let mut snapshot = sample(Stage::Complete).0;
        let counted = |sheet: &&mut Sheet| matches!(sheet.state, SheetState::Accepted { .. });
        let counted = snapshot.sheets.iter_mut().filter(counted);
        for sheet in counted.take(100 + extra) {
            sheet.state = SheetState::Received;
        }
        let view = View::new(snapshot).unwrap();
        let clerk = reader("E-1202", Role::Clerk);
        assert_eq!(to_type(&view, &clerk, "desk-first").len(), 100);
        let page = Page::of(&view, Locale::En, Links::live("/desk"), Some(clerk.clone()));
        let body = entry(&page, &view, &clerk, String::new());
        let body = body.replace(['\u{2068}', '\u{2069}'], "");
        match said {
            Some(said) => assert!(body.contains(said), "{said}: {body}"),
            None => assert!(!body.contains("Listed are the first"), "{body}"),
        }
    }
}

#[tokio::test]
async fn the_organ_that_proposed_does_not_sign() {
    let site = Site::at(Stage::Counting(99)).await;
    let waiting = async |role| {
        let staff = Staff::new(&site, &number(role)).await;
        let page = staff.get("/desk/decisions").await.body;
        ["desk-to-propose", "desk-to-sign"].map(|title| rows(&page, title).len())
    };
    let [proposes, signs] = waiting(Role::Adjudicator).await;
    assert_eq!(signs, 0, "the executive proposed them all");
    let [_, signs] = waiting(Role::Supervisor).await;
    assert!(signs > 0);
    let live = site.live().await;
    assert_eq!(proposes + signs, in_state(&live.view, "quarantined"));
}

/// A site on which every sheet that counted is held back, by one check or by another, and no
/// station has reported.
pub async fn burdened() -> Site {
    let held = Held::default();
    let (mut snapshot, entries) = sample(Stage::Counting(99));
    let morning = sample(Stage::Polling(11)).0;
    (snapshot.at, snapshot.days) = (morning.at, Vec::new());
    for (nth, sheet) in snapshot.sheets.iter_mut().enumerate() {
        let SheetState::Accepted { figures, .. } = &sheet.state else {
            continue;
        };
        let check = ["S2", "S4", "conflict"][nth % 3];
        let finding = Finding {
            check: check.to_owned(),
            severity: Severity::Major,
            left: None,
            right: None,
        };
        sheet.state = SheetState::Quarantined {
            figures: figures.clone(),
            findings: vec![finding],
            proposal: None,
        };
    }
    held.put(snapshot, entries);
    Site::of(held).await
}

/// Every row of a list, page by page, and how many pages they were.
async fn leafed(staff: &Staff<'_>, path: &str, titles: &[&str]) -> (Vec<String>, usize) {
    let (mut found, mut pages, mut next) = (Vec::new(), 0, Some(path.to_owned()));
    while let Some(path) = next {
        let body = staff.get(&path).await.body;
        let before = found.len();
        for title in titles {
            found.extend(rows(&body, title));
        }
        assert!(found.len() - before <= 40, "{path}");
        pages += 1;
        let onward = body.split("rel=\"next\" href=\"").nth(1);
        next = onward.map(|rest| rest.split('"').next().unwrap().replace("&#38;", "&"));
    }
    (found, pages)
}

async fn data(staff: &Staff<'_>, path: &str, list: &str) -> Vec<Value> {
    let (name, query) = path.split_once('?').unwrap_or((path, ""));
    let answer = staff.get(&format!("{name}.json?{query}")).await;
    let json: Value = serde_json::from_str(&answer.body).unwrap();
    let rows = json[list].as_array().unwrap().clone();
    let csv = staff.get(&format!("{name}.csv?{query}")).await.body;
    assert_eq!(csv.lines().count(), rows.len() + 1, "{path}");
    rows
}

#[tokio::test]
async fn every_row_of_a_long_list_is_reached() {
    let site = burdened().await;
    let staff = Staff::new(&site, &number(Role::Supervisor)).await;
    for (path, list, titles) in [
        (
            "/desk/decisions",
            "sheets",
            ["desk-to-propose", "desk-to-sign"],
        ),
        ("/desk/stations", "stations", ["desk-late", "desk-silent"]),
    ] {
        let (mut found, pages) = leafed(&staff, path, &titles).await;
        let rows = data(&staff, path, list).await;
        assert!(pages > 1, "{path}: {pages}");
        assert_eq!(found.len(), rows.len(), "{path}");
        found.sort();
        found.dedup();
        assert_eq!(found.len(), rows.len(), "{path}: a row stands twice");
    }
}

#[tokio::test]
async fn sheets_to_decide_on_are_found_by_reason_and_by_place() {
    let site = burdened().await;
    let staff = Staff::new(&site, &number(Role::Supervisor)).await;
    let titles = ["desk-to-propose", "desk-to-sign"];
    let all = data(&staff, "/desk/decisions", "sheets").await;
    for (query, check, province) in [
        ("check=S4", Some("S4"), None),
        ("unit=2", None, Some("2")),
        ("check=conflict&unit=2", Some("conflict"), Some("2")),
        ("check=none&unit=none", None, None),
        ("unit=2-1", None, None),
    ] {
        let path = format!("/desk/decisions?{query}");
        let fits = |row: &&Value| {
            let failed = row["checks"].as_array().unwrap();
            check.is_none_or(|code| failed.iter().any(|own| own == code))
                && province.is_none_or(|code| row["province"] == code)
        };
        let fit: Vec<Value> = all.iter().filter(fits).cloned().collect();
        assert!(!fit.is_empty(), "{query}");
        assert_eq!(data(&staff, &path, "sheets").await, fit, "{query}");
        let (found, _) = leafed(&staff, &path, &titles).await;
        assert_eq!(found.len(), fit.len(), "{query}");
    }
    let page = staff.get("/desk/decisions?check=S4&unit=2").await.body;
    let chosen: Vec<&str> = page.split("aria-current=\"true\">").skip(1).collect();
    let live = site.live().await;
    let checks = &live.view.snapshot.forms[0].0.checks;
    let words = checks.iter().find(|check| check.code == "S4").unwrap();
    let words = words.names.in_locale(Locale::En);
    assert!(chosen.iter().any(|way| way.contains(words)), "{words}");
    let note = page.split("class=\"worklist\"").nth(1).unwrap();
    assert!(note.contains(words), "the reason stands in words");
}
