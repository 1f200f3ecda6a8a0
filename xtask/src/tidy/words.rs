//! Words that do not belong: a country's name in code, a path of somebody's machine anywhere.
//! The law of a country is data in `jurisdictions/`; tests in `tests/` may name real elections.

use crate::tidy::source::is_word;
use crate::tidy::tree::Breach;
use crate::tidy::tree::Tree;
use std::collections::BTreeMap;

/// Names of countries and of their people, in small letters. `_` joins two words. Names that are
/// also common words of English or names of languages and calendars are left out.
const COUNTRIES: &str = "
    afghanistan afghan albania albanian algeria algerian andorra angola argentina argentine
    armenia armenian australia australian austria austrian azerbaijan bahrain bahraini bangladesh
    belarus belgium belgian benin bolivia bosnia botswana brazil brazilian britain bulgaria
    bulgarian burundi cambodia cameroon canada canadian chile chilean china colombia colombian
    comoros congo costa_rica croatia croatian cuba cuban cyprus czechia denmark djibouti ecuador
    egypt egyptian emirates emirati england eritrea estonia estonian eswatini ethiopia finland
    finnish france gabon gambia georgia georgian germany ghana greece guatemala guinea haiti
    honduras hungary iceland india indonesia iran iranian iraq iraqi ireland israel israeli italy
    japan jordan jordanian kazakhstan kenya kenyan kosovo kuwait kuwaiti kyrgyzstan laos latvia
    latvian lebanon lebanese lesotho liberia libya libyan lithuania lithuanian luxembourg
    madagascar malawi malaysia mali malta mauritania mauritanian mauritius mexico mexican moldova
    mongolia montenegro morocco moroccan mozambique myanmar namibia nepal netherlands dutch
    new_zealand nicaragua niger nigeria nigerian norway norwegian oman omani pakistan pakistani
    palestine palestinian panama paraguay peru philippines poland portugal qatar qatari romania
    russia russian rwanda saudi scotland senegal serbia serbian slovakia slovenia somalia somali
    south_africa spain sri_lanka sudan sudanese sweden swedish switzerland swiss syria syrian
    taiwan tajikistan tanzania thailand togo tunisia tunisian turkey turkish turkmenistan uganda
    ukraine ukrainian united_kingdom united_states uruguay uzbekistan venezuela vietnam wales
    yemen yemeni zambia zimbabwe
    الأردن الإمارات البحرين الجزائر السعودية السودان العراق الكويت المغرب اليمن ایران إيران تونس
    روسيا روسیه سوريا عراق عمان فلسطين قطر لبنان ليبيا لیبی مصر موريتانيا گرجستان
";

/// No country's name in the code of a crate.
pub fn countries(tree: &Tree) -> Vec<Breach> {
    let mut countries: BTreeMap<&str, Vec<Vec<&str>>> = BTreeMap::new();
    for name in COUNTRIES.split_whitespace() {
        let words: Vec<&str> = name.split('_').collect();
        countries.entry(words[0]).or_default().push(words);
    }
    let mut breaches = Vec::new();
    let code = |extension: &str| matches!(extension, "rs" | "html" | "sql" | "typ");
    for file in tree.files.iter().filter(|file| code(file.extension())) {
        let Some(below) = file.path.strip_prefix("crates/") else {
            continue;
        };
        if below.split('/').nth(1) == Some("tests") {
            continue;
        }
        for (index, line) in file.text.lines().enumerate() {
            let words = words(line);
            for (at, word) in words.iter().enumerate() {
                let names = countries.get(word.as_str()).into_iter().flatten();
                let here = |name: &&Vec<&str>| {
                    let end = words.len().min(at + name.len());
                    words[at..end].iter().eq(name.iter())
                };
                breaches.extend(names.filter(here).map(|name| {
                    file.breach(index + 1, format!("a country in code: {}", name.join(" ")))
                }));
            }
        }
    }
    breaches
}

/// The words of a line in small letters; `snake_case` and `CamelCase` come apart, marks of Arabic
/// vowels fall away.
fn words(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut last = ' ';
    for c in line
        .chars()
        .filter(|c| !('\u{64b}'..='\u{652}').contains(c))
    {
        if !c.is_alphabetic() || (c.is_uppercase() && last.is_lowercase()) {
            words.push(String::new());
        }
        if c.is_alphabetic() {
            words
                .last_mut()
                .expect("there is always a word")
                .extend(c.to_lowercase());
        }
        last = c;
    }
    words.retain(|word| !word.is_empty());
    words
}

/// Folders of somebody's machine.
const FOLDERS: [&str; 5] = ["/work/", "/root/", "/home/", "/Users/", "C:\\Users\\"];
/// Hosts of package registries: packages are named, and the ordinary clients know where to ask.
const HOSTS: [&str; 5] = [
    "static.crates.io",
    "index.crates.io",
    "files.pythonhosted.org",
    "pypi.org",
    "npmjs.org",
];
/// Written by package clients, which put the addresses in.
const LOCKS: [&str; 2] = ["Cargo.lock", "package-lock.json"];

/// No path of a machine, no registry's host and no number of a work item in any file.
pub fn machine(tree: &Tree) -> Vec<Breach> {
    let mut breaches = Vec::new();
    for file in &tree.files {
        let name = file.path.rsplit('/').next().unwrap_or_default();
        if LOCKS.contains(&name) || file.path.starts_with("xtask/src/tidy/") {
            continue;
        }
        for (index, line) in file.text.lines().enumerate() {
            let found = FOLDERS
                .iter()
                .find(|folder| starts_path(line, folder))
                .or_else(|| HOSTS.iter().find(|host| line.contains(*host)))
                .map(|word| format!("{word} is somebody's machine, not the project"))
                .or_else(|| work_item(line).then(|| "the number of a work item".to_owned()));
            breaches.extend(found.map(|what| file.breach(index + 1, what)));
        }
    }
    breaches
}

fn starts_path(line: &str, folder: &str) -> bool {
    line.match_indices(folder).any(|(start, _)| {
        let before = line[..start].chars().next_back();
        !before.is_some_and(|c| is_word(c) || matches!(c, '.' | '-' | '}' | '>'))
    })
}

/// Whether a line speaks of "issue 12" or "issue #12".
fn work_item(line: &str) -> bool {
    let line = line.to_lowercase();
    line.match_indices("issue ").any(|(start, word)| {
        let rest = line[start + word.len()..].trim_start_matches('#');
        rest.starts_with(|c: char| c.is_ascii_digit())
    })
}
