//! Many constituencies under one rule with a national threshold. Always true here: who passed in
//! the nation is decided once, on the sums of all constituencies, before any seat is given.

use super::allot_within;
use super::field::Course;
use super::field::Field;
use super::input::Constituency;
use super::outcome::Award;
use super::outcome::NationAllotment;
use super::refusal::SeatRefusal;
use super::rule::SeatRule;
use super::rule::ShareTest;
use super::step::Scope;
use super::step::Step;
use super::threshold;
use crate::id::ChoiceCode;
use crate::id::UnitCode;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// Allots the seats of every constituency, thresholds of the nation included.
///
/// # Errors
/// The first refusal, with its constituency ([`SeatRefusal::In`]).
pub fn allot_nation(
    rule: &SeatRule,
    constituencies: &[Constituency],
) -> Result<NationAllotment, SeatRefusal> {
    rule.check()?;
    let within = |unit: &UnitCode, e: SeatRefusal| SeatRefusal::In(unit.clone(), Box::new(e));
    let mut units = BTreeSet::new();
    for constituency in constituencies {
        if !units.insert(&constituency.unit) {
            return Err(SeatRefusal::RepeatedConstituency(constituency.unit.clone()));
        }
        constituency
            .contest
            .check()
            .map_err(|e| within(&constituency.unit, e))?;
    }
    let (passed, steps) = match rule.threshold.national {
        Some(test) => {
            let (passed, steps) = national(rule, test, constituencies)?;
            (Some(passed), steps)
        }
        None => (None, Vec::new()),
    };
    let mut totals: BTreeMap<ChoiceCode, u32> = BTreeMap::new();
    let mut allotted = Vec::with_capacity(constituencies.len());
    for constituency in constituencies {
        let lots = &constituency.lots;
        let allotment = allot_within(rule, &constituency.contest, lots, passed.as_ref(), true)
            .map_err(|e| within(&constituency.unit, e))?;
        for award in &allotment.awards {
            let total = totals.entry(award.choice.clone()).or_default();
            *total = total
                .checked_add(award.seats)
                .ok_or(SeatRefusal::TooLarge)?;
        }
        allotted.push((constituency.unit.clone(), allotment));
    }
    let totals = totals
        .into_iter()
        .map(|(choice, seats)| Award { choice, seats })
        .collect();
    Ok(NationAllotment {
        constituencies: allotted,
        totals,
        steps,
    })
}

/// Who passes in the nation, and the steps that say so.
fn national(
    rule: &SeatRule,
    test: ShareTest,
    constituencies: &[Constituency],
) -> Result<(BTreeSet<ChoiceCode>, Vec<Step>), SeatRefusal> {
    let mut votes: BTreeMap<ChoiceCode, u64> = BTreeMap::new();
    let mut base: u64 = 0;
    let mut grows = true;
    for constituency in constituencies {
        let within = |e| SeatRefusal::In(constituency.unit.clone(), Box::new(e));
        let field = Field::new(&constituency.contest, rule.annulled);
        grows &= field.grows_with_votes(test.base);
        let here = field.base(test.base, &[]).map_err(within)?;
        base = base.checked_add(here).ok_or(SeatRefusal::TooLarge)?;
        for (place, runner) in field.runners.iter().enumerate() {
            if !runner.out {
                let sum = votes.entry(field.code(place).clone()).or_default();
                *sum = sum.checked_add(runner.votes).ok_or(SeatRefusal::TooLarge)?;
            }
        }
    }
    let mut course = Course::told(rule, &[]);
    let mut passed = BTreeSet::new();
    for (choice, votes) in votes {
        threshold::note(
            &mut course,
            &choice,
            (votes, base),
            test,
            Scope::National,
            grows,
        );
        if threshold::meets(test, votes, base) {
            passed.insert(choice);
        }
    }
    Ok((passed, course.finish()?))
}
