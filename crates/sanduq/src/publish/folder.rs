//! The folder on disk: the one that is there, the one in the making, and the exchange of the two.
//! Always true here: the folder that readers see is whole, the old one or the new one; only this
//! program's own leftovers are ever removed.

use super::refused;
use crate::exit::Ended;
use rustix::fs::CWD;
use rustix::fs::RenameFlags;
use rustix::fs::renameat_with;
use rustix::fs::syncfs;
use sanduq_core::id::EventId;
use sanduq_count::publication::EventFile;
use sanduq_count::publication::read_file;
use sanduq_journal::hash::Hash;
use sanduq_journal::note::VerifierKey;
use sanduq_verify::folder;
use sanduq_verify::manifest::Listed;
use sanduq_verify::manifest::MANIFEST;
use sanduq_verify::manifest::Manifest;
use sanduq_verify::watch::Watch;
use std::fs;
use std::fs::File;
use std::io;
use std::path::Path;
use std::path::PathBuf;

/// The place of a folder beside which others are made: its parent and its name.
fn place(dir: &Path) -> Result<(PathBuf, String), Ended> {
    let name = dir.file_name().and_then(|name| name.to_str());
    let name = name.ok_or_else(|| {
        refused(
            "publication.folder",
            format!("{} is no name for a folder", dir.display()),
        )
    })?;
    let parent = match dir.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
        _ => PathBuf::from("."),
    };
    Ok((parent, name.to_owned()))
}

fn disk(path: &Path, why: &io::Error) -> Ended {
    Ended::fault(format!("{}: {why}", path.display()))
}

/// Keeps other publications beside this folder out until it is dropped, and waits for one that is
/// under way. The lock is on the folder above, so that no file of it is left behind; that of a
/// program that dies is gone with it.
pub fn lock(dir: &Path) -> Result<File, Ended> {
    let (parent, _) = place(dir)?;
    let folder = File::open(&parent).map_err(|why| disk(&parent, &why))?;
    folder.lock().map_err(|why| disk(&parent, &why))?;
    Ok(folder)
}

/// An earlier publication of the same event under the same key.
pub struct Old {
    /// Entries of the journal under it.
    pub size: u64,
    /// The root over them.
    pub root: Hash,
    /// The manifests of the publications before, and its own, by their paths in the next folder.
    pub manifests: Vec<(String, Vec<u8>)>,
}

impl Old {
    /// The publication in a folder; none where there is no folder or an empty one.
    ///
    /// # Errors
    /// The folder holds anything else: it is not replaced.
    pub fn find(dir: &Path, key: &VerifierKey, event: &EventId) -> Result<Option<Self>, Ended> {
        let empty = match fs::read_dir(dir) {
            Err(why) if why.kind() == io::ErrorKind::NotFound => true,
            Err(why) => return Err(disk(dir, &why)),
            Ok(mut items) => items.next().is_none(),
        };
        let foreign = |why: String| {
            let why = format!("{} is not replaced: {why}", dir.display());
            Err(refused("publication.foreign_folder", why))
        };
        if dir.is_symlink() {
            return foreign("it is a link; name the folder itself".to_owned());
        }
        if empty {
            return Ok(None);
        }
        let watch = Watch {
            progress: &mut |_| {},
            entry: &mut |_, _, _| {},
        };
        let checked = folder::check(dir, Some(key), watch);
        if let Some(failure) = checked.failures.first() {
            return foreign(format!(
                "it is no whole publication under this key; {failure}"
            ));
        }
        let Some(opened) = &checked.opened else {
            return foreign("it has no checkpoint".to_owned());
        };
        let read = |path: &str| checked.read(path).map_err(Ended::fault);
        let stated: EventFile = read_file("event.json", &read("event.json")?)?;
        if stated.edition.event != *event {
            return foreign(format!("it publishes {}", stated.edition.event));
        }
        let mut manifests = Vec::new();
        for (path, _) in checked
            .files()
            .filter(|(path, _)| path.starts_with("history/"))
        {
            manifests.push((path.to_owned(), read(path)?));
        }
        let own = fs::read(dir.join(MANIFEST)).map_err(|why| disk(dir, &why))?;
        manifests.push((format!("history/{}.json", stated.edition.snapshot), own));
        Ok(Some(Self {
            size: opened.checkpoint.size(),
            root: opened.checkpoint.root(),
            manifests,
        }))
    }
}

/// A folder in the making, `DIR.partial-<pid>`.
pub struct Partial {
    path: PathBuf,
    manifest: Manifest,
}

impl Partial {
    /// Makes the folder, once the leftovers of publications that died are removed. Call with the
    /// lock held: then nobody else's is alive.
    pub fn create(dir: &Path) -> Result<Self, Ended> {
        let (parent, name) = place(dir)?;
        let prefix = format!("{name}.partial-");
        for item in fs::read_dir(&parent).map_err(|why| disk(&parent, &why))? {
            let item = item.map_err(|why| disk(&parent, &why))?;
            let own = item.file_name().to_str().is_some_and(|name| {
                let process = name.strip_prefix(&prefix);
                process.is_some_and(|process| process.bytes().all(|b| b.is_ascii_digit()))
            });
            if own {
                fs::remove_dir_all(item.path()).map_err(|why| disk(&item.path(), &why))?;
            }
        }
        let path = parent.join(format!("{prefix}{}", std::process::id()));
        fs::create_dir(&path).map_err(|why| disk(&path, &why))?;
        Ok(Self {
            path,
            manifest: Manifest::default(),
        })
    }

    /// Writes a file.
    pub fn write(&self, path: &str, bytes: &[u8]) -> Result<(), Ended> {
        let path = self.path.join(path);
        let made = path.parent().map_or(Ok(()), fs::create_dir_all);
        made.and_then(|()| fs::write(&path, bytes))
            .map_err(|why| disk(&path, &why))
    }

    /// Writes a file that the manifest names.
    pub fn add(&mut self, path: &str, bytes: &[u8]) -> Result<(), Ended> {
        self.manifest
            .add(path, Listed::of(bytes))
            .map_err(|why| Ended::refused(&why))?;
        self.write(path, bytes)
    }

    /// Writes the manifest and hands it back.
    pub fn manifest(&self) -> Result<Vec<u8>, Ended> {
        let bytes = self.manifest.to_bytes();
        self.write(MANIFEST, &bytes)?;
        Ok(bytes)
    }

    /// How many files the manifest names, and their bytes.
    pub fn contents(&self) -> (u64, u64) {
        let files = self.manifest.files();
        files.fold((0, 0), |(files, bytes), (_, listed)| {
            (files + 1, bytes + listed.size)
        })
    }

    /// Everything written so far is on disk when this returns: one call for the whole file system
    /// instead of one for each of ten thousand files.
    pub fn sync(&self) -> Result<(), Ended> {
        let folder = File::open(&self.path).map_err(|why| disk(&self.path, &why))?;
        syncfs(&folder).map_err(|why| disk(&self.path, &why.into()))
    }

    /// Puts the folder in the place of the one that is there, in one step of the file system, and
    /// removes what was there.
    pub fn exchange(self, dir: &Path) -> Result<(), Ended> {
        self.sync()?;
        let flags = match dir.exists() {
            true => RenameFlags::EXCHANGE,
            false => RenameFlags::NOREPLACE,
        };
        renameat_with(CWD, &self.path, CWD, dir, flags).map_err(|why| disk(dir, &why.into()))?;
        let (parent, _) = place(dir)?;
        let folder = File::open(&parent).map_err(|why| disk(&parent, &why))?;
        folder.sync_all().map_err(|why| disk(&parent, &why))?;
        if flags == RenameFlags::EXCHANGE {
            fs::remove_dir_all(&self.path).map_err(|why| disk(&self.path, &why))?;
        }
        Ok(())
    }
}
