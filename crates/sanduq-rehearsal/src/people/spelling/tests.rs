//! Every way of spelling, one row each.

use super::*;

type Row = (&'static str, String, &'static str);

#[test]
fn every_way_of_spelling_does_one_thing() {
    let mut marks = MARKS.chars().cycle();
    let rows: [Row; 34] = [
        ("hamza off", bare_hamza("أحمد إسلام آية"), "احمد اسلام اية"),
        ("hamza below", hamza_below("أحمد"), "إحمد"),
        ("ta as ha", last_letter("فاطمة"), "فاطمه"),
        ("ha as ta", last_letter("طه"), "طة"),
        ("ya as alef", last_letter("علي"), "على"),
        ("alef as ya", last_letter("مصطفى"), "مصطفي"),
        ("another last letter stays", last_letter("محمد"), "محمد"),
        ("slave parted", parted("عبدالله"), "عبد الله"),
        ("father parted", parted("أبوبكر"), "أبو بكر"),
        ("bare father parted", parted("ابوبكر"), "ابو بكر"),
        ("parted already", parted("أبو بكر"), "أبو بكر"),
        ("faith parted", parted("سيفالدين"), "سيف الدين"),
        ("faith alone stays", parted("الدين"), "الدين"),
        ("joined", joined("علی رضا", ""), "علیرضا"),
        (
            "joined by nothing seen",
            joined("علی رضا", "\u{200c}"),
            "علی\u{200c}رضا",
        ),
        ("joined twice apart", joined("علي رضا", "  "), "علي  رضا"),
        ("article off", without_article("الشافعي"), "شافعي"),
        ("short stays", without_article("الله"), "الله"),
        ("mark inserted", inserted("عمر", 1, "\u{64f}"), "ع\u{64f}مر"),
        ("beyond the end", inserted("عمر", 3, "\u{64f}"), "عمر"),
        (
            "vowelled",
            vowelled("نور علي", || marks.next().unwrap_or(' ')),
            "ن\u{64b}و\u{64c}ر ع\u{64d}ل\u{64e}ي",
        ),
        ("mistaken", mistaken('ح'), "جخه"),
        ("mistaken for nothing", mistaken('م'), ""),
        ("replaced", replaced("حسن", 0, 'خ'), "خسن"),
        ("dropped", dropped("حسين", 2), "حسن"),
        ("doubled", doubled("سمية", 1), "سممية"),
        ("exchanged", exchanged("12345", 2), "12435"),
        ("last one stays", exchanged("12345", 4), "12345"),
        (
            "Persian keyboard, kaf",
            persian_keyboard("زكي", false),
            "زکي",
        ),
        ("Persian keyboard, ya", persian_keyboard("زكى", true), "زکی"),
        ("Arabic keyboard", arabic_keyboard("کیان"), "كيان"),
        ("Arabic digits", digits("2905-x", '٠'), "٢٩٠٥-x"),
        ("Persian digits", digits("123", '۰'), "۱۲۳"),
        ("Latin", latin("شهد عبد"), "Shhd Abd"),
    ];
    for (what, spelt, expected) in rows {
        assert_eq!(spelt, expected, "{what}");
    }
}

#[test]
fn letters_are_mistaken_for_one_another_both_ways() {
    for letter in LETTERS.chars() {
        for other in mistaken(letter).chars() {
            assert!(mistaken(other).contains(letter), "{letter} {other}");
            assert_ne!(letter, other);
        }
    }
}
