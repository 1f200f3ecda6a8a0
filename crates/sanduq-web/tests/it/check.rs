//! How to check the figures of a page: on every page that has figures, with nothing named that a
//! publication does not have.

use crate::nation::Stage;
use crate::nation::sample;
use crate::site::Site;
use sanduq_count::publication;
use sanduq_count::publication::PublicationRefusal;
use std::collections::BTreeSet;

/// The files that a page names.
fn named(body: &str) -> Vec<String> {
    let part = body.split("<details class=\"check\">").nth(1).unwrap();
    let part = part.split("</details>").next().unwrap();
    let rows = part.split("<li>").skip(1);
    let codes = rows.map(|row| row.split("dir=\"ltr\">").nth(1).unwrap());
    codes
        .map(|code| code.split('<').next().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn every_page_of_figures_says_how_to_check_it() {
    for stage in [Stage::Closing, Stage::Counting(64), Stage::Complete] {
        let site = Site::at(stage).await;
        let (snapshot, _) = sample(stage);
        let mut files = BTreeSet::new();
        let written = publication::files::<PublicationRefusal>(&snapshot, &mut |path, _| {
            files.insert(path.to_owned());
            Ok(())
        });
        written.unwrap();
        // Made when the folder is sealed, not from the snapshot.
        files.insert("journal/checkpoint".to_owned());
        for (path, data, file) in [
            ("/", "/index", "totals/president.json"),
            ("/unit/1", "/unit/1", "nist/president.json"),
            ("/unit/1-1", "/unit/1-1", "totals/assembly-1-1.csv"),
            ("/unit/1-1-1", "/unit/1-1-1", "sheets/assembly-1-1.json"),
            ("/unit/1-1-1-1", "/unit/1-1-1-1", "sheets/president.json"),
            ("/contests", "/contests", "contests.json"),
            (
                "/sheet/president/1-1-1-1",
                "/sheet/president/1-1-1-1",
                "sheets/president.csv",
            ),
            ("/board", "/board", "turnout.json"),
            ("/journal", "/journal", "journal/checkpoint"),
        ] {
            let body = site.get(path).await.body;
            assert_eq!(
                body.matches("<details class=\"check\">").count(),
                1,
                "{path}"
            );
            let part = body.split("<details class=\"check\">").nth(1).unwrap();
            assert!(part.contains(&snapshot.id()), "{path}");
            assert!(
                part.contains(&format!("dir=\"ltr\">{path}</bdi>")),
                "{path}"
            );
            assert!(
                part.contains("<code>sanduq verify FOLDER --key &#39;KEY&#39;</code>")
                    || part.contains("<code>sanduq verify FOLDER --key 'KEY'</code>"),
                "{path}"
            );
            for end in ["json", "csv"] {
                let href = format!("{data}.{end}");
                assert!(part.contains(&format!("href=\"{href}\"")), "{path} {href}");
                assert!(site.get(&href).await.status.is_success(), "{href}");
            }
            let named = named(&body);
            assert!(named.iter().any(|name| name == file), "{path}: {named:?}");
            for name in named {
                assert!(
                    files.contains(&name),
                    "{path} at {stage:?}: no publication has {name}"
                );
            }
        }
    }
}

#[tokio::test]
async fn a_page_without_figures_has_nothing_to_check() {
    let site = Site::at(Stage::Counting(64)).await;
    for path in [
        "/login",
        "/search?q=1",
        "/nowhere",
        "/refusal/sheet.same_person",
    ] {
        let body = site.get(path).await.body;
        assert!(!body.contains("class=\"check\""), "{path}");
    }
}
