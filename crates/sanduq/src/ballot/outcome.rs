//! `sanduq ballot result`: the parts of the trustees are put together, and the result stands in the
//! archive.

use crate::ballot::files;
use crate::ballot::files::refused;
use crate::ballot::fingerprint;
use crate::ballot::kept::Kept;
use crate::ballot::kind::in_group;
use crate::ballot::said::Put;
use crate::ballot::step::KeptArgs;
use crate::ballot::values;
use crate::exit::Ended;
use clap::Args;
use sanduq_ballot::events::EventKind;
use sanduq_ballot::group::Group;
use sanduq_ballot::hash::Hash;
use sanduq_ballot::refusal::Refusal;
use sanduq_ballot::result::ElectionResult;
use sanduq_ballot::result::combine;
use sanduq_ballot::sealing::BoundProofs;
use serde_json::json;

/// Put the trustees' parts together and write the result into the archive.
#[derive(Args)]
#[command(after_help = "Examples:
  sanduq ballot result --archive election
  sanduq verify election

Everything is checked again, with the bound proof of every part. Publish the folder as it is.")]
pub struct ResultArgs {
    #[command(flatten)]
    kept: KeptArgs,
}

/// Runs the command.
///
/// # Errors
/// Too few parts, a bound proof that is absent or does not hold, a step out of order.
pub fn run(args: &ResultArgs) -> Result<(), Ended> {
    let done = args
        .kept
        .lock()
        .and_then(|kept| in_group!(kept.kind(), concluded(args, &kept)));
    done.map_err(|ended| args.kept.told(ended))
}

fn concluded<G: Group>(args: &ResultArgs, kept: &Kept) -> Result<(), Ended> {
    let reopened = kept.reopen::<G>()?;
    let order = |why: &str| refused(Refusal::Order.code(), why);
    match reopened.last_event() {
        Some(EventKind::PartialDecryption) => {}
        Some(EventKind::Result) => return Err(order("the result stands there already")),
        _ => return Err(order("no trustee has decrypted yet; ballot decrypt")),
    }
    let unfit = |refusal| files::unfit(kept.path(), refusal);
    let tally = reopened.ciphertexts();
    let factors = combine(reopened.trustees(), reopened.decryptions(), tally).map_err(unfit)?;
    let weight = reopened.sized().map_or(0, |sized| sized.weight);
    let questions = reopened.election().questions();
    let result = ElectionResult::compute::<G>(questions, tally, &factors, weight);
    let result = result.map_err(unfit)?;
    let text = result.to_text();
    kept.append(&reopened, &args.kept.key, &BoundProofs::new(), |board| {
        board.act(EventKind::Result, &[&text])
    })?;
    let aloud = fingerprint::aloud(&Hash::of(text.as_bytes()));
    let path = kept.path().display().to_string();
    let object = json!({
        "file": path,
        "result": values(&result.0),
        "trustees": reopened.decryptions().keys().collect::<Vec<_>>(),
        "fingerprint": aloud,
    });
    let telling = args.kept.telling;
    let mut lines = telling.result(&result.0);
    lines.push(path);
    lines.push(telling.line("aloud-result", &[("aloud", Put::text(aloud))]));
    let folder = Put::text(kept.folder().display());
    lines.push(telling.line("done-check-it", &[("path", folder)]));
    telling.say(&object, &lines);
    Ok(())
}
