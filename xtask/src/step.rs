//! A list of steps, each with its name, its time and its outcome, and the table at the end.

use crate::project::Stop;
use std::time::Duration;
use std::time::Instant;

/// One thing to do.
pub struct Step<'a> {
    name: String,
    work: Box<dyn Fn() -> Result<Done, Stop> + 'a>,
}

/// How a step ended well.
pub enum Done {
    /// It did what it is there for.
    Passed,
    /// It could not be done here; the sentence says why.
    Skipped(&'static str),
}

impl<'a> Step<'a> {
    /// A step that passes when its work returns well.
    pub fn new(name: &str, work: impl Fn() -> Result<(), Stop> + 'a) -> Step<'a> {
        Step::that_may_skip(name, move || work().map(|()| Done::Passed))
    }

    /// A step that may find that it cannot be done here.
    pub fn that_may_skip(name: &str, work: impl Fn() -> Result<Done, Stop> + 'a) -> Step<'a> {
        Step {
            name: name.to_owned(),
            work: Box::new(work),
        }
    }
}

/// Takes the steps one after the other and prints the table. Stops at the first failure unless it
/// is told to keep going.
///
/// # Errors
/// The name of the first step that failed, or the line to type when it lacked something.
pub fn take(steps: &[Step<'_>], keep_going: bool) -> Result<(), Stop> {
    let began = Instant::now();
    let mut rows = Vec::new();
    let mut first_failure = None;
    let (mut passed, mut failed, mut skipped) = (0, 0, 0);
    for (index, step) in steps.iter().enumerate() {
        if first_failure.is_some() && !keep_going {
            rows.push(format!("not run            {}", step.name));
            continue;
        }
        println!("\n── {}/{} {} ──", index + 1, steps.len(), step.name);
        let start = Instant::now();
        let outcome = (step.work)();
        let time = seconds(start.elapsed());
        let (word, note) = match outcome {
            Ok(Done::Passed) => {
                passed += 1;
                ("passed ", String::new())
            }
            Ok(Done::Skipped(why)) => {
                skipped += 1;
                ("skipped", format!(": {why}"))
            }
            Err(stop) => {
                failed += 1;
                eprintln!("{stop}");
                first_failure.get_or_insert(match stop {
                    Stop::Failed(_) => Stop::Failed(format!("failed: {}", step.name)),
                    lacking => lacking,
                });
                ("FAILED ", String::new())
            }
        };
        println!("── {word} in {time} s{note}");
        rows.push(format!("{word} {time:>8} s  {}{note}", step.name));
    }
    println!(
        "\n{}\ntotal   {:>8} s",
        rows.join("\n"),
        seconds(began.elapsed())
    );
    println!("\n{passed} passed, {failed} failed, {skipped} skipped");
    first_failure.map_or(Ok(()), Err)
}

fn seconds(time: Duration) -> String {
    format!("{}.{}", time.as_secs(), time.subsec_millis() / 100)
}

#[cfg(test)]
mod tests {
    use super::Done;
    use super::Step;
    use super::take;
    use crate::project::Stop;
    use std::cell::RefCell;

    #[test]
    fn the_first_failure_ends_the_list_unless_told_to_keep_going() {
        let taken = RefCell::new(String::new());
        let note = |letter: char| {
            taken.borrow_mut().push(letter);
            Ok(())
        };
        let steps = [
            Step::new("a", || note('a')),
            Step::that_may_skip("b", || Ok(Done::Skipped("not here"))),
            Step::new("c", || Err(Stop::Failed("why".to_owned()))),
            Step::new("d", || note('d')),
        ];
        for (keep_going, expected) in [(false, "a"), (true, "ad")] {
            taken.borrow_mut().clear();
            let ended = take(&steps, keep_going).expect_err("c fails");
            assert_eq!(ended.to_string(), "failed: c");
            assert_eq!(*taken.borrow(), expected);
        }
        assert!(take(&steps[..2], false).is_ok());
    }
}
