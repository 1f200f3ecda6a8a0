//! How a step is told: as an object for machines or in lines for people, in one of the four
//! languages of the house. What is said of an archive and its sidecar when they are checked stands
//! in the same files.

use crate::exit::Ended;
use crate::said::Sentences;
use crate::said::sentences;
use clap::Args;
use core::fmt::Display;
use sanduq_ballot::result::Answered;
use sanduq_core::names::Locale;
use sanduq_core::text::localised;
use serde_json::Value;

/// What is said of a remote ballot.
pub const SAID: Sentences = sentences!("ballot");

/// What is put into a sentence.
pub enum Put {
    /// A name, a path, digits to compare: as it is, whatever the direction of the sentence.
    Text(String),
    /// A number, as the language writes it.
    Count(u64),
}

impl Put {
    /// What is shown so.
    pub fn text(text: impl Display) -> Put {
        Put::Text(text.to_string())
    }

    /// So many things.
    pub fn count(things: usize) -> Put {
        Put::Count(u64::try_from(things).unwrap_or(u64::MAX))
    }
}

/// The sentence of a key, in English where no language is asked for.
pub fn line(locale: Option<Locale>, key: &str, parts: &[(&str, Put)]) -> String {
    let locale = locale.unwrap_or(Locale::En);
    let sentence = SAID.of_key(key, locale).unwrap_or_default().to_owned();
    parts.iter().fold(sentence, |sentence, (name, part)| {
        let part = match part {
            Put::Count(number) => localised(*number, locale),
            Put::Text(text) if matches!(locale, Locale::Ar | Locale::Fa) => {
                format!("\u{2068}{text}\u{2069}")
            }
            Put::Text(text) => text.clone(),
        };
        sentence.replace(&format!("{{ ${name} }}"), &part)
    })
}

/// What the ballots of a question say.
pub fn answered(answered: &Answered, locale: Option<Locale>) -> String {
    match answered {
        Answered::Counts(counts) => {
            let own = locale.unwrap_or(Locale::En);
            let counts: Vec<String> = counts.iter().map(|one| localised(*one, own)).collect();
            line(
                locale,
                "done-votes",
                &[("votes", Put::text(counts.join(" · ")))],
            )
        }
        Answered::Ballots(ballots) => {
            line(locale, "done-read", &[("count", Put::count(ballots.len()))])
        }
    }
}

/// How a step tells of its end.
#[derive(Args, Clone, Copy)]
pub struct Telling {
    /// Print one JSON object, of a refusal too: code, message.
    #[arg(long)]
    json: bool,
    /// The language of what is said: ar, fa, fr or en.
    #[arg(long, value_name = "LANGUAGE", value_parser = crate::said::locale)]
    lang: Option<Locale>,
}

impl Telling {
    /// A refusal as it is asked for.
    pub fn told(self, ended: Ended) -> Ended {
        SAID.told(ended, self.json, self.lang)
    }

    /// A sentence in the language that is asked for.
    pub fn line(self, key: &str, parts: &[(&str, Put)]) -> String {
        line(self.lang, key, parts)
    }

    /// The lines of a result, a line for each question.
    pub fn result(self, answers: &[Answered]) -> Vec<String> {
        let one = |(number, one): (u64, &Answered)| {
            let said = Put::Text(answered(one, self.lang));
            let parts = [("number", Put::Count(number)), ("answered", said)];
            self.line("done-question", &parts)
        };
        (1..).zip(answers).map(one).collect()
    }

    /// Says what was done.
    pub fn say(self, object: &Value, lines: &[String]) {
        if self.json {
            println!("{object}");
        } else {
            println!("{}", lines.join("\n"));
        }
    }
}

/// The sentence of a code of [`sanduq_ballot`].
pub fn of(code: &str, locale: Locale) -> Option<&'static str> {
    SAID.of(&format!("ballot.{code}"), locale)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::said::key;
    use crate::said::tests::sources;
    use sanduq_ballot::refusal::Refusal;
    use std::collections::BTreeSet;

    fn is_word(word: &str) -> bool {
        let mut letters = word.bytes();
        let known = |letter: u8| letter.is_ascii_lowercase() || letter == b'_';
        !word.is_empty() && letters.all(known)
    }

    /// The texts between quotation marks.
    fn quoted(text: &str) -> impl Iterator<Item = &str> {
        text.split('"').skip(1).step_by(2)
    }

    /// The codes of the rules: of all that is said there they alone have no blank in them.
    fn of_rules() -> BTreeSet<String> {
        let places = [
            "sanduq-ballot/src/refusal.rs",
            "sanduq-ballot/src/ceremony/refusal.rs",
        ];
        let texts = sources(&places);
        let codes = texts.iter().flat_map(|text| quoted(text));
        let codes = codes.filter(|word| is_word(word));
        codes.map(|code| format!("ballot.{code}")).collect()
    }

    /// The codes that the steps and the check name themselves.
    fn of_steps() -> BTreeSet<String> {
        let mut codes = BTreeSet::new();
        for text in sources(&["sanduq/src/ballot.rs", "sanduq/src/ballot"]) {
            for rest in text.split("refused(").skip(1) {
                let word = rest.trim_start().strip_prefix('"');
                let word = word.and_then(|rest| rest.split('"').next());
                let word = word.filter(|word| is_word(word));
                codes.extend(word.map(|word| format!("ballot.{word}")));
            }
        }
        let places = [
            "sanduq/src/ballot",
            "sanduq/src/whole.rs",
            "sanduq/src/verify.rs",
            "sanduq/src/verify",
        ];
        for text in sources(&places) {
            let text = text.replace("{noun}", "ballot");
            codes.extend(quoted(&text).filter_map(|word| {
                let (noun, reason) = word.split_once('.')?;
                let known = ["ballot", "archive", "folder"].contains(&noun);
                (known && is_word(reason)).then(|| word.to_owned())
            }));
        }
        codes
    }

    /// The keys of what is said of a step or a check that is done.
    fn of_ends() -> BTreeSet<String> {
        let kinds = ["done-", "aloud-", "head-", "excluded-", "verdict-"];
        let places = ["sanduq/src/ballot", "sanduq/src/verify"];
        let texts = sources(&places);
        let words = texts.iter().flat_map(|text| quoted(text));
        let known = |word: &&str| kinds.iter().any(|kind| word.starts_with(kind));
        let is_key = |word: &&str| known(word) && is_word(&word.replace('-', "_"));
        words.filter(is_key).map(str::to_owned).collect()
    }

    #[test]
    fn what_is_put_in_stands_in_every_sentence() {
        let parts = [
            ("path", Put::text("x.json")),
            ("threshold", Put::count(2)),
            ("members", Put::count(3)),
        ];
        let said = |locale| line(Some(locale), "done-threshold", &parts);
        assert_eq!(said(Locale::En), "x.json: 2 of 3 will be enough");
        assert_eq!(said(Locale::Fr), "x.json : 2 sur 3 suffiront");
        assert_eq!(said(Locale::Ar), "\u{2068}x.json\u{2069}: يكفي ٢ من ٣");
        // Every language has the same places in a sentence.
        let places = |key: &str, locale| {
            let sentence = SAID.of_key(key, locale).unwrap();
            let places = sentence.split("{ $").skip(1);
            let names = places.filter_map(|rest| rest.split(" }").next());
            names.map(str::to_owned).collect::<BTreeSet<String>>()
        };
        for key in of_ends() {
            for locale in Locale::ALL {
                assert_eq!(places(&key, locale), places(&key, Locale::En), "{key}");
            }
        }
    }

    #[test]
    fn every_code_has_a_sentence_of_its_own_in_every_language() {
        let (rules, steps) = (of_rules(), of_steps());
        assert!(rules.len() > 75 && steps.len() > 30, "{rules:?} {steps:?}");
        let beside = Refusal::OF_SIDECARS.map(|one| format!("ballot.{}", one.code()));
        assert!(beside.iter().all(|code| rules.contains(code)));
        for code in [
            "ballot.out_closed",
            "ballot.no_embedding",
            "folder.no_ballot",
        ] {
            assert!(steps.contains(code), "{code}");
        }
        let mut keys: BTreeSet<String> = rules.union(&steps).map(|code| key(code)).collect();
        let ends = of_ends();
        assert!(ends.len() > 45, "{ends:?}");
        keys.extend(ends);
        for locale in Locale::ALL {
            let said = SAID.all(&keys, locale);
            assert_eq!(said.len(), keys.len(), "sentences are told apart");
        }
    }
}
