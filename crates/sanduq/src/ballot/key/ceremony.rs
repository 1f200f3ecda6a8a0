//! The steps of a key ceremony from the command line.
//!
//! What is always true here: a member gives one file for a step, never two; the polynomial lies
//! beside the member's secret from the commitment to the reveal and is removed when the reveal is
//! on the disk.

use crate::ballot::draft::Draft;
use crate::ballot::files;
use crate::ballot::files::PUBLIC;
use crate::ballot::files::fault;
use crate::ballot::fingerprint;
use crate::ballot::journal::Journal;
use crate::ballot::key::folder;
use crate::ballot::key::folder::ELECTION;
use crate::ballot::key::folder::Folder;
use crate::ballot::key::folder::ROSTER;
use crate::ballot::key::folder::stopped;
use crate::ballot::kind::in_group;
use crate::ballot::said::Put;
use crate::ballot::said::Telling;
use crate::ballot::secrets;
use crate::ballot::secrets::Purpose;
use crate::ballot::secrets::SecretArgs;
use crate::ballot::secrets::chance;
use crate::ballot::secrets::other_election;
use crate::exit::Ended;
use crate::whole::Whole;
use clap::Args;
use sanduq_ballot::ceremony;
use sanduq_ballot::ceremony::Commitment;
use sanduq_ballot::ceremony::Confirmation;
use sanduq_ballot::ceremony::MemberKeys;
use sanduq_ballot::ceremony::Polynomial;
use sanduq_ballot::ceremony::Reveal;
use sanduq_ballot::ceremony::Review;
use sanduq_ballot::ceremony::Round;
use sanduq_ballot::ceremony::judge;
use sanduq_ballot::group::Element;
use sanduq_ballot::group::Group;
use sanduq_ballot::group::Scalar;
use sanduq_ballot::json::Canonical;
use sanduq_ballot::trustees::Trustee;
use sanduq_ballot::trustees::pedersen::Signed;
use serde_json::json;
use std::fs;
use std::path::Path;
use std::path::PathBuf;
use zeroize::Zeroizing;

/// Open a ceremony: who takes part, and how many will be enough.
#[derive(Args)]
pub struct Roster {
    /// The draft of the election.
    #[arg(long, value_name = "FILE")]
    draft: PathBuf,
    /// How many members will be enough to decrypt.
    #[arg(long)]
    threshold: usize,
    /// The folder of the ceremony; must be empty or not exist.
    #[arg(long, value_name = "DIR")]
    ceremony: PathBuf,
    /// The members' public files, in the order of their numbers.
    #[arg(required = true, value_name = "FILE")]
    members: Vec<PathBuf>,
    #[command(flatten)]
    telling: Telling,
}

/// Take the next step of a ceremony.
#[derive(Args)]
pub struct Step {
    /// The folder of the ceremony.
    #[arg(long, value_name = "DIR")]
    ceremony: PathBuf,
    #[command(flatten)]
    secret: SecretArgs,
    #[command(flatten)]
    telling: Telling,
}

/// Take the last step: get the key with which the member will decrypt.
#[derive(Args)]
pub struct Confirm {
    #[command(flatten)]
    step: Step,
    /// The new file of the key; only its owner may read it. It has the password of the secret.
    #[arg(long, value_name = "FILE")]
    key: PathBuf,
    /// Whose key it is, published beside it.
    #[arg(long)]
    name: Option<String>,
}

/// Put the group's public key together from the files of all.
#[derive(Args)]
pub struct Conclude {
    /// The folder of the ceremony.
    #[arg(long, value_name = "DIR")]
    ceremony: PathBuf,
    /// The public file of the group.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    #[command(flatten)]
    telling: Telling,
}

/// Opens a ceremony.
///
/// # Errors
/// What the roster refuses; `ballot.out_in_use`.
pub fn roster(args: &Roster) -> Result<(), Ended> {
    let opened =
        Draft::read(&args.draft).and_then(|draft| in_group!(draft.kind(), opened(args, &draft)));
    opened.map_err(|ended| args.telling.told(ended))
}

fn opened<G: Group>(args: &Roster, draft: &Draft) -> Result<(), Ended> {
    let members: Result<Vec<Signed<G>>, Ended> = args
        .members
        .iter()
        .map(|path| files::object(path))
        .collect();
    let roster = ceremony::Roster::new(args.threshold, members?);
    let roster = roster.map_err(|why| stopped(0, why))?;
    let folder = Whole::begin(&args.ceremony, "ballot")?;
    let text = format!("{}\n", roster.to_text());
    files::write(&folder.path().join(ROSTER), text.as_bytes(), PUBLIC)?;
    let owner = json!({ "group": draft.kind(), "election": draft.uuid() });
    let owner = format!("{owner}\n");
    files::write(&folder.path().join(ELECTION), owner.as_bytes(), PUBLIC)?;
    folder.put()?;
    let aloud = fingerprint::aloud(&roster.ceremony());
    let (threshold, members) = (roster.threshold(), args.members.len());
    let object = json!({
        "ceremony": args.ceremony.display().to_string(),
        "threshold": threshold,
        "members": members,
        "fingerprint": aloud,
    });
    let telling = args.telling;
    let parts = [
        ("path", Put::text(args.ceremony.display())),
        ("threshold", Put::count(threshold)),
        ("members", Put::count(members)),
    ];
    let aloud = telling.line("aloud-ceremony", &[("aloud", Put::text(aloud))]);
    telling.say(&object, &[telling.line("done-threshold", &parts), aloud]);
    Ok(())
}

/// One who takes a step.
pub struct Member<'a, G: Group> {
    folder: Folder<'a>,
    secret: &'a SecretArgs,
    owner: folder::Owner,
    roster: ceremony::Roster<G>,
    keys: MemberKeys<G>,
    number: u64,
}

impl<'a, G: Group> Member<'a, G> {
    fn read(args: &'a Step) -> Result<Self, Ended> {
        let folder = Folder(&args.ceremony);
        let owner = folder.owner()?;
        let kept = secrets::read(&args.secret, Purpose::Member)?;
        if (kept.kind, &kept.election) != (owner.group, &owner.election) {
            return Err(other_election(&args.secret.secret));
        }
        let keys = MemberKeys::from_secret_text(&kept.text);
        let keys = keys.map_err(|why| stopped(0, why))?;
        let roster = folder.roster::<G>()?;
        let number = roster.number_of(&keys).map_err(|why| stopped(0, why))?;
        Ok(Member {
            folder,
            secret: &args.secret,
            owner,
            roster,
            keys,
            number,
        })
    }

    /// Where the polynomial lies between two steps.
    fn polynomial(&self) -> SecretArgs {
        let mut name = self.secret.secret.clone().into_os_string();
        name.push(".polynomial");
        self.secret.beside(name.into())
    }

    fn commitments(&self) -> Result<Round<Commitment>, Ended> {
        self.folder.round::<G, _>(&self.roster, "commit")
    }

    fn reveals(&self) -> Result<Round<Reveal<G>>, Ended> {
        self.folder.round(&self.roster, "reveal")
    }

    fn reviews(&self) -> Result<Round<Review<G>>, Ended> {
        self.folder.round(&self.roster, "review")
    }
}

/// The steps that need no more than the member's secret.
#[derive(Clone, Copy)]
pub enum Which {
    /// Bind oneself to a polynomial.
    Commit,
    /// Show its powers and deal the shares.
    Reveal,
    /// Say whose shares do not fit.
    Review,
}

/// What was done: the new file, what all compare, and what else is to be said.
type Done = (PathBuf, String, Option<String>);

/// Takes a step in the group of the ceremony.
///
/// # Errors
/// Those of the step.
pub fn step(args: &Step, which: Which) -> Result<(), Ended> {
    let done = Folder(&args.ceremony)
        .owner()
        .and_then(|owner| in_group!(owner.group, taken(args, which)));
    done.and_then(|done| told(args, &done))
        .map_err(|ended| args.telling.told(ended))
}

fn told(args: &Step, (path, aloud, more): &Done) -> Result<(), Ended> {
    let object = json!({ "file": path.display().to_string(), "fingerprint": aloud });
    let telling = args.telling;
    let mut lines = vec![telling.line("done-for-members", &[("path", Put::text(path.display()))])];
    lines.extend(more.clone());
    lines.push(telling.line("aloud-ceremony-so-far", &[("aloud", Put::text(aloud))]));
    telling.say(&object, &lines);
    Ok(())
}

fn taken<G: Group>(args: &Step, which: Which) -> Result<Done, Ended> {
    let member = Member::<G>::read(args)?;
    match which {
        Which::Commit => member.commit(),
        Which::Reveal => member.reveal(),
        Which::Review => member.review(args.telling),
    }
}

impl<G: Group> Member<'_, G> {
    fn commit(&self) -> Result<Done, Ended> {
        let path = self.folder.free("commit", self.number)?;
        let mut chance = chance()?;
        let kept = self.polynomial();
        // What a crash left before the step was written is the polynomial of this step.
        let own = if kept.secret.exists() {
            self.own_polynomial()?
        } else {
            let own = Polynomial::draw(&self.roster, &self.keys, &mut chance);
            let owner = (self.owner.group, self.owner.election.as_str());
            secrets::keep(&kept, Purpose::Polynomial, owner, &own.secret_text())?;
            own
        };
        let step = ceremony::commit(&self.roster, &self.keys, &own, &mut chance);
        folder::write(&path, &step.map_err(|why| stopped(self.number, why))?)?;
        let aloud = fingerprint::aloud(&self.roster.ceremony());
        Ok((path, aloud, None))
    }

    fn own_polynomial(&self) -> Result<Polynomial<G>, Ended> {
        let text = secrets::read(&self.polynomial(), Purpose::Polynomial)?.text;
        let own = Polynomial::from_secret_text(&text);
        own.map_err(|why| stopped(self.number, why))
    }

    fn reveal(&self) -> Result<Done, Ended> {
        let path = self.folder.free("reveal", self.number)?;
        let commitments = self.commitments()?;
        let own = self.own_polynomial()?;
        let step = ceremony::reveal(&self.roster, &self.keys, &own, &commitments, &mut chance()?);
        folder::write(&path, &step.map_err(|why| stopped(self.number, why))?)?;
        let done_with = self.polynomial().secret;
        fs::remove_file(&done_with).map_err(|why| fault(&done_with, &why))?;
        let aloud = fingerprint::aloud(&commitments.hash());
        Ok((path, aloud, None))
    }

    fn review(&self, telling: Telling) -> Result<Done, Ended> {
        let path = self.folder.free("review", self.number)?;
        let (commitments, reveals) = (self.commitments()?, self.reveals()?);
        let mut chance = chance()?;
        let step = ceremony::review(
            &self.roster,
            &self.keys,
            &commitments,
            &reveals,
            &mut chance,
        );
        let step = step.map_err(|why| stopped(self.number, why))?;
        folder::write(&path, &step)?;
        let named: Vec<String> = step
            .content()
            .complaints
            .iter()
            .map(|one| one.dealer.to_string())
            .collect();
        let more = match named.as_slice() {
            [] => telling.line("done-shares-fit", &[]),
            named => {
                let members = [("members", Put::text(named.join(", ")))];
                telling.line("done-shares-do-not-fit", &members)
            }
        };
        Ok((path, fingerprint::aloud(&reveals.hash()), Some(more)))
    }
}

/// Takes the last step.
///
/// # Errors
/// Those of the step; `ballot.excluded` when a dealer is excluded.
pub fn confirm(args: &Confirm) -> Result<(), Ended> {
    let done = Folder(&args.step.ceremony)
        .owner()
        .and_then(|owner| in_group!(owner.group, confirmed(args)));
    done.and_then(|done| told(&args.step, &done))
        .map_err(|ended| args.step.telling.told(ended))
}

fn confirmed<G: Group>(args: &Confirm) -> Result<Done, Ended> {
    let member = Member::<G>::read(&args.step)?;
    let path = member.folder.free("confirm", member.number)?;
    let (commitments, reveals) = (member.commitments()?, member.reveals()?);
    let reviews = member.reviews()?;
    // Who is to blame is said with the number, before the member's own refusal.
    judge(&member.roster, &commitments, &reveals, &reviews)
        .agreed()
        .map_err(|(number, why)| stopped(number, why))?;
    let (secret, step) = ceremony::confirm(
        &member.roster,
        &member.keys,
        (&commitments, &reveals, &reviews),
        args.name.clone(),
        &mut chance()?,
    )
    .map_err(|why| stopped(member.number, why))?;
    let key = args.step.secret.beside(args.key.clone());
    let owner = (member.owner.group, member.owner.election.as_str());
    let text = Zeroizing::new(secret.expose().text());
    secrets::keep(&key, Purpose::Trustee, owner, &text)?;
    let public = &step.content().key.public_key;
    Journal::begin(&args.key, &public.text())?;
    folder::write(&path, &step)?;
    let parts = [
        ("path", Put::text(args.key.display())),
        ("number", Put::Count(member.number)),
    ];
    let more = args.step.telling.line("done-member-key", &parts);
    Ok((path, fingerprint::aloud(&reviews.hash()), Some(more)))
}

/// Puts the group together.
///
/// # Errors
/// Whoever is excluded, saw other files or has another key; `ballot.out_in_use`.
pub fn conclude(args: &Conclude) -> Result<(), Ended> {
    let done = Folder(&args.ceremony)
        .owner()
        .and_then(|owner| in_group!(owner.group, concluded(&args.ceremony, &args.out)));
    let told = done.map(|aloud| {
        let object = json!({ "public": args.out.display().to_string(), "fingerprint": aloud });
        let telling = args.telling;
        let public = [("path", Put::text(args.out.display()))];
        let aloud = telling.line("aloud-group", &[("aloud", Put::text(aloud))]);
        telling.say(
            &object,
            &[telling.line("done-for-administrator", &public), aloud],
        );
    });
    told.map_err(|ended| args.telling.told(ended))
}

fn concluded<G: Group>(place: &Path, out: &Path) -> Result<String, Ended> {
    let folder = Folder(place);
    let roster = folder.roster::<G>()?;
    let commitments: Round<Commitment> = folder.round::<G, _>(&roster, "commit")?;
    let reveals: Round<Reveal<G>> = folder.round(&roster, "reveal")?;
    let reviews: Round<Review<G>> = folder.round(&roster, "review")?;
    let confirmations: Round<Confirmation<G>> = folder.round(&roster, "confirm")?;
    let rounds = (&commitments, &reveals, &reviews);
    let group = ceremony::conclude(&roster, rounds, &confirmations);
    let group = group.map_err(|(member, why)| stopped(member, why))?;
    let text = Trustee::Pedersen(group).to_text();
    files::write(out, format!("{text}\n").as_bytes(), PUBLIC)?;
    Ok(fingerprint::of(text.as_bytes()))
}
