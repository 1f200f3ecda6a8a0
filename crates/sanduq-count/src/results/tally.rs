//! The tally of one contest: for every unit, from the contest's own down to the station, the sums
//! of the sheets that count. It is made from all sheets at once, or kept up sheet by sheet as they
//! are accepted and withdrawn; both ways give the same figures, to the last one.
//!
//! Always true here: every unit's figures are the sum of those directly below it. A refused sheet
//! leaves the tally as it was.

use super::ResultRefusal;
use super::Totals;
use crate::form::Form;
use crate::sheet::Figures;
use crate::sheet::Sheet;
use sanduq_core::contest::Contest;
use sanduq_core::count::Votes;
use sanduq_core::geography::Geography;
use sanduq_core::geography::UnitIx;
use sanduq_core::id::ContestCode;
use sanduq_core::id::UnitCode;

/// How much of a unit is in the figures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// Stations below the unit that owe a sheet.
    pub stations: u64,
    /// Accepted sheets among them.
    pub counted: u64,
}

/// The figures of every unit of one contest. Candidates' figures come out of it only through
/// [`Tally::show`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    contest: ContestCode,
    fields: usize,
    /// Columns of `sums`: fields, then choices.
    width: usize,
    /// The row of each unit of the geography; none outside the contest.
    rows: Vec<Option<u32>>,
    /// The unit of each row, parents before children.
    units: Vec<UnitIx>,
    coverage: Vec<Coverage>,
    sums: Vec<Votes>,
}

/// The tally of a contest from all its sheets. Those of other contests are passed over.
///
/// # Errors
/// [`ResultRefusal`]: a sheet that cannot count, a sum that does not fit.
pub fn tally<'s>(
    geography: &Geography,
    form: &Form,
    contest: &Contest,
    sheets: impl IntoIterator<Item = &'s Sheet>,
) -> Result<Tally, ResultRefusal> {
    let mut tally = Tally::empty(geography, form, contest)?;
    for sheet in sheets {
        if sheet.key.contest != contest.code {
            continue;
        }
        if let Some(figures) = sheet.state.counted() {
            let station = tally.station(geography, &sheet.key.station)?;
            tally.lay(geography, station, (&figures.fields, &figures.choices))?;
        }
    }
    tally.add_up(geography)?;
    Ok(tally)
}

impl Tally {
    /// The tally of a contest of which no sheet counts yet.
    ///
    /// # Errors
    /// [`ResultRefusal::UnknownUnit`].
    pub fn empty(
        geography: &Geography,
        form: &Form,
        contest: &Contest,
    ) -> Result<Self, ResultRefusal> {
        let unknown = || ResultRefusal::UnknownUnit(contest.unit.clone());
        let top = geography.find(&contest.unit).ok_or_else(unknown)?;
        let mut rows: Vec<Option<u32>> = vec![None; geography.units().len()];
        let mut units = Vec::new();
        for at in geography.places() {
            let above = geography
                .parent(at)
                .is_some_and(|up| rows[up.ix()].is_some());
            if above || at == top {
                rows[at.ix()] = u32::try_from(units.len()).ok();
                units.push(at);
            }
        }
        let width = form.fields.len() + contest.choices.len();
        let mut tally = Self {
            contest: contest.code.clone(),
            fields: form.fields.len(),
            width,
            sums: vec![Votes::ZERO; width * units.len()],
            coverage: vec![Coverage::default(); units.len()],
            rows,
            units,
        };
        let level = geography.station_level();
        for row in (0..tally.units.len()).rev() {
            if geography.unit(tally.units[row]).level == level {
                tally.coverage[row].stations = 1;
            }
            if let Some(above) = tally.above(geography, row) {
                tally.coverage[above].stations += tally.coverage[row].stations;
            }
        }
        Ok(tally)
    }

    /// The contest.
    #[must_use]
    pub const fn contest(&self) -> &ContestCode {
        &self.contest
    }

    /// The units of the contest, its own first, parents before children.
    #[must_use]
    pub fn units(&self) -> &[UnitIx] {
        &self.units
    }

    /// How much of a unit is in the figures; none for a unit outside the contest.
    #[must_use]
    pub fn coverage(&self, unit: UnitIx) -> Option<Coverage> {
        self.row(unit).map(|row| self.coverage[row])
    }

    /// Keeps the tally up with one change of a sheet: what counted before leaves, what counts now
    /// comes in.
    ///
    /// # Errors
    /// [`ResultRefusal`]; the tally is as it was then.
    pub fn apply(
        &mut self,
        geography: &Geography,
        before: Option<&Sheet>,
        after: &Sheet,
    ) -> Result<(), ResultRefusal> {
        let out = before.and_then(|sheet| sheet.state.counted());
        let new = after.state.counted();
        if out == new {
            return Ok(());
        }
        let station = self.station(geography, &after.key.station)?;
        if let Some(figures) = out {
            self.withdraw(geography, station, figures)?;
        }
        let Some(figures) = new else { return Ok(()) };
        let counted = self.count(geography, station, figures);
        if let (Err(_), Some(figures)) = (&counted, out) {
            self.count(geography, station, figures)
                .expect("figures that have just left fit in again");
        }
        counted
    }

    /// Counts a sheet in its station and in every unit above it.
    fn count(
        &mut self,
        geography: &Geography,
        station: usize,
        figures: &Figures,
    ) -> Result<(), ResultRefusal> {
        // The first row has the largest sums: when they fit, all do, and nothing stops half-way.
        for (sum, votes) in self.sums[..self.width].iter().zip(columns(figures)) {
            sum.plus(votes)?;
        }
        self.lay(geography, station, (&figures.fields, &figures.choices))?;
        // Parents stand before their children, so that the station's row is below all of them.
        let (upper, own) = self.sums.split_at_mut(station * self.width);
        let mut row = station;
        while let Some(above) = above(geography, &self.rows, self.units[row]) {
            self.coverage[above].counted += 1;
            let sums = &mut upper[above * self.width..(above + 1) * self.width];
            for (sum, votes) in sums.iter_mut().zip(&own[..self.width]) {
                *sum = sum.plus(*votes)?;
            }
            row = above;
        }
        Ok(())
    }

    /// Takes a sheet out of its station and of every unit above it.
    fn withdraw(
        &mut self,
        geography: &Geography,
        station: usize,
        figures: &Figures,
    ) -> Result<(), ResultRefusal> {
        let own = &self.sums[station * self.width..(station + 1) * self.width];
        if self.coverage[station].counted != 1 || !columns(figures).eq(own.iter().copied()) {
            let unit = geography.unit(self.units[station]);
            return Err(ResultRefusal::NotCounted(unit.code.clone()));
        }
        let mut row = station;
        loop {
            self.coverage[row].counted -= 1;
            let sums = &mut self.sums[row * self.width..(row + 1) * self.width];
            for (sum, votes) in sums.iter_mut().zip(columns(figures)) {
                let less = sum.get().checked_sub(votes.get());
                *sum = Votes::new(less.expect("a sum holds what was added to it"));
            }
            match self.above(geography, row) {
                Some(above) => row = above,
                None => return Ok(()),
            }
        }
    }

    /// Lays the figures of a sheet into its station's row; the units above are not touched.
    ///
    /// # Errors
    /// [`ResultRefusal::CountedTwice`] or [`ResultRefusal::WrongLines`].
    fn lay(
        &mut self,
        geography: &Geography,
        row: usize,
        (fields, choices): (&[Option<Votes>], &[Option<Votes>]),
    ) -> Result<(), ResultRefusal> {
        let code = || geography.unit(self.units[row]).code.clone();
        if self.coverage[row].counted > 0 {
            return Err(ResultRefusal::CountedTwice(code()));
        }
        if fields.len() != self.fields || fields.len() + choices.len() != self.width {
            return Err(ResultRefusal::WrongLines(code()));
        }
        self.coverage[row].counted = 1;
        let sums = &mut self.sums[row * self.width..(row + 1) * self.width];
        for (sum, votes) in sums.iter_mut().zip(fields.iter().chain(choices)) {
            *sum = votes.unwrap_or(Votes::ZERO);
        }
        Ok(())
    }

    /// Adds every row to the one above it, from the stations up.
    fn add_up(&mut self, geography: &Geography) -> Result<(), ResultRefusal> {
        for row in (1..self.units.len()).rev() {
            let Some(above) = self.above(geography, row) else {
                continue;
            };
            self.coverage[above].counted += self.coverage[row].counted;
            let (upper, lower) = self.sums.split_at_mut(row * self.width);
            let sums = &mut upper[above * self.width..(above + 1) * self.width];
            for (sum, votes) in sums.iter_mut().zip(&lower[..self.width]) {
                *sum = sum.plus(*votes)?;
            }
        }
        Ok(())
    }

    /// Compares every unit's figures with the sum of those directly below it (INV-24).
    ///
    /// # Errors
    /// [`ResultRefusal::SumDiffers`] naming the first unit in order.
    pub fn check_sums(&self, geography: &Geography) -> Result<(), ResultRefusal> {
        for (row, unit) in self.units.iter().enumerate() {
            let below = geography.children(*unit);
            if below.is_empty() {
                continue;
            }
            let mut coverage = Coverage::default();
            let mut sums = vec![Votes::ZERO; self.width];
            for child in below.iter().filter_map(|child| self.row(*child)) {
                coverage.stations += self.coverage[child].stations;
                coverage.counted += self.coverage[child].counted;
                let votes = &self.sums[child * self.width..(child + 1) * self.width];
                for (sum, votes) in sums.iter_mut().zip(votes) {
                    *sum = sum.plus(*votes)?;
                }
            }
            let own = &self.sums[row * self.width..(row + 1) * self.width];
            if coverage != self.coverage[row] || sums != own {
                let code = geography.unit(*unit).code.clone();
                return Err(ResultRefusal::SumDiffers(code));
            }
        }
        Ok(())
    }

    /// The figures of a unit; only [`super::Released`] hands them on.
    pub(super) fn totals(&self, unit: UnitIx) -> Option<Totals> {
        let row = self.row(unit)?;
        let sums = &self.sums[row * self.width..(row + 1) * self.width];
        Some(Totals {
            stations: self.coverage[row].stations,
            counted: self.coverage[row].counted,
            fields: sums[..self.fields].to_vec(),
            choices: sums[self.fields..].to_vec(),
        })
    }

    fn row(&self, unit: UnitIx) -> Option<usize> {
        row_of(&self.rows, unit)
    }

    fn above(&self, geography: &Geography, row: usize) -> Option<usize> {
        above(geography, &self.rows, self.units[row])
    }

    fn station(&self, geography: &Geography, code: &UnitCode) -> Result<usize, ResultRefusal> {
        let level = geography.station_level();
        let unit = geography
            .find(code)
            .filter(|at| geography.unit(*at).level == level);
        let row = unit.and_then(|unit| self.row(unit));
        row.ok_or_else(|| ResultRefusal::UnknownStation(code.clone()))
    }
}

fn row_of(rows: &[Option<u32>], unit: UnitIx) -> Option<usize> {
    rows[unit.ix()].and_then(|row| usize::try_from(row).ok())
}

/// The row of the unit above one; none for the contest's own.
fn above(geography: &Geography, rows: &[Option<u32>], unit: UnitIx) -> Option<usize> {
    row_of(rows, geography.parent(unit)?)
}

/// The figures of a sheet as the tally adds them: an empty line adds nothing.
fn columns(figures: &Figures) -> impl Iterator<Item = Votes> + '_ {
    let lines = figures.fields.iter().chain(&figures.choices);
    lines.map(|votes| votes.unwrap_or(Votes::ZERO))
}

#[cfg(test)]
mod tests;
