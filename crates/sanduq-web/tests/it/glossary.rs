//! The words of the glossary are the only words: what a page calls a thing is what docs/glossary.md
//! calls it, in every language, and what people say instead of it stands in no sentence.

use crate::words::sentences;
use sanduq_core::act::Act;
use sanduq_core::names::Locale;
use sanduq_core::text::folded;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// The words for one noun in each language, in the order of the columns of the glossary: the first
/// is the glossary's own, those after it are how the language bends it.
type Words = [&'static [&'static str]; 4];

/// The columns of the glossary.
const COLUMNS: [Locale; 4] = [Locale::Ar, Locale::Fa, Locale::Fr, Locale::En];

/// A noun of the glossary, its words, and the labels that show it.
type Noun = (&'static str, Words, &'static [&'static str]);

#[rustfmt::skip]
const NOUNS: [Noun; 41] = [
    ("quarantined",
        [&["موقوف"], &["قرنطینه"], &["retenu"], &["held back"]],
        &["state-quarantined", "units-quarantined", "need-quarantined", "need-what-quarantined",
            "condition-held", "desk-decisions", "duty-adjudicator", "duty-supervisor",
            "story-quarantined", "entry-saved-held", "decision-law-required",
            "refusal-sheet-not-for-decision", "developers-door-decisions"]),
    ("suspended",
        [&["معلَّق"], &["معلق"], &["suspendu"], &["suspended"]], &["staff-suspended"]),
    ("organ",
        [&["جهاز"], &["مرجع"], &["organe"], &["organ"]],
        &["staff-organ", "filter-organ", "law-signature", "two-title", "desk-two-persons",
            "desk-to-sign", "decision-sign", "decision-reason", "decision-waits",
            "decision-send", "need-do-quarantined", "story-quarantined", "story-proposed",
            "story-decided-accept", "refusal-sheet-same-organ"]),
    ("agency",
        [&["جهة", "الجهات"], &["دستگاه"], &["organisme"], &["agency", "agencies"]],
        &["process-5-owner"]),
    ("executive_board",
        [&["هيئة التنفيذية", "الهيئات التنفيذية"], &["هیأت اجرایی", "هیأت‌های اجرایی"],
            &["comité exécutif", "comités exécutifs"], &["executive board"]],
        &["process-3-name", "process-11-owner"]),
    ("supervision_board",
        [&["هيئة الرقابة", "هيئات الرقابة"], &["هیأت نظارت", "هیأت‌های نظارت"],
            &["comité de supervision", "comités de supervision"], &["supervision board"]],
        &["process-4-name", "process-4-owner", "process-20-owner"]),
    ("emb",
        [&["هيئة إدارة الانتخابات"], &["نهاد مجری انتخابات"],
            &["organe de gestion des élections"], &["election management body"]],
        &["process-1-owner", "process-10-owner", "process-21-owner"]),
    ("grievance_committee",
        [&["لجنة التظلمات"], &["هیأت رسیدگی به شکایات"], &["commission des recours"],
            &["grievances committee"]],
        &["process-6-owner", "process-19-owner"]),
    ("station_head",
        [&["رئيس اللجنة الفرعية"], &["رئیس شعبه"], &["président du bureau"],
            &["head of station", "head of the station"]],
        &["role-station-head", "need-do-late"]),
    ("clerk",
        [&["مدخل بيانات"], &["متصدی ورود داده"], &["agent de saisie"], &["data-entry clerk"]],
        &["role-clerk"]),
    ("adjudicator",
        [&["عضو البت"], &["عضو رسیدگی"], &["membre décideur"], &["adjudicator"]],
        &["role-adjudicator", "role-supervisor"]),
    ("operations_room",
        [&["غرفة العمليات"], &["مرکز پایش"], &["salle des opérations"], &["operations room"]],
        &["duty-operations-officer", "process-22-name"]),
    ("voter_roll",
        [&["السجل الانتخابي"], &["فهرست رأی‌دهندگان"], &["registre"], &["roll"]],
        &["duty-registrar", "process-5-name"]),
    ("registration",
        [&["القيد", "المقيد", "مقيد"], &["ثبت‌نام"], &["inscri"], &["registration", "registered"]],
        &["figure-registered", "figure-turnout-of", "board-chart", "decision-registered",
            "refusal-turnout-more-than-registered"]),
    ("presented",
        [&["الحضور"], &["مراجعه‌کننده", "مراجعه‌کنندگان"], &["présenté"], &["came"]],
        &["figure-came", "refusal-turnout-more-voted-than-came"]),
    ("voted",
        [&["أدلى بصوته", "أدلوا بأصواتهم"], &["رأی‌داده", "رأی‌دادگان"], &["votant"], &["voted"]],
        &["figure-voted", "figure-turnout-of", "board-chart",
            "refusal-turnout-more-than-registered", "refusal-turnout-more-voted-than-came"]),
    ("turnout",
        [&["نسبة المشاركة"], &["میزان مشارکت"], &["taux de participation"], &["turnout"]],
        &["figure-turnout", "board-turnout", "hours-title", "map-turnout",
            "developers-door-nation", "developers-door-unit", "developers-door-board"]),
    ("expectation",
        [&["متوقع"], &["مورد انتظار"], &["attendu"], &["expected", "expectation"]],
        &["figure-expected", "need-far-below", "need-what-far-below", "refusal-law-far-below"]),
    ("outline",
        [&["حدود"], &["مرز"], &["contour"], &["outline"]],
        &["components-dots", "refusal-outline-short", "refusal-outline-of-station",
            "refusal-outline-too-long"]),
    ("polling_station",
        [&["مكتب", "مكاتب"], &["شعبه", "شعب"], &["bureau"], &["polling station", "station"]],
        &["process-15-owner", "process-16-owner", "own-station-yours", "board-stations",
            "image-station", "decision-station", "entry-station", "filter-station"]),
    ("contest",
        [&["انتخاب"], &["انتخاب"], &["scrutin"], &["contest"]],
        &["contests-title", "contests-contest", "below-title", "below-contests", "below-all",
            "filter-contest", "process-contests", "certify-why", "certify-none",
            "certify-sign-why", "image-locked-why", "image-not-shown", "image-counted-without",
            "image-missing-locked", "margins-files", "developers-contest",
            "developers-door-contests", "developers-door-certification",
            "developers-door-images", "developers-door-margins", "developers-door-sheets",
            "developers-door-totals", "developers-door-seats", "refusal-results-not-released",
            "refusal-results-sheet-missing", "refusal-results-sheet-waits",
            "refusal-results-nothing-proposed", "refusal-sheet-already-received",
            "certify-touched", "refusal-results-touched"]),
    ("placement",
        [&["تسكين الناخبين"], &["توزیع رأی‌دهندگان"], &["affectation"], &["placement"]],
        &["process-11-name", "process-11-part"]),
    ("ballot_box",
        [&["صندوق"], &["صندوق"], &["urne"], &["ballot box", "box"]],
        &["decision-in-box", "station-box-empty"]),
    ("seal",
        [&["قفل", "أقفال", "الأقفال"], &["پلمب"], &["scellé"], &["seal"]],
        &["station-seals-hint", "refusal-station-no-seals", "process-14-paper"]),
    ("valid_vote",
        [&["صحيح"], &["صحیح"], &["exprimé"], &["valid"]], &["decision-valid", "choices-share"]),
    ("invalid_vote",
        [&["باطل"], &["باطل"], &["nul"], &["invalid"]], &["decision-invalid"]),
    ("result_sheet",
        [&["محضر الفرز"], &["صورت‌جلسه شعبه"], &["procès-verbal de dépouillement"],
            &["result sheet", "minutes"]],
        &["sheet-title", "process-17-name"]),
    ("double_entry",
        [&["إدخال", "إدخالان"], &["ورود"], &["saisie"], &["entry", "entries"]],
        &["state-first-entered", "state-differing", "desk-first", "desk-second", "entry-first",
            "entry-second", "process-18-gate"]),
    ("recount",
        [&["إعادة الفرز"], &["بازشماری"], &["recomptage"], &["recount"]],
        &["process-19-name", "process-19-part"]),
    ("partial_result",
        [&["نتيجة جزئية"], &["نتیجه ناقص"], &["résultat partiel"], &["partial result"]],
        &["standing-partial"]),
    ("preliminary_result",
        [&["نتيجة أولية"], &["نتیجه اولیه"], &["résultat préliminaire"],
            &["preliminary result"]],
        &["standing-preliminary"]),
    ("tie",
        [&["تساوي الأصوات"], &["تساوی آرا"], &["égalité des voix"], &["tie"]],
        &["map-tie", "seats-lot-title"]),
    ("seat",
        [&["مقعد", "المقاعد", "مقاعد"], &["کرسی"], &["siège"], &["seat"]],
        &["seats-title", "seats-open", "below-seats", "process-21-part"]),
    ("run_off",
        [&["جولة الإعادة"], &["دور دوم", "مرحله دوم"], &["second tour"], &["run-off"]],
        &["seats-run-off-title", "process-21-name"]),
    ("choice",
        [&["اختيار"], &["گزینه"], &["choix"], &["choice"]],
        &["choices-choice", "sheet-choices", "votes-files", "developers-door-votes"]),
    ("certification",
        [&["اعتماد"], &["تأیید صحت انتخابات"], &["validation"], &["certification", "confirmation"]],
        &["process-20-name", "process-21-gate"]),
    ("dress_rehearsal",
        [&["بروفة"], &["مانور"], &["répétition"], &["rehearsal"]], &["page-invented"]),
    ("snapshot",
        [&["لقطة", "لقطات"], &["تصویر لحظه‌ای", "تصویرهای لحظه‌ای"], &["instantané"],
            &["snapshot"]],
        &["page-snapshot", "duty-results-officer", "developers-snapshot", "process-24-part"]),
    ("journal",
        [&["السجل"], &["دفتر رخدادها"], &["journal"], &["journal"]],
        &["journal-title", "process-why", "process-23-part", "refusal-web-other-journal"]),
    ("first_password",
        [&["كلمة السر الأولى", "كلمة سر أولى", "كلمات السر الأولى"], &["گذرواژه نخستین"],
            &["premier mot de passe"], &["first password"]],
        &["first-title", "first-reset", "staff-first", "two-reset", "second-reset"]),
    ("second_person",
        [&["شخص ثانٍ", "شخص ثان", "شخصًا ثانيًا"], &["نفر دوم"], &["seconde personne"],
            &["second person"]],
        &["second-title", "refusal-staff-second-person", "second-alone-next"]),
];

/// What is said instead of a word of the glossary, as the beginning of a word; whole where a space
/// follows.
const INSTEAD: [(Locale, &[(&str, &str)]); 4] = [
    (
        Locale::Ar,
        &[
            ("محجور", "quarantined"),
            ("حُجر ", "quarantined"),
            ("الجهتين", "organ"),
            ("الجهتان", "organ"),
            ("مقترع", "voter, voted"),
            ("المقترع", "voter, voted"),
            ("الحاضرين ", "presented"),
            ("رئيس المكتب", "station_head"),
            ("برئيس المكتب", "station_head"),
            ("خيار", "choice"),
            ("الخيار", "choice"),
            ("والخيار", "choice"),
            ("جهازك أنت", "a computer is no organ"),
            ("هذا الجهاز ما", "a computer is no organ"),
        ],
    ),
    (
        Locale::Fa,
        &[
            ("نما ", "snapshot"),
            ("نمای ", "snapshot"),
            ("نماها", "snapshot"),
            ("دو نهاد", "organ"),
            ("نگه داشته می‌ماند", "quarantined"),
            ("باطله", "invalid_vote"),
            ("هیأت شکایات", "grievance_committee"),
            ("دستگاه دیگری", "a computer is no agency"),
            ("این دستگاه", "a computer is no agency"),
        ],
    ),
    (
        Locale::Fr,
        &[
            ("quarantaine", "quarantined"),
            ("mis en attente", "quarantined"),
            ("procès-verbal en attente", "quarantined"),
            ("procès-verbaux en attente", "quarantined"),
            ("son attente", "expectation"),
            ("leur attente", "expectation"),
            ("instance", "organ, executive_board, supervision_board"),
            ("contrôleur", "supervisor"),
            ("chef ", "station_head"),
            ("inscriptions du journal", "an entry is no registration"),
            ("inscription au journal", "an entry is no registration"),
            ("essai général", "dress_rehearsal"),
            ("opérateur", "clerk"),
        ],
    ),
    (
        Locale::En,
        &[
            ("quarantin", "quarantined"),
            ("held out", "quarantined"),
            ("held or sent back", "quarantined"),
            ("typist", "clerk"),
            ("electoral roll", "voter_roll"),
            ("polling place", "polling_station"),
            ("null vote", "invalid_vote"),
            ("constituency result", "partial_result"),
            ("tied", "tie"),
        ],
    ),
];

/// The rows of the glossary: the cells of each language by the code of the noun.
fn glossary() -> BTreeMap<String, Vec<String>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/glossary.md");
    let text = fs::read_to_string(path).unwrap();
    let mut rows = BTreeMap::new();
    for line in text.lines().filter(|line| line.starts_with("| `")) {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let code = cells[0].trim_matches('`').to_owned();
        let own = cells[1..].iter().map(|cell| (*cell).to_owned()).collect();
        assert!(
            rows.insert(code, own).is_none(),
            "{} stands twice",
            cells[0]
        );
    }
    rows
}

/// Every sentence of a language with its key: those of the pages and those of the journal.
fn all_sentences(locale: Locale) -> Vec<(String, String)> {
    let acts = Act::ALL
        .iter()
        .map(|act| (act.code().to_owned(), act.sentence(locale).to_owned()));
    sentences(locale).into_iter().chain(acts).collect()
}

#[test]
fn the_words_of_the_table_are_those_of_the_glossary() {
    let rows = glossary();
    for (code, words, _) in NOUNS {
        let row = rows.get(code);
        let row = row.unwrap_or_else(|| panic!("{code} is not in docs/glossary.md"));
        for ((locale, words), cell) in COLUMNS.iter().zip(words).zip(row) {
            let own = folded(cell).contains(&folded(words[0]));
            assert!(
                own,
                "{code} {}: {} is not in {cell}",
                locale.tag(),
                words[0]
            );
        }
    }
}

#[test]
fn every_label_has_the_word_of_the_glossary() {
    for (column, locale) in COLUMNS.iter().enumerate() {
        let sentences: BTreeMap<_, _> = sentences(*locale).into_iter().collect();
        for (code, words, labels) in NOUNS {
            for label in labels {
                let said = sentences.get(*label);
                let said = said.unwrap_or_else(|| panic!("{label} has no sentence"));
                let folded_said = folded(said);
                let has = |word: &&str| folded_said.contains(&folded(word));
                let named = words[column].iter().any(has);
                assert!(
                    named,
                    "{} {label} does not say {code}: {said}",
                    locale.tag()
                );
            }
        }
    }
}

#[test]
fn no_sentence_says_another_word_instead() {
    let mut wrong = Vec::new();
    for (locale, instead) in INSTEAD {
        for (key, sentence) in all_sentences(locale) {
            let said = format!(" {} ", folded(&sentence));
            for (word, noun) in instead {
                let whole = if word.ends_with(' ') { " " } else { "" };
                if said.contains(&format!(" {}{whole}", folded(word))) {
                    let place = format!("{} {key}: {sentence}", locale.tag());
                    wrong.push(format!("{place} says {word}; the glossary has {noun}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn quarantined_is_one_word_in_journal_and_pages() {
    let (_, words, _) = NOUNS[0];
    for (locale, words) in COLUMNS.into_iter().zip(words) {
        let sentence = folded(Act::SheetQuarantined.sentence(locale));
        // The journal tells what was done, the badge what is: one root.
        let root = match locale {
            Locale::Ar => "أُوقف",
            _ => words[0],
        };
        assert!(sentence.contains(&folded(root)), "{sentence}");
    }
}
