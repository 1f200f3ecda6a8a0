//! The files of an edition and the way back. Always true here: who holds the primary files (event,
//! law, geography, stations, contests, sheets, turnout) makes every other one from them, byte for
//! byte; that is how a stranger checks totals, seats, tables and the exchange format.

use crate::form::Form;
use crate::publication::Edition;
use crate::publication::LawText;
use crate::publication::PublicContest;
use crate::publication::PublicationRefusal;
use crate::publication::Snapshot;
use crate::publication::StationDay;
use crate::publication::contests::ContestsFile;
use crate::publication::digest;
use crate::publication::edition::EventFile;
use crate::publication::edition::FORMAT;
use crate::publication::edition::Law;
use crate::publication::edition::LawFile;
use crate::publication::edition::LawKind;
use crate::publication::edition::Stamp;
use crate::publication::geography::GeographyFile;
use crate::publication::geography::StationsFile;
use crate::publication::images;
use crate::publication::images::IMAGES;
use crate::publication::json;
use crate::publication::nist;
use crate::publication::seats;
use crate::publication::seats::SeatsFile;
use crate::publication::sheets::SheetsFile;
use crate::publication::totals;
use crate::publication::totals::TotalsFile;
use crate::publication::totals::UnitTotals;
use crate::publication::turnout::TurnoutFile;
use crate::results::Totals;
use crate::sheet::Sheet;
use sanduq_core::id::ContestCode;
use sanduq_core::law::Profile;
use sanduq_core::seats::SeatRule;

/// Where a file goes: its path in the folder and its bytes.
pub type Emit<'a, E> = &'a mut dyn FnMut(&str, Vec<u8>) -> Result<(), E>;

/// Where a file comes from: its bytes by its path in the folder.
pub type Fetch<'a, E> = &'a mut dyn FnMut(&str) -> Result<Vec<u8>, E>;

/// Every public file of a snapshot, in an order that depends on nothing but the snapshot. The pages
/// of the folder, the keys, the manifest and the journal are made elsewhere.
///
/// # Errors
/// [`PublicationRefusal`] when the snapshot contradicts itself, sums of a level differ, or figures
/// of a contest that is not released came with it; what `emit` refuses.
pub fn files<E: From<PublicationRefusal>>(snapshot: &Snapshot, emit: Emit<'_, E>) -> Result<(), E> {
    let edition = Edition::of(snapshot)?;
    let known = |sheet: &Sheet| {
        let mut contests = edition.contests.iter();
        contests.any(|entry| entry.contest.code == sheet.key.contest)
    };
    if let Some(stray) = snapshot.sheets.iter().find(|sheet| !known(sheet)) {
        let contest = stray.key.contest.clone();
        return Err(PublicationRefusal::UnknownContest { contest }.into());
    }
    let mut sheets = |entry: &PublicContest| Ok(sheets_of(&edition, snapshot, entry)?);
    edition.emit(&mut sheets, emit)
}

fn sheets_of<'a>(
    edition: &Edition,
    snapshot: &'a Snapshot,
    entry: &PublicContest,
) -> Result<SheetsFile, PublicationRefusal> {
    let own = |sheet: &&Sheet| sheet.key.contest == entry.contest.code;
    let sheets = snapshot.sheets.iter().filter(own);
    let imaged = |sheet: &'a Sheet| (sheet, snapshot.images(&sheet.key, sheet.version));
    SheetsFile::of(edition, entry, sheets.map(imaged))
}

/// One file of a contest, byte for byte as [`files`] makes it, without making the others; none when
/// there is no such file. `seats` are those of the contest as [`seats::allotted`] finds them.
///
/// # Errors
/// As [`files`].
pub fn contest_file(
    snapshot: &Snapshot,
    contest: &ContestCode,
    seats: Option<&SeatsFile>,
    path: &str,
) -> Result<Option<Vec<u8>>, PublicationRefusal> {
    let edition = Edition::of(snapshot)?;
    let mut contests = edition.contests.iter();
    let Some(entry) = contests.find(|entry| entry.contest.code == *contest) else {
        return Ok(None);
    };
    let Some((folder, end)) = path.split_once(&format!("/{contest}.")) else {
        return Ok(None);
    };
    let sheets = sheets_of(&edition, snapshot, entry)?;
    let units = totals::add_up(&edition, entry, &sheets)?;
    let (paper, totals) = (
        edition.paper(entry),
        TotalsFile::of(&edition, entry, &units),
    );
    Ok(match (folder, end) {
        ("sheets", "json") => Some(json::bytes(&sheets)),
        ("sheets", "csv") => Some(sheets.csv(&paper)),
        ("totals", "json") => Some(json::bytes(&totals)),
        ("totals", "csv") => Some(totals.csv(paper.form(), entry)),
        ("seats", "json") => seats.map(json::bytes),
        ("seats", "csv") => seats.map(|seats| seats.csv(entry)),
        ("nist", "json") => Some(nist::report(&edition, entry, &units, seats)),
        _ => None,
    })
}

/// What lies in the folder and how to check it, for whoever has nothing but the folder.
const README: &str = include_str!("folder.md");

/// Where the sheets of a contest lie.
#[must_use]
pub fn sheets_path(contest: &ContestCode) -> String {
    format!("sheets/{contest}.json")
}

/// Where the totals of a contest lie.
#[must_use]
pub fn totals_path(contest: &ContestCode) -> String {
    format!("totals/{contest}.json")
}

/// Where the report of a contest in the exchange format lies.
#[must_use]
pub fn exchange_path(contest: &ContestCode) -> String {
    format!("nist/{contest}.json")
}

impl Edition {
    /// Every public file of this edition. `sheets` hands in the sheets of each contest once, so
    /// that those of one contest only stand in memory at a time.
    ///
    /// # Errors
    /// As [`files`], and what `sheets` refuses.
    pub fn emit<E: From<PublicationRefusal>>(
        &self,
        sheets: &mut dyn FnMut(&PublicContest) -> Result<SheetsFile, E>,
        emit: Emit<'_, E>,
    ) -> Result<(), E> {
        self.emit_ground(emit)?;
        let mut units: Vec<Vec<UnitTotals>> = Vec::new();
        let mut imaged = false;
        for entry in &self.contests {
            let code = &entry.contest.code;
            let paper = self.paper(entry);
            let file = sheets(entry)?;
            imaged |= file.has_images();
            emit(&sheets_path(code), json::bytes(&file))?;
            emit(&format!("sheets/{code}.csv"), file.csv(&paper))?;
            let sums = totals::add_up(self, entry, &file)?;
            let file = TotalsFile::of(self, entry, &sums);
            emit(&totals_path(code), json::bytes(&file))?;
            emit(&format!("totals/{code}.csv"), file.csv(paper.form(), entry))?;
            units.push(sums);
        }
        let own: Vec<Totals> = units.iter().map(|units| units[0].totals.clone()).collect();
        let seats = seats::allotted(self, &own);
        for ((entry, units), seats) in self.contests.iter().zip(&units).zip(&seats) {
            let code = &entry.contest.code;
            if let Some(file) = seats {
                emit(&format!("seats/{code}.json"), json::bytes(file))?;
                emit(&format!("seats/{code}.csv"), file.csv(entry))?;
            }
            let report = nist::report(self, entry, units, seats.as_ref());
            emit(&exchange_path(code), report)?;
        }
        if imaged {
            let readme = images::README.as_bytes().to_vec();
            emit(&format!("{IMAGES}README.md"), readme)?;
        }
        Ok(())
    }

    /// What does not depend on sheets.
    fn emit_ground<E: From<PublicationRefusal>>(&self, emit: Emit<'_, E>) -> Result<(), E> {
        emit("README.md", README.as_bytes().to_vec())?;
        emit("event.json", json::bytes(&self.event))?;
        let forms = self.forms.iter().map(|law| (LawKind::Form, &law.text));
        let rules = self
            .seat_rules
            .iter()
            .map(|law| (LawKind::SeatRule, &law.text));
        let profile = core::iter::once((LawKind::Profile, &self.profile.text));
        for (kind, law) in profile.chain(forms).chain(rules) {
            emit(&kind.path(&law.code), law.text.clone().into_bytes())?;
        }
        let file = GeographyFile::of(self);
        emit("geography.json", json::bytes(&file))?;
        emit("geography.csv", file.csv())?;
        let file = StationsFile::of(self);
        emit("stations.json", json::bytes(&file))?;
        emit("stations.csv", file.csv(self.geography.levels()))?;
        let file = ContestsFile::of(self);
        emit("contests.json", json::bytes(&file))?;
        emit("contests.csv", file.csv())?;
        let file = TurnoutFile::of(self)?;
        emit("turnout.json", json::bytes(&file))?;
        emit("turnout.csv", file.csv())
    }

    /// The edition that public files tell of.
    ///
    /// # Errors
    /// [`PublicationRefusal`] naming the file that is not canonical, belongs to another snapshot or
    /// contradicts another; what `fetch` refuses.
    pub fn read<E: From<PublicationRefusal>>(fetch: Fetch<'_, E>) -> Result<Self, E> {
        let event: EventFile = json::read("event.json", &fetch("event.json")?)?;
        if event.format != FORMAT {
            return Err(contradicts("event.json", "format", &event.format).into());
        }
        let of_edition = |path: &str, stamp: &Stamp| match *stamp == event.edition {
            true => Ok(()),
            false => Err(contradicts(path, "edition", &stamp.snapshot)),
        };
        let geography: GeographyFile = json::read("geography.json", &fetch("geography.json")?)?;
        of_edition("geography.json", &geography.edition)?;
        let contests: ContestsFile = json::read("contests.json", &fetch("contests.json")?)?;
        of_edition("contests.json", &contests.edition)?;
        let stations: StationsFile = json::read("stations.json", &fetch("stations.json")?)?;
        of_edition("stations.json", &stations.edition)?;
        let turnout: TurnoutFile = json::read("turnout.json", &fetch("turnout.json")?)?;
        of_edition("turnout.json", &turnout.edition)?;
        let law = LawTexts::fetch(&event, fetch)?;
        let geography = geography.geography()?;
        let mut edition = Self {
            days: vec![None; geography.units().len()],
            event,
            profile: law.profile,
            forms: law.forms,
            seat_rules: law.seat_rules,
            geography,
            contests: contests.contests,
        };
        edition.take_days(&stations, &turnout)?;
        edition.check()?;
        edition.check_event()?;
        Ok(edition)
    }

    /// The sheets of one contest, from their file.
    ///
    /// # Errors
    /// As [`Edition::read`].
    pub fn sheets<E: From<PublicationRefusal>>(
        &self,
        entry: &PublicContest,
        fetch: Fetch<'_, E>,
    ) -> Result<SheetsFile, E> {
        let path = sheets_path(&entry.contest.code);
        let file: SheetsFile = json::read(&path, &fetch(&path)?)?;
        if file.edition != self.event.edition {
            return Err(contradicts(&path, "edition", &file.edition.snapshot).into());
        }
        if file.contest != entry.contest.code {
            return Err(contradicts(&path, "contest", &file.contest).into());
        }
        if file.form != entry.form {
            return Err(contradicts(&path, "form", &file.form).into());
        }
        if file.released != entry.released {
            return Err(contradicts(&path, "released", &file.released).into());
        }
        file.check(self, entry)?;
        Ok(file)
    }

    fn take_days(
        &mut self,
        stations: &StationsFile,
        turnout: &TurnoutFile,
    ) -> Result<(), PublicationRefusal> {
        for row in &stations.stations {
            let place = self.station(row.station.as_str())?;
            if row.opened.is_some() || row.closed.is_some() {
                let day = self.days[place.ix()].get_or_insert_with(StationDay::default);
                (day.opened, day.closed) = (row.opened, row.closed);
                day.reports.opened = row.opened_report.unwrap_or_default();
                day.reports.closed = row.closed_report.unwrap_or_default();
            }
        }
        for row in &turnout.units {
            let Ok(place) = self.station(row.unit.as_str()) else {
                continue;
            };
            for hour in row.hours.iter().filter(|hour| hour.reported > 0) {
                let day = self.days[place.ix()].get_or_insert_with(StationDay::default);
                day.hours.push((hour.hour, hour.came, hour.voted));
                day.reports.hours.push(hour.report.unwrap_or_default());
            }
        }
        Ok(())
    }

    /// Whether `event.json` says what the other files say.
    fn check_event(&self) -> Result<(), PublicationRefusal> {
        let event = &self.event;
        let refuse =
            |field, stated: &dyn core::fmt::Display| Err(contradicts("event.json", field, stated));
        let root = super::unhex(&event.journal.root);
        let id = root.map(|root| super::snapshot_id(event.journal.size, &root));
        if id.as_deref() != Some(event.edition.snapshot.as_str()) {
            return refuse("journal", &event.journal.root);
        }
        if event.edition.invented != self.profile.read.invented {
            return refuse("invented", &event.edition.invented);
        }
        if event.polling_day != self.profile.read.polling_day {
            return refuse("polling_day", &event.polling_day);
        }
        if event.licence != super::LICENCE {
            return refuse("licence", &event.licence);
        }
        match self.law_files() == event.law {
            true => Ok(()),
            false => refuse("law", &event.law.len()),
        }
    }
}

fn contradicts(path: &str, field: &str, stated: &dyn core::fmt::Display) -> PublicationRefusal {
    PublicationRefusal::Contradicts {
        path: path.to_owned(),
        field: field.to_owned(),
        stated: stated.to_string(),
    }
}

/// The texts of law of a folder, read.
struct LawTexts {
    profile: Law<Profile>,
    forms: Vec<Law<Form>>,
    seat_rules: Vec<Law<SeatRule>>,
}

impl LawTexts {
    fn fetch<E: From<PublicationRefusal>>(
        event: &EventFile,
        fetch: Fetch<'_, E>,
    ) -> Result<Self, E> {
        let mut profile = None;
        let (mut forms, mut seat_rules) = (Vec::new(), Vec::new());
        for file in &event.law {
            let path = file.kind.path(&file.code);
            let text = law_text(file, &path, fetch(&path)?)?;
            match file.kind {
                LawKind::Profile => profile = Some(law(&path, text, Profile::from_toml)?),
                LawKind::Form => forms.push(law(&path, text, Form::from_toml)?),
                LawKind::SeatRule => seat_rules.push(law(&path, text, SeatRule::from_toml)?),
            }
        }
        let Some(profile) = profile else {
            return Err(contradicts("event.json", "law", &"no profile").into());
        };
        Ok(Self {
            profile,
            forms,
            seat_rules,
        })
    }
}

fn law_text(file: &LawFile, path: &str, bytes: Vec<u8>) -> Result<LawText, PublicationRefusal> {
    let computed = digest(&bytes);
    if computed != file.digest {
        return Err(PublicationRefusal::LawDigest {
            path: path.to_owned(),
            computed,
            stated: file.digest.clone(),
        });
    }
    let text = String::from_utf8(bytes).map_err(|why| unreadable(path, &why))?;
    Ok(LawText {
        code: file.code.clone(),
        text,
    })
}

fn law<T, R: core::fmt::Display>(
    path: &str,
    text: LawText,
    read: impl FnOnce(&str) -> Result<T, R>,
) -> Result<Law<T>, PublicationRefusal> {
    let read = read(&text.text).map_err(|why| unreadable(path, &why))?;
    Ok(Law { read, text })
}

fn unreadable(path: &str, why: &dyn core::fmt::Display) -> PublicationRefusal {
    PublicationRefusal::Unreadable {
        path: path.to_owned(),
        why: why.to_string(),
    }
}
