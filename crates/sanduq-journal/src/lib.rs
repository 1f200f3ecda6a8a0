//! Append-only Merkle log with signed checkpoints (C2SP tlog-tiles); depends on nothing of ours.
