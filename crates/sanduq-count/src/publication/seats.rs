//! `seats/<contest>.{json,csv}`: the seats of a released contest with every step that led to them
//! and the margin of every choice. Always true here: seats are computed from the totals of the same
//! edition with the text of law beside them, and never typed; while sheets are missing they are
//! called partial; a rule that refuses is quoted, not bent.

use crate::publication::Edition;
use crate::publication::PublicContest;
use crate::publication::Stamp;
use crate::publication::by_code::ByCode;
use crate::publication::csv::Table;
use crate::publication::geography::names;
use crate::results::Standing;
use crate::results::Totals;
use crate::results::seat_input;
use sanduq_core::count::Votes;
use sanduq_core::id::ChoiceCode;
use sanduq_core::id::ContestCode;
use sanduq_core::id::LawCode;
use sanduq_core::id::UnitCode;
use sanduq_core::refusal::Refusal as _;
use sanduq_core::seats::Allotment;
use sanduq_core::seats::Constituency;
use sanduq_core::seats::Lot;
use sanduq_core::seats::Margin;
use sanduq_core::seats::Moved;
use sanduq_core::seats::Outcome;
use sanduq_core::seats::Prize;
use sanduq_core::seats::SeatInput;
use sanduq_core::seats::SeatRefusal;
use sanduq_core::seats::SeatRule;
use sanduq_core::seats::Step;
use sanduq_core::seats::allot;
use sanduq_core::seats::allot_nation;
use serde::Serialize;
use std::collections::BTreeMap;

/// A step with its sentence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Told {
    /// The step in English.
    pub sentence: String,
    /// Its figures.
    #[serde(flatten)]
    pub step: Step,
}

/// What the rule gave.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Allotted {
    /// Seats by choice.
    pub awards: ByCode<ChoiceCode, u32>,
    /// What is still open.
    pub outcome: Outcome,
    /// Seats that nobody fills.
    pub vacant: u32,
    /// How near each choice was to more, the nearest first.
    pub margins: Vec<Margin>,
    /// What an annulment moved.
    pub moved: Vec<Moved>,
    /// The steps of the national threshold, where the rule has one.
    pub nation: Vec<Told>,
    /// The steps in the contest.
    pub steps: Vec<Told>,
}

/// Why the rule gave nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Refused {
    /// The stable code.
    pub code: String,
    /// The sentence.
    pub sentence: String,
}

/// `seats/<contest>.json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SeatsFile {
    /// What the file says about itself.
    pub edition: Stamp,
    /// The contest.
    pub contest: ContestCode,
    /// Its unit.
    pub unit: UnitCode,
    /// The rule, by the code of its text.
    pub rule: LawCode,
    /// Seats to fill.
    pub seats: u32,
    /// Stations that owe a sheet.
    pub stations: u64,
    /// Accepted sheets among them.
    pub counted: u64,
    /// What that makes of the seats.
    pub standing: Standing,
    /// Votes by choice that the seats follow from.
    pub votes: ByCode<ChoiceCode, Votes>,
    /// The lots that were drawn.
    pub lots: Vec<Lot>,
    /// The seats; left out when the rule refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub allotted: Option<Allotted>,
    /// Why there are none; left out otherwise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refused: Option<Refused>,
}

/// The figures of a contest as the seat engine wants them; see [`seat_input`].
fn input(edition: &Edition, entry: &PublicContest, totals: &Totals) -> Option<SeatInput> {
    seat_input(edition.paper(entry).form(), &entry.contest, totals)
}

/// The allotment with the steps of the nation, or why there is none.
type Answer = Result<(Allotment, Vec<Step>), Refused>;

fn refused(refusal: &SeatRefusal) -> Refused {
    Refused {
        code: refusal.code().to_owned(),
        sentence: refusal.to_string(),
    }
}

fn unknown_valid() -> Refused {
    Refused {
        code: "seats.valid_unknown".to_owned(),
        sentence: "the form has no line for valid ballots, and a ballot carries several votes"
            .to_owned(),
    }
}

/// The seats of every released contest that has a rule, by the place of the contest. `totals` are
/// the figures of each contest's own unit, in the order of the contests.
#[must_use]
pub fn allotted(edition: &Edition, totals: &[Totals]) -> Vec<Option<SeatsFile>> {
    let mut answers: Vec<Option<Answer>> = vec![None; edition.contests.len()];
    let mut nations: BTreeMap<&LawCode, Vec<usize>> = BTreeMap::new();
    for (at, entry) in edition.contests.iter().enumerate() {
        let Some(rule) = rule(edition, entry) else {
            continue;
        };
        if rule.threshold.national.is_some() {
            nations.entry(&rule.code).or_default().push(at);
        } else {
            let answer = match input(edition, entry, &totals[at]) {
                Some(input) => allot(rule, &input, &entry.lots).map_err(|why| refused(&why)),
                None => Err(unknown_valid()),
            };
            answers[at] = Some(answer.map(|allotment| (allotment, Vec::new())));
        }
    }
    for (code, places) in nations {
        let rule = edition
            .seat_rule(code)
            .expect("the code came from a rule of the edition");
        for (at, answer) in in_nation(edition, rule, &places, totals) {
            answers[at] = Some(answer);
        }
    }
    let contests = edition.contests.iter().zip(totals);
    contests
        .zip(answers)
        .map(|((entry, totals), answer)| Some(file(edition, entry, totals, answer?)))
        .collect()
}

/// The rule of a contest whose figures may be shown.
fn rule<'a>(edition: &'a Edition, entry: &PublicContest) -> Option<&'a SeatRule> {
    let rule = edition.seat_rule(entry.contest.seat_rule.as_ref()?);
    rule.filter(|_| entry.released && entry.contest.seats > 0)
}

fn in_nation(
    edition: &Edition,
    rule: &SeatRule,
    places: &[usize],
    totals: &[Totals],
) -> Vec<(usize, Answer)> {
    let constituency = |at: &usize| {
        let entry = &edition.contests[*at];
        Some(Constituency {
            unit: entry.contest.unit.clone(),
            contest: input(edition, entry, &totals[*at])?,
            lots: entry.lots.clone(),
        })
    };
    let constituencies: Option<Vec<Constituency>> = places.iter().map(constituency).collect();
    let nation = constituencies
        .ok_or_else(unknown_valid)
        .and_then(|constituencies| {
            allot_nation(rule, &constituencies).map_err(|why| refused(&why))
        });
    let answers: Vec<Answer> = match nation {
        Ok(nation) => {
            let steps = nation.steps;
            let allotments = nation.constituencies.into_iter();
            allotments
                .map(|(_, allotment)| Ok((allotment, steps.clone())))
                .collect()
        }
        Err(refusal) => vec![Err(refusal); places.len()],
    };
    places.iter().copied().zip(answers).collect()
}

fn told(steps: Vec<Step>) -> Vec<Told> {
    let told = |step: Step| Told {
        sentence: step.to_string(),
        step,
    };
    steps.into_iter().map(told).collect()
}

fn file(edition: &Edition, entry: &PublicContest, totals: &Totals, answer: Answer) -> SeatsFile {
    let contest = &entry.contest;
    let (allotted, refused) = match answer {
        Ok((allotment, nation)) => {
            let awards = allotment.awards.into_iter();
            let allotted = Allotted {
                awards: ByCode(awards.map(|award| (award.choice, award.seats)).collect()),
                outcome: allotment.outcome,
                vacant: allotment.vacant,
                margins: allotment.margins,
                moved: allotment.moved,
                nation: told(nation),
                steps: told(allotment.steps),
            };
            (Some(allotted), None)
        }
        Err(refused) => (None, Some(refused)),
    };
    let codes = contest.choices.iter().map(|choice| &choice.code);
    SeatsFile {
        edition: edition.stamp().clone(),
        contest: contest.code.clone(),
        unit: contest.unit.clone(),
        rule: contest
            .seat_rule
            .clone()
            .expect("only a contest with a rule has seats"),
        seats: contest.seats,
        stations: totals.stations,
        counted: totals.counted,
        standing: Standing::of(
            (entry.released, is_final(edition, entry)),
            totals.coverage(),
        ),
        votes: ByCode::new(codes, totals.choices.clone()),
        lots: entry.lots.clone(),
        allotted,
        refused,
    }
}

/// Whether the votes that the seats follow from are final: those of the contest and, where a
/// threshold of the nation decides, those of every contest under its rule.
fn is_final(edition: &Edition, entry: &PublicContest) -> bool {
    let code = entry.contest.seat_rule.as_ref();
    let rule = code.and_then(|code| edition.seat_rule(code));
    let nation = rule.is_some_and(|rule| rule.threshold.national.is_some());
    let mut contests = edition.contests.iter();
    let mut all =
        || contests.all(|other| other.certified || other.contest.seat_rule.as_ref() != code);
    entry.certified && (!nation || all())
}

impl SeatsFile {
    /// The seats of a choice, once nothing is open any more.
    #[must_use]
    pub fn settled(&self, choice: &ChoiceCode) -> Option<u32> {
        let allotted = self.allotted.as_ref()?;
        let settled = allotted.outcome == Outcome::Final;
        allotted.awards.get(choice).copied().filter(|_| settled)
    }

    /// A row for each choice: votes, seats so far, what it lacked and for what.
    pub(super) fn csv(&self, entry: &PublicContest) -> Vec<u8> {
        let header = [
            "contest", "unit", "standing", "stations", "counted", "choice",
        ];
        let figures = ["votes", "seats", "lacked", "lacked_for"];
        let spellings = ["name_ar", "name_fa", "name_fr", "name_en"];
        let header = header.into_iter().chain(spellings).chain(figures);
        let mut table = Table::new(&self.edition, header);
        let allotted = self.allotted.as_ref();
        for choice in &entry.contest.choices {
            table.text(self.contest.as_str()).text(self.unit.as_str());
            table.text(self.standing.code());
            table.figure(Some(self.stations)).figure(Some(self.counted));
            table.text(choice.code.as_str());
            names(&mut table, &choice.names);
            table.figure(self.votes.get(&choice.code).map(|votes| votes.get()));
            table.figure(
                allotted
                    .and_then(|all| all.awards.get(&choice.code))
                    .copied(),
            );
            let mut margins = allotted.iter().flat_map(|allotted| &allotted.margins);
            let margin = margins.find(|margin| margin.choice == choice.code);
            table.figure(margin.map(|margin| margin.lacked));
            let prize = margin.map(|margin| match margin.prize {
                Prize::Seat => "seat",
                Prize::Keep => "keep",
                Prize::RunOffPlace => "run_off_place",
            });
            table.texts(prize).end();
        }
        table.into_bytes()
    }
}
