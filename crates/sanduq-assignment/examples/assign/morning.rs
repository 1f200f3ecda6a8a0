//! One morning on which many do not come: for each the list of who can come is made and the first
//! of it comes, one after the other; the same at once; and people who ask for a swap.

use sanduq_assignment::replace::replace;
use sanduq_core::id::ActorId;
use sanduq_operations::assignment::change::Desk;
use sanduq_operations::assignment::committee::Kind;
use sanduq_operations::assignment::registers::Registers;
use sanduq_operations::assignment::rules::Rules;
use sanduq_operations::assignment::whole::Breach;
use sanduq_operations::assignment::whole::Post;
use sanduq_operations::assignment::whole::verify_assignment;
use std::collections::BTreeSet;
use std::error::Error;
use std::time::Instant;

/// Names on each list.
const LIST: usize = 10;

/// What such a morning takes.
pub struct Morning {
    replaced: usize,
    /// Places that nobody could take.
    nobody: usize,
    /// The longest that anybody waited for a list, and all of them together.
    longest_seconds: f64,
    seconds: f64,
    breaches: usize,
    at_once_seconds: f64,
    at_once_moves: usize,
    at_once_breaches: usize,
    swaps: usize,
    swaps_seconds: f64,
    swaps_refused: usize,
    explained_longest_seconds: f64,
}

/// Rules that are broken; reserves are there to become fewer.
fn broken(rules: &Rules, registers: &Registers, posts: &[Post]) -> usize {
    let breaches = verify_assignment(rules, registers, posts);
    let of_reserves = |breach: &&Breach| !matches!(breach, Breach::ReserveShort(..));
    breaches.iter().filter(of_reserves).count()
}

/// So many apologies; none where none were asked for.
pub fn replaced(
    rules: &Rules,
    registers: &Registers,
    posts: &[Post],
    apologies: u32,
) -> Result<Option<Morning>, Box<dyn Error>> {
    if apologies == 0 {
        return Ok(None);
    }
    let mut desk = Desk::new(rules, registers, posts)?;
    let sitting = posts.iter().filter(|post| {
        let at = registers.committee(&post.committee);
        at.is_some_and(|at| registers.committees[at].kind != Kind::Reserve)
    });
    let sitting: Vec<&Post> = sitting.collect();
    let stride = (sitting.len() / apologies as usize).max(1);
    let excused = sitting.iter().step_by(stride).take(apologies as usize);
    let excused: Vec<ActorId> = excused.map(|post| post.person.clone()).collect();
    let began = Instant::now();
    let done = replace(desk.clone(), &excused, 1)?;
    let at_once_seconds = began.elapsed().as_secs_f64();
    let mut morning = Morning {
        replaced: 0,
        nobody: 0,
        longest_seconds: 0.0,
        seconds: 0.0,
        breaches: 0,
        at_once_seconds,
        at_once_moves: done.moves.len(),
        at_once_breaches: broken(rules, registers, &done.posts),
        swaps: 0,
        swaps_seconds: 0.0,
        swaps_refused: 0,
        explained_longest_seconds: 0.0,
    };
    morning.swap(&desk, &sitting);
    morning.explain(&desk, &sitting)?;
    morning.one_by_one(&mut desk, &excused)?;
    morning.breaches = broken(rules, registers, &desk.all());
    Ok(Some(morning))
}

impl Morning {
    fn one_by_one(&mut self, desk: &mut Desk, excused: &[ActorId]) -> Result<(), Box<dyn Error>> {
        // Whoever does not come does not come for another one either.
        let mut away = BTreeSet::new();
        for who in excused {
            let began = Instant::now();
            let list = desk.replacements(who, LIST + away.len())?;
            let first = list.iter().find(|one| !away.contains(&one.person));
            let leaving = desk.find(who)?;
            let committee = desk.posts[leaving];
            match first {
                Some(one) => {
                    let coming = desk.find(&one.person)?;
                    desk.assign(leaving, None);
                    desk.assign(coming, committee);
                    self.replaced += 1;
                }
                None => self.nobody += 1,
            }
            away.insert(who.clone());
            let seconds = began.elapsed().as_secs_f64();
            self.longest_seconds = self.longest_seconds.max(seconds);
            self.seconds += seconds;
        }
        Ok(())
    }

    /// Everybody asks for a swap with the next in the order of service numbers.
    fn swap(&mut self, desk: &Desk, sitting: &[&Post]) {
        let began = Instant::now();
        for two in sitting
            .windows(2)
            .filter(|two| two[0].committee != two[1].committee)
        {
            self.swaps += 1;
            self.swaps_refused += usize::from(desk.swap(&two[0].person, &two[1].person).is_err());
        }
        self.swaps_seconds = began.elapsed().as_secs_f64();
    }

    /// Some ask why they serve where they do.
    fn explain(&mut self, desk: &Desk, sitting: &[&Post]) -> Result<(), Box<dyn Error>> {
        for post in sitting.iter().step_by(sitting.len() / 50 + 1) {
            let began = Instant::now();
            let told = desk.explain(&post.person, LIST)?;
            let seconds = began.elapsed().as_secs_f64();
            self.explained_longest_seconds = self.explained_longest_seconds.max(seconds);
            if told.post.is_none() || !told.bars.is_empty() {
                return Err(format!("{} serves where nobody may", post.person).into());
            }
        }
        Ok(())
    }

    /// As fields of an object, behind others.
    pub fn fields(&self) -> String {
        format!(
            ",\"replaced\":{},\"nobody\":{},\"replacement_longest_seconds\":{:.4},\
             \"replacements_seconds\":{:.2},\"replacement_breaches\":{},\
             \"at_once_seconds\":{:.2},\"at_once_moves\":{},\"at_once_breaches\":{},\
             \"swaps\":{},\"swaps_refused\":{},\"swaps_seconds\":{:.3},\
             \"explained_longest_seconds\":{:.4}",
            self.replaced,
            self.nobody,
            self.longest_seconds,
            self.seconds,
            self.breaches,
            self.at_once_seconds,
            self.at_once_moves,
            self.at_once_breaches,
            self.swaps,
            self.swaps_refused,
            self.swaps_seconds,
            self.explained_longest_seconds,
        )
    }
}
