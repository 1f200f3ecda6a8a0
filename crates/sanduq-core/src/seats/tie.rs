//! Picking the first few by rank, and stopping where equals remain. Always true here: the order of
//! the input never decides; what votes cannot decide is answered by a lot that was handed in, or
//! stays open.

use super::field::Course;
use super::field::Field;
use super::refusal::SeatRefusal;
use super::step::Prize;
use super::step::Step;
use core::cmp::Reverse;

/// Who was picked, and who is still equal.
#[derive(Debug)]
pub(super) struct Picked {
    /// Picked for certain, highest rank first.
    pub sure: Vec<usize>,
    /// The equals that remain, with room for fewer than they are.
    pub tied: Option<(Vec<usize>, u32)>,
}

/// Picks up to `room` of the ranked, highest rank first.
pub(super) fn pick<R: Ord + Copy>(
    course: &mut Course,
    field: &Field,
    mut ranked: Vec<(usize, R)>,
    room: u32,
    prize: Prize,
) -> Result<Picked, SeatRefusal> {
    let votes = |place: usize| field.runners[place].votes;
    // The code only gives steps an order that does not depend on the input's.
    ranked.sort_by(|a, b| {
        let key = |x: &(usize, R)| (Reverse(x.1), Reverse(votes(x.0)));
        key(a)
            .cmp(&key(b))
            .then_with(|| field.code(a.0).cmp(field.code(b.0)))
    });
    let size = usize::try_from(room).unwrap_or(usize::MAX);
    if ranked.len() <= size {
        return Ok(Picked {
            sure: ranked.into_iter().map(|r| r.0).collect(),
            tied: None,
        });
    }
    if size == 0 {
        return Ok(Picked {
            sure: Vec::new(),
            tied: None,
        });
    }
    let bar = ranked[size - 1].1;
    let mut sure: Vec<_> = ranked.iter().filter(|r| r.1 > bar).map(|r| r.0).collect();
    let mut equal: Vec<_> = ranked.iter().filter(|r| r.1 == bar).map(|r| r.0).collect();
    if course.rule.ties.more_votes_first && equal.len() > size - sure.len() {
        equal = more_votes_first(course, field, &mut sure, equal, size);
    }
    let left = size - sure.len();
    if equal.len() <= left {
        sure.extend(equal);
        return Ok(Picked { sure, tied: None });
    }
    decide(
        course,
        field,
        Picked {
            sure,
            tied: Some((equal, narrow(left))),
        },
        prize,
    )
}

fn narrow(count: usize) -> u32 {
    u32::try_from(count).expect("no more are picked than there is room for, which is 32 bits")
}

/// Moves those of the equals that have more votes to the sure ones; gives back who is equal still.
fn more_votes_first(
    course: &mut Course,
    field: &Field,
    sure: &mut Vec<usize>,
    equal: Vec<usize>,
    size: usize,
) -> Vec<usize> {
    let votes = |place: usize| field.runners[place].votes;
    // Sorted by votes already; the last that has room sets the bar.
    let bar = votes(equal[size - sure.len() - 1]);
    let first: Vec<_> = equal.iter().copied().filter(|&p| votes(p) > bar).collect();
    let still: Vec<_> = equal.iter().copied().filter(|&p| votes(p) == bar).collect();
    let room_for_still = size - sure.len() - first.len();
    if still.len() < equal.len() {
        let mut ahead = first.clone();
        if still.len() <= room_for_still {
            ahead.extend(&still);
        }
        let (among, ahead) = (field.codes(&equal), field.codes(&ahead));
        course.note(|| Step::MoreVotesFirst {
            among,
            first: ahead,
        });
    }
    sure.extend(first);
    still
}

/// Asks the lots that were handed in; leaves the tie open when there is none.
fn decide(
    course: &mut Course,
    field: &Field,
    mut picked: Picked,
    prize: Prize,
) -> Result<Picked, SeatRefusal> {
    let Some((among, seats)) = picked.tied.take() else {
        return Ok(picked);
    };
    let decided_by = course.rule.ties.decided_by;
    course.note(|| Step::Tie {
        among: field.codes(&among),
        seats,
        prize,
        decided_by,
    });
    match course.next_lot(field, &among, seats)? {
        Some(drawn) => picked.sure.extend(drawn),
        None => picked.tied = Some((among, seats)),
    }
    Ok(picked)
}
