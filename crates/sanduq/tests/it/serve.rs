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
    std::thread::sleep(Duration::from_millis(300));
    let process = server.id().to_string();
    let told = Command::new("kill").args(["-TERM", &process]).status();
    assert!(told.unwrap().success());
    let begun = Instant::now();
    while server.try_wait().unwrap().is_none() {
        if begun.elapsed() > Duration::from_secs(30) {
            server.kill().unwrap();
        }
        std::thread::sleep(Duration::from_millis(50));
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
