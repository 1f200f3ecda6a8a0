//! Votes: form, sheet, results, audit, publication.
