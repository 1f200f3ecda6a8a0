//! Numbers in tables: their parts, their checks, what is wrong with them.

use super::*;

fn layout() -> Layout {
    Layout {
        length: 14,
        date: Some(1),
        place: Some(7),
        serial: Some(9),
        serial_length: 4,
        check_weights: vec![2, 7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2],
        check_modulus: 11,
        ..Layout::default()
    }
}

fn read(text: &str) -> Number {
    Number::read(text, &layout())
}

#[test]
fn numbers_are_compared_in_their_parts() {
    for (one, other, expected) in [
        ("24208250261609", "٢٤٢٠٨٢٥٠٢٦١٦٠٩", Apart::Same),
        ("24208250261609", "24208250261669", Apart::OneDigit),
        ("24208250261609", "24208250216609", Apart::Transposed),
        ("24208250261609", "2420825026160", Apart::Transposed),
        ("24208250261609", "24208250233333", Apart::SameHead),
        ("24208250261609", "24208251233333", Apart::SameDate),
        ("24208250261609", "28808251233333", Apart::Different),
        ("24208250261609", "", Apart::Missing),
        ("24208250261609", "A4208250261609", Apart::Missing),
    ] {
        assert_eq!(
            read(one).apart(read(other), &layout()),
            expected,
            "{one} {other}"
        );
        assert_eq!(
            read(other).apart(read(one), &layout()),
            expected,
            "{other} {one}"
        );
    }
}

#[test]
fn twins_have_the_next_serial_and_a_right_check_digit() {
    let numbered = |serial: u32| {
        let whole = (0..10).map(|check| read(&format!("24208250{serial:05}{check}")));
        whole
            .into_iter()
            .find(|one| one.checks(&layout()) == Some(true))
            .unwrap()
    };
    assert_eq!(
        numbered(26160).apart(numbered(26162), &layout()),
        Apart::Neighbour
    );
    assert_eq!(
        numbered(26160).apart(numbered(26990), &layout()),
        Apart::SameHead
    );
    assert_eq!(
        read("24208250261609").date(&layout()),
        Date::new(1942, 8, 25)
    );
    assert_eq!(read("24208250261609").place(&layout()), 2);
}

/// Ten digits, the check digit by the remainder where it is below two.
fn ten_digits() -> Layout {
    Layout {
        length: 10,
        check_weights: vec![10, 9, 8, 7, 6, 5, 4, 3, 2],
        check_modulus: 11,
        check_rest: CheckRest::Remainder,
        check: Check::Require,
        pad_from: 8,
        not_one_digit: true,
        not_zero: Some((3, 6)),
        ..Layout::default()
    }
}

#[test]
fn what_is_wrong_with_a_number_is_said() {
    for (text, fault) in [
        ("", None),
        ("0900515899", None),
        ("900515899", None),
        ("۰۹۰۰۵۱۵۸۹۹", None),
        ("0900-515 899", None),
        ("0900515898", Some(Fault::Check)),
        ("0900515889", Some(Fault::Check)),
        ("O900515899", Some(Fault::Letters)),
        ("09005158990", Some(Fault::Length)),
        ("0051589", Some(Fault::Length)),
        ("1111111111", Some(Fault::Empty)),
        ("0000000000", Some(Fault::Empty)),
        ("0010000000", Some(Fault::Empty)),
        ("0010000001", Some(Fault::Empty)),
        ("12345678901234567", Some(Fault::Length)),
        ("0", Some(Fault::Empty)),
        ("-", None),
    ] {
        let number = Number::read(text, &ten_digits());
        let found = number.fault(text, &ten_digits());
        assert_eq!(found, fault, "{text}");
    }
}

/// The check digits of these were worked out by hand: of 001000002 the weighted sum is 12, which
/// leaves 1, of 001000007 it is 22, which leaves 0.
#[test]
fn a_remainder_below_two_is_its_own_check_digit() {
    for (text, right) in [
        ("0010000021", true),
        ("0010000020", false),
        ("0010000070", true),
        ("0010000071", false),
    ] {
        let number = Number::read(text, &ten_digits());
        assert_eq!(number.checks(&ten_digits()), Some(right), "{text}");
    }
    let either = Layout {
        check_rest: CheckRest::Either,
        ..ten_digits()
    };
    for text in ["0010000021", "0010000020", "0010000070", "0010000071"] {
        let number = Number::read(text, &either);
        assert_eq!(number.checks(&either), Some(true), "{text}");
    }
}

#[test]
fn lost_zeros_at_the_head_are_put_back() {
    let read = |text| Number::read(text, &ten_digits());
    assert_eq!(read("900515899"), read("0900515899"));
    assert_eq!(read("10000021"), read("0010000021"));
    assert_ne!(read("0051589"), read("0000051589"));
}

#[test]
fn the_next_few_numbers_of_one_length() {
    let number = |text| Number::read(text, &Layout::default());
    for (one, other, expected) in [
        ("1000", "1001", true),
        ("1999", "2000", true),
        ("1000", "1006", true),
        ("1000", "1007", false),
        ("1000", "1000", false),
        ("999", "1000", false),
        ("", "1", false),
        ("9999999999999999", "9999999999999998", true),
    ] {
        assert_eq!(
            number(one).is_next_to(number(other)),
            expected,
            "{one} {other}"
        );
        assert_eq!(
            number(other).is_next_to(number(one)),
            expected,
            "{other} {one}"
        );
    }
}
