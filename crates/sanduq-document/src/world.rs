//! What Typst sees: templates, the data, a QR code, two fonts. Always true here: it reaches no
//! network, no package, no file of the machine and no clock.

use crate::exit::Ended;
use crate::templates::Templates;
use std::collections::BTreeMap;
use typst::Library;
use typst::LibraryExt as _;
use typst::World;
use typst::diag::FileError;
use typst::diag::FileResult;
use typst::foundations::Bytes;
use typst::foundations::Datetime;
use typst::foundations::Duration;
use typst::syntax::FileId;
use typst::syntax::RootedPath;
use typst::syntax::Source;
use typst::syntax::VirtualPath;
use typst::syntax::VirtualRoot;
use typst::text::Font;
use typst::text::FontBook;
use typst::utils::LazyHash;

const FONTS: [&[u8]; 2] = [
    include_bytes!("../fonts/Vazirmatn-Regular.ttf"),
    include_bytes!("../fonts/Vazirmatn-Bold.ttf"),
];

/// The world of one document.
pub struct Paper {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    main: FileId,
    files: BTreeMap<String, Bytes>,
}

impl Paper {
    /// The world of the template `main`, its data and the picture of its code; `fonts` are for
    /// letters that the house's font lacks.
    ///
    /// # Errors
    /// A font is none.
    pub fn new(
        main: &str,
        templates: &Templates,
        (data, code): (Vec<u8>, String),
        fonts: Vec<(String, Vec<u8>)>,
    ) -> Result<Self, Ended> {
        let mut all: Vec<Font> = FONTS
            .into_iter()
            .flat_map(|font| Font::iter(Bytes::new(font)))
            .collect();
        for (path, bytes) in fonts {
            let before = all.len();
            all.extend(Font::iter(Bytes::new(bytes)));
            if all.len() == before {
                return Err(Ended::refused(
                    "font.unreadable",
                    format!("{path} is no font"),
                ));
            }
        }
        let mut files: BTreeMap<String, Bytes> = templates
            .iter()
            .map(|(path, text)| (path.clone(), Bytes::from_string(text.clone())))
            .collect();
        files.insert("data.json".to_owned(), Bytes::new(data));
        files.insert("code.svg".to_owned(), Bytes::from_string(code));
        Ok(Self {
            library: LazyHash::new(Library::default()),
            book: LazyHash::new(FontBook::from_fonts(&all)),
            fonts: all,
            main: id(main)?,
            files,
        })
    }

    fn read(&self, id: FileId) -> FileResult<&Bytes> {
        let path = id.get();
        let own = *path.root() == VirtualRoot::Project;
        let name = path.vpath().get_without_slash();
        let file = self.files.get(name).filter(|_| own);
        file.ok_or_else(|| FileError::NotFound(name.into()))
    }
}

fn id(path: &str) -> Result<FileId, Ended> {
    let path = VirtualPath::new(path).map_err(|why| Ended::fault(format!("{why:?}")))?;
    Ok(RootedPath::new(VirtualRoot::Project, path).intern())
}

impl World for Paper {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        let text = core::str::from_utf8(self.read(id)?).map_err(|_| FileError::InvalidUtf8)?;
        Ok(Source::new(id, text.to_owned()))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.read(id).cloned()
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
