//! The register, the roll and the placement: persons, and on which station's list each stands.
//! Always true here: names are read with the registrar's or a station's access only; after the
//! freeze nobody is added (INV-05); an elector is on one list at most (INV-10).
//!
//! Loads go in by COPY within one transaction with their journal entries: a crash before its commit
//! leaves nothing of the load.

use crate::copy::Load;
use crate::error::StoreError;
use crate::error::StoreRefusal;
use crate::store::Read;
use crate::store::Store;
use crate::store::Write;
use crate::value::BUCKETS;
use crate::value::Day;
use crate::value::Key;
use crate::value::bucket_of_elector;
use crate::value::code;
use crate::value::column;
use crate::value::count_out;
use crate::value::damaged;
use core::pin::Pin;
use core::pin::pin;
use futures_util::TryStreamExt;
use sanduq_core::act::Actor;
use sanduq_core::act::Entry;
use sanduq_core::count::Registered;
use sanduq_core::id::EventId;
use sanduq_core::id::UnitCode;
use sanduq_count::publication::rows_digest;
use sanduq_register::agency::Sex;
use sanduq_register::register::Elector;
use sanduq_register::register::ElectorKey;
use std::collections::HashMap;
use tokio_postgres::Row;
use tokio_postgres::RowStream;

/// An elector on a station's list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Who.
    pub elector: Elector,
    /// Whether a ballot has been issued.
    pub voted: bool,
}

/// A load of electors on its way, by COPY in binary. Dropped before its end, it leaves nothing.
pub struct Enrolment {
    load: Load,
    write: Write,
    event: EventId,
}

/// A load of placements on its way, by COPY in binary. Dropped before its end, it leaves nothing.
pub struct Placement {
    load: Load,
    write: Write,
    event: EventId,
    /// Whether nobody had been placed before.
    first: bool,
    placed: HashMap<UnitCode, u64>,
}

/// The roll in the order of the keys, elector by elector.
pub struct Roll<'a> {
    read: &'a Read,
    event: EventId,
    /// The next bucket to read.
    bucket: u8,
    rows: Option<Pin<Box<RowStream>>>,
}

const ENROL: &str = "COPY people.elector (bucket, event, key, name_ar, name_latin, sex, born,
    domicile) FROM STDIN BINARY";
const PLACE: &str = "COPY people.placement (bucket, event, elector, station) FROM STDIN BINARY";

impl Store {
    /// Begins to add electors to the register of an event, with the access of the registrar. The
    /// roll cannot be frozen until it has ended.
    ///
    /// # Errors
    /// [`StoreRefusal::RollFrozen`], [`StoreRefusal::Unknown`], or a fault.
    pub async fn enrol_electors(
        &self,
        actor: &Actor,
        event: &EventId,
    ) -> Result<Enrolment, StoreError> {
        let write = Write::registrar(self, actor).await?;
        let sql = "SELECT registered IS NOT NULL FROM operations.event
            WHERE code = $1 FOR SHARE";
        let row = write.transaction.row(sql, &[&event.as_str()]).await?;
        let row = row.ok_or_else(|| StoreRefusal::Unknown(event.to_string()))?;
        if column(&row, 0)? {
            return Err(StoreRefusal::RollFrozen.into());
        }
        Ok(Enrolment {
            load: Load::begin(&write.transaction, ENROL).await?,
            write,
            event: event.clone(),
        })
    }

    /// Begins to place electors on the lists of stations, with the access of the registrar.
    ///
    /// # Errors
    /// [`StoreRefusal::Unknown`], or a fault; a frozen roll may be placed.
    pub async fn place_voters(
        &self,
        actor: &Actor,
        event: &EventId,
    ) -> Result<Placement, StoreError> {
        let write = Write::registrar(self, actor).await?;
        write.expect_event(event).await?;
        let there = "SELECT FROM people.placement WHERE event = $1 LIMIT 1";
        let before = write.transaction.row(there, &[&event.as_str()]).await?;
        Ok(Placement {
            load: Load::begin(&write.transaction, PLACE).await?,
            write,
            event: event.clone(),
            first: before.is_none(),
            placed: HashMap::new(),
        })
    }
}

impl Enrolment {
    /// Adds an elector. Fastest by ascending key, right in any order.
    ///
    /// # Errors
    /// What became known of the load so far: see [`Enrolment::finish`].
    pub async fn elector(&mut self, elector: &Elector) -> Result<(), StoreError> {
        let rows = &mut self.load.rows;
        rows.row(8);
        rows.smallint(bucket_of_elector(elector.key));
        rows.text(self.event.as_str());
        rows.raw(&elector.key.0);
        rows.text(&elector.name_ar);
        rows.text(&elector.name_latin);
        rows.raw(match elector.sex {
            Sex::F => b"F",
            Sex::M => b"M",
        });
        rows.integer(Day(elector.born).number());
        rows.text(elector.domicile.as_str());
        self.load.send().await
    }

    /// Commits the load with its entries and answers how many electors it had.
    ///
    /// # Errors
    /// [`StoreRefusal::AlreadyExists`] when a key is on the register already (INV-01). Nothing of
    /// the load is kept then.
    pub async fn finish(self, entries: Vec<Entry>) -> Result<u64, StoreError> {
        finish(self.load, self.write, entries).await
    }
}

impl Placement {
    /// Places an elector on the list of a station.
    ///
    /// # Errors
    /// What became known of the load so far: see [`Placement::finish`].
    pub async fn place(
        &mut self,
        elector: ElectorKey,
        station: &UnitCode,
    ) -> Result<(), StoreError> {
        let rows = &mut self.load.rows;
        rows.row(4);
        rows.smallint(bucket_of_elector(elector));
        rows.text(self.event.as_str());
        rows.raw(&elector.0);
        rows.text(station.as_str());
        match self.placed.get_mut(station) {
            Some(placed) => *placed += 1,
            None => drop(self.placed.insert(station.clone(), 1)),
        }
        self.load.send().await
    }

    /// Commits the load with its entry, to which it adds the digest of how many voters stand on
    /// the list of each station now, and answers how many were placed.
    ///
    /// # Errors
    /// [`StoreRefusal::AlreadyExists`] when an elector is on a list already. Nothing of the load is
    /// kept then.
    pub async fn finish(self, entry: Entry) -> Result<u64, StoreError> {
        let mut write = self.write;
        let count = self.load.finish().await?;
        let geography = write.geography(&self.event).await?;
        let units = geography.iter().flat_map(|geography| {
            let stations = geography.stations();
            stations.map(|place| geography.unit(place))
        });
        let (mut lists, mut told) = (Vec::new(), Vec::new());
        for unit in units {
            let placed = self.placed.get(&unit.code).copied().unwrap_or_default();
            let before = unit.registered.filter(|_| !self.first).unwrap_or_default();
            let now = before.plus(Registered::new(placed));
            let now = now.map_err(|_| StoreRefusal::TooLarge)?;
            if unit.registered != Some(now) {
                told.push((unit.code.clone(), now));
            }
            lists.push((&unit.code, [now]));
        }
        write.journal(entry.with("digest", rows_digest(lists)));
        if !told.is_empty() {
            write.register_stations(&self.event, &told).await?;
        }
        write.commit().await?;
        Ok(count)
    }
}

async fn finish(load: Load, mut write: Write, entries: Vec<Entry>) -> Result<u64, StoreError> {
    let count = load.finish().await?;
    for entry in entries {
        write.journal(entry);
    }
    write.commit().await?;
    Ok(count)
}

impl Read {
    /// How many electors have their domicile at each centre, by code. Registrar or station.
    ///
    /// # Errors
    /// [`StoreRefusal::NotPermitted`], or a fault.
    pub async fn electors_by_domicile(
        &self,
        event: &EventId,
    ) -> Result<Vec<(UnitCode, u64)>, StoreError> {
        let sql = "SELECT domicile, count(*) FROM people.elector
            WHERE event = $1 GROUP BY domicile ORDER BY domicile";
        self.counts(sql, event).await
    }

    pub(crate) async fn counts(
        &self,
        sql: &str,
        event: &EventId,
    ) -> Result<Vec<(UnitCode, u64)>, StoreError> {
        let rows = self.transaction.rows(sql, &[&event.as_str()]).await?;
        let one = |row| Ok((code(row, 0)?, count_out(column(row, 1)?)?));
        rows.iter().map(one).collect()
    }

    /// The roll: key and domicile of every elector by ascending key, as
    /// [`sanduq_register::roll::RollDigest`] wants them. Registrar or station.
    ///
    /// # Errors
    /// [`StoreRefusal::NotPermitted`], or a fault.
    pub async fn roll(&self, event: &EventId) -> Result<Roll<'_>, StoreError> {
        let mut roll = Roll {
            read: self,
            event: event.clone(),
            bucket: 0,
            rows: None,
        };
        roll.next_bucket().await?;
        Ok(roll)
    }

    /// The list of a station by ascending key: at most `limit` after `after`. Registrar or station.
    ///
    /// # Errors
    /// [`StoreRefusal::NotPermitted`], or a fault.
    pub async fn station_list(
        &self,
        event: &EventId,
        station: &UnitCode,
        after: Option<ElectorKey>,
        limit: u32,
    ) -> Result<Vec<Listed>, StoreError> {
        let rows = self
            .transaction
            .rows(
                "SELECT key, name_ar, name_latin, sex, born, domicile, voted.elector IS NOT NULL
                FROM people.placement AS listed
                JOIN people.elector ON elector.bucket = listed.bucket
                    AND elector.event = listed.event AND elector.key = listed.elector
                LEFT JOIN people.check_in AS voted ON voted.bucket = listed.bucket
                    AND voted.event = listed.event AND voted.elector = listed.elector
                WHERE listed.event = $1 AND listed.station = $2
                    AND ($3::uuid IS NULL OR listed.elector > $3)
                ORDER BY listed.elector LIMIT $4",
                &[
                    &event.as_str(),
                    &station.as_str(),
                    &after.map(Key),
                    &i64::from(limit),
                ],
            )
            .await?;
        rows.iter().map(listed).collect()
    }

    /// The keys on the lists of stations, by station and ascending key, handed on one by one.
    /// Registrar or station.
    ///
    /// # Errors
    /// [`StoreRefusal::NotPermitted`], or a fault.
    pub async fn each_listed(
        &self,
        event: &EventId,
        mut each: impl FnMut(&UnitCode, ElectorKey),
    ) -> Result<(), StoreError> {
        let sql = "SELECT station, elector FROM people.placement
            WHERE event = $1 ORDER BY station, elector";
        let mut rows = pin!(self.transaction.stream(sql, &[&event.as_str()]).await?);
        let mut station: Option<UnitCode> = None;
        while let Some(row) = rows.try_next().await? {
            let text: &str = column(&row, 0)?;
            let same = station.take().filter(|station| station.as_str() == text);
            let here = match same {
                Some(station) => station,
                None => code(&row, 0)?,
            };
            each(&here, column::<Key>(&row, 1)?.0);
            station = Some(here);
        }
        Ok(())
    }

    /// How many electors stand on the list of each station, by code. Registrar or station.
    ///
    /// # Errors
    /// [`StoreRefusal::NotPermitted`], or a fault.
    pub async fn listed_by_station(
        &self,
        event: &EventId,
    ) -> Result<Vec<(UnitCode, u64)>, StoreError> {
        let sql = "SELECT station, count(*) FROM people.placement
            WHERE event = $1 GROUP BY station ORDER BY station";
        self.counts(sql, event).await
    }
}

fn listed(row: &Row) -> Result<Listed, StoreError> {
    let sex: i8 = column(row, 3)?;
    let sex = match u8::try_from(sex) {
        Ok(b'F') => Sex::F,
        Ok(b'M') => Sex::M,
        _ => return Err(damaged(&"a sex that is neither F nor M")),
    };
    Ok(Listed {
        elector: Elector {
            key: column::<Key>(row, 0)?.0,
            name_ar: column(row, 1)?,
            name_latin: column(row, 2)?,
            sex,
            born: column::<Day>(row, 4)?.0,
            domicile: code(row, 5)?,
        },
        voted: column(row, 6)?,
    })
}

impl Roll<'_> {
    /// The next elector; `None` at the end.
    ///
    /// # Errors
    /// A fault.
    pub async fn next(&mut self) -> Result<Option<(ElectorKey, UnitCode)>, StoreError> {
        while let Some(rows) = &mut self.rows {
            if let Some(row) = rows.try_next().await? {
                let key = column::<Key>(&row, 0)?.0;
                return Ok(Some((key, code(&row, 1)?)));
            }
            self.next_bucket().await?;
        }
        Ok(None)
    }

    /// Buckets are read one after the other: their order and that of keys is the same.
    async fn next_bucket(&mut self) -> Result<(), StoreError> {
        if self.bucket == BUCKETS {
            self.rows = None;
            return Ok(());
        }
        let sql = "SELECT key, domicile FROM people.elector
            WHERE bucket = $1 AND event = $2 ORDER BY key";
        let values = (i16::from(self.bucket), self.event.as_str());
        let rows = self
            .read
            .transaction
            .stream(sql, &[&values.0, &values.1])
            .await?;
        self.bucket += 1;
        self.rows = Some(Box::pin(rows));
        Ok(())
    }
}
