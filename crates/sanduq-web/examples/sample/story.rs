//! What happened to the sheets of the sample nation, and the journal that tells it. Most sheets add
//! up; some do not, some are still being typed, one was returned, one was corrected.

use crate::nation::Stage;
use crate::nation::at;
use crate::nation::instant;
use crate::nation::stations;
use crate::nation::weight;
use jiff::Timestamp;
use jiff::ToSpan;
use sanduq_core::act::Act;
use sanduq_core::act::Actor;
use sanduq_core::act::Entry;
use sanduq_core::act::Organ;
use sanduq_core::count::Votes;
use sanduq_core::geography::Geography;
use sanduq_core::geography::Unit;
use sanduq_core::id::ActorId;
use sanduq_core::id::UnitCode;
use sanduq_count::form::Finding;
use sanduq_count::form::Form;
use sanduq_count::publication::PublicContest;
use sanduq_count::publication::StationDay;
use sanduq_count::sheet::Correction;
use sanduq_count::sheet::Countersign;
use sanduq_count::sheet::Decision;
use sanduq_count::sheet::Figures;
use sanduq_count::sheet::Keyed;
use sanduq_count::sheet::Outcome;
use sanduq_count::sheet::Paper;
use sanduq_count::sheet::Proposal;
use sanduq_count::sheet::Salt;
use sanduq_count::sheet::Salts;
use sanduq_count::sheet::Sheet;
use sanduq_count::sheet::SheetKey;
use sanduq_count::sheet::SheetState;
use sanduq_count::sheet::digest;
use sanduq_journal::hash::Hash;

/// A number that stands on no accepted sheet: whoever sees it sees an entry that is still blind.
pub const BLIND: u64 = 77_003;

fn actor(number: &str, organ: Organ) -> Actor {
    Actor {
        id: ActorId::new(number).expect("the numbers of the sample are codes"),
        organ,
    }
}

/// The clerk who types first.
pub fn clerk() -> Actor {
    actor("E-1201", Organ::Executive)
}

fn executive() -> Actor {
    actor("E-0007", Organ::Executive)
}

fn supervision() -> Actor {
    actor("S-0003", Organ::Supervision)
}

/// The journal as it grows; entries are a few seconds apart.
struct Journal {
    entries: Vec<Entry>,
    now: Timestamp,
    step: i64,
}

impl Journal {
    fn write(&mut self, act: Act, by: &Actor, facts: &[(&'static str, &str)]) {
        self.now += self.step.seconds();
        let mut entry = Entry::new(act, by, self.now);
        for (key, value) in facts {
            entry = entry.with(*key, value);
        }
        self.entries.push(entry);
    }
}

/// Which fate a sheet has.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    Awaited,
    Received,
    First,
    Differing,
    Fine,
    Minor,
    Quarantined,
    Proposed,
    Returned,
    Adjudicated,
    Corrected,
}

fn fate(key: &SheetKey, stage: Stage) -> Fate {
    let part = match stage {
        Stage::Counting(part) => u64::from(part),
        Stage::Complete => 100,
        Stage::Dawn | Stage::Polling(_) => return Fate::Awaited,
        Stage::Closing => 6,
    };
    let drawn = weight(&format!("{} {}", key.contest, key.station)) % 100;
    if drawn >= part {
        return Fate::Awaited;
    }
    let last_ones = stage != Stage::Complete;
    match drawn {
        0..=1 => Fate::Adjudicated,
        2 => Fate::Corrected,
        3..=4 => Fate::Minor,
        5..=7 if last_ones => Fate::Quarantined,
        8 if last_ones => Fate::Proposed,
        9 if last_ones => Fate::Returned,
        _ if last_ones && drawn + 2 > part => Fate::Received,
        _ if last_ones && drawn + 4 > part => Fate::First,
        _ if last_ones && drawn + 5 > part => Fate::Differing,
        _ => Fate::Fine,
    }
}

/// Figures that add up: turnout from the day, votes by the weight of each choice.
fn figures(unit: &Unit, contest: &PublicContest, voted: u64) -> Figures {
    let registered = unit.registered.map_or(0, |registered| registered.get());
    let came = voted + weight(unit.code.as_str()) % 5;
    let (spoiled, blank) = (weight(unit.code.as_str()) % 4, voted / 60);
    let invalid = voted / 45;
    let valid = voted - blank - invalid;
    let received = registered + 50;
    let fields = [
        registered,
        came,
        came - voted,
        voted,
        received,
        received - spoiled - voted,
        spoiled,
        voted,
        voted,
        valid,
        invalid,
        blank,
    ];
    let choices = &contest.contest.choices;
    let weights = choices
        .iter()
        .zip([31, 29, 17, 12, 6])
        .map(|(choice, base)| base * 10 + weight(&format!("{} {}", choice.code, unit.code)) % 120);
    let weights: Vec<u64> = weights.collect();
    let all: u64 = weights.iter().sum();
    let mut votes: Vec<u64> = weights.iter().map(|weight| valid * weight / all).collect();
    votes[0] += valid - votes.iter().sum::<u64>();
    let some = |figures: &[u64]| figures.iter().map(|f| Some(Votes::new(*f))).collect();
    Figures {
        fields: some(&fields),
        choices: some(&votes),
    }
}

fn add(figure: &mut Option<Votes>, more: u64) {
    *figure = figure.map(|votes| Votes::new(votes.get() + more));
}

fn decision(outcome: Outcome, ground: &str, at: Timestamp) -> Decision {
    Decision {
        proposal: Proposal {
            by: executive(),
            at: at - 20.minutes(),
            outcome,
            ground: ground.to_owned(),
        },
        countersign: Countersign::Signed(supervision()),
        at,
    }
}

/// Both organs read these figures from the paper.
const fn read_again(figures: Figures, salt: Salt) -> Outcome {
    Outcome::Correct(Correction { figures, salt })
}

const GROUND: &str = "المادة 71: تحقق الجهازان من المحضر الورقي";

/// The states that a sheet of this fate has, the first version first; `second` is the salt of the
/// other one.
fn states(
    paper: &Paper<'_>,
    (fate, second): (Fate, Salt),
    good: Figures,
    now: Timestamp,
) -> Vec<SheetState> {
    let failing = |figures: &Figures| paper.failing(&figures.fields, &figures.choices);
    let accepted = |figures: Figures, decision: Option<Decision>| SheetState::Accepted {
        findings: failing(&figures),
        figures,
        decision,
        proposal: None,
    };
    let held = |figures: Figures, proposal| SheetState::Quarantined {
        findings: failing(&figures),
        figures,
        proposal,
    };
    let keyed = |figures: &Figures| Keyed {
        by: clerk(),
        at: now,
        figures: figures.clone(),
    };
    let mut wrong = good.clone();
    add(&mut wrong.choices[1], 10);
    let mut blind = good.clone();
    blind.choices[0] = Some(Votes::new(BLIND));
    let mut minor = good.clone();
    add(&mut minor.fields[1], 2);
    let mut counted_wrong = good.clone();
    add(&mut counted_wrong.fields[4], 3);
    let decided = |outcome| Some(decision(outcome, GROUND, now));
    match fate {
        Fate::Awaited => Vec::new(),
        Fate::Received => vec![SheetState::Received],
        Fate::First => vec![SheetState::FirstEntered {
            first: keyed(&blind),
        }],
        Fate::Differing => vec![SheetState::Differing {
            first: keyed(&blind),
            second: Keyed {
                by: actor("E-1203", Organ::Executive),
                ..keyed(&good)
            },
        }],
        Fate::Fine => vec![accepted(good, None)],
        Fate::Minor => vec![accepted(minor, None)],
        Fate::Quarantined => vec![held(wrong, None)],
        Fate::Proposed => {
            let proposal = decision(Outcome::Accept, GROUND, now).proposal;
            vec![held(wrong, Some(proposal))]
        }
        Fate::Returned => vec![SheetState::Returned {
            decision: decision(Outcome::Return, GROUND, now),
        }],
        Fate::Adjudicated => vec![accepted(counted_wrong, decided(Outcome::Accept))],
        Fate::Corrected => {
            let decision = decision(read_again(good.clone(), second), GROUND, now);
            let before = SheetState::Superseded {
                figures: minor,
                decision: decision.clone(),
            };
            vec![before, accepted(good, Some(decision))]
        }
    }
}

/// The sheets of a stage in order, and the journal up to it. Before the release they come without
/// figures, as from the store.
pub fn sheets(
    geography: &Geography,
    contests: &[PublicContest],
    form: &Form,
    days: &[(UnitCode, StationDay)],
    stage: Stage,
) -> (Vec<Sheet>, Vec<Entry>) {
    let mut journal = Journal {
        entries: Vec::new(),
        now: at(6, 0),
        step: 1500,
    };
    before(&mut journal, geography, contests, days, stage);
    (journal.now, journal.step) = (at(19, 41), 11);
    let salts = Salts::new(b"the oases are invented: no votes");
    let mut sheets = Vec::new();
    for contest in contests {
        let paper = Paper::new(form, &contest.contest);
        for ix in geography.stations() {
            let unit = geography.unit(ix);
            let owes = |ix| geography.unit(ix).code == contest.contest.unit;
            if !geography.path(ix).into_iter().any(owes) {
                continue;
            }
            let key = SheetKey {
                contest: contest.contest.code.clone(),
                station: unit.code.clone(),
            };
            let day = days.binary_search_by(|(code, _)| code.cmp(&unit.code));
            let voted = day
                .ok()
                .and_then(|at| days[at].1.hours.last())
                .map_or(0, |(.., v)| v.get());
            let good = figures(unit, contest, voted);
            let now = instant(stage);
            let fate = (fate(&key, stage), salts.version(&key, 2));
            let states = states(&paper, fate, good, now);
            for (version, mut state) in (1..).zip(states) {
                let salt = salts.version(&key, version);
                tell(&mut journal, &paper, &key, (version, salt), &state);
                if !contest.released {
                    lock(&mut state);
                }
                sheets.push(Sheet {
                    key: key.clone(),
                    version,
                    salt: if contest.released {
                        salt
                    } else {
                        Salt::WITHHELD
                    },
                    state,
                });
            }
        }
    }
    sheets.sort_by(|a, b| (&a.key, a.version).cmp(&(&b.key, b.version)));
    (sheets, journal.entries)
}

/// What the store leaves of a state before the release.
fn lock(state: &mut SheetState) {
    let bare = |finding: &Finding| Finding::of(&finding.check, finding.severity);
    match state {
        SheetState::Accepted {
            figures, findings, ..
        }
        | SheetState::Quarantined {
            figures, findings, ..
        } => {
            *figures = Figures::default();
            *findings = findings.iter().map(bare).collect();
        }
        SheetState::Superseded { figures, .. } => *figures = Figures::default(),
        SheetState::FirstEntered { first } => first.figures = Figures::default(),
        SheetState::Differing { first, second } => {
            first.figures = Figures::default();
            second.figures = Figures::default();
        }
        SheetState::Received | SheetState::Returned { .. } => {}
    }
}

/// The journal before the count.
fn before(
    journal: &mut Journal,
    geography: &Geography,
    contests: &[PublicContest],
    days: &[(UnitCode, StationDay)],
    stage: Stage,
) {
    let by = executive();
    let units = geography.units().len().to_string();
    let count = stations(geography).count().to_string();
    journal.write(Act::EventCalled, &by, &[("event", "wahat-2027")]);
    for (kind, code, text) in crate::nation::LAWS {
        let digest = Hash::of_bytes(text.as_bytes()).to_string();
        let facts = [("law", code), ("kind", kind), ("digest", digest.as_str())];
        journal.write(Act::LawAdopted, &by, &facts);
    }
    let facts = [("units", units.as_str()), ("stations", count.as_str())];
    journal.write(Act::GeographyAdopted, &by, &facts);
    let facts = [("registered", "57912"), ("digest", "0b8e4c1f7a52d963")];
    journal.write(Act::RollFrozen, &by, &facts);
    for contest in contests {
        let choices = contest.contest.choices.iter();
        let choices: Vec<&str> = choices.map(|choice| choice.code.as_str()).collect();
        let choices = choices.join(",");
        let facts = [
            ("contest", contest.contest.code.as_str()),
            ("choices", choices.as_str()),
        ];
        journal.write(Act::CandidatesAdopted, &by, &facts);
    }
    let facts = [("voters", "57912"), ("stations", count.as_str())];
    journal.write(Act::VotersPlaced, &by, &facts);
    for (by, role, staff) in [
        (actor("T-0001", Organ::Technical), "clerk", "E-1201"),
        (actor("T-0001", Organ::Technical), "adjudicator", "E-0007"),
        (supervision(), "supervisor", "S-0003"),
    ] {
        let facts = [("count", "1"), ("role", role), ("staff", staff)];
        journal.write(Act::StaffEnrolled, &by, &facts);
    }
    let opened = days.len().to_string();
    if stage > Stage::Dawn {
        journal.write(Act::StationsOpened, &by, &[("stations", &opened)]);
    }
    let last = days
        .iter()
        .filter_map(|(_, day)| day.hours.last())
        .map(|(hour, ..)| *hour)
        .max();
    for hour in 9..=last.unwrap_or(0) {
        let hour = hour.to_string();
        let facts = [("hour", hour.as_str()), ("stations", opened.as_str())];
        journal.write(Act::TurnoutReported, &by, &facts);
    }
    let closed = days
        .iter()
        .filter(|(_, day)| day.closed.is_some())
        .count()
        .to_string();
    if closed != "0" {
        journal.write(Act::StationsClosed, &by, &[("stations", &closed)]);
    }
    for contest in contests.iter().filter(|contest| contest.released) {
        let facts = [("contest", contest.contest.code.as_str())];
        journal.write(Act::CandidateFiguresReleased, &supervision(), &facts);
    }
}

/// What an organ proposed about a sheet in this state.
fn proposed(state: &SheetState, version: u32) -> Option<&Proposal> {
    match state {
        SheetState::Returned { decision } | SheetState::Superseded { decision, .. } => {
            Some(&decision.proposal)
        }
        SheetState::Accepted { decision, .. } if version == 1 => {
            decision.as_ref().map(|decision| &decision.proposal)
        }
        SheetState::Quarantined { proposal, .. } => proposal.as_ref(),
        _ => None,
    }
}

fn propose(journal: &mut Journal, own: &[(&'static str, &str)], proposal: &Proposal) {
    let mut facts = own.to_vec();
    facts.push(("outcome", proposal.outcome.code()));
    facts.push(("ground", proposal.ground.as_str()));
    journal.write(Act::SheetProposed, &proposal.by, &facts);
}

/// The entries that a state of a sheet leaves behind.
fn tell(
    journal: &mut Journal,
    paper: &Paper<'_>,
    key: &SheetKey,
    (version, salt): (u32, Salt),
    state: &SheetState,
) {
    let version_text = version.to_string();
    let own = [
        ("contest", key.contest.as_str()),
        ("station", key.station.as_str()),
        ("version", version_text.as_str()),
    ];
    if version == 1 {
        journal.write(Act::SheetReceived, &clerk(), &own);
    }
    let digest_of = |figures: &Figures| digest(paper, key, (version, salt), figures);
    let proposed = proposed(state, version);
    let held = matches!(state, SheetState::Quarantined { .. });
    if let Some(proposal) = proposed.filter(|_| !held) {
        propose(journal, &own, proposal);
    }
    let (act, by, more) = match state {
        SheetState::Received => return,
        SheetState::Returned { decision } => {
            let ground = ("ground", decision.proposal.ground.clone());
            (Act::SheetReturned, supervision(), vec![ground])
        }
        SheetState::FirstEntered { .. } => (Act::SheetFirstEntered, clerk(), Vec::new()),
        SheetState::Differing { .. } => (Act::SheetSecondEntered, clerk(), Vec::new()),
        SheetState::Accepted {
            figures, decision, ..
        } => {
            let digest = ("digest", digest_of(figures));
            match decision {
                None => (Act::SheetAccepted, clerk(), vec![digest]),
                Some(decision) => {
                    let ground = ("ground", decision.proposal.ground.clone());
                    (Act::SheetAdjudicated, supervision(), vec![digest, ground])
                }
            }
        }
        SheetState::Quarantined {
            figures, findings, ..
        } => {
            let codes: Vec<&str> = findings.iter().map(|f| f.check.as_str()).collect();
            let facts = vec![
                ("digest", digest_of(figures)),
                ("failures", codes.join(",")),
            ];
            (Act::SheetQuarantined, clerk(), facts)
        }
        SheetState::Superseded { figures, decision } => {
            let ground = ("ground", decision.proposal.ground.clone());
            let facts = vec![("digest", digest_of(figures)), ground];
            (Act::SheetSuperseded, supervision(), facts)
        }
    };
    if version > 1 {
        // What leaves the totals and what enters them is one decision.
        journal.now -= journal.step.seconds();
    }
    let mut facts = own.to_vec();
    facts.extend(more.iter().map(|(key, value)| (*key, value.as_str())));
    journal.write(act, &by, &facts);
    if let Some(proposal) = proposed.filter(|_| held) {
        propose(journal, &own, proposal);
    }
}
