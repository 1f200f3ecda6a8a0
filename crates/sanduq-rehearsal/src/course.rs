//! The course of a rehearsal: the stages of an election, in order, each through the store's doors.

use crate::chance::key;
use crate::clock::Clock;
use crate::data::Data;
use crate::data::Scale;
use crate::error::RehearsalError;
use crate::ground::Placing;
use crate::ground::Price;
use crate::nation::Nation;
use crate::nation::invent;
use crate::people::source::Source;
use jiff::civil::Date;
use sanduq_core::act::Actor;
use sanduq_core::act::Organ;
use sanduq_core::id::ActorId;
use sanduq_core::id::EventId;
use sanduq_core::id::LawCode;
use sanduq_core::law::Profile;
use sanduq_count::form::Form;
use sanduq_count::publication::LawText;
use sanduq_store::Store;
use sanduq_store::account::Account;
use std::path::PathBuf;

/// Who watches a rehearsal.
pub trait Watch {
    /// A stage begins; `total` is what it counts up to, in `unit`.
    fn stage(&mut self, name: &'static str, total: u64, unit: &'static str);
    /// The stage has come this far.
    fn reached(&mut self, done: u64);
    /// What is to be said of the stage when it ends.
    fn note(&mut self, what: String);
}

/// The texts that a rehearsal adopts.
pub struct Texts {
    /// The profile.
    pub profile: String,
    /// The form of every sheet.
    pub form: String,
    /// Rules by code.
    pub seat_rules: Vec<LawText>,
    /// Names of candidates, places and lists.
    pub names: String,
    /// What the electors are drawn from.
    pub people: Source,
    /// Reference loads.
    pub scales: String,
    /// What the law says of placing voters.
    pub placing: Placing,
    /// The rules by which judges are assigned.
    pub judges: String,
    /// The rules by which administrators are assigned.
    pub administrators: String,
}

/// What to rehearse.
pub struct Plan {
    /// The name of a reference load.
    pub scale: String,
    /// The seed.
    pub seed: u64,
    /// How many minutes of real time the polling day takes; none for as fast as it goes.
    pub day_minutes: Option<u32>,
    /// Stations whose sheets are left for people to type; seats are allotted only when there are
    /// none.
    pub leave: usize,
    /// Whether results are certified, once no sheet is left.
    pub certify: bool,
    /// A folder for the agency's file and for the papers that are left.
    pub folder: PathBuf,
    /// Log-ins to enrol, each with the text of its password's hash. Whoever heads a station has the
    /// service number of the judge who is assigned, and is excused on the eve.
    pub accounts: Vec<(Account, String)>,
    /// What is kept of the two halves of the password of whoever heads the station in the end.
    pub halves: [String; 2],
}

/// How many were assigned.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Serving {
    /// Judges on committees and in reserves.
    pub judges: u64,
    /// Administrators on committees and in reserves.
    pub administrators: u64,
    /// Who heads the station of the log-in in the end.
    pub head: Option<ActorId>,
}

/// What a rehearsal did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// Rows of the agency's file.
    pub records: u64,
    /// Voters on the frozen roll.
    pub registered: u64,
    /// Stations.
    pub stations: u64,
    /// What the placement of voters costs.
    pub price: Price,
    /// Households of the voters, and how many of them have more than one station.
    pub households: (u64, u64),
    /// Judges and administrators.
    pub serving: Serving,
    /// Who came.
    pub came: u64,
    /// Who voted.
    pub voted: u64,
    /// Sheets accepted.
    pub sheets: u64,
    /// Sheets whose two entries differed.
    pub differing: u64,
    /// Sheets held back and decided on by both organs.
    pub adjudicated: u64,
    /// Sheets sent back to the station, which came again.
    pub returned: u64,
    /// Contests whose result both organs certified.
    pub certified: u64,
    /// Lots drawn.
    pub lots: u64,
    /// Sheets left for people.
    pub left: u64,
    /// A few of the invented voters, from anywhere in the nation.
    pub voters: Vec<Voter>,
}

/// An invented voter, as far as a voter must say who they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Voter {
    /// The national number.
    pub number: String,
    /// The day of birth.
    pub born: Date,
}

/// The secret under which the national numbers of the nation of `seed` become keys.
#[must_use]
pub fn event_secret(seed: u64) -> [u8; 32] {
    key(seed, "event secret")
}

/// A rehearsal on its way.
pub struct Course<'a> {
    pub(crate) store: &'a Store,
    pub(crate) data: Data,
    pub(crate) law: Profile,
    pub(crate) form: Form,
    pub(crate) texts: &'a Texts,
    pub(crate) plan: &'a Plan,
    pub(crate) scale: Scale,
    pub(crate) nation: Nation,
    pub(crate) clock: Clock,
    pub(crate) event: EventId,
    pub(crate) figures: Figures,
    pub(crate) watch: &'a mut dyn Watch,
}

/// A member of staff of the rehearsal.
pub(crate) fn actor(id: &str, organ: Organ) -> Actor {
    Actor {
        id: ActorId::new(id).expect("a service number of the rehearsal"),
        organ,
    }
}

/// The code of every rehearsal's event.
pub const EVENT: &str = "wahat-2027";

impl<'a> Course<'a> {
    /// Makes the nation ready.
    ///
    /// # Errors
    /// [`RehearsalError::Data`] when a text cannot be used; a refusal when there is no such scale.
    pub fn new(
        store: &'a Store,
        texts: &'a Texts,
        plan: &'a Plan,
        watch: &'a mut dyn Watch,
    ) -> Result<Self, RehearsalError> {
        let data = Data::read(&texts.names, &texts.scales).map_err(RehearsalError::Data)?;
        let scale = *data.scales.get(&plan.scale).ok_or_else(|| {
            let known: Vec<_> = data.scales.keys().map(String::as_str).collect();
            let why = format!("no scale {}; there are {}", plan.scale, known.join(", "));
            RehearsalError::Refused("rehearsal.scale".to_owned(), why)
        })?;
        let law = Profile::from_toml(&texts.profile).map_err(|no| RehearsalError::refused(&no))?;
        let law = Profile {
            station_maximum: scale.station_maximum,
            ..law
        };
        let form = Form::from_toml(&texts.form).map_err(|no| RehearsalError::refused(&no))?;
        let nation = invent(&data, &law, &scale, plan.seed).map_err(RehearsalError::Data)?;
        let clock = Clock::new(&law, plan.day_minutes).map_err(RehearsalError::Data)?;
        let event = EventId::new(EVENT).expect("a code");
        let figures = Figures::default();
        Ok(Self {
            store,
            data,
            law,
            form,
            texts,
            plan,
            scale,
            nation,
            clock,
            event,
            figures,
            watch,
        })
    }

    /// Runs the whole election up to the last accepted sheet and, where none is left, to the seats.
    ///
    /// # Errors
    /// What a stage answers.
    pub async fn run(mut self) -> Result<Figures, RehearsalError> {
        self.call().await?;
        self.enrol_staff().await?;
        self.build_roll().await?;
        let placed = self.place_voters().await?;
        let stations = self.lists().await?;
        self.audit_placement(&stations, &placed)?;
        self.assign_staff(&placed.ground).await?;
        drop(placed);
        let stations = self.hold_the_day(stations).await?;
        self.count(&stations).await?;
        if self.figures.left == 0 {
            if self.plan.certify {
                self.certify().await?;
            }
            self.declare().await?;
        }
        Ok(self.figures)
    }

    /// The profile's text with the legal maximum of this load, as it is adopted.
    pub(crate) fn profile_text(&self) -> Result<LawText, RehearsalError> {
        let text = regulated(&self.texts.profile, self.scale.station_maximum);
        match Profile::from_toml(&text) {
            Ok(law) if law == self.law => Ok(LawText {
                code: law.code,
                text,
            }),
            _ => Err(RehearsalError::Data(
                "profile.toml has no line station_maximum".to_owned(),
            )),
        }
    }

    /// The form's text, as it is adopted.
    pub(crate) fn form_text(&self) -> LawText {
        LawText {
            code: self.form.code.clone(),
            text: self.texts.form.clone(),
        }
    }

    /// The code of the form.
    pub(crate) fn form_code(&self) -> LawCode {
        self.form.code.clone()
    }
}

/// The text with its line `station_maximum = …` set to `maximum`.
fn regulated(text: &str, maximum: u32) -> String {
    let line = |line: &str| match line.starts_with("station_maximum") {
        true => format!("station_maximum = {maximum}\n"),
        false => format!("{line}\n"),
    };
    text.lines().map(line).collect()
}
