//! `sanduq match explain`: why two records are one person or two, in words a clerk, the person
//! concerned and a court can read.

use crate::exit::Ended;
use crate::fact::colon;
use crate::fact::comma;
use crate::matching::job;
use crate::matching::named;
use crate::matching::named::Sought;
use crate::matching::named::Written;
use crate::matching::place;
use crate::matching::profiles::Asked;
use crate::matching::profiles::Chosen;
use crate::matching::said;
use crate::progress::Progress;
use clap::Args;
use core::ops::ControlFlow;
use sanduq_core::cell;
use sanduq_core::names::Locale;
use sanduq_matching::fields::Fields;
use sanduq_matching::source::Column;
use sanduq_matching::source::Item;
use sanduq_matching::source::Source;
use sanduq_register::matching::evidence::Evidence;
use sanduq_register::matching::evidence::Order;
use sanduq_register::matching::evidence::Piece;
use sanduq_register::matching::profile::FATHER;
use sanduq_register::matching::profile::GRANDFATHER;
use sanduq_register::matching::profile::NAME_PARTS;
use sanduq_register::matching::profile::Profile;
use sanduq_register::matching::record::Record;
use sanduq_register::matching::similarity::Likeness;
use sanduq_register::matching::unreadable::of_many;
use sanduq_register::matching::unreadable::unreadable;
use sanduq_register::matching::weights::Class;
use sanduq_register::matching::weights::Weights;
use sanduq_register::matching::words;
use sanduq_register::matching::words::Reservation;
use sanduq_register::matching::words::Subject;
use serde_json::Value;
use serde_json::json;
use std::path::Path;
use std::path::PathBuf;

/// Say why two records match or do not, in four languages.
#[derive(Args)]
#[command(after_help = "Examples:
  sanduq match explain --profile wahat --roll roll.csv 4711 90210
  sanduq match explain --profile wahat --roll roll.csv --list deaths.csv 17 4711 --lang ar
  sanduq match explain --profile wahat --roll roll.parquet 4711 90210 --json
  sanduq match explain --profile wahat --roll roll.csv --pairs pairs.csv 4711 90210

With --list the first id is that of the list. The whole roll is read, because how rare a name or a
day of birth is counts. What is printed is personal: it belongs to whoever decides on the pair.")]
pub struct Explain {
    /// The id of one record.
    one: String,
    /// The id of the other.
    other: String,
    /// The roll in which the records stand.
    #[arg(long, value_name = "FILE")]
    roll: PathBuf,
    /// The list in which the first record stands.
    #[arg(long, value_name = "FILE")]
    list: Option<PathBuf>,
    /// The pairs that were written of these files: a pair that is held back there because others
    /// contradict it is explained so.
    #[arg(long, value_name = "FILE")]
    pairs: Option<PathBuf>,
    /// How the two ids are written, where it is not clear: exact, as their file has them, or cells,
    /// as a file of pairs has them, in which an apostrophe stands before what a spreadsheet would
    /// run [default: as they are found, exact first; refused where both name a record].
    #[arg(long, value_name = "HOW", value_parser = named::written)]
    ids: Option<Written>,
    #[command(flatten)]
    asked: Asked,
    /// Print one JSON object; of a refusal, its code and message.
    #[arg(long)]
    json: bool,
}

/// Runs the command.
///
/// # Errors
/// When a file is refused, or has no record of that id.
pub fn run(args: &Explain) -> Result<(), Ended> {
    explained(args).map_err(|ended| said::SAID.told(ended, args.json, args.asked.locale()))
}

fn explained(args: &Explain) -> Result<(), Ended> {
    if args.list.is_none() && args.one == args.other {
        return Err(same_record(&args.one));
    }
    let chosen = args.asked.choose()?;
    let mut progress = Progress::new();
    let mut files: Vec<&Path> = vec![&args.roll];
    files.extend(args.list.as_deref());
    let (engine, left_out) = job::opened(&chosen, &files, &mut progress)?;
    let list = engine.list();
    let end = u32::try_from(engine.ids().len()).unwrap_or(u32::MAX);
    let first = args.list.as_deref().unwrap_or(&args.roll);
    let sought: [Sought; 2] = [
        (&args.one, list.unwrap_or(0)..end, first),
        (&args.other, 0..list.unwrap_or(end), &args.roll),
    ];
    let rows = named::rows(&engine, sought, args.ids)?;
    // A cell of the pairs and the id itself may name one row.
    if rows[0] == rows[1] {
        return Err(same_record(&args.one));
    }
    let ids = rows.map(|row| String::from_utf8_lossy(engine.ids().of(row as usize)).into_owned());
    let ids = [ids[0].as_str(), ids[1].as_str()];
    let evidence = engine.evidence(rows);
    let place = |row: u32| match list {
        Some(list) if row >= list => left_out[1].row_of(u64::from(row - list)),
        _ => left_out[0].row_of(u64::from(row)),
    };
    let shown = [
        spellings(&chosen, first, place(rows[0]))?,
        spellings(&chosen, &args.roll, place(rows[1]))?,
    ];
    let told = Told {
        ids,
        weights: &chosen.weights,
        evidence: &evidence,
        facing: engine.facing(rows),
        records: rows.map(|row| &engine.records()[row as usize]),
        spellings: &shown,
        profile: &chosen.profile,
        held_back: match &args.pairs {
            Some(pairs) => is_held_back(pairs, ids, list.is_some())?,
            None => false,
        },
    };
    let locale = args.asked.locale();
    let locales: Vec<Locale> = locale.map_or(Locale::ALL.to_vec(), |locale| vec![locale]);
    if args.json {
        println!("{}", told.json(&locales));
    } else {
        let texts: Vec<String> = locales.iter().map(|locale| told.text(*locale)).collect();
        print!("{}", texts.join("\n"));
    }
    Ok(())
}

/// Says no to a record that is to be explained with itself.
fn same_record(id: &str) -> Ended {
    let sentence = format!(
        "{id} is one record, which is itself; name two, or the list of the first with --list"
    );
    place::refused("matching.same_record", sentence, vec![place::name(id)])
}

/// Names, date, number, place, sex and further attributes of a row of a file as they are spelt
/// there; its first row is 0.
fn spellings(chosen: &Chosen, path: &Path, number: u64) -> Result<Vec<String>, Ended> {
    let fields = Fields::new(&chosen.profile);
    let refused = |refusal| place::source(&refusal);
    let source = Source::open(path, &fields.wanted()).map_err(refused)?;
    let mut found = Vec::new();
    let read = source.each(|item| {
        let Item::Row(row) = item else {
            return ControlFlow::Continue(());
        };
        if row.number < number {
            return ControlFlow::Continue(());
        }
        let field = |at: Option<usize>| at.map_or("", |at| row.field(at).trim_ascii());
        let others = [fields.date, fields.number, fields.place, fields.sex];
        let columns = fields.names.iter().chain(&others).chain(&fields.extras);
        found = columns.map(|at| field(*at).to_owned()).collect();
        ControlFlow::Break(())
    });
    read.map(|_| found).map_err(refused)
}

/// Whether a file of pairs says that others contradict this one; where the first is of a list, ids
/// are of two kinds and the order counts.
fn is_held_back(path: &Path, ids: [&str; 2], of_list: bool) -> Result<bool, Ended> {
    let columns = ["one", "other", "notes"];
    let wanted = columns.map(Column::required);
    let source = Source::open(path, &wanted).map_err(|refusal| place::source(&refusal))?;
    let mut held_back = false;
    let read = source.each(|item| {
        let Item::Row(row) = item else {
            return ControlFlow::Continue(());
        };
        let [one, other] = [0, 1].map(|place| cell::bare(row.field(place)));
        let [one, other] = [one.as_ref(), other.as_ref()];
        if [one, other] != ids && (of_list || [other, one] != ids) {
            return ControlFlow::Continue(());
        }
        held_back = row
            .field(2)
            .split(' ')
            .any(|note| note == "others_contradict");
        ControlFlow::Break(())
    });
    read.map(|_| held_back)
        .map_err(|refusal| place::source(&refusal))
}

/// A pair and what is said of it.
struct Told<'a> {
    ids: [&'a str; 2],
    weights: &'a Weights,
    evidence: &'a Evidence,
    /// The parts of the two names that were compared with each other.
    facing: [[usize; NAME_PARTS]; 2],
    records: [&'a Record; 2],
    spellings: &'a [Vec<String>; 2],
    profile: &'a Profile,
    held_back: bool,
}

/// A line of an explanation.
struct Line {
    subject: Subject,
    words: Option<&'static str>,
    spelt: [String; 2],
    /// The parts of the two names, where they are not those of the subject.
    parts: [Option<Subject>; 2],
    worth: Option<[i32; 2]>,
}

impl Told<'_> {
    /// What is compared, line by line; pieces that weigh others together stand in one at the end.
    fn lines(&self, locale: Locale) -> Vec<Line> {
        let mut lines = Vec::new();
        let mut together = self.weights.start;
        together[0] += Weights::candidates(self.evidence);
        for (piece, worth) in self.weights.grounds(self.evidence) {
            let said = words::said(piece, locale);
            if said.is_empty() || matches!(piece, Piece::Order(Order::Straight)) {
                together = [together[0] + worth[0], together[1] + worth[1]];
                continue;
            }
            for (at, (subject, words)) in said.into_iter().enumerate() {
                lines.push(Line {
                    subject,
                    words: Some(self.unread(subject, locale).unwrap_or(words)),
                    spelt: self.spelt(subject),
                    parts: self.parts(subject),
                    // Date and number are weighed as one; the worth stands beside the first.
                    worth: (at == 0).then_some(worth),
                });
            }
        }
        lines.push(Line {
            subject: Subject::Together,
            words: None,
            spelt: Default::default(),
            parts: Default::default(),
            worth: Some(together),
        });
        lines
    }

    /// The spellings that were compared.
    fn spelt(&self, subject: Subject) -> [String; 2] {
        let at = match subject {
            Subject::Name(part) => self.facing.map(|parts| parts[part]),
            Subject::Date => [4; 2],
            Subject::Number => [5; 2],
            Subject::Place => [6; 2],
            Subject::Sex => [7; 2],
            Subject::Extra(place) => [8 + place; 2],
            Subject::Order | Subject::Together => return Default::default(),
        };
        let spelt = |record: usize| self.spellings[record].get(at[record]).cloned();
        [0, 1].map(|record| spelt(record).unwrap_or_default())
    }

    /// The parts of the two names that stand behind one, where it is another part.
    fn parts(&self, subject: Subject) -> [Option<Subject>; 2] {
        let Subject::Name(part) = subject else {
            return [None; 2];
        };
        let moved = |at: usize| (at != part).then_some(Subject::Name(at));
        self.facing.map(|parts| moved(parts[part]))
    }

    /// What the people of the profile call it.
    fn called(&self, subject: Subject, locale: Locale) -> &str {
        let column = match subject {
            Subject::Number => "number",
            Subject::Extra(place) => &self.profile.columns.extras[place],
            _ => return subject.name(locale),
        };
        let language = Locale::ALL.iter().position(|one| *one == locale);
        let called = self.profile.words.get(column).zip(language);
        match (called, subject) {
            (Some((called, language)), _) => &called[language],
            (None, Subject::Extra(_)) => column,
            (None, _) => subject.name(locale),
        }
    }

    /// What is done with the pair; one that others contradict is for a clerk.
    fn class(&self) -> Class {
        let class = self.weights.class(self.weights.score(self.evidence));
        if self.held_back {
            class.min(Class::Review)
        } else {
            class
        }
    }

    /// What is said where a date or a number was filled in and is not compared.
    fn unread(&self, subject: Subject, locale: Locale) -> Option<&'static str> {
        if let Subject::Name(part @ (FATHER | GRANDFATHER)) = subject {
            let unweighed = Piece::Name(part, Likeness::Missing, 0);
            let unweighed =
                self.evidence.husband && self.evidence.pieces().any(|one| one == unweighed);
            let given = self.spelt(subject).iter().all(|spelt| !spelt.is_empty());
            return (unweighed && given).then(|| words::perhaps_husband(locale));
        }
        let numbers = self.records.iter().all(|one| !one.number.is_missing());
        if subject == Subject::Number && self.evidence.thin && numbers {
            return Some(of_many(locale));
        }
        let lost = |record: &Record| match subject {
            Subject::Date => record.date.is_missing(),
            Subject::Number => record.number.is_missing(),
            _ => false,
        };
        let mut both = self.records.iter().zip(self.spelt(subject));
        both.any(|(record, spelt)| lost(record) && !spelt.is_empty())
            .then(|| unreadable(locale))
    }

    fn reservations(&self) -> Vec<Reservation> {
        let evidence = self.evidence;
        let all = [
            (evidence.twinlike, Reservation::Twins),
            (evidence.generation, Reservation::Generation),
            (evidence.contradicted, Reservation::Contradicted),
            (evidence.husband, Reservation::Husband),
            (evidence.thin, Reservation::Thin),
            (evidence.asked, Reservation::Asked),
            (self.held_back, Reservation::Others),
        ];
        all.into_iter()
            .filter(|(is, _)| *is)
            .map(|(_, why)| why)
            .collect()
    }

    fn text(&self, locale: Locale) -> String {
        let [stranger, relative, sum, threshold] = words::headings(locale);
        let (colon, comma) = (colon(locale), comma(locale));
        let mut text = format!("{} · {}\n", self.ids[0], self.ids[1]);
        for line in self.lines(locale) {
            let spelt = self.shown(&line, locale);
            let said = line
                .words
                .map(|words| format!("{colon}{words}"))
                .unwrap_or_default();
            let both = |[a, b]: [i32; 2]| {
                format!("{stranger} {}{comma}{relative} {}", points(a), points(b))
            };
            let worth = line.worth.map(|worth| format!("  ({})", both(worth)));
            let worth = worth.unwrap_or_default();
            text += &format!(
                "  {}{said}{spelt}{worth}\n",
                self.called(line.subject, locale)
            );
        }
        let sums = self.weights.sums(self.evidence);
        text += &format!(
            "  {sum}{colon}{stranger} {}{comma}{relative} {} · {threshold} {}\n",
            points(sums[0]),
            points(sums[1]),
            points(self.weights.review)
        );
        for why in self.reservations() {
            text += &format!("  {}\n", why.sentence(locale));
        }
        text + &format!("  {}\n", words::concluded(self.class(), locale))
    }

    /// The two spellings of a line, each with its part of the name where that is another one.
    fn shown(&self, line: &Line, locale: Locale) -> String {
        if line.spelt.iter().all(String::is_empty) {
            return String::new();
        }
        let [one, other] = [0, 1].map(|at| {
            let part = line.parts[at].map(|part| self.called(part, locale));
            let part = part.map(|part| format!(" ({part})"));
            let spelt = &line.spelt[at];
            format!("\u{2068}{spelt}\u{2069}{}", part.unwrap_or_default())
        });
        format!(" {one} | {other}")
    }

    fn json(&self, locales: &[Locale]) -> Value {
        let score = self.weights.score(self.evidence);
        let texts: serde_json::Map<String, Value> = locales
            .iter()
            .map(|locale| (locale.tag().to_owned(), self.in_words(*locale)))
            .collect();
        let [stranger, relative] = self.weights.sums(self.evidence);
        json!({
            "one": self.ids[0],
            "other": self.ids[1],
            "score": score,
            "class": self.class().word(),
            "against_a_stranger": stranger,
            "against_a_relative": relative,
            "review_from": self.weights.review,
            "automatic_from": self.weights.automatic,
            "explained": texts,
        })
    }

    fn in_words(&self, locale: Locale) -> Value {
        let line = |line: Line| {
            json!({
                "what": self.called(line.subject, locale),
                "says": line.words,
                "spellings": line.spelt,
                "parts": line.parts.map(|part| part.map(|part| self.called(part, locale))),
                "worth": line.worth,
            })
        };
        let lines: Vec<Value> = self.lines(locale).into_iter().map(line).collect();
        let why = self.reservations();
        let why: Vec<&str> = why.iter().map(|why| why.sentence(locale)).collect();
        let conclusion = words::concluded(self.class(), locale);
        json!({ "lines": lines, "reservations": why, "conclusion": conclusion })
    }
}

/// Thousandths of a natural logarithm with one place behind the point and a sign.
fn points(worth: i32) -> String {
    let tenths = (worth.abs() + 50) / 100;
    let sign = if worth < 0 && tenths > 0 { '−' } else { '+' };
    format!("\u{2066}{sign}{}.{}\u{2069}", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::points;

    #[test]
    fn points_have_one_place_and_a_sign() {
        for (worth, shown) in [
            (7991, "+8.0"),
            (-2760, "−2.8"),
            (-49, "+0.0"),
            (-50, "−0.1"),
            (0, "+0.0"),
        ] {
            assert_eq!(points(worth), format!("\u{2066}{shown}\u{2069}"), "{worth}");
        }
    }
}
