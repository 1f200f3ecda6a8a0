//! A number of JSON as its digits, none of them rounded.

/// The farthest that an exponent moves the point. A number with one beyond stays as it is written,
/// so that nobody takes it for a count.
const FARTHEST: i32 = 19;

/// Writes a number (RFC 8259, section 6) without exponent and without zeros at the end of its
/// fraction: `1.2e1` and `12.0` are `12`, `384.99999999999999999` is itself and not 385.
pub(super) fn write(number: &str, out: &mut String) {
    let (mantissa, exponent) = number.split_once(['e', 'E']).unwrap_or((number, "0"));
    let moved = exponent.parse().ok();
    let Some(moved) = moved.filter(|moved: &i32| (-FARTHEST..=FARTHEST).contains(moved)) else {
        out.push_str(number);
        return;
    };
    let (sign, digits) = match mantissa.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", mantissa),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let by = moved.unsigned_abs() as usize;
    let (mut whole, mut fraction) = (whole.to_owned(), fraction.to_owned());
    if moved < 0 {
        whole.insert_str(0, &"0".repeat(by));
        fraction.insert_str(0, &whole.split_off(whole.len() - by));
    } else {
        fraction.push_str(&"0".repeat(by.saturating_sub(fraction.len())));
        whole.push_str(&fraction[..by]);
        fraction.drain(..by);
    }
    let whole = whole.trim_start_matches('0');
    let fraction = fraction.trim_end_matches('0');
    out.push_str(sign);
    out.push_str(if whole.is_empty() { "0" } else { whole });
    if !fraction.is_empty() {
        out.push('.');
        out.push_str(fraction);
    }
}

#[cfg(test)]
mod tests {
    use super::write;

    #[test]
    fn no_digit_is_rounded() {
        for (number, written) in [
            ("12", "12"),
            ("0", "0"),
            ("-0", "-0"),
            ("-0.0", "-0"),
            ("12.0", "12"),
            ("-12.50", "-12.5"),
            ("384.99999999999999999", "384.99999999999999999"),
            ("385.00000000000000000", "385"),
            ("18446744073709551616", "18446744073709551616"),
            ("1e5", "100000"),
            ("1E+05", "100000"),
            ("1.2e1", "12"),
            ("1.25e1", "12.5"),
            ("120e-1", "12"),
            ("5e-3", "0.005"),
            ("0e0", "0"),
            ("0.0001e4", "1"),
            ("3.8499999999999999999e2", "384.99999999999999999"),
            ("1e19", "10000000000000000000"),
            ("1e20", "1e20"),
            ("1e-20", "1e-20"),
            ("1e99999999999", "1e99999999999"),
        ] {
            let mut out = String::new();
            write(number, &mut out);
            assert_eq!(out, written, "{number}");
        }
    }
}
