//! The key ceremony of a group of trustees of whom a threshold is enough (distributed key
//! generation after Pedersen; Belenios specification, "Threshold decryption").
//!
//! ```text
//! certificates ─▶ Roster
//!   Commitment: a hash of the coefficients' powers        (all of them before any is revealed)
//!   Reveal:     the powers, knowledge of the first secret, a sealed share for each member
//!   Review:     complaints, each of which opens the share that does not fit
//!   judge ─▶ someone excluded: a new ceremony of the others  (Roster::without)
//!         └▶ nobody:
//!   Confirmation: the member's verification key ─▶ conclude ─▶ Pedersen, as in trustees.json
//! ```
//!
//! Each step is a signed file that a person carries. What is always true here: nobody sees another
//! one's coefficients before being bound to its own, so that nobody steers the key; every step
//! names what its author saw of the step before, so that showing files of one step differently to
//! different people is found; who is excluded follows from the files by rule, the same for
//! everybody; no single member ever holds the key. One who sees the others' coefficients and then
//! fails on purpose makes the ceremony begin anew without it: it gains that, and is gone.

mod confirmation;
mod dealing;
mod keys;
mod polynomial;
mod refusal;
mod review;
mod roster;
mod share;
mod step;
#[cfg(test)]
mod tests;

pub use crate::ceremony::confirmation::Confirmation;
pub use crate::ceremony::confirmation::Confirmed;
pub use crate::ceremony::confirmation::conclude;
pub use crate::ceremony::confirmation::confirm;
pub use crate::ceremony::dealing::Commitment;
pub use crate::ceremony::dealing::Reveal;
pub use crate::ceremony::dealing::commit;
pub use crate::ceremony::dealing::reveal;
pub use crate::ceremony::keys::MemberKeys;
pub use crate::ceremony::polynomial::Polynomial;
pub use crate::ceremony::refusal::CeremonyRefusal;
pub use crate::ceremony::review::Complaint;
pub use crate::ceremony::review::Review;
pub use crate::ceremony::review::Verdict;
pub use crate::ceremony::review::judge;
pub use crate::ceremony::review::review;
pub use crate::ceremony::roster::Roster;
pub use crate::ceremony::share::SealedShare;
pub use crate::ceremony::step::Content;
pub use crate::ceremony::step::Head;
pub use crate::ceremony::step::Round;
pub use crate::ceremony::step::Step;
