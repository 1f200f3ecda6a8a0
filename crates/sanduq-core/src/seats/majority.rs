//! By votes: plurality, majority with a second round, absolute closed lists, unopposed choices.
//! Always true here: nobody is elected without a vote unless the law elects the unopposed; a tie
//! for the last seat or the last place in the second round stops.
//!
//! | rule | parameters | clause it was drawn from |
//! |---|---|---|
//! | plurality | - | council elections: top n, equals by lot |
//! | absolute majority | more than 1/2, 2 places a seat | president; a house law, art. 23 |
//! | required share | at least 1/5, formerly 1/4, 2 places a seat | a parliament law, art. 9, 10 |
//! | absolute closed list | the winner has every seat | a house law, art. 23 |
//! | unopposed | elected, or at least 1/20 of the registered | a house law, art. 24 |
//!
//! Whether invalid ballots count is the base of the share. All enter the second round when fewer
//! stand than it has places; what happens when no more stand than it has seats, the rule says.

use super::field::Course;
use super::field::Field;
use super::field::Open;
use super::field::Settled;
use super::refusal::SeatRefusal;
use super::refusal::Silence;
use super::rule::Majority;
use super::rule::RunOffTie;
use super::rule::Uncontested;
use super::rule::Unopposed;
use super::step::Prize;
use super::step::Scope;
use super::step::Step;
use super::step::Vacancy;
use super::threshold::tested;
use super::tie::pick;

/// What is to be won: how many winners, and seats for each.
#[derive(Clone, Copy, Debug)]
pub(super) struct Prizes {
    /// How many can win.
    pub winners: u32,
    /// Seats of each winner.
    pub each: u32,
}

/// Everyone who stands, with votes as rank.
fn standing(field: &Field) -> Vec<(usize, u64)> {
    let runners = field.runners.iter().enumerate();
    runners
        .filter(|(_, r)| !r.out)
        .map(|(place, r)| (place, r.votes))
        .collect()
}

fn win(course: &mut Course, field: &Field, prizes: Prizes, place: usize, settled: &mut Settled) {
    let (votes, seats) = (field.runners[place].votes, prizes.each);
    course.note(|| Step::Elected {
        choice: field.code(place).clone(),
        votes,
        seats,
    });
    settled.seats[place] = seats;
}

/// The choices with the most votes win; those without a vote do not.
pub(super) fn plurality(
    course: &mut Course,
    field: &Field,
    prizes: Prizes,
) -> Result<Settled, SeatRefusal> {
    let mut settled = Settled::none(field);
    let ranked: Vec<_> = standing(field).into_iter().filter(|r| r.1 > 0).collect();
    elect(course, field, prizes, ranked, &mut settled)?;
    let left = left_over(field, prizes, &settled);
    if left > 0 {
        settled.vacant = left;
        course.note(|| Step::Vacant {
            seats: left,
            why: Vacancy::NobodyLeft,
        });
    }
    Ok(settled)
}

/// Elects the highest ranked; leaves a tie open.
fn elect(
    course: &mut Course,
    field: &Field,
    prizes: Prizes,
    ranked: Vec<(usize, u64)>,
    settled: &mut Settled,
) -> Result<(), SeatRefusal> {
    let picked = pick(course, field, ranked, prizes.winners, Prize::Seat)?;
    for &place in &picked.sure {
        win(course, field, prizes, place, settled);
    }
    if let Some((among, seats)) = picked.tied {
        settled.open = Open::Tie {
            among,
            seats,
            prize: Prize::Seat,
        };
    }
    Ok(())
}

/// Seats neither given nor open to a lot.
fn left_over(field: &Field, prizes: Prizes, settled: &Settled) -> u32 {
    let given: u32 = settled.seats.iter().sum();
    let tied = if let Open::Tie { seats, .. } = settled.open {
        seats * prizes.each
    } else {
        0
    };
    field.seats() - given - tied
}

/// Those that meet the share win; what is left goes to a second round.
pub(super) fn majority(
    course: &mut Course,
    field: &Field,
    method: &Majority,
    prizes: Prizes,
) -> Result<Settled, SeatRefusal> {
    let mut settled = Settled::none(field);
    let mut reached = Vec::new();
    for (place, votes) in standing(field) {
        if tested(course, field, place, method.elects, Scope::Majority)? && votes > 0 {
            reached.push((place, votes));
        }
    }
    elect(course, field, prizes, reached, &mut settled)?;
    let left = left_over(field, prizes, &settled);
    if left == 0 {
        return Ok(settled);
    }
    let others: Vec<_> = standing(field)
        .into_iter()
        .filter(|(place, _)| settled.seats[*place] == 0)
        .collect();
    let winners_left = left / prizes.each;
    if let Some(why) = nobody_to_run(method, others.len(), winners_left)? {
        settled.vacant = left;
        course.note(|| Step::Vacant { seats: left, why });
        return Ok(settled);
    }
    let places = winners_left.saturating_mul(method.places_per_seat);
    let others = match method.run_off_tie {
        RunOffTie::Decide => others,
        RunOffTie::AllEnter => with_equals(others, places),
    };
    let room = match method.run_off_tie {
        RunOffTie::Decide => places,
        RunOffTie::AllEnter => u32::MAX,
    };
    let picked = pick(course, field, others, room, Prize::RunOffPlace)?;
    settled.open = if let Some((among, seats)) = picked.tied {
        Open::Tie {
            among,
            seats,
            prize: Prize::RunOffPlace,
        }
    } else {
        let among = picked.sure;
        course.note(|| {
            let among = among.iter().map(|&p| field.code(p).clone()).collect();
            Step::RunOff { among, seats: left }
        });
        Open::RunOff { among, seats: left }
    };
    Ok(settled)
}

/// Why there is no second round, when there is none.
fn nobody_to_run(
    method: &Majority,
    others: usize,
    winners_left: u32,
) -> Result<Option<Vacancy>, SeatRefusal> {
    if others == 0 {
        return Ok(Some(Vacancy::NobodyLeft));
    }
    if u32::try_from(others).is_ok_and(|others| others > winners_left) {
        return Ok(None);
    }
    match method
        .run_off_uncontested
        .ok_or(SeatRefusal::RuleSilent(Silence::RunOffUncontested))?
    {
        Uncontested::Hold => Ok(None),
        Uncontested::Vacant => Ok(Some(Vacancy::Uncontested)),
    }
}

/// The highest ranked up to `places`, and whoever is equal to the last of them.
fn with_equals(mut ranked: Vec<(usize, u64)>, places: u32) -> Vec<(usize, u64)> {
    ranked.sort_by_key(|r| core::cmp::Reverse(r.1));
    let last = usize::try_from(places)
        .ok()
        .and_then(|n| ranked.get(n.saturating_sub(1)).copied());
    if let Some((_, bar)) = last {
        ranked.retain(|r| r.1 >= bar);
    }
    ranked
}

/// Where no more stand than can win and the rule has a clause for it: the outcome by that clause.
pub(super) fn unopposed(
    course: &mut Course,
    field: &Field,
    prizes: Prizes,
) -> Result<Option<Settled>, SeatRefusal> {
    let ranked = standing(field);
    let clause = match course.rule.unopposed {
        Some(clause) if !ranked.is_empty() => clause,
        _ => return Ok(None),
    };
    if u32::try_from(ranked.len()).is_ok_and(|count| count > prizes.winners) {
        return Ok(None);
    }
    let mut settled = Settled::none(field);
    for (place, _) in ranked {
        match clause {
            Unopposed::Elected => {
                course.note(|| Step::Unopposed {
                    choice: field.code(place).clone(),
                });
                settled.seats[place] = prizes.each;
            }
            Unopposed::Share(test) => {
                if tested(course, field, place, test, Scope::Unopposed)? {
                    win(course, field, prizes, place, &mut settled);
                } else {
                    settled.open = Open::Reopen;
                }
            }
        }
    }
    let vacant = left_over(field, prizes, &settled);
    if vacant > 0 {
        let why = if settled.open == Open::Reopen {
            Vacancy::Unopposed
        } else {
            Vacancy::NobodyLeft
        };
        settled.vacant = vacant;
        course.note(|| Step::Vacant { seats: vacant, why });
    }
    Ok(Some(settled))
}
