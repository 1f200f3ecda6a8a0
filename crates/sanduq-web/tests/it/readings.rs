//! What each person typed, before the two organs that decide and before nobody else; beside it the
//! image of the paper and the snapshot of the neighbours.

use crate::image::clean_picture;
use crate::nation::Stage;
use crate::nation::sample;
use crate::site::Site;
use crate::site::Staff;
use crate::site::number;
use crate::typing;
use axum::http::StatusCode;
use sanduq_core::act::Actor;
use sanduq_core::act::Organ;
use sanduq_count::image::Taken;
use sanduq_count::sheet::SheetKey;
use sanduq_operations::staff::Role;
use sanduq_web::source::Held;

/// The sheets that are held back, with how many persons typed each.
async fn held_back(site: &Site) -> Vec<(SheetKey, usize)> {
    let live = site.live().await;
    let sheets = live.view.current_sheets();
    let held = sheets.filter(|sheet| sheet.state.code() == "quarantined");
    let keys: Vec<_> = held.map(|sheet| sheet.key.clone()).collect();
    let mut found = Vec::new();
    for key in keys {
        let states = site.source().sheet_states(Organ::Executive, (&key, 1));
        let states = states.await.unwrap();
        found.push((key, states.len() - 1));
    }
    found
}

fn path(key: &SheetKey) -> String {
    format!("/desk/decisions/{}/{}", key.contest, key.station)
}

/// The part of the page with the entries, without marks of direction.
fn entries(page: &str) -> Option<String> {
    let part = page.split("<section aria-labelledby=\"entries\">").nth(1)?;
    let part = part.split("</section>").next()?;
    Some(part.replace(['\u{2068}', '\u{2069}'], ""))
}

#[tokio::test]
async fn both_organs_see_who_typed_what_side_by_side() {
    let site = Site::at(Stage::Counting(99)).await;
    let held = held_back(&site).await;
    for persons in [2, 3] {
        let (key, _) = held.iter().find(|(_, typed)| *typed == persons).unwrap();
        for role in [Role::Adjudicator, Role::Supervisor] {
            let staff = Staff::new(&site, &number(role)).await;
            let part = entries(&staff.get(&path(key)).await.body).unwrap();
            assert_eq!(part.matches("<li>Entry ").count(), persons, "{part}");
            assert_eq!(part.matches("<time datetime=\"2027-").count(), persons);
            assert_eq!(
                part.matches("<th scope=\"col\" class=\"number\">Entry")
                    .count(),
                persons
            );
            assert!(part.contains("E-1201") && part.contains("E-1202"), "{part}");
            let differing = usize::from(persons == 3);
            assert_eq!(part.matches(">differs</span>").count(), differing, "{part}");
            if persons == 3 {
                assert!(part.contains("The entries differ in 1 line."), "{part}");
                assert!(part.contains("E-1203"), "{part}");
                let lines = part.matches("<th scope=\"row\">").count();
                assert_eq!(part.matches("not asked").count(), lines - 1, "{part}");
                let row = part.split("<tr class=\"differs\">").nth(1).unwrap();
                let row = row.split("</tr>").next().unwrap();
                let cells: Vec<_> = row.split("<td class=\"number\">").skip(1).collect();
                assert_ne!(cells[0], cells[1], "{row}");
                assert_eq!(cells[1].trim_end(), cells[2].trim_end(), "{row}");
            } else {
                assert!(part.contains("All read every line alike."), "{part}");
            }
        }
    }
}

#[tokio::test]
async fn nobody_else_sees_an_entry() {
    for released in [true, false] {
        let (mut snapshot, journal) = sample(Stage::Counting(99));
        let past = typing::past(&snapshot, &journal);
        for contest in &mut snapshot.contests {
            contest.released = released;
        }
        let held = Held::default();
        held.put(snapshot, journal);
        held.remember(past);
        let site = Site::of(held).await;
        let (key, _) = held_back(&site).await.pop().unwrap();
        for (role, sees) in [
            (Role::Adjudicator, true),
            (Role::Supervisor, true),
            (Role::Auditor, false),
            (Role::ResultsOfficer, false),
        ] {
            let page = Staff::new(&site, &number(role))
                .await
                .get(&path(&key))
                .await;
            assert_eq!(page.status, StatusCode::OK);
            assert_eq!(entries(&page.body).is_some(), sees, "{role:?}");
            assert_eq!(page.body.contains("<li>Entry"), sees, "{role:?}");
        }
        for role in [Role::Clerk, Role::StationHead, Role::Administrator] {
            let page = Staff::new(&site, &number(role))
                .await
                .get(&path(&key))
                .await;
            assert_eq!(page.status, StatusCode::FORBIDDEN, "{role:?}");
        }
    }
}

#[tokio::test]
async fn what_came_as_data_says_that_nobody_typed_it() {
    let (snapshot, journal) = sample(Stage::Counting(99));
    let held = Held::default();
    held.put(snapshot, journal);
    let site = Site::of(held).await;
    let (key, states) = held_back(&site).await.pop().unwrap();
    assert_eq!(states, 0, "no state before this one");
    let staff = Staff::new(&site, &number(Role::Adjudicator)).await;
    let part = entries(&staff.get(&path(&key)).await.body).unwrap();
    assert!(part.contains("Nobody typed this version here"), "{part}");
}

#[tokio::test]
async fn the_image_and_the_snapshot_of_the_neighbours_stand_beside_it() {
    for released in [true, false] {
        let (mut snapshot, journal) = sample(Stage::Counting(99));
        for contest in &mut snapshot.contests {
            contest.released = released;
        }
        let held = Held::default();
        held.put(snapshot, journal);
        let site = Site::of(held).await;
        let (key, _) = held_back(&site).await.pop().unwrap();
        let staff = Staff::new(&site, &number(Role::Adjudicator)).await;
        let before = staff.get(&path(&key)).await.body;
        assert!(before.contains("No image of this sheet is on record"));
        let by = Actor {
            id: number(Role::Clerk),
            organ: Organ::Executive,
        };
        let live = site.live().await;
        let act = (&by, live.view.snapshot.at, Taken::Centre);
        let picture = clean_picture(&key);
        let sent = site.source().add_image(&key, &picture, act).await;
        assert!(sent.is_ok());
        let id = site.live().await.view.snapshot.id();
        let page = staff.get(&path(&key)).await.body;
        let slot = page.split("<section class=\"images\">").nth(1).unwrap();
        let slot = slot.split("</section>").next().unwrap();
        let digest = &picture.file.digest;
        assert_eq!(slot.contains(digest.as_str()), released, "{slot}");
        let shown = format!("src=\"/image/{digest}.png\"");
        assert_eq!(page.contains(&shown), released);
        assert_eq!(slot.contains("notice locked"), !released, "{slot}");
        let note = page
            .split("The figures of these stations are of snapshot")
            .nth(1);
        let link = format!("href=\"/snapshot/{id}\"");
        assert!(note.unwrap().contains(&link), "{}", note.unwrap());
    }
}
