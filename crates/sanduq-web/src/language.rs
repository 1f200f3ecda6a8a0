//! The sentences of the pages in four languages. A key that a language lacks shows as `⟦key⟧`, so
//! that it is seen; tests keep every key in every language with the same variables.

use fluent_bundle::FluentArgs;
use fluent_bundle::FluentResource;
use fluent_bundle::FluentValue;
use fluent_bundle::concurrent::FluentBundle;
use sanduq_core::names::Locale;
use std::sync::LazyLock;

/// A bundle of sentences; its numbers are already shown in the reader's digits.
type Bundle = FluentBundle<FluentResource>;
/// What turns a value into text inside a bundle; `M` is the bundle's memory of plural rules.
type Formatter<M> = fn(&FluentValue, &M) -> Option<String>;

/// The sentences of one language.
pub struct Language {
    locale: Locale,
    bundle: Bundle,
}

static LANGUAGES: LazyLock<[Language; 4]> = LazyLock::new(|| Locale::ALL.map(Language::new));

/// The sentences in `locale`.
#[must_use]
pub fn language(locale: Locale) -> &'static Language {
    LANGUAGES
        .iter()
        .find(|language| language.locale == locale)
        .expect("every locale has its sentences")
}

/// The Fluent texts of one language, in the order of their files.
macro_rules! texts {
    ($tag:literal) => {
        [
            include_str!(concat!("../locales/", $tag, "/page.ftl")),
            include_str!(concat!("../locales/", $tag, "/date.ftl")),
            include_str!(concat!("../locales/", $tag, "/result.ftl")),
            include_str!(concat!("../locales/", $tag, "/sheet.ftl")),
            include_str!(concat!("../locales/", $tag, "/board.ftl")),
            include_str!(concat!("../locales/", $tag, "/watch.ftl")),
            include_str!(concat!("../locales/", $tag, "/journal.ftl")),
            include_str!(concat!("../locales/", $tag, "/login.ftl")),
            include_str!(concat!("../locales/", $tag, "/entry.ftl")),
            include_str!(concat!("../locales/", $tag, "/decision.ftl")),
            include_str!(concat!("../locales/", $tag, "/certification.ftl")),
            include_str!(concat!("../locales/", $tag, "/refusal.ftl")),
            include_str!(concat!("../locales/", $tag, "/components.ftl")),
            include_str!(concat!("../locales/", $tag, "/public.ftl")),
            include_str!(concat!("../locales/", $tag, "/process.ftl")),
            include_str!(concat!("../locales/", $tag, "/administrator.ftl")),
            include_str!(concat!("../locales/", $tag, "/own_station.ftl")),
            include_str!(concat!("../locales/", $tag, "/developers.ftl")),
            include_str!(concat!("../locales/", $tag, "/station.ftl")),
            include_str!(concat!("../locales/", $tag, "/image.ftl")),
            include_str!(concat!("../locales/", $tag, "/map.ftl")),
            include_str!(concat!("../locales/", $tag, "/accounts.ftl")),
            include_str!(concat!("../locales/", $tag, "/snapshot.ftl")),
            include_str!(concat!("../locales/", $tag, "/ballot.ftl")),
        ]
    };
}

/// The Fluent texts of a language as they stand in `locales/`.
#[must_use]
pub const fn texts(locale: Locale) -> [&'static str; 24] {
    match locale {
        Locale::Ar => texts!("ar"),
        Locale::Fa => texts!("fa"),
        Locale::Fr => texts!("fr"),
        Locale::En => texts!("en"),
    }
}

/// A whole number in the digits of `locale`; anything else as Fluent writes it.
fn shown(value: &FluentValue, locale: Locale) -> Option<String> {
    let FluentValue::Number(number) = value else {
        return None;
    };
    let plain = number.as_string();
    Some(digits(&plain, locale))
}

/// `text` with every ASCII digit in the form of `locale`; nothing is grouped.
#[must_use]
pub fn digits(text: &str, locale: Locale) -> String {
    let zero = match locale {
        Locale::Ar => 0x660,
        Locale::Fa => 0x6F0,
        Locale::Fr | Locale::En => return text.to_owned(),
    };
    text.chars()
        .map(|c| match c.to_digit(10) {
            Some(value) => char::from_u32(zero + value).unwrap_or(c),
            None => c,
        })
        .collect()
}

/// The number by which a plural of `locale` is chosen. Arabic counts by the remainder of a hundred
/// (103 like 3, but 101 and 102 like 100: CLDR), which the plural rules of the library forget.
#[must_use]
pub const fn plural(count: u64, locale: Locale) -> u64 {
    match (locale, count % 100) {
        (Locale::Ar, 0..=2) if count >= 100 => 100,
        (Locale::Ar, remainder) => remainder,
        _ => count,
    }
}

impl Language {
    fn new(locale: Locale) -> Self {
        let tag = locale
            .tag()
            .parse()
            .expect("the tags of the house are tags");
        let mut bundle = Bundle::new_concurrent(vec![tag]);
        for text in texts(locale) {
            let resource = FluentResource::try_new(text.to_owned())
                .unwrap_or_else(|(_, errors)| panic!("{} sentences: {errors:?}", locale.tag()));
            bundle
                .add_resource(resource)
                .unwrap_or_else(|errors| panic!("{} sentences: {errors:?}", locale.tag()));
        }
        bundle.set_formatter(Some(formatter(locale)));
        Self { locale, bundle }
    }

    /// The sentence of `key`.
    #[must_use]
    pub fn say(&self, key: &str) -> String {
        self.say_with(key, &FluentArgs::new())
    }

    /// The sentence of `key` with its variables.
    #[must_use]
    pub fn say_with(&self, key: &str, args: &FluentArgs) -> String {
        let missing = || format!("⟦{key}⟧");
        let Some(pattern) = self.bundle.get_message(key).and_then(|m| m.value()) else {
            return missing();
        };
        let mut errors = Vec::new();
        let sentence = self.bundle.format_pattern(pattern, Some(args), &mut errors);
        if errors.is_empty() {
            sentence.into_owned()
        } else {
            missing()
        }
    }

    /// Whether the language has a sentence for `key`.
    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        self.bundle.has_message(key)
    }
}

fn formatter<M>(locale: Locale) -> Formatter<M> {
    match locale {
        Locale::Ar => |value, _| shown(value, Locale::Ar),
        Locale::Fa => |value, _| shown(value, Locale::Fa),
        Locale::Fr => |value, _| shown(value, Locale::Fr),
        Locale::En => |value, _| shown(value, Locale::En),
    }
}
