//! `sanduq serve`: it ends when it is told to, whoever is still there.

use crate::publish::Place;
use std::io::BufRead;
use std::io::BufReader;
use std::io::Write;
use std::net::TcpStream;
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
