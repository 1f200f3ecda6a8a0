//! Short ways to say a rule, a contest and an answer.

use sanduq_core::count::Votes;
use sanduq_core::id::ChoiceCode;
use sanduq_core::seats::Allotment;
use sanduq_core::seats::Lot;
use sanduq_core::seats::Outcome;
use sanduq_core::seats::SeatInput;
use sanduq_core::seats::SeatRefusal;
use sanduq_core::seats::SeatRule;
use sanduq_core::seats::Standing;
use sanduq_core::seats::allot;
use sanduq_core::seats::allot_without_margins;
use std::path::PathBuf;

pub const HARE: &str = "[method.largest_remainder]
quota = { kind = 'hare', base = 'qualified', rounding = 'exact' }";
pub const DROOP: &str = "[method.largest_remainder]
quota = { kind = 'droop', base = 'qualified', rounding = 'exact' }
leftover = 'another_round'";
pub const HAGENBACH: &str = "[method.largest_remainder]
quota = { kind = 'hagenbach_bischoff', base = 'qualified', rounding = 'exact' }
excess = 'smallest_remainder'";
pub const IMPERIALI: &str = "[method.largest_remainder]
quota = { kind = 'imperiali', base = 'qualified', rounding = 'exact' }
excess = 'smallest_remainder'";
pub const DHONDT: &str = "[method.highest_averages]
divisors = 'dhondt'";
pub const SAINTE_LAGUE: &str = "[method.highest_averages]
divisors = 'sainte_lague'";
pub const MODIFIED: &str = "[method.highest_averages]
divisors = { modified_sainte_lague = { first = '7/5' } }";
pub const PLURALITY: &str = "method = 'plurality'";
pub const ABSOLUTE_MAJORITY: &str = "[method.majority]
elects = { share = '1/2', compare = 'more_than', base = 'valid' }
places_per_seat = 2
run_off_tie = 'decide'";
pub const FIFTH: &str = "[method.majority]
elects = { share = '20%', compare = 'at_least', base = 'valid' }
places_per_seat = 2
run_off_tie = 'decide'";

/// A rule from the part that matters, read and checked.
pub fn try_rule(text: &str) -> Result<SeatRule, SeatRefusal> {
    SeatRule::from_toml(&format!("code = 'test'\nlaw = 'a test'\n{text}"))
}

pub fn rule(text: &str) -> SeatRule {
    try_rule(text).unwrap_or_else(|e| panic!("{e}\n{text}"))
}

/// The code of the nth choice: A, B, C ... and beyond Z with the number.
pub fn code(n: usize) -> ChoiceCode {
    let letter = char::from(b'A' + u8::try_from(n % 26).unwrap());
    let text = if n < 26 {
        letter.to_string()
    } else {
        format!("{letter}{}", n / 26)
    };
    ChoiceCode::new(&text).unwrap()
}

pub fn codes(letters: &str) -> Vec<ChoiceCode> {
    letters
        .chars()
        .map(|c| ChoiceCode::new(&c.to_string()).unwrap())
        .collect()
}

/// A contest with one vote a ballot, where every valid ballot names a choice.
pub fn contest(seats: u32, votes: &[u64]) -> SeatInput {
    let choices = votes.iter().enumerate();
    SeatInput {
        seats,
        registered: None,
        cast: None,
        valid: Votes::new(votes.iter().sum()),
        max_choices: 1,
        choices: choices
            .map(|(n, v)| Standing::new(code(n), Votes::new(*v)))
            .collect(),
    }
}

pub fn seats(allotment: &Allotment) -> Vec<u32> {
    allotment.awards.iter().map(|a| a.seats).collect()
}

pub fn allotted(rule: &SeatRule, input: &SeatInput) -> Allotment {
    allot(rule, input, &[]).unwrap_or_else(|e| panic!("{e}"))
}

/// The same without margins, for tests of many thousand cases.
pub fn quickly(rule: &SeatRule, input: &SeatInput) -> Allotment {
    allot_without_margins(rule, input, &[]).unwrap_or_else(|e| panic!("{e}"))
}

pub fn lot(among: &str, drawn: &str) -> Lot {
    Lot {
        among: codes(among),
        drawn: codes(drawn),
    }
}

/// Who is equal, and for how many seats there is room.
pub fn tie(allotment: &Allotment) -> Option<(String, u32)> {
    match &allotment.outcome {
        Outcome::LotNeeded(lot) => Some((joined(&lot.among), lot.seats)),
        _ => None,
    }
}

pub fn joined(choices: &[ChoiceCode]) -> String {
    choices.iter().map(ChoiceCode::as_str).collect()
}

/// The figures of real elections; `None`, said aloud, where they are absent.
pub fn shared_data() -> Option<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    if folder.is_dir() {
        return Some(folder);
    }
    println!("skipped: ../shared/data is absent");
    None
}

/// Numbers that look random and are the same in every run (SplitMix64).
pub struct Numbers(pub u64);

impl Numbers {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// From 0 to `bound - 1`.
    pub fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound
    }
}
