//! `sanduq staff replace`, `swap` and `explain`: one assignment in hand.

use crate::exit::Ended;
use crate::matching::out;
use crate::staff::files;
use crate::staff::files::Files;
use crate::staff::files::Posts;
use crate::staff::picture::Shown;
use crate::staff::said;
use crate::staff::written;
use clap::Args;
use sanduq_assignment::replace;
use sanduq_core::id::ActorId;
use sanduq_operations::assignment::change::ChangeRefusal;
use sanduq_operations::assignment::change::Desk;
use sanduq_operations::assignment::change::From;
use sanduq_operations::assignment::explain::Explanation;
use sanduq_operations::assignment::serve::Cost;
use sanduq_operations::assignment::serve::RuleSet;
use sanduq_operations::assignment::whole::Post;
use serde_json::Value;
use serde_json::json;
use std::path::Path;
use std::path::PathBuf;

/// Rank who can take somebody's place, or replace many at once.
#[derive(Args)]
#[command(after_help = "Examples:
  sanduq staff replace --rules wahat/judges --people people.csv --committees committees.csv \\
      --placed placed.csv P000123
  sanduq staff replace --rules wahat/judges --people people.csv --committees committees.csv \\
      --placed placed.csv --excused excused.csv --out placed.2.csv
  sanduq staff replace … --placed placed.2.csv --excused excused.csv P000456

Nobody who has a seat is moved: replacements come from the reserve of the governorate, then from
home, then from other reserves. Whoever stands in --excused is offered for no place: keep one file
of all who do not come.")]
pub struct Replace {
    #[command(flatten)]
    files: Files,
    /// The assignment.
    #[arg(long, value_name = "FILE")]
    placed: PathBuf,
    /// Whose place is to be taken.
    #[arg(required_unless_present = "out", conflicts_with = "out")]
    person: Option<String>,
    /// How many are named.
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u16).range(1..))]
    count: u16,
    /// A file with a column person: all who do not come.
    #[arg(long, value_name = "FILE")]
    excused: Option<PathBuf>,
    /// Where to write the assignment with everybody replaced: CSV, or JSON where it ends in .json.
    #[arg(long, value_name = "FILE", requires = "excused")]
    out: Option<PathBuf>,
    /// What decides between people of whom it makes no difference who serves.
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

/// Ask every rule whether two people may change places.
#[derive(Args)]
#[command(after_help = "Examples:
  sanduq staff swap --rules wahat/judges --people people.csv --committees committees.csv \\
      --placed placed.csv P000123 P000456
  sanduq staff swap … P000123 P000456 --out placed.2.csv      and write the assignment")]
pub struct Swap {
    #[command(flatten)]
    files: Files,
    /// The assignment.
    #[arg(long, value_name = "FILE")]
    placed: PathBuf,
    /// One of the two.
    one: String,
    /// The other.
    other: String,
    /// Where to write the assignment with the two in each other's place: CSV, or JSON where it
    /// ends in .json.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// Say why somebody serves where they do: rules, cost, and what else there would have been.
#[derive(Args)]
#[command(after_help = "Examples:
  sanduq staff explain --rules wahat/judges --people people.csv --committees committees.csv \\
      --placed placed.csv P000123
  sanduq staff explain … P000123 --count 20 --json")]
pub struct Explain {
    #[command(flatten)]
    files: Files,
    /// The assignment.
    #[arg(long, value_name = "FILE")]
    placed: PathBuf,
    /// Whom it is about.
    person: String,
    /// How many alternatives are told.
    #[arg(long, default_value_t = 5)]
    count: usize,
}

/// Does something with the assignment in hand; nobody who is excused may take a place.
fn in_hand(
    files: &Files,
    placed: &Path,
    excused: &[ActorId],
    then: impl FnOnce(Desk) -> Result<(), Ended>,
) -> Result<(), Ended> {
    let (_, rules) = files.rules()?;
    let mut registers = files.registers(&rules)?;
    for person in excused {
        let unknown = || ChangeRefusal::PersonUnknown(person.clone());
        let found = registers.person(person).ok_or_else(unknown);
        let found = found.map_err(|refusal| Ended::refused(&refusal))?;
        registers.people[found].available = false;
    }
    then(Posts::read(placed)?.in_hand(&rules, &registers)?)
}

/// The same, and a refusal in the language that is asked for.
fn in_hand_told(
    files: &Files,
    placed: &Path,
    then: impl FnOnce(Desk) -> Result<(), Ended>,
) -> Result<(), Ended> {
    let done = in_hand(files, placed, &[], then);
    done.map_err(|ended| said::told(ended, files))
}

/// Runs `replace`.
///
/// # Errors
/// A file that cannot be used, or a person who serves nowhere.
pub fn replace(args: &Replace) -> Result<(), Ended> {
    let work = || {
        let excused = match &args.excused {
            Some(path) => files::numbers(path)?,
            None => Vec::new(),
        };
        in_hand(&args.files, &args.placed, &excused, |desk| {
            match (&args.excused, &args.out) {
                (Some(path), Some(out)) => replace_all(args, desk, (path, &excused), out),
                _ => rank(args, &desk),
            }
        })
    };
    work().map_err(|ended| said::told(ended, &args.files))
}

fn rank(args: &Replace, desk: &Desk) -> Result<(), Ended> {
    let person = files::number(args.person.as_deref().unwrap_or_default())?;
    let found = desk.replacements(&person, usize::from(args.count));
    let found = found.map_err(|refusal| Ended::refused(&refusal))?;
    if found.is_empty() {
        return Err(Ended::Refused {
            code: "assignment.nobody".to_owned(),
            sentence: format!("nobody who is free may take the place of {person}"),
        });
    }
    let word = |from| match from {
        From::OwnReserve => "own_reserve",
        From::Home => "home",
        From::OtherReserve => "other_reserve",
    };
    if args.files.json {
        let rows = found.iter().map(|one| {
            json!({
                "person": one.person.as_str(),
                "from": word(one.from),
                "reserve": one.reserve.as_ref().map(|code| code.as_str()),
                "cost_metres": one.cost_metres,
            })
        });
        println!("{}", json!({ "replacements": rows.collect::<Vec<_>>() }));
        return Ok(());
    }
    for one in &found {
        println!(
            "{:<20} {:<14} {:>10} m",
            one.person,
            word(one.from),
            one.cost_metres
        );
    }
    Ok(())
}

fn replace_all(
    args: &Replace,
    desk: Desk,
    (path, excused): (&Path, &[ActorId]),
    out: &Path,
) -> Result<(), Ended> {
    let mut read = args.files.paths();
    read.extend([args.placed.as_path(), path]);
    out::check_out(out, &read)?;
    let (rules, registers) = (desk.rules, desk.registers);
    let done = replace::replace(desk, excused, args.seed);
    let done = done.map_err(|refusal| Ended::refused(&refusal))?;
    written::Rows::new(rules, registers, &done.posts).put(out)?;
    let shown = Shown {
        rules,
        registers,
        posts: &done.posts,
        empty: &done.empty,
        locale: args.files.locale(),
    };
    written::uncovered(out, &shown)?;
    let empty: u64 = done.empty.iter().map(|(_, seats)| u64::from(*seats)).sum();
    if args.files.json {
        let moves = done.moves.iter().map(post);
        let moves: Vec<Value> = moves.collect();
        println!("{}", json!({ "moves": moves, "empty": empty }));
    } else {
        println!("  moves            {:>16}", done.moves.len());
        println!("  empty seats      {empty:>16}");
    }
    Ok(())
}

fn post(post: &Post) -> Value {
    json!({ "person": post.person.as_str(), "committee": post.committee.as_str() })
}

/// Runs `swap`.
///
/// # Errors
/// A file that cannot be used, or a rule that says no to one of the two.
pub fn swap(args: &Swap) -> Result<(), Ended> {
    in_hand_told(&args.files, &args.placed, |mut desk| {
        let (one, other) = (files::number(&args.one)?, files::number(&args.other)?);
        let no = |refusal| Ended::refused(&refusal);
        let swap = desk.swap(&one, &other).map_err(no)?;
        if let Some(out) = &args.out {
            let mut read = args.files.paths();
            read.push(&args.placed);
            out::check_out(out, &read)?;
            let (first, second) = (desk.find(&one).map_err(no)?, desk.find(&other).map_err(no)?);
            let (here, there) = (desk.posts[first], desk.posts[second]);
            desk.assign(first, there);
            desk.assign(second, here);
            written::Rows::new(desk.rules, desk.registers, &desk.all()).put(out)?;
        }
        let (before, after) = (swap.before_metres, swap.after_metres);
        if args.files.json {
            println!(
                "{}",
                json!({ "before_metres": before, "after_metres": after })
            );
        } else {
            println!("the swap breaks no rule: {before} m before, {after} m after");
        }
        Ok(())
    })
}

/// Runs `explain`.
///
/// # Errors
/// A file that cannot be used, or a person who is in no register.
pub fn explain(args: &Explain) -> Result<(), Ended> {
    in_hand_told(&args.files, &args.placed, |desk| {
        let person = files::number(&args.person)?;
        let told = desk.explain(&person, args.count);
        let told = told.map_err(|refusal| Ended::refused(&refusal))?;
        if args.files.json {
            println!("{}", object(&told));
        } else {
            show(&told);
        }
        Ok(())
    })
}

fn cost(cost: &Cost) -> Value {
    json!({
        "way_metres": cost.way_metres,
        "far_metres": cost.far_metres,
        "served_metres": cost.served_metres,
        "again_metres": cost.again_metres,
        "rank_metres": cost.rank_metres,
        "metres": cost.metres(),
    })
}

fn codes(rules: RuleSet) -> Vec<&'static str> {
    rules.rules().map(|rule| rule.code()).collect()
}

fn object(told: &Explanation) -> Value {
    let alternatives = told.alternatives.iter().map(|one| {
        json!({
            "committee": one.committee.as_str(),
            "cost": cost(&one.cost),
            "barred_by": codes(one.bars),
            "swap_with": one.swap.as_ref().map(|(person, _)| person.as_str()),
            "swap_dearer_metres": one.swap.as_ref().map(|(_, metres)| *metres),
        })
    });
    json!({
        "committee": told.post.as_ref().map(|(code, _)| code.as_str()),
        "cost": told.post.as_ref().map(|(_, metres)| cost(metres)),
        "barred_by": codes(told.bars),
        "relative": told.relative.as_ref().map(|code| code.as_str()),
        "may_serve_on": told.open,
        "barred_from": told.barred,
        "alternatives": alternatives.collect::<Vec<_>>(),
    })
}

fn show(told: &Explanation) {
    match &told.post {
        None => println!("not called upon"),
        Some((code, cost)) => {
            println!("serves on {code}: {} m", cost.metres());
            for (name, metres) in [
                ("the way", cost.way_metres),
                ("was sent far before", cost.far_metres),
                ("served before", cost.served_metres),
                ("the same committee again", cost.again_metres),
                ("rank that does not fit", cost.rank_metres),
            ] {
                println!("  {name:<26} {metres:>10} m");
            }
        }
    }
    for rule in told.bars.rules() {
        println!("  against the rule: {}", rule.sentence());
    }
    if let Some(relative) = &told.relative {
        println!("  against the rule: {relative}, a relative, sits there");
    }
    println!("may serve on {}, barred from {}", told.open, told.barred);
    for one in &told.alternatives {
        let why = match (&one.swap, one.bars.is_empty()) {
            (_, false) => {
                let rules = one.bars.rules().map(|rule| rule.sentence());
                rules.collect::<Vec<_>>().join("; ")
            }
            (Some((with, metres)), true) => format!("a swap with {with} costs {metres:+} m"),
            (None, true) => "nobody there may swap".to_owned(),
        };
        println!("  {:<20} {:>10} m  {why}", one.committee, one.cost.metres());
    }
}
