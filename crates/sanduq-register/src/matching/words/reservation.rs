//! Why a pair is not proposed unasked, in a sentence for whoever decides.

use super::of;
use sanduq_core::names::Locale;

/// Why a pair is held back, whatever its points.
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
    /// Neither dates nor numbers can be compared.
    Thin,
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
                "Ce sont peut-être des jumeaux : il faut davantage de preuves.",
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
                "Le nom du père ou du grand-père diffère, l'un est peut-être celui du mari : rien \
                 n'est proposé sans examen.",
                "The father's or grandfather's name is another, and one may be the husband's: \
                 nothing is proposed without a look.",
            ],
            Self::Others => [
                "أزواج أخرى لهذين السجلين تناقض هذا الزوج: على موظف أن ينظر فيها جميعًا.",
                "جفت‌های دیگر این سوابق با این جفت ناسازگارند: کارمند باید همه را با هم ببیند.",
                "D'autres paires de ces fiches la contredisent : un agent doit toutes les voir.",
                "Other pairs of these records contradict this one: a clerk has to see them all.",
            ],
            Self::Thin => [
                "لا تاريخ ولا رقم للمقارنة، والأسماء وحدها لا تكفي.",
                "نه تاریخی برای سنجش هست و نه کدی؛ نام‌ها به‌تنهایی کافی نیستند.",
                "Ni date ni numéro à comparer : les noms seuls ne suffisent pas.",
                "Neither a date nor a number can be compared: names alone are not enough.",
            ],
            Self::Contradicted => [
                "بيان من البيانات يناقض ذلك، فلا يُقترح دون نظر.",
                "یکی از مشخصات با آن ناسازگار است، پس بی‌بررسی پیشنهاد نمی‌شود.",
                "L'un des éléments s'y oppose : rien n'est proposé sans examen.",
                "One of the particulars speaks against it: nothing is proposed without a look.",
            ],
        };
        of(four, locale)
    }
}
