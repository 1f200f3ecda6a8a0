//! The law of the event as it was adopted and is in force: its parameters in words, its forms and
//! its seat rules. Always true here: what is shown is read from the adopted text, beside the text's
//! digest and the entry of the journal that adopted it; where the two differ, the page says so.

use crate::app::App;
use crate::asked::Asked;
use crate::chronicle::Chronicle;
use crate::component::html;
use crate::date;
use crate::journal::Line;
use crate::page::Page;
use crate::refusal::No;
use crate::reply::Format;
use crate::reply::Table;
use crate::reply::reply;
use crate::sheet::terms;
use askama::Template;
use axum::Extension;
use axum::extract::Path;
use axum::extract::State as Shared;
use axum::http::header;
use axum::response::IntoResponse;
use axum::response::Response;
use sanduq_core::act::Act;
use sanduq_core::law::Profile;
use sanduq_core::law::SecondSignature;
use sanduq_core::names::Names;
use sanduq_core::seats::Method;
use sanduq_core::seats::SeatRule;
use sanduq_count::form::Check;
use sanduq_count::form::Form;
use sanduq_count::form::Relation;
use sanduq_count::form::Severity;
use sanduq_count::form::When;
use sanduq_count::publication::LawKind;
use sanduq_count::publication::LawText;
use sanduq_count::publication::Snapshot;
use sanduq_count::publication::digest;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeMap;

/// A text of law with what the journal says of it.
#[derive(Template)]
#[template(path = "law/text.html")]
pub struct Text<'a> {
    /// The page it stands on.
    pub page: &'a Page,
    /// Where the text is had.
    pub href: String,
    /// The digest of the text.
    pub digest: String,
    /// The entry that adopted it last, and whether its digest is that of the text.
    pub adopted: Option<(&'a Line, bool)>,
}

/// The texts of an event, each with its kind.
fn texts(snapshot: &Snapshot) -> impl Iterator<Item = (LawKind, &LawText)> {
    let profile = (LawKind::Profile, &snapshot.profile_text);
    let forms = snapshot.forms.iter().map(|(_, text)| (LawKind::Form, text));
    let rules = snapshot.seat_rules.iter();
    let rules = rules.map(|text| (LawKind::SeatRule, text));
    core::iter::once(profile).chain(forms).chain(rules)
}

/// The entry that adopted a text last.
fn adoption<'a>(chronicle: &'a Chronicle, kind: LawKind, text: &LawText) -> Option<&'a Line> {
    let mut adopted = chronicle.of(&[Act::LawAdopted]).rev();
    adopted.find(|line| {
        let fact = |key: &str| line.entry.facts.get(key).map(String::as_str);
        fact("law") == Some(text.code.as_str()) && fact("kind") == Some(kind.code())
    })
}

fn address(kind: LawKind, text: &LawText) -> String {
    format!("/law/{}/{}.toml", kind.code(), text.code)
}

fn known<'a>(
    (page, chronicle): (&'a Page, &'a Chronicle),
    kind: LawKind,
    text: &LawText,
) -> Text<'a> {
    let digest = digest(text.text.as_bytes());
    let adopted = adoption(chronicle, kind, text);
    Text {
        page,
        href: address(kind, text),
        adopted: adopted.map(|line| (line, line.entry.facts.get("digest") == Some(&digest))),
        digest,
    }
}

/// A check of a form in words.
struct CheckShown<'a> {
    code: &'a str,
    names: &'a Names,
    severity: &'static str,
    left: String,
    relation: &'static str,
    right: String,
    tolerance: u64,
    when: Option<&'static str>,
}

fn check(check: &Check) -> CheckShown<'_> {
    CheckShown {
        code: &check.code,
        names: &check.names,
        severity: match check.severity {
            Severity::Minor => "severity-minor",
            Severity::Major => "severity-major",
            Severity::Critical => "severity-critical",
        },
        left: terms(&check.left),
        relation: match check.relation {
            Relation::Equal => "=",
            Relation::AtMost => "≤",
        },
        right: terms(&check.right),
        tolerance: check.tolerance,
        when: match check.when {
            When::Always => None,
            When::ExactChoice => Some("law-when-exact"),
            When::FreeChoice => Some("law-when-free"),
        },
    }
}

struct FormShown<'a> {
    form: &'a Form,
    checks: Vec<CheckShown<'a>>,
    text: String,
}

struct RuleShown<'a> {
    code: &'a str,
    clause: String,
    method: &'static str,
    contests: u64,
    text: String,
}

#[derive(Template)]
#[template(path = "law/page.html")]
struct LawPage<'a> {
    page: &'a Page,
    profile: &'a Profile,
    text: String,
    forms: Vec<FormShown<'a>>,
    rules: Vec<RuleShown<'a>>,
}

impl LawPage<'_> {
    fn minute(&self, minute: &u16) -> String {
        let text = format!("{:02}:{:02}", minute / 60, minute % 60);
        crate::language::digits(&text, self.page.locale)
    }

    /// Legal time as its difference from UTC: `+03:00`.
    fn offset(&self) -> String {
        let minutes = self.profile.offset_minutes;
        let (sign, size) = (
            if minutes < 0 { '\u{2212}' } else { '+' },
            minutes.unsigned_abs(),
        );
        let text = format!("UTC{sign}{:02}:{:02}", size / 60, size % 60);
        crate::language::digits(&text, self.page.locale)
    }

    fn day(&self) -> String {
        date::long_date(self.profile.polling_day, self.page.locale)
    }

    fn signature(&self) -> &'static str {
        match self.profile.second_signature {
            SecondSignature::Required => "law-signature-required",
            SecondSignature::RecordRefusal => "law-signature-recorded",
        }
    }
}

const fn method(rule: &SeatRule) -> &'static str {
    match rule.method {
        Method::Plurality => "law-method-plurality",
        Method::Majority(_) => "law-method-majority",
        Method::AbsoluteList(_) => "law-method-absolute-list",
        Method::LargestRemainder(_) => "law-method-largest-remainder",
        Method::HighestAverages(_) => "law-method-highest-averages",
    }
}

/// The page.
#[must_use]
pub fn render(page: &Page, snapshot: &Snapshot, chronicle: &Chronicle) -> String {
    let said = |kind, text: &LawText| html(&known((page, chronicle), kind, text));
    let mut forms = Vec::new();
    for (form, text) in &snapshot.forms {
        forms.push(FormShown {
            form,
            checks: form.checks.iter().map(check).collect(),
            text: said(LawKind::Form, text),
        });
    }
    let mut rules = Vec::new();
    for text in &snapshot.seat_rules {
        let rule = SeatRule::from_toml(&text.text).ok();
        let own = snapshot.contests.iter().filter(|entry| {
            let named = entry.contest.seat_rule.as_ref();
            named.is_some_and(|named| *named == text.code)
        });
        rules.push(RuleShown {
            code: text.code.as_str(),
            method: rule.as_ref().map_or("law-method-unread", method),
            clause: rule.map(|rule| rule.law).unwrap_or_default(),
            contests: own.count() as u64,
            text: said(LawKind::SeatRule, text),
        });
    }
    html(&LawPage {
        page,
        profile: &snapshot.profile,
        text: said(LawKind::Profile, &snapshot.profile_text),
        forms,
        rules,
    })
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "LawTextObject")]
struct TextObject<'a> {
    kind: &'static str,
    code: &'a str,
    digest: String,
    href: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    adopted_entry: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    adopted_digest: Option<&'a str>,
}

/// The page for programs.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "LawInForce")]
pub struct Object<'a> {
    snapshot: String,
    #[schemars(with = "BTreeMap<String, Value>")]
    profile: &'a Profile,
    texts: Vec<TextObject<'a>>,
}

fn object<'a>(snapshot: &'a Snapshot, chronicle: &'a Chronicle) -> Object<'a> {
    let text = |(kind, text): (LawKind, &'a LawText)| {
        let adopted = adoption(chronicle, kind, text);
        TextObject {
            kind: kind.code(),
            code: text.code.as_str(),
            digest: digest(text.text.as_bytes()),
            href: address(kind, text),
            adopted_entry: adopted.map(|line| line.index),
            adopted_digest: adopted
                .and_then(|line| line.entry.facts.get("digest"))
                .map(String::as_str),
        }
    };
    Object {
        snapshot: snapshot.id(),
        profile: &snapshot.profile,
        texts: texts(snapshot).map(text).collect(),
    }
}

/// The law in force.
pub async fn show(
    Shared(app): Shared<App>,
    Extension(asked): Extension<Asked>,
) -> Result<Response, No> {
    let live = asked.live(&app)?;
    let snapshot = &live.view.snapshot;
    let chronicle = asked.chronicle(&app, &live).await?;
    let (_, format) = Format::split(&asked.path);
    Ok(reply(
        (format, &asked.headers),
        || render(&asked.page(&live), snapshot, &chronicle),
        || object(snapshot, &chronicle),
        Table::default,
    ))
}

/// One text, byte for byte as it was adopted.
pub async fn text(
    Shared(app): Shared<App>,
    Extension(asked): Extension<Asked>,
    Path((kind, file)): Path<(String, String)>,
) -> Result<Response, No> {
    let live = asked.live(&app)?;
    let named = |(own, text): &(LawKind, &LawText)| {
        own.code() == kind && file.strip_suffix(".toml") == Some(text.code.as_str())
    };
    let found = texts(&live.view.snapshot).find(named);
    let (_, text) = found.ok_or_else(|| asked.not_found(&app))?;
    let name = format!("attachment; filename=\"{}.toml\"", text.code);
    let headers = [
        (header::CONTENT_TYPE, "text/plain; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, name),
    ];
    Ok((headers, text.text.clone()).into_response())
}
