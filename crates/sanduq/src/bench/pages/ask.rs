//! One question over HTTP and its whole answer, timed.

use crate::exit::Ended;
use std::io::Read;
use std::io::Write;
use std::net::SocketAddr;
use std::net::TcpStream;
use std::time::Duration;
use std::time::Instant;

/// An answer.
pub struct Got {
    /// Its fields, one a line.
    pub head: String,
    /// Its body as it was sent.
    pub body: Vec<u8>,
    /// From the question to its last byte.
    pub took: Duration,
}

/// Asks for a path, to be sent in a coding, in English.
///
/// # Errors
/// The server cannot be reached, or answers anything but 200.
pub fn get(at: SocketAddr, path: &str, coding: &str) -> Result<Got, Ended> {
    let begun = Instant::now();
    let mut stream = TcpStream::connect(at).map_err(Ended::fault)?;
    // HTTP/1.0: the answer comes in one piece and ends with the connection (RFC 1945).
    let question = format!(
        "GET {path} HTTP/1.0\r\nHost: {at}\r\nAccept-Encoding: {coding}\r\n\
         Accept-Language: en\r\n\r\n"
    );
    stream
        .write_all(question.as_bytes())
        .map_err(Ended::fault)?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).map_err(Ended::fault)?;
    let took = begun.elapsed();
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n");
    let (head, body) = answer.split_at(end.map_or(answer.len(), |end| end + 4));
    let line = String::from_utf8_lossy(head.split(|byte| *byte == b'\r').next().unwrap_or(head));
    if line.split(' ').nth(1) != Some("200") {
        return Err(Ended::Fault(format!("{path} was answered with {line}")));
    }
    Ok(Got {
        head: String::from_utf8_lossy(head).into_owned(),
        body: body.to_vec(),
        took,
    })
}

/// A count as a figure.
pub fn float(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}
