//! Images that are not what the journal says of them, or of which it says nothing.

use crate::folder::Files;
use crate::folder::judged;
use crate::folder::public;
use crate::folder::root;
use crate::folder::sealed;
use crate::folder::told;
use crate::folder::wadi;
use crate::nation::Nation;
use crate::nation::actor;
use sanduq_core::act::Act;
use sanduq_core::act::Entry;
use sanduq_core::act::Organ;
use sanduq_core::id::ContestCode;
use sanduq_core::id::UnitCode;
use sanduq_count::image::Image;
use sanduq_count::image::ImageFile;
use sanduq_count::image::Kind;
use sanduq_count::publication::Snapshot;
use sanduq_count::publication::digest;
use sanduq_count::publication::image_path;
use sanduq_count::sheet::SheetKey;

/// Wadi with images in the making: the event, its journal, and the files of images.
pub struct Illustrated {
    snapshot: Snapshot,
    entries: Vec<Entry>,
    files: Files,
}

/// The pictures: two pages of one sheet, one of another, none of them a picture, which nobody who
/// checks a folder can tell.
const PICTURES: [(&str, &str, u32, &[u8]); 3] = [
    ("council-d1", "d1-3", 1, b"first page"),
    ("council-d1", "d1-3", 2, b"second page"),
    ("question", "d1-2", 1, b"another sheet"),
];

fn file(bytes: &[u8]) -> ImageFile {
    ImageFile {
        kind: Kind::Png,
        size: bytes.len() as u64,
        digest: digest(bytes),
    }
}

fn image((contest, station, page): (&str, &str, u32), bytes: &[u8]) -> Image {
    Image {
        key: SheetKey {
            contest: ContestCode::new(contest).unwrap(),
            station: UnitCode::new(station).unwrap(),
        },
        version: 1,
        page,
        file: Some(file(bytes)),
    }
}

fn entry((contest, station, page): (&str, &str, u32), bytes: &[u8], last: &Entry) -> Entry {
    let file = file(bytes);
    Entry::new(
        Act::SheetImaged,
        &actor("head-1", Organ::Executive),
        last.at,
    )
    .with("contest", contest)
    .with("station", station)
    .with("version", 1)
    .with("page", page)
    .with("kind", file.kind.code())
    .with("size", file.size)
    .with("digest", file.digest)
    .with("taken", "station")
}

impl Illustrated {
    fn new() -> Self {
        let nation = wadi();
        let entries = nation.entries.iter();
        let entries = entries.map(|e| Entry::from_bytes(e).unwrap()).collect();
        let mut own = Self {
            snapshot: nation.snapshot,
            entries,
            files: Files::new(),
        };
        for (contest, station, page, bytes) in PICTURES {
            own.publish((contest, station, page), bytes);
            own.journal((contest, station, page), bytes);
        }
        own
    }

    /// The image of a sheet, with its file.
    fn publish(&mut self, which: (&str, &str, u32), bytes: &[u8]) {
        let image = image(which, bytes);
        let path = image_path(image.file.as_ref().unwrap());
        self.files.insert(path, bytes.to_vec());
        self.snapshot.images.push(image);
        self.snapshot.images.sort();
    }

    /// Its entry.
    fn journal(&mut self, which: (&str, &str, u32), bytes: &[u8]) {
        let entry = entry(which, bytes, self.entries.last().unwrap());
        self.entries.push(entry);
    }

    /// The entry of the picture.
    fn of(&mut self, picture: usize) -> &mut Entry {
        let at = self.entries.len() - PICTURES.len() + picture;
        &mut self.entries[at]
    }

    /// The folder, everything that follows made again, sealed and signed.
    fn sealed(mut self) -> Files {
        let entries: Vec<Vec<u8>> = self.entries.iter().map(Entry::to_bytes).collect();
        self.snapshot.journal_size = entries.len() as u64;
        self.snapshot.journal_root = root(&entries);
        self.snapshot.at = self.entries.last().unwrap().at;
        let nation = Nation {
            snapshot: self.snapshot,
            entries,
            ..wadi()
        };
        let mut files = public(&nation);
        files.extend(self.files);
        sealed(&files, &nation, &nation.snapshot.id())
    }
}

fn path(bytes: &[u8]) -> String {
    image_path(&file(bytes))
}

/// A forgery of images, the code that the checker must tell, and the place it must name.
pub type Forging = (
    &'static str,
    &'static str,
    &'static str,
    fn(&mut Illustrated),
);

/// What is forged, what the checker must call it, and the place that it must name.
pub const IMAGES: [Forging; 17] = [
    ("its file is not there", "image.missing", "images/", |all| {
        all.files.remove(&path(b"first page"));
    }),
    (
        "another file lies there",
        "image.altered",
        "10 bytes of",
        |all| {
            let bytes = b"first leaf".to_vec();
            all.files.insert(path(b"first page"), bytes);
        },
    ),
    (
        "a file lies there that nobody journaled",
        "image.no_act",
        "images/stray.png",
        |all| {
            all.files.insert("images/stray.png".into(), b"x".to_vec());
        },
    ),
    (
        "a sheet names an image that nobody journaled",
        "image.not_journaled",
        "station d1-3 version 1 page 3",
        |all| {
            all.publish(("council-d1", "d1-3", 3), b"third page");
            all.files.remove(&path(b"third page"));
        },
    ),
    (
        "a sheet names another image than was journaled",
        "image.not_journaled",
        "station d1-3 version 1 page 1",
        |all| {
            all.snapshot.images[0].file.as_mut().unwrap().size = 11;
        },
    ),
    (
        "a sheet does not name an image",
        "image.not_published",
        "station d1-3 version 1 page 2",
        |all| {
            all.snapshot.images.remove(1);
        },
    ),
    (
        "one image of two sheets",
        "image.twice",
        "entry 58 (sheet.imaged)",
        |all| {
            all.journal(("question", "d1-2", 2), b"first page");
            all.publish(("question", "d1-2", 2), b"first page");
        },
    ),
    (
        "an image of a sheet that counts",
        "image.way",
        "entry 58 (sheet.imaged)",
        |all| {
            all.journal(("president", "d1-1", 1), b"late");
            all.publish(("president", "d1-1", 1), b"late");
        },
    ),
    (
        "a page that is not the next",
        "image.way",
        "entry 58 (sheet.imaged)",
        |all| {
            all.journal(("question", "d1-2", 3), b"third");
            all.publish(("question", "d1-2", 3), b"third");
        },
    ),
    (
        "a page too many",
        "image.way",
        "entry 65 (sheet.imaged)",
        |all| {
            for page in 2..=9 {
                let bytes = format!("page {page}");
                all.journal(("question", "d1-2", page), bytes.as_bytes());
                all.publish(("question", "d1-2", page), bytes.as_bytes());
            }
        },
    ),
    (
        "an image of a version that was replaced",
        "image.way",
        "entry 58 (sheet.imaged)",
        |all| {
            all.journal(("president", "d2-2", 1), b"of the first version");
            all.publish(("president", "d2-2", 1), b"of the first version");
        },
    ),
    (
        "an image of a sheet that nobody knows",
        "image.way",
        "entry 58 (sheet.imaged)",
        |all| {
            // Nothing else names it, so nothing else is told of it.
            all.journal(("question", "d1-3", 1), b"of nothing");
            all.files
                .insert(path(b"of nothing"), b"of nothing".to_vec());
        },
    ),
    (
        "an entry without its size",
        "journal.facts",
        "entry 55 (sheet.imaged)",
        |all| {
            all.of(0).facts.remove("size");
        },
    ),
    (
        "an entry of no kind",
        "journal.facts",
        "entry 55 (sheet.imaged)",
        |all| {
            all.of(0).facts.insert("kind".into(), "svg".into());
        },
    ),
    (
        "an image by an organ that has no part in it",
        "journal.organ",
        "entry 57 (sheet.imaged)",
        |all| all.of(2).organ = Organ::Supervision,
    ),
    (
        "the digest of an image under lock",
        "contest.locked_digest",
        "station d2-1 version 1 page 1",
        |all| {
            all.journal(("council-d2", "d2-1", 1), b"votes");
        },
    ),
    (
        "a file of an image under lock",
        "image.no_act",
        "images/",
        |all| {
            all.files.insert(path(b"votes"), b"votes".to_vec());
        },
    ),
];

#[test]
fn images_that_are_not_as_the_journal_says_are_named() {
    let honest = judged(&Illustrated::new().sealed());
    assert_eq!(told(&honest), [""; 0]);
    assert_eq!(honest.counts.unwrap().images, 3);
    let mut passed = Vec::new();
    for (name, code, place, forge) in IMAGES {
        let mut all = Illustrated::new();
        forge(&mut all);
        let verified = judged(&all.sealed());
        assert!(verified.counts.is_some(), "{name}: the chain is broken");
        let told = told(&verified);
        let ending = format!("({code})");
        let named = |line: &String| line.ends_with(&ending) && line.contains(place);
        if !told.iter().any(named) {
            passed.push(format!("{name}, {code} at {place}: {told:#?}"));
        }
    }
    println!("{} forged images, {} not named", IMAGES.len(), passed.len());
    assert!(passed.is_empty(), "{}", passed.join("\n"));
}

/// Whoever changes a byte of an image and signs nothing is told by the manifest already.
#[test]
fn a_byte_of_an_image_breaks_the_chain() {
    let mut files = Illustrated::new().sealed();
    let path = path(b"second page");
    files.insert(path.clone(), b"sfcond page".to_vec());
    let verified = judged(&files);
    assert!(!verified.holds());
    let told = told(&verified);
    assert!(told.len() == 1 && told[0].starts_with(&path), "{told:?}");
    assert!(told[0].ends_with("(file.digest_differs)"), "{told:?}");
}

/// A folder whose sheets have no image is byte for byte what it was before there were any.
#[test]
fn a_folder_without_images_has_no_trace_of_them() {
    for (path, bytes) in public(&wadi()) {
        let text = String::from_utf8(bytes).unwrap();
        assert!(
            !path.starts_with("images/") && !text.contains("\"images\""),
            "{path}"
        );
    }
    let sealed = Illustrated::new().sealed();
    let csv = String::from_utf8(sealed["sheets/council-d1.csv"].clone()).unwrap();
    let name = file(b"second page").name();
    assert!(
        csv.lines()
            .any(|line| line.contains(",d1-3,1,quarantined,") && line.contains(&name))
    );
    assert!(sealed.contains_key("images/README.md"));
}
