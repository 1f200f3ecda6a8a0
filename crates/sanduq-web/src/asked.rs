//! Who asks, in which language, and how to tell them no. The language is the one asked for in the
//! address, else the one chosen before (a cookie), else the one the account or the browser prefers,
//! else Arabic.

use crate::app::App;
use crate::app::Live;
use crate::chronicle::Chronicle;
use crate::links::Links;
use crate::page::Page;
use crate::page::Reader;
use crate::refusal::BUSY;
use crate::refusal::No;
use crate::source::Failed;
use axum::Form;
use axum::extract::rejection::FormRejection;
use axum::http::HeaderMap;
use axum::http::StatusCode;
use sanduq_core::names::Locale;
use std::net::IpAddr;
use std::sync::Arc;

/// What a handler knows about the one who asks.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Their language.
    pub locale: Locale,
    /// Who they are, when they have logged in.
    pub reader: Option<Reader>,
    /// Whether a first password opened their session: they can do nothing but set their own.
    pub first: bool,
    /// The path they ask for.
    pub path: String,
    /// The query, without `?`.
    pub query: String,
    /// The headers.
    pub headers: HeaderMap,
    /// Where they ask from.
    pub address: IpAddr,
}

impl Asked {
    /// The value of a name in the query. Values of this site are codes and numbers: none needs
    /// decoding.
    #[must_use]
    pub fn query(&self, name: &str) -> Option<&str> {
        let mut pairs = self
            .query
            .split('&')
            .filter_map(|pair| pair.split_once('='));
        pairs.find(|(key, _)| *key == name).map(|(_, value)| value)
    }

    /// A number in the query; 0 when it is missing or none.
    #[must_use]
    pub fn number(&self, name: &str) -> Option<u64> {
        self.query(name)?.parse().ok()
    }

    /// The first row of a list that is asked for.
    #[must_use]
    pub fn from(&self) -> usize {
        let from = self.number("from").unwrap_or(0);
        usize::try_from(from).unwrap_or(usize::MAX)
    }

    /// A page of the figures of `live` for this reader.
    #[must_use]
    pub fn page(&self, live: &Live) -> Page {
        Page::of(
            &live.view,
            self.locale,
            Links::live(&self.path),
            self.reader.clone(),
        )
    }

    /// A page without figures, for this reader.
    #[must_use]
    pub fn bare_page(&self, live: Option<&Live>) -> Page {
        match live {
            Some(live) => Page {
                stamp: None,
                ..self.page(live)
            },
            None => Page {
                locale: self.locale,
                links: Links::live(&self.path),
                event: None,
                stamp: None,
                reader: self.reader.clone(),
            },
        }
    }

    /// The snapshot that is served now.
    ///
    /// # Errors
    /// No event has been called.
    pub fn live(&self, app: &App) -> Result<Arc<Live>, No> {
        app.live()
            .ok_or_else(|| self.no(app, StatusCode::NOT_FOUND, "web.no_event"))
    }

    /// What the journal tells up to the snapshot that is served.
    ///
    /// # Errors
    /// The store did not answer.
    pub async fn chronicle(&self, app: &App, live: &Live) -> Result<Arc<Chronicle>, No> {
        let size = live.view.snapshot.journal_size;
        let chronicle = app.source().chronicle(size).await;
        chronicle.map_err(|failed| self.failed(app, &failed))
    }

    /// A no with its code.
    #[must_use]
    pub fn no(&self, app: &App, status: StatusCode, code: &'static str) -> No {
        No {
            status,
            code,
            page: Box::new(self.bare_page(app.live().as_deref())),
        }
    }

    /// What a form sent.
    ///
    /// # Errors
    /// It is incomplete, too long or none.
    pub fn form<T>(&self, app: &App, sent: Result<Form<T>, FormRejection>) -> Result<T, No> {
        let no = |_| self.no(app, StatusCode::BAD_REQUEST, "web.bad_form");
        sent.map(|Form(sent)| sent).map_err(no)
    }

    /// The query says something that cannot be.
    #[must_use]
    pub fn bad_query(&self, app: &App) -> No {
        self.no(app, StatusCode::BAD_REQUEST, "web.bad_query")
    }

    /// There is no such page.
    #[must_use]
    pub fn not_found(&self, app: &App) -> No {
        self.no(app, StatusCode::NOT_FOUND, "web.not_found")
    }

    /// Others have the server busy with the same question; the answer says when to ask again.
    #[must_use]
    pub fn busy(&self, app: &App) -> No {
        self.no(app, StatusCode::SERVICE_UNAVAILABLE, BUSY)
    }

    /// The store failed: a line for the log, and a page without the reason.
    #[must_use]
    pub fn failed(&self, app: &App, failed: &Failed) -> No {
        eprintln!("a page failed: {}", failed.0);
        self.no(app, StatusCode::SERVICE_UNAVAILABLE, "web.fault")
    }
}

/// The language of a reader: `asked` in the address, `chosen` before, `own` of the account, else
/// what the browser `accepts`, else Arabic.
#[must_use]
pub fn locale(
    asked: Option<&str>,
    chosen: Option<&str>,
    own: Option<Locale>,
    accepts: Option<&str>,
) -> Locale {
    let of = |tag: Option<&str>| tag.and_then(Locale::from_tag);
    of(asked)
        .or_else(|| of(chosen))
        .or(own)
        .or_else(|| accepted(accepts.unwrap_or_default()))
        .unwrap_or(Locale::Ar)
}

/// The language of the house that an `Accept-Language` likes best.
fn accepted(header: &str) -> Option<Locale> {
    let mut liked: Vec<(u32, Locale)> = Vec::new();
    for part in header.split(',') {
        let mut pieces = part.split(';');
        let tag = pieces.next().unwrap_or_default().trim();
        let primary = tag
            .split('-')
            .next()
            .unwrap_or_default()
            .to_ascii_lowercase();
        let quality = pieces
            .find_map(|piece| piece.trim().strip_prefix("q="))
            .unwrap_or("1");
        if let Some(locale) = Locale::from_tag(&primary) {
            liked.push((thousandths(quality), locale));
        }
    }
    liked.sort_by_key(|(quality, _)| core::cmp::Reverse(*quality));
    liked
        .first()
        .filter(|(quality, _)| *quality > 0)
        .map(|(_, locale)| *locale)
}

/// A quality of 0 to 1 with up to three decimals, in thousandths; 0 when it is none.
fn thousandths(quality: &str) -> u32 {
    let (whole, decimals) = quality
        .trim()
        .split_once('.')
        .unwrap_or((quality.trim(), ""));
    let decimals = format!("{decimals:0<3}");
    let parse = |text: &str| text.parse::<u32>().ok();
    match (parse(whole), decimals.get(..3).and_then(parse)) {
        (Some(0), Some(decimals)) => decimals,
        (Some(1), Some(0)) => 1000,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_before_the_choice_before_the_account_before_the_browser() {
        for (asked, chosen, own, accepts, shown) in [
            (
                Some("fa"),
                Some("fr"),
                Some(Locale::En),
                Some("en"),
                Locale::Fa,
            ),
            (
                Some("xx"),
                Some("fr"),
                Some(Locale::En),
                Some("en"),
                Locale::Fr,
            ),
            (None, Some("de"), Some(Locale::En), Some("fr"), Locale::En),
            (
                None,
                None,
                None,
                Some("de-DE, fr;q=0.4, en-GB;q=0.8"),
                Locale::En,
            ),
            (None, None, None, Some("fa-IR"), Locale::Fa),
            (None, None, None, Some("en;q=0"), Locale::Ar),
            (None, None, None, Some("de, *;q=0.5"), Locale::Ar),
            (None, None, None, None, Locale::Ar),
        ] {
            assert_eq!(locale(asked, chosen, own, accepts), shown, "{accepts:?}");
        }
    }
}
