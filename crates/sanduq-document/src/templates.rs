//! The templates: the house's own, or those of a folder that the authority has made of them. Always
//! true here: a file that the folder lacks is the house's, and nothing outside the folder is read.

use crate::exit::Ended;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

macro_rules! own {
    ($($path:literal),* $(,)?) => {
        &[$(($path, include_str!(concat!("../templates/", $path)))),*]
    };
}

/// The templates of the house.
const OWN: &[(&str, &str)] = own![
    "house.typ",
    "sheet.typ",
    "unit.typ",
    "certificate.typ",
    "form.typ",
    "words/ar.toml",
    "words/fa.toml",
    "words/fr.toml",
    "words/en.toml",
];

/// Templates by their path.
pub type Templates = BTreeMap<String, String>;

/// The templates of the house, those of the folder `own` in their place.
///
/// # Errors
/// The folder or a file of it cannot be read.
pub fn load(own: Option<&Path>) -> Result<Templates, Ended> {
    let house = OWN.iter();
    let mut templates: Templates = house
        .map(|(path, text)| ((*path).to_owned(), (*text).to_owned()))
        .collect();
    let Some(folder) = own else {
        return Ok(templates);
    };
    if !folder.is_dir() {
        let why = format!("{} is no folder", folder.display());
        return Err(Ended::refused("templates.none", why));
    }
    for (path, text) in &mut templates {
        let file = folder.join(path);
        if file.exists() {
            *text = fs::read_to_string(&file).map_err(|why| {
                Ended::refused("templates.unreadable", format!("{}: {why}", file.display()))
            })?;
        }
    }
    Ok(templates)
}

/// Writes the templates of the house to a folder, for whoever wants to change them.
///
/// # Errors
/// A file is there already, or the folder cannot be written.
pub fn write(folder: &Path) -> Result<usize, Ended> {
    for (path, text) in OWN {
        let file = folder.join(path);
        if file.exists() {
            let why = format!("{} is there already", file.display());
            return Err(Ended::refused("templates.there", why));
        }
        let disk = |why: std::io::Error| Ended::fault(format!("{}: {why}", file.display()));
        let above = file.parent().unwrap_or(folder);
        fs::create_dir_all(above).map_err(disk)?;
        fs::write(&file, text).map_err(disk)?;
    }
    Ok(OWN.len())
}
