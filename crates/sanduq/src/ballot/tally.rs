//! `sanduq ballot tally`: the ballots end, and those that count are added up, still encrypted.

use crate::ballot::files::refused;
use crate::ballot::fingerprint;
use crate::ballot::kept::Kept;
use crate::ballot::kind::in_group;
use crate::ballot::said::Put;
use crate::ballot::step::KeptArgs;
use crate::exit::Ended;
use crate::progress::Progress;
use clap::Args;
use sanduq_ballot::events::EventKind;
use sanduq_ballot::group::Group;
use sanduq_ballot::hash::Hash;
use sanduq_ballot::sealing::BoundProofs;
use sanduq_ballot::tally::ciphertexts_text;
use serde_json::json;

/// End the ballots and add up those that count.
#[derive(Args)]
#[command(after_help = "Examples:
  sanduq ballot tally --archive election
  cp -r election /media/stick        for the trustees, who decrypt what they have added up again

The last ballot of each voter counts. After this no ballot is cast any more.")]
pub struct TallyArgs {
    #[command(flatten)]
    kept: KeptArgs,
}

/// Runs the command.
///
/// # Errors
/// When the ballots have ended already, or anything in the archive does not hold.
pub fn run(args: &TallyArgs) -> Result<(), Ended> {
    let tallied = args
        .kept
        .lock()
        .and_then(|kept| in_group!(kept.kind(), tallied(args, &kept)));
    tallied.map_err(|ended| args.kept.told(ended))
}

fn tallied<G: Group>(args: &TallyArgs, kept: &Kept) -> Result<(), Ended> {
    let reopened = kept.reopen::<G>()?;
    let last = reopened.last_event();
    if !matches!(last, Some(EventKind::Setup | EventKind::Ballot)) {
        return Err(refused("order", "the ballots have ended already"));
    }
    let mut progress = Progress::new();
    progress.stage("tally", reopened.ballots(), "ballots");
    let source = kept.reader(&[])?;
    let tally = reopened.tally(source, &mut |done| progress.reached(done));
    progress.end();
    let tally = tally.map_err(|why| refused(why.refusal.code(), why))?;
    let (ballots, weight) = (tally.ballots(), tally.weight());
    let text = ciphertexts_text::<G>(&tally.finish());
    kept.append(&reopened, &args.kept.key, &BoundProofs::new(), |board| {
        board.act(EventKind::EndBallots, &[])?;
        board.tally(&text, ballots, weight)
    })?;
    let aloud = fingerprint::aloud(&Hash::of(text.as_bytes()));
    let object = json!({
        "archive": kept.path().display().to_string(),
        "counted": ballots,
        "weight": weight,
        "fingerprint": aloud,
    });
    let telling = args.kept.telling;
    let parts = [
        ("path", Put::text(kept.path().display())),
        ("count", Put::Count(ballots)),
        ("weight", Put::Count(weight)),
    ];
    let aloud = telling.line("aloud-tally", &[("aloud", Put::text(aloud))]);
    telling.say(&object, &[telling.line("done-tally", &parts), aloud]);
    Ok(())
}
