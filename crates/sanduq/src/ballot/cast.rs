//! `sanduq ballot cast`: a ballot is made from choices and a credential, offline if wished, and put
//! into the archive when it holds.

use crate::ballot::files;
use crate::ballot::files::PUBLIC;
use crate::ballot::files::refused;
use crate::ballot::kept::Kept;
use crate::ballot::kept::not_written;
use crate::ballot::kind::in_group;
use crate::ballot::said::Put;
use crate::ballot::secrets::chance;
use crate::ballot::step::KeptArgs;
use crate::exit::Ended;
use crate::verify::ballot::beside;
use clap::Args;
use sanduq_ballot::ballot::Ballot;
use sanduq_ballot::casting::Casting;
use sanduq_ballot::credential::secret_of;
use sanduq_ballot::group::Element;
use sanduq_ballot::group::Group;
use sanduq_ballot::hash::Hash;
use sanduq_ballot::question::Question;
use serde_json::Value;
use serde_json::json;
use std::io::Read;
use std::path::Path;
use std::path::PathBuf;
use zeroize::Zeroizing;

/// The longest text of a credential.
const LONGEST: u64 = 256;

/// Make a ballot, or put ballots into the archive.
#[derive(Args)]
#[command(after_help = "Examples:
  sanduq ballot cast --archive election --credential letters/007.txt --choices choices.json
  sanduq ballot cast --archive election --credential letters/007.txt --choices choices.json \\
    --out ballot.json                           offline; carry ballot.json
  sanduq ballot cast --archive election --add ballot.json other.json

choices.json has a list for each question: the answers that are chosen, or \"blank\"; for a
shuffled question a number for each answer: [[\"Amal\", \"Badr\"], \"blank\", [1, 3, 2]]. The later
ballot of a voter replaces the earlier one. The number of the ballot is what the voter looks for on
the board.")]
pub struct Cast {
    #[command(flatten)]
    kept: KeptArgs,
    /// A file with the credential; - reads standard input.
    #[arg(
        long,
        value_name = "FILE",
        requires = "choices",
        required_unless_present = "add"
    )]
    credential: Option<PathBuf>,
    /// A JSON file with the choices; - reads standard input.
    #[arg(long, value_name = "FILE", requires = "credential")]
    choices: Option<PathBuf>,
    /// Write the ballot into this file and change nothing else.
    #[arg(long, value_name = "FILE", requires = "credential")]
    out: Option<PathBuf>,
    /// Ballots that were made elsewhere, on the voter's page or offline: all are cast, or none.
    #[arg(long, value_name = "FILE", num_args = 1..,
          conflicts_with_all = ["credential", "choices"])]
    add: Vec<PathBuf>,
}

/// Runs the command.
///
/// # Errors
/// When the archive, the credential or the choices are unfit, or a ballot does not hold.
pub fn run(args: &Cast) -> Result<(), Ended> {
    let opened = match args.out {
        Some(_) => args.kept.open(),
        None => args.kept.lock(),
    };
    let cast = opened.and_then(|kept| in_group!(kept.kind(), cast(args, &kept)));
    cast.map_err(|ended| args.kept.told(ended))
}

fn cast<G: Group>(args: &Cast, kept: &Kept) -> Result<(), Ended> {
    let mut casting = kept.casting::<G>()?;
    let mut ballots: Vec<(PathBuf, Vec<u8>)> = Vec::new();
    if let (Some(credential), Some(choices)) = (&args.credential, &args.choices) {
        let text = made(&casting, credential, choices)?;
        ballots.push((PathBuf::from("ballot"), text.into_bytes()));
    }
    for path in &args.add {
        ballots.push((path.clone(), files::read(path)?));
    }
    for (path, bytes) in &ballots {
        let found = casting.cast(bytes);
        found.map_err(|found| unheld(path, &found))?;
    }
    if let (Some(out), Some((_, bytes))) = (&args.out, ballots.first()) {
        files::write(out, bytes, PUBLIC)?;
        tell(args, out, &ballots, None);
        return Ok(());
    }
    let uuid = casting.election().description().uuid.as_str();
    let seed = args.kept.key.read(kept.folder(), uuid)?;
    let added = casting.added(&seed);
    let added = added.map_err(|why| not_written(&beside(kept.path()), why))?;
    let counted = Some((added.ballots, added.counted));
    kept.put([added.archive, added.sidecar])?;
    tell(args, kept.path(), &ballots, counted);
    Ok(())
}

/// Why a ballot is not cast: every reason.
fn unheld(path: &Path, found: &[sanduq_ballot::verify::report::Failure]) -> Ended {
    let code = found.first().map_or("form", |one| one.refusal.code());
    let words: Vec<String> = found
        .iter()
        .map(|one| match one.place.question {
            None => one.refusal.to_string(),
            Some(_) => format!("{}: {}", one.place, one.refusal),
        })
        .collect();
    refused(code, format!("{}: {}", path.display(), words.join("; ")))
}

fn tell(args: &Cast, path: &Path, ballots: &[(PathBuf, Vec<u8>)], counted: Option<(u64, u64)>) {
    let trackers: Vec<String> = ballots
        .iter()
        .map(|(_, bytes)| Hash::of(bytes).base64())
        .collect();
    let mut object = json!({ "file": path.display().to_string(), "ballots": trackers });
    let telling = args.kept.telling;
    let ballot = |one: &String| telling.line("done-ballot", &[("tracker", Put::text(one))]);
    let mut lines: Vec<String> = trackers.iter().map(ballot).collect();
    let place = ("path", Put::text(path.display()));
    match counted {
        None => lines.push(telling.line("done-not-cast", &[place])),
        Some((cast, counted)) => {
            object["cast"] = json!(cast);
            object["counted"] = json!(counted);
            let (cast, counted) = (Put::Count(cast), Put::Count(counted));
            let parts = [place, ("cast", cast), ("counted", counted)];
            lines.push(telling.line("done-cast", &parts));
        }
    }
    telling.say(&object, &lines);
}

/// A small file, or standard input.
fn secret_text(path: &Path, longest: u64) -> Result<Zeroizing<String>, Ended> {
    let mut text = Zeroizing::new(String::with_capacity(4096));
    let read = if path == Path::new("-") {
        std::io::stdin().take(longest).read_to_string(&mut text)
    } else {
        let file = std::fs::File::open(path);
        file.and_then(|file| file.take(longest).read_to_string(&mut text))
    };
    let why = |why| refused("no_file", format!("{}: {why}", path.display()));
    read.map_err(why)?;
    Ok(text)
}

fn made<G: Group>(
    casting: &Casting<G>,
    credential: &Path,
    choices: &Path,
) -> Result<String, Ended> {
    let election = casting.election();
    let text = secret_text(credential, LONGEST)?;
    let secret = secret_of::<G>(text.trim(), &election.description().uuid);
    let secret = secret.map_err(|refusal| files::unfit(credential, refusal))?;
    let public = G::power_of_generator(secret.expose());
    let voter = casting.voter(&public.text());
    voter.map_err(|refusal| files::unfit(credential, refusal))?;
    let text = secret_text(choices, 1 << 20)?;
    let chosen = serde_json::from_str::<Vec<Value>>(&text);
    let unread = |why: String| refused("choices", format!("{}: {why}", choices.display()));
    let chosen = chosen.map_err(|why| unread(why.to_string()))?;
    let questions = election.questions();
    if chosen.len() != questions.len() {
        let why = format!("{} questions are asked", questions.len());
        return Err(unread(why));
    }
    let mut votes = Zeroizing::new(Vec::with_capacity(chosen.len()));
    for (number, (question, chosen)) in (1..).zip(questions.iter().zip(&chosen)) {
        let vote =
            vote(question, chosen).map_err(|why| unread(format!("question {number}: {why}")));
        votes.push(vote?);
    }
    let ballot = Ballot::create(election, &secret, &votes, &mut chance()?);
    let ballot = ballot.map_err(|refusal| files::unfit(choices, refusal))?;
    Ok(ballot.to_text(election))
}

/// The numbers of a vote from the words of the file.
fn vote(question: &Question, chosen: &Value) -> Result<Vec<u8>, String> {
    let homomorphic = match question {
        Question::NonHomomorphic(question) => {
            let numbers: Option<Vec<u8>> = chosen.as_array().and_then(|all| {
                let number = |one: &Value| one.as_u64().and_then(|one| u8::try_from(one).ok());
                all.iter().map(number).collect()
            });
            let fit = numbers.filter(|numbers| numbers.len() == question.answers.len());
            return fit.ok_or("a number of 0 to 255 for each answer".to_owned());
        }
        Question::Homomorphic(homomorphic) => homomorphic,
    };
    let skipped = usize::from(homomorphic.allows_blank());
    let mut vote = vec![0; homomorphic.choices()];
    if chosen.as_str() == Some("blank") && skipped == 1 {
        vote[0] = 1;
        return Ok(vote);
    }
    let names = chosen.as_array().ok_or("the list of what is chosen")?;
    for name in names {
        let name = name.as_str().ok_or("the words of an answer")?;
        let mut found = (0..).zip(&homomorphic.answers);
        let place = found.find(|(_, answer)| *answer == name);
        let place: usize = place.ok_or(format!("there is no answer {name}"))?.0;
        if vote[place + skipped] == 1 {
            return Err(format!("{name} is chosen twice"));
        }
        vote[place + skipped] = 1;
    }
    question
        .accept(&vote)
        .map(|()| vote)
        .map_err(|refusal| refusal.to_string())
}
