//! The figures of both sides as rows, and what is promised held against them.

use crate::bench::staff::Peer;
use crate::bench::staff::Work;

/// What is promised of the cost, in hundredths of the bound.
const ABOVE_PERCENT: f64 = 2.0;

/// What is promised of a replacement.
const REPLACEMENT_SECONDS: f64 = 1.0;

/// The fields of a line.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Figures(Vec<(String, String)>);

impl Figures {
    /// The fields as they were read.
    pub fn new(fields: Vec<(String, String)>) -> Self {
        Self(fields)
    }

    /// A number; nothing where there is none of this name, or none was found.
    fn number(&self, name: &str) -> Option<f64> {
        let found = self.0.iter().find(|(key, _)| key == name)?;
        found.1.parse().ok()
    }

    /// As it is printed, a dash where there is none.
    fn text(&self, name: &str) -> String {
        let found = self.0.iter().find(|(key, _)| key == name);
        found.map_or_else(|| "-".to_owned(), |(_, value)| value.clone())
    }

    fn mebibytes(&self) -> String {
        let kilobytes = self.number("peak_kilobytes");
        kilobytes.map_or_else(|| "-".to_owned(), |all| format!("{:.0}", all / 1024.0))
    }
}

/// What was measured of an instance.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Measured {
    /// Ours.
    pub ours: Figures,
    /// Whether a second run placed everybody alike, where there was one.
    pub same: Option<bool>,
    /// The peer's, and what the check says of its answer.
    pub peer: Option<[Figures; 2]>,
}

/// The head of the table.
pub const HEAD: &str = "\
instance        solver        pairs   seconds processors    MiB        cost, m  above bound\
\x20 broken  missing";

impl Measured {
    /// How far a cost is above the bound, in hundredths of it.
    fn above(&self, cost: Option<f64>) -> Option<f64> {
        let bound = self.ours.number("bound_metres")?;
        Some((cost? - bound) * 100.0 / bound.max(1.0))
    }

    /// Ours and the peer, each a row.
    pub fn rows(&self, name: &str) -> String {
        let row = |who: [&str; 3], taken: &Figures, checked: &Figures| {
            let above = self.above(checked.number("cost_metres"));
            let above = above.map_or_else(|| "-".to_owned(), |above| format!("{above:.3} %"));
            format!(
                "{:<15} {:<9} {:>9} {:>9} {:>10} {:>6} {:>14} {above:>12} {:>7} {:>8}\n",
                who[0],
                who[1],
                who[2],
                taken.text("seconds"),
                taken.text("processor_seconds"),
                taken.mebibytes(),
                checked.text("cost_metres"),
                checked.text("breaches"),
                checked.text("missing"),
            )
        };
        let ours = row([name, "ours", "all"], &self.ours, &self.ours);
        let Some([found, checked]) = &self.peer else {
            return ours;
        };
        let pairs = found.text("pairs");
        ours + &row(["", "OR-tools", &pairs], found, checked)
    }

    /// The morning on which many do not come.
    pub fn morning(&self, name: &str) -> String {
        let ours = &self.ours;
        let again = match self.same {
            None => "",
            Some(true) => "; the same again on one thread",
            Some(false) => "; NOT the same again on one thread",
        };
        format!(
            "{name}: {} apologies answered one by one, the longest in {} s, all in {} s, \
             {} without anybody, {} broken; at once in {} s with {} moves, {} broken; {} swaps \
             asked in {} s, {} refused; explained in {} s at most; a proof of feasibility in \
             {} s; digest {}{again}\n",
            ours.text("replaced"),
            ours.text("replacement_longest_seconds"),
            ours.text("replacements_seconds"),
            ours.text("nobody"),
            ours.text("replacement_breaches"),
            ours.text("at_once_seconds"),
            ours.text("at_once_moves"),
            ours.text("at_once_breaches"),
            ours.text("swaps"),
            ours.text("swaps_seconds"),
            ours.text("swaps_refused"),
            ours.text("explained_longest_seconds"),
            ours.text("proof_seconds"),
            ours.text("digest"),
        )
    }

    /// Promises that are not kept.
    pub fn missed(&self, work: &Work) -> Vec<String> {
        let ours = &self.ours;
        let mut missed = Vec::new();
        // A figure that is not there keeps no promise.
        let mut most = |what: &str, found: Option<f64>, most: f64| {
            if found.is_none_or(|found| found > most) {
                let found = found.map_or_else(|| "not measured".to_owned(), |it| it.to_string());
                missed.push(format!("{}: {what}: {found}, promised {most}", work.name));
            }
        };
        most("seconds", ours.number("seconds"), work.limit_seconds);
        let above = self.above(ours.number("cost_metres"));
        most("per cent above the bound", above, ABOVE_PERCENT);
        for (what, name) in [
            ("broken", "breaches"),
            ("missing", "missing"),
            ("broken by replacements", "replacement_breaches"),
            ("broken by replacements at once", "at_once_breaches"),
        ] {
            most(what, ours.number(name), 0.0);
        }
        let longest = ours.number("replacement_longest_seconds");
        most("seconds for a replacement", longest, REPLACEMENT_SECONDS);
        most(
            "differing again",
            self.same.map_or(Some(0.0), |same| Some(f64::from(!same))),
            0.0,
        );
        let Some([found, checked]) = &self.peer else {
            return missed;
        };
        let cost = found.number("cost_metres");
        // Nothing is below a bound that holds; and relatives apart, nothing is below the optimum.
        let below = |least: &Figures, name: &str| {
            let least = least.number(name)?;
            Some((least - cost?).max(0.0))
        };
        most(
            "metres of the bound above the peer",
            below(ours, "bound_metres"),
            0.0,
        );
        if work.peer == Peer::Control {
            let over = cost.zip(ours.number("cost_metres"));
            let over = over.map(|(least, cost)| (cost - least) * 100.0 / least.max(1.0));
            most("per cent above the optimum", over, ABOVE_PERCENT);
            most("broken by the control", checked.number("breaches"), 0.0);
        }
        missed
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bench::object;

    fn figures(text: &str) -> Figures {
        Figures::new(object(text).unwrap_or_default())
    }

    const OURS: &str = r#"{"cost_metres":1010,"bound_metres":1000,"seconds":3.5,"breaches":0,
        "missing":0,"replacement_breaches":0,"at_once_breaches":0,
        "replacement_longest_seconds":0.01,"processor_seconds":6.5,"peak_kilobytes":2048}"#;

    #[test]
    fn every_promise_is_held_against_what_was_measured() {
        let work = &crate::bench::staff::WORKS[0];
        let measured = |from: &str, to: &str, peer: &str| {
            let ours = OURS.replace('\n', " ").replace(from, to);
            let peer = figures(peer);
            Measured {
                ours: figures(&ours),
                same: Some(true),
                peer: Some([peer.clone(), peer]),
            }
        };
        let good = r#"{"cost_metres":1005,"breaches":0,"missing":0,"pairs":12}"#;
        assert_eq!(measured("", "", good).missed(work), Vec::<String>::new());
        assert!(measured("", "", good).rows("x").contains("1.000 %"));
        for (from, to, what) in [
            ("\"seconds\":3.5", "\"seconds\":301", "seconds: 301"),
            (":1010", ":1021", "above the bound: 2.1"),
            ("\"breaches\":0", "\"breaches\":1", "broken: 1"),
            ("\"missing\":0", "\"missing\":1", "missing: 1"),
            (":0.01", ":1.5", "replacement: 1.5"),
            ("at_once_breaches", "other", "at once: not measured"),
            (":1000", ":1006", "bound above the peer: 1"),
        ] {
            let missed = measured(from, to, good).missed(work).concat();
            assert!(missed.contains(what), "{what}: {missed}");
        }
        // The control found no optimum, or broke a rule.
        for (peer, what) in [
            (r#"{"cost_metres": null}"#, "optimum: not measured"),
            (
                r#"{"cost_metres": 1005, "breaches": 2}"#,
                "by the control: 2",
            ),
            (r#"{"cost_metres": 980, "breaches": 0}"#, "optimum: 3.06"),
        ] {
            let missed = measured("", "", peer).missed(work).concat();
            assert!(missed.contains(what), "{what}: {missed}");
        }
    }
}
