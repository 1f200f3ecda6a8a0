//! The geography of an event: its units, parents before children, loaded by COPY and read back as
//! a checked tree. Always true here: a geography is adopted whole, once.

use crate::copy::Load;
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
use sanduq_core::count::Registered;
use sanduq_core::geography::Geography;
use sanduq_core::geography::Unit;
use sanduq_core::geography::UnitIx;
use sanduq_core::id::EventId;
use sanduq_core::id::UnitCode;
use sanduq_core::law::Profile;
use tokio_postgres::Row;

impl Read {
    /// The geography of an event with the levels of its profile; `None` until it is adopted.
    ///
    /// # Errors
    /// [`Fault::Damaged`](crate::Fault::Damaged) when the units are not a tree.
    pub async fn geography(&self, event: &EventId) -> Result<Option<Geography>, StoreError> {
        let Some(law) = self.event(event).await? else {
            return Ok(None);
        };
        let profile = Profile::from_toml(&law.profile.text).map_err(|e| damaged(&e))?;
        let rows = self
            .transaction
            .rows(
                "SELECT code, parent, level, names, registered, north, east, outline
                FROM operations.unit WHERE event = $1 ORDER BY position",
                &[&event.as_str()],
            )
            .await?;
        if rows.is_empty() {
            return Ok(None);
        }
        let units: Result<Vec<Unit>, StoreError> = rows.iter().map(unit).collect();
        let tree = Geography::new(profile.levels, units?);
        tree.map(Some).map_err(|e| damaged(&e))
    }
}

/// The place of a unit in a list or a walk.
fn number(place: impl TryInto<i32>) -> Result<i32, StoreError> {
    place.try_into().map_err(|_| StoreRefusal::TooLarge.into())
}

fn unit(row: &Row) -> Result<Unit, StoreError> {
    let parent: Option<&str> = column(row, 1)?;
    let level: i16 = column(row, 2)?;
    let registered: Option<i64> = column(row, 4)?;
    let north: Option<i32> = column(row, 5)?;
    let east: Option<i32> = column(row, 6)?;
    let outline: Option<&str> = column(row, 7)?;
    Ok(Unit {
        code: code(row, 0)?,
        parent: parent.map(crate::value::word).transpose()?,
        level: u8::try_from(level).map_err(|e| damaged(&e))?,
        names: json_out(column(row, 3)?)?,
        registered: registered
            .map(|count| count_out(count).map(Registered::new))
            .transpose()?,
        place: north.zip(east),
        outline: outline.map(json_out).transpose()?.unwrap_or_default(),
    })
}

impl Write {
    /// Adopts the geography of an event. Executive.
    ///
    /// # Errors
    /// [`StoreRefusal::AlreadyExists`] when the event has one; [`StoreRefusal::Unknown`] when there
    /// is no such event; [`StoreRefusal::Geography`] when an outline is none.
    pub async fn adopt_geography(
        &mut self,
        event: &EventId,
        geography: &Geography,
    ) -> Result<(), StoreError> {
        self.expect_event(event).await?;
        let outlines = geography.check_outlines();
        outlines.map_err(StoreRefusal::Geography)?;
        // Two adoptions at the same second meet at the key of the first unit.
        let there = "SELECT FROM operations.unit WHERE event = $1 LIMIT 1";
        if self
            .transaction
            .row(there, &[&event.as_str()])
            .await?
            .is_some()
        {
            return Err(StoreRefusal::AlreadyExists(format!("geography of {event}")).into());
        }
        let sql = "COPY operations.unit (event, code, position, parent, level, station, walk,
            walk_last, names, registered, north, east, outline) FROM STDIN BINARY";
        let mut load = Load::begin(&self.transaction, sql).await?;
        // In the order of the key, which is the quickest to write.
        let walk = geography.walk();
        let units = geography.units();
        for at in geography.by_code().map(UnitIx::ix) {
            let (unit, (first, last)) = (&units[at], walk[at]);
            let rows = &mut load.rows;
            rows.row(13);
            rows.text(event.as_str());
            rows.text(unit.code.as_str());
            rows.integer(number(at)?);
            rows.optional_text(unit.parent.as_ref().map(|code| code.as_str()));
            rows.smallint(i16::from(unit.level));
            rows.boolean(unit.level == geography.station_level());
            rows.integer(number(first)?);
            rows.integer(number(last)?);
            rows.text(&json_in(&unit.names)?);
            let registered = unit.registered.map(|count| count_in(count.get()));
            rows.optional_bigint(registered.transpose()?);
            rows.optional_integer(unit.place.map(|(north, _)| north));
            rows.optional_integer(unit.place.map(|(_, east)| east));
            let outline = (!unit.outline.is_empty()).then(|| json_in(&unit.outline));
            rows.optional_text(outline.transpose()?.as_deref());
            load.send().await?;
        }
        load.finish().await.map(|_| ())
    }

    /// Tells how many electors stand on the lists of stations, once they are placed. Registrar.
    ///
    /// # Errors
    /// [`StoreRefusal::Unknown`] when a station is none of the event's.
    pub async fn register_stations(
        &mut self,
        event: &EventId,
        stations: &[(UnitCode, Registered)],
    ) -> Result<(), StoreError> {
        let codes: Vec<&str> = stations.iter().map(|(code, _)| code.as_str()).collect();
        let counts = stations.iter().map(|(_, count)| count_in(count.get()));
        let counts: Vec<i64> = counts.collect::<Result<_, _>>()?;
        let told = self
            .transaction
            .execute(
                "UPDATE operations.unit SET registered = told.registered
                FROM unnest($2::text[], $3::bigint[]) AS told (code, registered)
                WHERE unit.event = $1 AND unit.code = told.code AND station",
                &[&event.as_str(), &codes, &counts],
            )
            .await?;
        if told < stations.len() as u64 {
            return Err(StoreRefusal::Unknown(format!("a station of {event}")).into());
        }
        Ok(())
    }
}
