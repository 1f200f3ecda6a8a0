//! What has to be said about the state of a sheet, in sentences.

use crate::page::Page;
use crate::view::View;
use sanduq_count::form::Finding;
use sanduq_count::form::Form;
use sanduq_count::publication::PublicContest;
use sanduq_count::sheet::Countersign;
use sanduq_count::sheet::Decision;
use sanduq_count::sheet::Outcome;
use sanduq_count::sheet::SheetState;

/// What has to be said about the state: why it is held back, who decided what and why.
pub(crate) fn story(
    page: &Page,
    view: &View,
    entry: &PublicContest,
    state: &SheetState,
) -> Vec<String> {
    let mut lines = Vec::new();
    let form = view.form(entry);
    let foreign = |finding: &&Finding| {
        let own = |form: &Form| form.checks.iter().any(|check| check.code == finding.check);
        !form.is_some_and(own)
    };
    match state {
        SheetState::Received => lines.push(page.t("story-received")),
        SheetState::FirstEntered { .. } => lines.push(page.t("story-first-entered")),
        SheetState::Differing { .. } => lines.push(page.t("story-differing")),
        SheetState::Quarantined {
            findings, proposal, ..
        } => {
            lines.push(page.t("story-quarantined"));
            lines.push(page.about("story-failing", &codes(findings)));
            lines.extend(
                findings
                    .iter()
                    .filter(foreign)
                    .map(|f| page.finding(&f.check)),
            );
            if let Some(proposal) = proposal {
                let organ = page.organ(proposal.by.organ);
                lines.push(page.about("story-proposed", &organ));
            }
        }
        SheetState::Accepted {
            findings, decision, ..
        } => {
            if !findings.is_empty() {
                lines.push(page.about("story-noted", &codes(findings)));
            }
            lines.extend(
                findings
                    .iter()
                    .filter(foreign)
                    .map(|f| page.finding(&f.check)),
            );
            if let Some(decision) = decision {
                lines.extend(decided(page, decision));
            }
        }
        SheetState::Returned { decision } => {
            lines.push(page.t("story-returned"));
            lines.extend(decided(page, decision));
        }
        SheetState::Superseded { decision, .. } => {
            lines.push(page.t("story-superseded"));
            lines.extend(decided(page, decision));
        }
    }
    lines
}

fn codes(findings: &[Finding]) -> String {
    let codes: Vec<&str> = findings.iter().map(|f| f.check.as_str()).collect();
    codes.join(", ")
}

fn decided(page: &Page, decision: &Decision) -> Vec<String> {
    let both = match decision.proposal.outcome {
        Outcome::Accept => "story-decided-accept",
        Outcome::Correct(_) => "story-decided-correct",
        Outcome::Return => "story-decided-return",
    };
    let alone = match decision.proposal.outcome {
        Outcome::Accept => "story-alone-accept",
        Outcome::Correct(_) => "story-alone-correct",
        Outcome::Return => "story-alone-return",
    };
    let ground = page.about("story-ground", &decision.proposal.ground);
    let at = page.moment(&decision.at);
    match &decision.countersign {
        Countersign::Signed(_) => vec![page.about(both, &at), ground],
        // The law only records it: whoever reads is told that the two did not agree.
        Countersign::Refused(_, reason) => vec![
            page.about(alone, &at),
            page.about("story-objected", reason),
            ground,
        ],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::links::Links;
    use jiff::Timestamp;
    use sanduq_core::act::Actor;
    use sanduq_core::act::Organ;
    use sanduq_core::id::ActorId;
    use sanduq_core::names::Locale;
    use sanduq_count::sheet::Proposal;

    #[test]
    fn what_one_organ_decided_alone_is_not_told_as_of_both() {
        let by = |number, organ| Actor {
            id: ActorId::new(number).unwrap(),
            organ,
        };
        let other = || by("S-0003", Organ::Supervision);
        for (locale, both) in [
            (Locale::Ar, "الجهازين"),
            (Locale::Fa, "دو مرجع"),
            (Locale::Fr, "deux organes"),
            (Locale::En, "both organs"),
        ] {
            let page = Page {
                locale,
                links: Links::live("/"),
                event: None,
                stamp: None,
                reader: None,
            };
            for outcome in [Outcome::Accept, Outcome::Return] {
                let told = |countersign| {
                    let decision = Decision {
                        proposal: Proposal {
                            by: by("E-0007", Organ::Executive),
                            at: Timestamp::UNIX_EPOCH,
                            outcome: outcome.clone(),
                            ground: "art. 71".to_owned(),
                        },
                        countersign,
                        at: Timestamp::UNIX_EPOCH,
                    };
                    decided(&page, &decision).join("\n")
                };
                let agreed = told(Countersign::Signed(other()));
                assert!(agreed.contains(both), "{agreed}");
                let against = told(Countersign::Refused(other(), "not shown".to_owned()));
                assert!(!against.contains(both), "{against}");
                for part in ["not shown", "art. 71"] {
                    assert!(against.contains(part), "{against}");
                }
            }
        }
    }
}
