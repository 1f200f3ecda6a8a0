//! Why somebody serves where they do: which rules were asked, what it costs, and what else there
//! would have been.

use crate::assignment::change::ChangeRefusal;
use crate::assignment::change::Desk;
use crate::assignment::committee::Kind;
use crate::assignment::serve::Cost;
use crate::assignment::serve::RuleSet;
use sanduq_core::id::ActorId;
use sanduq_core::id::UnitCode;

/// Another committee.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alternative {
    /// Which.
    pub committee: UnitCode,
    /// What the person would cost there.
    pub cost: Cost,
    /// The rules that say no to the person there.
    pub bars: RuleSet,
    /// The best swap with somebody there that breaks no rule: with whom, and by how many metres
    /// the two would be dearer than now; cheaper where it is negative.
    pub swap: Option<(ActorId, i64)>,
}

/// An assignment in its parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// Where the person serves, and the cost; none where they are not called upon.
    pub post: Option<(UnitCode, Cost)>,
    /// Rules that say no to the person there: none, unless the assignment was not made by us.
    pub bars: RuleSet,
    /// A relative on the same committee.
    pub relative: Option<ActorId>,
    /// Committees on which the person may serve.
    pub open: usize,
    /// Committees on which the person may not.
    pub barred: usize,
    /// The committees that would cost least, barred or not, the person's own left out.
    pub alternatives: Vec<Alternative>,
}

impl Desk<'_> {
    /// Explains somebody's assignment, beside so many alternatives.
    ///
    /// # Errors
    /// [`ChangeRefusal::PersonUnknown`].
    pub fn explain(&self, who: &ActorId, wanted: usize) -> Result<Explanation, ChangeRefusal> {
        let at = self.find(who)?;
        let person = &self.registers.people[at];
        let own = self.posts[at];
        let mut open = 0;
        let mut others = Vec::new();
        for (number, committee) in self.registers.committees.iter().enumerate() {
            let bars = self.rules.bars(person, committee);
            open += usize::from(bars.is_empty());
            if own != Some(number) && committee.kind != Kind::Reserve {
                let cost = self.rules.cost(person, committee);
                others.push((cost.metres(), number, cost, bars));
            }
        }
        others.sort_unstable_by_key(|(metres, number, ..)| (*metres, *number));
        others.truncate(wanted);
        let alternative = |(_, number, cost, bars): (u32, usize, Cost, RuleSet)| Alternative {
            committee: self.registers.committees[number].code.clone(),
            cost,
            bars,
            swap: self.best_swap(at, number),
        };
        let post = own.map(|own| &self.registers.committees[own]);
        let relative = own.and_then(|own| self.relative_at(at, own, at));
        Ok(Explanation {
            post: post.map(|post| (post.code.clone(), self.rules.cost(person, post))),
            bars: post.map_or(RuleSet::NONE, |post| self.rules.bars(person, post)),
            relative: relative.map(|relative| self.registers.people[relative].code.clone()),
            open,
            barred: self.registers.committees.len() - open,
            alternatives: others.into_iter().map(alternative).collect(),
        })
    }

    fn best_swap(&self, person: usize, committee: usize) -> Option<(ActorId, i64)> {
        let code = &self.registers.people[person].code;
        let swaps = self.members[committee].iter().filter_map(|other| {
            let other = &self.registers.people[*other].code;
            let swap = self.swap(code, other).ok()?;
            let dearer = swap.after_metres.cast_signed() - swap.before_metres.cast_signed();
            Some((dearer, other))
        });
        let (dearer, other) = swaps.min()?;
        Some((other.clone(), dearer))
    }
}
