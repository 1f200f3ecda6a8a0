//! The remote ballot in one table: what creating and checking a ballot of ten candidates costs,
//! with hints and without, beside a program that is not ours on the same archive; what a shuffle
//! costs; and whether time and memory of a check grow as the ballots do, and no faster.
//!
//! Milliseconds are those of processors, one ballot on one core: who measures on a machine that
//! others use waits for them, and that is not what is compared. Minutes are those of the clock.
//! Ballots in Ed25519 are known to no version of the peer that Debian has; its figure for them is
//! that of a measure of version 2.5.1 on another day, and is marked so.

mod row;

use crate::bench::ballots::row::Row;
use crate::bench::ballots::row::table;
use crate::bench::commit;
use crate::bench::object;
use crate::bench::this_machine;
use crate::machine;
use crate::project::Project;
use crate::project::Stop;
use crate::project::call;
use crate::project::listen;
use std::fs;
use std::path::Path;
use std::process::Command;

const USAGE: &str = "\
cargo xtask bench ballots [OPTIONS]

Measures the remote ballot (ten candidates) beside belenios-tool on the same archive, and prints one
table. Ends with 1 where a limit is missed.

  --ballots N        ballots that are made and checked one by one (1000)
  --peer N           ballots of the archive that the peer checks too (1000)
  --ours             without the peer
  --shuffle N        ballots that are shuffled (1000)
  --sizes N,N        archives whose check is timed, each in Ed25519 (1000,10000,20000)
  --nation N         one more archive, which is tallied too, by the clock (none)

A ballot takes 12 KB of target/bench-ballots while its archive is measured, and 5 ms of a core
to make.

  cargo xtask bench ballots --sizes 100,200 --peer 20     every row, in two minutes
  cargo xtask bench ballots --ours --sizes 100000,200000 --nation 500000
";

/// Milliseconds a ballot of belenios-tool 2.5.1 in Ed25519, as measured apart: 2.5 hours a million.
const PEER_ED25519_MS: f64 = 9.0;
/// Milliseconds a ballot that must not be exceeded.
const CREATE_MS: f64 = 3.5;
const HINTED_MS: f64 = 0.55;
const PLAIN_MS: f64 = 2.6;
const BELENIOS_MS: f64 = 40.0;
const SHUFFLE_MS: f64 = 0.2;
/// How much longer twice the ballots may take.
const SLOPE: f64 = 2.2;
/// How much one more ballot may add to the memory of a check.
const BYTES: f64 = 256.0;
/// Minutes of the clock in which a nation's ballots are tallied, and in which they are verified.
const MINUTES: f64 = 15.0;

/// What is asked for.
#[derive(Clone, Debug, PartialEq)]
struct Asked {
    ballots: u64,
    sizes: Vec<u64>,
    peer: Option<u64>,
    shuffle: u64,
    nation: Option<u64>,
}

/// What was measured of one archive.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Figure {
    ballots: f64,
    processor_ms: f64,
    elapsed_ms: f64,
    peak_kilobytes: f64,
}

impl Figure {
    fn each(&self) -> f64 {
        self.processor_ms / self.ballots
    }

    fn minutes(&self) -> f64 {
        self.elapsed_ms / 60_000.0
    }
}

/// Measures what is asked for and prints it.
///
/// # Errors
/// Whatever keeps it from measuring; and, after the table, a limit that is missed.
pub fn run(project: &Project, words: &[String]) -> Result<(), Stop> {
    if words.iter().any(|word| word == "--help" || word == "-h") {
        print!("{USAGE}");
        return Ok(());
    }
    let asked = asked(words).ok_or_else(|| Stop::Failed(format!("not understood\n\n{USAGE}")))?;
    if asked.peer.is_some() {
        machine::provide(&machine::TOOLS)?;
    }
    let folder = project.target.join("bench-ballots");
    let mut build = project.cargo(&["build", "--release", "--locked"]);
    call(build.args(["--package", "sanduq-ballot", "--examples"]))?;
    let mut rows = singly(project, &asked)?;
    rows.extend(shuffled(project, asked.shuffle)?);
    if let Some(ballots) = asked.peer {
        rows.extend(beside(project, &folder.join("peer"), ballots)?);
    }
    rows.extend(scale(project, &folder, &asked.sizes)?);
    if let Some(ballots) = asked.nation {
        rows.extend(nation(project, &folder.join("nation"), ballots)?);
    }
    println!("machine  {}, load {}", this_machine(), load());
    println!("commit   {}\n", commit(project)?);
    print!("{}", table(&rows));
    match rows.iter().filter(|row| row.is_missed()).count() {
        0 => Ok(()),
        missed => Err(Stop::Failed(format!("limits not reached: {missed}"))),
    }
}

/// How many programs wanted a core in the last minute, and in the last quarter of an hour.
fn load() -> String {
    let text = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let mut numbers = text.split_whitespace();
    let last = |number: Option<&str>| number.unwrap_or("unknown").to_owned();
    format!("{}, {}", last(numbers.next()), last(numbers.nth(1)))
}

fn asked(words: &[String]) -> Option<Asked> {
    let mut asked = Asked {
        ballots: 1000,
        sizes: vec![1000, 10_000, 20_000],
        peer: Some(1000),
        shuffle: 1000,
        nation: None,
    };
    let mut words = words.iter().map(String::as_str);
    while let Some(word) = words.next() {
        let mut number = || words.next()?.parse().ok().filter(|number| *number > 0);
        match word {
            "--ours" => asked.peer = None,
            "--ballots" => asked.ballots = number()?,
            "--peer" => asked.peer = Some(number()?),
            "--shuffle" => asked.shuffle = number()?,
            "--nation" => asked.nation = Some(number()?),
            "--sizes" => {
                let sizes = words.next()?.split(',').map(str::parse);
                asked.sizes = sizes.collect::<Result<_, _>>().ok()?;
            }
            _ => return None,
        }
    }
    asked.sizes.iter().all(|size| *size > 0).then_some(asked)
}

/// Ballots one by one on one thread.
fn singly(project: &Project, asked: &Asked) -> Result<Vec<Row>, Stop> {
    eprintln!("{} ballots one by one", asked.ballots);
    let program = project.target.join("release/examples/ballot_speed");
    let lines = listen(Command::new(program).arg(asked.ballots.to_string()))?;
    let mut rows = Vec::new();
    for line in lines.lines() {
        let Some([create, plain, hints, hinted]) = speeds(line) else {
            continue;
        };
        let group = text(line, "group").unwrap_or_default();
        let row = |what: &str, value| Row::new(&format!("{group}: {what}"), value, "ms");
        if hinted > 0.0 {
            rows.push(row("create", create).limit(CREATE_MS));
            rows.push(row("verify, plain", plain).limit(PLAIN_MS));
            rows.push(row("verify, with hints", hinted).limit(HINTED_MS));
            rows.push(row("make hints", hints));
            let peer = row("belenios-tool 2.5.1, on another day", PEER_ED25519_MS);
            rows.push(peer);
        } else {
            rows.push(row("create", create));
            rows.push(row("verify", plain));
        }
    }
    Ok(rows)
}

/// Create, plain, hints and hinted in milliseconds.
fn speeds(line: &str) -> Option<[f64; 4]> {
    let names = ["create_us", "plain_us", "hints_us", "hinted_us"];
    let mut speeds = [0.0; 4];
    for (speed, name) in speeds.iter_mut().zip(names) {
        *speed = text(line, name)?.parse::<f64>().ok()? / 1000.0;
    }
    Some(speeds)
}

fn text(line: &str, name: &str) -> Option<String> {
    let found = object(line)?.into_iter().find(|(key, _)| key == name);
    found.map(|(_, value)| value)
}

/// What one shuffle costs for each ballot.
fn shuffled(project: &Project, ballots: u64) -> Result<Vec<Row>, Stop> {
    eprintln!("a shuffle of {ballots} ballots");
    let program = project.target.join("release/examples/shuffle_speed");
    let told = listen(Command::new(program).arg(ballots.to_string()))?;
    let ms = |name| Some(text(&told, name)?.parse::<f64>().ok()? / 1000.0);
    let (Some(prove), Some(verify)) = (ms("prove_us"), ms("verify_us")) else {
        return Err(Stop::Failed(format!("no figures: {told}")));
    };
    let proof = Row::new("Ed25519: shuffle proof verified", verify, "ms");
    Ok(vec![
        Row::new("Ed25519: shuffle made and proved", prove, "ms"),
        proof.limit(SHUFFLE_MS),
    ])
}

/// Ours and the peer on the same archive, in the group that both know.
fn beside(project: &Project, folder: &Path, ballots: u64) -> Result<Vec<Row>, Stop> {
    eprintln!("an archive of {ballots} ballots in BELENIOS-2048");
    measure(
        project,
        &["make", "belenios-2048", &ballots.to_string()],
        folder,
    )?;
    let ours = measure(project, &["plain"], folder)?;
    let mut shell = Command::new("sh");
    shell.args([
        "-c",
        "belenios-tool election verify --dir \"$1\" >&2 && times",
        "sh",
    ]);
    let told = listen(shell.arg(folder))?;
    let peer = children_ms(&told).ok_or_else(|| Stop::Failed(format!("no times: {told}")))?;
    let peer = peer / ours.ballots;
    let what = format!("BELENIOS-2048: archive of {ballots}, verify");
    Ok(vec![
        // No slower than the peer, and no slower than what it was on a quiet machine and a bit.
        Row::new(&what, ours.each(), "ms").limit(peer.max(BELENIOS_MS)),
        Row::new(&format!("{what} by belenios-tool"), peer, "ms"),
    ])
}

/// What the programs that a shell has called have used, from the second line of its `times`.
fn children_ms(told: &str) -> Option<f64> {
    let line = told.lines().nth(1)?;
    let parts = line.split_whitespace().map(|part| {
        let (minutes, seconds) = part.strip_suffix('s')?.split_once('m')?;
        let seconds: f64 = seconds.parse().ok()?;
        Some(minutes.parse::<f64>().ok()? * 60_000.0 + seconds * 1000.0)
    });
    parts.sum()
}

/// The same check of more and more ballots.
fn scale(project: &Project, folder: &Path, sizes: &[u64]) -> Result<Vec<Row>, Stop> {
    let mut rows = Vec::new();
    let mut last: Option<Figure> = None;
    for size in sizes {
        eprintln!("an archive of {size} ballots in Ed25519");
        let folder = folder.join(size.to_string());
        measure(project, &["make", "ed25519", &size.to_string()], &folder)?;
        let plain = measure(project, &["plain"], &folder)?;
        let hinted = measure(project, &["hints"], &folder)?;
        let of = |what: &str, value, unit| {
            Row::new(&format!("Ed25519: archive of {size}, {what}"), value, unit)
        };
        rows.push(of("verify, plain", plain.each(), "ms").limit(PLAIN_MS));
        rows.push(of("verify, with hints", hinted.each(), "ms").limit(HINTED_MS));
        rows.push(of("all cores, by the clock", hinted.minutes(), "min"));
        rows.push(of("memory", hinted.peak_kilobytes / 1024.0, "MB"));
        if let Some(last) = last {
            rows.push(of("verify(2N)/verify(N)", slope(&last, &hinted), "").limit(SLOPE));
            rows.push(of("memory for one more", growth(&last, &hinted), "bytes").limit(BYTES));
        }
        last = Some(hinted);
        remove(&folder)?;
    }
    Ok(rows)
}

/// A nation's ballots: how long until they are tallied, and until a stranger has verified them.
fn nation(project: &Project, folder: &Path, ballots: u64) -> Result<Vec<Row>, Stop> {
    eprintln!("an archive of {ballots} ballots in Ed25519; a look at the tally follows");
    measure(project, &["make", "ed25519", &ballots.to_string()], folder)?;
    let tallied = measure(project, &["tally"], folder)?;
    let verified = measure(project, &["hints"], folder)?;
    remove(folder)?;
    let of = |what: &str, value, unit| Row::new(&format!("{ballots} ballots: {what}"), value, unit);
    let megabytes = |figure: &Figure| figure.peak_kilobytes / 1024.0;
    Ok(vec![
        of("tallied, by the clock", tallied.minutes(), "min").limit(MINUTES),
        of("verified, by the clock", verified.minutes(), "min").limit(MINUTES),
        of("verify, with hints", verified.each(), "ms").limit(HINTED_MS),
        of("memory of the tally", megabytes(&tallied), "MB"),
        of("memory of the verifier", megabytes(&verified), "MB"),
    ])
}

fn remove(folder: &Path) -> Result<(), Stop> {
    let removed = fs::remove_dir_all(folder);
    removed.map_err(|error| Stop::Failed(format!("{}: {error}", folder.display())))
}

/// How much longer twice the ballots take, from two archives of any sizes.
fn slope(last: &Figure, next: &Figure) -> f64 {
    2.0 * next.each() / last.each()
}

/// Bytes that one more ballot adds.
fn growth(last: &Figure, next: &Figure) -> f64 {
    (next.peak_kilobytes - last.peak_kilobytes) * 1024.0 / (next.ballots - last.ballots)
}

fn measure(project: &Project, words: &[&str], folder: &Path) -> Result<Figure, Stop> {
    let program = project.target.join("release/examples/ballot_archive");
    let told = listen(Command::new(program).args(words).arg(folder))?;
    figure(&told).ok_or_else(|| Stop::Failed(format!("no figures: {told}")))
}

fn figure(line: &str) -> Option<Figure> {
    let number = |name: &str| text(line, name)?.parse().ok();
    Some(Figure {
        ballots: number("ballots")?,
        processor_ms: number("processor_ms")?,
        elapsed_ms: number("elapsed_ms")?,
        peak_kilobytes: number("peak_kilobytes")?,
    })
}

#[cfg(test)]
mod tests {
    use super::asked;
    use super::children_ms;
    use super::figure;
    use super::growth;
    use super::slope;
    use super::speeds;

    #[test]
    fn words_are_understood_or_refused() {
        let words = |text: &str| {
            text.split_whitespace()
                .map(str::to_owned)
                .collect::<Vec<_>>()
        };
        let standard = asked(&[]).expect("the standard");
        assert_eq!((standard.ballots, standard.peer), (1000, Some(1000)));
        let own = asked(&words("--sizes 25,50 --ours --ballots 7")).expect("understood");
        assert_eq!((own.ballots, own.peer), (7, None));
        assert_eq!((own.sizes, own.nation), (vec![25, 50], None));
        let nation = asked(&words("--nation 9 --shuffle 8")).expect("understood");
        assert_eq!((nation.nation, nation.shuffle), (Some(9), 8));
        for wrong in [
            "--sizes",
            "--sizes a",
            "--sizes 0",
            "--peer 0",
            "--fast",
            "--nation",
        ] {
            assert_eq!(asked(&words(wrong)), None, "{wrong}");
        }
    }

    #[test]
    fn figures_are_read_and_compared() {
        let line = |ballots: u32, ms: u32| {
            let rest = format!("\"elapsed_ms\":5,\"peak_kilobytes\":{}", ballots * 3);
            format!("{{\"ballots\":{ballots},\"processor_ms\":{ms},{rest}}}")
        };
        let last = figure(&line(10, 20)).expect("figures");
        let next = figure(&line(40, 100)).expect("figures");
        assert!((slope(&last, &next) - 2.5).abs() < 1e-9);
        assert!((next.each() - 2.5).abs() < 1e-9);
        assert!((growth(&last, &next) - 3072.0).abs() < 1e-9);
        assert_eq!(figure("{\"ballots\":3}"), None);
        let line =
            "{\"group\":\"G\",\"create_us\":1500,\"plain_us\":2,\"hints_us\":0,\"hinted_us\":0}";
        assert_eq!(speeds(line), Some([1.5, 0.002, 0.0, 0.0]));
    }

    #[test]
    fn the_times_of_a_shell_are_those_of_what_it_called() {
        let told = "0m0.01s 0m0.00s\n1m2.500s 0m0.250s\n";
        assert_eq!(children_ms(told), Some(62_750.0));
        assert_eq!(children_ms("0m0.01s 0m0.00s\n"), None);
    }
}
