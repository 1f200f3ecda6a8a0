//! What waits for a second person, for those who may answer it. Always true here: each answer names
//! the proposal that was shown by its digest.

use crate::page::Page;
use askama::Template;
use jiff::Timestamp;
use sanduq_core::id::ActorId;
use sanduq_journal::hash::Hash;
use sanduq_operations::second_person::Matter;
use sanduq_operations::second_person::WAITS;
use sanduq_store::proposal::Proposal;

/// The digest of a proposal: all that was before whoever answers.
#[must_use]
pub fn digest(proposal: &Proposal) -> String {
    let account = &proposal.account;
    let unit = account.unit.as_ref().map_or("", |unit| unit.as_str());
    let parts = [
        proposal.matter.code(),
        account.id.as_str(),
        account.role.code(),
        unit,
        account.locale.tag(),
        proposal.by.as_str(),
        &proposal.at.to_string(),
    ];
    Hash::of_bytes(parts.join("\n").as_bytes()).to_string()
}

/// A proposal as it is shown.
pub struct Row<'a> {
    proposal: &'a Proposal,
    digest: String,
    /// Whether the reader proposed it, or it is about them.
    own: bool,
    void: bool,
}

/// What waits for a second person.
#[derive(Template)]
#[template(path = "staff/waiting.html")]
pub struct Waiting<'a> {
    /// The page it stands on.
    pub page: &'a Page,
    /// What waits.
    pub rows: Vec<Row<'a>>,
    /// Whether nobody but the reader administers here.
    pub alone: bool,
}

impl<'a> Waiting<'a> {
    /// The proposals as `reader` sees them at `now`, of whom there are `administrators`.
    #[must_use]
    pub fn new(
        page: &'a Page,
        proposals: &'a [Proposal],
        (reader, now): (&ActorId, Timestamp),
        administrators: u64,
    ) -> Self {
        let row = |proposal: &'a Proposal| Row {
            proposal,
            digest: digest(proposal),
            own: proposal.by == *reader || proposal.account.id == *reader,
            void: now.duration_since(proposal.at) >= WAITS,
        };
        Self {
            page,
            rows: proposals.iter().map(row).collect(),
            alone: administrators < 2,
        }
    }

    fn what(&self, row: &Row<'_>) -> String {
        self.page.t(match row.proposal.matter {
            Matter::Enrol => "second-enrol",
            Matter::Reset => "second-reset",
        })
    }
}
