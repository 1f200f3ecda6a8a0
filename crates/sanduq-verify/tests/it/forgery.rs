//! An insider forges.

#[test]
fn placeholder() {}
