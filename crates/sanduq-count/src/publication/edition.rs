//! An edition: everything public about one event at one snapshot except its sheets, in the shapes
//! of the public files. Always true here: it is made from a [`Snapshot`] by the authority and from
//! files alone by a stranger, and both make the same files from it.

use crate::form::Form;
use crate::publication::LawText;
use crate::publication::PublicContest;
use crate::publication::PublicationRefusal;
use crate::publication::Snapshot;
use crate::publication::StationDay;
use crate::publication::digest;
use crate::sheet::Paper;
use crate::sheet::hex;
use jiff::Timestamp;
use jiff::civil::Date;
use sanduq_core::count::Registered;
use sanduq_core::geography::Geography;
use sanduq_core::geography::UnitIx;
use sanduq_core::id::EventId;
use sanduq_core::id::LawCode;
use sanduq_core::id::UnitCode;
use sanduq_core::law::Profile;
use sanduq_core::names::Names;
use sanduq_core::seats::SeatRule;
use serde::Deserialize;
use serde::Serialize;
use std::collections::BTreeSet;

/// The version of the public shapes; a reader refuses another.
pub const FORMAT: u32 = 1;

/// The licence of the data, as an SPDX identifier: a stranger may do anything with them.
pub const LICENCE: &str = "CC0-1.0";

/// What every file says about itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stamp {
    /// The event.
    pub event: EventId,
    /// The snapshot that every figure of the file comes from.
    pub snapshot: String,
    /// When it was taken.
    pub at: Timestamp,
    /// Whether the nation is invented.
    pub invented: bool,
}

/// What a text of law governs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LawKind {
    /// The event.
    Profile,
    /// The sheets of a contest.
    Form,
    /// How votes become seats.
    SeatRule,
}

impl LawKind {
    /// The word for the kind in files and in the journal.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Profile => "profile",
            Self::Form => "form",
            Self::SeatRule => "seat_rule",
        }
    }

    /// Where a text of this kind and code lies in the folder.
    #[must_use]
    pub fn path(self, code: &LawCode) -> String {
        match self {
            Self::Profile => format!("law/profile/{code}.toml"),
            Self::Form => format!("law/forms/{code}.toml"),
            Self::SeatRule => format!("law/seats/{code}.toml"),
        }
    }
}

/// A text of law in the folder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LawFile {
    /// What it governs.
    pub kind: LawKind,
    /// Its code.
    pub code: LawCode,
    /// Where it lies.
    pub path: String,
    /// SHA-256 of its bytes, as the journal names it.
    pub digest: String,
}

/// Size and root of the journal at the snapshot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct JournalHead {
    /// Entries.
    pub size: u64,
    /// The root hash over them, in hexadecimal.
    pub root: String,
}

/// `event.json`: which event, which snapshot, under which texts of law.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EventFile {
    /// What the file says about itself.
    pub edition: Stamp,
    /// The version of the public shapes.
    pub format: u32,
    /// The licence of the data.
    pub licence: String,
    /// The title of the event.
    pub names: Names,
    /// The polling day in legal time.
    pub polling_day: Date,
    /// Registered voters of the nation at the freeze of the roll.
    pub registered: Registered,
    /// The journal at the snapshot.
    pub journal: JournalHead,
    /// The texts of law: the profile, then forms, then seat rules.
    pub law: Vec<LawFile>,
}

/// A text of law, read.
#[derive(Clone, Debug)]
pub struct Law<T> {
    /// What it says.
    pub read: T,
    /// Its text.
    pub text: LawText,
}

/// Everything public about one event at one snapshot except the sheets.
#[derive(Clone, Debug)]
pub struct Edition {
    /// The event.
    pub event: EventFile,
    /// The law of the event.
    pub profile: Law<Profile>,
    /// The forms of its sheets.
    pub forms: Vec<Law<Form>>,
    /// Its seat rules.
    pub seat_rules: Vec<Law<SeatRule>>,
    /// The units.
    pub geography: Geography,
    /// The contests, in the order of the event.
    pub contests: Vec<PublicContest>,
    /// The day of each station, by its place in the geography.
    pub days: Vec<Option<StationDay>>,
}

impl Edition {
    /// The edition of a snapshot.
    ///
    /// # Errors
    /// [`PublicationRefusal`] when the snapshot contradicts itself: a seat rule that cannot be
    /// read, a contest whose unit, form or rule is missing, a day of an unknown station.
    pub fn of(snapshot: &Snapshot) -> Result<Self, PublicationRefusal> {
        let mut seat_rules = Vec::new();
        for text in &snapshot.seat_rules {
            let read = SeatRule::from_toml(&text.text).map_err(|why| {
                let rule = text.code.clone();
                PublicationRefusal::SeatRule { rule, why }
            })?;
            seat_rules.push(Law {
                read,
                text: text.clone(),
            });
        }
        let forms = snapshot.forms.iter().map(|(form, text)| Law {
            read: form.clone(),
            text: text.clone(),
        });
        let mut edition = Self {
            event: event_of(snapshot),
            profile: Law {
                read: snapshot.profile.clone(),
                text: snapshot.profile_text.clone(),
            },
            forms: forms.collect(),
            seat_rules,
            geography: snapshot.geography.clone(),
            contests: snapshot.contests.clone(),
            days: vec![None; snapshot.geography.units().len()],
        };
        edition.event.law = edition.law_files();
        for (station, day) in &snapshot.days {
            let place = edition.station(station.as_str())?;
            edition.days[place.ix()] = Some(day.clone());
        }
        edition.check()?;
        Ok(edition)
    }

    /// The texts of law with their paths and digests, in the order of the flow.
    pub(super) fn law_files(&self) -> Vec<LawFile> {
        let file = |kind: LawKind, text: &LawText| LawFile {
            kind,
            code: text.code.clone(),
            path: kind.path(&text.code),
            digest: digest(text.text.as_bytes()),
        };
        let mut files = vec![file(LawKind::Profile, &self.profile.text)];
        files.extend(
            self.forms
                .iter()
                .map(|form| file(LawKind::Form, &form.text)),
        );
        let rules = self.seat_rules.iter();
        files.extend(rules.map(|rule| file(LawKind::SeatRule, &rule.text)));
        files
    }

    /// Whether no text and no contest stands twice, and every contest finds its unit, its form and
    /// its rule.
    pub(super) fn check(&self) -> Result<(), PublicationRefusal> {
        let mut texts = BTreeSet::new();
        for file in self.law_files() {
            if !texts.insert((file.kind, file.code.clone())) {
                return Err(PublicationRefusal::LawTwice(file.code));
            }
        }
        let mut contests = BTreeSet::new();
        if let Some(twice) = self
            .contests
            .iter()
            .find(|c| !contests.insert(&c.contest.code))
        {
            return Err(PublicationRefusal::ContestTwice(twice.contest.code.clone()));
        }
        for entry in &self.contests {
            let contest = &entry.contest;
            let missing = |what: &str| PublicationRefusal::Contest {
                contest: contest.code.clone(),
                missing: what.to_owned(),
            };
            if self.geography.find(&contest.unit).is_none() {
                return Err(missing(&format!("unit {}", contest.unit)));
            }
            if self.form(&entry.form).is_none() {
                return Err(missing(&format!("form {}", entry.form)));
            }
            if let Some(rule) = &contest.seat_rule
                && self.seat_rule(rule).is_none()
            {
                return Err(missing(&format!("seat rule {rule}")));
            }
        }
        Ok(())
    }

    /// What every file says about itself.
    #[must_use]
    pub const fn stamp(&self) -> &Stamp {
        &self.event.edition
    }

    /// The form of this code.
    #[must_use]
    pub fn form(&self, code: &LawCode) -> Option<&Form> {
        let mut forms = self.forms.iter().map(|form| &form.read);
        forms.find(|form| form.code == *code)
    }

    /// The paper of a contest's sheets.
    ///
    /// # Panics
    /// Never on an edition's own contest, whose form was found when the edition was made.
    #[must_use]
    pub fn paper<'a>(&'a self, entry: &'a PublicContest) -> Paper<'a> {
        let form = self.form(&entry.form);
        Paper::new(
            form.expect("an edition has the forms of its contests"),
            &entry.contest,
        )
    }

    /// The seat rule of this code.
    #[must_use]
    pub fn seat_rule(&self, code: &LawCode) -> Option<&SeatRule> {
        let mut rules = self.seat_rules.iter().map(|rule| &rule.read);
        rules.find(|rule| rule.code == *code)
    }

    /// The place of the station of this code.
    pub(super) fn station(&self, code: &str) -> Result<UnitIx, PublicationRefusal> {
        let unknown = || PublicationRefusal::UnknownStation {
            station: code.chars().take(80).collect(),
        };
        let code = UnitCode::new(code).map_err(|_| unknown())?;
        let place = self.geography.find(&code).ok_or_else(unknown)?;
        if self.geography.unit(place).level == self.geography.station_level() {
            Ok(place)
        } else {
            Err(unknown())
        }
    }

    /// The word for the level of a unit.
    #[must_use]
    pub fn level(&self, place: UnitIx) -> &str {
        let level = usize::from(self.geography.unit(place).level);
        &self.geography.levels()[level].code
    }
}

fn event_of(snapshot: &Snapshot) -> EventFile {
    EventFile {
        edition: Stamp {
            event: snapshot.event.clone(),
            snapshot: snapshot.id(),
            at: snapshot.at,
            invented: snapshot.profile.invented,
        },
        format: FORMAT,
        licence: LICENCE.to_owned(),
        names: snapshot.names.clone(),
        polling_day: snapshot.profile.polling_day,
        registered: snapshot.registered,
        journal: JournalHead {
            size: snapshot.journal_size,
            root: hex(&snapshot.journal_root),
        },
        law: Vec::new(),
    }
}
