//! A person as a clerk enters the person. With care a record is the person's own with what every
//! keyboard does; in haste it is one of those that a roll should not hold twice: a name spelt
//! anew, a day that was misheard, a number that is missing. Always true here: whatever is changed
//! is told as a [`Fault`].

use crate::chance::Chance;
use crate::people::fault::Fault;
use crate::people::fault::Faults;
use crate::people::neighbourhood::Nation;
use crate::people::person::Person;
use crate::people::source::Language;
use crate::people::source::Source;
use crate::people::spelling;
use jiff::civil::Date;

/// How a record was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Care {
    /// The first and proper one.
    Careful,
    /// One that was made again.
    Hasty,
}

/// A row of a roll or list; what is missing is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Record {
    /// Given name, father's, grandfather's, family's.
    pub name: [String; 4],
    /// `M` or `F`.
    pub sex: String,
    /// The day of birth, `1990-04-25`.
    pub born: String,
    /// The unit where the person lives.
    pub unit: String,
    /// The national number.
    pub number: String,
}

impl Record {
    /// The record without any fault.
    #[must_use]
    pub fn exact(source: &Source, person: &Person) -> Self {
        let written = |at: Option<usize>| at.map(|at| source.names[at].written.clone());
        Self {
            name: person.name.map(|at| written(at).unwrap_or_default()),
            sex: sex(person.woman),
            born: day(person.born),
            unit: source.ways.units[person.home].0.clone(),
            number: person.number.clone(),
        }
    }

    /// Writes the fields behind what the text holds, each after a comma, and ends the line.
    pub fn write(&self, out: &mut String) {
        let rest = [&self.sex, &self.born, &self.unit, &self.number];
        for field in self.name.iter().chain(rest) {
            out.push(',');
            out.push_str(field);
        }
        out.push('\n');
    }
}

fn sex(woman: bool) -> String {
    if woman { "F" } else { "M" }.to_owned()
}

fn day(day: Date) -> String {
    let (year, month, day) = (day.year(), day.month(), day.day());
    format!("{year:04}-{month:02}-{day:02}")
}

/// Enters people with faults.
pub struct Clerk<'a> {
    nation: &'a Nation<'a>,
    chance: Chance,
    faults: Faults,
}

impl<'a> Clerk<'a> {
    /// A clerk with chance of its own.
    #[must_use]
    pub fn new(nation: &'a Nation<'a>, chance: Chance) -> Self {
        Self {
            nation,
            chance,
            faults: Faults::default(),
        }
    }

    /// The chance of this clerk.
    pub const fn chance(&mut self) -> &mut Chance {
        &mut self.chance
    }

    /// Adds a fault that was made elsewhere to the next record.
    pub const fn blame(&mut self, fault: Fault) {
        self.faults.add(fault);
    }

    /// Enters a person. `kin` is the number of a brother or sister, for who takes the wrong card.
    pub fn enter(&mut self, person: &Person, care: Care, kin: Option<&str>) -> (Record, Faults) {
        let mut record = Record::exact(self.nation.source, person);
        self.name(&mut record.name, person, care);
        match care {
            Care::Careful => {
                self.careful_day(&mut record.born, person.born);
                self.careful_number(&mut record.number);
            }
            Care::Hasty => {
                self.parts(&mut record.name);
                self.day(&mut record.born, person.born);
                self.number(&mut record.number, person, kin);
                self.rest(&mut record, person);
            }
        }
        (record, core::mem::take(&mut self.faults))
    }

    fn language(&self) -> Language {
        self.nation.source.ways.language
    }

    /// Puts a text in the place of another; if they differ, that is a fault.
    fn put(&mut self, text: &mut String, other: String, fault: Fault) {
        if *text != other {
            *text = other;
            self.faults.add(fault);
        }
    }

    /// So many of ten thousand, in care 35 % of them.
    fn now_and_then(&mut self, of_ten_thousand: u64, care: Care) -> bool {
        let share = match care {
            Care::Hasty => of_ten_thousand,
            Care::Careful => of_ten_thousand * 35 / 100,
        };
        self.chance.of_ten_thousand(share)
    }

    fn name(&mut self, name: &mut [String; 4], person: &Person, care: Care) {
        let hasty = care == Care::Hasty;
        if hasty {
            for (part, at) in name.iter_mut().zip(person.name) {
                if !part.is_empty() && self.chance.of_ten_thousand(900) {
                    self.slip(part, at);
                }
            }
        }
        if hasty && self.chance.of_ten_thousand(300) {
            self.latin(name, person);
            return;
        }
        for part in name.iter_mut().filter(|part| !part.is_empty()) {
            self.spell(part, care);
        }
        if self.chance.of_ten_thousand(if hasty { 1_500 } else { 300 }) {
            let other = self.chance.of_ten_thousand(7_000);
            for part in name {
                let typed = match self.language() {
                    Language::Persian => spelling::arabic_keyboard(part),
                    Language::Arabic => spelling::persian_keyboard(part, other),
                };
                self.put(part, typed, Fault::Keyboard);
            }
        }
    }

    /// A misspelling that is known of the name, or a slip of a finger.
    fn slip(&mut self, part: &mut String, at: Option<usize>) {
        let source = self.nation.source;
        let known = at.map_or(&[][..], |at| &source.names[at].misspelt);
        if !known.is_empty() && self.chance.of_ten_thousand(6_000) {
            let other = self.chance.pick(known).clone();
            self.put(part, other, Fault::Misspelt);
            return;
        }
        let length = part.chars().count();
        if length < 3 {
            return;
        }
        let at = self.chance.index(length);
        let typed = match self.chance.below(100) {
            0..55 => {
                let letter = part.chars().nth(at).unwrap_or(' ');
                let mut others = spelling::mistaken(letter);
                if others.is_empty() {
                    others = spelling::LETTERS.to_owned();
                }
                let by = self.one_of(&others);
                spelling::replaced(part, at, by)
            }
            55..70 => spelling::dropped(part, at),
            70..80 => spelling::doubled(part, at),
            80..90 => {
                let letter = self.one_of(spelling::LETTERS);
                spelling::inserted(part, at, letter.encode_utf8(&mut [0; 4]))
            }
            _ => spelling::exchanged(part, at),
        };
        self.put(part, typed, Fault::Typo);
    }

    fn one_of(&mut self, letters: &str) -> char {
        let at = self.chance.index(letters.chars().count());
        letters.chars().nth(at).unwrap_or(' ')
    }

    /// The ways in which one name is spelt by those who spell it right.
    fn spell(&mut self, part: &mut String, care: Care) {
        if part.contains(['أ', 'إ', 'آ']) && self.now_and_then(5_500, care) {
            let spelt = if self.chance.of_ten_thousand(8_500) {
                spelling::bare_hamza(part)
            } else {
                spelling::hamza_below(part)
            };
            self.put(part, spelt, Fault::Hamza);
        }
        let (often, fault) = match part.chars().next_back() {
            Some('ة') => (4_500, Fault::Ta),
            Some('ه') => (1_500, Fault::Ta),
            Some('ي' | 'ى') => (4_000, Fault::Ya),
            _ => (0, Fault::Ya),
        };
        if self.now_and_then(often, care) {
            self.put(part, spelling::last_letter(part), fault);
        }
        self.space(part, care);
        if part.starts_with("ال") && self.now_and_then(600, care) {
            self.put(part, spelling::without_article(part), Fault::Article);
        }
        let length = part.chars().count();
        if length > 2 && self.now_and_then(500, care) {
            let marked = if self.chance.once_in(2) {
                spelling::vowelled(part, || self.one_of_marks())
            } else {
                let at = 1 + self.chance.index(length - 1);
                let mark = self.one_of_marks();
                spelling::inserted(part, at, mark.encode_utf8(&mut [0; 4]))
            };
            self.put(part, marked, Fault::Marks);
        }
        if length > 3 && self.now_and_then(400, care) {
            let at = 1 + self.chance.index(length - 2);
            let times = 1 + self.chance.index(3);
            let drawn = spelling::inserted(part, at, &"ـ".repeat(times));
            self.put(part, drawn, Fault::Tatweel);
        }
    }

    fn one_of_marks(&mut self) -> char {
        self.one_of(spelling::MARKS)
    }

    fn space(&mut self, part: &mut String, care: Care) {
        let father = part.starts_with("ابو") || part.starts_with("أبو");
        let parts = if part.starts_with("عبدال") {
            6_000
        } else if father && !part.contains(' ') || part.ends_with("الدين") {
            5_000
        } else {
            0
        };
        let spelt = if self.now_and_then(parts, care) {
            spelling::parted(part)
        } else if part.contains(' ') && self.now_and_then(4_000, care) {
            let between = match (self.chance.of_ten_thousand(6_000), self.language()) {
                (true, _) => "",
                (false, Language::Persian) => "\u{200c}",
                (false, Language::Arabic) => "  ",
            };
            spelling::joined(part, between)
        } else {
            return;
        };
        self.put(part, spelt, Fault::Space);
    }

    fn latin(&mut self, name: &mut [String; 4], person: &Person) {
        let capitals = self.chance.once_in(2);
        for (part, at) in name.iter_mut().zip(person.name) {
            let known = at.map(|at| &self.nation.source.names[at]);
            let known = known.filter(|known| known.written == *part);
            let mut spelt = match known {
                Some(known) => self.chance.pick(&known.latin).clone(),
                None => spelling::latin(part),
            };
            if capitals {
                spelt.make_ascii_uppercase();
            }
            self.put(part, spelt, Fault::Latin);
        }
    }

    /// Parts that are missing or in each other's places.
    fn parts(&mut self, name: &mut [String; 4]) {
        let before = name.clone();
        let fault = match self.chance.below(1_000) {
            0..80 => {
                name[2].clear();
                Fault::GrandfatherMissing
            }
            80..120 => {
                name[3].clear();
                Fault::FamilyMissing
            }
            120..140 => {
                name[1].clear();
                Fault::FatherMissing
            }
            140..155 => {
                name[2] = core::mem::take(&mut name[3]);
                Fault::Shifted
            }
            155..165 => {
                name.swap(1, 2);
                Fault::PartsSwapped
            }
            165..175 => {
                let parts = name.iter().filter(|part| !part.is_empty());
                let whole: Vec<&str> = parts.map(String::as_str).collect();
                *name = [whole.join(" "), String::new(), String::new(), String::new()];
                Fault::OneField
            }
            _ => return,
        };
        if *name != before {
            self.faults.add(fault);
        }
    }

    fn careful_day(&mut self, born: &mut String, day: Date) {
        match self.chance.below(1_000) {
            0..10 => self.unknown_day(born, day),
            10..14 => self.put(born, String::new(), Fault::DayMissing),
            _ => {}
        }
    }

    fn unknown_day(&mut self, born: &mut String, day: Date) {
        self.put(born, format!("{:04}-01-01", day.year()), Fault::DayUnknown);
    }

    fn day(&mut self, born: &mut String, true_day: Date) {
        let (year, month, day) = (true_day.year(), true_day.month(), true_day.day());
        match self.chance.below(100) {
            0..5 if day <= 12 && day != month => {
                let swapped = format!("{year:04}-{day:02}-{month:02}");
                self.put(born, swapped, Fault::DaySwapped);
            }
            0..8 => {
                let later = self.chance.once_in(2);
                let beside = if later { day + 1 } else { day - 1 }.clamp(1, 28);
                let beside = format!("{year:04}-{month:02}-{beside:02}");
                self.put(born, beside, Fault::DayBeside);
            }
            8..11 => {
                let apart = *self.chance.pick(&[-10, -2, -1, 1, 2, 10]);
                let other = format!("{:04}-{month:02}-{day:02}", year + apart);
                self.put(born, other, Fault::OtherYear);
            }
            11..15 => self.unknown_day(born, true_day),
            15..19 => self.put(born, String::new(), Fault::DayMissing),
            _ => {}
        }
    }

    fn careful_number(&mut self, number: &mut String) {
        match self.chance.below(1_000) {
            0..10 => self.put(number, String::new(), Fault::NumberMissing),
            10..13 => self.other_digit(number),
            _ => {}
        }
    }

    fn other_digit(&mut self, number: &mut String) {
        let at = self.chance.index(number.len());
        let digit = number.chars().nth(at).unwrap_or('0');
        let others: String = ('0'..='9').filter(|other| *other != digit).collect();
        let by = self.one_of(&others);
        self.put(
            number,
            spelling::replaced(number, at, by),
            Fault::NumberDigit,
        );
    }

    fn number(&mut self, number: &mut String, person: &Person, kin: Option<&str>) {
        match self.chance.below(100) {
            30..55 => self.put(number, String::new(), Fault::NumberMissing),
            55..75 => self.other_digit(number),
            75..83 => {
                let digits = number.as_bytes();
                let differ = (1..digits.len()).filter(|&at| digits[at - 1] != digits[at]);
                let places: Vec<usize> = differ.collect();
                if !places.is_empty() {
                    let at = *self.chance.pick(&places) - 1;
                    let moved = spelling::exchanged(number, at);
                    self.put(number, moved, Fault::NumberTransposed);
                }
            }
            83..98 => {
                let second = self.second(person);
                self.put(number, second, Fault::NumberSecond);
            }
            98..100 if kin.is_some() => {
                let kin = kin.unwrap_or_default().to_owned();
                self.put(number, kin, Fault::NumberOfKin);
            }
            _ => self.faults.add(Fault::NumberSame),
        }
    }

    fn second(&mut self, person: &Person) -> String {
        let numbers = &self.nation.numbers;
        let (unit, woman) = (person.birthplace, person.woman);
        match &person.entry {
            Some(entry) => numbers.second(entry, unit, woman, person.id),
            None => {
                let whose = (person.born, unit, woman);
                numbers.stranger(whose, (person.id, 7), &mut self.chance)
            }
        }
    }

    /// Digits, unit and sex.
    fn rest(&mut self, record: &mut Record, person: &Person) {
        if self.chance.of_ten_thousand(400) {
            let zero = match self.language() {
                Language::Arabic => '٠',
                Language::Persian => '۰',
            };
            let written = spelling::digits(&record.number, zero);
            self.put(&mut record.number, written, Fault::Digits);
        }
        if self.chance.of_ten_thousand(1_000) {
            let home = self.nation.home(&mut self.chance);
            let unit = self.nation.source.ways.units[home].0.clone();
            self.put(&mut record.unit, unit, Fault::UnitMoved);
        } else if self.chance.of_ten_thousand(200) {
            self.put(&mut record.unit, String::new(), Fault::UnitMissing);
        }
        if self.chance.of_ten_thousand(100) {
            self.put(&mut record.sex, sex(!person.woman), Fault::Sex);
        }
    }
}
