//! Who is related to whom, by degrees as the law counts them: parent and child are one apart,
//! siblings two, a spouse none. Whoever stands between two relatives need not be in any register.

use sanduq_core::id::ActorId;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// What the relative is to the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// Father or mother.
    Parent,
    /// Son or daughter.
    Child,
    /// Husband or wife.
    Spouse,
    /// Brother or sister.
    Sibling,
}

impl Relation {
    /// Every relation.
    pub const ALL: [Self; 4] = [Self::Parent, Self::Child, Self::Spouse, Self::Sibling];

    /// The word for the relation in files.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Parent => "parent",
            Self::Child => "child",
            Self::Spouse => "spouse",
            Self::Sibling => "sibling",
        }
    }

    /// The relation of a word.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|relation| relation.code() == code)
    }

    const fn degrees(self) -> u8 {
        match self {
            Self::Parent | Self::Child => 1,
            Self::Spouse => 0,
            Self::Sibling => 2,
        }
    }
}

/// A row of a register of kinship.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Which row of its file.
    pub row: u64,
    /// One of the two.
    pub person: ActorId,
    /// What the relative is to the person.
    pub relation: Relation,
    /// The other.
    pub relative: ActorId,
}

impl Link {
    /// Child and parent, where it is about them.
    fn descent(&self) -> Option<(&ActorId, &ActorId)> {
        match self.relation {
            Relation::Parent => Some((&self.person, &self.relative)),
            Relation::Child => Some((&self.relative, &self.person)),
            Relation::Spouse | Relation::Sibling => None,
        }
    }
}

/// Why a register of kinship cannot be true; the row that makes it so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KinshipRefusal {
    /// Somebody is their own relative.
    Itself(u64),
    /// Somebody is among their own ancestors.
    Circular(u64),
}

/// The relatives of everybody.
#[derive(Clone, Debug, Default)]
pub struct Kinship<'a> {
    links: BTreeMap<&'a ActorId, Vec<(&'a ActorId, u8)>>,
}

impl<'a> Kinship<'a> {
    /// The relatives that a register tells.
    ///
    /// # Errors
    /// [`KinshipRefusal`] when it cannot be true.
    pub fn new(links: &'a [Link]) -> Result<Self, KinshipRefusal> {
        if let Some(link) = links.iter().find(|link| link.person == link.relative) {
            return Err(KinshipRefusal::Itself(link.row));
        }
        if let Some(row) = circle(links) {
            return Err(KinshipRefusal::Circular(row));
        }
        let mut kinship = Self::default();
        for link in links {
            let degrees = link.relation.degrees();
            let mut note = |one, other| {
                let known = kinship.links.entry(one).or_default();
                known.push((other, degrees));
            };
            note(&link.person, &link.relative);
            note(&link.relative, &link.person);
        }
        Ok(kinship)
    }

    /// Everybody who is related to a person up to a degree.
    #[must_use]
    pub fn within(&self, person: &'a ActorId, degrees: u8) -> BTreeSet<&'a ActorId> {
        let mut found = BTreeSet::new();
        if !self.links.contains_key(person) {
            return found;
        }
        let mut open = BTreeSet::from([(0, person)]);
        while let Some((degree, one)) = open.pop_first() {
            if !found.insert(one) {
                continue;
            }
            for (other, more) in self.links.get(one).into_iter().flatten() {
                if degree + more <= degrees && !found.contains(other) {
                    open.insert((degree + more, other));
                }
            }
        }
        found.remove(person);
        found
    }
}

/// The row that closes a circle of descent: the last of the rows that make it up.
fn circle(links: &[Link]) -> Option<u64> {
    let mut parents: BTreeMap<&ActorId, Vec<(&ActorId, u64)>> = BTreeMap::new();
    let mut children: BTreeMap<&ActorId, usize> = BTreeMap::new();
    for link in links {
        if let Some((child, parent)) = link.descent() {
            parents.entry(child).or_default().push((parent, link.row));
            *children.entry(parent).or_default() += 1;
        }
    }
    // Whoever has no children is on no circle, nor are parents whose children are all on none.
    let childless = |one: &&&ActorId| !children.contains_key(**one);
    let mut open: Vec<&ActorId> = parents.keys().filter(childless).copied().collect();
    while let Some(one) = open.pop() {
        for (parent, _) in parents.remove(one).into_iter().flatten() {
            let left = children.entry(parent).or_insert(1);
            *left -= 1;
            if *left == 0 {
                open.push(parent);
            }
        }
    }
    // Whoever is left is on a circle or above one, and has a child who is left: down leads into it.
    let mut below: BTreeMap<&ActorId, (&ActorId, u64)> = BTreeMap::new();
    for (child, of) in &parents {
        for (parent, row) in of {
            below.entry(parent).or_insert((child, *row));
        }
    }
    let mut seen = Vec::new();
    let mut passed = BTreeMap::new();
    let mut one = *parents.keys().next()?;
    while !passed.contains_key(one) {
        passed.insert(one, seen.len());
        let (child, row) = below.get(one)?;
        seen.push(*row);
        one = child;
    }
    seen[passed[one]..].iter().copied().max()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(text: &str) -> ActorId {
        ActorId::new(text).unwrap()
    }

    fn links(rows: &[(&str, Relation, &str)]) -> Vec<Link> {
        let rows = (1..).zip(rows);
        let link = |(row, (person, relation, relative)): (u64, &(&str, Relation, &str))| Link {
            row,
            person: id(person),
            relation: *relation,
            relative: id(relative),
        };
        rows.map(link).collect()
    }

    #[test]
    fn degrees_are_counted_as_the_law_counts_them() {
        use Relation::*;
        // Two cousins a and f by the siblings b and e, who are a's and f's parents; g is f's wife.
        let rows = links(&[
            ("a", Parent, "b"),
            ("b", Sibling, "e"),
            ("e", Child, "f"),
            ("f", Spouse, "g"),
        ]);
        let kinship = Kinship::new(&rows).unwrap();
        for (degrees, relatives) in [(0, ""), (1, "b"), (2, "b"), (3, "b e"), (4, "b e f g")] {
            let of = id("a");
            let found = kinship.within(&of, degrees);
            let found: Vec<&str> = found.into_iter().map(ActorId::as_str).collect();
            assert_eq!(found.join(" "), relatives, "{degrees}");
        }
        assert!(kinship.within(&id("x"), 4).is_empty());
    }

    #[test]
    fn nobody_is_their_own_ancestor() {
        use KinshipRefusal::*;
        use Relation::*;
        for (rows, refusal) in [
            (vec![("a", Spouse, "a")], Some(Itself(1))),
            (
                vec![("a", Parent, "b"), ("b", Parent, "a")],
                Some(Circular(2)),
            ),
            (vec![("a", Parent, "b"), ("b", Child, "a")], None),
            (
                vec![
                    ("z", Parent, "a"),
                    ("a", Parent, "b"),
                    ("c", Child, "b"),
                    ("c", Parent, "a"),
                    ("c", Parent, "d"),
                    ("d", Parent, "e"),
                ],
                Some(Circular(4)),
            ),
            (vec![("a", Sibling, "b"), ("b", Sibling, "a")], None),
        ] {
            let found = Kinship::new(&links(&rows)).map(|_| ());
            assert_eq!(found.err(), refusal, "{rows:?}");
        }
    }
}
