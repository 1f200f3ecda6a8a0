//! Reads tables whole and prints how fast: `cargo run --release --example read -- PATH [TIMES]`, or
//! `-- --generate MEGABYTES` for a text made on the way, to see that memory does not grow with it.
//!
//! The cells of every column that has a count in row 2 are read as counts.

use std::io::Read;
use std::time::Instant;

use sanduq_table::Table;
use sanduq_table::TableRefusal;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let done = match arguments.as_slice() {
        [flag, megabytes] if flag == "--generate" => generated(megabytes),
        [path] => read(path, "1"),
        [path, times] => read(path, times),
        _ => Err("usage: read PATH [TIMES] | --generate MEGABYTES".into()),
    };
    if let Err(error) = done {
        eprintln!("{error}");
        std::process::exit(1);
    }
}

type Done = Result<(), Box<dyn std::error::Error>>;

fn read(path: &str, times: &str) -> Done {
    for _ in 0..times.parse::<u32>()? {
        let start = Instant::now();
        let mut seen = Seen::default();
        for table in sanduq_table::open(path)?.tables() {
            seen.take(table?)?;
        }
        seen.print(start);
    }
    Ok(())
}

fn generated(megabytes: &str) -> Done {
    let bytes = megabytes.parse::<u64>()? * 1_000_000;
    let start = Instant::now();
    let mut seen = Seen::default();
    seen.take(sanduq_table::open_reader(
        "generated.csv",
        Lines::new(bytes),
    )?)?;
    seen.print(start);
    Ok(())
}

#[derive(Default)]
struct Seen {
    rows: u64,
    counts: u64,
    sum: u64,
}

impl Seen {
    fn take(&mut self, table: Table) -> Result<(), TableRefusal> {
        let columns = table.header().len();
        let mut counts = Vec::new();
        self.rows += table.for_each(|row| {
            if row.number() == 2 {
                counts = (0..columns).collect();
                counts.retain(|column| row.cell(*column).count().is_ok());
            }
            for column in &counts {
                if let Some(count) = row.cell(*column).count()? {
                    self.counts += 1;
                    self.sum = self.sum.wrapping_add(count);
                }
            }
            Ok::<(), TableRefusal>(())
        })?;
        Ok(())
    }

    fn print(&self, start: Instant) {
        let seconds = start.elapsed().as_secs_f64();
        let (rows, counts, sum) = (self.rows, self.counts, self.sum);
        let rate = f64::from(u32::try_from(rows).unwrap_or(u32::MAX)) / seconds;
        print!("{rows} rows, {counts} counts, sum {sum}, {seconds:.3} s, {rate:.0} rows/s");
        match peak_kib() {
            Some(peak) => println!(", peak {} MiB", peak / 1024),
            None => println!(),
        }
    }
}

/// The most memory the process ever held, where the system tells (Linux).
fn peak_kib() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

/// A text of about so many bytes.
struct Lines {
    left: u64,
    line: Vec<u8>,
    at: usize,
}

impl Lines {
    fn new(left: u64) -> Self {
        Self {
            left,
            line: b"station,registered,came,voted,name\n".to_vec(),
            at: 0,
        }
    }
}

impl Read for Lines {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let mut written = 0;
        while written < buffer.len() {
            if self.at == self.line.len() {
                if self.left == 0 {
                    break;
                }
                let number = self.left;
                self.line = format!("{number},873,412,411,\"مدرسة, {number}\"\n").into_bytes();
                self.left = self.left.saturating_sub(self.line.len() as u64);
                self.at = 0;
            }
            let count = (buffer.len() - written).min(self.line.len() - self.at);
            buffer[written..written + count].copy_from_slice(&self.line[self.at..self.at + count]);
            written += count;
            self.at += count;
        }
        Ok(written)
    }
}
