//! Times of day as people write them at the end of a long day: `18:30`, `18h30`, `18.30`, `1830`,
//! `18h`, `180`, `19400`. What has one meaning is read; what has two, or none, is doubtful and is
//! left to a person.

use sanduq_core::text::digit_value;

/// What stands where a time of day is expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeOfDay {
    /// Nothing.
    Empty,
    /// A time, in minutes from midnight.
    At(u16),
    /// Something that is no time, or may be two.
    Doubtful,
}

/// The time of day that is written.
///
/// Hours and minutes are parted by one character that is no digit, or not at all. Then four digits
/// are `HHMM`, three are `HMM`, or `HH0` where `HMM` is no time, one or two are a full hour, and
/// five are `HHMM` with a zero typed once too often. A lone `0` is what some write for nothing;
/// a single digit behind the separator (`20.9`) may be nine minutes or ninety: doubtful, unless it
/// is `0`.
#[must_use]
pub fn time_of_day(written: &str) -> TimeOfDay {
    let written = written.trim();
    if written.is_empty() {
        return TimeOfDay::Empty;
    }
    let mut runs: Vec<Vec<u16>> = vec![Vec::new()];
    let mut separators = 0;
    for c in written.chars() {
        match (digit_value(c), runs.last_mut()) {
            (Some(digit), Some(run)) => run.push(u16::from(digit)),
            _ => {
                separators += 1;
                runs.push(Vec::new());
            }
        }
    }
    let read = match (separators, runs.as_slice()) {
        (0, [digits]) => together(digits),
        (1, [hours, minutes]) => parted(hours, minutes),
        _ => None,
    };
    read.map_or(TimeOfDay::Doubtful, TimeOfDay::At)
}

fn number(digits: &[u16]) -> u16 {
    digits.iter().fold(0, |number, digit| number * 10 + digit)
}

fn time(hours: u16, minutes: u16) -> Option<u16> {
    (hours < 24 && minutes < 60).then(|| hours * 60 + minutes)
}

fn together(digits: &[u16]) -> Option<u16> {
    match digits {
        [0] => None,
        [_] | [_, _] => time(number(digits), 0),
        [h, m @ ..] if m.len() == 2 => match (time(*h, number(m)), m[1]) {
            (Some(_), 0) if number(&digits[..2]) < 24 => None,
            (Some(read), _) => Some(read),
            (None, 0) => time(number(&digits[..2]), 0),
            (None, _) => None,
        },
        [_, _, _, _] => time(number(&digits[..2]), number(&digits[2..])),
        [_, _, _, _, 0] => time(number(&digits[..2]), number(&digits[2..4])),
        _ => None,
    }
}

fn parted(hours: &[u16], minutes: &[u16]) -> Option<u16> {
    match (hours, minutes) {
        ([_] | [_, _], [] | [0] | [_, _]) => time(number(hours), number(minutes)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_one_meaning_is_read_and_the_rest_is_doubtful() {
        let at = |hours: u16, minutes: u16| TimeOfDay::At(hours * 60 + minutes);
        for (written, read) in [
            ("", TimeOfDay::Empty),
            ("  ", TimeOfDay::Empty),
            ("1830", at(18, 30)),
            ("18:30", at(18, 30)),
            ("18h30", at(18, 30)),
            ("18H30", at(18, 30)),
            ("18.44", at(18, 44)),
            ("18,44", at(18, 44)),
            ("20/20", at(20, 20)),
            ("22ز10", at(22, 10)),
            ("١٨:٣٠", at(18, 30)),
            ("۱۸۳۰", at(18, 30)),
            ("18h", at(18, 0)),
            ("19", at(19, 0)),
            ("18.0", at(18, 0)),
            ("180", at(18, 0)),
            ("19400", at(19, 40)),
            ("20000", at(20, 0)),
            ("0000", at(0, 0)),
            ("00", at(0, 0)),
            ("401", at(4, 1)),
            ("221", at(2, 21)),
            ("0", TimeOfDay::Doubtful),
            ("130", TimeOfDay::Doubtful),
            ("20.9", TimeOfDay::Doubtful),
            ("23.5", TimeOfDay::Doubtful),
            ("20005", TimeOfDay::Doubtful),
            ("2460", TimeOfDay::Doubtful),
            ("24:00", TimeOfDay::Doubtful),
            ("18:3a", TimeOfDay::Doubtful),
            ("20::30", TimeOfDay::Doubtful),
            ("h30", TimeOfDay::Doubtful),
            ("False", TimeOfDay::Doubtful),
            ("184400", TimeOfDay::Doubtful),
        ] {
            assert_eq!(time_of_day(written), read, "{written:?}");
        }
    }
}
