//! Makes the archive and the sidecar of an election with so many ballots of ten candidates, and
//! measures their check and their tally: `ballot_archive make ed25519|belenios-2048 BALLOTS
//! FOLDER`, `ballot_archive plain|hints|tally FOLDER`. What is measured is printed as one JSON
//! object.
#![expect(
    clippy::disallowed_methods,
    clippy::expect_used,
    reason = "a measure reads its arguments, its files and what the system counts"
)]

use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;
use rayon::prelude::IntoParallelIterator;
use rayon::prelude::ParallelIterator;
use sanduq_ballot::ballot::Ballot;
use sanduq_ballot::board::Board;
use sanduq_ballot::bound::BoundDecryption;
use sanduq_ballot::chance::Nonces;
use sanduq_ballot::chance::Secret;
use sanduq_ballot::credential::Credentials;
use sanduq_ballot::credential::Entry;
use sanduq_ballot::decryption::PartialDecryption;
use sanduq_ballot::election::CryptoVersion;
use sanduq_ballot::election::Description;
use sanduq_ballot::election::Election;
use sanduq_ballot::election::ElectionId;
use sanduq_ballot::events::EventKind;
use sanduq_ballot::group::Group;
use sanduq_ballot::group::Scalar;
use sanduq_ballot::group::ed25519::Ed25519;
use sanduq_ballot::group::field::Belenios2048;
use sanduq_ballot::hash::Hash;
use sanduq_ballot::question::Homomorphic;
use sanduq_ballot::question::Question;
use sanduq_ballot::reopened::Reopened;
use sanduq_ballot::result::Decryptions;
use sanduq_ballot::result::ElectionResult;
use sanduq_ballot::result::combine;
use sanduq_ballot::sealing::BoundProofs;
use sanduq_ballot::sealing::Seal;
use sanduq_ballot::sealing::seal;
use sanduq_ballot::tally::Ciphertexts;
use sanduq_ballot::tally::Tally;
use sanduq_ballot::tally::ciphertexts_text;
use sanduq_ballot::trustees::Trustee;
use sanduq_ballot::trustees::TrusteeKey;
use sanduq_ballot::trustees::Trustees;
use sanduq_ballot::verify::Options;
use sanduq_ballot::verify::Sidecar;
use sanduq_ballot::verify::verify;
use sanduq_ballot::verify::verify_with;
use std::fs::File;
use std::fs::read_to_string;
use std::io::BufReader;
use std::io::BufWriter;
use std::io::Write;
use std::path::Path;
use std::path::PathBuf;
use std::time::Instant;

const NAME: &str = "MeasureMeasure1";
const CANDIDATES: u64 = 10;
/// Ballots that are made at once.
const BATCH: u64 = 1024;

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let begun = Instant::now();
    let ballots = match words[..] {
        ["make", "ed25519", count, folder] => make::<Ed25519>(number(count), Path::new(folder)),
        ["make", "belenios-2048", count, folder] => {
            make::<Belenios2048>(number(count), Path::new(folder))
        }
        [how @ ("plain" | "hints"), folder] => check(how == "hints", Path::new(folder)),
        ["tally", folder] => tally(Path::new(folder)),
        _ => panic!("make GROUP BALLOTS FOLDER, or plain, hints or tally FOLDER"),
    };
    println!(
        "{{\"ballots\":{ballots},\"processor_ms\":{},\"elapsed_ms\":{},\"peak_kilobytes\":{}}}",
        processor_ms(),
        begun.elapsed().as_millis(),
        peak_kilobytes()
    );
}

fn number(text: &str) -> u64 {
    text.parse().expect("a number of ballots")
}

fn paths(folder: &Path) -> [PathBuf; 2] {
    ["bel", "sidecar"].map(|end| folder.join(NAME).with_extension(end))
}

fn read(path: &Path) -> BufReader<File> {
    BufReader::new(File::open(path).expect("a file that was made"))
}

fn write(path: &Path) -> BufWriter<File> {
    BufWriter::new(File::create(path).expect("a folder to write into"))
}

fn check(hints: bool, folder: &Path) -> u64 {
    let [archive, sidecar] = paths(folder);
    let report = if hints {
        let sidecar = Sidecar {
            source: &mut read(&sidecar),
            chance: [7; 32],
            key: None,
        };
        verify_with(read(&archive), sidecar, Options::default(), &mut |_| {})
    } else {
        verify(read(&archive), Options::default(), &mut |_| {})
    };
    assert!(report.is_accepted(), "{:?}", report.failures);
    report.checked
}

/// Reads the archive as whoever keeps the box does, and adds its ballots up.
fn tally(folder: &Path) -> u64 {
    let [archive, _] = paths(folder);
    let opened = Reopened::<Ed25519>::read(read(&archive)).expect("an archive in Ed25519");
    let tally = opened.tally(read(&archive), &mut |_| {});
    let tally = tally.expect("ballots that were cast");
    let ballots = tally.ballots();
    let stored = opened.sized().expect("a tally").tally;
    let text = ciphertexts_text::<Ed25519>(&tally.finish());
    assert_eq!(
        Hash::of(text.as_bytes()),
        stored,
        "the tally of the archive"
    );
    ballots
}

fn secret<G: Group>(number: u64) -> Secret<G::Scalar> {
    let mut chance = ChaCha20Rng::seed_from_u64(number);
    Secret::new(Nonces::new("measure", &G::Scalar::zero(), &[], &mut chance).draw())
}

fn election<G: Group>(key: &G::Element) -> Election<G> {
    Election::new(Description {
        version: CryptoVersion::One,
        description: String::new(),
        name: String::new(),
        public_key: *key,
        questions: vec![Question::Homomorphic(Homomorphic {
            answers: (1..=CANDIDATES)
                .map(|one| format!("Candidate {one}"))
                .collect(),
            blank: None,
            min: 1,
            max: 1,
            question: "Who?".to_owned(),
        })],
        uuid: ElectionId::new(NAME).expect("characters of base 58"),
        administrator: None,
        credential_authority: None,
    })
}

/// Everybody votes once; one trustee decrypts.
fn make<G: Group>(ballots: u64, folder: &Path) -> u64 {
    std::fs::create_dir_all(folder).expect("a folder");
    let mut chance = ChaCha20Rng::seed_from_u64(u64::MAX);
    let trustee = secret::<G>(u64::MAX);
    let key = TrusteeKey::new(&trustee, None, &mut chance);
    let trustees = Trustees(vec![Trustee::Single(key)]);
    let election = election::<G>(&trustees.election_key());
    let entry = |voter| Entry {
        key: G::power_of_generator(secret::<G>(voter).expose()),
        weight: None,
    };
    let entries = (0..ballots).into_par_iter().map(entry).collect();
    let credentials = Credentials::new(entries).expect("distinct credentials");
    let [archive, sidecar] = paths(folder);
    let target = write(&archive);
    let board = Board::open(target, 0, &election, &trustees, &credentials);
    let mut board = board.expect("a board");
    let mut tally = Tally::new(election.questions());
    let mut first = 0;
    while first < ballots {
        let last = ballots.min(first + BATCH);
        let cast = |voter| {
            let votes = [(0..CANDIDATES)
                .map(|one| u8::from(one == voter % 10))
                .collect()];
            let mut chance = ChaCha20Rng::seed_from_u64(voter);
            let made = Ballot::create(&election, &secret::<G>(voter), &votes, &mut chance);
            made.expect("fit choices")
        };
        let made: Vec<Ballot<G>> = (first..last).into_par_iter().map(cast).collect();
        for ballot in made {
            let text = ballot.to_text(&election);
            board.act(EventKind::Ballot, &[&text]).expect("an open box");
            tally.add(&ballot, 1).expect("a weight that fits");
        }
        first = last;
    }
    let sealing = Sealing {
        election: &election,
        trustees: &trustees,
        secret: &trustee,
    };
    let bound = sealing.count(tally.finish(), ballots, &mut board);
    board.into_inner().into_inner().expect("a file");
    let (who, out) = (Seal::new([5; 32]), write(&sidecar));
    let sealed = seal::<G, _>(read(&archive), None, out, &who, &bound, &mut |_| {});
    sealed.expect("a sidecar").into_inner().expect("a file");
    ballots
}

/// What is known when the box is closed.
struct Sealing<'a, G: Group> {
    election: &'a Election<G>,
    trustees: &'a Trustees<G>,
    secret: &'a Secret<G::Scalar>,
}

impl<G: Group> Sealing<'_, G> {
    fn count<W: Write>(
        &self,
        tally: Ciphertexts<G>,
        ballots: u64,
        board: &mut Board<W>,
    ) -> BoundProofs<G> {
        let (election, secret) = (self.election, self.secret);
        let mut chance = ChaCha20Rng::seed_from_u64(1 << 63);
        board.act(EventKind::EndBallots, &[]).expect("an open box");
        let text = ciphertexts_text::<G>(&tally);
        board.tally(&text, ballots, ballots).expect("a closed box");
        let decrypted = PartialDecryption::create(election, secret, &tally, &mut chance);
        let text = decrypted.to_text();
        let kind = EventKind::PartialDecryption;
        board.owned(kind, 1, &text).expect("a tally");
        let name = election.fingerprint();
        let bound = BoundDecryption::create(name, 1, secret, &tally, &mut chance);
        let all = Decryptions::<G>::from([(1, decrypted)]);
        let factors = combine(self.trustees, &all, &tally).expect("the one trustee");
        let questions = election.questions();
        let result = ElectionResult::compute::<G>(questions, &tally, &factors, ballots);
        let text = result.expect("a result").to_text();
        board.act(EventKind::Result, &[&text]).expect("decryptions");
        BoundProofs::from([(1, bound)])
    }
}

/// What this process has used of processors on all its threads, as the system counts it.
fn processor_ms() -> u64 {
    let text = read_to_string("/proc/self/stat").unwrap_or_default();
    let after = text.rsplit_once(") ").map_or("", |(_, rest)| rest);
    let ticks = after.split(' ').skip(11).take(2);
    // A tick is a hundredth of a second.
    ticks.filter_map(|one| one.parse::<u64>().ok()).sum::<u64>() * 10
}

fn peak_kilobytes() -> u64 {
    let text = read_to_string("/proc/self/status").unwrap_or_default();
    let line = text.lines().find(|line| line.starts_with("VmHWM:"));
    let number = line.and_then(|line| line.split_whitespace().nth(1));
    number.and_then(|one| one.parse().ok()).unwrap_or_default()
}
