//! The table: each figure of the peer and of ours beside what we promise.

use crate::bench::matching::figures::Figure;
use crate::bench::matching::figures::KINDS;
use crate::bench::matching::figures::Kind;
use crate::bench::matching::figures::value;
use crate::bench::matching::slope::Estimate;
use crate::bench::matching::works::Bar;
use crate::bench::matching::works::Known;
use crate::bench::matching::works::known;
use std::fmt::Write;

const NOTES: &str = "
ours   at the fixed thresholds of the profile, from the start to the last pair written, all measured
       from outside; true pairs compared and the worst group are what the program says itself
peer   at the threshold that is best for it, which only the truth can tell; its time is by its own
       clock, without starting, reading and judging, its processor time and memory are with them
";
const EARLIER: &str = "*      measured earlier with the same scripts, on two cores; not in this run
";
/// The work that is estimated.
const WHOLE: &str = "70m";

/// One row.
struct Row {
    work: String,
    kind: &'static Kind,
    peer: Option<f64>,
    /// Whether the peer's value is of this run.
    measured: bool,
    ours: Option<f64>,
    /// Ours is estimated and not measured.
    estimated: bool,
    bar: Option<Bar>,
}

/// All rows.
#[derive(Default)]
pub struct Table {
    rows: Vec<Row>,
    /// What the estimate stands on.
    line: Option<[String; 2]>,
}

impl Table {
    /// Adds what one work gave; without a peer in this run, what was known of it.
    pub fn add(&mut self, work: &str, peer: Option<&[Figure]>, ours: &[Figure]) {
        let known = known();
        for kind in &KINDS {
            let about = known
                .iter()
                .find(|row| row.work == work && row.figure == kind.name);
            let row = Row {
                work: work.to_owned(),
                kind,
                peer: match peer {
                    Some(figures) => value(figures, kind.name),
                    None => about.and_then(|row| row.earlier),
                },
                measured: peer.is_some(),
                ours: value(ours, kind.name),
                estimated: false,
                bar: about.and_then(|row| row.bar),
            };
            if row.ours.is_some() || row.peer.is_some() || row.bar.is_some() {
                self.rows.push(row);
            }
        }
    }

    /// Adds what is estimated of a roll that is not measured.
    pub fn estimate(&mut self, estimate: &Option<Estimate>) {
        let Some(estimate) = estimate else {
            return;
        };
        let rows = KINDS.iter().filter_map(|kind| {
            let ours = value(&estimate.figures, kind.name)?;
            Some(Row::unpromised(WHOLE, kind, None, Some(ours)))
        });
        self.rows.extend(rows);
        self.line = Some(estimate.from.clone());
    }

    /// Adds what is known of the peer on a work that is not done in this run; nothing is promised
    /// of it here.
    pub fn remember(&mut self, work: &str) {
        let known = known();
        for kind in &KINDS {
            let of = |row: &&Known| row.work == work && row.figure == kind.name;
            let earlier = known.iter().find(of).and_then(|row| row.earlier);
            if earlier.is_some() {
                self.rows.push(Row::unpromised(work, kind, earlier, None));
            }
        }
    }

    /// How many bars are not reached.
    pub fn missed(&self) -> usize {
        let missed = |row: &&Row| row.reached() == Some(false);
        self.rows.iter().filter(missed).count()
    }

    /// The table for people.
    pub fn text(&self) -> String {
        let header = ["work", "figure", "peer", "ours", "bar", ""].map(str::to_owned);
        let cells: Vec<_> = std::iter::once(header)
            .chain(self.rows.iter().map(Row::cells))
            .collect();
        let width = |column: usize| cells.iter().map(|row| row[column].chars().count()).max();
        let [work, figure, peer, ours, bar] = [0, 1, 2, 3, 4].map(|at| width(at).unwrap_or(0));
        let mut text = String::new();
        let mut last = "";
        for [name, what, theirs, mine, promise, mark] in &cells {
            if name != last && !matches!(last, "" | "work") {
                text.push('\n');
            }
            last = name;
            let names = format!("{name:work$}  {what:figure$}");
            let line = format!("{names}  {theirs:>peer$}  {mine:>ours$}  {promise:bar$}  {mark}");
            text += &format!("{}\n", line.trim_end());
        }
        text += NOTES;
        if self
            .rows
            .iter()
            .any(|row| row.peer.is_some() && !row.measured)
        {
            text += EARLIER;
        }
        if let Some([one, other]) = &self.line {
            let _ = writeln!(
                text,
                "≈      estimated: a straight line through ours on {one} and {other}; not measured"
            );
        }
        let promised = self
            .rows
            .iter()
            .filter(|row| row.reached().is_some())
            .count();
        let _ = writeln!(
            text,
            "\n{} of {promised} bars reached",
            promised - self.missed()
        );
        text
    }

    /// The same as objects, one a line: first where it was measured, then each row.
    pub fn json(&self, machine: &str, commit: &str) -> String {
        let (machine, commit) = (quoted(machine), quoted(commit));
        let mut text =
            format!("{{\"bench\":\"matching\",\"machine\":{machine},\"commit\":{commit}}}\n");
        for row in &self.rows {
            let number = |value: Option<f64>| {
                let shown = |value| format!("{value:.*}", row.kind.decimals);
                value.map_or("null".to_owned(), shown)
            };
            let _ = writeln!(
                text,
                "{{\"bench\":\"matching\",\"work\":{},\"figure\":{},\"label\":{},\"peer\":{},\
                 \"peer_measured\":{},\"ours\":{},\"estimated\":{},\"bar\":{},\"reached\":{}}}",
                quoted(&row.work),
                quoted(row.kind.name),
                quoted(row.kind.label),
                number(row.peer),
                row.measured,
                number(row.ours),
                row.estimated,
                row.bar.map_or("null".to_owned(), |bar| quoted(&words(bar))),
                row.reached()
                    .map_or("null".to_owned(), |reached| reached.to_string()),
            );
        }
        text
    }
}

impl Row {
    /// A row of a work that is not measured in this run, of which nothing is promised.
    fn unpromised(work: &str, kind: &'static Kind, peer: Option<f64>, ours: Option<f64>) -> Self {
        Self {
            work: work.to_owned(),
            kind,
            peer,
            measured: false,
            estimated: ours.is_some(),
            ours,
            bar: None,
        }
    }

    fn cells(&self) -> [String; 6] {
        let shown = |value: Option<f64>| match value {
            Some(value) => format!("{value:.*}", self.kind.decimals),
            None => "–".to_owned(),
        };
        // A space stands where others have a star, so that digits stay under each other.
        let star = if self.peer.is_some() && !self.measured {
            "*"
        } else {
            " "
        };
        [
            self.work.clone(),
            self.kind.label.to_owned(),
            shown(self.peer) + star,
            if self.estimated { "≈ " } else { "" }.to_owned() + &shown(self.ours),
            self.bar.map(words).unwrap_or_default(),
            match self.reached() {
                Some(true) => "✓".to_owned(),
                Some(false) => "✗".to_owned(),
                None => String::new(),
            },
        ]
    }

    /// Whether the bar is reached, by the decimals that are shown; a figure that was promised and
    /// is not there is not reached. Nothing is known where the peer has none to compare with.
    fn reached(&self) -> Option<bool> {
        let bar = self.bar?;
        let Some(ours) = self.ours else {
            return Some(false);
        };
        let unit = 10_f64.powi(i32::try_from(self.kind.decimals).unwrap_or(0));
        let steps = |value: f64| (value * unit).round();
        Some(match bar {
            Bar::AtLeast(least) => steps(ours) >= steps(least),
            Bar::AtMost(most) => steps(ours) <= steps(most),
            Bar::NotBelowPeer => steps(ours) >= steps(self.peer?),
        })
    }
}

fn words(bar: Bar) -> String {
    match bar {
        Bar::AtLeast(least) => format!("≥ {least}"),
        Bar::AtMost(most) => format!("≤ {most}"),
        Bar::NotBelowPeer => "≥ peer".to_owned(),
    }
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

#[cfg(test)]
mod tests;
