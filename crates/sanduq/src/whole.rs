//! A folder of results that appears whole, when everything in it is written, or not at all.

use crate::exit::Ended;
use std::fs;
use std::fs::Permissions;
use std::io;
use std::io::ErrorKind;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use tempfile::TempDir;

/// A folder that is being written beside the one that is to appear, so that a rename of the file
/// system will do. Removed when it is dropped before [`Whole::put`].
pub struct Whole<'a> {
    folder: TempDir,
    out: &'a Path,
    noun: &'static str,
}

impl<'a> Whole<'a> {
    /// Begins a folder for the results of the command `noun`.
    ///
    /// # Errors
    /// `NOUN.out_in_use` when something stands in it, `NOUN.out_closed` when it cannot be made.
    pub fn begin(out: &'a Path, noun: &'static str) -> Result<Self, Ended> {
        let empty = fs::read_dir(out).map(|mut items| items.next().is_none());
        match empty {
            Ok(true) => {}
            Ok(false) => {
                return Err(Ended::Refused {
                    code: format!("{noun}.out_in_use"),
                    sentence: format!("{} is not empty; name another folder", out.display()),
                });
            }
            Err(why) if why.kind() == ErrorKind::NotFound => {}
            Err(why) => return Err(closed(noun, out, &why)),
        }
        let above = match out.parent() {
            Some(above) if !above.as_os_str().is_empty() => above,
            _ => Path::new("."),
        };
        let made = fs::create_dir_all(above).and_then(|()| {
            tempfile::Builder::new()
                .prefix(&format!(".sanduq-{noun}-"))
                .permissions(Permissions::from_mode(0o777))
                .tempdir_in(above)
        });
        let folder = made.map_err(|why| closed(noun, out, &why))?;
        Ok(Self { folder, out, noun })
    }

    /// Where to write.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Puts the folder in its place; an empty one that stands there gives way.
    ///
    /// # Errors
    /// `NOUN.out_closed`; what was there is then there still.
    pub fn put(self) -> Result<(), Ended> {
        let moved = fs::rename(self.folder.path(), self.out);
        moved.map_err(|why| closed(self.noun, self.out, &why))?;
        let _renamed = self.folder.keep();
        Ok(())
    }
}

fn closed(noun: &str, out: &Path, why: &io::Error) -> Ended {
    Ended::Refused {
        code: format!("{noun}.out_closed"),
        sentence: format!("{} cannot be made: {why}", out.display()),
    }
}
