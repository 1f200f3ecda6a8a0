//! The event before this one, from its published folder, to compare results with. Always true here:
//! only a contest that was released and whose every sheet is counted is compared, a station's list
//! only where every station reported; what the event before does not have is not guessed.

use crate::view::View;
use sanduq_core::contest::Contest;
use sanduq_core::count::Came;
use sanduq_core::count::Registered;
use sanduq_core::geography::UnitIx;
use sanduq_core::id::ChoiceCode;
use sanduq_core::id::ContestCode;
use sanduq_core::id::UnitCode;
use sanduq_core::names::Names;
use sanduq_count::form::Meaning;
use sanduq_count::publication::Edition;
use sanduq_count::publication::Fetch;
use sanduq_count::publication::PublicContest;
use sanduq_count::publication::PublicationRefusal;
use sanduq_count::publication::TotalsFile;
use sanduq_count::publication::TotalsRow;
use sanduq_count::publication::read_file;
use sanduq_count::publication::totals_path;
use sanduq_operations::expectation::Expected;
use sanduq_operations::expectation::expected;
use std::collections::BTreeMap;

/// A part of a whole, then or now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// The part: who voted, the votes of a choice.
    pub part: u64,
    /// The whole: the registered, the valid votes.
    pub whole: u64,
}

/// The figures of a contest in a unit.
struct Result {
    valid: u64,
    choices: BTreeMap<ChoiceCode, u64>,
}

/// The event before this one.
pub struct Previous {
    /// Its title.
    pub names: Names,
    turnout: BTreeMap<UnitCode, Part>,
    nation: UnitCode,
    came: BTreeMap<UnitCode, Came24>,
    results: BTreeMap<ContestCode, BTreeMap<UnitCode, Result>>,
}

impl Previous {
    /// The event of a published folder.
    ///
    /// # Errors
    /// [`PublicationRefusal`] naming the file that is not canonical, belongs to another snapshot or
    /// contradicts another; what `fetch` refuses.
    pub fn read<E: From<PublicationRefusal>>(fetch: Fetch<'_, E>) -> core::result::Result<Self, E> {
        let edition = Edition::read(fetch)?;
        let mut results = BTreeMap::new();
        for entry in &edition.contests {
            let code = &entry.contest.code;
            let path = totals_path(code);
            let file: TotalsFile = read_file(&path, &fetch(&path)?)?;
            let stated = match () {
                () if file.edition != edition.event.edition => {
                    Some(("edition", file.edition.snapshot))
                }
                () if file.contest != *code => Some(("contest", file.contest.to_string())),
                () if file.released != entry.released => {
                    Some(("released", file.released.to_string()))
                }
                () => None,
            };
            if let Some((field, stated)) = stated {
                let field = field.to_owned();
                let contradicts = PublicationRefusal::Contradicts {
                    path,
                    field,
                    stated,
                };
                return Err(contradicts.into());
            }
            let rows = file.totals.iter();
            let rows =
                rows.filter_map(|row| Some((row.unit.clone(), result(&edition, entry, row)?)));
            results.insert(code.clone(), rows.collect());
        }
        Ok(Self {
            turnout: turnout(&edition),
            nation: edition.geography.nation().code.clone(),
            came: came(&edition),
            names: edition.event.names,
            results,
        })
    }

    /// The turnout of a unit then.
    #[must_use]
    pub fn turnout(&self, unit: &UnitCode) -> Option<Part> {
        self.turnout.get(unit).copied()
    }

    /// Who was to be expected to have come to a unit by an hour: by the figures of the same unit
    /// then, or, where it was not there or not every station of it told its hours, by those of the
    /// nation; none where those are not whole either.
    #[must_use]
    pub fn expected(&self, unit: &UnitCode, hour: u8, now: Registered) -> Option<Expected> {
        let of = |unit| {
            let came = self.came.get(unit)?.get(usize::from(hour))?;
            let registered = Registered::new(self.turnout.get(unit)?.whole);
            expected(Came::new(*came), registered, now)
        };
        of(unit).or_else(|| of(&self.nation))
    }

    /// The share of a choice in a unit then; none when the unit, the contest or the choice was not
    /// there.
    #[must_use]
    pub fn share(
        &self,
        contest: &ContestCode,
        unit: &UnitCode,
        choice: &ChoiceCode,
    ) -> Option<Part> {
        let result = self.results.get(contest)?.get(unit)?;
        let part = *result.choices.get(choice)?;
        let whole = result.valid;
        Some(Part { part, whole })
    }
}

/// The figures of a unit, once every sheet of it is counted.
fn result(edition: &Edition, entry: &PublicContest, row: &TotalsRow) -> Option<Result> {
    let mut forms = edition.forms.iter().map(|form| &form.read);
    let form = forms.find(|form| form.code == entry.form)?;
    let valid = &form.fields.get(form.meaning(Meaning::Valid)?)?.code;
    let fields = row
        .fields
        .as_ref()
        .filter(|_| row.counted == row.stations)?;
    let choices = row.choices.as_ref()?.0.iter();
    Some(Result {
        valid: fields.get(valid)?.get(),
        choices: choices
            .map(|(code, votes)| (code.clone(), votes.get()))
            .collect(),
    })
}

/// Who had come by each full hour of the day.
type Came24 = Box<[u64; 25]>;

/// Who had come by each hour, for every unit whose stations have all closed and reported.
fn came(edition: &Edition) -> BTreeMap<UnitCode, Came24> {
    let geography = &edition.geography;
    let none = || Some(Box::new([0; 25]));
    let mut sums: Vec<Option<Came24>> = geography.units().iter().map(|_| none()).collect();
    for ix in geography.stations() {
        let day = edition.days[ix.ix()].as_ref();
        let day = day.filter(|day| day.closed.is_some() && !day.hours.is_empty());
        sums[ix.ix()] = day.map(|day| {
            let until = |hour: usize| {
                let told = day.hours.iter().rev();
                let mut told = told.skip_while(|(own, ..)| usize::from(*own) > hour);
                told.next().map_or(0, |(_, came, _)| came.get())
            };
            Box::new(core::array::from_fn(until))
        });
    }
    for ix in geography.places().rev() {
        if let Some(above) = geography.parent(ix) {
            let below = sums[ix.ix()].clone();
            let sum = &mut sums[above.ix()];
            *sum = sum.take().zip(below).map(|(mut sum, below)| {
                for (sum, below) in sum.iter_mut().zip(*below) {
                    *sum += below;
                }
                sum
            });
        }
    }
    let units = geography.units().iter().zip(sums);
    units
        .filter_map(|(unit, sum)| Some((unit.code.clone(), sum?)))
        .collect()
}

/// Who voted of the registered, for every unit whose stations have all closed and reported.
fn turnout(edition: &Edition) -> BTreeMap<UnitCode, Part> {
    let geography = &edition.geography;
    let mut sums: Vec<Option<Part>> =
        vec![Some(Part { part: 0, whole: 0 }); geography.units().len()];
    for ix in geography.stations() {
        let day = edition.days[ix.ix()]
            .as_ref()
            .filter(|day| day.closed.is_some());
        let last = day.and_then(|day| day.hours.last());
        let registered = geography.unit(ix).registered;
        sums[ix.ix()] = last
            .zip(registered)
            .map(|((_, _, voted), registered)| Part {
                part: voted.get(),
                whole: registered.get(),
            });
    }
    for ix in geography.places().rev() {
        if let Some(above) = geography.parent(ix) {
            let below = sums[ix.ix()];
            let sum = &mut sums[above.ix()];
            *sum = sum.zip(below).map(|(a, b)| Part {
                part: a.part + b.part,
                whole: a.whole + b.whole,
            });
        }
    }
    let units = geography.units().iter().zip(sums);
    units
        .filter_map(|(unit, sum)| Some((unit.code.clone(), sum?)))
        .collect()
}

impl View {
    /// The turnout of a unit now and then; none while a station of it is open.
    #[must_use]
    pub fn turnout_then(&self, ix: UnitIx) -> Option<(Part, Option<Part>)> {
        let previous = self.previous.as_ref()?;
        let sums = self.sums(ix);
        let now = Part {
            part: sums.day.voted,
            whole: sums.registered,
        };
        let unit = &self.snapshot.geography.unit(ix).code;
        let closed = sums.day.closed == sums.day.stations;
        closed.then(|| (now, previous.turnout(unit)))
    }

    /// The share of each choice of a contest in a unit then; none before every sheet of it is
    /// counted now.
    #[must_use]
    pub fn shares_then(&self, contest: &Contest, ix: UnitIx) -> Option<Vec<Option<Part>>> {
        let previous = self.previous.as_ref()?;
        let totals = self.totals(contest, ix)?;
        let unit = &self.snapshot.geography.unit(ix).code;
        let then = |code| previous.share(&contest.code, unit, code);
        let complete = totals.counted == totals.stations;
        complete.then(|| {
            contest
                .choices
                .iter()
                .map(|choice| then(&choice.code))
                .collect()
        })
    }
}
