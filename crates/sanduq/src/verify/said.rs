//! What does not hold of a remote ballot, in the four languages of the house: what is wrong and
//! what to do. The place stands before it, the code behind it; what is found stands in the last
//! line.

use crate::ballot::said;
use crate::ballot::said::SAID;
use crate::exit::Ended;
use sanduq_ballot::verify::report::Failure;
use sanduq_core::names::Locale;

/// A failure as a line, in the language that is asked for.
pub fn line(failure: &Failure, locale: Option<Locale>) -> String {
    let code = failure.refusal.code();
    match locale.and_then(|locale| said::of(code, locale)) {
        // The place is in English, whatever the direction of the sentence.
        Some(said) => format!("\u{2066}{}\u{2069}: {said} ({code})", failure.place),
        None => failure.to_string(),
    }
}

/// The last line: whether everything holds, or how much does not.
pub fn verdict(failures: Option<u64>, locale: Option<Locale>) -> String {
    match failures {
        None => said::line(locale, "verdict-holds", &[]),
        Some(failures) => {
            let failures = said::Put::Count(failures);
            said::line(locale, "verdict-fails", &[("failures", failures)])
        }
    }
}

/// How the check ends, in the language that is asked for; what it found was printed before.
pub fn refused(ended: Ended, locale: Option<Locale>) -> Ended {
    let (Ended::Refused { code, sentence }, Some(locale)) = (&ended, locale) else {
        return ended;
    };
    // Codes of the rules stand alone, those of the command behind a noun.
    let said = SAID.of(code, locale).or_else(|| said::of(code, locale));
    let Some(said) = said else {
        return ended;
    };
    Ended::Refused {
        code: code.clone(),
        sentence: format!("{said} \u{2068}({sentence})\u{2069}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sanduq_ballot::refusal::Refusal;
    use sanduq_ballot::verify::report::Place;

    #[test]
    fn a_line_has_place_sentence_and_code() {
        let failure = Failure {
            place: Place::at(7),
            refusal: Refusal::SidecarKey,
        };
        assert!(line(&failure, None).starts_with("event 7: the checkpoints are signed"));
        let french = line(&failure, Some(Locale::Fr));
        assert!(french.contains("event 7") && french.contains("Les états sont signés"));
        assert!(french.ends_with("(sidecar_key)"));
    }

    #[test]
    fn the_verdict_is_said_in_the_language_asked_for() {
        assert_eq!(verdict(None, None), "everything holds");
        assert_eq!(verdict(Some(1200), None), "DOES NOT HOLD: 1,200 failures");
        assert_eq!(verdict(None, Some(Locale::Fr)), "tout est valable");
        assert!(verdict(Some(2), Some(Locale::Ar)).ends_with('٢'));
    }
}
