//! What is written of an assignment: one file of everybody, a list of each committee, and the seats
//! that nobody takes. Each appears whole or not at all.

use crate::exit::Ended;
use crate::matching::job::beside;
use crate::staff::files::is_json;
use crate::staff::picture;
use crate::staff::picture::Shown;
use crate::whole::Whole;
use csv::Writer;
use sanduq_core::cell::guarded;
use sanduq_operations::assignment::change::Desk;
use sanduq_operations::assignment::committee::Committee;
use sanduq_operations::assignment::registers::Registers;
use sanduq_operations::assignment::rules::Rules;
use sanduq_operations::assignment::serve::Cost;
use sanduq_operations::assignment::whole::Post;
use serde_json::Value;
use serde_json::json;
use std::fs;
use std::path::Path;

/// The columns of an assignment.
const COLUMNS: [&str; 6] = [
    "person",
    "committee",
    "kind",
    "governorate",
    "metres",
    "cost_metres",
];

/// An assignment as rows.
pub struct Rows<'a> {
    rules: &'a Rules,
    registers: &'a Registers,
    posts: &'a [Post],
}

fn fault(path: &Path, why: &dyn core::fmt::Display) -> Ended {
    Ended::fault(format!("{}: {why}", path.display()))
}

/// Writes a file under another name and puts it in its place.
fn put(path: &Path, text: &[u8]) -> Result<(), Ended> {
    let unfinished = beside(path, ".new");
    let written = fs::write(&unfinished, text).and_then(|()| fs::rename(&unfinished, path));
    written.map_err(|why| fault(path, &why))
}

/// Rows as CSV.
fn csv_of(rows: impl Iterator<Item = Vec<String>>) -> Result<Vec<u8>, Ended> {
    let mut file = Writer::from_writer(Vec::new());
    for row in rows {
        let cells = row.iter().map(|cell| guarded(cell).into_owned());
        file.write_record(cells).map_err(Ended::fault)?;
    }
    file.into_inner().map_err(Ended::fault)
}

fn names(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

impl<'a> Rows<'a> {
    /// The rows of an assignment that was checked.
    pub fn new(rules: &'a Rules, registers: &'a Registers, posts: &'a [Post]) -> Self {
        Self {
            rules,
            registers,
            posts,
        }
    }

    /// Writes everybody into one file: CSV, or JSON where its name ends so.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn put(&self, path: &Path) -> Result<(), Ended> {
        match is_json(path) {
            true => put(path, &self.json()?),
            false => put(path, &self.csv()?),
        }
    }

    /// Everybody with the committee and what it costs, in the order of the posts.
    fn seated(&self) -> impl Iterator<Item = (&Post, &Committee, Cost)> {
        self.posts.iter().filter_map(|post| {
            let person = &self.registers.people[self.registers.person(&post.person)?];
            let at = &self.registers.committees[self.registers.committee(&post.committee)?];
            Some((post, at, self.rules.cost(person, at)))
        })
    }

    fn csv(&self) -> Result<Vec<u8>, Ended> {
        let rows = self.seated().map(|(post, at, cost)| {
            vec![
                post.person.to_string(),
                post.committee.to_string(),
                at.kind.code().to_owned(),
                at.governorate.to_string(),
                cost.way_metres.to_string(),
                cost.metres().to_string(),
            ]
        });
        csv_of([names(&COLUMNS)].into_iter().chain(rows))
    }

    fn json(&self) -> Result<Vec<u8>, Ended> {
        let entries = self.seated().map(|(post, at, cost)| {
            json!({
                "person": post.person.as_str(),
                "committee": post.committee.as_str(),
                "kind": at.kind.code(),
                "governorate": at.governorate.as_str(),
                "metres": cost.way_metres,
                "cost_metres": cost.metres(),
            })
        });
        let entries: Vec<Value> = entries.collect();
        serde_json::to_vec(&entries).map_err(Ended::fault)
    }

    /// Writes a list of each committee into a folder, one folder a governorate.
    ///
    /// # Errors
    /// The folder is not empty, or something cannot be written.
    pub fn lists(&self, folder: &Path) -> Result<(), Ended> {
        let desk = Desk::new(self.rules, self.registers, self.posts);
        let desk = desk.map_err(|refusal| Ended::refused(&refusal))?;
        let whole = Whole::begin(folder, "assignment")?;
        for (at, members) in self.registers.committees.iter().zip(&desk.members) {
            let inside = whole.path().join(at.governorate.as_str());
            fs::create_dir_all(&inside).map_err(|why| fault(folder, &why))?;
            let rows = members.iter().map(|member| {
                let person = &self.registers.people[*member];
                vec![
                    person.code.to_string(),
                    person.body.clone(),
                    person.rank.to_string(),
                    self.rules.cost(person, at).way_metres.to_string(),
                ]
            });
            let head = [names(&["person", "body", "rank", "metres"])];
            let text = csv_of(head.into_iter().chain(rows))?;
            let file = inside.join(format!("{}.csv", at.code));
            fs::write(&file, text).map_err(|why| fault(folder, &why))?;
        }
        whole.put()
    }
}

/// Writes the seats that nobody takes beside the result: a list, and a picture of where they are.
///
/// # Errors
/// They cannot be written.
pub fn uncovered(path: &Path, shown: &Shown<'_>) -> Result<(), Ended> {
    let head = [
        "committee",
        "kind",
        "governorate",
        "district",
        "seats",
        "empty",
    ];
    let rows = shown.empty.iter().map(|(at, seats)| {
        let at = &shown.registers.committees[*at];
        vec![
            at.code.to_string(),
            at.kind.code().to_owned(),
            at.governorate.to_string(),
            at.district
                .as_ref()
                .map_or_else(String::new, ToString::to_string),
            at.seats.to_string(),
            seats.to_string(),
        ]
    });
    let text = csv_of([names(&head)].into_iter().chain(rows))?;
    put(&beside(path, ".uncovered.csv"), &text)?;
    drawn(&beside(path, ".uncovered.svg"), shown)
}

/// Writes the picture of an assignment.
///
/// # Errors
/// It cannot be written.
pub fn drawn(path: &Path, shown: &Shown<'_>) -> Result<(), Ended> {
    put(path, picture::svg(shown).as_bytes())
}
