//! The list of acts is complete in every language, and an entry survives its own bytes.

use super::*;
use crate::refusal::Refusal;
use std::collections::BTreeSet;

#[test]
fn every_act_has_its_own_code_and_the_same_facts_in_four_languages() {
    let codes: BTreeSet<_> = Act::ALL.iter().map(|act| act.code()).collect();
    assert_eq!(codes.len(), Act::ALL.len());
    for act in Act::ALL {
        assert_eq!(Act::from_code(act.code()), Some(*act));
        let wanted = facts(act.sentence(Locale::En));
        for locale in Locale::ALL {
            assert_eq!(
                facts(act.sentence(locale)),
                wanted,
                "{} {}",
                act.code(),
                locale.tag()
            );
        }
    }
}

/// Who types decides with the other organ, and nobody but the two has a part in a sheet.
#[test]
fn every_act_has_its_organs() {
    for act in Act::ALL {
        assert!(!act.organs().is_empty(), "nobody may do {}", act.code());
        for organ in [Organ::Judiciary, Organ::Audit, Organ::External] {
            assert!(!act.may_be_done_by(organ), "{organ:?} does {}", act.code());
        }
        let technical = act.may_be_done_by(Organ::Technical);
        let staff = act.code().starts_with("staff.");
        assert_eq!(technical, staff, "{}", act.code());
    }
    for (act, executive, supervision) in [
        (Act::SheetFirstEntered, true, false),
        (Act::SheetAccepted, true, false),
        (Act::SheetProposed, true, true),
        (Act::SheetAdjudicated, true, true),
        (Act::ResultProposed, true, false),
        (Act::ResultProposalRefused, false, true),
        (Act::ResultCertified, false, true),
        (Act::CandidateFiguresReleased, true, true),
    ] {
        let may = |organ| act.may_be_done_by(organ);
        let both = (may(Organ::Executive), may(Organ::Supervision));
        assert_eq!(both, (executive, supervision), "{}", act.code());
    }
}

fn facts(sentence: &str) -> BTreeSet<&str> {
    sentence
        .split('{')
        .skip(1)
        .filter_map(|rest| rest.split('}').next())
        .collect()
}

fn entry() -> Entry {
    let actor = Actor {
        id: ActorId::new("clerk-7").unwrap(),
        organ: Organ::Executive,
    };
    let at = "2026-11-21T18:00:00Z".parse().unwrap();
    Entry::new(Act::SheetReceived, &actor, at)
        .with("station", "1-2")
        .with("contest", "c")
}

#[test]
fn only_canonical_bytes_are_an_entry() {
    let bytes = entry().to_bytes();
    assert_eq!(Entry::from_bytes(&bytes), Some(entry()));
    let text = String::from_utf8(bytes).unwrap();
    for altered in [
        text.replace(',', ", "),
        text.replace("sheet.received", "sheet.invented"),
        text.replace("18:00:00Z", "18:00:00+00:00"),
        text.replace("\"contest\":\"c\",", "")
            .replace('}', ",\"contest\":\"c\"}"),
        format!("{text}\n"),
    ] {
        assert_eq!(Entry::from_bytes(altered.as_bytes()), None, "{altered}");
    }
}

#[test]
fn the_sentence_shows_the_facts() {
    assert_eq!(
        entry().sentence(Locale::En),
        "The sheet of station 1-2 for c was received"
    );
}

/// A decision that one organ took against the other is nowhere told as one of both.
#[test]
fn a_decision_says_how_the_second_organ_answered() {
    let actor = entry();
    for act in [
        Act::SheetAdjudicated,
        Act::SheetReturned,
        Act::SheetSuperseded,
    ] {
        let mut decided = entry();
        decided.act = act.code().into();
        for (locale, both, refused) in [
            (Locale::Ar, "الجهازان", "رفض الجهاز الثاني"),
            (Locale::Fa, "هر دو مرجع", "مرجع دوم مخالفت کرد"),
            (Locale::Fr, "les deux organes", "le second organe a refusé"),
            (Locale::En, "both organs", "the second organ refused"),
        ] {
            let agreed = decided.sentence(locale);
            assert_eq!(
                agreed.contains(both),
                act == Act::SheetAdjudicated,
                "{agreed}"
            );
            assert!(!agreed.contains(refused), "{agreed}");
            let against = decided
                .clone()
                .with("refused", "not shown")
                .sentence(locale);
            assert!(!against.contains(both), "{against}");
            assert!(
                against.contains(refused) && against.ends_with("not shown"),
                "{against}"
            );
        }
    }
    // Refused persons of a station are another matter.
    let counted = actor.clone().with("refused", "3");
    assert_eq!(counted.sentence(Locale::En), actor.sentence(Locale::En));
}

#[test]
fn a_refusal_can_be_passed_on_as_a_box() {
    #[derive(Debug)]
    struct No;
    impl core::fmt::Display for No {
        fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
            f.write_str("no")
        }
    }
    impl core::error::Error for No {}
    impl Refusal for No {
        fn code(&self) -> &'static str {
            "test.no"
        }
    }
    let boxed: Box<dyn Refusal> = Box::new(No);
    assert_eq!(boxed.code(), "test.no");
}
