//! Tests of the public shapes.

use crate::publication::Stamp;
use sanduq_core::id::EventId;

/// The stamp of an edition that is nowhere published.
pub fn stamp() -> Stamp {
    Stamp {
        event: EventId::new("trial").unwrap(),
        snapshot: "3-000000000000".to_owned(),
        at: "2026-10-01T20:00:00Z".parse().unwrap(),
        invented: true,
    }
}
