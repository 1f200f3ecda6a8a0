//! `sheets/<contest>.{json,csv}`: every version of every sheet of a contest, with its figures by
//! code, the checks that do not hold with both their sides, and the decision on it. Always true
//! here: a contest that is not released shows states and no figure (INV-31); an entry that only one
//! person has typed shows none either, so that the second stays blind; of persons only the organ is
//! named.

use crate::image::Image;
use crate::publication::Edition;
use crate::publication::PublicContest;
use crate::publication::PublicationRefusal;
use crate::publication::Stamp;
use crate::publication::by_code::ByCode;
use crate::publication::csv::Table;
use crate::publication::images::PublicImage;
use crate::sheet;
use crate::sheet::Countersign;
use crate::sheet::Decision;
use crate::sheet::Figures;
use crate::sheet::Finding;
use crate::sheet::Outcome;
use crate::sheet::Paper;
use crate::sheet::Salt;
use crate::sheet::Sheet;
use crate::sheet::SheetState;
use jiff::Timestamp;
use sanduq_core::act::Organ;
use sanduq_core::count::Votes;
use sanduq_core::id::ChoiceCode;
use sanduq_core::id::ContestCode;
use sanduq_core::id::FieldCode;
use sanduq_core::id::LawCode;
use sanduq_core::id::UnitCode;
use serde::Deserialize;
use serde::Serialize;

/// The word for the state of a sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StateWord {
    /// See [`SheetState::Received`].
    Received,
    /// See [`SheetState::FirstEntered`].
    FirstEntered,
    /// See [`SheetState::Differing`].
    Differing,
    /// See [`SheetState::Accepted`].
    Accepted,
    /// See [`SheetState::Quarantined`].
    Quarantined,
    /// See [`SheetState::Returned`].
    Returned,
    /// See [`SheetState::Superseded`].
    Superseded,
}

impl StateWord {
    const fn of(state: &SheetState) -> Self {
        match state {
            SheetState::Received => Self::Received,
            SheetState::FirstEntered { .. } => Self::FirstEntered,
            SheetState::Differing { .. } => Self::Differing,
            SheetState::Accepted { .. } => Self::Accepted,
            SheetState::Quarantined { .. } => Self::Quarantined,
            SheetState::Returned { .. } => Self::Returned,
            SheetState::Superseded { .. } => Self::Superseded,
        }
    }

    /// The word as files write it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::FirstEntered => "first_entered",
            Self::Differing => "differing",
            Self::Accepted => "accepted",
            Self::Quarantined => "quarantined",
            Self::Returned => "returned",
            Self::Superseded => "superseded",
        }
    }
}

/// What both organs did with a quarantined sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// The figures stand.
    Accept,
    /// The figures were replaced by those that both organs read from the paper.
    Correct,
    /// The sheet went back to the station.
    Return,
}

impl Verdict {
    /// The word for it in files and in the journal.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Accept => "accept",
            Self::Correct => "correct",
            Self::Return => "return",
        }
    }
}

/// A decision on a sheet: what, why, and by which organs. Who the persons were stands nowhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PublicDecision {
    /// What was decided.
    pub verdict: Verdict,
    /// The legal ground and the explanation.
    pub ground: String,
    /// The organ that proposed it.
    pub proposed_by: Organ,
    /// When.
    pub proposed_at: Timestamp,
    /// The organ that answered.
    pub answered_by: Organ,
    /// When.
    pub answered_at: Timestamp,
    /// Why it did not sign, where the law lets the work go on without it; left out when it signed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refused_because: Option<String>,
}

impl PublicDecision {
    fn of(decision: &Decision) -> Self {
        let proposal = &decision.proposal;
        let (answered_by, refused_because) = match &decision.countersign {
            Countersign::Signed(actor) => (actor.organ, None),
            Countersign::Refused(actor, why) => (actor.organ, Some(why.clone())),
        };
        Self {
            verdict: match proposal.outcome {
                Outcome::Accept => Verdict::Accept,
                Outcome::Correct(_) => Verdict::Correct,
                Outcome::Return => Verdict::Return,
            },
            ground: proposal.ground.clone(),
            proposed_by: proposal.by.organ,
            proposed_at: proposal.at,
            answered_by,
            answered_at: decision.at,
            refused_because,
        }
    }
}

/// One version of one sheet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PublicSheet {
    /// The station.
    pub station: UnitCode,
    /// The version.
    pub version: u32,
    /// Where it stands; only an accepted sheet is in the totals.
    pub state: StateWord,
    /// The digest of its figures, as the journal names it; left out where no figures are shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digest: Option<String>,
    /// What the digest is made of beside the figures; left out where no figures are shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub salt: Option<Salt>,
    /// Its lines by code, null where empty.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fields: Option<ByCode<FieldCode, Option<Votes>>>,
    /// Its votes by choice, null where empty.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub choices: Option<ByCode<ChoiceCode, Option<Votes>>>,
    /// The checks that do not hold, with both sides.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub findings: Vec<Finding>,
    /// The decision, where it took one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<PublicDecision>,
    /// The images of its paper, page by page; none where there is none, or none to be seen yet.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub images: Vec<PublicImage>,
}

impl PublicSheet {
    fn of(
        paper: &Paper<'_>,
        entry: &PublicContest,
        (sheet, images): (&Sheet, &[Image]),
    ) -> Result<Self, PublicationRefusal> {
        let state = &sheet.state;
        let findings = match state {
            SheetState::Accepted { findings, .. } | SheetState::Quarantined { findings, .. } => {
                findings.clone()
            }
            _ => Vec::new(),
        };
        let decision = match state {
            SheetState::Accepted { decision, .. } => decision.as_ref(),
            SheetState::Returned { decision } | SheetState::Superseded { decision, .. } => {
                Some(decision)
            }
            _ => None,
        };
        let mut public = Self {
            station: sheet.key.station.clone(),
            version: sheet.version,
            state: StateWord::of(state),
            digest: None,
            salt: None,
            fields: None,
            choices: None,
            findings,
            decision: decision.map(PublicDecision::of),
            images: images.iter().filter_map(PublicImage::of).collect(),
        };
        if !entry.released && !public.images.is_empty() {
            return Err(PublicationRefusal::LockedFigures {
                contest: entry.contest.code.clone(),
                station: public.station,
            });
        }
        let Some(figures) = state.public() else {
            return Ok(public);
        };
        if !entry.released {
            return public.locked(entry, figures);
        }
        let (fields, choices) = (&paper.form().fields, &entry.contest.choices);
        if figures.fields.len() != fields.len() || figures.choices.len() != choices.len() {
            return Err(PublicationRefusal::SheetShape {
                contest: entry.contest.code.clone(),
                station: public.station,
            });
        }
        public.digest = Some(sheet::digest(
            paper,
            &sheet.key,
            (sheet.version, sheet.salt),
            figures,
        ));
        public.salt = Some(sheet.salt);
        let codes = fields.iter().map(|field| &field.code);
        public.fields = Some(ByCode::new(codes, figures.fields.clone()));
        let codes = choices.iter().map(|choice| &choice.code);
        public.choices = Some(ByCode::new(codes, figures.choices.clone()));
        Ok(public)
    }

    /// The sheet of a contest that is not released, once it is sure that no figure came with it:
    /// not on a line and not on a side of a check (INV-31).
    fn locked(self, entry: &PublicContest, figures: &Figures) -> Result<Self, PublicationRefusal> {
        let told = |finding: &Finding| finding.left.is_some() || finding.right.is_some();
        if *figures == Figures::default() && !self.findings.iter().any(told) {
            return Ok(self);
        }
        Err(PublicationRefusal::LockedFigures {
            contest: entry.contest.code.clone(),
            station: self.station,
        })
    }

    /// The figures in the order of form and ballot; none where the file shows none.
    #[must_use]
    pub fn figures(&self) -> Option<Figures> {
        let fields = self.fields.as_ref()?;
        let choices = self.choices.as_ref()?;
        Some(Figures {
            fields: fields.0.iter().map(|(_, votes)| *votes).collect(),
            choices: choices.0.iter().map(|(_, votes)| *votes).collect(),
        })
    }
}

/// `sheets/<contest>.json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SheetsFile {
    /// What the file says about itself.
    pub edition: Stamp,
    /// The contest.
    pub contest: ContestCode,
    /// The form of its sheets.
    pub form: LawCode,
    /// Whether its figures are released.
    pub released: bool,
    /// Every version of every sheet, by station and version.
    pub sheets: Vec<PublicSheet>,
}

impl SheetsFile {
    /// The sheets of one contest.
    ///
    /// # Errors
    /// [`PublicationRefusal`] for a station that owes none, a version that stands twice, figures
    /// that do not fit the form, figures of a contest that is not released.
    pub(super) fn of<'a>(
        edition: &Edition,
        entry: &PublicContest,
        sheets: impl IntoIterator<Item = (&'a Sheet, &'a [Image])>,
    ) -> Result<Self, PublicationRefusal> {
        let paper = edition.paper(entry);
        let mut file = Self {
            edition: edition.stamp().clone(),
            contest: entry.contest.code.clone(),
            form: entry.form.clone(),
            released: entry.released,
            sheets: Vec::new(),
        };
        for sheet in sheets {
            file.sheets.push(PublicSheet::of(&paper, entry, sheet)?);
        }
        file.sheets
            .sort_by(|a, b| (&a.station, a.version).cmp(&(&b.station, b.version)));
        file.check(edition, entry)?;
        Ok(file)
    }

    /// Whether every sheet is of a station that owes one, and each version stands once, in order.
    ///
    /// # Errors
    /// The first sheet that does not.
    pub fn check(
        &self,
        edition: &Edition,
        entry: &PublicContest,
    ) -> Result<(), PublicationRefusal> {
        let geography = &edition.geography;
        for sheet in &self.sheets {
            let station = edition.station(sheet.station.as_str())?;
            let path = geography.path(station);
            if !path
                .iter()
                .any(|place| geography.unit(*place).code == entry.contest.unit)
            {
                return Err(PublicationRefusal::SheetNotOwed {
                    contest: entry.contest.code.clone(),
                    station: sheet.station.clone(),
                });
            }
        }
        let out_of_order = |pair: &&[PublicSheet]| {
            (&pair[0].station, pair[0].version) >= (&pair[1].station, pair[1].version)
        };
        match self.sheets.windows(2).find(out_of_order) {
            None => Ok(()),
            Some(pair) => Err(PublicationRefusal::SheetTwice {
                contest: entry.contest.code.clone(),
                station: pair[1].station.clone(),
                version: pair[1].version,
            }),
        }
    }

    /// Whether any sheet has an image.
    pub(super) fn has_images(&self) -> bool {
        self.sheets.iter().any(|sheet| !sheet.images.is_empty())
    }

    pub(super) fn csv(&self, paper: &Paper<'_>) -> Vec<u8> {
        let (form, choices) = (paper.form(), &paper.contest().choices);
        let mut header = vec![
            "station".to_owned(),
            "version".to_owned(),
            "state".to_owned(),
        ];
        header.extend(
            form.fields
                .iter()
                .map(|field| format!("field.{}", field.code)),
        );
        header.extend(
            choices
                .iter()
                .map(|choice| format!("choice.{}", choice.code)),
        );
        header.extend(["findings", "decision", "ground", "digest", "salt"].map(str::to_owned));
        // A folder of sheets without images is what it was before there were any.
        let imaged = self.has_images();
        header.extend(imaged.then(|| "images".to_owned()));
        let mut table = Table::new(&self.edition, &header);
        for sheet in &self.sheets {
            table
                .text(sheet.station.as_str())
                .figure(Some(sheet.version));
            table.text(sheet.state.code());
            for field in &form.fields {
                let votes = sheet
                    .fields
                    .as_ref()
                    .and_then(|fields| *fields.get(&field.code)?);
                table.figure(votes.map(Votes::get));
            }
            for choice in choices {
                let votes = sheet
                    .choices
                    .as_ref()
                    .and_then(|votes| *votes.get(&choice.code)?);
                table.figure(votes.map(Votes::get));
            }
            let failed: Vec<&str> = sheet.findings.iter().map(|f| f.check.as_str()).collect();
            table.text(&failed.join(" "));
            let decision = sheet.decision.as_ref();
            table.texts(decision.map(|decision| decision.verdict.code()));
            table.texts(decision.map(|decision| &decision.ground));
            table.texts(sheet.digest.as_ref());
            table.texts(sheet.salt.as_ref());
            if imaged {
                let names = sheet.images.iter().map(|image| image.file().name());
                table.text(&names.collect::<Vec<_>>().join(" "));
            }
            table.end();
        }
        table.into_bytes()
    }
}
