//! The people and things that run the election: staff, readiness, turnout.
