//! What two records say about each other, in tables.

use super::super::evidence::Order;
use super::super::number::Number;
use super::*;

/// Names by number: 1 to 9, each as rare as the other; an odd one and the next even are alike.
struct Alike;

impl Likenesses for Alike {
    fn of_different(&mut self, one: NameId, other: NameId) -> Likeness {
        let alike = one.div_ceil(2) == other.div_ceil(2);
        if alike {
            Likeness::OneEdit
        } else {
            Likeness::Different
        }
    }
}

fn layout() -> Layout {
    Layout {
        length: 14,
        date: Some(1),
        place: Some(7),
        serial: Some(9),
        serial_length: 4,
        ..Layout::default()
    }
}

/// A roll of ten names, each as rare as the other.
struct World {
    rarity: u8,
    size: u8,
    /// The father's place may hold a husband, and another mother contradicts.
    of_mothers: bool,
    /// A list is compared with it.
    with_list: bool,
}

const PLAIN: World = World {
    rarity: 0,
    size: 9,
    of_mothers: false,
    with_list: true,
};

impl World {
    fn names(&self) -> Vec<Name> {
        let name = |id| Name {
            canonical: id,
            rarity: [self.rarity; 9],
            ..Name::default()
        };
        (0..10).map(name).collect()
    }

    fn roll<'a>(&self, names: &'a [Name], layout: &'a Layout) -> Roll<'a> {
        let mut contradicting = [false; MOST_EXTRAS];
        contradicting[0] = self.of_mothers;
        Roll {
            names,
            dates: &[],
            places: &[],
            size: self.size,
            layout,
            with_list: self.with_list,
            crowded: &[],
            husband_for_father: self.of_mothers,
            contradicting,
        }
    }

    fn compared(
        &self,
        likenesses: &mut impl Likenesses,
        records: [&Record; 2],
        mothers: [NameId; 2],
    ) -> Evidence {
        let (names, layout) = (self.names(), layout());
        let roll = self.roll(&names, &layout);
        let extras = if self.of_mothers {
            [&mothers[..1], &mothers[1..]]
        } else {
            [&[][..], &[]]
        };
        compare(&roll, likenesses, records, extras)
    }
}

/// Names, date and number.
fn record((names, date, number): ([NameId; 4], &str, &str)) -> Record {
    Record {
        names,
        date: Date::read(date),
        number: Number::read(number, &layout()),
        ..Record::default()
    }
}

fn evidence(one: ([NameId; 4], &str, &str), other: ([NameId; 4], &str, &str)) -> Evidence {
    PLAIN.compared(&mut Alike, [&record(one), &record(other)], [0, 0])
}

/// What is said to have been compared is what was: its likeness is the evidence.
#[test]
fn what_was_compared_with_what_is_told() {
    let straight = [GIVEN, FATHER, GRANDFATHER, FAMILY];
    for (one, other, facing_parts) in [
        ([1, 3, 5, 7], [1, 3, 5, 7], straight),
        ([1, 3, 5, 7], [1, 9, 9, 9], straight),
        (
            [1, 3, 5, 7],
            [1, 7, 3, 5],
            [GIVEN, GRANDFATHER, FAMILY, FATHER],
        ),
        (
            [1, 3, 5, 7],
            [1, 5, 3, 7],
            [GIVEN, GRANDFATHER, FATHER, FAMILY],
        ),
        (
            [1, 3, 5, 7],
            [1, 3, 7, 0],
            [GIVEN, FATHER, FAMILY, GRANDFATHER],
        ),
        (
            [1, 3, 5, 7],
            [7, 3, 5, 1],
            [FAMILY, FATHER, GRANDFATHER, GIVEN],
        ),
        (
            [1, 3, 5, 7],
            [7, 1, 3, 5],
            [FATHER, GRANDFATHER, FAMILY, GIVEN],
        ),
        (
            [1, 3, 0, 7],
            [7, 1, 3, 0],
            [FATHER, GRANDFATHER, FAMILY, GIVEN],
        ),
    ] {
        let world = (PLAIN.names(), layout());
        let roll = PLAIN.roll(&world.0, &world.1);
        for pair in [[one, other], [other, one]] {
            let records = pair.map(|names| record((names, "", "")));
            let records = [&records[0], &records[1]];
            let found = facing(&roll, &mut Alike, records);
            let evidence = PLAIN.compared(&mut Alike, records, [0, 0]);
            for part in 0..NAME_PARTS {
                let [first, second] = [0, 1].map(|at| pair[at][found[at][part]]);
                let likeness = Alike.of(first, second);
                let at = NAMES_AT + part * LIKENESS_CELLS + likeness as usize * RARITIES;
                let cells = at..at + RARITIES;
                let lit = evidence.lit_cells().any(|cell| cells.contains(&cell));
                assert!(lit, "{pair:?} {part}: {found:?}");
            }
            if pair == [one, other] {
                assert!(found.contains(&facing_parts), "{pair:?} {found:?}");
            }
        }
    }
}

const ONE: ([NameId; 4], &str, &str) = ([1, 3, 5, 7], "1979-03-08", "27903082101237");

#[test]
fn a_child_s_name_goes_on_where_its_father_s_begins() {
    for (other, expected) in [
        (([3, 5, 9, 7], "1950-07-21", ""), true),
        (([9, 1, 3, 7], "2004-01-02", ""), true),
        (([3, 5, 9, 7], "1979-03-08", ""), false),
        (([1, 3, 5, 7], "1950-07-21", ""), false),
        (([9, 3, 5, 7], "1950-07-21", ""), false),
    ] {
        assert_eq!(evidence(ONE, other).generation, expected, "{other:?}");
        assert_eq!(
            evidence(other, ONE).generation,
            expected,
            "{other:?} the other way"
        );
    }
}

/// A name that goes on as a child's does is one name with the family first where the dates are a
/// slip apart, and the last part of one is the first of the other.
#[test]
fn a_family_name_that_stands_first_makes_no_child() {
    for (other, generation, order) in [
        (([7, 1, 3, 5], "1979-03-08", ""), false, Order::Reversed),
        (([7, 1, 3, 5], "1979-08-03", ""), false, Order::Reversed),
        (([7, 1, 3, 5], "2004-01-02", ""), true, Order::Reversed),
        (([7, 1, 3, 5], "", ""), true, Order::Reversed),
        (([9, 1, 3, 5], "2004-01-02", ""), true, Order::Changed),
        (([7, 9, 3, 5], "1979-08-03", ""), false, Order::Changed),
    ] {
        for [one, other] in [[ONE, other], [other, ONE]] {
            let found = evidence(one, other);
            assert_eq!(found.generation, generation, "{one:?} {other:?}");
            let lit = found
                .lit_cells()
                .any(|cell| cell == ORDER_AT + order as usize);
            assert!(lit, "{one:?} {other:?}: {order:?}");
        }
    }
}

#[test]
fn one_number_and_birthday_in_one_family_are_asked_about() {
    for (other, expected) in [
        (([9, 3, 5, 7], "1979-03-08", "27903082101237"), true),
        (([9, 3, 0, 7], "1979-03-08", "27903082101237"), true),
        (([9, 3, 0, 0], "1979-03-08", "27903082101237"), false),
        (([9, 3, 5, 9], "1979-03-08", "27903082101237"), false),
        (([9, 3, 5, 7], "1979-03-08", "27903082101259"), false),
        (([9, 3, 5, 7], "1979-08-03", "27903082101237"), false),
        (([9, 3, 5, 7], "1979-03-08", ""), false),
    ] {
        assert_eq!(evidence(ONE, other).asked, expected, "{other:?}");
    }
    let [one, mut other] = [ONE, ONE].map(record);
    let one = Record {
        sex: Sex::Female,
        ..one
    };
    other.sex = Sex::Male;
    assert!(!PLAIN.compared(&mut Alike, [&one, &other], [0, 0]).asked);
    let [one, other] = [ONE, ([9, 3, 5, 7], ONE.1, ONE.2)].map(record);
    for with_list in [true, false] {
        let world = World { with_list, ..PLAIN };
        let found = world.compared(&mut Alike, [&one, &other], [0, 0]);
        assert_eq!(found.asked, with_list);
    }
}

#[test]
fn a_number_that_is_nobodys_is_none() {
    let (names, layout) = (PLAIN.names(), layout());
    let number = ONE.2;
    let crowded = [Number::read(number, &layout)];
    let pair = [ONE, ONE].map(record);
    for (crowded, thin) in [(&crowded[..], true), (&[], false)] {
        let roll = Roll {
            crowded,
            ..PLAIN.roll(&names, &layout)
        };
        let found = compare(&roll, &mut Alike, [&pair[0], &pair[1]], [&[], &[]]);
        assert_eq!((found.thin, found.asked), (thin, !thin), "{crowded:?}");
        let without = evidence((ONE.0, ONE.1, ""), (ONE.0, ONE.1, ""));
        assert_eq!(found == without, thin, "as if none were given");
    }
}

/// Twins whose names are a letter apart and whose numbers follow each other, of an opaque kind.
#[test]
fn the_next_number_under_another_name_is_a_twin_s() {
    let names = PLAIN.names();
    let opaque = Layout::default();
    for (given, number, expected) in [
        (2, "11223345", true),
        (2, "11223349", true),
        (2, "11223394", false),
        (2, "11229344", false),
        (1, "11223345", false),
    ] {
        let roll = PLAIN.roll(&names, &opaque);
        let [one, other] = [(1, "11223344"), (given, number)].map(|(given, number)| Record {
            number: Number::read(number, &opaque),
            ..record(([given, 3, 5, 7], "1979-03-08", ""))
        });
        let found = compare(&roll, &mut Alike, [&one, &other], [&[], &[]]);
        assert_eq!(found.contradicted, expected, "{given} {number}");
    }
}

#[test]
fn twins_until_more_is_known() {
    for (other, expected) in [
        (([9, 3, 5, 7], "1979-03-08", ""), true),
        (([2, 3, 5, 7], "1979-03-08", ""), true),
        (([2, 3, 0, 7], "", ""), true),
        (([1, 3, 5, 7], "1979-03-08", "27903082171237"), false),
        (([1, 3, 5, 7], "1979-03-08", "27903082101259"), true),
        (([1, 3, 5, 7], "1979-03-08", ""), false),
        (([9, 3, 5, 7], "1984-11-30", ""), false),
        (([9, 3, 5, 9], "1979-03-08", ""), false),
    ] {
        assert_eq!(evidence(ONE, other).twinlike, expected, "{other:?}");
    }
}

#[test]
fn a_part_the_number_or_the_date_may_contradict() {
    for (other, expected) in [
        (([2, 3, 5, 7], "1979-08-03", ""), false),
        (([1, 3, 5, 7], "", "27903082171237"), false),
        (([1, 3, 5, 7], "1984-11-30", "27903082101237"), true),
        (([1, 3, 9, 7], "1979-03-08", "27903082101237"), true),
        (([1, 3, 5, 7], "1979-03-08", "27903082109942"), true),
        (([1, 3, 5, 7], "1984-11-30", ""), true),
        (([1, 3, 5, 7], "1989-03-08", ""), true),
        (([1, 3, 5, 7], "1989-03-08", "27903082101237"), false),
    ] {
        assert_eq!(evidence(ONE, other).contradicted, expected, "{other:?}");
    }
}

/// Two women born on one day, on a roll of mothers.
fn in_roll(rarity: u8, size: u8, women: [[NameId; 4]; 2], mothers: [NameId; 2]) -> Evidence {
    let world = World {
        rarity,
        size,
        of_mothers: true,
        with_list: false,
    };
    let [one, other] = women.map(|names| Record {
        sex: Sex::Female,
        ..record((names, "1979-03-08", ""))
    });
    world.compared(&mut Alike, [&one, &other], mothers)
}

#[test]
fn two_common_names_one_letter_apart_are_two_names() {
    for (rarity, size, expected) in [(20, 30, true), (21, 40, false), (20, 29, false)] {
        let brothers = [[1, 3, 5, 7], [1, 4, 5, 7]];
        let found = in_roll(rarity, size, brothers, [0, 0]);
        assert_eq!(found.contradicted, expected, "{rarity} of {size}");
        assert!(!in_roll(rarity, size, [[1, 3, 5, 7]; 2], [0, 0]).contradicted);
    }
}

/// Names that are alike in the same way, whichever they are.
struct As(Likeness);

impl Likenesses for As {
    fn of_different(&mut self, _: NameId, _: NameId) -> Likeness {
        self.0
    }
}

#[test]
fn however_common_names_are_alike_they_are_two_names() {
    let world = World {
        rarity: 10,
        size: 40,
        of_mothers: false,
        with_list: true,
    };
    for (likeness, number, expected) in [
        (Likeness::Variant, "", true),
        (Likeness::TwoEdits, "", true),
        (Likeness::TwoEdits, "27903082101237", true),
        (Likeness::Transliterated, "", true),
        (Likeness::Transliterated, "27903082101237", false),
        (Likeness::NearlyTransliterated, "", true),
    ] {
        let [one, other] =
            [[1, 3, 5, 7], [1, 4, 5, 7]].map(|names| record((names, "1979-03-08", number)));
        let found = world.compared(&mut As(likeness), [&one, &other], [0, 0]);
        assert_eq!(found.contradicted, expected, "{likeness:?} {number}");
    }
}

#[test]
fn another_mother_contradicts_and_a_husband_s_name_waits_for_a_look() {
    let same = [[1, 3, 5, 7]; 2];
    for (mothers, expected) in [
        ([1, 1], false),
        ([1, 2], false),
        ([1, 9], true),
        ([1, 0], false),
    ] {
        let found = in_roll(47, 40, same, mothers);
        assert_eq!(
            (found.contradicted, found.husband),
            (expected, false),
            "{mothers:?}"
        );
    }
    for (other, husband) in [
        ([1, 9, 5, 7], true),
        ([1, 3, 9, 7], true),
        ([1, 0, 5, 7], false),
        ([1, 3, 5, 9], false),
    ] {
        let found = in_roll(47, 40, [same[0], other], [0, 0]);
        assert_eq!(found.husband, husband, "{other:?}");
    }
}

#[test]
fn names_and_a_birthday_are_thin() {
    for (date, number, thin) in [
        ("", "", true),
        ("1979-03-08", "", true),
        ("", "27903082101237", false),
        ("1979-03-08", "27903082101237", false),
    ] {
        let both = ([1, 3, 5, 7], date, number);
        assert_eq!(evidence(both, both).thin, thin, "{date} {number}");
        assert!(evidence(both, ([1, 3, 5, 7], date, "")).thin);
    }
}

#[test]
fn parts_are_compared_in_the_order_in_which_most_of_them_agree() {
    for (other, order) in [
        ([1, 3, 5, 7], Order::Straight),
        ([1, 3, 7, 0], Order::Shifted),
        ([1, 5, 3, 7], Order::Changed),
        ([7, 3, 5, 1], Order::Reversed),
        ([9, 3, 5, 7], Order::Straight),
        ([7, 1, 3, 5], Order::Reversed),
        ([7, 1, 4, 5], Order::Reversed),
        ([3, 5, 7, 1], Order::Reversed),
    ] {
        let evidence = evidence(ONE, (other, "1979-03-08", ""));
        let lit = evidence
            .lit_cells()
            .find(|cell| (ORDER_AT..DATE_NUMBER_AT).contains(cell));
        assert_eq!(lit, Some(ORDER_AT + order as usize), "{other:?}");
    }
}

mod property {
    use super::*;
    use proptest::prelude::*;

    /// A record of few names, days and numbers, so that two of them meet.
    fn record() -> impl Strategy<Value = ([NameId; 4], &'static str, &'static str)> {
        let date = prop::sample::select(vec!["", "1979-03-08", "1979-08-03", "1980-03-08"]);
        let number = prop::sample::select(vec![
            "",
            "27903082101237",
            "27903082101259",
            "27903082109942",
            "28003082101237",
        ]);
        ([0u32..6, 0u32..6, 0u32..6, 0u32..6], date, number)
    }

    proptest! {
        #[test]
        fn a_pair_says_the_same_whichever_stands_first(one in record(), other in record()) {
            let (forth, back) = (evidence(one, other), evidence(other, one));
            let flags = |found: &Evidence| (found.twinlike, found.contradicted, found.generation);
            prop_assert_eq!(flags(&forth), flags(&back));
            prop_assert_eq!(forth, back);
        }
    }
}
