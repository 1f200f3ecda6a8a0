//! The certificate of a contest's result: votes, seats, who is elected, and how near the last seat
//! was. Always true here: what the result is called follows from the folder, and a document under
//! another name is refused; it is final only by the act of both organs in the journal, on the
//! sheets that are counted now; a partial result has votes and neither seats nor persons elected.

use crate::data::Document;
use crate::data::head::Asked;
use crate::data::head::Head;
use crate::data::value;
use crate::exit::Ended;
use crate::folder::Folder;
use crate::shown::Moment;
use crate::shown::Reader;
use crate::shown::text;
use clap::ValueEnum;
use sanduq_core::contest::Choice;
use sanduq_core::id::ChoiceCode;
use sanduq_core::seats::Lot;
use sanduq_core::seats::Margin;
use sanduq_core::seats::Outcome;
use sanduq_core::seats::Prize;
use sanduq_count::publication::Allotted;
use sanduq_count::publication::SeatsFile;
use sanduq_count::publication::TotalsRow;
use serde::Serialize;
use serde_json::json;

/// What a result is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Standing {
    /// Sheets are missing.
    Partial,
    /// Every sheet is counted; nobody has certified it.
    Preliminary,
    /// Certified by both organs.
    Final,
}

impl Standing {
    const fn code(self) -> &'static str {
        match self {
            Self::Partial => "partial",
            Self::Preliminary => "preliminary",
            Self::Final => "final",
        }
    }
}

/// A choice with its votes and seats.
#[derive(Serialize)]
struct ChoiceLine {
    number: String,
    code: String,
    name: String,
    votes: String,
    seats: Option<String>,
}

/// Somebody who is elected.
#[derive(Serialize)]
struct Elected {
    name: String,
    /// The list, where the choice is one.
    list: Option<String>,
}

/// How near a choice was to more.
#[derive(Serialize)]
struct Near {
    name: String,
    lacked: String,
    prize: &'static str,
    instead_of: Vec<String>,
}

/// The act that certified the result.
#[derive(Serialize)]
struct Act {
    number: String,
    at: Moment,
}

#[derive(Serialize)]
struct Certificate {
    head: Head,
    standing: &'static str,
    stations: String,
    counted: String,
    left_out: String,
    choices: Vec<ChoiceLine>,
    has_seats: bool,
    seats: String,
    vacant: String,
    /// `final`, `lot_needed`, `run_off`, `nominations_reopen`, `refused`, or none without seats.
    outcome: Option<&'static str>,
    /// Who is equal, or enters the second round.
    among: Vec<String>,
    elected: Vec<Elected>,
    margins: Vec<Near>,
    lots: Vec<Vec<String>>,
    rule: Option<String>,
    certified: Option<Act>,
}

/// The certificate of the contest's result, or the statement of what it is so far.
///
/// # Errors
/// The contest is locked, or its result is not what it is asked to be called.
pub fn certificate(
    folder: &Folder,
    asked: &Asked<'_>,
    called: Option<Standing>,
) -> Result<Document, Ended> {
    folder.released()?;
    let (reader, contest) = (asked.reader, &folder.entry().contest);
    let totals = folder.totals(&contest.code)?;
    let whole = totals.totals.first();
    let whole = whole.ok_or_else(|| Ended::fault(format!("{} has no totals", contest.code)))?;
    let certified = folder.certified(&totals);
    let standing = match certified {
        Some(_) => Standing::Final,
        None if whole.counted < whole.stations => Standing::Partial,
        None => Standing::Preliminary,
    };
    if let Some(called) = called.filter(|called| *called != standing) {
        return Err(other(folder, called, standing));
    }
    // Seats of half a count would only be taken for more than they are.
    let seats = match standing {
        Standing::Partial => None,
        Standing::Preliminary | Standing::Final => folder.seats()?,
    };
    let place = folder.unit(contest.unit.as_str())?;
    let path = format!("/unit/{}", contest.unit);
    let head = Head::new(folder, asked, place, &path);
    let told = Told {
        reader,
        choices: &contest.choices,
    };
    let allotted = seats.as_ref().and_then(|file| file.allotted.as_ref());
    let rule = contest.seat_rule.as_ref();
    let rule = rule.and_then(|code| folder.edition.seat_rule(code));
    let data = Certificate {
        standing: standing.code(),
        stations: reader.n(whole.stations),
        counted: reader.n(whole.counted),
        left_out: reader.n(whole.stations.saturating_sub(whole.counted)),
        choices: told.lines(whole, allotted),
        has_seats: seats.is_some(),
        seats: reader.n(contest.seats),
        vacant: reader.n(allotted.map_or(0, |all| all.vacant)),
        outcome: seats.as_ref().map(outcome),
        among: allotted.map_or_else(Vec::new, |all| told.names(among(all))),
        elected: allotted.map_or_else(Vec::new, |all| told.elected(all)),
        margins: allotted.map_or_else(Vec::new, |all| told.margins(all)),
        lots: told.lots(&folder.entry().lots),
        rule: rule.map(|rule| text(&rule.law)),
        certified: certified.map(|act| Act {
            number: reader.n(act.index),
            at: reader.moment(act.at),
        }),
        head,
    };
    Ok(Document {
        template: "certificate",
        code: data.head.code().to_owned(),
        data: value(&data)?,
        about: json!({ "standing": data.standing, "stations": whole.stations,
            "counted": whole.counted, "certified": certified.map(|act| act.index) }),
    })
}

/// The refusal of a document under another name than the result has.
fn other(folder: &Folder, called: Standing, standing: Standing) -> Ended {
    let why = format!(
        "the result of {} is {}, not {}{}",
        folder.entry().contest.code,
        standing.code(),
        called.code(),
        match called {
            Standing::Final =>
                ": the journal has no certificate of both organs on the sheets counted now",
            _ => "",
        }
    );
    Ended::refused(&format!("certificate.not_{}", called.code()), why)
}

const fn outcome(file: &SeatsFile) -> &'static str {
    match &file.allotted {
        None => "refused",
        Some(allotted) => match &allotted.outcome {
            Outcome::Final => "final",
            Outcome::LotNeeded(_) => "lot_needed",
            Outcome::RunOff { .. } => "run_off",
            Outcome::NominationsReopen => "nominations_reopen",
        },
    }
}

fn among(allotted: &Allotted) -> &[ChoiceCode] {
    match &allotted.outcome {
        Outcome::LotNeeded(lot) => &lot.among,
        Outcome::RunOff { among, .. } => among,
        Outcome::Final | Outcome::NominationsReopen => &[],
    }
}

/// Choices in the words of the reader.
struct Told<'a> {
    reader: Reader,
    choices: &'a [Choice],
}

impl Told<'_> {
    fn name(&self, code: &ChoiceCode) -> String {
        let choice = self.choices.iter().find(|choice| choice.code == *code);
        choice.map_or_else(
            || code.to_string(),
            |choice| self.reader.name(&choice.names),
        )
    }

    fn names(&self, codes: &[ChoiceCode]) -> Vec<String> {
        codes.iter().map(|code| self.name(code)).collect()
    }

    fn lots(&self, lots: &[Lot]) -> Vec<Vec<String>> {
        lots.iter().map(|lot| self.names(&lot.drawn)).collect()
    }

    fn lines(&self, whole: &TotalsRow, allotted: Option<&Allotted>) -> Vec<ChoiceLine> {
        let line = |(number, choice): (u64, &Choice)| {
            let sums = whole.choices.as_ref();
            let votes = sums.and_then(|sums| sums.get(&choice.code));
            let seats = allotted.and_then(|all| all.awards.get(&choice.code));
            ChoiceLine {
                number: self.reader.n(number),
                code: choice.code.to_string(),
                name: self.reader.name(&choice.names),
                votes: votes.map_or_else(String::new, |votes| self.reader.n(votes.get())),
                seats: seats.map(|seats| self.reader.n(seats)),
            }
        };
        (1..).zip(self.choices).map(line).collect()
    }

    /// Who has a seat: the choice itself, or the first of its list, as many as it has seats.
    fn elected(&self, allotted: &Allotted) -> Vec<Elected> {
        let mut elected = Vec::new();
        for choice in self.choices {
            let seats = allotted.awards.get(&choice.code).copied().unwrap_or(0);
            let seats = usize::try_from(seats).unwrap_or(usize::MAX);
            let name = self.reader.name(&choice.names);
            if choice.candidates.is_empty() && seats > 0 {
                elected.push(Elected { name, list: None });
                continue;
            }
            let first = choice.candidates.iter().take(seats);
            elected.extend(first.map(|candidate| Elected {
                name: self.reader.name(candidate),
                list: Some(name.clone()),
            }));
        }
        elected
    }

    /// The margins, the nearest first; none while a tie or new nominations hold the seats open.
    fn margins(&self, allotted: &Allotted) -> Vec<Near> {
        let open = matches!(
            allotted.outcome,
            Outcome::LotNeeded(_) | Outcome::NominationsReopen
        );
        let margins = allotted.margins.iter().filter(|_| !open);
        let near = |margin: &Margin| Near {
            name: self.name(&margin.choice),
            lacked: self.reader.n(margin.lacked),
            prize: match margin.prize {
                Prize::Seat => "seat",
                Prize::Keep => "keep",
                Prize::RunOffPlace => "run_off_place",
            },
            instead_of: self.names(&margin.instead_of),
        };
        margins.map(near).collect()
    }
}
