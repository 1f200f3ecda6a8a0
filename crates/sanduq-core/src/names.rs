//! Names in the four languages of the house. A name is shown in the reader's language and, where
//! that one is missing, in the next of a fixed order; it is never translated by a machine.

use serde::Deserialize;
use serde::Serialize;

/// A language that pages, refusals and public files are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Hash)]
#[serde(rename_all = "lowercase")]
pub enum Locale {
    /// Arabic, written right to left, digits ٠١٢٣٤٥٦٧٨٩.
    Ar,
    /// Persian, written right to left, digits ۰۱۲۳۴۵۶۷۸۹.
    Fa,
    /// French.
    Fr,
    /// English.
    En,
}

impl Locale {
    /// Every language, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::Ar, Self::Fa, Self::Fr, Self::En];

    /// The language tag of BCP 47 (`ar`, `fa`, `fr`, `en`).
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Ar => "ar",
            Self::Fa => "fa",
            Self::Fr => "fr",
            Self::En => "en",
        }
    }

    /// The language of a tag; `None` when the house does not speak it.
    #[must_use]
    pub fn from_tag(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|locale| locale.tag() == tag)
    }

    /// The direction of writing, as the HTML attribute `dir` wants it.
    #[must_use]
    pub const fn direction(self) -> &'static str {
        match self {
            Self::Ar | Self::Fa => "rtl",
            Self::Fr | Self::En => "ltr",
        }
    }
}

/// A name in up to four languages; at least one is present in data that passed its reader.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Names {
    /// Arabic.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub ar: String,
    /// Persian.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub fa: String,
    /// French.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub fr: String,
    /// English, or the Latin spelling.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub en: String,
}

impl Names {
    /// A name known in one spelling only, whatever its script.
    #[must_use]
    pub fn plain(name: &str) -> Self {
        Self {
            en: name.to_owned(),
            ..Self::default()
        }
    }

    /// A name in Arabic and Latin script.
    #[must_use]
    pub fn new(ar: &str, en: &str) -> Self {
        Self {
            ar: ar.to_owned(),
            en: en.to_owned(),
            ..Self::default()
        }
    }

    /// The name in `locale`; else in the neighbour of the same script; else in any language that
    /// has one; empty only when all four are.
    #[must_use]
    pub fn in_locale(&self, locale: Locale) -> &str {
        let order = match locale {
            Locale::Ar => [&self.ar, &self.fa, &self.en, &self.fr],
            Locale::Fa => [&self.fa, &self.ar, &self.en, &self.fr],
            Locale::Fr => [&self.fr, &self.en, &self.ar, &self.fa],
            Locale::En => [&self.en, &self.fr, &self.ar, &self.fa],
        };
        order
            .into_iter()
            .find(|name| !name.is_empty())
            .map_or("", String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_language_falls_back_to_the_same_script() {
        let name = Names::new("صندوق", "box");
        for (locale, shown) in [
            (Locale::Ar, "صندوق"),
            (Locale::Fa, "صندوق"),
            (Locale::Fr, "box"),
            (Locale::En, "box"),
        ] {
            assert_eq!(name.in_locale(locale), shown);
        }
        assert_eq!(Names::default().in_locale(Locale::Ar), "");
        assert_eq!(Names::plain("x").in_locale(Locale::Fa), "x");
    }

    #[test]
    fn tags_round_trip() {
        for locale in Locale::ALL {
            assert_eq!(Locale::from_tag(locale.tag()), Some(locale));
        }
        assert_eq!(Locale::from_tag("de"), None);
    }
}
