//! Measures: the program prints its figures as JSON, one object a line, and this shows them as a
//! table with the machine and the commit they belong to.

mod ballots;
mod matching;
mod placement;
mod staff;

use crate::machine;
use crate::project::Project;
use crate::project::Stop;
use crate::project::listen;
use crate::rehearse;
use crate::suite;
use std::fs;
use std::path::Path;
use std::process::Command;

/// Builds the program as it is used and runs `sanduq bench`.
pub fn run(project: &Project, names: &[String]) -> Result<(), Stop> {
    match names
        .split_first()
        .map(|(name, rest)| (name.as_str(), rest))
    {
        Some(("ballots", rest)) => return ballots::run(project, rest),
        Some(("matching", rest)) => return matching::run(project, rest),
        Some(("placement", rest)) => return placement::run(project, rest),
        Some(("staff", rest)) => return staff::run(project, rest),
        _ => {}
    }
    machine::provide(&machine::PROGRAM)?;
    if names.first().is_none_or(|name| name == "pages") {
        machine::provide(&machine::PEERS)?;
    }
    rehearse::build(project)?;
    let program = project.target.join("release/sanduq");
    let lines = match names.split_first() {
        Some((name, rest)) if name == "entry" => entry(project, &program, rest)?,
        _ => listen(
            Command::new(program)
                .arg("bench")
                .args(names)
                .current_dir(&project.root),
        )?,
    };
    println!("machine  {}", this_machine());
    println!("commit   {}\n", commit(project)?);
    print!("{}", table(&lines));
    Ok(())
}

/// What stands behind an option, or why the option cannot stand alone.
fn value<'a>(
    words: &mut std::slice::Iter<'a, String>,
    word: &str,
    usage: &str,
) -> Result<&'a String, Stop> {
    let lacking = || Stop::Failed(format!("{word} needs a value\n\n{usage}"));
    words.next().ok_or_else(lacking)
}

/// The keys and the waiting of a clerk, in the browser.
fn entry(project: &Project, program: &Path, rest: &[String]) -> Result<String, Stop> {
    machine::provide(&machine::TESTS)?;
    suite::packages(project)?;
    let chromium = suite::chromium()?;
    let mut node = Command::new("node");
    node.arg("measure/entry.mjs").args(rest);
    node.current_dir(project.root.join("e2e"))
        .env("SANDUQ", program)
        .env("CHROMIUM", chromium);
    listen(&mut node)
}

/// Processor, cores and memory, as the kernel names them.
fn this_machine() -> String {
    let read = |path: &str| fs::read_to_string(path).unwrap_or_default();
    let value = |text: &str, key: &str| {
        let line = text
            .lines()
            .find(|line| line.starts_with(key))
            .map(str::to_owned);
        line.and_then(|line| Some(line.split_once(':')?.1.trim().to_owned()))
            .unwrap_or_default()
    };
    let processor = value(&read("/proc/cpuinfo"), "model name");
    let cores = std::thread::available_parallelism().map_or(0, std::num::NonZero::get);
    let memory = value(&read("/proc/meminfo"), "MemTotal");
    let kilobytes: u64 = memory.trim_end_matches(" kB").parse().unwrap_or_default();
    format!(
        "{processor}, {cores} cores, {} GiB",
        kilobytes.div_ceil(1024 * 1024)
    )
}

/// The commit that was measured, and whether anything differs from it.
fn commit(project: &Project) -> Result<String, Stop> {
    let git = |arguments: &[&str]| {
        listen(
            Command::new("git")
                .args(arguments)
                .current_dir(&project.root),
        )
    };
    let name = git(&["rev-parse", "--short", "HEAD"])?;
    let changed = !git(&["status", "--porcelain", "--untracked-files=no"])?.is_empty();
    Ok(format!(
        "{}{}",
        name.trim(),
        if changed { " with changes" } else { "" }
    ))
}

const COLUMNS: [&str; 4] = ["bench", "figure", "value", "unit"];

/// The figures as a table, numbers right under each other; any other line stays as it is.
fn table(lines: &str) -> String {
    let mut text = String::new();
    let mut rows = vec![COLUMNS.map(str::to_owned)];
    for line in lines.lines() {
        match row(line) {
            Some(row) => rows.push(row),
            None => text += &format!("{line}\n"),
        }
    }
    let width = |column: usize| {
        rows.iter()
            .map(|row| row[column].chars().count())
            .max()
            .unwrap_or_default()
    };
    let (bench, figure, value) = (width(0), width(1), width(2));
    for [name, what, number, unit] in &rows {
        let line = format!("{name:bench$}  {what:figure$}  {number:>value$}  {unit}");
        text += &format!("{}\n", line.trim_end());
    }
    text
}

/// The four fields of a figure, where the line is one.
fn row(line: &str) -> Option<[String; 4]> {
    let fields = object(line)?;
    let field = |name: &str| {
        let found = fields.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.clone())
    };
    Some([
        field("bench")?,
        field("figure")?,
        field("value")?,
        field("unit")?,
    ])
}

/// The fields of a JSON object whose values are texts and numbers, as the program prints figures.
fn object(line: &str) -> Option<Vec<(String, String)>> {
    let mut rest = line.trim().strip_prefix('{')?.strip_suffix('}')?.trim();
    let mut fields = Vec::new();
    while !rest.is_empty() {
        let (key, after) = scalar(rest)?;
        let (value, after) = scalar(after.trim_start().strip_prefix(':')?.trim_start())?;
        fields.push((key, value));
        rest = after.trim_start();
        rest = rest.strip_prefix(',').unwrap_or(rest).trim_start();
    }
    Some(fields)
}

/// A text between quotes, with `\"` and `\\` resolved, or a number; and what follows it.
fn scalar(text: &str) -> Option<(String, &str)> {
    let Some(quoted) = text.strip_prefix('"') else {
        let end = text.find([',', ' ', '}', ':']).unwrap_or(text.len());
        return (end > 0).then(|| (text[..end].to_owned(), &text[end..]));
    };
    let mut value = String::new();
    let mut chars = quoted.char_indices();
    while let Some((index, c)) = chars.next() {
        match c {
            '"' => return Some((value, &quoted[index + 1..])),
            '\\' => value.push(chars.next()?.1),
            _ => value.push(c),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::table;

    #[test]
    fn figures_stand_in_a_table() {
        let lines = r#"warming up
{"bench":"sheets","figure":"time","value":1.25,"unit":"s"}
{"unit": "rows/s", "value": 77060, "figure": "rate, \"all\"", "bench": "sheets"}
{"bench":"broken"}
"#;
        let expected = r#"warming up
{"bench":"broken"}
bench   figure       value  unit
sheets  time          1.25  s
sheets  rate, "all"  77060  rows/s
"#;
        assert_eq!(table(lines), expected);
    }
}
