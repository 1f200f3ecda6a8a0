//! What every page knows: the reader's language, where its links lead, which event it speaks of and
//! at which snapshot. Templates ask it for sentences, figures and dates, so that no page writes a
//! digit or a date of its own.

use crate::component::standing_key;
use crate::date;
use crate::figure;
use crate::language::language;
use crate::language::plural;
use crate::links::Links;
use crate::view::View;
use core::borrow::Borrow;
use fluent_bundle::FluentArgs;
use jiff::Timestamp;
use jiff::civil::Date;
use sanduq_core::act::Organ;
use sanduq_core::id::ActorId;
use sanduq_core::id::UnitCode;
use sanduq_core::names::Locale;
use sanduq_core::names::Names;
use sanduq_core::text::localised;
use sanduq_count::results::Standing;
use sanduq_operations::staff::Role;

/// Who reads the page, when they have logged in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reader {
    /// The service number.
    pub id: ActorId,
    /// The role they act in.
    pub role: Role,
    /// The unit their role is limited to; none for the whole nation.
    pub unit: Option<UnitCode>,
    /// The language of their account.
    pub locale: Locale,
}

/// The event as every page names it.
#[derive(Clone, Debug)]
pub struct Event {
    /// Its title.
    pub names: Names,
    /// The polling day.
    pub polling_day: Date,
    /// Offset of legal time from UTC in minutes.
    pub offset_minutes: i16,
    /// Whether the nation is invented.
    pub invented: bool,
}

/// Where the figures of a page come from and when they were taken.
#[derive(Clone, Debug)]
pub struct Stamp {
    /// The id of the snapshot.
    pub snapshot: String,
    /// When it was taken.
    pub at: Timestamp,
    /// Entries in the journal.
    pub journal_size: u64,
}

/// What every page knows.
#[derive(Clone, Debug)]
pub struct Page {
    /// The reader's language.
    pub locale: Locale,
    /// Where links lead.
    pub links: Links,
    /// The event; none before one is called.
    pub event: Option<Event>,
    /// The snapshot, on pages that show figures.
    pub stamp: Option<Stamp>,
    /// Who has logged in.
    pub reader: Option<Reader>,
}

/// A language of the switch.
pub struct Offered {
    /// The language.
    pub locale: Locale,
    /// Its own name.
    pub name: &'static str,
    /// The same page in it.
    pub href: String,
    /// Whether the page is in it already.
    pub current: bool,
}

/// A section of the site.
pub struct Section {
    /// Its name.
    pub name: String,
    /// Its first page.
    pub href: String,
    /// Whether this page lies in it.
    pub current: bool,
    /// Whether this page is its first.
    pub exact: bool,
}

impl Section {
    /// What `aria-current` says.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        if self.exact { "page" } else { "true" }
    }
}

/// A language by its own name.
#[must_use]
pub const fn language_name(locale: Locale) -> &'static str {
    match locale {
        Locale::Ar => "العربية",
        Locale::Fa => "فارسی",
        Locale::Fr => "Français",
        Locale::En => "English",
    }
}

impl Page {
    /// A page of the figures of `view`.
    #[must_use]
    pub fn of(view: &View, locale: Locale, links: Links, reader: Option<Reader>) -> Self {
        let snapshot = &view.snapshot;
        Self {
            locale,
            links,
            event: Some(Event {
                names: snapshot.names.clone(),
                polling_day: snapshot.profile.polling_day,
                offset_minutes: snapshot.profile.offset_minutes,
                invented: snapshot.profile.invented,
            }),
            stamp: Some(Stamp {
                snapshot: snapshot.id(),
                at: snapshot.at,
                journal_size: snapshot.journal_size,
            }),
            reader,
        }
    }

    /// The language tag.
    #[must_use]
    pub fn lang(&self) -> &'static str {
        self.locale.tag()
    }

    /// The direction of writing.
    #[must_use]
    pub fn dir(&self) -> &'static str {
        self.locale.direction()
    }

    /// The title of the event, or the program's name before one is called.
    #[must_use]
    pub fn event_name(&self) -> String {
        match &self.event {
            Some(event) => event.names.in_locale(self.locale).to_owned(),
            None => self.t("program"),
        }
    }

    /// The polling day in the reader's calendars; empty before an event is called.
    #[must_use]
    pub fn polling_day(&self) -> String {
        self.event
            .as_ref()
            .map(|event| date::long_date(event.polling_day, self.locale))
            .unwrap_or_default()
    }

    /// Whether the nation is invented.
    #[must_use]
    pub fn invented(&self) -> bool {
        self.event.as_ref().is_some_and(|event| event.invented)
    }

    /// The languages of the switch.
    #[must_use]
    pub fn languages(&self) -> Vec<Offered> {
        let offer = |locale: Locale| {
            Some(Offered {
                locale,
                name: language_name(locale),
                href: self.links.in_locale(locale)?,
                current: locale == self.locale,
            })
        };
        Locale::ALL.into_iter().filter_map(offer).collect()
    }

    /// The sections of the site.
    #[must_use]
    pub fn sections(&self) -> Vec<Section> {
        let section = |key: &str, href: String, within: bool, exact: bool| Section {
            name: self.t(key),
            current: within || exact,
            exact,
            href,
        };
        let here = |start: &str| matches!(&self.links, Links::Live(path) if path == start);
        let at = |key: &str, start: &str| {
            section(key, start.to_owned(), self.links.within(start), here(start))
        };
        let results = self.links.within("/unit") || self.links.within("/sheet");
        let mut sections = vec![
            section("result-title", self.links.nation(), results, here("/")),
            section(
                "contests-title",
                self.links.contests(),
                false,
                here("/contests"),
            ),
        ];
        if self.links.is_live() {
            sections.push(at("own-station-title", "/where"));
            sections.push(at("board-title", "/board"));
            sections.push(at("journal-title", "/journal"));
        }
        sections
    }

    /// The name of a role.
    #[must_use]
    pub fn role(&self, role: &Role) -> String {
        self.t(format!("role-{}", role.code().replace('_', "-")))
    }

    /// What may be said of figures.
    #[must_use]
    pub fn standing(&self, standing: impl Borrow<Standing>) -> String {
        self.t(standing_key(*standing.borrow()))
    }

    /// The name of an organ.
    #[must_use]
    pub fn organ(&self, organ: impl Borrow<Organ>) -> String {
        self.t(format!("organ-{}", organ.borrow().code()))
    }

    /// What a finding says that no check of the form made: a second sheet of one station, a line
    /// left empty.
    #[must_use]
    pub fn finding(&self, code: &str) -> String {
        let key = format!("finding-{}", code.replace(['_', '.'], "-"));
        if language(self.locale).has(&key) {
            self.t(key)
        } else {
            self.about("finding-other", code)
        }
    }

    /// The sentence of `key`.
    #[must_use]
    pub fn t(&self, key: impl AsRef<str>) -> String {
        language(self.locale).say(key.as_ref())
    }

    /// The sentence of `key` about `what`.
    #[must_use]
    pub fn about(&self, key: &str, what: &str) -> String {
        let mut args = FluentArgs::new();
        args.set("what", what);
        language(self.locale).say_with(key, &args)
    }

    /// The sentence of `key` about a number: `$count` chooses the plural, `$shown` is its writing.
    #[must_use]
    pub fn count(&self, key: &str, count: impl Borrow<u64>) -> String {
        let mut args = FluentArgs::new();
        args.set("count", plural(*count.borrow(), self.locale));
        args.set("shown", self.n(count.borrow()));
        language(self.locale).say_with(key, &args)
    }

    /// The sentence of `key` about a number, and who would have what the other has: `$what` and
    /// `$instead`.
    #[must_use]
    pub fn instead(
        &self,
        key: &str,
        count: impl Borrow<u64>,
        [what, instead]: [&str; 2],
    ) -> String {
        let mut args = FluentArgs::new();
        args.set("count", plural(*count.borrow(), self.locale));
        args.set("shown", self.n(count.borrow()));
        args.set("what", what);
        args.set("instead", instead);
        language(self.locale).say_with(key, &args)
    }

    /// The sentence of `key` about a part of a whole: `$part` and `$shown` are their writings,
    /// `$count` is the whole and chooses the plural.
    #[must_use]
    pub fn part(
        &self,
        key: impl AsRef<str>,
        part: impl Borrow<u64>,
        whole: impl Borrow<u64>,
    ) -> String {
        let mut args = FluentArgs::new();
        args.set("part", self.n(part));
        args.set("count", plural(*whole.borrow(), self.locale));
        args.set("shown", self.n(whole.borrow()));
        language(self.locale).say_with(key.as_ref(), &args)
    }

    /// The stylesheets of these names, as the head of a page names them.
    #[must_use]
    pub fn styles(&self, names: &[&str]) -> String {
        let style = |name: &&str| {
            let href = self.links.asset(&format!("{name}.css"));
            format!("<link rel=\"stylesheet\" href=\"{href}\">")
        };
        names.iter().map(style).collect()
    }

    /// A number in the reader's digits.
    #[must_use]
    pub fn n(&self, number: impl Borrow<u64>) -> String {
        localised(*number.borrow(), self.locale)
    }

    /// A number that may be missing.
    #[must_use]
    pub fn maybe(&self, number: &Option<u64>) -> String {
        number
            .as_ref()
            .map_or_else(|| "–".to_owned(), |n| self.n(n))
    }

    /// A number that may be negative or missing.
    #[must_use]
    pub fn signed(&self, number: &Option<i128>) -> String {
        let Some(number) = number else {
            return "–".to_owned();
        };
        let size = u64::try_from(number.unsigned_abs()).unwrap_or(u64::MAX);
        let sign = if *number < 0 { "\u{2212}" } else { "" };
        format!("{sign}{}", self.n(size))
    }

    /// A share with one decimal.
    #[must_use]
    pub fn percent(&self, part: impl Borrow<u64>, whole: impl Borrow<u64>) -> String {
        figure::percent(*part.borrow(), *whole.borrow(), 1, self.locale)
    }

    /// A share of votes, with two decimals.
    #[must_use]
    pub fn exact_percent(&self, part: impl Borrow<u64>, whole: impl Borrow<u64>) -> String {
        figure::percent(*part.borrow(), *whole.borrow(), 2, self.locale)
    }

    /// By how many points a share has changed, with one decimal.
    #[must_use]
    pub fn points(&self, now: (u64, u64), then: (u64, u64)) -> String {
        figure::points(now, then, 1, self.locale)
    }

    /// By how many points a share of votes has changed, with two decimals.
    #[must_use]
    pub fn exact_points(&self, now: (u64, u64), then: (u64, u64)) -> String {
        figure::points(now, then, 2, self.locale)
    }

    /// A bar of `part` in `whole`, drawn by the server; the figure beside it says the same.
    #[must_use]
    pub fn bar(&self, part: impl Borrow<u64>, whole: impl Borrow<u64>) -> String {
        let width = figure::share(*part.borrow(), *whole.borrow(), 1000);
        let width = width.unwrap_or(0).min(1000);
        format!(
            "<svg class=\"bar\" viewBox=\"0 0 1000 1\" preserveAspectRatio=\"none\" \
             aria-hidden=\"true\"><rect width=\"{width}\" height=\"1\"/></svg>"
        )
    }

    /// The name in the reader's language.
    #[must_use]
    pub fn name<'a>(&self, names: &'a Names) -> &'a str {
        names.in_locale(self.locale)
    }

    /// Date and clock of an instant in legal time.
    #[must_use]
    pub fn moment(&self, at: &Timestamp) -> String {
        date::moment(self.legal(*at), self.locale)
    }

    /// The clock of an instant in legal time.
    #[must_use]
    pub fn clock(&self, at: &Timestamp) -> String {
        date::clock(self.legal(*at), self.locale)
    }

    /// The clock of an instant with seconds, in legal time.
    #[must_use]
    pub fn exact_clock(&self, at: &Timestamp) -> String {
        date::exact_clock(self.legal(*at), self.locale)
    }

    /// A full hour of legal time: `19:00`.
    #[must_use]
    pub fn hour(&self, hour: &u8) -> String {
        crate::language::digits(&format!("{hour:02}:00"), self.locale)
    }

    fn legal(&self, at: Timestamp) -> jiff::civil::DateTime {
        date::legal(
            at,
            self.event.as_ref().map_or(0, |event| event.offset_minutes),
        )
    }
}
