//! The proof of one entry as a file that anybody can check without this site. Always true here: a
//! proof is checked against the root that is served before it is handed out, and a server without
//! the signing key says so.

use crate::app::App;
use crate::asked::Asked;
use crate::component::html;
use crate::page::Page;
use crate::refusal::No;
use crate::signing::NotSigned;
use crate::signing::Signing;
use crate::source::Failed;
use askama::Template;
use axum::Extension;
use axum::extract::Path;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header;
use axum::response::IntoResponse;
use axum::response::Response;
use sanduq_journal::hash::Hash;
use sanduq_journal::tlog_proof::ProofFile;

/// How an entry is proved.
#[derive(Template)]
#[template(path = "journal/proof.html")]
pub struct Proof<'a> {
    /// The page it stands on.
    pub page: &'a Page,
    /// The number of the entry.
    pub index: u64,
    /// The key of the log; none where this server holds none.
    pub key: Option<String>,
}

/// How the entry of this number is proved, as part of its page.
#[must_use]
pub fn part(page: &Page, app: &App, index: u64) -> String {
    html(&Proof {
        page,
        index,
        key: app.signing().map(|signing| signing.key().to_string()),
    })
}

/// The proof of an entry against the root of the snapshot that is served.
async fn proved(
    app: &App,
    signing: &Signing,
    (index, size, root): (u64, u64, Hash),
) -> Result<ProofFile, NotSigned> {
    let told = |why: &dyn core::fmt::Display| Failed(format!("entry {index} of {size}: {why}"));
    let lines = app.source().entries(index, 1).await?;
    let line = lines.first().ok_or_else(|| told(&"there is none"))?;
    let path = app.source().inclusion(index, size).await?;
    let note = signing.sign(app.source(), (size, root)).await?;
    let file = ProofFile {
        index,
        entry: line.entry.to_bytes(),
        path,
        checkpoint: note.to_bytes(),
    };
    file.verify(signing.key()).map_err(|why| told(&why))?;
    Ok(file)
}

/// The proof as a file.
pub async fn show(
    State(app): State<App>,
    Extension(asked): Extension<Asked>,
    Path(number): Path<String>,
) -> Result<Response, No> {
    let live = asked.live(&app)?;
    let snapshot = &live.view.snapshot;
    let index: u64 = number.parse().map_err(|_| asked.not_found(&app))?;
    if index >= snapshot.journal_size {
        return Err(asked.not_found(&app));
    }
    let Some(signing) = app.signing() else {
        return Err(asked.no(&app, StatusCode::NOT_FOUND, "web.no_key"));
    };
    let root = Hash::from_bytes(snapshot.journal_root);
    let proof = proved(&app, signing, (index, snapshot.journal_size, root)).await;
    let proof = proof.map_err(|why| match why {
        NotSigned::Failed(failed) => asked.failed(&app, &failed),
        NotSigned::OtherJournal(signed) => {
            eprintln!("the journal does not begin with the {signed} entries that were signed");
            asked.no(&app, StatusCode::SERVICE_UNAVAILABLE, "web.other_journal")
        }
    })?;
    let name = format!("attachment; filename=\"entry-{index}.tlog-proof\"");
    let headers = [
        (header::CONTENT_TYPE, "text/plain; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, name),
        (header::CACHE_CONTROL, "no-cache".to_owned()),
    ];
    Ok((headers, proof.to_bytes()).into_response())
}
