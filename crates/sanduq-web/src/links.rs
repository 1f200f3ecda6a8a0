//! Where the links of a page lead: to the routes of the live server, or to the files beside it in a
//! published folder, which must work from a disk without any server.

use crate::file::FOLDERS;
use crate::view::View;
use sanduq_core::geography::UnitIx;
use sanduq_core::id::ContestCode;
use sanduq_core::names::Locale;
use sanduq_count::image::ImageFile;
use sanduq_count::publication::image_path;

/// What stands behind a path: the pairs that there are, as `name=value`; nothing where none are.
pub(crate) fn query(pairs: impl IntoIterator<Item = Option<String>>) -> String {
    let pairs: Vec<String> = pairs.into_iter().flatten().collect();
    match pairs.is_empty() {
        true => String::new(),
        false => format!("?{}", pairs.join("&")),
    }
}

/// Where links lead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Links {
    /// To routes, from the page of this path.
    Live(String),
    /// To files.
    Folder(Folder),
}

/// A page of a published folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folder {
    /// Its path below the folder of its language (`unit/12-03.html`).
    pub here: String,
    /// The language of the page.
    pub locale: Locale,
    /// Whether the pages of centres exist in this folder in all languages, or in Arabic and English
    /// only.
    pub centres_in_all: bool,
    /// Whether this is the page of a centre.
    pub centre: bool,
}

impl Folder {
    /// The way up to the folder of the language.
    fn up(&self) -> String {
        "../".repeat(self.here.matches('/').count())
    }

    /// The language that the page of a centre has for a reader of `locale`.
    fn centre_locale(&self, locale: Locale) -> Locale {
        match locale {
            _ if self.centres_in_all => locale,
            Locale::Ar | Locale::Fa => Locale::Ar,
            Locale::Fr | Locale::En => Locale::En,
        }
    }
}

impl Links {
    /// Links of the live page at `here`.
    #[must_use]
    pub fn live(here: &str) -> Self {
        Self::Live(here.to_owned())
    }

    /// Whether the page is served live.
    #[must_use]
    pub const fn is_live(&self) -> bool {
        matches!(self, Self::Live(_))
    }

    /// Whether this page lies under the live path `start`.
    #[must_use]
    pub fn within(&self, start: &str) -> bool {
        match self {
            Self::Live(here) => here == start || here.starts_with(&format!("{start}/")),
            Self::Folder(_) => false,
        }
    }

    /// The page of the nation.
    #[must_use]
    pub fn nation(&self) -> String {
        match self {
            Self::Live(_) => "/".to_owned(),
            Self::Folder(folder) => folder.up() + "index.html",
        }
    }

    /// The list of contests.
    #[must_use]
    pub fn contests(&self) -> String {
        match self {
            Self::Live(_) => "/contests".to_owned(),
            Self::Folder(folder) => folder.up() + "contests.html",
        }
    }

    /// The page of a unit; in a folder the one of the centre where a station stands.
    #[must_use]
    pub fn unit(&self, view: &View, ix: UnitIx) -> String {
        let geography = &view.snapshot.geography;
        let unit = geography.unit(ix);
        let Some(above) = geography.parent(ix) else {
            return self.nation();
        };
        match self {
            Self::Live(_) => format!("/unit/{}", unit.code),
            Self::Folder(folder) if unit.level == geography.station_level() => {
                format!("{}#{}", folder_unit(folder, view, above), unit.code)
            }
            Self::Folder(folder) => folder_unit(folder, view, ix),
        }
    }

    /// A sheet with its arithmetic.
    #[must_use]
    pub fn sheet(&self, view: &View, contest: &ContestCode, station: UnitIx) -> String {
        let geography = &view.snapshot.geography;
        let code = &geography.unit(station).code;
        match (self, geography.parent(station)) {
            (Self::Folder(folder), Some(above)) => {
                format!("{}#{contest}.{code}", folder_unit(folder, view, above))
            }
            _ => format!("/sheet/{contest}/{code}"),
        }
    }

    /// Where this page is found again: its path on the site, or in the published folder.
    #[must_use]
    pub fn address(&self) -> String {
        match self {
            Self::Live(here) => here.clone(),
            Self::Folder(folder) => format!("pages/{}/{}", folder.locale.tag(), folder.here),
        }
    }

    /// What a snapshot is; none in a folder, which is of one snapshot.
    #[must_use]
    pub fn snapshot(&self, id: &str) -> Option<String> {
        self.is_live().then(|| format!("/snapshot/{id}"))
    }

    /// A file of the published folder: from a page in it, or as the site makes it of the snapshot
    /// that it serves.
    #[must_use]
    pub fn file(&self, path: &str) -> Option<String> {
        match self {
            Self::Live(_) => {
                let folder = path.split('/').next().unwrap_or_default();
                FOLDERS.contains(&folder).then(|| format!("/files/{path}"))
            }
            Self::Folder(folder) => Some(format!("{}../../{path}", folder.up())),
        }
    }

    /// The picture of a sheet.
    #[must_use]
    pub fn picture(&self, file: &ImageFile) -> String {
        match self {
            Self::Live(_) => format!("/image/{}", file.name()),
            Self::Folder(folder) => format!("{}../../{}", folder.up(), image_path(file)),
        }
    }

    /// A file of the program: its stylesheet, its icon.
    #[must_use]
    pub fn asset(&self, name: &str) -> String {
        match self {
            Self::Live(_) => format!("/assets/{name}"),
            Self::Folder(folder) => format!("{}../{name}", folder.up()),
        }
    }

    /// The same page in another language; none where the folder has no such file.
    #[must_use]
    pub fn in_locale(&self, locale: Locale) -> Option<String> {
        match self {
            Self::Live(here) => {
                let sign = if here.contains('?') { '&' } else { '?' };
                Some(format!("{here}{sign}lang={}", locale.tag()))
            }
            Self::Folder(folder) if folder.centre && folder.centre_locale(locale) != locale => None,
            Self::Folder(folder) => {
                let (up, tag) = (folder.up(), locale.tag());
                Some(format!("{up}../{tag}/{}", folder.here))
            }
        }
    }
}

fn folder_unit(folder: &Folder, view: &View, ix: UnitIx) -> String {
    let geography = &view.snapshot.geography;
    let unit = geography.unit(ix);
    let up = folder.up();
    let file = format!("unit/{}.html", unit.code);
    let is_centre = unit.level + 1 == geography.station_level();
    let locale = folder.centre_locale(folder.locale);
    if is_centre && locale != folder.locale {
        format!("{up}../{}/{file}", locale.tag())
    } else {
        up + &file
    }
}
