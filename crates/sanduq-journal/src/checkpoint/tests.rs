//! A real checkpoint with a real cosignature opens; ours print back; no changed bit passes.

use super::*;
use crate::note::WitnessSigner;
use crate::proof::consistency_proof;
use crate::proof::inclusion_proof;
use crate::reference;
use crate::tree::Frontier;
use proptest::prelude::*;

/// A certificate log in service, with the signatures of its log and of four public witnesses.
const PUBLIC: &str = "arche2025h1.staging.ct.transparency.dev
1432088532
U7WM79jrzyhGZ5/GUBTpM7NzwdyfFx61t3RovgcC4Ro=

— arche2025h1.staging.ct.transparency.dev zTM8sQAAAZ5W0WdjBAMARjBEAiBjW5IQf9pvsYLfQFX6hoGREPMHbdQ3\
urbllzalApkptQIgIpwtEroeW2BXaHAI4kJXFbon5Ch9MNL5zRNZ55lvGt0=
— arche2025h1.staging.ct.transparency.dev ui8GwCF1+kWqZrxGdhj4aX3gcw7XUlXQQabg/27lefwhUkzbC3NygNI7\
5MdhL1bfTW9g8Ei59RA23oHP7Ry1k3ZFWwQ=
— transparency.dev/DEV:witness-little-garden 2AQqhwAAAABqEiEgzgFIqqhbUoDwjMWE6UP8nd8/KYTzwZ2rhIgcq\
oXHAwVkjZr4AscylP3v7sEodkRAErumC2q44vdgJY096st5BQ==
— witness1.smartit.nu/witness1 pIyCDwAAAABqEiEghIp82KWebrw7/oHQwlTAm3g2RKS4+eebl8eO0WH+/iEcxZ75W3u\
5hNI7TOQtmJbqmNWVuE0tgh0XwzdZsDsUAQ==
— remora.n621.de 2net5wAAAABqEiEgPlfF3V06o0Y+fHM+J5J9s27wgxxcOVSpZ/2g/KSiXCg9DEZI+aVCIobWX9sXTynk5\
XeU/zZ0WBxtqB0DrAWfBw==
— witness.stagemole.eu Z/euoAAAAABqEiEgw0i+7g2ENfDAWHmtRzCfKTHSDwYDJA2NmKeGi9Y8FtEyOUvVr+AJmIY/2TU\
FucgKi7lI7cUiOvKFYe/TmN9DAg==
";
const PUBLIC_LOG: &str = "arche2025h1.staging.ct.transparency.dev+ba2f06c0+AU0vHmlGCS/PdN8b2OaGmKp\
                          rLI8HKM+dJ472xgFYh15f";
const PUBLIC_WITNESS: &str = "remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2";

fn log() -> LogSigner {
    LogSigner::from_seed("authority.example/journal", &[7; 32]).unwrap()
}

fn witness() -> WitnessSigner {
    WitnessSigner::from_seed("press.example/w1", &[9; 32]).unwrap()
}

fn checkpoint(size: u64) -> Checkpoint {
    let tree: Frontier = reference::leaves(size).into_iter().collect();
    Checkpoint::new("authority.example/journal", size, tree.root()).unwrap()
}

fn published(size: u64) -> Vec<u8> {
    let mut note = checkpoint(size).sign(&log()).unwrap();
    let cosigned = witness().cosign(note.text(), 1_700_000_000).unwrap();
    note.add(cosigned).unwrap();
    note.to_bytes()
}

#[test]
fn a_public_checkpoint_and_its_witness_verify() {
    let log = VerifierKey::parse(PUBLIC_LOG).unwrap();
    let witness = VerifierKey::parse(PUBLIC_WITNESS).unwrap();
    let opened = Checkpoint::open(PUBLIC.as_bytes(), &log, &[witness]).unwrap();
    assert_eq!(opened.checkpoint.size(), 1_432_088_532);
    assert_eq!(
        opened.witnesses,
        [("remora.n621.de".to_owned(), 1_779_573_024)]
    );
    assert_eq!(opened.unknown.len(), 4);
    assert!(PUBLIC.starts_with(&opened.checkpoint.to_string()));
}

#[test]
fn checkpoints_print_back() {
    let root = Hash::of_leaf(b"x").to_base64();
    let empty = Hash::of_empty_log().to_base64();
    for text in [
        format!("a\n0\n{empty}\n"),
        format!("a b+c\n18446744073709551615\n{root}\n"),
        format!("authority.example\n7\n{root}\nfirst line\n— second\n"),
    ] {
        let checkpoint = Checkpoint::parse(&text).unwrap();
        assert_eq!(checkpoint.to_string(), text);
        assert_eq!(checkpoint.extensions().len(), text.lines().count() - 3);
    }
}

#[test]
fn texts_are_refused_by_name() {
    let root = Hash::of_leaf(b"x").to_base64();
    let with_size = |size: &str| format!("a\n{size}\n{root}\n");
    let mut cases = vec![
        (String::new(), CheckpointRefusal::NotLines),
        ("a\n1\n".into(), CheckpointRefusal::NotLines),
        (format!("a\n1\n{root}"), CheckpointRefusal::NotLines),
        (format!("\n1\n{root}\n"), CheckpointRefusal::LineUnfit),
        (format!("a\tb\n1\n{root}\n"), CheckpointRefusal::LineUnfit),
        (format!("a\n1\n{root}\n\n"), CheckpointRefusal::LineUnfit),
        (format!("a\n1\n{root}\nb\r\n"), CheckpointRefusal::LineUnfit),
        (
            format!("a\n1\n{}\n", &root[1..]),
            CheckpointRefusal::RootUnfit,
        ),
        (format!("a\n1\n{root} \n"), CheckpointRefusal::RootUnfit),
        (format!("a\n0\n{root}\n"), CheckpointRefusal::EmptyLogRoot),
    ];
    for size in [
        "",
        "01",
        "+1",
        "-1",
        " 1",
        "1 ",
        "0x1",
        "1_000",
        "18446744073709551616",
        "١",
    ] {
        cases.push((with_size(size), CheckpointRefusal::SizeUnfit));
    }
    for (text, why) in cases {
        assert_eq!(Checkpoint::parse(&text), Err(why), "{text:?}");
    }
    let root = Hash::of_leaf(b"x");
    assert_eq!(
        Checkpoint::new("a\nb", 1, root),
        Err(CheckpointRefusal::LineUnfit)
    );
    assert_eq!(
        Checkpoint::new("a", 0, root),
        Err(CheckpointRefusal::EmptyLogRoot)
    );
}

#[test]
fn only_the_log_can_speak_for_itself() {
    let (log, witness) = (log(), witness());
    let bytes = published(5);
    let opened = Checkpoint::open(&bytes, log.key(), &[witness.key().clone()]).unwrap();
    assert_eq!(opened.checkpoint, checkpoint(5));
    assert_eq!(
        opened.witnesses,
        [("press.example/w1".to_owned(), 1_700_000_000)]
    );
    assert_eq!(opened.unknown, [""; 0]);
    assert_eq!(
        Checkpoint::open(&bytes, log.key(), &[]).unwrap().unknown,
        ["press.example/w1"]
    );

    let text = checkpoint(5).to_string();
    let only_witness = Note::new(&text, vec![witness.cosign(&text, 1).unwrap()]).unwrap();
    let other = LogSigner::from_seed("other.example", &[8; 32]).unwrap();
    let witnesses = [witness.key().clone()];
    let cases = [
        (
            Checkpoint::open(&only_witness.to_bytes(), log.key(), &witnesses),
            CheckpointRefusal::NotSignedByLog.into(),
        ),
        (
            Checkpoint::open(&bytes, other.key(), &[]),
            OpenRefusal::Note(NoteRefusal::NoKnownSignature),
        ),
        (
            Checkpoint::open(
                &checkpoint(5).sign(&other).unwrap().to_bytes(),
                other.key(),
                &[],
            ),
            CheckpointRefusal::OriginDiffers.into(),
        ),
        (
            Checkpoint::open(&bytes, witness.key(), &[]),
            CheckpointRefusal::NotALogKey.into(),
        ),
        (
            Checkpoint::open(&bytes, log.key(), &[other.key().clone()]),
            CheckpointRefusal::NotAWitnessKey.into(),
        ),
    ];
    for (number, (answer, why)) in cases.into_iter().enumerate() {
        assert_eq!(answer, Err(why), "case {number}");
        assert!(!why.code().is_empty() && !why.to_string().is_empty());
    }
}

/// Every bit counts: of the size, of the root, of each signature. A changed name of a witness makes
/// its line one of nobody, which is told.
#[test]
fn no_changed_bit_of_a_checkpoint_passes() {
    let (log, witnesses) = (log(), [witness().key().clone()]);
    let bytes = published(1_000);
    for place in 0..bytes.len() {
        for bit in 0..8 {
            let mut changed = bytes.clone();
            changed[place] ^= 1 << bit;
            match Checkpoint::open(&changed, log.key(), &witnesses) {
                Err(_) => {}
                Ok(opened) => assert_eq!(opened.unknown.len(), 1, "byte {place} bit {bit}"),
            }
        }
    }
}

#[test]
fn proofs_are_checked_against_a_checkpoint() {
    let leaves = &reference::leaves(7)[..];
    let (earlier, later) = (checkpoint(3), checkpoint(7));
    let inclusion = inclusion_proof(leaves, 4, 7).unwrap();
    assert_eq!(
        later.verify_inclusion(&inclusion, 4, &reference::entry(4)),
        Ok(())
    );
    let other = later.verify_inclusion(&inclusion, 4, &reference::entry(5));
    assert_eq!(other, Err(ProofRefusal::RootDiffers));
    let consistency = consistency_proof(leaves, 3, 7).unwrap();
    assert_eq!(later.verify_consistency(&consistency, &earlier), Ok(()));
    assert_eq!(
        earlier.verify_consistency(&consistency, &later),
        Err(ProofRefusal::SizeShrank)
    );
    assert_eq!(later.verify_consistency(&[], &checkpoint(0)), Ok(()));
    let superfluous = later.verify_consistency(&consistency, &checkpoint(0));
    assert_eq!(superfluous, Err(ProofRefusal::WrongLength));
}

proptest! {
    #[test]
    fn what_parses_prints_the_same(
        text in "[a-z+ ]{0,4}\n[0-9]{0,21}\n[A-Za-z0-9+/]{42,43}=\n(\\PC|\n){0,9}",
    ) {
        if let Ok(checkpoint) = Checkpoint::parse(&text) {
            prop_assert_eq!(checkpoint.to_string(), text);
        }
    }

    #[test]
    fn no_text_makes_it_panic(text in "\\PC{0,80}", bytes: Vec<u8>) {
        let _ = Checkpoint::parse(&text);
        prop_assert!(Checkpoint::open(&bytes, log().key(), &[]).is_err());
    }
}
