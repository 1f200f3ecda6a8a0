//! Rolls that are made here: electors who have nothing to do with each other, so that how rare a
//! name or a day is means something, and some of them twice.

use crate::matching::HEADER;

const GIVEN: [&str; 10] = [
    "محمد", "أحمد", "حسن", "حسين", "مريم", "مرام", "هدى", "ندى", "يوسف", "عمر",
];

const FAMILY: [&str; 7] = [
    "حجازي",
    "الشناوي",
    "البدوي",
    "عبد العال",
    "عزب",
    "فودة",
    "رمضان",
];

/// Numbers that look drawn and are the same in every run.
struct Draw(u64);

impl Draw {
    fn below(&mut self, bound: u64) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % bound).unwrap()
    }
}

/// The right check digit behind thirteen digits.
pub fn numbered(body: &str) -> String {
    let weights = [2, 7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2];
    let digits = body.bytes().zip(weights);
    let sum: u32 = digits.map(|(digit, by)| u32::from(digit - b'0') * by).sum();
    format!("{body}{}", (11 - sum % 11) % 10)
}

/// So many electors under the ids from `from` on, without a heading.
pub fn electors(seed: u64, from: u64, count: u64) -> Vec<String> {
    let mut draw = Draw(seed);
    let elector = |id: u64| {
        let mut name = || GIVEN[draw.below(10)];
        let names = [name(), name(), name()].join(",");
        let family = FAMILY[draw.below(7)];
        let (year, month, day) = (
            1940 + draw.below(60),
            1 + draw.below(12),
            1 + draw.below(28),
        );
        let (place, serial) = (11 + draw.below(20), draw.below(10_000));
        let short = year % 100;
        let number = numbered(&format!(
            "2{short:02}{month:02}{day:02}{place:02}{serial:04}"
        ));
        format!("{id},{names},{family},M,{year}-{month:02}-{day:02},{place:02},{number}")
    };
    (from..from + count).map(elector).collect()
}

/// The same elector under another id.
pub fn again(row: &str, id: u64) -> String {
    let (_, rest) = row.split_once(',').unwrap();
    format!("{id},{rest}")
}

/// The same without the number, and with the day of birth a month later.
pub fn blurred(row: &str, id: u64) -> String {
    let mut fields: Vec<&str> = row.split(',').collect();
    let id = id.to_string();
    fields[0] = &id;
    fields[8] = "";
    let date = fields[6].replace("-03-", "-04-");
    fields[6] = &date;
    fields.join(",")
}

/// Rows with their heading.
pub fn text(rows: &[String]) -> String {
    format!("{HEADER}{}\n", rows.join("\n"))
}

/// A roll on which every tenth elector stands again, every twentieth of them blurred.
pub fn roll(seed: u64, count: u64) -> Vec<String> {
    let mut rows = electors(seed, 0, count);
    let doubles: Vec<String> = (count..)
        .zip(rows.iter().step_by(10))
        .map(|(id, row)| {
            let write = if id % 2 == 0 { again } else { blurred };
            write(row, id)
        })
        .collect();
    rows.extend(doubles);
    rows
}
