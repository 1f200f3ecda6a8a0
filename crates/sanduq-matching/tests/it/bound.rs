//! A bound of memory costs time, never a pair.

use crate::loaded;
use sanduq_core::refusal::Refusal as _;
use sanduq_matching::fields::Fields;
use sanduq_matching::load::Loaded;
use sanduq_matching::memory::Bound;
use sanduq_matching::run::Engine;
use sanduq_matching::run::Link;
use sanduq_register::matching::assumed;
use sanduq_register::matching::profile::Profile;
use std::io::Write as _;

const PROFILE: &str = "
rules = [\"given father\", \"date family\", \"number\"]
unusual_rules = [\"~given ~family\"]
splitters = [\"family\", \"date\"]
largest_block = 40
[columns]
id = [\"number\"]
names = [\"given\", \"father\", \"\", \"family\"]
date = \"date\"
number = \"number\"
";

/// Three thousand rows in which names and days come again.
fn rows() -> String {
    let mut text = "given,father,family,date,number\n".to_owned();
    for row in 0..3000 {
        let date = format!(
            "19{:02}-{:02}-{:02}",
            row % 40 + 40,
            row % 12 + 1,
            row % 28 + 1
        );
        let given = if row % 50 == 0 {
            "HASSAN"
        } else {
            ["حسن", "علي", "سعيد"][row % 3]
        };
        let (father, family) = (["حامد", "فوزي"][row % 2], ["عزب", "فودة"][row / 2 % 2]);
        text += &format!("{given},{father},{family},{date},{}\n", row % 2900);
    }
    text
}

fn links(loaded: Loaded, profile: &Profile, bound: Bound) -> Vec<Link> {
    let engine = Engine::new(profile, loaded, None, bound).unwrap();
    engine.links(&assumed::weights(), -20_000).0
}

#[test]
fn passes_make_the_pairs_that_one_pass_makes() {
    let profile = Profile::read(PROFILE).unwrap();
    let all = links(loaded(&profile, &rows()), &profile, Bound(None));
    assert!(all.len() > 3000, "enough to lose some: {}", all.len());
    for more in [0, 20_000, 100_000] {
        let bound = Bound(Some(needed(&profile) + more));
        let found = links(loaded(&profile, &rows()), &profile, bound);
        assert_eq!(found, all, "{more}");
    }
}

/// The least bytes with which the rows can be compared.
fn needed(profile: &Profile) -> u64 {
    let refused = Engine::new(profile, loaded(profile, &rows()), None, Bound(Some(1)));
    refused.err().map(|refusal| refusal.needed).unwrap()
}

#[test]
fn a_bound_that_cannot_be_kept_is_refused() {
    let profile = Profile::read(PROFILE).unwrap();
    let bound = Bound(Some(needed(&profile) - 1));
    let refused = Engine::new(&profile, loaded(&profile, &rows()), None, bound);
    assert!(refused.is_err(), "one byte too few");
}

#[test]
fn a_roll_that_cannot_fit_is_refused_while_it_is_read() {
    let profile = Profile::read(PROFILE).unwrap();
    let mut file = tempfile::NamedTempFile::new().unwrap();
    let many = "حسن,علي,عزب,1970-01-01,\n".repeat(40_000);
    write!(file, "given,father,family,date,number\n{many}").unwrap();
    let fields = Fields::new(&profile);
    let mut loaded = Loaded::new(jiff::civil::date(2026, 11, 1));
    loaded.bound = Bound(Some(38_080_000));
    let read = loaded.read((&profile, &fields), file.path(), &mut |_| {}, &mut |_| {});
    let refused = read.unwrap_err();
    assert_eq!(refused.code(), "matching.memory");
    assert!(
        refused.to_string().starts_with("the records read so far"),
        "{refused}"
    );
    assert!(
        (8_000..20_000).contains(&loaded.records.len()),
        "{}",
        loaded.records.len()
    );
}
