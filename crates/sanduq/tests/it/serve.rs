//! `sanduq serve`: it ends when it is told to, whoever is still there.

use crate::publish::Place;
use std::io::BufRead;
use std::io::BufReader;
use std::io::Read;
use std::io::Write;
use std::net::TcpStream;
use std::path::Path;
use std::process::Command;
use std::process::Stdio;
use std::thread;
use std::time::Duration;
use std::time::Instant;

#[tokio::test]
async fn a_request_that_never_ends_does_not_keep_it_from_stopping() {
    let place = Place::wadi().await;
    let mut server = Command::new(env!("CARGO_BIN_EXE_sanduq"))
        .args(["serve", "--listen", "127.0.0.1:0", "--store"])
        .arg(&place.store)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    let mut said = BufReader::new(server.stdout.take().unwrap());
    said.read_line(&mut line).unwrap();
    let address = line.trim().strip_prefix("http://").unwrap();
    let address = address.split(' ').next().unwrap();
    let mut half = TcpStream::connect(address).unwrap();
    half.write_all(b"GET / HTTP/1.1\r\nHost: x\r\nX-a: ")
        .unwrap();
    thread::sleep(Duration::from_millis(300));
    let process = server.id().to_string();
    let told = Command::new("kill").args(["-TERM", &process]).status();
    assert!(told.unwrap().success());
    let begun = Instant::now();
    while server.try_wait().unwrap().is_none() {
        if begun.elapsed() > Duration::from_secs(30) {
            server.kill().unwrap();
        }
        thread::sleep(Duration::from_millis(50));
    }
    assert_eq!(server.wait().unwrap().code(), Some(0));
    drop(half);
}

#[tokio::test]
async fn the_event_before_is_a_published_folder_or_nothing_is_served() {
    let place = Place::wadi().await;
    place.publish(&place.folder).unwrap();
    let serve = |previous: &Path| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_sanduq"));
        let command = command.args(["serve", "--listen", "127.0.0.1:0", "--store"]);
        let command = command.arg(&place.store).arg("--previous").arg(previous);
        let streams = command.stdout(Stdio::piped()).stderr(Stdio::piped());
        streams.spawn().unwrap()
    };
    let mut server = serve(&place.folder);
    let mut line = String::new();
    let mut said = BufReader::new(server.stdout.take().unwrap());
    said.read_line(&mut line).unwrap();
    let told = Command::new("kill")
        .args(["-TERM", &server.id().to_string()])
        .status();
    assert!(told.unwrap().success());
    assert_eq!(server.wait().unwrap().code(), Some(0));
    assert!(line.starts_with("http://"), "{line}");

    // A folder of another kind, and one whose totals are of another snapshot.
    let contests = std::fs::read_dir(place.folder.join("totals")).unwrap();
    let totals = contests.map(|entry| entry.unwrap().path());
    let totals = totals.filter(|path| path.extension().is_some_and(|end| end == "json"));
    let totals = totals.min().unwrap();
    let text = std::fs::read_to_string(&totals).unwrap();
    let event = std::fs::read_to_string(place.folder.join("event.json")).unwrap();
    let id = event
        .split("\"snapshot\"")
        .nth(1)
        .unwrap()
        .split('"')
        .nth(1)
        .unwrap();
    std::fs::write(&totals, text.replace(id, "1-000000000000")).unwrap();
    for (folder, code) in [
        (place.store.as_path(), "previous.unreadable"),
        (place.folder.as_path(), "publication.contradicts"),
    ] {
        let mut server = serve(folder);
        let status = server.wait().unwrap();
        let mut why = String::new();
        server
            .stderr
            .take()
            .unwrap()
            .read_to_string(&mut why)
            .unwrap();
        assert_eq!(status.code(), Some(3), "{why}");
        assert!(why.contains(code), "{why}");
    }
}

/// Behind TLS every cookie is for TLS, the session's by a name that only TLS may set, and browsers
/// are told to stay; without it they are as plain as the line.
#[tokio::test]
async fn behind_tls_cookies_are_for_tls_and_browsers_are_told_to_stay() {
    let place = Place::wadi().await;
    for tls in [true, false] {
        let mut server = Command::new(env!("CARGO_BIN_EXE_sanduq"))
            .args(["serve", "--listen", "127.0.0.1:0", "--store"])
            .arg(&place.store)
            .args(
                tls.then_some(["--proxy", "127.0.0.1", "--tls"])
                    .into_iter()
                    .flatten(),
            )
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        let mut said = BufReader::new(server.stdout.take().unwrap());
        said.read_line(&mut line).unwrap();
        let address = line.trim().strip_prefix("http://").unwrap();
        let address = address.split(' ').next().unwrap();
        let mut stream = TcpStream::connect(address).unwrap();
        let asked =
            format!("GET /?lang=fr HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
        stream.write_all(asked.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let process = server.id().to_string();
        let told = Command::new("kill").args(["-TERM", &process]).status();
        assert!(told.unwrap().success());
        assert_eq!(server.wait().unwrap().code(), Some(0));
        let head = answer.split("\r\n\r\n").next().unwrap().to_lowercase();
        let mut lines = head.lines();
        let strict = lines.find(|line| line.starts_with("strict-transport-security:"));
        // Of this host alone: the others of its domain are not this program's to bind.
        let wanted = tls.then_some("strict-transport-security: max-age=31536000");
        assert_eq!(strict, wanted, "{head}");
        let cookie = head.lines().find(|line| line.starts_with("set-cookie:"));
        assert_eq!(cookie.unwrap().contains("; secure"), tls, "{head}");
    }
}

/// The program itself speaks no TLS: whoever says that readers come by it names the proxy that
/// does.
#[tokio::test]
async fn tls_without_a_proxy_is_refused() {
    let place = Place::wadi().await;
    let server = Command::new(env!("CARGO_BIN_EXE_sanduq"))
        .args(["serve", "--listen", "127.0.0.1:0", "--tls", "--store"])
        .arg(&place.store)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let id = server.id().to_string();
    let waiting = thread::spawn(move || server.wait_with_output().unwrap());
    for _ in 0..100 {
        thread::sleep(Duration::from_millis(50));
        if waiting.is_finished() {
            break;
        }
    }
    if !waiting.is_finished() {
        // It serves: it is stopped, and what it said is judged below.
        let told = Command::new("kill").args(["-TERM", &id]).status();
        assert!(told.unwrap().success());
    }
    let done = waiting.join().unwrap();
    let why = String::from_utf8(done.stderr).unwrap();
    assert_eq!(done.status.code(), Some(3), "{why}");
    for part in ["[serve.tls_without_proxy]", "127.0.0.1:0", "--proxy"] {
        assert!(why.contains(part), "{part}: {why}");
    }
}

/// Rehearses into a store that is kept; number and day of birth of its invented voters.
fn rehearsed(folder: &Path) -> Vec<(String, String)> {
    let rehearsed = Command::new(env!("CARGO_BIN_EXE_sanduq"))
        .args(["rehearse", "--no-serve", "--json", "--store"])
        .arg(folder.join("store"))
        .arg("--out")
        .arg(folder.join("out"))
        .output()
        .unwrap();
    let told: serde_json::Value = serde_json::from_slice(&rehearsed.stdout).unwrap();
    let text = |voter: &serde_json::Value, name: &str| voter[name].as_str().unwrap().to_owned();
    let voters = told["voters"].as_array().unwrap().iter();
    voters
        .map(|voter| (text(voter, "number"), text(voter, "born")))
        .collect()
}

/// Asks where the voter of a number and a day (`1990-01-31`) votes.
fn ask_where(address: &str, number: &str, born: &str) -> String {
    let born: Vec<&str> = born.split('-').collect();
    let (year, month, day) = (born[0], born[1], born[2]);
    let form = format!("number={number}&day={day}&month={month}&year={year}");
    let mut stream = TcpStream::connect(address).unwrap();
    let length = form.len();
    write!(
        stream,
        "POST /where?lang=en HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\
         Origin: http://{address}\r\nContent-Length: {length}\r\n\
         Content-Type: application/x-www-form-urlencoded\r\n\r\n{form}"
    )
    .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

/// That no file under a folder holds one of these texts; how many bytes were read.
fn expect_nowhere(folder: &Path, texts: &[String]) -> usize {
    let mut places = vec![folder.to_owned()];
    let mut read = 0;
    while let Some(place) = places.pop() {
        if place.is_dir() {
            let within = std::fs::read_dir(place).unwrap();
            places.extend(within.map(|file| file.unwrap().path()));
        } else if place.is_file() {
            let bytes = std::fs::read(&place).unwrap();
            read += bytes.len();
            for text in texts {
                let mut parts = bytes.windows(text.len());
                let found = parts.any(|part| part == text.as_bytes());
                assert!(!found, "{text} in {}", place.display());
            }
        }
    }
    read
}

/// What a voter types reaches no log, no address and no byte of the store; what the store has tells
/// no number without the secret, which lies beside it for its owner alone.
#[test]
fn a_voter_is_told_their_station_and_nothing_of_the_question_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let voters = rehearsed(folder.path());
    assert_eq!(voters.len(), 4);
    let mut server = Command::new(env!("CARGO_BIN_EXE_sanduq"))
        .args(["serve", "--listen", "127.0.0.1:0", "--store"])
        .arg(folder.path().join("store"))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut said = BufReader::new(server.stdout.take().unwrap());
    let mut line = String::new();
    said.read_line(&mut line).unwrap();
    let address = line.trim().strip_prefix("http://").unwrap();
    let address = address.split(' ').next().unwrap();
    for (number, born) in &voters {
        let right = ask_where(address, number, born);
        assert!(right.contains("You are on the voter roll"), "{right}");
        let wrong = ask_where(address, number, "1901-01-01");
        assert!(wrong.contains("not together on the voter roll"), "{wrong}");
        assert!(!right.contains(number) && !wrong.contains(number));
    }
    let process = server.id().to_string();
    let stopped = Command::new("kill").args(["-TERM", &process]).status();
    assert!(stopped.unwrap().success());
    let mut logged = String::new();
    said.read_to_string(&mut logged).unwrap();
    let mut errors = server.stderr.take().unwrap();
    errors.read_to_string(&mut logged).unwrap();
    assert_eq!(server.wait().unwrap().code(), Some(0));
    let numbers: Vec<String> = voters.into_iter().map(|(number, _)| number).collect();
    assert!(numbers.iter().all(|number| !logged.contains(number)));
    let read = expect_nowhere(folder.path(), &numbers);
    assert!(read > 1 << 20, "the store was read: {read} bytes");
}
