//! From data to a PDF: set by Typst, tagged, made to last (PDF/A-3a) and to be read aloud
//! (PDF/UA-1), with its data attached. Always true here: a letter that no font has is an error and
//! no empty box; the file appears whole or not at all.

use crate::data::Document;
use crate::exit::Ended;
use crate::templates::Templates;
use crate::world::Paper;
use fast_qr::ECL;
use fast_qr::QRBuilder;
use fast_qr::convert::Builder as _;
use fast_qr::convert::svg::SvgBuilder;
use std::fs;
use std::fs::Permissions;
use std::io;
use std::io::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::path::PathBuf;
use typst::World as _;
use typst::WorldExt as _;
use typst::diag::SourceDiagnostic;
use typst::foundations::Smart;
use typst_layout::PagedDocument;
use typst_pdf::PdfOptions;
use typst_pdf::PdfStandard;
use typst_pdf::PdfStandards;

/// Typst descends deep, deeper still where it is not optimised: 2 MiB are not enough.
const STACK: usize = 64 << 20;

/// The bytes of a document.
///
/// # Errors
/// A template or a font is at fault; the sentence names the place.
pub fn pdf(
    document: &Document,
    templates: &Templates,
    fonts: &[PathBuf],
) -> Result<Vec<u8>, Ended> {
    let data = serde_json::to_vec_pretty(&document.data).map_err(Ended::fault)?;
    let main = format!("{}.typ", document.template);
    let read = |path: &PathBuf| {
        let bytes = fs::read(path).map_err(|why| {
            Ended::refused("font.unreadable", format!("{}: {why}", path.display()))
        })?;
        Ok((path.display().to_string(), bytes))
    };
    let fonts: Result<Vec<_>, Ended> = fonts.iter().map(read).collect();
    let paper = Paper::new(&main, templates, (data, code(&document.code)?), fonts?)?;
    let pool = rayon::ThreadPoolBuilder::new().stack_size(STACK).build();
    pool.map_err(Ended::fault)?.install(|| set(&paper))
}

fn set(paper: &Paper) -> Result<Vec<u8>, Ended> {
    let set = typst::compile::<PagedDocument>(paper);
    for warning in &set.warnings {
        eprintln!("warning: {}", sentence(paper, warning));
    }
    let said = |errors: &[SourceDiagnostic]| {
        let sentences: Vec<String> = errors.iter().map(|error| sentence(paper, error)).collect();
        Ended::refused("template.fails", sentences.join("; "))
    };
    let document = set.output.map_err(|errors| said(&errors))?;
    let standards = PdfStandards::new(&[PdfStandard::A_3a, PdfStandard::Ua_1]);
    let options = PdfOptions {
        creator: Smart::Custom(Some("sanduq-document".to_owned())),
        standards: standards.map_err(|why| Ended::fault(format!("{why:?}")))?,
        ..PdfOptions::default()
    };
    typst_pdf::pdf(&document, &options).map_err(|errors| said(&errors))
}

/// What a template or a font has wrong, with its file and line.
fn sentence(paper: &Paper, diagnostic: &SourceDiagnostic) -> String {
    let place = diagnostic.span.id().and_then(|id| {
        let source = paper.source(id).ok()?;
        let line = paper
            .range(diagnostic.span)
            .and_then(|range| source.lines().byte_to_line(range.start));
        let path = id.get().vpath().get_without_slash().to_owned();
        Some(format!("{path}:{}: ", line.map_or(0, |line| line + 1)))
    });
    let hints: Vec<String> = diagnostic
        .hints
        .iter()
        .map(|hint| format!(" ({})", hint.v))
        .collect();
    format!(
        "{}{}{}",
        place.unwrap_or_default(),
        diagnostic.message,
        hints.concat()
    )
}

/// The picture of a QR code.
fn code(text: &str) -> Result<String, Ended> {
    let code = QRBuilder::new(text).ecl(ECL::M).build();
    let code = code.map_err(|why| Ended::refused("code.too_long", format!("{text}: {why}")))?;
    Ok(SvgBuilder::default().margin(4).to_str(&code))
}

/// Writes the file in one step: whoever reads it meanwhile has the old one or the new one.
///
/// # Errors
/// The disk.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), Ended> {
    let folder = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    let disk = |why: io::Error| Ended::fault(format!("{}: {why}", path.display()));
    // As any program would make it: a document is for everybody whom the umask lets read.
    let plain = Permissions::from_mode(0o666);
    let mut file = tempfile::Builder::new()
        .permissions(plain)
        .tempfile_in(folder)
        .map_err(disk)?;
    file.write_all(bytes).map_err(disk)?;
    file.as_file().sync_all().map_err(disk)?;
    file.persist(path).map_err(|why| disk(why.error))?;
    Ok(())
}
