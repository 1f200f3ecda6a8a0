//! What an import answers: one JSON object, or the same as a page of text.
//!
//! `totals` are the sums over every sheet as it came in, accepted or quarantined, and as often as
//! it came, so that they can be compared with the figures that were announced; `accepted_totals`
//! are those of the sheets that count, and nothing else is ever published (INV-24). Seats follow
//! from the sheets that count.

use super::adopt::Ground;
use super::batch::Batch;
use super::batch::Stand;
use super::judge::Judged;
use super::seats::OpenSeats;
use super::seats::Seats;
use crate::progress::grouped;
use sanduq_core::count::Votes;
use sanduq_core::id::ChoiceCode;
use sanduq_core::names::Locale;
use sanduq_core::seats::SeatRefusal;
use sanduq_count::form::Form;
use sanduq_count::results::Released;
use sanduq_store::journal::Head;
use serde_json::Map;
use serde_json::Value;
use serde_json::json;
use std::collections::BTreeMap;

/// How many places are shown of what there may be many.
const SHOWN: usize = 50;

/// Why no sum of the report can be too large.
const BOUNDED: &str = "the sum of everything was refused as it was read if it was too large";

/// Everything a report is made of.
pub struct Report<'a> {
    pub form: &'a Form,
    pub ground: &'a Ground,
    pub batch: &'a Batch,
    pub judged: &'a Judged,
    pub released: &'a [Released],
    pub seats: Option<Result<Seats, SeatRefusal>>,
    pub head: Option<&'a Head>,
    pub milliseconds: Vec<(&'static str, u64)>,
}

/// The most memory that the program has held so far, in KiB, where the system tells it.
fn peak_kib() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

impl Report<'_> {
    /// The object that `--json` prints.
    pub fn json(&self) -> Value {
        let batch = self.batch;
        let mut object = Map::new();
        let mut put = |key: &str, value: Value| object.insert(key.to_owned(), value);
        put("form", json!(self.form.code));
        put("event", json!(self.ground.event.event));
        put("sheets", json!(batch.rows()));
        put("accepted", json!(self.judged.accepted));
        put("quarantined", json!(self.judged.quarantined));
        put("repeated", json!(batch.repeated.len()));
        put("failures", self.failures());
        put("totals", self.fields(&batch.received));
        put("accepted_totals", self.fields(&self.accepted()));
        put("choices", self.choices());
        match &self.seats {
            Some(Ok(seats)) => {
                let awards = seats.awards.iter().filter(|(_, seats)| **seats > 0);
                let awards = awards.map(|(choice, n)| (choice.to_string(), json!(n)));
                put("seats", awards.collect());
                let open: Vec<Value> = seats.open.iter().map(OpenSeats::json).collect();
                put("open_seats", json!(open))
            }
            Some(Err(refusal)) => put("seats_refused", json!(refusal.to_string())),
            None => None,
        };
        put("contests", json!(self.ground.contests.len()));
        put("units", json!(self.ground.geography.units().len()));
        put("stations", json!(self.ground.geography.stations().count()));
        put("total_rows", self.total_rows());
        put("passed_over", json!(batch.passed_over));
        put("notes", self.notes());
        put(
            "repeated_at",
            self.stands(batch.repeated.iter().map(|(first, at)| (*first, *at))),
        );
        let conflicts = batch
            .conflicts
            .iter()
            .map(|second| (second.first, second.stand));
        put("conflicts_at", self.stands(conflicts));
        if let Some(head) = self.head {
            let root = head.root.to_string();
            put("journal", json!({ "size": head.size, "root": root }));
        }
        let times = self
            .milliseconds
            .iter()
            .map(|(stage, ms)| ((*stage).to_owned(), json!(ms)));
        put("milliseconds", Value::Object(times.collect()));
        put("peak_kib", json!(peak_kib()));
        Value::Object(object)
    }

    /// Every check of the form with its failing sheets, none or many, and what else failed.
    fn failures(&self) -> Value {
        let mut failures: Map<String, Value> = Map::new();
        for check in &self.form.checks {
            failures.insert(check.code.clone(), json!(0));
        }
        for (code, sheets) in &self.judged.failures {
            failures.insert(code.clone(), json!(sheets));
        }
        Value::Object(failures)
    }

    fn fields(&self, sums: &[Votes]) -> Value {
        let fields = self.form.fields.iter().zip(sums);
        Value::Object(
            fields
                .map(|(f, sum)| (f.code.to_string(), json!(sum)))
                .collect(),
        )
    }

    /// Sums of the fields over the sheets that count.
    fn accepted(&self) -> Vec<Votes> {
        let mut sums = vec![Votes::ZERO; self.form.fields.len()];
        for whole in self.released.iter().map(Released::whole) {
            for (sum, votes) in sums.iter_mut().zip(&whole.fields) {
                *sum = sum.plus(*votes).expect(BOUNDED);
            }
        }
        sums
    }

    /// Every choice with its votes, as received and as accepted, those of one code together.
    fn choices(&self) -> Value {
        let mut order: Vec<&ChoiceCode> = Vec::new();
        let mut votes: BTreeMap<&ChoiceCode, (&str, Votes, Votes)> = BTreeMap::new();
        for ((asked, contest), figures) in self
            .batch
            .contests
            .iter()
            .zip(&self.ground.contests)
            .zip(self.released)
        {
            let accepted = figures.whole().choices;
            for ((choice, received), accepted) in
                contest.choices.iter().zip(&asked.received).zip(accepted)
            {
                let sums = votes.entry(&choice.code).or_insert_with(|| {
                    order.push(&choice.code);
                    (choice.names.in_locale(Locale::Ar), Votes::ZERO, Votes::ZERO)
                });
                sums.1 = sums.1.plus(*received).expect(BOUNDED);
                sums.2 = sums.2.plus(accepted).expect(BOUNDED);
            }
        }
        let line = |code: &ChoiceCode| {
            let (name, received, accepted) = votes[code];
            json!({ "code": code, "name": name, "votes": received, "accepted": accepted })
        };
        order.into_iter().map(line).collect()
    }

    fn total_rows(&self) -> Value {
        let (compared, differing) = &self.batch.total_rows;
        let row = |differing: &super::batch::Misstated| {
            json!({
                "place": differing.place.to_string(),
                "stated": differing.stated,
                "computed": differing.computed,
            })
        };
        let differing: Vec<Value> = differing.iter().map(row).collect();
        json!({ "compared": compared, "differing": differing })
    }

    fn notes(&self) -> Value {
        let note = |(code, _, noted): &(String, _, super::batch::Noted)| {
            let counts = json!({
                "read": noted.read,
                "empty": noted.empty,
                "doubtful": noted.doubtful,
            });
            (code.clone(), counts)
        };
        Value::Object(self.batch.notes.iter().map(note).collect())
    }

    /// Places of sheets that came again: the first fifty, each with the place of the first one.
    fn stands(&self, again: impl Iterator<Item = (usize, Stand)>) -> Value {
        let place = |(first, stand): (usize, Stand)| {
            let first = &self.batch.sheets[first];
            json!({
                "station": self.batch.units.code(first.station),
                "place": self.batch.place(stand).to_string(),
                "first": self.batch.place(first.stand).to_string(),
            })
        };
        again.take(SHOWN).map(place).collect()
    }

    /// The page of text.
    pub fn text(&self) -> String {
        let mut out = String::new();
        let mut line = |name: &str, value: Option<String>| {
            let line = value.map_or_else(
                || format!("{name}\n"),
                |value| format!("{name:<28} {value:>16}\n"),
            );
            out.push_str(&line);
        };
        let count = |n: usize| Some(grouped(u64::try_from(n).unwrap_or(u64::MAX)));
        line("sheets", count(self.batch.rows()));
        line("accepted", Some(grouped(self.judged.accepted)));
        line("quarantined", Some(grouped(self.judged.quarantined)));
        for (code, sheets) in &self.judged.failures {
            line(&format!("  failing {code}"), Some(grouped(*sheets)));
        }
        line(
            "sums of all sheets as they came in, quarantined and repeated ones too",
            None,
        );
        for (field, sum) in self.form.fields.iter().zip(&self.batch.received) {
            line(
                &format!("  came in {}", field.code),
                Some(grouped(sum.get())),
            );
        }
        line(
            "sums of the accepted sheets, the only ones that count",
            None,
        );
        for (field, sum) in self.form.fields.iter().zip(self.accepted()) {
            line(
                &format!("  accepted {}", field.code),
                Some(grouped(sum.get())),
            );
        }
        for seats in self.seats.iter().flatten() {
            for (choice, seats) in seats.awards.iter().filter(|(_, seats)| **seats > 0) {
                line(&format!("seats {choice}"), Some(grouped(u64::from(*seats))));
            }
            seats.needed().for_each(|needed| line(&needed, None));
        }
        if let Some(Err(refusal)) = &self.seats {
            line("seats refused", Some(refusal.to_string()));
        }
        for name in &self.batch.passed_over {
            line("not read: no table", Some(name.clone()));
        }
        for differing in &self.batch.total_rows.1 {
            let figures = format!(
                "{} / {}",
                grouped(differing.stated.get()),
                grouped(differing.computed.get())
            );
            line(
                "total row states / is",
                Some(format!("{figures} at {}", differing.place)),
            );
        }
        out
    }
}
