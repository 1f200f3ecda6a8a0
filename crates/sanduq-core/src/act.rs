//! Every act that changes the state of an election, with the sentence that the public journal
//! shows for it. An act that is not listed here cannot be journaled, and nothing changes without a
//! journal entry; docs/journal-entries.md is generated from this list.

mod organs;

use crate::id::ActorId;
use crate::names::Locale;
use jiff::Timestamp;
use serde::Deserialize;
use serde::Serialize;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// The organ in whose name an actor acts (requirements C.1). A person has one organ per event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Organ {
    /// The authority and its stations.
    Executive,
    /// The supervision of the authority.
    Supervision,
    /// Courts.
    Judiciary,
    /// Technical operators, who may start and stop and never propose content.
    Technical,
    /// Auditors.
    Audit,
    /// Agencies, candidates, agents, observers, the public.
    External,
}

impl Organ {
    /// The word that stands in the journal and in the database.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Executive => "executive",
            Self::Supervision => "supervision",
            Self::Judiciary => "judiciary",
            Self::Technical => "technical",
            Self::Audit => "audit",
            Self::External => "external",
        }
    }
}

/// Who acts: a service number and an organ, never a person's name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Actor {
    /// The service number.
    pub id: ActorId,
    /// The organ in whose name the act is done.
    pub organ: Organ,
}

macro_rules! acts {
    ($($name:ident = $code:literal, $ar:literal, $fa:literal, $fr:literal, $en:literal;)*) => {
        /// The kind of an act.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Act {
            $(#[doc = $en] $name,)*
        }

        impl Act {
            /// Every act, in the order of the election.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The stable code that stands in the journal.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$name => $code),* }
            }

            /// The act of a code.
            #[must_use]
            pub fn from_code(code: &str) -> Option<Self> {
                match code { $($code => Some(Self::$name),)* _ => None }
            }

            /// The sentence, with `{fact}` where a fact of the entry belongs.
            #[must_use]
            pub const fn sentence(self, locale: Locale) -> &'static str {
                match (self, locale) {
                    $((Self::$name, Locale::Ar) => $ar,
                    (Self::$name, Locale::Fa) => $fa,
                    (Self::$name, Locale::Fr) => $fr,
                    (Self::$name, Locale::En) => $en,)*
                }
            }
        }
    };
}

include!("act/list.rs");

/// What an entry says of its act: short texts by key. Never a name of a person, never a choice of a
/// voter. Keys are written in the program, so that most entries borrow them.
pub type Facts = BTreeMap<Cow<'static, str>, String>;

/// One entry of the journal: the fact that an act was done, by whom, in whose name and when. Its
/// canonical bytes are the JSON of this struct, fields in this order, facts sorted by key, no white
/// space; the leaf of the log is their hash.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// The code of the [`Act`].
    pub act: Cow<'static, str>,
    /// When, in legal time, as an instant.
    pub at: Timestamp,
    /// Who.
    pub actor: ActorId,
    /// In whose name.
    pub organ: Organ,
    /// What.
    pub facts: Facts,
}

impl Entry {
    /// An entry without facts yet.
    #[must_use]
    pub fn new(act: Act, actor: &Actor, at: Timestamp) -> Self {
        Self {
            act: Cow::Borrowed(act.code()),
            at,
            actor: actor.id.clone(),
            organ: actor.organ,
            facts: BTreeMap::new(),
        }
    }

    /// The same entry with one more fact.
    #[must_use]
    pub fn with(
        mut self,
        key: impl Into<Cow<'static, str>>,
        value: impl core::fmt::Display,
    ) -> Self {
        self.facts.insert(key.into(), value.to_string());
        self
    }

    /// The canonical bytes, which the journal hashes.
    ///
    /// # Panics
    /// Never: strings and timestamps always serialise.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(512);
        serde_json::to_writer(&mut bytes, self).expect("an entry holds only strings");
        bytes
    }

    /// The entry of canonical bytes; `None` when they are not an entry, not canonical, or name an
    /// act that this version does not know.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let entry: Self = serde_json::from_slice(bytes).ok()?;
        Act::from_code(&entry.act)?;
        (entry.to_bytes() == bytes).then_some(entry)
    }

    /// The sentence of the act, with `{fact}` where a fact belongs, and behind it how the second
    /// organ answered where two decide; `None` for an act that this version does not know.
    #[must_use]
    pub fn words(&self, locale: Locale) -> Option<String> {
        let act = Act::from_code(&self.act)?;
        let both = matches!(act, Act::SheetAdjudicated);
        let one_of_two = both || matches!(act, Act::SheetReturned | Act::SheetSuperseded);
        let answer = match (self.facts.contains_key("refused"), locale) {
            (true, _) if !one_of_two => "",
            (true, Locale::Ar) => "؛ رفض الجهاز الثاني وسُجل رفضه: {refused}",
            (true, Locale::Fa) => "؛ مرجع دوم مخالفت کرد و مخالفتش ثبت شد: {refused}",
            (true, Locale::Fr) => " ; le second organe a refusé, refus consigné : {refused}",
            (true, Locale::En) => "; the second organ refused, which is on record: {refused}",
            (false, _) if !both => "",
            (false, Locale::Ar) => "، ووقّع الجهازان",
            (false, Locale::Fa) => "، با امضای هر دو مرجع",
            (false, Locale::Fr) => ", signé par les deux organes",
            (false, Locale::En) => ", signed by both organs",
        };
        Some(act.sentence(locale).to_owned() + answer)
    }

    /// The sentence of the entry in `locale`, its facts filled in.
    #[must_use]
    pub fn sentence(&self, locale: Locale) -> String {
        let Some(mut sentence) = self.words(locale) else {
            return self.act.to_string();
        };
        for (key, value) in &self.facts {
            sentence = sentence.replace(&format!("{{{key}}}"), value);
        }
        sentence
    }
}

/// What a rule answers when it says yes: the next state and the journal entry of the act. The store
/// writes both in one transaction, or neither.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change<T> {
    /// The state after the act.
    pub next: T,
    /// The entry that the journal gets.
    pub entry: Entry,
}

#[cfg(test)]
mod tests;
