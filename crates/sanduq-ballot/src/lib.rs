//! The verifiable remote ballot: the Belenios protocol, crypto version 1.
//!
//! Voters encrypt, anyone verifies: this crate makes and checks every object of an election that is
//! published as a Belenios archive, byte for byte, in one of three groups. Equations are those of
//! the Belenios specification; what ours asks for beyond it is said where it is asked.
//!
//! What is always true here: no file, clock or lot is touched, chance is an argument; bytes that
//! are not in the one canonical form are refused; every refusal has a stable code. The modules
//! stand in flow order and each uses only those above.

pub mod refusal;
pub mod group;
pub mod hash;
pub mod chance;
pub mod json;
pub mod encryption;
pub mod proof;
pub mod bound;
pub mod question;
pub mod election;
pub mod credential;
pub mod trustees;
pub mod ceremony;
pub mod ballot;
pub mod hints;
pub mod tally;
pub mod shuffle;
pub mod decryption;
pub mod result;
pub mod archive;
pub mod events;
pub mod sidecar;
pub mod board;
pub mod verify;
pub mod reopened;
pub mod sealing;
pub mod casting;
