//! How near two names are: edits over letters, where letters that look or sound alike cost half.

use super::letters::ALEF;
use super::letters::HAMZA;
use super::letters::is_latin;
use super::letters::skeleton;
use super::letters::without_article;

/// What two parts of a name say about each other, best first after `Missing`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Likeness {
    /// One of them is not given: neither for nor against.
    Missing = 0,
    /// The same key.
    Same = 1,
    /// One letter that looks or sounds alike, or the article.
    Variant = 2,
    /// One other edit.
    OneEdit = 3,
    /// Two edits in a long name.
    TwoEdits = 4,
    /// The same consonants in another script.
    Transliterated = 5,
    /// Nearly the same consonants in another script.
    NearlyTransliterated = 6,
    /// Another name.
    Different = 7,
}

/// Number of likenesses.
pub const LIKENESSES: usize = 8;

impl Likeness {
    /// The likeness with this number; 7 for any that is none.
    #[must_use]
    pub fn of(number: u8) -> Self {
        const ALL: [Likeness; LIKENESSES] = [
            Likeness::Missing,
            Likeness::Same,
            Likeness::Variant,
            Likeness::OneEdit,
            Likeness::TwoEdits,
            Likeness::Transliterated,
            Likeness::NearlyTransliterated,
            Likeness::Different,
        ];
        ALL[usize::from(number).min(LIKENESSES - 1)]
    }

    /// The word for machines.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Same => "same",
            Self::Variant => "variant",
            Self::OneEdit => "one_edit",
            Self::TwoEdits => "two_edits",
            Self::Transliterated => "transliterated",
            Self::NearlyTransliterated => "nearly_transliterated",
            Self::Different => "different",
        }
    }

    /// Whether it speaks for one person.
    #[must_use]
    pub fn agrees(self) -> bool {
        matches!(
            self,
            Self::Same | Self::Variant | Self::OneEdit | Self::Transliterated
        )
    }
}

/// Letters that clerks take for each other, by look or by sound, as codes of `letters`.
const CONFUSED: &[&[u8]] = &[
    &[2, 3, 4, 25, 28],
    &[5, 6, 7],
    &[8, 9],
    &[10, 11],
    &[12, 13],
    &[14, 15],
    &[16, 17],
    &[18, 19],
    &[20, 21],
    &[22, 32],
    &[3, 16],
    &[12, 14],
    &[26, 6],
    &[9, 11, 17, 15],
    &[21, 19],
    &[5, 30],
    &[2, 29],
    &[11, 31],
    &[ALEF, 18],
];

/// A table of the letters that are taken for each other.
#[derive(Clone)]
pub struct Confusions {
    alike: [u64; 64],
}

impl Default for Confusions {
    fn default() -> Self {
        let mut alike = [0; 64];
        for set in CONFUSED {
            for one in *set {
                for other in *set {
                    alike[usize::from(*one)] |= 1 << other;
                }
            }
        }
        Self { alike }
    }
}

/// Cost of a whole edit; letters taken for each other cost half of it.
const EDIT: u8 = 2;

/// Cost of a letter that only one name has; many do not write a hamza at the end.
fn left_out(letter: u8) -> u8 {
    if letter == HAMZA { 1 } else { EDIT }
}

impl Confusions {
    fn cost(&self, one: u8, other: u8) -> u8 {
        if one == other {
            return 0;
        }
        let confused = one < 40 && other < 40 && self.alike[usize::from(one)] >> other & 1 == 1;
        if confused { 1 } else { EDIT }
    }

    /// How near two keys are that are not the same.
    #[must_use]
    pub fn likeness(&self, one: &[u8], other: &[u8]) -> Likeness {
        if is_latin(one) != is_latin(other) {
            return across_scripts(skeleton(one), skeleton(other));
        }
        let (bare_one, bare_other) = (without_article(one), without_article(other));
        let longest = bare_one.len().max(bare_other.len());
        match self.distance(bare_one, bare_other) {
            0 | 1 => Likeness::Variant,
            2 if longest >= 3 => Likeness::OneEdit,
            3 if longest >= 5 => Likeness::OneEdit,
            4 if longest >= 6 => Likeness::TwoEdits,
            _ => Likeness::Different,
        }
    }

    /// Half edits between two keys: replaced, left out, put in, or two neighbours changed over.
    /// Five stands for five or more.
    #[must_use]
    pub fn distance(&self, one: &[u8], other: &[u8]) -> u8 {
        const FAR: u8 = 5;
        if one.len().abs_diff(other.len()) > 2 {
            return FAR;
        }
        let mut before = [FAR; 48];
        let mut above = [FAR; 48];
        for (place, cell) in (0u8..).zip(above.iter_mut().take(other.len() + 1)) {
            *cell = place.saturating_mul(EDIT).min(FAR);
        }
        for (i, letter) in one.iter().enumerate() {
            let from = i.saturating_sub(2);
            let to = (i + 4).min(other.len() + 1);
            let mut row = [FAR; 48];
            if from == 0 {
                row[0] = u8::try_from(i + 1)
                    .unwrap_or(FAR)
                    .saturating_mul(EDIT)
                    .min(FAR);
            }
            let mut best = row[0];
            for j in from.max(1)..to {
                let facing = other[j - 1];
                let mut cell = above[j - 1] + self.cost(*letter, facing);
                cell = cell.min(above[j] + left_out(*letter));
                cell = cell.min(row[j - 1] + left_out(facing));
                if i > 0 && j > 1 && *letter == other[j - 2] && one[i - 1] == facing {
                    cell = cell.min(before[j - 2] + EDIT);
                }
                row[j] = cell.min(FAR);
                best = best.min(cell);
            }
            if best >= FAR {
                return FAR;
            }
            before = above;
            above = row;
        }
        above[other.len()].min(FAR)
    }
}

/// Compares the consonants of a name in one script with those in the other.
fn across_scripts(one: u64, other: u64) -> Likeness {
    if one == 0 || other == 0 {
        return Likeness::Different;
    }
    if one == other {
        return Likeness::Transliterated;
    }
    let (long, short) = (one.max(other), one.min(other));
    let apart = (long ^ short).trailing_zeros() / 4 * 4;
    let same_length = long.leading_zeros() / 4 == short.leading_zeros() / 4;
    let near = if same_length {
        long >> apart >> 4 == short >> apart >> 4
    } else {
        long >> apart >> 4 == short >> apart
    };
    if near && long >> 8 > 0 {
        Likeness::NearlyTransliterated
    } else {
        Likeness::Different
    }
}

#[cfg(test)]
mod tests {
    use super::super::letters::Alphabet;
    use super::*;

    fn likeness(one: &str, other: &str) -> Likeness {
        let (mut left, mut right) = (Vec::new(), Vec::new());
        Alphabet::default().key(one, &mut left);
        Alphabet::default().key(other, &mut right);
        Confusions::default().likeness(&left, &right)
    }

    #[test]
    fn names_are_as_near_as_their_letters() {
        for (one, other, expected) in [
            ("خالد", "حالد", Likeness::Variant),
            ("السيد", "سيد", Likeness::Variant),
            ("علاء", "علا", Likeness::Variant),
            ("هناء", "هنا", Likeness::Variant),
            ("هناء", "سنا", Likeness::Different),
            ("علاء", "علي", Likeness::Different),
            ("محمد", "محمود", Likeness::OneEdit),
            ("حسن", "حسين", Likeness::OneEdit),
            ("محمد", "مجمحد", Likeness::OneEdit),
            ("ابراهيم", "ابراخمبم", Likeness::Different),
            ("علي", "عمر", Likeness::Different),
            ("مصطفي", "مصطفيات", Likeness::TwoEdits),
            ("محمد", "Mohamed", Likeness::Transliterated),
            ("محمد", "Mohsen", Likeness::Different),
            ("ابراهيم", "برهايم", Likeness::TwoEdits),
            ("خالد", "خلاد", Likeness::OneEdit),
        ] {
            assert_eq!(likeness(one, other), expected, "{one} {other}");
            assert_eq!(likeness(other, one), expected, "{other} {one}");
        }
    }
}
