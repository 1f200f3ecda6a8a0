//! Reads rolls and lists: each row becomes a record of 32 bytes, each spelling an id.

use crate::dictionary::Dictionary;
use crate::ids::Ids;
use rustc_hash::FxHashMap;
use sanduq_register::matching::date::Date;
use sanduq_register::matching::number::Number;
use sanduq_register::matching::profile::FAMILY;
use sanduq_register::matching::profile::FATHER;
use sanduq_register::matching::profile::GIVEN;
use sanduq_register::matching::profile::GRANDFATHER;
use sanduq_register::matching::profile::NAME_PARTS;
use sanduq_register::matching::profile::Profile;
use sanduq_register::matching::record::NameId;
use sanduq_register::matching::record::ROLE;
use sanduq_register::matching::record::Record;
use sanduq_register::matching::record::Sex;
use sanduq_register::matching::record::rarity;

/// What was read so far: files one after the other, rows in their order.
pub struct Loaded {
    /// All spellings.
    pub dictionary: Dictionary,
    /// All records.
    pub records: Vec<Record>,
    /// Further attributes, as many for each record as the profile has.
    pub extras: Vec<NameId>,
    /// The ids of the records.
    pub ids: Ids,
    /// Codes of places that are texts, by their key.
    places: FxHashMap<NameId, u16>,
    /// Rows whose whole name stands in one field.
    whole: Vec<(u32, String)>,
}

/// Where the fields of a profile stand in a row that is handed over.
pub struct Fields {
    names: [Option<usize>; NAME_PARTS],
    sex: Option<usize>,
    date: Option<usize>,
    place: Option<usize>,
    number: Option<usize>,
    extras: Vec<Option<usize>>,
    id: Option<usize>,
}

impl Fields {
    /// The fields of a file with these columns.
    #[must_use]
    pub fn new(profile: &Profile, columns: &[&str]) -> Self {
        let find = |name: &String| {
            let at = columns.iter().position(|column| column == name);
            at.filter(|_| !name.is_empty())
        };
        let wanted = &profile.columns;
        Self {
            names: [0, 1, 2, 3].map(|part| find(&wanted.names[part])),
            sex: find(&wanted.sex),
            date: find(&wanted.date),
            place: find(&wanted.place),
            number: find(&wanted.number),
            extras: wanted.extras.iter().map(find).collect(),
            id: wanted.id.iter().find_map(find),
        }
    }
}

fn field<'a>(row: &[&'a [u8]], at: Option<usize>) -> &'a [u8] {
    at.and_then(|at| row.get(at))
        .copied()
        .unwrap_or_default()
        .trim_ascii()
}

fn text(field: &[u8]) -> &str {
    std::str::from_utf8(field).unwrap_or_default()
}

impl Default for Loaded {
    fn default() -> Self {
        Self {
            dictionary: Dictionary::new(),
            records: Vec::new(),
            extras: Vec::new(),
            ids: Ids::default(),
            places: FxHashMap::default(),
            whole: Vec::new(),
        }
    }
}

impl Loaded {
    /// Takes the next row.
    pub fn add(&mut self, profile: &Profile, fields: &Fields, row: &[&[u8]]) {
        let mut record = Record {
            number: Number::read(
                text(field(row, fields.number)),
                self.dictionary.alphabet(),
                &profile.number,
            ),
            date: Date::read(text(field(row, fields.date)), self.dictionary.alphabet()),
            sex: match field(row, fields.sex).first() {
                Some(b'f' | b'F') => Sex::Female,
                Some(b'm' | b'M') => Sex::Male,
                _ => Sex::Missing,
            },
            place: self.place(field(row, fields.place)),
            ..Record::default()
        };
        if self.is_whole(profile, fields, row) {
            let name = text(field(row, fields.names[GIVEN])).to_owned();
            self.whole
                .push((u32::try_from(self.records.len()).unwrap_or(0), name));
        } else {
            for (part, role) in ROLE.into_iter().enumerate() {
                let id = self.dictionary.id(field(row, fields.names[part]));
                self.dictionary.count(id, role);
                record.names[part] = id;
            }
        }
        self.records.push(record);
        self.ids.push(field(row, fields.id));
        for (place, at) in fields.extras.iter().enumerate() {
            let id = self.dictionary.id(field(row, *at));
            self.dictionary.count(id, 3 + place);
            self.extras.push(id);
        }
    }

    /// A code of digits is its own number; a text gets the next one from 1,000 on.
    fn place(&mut self, field: &[u8]) -> u16 {
        if field.is_empty() {
            return 0;
        }
        if let Some(code) = text(field).parse::<u16>().ok().filter(|code| *code < 1000) {
            return code;
        }
        let id = self.dictionary.id(field);
        let next = u16::try_from(1000 + self.places.len()).unwrap_or(u16::MAX);
        *self.places.entry(id).or_insert(next)
    }

    /// Whether all parts of the name seem to stand in the field of the given name.
    fn is_whole(&self, profile: &Profile, fields: &Fields, row: &[&[u8]]) -> bool {
        let others = [FATHER, GRANDFATHER, FAMILY];
        let given = field(row, fields.names[GIVEN]);
        let parts = profile
            .columns
            .names
            .iter()
            .filter(|name| !name.is_empty())
            .count();
        parts >= 2
            && others
                .iter()
                .all(|part| field(row, fields.names[*part]).is_empty())
            && given.contains(&b' ')
    }

    /// Splits the whole names into their parts, by what is known from the other rows, and marks
    /// the unusual records.
    pub fn finish(&mut self, profile: &Profile) {
        for (row, name) in std::mem::take(&mut self.whole) {
            let names = self.split(profile, &name);
            for (part, id) in names.into_iter().enumerate() {
                self.dictionary.count(id, ROLE[part]);
            }
            self.records[row as usize].names = names;
            self.records[row as usize].unusual = true;
        }
    }

    /// The likeliest parts of a whole name: every way of cutting it is weighed by rarity.
    fn split(&mut self, profile: &Profile, name: &str) -> [NameId; NAME_PARTS] {
        let words: Vec<&str> = name.split_whitespace().take(12).collect();
        let parts: Vec<usize> = (0..NAME_PARTS)
            .filter(|part| !profile.columns.names[*part].is_empty())
            .collect();
        let mut cheapest: Vec<Option<(u32, Vec<String>)>> = vec![None; words.len() + 1];
        cheapest[0] = Some((0, Vec::new()));
        for part in &parts {
            cheapest = self.split_further(&words, *part, &cheapest);
        }
        let mut names = [0; NAME_PARTS];
        if let Some((_, texts)) = cheapest.pop().flatten() {
            for (part, text) in parts.iter().zip(texts) {
                names[*part] = self.dictionary.id(text.as_bytes());
            }
        }
        names
    }

    fn split_further(
        &self,
        words: &[&str],
        part: usize,
        before: &[Option<(u32, Vec<String>)>],
    ) -> Vec<Option<(u32, Vec<String>)>> {
        const MISSING: u32 = 16;
        const UNKNOWN: u32 = 44;
        let total = self.records.len() as u64;
        let mut after: Vec<Option<(u32, Vec<String>)>> = vec![None; before.len()];
        for (from, reached) in before.iter().enumerate() {
            let Some((cost, texts)) = reached else {
                continue;
            };
            for to in from..=words.len().min(from + 3) {
                let text = words[from..to].concat();
                let price = match self.dictionary.known(&text, ROLE[part]) {
                    Some((_, count)) if count > 0 => u32::from(rarity(u64::from(count), total)),
                    _ if text.is_empty() => MISSING,
                    _ => UNKNOWN + 8 * u32::try_from(to - from).unwrap_or(9),
                };
                let better = after[to]
                    .as_ref()
                    .is_none_or(|(best, _)| cost + price < *best);
                if better {
                    let mut texts = texts.clone();
                    texts.push(text);
                    after[to] = Some((cost + price, texts));
                }
            }
        }
        after
    }
}
