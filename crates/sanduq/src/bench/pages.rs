//! The public pages: how many a second beside nginx, which serves the same bytes as files, both
//! asked by the same `wrk` in turns; how long a page takes that nobody has asked for yet; and what
//! the pages weigh.

mod ask;
mod peer;

use super::figure;
use super::spread;
use crate::exit::Ended;
use crate::fresh::Fresh;
use ask::Got;
use ask::get;
use clap::Args;
use sanduq_web::router;
use std::collections::BTreeSet;
use std::collections::VecDeque;
use std::io::BufRead;
use std::io::BufReader;
use std::net::SocketAddr;
use std::path::Path;
use std::path::PathBuf;
use std::process::Child;
use std::process::Command;
use std::process::Stdio;

/// Public pages, beside nginx with the same bytes.
#[derive(Args)]
pub struct Pages {
    /// The store whose pages are asked for [default: that of a rehearsed village].
    #[arg(long, value_name = "DIR")]
    store: Option<PathBuf>,
    /// How many pages, found by following links from the first.
    #[arg(long, default_value_t = 200)]
    pages: usize,
    /// How long each of the two is asked, each time.
    #[arg(long, default_value_t = 5)]
    seconds: u32,
}

const BENCH: &str = "pages";
/// How often each of the two is asked, in turns; the middle counts.
const TURNS: usize = 3;

/// A process that goes with the bench.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself; either way nothing of it is left.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Runs the bench.
///
/// # Errors
/// A fault of the store; nginx or wrk is missing; the two do not send the same bytes.
pub fn run(args: &Pages) -> Result<(), Ended> {
    let folder = Fresh::new().map_err(Ended::fault)?;
    let store = match &args.store {
        Some(store) => store.clone(),
        None => rehearsed(folder.path())?,
    };
    let (_serving, at) = serve(&store)?;
    let found = find(at, args.pages)?;
    made_new(at, &found)?;
    weights(at, &found)?;
    let files = folder.path().join("www");
    let (_peer, [plain, safe]) = peer::start(folder.path(), &files, &packed(at, &found)?)?;
    let names = peer::names(&found);
    peer::same(safe, &names, at, &found)?;
    figure(BENCH, "pages", ask::float(found.len()), "");
    let asked = [(at, &found), (plain, &names), (safe, &names)];
    let mut rates = [const { Vec::new() }; 3];
    for _ in 0..TURNS {
        for (rates, (at, paths)) in rates.iter_mut().zip(asked) {
            rates.push(peer::rate(folder.path(), at, paths, args.seconds)?);
        }
    }
    let who = ["Sanduq", "nginx", "nginx with our fields"];
    let [own, plain, safe] = rates.map(spread);
    for (who, (middle, slowest, quickest)) in who.iter().zip([own, plain, safe]) {
        figure(BENCH, &format!("{who}, middle of 3"), middle, "1/s");
        figure(BENCH, &format!("{who}, slowest"), slowest, "1/s");
        figure(BENCH, &format!("{who}, quickest"), quickest, "1/s");
    }
    figure(BENCH, "Sanduq of nginx", own.0 / plain.0, "");
    figure(BENCH, "Sanduq of nginx with our fields", own.0 / safe.0, "");
    Ok(())
}

/// The store of a village that has voted.
fn rehearsed(folder: &Path) -> Result<PathBuf, Ended> {
    let store = folder.join("store");
    let program = std::env::current_exe().map_err(Ended::fault)?;
    let ended = Command::new(program)
        .args(["rehearse", "--no-serve", "--json", "--store"])
        .arg(&store)
        .arg("--out")
        .arg(folder.join("out"))
        .stdout(Stdio::null())
        .status()
        .map_err(Ended::fault)?;
    if !ended.success() {
        return Err(Ended::Fault(format!("the rehearsal ended with {ended}")));
    }
    Ok(store)
}

/// The program as it serves a store, and where.
fn serve(store: &Path) -> Result<(Running, SocketAddr), Ended> {
    let program = std::env::current_exe().map_err(Ended::fault)?;
    let mut child = Command::new(program)
        .args(["serve", "--listen", "127.0.0.1:0", "--store"])
        .arg(store)
        .stdout(Stdio::piped())
        .spawn()
        .map_err(Ended::fault)?;
    let said = child.stdout.take();
    let running = Running(child);
    let mut line = String::new();
    if let Some(said) = said {
        BufReader::new(said)
            .read_line(&mut line)
            .map_err(Ended::fault)?;
    }
    let at = line
        .trim_start_matches("http://")
        .split_whitespace()
        .next()
        .and_then(|at| at.parse().ok());
    let at = at.ok_or_else(|| Ended::Fault("the pages are not served".to_owned()))?;
    Ok((running, at))
}

/// Pages that are kept, in the order in which links lead to them from the first.
fn find(at: SocketAddr, most: usize) -> Result<Vec<String>, Ended> {
    let mut waiting = VecDeque::from(["/".to_owned()]);
    let mut known: BTreeSet<String> = waiting.iter().cloned().collect();
    let mut found = Vec::new();
    while let Some(path) = waiting.pop_front() {
        if found.len() == most {
            break;
        }
        // Without a query nothing is kept: the pages are still new when they are measured.
        let got = get(at, &format!("{path}?new"), "identity")?;
        let body = String::from_utf8_lossy(&got.body).into_owned();
        for link in body.split("href=\"").skip(1) {
            let link = link.split(['"', '#', '?']).next().unwrap_or_default();
            if router::keeps(link) && known.insert(link.to_owned()) {
                waiting.push_back(link.to_owned());
            }
        }
        found.push(path);
    }
    Ok(found)
}

/// How long pages take that are made anew: asked, made, compressed and read, one after another.
fn made_new(at: SocketAddr, found: &[String]) -> Result<(), Ended> {
    let mut took = Vec::new();
    for path in found {
        let got = get(at, &format!("{path}?new"), "br")?;
        took.push(got.took.as_secs_f64() * 1000.0);
    }
    took.sort_by(f64::total_cmp);
    let share = |hundredths: usize| took[(took.len() * hundredths / 100).min(took.len() - 1)];
    figure(BENCH, "made anew, half within", share(50), "ms");
    figure(BENCH, "made anew, p95", share(95), "ms");
    figure(BENCH, "made anew, longest", share(100), "ms");
    Ok(())
}

/// What the pages for people weigh, without their stylesheet.
fn weights(at: SocketAddr, found: &[String]) -> Result<(), Ended> {
    let mut heaviest = (0, 0);
    let page = |path: &&String| !path.ends_with(".json") && !path.ends_with(".csv");
    for path in found
        .iter()
        .filter(page)
        .filter(|p| !p.starts_with("/assets"))
    {
        let plain = get(at, path, "identity")?.body.len();
        let packed = get(at, path, "br")?.body.len();
        heaviest = heaviest.max((plain, packed));
    }
    figure(
        BENCH,
        "heaviest page",
        ask::float(heaviest.0) / 1000.0,
        "kB",
    );
    let packed = ask::float(heaviest.1) / 1000.0;
    figure(BENCH, "heaviest page, compressed", packed, "kB");
    Ok(())
}

/// The pages as they are sent to most readers.
fn packed(at: SocketAddr, found: &[String]) -> Result<Vec<Got>, Ended> {
    found.iter().map(|path| get(at, path, "gzip")).collect()
}
