//! A whole nation, placed once and, where it is asked for, a second time on one thread: what it
//! took, and what was counted in the placement, held against what is promised.

use crate::bench::object;
use crate::project::Project;
use crate::project::Stop;
use crate::project::call;
use crate::project::listen;
use std::process::Command;

/// Voters of the nation that is promised; its stations and districts give the usual proportions.
const WHOLE: [u64; 3] = [70_000_000, 60_000, 352];

/// What is promised by the clock, on sixteen cores.
const SECONDS: u64 = 15 * 60;

/// What is promised of memory: 12 GB, in the kilobytes of the kernel.
const KILOBYTES: u64 = 12_000_000_000 / 1024;

/// Of a hundred households, how many stay together.
const TOGETHER_PERCENT: u64 = 98;

/// How far the cost may be above the bound, in hundredths of it.
const ABOVE_PERCENT: u64 = 2;

/// A nation that is invented and placed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Nation {
    /// Voters.
    pub voters: u32,
    /// Stations.
    pub stations: u32,
    /// Districts, nobody of which votes in another.
    pub districts: u32,
    /// What the nation is drawn from.
    pub seed: u32,
    /// Whether it is placed a second time.
    pub again: bool,
}

impl Nation {
    /// The usual nation of so many voters.
    pub fn of(voters: u32) -> Self {
        let share = |all: u64| {
            let share = (u64::from(voters) * all).div_ceil(WHOLE[0]);
            u32::try_from(share).unwrap_or(u32::MAX)
        };
        Self {
            voters,
            stations: share(WHOLE[1]),
            districts: share(WHOLE[2]),
            seed: 1,
            again: false,
        }
    }

    /// Builds what measures, measures, prints it, and says which promises are not kept.
    ///
    /// # Errors
    /// Whatever keeps it from measuring.
    pub fn measure(&self, project: &Project) -> Result<Vec<String>, Stop> {
        let mut build = project.cargo(&["build", "--release", "--locked"]);
        call(build.args(["--package", "sanduq-placement", "--example", "nation"]))?;
        let first = self.placed(project, None)?;
        print!("{}", rows(&first));
        let mut missed = self.missed(&first);
        if self.again {
            // Another number of threads: no order in which districts end may matter.
            let second = self.placed(project, Some("1"))?;
            let same = field(&first, "digest") == field(&second, "digest");
            println!("a second time, on one thread: {}", told(same));
            missed.extend((!same).then(|| "the second placement is another one".to_owned()));
        }
        Ok(missed)
    }

    fn placed(&self, project: &Project, threads: Option<&str>) -> Result<Vec<Field>, Stop> {
        let mut nation = Command::new(project.target.join("release/examples/nation"));
        let numbers = [self.voters, self.stations, self.districts, self.seed];
        nation.args(numbers.map(|number| number.to_string()));
        if let Some(threads) = threads {
            nation.env("RAYON_NUM_THREADS", threads);
        }
        let lines = listen(&mut nation)?;
        let found = lines.lines().rev().find_map(object);
        found.ok_or_else(|| Stop::Failed(format!("no figures: {lines}")))
    }

    /// Promises that are not kept; a figure that is not there keeps none.
    fn missed(&self, figures: &[Field]) -> Vec<String> {
        let whole = |name: &str| -> Option<u64> {
            let text = field(figures, name)?;
            // Of seconds the part before the point; what has begun counts as gone.
            match text.split_once('.') {
                Some((whole, _)) => whole.parse::<u64>().ok()?.checked_add(1),
                None => text.parse().ok(),
            }
        };
        let percent = |name: &str, of: &str| {
            let (part, all) = (whole(name)?, whole(of)?.max(1));
            Some((part * 100).div_ceil(all))
        };
        let mut missed = Vec::new();
        let mut most = |what: &str, found: Option<u64>, most: u64| {
            if found.is_none_or(|found| found > most) {
                let found = found.map_or_else(|| "not measured".to_owned(), |it| it.to_string());
                missed.push(format!("{what}: {found}, promised {most}"));
            }
        };
        most("seconds", whole("seconds"), SECONDS);
        most("kilobytes", whole("peak_kilobytes"), KILOBYTES);
        let placed = whole("voters").map(|voters| voters.abs_diff(u64::from(self.voters)));
        most("voters not placed once", placed, 0);
        most("outside their district", whole("outside_district"), 0);
        most("stations over their places", whole("over_capacity"), 0);
        most("needs not met", whole("needs_not_met"), 0);
        let divided = percent("divided", "households");
        most(
            "households divided, per cent",
            divided,
            100 - TOGETHER_PERCENT,
        );
        let cost = percent("cost_metres", "bound_metres");
        most("cost, per cent of the bound", cost, 100 + ABOVE_PERCENT);
        missed
    }
}

/// A field of a line of figures: its name and its value.
type Field = (String, String);

fn field<'a>(fields: &'a [Field], name: &str) -> Option<&'a str> {
    let found = fields.iter().find(|(key, _)| key == name);
    found.map(|(_, value)| value.as_str())
}

fn told(same: bool) -> &'static str {
    match same {
        true => "the same",
        false => "NOT the same",
    }
}

/// The figures, one a line.
fn rows(figures: &[Field]) -> String {
    let row = |(name, value): &Field| format!("{name:<18} {value:>18}\n");
    figures.iter().map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEPT: &str = r#"{"voters":700,"households":200,"divided":4,"cost_metres":1020,
        "bound_metres":1000,"over_capacity":0,"outside_district":0,"needs_not_met":0,
        "seconds":899.9,"peak_kilobytes":11718750,"digest":"a1"}"#;

    #[test]
    fn every_promise_is_held_against_what_was_measured() {
        let missed = |from: &str, to: &str| {
            let line = KEPT.replace('\n', " ").replace(from, to);
            let figures = object(&line).expect("figures");
            Nation::of(700).missed(&figures).concat()
        };
        assert_eq!(missed("", ""), "");
        for (from, to, what) in [
            (":899.9", ":900.1", "seconds: 901"),
            (":11718750", ":11718751", "kilobytes: 11718751"),
            (":700", ":699", "not placed once: 1"),
            ("_district\":0", "_district\":1", "district: 1"),
            ("_capacity\":0", "_capacity\":2", "places: 2"),
            ("_met\":0", "_met\":3", "met: 3"),
            ("\"divided\":4", "\"divided\":5", "divided, per cent: 3"),
            (":1020", ":1021", "bound: 103"),
            ("peak", "some", "kilobytes: not measured"),
        ] {
            let missed = missed(from, to);
            assert!(missed.contains(what), "{what}: {missed}");
        }
    }

    #[test]
    fn a_smaller_nation_has_its_share_of_stations_and_districts() {
        for (voters, stations, districts) in
            [(70_000_000, 60_000, 352), (1_000_000, 858, 6), (1, 1, 1)]
        {
            let nation = Nation::of(voters);
            assert_eq!(
                (nation.stations, nation.districts),
                (stations, districts),
                "{voters}"
            );
        }
    }
}
