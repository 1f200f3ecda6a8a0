//! `sanduq ballot shuffle`: a trustee encrypts the ballots of the shuffled questions anew and in
//! another order; the administrator puts it into the archive, and ends the shuffles.

use crate::ballot::carried::Carried;
use crate::ballot::carried::Holder;
use crate::ballot::files;
use crate::ballot::files::refused;
use crate::ballot::fingerprint;
use crate::ballot::kept::Kept;
use crate::ballot::kind::in_group;
use crate::ballot::said::Put;
use crate::ballot::secrets::chance;
use crate::ballot::step::Offline;
use crate::ballot::step::StepArgs;
use crate::exit::Ended;
use clap::Args;
use sanduq_ballot::events::EventKind;
use sanduq_ballot::group::Group;
use sanduq_ballot::hash::Hash;
use sanduq_ballot::json::Canonical;
use sanduq_ballot::refusal::Refusal;
use sanduq_ballot::reopened::Reopened;
use sanduq_ballot::sealing::BoundProofs;
use sanduq_ballot::shuffle::Context;
use sanduq_ballot::shuffle::Generators;
use sanduq_ballot::shuffle::Shuffle;
use sanduq_ballot::tally::Ciphertexts;
use serde_json::json;
use std::path::Path;
use std::path::PathBuf;

/// Shuffle the ballots, put a shuffle into the archive, or end the shuffles.
#[derive(Args)]
#[command(after_help = "Examples:
  sanduq ballot shuffle --archive /media/stick/election --secret a/secret --out shuffle-1.json
  sanduq ballot shuffle --archive election --add shuffle-1.json
  sanduq ballot shuffle --archive election --end

One after another: each shuffles what the one before has put into the archive. As long as one of
those who shuffle keeps the order to himself, nobody knows whose ballot is whose.")]
pub struct ShuffleArgs {
    #[command(flatten)]
    step: StepArgs,
    /// Put a shuffle into the archive.
    #[arg(long, value_name = "FILE", conflicts_with = "out")]
    add: Option<PathBuf>,
    /// End the shuffles.
    #[arg(long, conflicts_with_all = ["out", "add"], required_unless_present_any = ["out", "add"])]
    end: bool,
}

/// Runs the command.
///
/// # Errors
/// A step out of order, a secret that is no trustee's, a shuffle that does not hold.
pub fn run(args: &ShuffleArgs) -> Result<(), Ended> {
    let opened = args.step.open();
    let done = opened.and_then(|kept| match (&args.add, args.step.offline()) {
        (Some(path), _) => in_group!(kept.kind(), added(args, path, &kept)),
        (None, Some(offline)) => in_group!(kept.kind(), made(args, &offline, &kept)),
        (None, None) => in_group!(kept.kind(), ended(args, &kept)),
    });
    done.map_err(|ended| args.step.kept.told(ended))
}

fn order(why: &str) -> Ended {
    refused(Refusal::Order.code(), why)
}

/// The lists, if it is the time to shuffle.
fn lists<G: Group>(reopened: &Reopened<G>) -> Result<Ciphertexts<G>, Ended> {
    if !reopened.election().is_shuffled() {
        return Err(order("no question of this election is shuffled"));
    }
    match reopened.last_event() {
        Some(EventKind::EncryptedTally | EventKind::Shuffle) => Ok(reopened.lists()),
        Some(EventKind::Setup | EventKind::Ballot | EventKind::EndBallots) => Err(order(
            "the ballots have not been added up yet; ballot tally",
        )),
        _ => Err(order("the shuffles have ended")),
    }
}

fn generators<G: Group>(lists: &Ciphertexts<G>) -> Generators<G> {
    Generators::new(lists.iter().map(Vec::len).max().unwrap_or(0))
}

fn made<G: Group>(args: &ShuffleArgs, offline: &Offline<'_>, kept: &Kept) -> Result<(), Ended> {
    files::free(offline.out)?;
    let reopened = kept.reopen::<G>()?;
    let lists = lists(&reopened)?;
    let holder = Holder::read(&offline.secret, &reopened)?;
    if reopened.shufflers().contains(&holder.number) {
        return Err(refused(
            Refusal::TrusteeTwice.code(),
            "this trustee has shuffled already",
        ));
    }
    kept.check()?;
    let context = Context {
        election: reopened.election().fingerprint(),
        key: reopened.election().key(),
        generators: &generators(&lists),
    };
    let made = Shuffle::create(&context, &lists, &holder.secret, &mut chance()?);
    let text = made.map_err(Ended::fault)?.to_text();
    let aloud = fingerprint::of(text.as_bytes());
    let carried = Carried {
        step: "shuffle".to_owned(),
        election: reopened.election().fingerprint().to_owned(),
        owner: holder.number,
        after: reopened.head().hexadecimal(),
        object: text,
        bound: None,
    };
    carried.write(offline.out)?;
    let said = ["done-part", "aloud-shuffle", aloud.as_str()];
    args.step.say_part(offline.out, holder.number, said);
    Ok(())
}

fn added<G: Group>(args: &ShuffleArgs, path: &Path, kept: &Kept) -> Result<(), Ended> {
    let reopened = kept.reopen::<G>()?;
    let lists = lists(&reopened)?;
    let carried = Carried::read(path, "shuffle", &reopened)?;
    let owner = carried.owner;
    if reopened.shufflers().contains(&owner) {
        return Err(files::unfit(path, Refusal::TrusteeTwice));
    }
    if carried.after != reopened.head().hexadecimal() {
        let why = format!("{} was made before another shuffle", path.display());
        return Err(refused("other_state", why));
    }
    let text = &carried.object;
    let shuffle = Shuffle::<G>::from_bytes(text.as_bytes());
    let shuffle = shuffle.map_err(|refusal| files::unfit(path, refusal))?;
    let context = Context {
        election: reopened.election().fingerprint(),
        key: reopened.election().key(),
        generators: &generators(&lists),
    };
    if let Some((_, refusal)) = shuffle.verify(&context, &lists).first() {
        return Err(files::unfit(path, *refusal));
    }
    kept.append(
        &reopened,
        &args.step.kept.key,
        &BoundProofs::new(),
        |board| board.owned(EventKind::Shuffle, owner, text),
    )?;
    let aloud = fingerprint::aloud(&Hash::of(text.as_bytes()));
    let said = ["done-shuffled", "aloud-shuffle", aloud.as_str()];
    args.step.say_part(kept.path(), owner, said);
    Ok(())
}

fn ended<G: Group>(args: &ShuffleArgs, kept: &Kept) -> Result<(), Ended> {
    let reopened = kept.reopen::<G>()?;
    lists(&reopened)?;
    if reopened.shufflers().is_empty() {
        return Err(order("nobody has shuffled yet"));
    }
    kept.append(
        &reopened,
        &args.step.kept.key,
        &BoundProofs::new(),
        |board| board.act(EventKind::EndShuffles, &[]),
    )?;
    let shuffles = reopened.shufflers().len();
    let path = kept.path().display().to_string();
    let telling = args.step.kept.telling;
    let parts = [("path", Put::text(&path)), ("count", Put::count(shuffles))];
    let line = telling.line("done-shuffles-ended", &parts);
    telling.say(&json!({ "file": path, "shuffles": shuffles }), &[line]);
    Ok(())
}
