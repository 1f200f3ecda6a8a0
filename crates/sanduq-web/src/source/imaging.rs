//! Adding an image to a sheet, and handing one out. Always true here: the rule sees the sheet as it
//! stands when the image is written; a picture of a contest that is not released is handed to
//! nobody (INV-31).

use super::Denied;
use super::Done;
use super::Failed;
use super::Held;
use super::Source;
use super::State;
use super::Stored;
use jiff::Timestamp;
use sanduq_core::act::Actor;
use sanduq_core::act::Change;
use sanduq_core::refusal::Refusal;
use sanduq_count::image;
use sanduq_count::image::Image;
use sanduq_count::image::ImageRefusal;
use sanduq_count::image::Picture;
use sanduq_count::image::Taken;
use sanduq_count::publication::Snapshot;
use sanduq_count::sheet::SheetKey;
use sanduq_journal::hash::Hash;
use sanduq_store::StoreError;
use sanduq_store::Write;

/// Why a transaction was not carried through.
enum Stop {
    Already,
    Denied(Denied),
}

impl From<StoreError> for Stop {
    fn from(error: StoreError) -> Self {
        Self::Denied(error.into())
    }
}

/// What the rule says.
fn ruled(said: Result<Option<Change<Image>>, ImageRefusal>) -> Result<Change<Image>, Stop> {
    match said {
        Ok(Some(change)) => Ok(change),
        Ok(None) => Err(Stop::Already),
        Err(no) => Err(Stop::Denied(Denied::Refused(no.code()))),
    }
}

impl Source {
    /// Adds an image to a sheet as its next page.
    ///
    /// # Errors
    /// The rule or the store said no.
    pub async fn add_image(
        &self,
        key: &SheetKey,
        picture: &Picture,
        act: (&Actor, Timestamp, Taken),
    ) -> Result<Done, Denied> {
        let done = match self {
            Self::Held(held) => held.add_image(key, picture, act),
            Self::Stored(stored) => stored.add_image(key, picture, act).await,
        };
        match done {
            Ok(()) => Ok(Done::Recorded),
            Err(Stop::Already) => Ok(Done::Already),
            Err(Stop::Denied(denied)) => Err(denied),
        }
    }

    /// The picture of a digest; none when there is none, or its contest is not released.
    ///
    /// # Errors
    /// The store did not answer.
    pub async fn picture(&self, digest: &Hash) -> Result<Option<Vec<u8>>, Failed> {
        match self {
            Self::Held(held) => Ok(held.picture(digest)),
            Self::Stored(stored) => {
                let read = stored.store.read().await?;
                let picture = read.picture(&stored.event, digest).await?;
                Ok(picture.map(|(_, bytes)| bytes))
            }
        }
    }
}

impl Stored {
    async fn add_image(
        &self,
        key: &SheetKey,
        picture: &Picture,
        (by, at, taken): (&Actor, Timestamp, Taken),
    ) -> Result<(), Stop> {
        let work = async |write: &mut Write| {
            let digest = &picture.file.digest;
            let found = write.sheet_for_image(&self.event, key, digest).await?;
            let pages = (found.pages, found.holder.as_ref());
            let said = image::add(found.sheet.as_ref(), pages, &picture.file, (by, at, taken));
            let change = ruled(said)?;
            write
                .add_image(&self.event, &change, &picture.bytes)
                .await?;
            Ok::<(), Stop>(())
        };
        self.store.write(by, at, work).await
    }
}

impl Held {
    fn add_image(
        &self,
        key: &SheetKey,
        picture: &Picture,
        act: (&Actor, Timestamp, Taken),
    ) -> Result<(), Stop> {
        let mut done = Ok(());
        self.change(|state| done = state.add_image(key, picture, act));
        done
    }

    fn picture(&self, digest: &Hash) -> Option<Vec<u8>> {
        self.ask(|state| {
            let (key, bytes) = state.pictures.get(&digest.to_string())?;
            let released = is_released(state.snapshot.as_ref()?, key);
            released.then(|| bytes.clone())
        })
    }
}

impl State {
    fn add_image(
        &mut self,
        key: &SheetKey,
        picture: &Picture,
        act: (&Actor, Timestamp, Taken),
    ) -> Result<(), Stop> {
        let snapshot = self.snapshot.as_mut();
        let snapshot = snapshot.ok_or(Stop::Denied(Denied::Refused("web.no_event")))?;
        let own = snapshot.sheets.iter().filter(|sheet| sheet.key == *key);
        let last = own.max_by_key(|sheet| sheet.version);
        let version = last.map_or(1, |sheet| sheet.version);
        let pages = u32::try_from(snapshot.images(key, version).len()).unwrap_or(u32::MAX);
        let held = self.pictures.get(&picture.file.digest);
        let holder = held.map(|(holder, _)| holder);
        let change = ruled(image::add(last, (pages, holder), &picture.file, act))?;
        let mut next = change.next;
        next.file = next.file.filter(|_| is_released(snapshot, key));
        let at = snapshot.images.partition_point(|own| *own < next);
        snapshot.images.insert(at, next);
        let kept = (key.clone(), picture.bytes.clone());
        self.pictures.insert(picture.file.digest.clone(), kept);
        self.journal(change.entry);
        Ok(())
    }
}

fn is_released(snapshot: &Snapshot, key: &SheetKey) -> bool {
    let mut contests = snapshot.contests.iter();
    contests.any(|entry| entry.contest.code == key.contest && entry.released)
}
