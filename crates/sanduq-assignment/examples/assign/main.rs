//! Places an invented nation and prints what it took, as JSON; writes the instance for another
//! solver, and checks what that one found by the same check.
//!
//! ```text
//! assign --rules FILE [--people N] [--sub-committees N] [--general-committees N]
//!        [--governorates N] [--supply drawn|enough|short] [--seed N]
//!        [--instance FILE --pairs looked|all] [--posts FILE] [--apologies N]
//! assign … --check FILE          whoever serves where, as the other solver has written it
//! ```

mod instance;
mod morning;

use sanduq_assignment::invented::Size;
use sanduq_assignment::place::Pair;
use sanduq_assignment::place::Placed;
use sanduq_assignment::place::place_and_pairs;
use sanduq_assignment::shortage;
use sanduq_assignment::supply;
use sanduq_assignment::supply::Supply;
use sanduq_operations::assignment::registers::Registers;
use sanduq_operations::assignment::rules::Rules;
use sanduq_operations::assignment::whole::Breach;
use sanduq_operations::assignment::whole::Post;
use sanduq_operations::assignment::whole::verify_assignment;
use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::time::Instant;

/// What was typed: names and values.
struct Words(BTreeMap<String, String>);

impl Words {
    fn read() -> Result<Self, Box<dyn Error>> {
        let words: Vec<String> = std::env::args().skip(1).collect();
        let (pairs, []) = words.as_chunks::<2>() else {
            return Err("each option has a value".into());
        };
        let mut read = BTreeMap::new();
        for [name, value] in pairs {
            let name = name.strip_prefix("--").ok_or("an option begins with --")?;
            read.insert(name.to_owned(), value.clone());
        }
        Ok(Self(read))
    }

    fn text(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    fn number(&self, name: &str, or: u32) -> Result<u32, Box<dyn Error>> {
        Ok(self.text(name).map_or(Ok(or), str::parse)?)
    }
}

/// Registers and rules, as the words ask for them.
struct Given {
    rules: Rules,
    registers: Registers,
    seed: u64,
    reading_seconds: f64,
}

fn given(words: &Words) -> Result<Given, Box<dyn Error>> {
    let file = words.text("rules").ok_or("--rules FILE")?;
    let rules = Rules::read(&fs::read_to_string(file)?)?;
    let general_committees = words.number("general-committees", 20)?;
    let size = Size {
        people: words.number("people", 1_000)?,
        sub_committees: words.number("sub-committees", 700)?,
        general_committees,
        governorates: words.number("governorates", 27)?.min(general_committees),
        seats: rules.sub_committee.seats.is_none(),
    };
    let supply = match words.text("supply").unwrap_or("drawn") {
        "drawn" => Supply::Drawn,
        "enough" => Supply::Enough,
        "short" => Supply::Short,
        other => return Err(format!("--supply drawn, enough or short, not {other}").into()),
    };
    let seed = u64::from(words.number("seed", 1)?);
    let began = Instant::now();
    let told = supply::registers(seed, size, &rules, supply)?.told;
    let registers = Registers::new(told, &rules)?;
    Ok(Given {
        rules,
        registers,
        seed,
        reading_seconds: began.elapsed().as_secs_f64(),
    })
}

fn main() -> Result<(), Box<dyn Error>> {
    let words = Words::read()?;
    let given = given(&words)?;
    if let Some(file) = words.text("check") {
        let posts = instance::posts(&given.registers, &fs::read(file)?)?;
        println!("{{{}}}", Counted::new(&given, &posts).fields());
        return Ok(());
    }
    let (rules, registers) = (&given.rules, &given.registers);
    let began = Instant::now();
    let short = shortage::find(rules, registers);
    let proof_seconds = began.elapsed().as_secs_f64();
    if let Some(short) = &short {
        told_short(short, registers);
    }
    let (began, used) = (Instant::now(), processor_seconds());
    let (placed, pairs) = place_and_pairs((rules, registers, given.seed));
    let seconds = began.elapsed().as_secs_f64();
    let used = processor_seconds() - used;
    // The peak of the work itself: instance and apologies come after it.
    let peak = peak_kilobytes();
    written(&words, &given, (&placed, pairs))?;
    let counted = Counted::new(&given, &placed.posts);
    let apologies = words.number("apologies", 0)?;
    let morning = morning::replaced(rules, registers, &placed.posts, apologies)?;
    println!(
        "{{\"people\":{},\"committees\":{},\"seats\":{},{},\"bound_metres\":{},\"rounds\":{},\
         \"parted\":{},\"short\":{},\"reading_seconds\":{:.2},\"proof_seconds\":{proof_seconds:.2},\
         \"seconds\":{seconds:.2},\"processor_seconds\":{used:.2},\"peak_kilobytes\":{peak},\
         \"digest\":\"{:016x}\"{}}}",
        registers.people.len(),
        registers.committees.len(),
        registers.seats(),
        counted.fields(),
        placed.bound_metres,
        placed.rounds,
        placed.parted,
        short.as_ref().map_or(0, |short| short.empty),
        given.reading_seconds,
        digest(&placed.posts),
        morning.map_or_else(String::new, |morning| morning.fields()),
    );
    Ok(())
}

/// The proof of a shortage, for whoever reads along.
fn told_short(short: &shortage::Shortage, registers: &Registers) {
    let rules: Vec<&str> = short.rules.rules().map(|rule| rule.code()).collect();
    eprintln!(
        "{} seats stay empty: {} committees have {} seats, {} people may; {}",
        short.empty,
        short.committees.len(),
        short.seats,
        short.people,
        rules.join(" ")
    );
    for one in &short.governorates {
        eprintln!(
            "  {}: {} seats, {} people",
            one.governorate, one.seats, one.people
        );
    }
    let first = short.committees.first();
    let first = first.map(|at| &registers.committees[*at].code);
    eprintln!("  the first of them: {first:?}");
}

/// The files that were asked for.
fn written(
    words: &Words,
    given: &Given,
    (placed, pairs): (&Placed, Vec<Pair>),
) -> Result<(), Box<dyn Error>> {
    let (rules, registers) = (&given.rules, &given.registers);
    if let Some(file) = words.text("posts") {
        let rows = placed.posts.iter();
        let rows: Vec<String> = rows
            .map(|post| format!("{},{}\n", post.person, post.committee))
            .collect();
        fs::write(file, rows.concat())?;
    }
    if let Some(file) = words.text("instance") {
        let pairs = match words.text("pairs") {
            Some("all") => instance::all(rules, registers),
            _ => pairs,
        };
        let empty = placed.empty.iter().map(|(_, seats)| *seats).sum();
        fs::write(file, instance::bytes(registers, &pairs, empty)?)?;
    }
    Ok(())
}

/// What the check says of an assignment, whoever found it.
struct Counted {
    placed: usize,
    cost_metres: u64,
    /// Rules that are broken: the wrong person, two places, relatives, too many.
    breaches: usize,
    /// Seats that nobody takes, and people who are missing in reserves and supervision.
    missing: u64,
}

impl Counted {
    fn new(given: &Given, posts: &[Post]) -> Self {
        let (rules, registers) = (&given.rules, &given.registers);
        let found = verify_assignment(rules, registers, posts);
        let missing = found.iter().map(|breach| match breach {
            Breach::Empty(_, seats) | Breach::ReserveShort(_, seats) | Breach::Load(_, seats) => {
                u64::from(*seats)
            }
            _ => 0,
        });
        let missing = missing.collect::<Vec<u64>>();
        let costs = posts.iter().filter_map(|post| {
            let person = &registers.people[registers.person(&post.person)?];
            let committee = &registers.committees[registers.committee(&post.committee)?];
            Some(u64::from(rules.cost(person, committee).metres()))
        });
        Self {
            placed: posts.len(),
            cost_metres: costs.sum(),
            breaches: missing.iter().filter(|missing| **missing == 0).count(),
            missing: missing.iter().sum(),
        }
    }

    fn fields(&self) -> String {
        format!(
            "\"placed\":{},\"cost_metres\":{},\"breaches\":{},\"missing\":{}",
            self.placed, self.cost_metres, self.breaches, self.missing
        )
    }
}

/// A number that another assignment of the same people does not have but by chance (FNV-1a).
fn digest(posts: &[Post]) -> u64 {
    let mut sum: u64 = 0xcbf2_9ce4_8422_2325;
    for post in posts {
        for byte in format!("{},{}\n", post.person, post.committee).bytes() {
            sum = (sum ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
    sum
}

/// Seconds that processors worked for this process, on all threads.
fn processor_seconds() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = stat.rsplit(") ").next().unwrap_or_default().split(' ');
    // The twelfth and thirteenth words behind the name, in hundredths of a second.
    let ticks = fields.skip(11).take(2).flat_map(str::parse::<f64>);
    ticks.sum::<f64>() / 100.0
}

/// The most memory that this process had, as the kernel tells it.
fn peak_kilobytes() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let peak = peak.unwrap_or_default().trim().trim_end_matches(" kB");
    peak.parse().unwrap_or(0)
}
