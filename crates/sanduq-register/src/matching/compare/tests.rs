//! What two records say about each other, in tables.

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

fn evidence(one: ([NameId; 4], &str, &str), other: ([NameId; 4], &str, &str)) -> Evidence {
    let names: Vec<Name> = (0..10)
        .map(|id| Name {
            canonical: id,
            ..Name::default()
        })
        .collect();
    let layout = layout();
    let roll = Roll {
        names: &names,
        dates: &[],
        places: &[],
        size: 10,
        layout: &layout,
        husband_for_father: false,
    };
    let record = |(names, date, number): ([NameId; 4], &str, &str)| Record {
        names,
        date: Date::read(date),
        number: Number::read(number, &layout),
        ..Record::default()
    };
    compare(
        &roll,
        &mut Alike,
        [&record(one), &record(other)],
        [&[], &[]],
    )
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
    ] {
        assert_eq!(evidence(ONE, other).contradicted, expected, "{other:?}");
    }
}

#[test]
fn names_alone_are_thin() {
    for (date, number, thin) in [
        ("", "", true),
        ("1979-03-08", "", false),
        ("", "27903082101237", false),
    ] {
        let both = ([1, 3, 5, 7], date, number);
        assert_eq!(evidence(both, both).thin, thin, "{date} {number}");
        assert!(evidence(both, ([1, 3, 5, 7], "", "")).thin);
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
