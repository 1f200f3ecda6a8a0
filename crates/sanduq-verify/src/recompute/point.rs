//! The points at which a folder is recomputed, each with its stable code and its sentence, and the
//! list of those where what is stated is not what follows. Always true here: a failure names the
//! file, the place in it, what was computed and what is stated.

use crate::failure::Failure;
use core::fmt::Display;
use std::collections::BTreeSet;

macro_rules! points {
    ($($name:ident = $code:literal, $sentence:literal;)*) => {
        /// What was recomputed when a difference came out.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Point {
            $(#[doc = $sentence] $name,)*
        }

        impl Point {
            /// Every point, in the order of recomputation.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The stable code.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }

            /// What is wrong, in words.
            #[must_use]
            pub const fn sentence(self) -> &'static str {
                match self { $(Self::$name => $sentence,)* }
            }
        }
    };
}

points! {
    EntryFacts = "journal.facts", "the entry lacks a fact of its act, or it is unfit";
    AdoptedTwice = "journal.adopted_twice", "the same was adopted before, and is adopted once";
    AdoptedLate = "journal.adopted_late", "what the day stands on was adopted after it had begun";
    ActOrgan = "journal.organ", "the organ has no part in this act";
    EntryText = "journal.text",
        "a text of the entry has a sign that nobody sees, or is not as typed texts are kept";
    StaffPerson = "staff.same_person", "one person agreed to what they had proposed themselves";
    SheetWay = "sheet.way", "the act may not follow what was done with the sheet before";
    SheetPerson = "sheet.same_person", "one person did two parts that take two persons";
    SheetImport = "sheet.no_import", "no import that began before it brought this sheet";
    SheetCarried = "sheet.carried",
        "the act speaks of something else than the acts before it left";
    SheetEarlier = "sheet.earlier", "the act is dated before the act that it follows";
    SheetDue = "sheet.due", "the version that both organs put in its place is not there";
    SnapshotSize = "journal.snapshot_size", "the journal is shorter than the snapshot says";
    SnapshotRoot = "journal.snapshot_root", "the snapshot is not of this journal";
    SnapshotTime = "journal.snapshot_time", "the snapshot is not of the time of its last entry";
    SealSnapshot = "journal.seal_snapshot", "the journal does not seal this snapshot";
    EventCalled = "event.not_called", "the journal calls another event";
    LawAdopted = "law.not_adopted", "the text is not the one that was adopted last";
    Geography = "geography.not_adopted", "the units are not the adopted ones";
    Registered = "roll.registered",
        "the registered voters are not those of the frozen roll, or of the stations";
    StationRegistered = "station.registered",
        "the voters on the lists of stations are not those of the journal";
    ReportedEarly = "journal.reported_early", "the entry is dated before what it reports";
    StationEntries = "station.entries",
        "the stations are not those of the entries that opened and closed them";
    TurnoutEntries = "turnout.entries",
        "the figures are not those of the entries that reported them";
    ContestAdopted = "contest.not_adopted", "the contest is not the adopted one";
    ContestLock = "contest.lock", "the lock on its figures is not as the journal has it";
    LockEarly = "contest.lock_early",
        "the lock was lifted before the last station of the contest had closed";
    LockedDigest = "contest.locked_digest",
        "a digest of locked figures is in the journal, from which they can be guessed";
    Allotted = "seats.allotted", "the seats that were allotted are not those of the sheets";
    Certified = "results.certified", "not what was certified, or not by both organs";
    CertifiedEarly = "results.certified_early",
        "the result was proposed before the figures of the contest were released";
    CertifiedStale = "results.certified_stale",
        "a sheet of the contest was acted on between the proposal of its result and the signature";
    FinalChanged = "results.final_changed",
        "a sheet of a contest whose result both organs had certified was acted on";
    Lots = "seats.lots", "the lots are not those of the journal";
    SheetNotJournaled = "sheet.not_journaled", "no entry of the journal knows this sheet";
    SheetNotPublished = "sheet.not_published", "the journal knows a sheet that is not published";
    SheetVersions = "sheet.versions", "the versions do not follow one another from 1";
    SheetEarly = "sheet.before_opening", "the sheet came in before its station opened";
    SheetOpen = "sheet.before_closing", "the sheet came in before its station had closed";
    SheetState = "sheet.state", "the state does not follow from the journal";
    SheetDigest = "sheet.digest", "the figures are not those of the digest";
    SheetSigned = "sheet.signed",
        "the figures are not those that both organs signed";
    SheetSaltMissing = "sheet.salt_missing",
        "the figures are shown without the salt of their digest";
    SheetSaltTold = "sheet.salt_told",
        "a salt is shown without the figures whose digest is made of it";
    SheetSaltTwice = "sheet.salt_twice",
        "another sheet or version has the same salt: whoever knows the one knows both";
    SheetLines = "sheet.lines", "the lines are not those of form and ballot, in their order";
    SheetFindings = "sheet.findings", "the failed checks are not those that the figures fail";
    SheetFailures = "sheet.failures", "the failed checks are not those of the journal";
    SheetHeld = "sheet.held", "a sheet counts that is to be held back, or the other way round";
    SheetDecision = "sheet.decision", "the decision does not follow from the journal";
    SheetOrgans = "sheet.organs", "not two persons of the two organs that decide";
    ImageWay = "image.way",
        "the sheet takes no image there, or this is not its next page";
    ImageTwice = "image.twice", "the same image is on record already, of this sheet or of another";
    ImageNotJournaled = "image.not_journaled", "no entry of the journal knows this image";
    ImageNotPublished = "image.not_published",
        "the journal knows an image that its sheet does not name";
    ImageMissing = "image.missing", "the file of an image that the journal knows is not there";
    ImageAltered = "image.altered", "the file is not the one that the journal knows";
    ImageNoAct = "image.no_act", "no entry of the journal knows the file";
    Total = "total.differs", "the total is not the sum of the accepted sheets";
    TurnoutOrder = "turnout.order", "the hours do not rise, or a figure goes down";
    TurnoutVoted = "turnout.voted", "more voted than came";
    TurnoutHours = "turnout.hours", "people came before the station opened or after it closed";
    TurnoutRegistered = "turnout.registered", "more voted than stand on the station's list";
    StationHours = "station.hours", "a station closed that never opened, or before it opened";
    ExchangeCount = "exchange.count", "the count is not the total";
    ExchangeReference = "exchange.reference", "the reference leads to no object of the file";
    History = "history.not_sealed", "the journal seals no such manifest for this snapshot";
    Recomputed = "file.recomputed", "does not follow from the other files";
}

/// So many failures are told; the rest are counted.
pub const MOST: usize = 1_000;

/// The failures of a recomputation, each told once.
#[derive(Debug, Default)]
pub struct Failures {
    told: Vec<Failure>,
    seen: BTreeSet<(String, &'static str, String)>,
    untold: u64,
}

impl Failures {
    /// Notes a failure that has its own words.
    pub fn add(&mut self, failure: Failure) {
        let known = (failure.path.clone(), failure.code, failure.detail.clone());
        if self.told.len() >= MOST {
            self.untold += 1;
        } else if self.seen.insert(known) {
            self.told.push(failure);
        }
    }

    /// Notes that something is wrong at a place of a file.
    pub fn at(&mut self, point: Point, path: &str, place: &str) {
        self.tell(point, path, format!("{place}: {}", point.sentence()));
    }

    /// Notes that what is stated at a place is not what was computed.
    pub fn differs(
        &mut self,
        point: Point,
        path: &str,
        place: &str,
        (computed, stated): (&dyn Display, &dyn Display),
    ) {
        let why = point.sentence();
        self.tell(
            point,
            path,
            format!("{place}: {why}; computed {computed}, stated {stated}"),
        );
    }

    /// Notes it when the two are not equal.
    pub fn compare<T: PartialEq + Display>(
        &mut self,
        point: Point,
        path: &str,
        place: &str,
        (computed, stated): (T, T),
    ) {
        if computed != stated {
            self.differs(point, path, place, (&computed, &stated));
        }
    }

    fn tell(&mut self, point: Point, path: &str, detail: String) {
        self.add(Failure {
            path: path.to_owned(),
            code: point.code(),
            detail,
        });
    }

    /// Those told, and how many more there are.
    #[must_use]
    pub fn into_parts(self) -> (Vec<Failure>, u64) {
        (self.told, self.untold)
    }
}
