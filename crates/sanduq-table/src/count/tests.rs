use super::*;
use proptest::prelude::*;

#[test]
fn counts_are_read_exactly() {
    for (written, count) in [
        ("0", 0),
        ("385", 385),
        ("007", 7),
        ("2,657,774 ", 2_657_774),
        (" 140,527 ", 140_527),
        ("1 234", 1234),
        ("1\u{A0}234\u{A0}567", 1_234_567),
        ("1\u{202F}234", 1234),
        ("12,345", 12_345),
        ("٤٥٦", 456),
        ("۴۵۶", 456),
        ("١٬٢٣٤", 1234),
        ("۱٬۲۳۴٬۵۶۷", 1_234_567),
        ("\u{200F}٤٥٦\u{200E}", 456),
        ("\u{FEFF}12", 12),
        ("\t12\r", 12),
        ("9999999999999999999", 9_999_999_999_999_999_999),
        ("18446744073709551615", u64::MAX),
        ("00000000000000000000000000005", 5),
    ] {
        assert_eq!(parse_count(written.as_bytes()), Ok(count), "{written:?}");
    }
}

#[test]
fn what_is_not_a_count_is_refused_by_name() {
    use CountFault::Blank;
    use CountFault::Decimal;
    use CountFault::MixedDigits;
    use CountFault::NotDigits;
    use CountFault::Overflow;
    use CountFault::Separator;
    use CountFault::Sign;
    for (written, fault) in [
        ("", Blank),
        ("  \u{A0}", Blank),
        ("-5", Sign),
        ("5-", Sign),
        ("+5", Sign),
        ("\u{2212}5", Sign),
        ("(105)", Sign),
        ("85-99", Sign),
        ("12.5", Decimal),
        ("12.0", Decimal),
        ("1.234", Decimal),
        ("1905.", Decimal),
        ("٣٫٥", Decimal),
        ("1٢3", MixedDigits),
        ("۱٢", MixedDigits),
        ("12,34", Separator),
        ("1,2345", Separator),
        ("1234,567", Separator),
        (",123", Separator),
        ("123,", Separator),
        ("1,,234", Separator),
        ("1,234 567", Separator),
        ("1  234", Separator),
        ("0,123", Separator),
        ("0,5", Separator),
        ("18446744073709551616", Overflow),
        ("99999999999999999999", Overflow),
        ("18h22", NotDigits('h')),
        ("45%", NotDigits('%')),
        ("x", NotDigits('x')),
        ("1\u{202E}23", NotDigits('\u{202E}')),
        ("\u{202D}123\u{202C}", NotDigits('\u{202D}')),
        ("1\u{200F}2", NotDigits('\u{200F}')),
        ("¹²", NotDigits('¹')),
    ] {
        assert_eq!(parse_count(written.as_bytes()), Err(fault), "{written:?}");
    }
    assert_eq!(parse_count(b"1\xFF2"), Err(NotDigits('\u{FFFD}')));
}

#[test]
fn what_is_of_another_kind_is_called_by_it() {
    use CountFault::Date;
    use CountFault::Exponent;
    use CountFault::Failed;
    use CountFault::Formula;
    use CountFault::NotDigits;
    use CountFault::Sign;
    use CountFault::Truth;
    for (written, fault) in [
        ("1e20", Exponent),
        ("1E+05", Exponent),
        ("1.125899906842624e15", Exponent),
        ("-1.5e-7", Exponent),
        ("5e", NotDigits('e')),
        ("2014-10-26", Date),
        ("2014-10-26T18:00:00", Date),
        ("18:30", Date),
        ("36:00:00", Date),
        ("2014-10", Sign),
        ("12:x", NotDigits(':')),
        ("true", Truth),
        ("FALSE", Truth),
        ("#REF!", Failed),
        ("#N/A", Failed),
        ("=SUM(B2:B9)", Formula),
    ] {
        assert_eq!(parse_count(written.as_bytes()), Err(fault), "{written:?}");
    }
}

#[test]
fn a_fraction_of_zeros_is_whole_only_where_asked() {
    for (written, read) in [
        ("12.0", Ok(12)),
        ("12.000 ", Ok(12)),
        ("1,234.0", Ok(1234)),
        ("12", Ok(12)),
        ("12.5", Err(CountFault::Decimal)),
        ("12.", Err(CountFault::Decimal)),
        (".0", Err(CountFault::Decimal)),
        ("12.0.0", Err(CountFault::Decimal)),
        ("-12.0", Err(CountFault::Sign)),
    ] {
        assert_eq!(parse_whole(written.as_bytes()), read, "{written:?}");
    }
}

/// `count` in groups of three.
fn grouped(count: u64, separator: char) -> String {
    let plain = count.to_string();
    let mut out = String::new();
    for (at, digit) in plain.chars().enumerate() {
        if at > 0 && (plain.len() - at).is_multiple_of(3) {
            out.push(separator);
        }
        out.push(digit);
    }
    out
}

fn in_script(ascii: &str, zero: u32) -> String {
    ascii
        .chars()
        .map(|c| match c.to_digit(10) {
            Some(digit) => char::from_u32(zero + digit).unwrap(),
            None => c,
        })
        .collect()
}

proptest! {
    #[test]
    fn every_count_reads_back(count: u64, script in 0_usize..3, form in 0_usize..5) {
        let zero = [0x30, 0x660, 0x6F0][script];
        let written = match form {
            0 => count.to_string(),
            1 => grouped(count, ','),
            2 => grouped(count, '\u{66C}'),
            3 => grouped(count, ' '),
            _ => format!("\u{200F} {count}\u{A0}"),
        };
        prop_assert_eq!(parse_count(in_script(&written, zero).as_bytes()), Ok(count));
    }

    /// Whatever is accepted is nothing but its digits, margins and separators.
    #[test]
    fn nothing_is_guessed(written in "[ 0-9,.٬٠-٩۰-۹+()%x-]{0,24}") {
        if let Ok(count) = parse_count(written.as_bytes()) {
            let digits: String = written.chars().filter_map(digit).map(|(_, value)| {
                char::from_digit(value, 10).unwrap()
            }).collect();
            prop_assert_eq!(digits.parse::<u64>().unwrap(), count);
            prop_assert!(!written.contains(['.', '+', '(', ')', '%', 'x', '-']));
        }
    }

    #[test]
    fn any_bytes_are_answered(bytes in proptest::collection::vec(any::<u8>(), 0..40)) {
        let _ = parse_count(&bytes);
        let _ = parse_whole(&bytes);
    }
}
