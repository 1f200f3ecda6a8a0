//! Words that are taken for one another: partial, preliminary and final; came and voted; registered
//! and eligible. Each label has its own word in every language and none of its neighbours'; and on
//! the pages each figure stands under the label of its own kind (requirement W26).

use crate::nation::Stage;
use crate::nation::sample;
use crate::site::Site;
use sanduq_core::geography::UnitIx;
use sanduq_core::names::Locale;
use sanduq_core::text::folded;
use sanduq_core::text::localised;
use sanduq_count::form::Form;
use sanduq_count::form::Meaning;
use sanduq_count::results::Coverage;
use sanduq_count::results::Standing;
use sanduq_web::component::standing_key;
use sanduq_web::language::language;
use sanduq_web::language::texts;
use sanduq_web::view::View;

/// A kind of figure or result: its labels, and the beginnings of its words in each language.
struct Kind {
    name: &'static str,
    labels: &'static [&'static str],
    words: [(Locale, &'static [&'static str]); 4],
}

const fn words(
    ar: &'static [&'static str],
    fa: &'static [&'static str],
    fr: &'static [&'static str],
    en: &'static [&'static str],
) -> [(Locale, &'static [&'static str]); 4] {
    [
        (Locale::Ar, ar),
        (Locale::Fa, fa),
        (Locale::Fr, fr),
        (Locale::En, en),
    ]
}

/// The families: within one, no word stands for another.
const FAMILIES: [&[Kind]; 3] = [
    &[
        Kind {
            name: "partial",
            labels: &["standing-partial", "components-partial"],
            words: words(&["جزئي"], &["ناقص"], &["partiel"], &["partial"]),
        },
        Kind {
            name: "preliminary",
            labels: &["standing-preliminary", "seats-preliminary-title"],
            words: words(&["أولي"], &["اولیه"], &["préliminaire"], &["preliminar"]),
        },
        Kind {
            name: "final",
            labels: &[
                "standing-final",
                "seats-final-title",
                "components-final",
                "certify-done-signed",
            ],
            words: words(&["نهائي"], &["نهایی"], &["définiti", "final"], &["final"]),
        },
    ],
    &[
        Kind {
            name: "came",
            labels: &["figure-came"],
            words: words(
                &["الحاضر", "الحضور"],
                &["مراجعه‌کنند"],
                &["présenté"],
                &["came"],
            ),
        },
        Kind {
            name: "voted",
            labels: &["figure-voted", "board-chart", "figure-turnout-of"],
            words: words(&["أدلى", "أدلوا"], &["رأی‌داد"], &["votant"], &["voted"]),
        },
        Kind {
            name: "expected",
            // Nobody counted them: what was to be expected is no figure of who came or voted.
            labels: &["figure-expected"],
            words: words(
                &["متوقع", "المتوقع"],
                &["مورد انتظار"],
                &["attendu"],
                &["expected"],
            ),
        },
    ],
    &[
        Kind {
            name: "registered",
            labels: &["figure-registered", "board-chart", "figure-turnout-of"],
            words: words(
                &["المقيد", "مقيد"],
                &["ثبت‌نام"],
                &["inscrit"],
                &["registered"],
            ),
        },
        Kind {
            name: "eligible",
            labels: &["figure-eligible"],
            words: words(
                &["مؤهل", "له حق الانتخاب", "لهم حق الانتخاب"],
                &["واجد"],
                &["éligible", "ayant"],
                &["eligible"],
            ),
        },
    ],
];

/// Sentences whose very point is the difference.
const COMPARED: [&str; 1] = ["refusal-turnout-more-voted-than-came"];

/// Whether a sentence has a word of the kind.
fn has(kind: &Kind, locale: Locale, sentence: &str) -> bool {
    let sentence = folded(sentence);
    let stems = kind.words.iter().find(|(own, _)| *own == locale).unwrap().1;
    stems.iter().any(|stem| {
        let stem = folded(stem);
        sentence.split(' ').any(|word| word.starts_with(&stem))
            || (stem.contains(' ') && sentence.contains(&stem))
    })
}

/// Every sentence of a language with its key, as it stands in the file.
pub fn sentences(locale: Locale) -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = Vec::new();
    for line in texts(locale).iter().flat_map(|text| text.lines()) {
        if line.starts_with(|c: char| c.is_ascii_lowercase()) {
            let (key, sentence) = line.split_once('=').unwrap();
            all.push((key.trim().to_owned(), sentence.to_owned()));
        } else if let Some((_, sentence)) = all.last_mut().filter(|_| line.starts_with(' ')) {
            sentence.push_str(line);
        }
    }
    all
}

#[test]
fn every_label_has_its_own_word_and_none_of_its_neighbours() {
    for locale in Locale::ALL {
        for family in FAMILIES {
            for kind in family {
                for label in kind.labels {
                    let said = language(locale).say(label);
                    let said = if said.contains('⟦') {
                        let all = sentences(locale);
                        all.into_iter().find(|(key, _)| key == label).unwrap().1
                    } else {
                        said
                    };
                    let place = format!("{} {label}: {said}", locale.tag());
                    assert!(has(kind, locale, &said), "{place} is not {}", kind.name);
                    for other in family.iter().filter(|other| other.name != kind.name) {
                        assert!(!has(other, locale, &said), "{place} says {}", other.name);
                    }
                }
            }
        }
    }
}

#[test]
fn no_sentence_mixes_two_words_of_a_family() {
    for locale in Locale::ALL {
        for (key, sentence) in sentences(locale) {
            for family in FAMILIES {
                let said = family.iter().filter(|kind| has(kind, locale, &sentence));
                let said: Vec<&str> = said.map(|kind| kind.name).collect();
                let compared = COMPARED.contains(&key.as_str());
                assert!(
                    said.len() < 2 || compared,
                    "{} {key} says {said:?}",
                    locale.tag()
                );
            }
        }
    }
}

#[test]
fn every_label_of_a_figure_or_a_standing_is_in_the_table() {
    let known: Vec<&str> = FAMILIES
        .iter()
        .flat_map(|f| f.iter())
        .flat_map(|k| k.labels)
        .copied()
        .collect();
    for locale in Locale::ALL {
        for (key, sentence) in sentences(locale) {
            let label = ["figure-", "standing-", "board-chart", "seats-"]
                .iter()
                .any(|start| key.starts_with(start));
            let kinds = FAMILIES.iter().flat_map(|family| family.iter());
            for kind in kinds.filter(|kind| label && has(kind, locale, &sentence)) {
                let listed = kind.labels.contains(&key.as_str());
                assert!(
                    listed,
                    "{} {key} says {}: {sentence}",
                    locale.tag(),
                    kind.name
                );
            }
        }
    }
    for standing in [Standing::Partial, Standing::Preliminary, Standing::Final] {
        assert!(known.contains(&standing_key(standing)), "{standing:?}");
    }
}

/// The lines of the invented nation's sheet: who is on its list is registered, who presented
/// themselves came.
#[test]
fn a_line_of_the_sheet_has_the_word_of_its_meaning() {
    let kinds = || FAMILIES.iter().flat_map(|family| family.iter());
    let form = include_str!("../../../../jurisdictions/wahat/forms/wahat.toml");
    let form = Form::from_toml(form).unwrap();
    for (meaning, own) in [
        (Meaning::Registered, Some("registered")),
        (Meaning::Presented, Some("came")),
        (Meaning::CheckedIn, None),
    ] {
        let field = &form.fields[form.meaning(meaning).unwrap()];
        for locale in Locale::ALL {
            let said = field.names.in_locale(locale);
            for kind in kinds() {
                let is_own = own == Some(kind.name);
                let other = !is_own && (own.is_some() || kind.name != "voted");
                let place = format!("{} {}: {said}", locale.tag(), field.code);
                assert!(
                    !is_own || has(kind, locale, said),
                    "{place} is not {}",
                    kind.name
                );
                assert!(
                    !other || !has(kind, locale, said),
                    "{place} says {}",
                    kind.name
                );
            }
        }
    }
}

#[test]
fn a_standing_takes_its_label_from_its_type() {
    let (locked, released, certified) = ((false, false), (true, false), (true, true));
    for (state, counted, stations, standing, label) in [
        (locked, 9, 9, Standing::Locked, "standing-locked"),
        (released, 0, 9, Standing::Awaited, "standing-awaited"),
        (released, 8, 9, Standing::Partial, "standing-partial"),
        (
            released,
            9,
            9,
            Standing::Preliminary,
            "standing-preliminary",
        ),
        (certified, 9, 9, Standing::Final, "standing-final"),
    ] {
        let own = Standing::of(state, Coverage { counted, stations });
        assert_eq!((own, standing_key(own)), (standing, label));
    }
}

/// The texts of the cells between these tags.
fn cells(html: &str, open: &str, close: &str) -> Vec<String> {
    let parts = html.split(open).skip(1);
    let texts = parts.map(|part| part.split(close).next().unwrap());
    let plain = texts.map(|text| {
        let text = text.split_once('>').map_or("", |(_, text)| text);
        text.split('<').next().unwrap().trim().to_owned()
    });
    plain.collect()
}

/// A page at noon: who came and who voted differ, and so do all the figures.
struct Noon {
    site: Site,
    view: View,
}

impl Noon {
    async fn new() -> Self {
        Self {
            site: Site::at(Stage::Polling(12)).await,
            view: View::new(sample(Stage::Polling(12)).0).unwrap(),
        }
    }

    /// The figures of a unit by the key of their label.
    fn figures(&self, ix: UnitIx) -> [(&'static str, u64); 3] {
        let sums = self.view.sums(ix);
        let figures = [sums.registered, sums.day.came, sums.day.voted];
        assert!(
            figures[0] > figures[1] && figures[1] > figures[2],
            "the sample tells them apart"
        );
        let keys = ["figure-registered", "figure-came", "figure-voted"];
        [0, 1, 2].map(|at| (keys[at], figures[at]))
    }
}

#[tokio::test]
async fn every_large_figure_stands_under_the_label_of_its_kind() {
    let noon = Noon::new().await;
    let nation = noon.view.nation();
    let (north, _) = noon.view.unit("1").unwrap();
    for (path, ix) in [("/", nation), ("/unit/1", north), ("/board", nation)] {
        for locale in Locale::ALL {
            let body = noon
                .site
                .get(&format!("{path}?lang={}", locale.tag()))
                .await
                .body;
            let list = body.split("<dl class=\"figures\">").nth(1).unwrap();
            let list = list.split("</dl>").next().unwrap();
            let mut seen = 0;
            for pair in list.split("<div>").skip(1) {
                let (label, value) = (
                    &cells(pair, "<dt", "</dt>")[0],
                    &cells(pair, "<dd", "</dd>")[0],
                );
                for (key, figure) in noon.figures(ix) {
                    let own = *label == language(locale).say(key);
                    let shown = *value == localised(figure, locale);
                    assert_eq!(own, shown, "{path} {}: {label} {value}", locale.tag());
                    seen += usize::from(own);
                }
            }
            assert!(seen >= 2, "{path} {}", locale.tag());
        }
    }
}

#[tokio::test]
async fn every_column_stands_under_the_label_of_its_kind() {
    let noon = Noon::new().await;
    let nation = noon.view.nation();
    for locale in Locale::ALL {
        let body = noon
            .site
            .get(&format!("/?lang={}", locale.tag()))
            .await
            .body;
        for table in ["<table class=\"hours\">", "<table class=\"units\">"] {
            let table = body
                .split(table)
                .nth(1)
                .unwrap()
                .split("</table>")
                .next()
                .unwrap();
            let (head, rows) = table.split_once("</thead>").unwrap();
            let labels = cells(head, "<th ", "</th>");
            let last = rows.rsplit("<tr>").next().unwrap();
            let values = cells(last, "<td", "</td>");
            let mut seen = 0;
            for (label, value) in labels.iter().skip(1).zip(&values) {
                for (key, figure) in noon.figures(nation) {
                    let own = *label == language(locale).say(key);
                    let shown = *value == localised(figure, locale);
                    assert_eq!(own, shown, "{}: {label} {value}", locale.tag());
                    seen += usize::from(own);
                }
            }
            assert_eq!(seen, 2, "two of the three stand in each table");
        }
    }
}
