//! The tree of units from the nation down to the station. Levels are data: one country has
//! provinces and counties, another constituencies and delegations. Parents stand before their
//! children, so that one pass in order goes down and one pass in reverse adds up.

use crate::count::Registered;
use crate::id::UnitCode;
use crate::names::Names;
use crate::outline;
use crate::outline::OutlineFault;
use crate::outline::Ring;
use crate::refusal::Refusal;
use serde::Deserialize;
use serde::Serialize;
use std::collections::BTreeMap;

/// One level of the tree, the nation first and the station last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Level {
    /// The word for a unit of this level in code and files (`province`, `station`).
    pub code: String,
    /// The word people read.
    pub names: Names,
}

/// The place of a unit in its [`Geography`]; parents have smaller ones than their children.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnitIx(u32);

impl UnitIx {
    /// The index into [`Geography::units`].
    #[must_use]
    pub const fn ix(self) -> usize {
        self.0 as usize
    }
}

/// A nation, province, constituency, centre, station: one node of the tree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unit {
    /// The code, unique in the event.
    pub code: UnitCode,
    /// The unit above; none for the nation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent: Option<UnitCode>,
    /// The index of its level, 0 for the nation.
    pub level: u8,
    /// What people call it.
    pub names: Names,
    /// Persons on its list; for stations only, the others are sums.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub registered: Option<Registered>,
    /// Degrees north and east in millionths (WGS 84), for stations with a known place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<(i32, i32)>,
    /// The closed rings of its border ([`crate::outline`]), for units above the stations; empty
    /// where nobody drew it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub outline: Vec<Ring>,
}

/// Why a list of units is not a geography.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GeographyRefusal {
    /// Two units have one code.
    DuplicateUnit(UnitCode),
    /// A unit's parent does not stand before it.
    UnknownParent(UnitCode),
    /// A unit's level is not the one below its parent's, or no such level exists.
    WrongLevel(UnitCode),
    /// There is no nation, or more than one.
    NotOneNation,
    /// More than 2^32 units.
    TooMany,
    /// The rings of a unit are no outline: the ring and the point, counted from 0, and why.
    Outline(UnitCode, usize, usize, OutlineFault),
    /// Two outlines are of one unit.
    OutlineTwice(UnitCode),
    /// An outline is of a unit that is not there.
    OutlineUnknown(UnitCode),
    /// A station has a place, and no outline.
    OutlineOfStation(UnitCode),
    /// Two units of one level have one border.
    OutlineShared(UnitCode, UnitCode),
    /// The outlines have more points together than [`outline::MAX_POINTS`].
    OutlineTooLong(usize),
}

impl Refusal for GeographyRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::DuplicateUnit(_) => "geography.duplicate_unit",
            Self::UnknownParent(_) => "geography.unknown_parent",
            Self::WrongLevel(_) => "geography.wrong_level",
            Self::NotOneNation => "geography.not_one_nation",
            Self::TooMany => "geography.too_many_units",
            Self::Outline(.., fault) => fault.code(),
            Self::OutlineTwice(_) => "outline.unit_twice",
            Self::OutlineUnknown(_) => "outline.unknown_unit",
            Self::OutlineOfStation(_) => "outline.of_station",
            Self::OutlineShared(..) => "outline.shared",
            Self::OutlineTooLong(_) => "outline.too_long",
        }
    }
}

impl core::fmt::Display for GeographyRefusal {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::DuplicateUnit(code) => write!(f, "two units have the code {code}"),
            Self::UnknownParent(code) => {
                write!(f, "the unit above {code} does not stand before it")
            }
            Self::WrongLevel(code) => write!(f, "{code} does not stand one level below its parent"),
            Self::NotOneNation => f.write_str("there must be exactly one nation"),
            Self::TooMany => f.write_str("there are more than 2^32 units"),
            Self::Outline(code, ring, point, fault) => {
                let (ring, point) = (ring + 1, point + 1);
                write!(
                    f,
                    "the outline of {code}, ring {ring}, point {point}: {fault}"
                )
            }
            Self::OutlineTwice(code) => {
                write!(f, "{code} has two outlines; join their rings in one")
            }
            Self::OutlineUnknown(code) => write!(
                f,
                "there is an outline of {code}, which is no unit; correct its code, or take it out"
            ),
            Self::OutlineOfStation(code) => {
                write!(f, "{code} is a station, which has a place and no outline")
            }
            Self::OutlineShared(code, other) => {
                write!(
                    f,
                    "{code} and {other} have one border; one of them has the wrong code"
                )
            }
            Self::OutlineTooLong(points) => write!(
                f,
                "the outlines have {points} points, more than {}; simplify them",
                outline::MAX_POINTS
            ),
        }
    }
}

impl core::error::Error for GeographyRefusal {}

/// A checked tree of units.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Geography {
    levels: Vec<Level>,
    units: Vec<Unit>,
    parents: Vec<Option<UnitIx>>,
    children: Vec<Vec<UnitIx>>,
    by_code: BTreeMap<UnitCode, UnitIx>,
}

impl Geography {
    /// The tree of `units`, parents before children, once it is checked.
    ///
    /// # Errors
    /// The first [`GeographyRefusal`] in the order of the list.
    pub fn new(levels: Vec<Level>, units: Vec<Unit>) -> Result<Self, GeographyRefusal> {
        if units.is_empty() {
            return Err(GeographyRefusal::NotOneNation);
        }
        let count = u32::try_from(units.len()).map_err(|_| GeographyRefusal::TooMany)?;
        let mut tree = Self {
            levels,
            by_code: first_of_each(&units, count),
            parents: Vec::with_capacity(units.len()),
            children: vec![Vec::new(); units.len()],
            units,
        };
        for at in 0..count {
            tree.join(UnitIx(at))?;
        }
        Ok(tree)
    }

    /// The same tree, its units with these outlines.
    ///
    /// # Errors
    /// [`GeographyRefusal`] naming the unit that is not there, has two, or as
    /// [`Self::check_outlines`].
    pub fn with_outlines(
        mut self,
        outlines: Vec<(UnitCode, Vec<Ring>)>,
    ) -> Result<Self, GeographyRefusal> {
        for (code, rings) in outlines {
            let Some(at) = self.find(&code) else {
                return Err(GeographyRefusal::OutlineUnknown(code));
            };
            let outline = &mut self.units[at.ix()].outline;
            if !outline.is_empty() {
                return Err(GeographyRefusal::OutlineTwice(code));
            }
            *outline = rings;
        }
        self.check_outlines()?;
        Ok(self)
    }

    /// Whether every outline is one: asked when a geography is adopted and when a stranger reads
    /// one, not whenever a page is made.
    ///
    /// # Errors
    /// The first [`GeographyRefusal`] in the order of the list.
    pub fn check_outlines(&self) -> Result<(), GeographyRefusal> {
        let mut points = 0_usize;
        let mut known: BTreeMap<(u8, &Ring), &UnitCode> = BTreeMap::new();
        for unit in self.units.iter().filter(|unit| !unit.outline.is_empty()) {
            let code = || unit.code.clone();
            if unit.level == self.station_level() {
                return Err(GeographyRefusal::OutlineOfStation(code()));
            }
            outline::check(&unit.outline).map_err(|(ring, point, fault)| {
                GeographyRefusal::Outline(code(), ring, point, fault)
            })?;
            for ring in &unit.outline {
                points = points.saturating_add(ring.len());
                if let Some(other) = known.insert((unit.level, ring), &unit.code) {
                    return Err(GeographyRefusal::OutlineShared(other.clone(), code()));
                }
            }
        }
        match points {
            ..=outline::MAX_POINTS => Ok(()),
            _ => Err(GeographyRefusal::OutlineTooLong(points)),
        }
    }

    /// Joins the next unit to those before it.
    fn join(&mut self, at: UnitIx) -> Result<(), GeographyRefusal> {
        let unit = &self.units[at.ix()];
        let parent = match &unit.parent {
            None if at.ix() == 0 => None,
            None => return Err(GeographyRefusal::NotOneNation),
            Some(code) => match self.before(code, at) {
                Some(above) => Some(above),
                None => return Err(GeographyRefusal::UnknownParent(unit.code.clone())),
            },
        };
        let expected = parent.map_or(0, |ix| usize::from(self.units[ix.ix()].level) + 1);
        if usize::from(unit.level) != expected || expected >= self.levels.len() {
            return Err(GeographyRefusal::WrongLevel(unit.code.clone()));
        }
        let all_differ = self.by_code.len() == self.units.len();
        if !all_differ && self.find(&unit.code) != Some(at) {
            return Err(GeographyRefusal::DuplicateUnit(unit.code.clone()));
        }
        if let Some(above) = parent {
            self.children[above.ix()].push(at);
        }
        self.parents.push(parent);
        Ok(())
    }

    /// The unit of a code when it stands before a place. Units below one unit mostly stand
    /// together, and then the answer is known.
    fn before(&self, code: &UnitCode, at: UnitIx) -> Option<UnitIx> {
        let beside = at.ix().checked_sub(1);
        let beside = beside.filter(|last| self.units[*last].parent.as_ref() == Some(code));
        match beside {
            Some(last) => self.parents[last],
            None => self.find(code).filter(|above| *above < at),
        }
    }

    /// The levels, the nation's first.
    #[must_use]
    pub fn levels(&self) -> &[Level] {
        &self.levels
    }

    /// All units, parents before children.
    #[must_use]
    pub fn units(&self) -> &[Unit] {
        &self.units
    }

    /// The nation.
    ///
    /// # Panics
    /// Never on a checked tree, which has a nation.
    #[must_use]
    pub fn nation(&self) -> &Unit {
        self.units.first().expect("a checked tree has a nation")
    }

    /// The index of the level of stations.
    #[must_use]
    pub fn station_level(&self) -> u8 {
        u8::try_from(self.levels.len().saturating_sub(1)).unwrap_or(u8::MAX)
    }

    /// The place of the unit with this code.
    #[must_use]
    pub fn find(&self, code: &UnitCode) -> Option<UnitIx> {
        self.by_code.get(code).copied()
    }

    /// The unit at a place.
    #[must_use]
    pub fn unit(&self, ix: UnitIx) -> &Unit {
        &self.units[ix.ix()]
    }

    /// The unit above; none for the nation.
    #[must_use]
    pub fn parent(&self, ix: UnitIx) -> Option<UnitIx> {
        self.parents[ix.ix()]
    }

    /// The units from the nation down to this one, both included.
    #[must_use]
    pub fn path(&self, ix: UnitIx) -> Vec<UnitIx> {
        let mut path: Vec<_> = core::iter::successors(Some(ix), |at| self.parent(*at)).collect();
        path.reverse();
        path
    }

    /// All places in order, parents before children.
    pub fn places(&self) -> impl DoubleEndedIterator<Item = UnitIx> + ExactSizeIterator + use<> {
        (0..u32::try_from(self.units.len()).unwrap_or(u32::MAX)).map(UnitIx)
    }

    /// All places in the order of the units' codes.
    pub fn by_code(&self) -> impl ExactSizeIterator<Item = UnitIx> + '_ {
        self.by_code.values().copied()
    }

    /// The units directly below, in order of the list.
    #[must_use]
    pub fn children(&self, ix: UnitIx) -> &[UnitIx] {
        &self.children[ix.ix()]
    }

    /// The numbers of each unit, in order of the list, in a walk that goes to what lies below a
    /// unit before it goes on: its own and the last one below it. What lies below a unit, itself
    /// included, has its numbers from the one to the other.
    #[must_use]
    pub fn walk(&self) -> Vec<(u32, u32)> {
        let mut sizes = vec![1_u32; self.units.len()];
        for at in self.places().rev() {
            if let Some(above) = self.parent(at) {
                sizes[above.ix()] += sizes[at.ix()];
            }
        }
        let mut walk = vec![(0, 0); self.units.len()];
        // Where the next unit directly below each has its number.
        let mut next = vec![0; self.units.len()];
        for at in self.places() {
            let own = self.parent(at).map_or(0, |above| {
                let own = next[above.ix()];
                next[above.ix()] += sizes[at.ix()];
                own
            });
            next[at.ix()] = own + 1;
            walk[at.ix()] = (own, own + sizes[at.ix()] - 1);
        }
        walk
    }

    /// The stations, in order of the list.
    pub fn stations(&self) -> impl Iterator<Item = UnitIx> + '_ {
        let level = self.station_level();
        self.places()
            .filter(move |at| self.units[at.ix()].level == level)
    }
}

/// The first unit of each code. Sorted at once, which is quicker than one by one.
fn first_of_each(units: &[Unit], count: u32) -> BTreeMap<UnitCode, UnitIx> {
    let codes = units.iter().map(|unit| unit.code.clone());
    let mut first: Vec<(UnitCode, UnitIx)> = codes.zip((0..count).map(UnitIx)).collect();
    first.sort();
    first.dedup_by(|later, first| later.0 == first.0);
    first.into_iter().collect()
}

#[cfg(test)]
mod tests;
