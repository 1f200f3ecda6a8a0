//! Everything public about an event, in one reading. Always true here: all of it is of one size of
//! the journal; it is read through views that show no figure of a contest that is not released
//! (INV-31), so that no mistake further on can.

use crate::error::StoreError;
use crate::sheet::sheet_columns;
use crate::sheet::sheet_out;
use crate::store::Read;
use crate::value::damaged;
use core::pin::pin;
use futures_util::TryStreamExt;
use jiff::Timestamp;
use sanduq_core::act::Entry;
use sanduq_core::count::Registered;
use sanduq_core::geography::Geography;
use sanduq_core::id::EventId;
use sanduq_core::law::Profile;
use sanduq_count::form::Form;
use sanduq_count::publication::LawText;
use sanduq_count::publication::Snapshot;
use sanduq_count::sheet::Sheet;

impl Read {
    /// The snapshot of an event; `None` when there is no such event or it has no geography yet. Its
    /// time is that of the last journal entry: the same store gives the same snapshot. Everybody
    /// but the keepers of people may have it, and all get the same.
    ///
    /// # Errors
    /// [`Fault::Damaged`](crate::Fault::Damaged) when a stored text of law is not what it was.
    pub async fn snapshot(&self, event: &EventId) -> Result<Option<Snapshot>, StoreError> {
        let Some(law) = self.event(event).await? else {
            return Ok(None);
        };
        let Some(geography) = self.geography(event).await? else {
            return Ok(None);
        };
        let head = self.head().await?;
        Ok(Some(Snapshot {
            event: law.event,
            names: law.names,
            profile: Profile::from_toml(&law.profile.text).map_err(|e| damaged(&e))?,
            profile_text: law.profile,
            forms: forms(law.forms)?,
            seat_rules: law.seat_rules,
            registered: self.registered(event, &geography).await?,
            geography,
            contests: self.contests(event).await?,
            sheets: self.public_sheets(event).await?,
            images: self.images(event).await?,
            days: self.station_days(event).await?,
            journal_size: head.size,
            journal_root: *head.root.as_bytes(),
            at: self.last_act().await?,
        }))
    }

    /// Registered voters at the freeze; where no roll was frozen here, those of the stations.
    async fn registered(
        &self,
        event: &EventId,
        geography: &Geography,
    ) -> Result<Registered, StoreError> {
        if let Some(roll) = self.frozen_roll(event).await? {
            return Ok(roll.registered);
        }
        let stations = geography.stations().map(|ix| geography.unit(ix));
        let sum = Registered::sum(stations.filter_map(|unit| unit.registered));
        sum.map_err(|e| damaged(&e))
    }

    /// Every version of every sheet as everybody may see it.
    async fn public_sheets(&self, event: &EventId) -> Result<Vec<Sheet>, StoreError> {
        let rows = self
            .transaction
            .stream(
                concat!(
                    "SELECT ",
                    sheet_columns!(),
                    "
                FROM votes.public_sheet WHERE event = $1 ORDER BY contest, station, version"
                ),
                &[&event.as_str()],
            )
            .await?;
        let mut rows = pin!(rows);
        let mut sheets = Vec::new();
        while let Some(row) = rows.try_next().await? {
            sheets.push(sheet_out(&row)?);
        }
        Ok(sheets)
    }

    /// When the last act was done.
    async fn last_act(&self) -> Result<Timestamp, StoreError> {
        let sql = "SELECT entries[cardinality(entries)] FROM journal.run
            ORDER BY first DESC LIMIT 1";
        let Some(row) = self.transaction.row(sql, &[]).await? else {
            return Ok(Timestamp::UNIX_EPOCH);
        };
        let entry = Entry::from_bytes(crate::value::column(&row, 0)?);
        let entry = entry.ok_or_else(|| damaged(&"the last entry of the journal"))?;
        Ok(entry.at)
    }
}

/// The forms, read from their texts.
fn forms(texts: Vec<LawText>) -> Result<Vec<(Form, LawText)>, StoreError> {
    let read = |text: LawText| {
        let form = Form::from_toml(&text.text).map_err(|e| damaged(&e))?;
        Ok((form, text))
    };
    texts.into_iter().map(read).collect()
}
