//! Notes of others verify here, ours are theirs byte for byte, and no changed byte passes.

use super::*;
use crate::hash::Hash;
use ed25519_dalek::Verifier;
use proptest::prelude::*;
use sha2::Digest;
use sha2::Sha256;

/// The example of Go's `sumdb/note`, which the specification grew from.
const PETER: &str = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
const PETER_SECRET: &str = "AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
const PETER_TEXT: &str = "If you think cryptography is the answer to your problem,\n\
                          then you don't know what your problem is.\n";
const PETER_LINE: &str = "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1F\
                          FYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

/// The test vector of C2SP `signed-note`.
const FOO: &str = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
const FOO_NOTE: &str = "This is an example message.\n\n\
                        — example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg\
                        1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n";

fn key(vkey: &str) -> VerifierKey {
    VerifierKey::parse(vkey).unwrap()
}

fn log() -> LogSigner {
    LogSigner::from_seed("authority.example/journal", &[7; 32]).unwrap()
}

fn witness() -> WitnessSigner {
    WitnessSigner::from_seed("press.example/w1", &[9; 32]).unwrap()
}

fn signed(text: &str) -> Note {
    let cosigned = witness().cosign(text, 1_700_000_000).unwrap();
    Note::new(text, vec![log().sign(text), cosigned]).unwrap()
}

fn keys() -> Vec<VerifierKey> {
    vec![log().key().clone(), witness().key().clone()]
}

#[test]
fn the_notes_of_others_verify() {
    let cases = [
        (PETER, format!("{PETER_TEXT}\n{PETER_LINE}")),
        (FOO, FOO_NOTE.to_owned()),
    ];
    for (vkey, note) in cases {
        let keys = [key(vkey)];
        assert_eq!(
            (keys[0].kind(), keys[0].to_string()),
            (KeyKind::Log, vkey.to_owned())
        );
        let read = Note::parse(note.as_bytes()).unwrap();
        assert_eq!(read.to_bytes(), note.as_bytes());
        assert_eq!(
            read.verify(&keys),
            Ok(vec![Verified {
                key: &keys[0],
                seen_at: None
            }])
        );
    }
}

#[test]
fn the_same_secret_signs_the_same_bytes() {
    let secret = STANDARD.decode(PETER_SECRET).unwrap();
    let signer = LogSigner::from_seed("PeterNeumann", secret[1..].try_into().unwrap()).unwrap();
    assert_eq!(signer.key().to_string(), PETER);
    assert_eq!(signer.key().id(), 0xc74f_20a3_u32.to_be_bytes());
    assert_eq!(signer.sign(PETER_TEXT).to_string(), PETER_LINE);
    let note = Note::new(PETER_TEXT, vec![signer.sign(PETER_TEXT)]).unwrap();
    assert_eq!(
        note.to_bytes(),
        format!("{PETER_TEXT}\n{PETER_LINE}").into_bytes()
    );
}

#[test]
fn one_secret_has_two_ids_as_log_and_as_witness() {
    let bytes = *log().key().point.as_bytes();
    let [log, witness] = [KeyKind::Log, KeyKind::Witness]
        .map(|kind| VerifierKey::from_bytes("a.example", kind, &bytes).unwrap());
    assert_ne!(log.id(), witness.id());
    assert_eq!(
        [key(&log.to_string()), key(&witness.to_string())],
        [log, witness]
    );
}

#[test]
fn no_part_of_a_key_and_no_changed_byte_is_a_key() {
    for vkey in [PETER.to_owned(), witness().key().to_string()] {
        for start in 0..=vkey.len() {
            for end in start..=vkey.len() {
                let part = &vkey[start..end];
                assert!(part == vkey || VerifierKey::parse(part).is_err(), "{part}");
            }
        }
        for place in 0..vkey.len() {
            for bit in 0..7 {
                let mut bytes = vkey.clone().into_bytes();
                bytes[place] ^= 1 << bit;
                let changed = String::from_utf8(bytes).unwrap();
                assert!(VerifierKey::parse(&changed).is_err(), "{changed}");
            }
        }
    }
}

#[test]
fn keys_are_refused_by_name() {
    let with = |name: &str, kind: u8, point: &[u8]| {
        let hash = Sha256::new_with_prefix(name)
            .chain_update([b'\n', kind])
            .chain_update(point);
        let id = <[u8; 32]>::from(hash.finalize());
        let id = u32::from_be_bytes(*id.first_chunk().unwrap());
        format!(
            "{name}+{id:08x}+{}",
            STANDARD.encode([&[kind], point].concat())
        )
    };
    let point = *log().key().point.as_bytes();
    assert_eq!(with("a.example", 1, &point).parse_key(), Ok(()));
    let cases = [
        (String::new(), KeyRefusal::Malformed),
        ("a.example+0011223+AQ==".into(), KeyRefusal::Malformed),
        ("a.example+0011223344+AQ==".into(), KeyRefusal::Malformed),
        ("a.example+0011223g+AQ==".into(), KeyRefusal::Malformed),
        ("a.example+00112233+".into(), KeyRefusal::Malformed),
        ("a.example+00112233+AQ".into(), KeyRefusal::Malformed),
        (PETER.replace("c74f20a3", "C74F20A3"), KeyRefusal::Malformed),
        (PETER.replace("c74f20a3", "c74f20a4"), KeyRefusal::IdDiffers),
        (PETER.replace("Peter", "Petra"), KeyRefusal::IdDiffers),
        (with("", 1, &point), KeyRefusal::NameUnfit),
        (with("a example", 1, &point), KeyRefusal::NameUnfit),
        (with("a\u{a0}example", 1, &point), KeyRefusal::NameUnfit),
        (with("a\u{1}example", 1, &point), KeyRefusal::NameUnfit),
        (with("a.example", 2, &point), KeyRefusal::KindUnknown),
        (with("a.example", 1, &point[1..]), KeyRefusal::PointUnfit),
        (
            with("a.example", 1, &[&point[..], &[0]].concat()),
            KeyRefusal::PointUnfit,
        ),
        (with("a.example", 1, &[2; 32]), KeyRefusal::PointUnfit),
    ];
    for (text, why) in cases {
        assert_eq!(text.parse_key(), Err(why), "{text}");
    }
    assert!(LogSigner::from_seed("a+b", &[1; 32]).is_err());
    assert!(WitnessSigner::from_seed("", &[1; 32]).is_err());
}

trait ParseKey {
    fn parse_key(&self) -> Result<(), KeyRefusal>;
}

impl ParseKey for String {
    fn parse_key(&self) -> Result<(), KeyRefusal> {
        VerifierKey::parse(self).map(|key| assert_eq!(&key.to_string(), self))
    }
}

/// y = 0, 1, −1 and the two of order eight have few points; p + k and 1 with a sign are second
/// spellings. With such a key one signature could fit many texts, or one key have two names.
#[test]
fn weak_points_and_second_spellings_are_no_keys() {
    let mut p = [0xff; 32];
    (p[0], p[31]) = (0xed, 0x7f);
    let small = |first: u8| {
        let mut bytes = [0; 32];
        bytes[0] = first;
        bytes
    };
    let order_8 = [
        0x26, 0xe8, 0x95, 0x8f, 0xc2, 0xb2, 0x27, 0xb0, 0x45, 0xc3, 0xf4, 0x89, 0xf2, 0xef, 0x98,
        0xf0, 0xd5, 0xdf, 0xac, 0x05, 0xd3, 0xc6, 0x33, 0x39, 0xb1, 0x38, 0x02, 0x88, 0x6d, 0x53,
        0xfc, 0x05,
    ];
    let mut minus_one = p;
    minus_one[0] -= 1;
    let mut signed_one = small(1);
    signed_one[31] = 0x80;
    let mut points = vec![small(0), small(1), minus_one, order_8, signed_one];
    let mut spelled_twice = 0;
    for k in 0..19 {
        let mut bytes = p;
        bytes[0] = 0xed + k;
        let read = VerifyingKey::from_bytes(&bytes);
        spelled_twice += u8::from(read.is_ok_and(|point| !point.is_weak()));
        points.push(bytes);
    }
    assert!(
        spelled_twice > 0,
        "the curve library itself takes second spellings"
    );
    for point in points {
        let key = VerifierKey::from_bytes("a.example", KeyKind::Log, &point);
        assert_eq!(key, Err(KeyRefusal::PointUnfit), "{point:02x?}");
    }
}

/// S and S + L fit the same equation; only the smaller is a signature (RFC 8032 section 5.1.7).
#[test]
fn a_signature_has_one_form() {
    let text = "text\n";
    let mut line = log().sign(text);
    let order = [
        0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde,
        0x14, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
    ];
    let mut carry = 0;
    for (digit, add) in line.bytes[32..].iter_mut().zip(order) {
        let sum = u16::from(*digit) + add + carry;
        (*digit, carry) = ((sum & 0xff) as u8, sum >> 8);
    }
    assert_eq!(carry, 0);
    let note = Note::new(text, vec![line]).unwrap();
    assert_eq!(note.verify(&keys()), Err(NoteRefusal::SignatureWrong));
}

/// The holder of the key can sign with R of small order, S = SHA-512(R ‖ A ‖ text) · a: plain
/// verification takes it, and R tells nothing. Worked out apart from this code.
#[test]
fn a_signature_by_a_small_point_is_refused() {
    let text = "text\n";
    let s = Hash::from_hex("49229976e4ab945a6dd22b3a1e576ee7c6c5884e7bffc29d375e7c8183f41b0e");
    let mut bytes = vec![0; 32];
    bytes[0] = 1;
    bytes.extend(s.unwrap().as_bytes());
    let signature = Signature::from_slice(&bytes).unwrap();
    let log = log();
    assert!(log.key.point.verify(text.as_bytes(), &signature).is_ok());
    let note = Note::new(text, vec![SignatureLine::new(&log.key, bytes)]).unwrap();
    assert_eq!(note.verify(&keys()), Err(NoteRefusal::SignatureWrong));
}

#[test]
fn no_changed_bit_of_a_note_passes() {
    let note = signed("one\n\ntwo\n");
    assert_eq!(note.verify(&keys()).unwrap().len(), 2);
    let bytes = note.to_bytes();
    for place in 0..bytes.len() {
        for bit in 0..8 {
            let mut changed = bytes.clone();
            changed[place] ^= 1 << bit;
            let Ok(read) = Note::parse(&changed) else {
                continue;
            };
            assert_eq!(read.to_bytes(), changed);
            let all = read
                .verify(&keys())
                .is_ok_and(|verified| verified.len() == 2);
            assert!(!all, "byte {place} bit {bit}");
        }
    }
}

#[test]
fn notes_are_refused_by_name() {
    let line = log().sign("text\n").to_string();
    let cut = line.trim_end();
    let cases = [
        (String::new(), NoteRefusal::NotSigned),
        ("text\n".into(), NoteRefusal::NotSigned),
        (format!("text\n{line}"), NoteRefusal::NotSigned),
        (format!("text\n\n{cut}"), NoteRefusal::NotSigned),
        (format!("text\n\n{line}\n"), NoteRefusal::NotSigned),
        ("text\n\n\n".into(), NoteRefusal::NotSigned),
        (format!("te\txt\n\n{line}"), NoteRefusal::ControlCharacter),
        (format!("text\r\n\n{line}"), NoteRefusal::ControlCharacter),
        (
            format!("text\n\n{}", line.repeat(101)),
            NoteRefusal::TooManySignatures,
        ),
        (
            format!("text\n\n{}", line.replace('—', "-")),
            NoteRefusal::LineMalformed,
        ),
        (
            format!("text\n\n{}", line.replace("— ", "—")),
            NoteRefusal::LineMalformed,
        ),
        ("text\n\n— name\n".into(), NoteRefusal::LineMalformed),
        ("text\n\n—  AAAAAAA=\n".into(), NoteRefusal::LineMalformed),
        (
            "text\n\n— a+b AAAAAAA=\n".into(),
            NoteRefusal::LineMalformed,
        ),
        (
            "text\n\n— name AAAAAA==\n".into(),
            NoteRefusal::SignatureNotBase64,
        ),
        (
            "text\n\n— name AAAAAAB=\n".into(),
            NoteRefusal::SignatureNotBase64,
        ),
        (
            "text\n\n— name AAAAAAA\n".into(),
            NoteRefusal::SignatureNotBase64,
        ),
        (format!("text\n\n{cut} \n"), NoteRefusal::SignatureNotBase64),
        ("x".repeat(MAX_NOTE_LEN + 1), NoteRefusal::TooLong),
    ];
    for (note, why) in cases {
        assert_eq!(Note::parse(note.as_bytes()), Err(why), "{note:.200}");
    }
    assert_eq!(Note::parse(b"te\xff\n\n"), Err(NoteRefusal::NotUtf8));
    assert!(Note::parse(format!("text\n\n{}", line.repeat(100)).as_bytes()).is_ok());
    for text in ["", "text", "te\rxt\n"] {
        assert!(Note::new(text, vec![log().sign(text)]).is_err(), "{text:?}");
    }
    assert_eq!(Note::new("text\n", Vec::new()), Err(NoteRefusal::NotSigned));
    // A text without its last newline, which would lose its last line to the signatures.
    let unended = "text\n\n— name AAAAAAA=";
    let note = Note::new(unended, vec![log().sign(unended)]);
    assert_eq!(note, Err(NoteRefusal::NotSigned));
}

#[test]
fn signatures_are_judged_by_name() {
    let other = LogSigner::from_seed("other.example", &[8; 32]).unwrap();
    let unknown = Note::new("text\n", vec![other.sign("text\n")]).unwrap();
    assert_eq!(unknown.verify(&keys()), Err(NoteRefusal::NoKnownSignature));
    assert_eq!(
        unknown.unknown(&keys()).map(SignatureLine::name).next(),
        Some("other.example")
    );

    let mut both = signed("text\n");
    both.add(other.sign("another text\n")).unwrap();
    let verified = both
        .verify(&keys())
        .unwrap()
        .iter()
        .map(|v| v.seen_at)
        .collect::<Vec<_>>();
    assert_eq!(
        verified,
        [None, Some(1_700_000_000)],
        "an unknown line is passed over"
    );
    let known = [keys(), vec![other.key().clone()]].concat();
    assert_eq!(
        both.verify(&known),
        Err(NoteRefusal::SignatureWrong),
        "a known one is not"
    );
    assert_eq!(both.unknown(&known).count(), 0);

    let mut twice = signed("text\n");
    twice.add(log().sign("text\n")).unwrap();
    assert_eq!(twice.verify(&keys()), Err(NoteRefusal::SignatureRepeated));

    let mut double = keys()[0].clone();
    double.point = *other.key().clone().point();
    let ambiguous = signed("text\n").verify(&[keys()[0].clone(), double]).err();
    assert_eq!(ambiguous, Some(NoteRefusal::KeyAmbiguous));

    let mut full = signed("text\n");
    while full.signatures().len() < MAX_SIGNATURES {
        full.add(other.sign("text\n")).unwrap();
    }
    assert_eq!(
        full.add(other.sign("text\n")),
        Err(NoteRefusal::TooManySignatures)
    );
}

#[test]
fn a_witness_signs_the_time_too() {
    let text = "text\n";
    let at = |seconds: u64| {
        let mut line = witness().cosign(text, 1_700_000_000).unwrap();
        line.bytes[..8].copy_from_slice(&seconds.to_be_bytes());
        Note::new(text, vec![line]).unwrap()
    };
    assert!(at(1_700_000_000).verify(&keys()).is_ok());
    for seconds in [1_700_000_001, 0, 1 << 63, u64::MAX] {
        assert_eq!(
            at(seconds).verify(&keys()),
            Err(NoteRefusal::SignatureWrong),
            "{seconds}"
        );
    }
    assert_eq!(witness().cosign(text, 1 << 63), None);
    assert!(witness().cosign(text, (1 << 63) - 1).is_some());
}

impl VerifierKey {
    fn point(&self) -> &VerifyingKey {
        &self.point
    }
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        if let Ok(note) = Note::parse(&bytes) {
            prop_assert_eq!(note.to_bytes(), bytes);
        }
    }

    #[test]
    fn what_parses_prints_the_same(text in "(— |\\n|name|[ -~]|é|AAAAAAA=){0,30}") {
        if let Ok(note) = Note::parse(text.as_bytes()) {
            prop_assert_eq!(note.to_bytes(), text.as_bytes());
        }
        if let Ok(key) = VerifierKey::parse(&text) {
            prop_assert_eq!(key.to_string(), text);
        }
    }
}
