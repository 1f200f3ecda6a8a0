//! `sanduq ballot credentials`: a secret for each voter, and the public list of who may cast.
//!
//! What is always true here: the public list stands in the order of the keys, so that a place in it
//! says nothing of a voter; the secrets are in files that only their owner may read.

use crate::ballot::draft::Draft;
use crate::ballot::draft::identifier;
use crate::ballot::files;
use crate::ballot::files::PRIVATE;
use crate::ballot::files::PUBLIC;
use crate::ballot::files::fault;
use crate::ballot::files::refused;
use crate::ballot::fingerprint;
use crate::ballot::kind::in_group;
use crate::ballot::said::Put;
use crate::ballot::said::Telling;
use crate::exit::Ended;
use crate::progress::Progress;
use crate::whole::Whole;
use clap::Args;
use rayon::prelude::*;
use sanduq_ballot::credential::Credentials as Listed;
use sanduq_ballot::credential::Entry;
use sanduq_ballot::credential::secret_of;
use sanduq_ballot::election::ElectionId;
use sanduq_ballot::group::Element;
use sanduq_ballot::group::Group;
use sanduq_ballot::json::Canonical;
use sanduq_ballot::refusal::Refusal;
use sanduq_ballot::result::LARGEST_WEIGHT;
use sanduq_core::cell::guarded;
use serde_json::json;
use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::path::PathBuf;
use zeroize::Zeroizing;

/// How many voters there may be.
const VOTERS: core::ops::RangeInclusive<u64> = 1..=10_000_000;

/// Make the voters' secrets and the public list of who may cast.
#[derive(Args)]
#[command(after_help = "Examples:
  sanduq ballot credentials --draft draft.json --count 100 --secrets secrets.csv \\
    --public public.json
  sanduq ballot credentials --draft draft.json --voters voters.csv --each letters \\
    --public public.json

voters.csv has a column voter and may have a column weight; the weights add up to 10,000,000,000 at
the most, so that votes can be counted in seconds. Who holds the secrets can vote: the
authority hands them out and then destroys its list; the administrator gets the public list only.")]
pub struct Credentials {
    /// The draft of the election.
    #[arg(long, value_name = "FILE")]
    draft: PathBuf,
    /// So many voters, numbered from 1.
    #[arg(long, required_unless_present = "voters", conflicts_with = "voters",
          value_parser = clap::value_parser!(u64).range(VOTERS))]
    count: Option<u64>,
    /// The voters: a CSV file with the columns voter and, if votes have weights, weight.
    #[arg(long, value_name = "FILE")]
    voters: Option<PathBuf>,
    /// Where the list of secrets goes.
    #[arg(
        long,
        value_name = "FILE",
        required_unless_present = "each",
        conflicts_with = "each"
    )]
    secrets: Option<PathBuf>,
    /// A folder with a file for each voter instead, named by the voter's place in the list.
    #[arg(long, value_name = "DIR")]
    each: Option<PathBuf>,
    /// Where the public list goes.
    #[arg(long, value_name = "FILE")]
    public: PathBuf,
    #[command(flatten)]
    telling: Telling,
}

/// One who may cast.
struct Voter {
    name: String,
    weight: Option<u64>,
}

/// Runs the command.
///
/// # Errors
/// When the draft or the list of voters is unfit, or a file is there already.
pub fn run(args: &Credentials) -> Result<(), Ended> {
    let made =
        Draft::read(&args.draft).and_then(|draft| in_group!(draft.kind(), made(args, &draft)));
    made.map_err(|ended| args.telling.told(ended))
}

fn voters(args: &Credentials) -> Result<Vec<Voter>, Ended> {
    let Some(path) = &args.voters else {
        let numbered = |number: u64| Voter {
            name: number.to_string(),
            weight: None,
        };
        return Ok((1..=args.count.unwrap_or(0)).map(numbered).collect());
    };
    let unread = |why: String| refused("voters", format!("{}: {why}", path.display()));
    let bytes = files::read(path)?;
    let mut reader = csv::Reader::from_reader(bytes.as_slice());
    let header = reader.headers().map_err(|why| unread(why.to_string()))?;
    let column = |name: &str| header.iter().position(|one| one.trim() == name);
    let name = column("voter").ok_or_else(|| unread("there is no column voter".to_owned()))?;
    let weight = column("weight");
    let mut voters = Vec::new();
    let mut total: u64 = 0;
    for (line, row) in (2..).zip(reader.records()) {
        let row = row.map_err(|why| unread(why.to_string()))?;
        let weight = weight.and_then(|at| row.get(at)).map(str::trim);
        let weight = weight.filter(|text| !text.is_empty()).map(|text| {
            let number = text.parse().ok().filter(|number: &u64| *number > 0);
            number.ok_or_else(|| unread(format!("line {line}: {text} is no weight")))
        });
        let weight = weight.transpose()?;
        total = total.saturating_add(weight.unwrap_or(1));
        if total > LARGEST_WEIGHT {
            return Err(too_heavy(path, &format!("line {line}")));
        }
        voters.push(Voter {
            name: row.get(name).unwrap_or_default().trim().to_owned(),
            weight,
        });
    }
    let count = u64::try_from(voters.len()).unwrap_or(u64::MAX);
    if !VOTERS.contains(&count) {
        return Err(unread(format!("{count} voters are too few or too many")));
    }
    Ok(voters)
}

/// Weights whose sum cannot be counted with; `place` is where it becomes too large.
pub fn too_heavy(path: &Path, place: &str) -> Ended {
    let why = format!("{place}: here the weights add up to more than {LARGEST_WEIGHT}");
    refused(Refusal::Weight.code(), format!("{}: {why}", path.display()))
}

/// Four groups of five, six, five and six characters.
fn draw() -> Result<Zeroizing<String>, Ended> {
    let drawn = Zeroizing::new(identifier(22)?);
    let mut text = Zeroizing::new(String::with_capacity(25));
    for part in [&drawn[..5], &drawn[5..11], &drawn[11..16], &drawn[16..]] {
        if !text.is_empty() {
            text.push('-');
        }
        text.push_str(part);
    }
    Ok(text)
}

fn made<G: Group>(args: &Credentials, draft: &Draft) -> Result<(), Ended> {
    files::free(&args.public)?;
    args.secrets.as_deref().map_or(Ok(()), files::free)?;
    let voters = voters(args)?;
    let uuid = ElectionId::new(draft.uuid()).map_err(Ended::fault)?;
    let mut progress = Progress::new();
    progress.stage("credentials", voters.len() as u64, "credentials");
    let one = |voter: &Voter| {
        let secret = draw()?;
        let scalar = secret_of::<G>(&secret, &uuid).map_err(Ended::fault)?;
        let key = G::power_of_generator(scalar.expose());
        let weight = voter.weight;
        Ok((secret, Entry { key, weight }))
    };
    let all: Result<Vec<_>, Ended> = voters.par_iter().map(one).collect();
    let (secrets, mut entries): (Vec<_>, Vec<Entry<G>>) = all?.into_iter().unzip();
    progress.reached(voters.len() as u64);
    progress.end();
    entries.sort_by_cached_key(|entry| entry.key.text());
    let listed = Listed::new(entries).map_err(Ended::fault)?;
    let where_to = match (&args.secrets, &args.each) {
        (Some(path), _) => write_list(path, &voters, &secrets)?,
        (None, Some(folder)) => write_each(folder, &secrets)?,
        (None, None) => return Err(Ended::fault("no place for the secrets")),
    };
    let public = listed.to_text();
    files::write(&args.public, format!("{public}\n").as_bytes(), PUBLIC)?;
    let aloud = fingerprint::of(public.as_bytes());
    let object = json!({
        "voters": voters.len(),
        "secrets": where_to.display().to_string(),
        "public": args.public.display().to_string(),
        "fingerprint": aloud,
    });
    let telling = args.telling;
    let secrets = [
        ("path", Put::text(where_to.display())),
        ("count", Put::count(voters.len())),
    ];
    let public = [("path", Put::text(args.public.display()))];
    let lines = [
        telling.line("done-credentials", &secrets),
        telling.line("done-for-administrator", &public),
        telling.line("aloud-credentials", &[("aloud", Put::text(aloud))]),
    ];
    telling.say(&object, &lines);
    Ok(())
}

/// One list, written without copies that nobody wipes.
fn write_list<'a>(
    path: &'a Path,
    voters: &[Voter],
    secrets: &[Zeroizing<String>],
) -> Result<&'a Path, Ended> {
    let room = voters.iter().map(|voter| voter.name.len() * 2 + 64).sum();
    let mut writer = csv::WriterBuilder::new()
        .buffer_capacity(room)
        .from_writer(Vec::with_capacity(room));
    let weighted = voters.iter().any(|voter| voter.weight.is_some());
    let heading: &[&str] = &["voter", "credential", "weight"][..if weighted { 3 } else { 2 }];
    writer.write_record(heading).map_err(Ended::fault)?;
    for (voter, secret) in voters.iter().zip(secrets) {
        let weight = voter.weight.unwrap_or(1).to_string();
        let row = [&*guarded(&voter.name), secret.as_str(), weight.as_str()];
        let written = writer.write_record(&row[..heading.len()]);
        written.map_err(Ended::fault)?;
    }
    let bytes = Zeroizing::new(writer.into_inner().map_err(|why| fault(path, &why))?);
    files::write(path, &bytes, PRIVATE)?;
    Ok(path)
}

/// A file for each voter, in a folder that only its owner may open.
fn write_each<'a>(folder: &'a Path, secrets: &[Zeroizing<String>]) -> Result<&'a Path, Ended> {
    let whole = Whole::begin(folder, "ballot")?;
    let only = Permissions::from_mode(0o700);
    let closed = std::fs::set_permissions(whole.path(), only);
    closed.map_err(|why| fault(folder, &why))?;
    let width = secrets.len().to_string().len();
    for (number, secret) in (1..).zip(secrets) {
        let path = whole.path().join(format!("{number:0width$}.txt"));
        let text = Zeroizing::new(format!("{}\n", **secret));
        files::write(&path, text.as_bytes(), PRIVATE)?;
    }
    whole.put()?;
    Ok(folder)
}
