//! What has been read: contests, one sheet for each station, and what came a second time. Figures
//! stand one after another in one list, so that a hundred thousand sheets stay small.

use super::refusal::ImportRefusal;
use super::units::Node;
use super::units::Units;
use sanduq_core::contest::Choice;
use sanduq_core::contest::Contest;
use sanduq_core::count::Overflow;
use sanduq_core::count::Registered;
use sanduq_core::count::Votes;
use sanduq_core::geography::Geography;
use sanduq_core::geography::GeographyRefusal;
use sanduq_core::id::ContestCode;
use sanduq_core::id::UnitCode;
use sanduq_count::form::Ballot;
use sanduq_count::form::Finding;
use sanduq_count::form::Form;
use sanduq_count::form::Meaning;
use sanduq_count::form::NoteKind;
use sanduq_count::sheet::Figures;
use sanduq_count::sheet::SheetKey;
use sanduq_table::Place;
use std::collections::BTreeMap;

/// More sheets than any election has: beyond it the file is not what it says, and memory stays
/// bounded whatever its size.
pub const MOST_SHEETS: usize = 500_000;

/// Where a sheet stands in the files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stand {
    /// The file, by its place among [`Batch::files`].
    pub file: u32,
    /// The row.
    pub row: u64,
}

/// A figure in half the room of an optional one; the largest number stands for an empty line, and
/// no figure is as large (see [`super::reading`]).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Kept(u64);

impl Kept {
    fn of(figure: &Option<Votes>) -> Self {
        Self(figure.map_or(u64::MAX, Votes::get))
    }

    fn votes(&self) -> Option<Votes> {
        (self.0 != u64::MAX).then(|| Votes::new(self.0))
    }
}

/// A sheet as it was read.
#[derive(Clone, Copy, Debug)]
pub struct Read {
    /// Its station.
    pub station: Node,
    /// Its contest, by its place.
    pub contest: u32,
    /// Where it stands.
    pub stand: Stand,
    /// Where its figures begin.
    start: usize,
}

/// A second, different sheet of a station.
#[derive(Clone, Debug)]
pub struct Second {
    /// The first sheet, by its place.
    pub first: usize,
    /// What the second says.
    pub figures: Figures,
    /// Where it stands.
    pub stand: Stand,
}

/// A contest that came up, and the sums of all its sheets as they were read.
pub struct Asked {
    /// The unit it is put to.
    pub unit: Node,
    /// The choices in ballot order.
    pub choices: Vec<Choice>,
    /// Votes of each choice on every sheet that was read, whatever becomes of it.
    pub received: Vec<Votes>,
}

/// How often a note could be read.
#[derive(Clone, Copy, Debug, Default)]
pub struct Noted {
    /// It could.
    pub read: u64,
    /// Nothing stood there.
    pub empty: u64,
    /// It could not, or has two meanings.
    pub doubtful: u64,
}

/// A row of totals that says something else than the rows above it.
#[derive(Clone, Debug)]
pub struct Misstated {
    /// Where.
    pub place: Place,
    /// What it says.
    pub stated: Votes,
    /// What the rows above it add up to.
    pub computed: Votes,
}

/// Everything that has been read.
pub struct Batch {
    /// The source of the form that all files fit.
    pub source: Option<usize>,
    /// The files, by name.
    pub files: Vec<String>,
    /// Names in the folders that are no tables' and were not read.
    pub passed_over: Vec<String>,
    /// The units.
    pub units: Units,
    /// The contests.
    pub contests: Vec<Asked>,
    /// The first sheet of each station.
    pub sheets: Vec<Read>,
    /// Findings about how a sheet came, by its place.
    pub noted: BTreeMap<usize, Vec<Finding>>,
    /// Sheets that came again, unchanged: the first sheet and where it stands again.
    pub repeated: Vec<(usize, Stand)>,
    /// Sheets that came again, changed.
    pub conflicts: Vec<Second>,
    /// Sums of each field over every sheet that was read, whatever becomes of it.
    pub received: Vec<Votes>,
    /// What notes said, by their place in the source.
    pub notes: Vec<(String, NoteKind, Noted)>,
    /// Rows of totals that were compared, and those that differ.
    pub total_rows: (u64, Vec<Misstated>),
    /// The sum of all fields of all sheets, and that of all choices: where these are not too large,
    /// no sum of some of them is.
    all: [Votes; 2],
    fields: usize,
    registered: Vec<usize>,
    figures: Vec<Kept>,
    /// The sheet of each unit, by the unit's place.
    sheet_of: Vec<Option<usize>>,
}

impl Batch {
    /// Nothing read yet.
    pub fn new(form: &Form, ballot: &Ballot) -> Self {
        let registered = form.fields.iter().enumerate();
        let registered = registered.filter(|(_, field)| field.meaning == Meaning::Registered);
        Self {
            source: None,
            files: Vec::new(),
            passed_over: Vec::new(),
            units: Units::new(ballot),
            contests: Vec::new(),
            sheets: Vec::new(),
            noted: BTreeMap::new(),
            repeated: Vec::new(),
            conflicts: Vec::new(),
            received: vec![Votes::ZERO; form.fields.len()],
            notes: Vec::new(),
            total_rows: (0, Vec::new()),
            all: [Votes::ZERO; 2],
            fields: form.fields.len(),
            registered: registered.map(|(at, _)| at).collect(),
            figures: Vec::new(),
            sheet_of: Vec::new(),
        }
    }

    /// The lines of a sheet: fields, then choices.
    fn lines(&self, sheet: &Read) -> &[Kept] {
        let choices = self.contests[sheet.contest as usize].choices.len();
        &self.figures[sheet.start..sheet.start + self.fields + choices]
    }

    /// The figures of a sheet as the rules take them.
    pub fn figures(&self, sheet: &Read) -> Figures {
        let (fields, choices) = self.lines(sheet).split_at(self.fields);
        Figures {
            fields: fields.iter().map(Kept::votes).collect(),
            choices: choices.iter().map(Kept::votes).collect(),
        }
    }

    /// Rows that were sheets, those that came again included.
    pub fn rows(&self) -> usize {
        self.sheets.len() + self.repeated.len() + self.conflicts.len()
    }

    /// The place of a row, for a refusal.
    pub fn place(&self, stand: Stand) -> Place {
        Place {
            file: self.files[stand.file as usize].clone(),
            row: Some(stand.row),
            ..Place::default()
        }
    }

    /// Takes a sheet; `lines` are its fields, then its choices.
    pub fn take(
        &mut self,
        station: Node,
        contest: u32,
        lines: &[Option<Votes>],
        (stand, noted): (Stand, Vec<Finding>),
    ) -> Result<(), ImportRefusal> {
        self.add_up(contest, lines).map_err(|why| {
            ImportRefusal::at(self.place(stand), "import.overflow", why.to_string())
        })?;
        if self.sheet_of.len() < self.units.len() {
            self.sheet_of.resize(self.units.len(), None);
        }
        if let Some(first) = self.sheet_of[station.ix()] {
            let known = self.lines(&self.sheets[first]);
            if known.iter().map(Kept::votes).eq(lines.iter().copied()) {
                self.repeated.push((first, stand));
            } else {
                let (fields, choices) = lines.split_at(self.fields);
                self.conflicts.push(Second {
                    first,
                    figures: Figures {
                        fields: fields.to_vec(),
                        choices: choices.to_vec(),
                    },
                    stand,
                });
            }
            return Ok(());
        }
        let sheet = Read {
            station,
            contest,
            stand,
            start: self.figures.len(),
        };
        self.figures.extend(lines.iter().map(Kept::of));
        self.sheet_of[station.ix()] = Some(self.sheets.len());
        if !noted.is_empty() {
            self.noted.insert(self.sheets.len(), noted);
        }
        self.register(station, lines);
        self.sheets.push(sheet);
        Ok(())
    }

    /// Refuses more sheets than any election has.
    pub fn bounded(&self, place: impl FnOnce() -> Place) -> Result<(), ImportRefusal> {
        if self.sheets.len() < MOST_SHEETS {
            return Ok(());
        }
        let why = format!("more than {MOST_SHEETS} sheets; no election has as many stations");
        Err(ImportRefusal::at(place(), "import.too_many_sheets", why))
    }

    fn add_up(&mut self, contest: u32, lines: &[Option<Votes>]) -> Result<(), Overflow> {
        let (fields, choices) = lines.split_at(self.fields);
        for (sum, lines) in self.all.iter_mut().zip([fields, choices]) {
            for votes in lines.iter().flatten() {
                *sum = sum.plus(*votes)?;
            }
        }
        let contest = &mut self.contests[contest as usize].received;
        let sums = self.received.iter_mut().chain(contest);
        for (sum, votes) in sums.zip(lines) {
            if let Some(votes) = votes {
                *sum = sum.plus(*votes)?;
            }
        }
        Ok(())
    }

    /// The persons on the list of a station, as its sheet says.
    fn register(&mut self, station: Node, lines: &[Option<Votes>]) {
        let counts = self.registered.iter().map(|at| lines[*at]);
        let counts = counts.map(|votes| votes.map(|votes| Registered::new(votes.get())));
        let counts: Option<Vec<Registered>> = counts.collect();
        let counts = counts.filter(|counts| !counts.is_empty());
        if let Some(Ok(sum)) = counts.map(Registered::sum) {
            self.units.register(station, sum);
        }
    }

    /// The sheets by contest and station, in the order of their codes: the order in which they come
    /// into the journal, whatever that of the files. It is also the order of the store's own keys,
    /// in which a database writes them fastest.
    pub fn in_order(&self, geography: &Geography) -> Vec<usize> {
        // The units of the geography are those of the batch, in their order.
        let sheets = geography.by_code().map(|unit| self.sheet_of.get(unit.ix()));
        let mut order: Vec<usize> = sheets.filter_map(|sheet| *sheet?).collect();
        order.sort_by_key(|nth| self.sheets[*nth].contest);
        order
    }

    /// The key of a sheet in the store.
    pub fn key(&self, contests: &[Contest], sheet: &Read) -> SheetKey {
        SheetKey {
            contest: contests[sheet.contest as usize].code.clone(),
            station: self.units.code(sheet.station).clone(),
        }
    }

    /// The geography of all units.
    pub fn geography(&self, form: &Form, ballot: &Ballot) -> Result<Geography, ImportRefusal> {
        let source = self.source.expect("a file without a sheet is refused");
        let tree = self.units.geography(ballot, &form.sources[source]);
        tree.map_err(|refusal| match &refusal {
            GeographyRefusal::DuplicateUnit(code) => self.same_code(code).unwrap_or(refusal.into()),
            _ => refusal.into(),
        })
    }

    /// Two units whose codes, joined from the nation down, are one: `1` above `2-3` and `1-2` above
    /// `3`.
    fn same_code(&self, code: &UnitCode) -> Option<ImportRefusal> {
        let mut places = self.units.of_code(code).filter_map(|unit| {
            // A unit comes up with the first station that is no older than itself.
            let sheets = &self.sheets;
            let sheet = sheets.get(sheets.partition_point(|sheet| sheet.station < unit))?;
            Some(self.place(sheet.stand))
        });
        let (first, second) = (places.next()?, places.next()?);
        let why = format!(
            "the codes from the nation down make `{code}`, and so do those of {first}, which are \
             others; write the codes of one of the two without a dash"
        );
        Some(ImportRefusal::at(second, "import.unit_collision", why))
    }

    /// The contests as they are adopted.
    pub fn contests(&self, ballot: &Ballot) -> Result<Vec<Contest>, ImportRefusal> {
        let contest = |asked: &Asked| {
            let unit = self.units.code(asked.unit);
            let (code, names) = match &ballot.level {
                None => (Ok(ballot.code.clone()), ballot.names.clone()),
                Some(_) => {
                    let code = ContestCode::new(&format!("{}-{unit}", ballot.code));
                    (code, beside(&ballot.names, self.units.names(asked.unit)))
                }
            };
            let code =
                code.map_err(|why| ImportRefusal::Whole("import.contest_code", why.to_string()))?;
            Ok(Contest {
                code,
                unit: unit.clone(),
                names,
                seats: ballot.seats,
                max_choices: ballot.max_choices,
                exact_choice: ballot.exact_choice,
                seat_rule: ballot.seat_rule.clone(),
                choices: asked.choices.clone(),
            })
        };
        self.contests.iter().map(contest).collect()
    }
}

/// The title of a contest beside the name of its unit, in the languages that the title has.
fn beside(
    title: &sanduq_core::names::Names,
    unit: &sanduq_core::names::Names,
) -> sanduq_core::names::Names {
    use sanduq_core::names::Locale;
    let joined = |title: &str, locale| match title {
        "" => String::new(),
        title => format!("{title} · {}", unit.in_locale(locale)),
    };
    sanduq_core::names::Names {
        ar: joined(&title.ar, Locale::Ar),
        fa: joined(&title.fa, Locale::Fa),
        fr: joined(&title.fr, Locale::Fr),
        en: joined(&title.en, Locale::En),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_sheets_than_any_election_has_are_refused_with_their_place() {
        let form = Form::from_toml(
            "code = \"x\"\nnames = { en = \"X\" }\n\
             field = [{ code = \"a\", names = { en = \"A\" }, meaning = \"valid\" }]\n\
             [contest]\ncode = \"c\"\nnames = { en = \"C\" }\nmax_choices = 1\n\
             nation = { code = \"n\", names = { en = \"N\" } }",
        )
        .unwrap();
        let mut batch = Batch::new(&form, &form.contest.clone().unwrap());
        let sheet = Read {
            station: Node::NATION,
            contest: 0,
            stand: Stand { file: 0, row: 2 },
            start: 0,
        };
        let place = || Place {
            file: "large.csv".to_owned(),
            row: Some(500_002),
            ..Place::default()
        };
        batch.sheets = vec![sheet; MOST_SHEETS - 1];
        assert!(batch.bounded(place).is_ok());
        batch.sheets.push(sheet);
        let refusal = batch.bounded(place).unwrap_err().to_string();
        assert!(
            refusal.starts_with("large.csv, row 500002: more than 500000"),
            "{refusal}"
        );
    }
}
