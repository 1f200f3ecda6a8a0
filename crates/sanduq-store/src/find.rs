//! Finding entries of the journal. Always true here: the database looks through the entries and
//! only what is asked for leaves it; an entry is found by what stands in its own place in the
//! canonical bytes, never by a text that somebody wrote into a fact.
//!
//! The bytes are those of [`sanduq_core::act::Entry`]: act, time, actor, organ, facts, in this
//! order and without white space. No quote stands in a code or a time, and in a fact each is
//! escaped, so that the first `","actor":"` is the place of the actor, and `"station":"…"` can only
//! be a fact of that name.

use crate::error::StoreError;
use crate::journal::Journaled;
use crate::journal::journaled;
use crate::store::Read;
use crate::value::column;
use crate::value::count_in;
use crate::value::count_out;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use sanduq_core::act::Act;
use sanduq_core::act::Entry;
use sanduq_core::act::Organ;
use sanduq_core::id::ActorId;
use sanduq_core::id::ContestCode;
use sanduq_core::id::UnitCode;
use sanduq_operations::process::BY_CONTEST;
use sanduq_operations::process::Mark;
use sanduq_operations::process::Sight;
use std::fmt::Write as _;
use tokio_postgres::types::ToSql;

/// Which entries; what is not named is not asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Of one of these acts; of any when there are none.
    pub acts: Vec<Act>,
    /// In the name of this organ.
    pub organ: Option<Organ>,
    /// By this service number.
    pub actor: Option<ActorId>,
    /// At this instant or later; seconds count, parts of them do not.
    pub from: Option<Timestamp>,
    /// Before this instant.
    pub until: Option<Timestamp>,
    /// About this station.
    pub station: Option<UnitCode>,
    /// About this contest.
    pub contest: Option<ContestCode>,
    /// About the account of this service number.
    pub staff: Option<ActorId>,
}

impl Wanted {
    /// Whether every entry is wanted.
    #[must_use]
    pub fn all(&self) -> bool {
        *self == Self::default()
    }

    /// Whether an entry is one of them: the same answer as the database gives.
    #[must_use]
    pub fn has(&self, entry: &Entry) -> bool {
        let fact = |key: &str, code: Option<&str>| {
            code.is_none_or(|code| entry.facts.get(key).is_some_and(|fact| fact == code))
        };
        let second = entry.at.as_second();
        let acts = &self.acts;
        (acts.is_empty() || acts.iter().any(|act| entry.act == act.code()))
            && self.organ.is_none_or(|organ| entry.organ == organ)
            && self
                .actor
                .as_ref()
                .is_none_or(|actor| entry.actor == *actor)
            && self.from.is_none_or(|from| second >= from.as_second())
            && self.until.is_none_or(|until| second < until.as_second())
            && fact("station", self.station.as_ref().map(UnitCode::as_str))
            && fact("contest", self.contest.as_ref().map(ContestCode::as_str))
            && fact("staff", self.staff.as_ref().map(ActorId::as_str))
    }
}

/// The second of an instant as the first nineteen characters of its writing.
fn second(at: Timestamp) -> Vec<u8> {
    let time = at.to_zoned(TimeZone::UTC).datetime();
    time.strftime("%Y-%m-%dT%H:%M:%S").to_string().into_bytes()
}

/// Where the time begins in the bytes of an entry.
const AT: &str = r#"position('","at":"'::bytea IN bytes) + 8"#;
const ACTOR: &str = r#"position('","actor":"'::bytea IN bytes)"#;
const ORGAN: &str = r#"position('","organ":"'::bytea IN bytes)"#;

/// The conditions of a query and their values, numbered from `$3` on.
struct Conditions {
    sql: String,
    values: Vec<Vec<u8>>,
}

impl Conditions {
    fn new(wanted: &Wanted) -> Self {
        let mut conditions = Self {
            sql: String::new(),
            values: Vec::new(),
        };
        let prefix = |act: &Act| format!(r#"{{"act":"{}","at""#, act.code()).into_bytes();
        let acts: Vec<_> = wanted.acts.iter().map(prefix).collect();
        conditions.any_of(acts);
        let starts = |place: &str, text: String, own: &mut Self| {
            let long = text.len();
            own.and(
                &format!("substring(bytes FROM {place} FOR {long}) = "),
                text.into_bytes(),
            );
        };
        if let Some(organ) = wanted.organ {
            let text = format!(r#"","organ":"{}","facts":"#, organ.code());
            starts(ORGAN, text, &mut conditions);
        }
        if let Some(actor) = &wanted.actor {
            let text = format!(r#"","actor":"{actor}","organ":"#);
            starts(ACTOR, text, &mut conditions);
        }
        let time = format!("substring(bytes FROM {AT} FOR 19)");
        if let Some(from) = wanted.from {
            conditions.and(&format!("{time} >= "), second(from));
        }
        if let Some(until) = wanted.until {
            conditions.and(&format!("{time} < "), second(until));
        }
        let facts = [
            ("station", wanted.station.as_ref().map(UnitCode::as_str)),
            ("contest", wanted.contest.as_ref().map(ContestCode::as_str)),
            ("staff", wanted.staff.as_ref().map(ActorId::as_str)),
        ];
        for (key, code) in facts {
            if let Some(code) = code {
                let text = format!(r#""{key}":"{code}""#);
                conditions.and("0 < position(", text.into_bytes());
                conditions.sql.push_str(" IN bytes)");
            }
        }
        conditions
    }

    fn and(&mut self, sql: &str, value: Vec<u8>) {
        self.values.push(value);
        let _ = write!(self.sql, " AND {sql}${}::bytea", self.values.len() + 2);
    }

    fn any_of(&mut self, acts: Vec<Vec<u8>>) {
        if acts.is_empty() {
            return;
        }
        self.sql.push_str(" AND (false");
        for act in acts {
            let long = act.len();
            self.values.push(act);
            let number = self.values.len() + 2;
            let _ = write!(
                self.sql,
                " OR substring(bytes FROM 1 FOR {long}) = ${number}::bytea"
            );
        }
        self.sql.push(')');
    }
}

impl Read {
    /// At most `limit` of the wanted entries numbered in `range`, in order, or the last of them
    /// first.
    ///
    /// # Errors
    /// A fault.
    pub async fn find(
        &self,
        wanted: &Wanted,
        range: core::ops::Range<u64>,
        (limit, newest_first): (u32, bool),
    ) -> Result<Vec<Journaled>, StoreError> {
        let conditions = Conditions::new(wanted);
        let order = if newest_first { "DESC" } else { "ASC" };
        let sql = format!(
            "SELECT first + place - 1, bytes
            FROM journal.run, unnest(entries) WITH ORDINALITY AS one (bytes, place)
            WHERE first > $1::bigint - 64 AND first < $2::bigint
                AND first + place > $1 AND first + place <= $2{}
            ORDER BY first {order}, place {order} LIMIT {limit}",
            conditions.sql
        );
        let ends = [count_in(range.start)?, count_in(range.end)?];
        let ends = ends.iter().map(|end| -> &(dyn ToSql + Sync) { end });
        let values = conditions.values.iter();
        let values: Vec<_> = ends
            .chain(values.map(|value| -> &(dyn ToSql + Sync) { value }))
            .collect();
        let rows = self.transaction.rows_once(&sql, &values).await?;
        let one = |row| Ok(journaled(count_out(column(row, 0)?)?, column(row, 1)?));
        rows.iter().map(one).collect()
    }

    /// The acts in `range` of each kind by each organ: how many, the first and the last. The
    /// database counts them.
    ///
    /// # Errors
    /// A fault.
    pub async fn sights(
        &self,
        range: core::ops::Range<u64>,
    ) -> Result<Vec<(Act, Organ, Sight)>, StoreError> {
        let sql = r#"
            SELECT substring(bytes FROM 9 FOR position('","at":"'::bytea IN bytes) - 9) AS act,
                substring(rest FROM 1 FOR position('"'::bytea IN rest) - 1) AS organ,
                count(*), min(index), max(index)
            FROM (
                SELECT first + place - 1 AS index, bytes,
                    substring(bytes FROM position('","organ":"'::bytea IN bytes) + 11 FOR 16)
                        AS rest
                FROM journal.run, unnest(entries) WITH ORDINALITY AS one (bytes, place)
                WHERE first > $1::bigint - 64 AND first < $2::bigint
                    AND first + place > $1 AND first + place <= $2
            ) AS told
            GROUP BY 1, 2 ORDER BY 1, 2"#;
        let ends = [count_in(range.start)?, count_in(range.end)?];
        let rows = self.transaction.rows(sql, &[&ends[0], &ends[1]]).await?;
        let mut sights = Vec::new();
        for row in &rows {
            let [first, last] = [column::<i64>(row, 3)?, column::<i64>(row, 4)?];
            let (act, organ, first) = self.mark(count_out(first)?).await?;
            let (.., last) = self.mark(count_out(last)?).await?;
            let count = count_out(column(row, 2)?)?;
            sights.push((act, organ, Sight { count, first, last }));
        }
        Ok(sights)
    }

    async fn mark(&self, index: u64) -> Result<(Act, Organ, Mark), StoreError> {
        let entries = self.entries(index, 1).await?;
        let entry = entries
            .first()
            .and_then(|one| Entry::from_bytes(&one.bytes));
        let told = entry.and_then(|entry| {
            let act = Act::from_code(&entry.act)?;
            let mark = Mark {
                index,
                at: entry.at,
            };
            Some((act, entry.organ, mark))
        });
        told.ok_or_else(|| crate::value::damaged(&format!("entry {index} of the journal")))
    }
}

/// The acts whose entries say more than that they were done: the ground of the election, the locks
/// and results of contests, what two organs decide, and what two persons agree
/// on.
#[must_use]
pub fn telling() -> Vec<Act> {
    let mut acts = vec![
        Act::LawAdopted,
        Act::SheetProposed,
        Act::SheetProposalRefused,
        Act::SheetAdjudicated,
        Act::SheetReturned,
        Act::SheetSuperseded,
        Act::ResultProposed,
        Act::ResultProposalRefused,
        Act::PublicationSealed,
        Act::StaffProposed,
        Act::StaffResetProposed,
        Act::StaffProposalRefused,
        Act::StaffProposalApproved,
    ];
    acts.extend(BY_CONTEST);
    acts
}
