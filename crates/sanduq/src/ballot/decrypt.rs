//! `sanduq ballot decrypt`: a trustee's part of the decryption, and its way into the archive.
//!
//! What is always true here: before a key is used, the archive is checked from its first byte to
//! its last and its ballots are added up again, so that what is decrypted is the sum of what was
//! cast; a key decrypts one set of ciphertexts alone; beside each decryption stands a proof whose
//! challenge binds all that is said.

use crate::ballot::carried::Carried;
use crate::ballot::carried::Holder;
use crate::ballot::files;
use crate::ballot::files::refused;
use crate::ballot::fingerprint;
use crate::ballot::journal::Journal;
use crate::ballot::kept::Kept;
use crate::ballot::kind::in_group;
use crate::ballot::said::Put;
use crate::ballot::secrets::chance;
use crate::ballot::step::Offline;
use crate::ballot::step::StepArgs;
use crate::exit::Ended;
use clap::Args;
use sanduq_ballot::bound::BoundDecryption;
use sanduq_ballot::decryption::PartialDecryption;
use sanduq_ballot::events::EventKind;
use sanduq_ballot::group::Element;
use sanduq_ballot::group::Group;
use sanduq_ballot::hash::Hash;
use sanduq_ballot::json::Canonical;
use sanduq_ballot::refusal::Refusal;
use sanduq_ballot::reopened::Reopened;
use sanduq_ballot::tally::ciphertexts_text;
use serde_json::json;
use std::path::Path;
use std::path::PathBuf;

/// Decrypt a trustee's part, or put such parts into the archive.
#[derive(Args)]
#[command(after_help = "Examples:
  sanduq ballot decrypt --archive /media/stick/election --secret a/secret --out decryption-1.json
  sanduq ballot decrypt --archive election --add decryption-1.json decryption-2.json

The first is done without a network. It checks the archive, adds the ballots up again, and writes
down beside the secret what it decrypts; a second set of ciphertexts it refuses. Trustees compare
the fingerprint of the tally aloud before.")]
pub struct Decrypt {
    #[command(flatten)]
    step: StepArgs,
    /// Put parts into the archive: all, or none.
    #[arg(long, value_name = "FILE", num_args = 1.., conflicts_with = "out",
          required_unless_present = "out")]
    add: Vec<PathBuf>,
}

/// Runs the command.
///
/// # Errors
/// A step out of order, a secret that is no trustee's, a second set of ciphertexts, a part that
/// does not hold.
pub fn run(args: &Decrypt) -> Result<(), Ended> {
    let opened = args.step.open();
    let done = opened.and_then(|kept| match args.step.offline() {
        Some(offline) => in_group!(kept.kind(), made(args, &offline, &kept)),
        None => in_group!(kept.kind(), added(args, &kept)),
    });
    done.map_err(|ended| args.step.kept.told(ended))
}

/// Whether it is the time to decrypt.
fn in_order<G: Group>(reopened: &Reopened<G>) -> Result<(), Ended> {
    let shuffled = reopened.election().is_shuffled();
    let why = match reopened.last_event() {
        Some(EventKind::EncryptedTally) if !shuffled => return Ok(()),
        Some(EventKind::EndShuffles | EventKind::PartialDecryption) => return Ok(()),
        Some(EventKind::EncryptedTally | EventKind::Shuffle) => {
            "the shuffles have not ended; ballot shuffle --end"
        }
        Some(EventKind::Result) => "the result stands there already",
        _ => "the ballots have not been added up yet; ballot tally",
    };
    Err(refused(Refusal::Order.code(), why))
}

fn made<G: Group>(args: &Decrypt, offline: &Offline<'_>, kept: &Kept) -> Result<(), Ended> {
    let out = offline.out;
    files::free(out)?;
    let reopened = kept.reopen::<G>()?;
    in_order(&reopened)?;
    let holder = Holder::read(&offline.secret, &reopened)?;
    let journal = Journal::read(&offline.secret.secret, &holder.public.text())?;
    kept.check()?;
    let (election, tally) = (reopened.election(), reopened.ciphertexts());
    let what = Hash::of(ciphertexts_text::<G>(tally).as_bytes());
    journal.decrypt(election.fingerprint(), &what)?;
    let mut chance = chance()?;
    let decryption = PartialDecryption::create(election, &holder.secret, tally, &mut chance);
    let fingerprint = election.fingerprint();
    let bound = BoundDecryption::create(
        fingerprint,
        holder.number,
        &holder.secret,
        tally,
        &mut chance,
    );
    let carried = Carried {
        step: "decryption".to_owned(),
        election: fingerprint.to_owned(),
        owner: holder.number,
        after: reopened.head().hexadecimal(),
        object: decryption.to_text(),
        bound: Some(bound.to_text()),
    };
    carried.write(out)?;
    let aloud = fingerprint::aloud(&what);
    let said = ["done-part", "aloud-decrypted", aloud.as_str()];
    args.step.say_part(out, holder.number, said);
    Ok(())
}

/// The bound proofs of one trustee's decryption.
///
/// # Errors
/// What does not hold of them.
fn bound<G: Group>(
    path: &Path,
    bytes: &[u8],
    (reopened, owner): (&Reopened<G>, u64),
    decryption: &PartialDecryption<G>,
) -> Result<BoundDecryption<G>, Ended> {
    let bound = BoundDecryption::<G>::from_bytes(bytes);
    let bound = bound.map_err(|refusal| files::unfit(path, refusal))?;
    let unknown = files::unfit(path, Refusal::UnknownTrustee);
    let key = reopened.trustees().key(owner).ok_or(unknown)?;
    if bound.owner != owner {
        return Err(files::unfit(path, Refusal::UnknownTrustee));
    }
    let (election, tally) = (reopened.election().fingerprint(), reopened.ciphertexts());
    let found = bound.verify(election, &key.public_key, tally, &decryption.factors);
    match found.first() {
        None => Ok(bound),
        Some((_, refusal)) => Err(files::unfit(path, *refusal)),
    }
}

/// A part that holds: what goes into the archive, what into the sidecar.
fn part<G: Group>(
    path: &Path,
    reopened: &Reopened<G>,
) -> Result<(Carried, BoundDecryption<G>), Ended> {
    let carried = Carried::read(path, "decryption", reopened)?;
    let unfit = |refusal| files::unfit(path, refusal);
    let (election, tally) = (reopened.election(), reopened.ciphertexts());
    let owner = carried.owner;
    let key = reopened.trustees().key(owner);
    let key = key.ok_or_else(|| unfit(Refusal::UnknownTrustee))?;
    if reopened.decryptions().contains_key(&owner) {
        return Err(unfit(Refusal::TrusteeTwice));
    }
    let decryption = PartialDecryption::from_bytes(carried.object.as_bytes(), tally);
    let decryption = decryption.map_err(unfit)?;
    if let Some((_, refusal)) = decryption.verify(election, &key.public_key, tally).first() {
        return Err(unfit(*refusal));
    }
    let text = carried.bound.as_deref().unwrap_or_default().as_bytes();
    let bound = bound(path, text, (reopened, owner), &decryption)?;
    Ok((carried, bound))
}

fn added<G: Group>(args: &Decrypt, kept: &Kept) -> Result<(), Ended> {
    let reopened = kept.reopen::<G>()?;
    in_order(&reopened)?;
    let parts = args.add.iter().map(|path| part(path, &reopened));
    let parts = parts.collect::<Result<Vec<_>, Ended>>()?;
    let (parts, proofs): (Vec<Carried>, Vec<BoundDecryption<G>>) = parts.into_iter().unzip();
    let bound = proofs.into_iter().map(|one| (one.owner, one)).collect();
    kept.append(&reopened, &args.step.kept.key, &bound, |board| {
        for one in &parts {
            board.owned(EventKind::PartialDecryption, one.owner, &one.object)?;
        }
        Ok(())
    })?;
    let owners: Vec<u64> = parts.iter().map(|one| one.owner).collect();
    let path = kept.path().display().to_string();
    let words: Vec<String> = owners.iter().map(u64::to_string).collect();
    let telling = args.step.kept.telling;
    let parts = [
        ("path", Put::text(&path)),
        ("trustees", Put::text(words.join(", "))),
    ];
    let line = telling.line("done-decrypted", &parts);
    telling.say(&json!({ "file": path, "trustees": owners }), &[line]);
    Ok(())
}
