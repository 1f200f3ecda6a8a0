//! The units that files name, from the nation down to the station, as they come up row by row. A
//! unit is the same wherever its cells say the same, in whatever spelling of it; its code is made
//! of what its cells say and of nothing else, so that another order of rows or files gives the same
//! codes.

use sanduq_core::count::Registered;
use sanduq_core::geography::Geography;
use sanduq_core::geography::GeographyRefusal;
use sanduq_core::geography::Level;
use sanduq_core::geography::Unit;
use sanduq_core::id::UnitCode;
use sanduq_core::names::Locale;
use sanduq_core::names::Names;
use sanduq_core::text::digit_value;
use sanduq_core::text::folded;
use sanduq_count::form::Ballot;
use sanduq_count::form::Key;
use sanduq_count::form::Source;
use sanduq_count::form::SourceLevel;
use sanduq_journal::hash::Hash;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// The place of a unit among [`Units`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Node(u32);

impl Node {
    pub const NATION: Self = Self(0);

    /// Its index.
    pub const fn ix(self) -> usize {
        self.0 as usize
    }
}

/// One unit.
struct Named {
    parent: Option<Node>,
    level: u8,
    code: UnitCode,
    names: Names,
    registered: Option<Registered>,
    /// The folded name that the code was made of, where it was made of one.
    spelling: Option<Box<str>>,
}

/// Units as they come up.
pub struct Units {
    named: Vec<Named>,
    children: Vec<BTreeMap<Box<str>, Node>>,
    /// The codes below a unit that cells spell out, by what a spreadsheet would leave of them.
    bare: BTreeMap<(Node, Box<str>), Vec<Box<str>>>,
    /// The cells of the row before and the units they gave, by level.
    before: Vec<(String, Node)>,
}

/// Why a cell names no unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyFault {
    /// Nothing stands in it.
    Empty,
    /// It is not what the form says of the level.
    Unfit(&'static str),
    /// The code with those of the units above is longer than 64 characters.
    TooLong,
    /// Another name has the same code; changes one of the two spellings.
    Collision(String),
    /// Another code below the same unit differs by zeros only that a spreadsheet adds or takes.
    Zeros { written: String, known: String },
    /// More than 2^32 units.
    TooMany,
}

impl KeyFault {
    /// The code under which an import refuses it.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Empty => "import.unit_missing",
            Self::Unfit(_) => "import.unit_unfit",
            Self::TooLong => "import.unit_too_long",
            Self::Collision(_) | Self::Zeros { .. } => "import.unit_collision",
            Self::TooMany => "import.too_many_units",
        }
    }
}

impl core::fmt::Display for KeyFault {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Empty => f.write_str("the cell is empty; every row must name its unit"),
            Self::Unfit(expected) => write!(f, "this is not {expected}"),
            Self::TooLong => f.write_str("the codes from the nation down exceed 64 characters"),
            Self::Collision(other) => {
                write!(f, "its code is that of `{other}`; spell it otherwise")
            }
            Self::Zeros { written, known } => write!(
                f,
                "`{written}` and `{known}` differ by zeros only, as a spreadsheet leaves them out; \
                 spell the unit alike in every row"
            ),
            Self::TooMany => f.write_str("there are more than 2^32 units"),
        }
    }
}

impl Units {
    /// The nation alone.
    pub fn new(ballot: &Ballot) -> Self {
        let nation = Named {
            parent: None,
            level: 0,
            code: ballot.nation.code.clone(),
            names: ballot.nation.names.clone(),
            registered: None,
            spelling: None,
        };
        Self {
            named: vec![nation],
            children: vec![BTreeMap::new()],
            bare: BTreeMap::new(),
            before: Vec::new(),
        }
    }

    pub fn len(&self) -> usize {
        self.named.len()
    }

    pub fn code(&self, node: Node) -> &UnitCode {
        &self.named[node.ix()].code
    }

    /// The units of a code, in the order in which they came up.
    pub fn of_code(&self, code: &UnitCode) -> impl Iterator<Item = Node> {
        let nodes = self.named.iter().zip(0..);
        let same = nodes.filter(move |(named, _)| named.code == *code);
        same.map(|(_, node)| Node(node))
    }

    pub fn names(&self, node: Node) -> &Names {
        &self.named[node.ix()].names
    }

    pub fn register(&mut self, station: Node, registered: Registered) {
        self.named[station.ix()].registered = Some(registered);
    }

    /// The unit of this level in the row that was looked up last; the nation for none.
    pub fn above(&self, level: Option<usize>) -> Node {
        level.map_or(Node::NATION, |level| self.before[level].1)
    }

    /// The unit that the cell of a level names below the units found for the levels before it.
    /// Levels are asked for in order; most rows lie in the same unit as the row before.
    pub fn find(
        &mut self,
        level: usize,
        about: &SourceLevel,
        cell: &str,
        name: Option<&str>,
    ) -> Result<Node, KeyFault> {
        let cell = if cell.is_empty() {
            about.empty.as_deref().unwrap_or_default()
        } else {
            cell
        };
        if let Some((written, node)) = self.before.get(level)
            && written == cell
        {
            return Ok(*node);
        }
        self.before.truncate(level);
        let parent = self.above(level.checked_sub(1));
        let (part, spelling) = part(about, cell)?;
        let node = match self.children[parent.ix()].get(&*part) {
            Some(node) => *node,
            None => self.add(parent, about, (&part, spelling.as_deref()), (cell, name))?,
        };
        let known = &self.named[node.ix()];
        if known.spelling.as_deref() != spelling.as_deref() {
            return Err(KeyFault::Collision(
                known.names.in_locale(Locale::Ar).to_owned(),
            ));
        }
        self.before.push((cell.to_owned(), node));
        Ok(node)
    }

    fn add(
        &mut self,
        parent: Node,
        about: &SourceLevel,
        (part, spelling): (&str, Option<&str>),
        (cell, name): (&str, Option<&str>),
    ) -> Result<Node, KeyFault> {
        if about.key == Key::Code {
            let known = self.bare.entry((parent, bare(part).into())).or_default();
            if let Some(other) = known.iter().find(|other| !are_two(other, part)) {
                return Err(KeyFault::Zeros {
                    written: part.to_owned(),
                    known: other.to_string(),
                });
            }
            known.push(part.into());
        }
        let above = &self.named[parent.ix()];
        let code = match parent {
            Node::NATION => UnitCode::new(part),
            _ => UnitCode::new(&[above.code.as_str(), "-", part].concat()),
        };
        let named = Named {
            parent: Some(parent),
            level: above.level + 1,
            code: code.map_err(|_| KeyFault::TooLong)?,
            names: names(about.language, name.unwrap_or(cell)),
            registered: None,
            spelling: spelling.map(Into::into),
        };
        let node = Node(u32::try_from(self.named.len()).map_err(|_| KeyFault::TooMany)?);
        self.named.push(named);
        self.children.push(BTreeMap::new());
        self.children[parent.ix()].insert(part.into(), node);
        Ok(node)
    }

    /// The geography of all units that came up.
    pub fn geography(
        &self,
        ballot: &Ballot,
        source: &Source,
    ) -> Result<Geography, GeographyRefusal> {
        let nation = Level {
            code: "nation".to_owned(),
            names: ballot.nation.names.clone(),
        };
        let levels = source.levels.iter().map(|level| Level {
            code: level.code.clone(),
            names: level.names.clone(),
        });
        let units = self.named.iter().map(|named| Unit {
            code: named.code.clone(),
            parent: named.parent.map(|above| self.code(above).clone()),
            level: named.level,
            names: named.names.clone(),
            registered: named.registered,
            place: None,
            outline: Vec::new(),
        });
        Geography::new(
            core::iter::once(nation).chain(levels).collect(),
            units.collect(),
        )
    }
}

/// A name in the language of its level; without one, in that of the Latin spelling.
fn names(language: Option<Locale>, name: &str) -> Names {
    let mut names = Names::default();
    let slot = match language {
        Some(Locale::Ar) => &mut names.ar,
        Some(Locale::Fa) => &mut names.fa,
        Some(Locale::Fr) => &mut names.fr,
        Some(Locale::En) | None => &mut names.en,
    };
    name.clone_into(slot);
    names
}

/// The part of a unit's code that its own cell gives, and the folded name it was made of.
fn part<'c>(
    about: &SourceLevel,
    cell: &'c str,
) -> Result<(Cow<'c, str>, Option<String>), KeyFault> {
    if cell.is_empty() {
        return Err(KeyFault::Empty);
    }
    if about.empty.as_deref() == Some(cell) {
        return Ok((cell.into(), None));
    }
    match about.key {
        Key::Code => {
            let ascii = |c| digit_value(c).map_or(c, |value| char::from(b'0' + value));
            let part: String = cell.chars().map(ascii).collect();
            if sanduq_core::id::is_code(&part) {
                Ok((part.into(), None))
            } else {
                Err(KeyFault::Unfit(
                    "a code of the letters A-Z a-z, digits, `.`, `_` and `-`",
                ))
            }
        }
        Key::Number => match number(cell) {
            Some(number) => Ok((number, None)),
            None => Err(KeyFault::Unfit("one number")),
        },
        Key::Name => {
            let spelling = folded(cell);
            if spelling.is_empty() {
                return Err(KeyFault::Unfit("a name"));
            }
            Ok((short_code(&spelling).into(), Some(spelling)))
        }
    }
}

/// The one number in a cell, in ASCII digits. 07 and 7 are one number, whichever program wrote
/// them.
fn number(cell: &str) -> Option<Cow<'_, str>> {
    if !cell.is_empty() && cell.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(significant(cell).into());
    }
    let ascii = |c| digit_value(c).map_or(' ', |value| char::from(b'0' + value));
    let text: String = cell.chars().map(ascii).collect();
    let mut runs = text.split_whitespace();
    match (runs.next(), runs.next()) {
        (Some(digits), None) => Some(significant(digits).to_owned().into()),
        _ => None,
    }
}

/// What a spreadsheet leaves of a code that it takes for numbers: no zeros before one, and none at
/// the end of a decimal.
fn bare(code: &str) -> String {
    if let Some((whole, decimals)) = decimal(code) {
        let whole = significant(whole);
        return match decimals.trim_end_matches('0') {
            "" => whole.to_owned(),
            decimals => [whole, ".", decimals].concat(),
        };
    }
    let mut bare = String::with_capacity(code.len());
    let mut rest = code;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let (before, number) = rest.split_at(start);
        let end = number.find(|c: char| !c.is_ascii_digit());
        let (digits, after) = number.split_at(end.unwrap_or(number.len()));
        bare.push_str(before);
        bare.push_str(significant(digits));
        rest = after;
    }
    bare.push_str(rest);
    bare
}

/// Whether two codes of which a spreadsheet leaves the same are two units all the same: decimals of
/// one number with two digits or more, as 10.11 and 10.110 are where all codes have two.
fn are_two(one: &str, other: &str) -> bool {
    match (decimal(one), decimal(other)) {
        (Some(one), Some(other)) => one.0 == other.0 && one.1.len().min(other.1.len()) >= 2,
        _ => false,
    }
}

/// The two numbers of a code that is a decimal.
fn decimal(code: &str) -> Option<(&str, &str)> {
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let parts = code.split_once('.')?;
    (is_number(parts.0) && is_number(parts.1)).then_some(parts)
}

fn significant(digits: &str) -> &str {
    match digits.trim_start_matches('0') {
        "" => "0",
        rest => rest,
    }
}

/// The code of a folded spelling: the first eight digits of its SHA-256. Two spellings of one code
/// are refused where they meet.
pub fn short_code(spelling: &str) -> String {
    let mut code = Hash::of_bytes(spelling.as_bytes()).to_string();
    code.truncate(8);
    code
}

#[cfg(test)]
mod tests;
