//! The objects of the standard that we write, member by member in a fixed order. Counts are written
//! while they are made: a nation's counts never stand in memory as JSON.

use serde::Serialize;
use serde::Serializer;
use serde_json::Value;

/// A list that is written while it is made: a nation's counts never stand in memory as JSON.
pub(super) struct List<I>(pub(super) I);

impl<I: Iterator<Item: Serialize> + Clone> Serialize for List<I> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.clone())
    }
}

#[derive(Clone, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct VoteCounts<'a> {
    #[serde(rename = "@type")]
    pub(super) kind: &'static str,
    pub(super) count: u64,
    pub(super) gp_unit_id: &'a str,
    pub(super) r#type: &'static str,
}

impl<'a> VoteCounts<'a> {
    pub(super) const fn new(unit: &'a str, r#type: &'static str, count: u64) -> Self {
        Self {
            kind: "ElectionResults.VoteCounts",
            count,
            gp_unit_id: unit,
            r#type,
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct BallotCounts<'a> {
    #[serde(rename = "@type")]
    pub(super) kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) ballots_cast: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) ballots_rejected: Option<u64>,
    pub(super) gp_unit_id: &'a str,
    pub(super) r#type: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct OtherCounts<'a> {
    #[serde(rename = "@type")]
    pub(super) kind: &'static str,
    pub(super) gp_unit_id: &'a str,
    pub(super) undervotes: u64,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Selection<V> {
    #[serde(rename = "@type")]
    pub(super) kind: &'static str,
    #[serde(rename = "@id")]
    pub(super) id: String,
    pub(super) sequence_order: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) candidate_ids: Option<[String; 1]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) party_ids: Option<[String; 1]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) selection: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) vote_counts: Option<V>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct ContestObject<'a, S, O> {
    #[serde(rename = "@type")]
    pub(super) kind: &'static str,
    #[serde(rename = "@id")]
    pub(super) id: String,
    pub(super) name: &'a str,
    pub(super) election_district_id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) votes_allowed: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) number_elected: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) office_ids: Option<[String; 1]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) r#type: Option<&'static str>,
    pub(super) vote_variation: &'static str,
    pub(super) sub_units_reported: u64,
    pub(super) total_sub_units: u64,
    pub(super) count_status: [Value; 1],
    pub(super) contest_selection: S,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) other_counts: Option<O>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Election<C, B> {
    #[serde(rename = "@type")]
    pub(super) kind: &'static str,
    pub(super) name: Value,
    pub(super) r#type: &'static str,
    pub(super) start_date: String,
    pub(super) end_date: String,
    pub(super) election_scope_id: String,
    pub(super) candidate: Vec<Value>,
    pub(super) contest: [C; 1],
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) ballot_counts: Option<B>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Report<G, E> {
    #[serde(rename = "@type")]
    pub(super) kind: &'static str,
    pub(super) format: &'static str,
    pub(super) generated_date: String,
    pub(super) issuer: String,
    pub(super) issuer_abbreviation: String,
    pub(super) is_test: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) test_type: Option<&'static str>,
    pub(super) notes: String,
    pub(super) sequence_start: u32,
    pub(super) sequence_end: u32,
    pub(super) status: &'static str,
    pub(super) vendor_application_id: &'static str,
    pub(super) external_identifier: [Value; 1],
    pub(super) gp_unit: G,
    pub(super) office: Vec<Value>,
    pub(super) party: Vec<Value>,
    pub(super) election: [E; 1],
}
