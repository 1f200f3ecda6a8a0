//! Events, the texts of law adopted for them, and their contests with the lock on their figures.
//! Always true here: a store holds one event, as its journal does; a text of law is kept byte for
//! byte as it was adopted; a roll is frozen once, and a contest is released once and not locked
//! again (INV-31). The database enforces it.

use crate::error::StoreError;
use crate::error::StoreRefusal;
use crate::store::Read;
use crate::store::Write;
use crate::value::code;
use crate::value::column;
use crate::value::count_in;
use crate::value::count_out;
use crate::value::damaged;
use crate::value::json_in;
use crate::value::json_out;
use sanduq_core::contest::Contest;
use sanduq_core::count::Registered;
use sanduq_core::id::ContestCode;
use sanduq_core::id::EventId;
use sanduq_core::id::LawCode;
use sanduq_core::names::Names;
use sanduq_core::seats::Lot;
use sanduq_count::publication::LawText;
use sanduq_count::publication::PublicContest;

/// An event with its law as it was adopted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// The event.
    pub event: EventId,
    /// Its title.
    pub names: Names,
    /// The profile.
    pub profile: LawText,
    /// The forms of its sheets.
    pub forms: Vec<LawText>,
    /// The seat rules that its contests name.
    pub seat_rules: Vec<LawText>,
}

/// The frozen roll of an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrozenRoll {
    /// Electors on it.
    pub registered: Registered,
    /// The digest of [`sanduq_register::roll::RollDigest`].
    pub digest: String,
}

const PROFILE: &str = "profile";
const FORM: &str = "form";
const SEAT_RULE: &str = "seat_rule";

impl Read {
    /// The events by code, with their titles: one, or none yet.
    ///
    /// # Errors
    /// A fault.
    pub async fn events(&self) -> Result<Vec<(EventId, Names)>, StoreError> {
        let sql = "SELECT code, names FROM operations.event ORDER BY code";
        let rows = self.transaction.rows(sql, &[]).await?;
        let one = |row| Ok((code(row, 0)?, json_out(column(row, 1)?)?));
        rows.iter().map(one).collect()
    }

    /// An event and its law; `None` when there is none of this code.
    ///
    /// # Errors
    /// A fault.
    pub async fn event(&self, event: &EventId) -> Result<Option<Event>, StoreError> {
        let sql = "SELECT names FROM operations.event WHERE code = $1";
        let Some(row) = self.transaction.row(sql, &[&event.as_str()]).await? else {
            return Ok(None);
        };
        let mut profiles = self.law(event, PROFILE).await?;
        Ok(Some(Event {
            event: event.clone(),
            names: json_out(column(&row, 0)?)?,
            profile: profiles
                .pop()
                .ok_or_else(|| damaged(&format!("the event {event} has no profile")))?,
            forms: self.law(event, FORM).await?,
            seat_rules: self.law(event, SEAT_RULE).await?,
        }))
    }

    async fn law(&self, event: &EventId, kind: &str) -> Result<Vec<LawText>, StoreError> {
        let rows = self
            .transaction
            .rows(
                "SELECT code, text FROM operations.law_text
                WHERE event = $1 AND kind = $2 ORDER BY position",
                &[&event.as_str(), &kind],
            )
            .await?;
        let one = |row| {
            Ok(LawText {
                code: code(row, 0)?,
                text: column(row, 1)?,
            })
        };
        rows.iter().map(one).collect()
    }

    /// The contests of an event in the order of their adoption. Everybody but the keepers of people
    /// may see them.
    ///
    /// # Errors
    /// A fault.
    pub async fn contests(&self, event: &EventId) -> Result<Vec<PublicContest>, StoreError> {
        let rows = self
            .transaction
            .rows(
                "SELECT definition, form, released, ARRAY(SELECT lot FROM votes.lot
                    WHERE lot.event = $1 AND lot.contest = contest.code ORDER BY lot.position),
                    EXISTS (SELECT FROM votes.certification AS own WHERE own.event = $1
                        AND own.contest = contest.code AND own.signer IS NOT NULL)
                FROM votes.contest WHERE event = $1 ORDER BY position",
                &[&event.as_str()],
            )
            .await?;
        let one = |row| {
            let lots: Vec<&str> = column(row, 3)?;
            let lots: Result<Vec<Lot>, StoreError> = lots.into_iter().map(json_out).collect();
            Ok(PublicContest {
                contest: json_out(column(row, 0)?)?,
                form: code(row, 1)?,
                released: column(row, 2)?,
                certified: column(row, 4)?,
                lots: lots?,
            })
        };
        rows.iter().map(one).collect()
    }

    /// The frozen roll; `None` until it is frozen.
    ///
    /// # Errors
    /// A fault.
    pub async fn frozen_roll(&self, event: &EventId) -> Result<Option<FrozenRoll>, StoreError> {
        let row = self
            .transaction
            .row(
                "SELECT registered, roll_digest FROM operations.event
                WHERE code = $1 AND registered IS NOT NULL",
                &[&event.as_str()],
            )
            .await?;
        let Some(row) = row else {
            return Ok(None);
        };
        Ok(Some(FrozenRoll {
            registered: Registered::new(count_out(column(&row, 0)?)?),
            digest: column(&row, 1)?,
        }))
    }

    /// [`StoreRefusal::Unknown`] unless the event was called.
    pub(crate) async fn expect_event(&self, event: &EventId) -> Result<(), StoreError> {
        let sql = "SELECT FROM operations.event WHERE code = $1";
        let found = self.transaction.row(sql, &[&event.as_str()]).await?;
        found
            .map(|_| ())
            .ok_or_else(|| StoreRefusal::Unknown(event.to_string()).into())
    }
}

impl Write {
    /// Calls the event of the store with its law. Executive.
    ///
    /// # Errors
    /// [`StoreRefusal::AlreadyExists`], or [`StoreRefusal::SecondEvent`] naming the other one.
    pub async fn call_event(&mut self, event: &Event) -> Result<(), StoreError> {
        let names = json_in(&event.names)?;
        self.transaction
            .execute(
                "INSERT INTO operations.event (code, names) VALUES ($1, $2)",
                &[&event.event.as_str(), &names],
            )
            .await?;
        let profile = core::slice::from_ref(&event.profile);
        for (kind, texts) in [
            (PROFILE, profile),
            (FORM, &event.forms),
            (SEAT_RULE, &event.seat_rules),
        ] {
            for (position, law) in (0_i32..).zip(texts) {
                self.transaction
                    .execute(
                        "INSERT INTO operations.law_text (event, kind, position, code, text)
                        VALUES ($1, $2, $3, $4, $5)",
                        &[
                            &event.event.as_str(),
                            &kind,
                            &position,
                            &law.code.as_str(),
                            &law.text,
                        ],
                    )
                    .await?;
            }
        }
        Ok(())
    }

    /// Adopts contests, each with the form of its sheets, after those adopted before. Executive.
    ///
    /// # Errors
    /// [`StoreRefusal::AlreadyExists`] or [`StoreRefusal::Unknown`] for the event, a form or a
    /// unit.
    pub async fn adopt_contests(
        &mut self,
        event: &EventId,
        contests: &[(Contest, LawCode)],
    ) -> Result<(), StoreError> {
        self.expect_event(event).await?;
        for (contest, form) in contests {
            let definition = json_in(contest)?;
            let adopted = self
                .transaction
                .execute(
                    "INSERT INTO votes.contest (event, code, position, unit, form, definition)
                    SELECT $1, $2, (SELECT count(*) FROM votes.contest WHERE event = $1),
                        unit.code, law.code, $5
                    FROM operations.unit JOIN operations.law_text AS law USING (event)
                    WHERE unit.event = $1 AND unit.code = $3
                        AND law.kind = 'form' AND law.code = $4",
                    &[
                        &event.as_str(),
                        &contest.code.as_str(),
                        &contest.unit.as_str(),
                        &form.as_str(),
                        &definition,
                    ],
                )
                .await?;
            if adopted == 0 {
                let what = format!("unit {} or form {form}", contest.unit);
                return Err(StoreRefusal::Unknown(what).into());
            }
        }
        Ok(())
    }

    /// Releases the figures of contests: from now on everybody may see them. Executive or
    /// supervision.
    ///
    /// # Errors
    /// [`StoreRefusal::Unknown`] naming the contest; [`StoreRefusal::Conflict`] when one is
    /// released already.
    pub async fn release_contests(
        &mut self,
        event: &EventId,
        contests: &[ContestCode],
    ) -> Result<(), StoreError> {
        for contest in contests {
            let sql = "UPDATE votes.contest SET released = true WHERE event = $1 AND code = $2";
            let values = [event.as_str(), contest.as_str()];
            let released = self
                .transaction
                .execute(sql, &[&values[0], &values[1]])
                .await?;
            if released == 0 {
                return Err(StoreRefusal::Unknown(contest.to_string()).into());
            }
        }
        Ok(())
    }

    /// Keeps a lot that was drawn for the seats of a contest. Executive.
    ///
    /// # Errors
    /// [`StoreRefusal::Unknown`] naming the contest.
    pub async fn keep_lot(
        &mut self,
        event: &EventId,
        contest: &ContestCode,
        lot: &Lot,
    ) -> Result<(), StoreError> {
        let text = json_in(lot)?;
        self.transaction
            .execute(
                "INSERT INTO votes.lot (event, contest, position, lot)
                SELECT $1, $2, count(*), $3 FROM votes.lot WHERE event = $1 AND contest = $2",
                &[&event.as_str(), &contest.as_str(), &text],
            )
            .await?;
        Ok(())
    }

    /// Freezes the roll. Needs the access of the registrar.
    ///
    /// # Errors
    /// [`StoreRefusal::RollFrozen`] when it is frozen already; [`StoreRefusal::Unknown`].
    pub async fn freeze_roll(
        &mut self,
        event: &EventId,
        roll: &FrozenRoll,
    ) -> Result<(), StoreError> {
        let registered = count_in(roll.registered.get())?;
        let sql = "UPDATE operations.event SET registered = $2, roll_digest = $3 WHERE code = $1";
        let frozen = self
            .transaction
            .execute(sql, &[&event.as_str(), &registered, &roll.digest])
            .await?;
        if frozen == 0 {
            return Err(StoreRefusal::Unknown(event.to_string()).into());
        }
        Ok(())
    }
}
