//! Files beside the code: links of the documents resolve, every language has every sentence, and
//! no file of somebody else's data was copied in.

use crate::tidy::tree::Breach;
use crate::tidy::tree::File;
use crate::tidy::tree::Tree;
use std::collections::BTreeMap;

/// Every relative link of a document leads to a file or folder of the project.
pub fn links(tree: &Tree) -> Vec<Breach> {
    let mut breaches = Vec::new();
    for file in tree.with_extension("md") {
        let mut fenced = false;
        for (index, line) in file.text.lines().enumerate() {
            fenced ^= line.trim_start().starts_with("```");
            if fenced {
                continue;
            }
            for target in targets(line).filter(|target| !leads_somewhere(tree, file, target)) {
                breaches.push(file.breach(index + 1, format!("the link {target} leads nowhere")));
            }
        }
    }
    breaches
}

/// What a line links to: `](target)`, `[name]: target`, `src="target"`; code between backticks
/// links to nothing.
fn targets(line: &str) -> impl Iterator<Item = &str> {
    let prose = line.split('`').step_by(2);
    prose.flat_map(|text| {
        let inline = text
            .split("](")
            .skip(1)
            .map(|rest| until(rest, &[')', ' ']));
        let source = text.split("src=\"").skip(1).map(|rest| until(rest, &['"']));
        let named = text
            .strip_prefix('[')
            .and_then(|rest| rest.split_once("]: "));
        inline
            .chain(source)
            .chain(named.map(|(_, rest)| until(rest, &[' '])))
    })
}

fn until<'a>(text: &'a str, ends: &[char]) -> &'a str {
    text.split(ends).next().unwrap_or_default()
}

fn leads_somewhere(tree: &Tree, file: &File, target: &str) -> bool {
    let path = target.split('#').next().unwrap_or_default();
    if path.is_empty() || path.contains("://") || path.starts_with("mailto:") {
        return true;
    }
    let mut place: Vec<&str> = file.path.split('/').collect();
    place.pop();
    for part in path.split('/').filter(|part| !matches!(*part, "" | ".")) {
        if part != ".." {
            place.push(part);
        } else if place.pop().is_none() {
            return false;
        }
    }
    tree.has(&place.join("/"))
}

const LANGUAGES: [&str; 4] = ["ar", "en", "fa", "fr"];
const LOCALES: &str = "crates/sanduq-web/locales/";

/// Every sentence exists once in each of the four languages.
pub fn locales(tree: &Tree) -> Vec<Breach> {
    let mut languages: BTreeMap<&str, BTreeMap<String, (&File, usize)>> = BTreeMap::new();
    let mut breaches = Vec::new();
    for file in tree.with_extension("ftl") {
        let Some(below) = file.path.strip_prefix(LOCALES) else {
            continue;
        };
        let language = below.split(['/', '.']).next().unwrap_or_default();
        let sentences = languages.entry(language).or_default();
        for (line, key) in keys(&file.text) {
            if let Some((other, first)) = sentences.insert(key.clone(), (file, line)) {
                let what = format!("{key} stands already at {}:{first}", other.path);
                breaches.push(file.breach(line, what));
            }
        }
    }
    if languages.is_empty() {
        return breaches;
    }
    for language in LANGUAGES {
        languages.entry(language).or_default();
    }
    let mut missing: BTreeMap<&str, (&File, usize, Vec<&str>)> = BTreeMap::new();
    for (key, (file, line)) in languages.values().flatten() {
        let lacks = languages
            .iter()
            .filter(|(_, sentences)| !sentences.contains_key(key));
        let lacks: Vec<&str> = lacks.map(|(language, _)| *language).collect();
        if !lacks.is_empty() {
            missing.entry(key).or_insert((file, *line, lacks));
        }
    }
    breaches.extend(missing.into_iter().map(|(key, (file, line, languages))| {
        file.breach(
            line,
            format!("{key} is missing in {}", languages.join(", ")),
        )
    }));
    breaches
}

/// The messages, terms and attributes (`message.attribute`) of a Fluent file with their lines.
fn keys(text: &str) -> Vec<(usize, String)> {
    let mut keys = Vec::new();
    let mut message = "";
    for (index, line) in text.lines().enumerate() {
        let Some((left, _)) = line.split_once('=') else {
            continue;
        };
        let name = left.trim_end();
        let attribute = name.trim_start().strip_prefix('.');
        let is_name = |name: &str| {
            let letters = name.trim_start_matches('-');
            letters.starts_with(|c: char| c.is_ascii_alphabetic())
                && letters
                    .chars()
                    .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
        };
        if let Some(attribute) = attribute.filter(|name| is_name(name)) {
            keys.push((index + 1, format!("{message}.{attribute}")));
        } else if is_name(name) {
            message = name;
            keys.push((index + 1, name.to_owned()));
        }
    }
    keys
}

/// Names by which files of real elections are known; they stay outside the project, under
/// `../shared/data`, because not every one of them may be passed on.
const KNOWN: [&str; 22] = [
    "2016.csv.zip",
    "2021.csv.zip",
    "2016_official_parl_party.csv",
    "Election2009Iran.csv",
    "Stats_formatted.csv",
    "districts.geojson",
    "majles-10th-2016-constituencies.csv",
    "official_totals.csv",
    "par.csv",
    "polling-centres-2012-complete.xls",
    "polling-centres-schema.sql",
    "pre.csv",
    "pres1_general.csv",
    "pres2_general.csv",
    "presidential-2024-announced.csv",
    "raw results.json",
    "registered-voters-known.csv",
    "registration raw.json",
    "results_person.json",
    "shura-national-figures.csv",
    "tunisia-governorates-24-ar-fr.geojson",
    "wilayats-63.csv",
];
/// Shorter files may be alike by chance.
const TELLING_LENGTH: usize = 64;

/// No file of the shared data was committed, neither by its name nor by its content.
pub fn borrowed(tree: &Tree) -> Vec<Breach> {
    let telling = |copy: &&Vec<u8>| copy.len() >= TELLING_LENGTH;
    let copied = |file: &&File| {
        let name = file.path.rsplit('/').next().unwrap_or_default();
        let mut foreign = tree.foreign.iter().filter(telling);
        // Everybody's copy of a licence is the same.
        let licence = name.starts_with("LICENSE");
        KNOWN.contains(&name) || (!licence && foreign.any(|copy| file.is_copy_of(copy)))
    };
    let files = tree.files.iter().filter(copied);
    files
        .map(|file| file.breach(0, "a file of the shared data; it is never committed"))
        .collect()
}
