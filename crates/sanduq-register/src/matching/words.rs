//! What evidence says, in the four languages of the house: for the clerk who decides, the person
//! concerned who asks why, and the court. Words are those of the glossary.

use super::date;
use super::evidence::Order;
use super::evidence::Piece;
use super::evidence::Places;
use super::evidence::Sexes;
use super::number;
use super::similarity::Likeness;
use super::weights::Class;
use sanduq_core::names::Locale;

mod reservation;

pub use reservation::Reservation;

/// One text in Arabic, Persian, French and English.
type Four = [&'static str; 4];

/// The text of a language.
const fn of(four: Four, locale: Locale) -> &'static str {
    match locale {
        Locale::Ar => four[0],
        Locale::Fa => four[1],
        Locale::Fr => four[2],
        Locale::En => four[3],
    }
}

/// What is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A part of the name: 0 given, 1 father, 2 grandfather, 3 family.
    Name(usize),
    /// The order of the parts.
    Order,
    /// The date of birth.
    Date,
    /// The national number.
    Number,
    /// The place of registration.
    Place,
    /// Sex.
    Sex,
    /// A further attribute, by its place among the columns; the profile has its name.
    Extra(usize),
    /// Everything taken together, and how many others could be meant.
    Together,
}

impl Subject {
    /// Its name.
    #[must_use]
    pub const fn name(self, locale: Locale) -> &'static str {
        let four = match self {
            Self::Name(0) => ["الاسم الأول", "نام", "prénom", "given name"],
            Self::Name(1) => ["اسم الأب", "نام پدر", "nom du père", "father's name"],
            Self::Name(2) => [
                "اسم الجد",
                "نام پدربزرگ",
                "nom du grand-père",
                "grandfather's name",
            ],
            Self::Name(_) => [
                "اسم العائلة",
                "نام خانوادگی",
                "nom de famille",
                "family name",
            ],
            Self::Order => [
                "ترتيب الأسماء",
                "ترتیب نام‌ها",
                "ordre des noms",
                "order of the names",
            ],
            Self::Date => [
                "تاريخ الميلاد",
                "تاریخ تولد",
                "date de naissance",
                "date of birth",
            ],
            Self::Number => [
                "الرقم القومي",
                "کد ملی",
                "numéro national",
                "national ID number",
            ],
            Self::Place => [
                "جهة القيد",
                "محل ثبت",
                "lieu d'inscription",
                "place of registration",
            ],
            Self::Sex => ["النوع", "جنسیت", "sexe", "sex"],
            Self::Extra(_) => [
                "بيان آخر",
                "مشخصه دیگر",
                "autre élément",
                "further attribute",
            ],
            Self::Together => [
                "كل ذلك معًا وعدد المحتملين",
                "همه با هم و شمار افراد محتمل",
                "l'ensemble, et combien d'autres sont possibles",
                "all of it together, and how many others are possible",
            ],
        };
        of(four, locale)
    }
}

/// What a piece of evidence is about and what it says; `None` for pieces that weigh others
/// together and have no words of their own.
#[must_use]
pub fn said(piece: Piece, locale: Locale) -> Vec<(Subject, &'static str)> {
    match piece {
        Piece::Name(part, likeness, _) => vec![(Subject::Name(part), like(likeness, locale))],
        Piece::Order(order) => vec![(Subject::Order, ordered(order, locale))],
        Piece::DateAndNumber(date, number) => vec![
            (Subject::Date, dated(date, locale)),
            (Subject::Number, numbered(number, locale)),
        ],
        Piece::Place(places, _) => vec![(Subject::Place, placed(places, locale))],
        Piece::Sex(sexes) => vec![(Subject::Sex, sexed(sexes, locale))],
        Piece::Extra(place, likeness, _) => {
            vec![(Subject::Extra(place), like_attribute(likeness, locale))]
        }
        Piece::DateInNumber(_)
        | Piece::NamesAndNumber(..)
        | Piece::DateAndNames(..)
        | Piece::Script(..) => Vec::new(),
    }
}

const MISSING: Four = [
    "غير مذكور في أحد السجلين",
    "در یکی از دو سابقه نیامده است",
    "absent de l'une des deux fiches",
    "not given in one of the two records",
];
const SAME: Four = ["متطابق", "یکسان", "identique", "the same"];
const DIFFERENT: Four = ["مختلف", "متفاوت", "différent", "different"];

/// What is said of two women's fathers or grandfathers where either name may be a husband's.
#[must_use]
pub const fn perhaps_husband(locale: Locale) -> &'static str {
    let four = [
        "لا يُوزن، فقد يكون أحد الاسمين اسم الزوج",
        "سنجیده نمی‌شود، چون شاید یکی نام شوهر باشد",
        "non pesé\u{a0}: l'un des noms est peut-être celui du mari",
        "not weighed: one of the names may be the husband's",
    ];
    of(four, locale)
}

/// What two further attributes say: an address or a telephone is no name.
fn like_attribute(likeness: Likeness, locale: Locale) -> &'static str {
    match likeness {
        Likeness::Same => of(SAME, locale),
        Likeness::Variant | Likeness::Transliterated | Likeness::NearlyTransliterated => {
            let four = [
                "متطابق برسم آخر",
                "یکسان با نگارشی دیگر",
                "identique, écrit autrement",
                "the same, written otherwise",
            ];
            of(four, locale)
        }
        _ => like(likeness, locale),
    }
}

fn like(likeness: Likeness, locale: Locale) -> &'static str {
    let four = match likeness {
        Likeness::Missing => MISSING,
        // However it is spelt: the key is the same.
        Likeness::Same => ["الاسم نفسه", "همان نام", "le même nom", "the same name"],
        Likeness::Variant => [
            "رسم آخر للاسم نفسه",
            "املای دیگری از همان نام",
            "autre graphie du même nom",
            "another spelling of the same name",
        ],
        Likeness::OneEdit => [
            "يختلف بحرف واحد",
            "با یک حرف اختلاف",
            "une lettre de différence",
            "one letter apart",
        ],
        Likeness::TwoEdits => [
            "يختلف بحرفين",
            "با دو حرف اختلاف",
            "deux lettres de différence",
            "two letters apart",
        ],
        Likeness::Transliterated => [
            "الاسم نفسه بحروف أخرى",
            "همان نام به خطی دیگر",
            "le même nom dans une autre écriture",
            "the same name in another script",
        ],
        Likeness::NearlyTransliterated => [
            "يكاد يكون الاسم نفسه بحروف أخرى",
            "کمابیش همان نام به خطی دیگر",
            "presque le même nom dans une autre écriture",
            "nearly the same name in another script",
        ],
        Likeness::Different => DIFFERENT,
    };
    of(four, locale)
}

fn ordered(order: Order, locale: Locale) -> &'static str {
    let four = match order {
        Order::Straight => [
            "كل اسم في موضعه",
            "هر نام در جای خود",
            "chaque nom à sa place",
            "each name at its place",
        ],
        Order::Shifted => [
            "اسم ناقص وما بعده متقدّم",
            "نامی افتاده و بقیه جابه‌جا شده‌اند",
            "un nom manque et les suivants ont avancé",
            "a name is missing and the others moved up",
        ],
        Order::Changed => [
            "أسماء تبادلت مواضعها",
            "نام‌ها جابه‌جا شده‌اند",
            "des noms ont changé de place",
            "names changed places",
        ],
        Order::Reversed => [
            "اسم العائلة أولًا في أحدهما",
            "در یکی نام خانوادگی در آغاز آمده است",
            "le nom de famille vient en premier dans l'une",
            "the family name stands first in one of them",
        ],
    };
    of(four, locale)
}

fn dated(date: date::Apart, locale: Locale) -> &'static str {
    let four = match date {
        date::Apart::Missing => MISSING,
        date::Apart::Same => SAME,
        date::Apart::SameDefault => [
            "متطابق، أول أيام السنة وقد يعني يومًا مجهولًا",
            "یکسان، نخستین روز سال که شاید روزی نامعلوم باشد",
            "identique, un premier jour de l'année qui peut tenir lieu d'un jour inconnu",
            "the same, a first day of the year that may stand for an unknown one",
        ],
        date::Apart::Swapped => [
            "اليوم والشهر متبادلان",
            "روز و ماه جابه‌جا شده‌اند",
            "jour et mois intervertis",
            "day and month changed over",
        ],
        date::Apart::Neighbour => [
            "يوم قبله أو بعده",
            "یک روز پیش یا پس",
            "un jour d'écart",
            "a day apart",
        ],
        date::Apart::OtherYear => [
            "اليوم نفسه من سنة أخرى",
            "همان روز از سالی دیگر",
            "le même jour d'une autre année",
            "the same day of another year",
        ],
        date::Apart::OnlyYear => [
            "السنة نفسها، واليوم في أحدهما أول أيامها",
            "همان سال، و روز یکی نخستین روز آن است",
            "la même année, l'une au premier jour",
            "the same year, one of them its first day",
        ],
        date::Apart::OneDigit => [
            "يختلف برقم واحد",
            "با یک رقم اختلاف",
            "un chiffre de différence",
            "one digit apart",
        ],
        date::Apart::SameYear => [
            "السنة نفسها فقط",
            "تنها همان سال",
            "la même année seulement",
            "only the same year",
        ],
        date::Apart::Different => DIFFERENT,
    };
    of(four, locale)
}

fn numbered(number: number::Apart, locale: Locale) -> &'static str {
    let four = match number {
        number::Apart::Missing => MISSING,
        number::Apart::Same => SAME,
        number::Apart::OneDigit => [
            "يختلف برقم واحد",
            "با یک رقم اختلاف",
            "un chiffre de différence",
            "one digit apart",
        ],
        number::Apart::Transposed => [
            "رقمان متجاوران متبادلان أو رقم ساقط",
            "دو رقم کنار هم جابه‌جا یا یک رقم افتاده",
            "deux chiffres voisins intervertis, ou un chiffre omis",
            "two neighbouring digits changed over, or one left out",
        ],
        number::Apart::Neighbour => [
            "مسلسلان متتاليان كأرقام التوائم",
            "شماره‌های پی‌درپی، چنان‌که برای دوقلوها",
            "numéros d'ordre voisins, comme ceux de jumeaux",
            "next serials, as those of twins",
        ],
        number::Apart::SameHead => [
            "تاريخ ومكان واحد ومسلسل آخر",
            "یک تاریخ و محل با سریال دیگر",
            "même date et même lieu, autre numéro d'ordre",
            "one date and place, another serial",
        ],
        number::Apart::SameDate => [
            "تاريخ واحد ومكان آخر",
            "یک تاریخ و محلی دیگر",
            "même date, autre lieu",
            "one date, another place",
        ],
        number::Apart::Different => DIFFERENT,
    };
    of(four, locale)
}

fn placed(places: Places, locale: Locale) -> &'static str {
    let four = match places {
        Places::Missing => MISSING,
        Places::Same => ["واحدة", "یکسان", "le même", "the same"],
        Places::InNumber => [
            "مختلفة، وإحداها في رقم الآخر",
            "متفاوت، ولی یکی در کد ملی دیگری هست",
            "différents, mais l'un figure dans le numéro de l'autre",
            "different, but one stands in the other's number",
        ],
        Places::Different => ["مختلفة", "متفاوت", "différents", "different"],
    };
    of(four, locale)
}

fn sexed(sexes: Sexes, locale: Locale) -> &'static str {
    let four = match sexes {
        Sexes::Missing => MISSING,
        Sexes::Same => SAME,
        Sexes::Different => DIFFERENT,
    };
    of(four, locale)
}

/// What is done with the pair, as a sentence.
#[must_use]
pub const fn concluded(class: Class, locale: Locale) -> &'static str {
    let four = match class {
        Class::Automatic => [
            "يُقترح أنهما شخص واحد. لا يُحذف أحد: يقرّر موظف مختص، ثم يُخطَر صاحب الشأن وله أن \
             يطعن.",
            "پیشنهاد می‌شود که یک نفرند. کسی حذف نمی‌شود: مأمور تصمیم می‌گیرد، به شخص ابلاغ \
             می‌شود و او حق اعتراض دارد.",
            "Il est proposé que ce soit une seule personne. Nul n'est radié\u{a0}: un agent \
             décide, l'intéressé est avisé et peut faire recours.",
            "It is proposed that they are one person. Nobody is removed: an officer decides, the \
             person concerned has notice and may appeal.",
        ],
        Class::Review => [
            "قد يكونان شخصًا واحدًا: على موظف أن ينظر.",
            "شاید یک نفر باشند: کارمند باید بررسی کند.",
            "C'est peut-être une seule personne\u{a0}: un agent doit regarder.",
            "They may be one person: a clerk has to look.",
        ],
        Class::NoMatch => [
            "هما شخصان. لا يُقترح شيء.",
            "دو نفرند. چیزی پیشنهاد نمی‌شود.",
            "Ce sont deux personnes. Rien n'est proposé.",
            "They are two people. Nothing is proposed.",
        ],
    };
    of(four, locale)
}

/// The headings of an explanation: against a stranger, against a relative, the sum, the threshold.
#[must_use]
pub const fn headings(locale: Locale) -> [&'static str; 4] {
    match locale {
        Locale::Ar => ["مقابل الغريب", "مقابل القريب", "المجموع", "حد النظر"],
        Locale::Fa => ["در برابر غریبه", "در برابر خویشاوند", "جمع", "آستانه بررسی"],
        Locale::Fr => [
            "contre un inconnu",
            "contre un parent",
            "somme",
            "seuil d'examen",
        ],
        Locale::En => [
            "against a stranger",
            "against a relative",
            "sum",
            "threshold of review",
        ],
    }
}

#[cfg(test)]
mod tests {
    use super::super::evidence::CELLS;
    use super::*;

    #[test]
    fn every_piece_has_words_in_every_language_and_they_differ() {
        for cell in 0..CELLS {
            let told = Locale::ALL.map(|locale| said(Piece::of(cell), locale));
            for (place, (subject, english)) in told[3].iter().enumerate() {
                for other in &told[..3] {
                    assert_eq!(other[place].0, *subject);
                    assert_ne!(other[place].1, *english, "{cell}");
                    assert!(!other[place].1.is_empty());
                }
            }
        }
    }

    #[test]
    fn right_to_left_words_are_of_their_own_letters() {
        let arabic = |text: &str| text.chars().any(|c| ('\u{620}'..'\u{700}').contains(&c));
        for locale in Locale::ALL {
            let rtl = locale.direction() == "rtl";
            for class in [Class::Automatic, Class::Review, Class::NoMatch] {
                assert_eq!(arabic(concluded(class, locale)), rtl);
            }
            for one in [
                Reservation::Twins,
                Reservation::Generation,
                Reservation::Contradicted,
                Reservation::Husband,
                Reservation::Thin,
                Reservation::Asked,
                Reservation::Others,
            ] {
                assert_eq!(arabic(one.sentence(locale)), rtl);
            }
            for heading in headings(locale) {
                assert_eq!(arabic(heading), rtl);
            }
        }
        // Persian letters are not Arabic ones: ی and ک, never ي and ك.
        let persian = Locale::Fa;
        for cell in 0..CELLS {
            for (subject, words) in said(Piece::of(cell), persian) {
                let all = format!("{}{words}", subject.name(persian));
                assert!(!all.contains(['ي', 'ك', 'ى']), "{all}");
            }
        }
    }
}
