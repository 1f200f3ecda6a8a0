//! Which acts of two are before whom. Always true here: whoever is limited to a unit sees and
//! counts what is about a station of it, a whole contest within it, or an account that they
//! administer, or on which they have acted.

use super::Pair;
use super::State;
use crate::app::App;
use crate::asked::Asked;
use crate::desk;
use crate::page::Reader;
use crate::refusal::No;
use crate::router::may_see;
use crate::source::Failed;
use crate::view::View;
use sanduq_core::id::UnitCode;
use sanduq_store::account::Accounts;
use std::collections::BTreeSet;

/// What somebody's role reaches.
pub struct Reach<'a> {
    reader: &'a Reader,
    view: &'a View,
    /// The numbers of the accounts that a limited reader administers; none where nothing limits
    /// them.
    accounts: Option<BTreeSet<String>>,
}

impl<'a> Reach<'a> {
    /// What the role of whoever asks reaches.
    ///
    /// # Errors
    /// Nobody has logged in, or the store did not answer.
    pub async fn of((app, asked): (&App, &'a Asked), view: &'a View) -> Result<Self, No> {
        let reader = desk::reader(app, asked)?;
        let accounts = match desk::reached(reader, Some(view)) {
            None => None,
            Some(_) if !may_see("/desk/staff", reader.role) => Some(BTreeSet::new()),
            Some(within) => {
                let numbers = numbers(app, reader, within).await;
                Some(numbers.map_err(|failed| asked.failed(app, &failed))?)
            }
        };
        Ok(Self {
            reader,
            view,
            accounts,
        })
    }

    /// Whether an act is about something that the role reaches.
    pub fn has(&self, pair: &Pair) -> bool {
        let Some(accounts) = &self.accounts else {
            return true;
        };
        if let Some(staff) = &pair.staff {
            // What somebody has proposed or answered stays before them, refused or not.
            let mut parts = core::iter::once(&pair.proposed).chain(&pair.answered);
            let own = parts.any(|part| part.number == self.reader.id.as_str());
            return own || accounts.contains(staff);
        }
        let unit = match &pair.station {
            Some(station) => self.view.unit(station).map(|(ix, _)| ix),
            None => {
                let mut contests = self.view.snapshot.contests.iter();
                let own = contests.find(|entry| entry.contest.code.as_str() == pair.contest);
                own.map(|entry| self.view.root(&entry.contest))
            }
        };
        unit.is_some_and(|ix| desk::reaches(self.reader, self.view, ix))
    }
}

/// What was proposed of a result before one of its sheets was touched is signed by nobody any more.
///
/// # Errors
/// The store did not answer.
pub async fn void_touched((app, asked): (&App, &Asked), all: &mut [Pair]) -> Result<(), No> {
    let touched = app.source().touched_results().await;
    let touched = touched.map_err(|failed| asked.failed(app, &failed))?;
    let holds = |pair: &Pair| !touched.iter().any(|code| code.as_str() == pair.contest);
    let of_results = all.iter_mut().filter(|pair| pair.outcome == "certify");
    for pair in of_results.filter(|pair| pair.state == State::Waiting && !holds(pair)) {
        pair.state = State::Void;
    }
    Ok(())
}

/// The numbers of the accounts that are limited to one of these units, and of those that are
/// proposed.
async fn numbers(
    app: &App,
    reader: &Reader,
    within: Vec<UnitCode>,
) -> Result<BTreeSet<String>, Failed> {
    let (organ, source) = (reader.role.organ(), app.source());
    let wanted = Accounts {
        within: Some(within),
        ..Accounts::default()
    };
    let waiting = source.proposals(organ).await?.into_iter();
    let waiting = waiting.filter(|one| wanted.reach(one.account.unit.as_ref()));
    let mut numbers: BTreeSet<String> = waiting.map(|one| one.account.id.to_string()).collect();
    let (members, _) = source.staff(organ, &wanted, (None, u32::MAX)).await?;
    numbers.extend(members.iter().map(|member| member.reader.id.to_string()));
    Ok(numbers)
}
