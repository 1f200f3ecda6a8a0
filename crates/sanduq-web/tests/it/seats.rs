//! Seats on the pages: what the engine gave, how near the last one was, in the words of the reader;
//! nothing of it before every sheet is counted.

use crate::nation::Stage;
use crate::nation::sample;
use crate::site::Site;
use sanduq_core::names::Locale;
use sanduq_core::seats::Outcome;
use sanduq_core::seats::Prize;
use sanduq_core::text::localised;
use sanduq_web::view::View;

/// A page without the marks of direction around what is put into a sentence.
async fn page(site: &Site, path: &str) -> String {
    let body = site.get(path).await.body;
    body.replace(['\u{2068}', '\u{2069}'], "")
}

#[tokio::test]
async fn every_contest_says_how_near_its_last_seat_was() {
    let site = Site::at(Stage::Complete).await;
    let view = View::new(sample(Stage::Complete).0).unwrap();
    let mut told = 0;
    for entry in &view.snapshot.contests {
        let contest = &entry.contest;
        let allotted = view.seats(contest).unwrap().allotted.as_ref().unwrap();
        if allotted.outcome != Outcome::Final {
            continue;
        }
        let name = |code: &sanduq_core::id::ChoiceCode| {
            let choice = contest.choices.iter().find(|choice| choice.code == *code);
            choice.unwrap().names.en.clone()
        };
        let margin = allotted
            .margins
            .iter()
            .find(|m| m.prize == Prize::Seat)
            .unwrap();
        let (near, lost) = (name(&margin.choice), name(&margin.instead_of[0]));
        let votes = localised(margin.lacked, Locale::En);
        let noun = if margin.lacked == 1 { "vote" } else { "votes" };
        let said = format!(
            "{votes} more {noun} for {near}, and the last seat would have been theirs, \
             not {lost}’s."
        );
        let body = page(&site, &format!("/unit/{}?lang=en", contest.unit)).await;
        assert!(body.contains(&said), "{}: {said}", contest.code);
        // The table says the same as the picture: a mark for each seat.
        let part = body
            .split(&format!("id=\"c-{}\"", contest.code))
            .nth(1)
            .unwrap();
        let picture = part.split("class=\"seating row\"").nth(1).unwrap();
        let picture = picture.split("</svg>").next().unwrap();
        assert_eq!(
            picture.matches("h20").count() as u64,
            u64::from(contest.seats)
        );
        for margin in allotted.margins.iter().filter(|m| m.prize == Prize::Seat) {
            let cell = format!(
                "<td class=\"number\">{}</td>",
                localised(margin.lacked, Locale::En)
            );
            assert!(part.contains(&cell), "{} {cell}", contest.code);
        }
        told += 1;
    }
    assert_eq!(told, 16, "every constituency of the sample is decided");
}

#[tokio::test]
async fn the_nation_names_its_closest_seats() {
    let site = Site::at(Stage::Complete).await;
    let view = View::new(sample(Stage::Complete).0).unwrap();
    let mut lacked: Vec<(u64, String)> = Vec::new();
    for entry in view.contests_below(view.nation()) {
        let allotted = view
            .seats(&entry.contest)
            .unwrap()
            .allotted
            .as_ref()
            .unwrap();
        let nearest = allotted.margins.iter().map(|margin| margin.lacked).min();
        lacked.push((nearest.unwrap(), entry.contest.code.to_string()));
    }
    lacked.sort();
    let body = page(&site, "/?lang=en").await;
    let list = body.split("<ul class=\"closest\">").nth(1).unwrap();
    let list = list.split("</ul>").next().unwrap();
    let rows: Vec<&str> = list.split("<li>").skip(1).collect();
    assert_eq!(rows.len(), 5);
    for (row, (lacked, code)) in rows.iter().zip(lacked) {
        assert!(row.contains(&format!("#c-{code}\"")), "{code}: {row}");
        let votes = format!("<p>{} more vote", localised(lacked, Locale::En));
        assert!(row.contains(&votes), "{votes}: {row}");
    }
    let early = Site::at(Stage::Closing).await;
    assert!(
        !page(&early, "/?lang=en")
            .await
            .contains("class=\"closest\"")
    );
}

#[tokio::test]
async fn a_run_off_says_who_was_near_it_and_who_was_near_to_none() {
    let site = Site::at(Stage::Complete).await;
    let body = page(&site, "/?lang=en").await;
    for said in [
        "more votes for Maryam Al-Nakhli, and a seat would have been theirs without a run-off.",
        "more votes for Salma Al-Zaytuni, and the place in the run-off would have been theirs, not \
         Khaled Al-Ramli’s.",
    ] {
        assert!(body.contains(said), "{said}");
    }
    let arabic = page(&site, "/?lang=ar").await;
    assert!(arabic.contains("ليكون المقعد من نصيب «مريم النخلي» دون جولة إعادة."));
}

#[tokio::test]
async fn no_seat_and_no_margin_before_every_sheet_is_counted() {
    for stage in [Stage::Closing, Stage::Counting(64)] {
        let site = Site::at(stage).await;
        let view = View::new(sample(stage).0).unwrap();
        for entry in &view.snapshot.contests {
            let contest = &entry.contest;
            let coverage = view.coverage(contest, view.root(contest));
            let body = page(&site, &format!("/unit/{}", contest.unit)).await;
            let part = body
                .split(&format!("id=\"c-{}\"", contest.code))
                .nth(1)
                .unwrap();
            let part = part.split("</section>").next().unwrap();
            let complete = coverage.counted == coverage.stations && entry.released;
            assert_eq!(
                part.contains("class=\"margin\""),
                complete,
                "{}",
                contest.code
            );
            assert_eq!(
                part.contains("class=\"seating"),
                complete,
                "{}",
                contest.code
            );
        }
    }
}

#[tokio::test]
async fn turnout_by_the_hour_is_a_picture_and_a_table_with_its_coverage() {
    let site = Site::at(Stage::Polling(12)).await;
    for (path, covered) in [("/", "64 stations"), ("/unit/1-1", "4 stations")] {
        let body = page(&site, &format!("{path}?lang=en")).await;
        let part = body.split("class=\"turnout\"").nth(1).unwrap();
        let part = part.split("</section>").next().unwrap();
        assert_eq!(
            part.matches("<rect class=\"came\" x=").count(),
            4,
            "{path}: a column an hour"
        );
        assert_eq!(
            part.matches(covered).count(),
            4 + 1,
            "{path}: coverage beside every hour"
        );
    }
    let dawn = Site::at(Stage::Dawn).await;
    let body = page(&dawn, "/?lang=en").await;
    assert!(!body.contains("class=\"columns\""), "no empty picture");
}
