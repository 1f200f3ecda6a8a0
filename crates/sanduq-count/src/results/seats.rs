//! From the figures of a contest to what the seat engine asks for.

use super::Totals;
use crate::form::Form;
use crate::form::Meaning;
use sanduq_core::contest::Contest;
use sanduq_core::count::Registered;
use sanduq_core::count::Votes;
use sanduq_core::seats::SeatInput;
use sanduq_core::seats::Standing;

/// The figures of a contest as the seat engine wants them; none where the form counts no valid
/// ballots and a ballot carries several votes, so that nobody can say how many there were.
#[must_use]
pub fn seat_input(form: &Form, contest: &Contest, totals: &Totals) -> Option<SeatInput> {
    let line = |meaning| form.sum_of(meaning, &totals.fields);
    let votes = || match contest.max_choices {
        1 => Votes::sum(totals.choices.iter().copied()).ok(),
        _ => None,
    };
    let choices = contest.choices.iter().zip(&totals.choices);
    Some(SeatInput {
        seats: contest.seats,
        registered: line(Meaning::Registered).map(|votes| Registered::new(votes.get())),
        cast: line(Meaning::InBox),
        valid: line(Meaning::Valid).or_else(votes)?,
        max_choices: contest.max_choices,
        choices: choices
            .map(|(choice, votes)| Standing {
                candidates: match choice.candidates.len() {
                    0 => None,
                    some => Some(u32::try_from(some).unwrap_or(u32::MAX)),
                },
                ..Standing::new(choice.code.clone(), *votes)
            })
            .collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_one_meaning_add_up() {
        let form = Form::from_toml(
            r#"
code = "boxes"
names = { en = "sheet" }
field = [
  { code = "mobile", names = { en = "mobile" }, meaning = "in_box" },
  { code = "fixed", names = { en = "fixed" }, meaning = "in_box" },
  { code = "valid", names = { en = "valid" }, meaning = "valid" },
]
"#,
        )
        .unwrap();
        let mut contest = crate::results::tests::contest("n");
        let totals = Totals {
            stations: 1,
            counted: 1,
            fields: [2, 7, 8].map(Votes::new).to_vec(),
            choices: [5, 3].map(Votes::new).to_vec(),
        };
        let input = seat_input(&form, &contest, &totals).unwrap();
        assert_eq!(input.cast, Some(Votes::new(9)), "mobile and fixed boxes");
        assert_eq!((input.valid, input.registered), (Votes::new(8), None));
        let mut no_valid = form.clone();
        no_valid.fields.pop();
        let mut fewer = totals.clone();
        fewer.fields.pop();
        let input = seat_input(&no_valid, &contest, &fewer).unwrap();
        assert_eq!(
            input.valid,
            Votes::new(8),
            "one vote a ballot: the votes are the ballots"
        );
        contest.max_choices = 2;
        assert_eq!(seat_input(&no_valid, &contest, &fewer), None);
    }
}
