//! What can be asked of the journal: the form, and what was sent with it. Always true here: what
//! cannot be read is told beside its field, and nothing is looked for until it is mended.

use crate::component::html;
use crate::links;
use crate::page::Page;
use askama::Template;
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::Offset;
use sanduq_core::act::Act;
use sanduq_core::act::Organ;
use sanduq_core::id::ActorId;
use sanduq_core::id::ContestCode;
use sanduq_core::id::UnitCode;
use sanduq_store::find::Wanted;
use serde::Deserialize;

/// What the form sends; what is empty is not asked.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Sent {
    act: String,
    organ: String,
    actor: String,
    from: String,
    until: String,
    station: String,
    contest: String,
    staff: String,
    order: String,
    before: Option<String>,
    after: Option<String>,
}

/// The fields of the form in their order.
const FIELDS: [&str; 8] = [
    "act", "organ", "actor", "from", "until", "station", "contest", "staff",
];

impl Sent {
    fn value(&self, field: &str) -> &str {
        let value = match field {
            "act" => &self.act,
            "organ" => &self.organ,
            "actor" => &self.actor,
            "from" => &self.from,
            "until" => &self.until,
            "station" => &self.station,
            "contest" => &self.contest,
            _ => &self.staff,
        };
        value.trim()
    }

    /// Whether the first entries are shown first.
    #[must_use]
    pub fn oldest_first(&self) -> bool {
        self.order == "oldest"
    }

    /// The number of the entry at which the page before ended.
    #[must_use]
    pub fn cursor(&self) -> Option<u64> {
        let text = if self.oldest_first() {
            &self.after
        } else {
            &self.before
        };
        text.as_ref()?.parse().ok()
    }

    /// Whether the number of an entry is none (an empty one too, which no form sends), or the order
    /// is no order.
    #[must_use]
    pub fn is_amiss(&self) -> bool {
        let numbers = [&self.before, &self.after];
        let mut given = numbers.into_iter().flatten();
        let order = matches!(self.order.as_str(), "" | "newest" | "oldest");
        !order || given.any(|text| text.parse::<u64>().is_err())
    }

    fn asks(&self) -> bool {
        FIELDS.iter().any(|field| !self.value(field).is_empty()) || self.oldest_first()
    }

    /// The query of the same question from this entry on.
    #[must_use]
    pub fn query(&self, cursor: Option<u64>) -> String {
        let asked = FIELDS.iter().filter_map(|field| {
            let value = self.value(field);
            (!value.is_empty()).then(|| format!("{field}={}", escaped(value)))
        });
        let oldest = self.oldest_first();
        let order = oldest.then(|| "order=oldest".to_owned());
        let name = if oldest { "after" } else { "before" };
        let from = cursor.map(|cursor| format!("{name}={cursor}"));
        links::query(asked.map(Some).chain([order, from]))
    }
}

/// A text as it may stand in a query (RFC 3986 section 2.3).
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            escaped.push(char::from(byte));
        } else {
            escaped.push_str(&format!("%{byte:02X}"));
        }
    }
    escaped
}

/// The text with Arabic and Persian digits as ASCII digits.
fn ascii_digits(text: &str) -> String {
    let digit = |c: char| {
        let zero = match c {
            '\u{660}'..='\u{669}' => 0x660,
            '\u{6f0}'..='\u{6f9}' => 0x6f0,
            _ => return c,
        };
        char::from_digit(u32::from(c) - zero, 10).unwrap_or(c)
    };
    text.chars().map(digit).collect()
}

const ORGANS: [Organ; 6] = [
    Organ::Executive,
    Organ::Supervision,
    Organ::Judiciary,
    Organ::Technical,
    Organ::Audit,
    Organ::External,
];

/// A minute of legal time.
fn instant(text: &str, offset_minutes: i16) -> Option<Timestamp> {
    let time: DateTime = ascii_digits(text).parse().ok()?;
    let offset = Offset::from_seconds(i32::from(offset_minutes) * 60).ok()?;
    offset.to_timestamp(time).ok()
}

/// What is wanted, or the fields that cannot be read.
///
/// # Errors
/// The names of those fields.
pub fn read(sent: &Sent, offset_minutes: i16) -> Result<Wanted, Vec<&'static str>> {
    let mut slips = Vec::new();
    let mut wanted = Wanted::default();
    for field in FIELDS {
        let value = sent.value(field);
        if value.is_empty() {
            continue;
        }
        let read = match field {
            "act" => Act::from_code(value).map(|act| wanted.acts = vec![act]),
            "organ" => {
                let organ = ORGANS.into_iter().find(|organ| organ.code() == value);
                organ.map(|organ| wanted.organ = Some(organ))
            }
            "actor" => ActorId::new(value).ok().map(|id| wanted.actor = Some(id)),
            "from" => instant(value, offset_minutes).map(|at| wanted.from = Some(at)),
            "until" => instant(value, offset_minutes).map(|at| wanted.until = Some(at)),
            "station" => {
                let code = UnitCode::new(&ascii_digits(value)).ok();
                code.map(|code| wanted.station = Some(code))
            }
            "contest" => {
                let code = ContestCode::new(value).ok();
                code.map(|code| wanted.contest = Some(code))
            }
            _ => ActorId::new(value).ok().map(|id| wanted.staff = Some(id)),
        };
        if read.is_none() {
            slips.push(field);
        }
    }
    if slips.is_empty() {
        Ok(wanted)
    } else {
        Err(slips)
    }
}

struct Choice {
    value: &'static str,
    name: String,
    chosen: bool,
}

struct Typed {
    name: &'static str,
    label: String,
    value: String,
    kind: &'static str,
    slip: bool,
}

#[derive(Template)]
#[template(path = "journal/filter.html")]
struct Form<'a> {
    page: &'a Page,
    asks: bool,
    acts: Vec<Choice>,
    organs: Vec<Choice>,
    boxes: Vec<Typed>,
    oldest_first: bool,
    slips: bool,
}

/// The words of an act without its facts.
fn words(act: Act, page: &Page) -> String {
    let mut words = String::new();
    let mut rest = act.sentence(page.locale);
    while let Some((before, fact)) = rest.split_once('{') {
        words.push_str(before);
        words.push('…');
        rest = fact.split_once('}').map_or("", |(_, after)| after);
    }
    words + rest
}

/// The form with what was sent, and what of it cannot be read.
#[must_use]
pub fn form(page: &Page, sent: &Sent, slips: &[&'static str]) -> String {
    let acts = Act::ALL.iter().map(|act| Choice {
        value: act.code(),
        name: words(*act, page),
        chosen: sent.act == act.code(),
    });
    let organs = ORGANS.into_iter().map(|organ| Choice {
        value: organ.code(),
        name: page.organ(organ),
        chosen: sent.organ == organ.code(),
    });
    let boxes = FIELDS[2..].iter().map(|name| Typed {
        name,
        label: page.t(format!("filter-{name}")),
        value: sent.value(name).to_owned(),
        kind: match *name {
            "from" | "until" => "datetime-local",
            _ => "text",
        },
        slip: slips.contains(name),
    });
    html(&Form {
        page,
        asks: sent.asks(),
        acts: acts.collect(),
        organs: organs.collect(),
        boxes: boxes.collect(),
        oldest_first: sent.oldest_first(),
        slips: !slips.is_empty(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_is_read_or_named() {
        let sent = Sent {
            act: "sheet.accepted".into(),
            organ: "executive".into(),
            actor: " E-1201 ".into(),
            from: "2027-03-14T19:00".into(),
            station: "١٢٠٣".into(),
            ..Sent::default()
        };
        let wanted = read(&sent, 180).unwrap();
        assert_eq!(wanted.acts, [Act::SheetAccepted]);
        assert_eq!(wanted.from, Some("2027-03-14T16:00:00Z".parse().unwrap()));
        assert_eq!(wanted.station, UnitCode::new("1203").ok());
        assert_eq!(
            sent.query(Some(7)),
            "?act=sheet.accepted&organ=executive&actor=E-1201&from=2027-03-14T19%3A00&\
             station=%D9%A1%D9%A2%D9%A0%D9%A3&before=7"
        );
        let wrong = Sent {
            act: "sheet.eaten".into(),
            until: "yesterday".into(),
            contest: "a b".into(),
            ..Sent::default()
        };
        assert_eq!(read(&wrong, 180), Err(vec!["act", "until", "contest"]));
        assert!(read(&Sent::default(), 180).unwrap().all());
    }
}
