//! The journal of an election: an append-only Merkle log with signed checkpoints.
//!
//! The trees are those of RFC 6962 and RFC 9162 over SHA-256, the files are those of C2SP
//! `tlog-tiles`, the signatures those of C2SP `tlog-checkpoint`, `signed-note` and
//! `tlog-cosignature` over Ed25519, so that tools of other makers read them.
//!
//! What is always true here: no file, clock or lot is touched; bytes that are not in the one
//! canonical form are refused, so that what was read and printed again is byte for byte the same;
//! every refusal has a stable code. The modules stand in flow order and each uses only those above.
//!
//! ```
//! use sanduq_journal::checkpoint::Checkpoint;
//! use sanduq_journal::hash::Hash;
//! use sanduq_journal::note::LogSigner;
//! use sanduq_journal::tree::Frontier;
//!
//! let mut log = Frontier::default();
//! log.append(Hash::of_leaf(b"the roll was frozen"));
//! log.append(Hash::of_leaf(b"the count was opened"));
//!
//! let signer = LogSigner::from_seed("authority.example/journal", &[7; 32]).expect("a fit name");
//! let checkpoint = Checkpoint::new(signer.key().name(), log.size(), log.root()).expect("fit");
//! let published = checkpoint.sign(&signer).expect("a short text").to_bytes();
//!
//! let opened = Checkpoint::open(&published, signer.key(), &[]).expect("signed by the authority");
//! assert_eq!(opened.checkpoint.size(), 2);
//! ```

mod refusal;
pub mod hash;
#[cfg(test)]
mod reference;
pub mod tree;
pub mod proof;
pub mod note;
pub mod checkpoint;
pub mod tlog_proof;
pub mod tiles;
pub mod tile_writer;
pub mod tile_reader;
