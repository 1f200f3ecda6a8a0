use super::*;

fn rule(text: &str) -> ListRule {
    ListRule::from_toml(&format!("code = 'test'\nlaw = 'a test'\n{text}")).unwrap()
}

/// A list from letters: `w` woman, `m` man, `y` young man, capitals for those who have gone, `-`
/// for one of no group.
fn list(letters: &str) -> Vec<Listed> {
    let group = |c: char| match c.to_ascii_lowercase() {
        'w' => vec!["woman"],
        'm' => vec!["man"],
        'y' => vec!["man", "youth"],
        'x' => vec!["man", "woman"],
        _ => vec![],
    };
    letters
        .chars()
        .map(|c| Listed {
            groups: group(c).into_iter().map(String::from).collect(),
            gone: c.is_ascii_uppercase(),
        })
        .collect()
}

const ZIPPER: &str = "zipper = ['woman', 'man']";

#[test]
fn the_zipper() {
    let zipper = rule(ZIPPER);
    let no_turn = |place| ListBreach::NoTurn { place };
    let broken = |place| ListBreach::TurnBroken { place };
    let table = [
        ("wmwm", vec![]),
        ("mwm", vec![]),
        ("wwm", vec![broken(2)]),
        ("wmmmw", vec![broken(3), broken(4)]),
        ("w-m", vec![no_turn(2)]),
        ("wxm", vec![no_turn(2)]),
        ("", vec![]),
    ];
    for (letters, expected) in table {
        assert_eq!(zipper.breaches(&list(letters), 4), expected, "{letters}");
    }
    let alone = ListRule::from_toml("code = 'a'\nlaw = 'b'\nzipper = ['woman']");
    assert_eq!(
        alone,
        Err(SeatRefusal::RuleInconsistent("a zipper of one group"))
    );
}

#[test]
fn youth_among_the_first_four_where_there_are_four_seats() {
    let youth =
        rule("[[composition]]\ngroup = 'youth'\nat_least = 1\nwithin_first = 4\nfrom_seats = 4");
    for (letters, seats, breaches) in [
        ("wmwym", 4, 0),
        ("wmwmy", 4, 1),
        ("wmwmy", 3, 0),
        ("wy", 6, 0),
        ("wm", 6, 1),
    ] {
        assert_eq!(
            youth.breaches(&list(letters), seats).len(),
            breaches,
            "{letters} {seats}"
        );
    }
}

/// list, seats, elected by the next, elected by the same group, vacant
type Row = (&'static str, u32, &'static [usize], &'static [usize], u32);

#[test]
fn seats_go_down_the_list_past_those_who_have_gone() {
    let next = rule(ZIPPER);
    let same = rule(&format!("{ZIPPER}\nsubstitute = 'same_group'"));
    let table: [Row; 8] = [
        ("wmwm", 2, &[1, 2], &[1, 2], 0),
        ("Wmwm", 2, &[2, 3], &[2, 3], 0),
        ("WmwmW", 1, &[2], &[3], 0),
        ("wMwmw", 2, &[1, 3], &[1, 4], 0),
        // No man is left for the second place: the next on the list.
        ("wMwMw", 2, &[1, 3], &[1, 3], 0),
        ("wm", 3, &[1, 2], &[1, 2], 1),
        ("WM", 2, &[], &[], 2),
        ("wm", 0, &[], &[], 0),
    ];
    for (letters, seats, by_next, by_group, vacant) in table {
        let filled = next.fill(&list(letters), seats);
        assert_eq!(
            (&filled.elected[..], filled.vacant),
            (by_next, vacant),
            "{letters} next"
        );
        let filled = same.fill(&list(letters), seats);
        assert_eq!(
            (&filled.elected[..], filled.vacant),
            (by_group, vacant),
            "{letters} group"
        );
    }
    let steps = same.fill(&list("WmwmM"), 4).steps;
    let expected = [
        ListStep::Gone { place: 1 },
        ListStep::TakesTurn { place: 3 },
        ListStep::Gone { place: 5 },
        ListStep::Exhausted { vacant: 1 },
    ];
    assert_eq!(steps, expected);
}

#[test]
fn a_share_of_the_seats_won_belongs_to_a_group() {
    let quarter = |rounding: &str| {
        rule(&format!(
            "[[reserved]]\ngroup = 'woman'\nshare = '1/4'\nrounding = '{rounding}'"
        ))
    };
    // list, seats, rounding, elected
    let table: [(&str, u32, &str, &[usize]); 7] = [
        ("wmmmm", 4, "up", &[1, 2, 3, 4]),
        ("mmmmw", 4, "up", &[1, 2, 3, 5]),
        // A quarter of 5 is 1 1/4.
        ("mmmmmww", 5, "down", &[1, 2, 3, 4, 6]),
        ("mmmmmww", 5, "nearest", &[1, 2, 3, 4, 6]),
        ("mmmmmww", 5, "up", &[1, 2, 3, 6, 7]),
        ("mmmmmWw", 5, "up", &[1, 2, 3, 4, 7]),
        ("mmm", 2, "down", &[1, 2]),
    ];
    for (letters, seats, rounding, elected) in table {
        let filled = quarter(rounding).fill(&list(letters), seats);
        assert_eq!(filled.elected, elected, "{letters} {rounding}");
    }
    let unmet = quarter("up").fill(&list("mmmmmWw"), 5).steps;
    let missing = ListStep::Unmet {
        group: "woman".into(),
        missing: 1,
    };
    assert_eq!(unmet.last(), Some(&missing));
}

#[test]
fn a_later_share_does_not_break_an_earlier_one() {
    let both = rule(
        "[[reserved]]\ngroup = 'woman'\nshare = '1/2'\nrounding = 'up'\n
         [[reserved]]\ngroup = 'youth'\nshare = '1/4'\nrounding = 'up'",
    );
    // Two women first; the young man then takes the seat of the last man, not of a woman.
    let filled = both.fill(&list("mmmmwwy"), 4);
    assert_eq!(filled.elected, [1, 5, 6, 7]);
    let steps = [
        ListStep::Reserved {
            group: "woman".into(),
            seated: 5,
            gives_way: 4,
        },
        ListStep::Reserved {
            group: "woman".into(),
            seated: 6,
            gives_way: 3,
        },
        ListStep::Reserved {
            group: "youth".into(),
            seated: 7,
            gives_way: 2,
        },
    ];
    assert_eq!(filled.steps, steps);
    // Where only women sit, nobody can give way.
    let filled = both.fill(&list("wy"), 1);
    assert_eq!(filled.elected, [1]);
    assert_eq!(
        filled.steps,
        [ListStep::Unmet {
            group: "youth".into(),
            missing: 1
        }]
    );
}

#[test]
fn a_share_above_the_whole_is_refused() {
    let text =
        "code = 'a'\nlaw = 'b'\n[[reserved]]\ngroup = 'woman'\nshare = '5/4'\nrounding = 'up'";
    let refused = ListRule::from_toml(text).unwrap_err();
    assert_eq!(
        refused,
        SeatRefusal::RuleInconsistent("a share above the whole")
    );
}
