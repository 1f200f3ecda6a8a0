//! A progress bar with the stage, how far it is, the rate and the time left, on standard error. On
//! a terminal it is one line that is drawn again; elsewhere each stage is one line when it ends.

use crate::exit::say;
use std::io::IsTerminal;
use std::io::Write;
use std::time::Duration;
use std::time::Instant;

/// The bar.
pub struct Progress {
    terminal: bool,
    stage: Option<Stage>,
    drawn: Instant,
}

struct Stage {
    name: &'static str,
    unit: &'static str,
    total: u64,
    done: u64,
    begun: Instant,
    note: String,
}

/// How often the line is drawn.
const EVERY: Duration = Duration::from_millis(100);

impl Progress {
    /// A bar on standard error.
    pub fn new() -> Self {
        let terminal = std::io::stderr().is_terminal();
        Self {
            terminal,
            stage: None,
            drawn: Instant::now(),
        }
    }

    /// A stage begins; the one before has ended.
    pub fn stage(&mut self, name: &'static str, total: u64, unit: &'static str) {
        self.end();
        self.stage = Some(Stage {
            name,
            unit,
            total,
            done: 0,
            begun: Instant::now(),
            note: String::new(),
        });
        self.draw();
    }

    /// The stage has come this far.
    pub fn reached(&mut self, done: u64) {
        if let Some(stage) = &mut self.stage {
            stage.done = done;
        }
        if self.drawn.elapsed() >= EVERY {
            self.draw();
        }
    }

    /// What is to be said behind the line of the stage when it ends.
    pub fn note(&mut self, what: String) {
        if let Some(stage) = &mut self.stage {
            stage.note = what;
        }
    }

    /// Ends the stage at hand.
    pub fn end(&mut self) {
        let Some(stage) = self.stage.take() else {
            return;
        };
        let clear = if self.terminal { "\r\x1b[2K" } else { "" };
        let seconds = stage.begun.elapsed().as_secs_f64();
        let Stage {
            name,
            done,
            unit,
            note,
            ..
        } = stage;
        let note = match note.is_empty() {
            true => note,
            false => format!("   {note}"),
        };
        say(&format!(
            "{clear}  {name:<16} {:>12} {unit:<10} {seconds:>8.1} s{note}",
            grouped(done)
        ));
    }

    fn draw(&mut self) {
        self.drawn = Instant::now();
        let (true, Some(stage)) = (self.terminal, &self.stage) else {
            return;
        };
        let line = stage.line(stage.begun.elapsed());
        let mut err = std::io::stderr();
        // A bar that cannot be drawn is no reason to stop an election.
        let _undrawn = write!(err, "\r\x1b[2K{line}").and_then(|()| err.flush());
    }
}

impl Stage {
    fn line(&self, elapsed: Duration) -> String {
        let share = (self.done * 100)
            .checked_div(self.total)
            .unwrap_or(100)
            .min(100);
        let full = usize::try_from(share / 5).unwrap_or(20);
        let millis = u64::try_from(elapsed.as_millis())
            .unwrap_or(u64::MAX)
            .max(1);
        let rate = self.done.saturating_mul(1_000) / millis;
        let left = self.total.saturating_sub(self.done).checked_div(rate);
        let left = left.map_or(String::new(), |left| format!(" · {} s left", grouped(left)));
        format!(
            "  {:<16} [{}{}] {share:>3}% {} / {} {} · {}/s{left}",
            self.name,
            "█".repeat(full),
            "·".repeat(20 - full),
            grouped(self.done),
            grouped(self.total),
            self.unit,
            grouped(rate),
        )
    }
}

/// A number with its thousands apart.
pub fn grouped(number: u64) -> String {
    sanduq_core::text::localised(number, sanduq_core::names::Locale::En)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_says_stage_share_rate_and_time_left() {
        let stage = Stage {
            name: "check-in",
            unit: "persons",
            total: 4_000,
            done: 1_000,
            begun: Instant::now(),
            note: String::new(),
        };
        assert_eq!(
            stage.line(Duration::from_secs(2)),
            "  check-in         [█████···············]  25% \
             1,000 / 4,000 persons · 500/s · 6 s left"
        );
        let empty = Stage {
            total: 0,
            done: 0,
            ..stage
        };
        assert!(empty.line(Duration::ZERO).contains("100%"));
    }
}
