//! What is said of a field that was filled in but cannot be read: to whom it belongs it is not the
//! same as one that was left empty.

use sanduq_core::names::Locale;

/// That a date or number stands in a record and cannot be read.
#[must_use]
pub const fn unreadable(locale: Locale) -> &'static str {
    match locale {
        Locale::Ar => "مذكور لكنه غير مقروء في أحد السجلين",
        Locale::Fa => "در یکی از دو سابقه آمده ولی خوانا نیست",
        Locale::Fr => "illisible dans l'une des deux fiches",
        Locale::En => "not readable in one of the two records",
    }
}

/// That so many people stand under a number that it is nobody's, and is not compared.
#[must_use]
pub const fn of_many(locale: Locale) -> &'static str {
    match locale {
        Locale::Ar => "تحته أشخاص كثيرون، فلا يُقارَن",
        Locale::Fa => "زیر آن کسان بسیاری آمده‌اند و سنجیده نمی‌شود",
        Locale::Fr => "porté par trop de personnes pour être comparé",
        Locale::En => "stands under too many people to be compared",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_says_it_in_its_own_words() {
        let mut said = [Locale::ALL.map(unreadable), Locale::ALL.map(of_many)].concat();
        said.sort_unstable();
        said.dedup();
        assert_eq!(said.len(), 8);
    }
}
