//! What a rehearsal has to say at the end: figures, where everything lies, and who can log in.

use crate::progress::grouped;
use crate::publish::Published;
use crate::rehearse::Login;
use crate::rehearse::Rehearse;
use sanduq_rehearsal::course::Figures;
use sanduq_rehearsal::course::Voter;
use serde_json::Map;
use serde_json::Value;
use std::path::Path;
use std::path::PathBuf;
use std::time::Duration;

/// What the rehearsal has to say at the end.
pub(super) struct Done<'a> {
    pub(super) args: &'a Rehearse,
    pub(super) figures: Figures,
    pub(super) published: Published,
    pub(super) logins: Vec<Login>,
    pub(super) out: &'a Path,
    pub(super) papers: PathBuf,
    pub(super) took: Duration,
}

impl Done<'_> {
    fn rows(&self) -> Vec<(&'static str, u64)> {
        let f = &self.figures;
        vec![
            ("records", f.records),
            ("registered", f.registered),
            ("stations", f.stations),
            ("households", f.households.0),
            ("divided", f.households.1),
            ("cost_metres", f.price.cost_metres),
            ("bound_metres", f.price.bound_metres),
            ("judges", f.serving.judges),
            ("staff", f.serving.administrators),
            ("came", f.came),
            ("voted", f.voted),
            ("sheets", f.sheets),
            ("differing", f.differing),
            ("adjudicated", f.adjudicated),
            ("returned", f.returned),
            ("certified", f.certified),
            ("lots", f.lots),
            ("left", f.left),
        ]
    }

    /// The object for machines.
    pub(super) fn json(&self) -> Value {
        let mut object = Map::new();
        object.insert("scale".to_owned(), self.args.scale.clone().into());
        object.insert("seed".to_owned(), self.args.seed.into());
        for (name, figure) in self.rows() {
            object.insert(name.to_owned(), figure.into());
        }
        let (snapshot, hash) = (&self.published.snapshot, &self.published.journal_root);
        object.insert("snapshot".to_owned(), snapshot.clone().into());
        object.insert("final_hash".to_owned(), hash.clone().into());
        object.insert("verified".to_owned(), true.into());
        let voter = |voter: &Voter| serde_json::json!({"number": voter.number, "born": voter.born});
        let voters: Vec<Value> = self.figures.voters.iter().map(voter).collect();
        object.insert("voters".to_owned(), voters.into());
        object.insert("out".to_owned(), self.out.display().to_string().into());
        let millis = u64::try_from(self.took.as_millis()).unwrap_or(u64::MAX);
        object.insert("milliseconds".to_owned(), millis.into());
        Value::Object(object)
    }

    /// The screen for people.
    pub(super) fn show(&self) {
        println!();
        println!(
            "  Rehearsal `{}`, seed {}: an invented nation",
            self.args.scale, self.args.seed
        );
        println!();
        for (name, figure) in self.rows() {
            println!("  {name:<12} {:>14}", grouped(figure));
        }
        println!();
        println!("  snapshot     {}", self.published.snapshot);
        println!(
            "  published    {} ({} files)",
            self.out.display(),
            self.published.files
        );
        println!("  verified     every file, every sheet, every total, every seat");
        println!("  time taken   {:.1} s", self.took.as_secs_f64());
        println!("  final hash   {}", self.published.journal_root);
        println!("  invented voters, to ask at /where where they vote:");
        for Voter { number, born } in &self.figures.voters {
            println!("    {number}  born {born}");
        }
        if self.args.no_serve {
            return;
        }
        if self.figures.left > 0 {
            println!("  to type      {}", self.papers.display());
        }
        println!();
        println!(
            "  http://{}   until you stop it with Ctrl+C",
            self.args.listen
        );
        println!("  log-ins of the rehearsal, one a role:");
        for login in &self.logins {
            let role = login.account.role.code();
            println!("    {role:<20} {:<22} {}", login.id, login.password);
        }
    }
}
