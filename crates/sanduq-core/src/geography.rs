//! The tree of units from the nation down to the station. Levels are data: one country has
//! provinces and counties, another constituencies and delegations. Parents stand before their
//! children, so that one pass in order goes down and one pass in reverse adds up.

use crate::count::Registered;
use crate::id::UnitCode;
use crate::names::Names;
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
}

impl Refusal for GeographyRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::DuplicateUnit(_) => "geography.duplicate_unit",
            Self::UnknownParent(_) => "geography.unknown_parent",
            Self::WrongLevel(_) => "geography.wrong_level",
            Self::NotOneNation => "geography.not_one_nation",
            Self::TooMany => "geography.too_many_units",
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
mod tests {
    use super::*;

    fn unit(code: &str, parent: Option<&str>, level: u8) -> Unit {
        Unit {
            code: UnitCode::new(code).unwrap(),
            parent: parent.map(|p| UnitCode::new(p).unwrap()),
            level,
            names: Names::plain(code),
            registered: None,
            place: None,
        }
    }

    fn levels() -> Vec<Level> {
        ["nation", "constituency", "station"]
            .map(|code| Level {
                code: code.into(),
                names: Names::plain(code),
            })
            .to_vec()
    }

    #[test]
    fn a_tree_knows_its_paths_and_stations() {
        let tree = Geography::new(
            levels(),
            vec![
                unit("n", None, 0),
                unit("c", Some("n"), 1),
                unit("s", Some("c"), 2),
            ],
        )
        .unwrap();
        let station = tree.stations().next().unwrap();
        let codes: Vec<_> = tree
            .path(station)
            .iter()
            .map(|ix| tree.unit(*ix).code.to_string())
            .collect();
        assert_eq!(codes, ["n", "c", "s"]);
        assert_eq!(
            tree.children(tree.find(&tree.nation().code).unwrap()).len(),
            1
        );
    }

    /// The list goes level by level, the walk branch by branch.
    #[test]
    fn a_walk_numbers_what_lies_below_a_unit_behind_it() {
        let tree = Geography::new(
            levels(),
            vec![
                unit("n", None, 0),
                unit("c", Some("n"), 1),
                unit("d", Some("n"), 1),
                unit("e", Some("n"), 1),
                unit("d1", Some("d"), 2),
                unit("c1", Some("c"), 2),
                unit("d2", Some("d"), 2),
                unit("e1", Some("e"), 2),
            ],
        )
        .unwrap();
        let walk = [
            (0, 7),
            (1, 2),
            (3, 5),
            (6, 7),
            (4, 4),
            (2, 2),
            (5, 5),
            (7, 7),
        ];
        assert_eq!(tree.walk(), walk);
        for (top, (first, last)) in tree.places().zip(walk) {
            for (at, (own, _)) in tree.places().zip(walk) {
                let below = tree.path(at).contains(&top);
                assert_eq!((first..=last).contains(&own), below, "{at:?} below {top:?}");
            }
        }
        assert_eq!(Geography::default().walk(), []);
    }

    #[test]
    fn what_is_not_a_tree_is_refused_by_name() {
        let code = |text| UnitCode::new(text).unwrap();
        for (units, refusal) in [
            (vec![], GeographyRefusal::NotOneNation),
            (
                vec![unit("n", None, 0), unit("m", None, 0)],
                GeographyRefusal::NotOneNation,
            ),
            (
                vec![unit("n", None, 0), unit("s", Some("x"), 1)],
                GeographyRefusal::UnknownParent(code("s")),
            ),
            (
                vec![unit("n", None, 0), unit("s", Some("n"), 2)],
                GeographyRefusal::WrongLevel(code("s")),
            ),
            (
                vec![unit("n", None, 0), unit("n", Some("n"), 1)],
                GeographyRefusal::DuplicateUnit(code("n")),
            ),
            (
                vec![
                    unit("n", None, 0),
                    unit("c", Some("n"), 1),
                    unit("s", Some("c"), 2),
                    unit("t", Some("s"), 3),
                ],
                GeographyRefusal::WrongLevel(code("t")),
            ),
            // The first fault in the order of the list, whatever stands behind it.
            (
                vec![
                    unit("n", None, 0),
                    unit("s", Some("c"), 2),
                    unit("c", Some("n"), 1),
                    unit("c", Some("n"), 1),
                ],
                GeographyRefusal::UnknownParent(code("s")),
            ),
            (
                vec![
                    unit("n", None, 0),
                    unit("c", Some("n"), 1),
                    unit("s", Some("c"), 2),
                    unit("c", Some("n"), 1),
                    unit("t", Some("x"), 2),
                ],
                GeographyRefusal::DuplicateUnit(code("c")),
            ),
            (
                vec![unit("n", None, 0), unit("s", Some("s"), 1)],
                GeographyRefusal::UnknownParent(code("s")),
            ),
        ] {
            assert_eq!(Geography::new(levels(), units), Err(refusal));
        }
    }
}
