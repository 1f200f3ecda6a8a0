//! `contests.{json,csv}`: the contests with their choices in ballot order, and the candidates of
//! each list in list order.

use crate::publication::Edition;
use crate::publication::PublicContest;
use crate::publication::Stamp;
use crate::publication::csv::Table;
use crate::publication::csv::yes_no;
use crate::publication::geography::names;
use serde::Deserialize;
use serde::Serialize;

/// `contests.json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContestsFile {
    /// What the file says about itself.
    pub edition: Stamp,
    /// The contests.
    pub contests: Vec<PublicContest>,
}

impl ContestsFile {
    pub(super) fn of(edition: &Edition) -> Self {
        Self {
            edition: edition.stamp().clone(),
            contests: edition.contests.clone(),
        }
    }

    /// A row for each choice and, below a list, for each of its candidates.
    pub(super) fn csv(&self) -> Vec<u8> {
        let mut table = Table::new(
            &self.edition,
            [
                "contest",
                "unit",
                "seats",
                "max_choices",
                "form",
                "seat_rule",
                "released",
                "certified",
            ]
            .into_iter()
            .chain(["choice_number", "choice", "candidate_number"])
            .chain(["name_ar", "name_fa", "name_fr", "name_en"]),
        );
        for entry in &self.contests {
            for (number, choice) in (1_u64..).zip(&entry.contest.choices) {
                let own = core::iter::once((None, &choice.names));
                let candidates = (1_u64..).map(Some).zip(&choice.candidates);
                for (candidate, name) in own.chain(candidates) {
                    begin(&mut table, entry);
                    table.figure(Some(number)).text(choice.code.as_str());
                    table.figure(candidate);
                    names(&mut table, name);
                    table.end();
                }
            }
        }
        table.into_bytes()
    }
}

fn begin(table: &mut Table, entry: &PublicContest) {
    let contest = &entry.contest;
    table
        .text(contest.code.as_str())
        .text(contest.unit.as_str());
    table
        .figure(Some(contest.seats))
        .figure(Some(contest.max_choices));
    table
        .text(entry.form.as_str())
        .texts(contest.seat_rule.as_ref());
    table
        .text(yes_no(entry.released))
        .text(yes_no(entry.certified));
}
