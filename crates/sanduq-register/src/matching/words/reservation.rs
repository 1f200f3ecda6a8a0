//! Why a pair is not proposed unasked, or is asked in any case, in a sentence for whoever decides.

use super::of;
use sanduq_core::names::Locale;

/// Why a pair is held back or asked about, whatever its points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reservation {
    /// They may be twins.
    Twins,
    /// One is the other's parent by the order of the names.
    Generation,
    /// A part of the name, the date or the number contradicts.
    Contradicted,
    /// Another father's or grandfather's name of a woman, which may be her husband's.
    Husband,
    /// The numbers cannot be compared.
    Thin,
    /// One number, birthday and family: asked whatever the given name is.
    Asked,
    /// Automatic pairs of these records contradict each other.
    Others,
}

impl Reservation {
    /// The reservation as a sentence.
    #[must_use]
    pub const fn sentence(self, locale: Locale) -> &'static str {
        let four = match self {
            Self::Twins => [
                "قد يكونان توأمين: يُطلب دليل أقوى.",
                "شاید دوقلو باشند: دلیل قوی‌تری لازم است.",
                "Ce sont peut-être des jumeaux\u{a0}: il faut davantage de preuves.",
                "They may be twins: more evidence is asked for.",
            ],
            Self::Generation => [
                "ترتيب الأسماء يدل على أن أحدهما ابن الآخر أو ابنته.",
                "ترتیب نام‌ها نشان می‌دهد که یکی فرزند دیگری است.",
                "L'ordre des noms montre que l'un est l'enfant de l'autre.",
                "By the order of the names one is the other's child.",
            ],
            Self::Husband => [
                "اسم الأب أو الجد مختلف، وقد يكون أحدهما اسم الزوج: لا يُقترح دون نظر.",
                "نام پدر یا پدربزرگ متفاوت است و شاید یکی نام شوهر باشد: بی‌بررسی پیشنهاد نمی‌شود.",
                "Le nom du père ou du grand-père diffère, l'un est peut-être celui du mari\u{a0}: \
                 rien n'est proposé sans examen.",
                "The father's or grandfather's name is another, and one may be the husband's: \
                 nothing is proposed without a look.",
            ],
            Self::Others => [
                "أزواج أخرى لهذين السجلين تناقض هذا الزوج: على موظف أن ينظر فيها جميعًا.",
                "جفت‌های دیگر این سوابق با این جفت ناسازگارند: کارمند باید همه را با هم ببیند.",
                "D'autres paires de ces fiches la contredisent\u{a0}: un agent doit toutes les \
                 voir.",
                "Other pairs of these records contradict this one: a clerk has to see them all.",
            ],
            Self::Asked => [
                "رقم واحد وتاريخ ميلاد واحد وأسماء أسرة واحدة: يُسأل عنهما مهما كان الاسم الأول.",
                "یک شماره، یک تاریخ تولد و یک خانواده: نام هر چه باشد، پرسیده می‌شود.",
                "Un seul numéro, une seule date de naissance, une seule famille\u{a0}: un agent \
                 regarde, quel que soit le prénom.",
                "One number, one date of birth and one family: a clerk looks, whatever the given \
                 name is.",
            ],
            Self::Thin => [
                "لا رقم للمقارنة، وقد يتفق شخصان في الأسماء وتاريخ الميلاد: لا يُقترح دون \
                 نظر.",
                "کدی برای سنجش نیست و دو نفر می‌توانند هم‌نام و هم‌زاد باشند: بی‌بررسی \
                 پیشنهاد نمی‌شود.",
                "Aucun numéro à comparer, et deux personnes peuvent partager noms et date de \
                 naissance\u{a0}: rien n'est proposé sans examen.",
                "No number can be compared, and two people may share their names and date of \
                 birth: nothing is proposed without a look.",
            ],
            Self::Contradicted => [
                "بيان من البيانات يناقض ذلك، فلا يُقترح دون نظر.",
                "یکی از مشخصات با آن ناسازگار است، پس بی‌بررسی پیشنهاد نمی‌شود.",
                "L'un des éléments s'y oppose\u{a0}: rien n'est proposé sans examen.",
                "One of the particulars speaks against it: nothing is proposed without a look.",
            ],
        };
        of(four, locale)
    }
}
