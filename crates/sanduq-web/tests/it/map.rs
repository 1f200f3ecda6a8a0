//! The map: every shape is a unit and leads to it; its colours tell nothing that is locked; where
//! there is nothing to draw there is none.

use crate::nation::Stage;
use crate::nation::sample;
use crate::site::Site;
use sanduq_core::geography::Geography;
use sanduq_core::names::Locale;
use sanduq_count::publication::Snapshot;
use sanduq_count::sheet::SheetState;
use sanduq_web::map::FINE;
use sanduq_web::map::NOWHERE;
use sanduq_web::map::draw::SIDE;
use sanduq_web::source::Held;
use std::collections::BTreeSet;

/// The map of a page; none when it has none.
fn map(body: &str) -> Option<&str> {
    let part = body.split("<figure class=\"map").nth(1)?;
    part.split("</figure>").next()
}

/// What stands between two texts, each time.
fn between<'a>(text: &'a str, before: &'a str, after: &'a str) -> Vec<&'a str> {
    let parts = text.split(before).skip(1);
    parts.filter_map(|part| part.split(after).next()).collect()
}

fn site_of(snapshot: Snapshot) -> impl Future<Output = Site> {
    let held = Held::default();
    held.put(snapshot, Vec::new());
    Site::of(held)
}

/// The sample with other units.
fn with(stage: Stage, change: impl Fn(&mut sanduq_core::geography::Unit)) -> Snapshot {
    let (mut snapshot, _) = sample(stage);
    let mut units = snapshot.geography.units().to_vec();
    units.iter_mut().for_each(change);
    let levels = snapshot.geography.levels().to_vec();
    snapshot.geography = Geography::new(levels, units).unwrap();
    snapshot
}

#[tokio::test]
async fn every_shape_is_a_unit_and_leads_to_it() {
    for stage in [Stage::Dawn, Stage::Polling(14), Stage::Complete] {
        let site = Site::at(stage).await;
        let live = site.live().await;
        let view = &live.view;
        let geography = &view.snapshot.geography;
        for page in ["/", "/unit/1", "/unit/4"] {
            let (ix, _) = view
                .unit(page.trim_start_matches("/unit/"))
                .unwrap_or_else(|| (view.nation(), geography.nation()));
            for locale in Locale::ALL {
                let body = site
                    .get(&format!("{page}?lang={}", locale.tag()))
                    .await
                    .body;
                let map = map(&body).expect("a map");
                let links = between(map, "<a href=\"", "</a>");
                let hrefs: Vec<String> = links
                    .iter()
                    .map(|link| link.split('"').next().unwrap().to_owned())
                    .collect();
                let units = geography.children(ix).iter();
                let units: Vec<String> = units
                    .map(|ix| format!("/unit/{}", geography.unit(*ix).code))
                    .collect();
                assert_eq!(hrefs, units, "{page}");
                for (link, child) in links.iter().zip(geography.children(ix)) {
                    let name = geography.unit(*child).names.in_locale(locale);
                    let label = between(link, "aria-label=\"", "\"")[0];
                    assert!(label.starts_with(&format!("{name}: ")), "{label}");
                    assert!(label.len() > name.len() + 2, "{label} has a figure");
                    let lines = between(link, "<path d=\"M", "z\"");
                    assert_eq!(lines.len(), 1, "{page}: one path a unit");
                }
                // No path without a unit; those of the patterns stand before them.
                let map = map.rsplit("</defs>").next().unwrap();
                assert_eq!(map.matches("<path d=\"M").count(), units.len(), "{page}");
                assert!(body.len() < 50 * 1024, "{page}: {} bytes", body.len());
            }
        }
    }
}

/// The map of a page before the release is the same whatever the sheets say.
#[tokio::test]
async fn before_the_release_colours_tell_nothing() {
    let (mut snapshot, entries) = sample(Stage::Closing);
    let honest = Site::at(Stage::Closing).await;
    for sheet in &mut snapshot.sheets {
        if let SheetState::Accepted { figures, .. } = &mut sheet.state {
            figures.choices.reverse();
        }
    }
    let held = Held::default();
    held.put(snapshot, entries);
    let leaking = Site::of(held).await;
    for path in ["/", "/unit/2", "/board", "/wall"] {
        let path = format!("{path}?lang=en");
        let bodies = [honest.get(&path).await.body, leaking.get(&path).await.body];
        let [one, two] = bodies.each_ref().map(|body| map(body).expect("a map"));
        assert_eq!(one, two, "{path}");
        assert!(one.contains("turnout by"), "{path}");
        let classes: BTreeSet<&str> = between(one, "class=\"", "\"").into_iter().collect();
        for class in classes {
            let leads = class
                .strip_prefix('p')
                .is_some_and(|n| n.parse::<u8>().is_ok());
            assert!(!leads && class != "tie", "{path}: {class}");
        }
        assert!(!one.contains("Al-Nakhli"), "{path}");
    }
}

#[tokio::test]
async fn after_the_release_a_pattern_and_a_number_say_who_leads() {
    let site = Site::at(Stage::Complete).await;
    let body = site.get("/?lang=en").await.body;
    let map = map(&body).unwrap();
    assert!(map.contains("who leads"), "{map}");
    let used: BTreeSet<&str> = between(map, "fill=\"url(#", ")").into_iter().collect();
    let known: BTreeSet<&str> = between(map, "<pattern id=\"", "\"").into_iter().collect();
    assert!(!used.is_empty());
    assert_eq!(used, known, "every pattern that is used is drawn");
    // The board goes on showing turnout: it has no figure of a candidate.
    for path in ["/board", "/wall"] {
        let body = site.get(&format!("{path}?lang=en")).await.body;
        assert!(!body.contains("<pattern"), "{path}");
    }
}

#[tokio::test]
async fn east_is_right_in_every_language() {
    let site = Site::at(Stage::Polling(14)).await;
    let mut drawn = BTreeSet::new();
    for locale in Locale::ALL {
        let body = site.get(&format!("/?lang={}", locale.tag())).await.body;
        let paths = between(map(&body).unwrap(), " d=\"", "\"");
        drawn.insert(paths.join(" "));
    }
    assert_eq!(drawn.len(), 1);
}

#[tokio::test]
async fn where_nothing_can_be_drawn_there_is_no_map() {
    let nowhere = with(Stage::Polling(14), |unit| {
        unit.outline.clear();
        unit.place = None;
    });
    let site = site_of(nowhere).await;
    for path in ["/", "/unit/1", "/board", "/wall"] {
        let body = site.get(path).await.body;
        assert_eq!(map(&body), None, "{path}");
        assert!(!body.contains('⟦'), "{path}");
    }
    assert!(site.get("/board/places.bin").await.body.is_empty());
    let dots = with(Stage::Polling(14), |unit| unit.outline.clear());
    let site = site_of(dots).await;
    for path in ["/", "/unit/1"] {
        let body = site.get(path).await.body;
        let map = map(&body).expect("dots");
        assert_eq!(map.matches("<circle").count(), 4, "{path}");
    }
    // Stations of one centre stand in one house: no map of them.
    assert_eq!(map(&site.get("/unit/1-1-1").await.body), None);
}

#[tokio::test]
async fn every_station_stands_on_the_map() {
    let site = Site::at(Stage::Polling(14)).await;
    let body = site.get("/board/places.bin").await.body;
    let bytes: Vec<u8> = body.chars().map(|c| u8::try_from(c).unwrap()).collect();
    assert_eq!(bytes.len(), 4 * 64);
    let (numbers, rest) = bytes.as_chunks::<2>();
    assert!(rest.is_empty());
    let reach = u16::try_from(SIDE * FINE).unwrap();
    for number in numbers {
        let number = u16::from_le_bytes(*number);
        assert!(number <= reach && number != NOWHERE, "{number}");
    }
}
