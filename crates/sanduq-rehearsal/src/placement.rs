//! The stage of placement: the homes of the agency's file are read, the engine finds a station for
//! every voter of the frozen roll, the lists go into the store, and an auditor counts everything
//! anew from the lists of the stations.

use crate::audit::Audited;
use crate::audit::Known;
use crate::audit::audit;
use crate::course::Course;
use crate::course::actor;
use crate::course::event_secret;
use crate::error::RehearsalError;
use crate::ground::Ground;
use crate::ground::Price;
use crate::ground::Roll;
use crate::homes;
use crate::homes::Home;
use crate::polling::Station;
use sanduq_core::act::Act;
use sanduq_core::act::Entry;
use sanduq_core::act::Organ;
use sanduq_core::id::UnitCode;
use sanduq_core::names::Locale;
use sanduq_core::place::Place;
use sanduq_core::text::localised;
use sanduq_placement::nation::Placement;
use sanduq_register::placement::station::Admits;
use sanduq_register::placement::station::Law;
use sanduq_store::Access;
use std::collections::BTreeSet;
use std::collections::HashMap;

/// What an audit of the placement asks for besides the lists.
pub(crate) struct Told {
    pub(crate) ground: Ground,
    homes: Vec<Home>,
}

impl Course<'_> {
    /// Places every voter of the roll in a station of the own constituency.
    pub(crate) async fn place_voters(&mut self) -> Result<Told, RehearsalError> {
        let placing = &self.texts.placing;
        if !placing.policy.places_voters() {
            let why = format!("by this law, {}, nobody is placed", placing.policy.word());
            return Err(RehearsalError::Refused("placement.policy".to_owned(), why));
        }
        let law = Law {
            maximum: self.law.station_maximum,
            separates_sexes: placing.separates_sexes,
        };
        let ground = Ground::new(&self.nation, law, self.plan.seed);
        let homes = self.homes(&ground).await?;
        let roll = self.roll(&ground, &homes).await?;
        let (ground, roll, placement) = self.find_places(ground, roll).await?;
        self.write_lists(&ground, &roll, &placement).await?;
        Ok(Told { ground, homes })
    }

    /// The homes of the agency's file, which is then removed.
    async fn homes(&mut self, ground: &Ground) -> Result<Vec<Home>, RehearsalError> {
        self.watch.stage("homes", self.figures.records, "homes");
        let file = self.plan.folder.join(homes::FILE);
        let (secret, districts) = (event_secret(self.plan.seed), ground.districts.clone());
        let path = file.clone();
        let reading =
            tokio::task::spawn_blocking(move || homes::read(&path, &secret, &districts)).await;
        let homes = reading.map_err(|e| RehearsalError::Data(e.to_string()))??;
        std::fs::remove_file(&file)?;
        self.watch.reached(homes.len() as u64);
        Ok(homes)
    }

    /// The frozen roll as the engine is told of it.
    async fn roll(&self, ground: &Ground, homes: &[Home]) -> Result<Roll, RehearsalError> {
        let centres = self.nation.centres.iter();
        let above: HashMap<&UnitCode, &UnitCode> = centres
            .map(|centre| (&centre.code, &centre.constituency))
            .collect();
        let read = self.store.read_as(Access::Registrar).await?;
        let mut rows = read.roll(&self.event).await?;
        let mut roll = Roll::default();
        while let Some((elector, domicile)) = rows.next().await? {
            let constituency = above.get(&domicile).copied().unwrap_or(&domicile);
            roll.add((elector, constituency), ground, homes)?;
        }
        Ok(roll)
    }

    /// The work of the engine, which is told of as constituencies are done.
    async fn find_places(
        &mut self,
        ground: Ground,
        roll: Roll,
    ) -> Result<(Ground, Roll, Placement), RehearsalError> {
        self.watch
            .stage("placement", self.figures.registered, "voters");
        let places = ground.rows.iter().map(|row| row.place);
        let inside: BTreeSet<Place> = places
            .filter(|place| (self.texts.placing.in_country)(*place))
            .collect();
        let (told, mut heard) = tokio::sync::mpsc::unbounded_channel();
        let work = tokio::task::spawn_blocking(move || {
            let in_country = |place| inside.contains(&place);
            // Nobody listens any more only where the rehearsal has ended.
            let done = |voters| {
                let _gone = told.send(voters);
            };
            let placement = ground.place(&roll.voters, in_country, &done)?;
            Ok::<_, RehearsalError>((ground, roll, placement))
        });
        let mut done: u64 = 0;
        while let Some(voters) = heard.recv().await {
            done += voters;
            self.watch.reached(done);
        }
        let found = work
            .await
            .map_err(|e| RehearsalError::Data(e.to_string()))??;
        let price = Price::of(&found.2);
        let stations: usize = found.0.stations.iter().map(Vec::len).sum();
        self.figures.stations = stations as u64;
        self.figures.price = price;
        self.watch.note(format!(
            "{stations} stations, cost over bound {}",
            price.ratio()
        ));
        Ok(found)
    }

    /// The list of every station, into the store.
    async fn write_lists(
        &mut self,
        ground: &Ground,
        roll: &Roll,
        placement: &Placement,
    ) -> Result<(), RehearsalError> {
        self.watch.stage("lists", self.figures.registered, "voters");
        let registrar = actor("registrar-1", Organ::Executive);
        let mut load = self.store.place_voters(&registrar, &self.event).await?;
        let places = placement.stations.iter().zip(&placement.rooms);
        let mut placed: u64 = 0;
        for (elector, (station, room)) in roll.electors.iter().zip(places) {
            load.place(*elector, ground.station(*station, *room))
                .await?;
            placed += 1;
            if placed.is_multiple_of(100_000) {
                self.watch.reached(placed);
            }
        }
        self.watch.reached(placed);
        let entry = Entry::new(Act::VotersPlaced, &registrar, self.clock.days_before(14))
            .with("voters", placed)
            .with("stations", self.figures.stations);
        load.finish(entry).await?;
        // From now on the stations know how many voters they have.
        let read = self.store.read().await?;
        let geography = read.geography(&self.event).await?;
        let lost = || RehearsalError::Data("the store has no geography".to_owned());
        self.nation.geography = geography.ok_or_else(lost)?;
        Ok(())
    }

    /// Counts everything anew from the lists that stations have.
    ///
    /// # Errors
    /// [`RehearsalError::Data`] where a rule is broken.
    pub(crate) fn audit_placement(
        &mut self,
        stations: &[Station],
        told: &Told,
    ) -> Result<(), RehearsalError> {
        self.watch.stage("audit", self.figures.registered, "voters");
        let known = self.known(&told.ground);
        let lists = stations.iter();
        let lists = lists.map(|station| (&station.code, &station.list[..]));
        let registered = self.figures.registered;
        let found = audit(told.ground.law, &known, lists, &told.homes, registered);
        if !found.is_sound() {
            let why = format!("the placement is not sound: {found:?}");
            return Err(RehearsalError::Data(why));
        }
        self.figures.households = (found.households, found.divided);
        self.watch.reached(found.voters);
        self.watch.note(together(&found));
        Ok(())
    }

    /// The stations as the law knows them, their constituencies by the tree.
    fn known(&self, ground: &Ground) -> HashMap<UnitCode, Known> {
        let tree = &self.nation.geography;
        let above = |code: &UnitCode| {
            let path = tree.path(tree.find(code)?);
            let districts = path.into_iter().map(|unit| &tree.unit(unit).code);
            districts
                .filter_map(|code| ground.districts.get(code))
                .next()
                .copied()
        };
        let rows = ground.rows.iter().zip(&ground.stations);
        let each = rows.flat_map(|(row, stations)| stations.iter().map(move |code| (code, row)));
        let known = each.filter_map(|(code, row)| {
            let known = Known {
                district: above(code)?,
                women: row.admits != Admits::Men,
                men: row.admits != Admits::Women,
                step_free: row.step_free,
            };
            Some((code.clone(), known))
        });
        known.collect()
    }
}

/// How many households stay together, as a share of a hundred with two digits behind the point.
fn together(found: &Audited) -> String {
    let share = found.together_per_million() / 100;
    format!(
        "{}.{:02} % of {} households together, nobody over, outside or twice",
        share / 100,
        share % 100,
        localised(found.households, Locale::En)
    )
}
