//! `sanduq ballot key`: the keys of the trustees, each alone or by a ceremony of several of whom a
//! threshold is enough. Everything here is done without a network.

mod ceremony;
mod folder;

use crate::ballot::draft::Draft;
use crate::ballot::files;
use crate::ballot::files::PUBLIC;
use crate::ballot::fingerprint;
use crate::ballot::journal::Journal;
use crate::ballot::key::ceremony::Which;
use crate::ballot::kind::in_group;
use crate::ballot::said::Put;
use crate::ballot::said::Telling;
use crate::ballot::secrets;
use crate::ballot::secrets::Purpose;
use crate::ballot::secrets::SecretArgs;
use crate::ballot::secrets::chance;
use crate::exit::Ended;
use clap::Args;
use clap::Subcommand;
use sanduq_ballot::ceremony::MemberKeys;
use sanduq_ballot::chance::Nonces;
use sanduq_ballot::chance::Secret;
use sanduq_ballot::group::Element;
use sanduq_ballot::group::Group;
use sanduq_ballot::group::Scalar;
use sanduq_ballot::json::Canonical;
use sanduq_ballot::trustees::Trustee;
use sanduq_ballot::trustees::TrusteeKey;
use serde_json::json;
use std::path::PathBuf;
use zeroize::Zeroizing;

/// Make a trustee's key, alone or in a ceremony.
#[derive(Args)]
#[command(after_help = "A trustee alone:
  sanduq ballot key single --draft draft.json --secret a/secret --out a.json

Three of whom two are enough; ceremony is a folder that goes round, and each adds a file:
  sanduq ballot key member --draft draft.json --secret m1/secret --out m1.json     (each)
  sanduq ballot key roster --draft draft.json --threshold 2 --ceremony ceremony \\
    m1.json m2.json m3.json                                                        (once)
  sanduq ballot key commit --ceremony ceremony --secret m1/secret                  (each)
  sanduq ballot key reveal --ceremony ceremony --secret m1/secret                  (each)
  sanduq ballot key review --ceremony ceremony --secret m1/secret                  (each)
  sanduq ballot key confirm --ceremony ceremony --secret m1/secret --key m1/key    (each)
  sanduq ballot key conclude --ceremony ceremony --out group.json                  (once)

Nobody goes on before all files of a step are there; all compare the fingerprint aloud.")]
pub struct Key {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    Single(New),
    Member(New),
    Roster(ceremony::Roster),
    Commit(ceremony::Step),
    Reveal(ceremony::Step),
    Review(ceremony::Step),
    Confirm(ceremony::Confirm),
    Conclude(ceremony::Conclude),
}

/// Draw new keys: a secret that stays, and a public file that goes to the administrator.
#[derive(Args)]
struct New {
    /// The draft of the election.
    #[arg(long, value_name = "FILE")]
    draft: PathBuf,
    #[command(flatten)]
    secret: SecretArgs,
    /// The public file.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// Whose key it is, published beside it.
    #[arg(long)]
    name: Option<String>,
    #[command(flatten)]
    telling: Telling,
}

/// Runs the command.
///
/// # Errors
/// Those of the step.
pub fn run(args: &Key) -> Result<(), Ended> {
    match &args.what {
        What::Single(args) => new(args, Purpose::Trustee),
        What::Member(args) => new(args, Purpose::Member),
        What::Roster(args) => ceremony::roster(args),
        What::Commit(args) => ceremony::step(args, Which::Commit),
        What::Reveal(args) => ceremony::step(args, Which::Reveal),
        What::Review(args) => ceremony::step(args, Which::Review),
        What::Confirm(args) => ceremony::confirm(args),
        What::Conclude(args) => ceremony::conclude(args),
    }
}

fn new(args: &New, purpose: Purpose) -> Result<(), Ended> {
    let made = Draft::read(&args.draft)
        .and_then(|draft| in_group!(draft.kind(), made(args, purpose, &draft)));
    made.map_err(|ended| args.telling.told(ended))
}

fn made<G: Group>(args: &New, purpose: Purpose, draft: &Draft) -> Result<(), Ended> {
    files::free(&args.out)?;
    let mut chance = chance()?;
    let owner = (draft.kind(), draft.uuid());
    let public = match purpose {
        Purpose::Trustee => {
            let mut nonces = Nonces::new("trustee", &G::Scalar::zero(), &[], &mut chance);
            let secret = Secret::<G::Scalar>::new(nonces.draw());
            let key = TrusteeKey::<G>::new(&secret, args.name.clone(), &mut chance);
            let text = Zeroizing::new(secret.expose().text());
            secrets::keep(&args.secret, purpose, owner, &text)?;
            Journal::begin(&args.secret.secret, &key.public_key.text())?;
            Trustee::Single(key).to_text()
        }
        Purpose::Member | Purpose::Polynomial | Purpose::Keeper => {
            let keys = MemberKeys::<G>::draw(&mut chance);
            secrets::keep(&args.secret, Purpose::Member, owner, &keys.secret_text())?;
            keys.certificate(&mut chance).to_text()
        }
    };
    files::write(&args.out, format!("{public}\n").as_bytes(), PUBLIC)?;
    let (aloud, draft_aloud) = (fingerprint::of(public.as_bytes()), draft.fingerprint()?);
    let object = json!({
        "public": args.out.display().to_string(),
        "secret": args.secret.secret.display().to_string(),
        "fingerprint": aloud,
        "draft": draft_aloud,
    });
    let telling = args.telling;
    let of_draft = [
        ("name", Put::text(draft.name())),
        ("aloud", Put::text(draft_aloud)),
    ];
    let (public, secret) = (args.out.display(), args.secret.secret.display());
    let lines = [
        telling.line("done-for-administrator", &[("path", Put::text(public))]),
        telling.line("done-secret", &[("path", Put::text(secret))]),
        telling.line("done-of-draft", &of_draft),
        telling.line("aloud-key", &[("aloud", Put::text(aloud))]),
    ];
    telling.say(&object, &lines);
    Ok(())
}
