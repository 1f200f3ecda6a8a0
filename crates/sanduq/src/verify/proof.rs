//! `sanduq verify proof`: what a stranger does with the proof of one entry. It reads that file and
//! nothing else, and ends with 0 only when the entry is in the journal that the key signed.

use crate::exit::Ended;
use crate::progress::grouped;
use clap::Args;
use sanduq_core::act::Entry;
use sanduq_core::names::Locale;
use sanduq_core::typed::shown;
use sanduq_journal::note::VerifierKey;
use sanduq_journal::tlog_proof::FileRefusal;
use sanduq_journal::tlog_proof::MAX_LEN;
use sanduq_journal::tlog_proof::ProofFile;
use std::fs::File;
use std::io::Read as _;
use std::path::Path;
use std::path::PathBuf;

/// Verify the proof that one entry is in the journal.
#[derive(Args)]
#[command(after_help = "Examples:
  sanduq verify proof entry-7.tlog-proof --key 'sanduq/wahat-2027+c1a2b3d4+AQ…'

Ends with 0 when the entry is proved, with 3 when it is not.")]
pub struct Proof {
    /// The file, as the page of the entry hands it out (C2SP tlog-proof).
    file: PathBuf,
    /// The authority's key, as you know it from elsewhere than the file.
    #[arg(long, value_name = "VKEY")]
    key: String,
    /// Print one JSON object.
    #[arg(long)]
    json: bool,
}

fn refused(code: &str, why: &impl core::fmt::Display) -> Ended {
    Ended::Refused {
        code: code.to_owned(),
        sentence: why.to_string(),
    }
}

/// The bytes of a file that is no longer than a proof may be.
fn read(path: &Path) -> Result<Vec<u8>, Ended> {
    let unread = |why: std::io::Error| {
        refused(
            "proof_file.unreadable",
            &format!("{}: {why}", path.display()),
        )
    };
    let file = File::open(path).map_err(unread)?;
    let mut bytes = Vec::new();
    let more_than_fits = MAX_LEN as u64 + 1;
    file.take(more_than_fits)
        .read_to_end(&mut bytes)
        .map_err(unread)?;
    Ok(bytes)
}

fn proved(args: &Proof) -> Result<(ProofFile, Entry, u64, String), Ended> {
    let key = VerifierKey::parse(&args.key).map_err(|why| refused(why.code(), &why))?;
    let bytes = read(&args.file)?;
    let file = ProofFile::parse(&bytes).map_err(FileRefusal::File);
    let file = file.map_err(|why| refused(why.code(), &why))?;
    let opened = file.verify(&key);
    let opened = opened.map_err(|why| refused(why.code(), &why))?;
    let entry = Entry::from_bytes(&file.entry).ok_or_else(|| {
        refused(
            "proof_file.entry_unknown",
            &"the entry is in the journal, and this version does not know its act",
        )
    })?;
    let checkpoint = opened.checkpoint;
    let root = checkpoint.root().to_string();
    Ok((file, entry, checkpoint.size(), root))
}

/// Runs the command.
///
/// # Errors
/// The file, the signature or the path does not hold, or the key is none.
pub fn run(args: &Proof) -> Result<(), Ended> {
    let (file, entry, size, root) = proved(args).map_err(|ended| ended.told(args.json))?;
    if args.json {
        let told = serde_json::json!({
            "holds": true,
            "index": file.index,
            "size": size,
            "root": root,
            "key": args.key,
            "entry": entry,
        });
        println!("{told}");
        return Ok(());
    }
    // Whoever made the file and the facts in it shall not control the reader's terminal.
    println!("{}", shown(&args.file.display().to_string()));
    println!("  entry      {} of {}", grouped(file.index), grouped(size));
    println!("  says       {}", shown(&entry.sentence(Locale::En)));
    println!("  act        {}", entry.act);
    println!("  at         {}", entry.at);
    println!("  by         {} ({})", entry.actor, entry.organ.code());
    for (key, fact) in &entry.facts {
        println!("  fact       {}: {}", shown(key), shown(fact));
    }
    println!("  root       {root}");
    println!("  key        {} (as you named it)", args.key);
    println!("the entry is in the journal");
    Ok(())
}
