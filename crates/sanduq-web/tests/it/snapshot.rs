//! The address of a snapshot: what every figure's id leads to, now and after it was replaced.

use crate::nation::Stage;
use crate::nation::sample;
use crate::site::Site;
use axum::http::StatusCode;
use jiff::Timestamp;
use sanduq_core::act::Actor;
use sanduq_core::act::Organ;
use sanduq_core::id::ActorId;
use sanduq_count::publication::publication_sealed;
use sanduq_count::publication::snapshot_id;
use sanduq_journal::hash::Hash;
use sanduq_journal::tree::Frontier;
use sanduq_web::source::Source;
use serde_json::Value;

/// Puts a later stage into the place of what is served; the id that is served then.
async fn go_on(site: &Site, stage: Stage) -> String {
    let Source::Held(held) = site.source() else {
        panic!("the sample is held in memory");
    };
    let (snapshot, entries) = sample(stage);
    held.put(snapshot, entries);
    site.live().await.view.snapshot.id()
}

async fn told(site: &Site, id: &str) -> Value {
    let answer = site.get(&format!("/snapshot/{id}.json")).await;
    assert_eq!(answer.status, StatusCode::OK, "{id}: {}", answer.body);
    serde_json::from_str(&answer.body).unwrap()
}

#[tokio::test]
async fn the_present_snapshot_says_what_it_is() {
    let site = Site::at(Stage::Counting(64)).await;
    let live = site.live().await;
    let (snapshot, id) = (&live.view.snapshot, live.view.snapshot.id());
    let told = told(&site, &id).await;
    assert_eq!(told["snapshot"], id.as_str());
    assert_eq!(told["is_present"], true);
    assert_eq!(told["present"], id.as_str());
    assert_eq!(told["at"], snapshot.at.to_string());
    assert_eq!(told["journal_size"], snapshot.journal_size);
    assert_eq!(told["last_entry"], snapshot.journal_size - 1);
    assert_eq!(told["later_entries"], 0);
    let root = Hash::from_bytes(snapshot.journal_root).to_string();
    assert_eq!(told["journal_root"], root.as_str());
    let sheets = live.view.sums(live.view.nation()).sheets;
    assert!(sheets.accepted > 10);
    let pairs = serde_json::json!(["accepted", sheets.accepted]);
    assert!(told["sheets"].as_array().unwrap().contains(&pairs));
    let page = site.get(&format!("/snapshot/{id}?lang=en")).await;
    for said in [
        "This is the snapshot that is served now",
        &root,
        "Not published, or not yet",
        &format!("href=\"/snapshot/{id}.csv\""),
        &format!("href=\"/journal/{}\"", snapshot.journal_size - 1),
    ] {
        assert!(page.body.contains(said), "{said}");
    }
    let table = site.get(&format!("/snapshot/{id}.csv")).await;
    assert!(table.body.lines().nth(1).unwrap().starts_with(&id));
}

#[tokio::test]
async fn a_replaced_snapshot_keeps_its_address_and_its_sheets() {
    let site = Site::at(Stage::Counting(99)).await;
    let before = site.live().await;
    let (id, size) = (before.view.snapshot.id(), before.view.snapshot.journal_size);
    // The journal goes on by the entry that seals the first snapshot.
    let Source::Held(held) = site.source() else {
        panic!("the sample is held in memory");
    };
    let (mut snapshot, mut entries) = sample(Stage::Counting(99));
    let by = Actor {
        id: ActorId::new("E-0400").unwrap(),
        organ: Organ::Executive,
    };
    let at: Timestamp = "2027-03-15T20:00:00Z".parse().unwrap();
    entries.push(publication_sealed(&id, "ab12", &by, at));
    let leaves = entries.iter().map(|entry| Hash::of_leaf(&entry.to_bytes()));
    snapshot.journal_root = *leaves.collect::<Frontier>().root().as_bytes();
    snapshot.journal_size += 1;
    held.put(snapshot, entries);
    let present = site.live().await.view.snapshot.id();
    assert_ne!(present, id);
    let told = told(&site, &id).await;
    assert_eq!(told["is_present"], false);
    assert_eq!(told["present"], present.as_str());
    assert_eq!(told["journal_size"], size);
    assert_eq!(told["later_entries"], 1);
    let sheets = before.view.sums(before.view.nation()).sheets;
    let pairs = serde_json::json!(["accepted", sheets.accepted]);
    assert!(told["sheets"].as_array().unwrap().contains(&pairs));
    assert_eq!(told["sealed"]["entry"], size);
    assert_eq!(told["sealed"]["manifest"], "ab12");
    let page = site.get(&format!("/snapshot/{id}?lang=en")).await.body;
    let words = page.replace(['\u{2068}', '\u{2069}'], "");
    assert!(words.contains("Another one has replaced it"), "{words}");
    assert!(words.contains("1 entry of the journal came after it"));
    assert!(page.contains(&format!("href=\"/snapshot/{present}\"")));
    let foot = page.split("<footer").nth(1).unwrap();
    assert!(foot.contains(&id), "the foot speaks of what the page does");
}

#[tokio::test]
async fn the_journal_knows_a_snapshot_that_was_never_served_here() {
    let site = Site::at(Stage::Counting(99)).await;
    let (_, entries) = sample(Stage::Counting(99));
    for size in [1_u64, 2, 17, 300] {
        let first = &entries[..usize::try_from(size).unwrap()];
        let leaves = first.iter().map(|entry| Hash::of_leaf(&entry.to_bytes()));
        let root = leaves.collect::<Frontier>().root();
        let told = told(&site, &snapshot_id(size, root.as_bytes())).await;
        assert_eq!(told["journal_root"], root.to_string());
        assert_eq!(told["at"], first.last().unwrap().at.to_string());
        assert!(told.get("sheets").is_none(), "nobody kept them: {told}");
    }
    let first = Hash::of_leaf(&entries[0].to_bytes());
    let id = snapshot_id(1, first.as_bytes());
    let page = site.get(&format!("/snapshot/{id}?lang=en")).await;
    assert!(page.body.contains("no longer kept by this server"));
}

#[tokio::test]
async fn an_id_that_nobody_knows_says_what_to_do() {
    let site = Site::at(Stage::Counting(64)).await;
    let id = site.live().await.view.snapshot.id();
    let (size, root) = id.split_once('-').unwrap();
    let number: u64 = size.parse().unwrap();
    for unknown in [
        format!("{}-{root}", number + 1),
        format!("{}-{root}", number - 1),
        format!("0{id}"),
        format!("{number}-{}", "0".repeat(12)),
        "0-000000000000".to_owned(),
        "x".to_owned(),
    ] {
        let page = site.get(&format!("/snapshot/{unknown}?lang=en")).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{unknown}");
        assert!(page.body.contains("web.no_snapshot"), "{unknown}");
        assert!(page.body.contains("Compare the id sign by sign"));
        let program = site.get(&format!("/snapshot/{unknown}.json")).await;
        assert_eq!(program.status, StatusCode::NOT_FOUND, "{unknown}");
        assert_eq!(program.header("content-type"), "application/problem+json");
    }
}

#[tokio::test]
async fn a_journal_that_is_another_one_disowns_what_it_did_not_say() {
    let site = Site::at(Stage::Counting(64)).await;
    let id = site.live().await.view.snapshot.id();
    // The sample of a later stage is not a continuation: its journal tells another story.
    let present = go_on(&site, Stage::Complete).await;
    assert_ne!(present, id);
    let page = site.get(&format!("/snapshot/{id}")).await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
}
