//! The seats that follow from the sheets that count, and what stands between the votes and the rest
//! of the seats. Always true here: a contest whose seats are not all given is named, with what is
//! needed for it, in the words of the published folder (`seats/*.json`).

use super::adopt::Ground;
use sanduq_core::id::ChoiceCode;
use sanduq_core::id::ContestCode;
use sanduq_core::seats::Allotment;
use sanduq_core::seats::Constituency;
use sanduq_core::seats::Outcome;
use sanduq_core::seats::Prize;
use sanduq_core::seats::SeatRefusal;
use sanduq_core::seats::SeatRule;
use sanduq_core::seats::TieDecision;
use sanduq_core::seats::allot_nation;
use sanduq_count::form::Form;
use sanduq_count::results::Released;
use sanduq_count::results::seat_input;
use serde_json::Value;
use serde_json::json;
use std::collections::BTreeMap;

/// The seats of all contests.
pub struct Seats {
    /// Seats of every choice over all contests, as far as votes decide them.
    pub awards: BTreeMap<ChoiceCode, u32>,
    /// The contests that have other seats than these.
    pub open: Vec<OpenSeats>,
}

impl Seats {
    /// A line for each thing that is needed.
    pub fn needed(&self) -> impl Iterator<Item = String> {
        self.open.iter().flat_map(OpenSeats::lines)
    }
}

/// A contest whose seats are not all given.
pub struct OpenSeats {
    contest: ContestCode,
    outcome: Outcome,
    vacant: u32,
}

/// Seats of every choice over all contests; none where the form names no rule or no seats.
pub fn seats(
    form: &Form,
    ground: &Ground,
    released: &[Released],
    rule: Option<&SeatRule>,
) -> Option<Result<Seats, SeatRefusal>> {
    let rule = rule?;
    let mut constituencies = Vec::new();
    for (contest, figures) in ground.contests.iter().zip(released) {
        if contest.seats == 0 {
            return None;
        }
        constituencies.push(Constituency {
            unit: contest.unit.clone(),
            contest: seat_input(form, contest, &figures.whole())?,
            lots: Vec::new(),
        });
    }
    let allotted = allot_nation(rule, &constituencies).map(|nation| {
        let awards = nation.totals.into_iter();
        let contests = ground.contests.iter().zip(nation.constituencies);
        Seats {
            awards: awards.map(|award| (award.choice, award.seats)).collect(),
            open: contests
                .filter_map(|(contest, (_, allotment))| open(&contest.code, allotment))
                .collect(),
        }
    });
    Some(allotted)
}

/// What is open in a contest; none when all of its seats are given.
fn open(contest: &ContestCode, allotment: Allotment) -> Option<OpenSeats> {
    let complete = allotment.outcome == Outcome::Final && allotment.vacant == 0;
    (!complete).then(|| OpenSeats {
        contest: contest.clone(),
        outcome: allotment.outcome,
        vacant: allotment.vacant,
    })
}

impl OpenSeats {
    /// The object of the contest, with a member for each thing that is needed.
    pub fn json(&self) -> Value {
        let mut object = json!({ "contest": self.contest });
        match &self.outcome {
            Outcome::Final => {}
            Outcome::LotNeeded(lot) => object["lot_needed"] = json!(lot),
            Outcome::RunOff { among, seats } => {
                object["run_off"] = json!({ "among": among, "seats": seats });
            }
            Outcome::NominationsReopen => object["nominations_reopen"] = json!(true),
        }
        if self.vacant > 0 {
            object["vacant"] = json!(self.vacant);
        }
        object
    }

    /// A line for each thing that is needed.
    fn lines(&self) -> Vec<String> {
        let contest = &self.contest;
        let needed = match &self.outcome {
            Outcome::Final => None,
            Outcome::LotNeeded(lot) => {
                let what = match lot.prize {
                    Prize::Seat => "seats",
                    Prize::Keep => "seats to keep",
                    Prize::RunOffPlace => "places in the run-off",
                };
                let by = match lot.decided_by {
                    TieDecision::Lot => "a drawing of lots",
                    TieDecision::Younger => "the younger candidate",
                    TieDecision::Older => "the older candidate",
                    TieDecision::EarlierRegistered => "the earlier registration",
                };
                let (seats, among) = (lot.seats, listed(&lot.among));
                Some(format!(
                    "lot needed in {contest}: {what} {seats}, equal {among}; decided by {by}"
                ))
            }
            Outcome::RunOff { among, seats } => {
                let among = listed(among);
                Some(format!(
                    "run-off in {contest}: seats {seats}, between {among}"
                ))
            }
            Outcome::NominationsReopen => Some(format!("nominations reopen in {contest}")),
        };
        let vacant =
            (self.vacant > 0).then(|| format!("vacant in {contest}: seats {}", self.vacant));
        needed.into_iter().chain(vacant).collect()
    }
}

fn listed(choices: &[ChoiceCode]) -> String {
    let codes: Vec<&str> = choices.iter().map(ChoiceCode::as_str).collect();
    codes.join(", ")
}
