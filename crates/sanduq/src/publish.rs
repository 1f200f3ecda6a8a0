//! `sanduq publish`: a snapshot of the store as a static, signed folder.
//!
//! ```text
//! lock ─▶ old folder? ─▶ snapshot ─▶ files, pages, keys, history ─▶ manifest ─▶ on disk
//!      ─▶ seal in the journal ─▶ tiles, signed checkpoint ─▶ on disk ─▶ exchange ─▶ old removed
//! ```
//!
//! The order, and what a crash leaves behind. Until the seal, there is only `DIR.partial-<pid>`,
//! which the next publication removes. The seal is journaled before the checkpoint is made, so that
//! the checkpoint covers it and the seal binds the manifest; a crash behind it leaves an entry that
//! seals a folder which nobody has seen, beside the old folder, whose own checkpoint does not know
//! that entry: nothing contradicts it, and the next publication seals again. The exchange is one
//! rename of the file system: a reader finds the old folder or the new one, each whole. A crash
//! behind it leaves the old folder under the partial name, which the next publication removes.

mod folder;
pub mod key;
mod ledger;
pub mod signed;

use crate::exit::Ended;
use clap::Args;
use folder::Old;
use folder::Partial;
use jiff::Timestamp;
use key::Absent;
use ledger::Ledger;
use sanduq_core::act::Act;
use sanduq_core::act::Actor;
use sanduq_core::act::Entry;
use sanduq_core::act::Organ;
use sanduq_core::id::ActorId;
use sanduq_core::id::EventId;
use sanduq_count::publication;
use sanduq_count::publication::PublicationRefusal;
use sanduq_count::publication::Snapshot;
use sanduq_journal::checkpoint::Checkpoint;
use sanduq_journal::hash::Hash;
use sanduq_journal::note::LogSigner;
use sanduq_journal::tile_writer::TileWriter;
use sanduq_journal::tiles::TilePath;
use sanduq_operations::staff::Role;
use sanduq_store::Access;
use sanduq_store::Config;
use sanduq_store::Read;
use sanduq_store::Store;
use sanduq_store::StoreError;
use sanduq_store::publication::Seal;
use sanduq_verify::keys::KEYS;
use sanduq_verify::keys::Keys;
use sanduq_web::signing::Memory as _;
use sanduq_web::view::ViewFault;
use signed::Signed;
use std::path::Path;
use std::path::PathBuf;

/// Publish a snapshot of an event as a static, signed folder.
#[derive(Args)]
#[command(after_help = "Examples:
  sanduq publish result --store kept            the only event of the store
  sanduq publish result --store kept --event wahat-2027
  sanduq publish result --store kept            again: replaces it, keeps the old manifest
  sanduq verify result                          what a stranger does with it")]
pub struct Publish {
    /// The folder to publish into: new, or an earlier publication of the same event.
    dir: PathBuf,
    /// The folder of the store.
    #[arg(long, value_name = "DIR")]
    store: PathBuf,
    /// The event [default: the only one of the store].
    #[arg(long, value_name = "CODE")]
    event: Option<String>,
    /// The service number of who publishes, an active results officer.
    #[arg(long, value_name = "ID", default_value = "results-officer-1")]
    by: String,
    /// Sign with a new key when the one that signed before is lost; readers must be told of it.
    #[arg(long)]
    new_key: bool,
    /// Print one JSON object, of a refusal too: code, message.
    #[arg(long)]
    json: bool,
}

/// What is published, where, under whose key.
pub struct Order<'a> {
    /// The store.
    pub store: &'a Store,
    /// The event.
    pub event: &'a EventId,
    /// The folder.
    pub dir: &'a Path,
    /// Who signs the checkpoint.
    pub signer: &'a LogSigner,
    /// What they have signed last.
    pub signed: &'a Signed,
    /// In whose name the publication is sealed.
    pub by: &'a Actor,
    /// When.
    pub at: Timestamp,
}

/// A publication that is done.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Published {
    /// The event.
    pub event: String,
    /// The snapshot.
    pub snapshot: String,
    /// The digest of the manifest.
    pub manifest: String,
    /// Files that the manifest names.
    pub files: u64,
    /// Their bytes.
    pub bytes: u64,
    /// Entries under the checkpoint.
    pub journal_size: u64,
    /// The root over them.
    pub journal_root: String,
    /// The publisher's key, to be told by another way than the folder.
    pub key: String,
    /// Earlier publications whose manifests the folder keeps.
    pub history: u64,
}

/// Runs the command.
///
/// # Errors
/// What stands in the way of the publication, or a fault.
pub fn run(args: &Publish) -> Result<(), Ended> {
    let runtime = tokio::runtime::Runtime::new().map_err(Ended::fault)?;
    let published = runtime.block_on(from_store(args));
    let published = published.map_err(|ended| ended.told(args.json))?;
    if args.json {
        println!(
            "{}",
            serde_json::to_string(&published).map_err(Ended::fault)?
        );
        return Ok(());
    }
    println!("published {} in {}", published.event, args.dir.display());
    println!("  snapshot   {}", published.snapshot);
    println!(
        "  files      {} with {} bytes",
        published.files, published.bytes
    );
    println!("  manifest   {}", published.manifest);
    println!(
        "  journal    {} entries, root {}",
        published.journal_size, published.journal_root
    );
    println!("  earlier    {} manifests kept", published.history);
    println!("  key        {}", published.key);
    println!(
        "verify it with: sanduq verify {} --key '{}'",
        args.dir.display(),
        published.key
    );
    Ok(())
}

async fn from_store(args: &Publish) -> Result<Published, Ended> {
    let id = ActorId::new(&args.by).map_err(|why| refused("actor.unfit", why))?;
    let store = existing(&args.store).await?;
    let by = publisher(&store, id).await?;
    let event = event(&store, args.event.as_deref()).await?;
    let absent = if args.new_key || !has_published(&store).await? {
        Absent::Make
    } else {
        Absent::Refuse
    };
    let signer = key::signer(&args.store, &event, absent)?;
    let order = Order {
        store: &store,
        event: &event,
        dir: &args.dir,
        signer: &signer,
        signed: &Signed::of(&args.store, &event),
        by: &by,
        at: Timestamp::now(),
    };
    publish(&order).await
}

/// Whether any event of the store has been published; one key signs them all.
async fn has_published(store: &Store) -> Result<bool, Ended> {
    let read = store.read().await?;
    for (event, _) in read.events().await? {
        if !read.seals(&event).await?.is_empty() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Who publishes: an active results officer of the store. Where nobody has been enrolled, as in a
/// store of imported sheets, whoever has the store and its key.
async fn publisher(store: &Store, id: ActorId) -> Result<Actor, Ended> {
    let account = store.account(&id).await?.map(|(account, _)| account);
    if let Some(account) = &account
        && account.role == Role::ResultsOfficer
    {
        return Ok(account.actor());
    }
    let read = store.read_as(Access::Technical).await?;
    let staff = read.accounts().await?;
    if account.is_none() && staff.is_empty() {
        let organ = Organ::Executive;
        return Ok(Actor { id, organ });
    }
    let officers = staff
        .iter()
        .filter(|one| one.active && one.role == Role::ResultsOfficer);
    let officers: Vec<&str> = officers.map(|one| one.id.as_str()).collect();
    let why = format!(
        "{id} is no active results officer; name one with --by, the store has: {}",
        officers.join(", ")
    );
    Err(refused("publication.by", why))
}

/// Opens the store that is in a folder; a folder without one is not given one.
pub async fn existing(dir: &Path) -> Result<Store, Ended> {
    if !dir.join("data").is_dir() {
        let why = format!("{} holds no store; name the folder of one", dir.display());
        return Err(refused("store.none", why));
    }
    let dir = dir.to_owned();
    Ok(Store::open(&Config::Private { dir }).await?)
}

/// The event that is meant: the one that was named, or the only one.
pub async fn event(store: &Store, named: Option<&str>) -> Result<EventId, Ended> {
    let events = store.read().await?.events().await?;
    let codes: Vec<&str> = events.iter().map(|(event, _)| event.as_str()).collect();
    let meant = match (named, codes.as_slice()) {
        (None, [only]) => Some(*only),
        (named, _) => named,
    };
    let meant = meant.and_then(|code| codes.iter().position(|own| *own == code));
    match meant {
        Some(place) => Ok(events[place].0.clone()),
        None => {
            let why = match codes.as_slice() {
                [] => "the store has no event yet; import or rehearse into it first".to_owned(),
                codes => format!("name one with --event; the store has: {}", codes.join(", ")),
            };
            Err(refused("publication.event", why))
        }
    }
}

/// A refusal under a code of its own.
fn refused(code: &str, why: impl core::fmt::Display) -> Ended {
    Ended::Refused {
        code: code.to_owned(),
        sentence: why.to_string(),
    }
}

impl From<PublicationRefusal> for Ended {
    fn from(refusal: PublicationRefusal) -> Self {
        Self::refused(&refusal)
    }
}

impl From<ViewFault> for Ended {
    fn from(fault: ViewFault) -> Self {
        Self::fault(fault)
    }
}

impl From<StoreError> for Ended {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Refused(refusal) => Self::refused(&refusal),
            StoreError::Fault(fault) => Self::fault(fault),
        }
    }
}

/// Publishes; see the head of this file for the order.
///
/// # Errors
/// The folder is somebody else's, or of another journal; the snapshot contradicts itself or would
/// show what is locked; a fault of store or disk.
pub async fn publish(order: &Order<'_>) -> Result<Published, Ended> {
    let _alone = folder::lock(order.dir)?;
    let old = Old::find(order.dir, order.signer.key(), order.event)?;
    let mut partial = Partial::create(order.dir)?;
    let read = order.store.read().await?;
    let snapshot = read.snapshot(order.event).await?;
    let unknown = || refused("publication.event", format!("no event {}", order.event));
    let snapshot = snapshot.ok_or_else(unknown)?;
    let signed = order.signed.read(order.signer.key())?;
    let mut ledger = Ledger::new(&snapshot, old.as_ref(), signed.as_ref());
    read.each_entry(|entry| ledger.take(&entry)).await?;
    ledger.settle()?;
    images(order, (&read, &snapshot), &mut partial).await?;
    drop(read);

    let emit = &mut |path: &str, bytes: Vec<u8>| partial.add(path, &bytes);
    publication::files::<Ended>(&snapshot, emit)?;
    sanduq_web::folder::pages::<Ended>(&snapshot, emit)?;
    let history = old.iter().flat_map(|old| &old.manifests);
    for (path, bytes) in history {
        partial.add(path, bytes)?;
    }
    let keys = Keys {
        publisher: order.signer.key().clone(),
        witnesses: Vec::new(),
    };
    partial.add(KEYS, &keys.to_bytes())?;
    let manifest = partial.manifest()?;
    // Sealed is only what a crash of the machine does not take back.
    partial.sync()?;

    let manifest = Hash::of_bytes(&manifest).to_string();
    seal(order, &snapshot.id(), &manifest).await?;
    let (size, root, note) = log(order, &manifest, &mut partial).await?;
    let (files, bytes) = partial.contents();
    // Before anybody sees it: what is signed from now on begins with it.
    let signed = order.signed.read(order.signer.key())?;
    if signed.is_none_or(|signed| signed.size() < size) {
        order.signed.keep(&note).map_err(Ended::fault)?;
    }
    partial.exchange(order.dir)?;
    Ok(Published {
        event: order.event.to_string(),
        snapshot: snapshot.id(),
        manifest,
        files,
        bytes,
        journal_size: size,
        journal_root: root.to_string(),
        key: order.signer.key().to_string(),
        history: old.map_or(0, |old| old.manifests.len() as u64),
    })
}

/// Writes the images that may be seen, one at a time: they are not in memory together.
async fn images(
    order: &Order<'_>,
    (read, snapshot): (&Read, &Snapshot),
    partial: &mut Partial,
) -> Result<(), Ended> {
    for file in snapshot
        .images
        .iter()
        .filter_map(|image| image.file.as_ref())
    {
        let digest = Hash::from_hex(&file.digest).map_err(Ended::fault)?;
        let picture = read.picture(order.event, &digest).await?;
        let gone = || Ended::fault(format!("the store has no image {}", file.digest));
        let (_, bytes) = picture.ok_or_else(gone)?;
        partial.add(&publication::image_path(file), &bytes)?;
    }
    Ok(())
}

/// Journals the seal.
async fn seal(order: &Order<'_>, snapshot: &str, manifest: &str) -> Result<(), Ended> {
    let entry = publication::publication_sealed(snapshot, manifest, order.by, order.at);
    let seal = Seal {
        snapshot: snapshot.to_owned(),
        manifest: manifest.to_owned(),
        at: order.at,
    };
    let work = async |w: &mut sanduq_store::Write| {
        w.seal(order.event, &seal).await?;
        w.journal(entry);
        Ok::<(), Ended>(())
    };
    order.store.write(order.by, order.at, work).await
}

/// Writes the journal up to the seal of this manifest, and the checkpoint over it: entries, root,
/// and as it is signed.
async fn log(
    order: &Order<'_>,
    manifest: &str,
    partial: &mut Partial,
) -> Result<(u64, Hash, Vec<u8>), Ended> {
    let read = order.store.read().await?;
    let mut writer = TileWriter::default();
    let (mut ended, mut sealed) = (None, false);
    let mut sink = |path: TilePath, bytes: &[u8]| partial.write(&format!("journal/{path}"), bytes);
    read.each_entry(|entry| {
        // Whatever was journaled behind the seal belongs to the next publication.
        if sealed || ended.is_some() {
            return;
        }
        ended = writer.append(&entry.bytes, &mut sink).err();
        sealed = seals(&entry.bytes, manifest);
    })
    .await?;
    let broken = |why| Ended::fault(format!("the journal cannot be written: {why:?}"));
    if let Some(why) = ended {
        return Err(broken(why));
    }
    let tree = writer.finish(&mut sink).map_err(broken)?;
    let name = order.signer.key().name();
    let checkpoint = Checkpoint::new(name, tree.size(), tree.root()).map_err(Ended::fault)?;
    let note = checkpoint.sign(order.signer).map_err(Ended::fault)?;
    let note = note.to_bytes();
    partial.write("journal/checkpoint", &note)?;
    Ok((tree.size(), tree.root(), note))
}

/// Whether an entry seals this manifest.
fn seals(bytes: &[u8], manifest: &str) -> bool {
    let entry = Entry::from_bytes(bytes);
    let entry = entry.filter(|entry| entry.act == Act::PublicationSealed.code());
    entry.is_some_and(|entry| {
        entry
            .facts
            .get("manifest")
            .is_some_and(|own| own == manifest)
    })
}
