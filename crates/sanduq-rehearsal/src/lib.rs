//! An invented nation from a seed, driven through a whole election.
