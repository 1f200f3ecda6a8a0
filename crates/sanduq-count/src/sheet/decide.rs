//! What the checks have held back, or what must leave the totals again, two organs decide on: one
//! proposes with its ground, the other signs or refuses. Where the law says `RECORD_REFUSAL`, the
//! refusal is recorded with its reason and the outcome stands all the same (requirements 0.4, E67).

use super::Correction;
use super::Countersign;
use super::Decision;
use super::Figures;
use super::Finding;
use super::Outcome;
use super::Proposal;
use super::Salt;
use super::Sheet;
use super::SheetRefusal;
use super::SheetState;
use super::entry::entry;
use super::entry::failures;
use super::entry::with;
use super::paper::Paper;
use super::paper::digest;
use super::way::may;
use jiff::Timestamp;
use sanduq_core::act::Act;
use sanduq_core::act::Actor;
use sanduq_core::act::Change;
use sanduq_core::law::SecondSignature;
use sanduq_core::typed::LONGEST;
use sanduq_core::typed::TypedRefusal;
use sanduq_core::typed::typed;

/// What the second organ says to a proposal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It signs.
    Sign,
    /// It refuses, for this reason.
    Refuse(String),
}

/// What a decision does: to the sheet, and, when an accepted sheet is replaced, the version that
/// takes its place. Both belong into one transaction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decided {
    /// The sheet that was decided on.
    pub this: Change<Sheet>,
    /// Its next version.
    pub next: Option<Change<Sheet>>,
}

/// A ground or a reason as it is kept: the journal shows it to everybody.
fn said(text: &str) -> Result<String, SheetRefusal> {
    typed(text, LONGEST).map_err(|refusal| match refusal {
        TypedRefusal::Empty => SheetRefusal::NoGround,
        other => SheetRefusal::Text(other),
    })
}

/// One organ proposes what becomes of a quarantined sheet, or of an accepted one that must leave
/// the totals (TP-14). The sheet stays where it is until the other organ has answered. Of figures
/// that are proposed the journal has a digest: as that of the version whose figures they would be,
/// with the salt that they bring ([`super::Salts::correction`]).
///
/// # Errors
/// The sheet is not for decision, has a proposal already, the organ has no part in it, the figures
/// do not fit the paper, the ground is missing, or has a sign that nobody sees.
pub fn propose(
    paper: &Paper<'_>,
    sheet: &Sheet,
    outcome: Outcome,
    ground: &str,
    by: &Actor,
    at: Timestamp,
) -> Result<Change<Sheet>, SheetRefusal> {
    let mut state = sheet.state.clone();
    let slot = match &mut state {
        SheetState::Accepted { .. } if outcome == Outcome::Accept => {
            return Err(SheetRefusal::NothingToAccept);
        }
        SheetState::Quarantined { proposal, .. } | SheetState::Accepted { proposal, .. } => {
            proposal
        }
        other => return Err(SheetRefusal::NotForDecision(other.code())),
    };
    may(sheet.state.stand(), Act::SheetProposed, by)?;
    let mut entry = entry(Act::SheetProposed, &sheet.key, sheet.version, by, at)
        .with("outcome", outcome.code());
    if let Outcome::Correct(Correction { figures, salt }) = &outcome {
        paper.fits(figures)?;
        let own = (sheet.corrected_version(), *salt);
        entry = entry.with("digest", digest(paper, &sheet.key, own, figures));
    }
    let ground = said(ground)?;
    let entry = entry.with("ground", &ground);
    *slot = Some(Proposal {
        by: by.clone(),
        at,
        outcome,
        ground,
    });
    Ok(Change {
        next: with(sheet, state),
        entry,
    })
}

/// The other organ answers a proposal. `counted` is the version of this sheet that is in the totals
/// now, whichever it is: a station never has two there (INV-26).
///
/// # Errors
/// Nothing is proposed, the person or organ is the proposer's, the organ has no part in it, another
/// version counts, or a refusal has no reason, or one with a sign that nobody sees.
pub fn countersign(
    paper: &Paper<'_>,
    law: SecondSignature,
    sheet: &Sheet,
    counted: Option<u32>,
    (answer, by, at): (Answer, &Actor, Timestamp),
) -> Result<Decided, SheetRefusal> {
    let proposal = match &sheet.state {
        SheetState::Quarantined { proposal, .. } | SheetState::Accepted { proposal, .. } => {
            proposal.as_ref().ok_or(SheetRefusal::NothingProposed)?
        }
        other => return Err(SheetRefusal::NotForDecision(other.code())),
    };
    let into_totals = proposal.outcome != Outcome::Return;
    if let Some(other) = counted.filter(|version| into_totals && *version != sheet.version) {
        return Err(SheetRefusal::OtherVersionCounts(other));
    }
    may(sheet.state.stand(), Act::SheetProposalRefused, by)?;
    let countersign = match answer {
        Answer::Sign => Countersign::Signed(by.clone()),
        Answer::Refuse(reason) if law == SecondSignature::Required => {
            return Ok(struck(sheet, &said(&reason)?, by, at));
        }
        Answer::Refuse(reason) => Countersign::Refused(by.clone(), said(&reason)?),
    };
    let decision = Decision {
        proposal: proposal.clone(),
        countersign,
        at,
    };
    Ok(decided(paper, sheet, decision, by))
}

/// The proposal falls; the sheet stays as it was.
fn struck(sheet: &Sheet, reason: &str, by: &Actor, at: Timestamp) -> Decided {
    let mut state = sheet.state.clone();
    if let SheetState::Quarantined { proposal, .. } | SheetState::Accepted { proposal, .. } =
        &mut state
    {
        *proposal = None;
    }
    let entry = entry(Act::SheetProposalRefused, &sheet.key, sheet.version, by, at);
    Decided {
        this: Change {
            next: with(sheet, state),
            entry: entry.with("reason", reason),
        },
        next: None,
    }
}

fn decided(paper: &Paper<'_>, sheet: &Sheet, decision: Decision, by: &Actor) -> Decided {
    match (&sheet.state, decision.proposal.outcome.clone()) {
        (
            SheetState::Quarantined {
                figures, findings, ..
            },
            Outcome::Accept,
        ) => {
            let read = (figures.clone(), findings.clone());
            let own = (sheet.version, sheet.salt);
            alone(accepted(paper, sheet, own, read, decision, by))
        }
        (SheetState::Quarantined { .. }, Outcome::Correct(read)) => {
            alone(corrected(paper, sheet, read, decision, by))
        }
        (SheetState::Accepted { figures, .. }, outcome) => {
            let this = superseded(paper, sheet, figures, &decision, by);
            let next = match outcome {
                Outcome::Correct(read) => Some(corrected(paper, sheet, read, decision, by)),
                Outcome::Accept | Outcome::Return => None,
            };
            Decided { this, next }
        }
        (_, _) => alone(Change {
            entry: signed(Act::SheetReturned, sheet, sheet.version, &decision, by),
            next: with(sheet, SheetState::Returned { decision }),
        }),
    }
}

/// The figures that both organs read, with the salt that they were proposed with.
fn corrected(
    paper: &Paper<'_>,
    sheet: &Sheet,
    Correction { figures, salt }: Correction,
    decision: Decision,
    by: &Actor,
) -> Change<Sheet> {
    let findings = paper.failing(&figures.fields, &figures.choices);
    let own = (sheet.corrected_version(), salt);
    accepted(paper, sheet, own, (figures, findings), decision, by)
}

const fn alone(this: Change<Sheet>) -> Decided {
    Decided { this, next: None }
}

/// The entry of a decision: the second organ acts, the proposer is named beside it.
fn signed(
    act: Act,
    sheet: &Sheet,
    version: u32,
    decision: &Decision,
    by: &Actor,
) -> sanduq_core::act::Entry {
    let entry = entry(act, &sheet.key, version, by, decision.at)
        .with("ground", &decision.proposal.ground)
        .with("proposer", &decision.proposal.by.id)
        .with("proposing_organ", decision.proposal.by.organ.code());
    match &decision.countersign {
        Countersign::Signed(_) => entry,
        Countersign::Refused(_, reason) => entry.with("refused", reason),
    }
}

fn accepted(
    paper: &Paper<'_>,
    sheet: &Sheet,
    (version, salt): (u32, Salt),
    (figures, findings): (Figures, Vec<Finding>),
    decision: Decision,
    by: &Actor,
) -> Change<Sheet> {
    let mut entry = signed(Act::SheetAdjudicated, sheet, version, &decision, by).with(
        "digest",
        digest(paper, &sheet.key, (version, salt), &figures),
    );
    if !findings.is_empty() {
        entry = entry.with("failures", failures(&findings));
    }
    Change {
        next: Sheet {
            key: sheet.key.clone(),
            version,
            salt,
            state: SheetState::Accepted {
                figures,
                findings,
                decision: Some(decision),
                proposal: None,
            },
        },
        entry,
    }
}

fn superseded(
    paper: &Paper<'_>,
    sheet: &Sheet,
    figures: &Figures,
    decision: &Decision,
    by: &Actor,
) -> Change<Sheet> {
    let digest = digest(paper, &sheet.key, (sheet.version, sheet.salt), figures);
    let state = SheetState::Superseded {
        figures: figures.clone(),
        decision: decision.clone(),
    };
    Change {
        next: with(sheet, state),
        entry: signed(Act::SheetSuperseded, sheet, sheet.version, decision, by)
            .with("digest", digest),
    }
}
