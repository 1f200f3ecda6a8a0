//! Images of sheets: one of two people wins, one file is of one sheet, what is settled takes none,
//! and nobody is handed a picture before its contest is released.

use crate::nation::accepted;
use crate::nation::at;
use crate::nation::contest;
use crate::nation::event;
use crate::nation::executive;
use crate::nation::figures;
use crate::nation::founded;
use crate::nation::key;
use crate::nation::supervision;
use crate::sheet::finding;
use crate::sheet::save;
use sanduq_core::act::Actor;
use sanduq_core::act::Change;
use sanduq_core::act::Entry;
use sanduq_count::image;
use sanduq_count::image::Image;
use sanduq_count::image::ImageFile;
use sanduq_count::image::Kind;
use sanduq_count::image::Taken;
use sanduq_count::publication::digest;
use sanduq_count::sheet::SheetKey;
use sanduq_count::sheet::SheetState;
use sanduq_journal::hash::Hash;
use sanduq_store::Access;
use sanduq_store::StoreError;
use sanduq_store::StoreRefusal;
use sanduq_store::Write;
use sanduq_store::sheet::Revision;
use sanduq_store::trial::Trial;

/// The file that these bytes would be.
fn file(bytes: &[u8]) -> ImageFile {
    ImageFile {
        kind: Kind::Jpeg,
        size: bytes.len() as u64,
        digest: digest(bytes),
    }
}

/// Adds an image as the pages do: the page of it, or that it was there.
async fn add(trial: &Trial, key: &SheetKey, bytes: &[u8]) -> Result<Option<u32>, String> {
    added(trial, key, bytes, &executive()).await
}

async fn added(
    trial: &Trial,
    key: &SheetKey,
    bytes: &[u8],
    by: &Actor,
) -> Result<Option<u32>, String> {
    let file = file(bytes);
    let mut said = Ok(None);
    let work = async |w: &mut Write| {
        let found = w.sheet_for_image(&event(), key, &file.digest).await?;
        let pages = (found.pages, found.holder.as_ref());
        let how = (by, at(20), Taken::Station);
        match image::add(found.sheet.as_ref(), pages, &file, how) {
            Ok(Some(change)) => {
                w.add_image(&event(), &change, bytes).await?;
                said = Ok(Some(change.next.page));
            }
            Ok(None) => {}
            Err(no) => said = Err(no.to_string()),
        }
        Ok::<(), StoreError>(())
    };
    let done = trial.store.write(by, at(20), work).await;
    match done {
        Err(error) if error.code() != "store.no_entry" => Err(error.code().to_owned()),
        _ => said,
    }
}

async fn received(trial: &Trial, station: &str) -> SheetKey {
    let key = key("president", station);
    let state = SheetState::Received;
    save(trial, Revision::NONE, (key.clone(), 1), state)
        .await
        .unwrap();
    key
}

async fn images(trial: &Trial, access: Access) -> Vec<Image> {
    let read = trial.store.read_as(access).await.unwrap();
    read.images(&event()).await.unwrap()
}

async fn entries(trial: &Trial) -> Vec<Entry> {
    let read = trial.store.read().await.unwrap();
    let all = read.entries(0, 1000).await.unwrap();
    let all = all.iter().map(|one| Entry::from_bytes(&one.bytes).unwrap());
    all.filter(|entry| entry.act == "sheet.imaged").collect()
}

async fn release(trial: &Trial) {
    let owner = trial.connect("sanduq").await.unwrap();
    let sql = "UPDATE votes.contest SET released = true WHERE code = 'president'";
    owner.batch_execute(sql).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_image_comes_back_with_its_entry_once_its_contest_is_released() {
    let trial = founded().await;
    let sheet = received(&trial, "c1-s1").await;
    let bytes = [7; 100_000];
    assert_eq!(add(&trial, &sheet, &bytes).await, Ok(Some(1)));
    assert_eq!(add(&trial, &sheet, b"another").await, Ok(Some(2)));
    // Sent again by a shaky line: there once.
    assert_eq!(add(&trial, &sheet, &bytes).await, Ok(None));
    let told = entries(&trial).await;
    assert_eq!(told.len(), 2);
    assert_eq!(told[0].facts["digest"], digest(&bytes));
    let sought = Hash::from_hex(&digest(&bytes)).unwrap();
    for access in [Access::Public, Access::Executive, Access::Supervision] {
        let seen = images(&trial, access).await;
        assert_eq!(seen.len(), 2, "{access:?}");
        assert!(seen.iter().all(|image| image.file.is_none()), "{access:?}");
        let read = trial.store.read_as(access).await.unwrap();
        assert_eq!(read.picture(&event(), &sought).await.unwrap(), None);
    }
    release(&trial).await;
    let seen = images(&trial, Access::Public).await;
    assert_eq!(seen[0].file, Some(file(&bytes)));
    assert_eq!((seen[0].page, seen[1].page), (1, 2));
    let read = trial.store.read().await.unwrap();
    let picture = read.picture(&event(), &sought).await.unwrap().unwrap();
    assert_eq!(picture, (Kind::Jpeg, bytes.to_vec()));
    let other = Hash::of_bytes(b"no picture");
    assert_eq!(read.picture(&event(), &other).await.unwrap(), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_file_is_the_image_of_one_sheet_whoever_comes_at_the_same_second() {
    let trial = founded().await;
    let (one, two) = (
        received(&trial, "c1-s1").await,
        received(&trial, "c1-s2").await,
    );
    for round in 0..6_u8 {
        let bytes = [round; 50];
        let both = tokio::join!(add(&trial, &one, &bytes), add(&trial, &two, &bytes));
        let won = [&both.0, &both.1].into_iter().filter(|said| said.is_ok());
        assert_eq!(won.count(), 1, "{round}: {both:?}");
        let lost = [both.0, both.1].into_iter().find_map(Result::err).unwrap();
        assert!(
            lost == "image.of_another_sheet" || lost.contains("another sheet"),
            "{lost}"
        );
    }
    assert_eq!(images(&trial, Access::Public).await.len(), 6);
    assert_eq!(entries(&trial).await.len(), 6);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_images_of_one_sheet_at_the_same_second_are_two_pages_and_the_same_one_is_one() {
    let trial = founded().await;
    let sheet = received(&trial, "c1-s1").await;
    let both = tokio::join!(add(&trial, &sheet, b"left"), add(&trial, &sheet, b"right"));
    let mut pages = [both.0.unwrap(), both.1.unwrap()];
    pages.sort_unstable();
    assert_eq!(pages, [Some(1), Some(2)]);
    let both = tokio::join!(add(&trial, &sheet, b"same"), add(&trial, &sheet, b"same"));
    let mut pages = [both.0.unwrap(), both.1.unwrap()];
    pages.sort_unstable();
    assert_eq!(pages, [None, Some(3)]);
    assert_eq!(entries(&trial).await.len(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sheet_that_counts_takes_no_image_even_past_our_code() {
    let trial = founded().await;
    let sheet = received(&trial, "c1-s1").await;
    assert_eq!(add(&trial, &sheet, b"early").await, Ok(Some(1)));
    let read = figures([10, 1], [6, 4]);
    let counted = accepted(read.clone());
    save(&trial, Revision::FIRST, (sheet.clone(), 1), counted)
        .await
        .unwrap();
    let late = add(&trial, &sheet, b"late").await.unwrap_err();
    assert!(late.contains("accepted"), "{late}");
    // What no rule has looked at the database refuses.
    let change = |version, page| {
        let file = file(b"late");
        let image = Image {
            key: sheet.clone(),
            version,
            page,
            file: Some(file),
        };
        let entry = Entry::new(sanduq_core::act::Act::SheetImaged, &executive(), at(30));
        Change { next: image, entry }
    };
    let forced = async |version, page| {
        let change = change(version, page);
        let work = async |w: &mut Write| w.add_image(&event(), &change, b"late").await;
        trial.store.write(&executive(), at(30), work).await
    };
    for (version, page) in [(1, 2), (1, 1), (2, 1)] {
        let refused = forced(version, page).await;
        assert_eq!(
            refused,
            Err(StoreRefusal::Immutable.into()),
            "{version} {page}"
        );
    }
    let held = SheetState::Quarantined {
        figures: read,
        findings: vec![finding()],
        proposal: None,
    };
    let other = (key("president", "c1-s2"), 1);
    save(&trial, Revision::NONE, other.clone(), held)
        .await
        .unwrap();
    assert_eq!(add(&trial, &other.0, b"held back").await, Ok(Some(1)));
    assert_eq!(entries(&trial).await.len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_does_not_fit_leaves_neither_row_nor_entry() {
    let trial = founded().await;
    let sheet = received(&trial, "c1-s1").await;
    let forced = async |page: u32, file: ImageFile, bytes: &[u8]| {
        let next = Image {
            key: sheet.clone(),
            version: 1,
            page,
            file: Some(file),
        };
        let entry = Entry::new(sanduq_core::act::Act::SheetImaged, &executive(), at(30));
        let change = Change { next, entry };
        let work = async |w: &mut Write| w.add_image(&event(), &change, bytes).await;
        trial.store.write(&executive(), at(30), work).await
    };
    let long = vec![1; image::LONGEST + 1];
    for (name, page, kept, bytes, code) in [
        (
            "the next but one",
            2,
            file(b"x"),
            &b"x"[..],
            "store.conflict",
        ),
        ("another digest", 1, file(b"x"), b"y", "store.database"),
        ("too long", 1, file(&long), &long, "store.database"),
        ("nothing", 1, file(b""), b"", "store.database"),
    ] {
        let refused = forced(page, kept, bytes).await.unwrap_err();
        assert_eq!(refused.code(), code, "{name}: {refused}");
    }
    let refused = added(&trial, &sheet, b"x", &supervision()).await;
    assert_eq!(refused, Err("store.not_permitted".to_owned()));
    assert_eq!(images(&trial, Access::Public).await, []);
    assert_eq!(entries(&trial).await, []);
    assert_eq!(add(&trial, &sheet, b"x").await, Ok(Some(1)));
}

/// An image that comes while the sheet is being accepted: one waits for the other, and it is never
/// behind the acceptance.
#[tokio::test(flavor = "multi_thread")]
async fn an_image_and_the_acceptance_come_one_after_the_other() {
    let trial = founded().await;
    for station in ["c1-s1", "c1-s2"] {
        let sheet = received(&trial, station).await;
        let counted = accepted(figures([10, 1], [6, 4]));
        let (imaged, saved) = tokio::join!(
            add(&trial, &sheet, station.as_bytes()),
            save(&trial, Revision::FIRST, (sheet.clone(), 1), counted)
        );
        saved.unwrap();
        match &imaged {
            Ok(page) => assert_eq!(*page, Some(1)),
            Err(no) => assert!(no.contains("accepted"), "{no}"),
        }
        let seen = images(&trial, Access::Public).await;
        let own = seen.iter().filter(|image| image.key == sheet).count();
        assert_eq!(own, usize::from(imaged.is_ok()));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_public_gets_no_early_picture_in_sql() {
    let trial = founded().await;
    let sheet = received(&trial, "c1-s1").await;
    add(&trial, &sheet, b"votes").await.unwrap();
    assert_eq!(contest("president").as_str(), sheet.contest.as_str());
    let program = trial.connect("sanduq_program").await.unwrap();
    for role in ["public", "executive", "supervision"] {
        let take = format!("RESET ROLE; SET ROLE sanduq_{role}");
        program.batch_execute(&take).await.unwrap();
        let sql = "SELECT kind, size::text, encode(digest, 'hex') FROM votes.public_image";
        let rows = program.query(sql, &[]).await.unwrap();
        assert_eq!(rows.len(), 1);
        for column in 0..3 {
            assert_eq!(rows[0].get::<_, Option<String>>(column), None, "{role}");
        }
        let sql = "SELECT FROM votes.public_picture";
        assert!(program.query(sql, &[]).await.unwrap().is_empty(), "{role}");
        let sql = "SELECT content FROM votes.image";
        assert!(program.query(sql, &[]).await.is_err(), "{role}");
    }
}
