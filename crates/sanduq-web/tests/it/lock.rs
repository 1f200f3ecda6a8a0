//! Before the release no figure of a candidate can be reached, on any route, in any form, by any
//! role; and what one person has typed stays hidden from everybody until a second one has (INV-28,
//! INV-31).

use crate::nation::Stage;
use crate::nation::sample;
use crate::site::Site;
use crate::site::crawl;
use crate::story::BLIND;
use sanduq_core::count::Votes;
use sanduq_core::names::Locale;
use sanduq_core::text::localised;
use sanduq_count::sheet::Figures;
use sanduq_count::sheet::SheetState;
use sanduq_operations::staff::Role;
use sanduq_web::source::Held;

/// Where a crawl begins: pages, and every other form of them.
const STARTS: [&str; 15] = [
    "/",
    "/index.json",
    "/index.csv",
    "/board",
    "/board.json",
    "/wall",
    "/contests",
    "/contests.csv",
    "/votes/wahat.csv",
    "/votes/1-1-1-1.json",
    "/margins.json",
    "/journal.json",
    "/files/sheets/president.csv",
    "/files/totals/president.json",
    "/files/nist/president.json",
];

/// A figure that stands nowhere else.
const MARK: u64 = 66_600_000;

fn writings(figure: u64) -> Vec<String> {
    let mut written: Vec<_> = Locale::ALL.map(|locale| localised(figure, locale)).into();
    written.push(figure.to_string());
    written
}

/// The sample at its closing hour, with figures in it that the store would never have handed out:
/// even then no page shows one.
fn leaking() -> Held {
    let (mut snapshot, entries) = sample(Stage::Closing);
    let lines = snapshot.forms[0].0.fields.len();
    for (at, sheet) in snapshot.sheets.iter_mut().enumerate() {
        let contests = &snapshot.contests;
        let contest = contests
            .iter()
            .find(|c| c.contest.code == sheet.key.contest)
            .unwrap();
        assert!(!contest.released);
        let marked = Figures {
            fields: vec![Some(Votes::new(MARK)); lines],
            choices: vec![Some(Votes::new(MARK + at as u64)); contest.contest.choices.len()],
        };
        match &mut sheet.state {
            SheetState::Accepted {
                figures, findings, ..
            }
            | SheetState::Quarantined {
                figures, findings, ..
            } => {
                *figures = marked;
                for finding in findings {
                    finding.left = Some(i128::from(MARK));
                    finding.right = Some(i128::from(MARK));
                }
            }
            SheetState::FirstEntered { first } => first.figures = marked,
            SheetState::Differing { first, second } => {
                first.figures = marked.clone();
                second.figures = marked;
            }
            _ => {}
        }
    }
    let held = Held::default();
    held.put(snapshot, entries);
    held
}

/// The first figure of a sheet, or a sum of such figures, that a body tells: in a nation of sixty
/// thousand voters nothing else has eight digits.
fn told(body: &str) -> Option<String> {
    let marks = writings(MARK).into_iter().map(|mark| {
        // All but the last three digits: every mark of the sample begins with these.
        let kept = mark.chars().count() - 3;
        mark.chars().take(kept).collect::<String>()
    });
    let single = marks.into_iter().find(|mark| body.contains(mark.as_str()));
    single.or_else(|| {
        let groups = |c: char| !(c == '\u{66C}' || c.is_numeric());
        let mut runs = body.split(groups);
        let sum = runs.find(|run| run.matches('\u{66C}').count() > 1);
        sum.map(str::to_owned)
    })
}

#[tokio::test]
async fn no_figure_of_a_locked_contest_is_reachable() {
    let site = Site::of(leaking()).await;
    for locale in Locale::ALL {
        let pages = crawl(&site, locale, &STARTS).await;
        assert!(pages.len() > 200, "only {} pages were reached", pages.len());
        for (path, answer) in pages {
            assert_eq!(told(&answer.body), None, "{path}");
            let page = answer.header("content-type").starts_with("text/html");
            if page {
                assert!(
                    !answer.body.contains("class=\"leads\""),
                    "{path} names a leader"
                );
            }
        }
    }
}

#[tokio::test]
async fn no_role_sees_more_of_a_locked_contest() {
    let site = Site::of(leaking()).await;
    let paths = [
        "/",
        "/unit/1-1",
        "/unit/1-1.json",
        "/sheet/president/1-1-1-1.json",
        "/desk",
        "/desk/entry",
        "/desk/decisions",
        "/desk/stations",
        "/contests.json",
        "/board",
    ];
    for role in Role::ALL {
        for path in paths {
            let cookie = site.session(role).await;
            let answer = site.get_with(path, &[("cookie", &cookie)]).await;
            assert_eq!(told(&answer.body), None, "{role:?} {path}");
        }
    }
}

#[tokio::test]
async fn sheets_of_a_locked_contest_have_no_figures_in_any_form() {
    let site = Site::of(leaking()).await;
    let (snapshot, _) = sample(Stage::Closing);
    for sheet in &snapshot.sheets {
        let (contest, station) = (&sheet.key.contest, &sheet.key.station);
        for end in ["", ".json", ".csv", &format!("/{}", sheet.version)] {
            let path = format!("/sheet/{contest}/{station}{end}");
            let answer = site.get(&path).await;
            assert!(answer.status.is_success(), "{path}");
            assert_eq!(told(&answer.body), None, "{path}");
            assert!(!answer.body.contains("\"figures\""), "{path}");
        }
    }
}

#[tokio::test]
async fn a_first_entry_is_seen_by_nobody_even_after_the_release() {
    let (snapshot, _) = sample(Stage::Counting(64));
    let blind = |state: &SheetState| {
        matches!(
            state,
            SheetState::FirstEntered { .. } | SheetState::Differing { .. }
        )
    };
    assert!(snapshot.sheets.iter().any(|sheet| blind(&sheet.state)));
    let site = Site::at(Stage::Counting(64)).await;
    let mut paths: Vec<String> = vec!["/desk/entry".into(), "/desk/decisions".into()];
    for sheet in snapshot.sheets.iter().filter(|sheet| blind(&sheet.state)) {
        let (contest, station) = (&sheet.key.contest, &sheet.key.station);
        for end in ["", ".json", ".csv"] {
            paths.push(format!("/sheet/{contest}/{station}{end}"));
        }
    }
    for role in [
        None,
        Some(Role::Clerk),
        Some(Role::Auditor),
        Some(Role::Supervisor),
    ] {
        for path in &paths {
            let cookie = match role {
                Some(role) => site.session(role).await,
                None => String::new(),
            };
            let answer = site.get_with(path, &[("cookie", &cookie)]).await;
            for figure in writings(BLIND) {
                assert!(!answer.body.contains(&figure), "{role:?} {path}");
            }
        }
    }
}

#[tokio::test]
async fn after_the_release_the_same_pages_do_show_them() {
    let site = Site::at(Stage::Complete).await;
    let page = site.get("/?lang=en").await;
    assert!(page.body.contains("class=\"leads\""));
    let sheet = site.get("/sheet/president/1-1-1-1.json").await;
    assert!(sheet.body.contains("\"figures\""));
}
