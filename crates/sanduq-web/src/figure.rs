//! How a figure is written. A share never reads 100 % unless it is the whole, and never 0 % unless
//! it is nothing: an almost complete count must not look complete.

use crate::language::digits;
use core::cmp::Ordering;
use sanduq_core::names::Locale;

/// `part` of `whole` in units of `1 / scale`, rounded half up, but 0 and `scale` only when exact;
/// `None` when there is no whole.
#[must_use]
pub fn share(part: u64, whole: u64, scale: u64) -> Option<u64> {
    if whole == 0 {
        return None;
    }
    let doubled = u128::from(part) * u128::from(scale) * 2 + u128::from(whole);
    let rounded = u64::try_from(doubled / (u128::from(whole) * 2)).unwrap_or(u64::MAX);
    Some(match rounded {
        0 if part > 0 => 1,
        all if all == scale && part < whole => scale - 1,
        _ => rounded,
    })
}

/// A share in per cent with `decimals` places, as the language writes it: `٦٥٫٩٪`, `65,9 %`,
/// `65.9%`; a dash when there is no whole. A mark of direction keeps the sign behind the Persian
/// number, which stands alone like a European one (UAX #9, W2 and W5) and in a sentence does not.
#[must_use]
pub fn percent(part: u64, whole: u64, decimals: u32, locale: Locale) -> String {
    let unit = 10_u64.pow(decimals);
    let Some(share) = share(part, whole, 100 * unit) else {
        return "–".to_owned();
    };
    let places = usize::try_from(decimals).unwrap_or(0);
    let (point, sign) = match locale {
        Locale::Ar => ('\u{66B}', "\u{66A}"),
        Locale::Fa => ('\u{66B}', "\u{200F}\u{66A}"),
        Locale::Fr => (',', "\u{202F}%"),
        Locale::En => ('.', "%"),
    };
    let number = if places == 0 {
        share.to_string()
    } else {
        format!("{}{point}{:0places$}", share / unit, share % unit)
    };
    digits(&number, locale) + sign
}

/// By how many points a share in per cent has changed, with `decimals` places and its sign: the
/// difference of the two shares as they are shown, so that they add up on paper; a dash when there
/// is no whole.
#[must_use]
pub fn points(now: (u64, u64), then: (u64, u64), decimals: u32, locale: Locale) -> String {
    let unit = 10_u64.pow(decimals);
    let of = |(part, whole)| share(part, whole, 100 * unit);
    let Some((now, then)) = of(now).zip(of(then)) else {
        return "–".to_owned();
    };
    let sign = match now.cmp(&then) {
        Ordering::Less => "\u{2212}",
        Ordering::Equal => "±",
        Ordering::Greater => "+",
    };
    let point = match locale {
        Locale::Ar | Locale::Fa => '\u{66B}',
        Locale::Fr => ',',
        Locale::En => '.',
    };
    let (size, places) = (now.abs_diff(then), usize::try_from(decimals).unwrap_or(0));
    let number = format!("{}{point}{:0places$}", size / unit, size % unit);
    format!("{sign}{}", digits(&number, locale))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_reads_whole_only_when_it_is() {
        for (part, whole, shown) in [
            (0, 10, "0.0%"),
            (1, 100_000, "0.1%"),
            (1, 3, "33.3%"),
            (2, 3, "66.7%"),
            (1, 2, "50.0%"),
            (9_999, 10_000, "99.9%"),
            (10, 10, "100.0%"),
            (12, 10, "120.0%"),
            (1, 0, "–"),
            (u64::MAX, u64::MAX, "100.0%"),
        ] {
            assert_eq!(percent(part, whole, 1, Locale::En), shown, "{part}/{whole}");
        }
    }

    #[test]
    fn a_change_is_the_difference_of_what_is_shown() {
        for (now, then, shown) in [
            ((1, 2), (1, 4), "+25.0"),
            ((1, 4), (1, 2), "\u{2212}25.0"),
            ((1, 3), (1, 3), "±0.0"),
            ((2, 3), (1, 3), "+33.4"),
            ((1, 0), (1, 2), "–"),
            ((1, 2), (0, 0), "–"),
        ] {
            assert_eq!(points(now, then, 1, Locale::En), shown, "{now:?} {then:?}");
        }
        assert_eq!(points((1, 2), (1, 4), 2, Locale::Ar), "+٢٥٫٠٠");
    }

    #[test]
    fn each_language_writes_it_its_own_way() {
        for (locale, shown) in [
            (Locale::Ar, "٦٥٫٨٨٪"),
            (Locale::Fa, "۶۵٫۸۸\u{200F}٪"),
            (Locale::Fr, "65,88\u{202F}%"),
            (Locale::En, "65.88%"),
        ] {
            assert_eq!(percent(496_279, 753_260, 2, locale), shown);
        }
        assert_eq!(percent(1, 2, 0, Locale::En), "50%");
    }
}
