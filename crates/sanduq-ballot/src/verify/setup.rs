//! What an archive says before its first ballot.

use crate::credential::Roster;
use crate::election::Election;
use crate::group::Group;
use crate::json::Canonical;
use crate::refusal::Refusal;
use crate::trustees::Trustees;
use crate::verify::report::Place;
use crate::verify::report::Report;
use crate::verify::steps::Step;

/// What is fixed before the first ballot.
#[derive(Debug)]
pub(super) struct Setup<G: Group> {
    pub election: Election<G>,
    pub trustees: Trustees<G>,
    pub roster: Roster,
}

impl<G: Group> Setup<G> {
    pub fn read(step: &Step, report: &mut Report) -> Result<Setup<G>, Refusal> {
        let place = Place::at(step.event.height);
        let [election, trustees, credentials, names] = step.objects.as_slice() else {
            return Err(Refusal::Stray);
        };
        let expected = format!(
            "{{\"election\":\"{}\",\"trustees\":\"{}\",\"credentials\":\"{}\"}}",
            election.hash, trustees.hash, credentials.hash
        );
        if names.body != expected.as_bytes() {
            report.fail(place, Refusal::Stray);
        }
        let election = Election::<G>::from_bytes(&election.body)?;
        let trustees = Trustees::<G>::from_bytes(&trustees.body)?;
        let roster = Roster::from_bytes::<G>(&credentials.body)?;
        for (trustee, refusal) in trustees.verify(&election.description().public_key) {
            let number = trustee.map(|place| trustees.first_number(place));
            let trustee = number.and_then(|number| u64::try_from(number).ok());
            report.fail(Place { trustee, ..place }, refusal);
        }
        if election.is_shuffled() && roster.is_weighted() {
            report.fail(place, Refusal::Weight);
        }
        report.election = Some(election.fingerprint().to_owned());
        report.trustees = u64::try_from(trustees.keys().count()).unwrap_or(u64::MAX);
        report.voters = u64::try_from(roster.count()).unwrap_or(u64::MAX);
        Ok(Setup {
            election,
            trustees,
            roster,
        })
    }
}
