//! The desk: whoever typed a sheet first is not offered its second entry, and whoever proposed a
//! decision is not asked to sign it.

use crate::nation::Stage;
use crate::nation::sample;
use crate::story::clerk;
use sanduq_core::id::ActorId;
use sanduq_core::names::Locale;
use sanduq_operations::staff::Role;
use sanduq_web::desk::Work;
use sanduq_web::desk::work;
use sanduq_web::links::Links;
use sanduq_web::page::Page;
use sanduq_web::page::Reader;
use sanduq_web::view::View;

fn reader(number: &str, role: Role) -> Reader {
    Reader {
        id: ActorId::new(number).unwrap(),
        role,
        unit: None,
        locale: Locale::En,
    }
}

/// The sheets of a list, by their addresses.
fn listed(view: &View, reader: &Reader, which: Work, title: &str) -> Vec<String> {
    let page = Page::of(view, Locale::En, Links::live("/desk"), Some(reader.clone()));
    let html = work(&page, view, reader, (which, String::new()));
    let list = html.split(&format!("id=\"{title}\"")).nth(1).unwrap();
    let list = list.split("</section>").next().unwrap();
    let links = list
        .split("href=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next());
    links.map(str::to_owned).collect()
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
        assert_eq!(
            listed(&view, &other, Work::Entry, title).len(),
            waiting,
            "{state}"
        );
        assert!(
            listed(&view, &first, Work::Entry, title).is_empty(),
            "{state}"
        );
    }
}

#[test]
fn the_organ_that_proposed_does_not_sign() {
    let view = View::new(sample(Stage::Counting(99)).0).unwrap();
    let executive = reader("E-0008", Role::Adjudicator);
    let supervision = reader("S-0003", Role::Supervisor);
    let signs = |reader| listed(&view, reader, Work::Decisions, "desk-to-sign");
    assert!(!signs(&supervision).is_empty());
    assert!(
        signs(&executive).is_empty(),
        "the executive proposed them all"
    );
    let proposes = listed(&view, &executive, Work::Decisions, "desk-to-propose");
    assert_eq!(
        proposes.len() + signs(&supervision).len(),
        in_state(&view, "quarantined")
    );
}
