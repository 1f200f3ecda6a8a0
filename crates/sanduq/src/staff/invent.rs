//! `sanduq staff invent`: registers of an invented nation, as CSV.

use crate::exit::Ended;
use crate::staff::files;
use crate::whole::Whole;
use clap::Args;
use clap::ValueEnum;
use csv::Writer;
use sanduq_assignment::invented;
use sanduq_assignment::invented::Invented;
use sanduq_assignment::invented::Size;
use sanduq_assignment::supply;
use sanduq_assignment::supply::Supply;
use sanduq_core::place::Place;
use sanduq_operations::assignment::committee::Committee;
use sanduq_operations::assignment::person::Person;
use sanduq_operations::assignment::person::Sex;
use std::fs;
use std::path::Path;
use std::path::PathBuf;

/// Invent registers of people, committees, kinship and candidates.
#[derive(Args)]
#[command(after_help = "Examples:
  sanduq staff invent --out registers                       a small land
  sanduq staff invent --people 18620 --sub-committees 13706 --general-committees 367 --out judges
  sanduq staff invent --people 120000 --sub-committees 13706 --general-committees 367 \\
      --without-seats --supply enough --rules wahat/administrators --out administrators
  sanduq staff invent --supply short --rules wahat/judges --out short

The folder then holds people.csv, committees.csv, kinship.csv and candidates.csv.")]
pub struct Invent {
    /// Judges or administrators.
    #[arg(long, default_value_t = 1000)]
    people: u32,
    /// Sub-committees.
    #[arg(long, default_value_t = 700)]
    sub_committees: u32,
    /// General committees, one in each district.
    #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=999))]
    general_committees: u32,
    /// Governorates.
    #[arg(long, default_value_t = 27, value_parser = clap::value_parser!(u32).range(1..=99))]
    governorates: u32,
    /// Leave the seats to the rules, which count them by voters.
    #[arg(long)]
    without_seats: bool,
    /// How many people there are for the seats, by these rules.
    #[arg(
        long,
        value_enum,
        default_value = "drawn",
        requires_if("enough", "rules"),
        requires_if("short", "rules")
    )]
    supply: Supplied,
    /// The rules: PROFILE/NAME of the jurisdictions, as wahat/judges, or a file that ends in .toml.
    #[arg(long, value_name = "NAME")]
    rules: Option<String>,
    /// Read the rules of countries from this folder instead of the program's own.
    #[arg(long, value_name = "DIR")]
    jurisdictions: Option<PathBuf>,
    /// What everything is drawn from.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The folder to write into; must be empty or not exist.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
}

/// How many people there are for the seats.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Supplied {
    /// As chance has it: small governorates have fewer people than seats.
    Drawn,
    /// Enough of every skill and both sexes wherever there are seats.
    Enough,
    /// Too few for the women's stations of two governorates, by two rules together.
    Short,
}

/// Runs the command.
///
/// # Errors
/// The folder is not empty, the rules are none, or a fault of the machine.
pub fn run(args: &Invent) -> Result<(), Ended> {
    let size = Size {
        people: args.people,
        sub_committees: args.sub_committees,
        general_committees: args.general_committees,
        governorates: args.governorates.min(args.general_committees),
        seats: !args.without_seats,
    };
    let folder = Whole::begin(&args.out, "assignment")?;
    let invented = match &args.rules {
        None => invented::registers(args.seed, size),
        Some(name) => {
            let (_, rules) = files::named(name, args.jurisdictions.as_deref())?;
            let supply = match args.supply {
                Supplied::Drawn => Supply::Drawn,
                Supplied::Enough => Supply::Enough,
                Supplied::Short => Supply::Short,
            };
            let invented = supply::registers(args.seed, size, &rules, supply);
            invented.map_err(|refusal| Ended::refused(&refusal))?
        }
    };
    write(folder.path(), &invented)?;
    folder.put()
}

fn put(path: &Path, head: &str, rows: impl Iterator<Item = Vec<String>>) -> Result<(), Ended> {
    let mut file = Writer::from_writer(Vec::new());
    file.write_record(head.split(',')).map_err(Ended::fault)?;
    for row in rows {
        file.write_record(row).map_err(Ended::fault)?;
    }
    let text = file.into_inner().map_err(Ended::fault)?;
    fs::write(path, text).map_err(Ended::fault)
}

fn write(folder: &Path, invented: &Invented) -> Result<(), Ended> {
    let told = &invented.told;
    let people = told.people.iter().zip(&invented.homes);
    put(
        &folder.join("people.csv"),
        "person,body,rank,sex,governorate,district,latitude,longitude,work_latitude,\
         work_longitude,available,conflicts,served,far_before,skills",
        people.map(|(row, (home, work))| person(&row.told, *home, *work)),
    )?;
    let committees = told.committees.iter().zip(&invented.seats);
    put(
        &folder.join("committees.csv"),
        "committee,kind,governorate,district,latitude,longitude,voters,seats,women,contests,\
         under,rank,skills",
        committees.map(|(row, place)| committee(&row.told, *place)),
    )?;
    put(
        &folder.join("kinship.csv"),
        "person,relation,relative",
        told.kinship.iter().map(|link| {
            let relation = link.relation.code().to_owned();
            vec![link.person.to_string(), relation, link.relative.to_string()]
        }),
    )?;
    put(
        &folder.join("candidates.csv"),
        "candidate,contest",
        told.candidates
            .iter()
            .map(|(one, contest)| vec![one.to_string(), contest.to_string()]),
    )
}

/// Latitude and longitude as decimal degrees.
fn degrees(place: Option<Place>) -> [String; 2] {
    let told = |microdegrees: i32| {
        let sign = if microdegrees < 0 { "-" } else { "" };
        let size = microdegrees.unsigned_abs();
        format!("{sign}{}.{:06}", size / 1_000_000, size % 1_000_000)
    };
    place.map_or([String::new(), String::new()], |place| {
        [
            place.latitude_microdegrees(),
            place.longitude_microdegrees(),
        ]
        .map(told)
    })
}

fn joined<T: ToString>(all: &[T]) -> String {
    let all: Vec<String> = all.iter().map(ToString::to_string).collect();
    all.join(";")
}

fn yes(told: bool) -> String {
    if told { "yes" } else { "no" }.to_owned()
}

fn person(told: &Person, home: Place, work: Option<Place>) -> Vec<String> {
    let [latitude, longitude] = degrees(Some(home));
    let [work_latitude, work_longitude] = degrees(work);
    let sex = match told.sex {
        Sex::Woman => "woman",
        Sex::Man => "man",
    };
    vec![
        told.code.to_string(),
        told.body.clone(),
        told.rank.to_string(),
        sex.to_owned(),
        told.governorate.to_string(),
        told.district.to_string(),
        latitude,
        longitude,
        work_latitude,
        work_longitude,
        yes(told.available),
        joined(&told.conflicts),
        joined(&told.served),
        told.far_before.to_string(),
        joined(&told.skills),
    ]
}

fn committee((told, seats): &(Committee, Option<u32>), place: Place) -> Vec<String> {
    let [latitude, longitude] = degrees(Some(place));
    let or_empty = |code: Option<String>| code.unwrap_or_default();
    vec![
        told.code.to_string(),
        told.kind.code().to_owned(),
        told.governorate.to_string(),
        or_empty(told.district.as_ref().map(ToString::to_string)),
        latitude,
        longitude,
        told.voters.to_string(),
        or_empty(seats.map(|seats| seats.to_string())),
        yes(told.women),
        joined(&told.contests),
        or_empty(told.under.as_ref().map(ToString::to_string)),
        told.rank.to_string(),
        joined(&told.skills),
    ]
}
