//! nginx with the same bytes as files, and `wrk`, which asks both.

use super::Running;
use super::ask::Got;
use super::ask::get;
use crate::exit::Ended;
use std::fs;
use std::net::SocketAddr;
use std::net::TcpListener;
use std::net::TcpStream;
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;
use std::process::Stdio;
use std::time::Duration;

/// Connections of `wrk`.
const CONNECTIONS: &str = "-c64";

/// nginx, which takes its workers along when it is told to stop.
pub struct Peer {
    running: Running,
    settings: PathBuf,
}

impl Drop for Peer {
    fn drop(&mut self) {
        // Where this fails, what follows still takes the master.
        let _ = nginx()
            .arg("-c")
            .arg(&self.settings)
            .args(["-s", "stop"])
            .status();
        let _ = self.running.0.wait();
    }
}

fn nginx() -> Command {
    let path = std::env::var("PATH").unwrap_or_default();
    let mut command = Command::new("nginx");
    // Where Debian puts it.
    command.env("PATH", format!("{path}:/usr/sbin"));
    command
}

/// The file of each page.
pub fn names(found: &[String]) -> Vec<String> {
    (0..found.len()).map(|nth| format!("/{nth}.html")).collect()
}

/// The fields that a site sends to be safe, as nginx adds them to a file.
fn safety(head: &str) -> String {
    let by_itself = [
        "content-type",
        "content-length",
        "content-encoding",
        "connection",
        "date",
        "etag",
    ];
    let fields = head
        .lines()
        .skip(1)
        .filter_map(|line| line.split_once(": "));
    let fields = fields.filter(|(name, _)| !by_itself.contains(name));
    let fields = fields.map(|(name, value)| format!("add_header {name} \"{value}\"; "));
    fields.collect()
}

/// Two ports that were free a moment ago; whoever takes one in between makes the bench fail and
/// nothing else.
fn free() -> Result<[SocketAddr; 2], Ended> {
    let one = || TcpListener::bind("127.0.0.1:0").map_err(Ended::fault);
    let [first, second] = [one()?, one()?];
    let at = |port: &TcpListener| port.local_addr().map_err(Ended::fault);
    Ok([at(&first)?, at(&second)?])
}

/// Writes the compressed pages as files and starts nginx over them: as many workers as cores, files
/// held open, answers compressed beforehand, no log. At the first address it sends what it sends
/// of itself, at the second also the fields that our answers have.
pub fn start(folder: &Path, files: &Path, pages: &[Got]) -> Result<(Peer, [SocketAddr; 2]), Ended> {
    fs::create_dir(files).map_err(Ended::fault)?;
    for (nth, page) in pages.iter().enumerate() {
        let file = files.join(format!("{nth}.html.gz"));
        fs::write(file, &page.body).map_err(Ended::fault)?;
    }
    let [plain, safe] = free()?;
    let fields = pages.first().map(|page| safety(&page.head));
    let fields = fields.unwrap_or_default();
    let (folder_name, files) = (folder.display(), files.display());
    // Its workers read what this run has written.
    let root = fs::metadata(folder).map_err(Ended::fault)?.uid() == 0;
    let user = if root { "user root;" } else { "" };
    let settings = format!(
        "daemon off; pid {folder_name}/nginx.pid; error_log {folder_name}/nginx.log; {user}
        worker_processes auto;
        events {{ worker_connections 1024; multi_accept on; }}
        http {{
            access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000;
            open_file_cache max=10000; open_file_cache_valid 600s; gzip_static always;
            default_type 'text/html; charset=utf-8';
            client_body_temp_path {folder_name}/body; proxy_temp_path {folder_name}/proxy;
            fastcgi_temp_path {folder_name}/fastcgi; uwsgi_temp_path {folder_name}/uwsgi;
            scgi_temp_path {folder_name}/scgi;
            server {{ listen {plain}; root {files}; }}
            server {{ listen {safe}; root {files}; {fields} }}
        }}"
    );
    let file = folder.join("nginx.conf");
    fs::write(&file, settings).map_err(Ended::fault)?;
    let child = nginx()
        .arg("-c")
        .arg(&file)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|why| Ended::Fault(format!("nginx cannot be started: {why}")))?;
    let peer = Peer {
        running: Running(child),
        settings: file,
    };
    for _ in 0..100 {
        if TcpStream::connect(safe).is_ok() {
            return Ok((peer, [plain, safe]));
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    Err(Ended::Fault("nginx does not answer".to_owned()))
}

/// Whether both send the same bytes for every page.
pub fn same(
    peer: SocketAddr,
    names: &[String],
    at: SocketAddr,
    found: &[String],
) -> Result<(), Ended> {
    for (name, path) in names.iter().zip(found) {
        if get(peer, name, "gzip")?.body != get(at, path, "gzip")?.body {
            return Err(Ended::Fault(format!("the two send other bytes for {path}")));
        }
    }
    Ok(())
}

/// How many answers a second `wrk` gets, asking for the paths in turn.
pub fn rate(folder: &Path, at: SocketAddr, paths: &[String], seconds: u32) -> Result<f64, Ended> {
    let quoted: Vec<String> = paths.iter().map(|path| format!("{path:?}")).collect();
    let script = format!(
        "local paths = {{ {} }}
        local nth = 0
        wrk.headers['Accept-Encoding'] = 'gzip'
        wrk.headers['Accept-Language'] = 'en'
        request = function()
            nth = nth % #paths + 1
            return wrk.format('GET', paths[nth])
        end",
        quoted.join(", ")
    );
    let file = folder.join("ask.lua");
    fs::write(&file, script).map_err(Ended::fault)?;
    let done = Command::new("wrk")
        .args(["-t1", CONNECTIONS, &format!("-d{seconds}s"), "-s"])
        .arg(file)
        .arg(format!("http://{at}/"))
        .output()
        .map_err(|why| Ended::Fault(format!("wrk cannot be started: {why}")))?;
    let said = String::from_utf8_lossy(&done.stdout).into_owned();
    let rate = said
        .lines()
        .find_map(|line| line.strip_prefix("Requests/sec:"))
        .and_then(|rate| rate.trim().parse().ok());
    match rate {
        Some(rate) if !said.contains("Non-2xx") && !said.contains("Socket errors") => Ok(rate),
        _ => Err(Ended::Fault(format!("wrk said:\n{said}"))),
    }
}
