//! A proof file proves its entry and no other; whatever is changed in it is found.

use super::*;
use crate::note::LogSigner;
use crate::proof::inclusion_proof;
use crate::reference::entry;
use crate::reference::leaves;
use crate::tree::Frontier;

fn signer() -> LogSigner {
    LogSigner::from_seed("authority.example/journal", &[7; 32]).unwrap()
}

fn file(index: u64, size: u64) -> ProofFile {
    let leaves = leaves(size);
    let root = leaves.iter().copied().collect::<Frontier>().root();
    let checkpoint = Checkpoint::new("authority.example/journal", size, root).unwrap();
    ProofFile {
        index,
        entry: entry(index),
        path: inclusion_proof(leaves.as_slice(), index, size).unwrap(),
        checkpoint: checkpoint.sign(&signer()).unwrap().to_bytes(),
    }
}

#[test]
fn every_entry_of_every_small_log_is_proved() {
    for size in 1..=20 {
        for index in 0..size {
            let bytes = file(index, size).to_bytes();
            let read = ProofFile::parse(&bytes).unwrap();
            assert_eq!(read.to_bytes(), bytes);
            let opened = read.verify(signer().key()).unwrap();
            assert_eq!(opened.checkpoint.size(), size);
        }
    }
}

#[test]
fn the_file_is_that_of_the_specification() {
    let text = String::from_utf8(file(2, 3).to_bytes()).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[0], "c2sp.org/tlog-proof@v1");
    assert_eq!(lines[1], "extra Mg==");
    assert_eq!(lines[2], "index 2");
    assert_eq!(lines[4..7], ["", "authority.example/journal", "3"]);
    assert_eq!(lines[8], "");
    assert!(lines[9].starts_with("— authority.example/journal "));
}

#[test]
fn a_proof_of_a_log_of_ten_million_is_small() {
    let proof = ProofFile {
        index: 5_000_000,
        entry: vec![b'x'; 400],
        path: vec![Hash::of_leaf(b""); 24],
        ..file(0, 1)
    };
    assert!(
        proof.to_bytes().len() <= 2 * 1024,
        "{}",
        proof.to_bytes().len()
    );
}

#[test]
fn every_changed_byte_is_found() {
    let bytes = file(5, 11).to_bytes();
    for place in 0..bytes.len() {
        for change in [1, 0x20] {
            let mut damaged = bytes.clone();
            damaged[place] ^= change;
            let proved = ProofFile::parse(&damaged)
                .map_err(FileRefusal::File)
                .and_then(|file| file.verify(signer().key()));
            assert!(proved.is_err(), "byte {place} changed by {change}");
        }
    }
    for length in 0..bytes.len() {
        let cut = ProofFile::parse(&bytes[..length])
            .map_err(FileRefusal::File)
            .and_then(|file| file.verify(signer().key()));
        assert!(cut.is_err(), "cut at {length}");
    }
}

#[test]
fn what_does_not_prove_is_refused_by_name() {
    let good = file(5, 11);
    let other = LogSigner::from_seed("authority.example/journal", &[8; 32]).unwrap();
    let of = |change: &dyn Fn(&mut ProofFile)| {
        let mut file = good.clone();
        change(&mut file);
        let read = ProofFile::parse(&file.to_bytes()).unwrap();
        read.verify(signer().key())
            .map(|_| ())
            .map_err(FileRefusal::code)
    };
    assert_eq!(of(&|_| {}), Ok(()));
    assert_eq!(of(&|file| file.index = 4), Err("proof.root_differs"));
    assert_eq!(of(&|file| file.index = 11), Err("proof.index_outside"));
    assert_eq!(of(&|file| file.entry.push(b'x')), Err("proof.root_differs"));
    assert_eq!(of(&|file| file.path.truncate(1)), Err("proof.wrong_length"));
    let of_another = file(5, 12).checkpoint;
    let forged = |file: &mut ProofFile| file.checkpoint.clone_from(&of_another);
    assert!(of(&forged).is_err(), "the checkpoint of another size");
    assert_eq!(
        good.verify(other.key()).unwrap_err().code(),
        "note.no_known_signature"
    );
    for (text, code) in [
        ("", "proof_file.header"),
        ("c2sp.org/tlog-proof@v2\n", "proof_file.header"),
        (
            "c2sp.org/tlog-proof@v1\nindex 0\n\nx\n",
            "proof_file.no_entry",
        ),
        ("c2sp.org/tlog-proof@v1\nextra Mg=\n", "proof_file.no_entry"),
        (
            "c2sp.org/tlog-proof@v1\nextra Mg==\nindex 01\n",
            "proof_file.index",
        ),
        (
            "c2sp.org/tlog-proof@v1\nextra Mg==\nindex 1\nx\n",
            "proof_file.path",
        ),
        (
            "c2sp.org/tlog-proof@v1\nextra Mg==\nindex 1\n",
            "proof_file.no_checkpoint",
        ),
        (
            "c2sp.org/tlog-proof@v1\nextra Mg==\nindex 1\n\n",
            "proof_file.no_checkpoint",
        ),
    ] {
        let refusal = ProofFile::parse(text.as_bytes()).unwrap_err();
        assert_eq!(refusal.code(), code, "{text:?}");
    }
}
