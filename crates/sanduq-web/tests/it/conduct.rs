//! How the election is run: processes, acts of two organs, the law, what is asked of the journal.

use crate::nation::Stage;
use crate::nation::sample;
use crate::site::Site;
use crate::site::Staff;
use crate::site::number;
use axum::http::StatusCode;
use sanduq_journal::hash::Hash;
use sanduq_journal::note::LogSigner;
use sanduq_journal::tlog_proof::ProofFile;
use sanduq_journal::tree::Frontier;
use sanduq_operations::staff::Role;
use sanduq_web::signing::Forgetful;
use sanduq_web::signing::NotSigned;
use sanduq_web::signing::Signing;
use sanduq_web::source::Held;
use sanduq_web::source::Source;
use serde_json::Value;

fn json(body: &str) -> Value {
    serde_json::from_str(body).unwrap()
}

#[tokio::test]
async fn the_states_of_processes_follow_the_journal() {
    for (stage, opened, counting) in [
        (Stage::Dawn, "not_begun", "not_begun"),
        (Stage::Polling(11), "under_way", "not_begun"),
        (Stage::Counting(64), "done", "under_way"),
    ] {
        let site = Site::at(stage).await;
        let told = json(&site.get("/processes.json").await.body);
        let all = told["processes"].as_array().unwrap();
        assert_eq!(all.len(), 25);
        let state = |code: &str| {
            let own = all.iter().find(|one| one["process"] == code).unwrap();
            own["state"].as_str().unwrap().to_owned()
        };
        assert_eq!(state("P15"), opened, "{stage:?}");
        assert_eq!(state("P18"), counting, "{stage:?}");
        assert_eq!(state("P07"), "elsewhere", "it is on paper");
        assert_eq!(state("P20"), "not_begun", "nothing is certified");
        let page = site.get("/processes?lang=en").await.body;
        let said = all.iter().filter(|one| one["state"] == "elsewhere").count();
        let badges = page.matches("Not carried out by this program yet</span>");
        assert_eq!(badges.count(), said);
        let csv = site.get("/processes.csv").await.body;
        assert_eq!(csv.lines().count(), 26);
    }
}

#[tokio::test]
async fn both_organs_and_both_entries_stand_beside_each_act() {
    let site = Site::at(Stage::Counting(64)).await;
    let auditor = Staff::new(&site, &number(Role::Auditor)).await;
    let told = json(&auditor.get("/desk/two-persons.json").await.body);
    let all = told["acts"].as_array().unwrap();
    let waiting = |one: &&Value| one["state"] == "waiting";
    assert!(all.iter().any(|one| waiting(&one)) && !all.iter().all(|one| waiting(&one)));
    for one in all.iter().filter(|one| one["state"] == "approved") {
        let [first, second] = [&one["proposed"], &one["answered"]];
        assert_ne!(first["organ"], second["organ"], "{one}");
        assert_ne!(first["number"], second["number"], "{one}");
        assert!(first["at"].as_str() <= second["at"].as_str(), "{one}");
        for part in [first, second] {
            assert!(part["entry"].is_u64(), "{one}");
            let path = format!("/journal/{}", part["entry"]);
            assert!(
                site.get(&path)
                    .await
                    .body
                    .contains(part["number"].as_str().unwrap())
            );
        }
    }
    for state in sanduq_web::two_persons::State::ALL.map(|state| state.code()) {
        let path = format!("/desk/two-persons.json?state={state}");
        let own = json(&auditor.get(&path).await.body);
        let own = own["acts"].as_array().unwrap().clone();
        assert!(own.iter().all(|one| one["state"] == state));
        let expected = all.iter().filter(|one| one["state"] == state).count();
        assert_eq!(own.len(), expected);
        let page = auditor
            .get(&format!("/desk/two-persons?state={state}"))
            .await;
        let shown = page.body.matches("<li class=\"pair ").count();
        assert_eq!(shown, expected.min(30));
    }
}

#[tokio::test]
async fn a_proposal_waits_until_the_other_organ_answers() {
    let site = Site::at(Stage::Counting(64)).await;
    let executive = Staff::new(&site, &number(Role::Adjudicator)).await;
    let before = json(
        &executive
            .get("/desk/two-persons.json?state=waiting")
            .await
            .body,
    );
    let one = before["acts"][0].clone();
    let path = format!(
        "/desk/decisions/{}/{}",
        one["contest"].as_str().unwrap(),
        one["station"].as_str().unwrap()
    );
    let supervisor = Staff::new(&site, &number(Role::Supervisor)).await;
    let page = supervisor.get(&path).await.body;
    let digest = page.split("name=\"proposal\" value=\"").nth(1).unwrap();
    let digest = digest.split('"').next().unwrap();
    let body = format!("proposal={digest}&answer=refuse&reason=the+paper+differs");
    let answer = supervisor.send(&format!("{path}/answer"), &body).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    site.live().await;
    let after = json(
        &executive
            .get("/desk/two-persons.json?state=refused")
            .await
            .body,
    );
    let refused = &after["acts"][0];
    assert_eq!(refused["reason"], "the paper differs");
    assert_eq!(refused["proposed"], one["proposed"]);
    assert_eq!(refused["answered"]["organ"], "supervision");
}

#[tokio::test]
async fn the_law_is_shown_with_the_digest_that_was_adopted() {
    let site = Site::at(Stage::Counting(64)).await;
    let told = json(&site.get("/law.json").await.body);
    let texts = told["texts"].as_array().unwrap();
    assert_eq!(texts.len(), 4);
    for text in texts {
        assert_eq!(text["digest"], text["adopted_digest"], "{text}");
        let had = site.get(text["href"].as_str().unwrap()).await;
        let digest = sanduq_count::publication::digest(had.body.as_bytes());
        assert_eq!(text["digest"], digest.as_str());
        assert!(had.header("content-disposition").starts_with("attachment"));
    }
    let page = site.get("/law?lang=en").await.body;
    assert_eq!(
        page.matches("is the one that the journal adopted").count(),
        4
    );
    assert!(page.contains("08:00 – 19:00"), "{page}");
    for wrong in [
        "/law/form/nothing.toml",
        "/law/form/wahat",
        "/law/profile/../x.toml",
    ] {
        assert_eq!(
            site.get(wrong).await.status,
            StatusCode::NOT_FOUND,
            "{wrong}"
        );
    }
}

#[tokio::test]
async fn the_journal_answers_what_it_is_asked() {
    let site = Site::at(Stage::Counting(64)).await;
    let all = json(&site.get("/journal.json?order=oldest").await.body);
    assert_eq!(all["entries"][0]["index"], 0);
    assert_eq!(all["entries"][39]["index"], 39);
    let next = json(&site.get("/journal.json?order=oldest&after=39").await.body);
    assert_eq!(next["entries"][0]["index"], 40);
    for (query, fact, value) in [
        ("act=sheet.proposed", "/act", "sheet.proposed"),
        ("organ=supervision", "/organ", "supervision"),
        ("actor=E-1201", "/actor", "E-1201"),
        (
            "station=1-1-1-1&contest=president",
            "/facts/station",
            "1-1-1-1",
        ),
        ("station=%D9%A1-%D9%A1-1-1", "/facts/station", "1-1-1-1"),
        ("staff=E-1201", "/facts/staff", "E-1201"),
    ] {
        let found = json(&site.get(&format!("/journal.json?{query}")).await.body);
        let entries = found["entries"].as_array().unwrap();
        assert!(!entries.is_empty(), "{query}");
        let own = |entry: &Value| entry.pointer(fact) == Some(&Value::from(value));
        assert!(entries.iter().all(own), "{query}");
        let csv = site.get(&format!("/journal.csv?{query}")).await.body;
        assert_eq!(csv.lines().count(), entries.len() + 1);
    }
    let late = site.get("/journal.json?from=2027-03-16T00:00").await;
    assert_eq!(json(&late.body)["entries"].as_array().unwrap().len(), 0);
}

#[tokio::test]
async fn what_cannot_be_read_is_told_beside_its_field() {
    let site = Site::at(Stage::Counting(64)).await;
    let answer = site.get("/journal?until=yesterday&lang=en").await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains("id=\"f-until-says\""));
    assert!(answer.body.contains("aria-invalid=\"true\""));
    assert!(!answer.body.contains("id=\"e0\""), "nothing is found");
    for form in ["json", "csv"] {
        let answer = site.get(&format!("/journal.{form}?act=sheet.eaten")).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    }
    let typed = "/journal?actor=%22%3E%3Cscript%3E&lang=en";
    let body = site.get(typed).await.body;
    assert!(!body.contains("<script"), "what was typed is no markup");
}

#[tokio::test]
async fn a_proof_is_checked_by_a_stranger() {
    let site = Site::at(Stage::Counting(64)).await;
    let live = site.live().await;
    let size = live.view.snapshot.journal_size;
    let key = LogSigner::from_seed("sanduq/wahat-2027", &[7; 32]).unwrap();
    for index in [0, 1, size / 2, size - 1] {
        let answer = site.get(&format!("/journal/{index}/proof")).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        let name = format!("filename=\"entry-{index}.tlog-proof\"");
        assert!(answer.header("content-disposition").contains(&name));
        let file = ProofFile::parse(answer.body.as_bytes()).unwrap();
        let opened = file.verify(key.key()).unwrap();
        assert_eq!(opened.checkpoint.size(), size);
        assert_eq!(
            *opened.checkpoint.root().as_bytes(),
            live.view.snapshot.journal_root
        );
        let page = site.get(&format!("/journal/{index}?lang=en")).await.body;
        assert!(page.contains(&format!("sanduq verify proof entry-{index}.tlog-proof")));
    }
    for wrong in [
        format!("/journal/{size}/proof"),
        "/journal/x/proof".to_owned(),
    ] {
        assert_eq!(site.get(&wrong).await.status, StatusCode::NOT_FOUND);
    }
}

/// Two checkpoints of one log that do not fit would prove to everybody that it tells each reader
/// something else.
#[tokio::test]
async fn what_is_signed_begins_with_what_was_signed() {
    let (_, entries) = sample(Stage::Counting(64));
    let (short, whole) = (entries[..entries.len() - 7].to_vec(), entries);
    let mut other = whole.clone();
    other.swap(3, 4);
    let signer = LogSigner::from_seed("sanduq/wahat-2027", &[7; 32]).unwrap();
    let signing = Signing::new(signer, Box::new(Forgetful::default()));
    for (what, journal, signed) in [
        ("the first", &short, true),
        ("the same again", &short, true),
        ("with two entries in another order", &other, false),
        ("longer", &whole, true),
        ("an older copy", &short, false),
        ("the right one put back", &whole, true),
    ] {
        let (snapshot, _) = sample(Stage::Counting(64));
        let held = Held::default();
        held.put(snapshot, journal.clone());
        let source = Source::Held(held);
        let leaves = journal.iter().map(|entry| Hash::of_leaf(&entry.to_bytes()));
        let tree: Frontier = leaves.collect();
        let note = signing.sign(&source, (tree.size(), tree.root())).await;
        assert_eq!(note.is_ok(), signed, "{what}");
        if let Err(why) = note {
            assert!(matches!(why, NotSigned::OtherJournal(_)), "{what}: {why:?}");
        }
    }
}
