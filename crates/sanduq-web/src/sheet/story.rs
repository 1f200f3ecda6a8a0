//! What has to be said about the state of a sheet, in sentences.

use crate::page::Page;
use crate::view::View;
use sanduq_count::form::Finding;
use sanduq_count::form::Form;
use sanduq_count::publication::PublicContest;
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

fn decided(page: &Page, decision: &Decision) -> [String; 2] {
    let key = match decision.proposal.outcome {
        Outcome::Accept => "story-decided-accept",
        Outcome::Correct(_) => "story-decided-correct",
        Outcome::Return => "story-decided-return",
    };
    [
        page.about(key, &page.moment(&decision.at)),
        page.about("story-ground", &decision.proposal.ground),
    ]
}
