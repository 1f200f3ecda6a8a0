//! `sanduq staff place`: everybody to a committee, at the least cost there is, with a proof; or why
//! it cannot be done.

use crate::exit::Ended;
use crate::matching::out;
use crate::progress::Progress;
use crate::progress::grouped;
use crate::staff::files::Files;
use crate::staff::kept::Kept;
use crate::staff::picture::Shown;
use crate::staff::said;
use crate::staff::written;
use crate::whole::Whole;
use clap::Args;
use sanduq_assignment::place;
use sanduq_assignment::place::Placed;
use sanduq_assignment::shortage;
use sanduq_assignment::shortage::Shortage;
use sanduq_operations::assignment::registers::Registers;
use sanduq_operations::assignment::rules::Rules;
use sanduq_operations::assignment::whole::Breach;
use sanduq_operations::assignment::whole::verify_assignment;
use serde_json::Value;
use serde_json::json;
use std::path::PathBuf;
use std::time::Instant;

/// Place judges or administrators on committees and in reserves.
#[derive(Args)]
#[command(after_help = "Examples:
  sanduq staff place --rules wahat/judges --people people.csv --committees committees.csv \\
      --kinship kinship.csv --candidates candidates.csv --out placed.csv --lists lists
  sanduq staff place --rules own.toml --people p.csv --committees c.csv --out placed.csv --partial
  sanduq staff place --rules wahat/judges --people people.csv --committees committees.csv \\
      --out placed.csv --map placed.svg --lang ar
  sanduq staff place --rules wahat/administrators --people p.csv --committees c.csv \\
      --kinship kinship.csv --serving judges.csv --out administrators.csv

people.csv      person,body,rank,sex,governorate,district,latitude,longitude and, if known,
                work_latitude,work_longitude,available,skills,conflicts,served,far_before
committees.csv  committee,kind,governorate,district,latitude,longitude and, if known,
                voters,seats,women,contests,under,rank,skills
kinship.csv     person,relation,relative      parent, child, spouse or sibling
candidates.csv  candidate,contest
More than one word in a cell stands between semicolons. A run that was stopped goes on when it is
called again.")]
pub struct Place {
    #[command(flatten)]
    pub files: Files,
    /// Where to write who serves where: CSV, or JSON where it ends in .json.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// A folder for a list of each committee, one folder a governorate; empty or not there.
    #[arg(long, value_name = "DIR")]
    lists: Option<PathBuf>,
    /// A picture: empty seats on a map, ways from home, sub-committees of supervisors.
    #[arg(long, value_name = "FILE.svg")]
    map: Option<PathBuf>,
    /// What decides between people of whom it makes no difference who serves.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Where not all seats can be taken, take as many as can be; the others stand in
    /// FILE.uncovered.csv, and where they are in FILE.uncovered.svg.
    #[arg(long)]
    partial: bool,
}

/// Runs the command.
///
/// # Errors
/// A file that cannot be used, seats that cannot be taken, or a fault.
pub fn run(args: &Place) -> Result<(), Ended> {
    work(args).map_err(|not| match not {
        Not::Ended(ended) => said::told(ended, &args.files),
        Not::Short(ended, proof) => said::told_with(ended, &args.files, proof),
    })
}

/// Why nobody is placed.
enum Not {
    /// As any command ends.
    Ended(Ended),
    /// Seats that nobody can take, with the proof for machines.
    Short(Ended, Value),
}

impl From<Ended> for Not {
    fn from(ended: Ended) -> Self {
        Self::Ended(ended)
    }
}

fn work(args: &Place) -> Result<(), Not> {
    let begun = Instant::now();
    let (text, rules) = args.files.rules()?;
    out::check_out(&args.out, &args.files.paths())?;
    if let Some(map) = &args.map {
        let mut taken = args.files.paths();
        taken.push(&args.out);
        out::check_out(map, &taken)?;
    }
    if let Some(folder) = &args.lists {
        // Better known now than after the whole work.
        drop(Whole::begin(folder, "assignment")?);
    }
    let mut progress = Progress::new();
    progress.stage("reading", 0, "people");
    let registers = args.files.registers(&rules)?;
    progress.reached(registers.people.len() as u64);
    progress.stage("proving", registers.seats(), "seats");
    let short = shortage::find(&rules, &registers);
    progress.reached(registers.seats());
    progress.end();
    if let (Some(short), false) = (&short, args.partial) {
        return Err(Not::Short(refused(short), told(short, &registers)));
    }
    let seed = args.seed.to_string();
    let texts = [env!("CARGO_PKG_VERSION"), &text, &seed];
    let kept = Kept::new(&args.out, &texts, &args.files.paths())?;
    let (placed, resumed) = placed((&rules, &registers, args.seed), &kept, &mut progress)?;
    check(&rules, &registers, &placed)?;
    let rows = written::Rows::new(&rules, &registers, &placed.posts);
    rows.put(&args.out)?;
    let shown = Shown {
        rules: &rules,
        registers: &registers,
        posts: &placed.posts,
        empty: &placed.empty,
        locale: args.files.locale(),
    };
    if args.partial {
        written::uncovered(&args.out, &shown)?;
    }
    if let Some(map) = &args.map {
        written::drawn(map, &shown)?;
    }
    if let Some(folder) = &args.lists {
        rows.lists(folder)?;
    }
    kept.remove();
    let done = Done {
        registers: &registers,
        placed: &placed,
        short: short.as_ref(),
        resumed,
        seconds: begun.elapsed().as_secs_f64(),
    };
    done.show(args.files.json);
    Ok(())
}

/// Everybody in their place; whether an earlier run had begun.
fn placed(
    job: (&Rules, &Registers, u64),
    kept: &Kept,
    progress: &mut Progress,
) -> Result<(Placed, bool), Ended> {
    let before = kept.read();
    let people = job.1.people.len() as u64;
    progress.stage("placing", people, "people");
    let placed = place::place(job, before.as_deref(), |round, words| {
        // Whoever would still gain is not settled yet.
        progress.reached(people.saturating_sub(round.gaining as u64));
        kept.write(&words())
    })?;
    progress.reached(people);
    progress.end();
    Ok((placed, before.is_some()))
}

/// Checks the assignment from scratch: whatever is wrong but empty seats is refused.
fn check(rules: &Rules, registers: &Registers, placed: &Placed) -> Result<(), Ended> {
    let mut breaches = verify_assignment(rules, registers, &placed.posts);
    let empty = !placed.empty.is_empty();
    breaches.retain(|breach| {
        let short = matches!(
            breach,
            Breach::Empty(..) | Breach::ReserveShort(..) | Breach::Load(..)
        );
        !(empty && short)
    });
    match breaches.first() {
        None => Ok(()),
        Some(Breach::Together(post, relative)) => Err(Ended::Refused {
            code: "assignment.together".to_owned(),
            sentence: format!(
                "{} and {relative} are relatives, and nobody can take the place of either at {}",
                post.person, post.committee
            ),
        }),
        Some(breach) => Err(Ended::fault(format!(
            "the assignment is not sound: {breach:?}"
        ))),
    }
}

/// The refusal of seats that cannot be taken.
fn refused(short: &Shortage) -> Ended {
    let governorates = short.governorates.iter().map(|one| {
        let (seats, people) = (grouped(one.seats), grouped(one.people));
        format!(
            "{} ({seats} seats, {people} people may serve)",
            one.governorate
        )
    });
    let governorates: Vec<String> = governorates.collect();
    let rules: Vec<&str> = short.rules.rules().map(|rule| rule.sentence()).collect();
    let rules = match rules[..] {
        [] => "people are too few whatever the rules".to_owned(),
        _ => format!(
            "the rules that cannot be kept together: {}",
            rules.join("; ")
        ),
    };
    Ended::Refused {
        code: "assignment.short".to_owned(),
        sentence: format!(
            "{} seats stay empty: {} committees have {} seats together, and {} people may serve on \
             any of them; short: {}; {rules}",
            grouped(short.empty),
            grouped(short.committees.len() as u64),
            grouped(short.seats),
            grouped(short.people),
            governorates.join(", "),
        ),
    }
}

/// The same for machines.
fn told(short: &Shortage, registers: &Registers) -> Value {
    let code = |at: &usize| registers.committees[*at].code.as_str();
    let committees: Vec<&str> = short.committees.iter().map(code).collect();
    let governorates = short.governorates.iter().map(|one| {
        json!({
            "governorate": one.governorate.as_str(),
            "seats": one.seats,
            "people": one.people,
        })
    });
    let rules: Vec<&str> = short.rules.rules().map(|rule| rule.code()).collect();
    json!({
        "proof": "more seats than people who may serve on any of these committees",
        "empty": short.empty,
        "seats": short.seats,
        "people": short.people,
        "governorates": governorates.collect::<Vec<_>>(),
        "rules": rules,
        "committees": committees,
    })
}

/// What the command has to say at the end.
struct Done<'a> {
    registers: &'a Registers,
    placed: &'a Placed,
    short: Option<&'a Shortage>,
    resumed: bool,
    seconds: f64,
}

impl Done<'_> {
    fn show(&self, json: bool) {
        let placed = self.placed;
        let empty: u64 = placed
            .empty
            .iter()
            .map(|(_, seats)| u64::from(*seats))
            .sum();
        let gap = (placed.cost_metres - placed.bound_metres.min(placed.cost_metres)) * 10_000;
        let gap = gap / placed.bound_metres.max(1);
        if json {
            let mut object = json!({
                "people": self.registers.people.len(),
                "committees": self.registers.committees.len(),
                "seats": self.registers.seats(),
                "placed": placed.posts.len(),
                "empty": empty,
                "cost_metres": placed.cost_metres,
                "bound_metres": placed.bound_metres,
                "above_bound_per_ten_thousand": gap,
                "rounds": placed.rounds,
                "parted": placed.parted,
                "resumed": self.resumed,
                "seconds": self.seconds,
            });
            if let Some(short) = self.short {
                object["short"] = told(short, self.registers);
            }
            println!("{object}");
            return;
        }
        for (name, figure) in [
            ("people", self.registers.people.len() as u64),
            ("committees", self.registers.committees.len() as u64),
            ("seats", self.registers.seats()),
            ("placed", placed.posts.len() as u64),
            ("empty seats", empty),
            ("cost, m", placed.cost_metres),
            ("lower bound, m", placed.bound_metres),
        ] {
            println!("  {name:<16} {:>16}", grouped(figure));
        }
        println!("  above the bound  {:>13}.{:02} %", gap / 100, gap % 100);
        println!("  time taken       {:>14.1} s", self.seconds);
    }
}
