//! What was done to a record, for the truth.

/// A fault of a record. The order is that of the codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// The article was left out.
    Article,
    /// Letters of the keyboard of another language.
    Keyboard,
    /// Marks above or below letters.
    Marks,
    /// The number in the digits of the script.
    Digits,
    /// A day of birth beside the true one.
    DayBeside,
    /// The first of January for a day that was not asked.
    DayUnknown,
    /// No day of birth.
    DayMissing,
    /// Day and month the other way round.
    DaySwapped,
    /// Another year of birth.
    OtherYear,
    /// No unit.
    UnitMissing,
    /// The person had moved.
    UnitMoved,
    /// Another seat of hamza, or none.
    Hamza,
    /// Latin letters.
    Latin,
    /// One digit of the number is another.
    NumberDigit,
    /// No number.
    NumberMissing,
    /// The number of a brother or sister.
    NumberOfKin,
    /// The number is right.
    NumberSame,
    /// A second number, issued later.
    NumberSecond,
    /// The number of a stranger.
    NumberShared,
    /// Two digits of the number the other way round.
    NumberTransposed,
    /// No family name.
    FamilyMissing,
    /// No father's name.
    FatherMissing,
    /// No grandfather's name.
    GrandfatherMissing,
    /// The whole name in one field.
    OneField,
    /// A misspelling that clerks make.
    Misspelt,
    /// The other sex.
    Sex,
    /// The family's name in the grandfather's place.
    Shifted,
    /// Words of a name parted or joined.
    Space,
    /// Father and grandfather the other way round.
    PartsSwapped,
    /// ة for ه or ه for ة.
    Ta,
    /// A letter drawn out.
    Tatweel,
    /// A slip of a finger.
    Typo,
    /// ى for ي or ي for ى.
    Ya,
}

impl Fault {
    /// All, in order.
    pub const ALL: [Self; 33] = [
        Self::Article,
        Self::Keyboard,
        Self::Marks,
        Self::Digits,
        Self::DayBeside,
        Self::DayUnknown,
        Self::DayMissing,
        Self::DaySwapped,
        Self::OtherYear,
        Self::UnitMissing,
        Self::UnitMoved,
        Self::Hamza,
        Self::Latin,
        Self::NumberDigit,
        Self::NumberMissing,
        Self::NumberOfKin,
        Self::NumberSame,
        Self::NumberSecond,
        Self::NumberShared,
        Self::NumberTransposed,
        Self::FamilyMissing,
        Self::FatherMissing,
        Self::GrandfatherMissing,
        Self::OneField,
        Self::Misspelt,
        Self::Sex,
        Self::Shifted,
        Self::Space,
        Self::PartsSwapped,
        Self::Ta,
        Self::Tatweel,
        Self::Typo,
        Self::Ya,
    ];

    /// The word of the truth's file.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Article => "al",
            Self::Keyboard => "codepoint",
            Self::Marks => "diacritics",
            Self::Digits => "digits",
            Self::DayBeside => "dob_day",
            Self::DayUnknown => "dob_default",
            Self::DayMissing => "dob_missing",
            Self::DaySwapped => "dob_swap",
            Self::OtherYear => "dob_year",
            Self::UnitMissing => "gov_missing",
            Self::UnitMoved => "gov_moved",
            Self::Hamza => "hamza",
            Self::Latin => "latin",
            Self::NumberDigit => "nid_1digit",
            Self::NumberMissing => "nid_missing",
            Self::NumberOfKin => "nid_of_kin",
            Self::NumberSame => "nid_same",
            Self::NumberSecond => "nid_second",
            Self::NumberShared => "nid_shared",
            Self::NumberTransposed => "nid_transposed",
            Self::FamilyMissing => "no_family",
            Self::FatherMissing => "no_father",
            Self::GrandfatherMissing => "no_grandfather",
            Self::OneField => "one_field",
            Self::Misspelt => "real_misspelling",
            Self::Sex => "sex_wrong",
            Self::Shifted => "shifted",
            Self::Space => "space",
            Self::PartsSwapped => "swapped_parts",
            Self::Ta => "ta",
            Self::Tatweel => "tatweel",
            Self::Typo => "typo",
            Self::Ya => "ya",
        }
    }
}

/// The faults of one record.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Faults(u64);

impl Faults {
    /// Adds a fault.
    pub const fn add(&mut self, fault: Fault) {
        self.0 |= 1 << fault as u32;
    }

    /// The faults, in order.
    pub fn iter(&self) -> impl Iterator<Item = Fault> + '_ {
        let has = |fault: &Fault| self.0 & (1 << *fault as u32) != 0;
        Fault::ALL.into_iter().filter(has)
    }

    /// Writes the codes with a space between.
    pub fn write(&self, out: &mut String) {
        for (nth, fault) in self.iter().enumerate() {
            if nth > 0 {
                out.push(' ');
            }
            out.push_str(fault.code());
        }
    }
}
