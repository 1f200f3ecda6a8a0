//! The batching writer of check-ins: one task for each bucket, which writes all that has come in
//! since its last commit as one transaction with one entry, and then answers each. A few tasks
//! write at a time, because all of them end at the head of the journal; the others gather.
//! Always true here: a person is told yes only after the commit.

use super::CheckedIn;
use super::Presented;
use super::QUARTER;
use crate::access::Access;
use crate::error::Fault;
use crate::error::StoreError;
use crate::error::StoreRefusal;
use crate::store::Store;
use crate::value::BUCKETS;
use crate::value::bucket_of_elector;
use jiff::Timestamp;
use sanduq_core::act::Act;
use sanduq_core::act::Actor;
use sanduq_core::id::EventId;
use std::sync::Arc;
use tokio::sync::Semaphore;
use tokio::sync::mpsc;
use tokio::sync::oneshot;

/// Requests that may wait for a bucket; who comes later waits at the door.
const WAITING: usize = 4096;
/// Requests that are written at once.
const BATCH: usize = 1024;
/// Tasks that write at a time.
const WRITERS: usize = 3;

struct Request {
    presented: Presented,
    answer: oneshot::Sender<Result<(), StoreError>>,
}

/// The batching writer of check-ins. Cheap to clone; its tasks end with the last clone.
#[derive(Clone)]
pub struct CheckInWriter {
    buckets: Arc<[mpsc::Sender<Request>]>,
}

impl CheckInWriter {
    /// Starts the tasks. Entries are in the name of `actor`, who is of the executive.
    #[must_use]
    pub fn start(store: &Store, event: &EventId, actor: &Actor) -> Self {
        let turns = Arc::new(Semaphore::new(WRITERS));
        let start = |_| {
            let (sender, receiver) = mpsc::channel(WAITING);
            let bucket = Bucket {
                store: store.clone(),
                event: event.clone(),
                actor: actor.clone(),
                turns: turns.clone(),
            };
            tokio::spawn(bucket.serve(receiver));
            sender
        };
        Self {
            buckets: (0..BUCKETS).map(start).collect(),
        }
    }

    /// Checks in one person and waits for the answer.
    ///
    /// # Errors
    /// [`StoreRefusal::PollBook`] when the person is refused; a fault, after which it is not known
    /// whether the check-in was done: ask again.
    pub async fn check_in(&self, presented: Presented) -> Result<(), StoreError> {
        let gone = || Fault::Connection("the writer of check-ins has ended".to_owned());
        let bucket = usize::try_from(bucket_of_elector(presented.elector));
        let bucket = bucket.ok().and_then(|ix| self.buckets.get(ix));
        let (answer, answered) = oneshot::channel();
        let request = Request { presented, answer };
        let sender = bucket.ok_or_else(gone)?;
        sender.send(request).await.map_err(|_| gone())?;
        answered.await.map_err(|_| gone())?
    }
}

struct Bucket {
    store: Store,
    event: EventId,
    actor: Actor,
    turns: Arc<Semaphore>,
}

impl Bucket {
    async fn serve(self, mut requests: mpsc::Receiver<Request>) {
        let mut batch = Vec::with_capacity(BATCH);
        while let Some(first) = requests.recv().await {
            let turn = self.turns.acquire().await;
            batch.push(first);
            while batch.len() < BATCH
                && let Ok(next) = requests.try_recv()
            {
                batch.push(next);
            }
            let (presented, answers): (Vec<_>, Vec<_>) = batch
                .drain(..)
                .map(|request| (request.presented, request.answer))
                .unzip();
            let written = self.write(&presented).await;
            drop(turn);
            for (place, answer) in answers.into_iter().enumerate() {
                // Who has gone away in the meantime needs no answer.
                let _gone = answer.send(match &written {
                    Ok(done) => done.answers[place].map_err(|no| StoreRefusal::from(no).into()),
                    Err(error) => Err(error.clone()),
                });
            }
        }
    }

    /// One transaction. The entry's time is the beginning of the quarter of an hour in which the
    /// last of them came (INV-33).
    async fn write(&self, presented: &[Presented]) -> Result<CheckedIn, StoreError> {
        let last = presented.iter().map(|one| one.at).max();
        let second = last.map_or(0, Timestamp::as_second).div_euclid(QUARTER) * QUARTER;
        let at = Timestamp::from_second(second).unwrap_or(Timestamp::UNIX_EPOCH);
        self.store
            .write_as(Access::Station, &self.actor, at, async |write| {
                let done = write.check_in(&self.event, presented).await?;
                let entry = write.entry(Act::CheckInsRecorded);
                write.journal(
                    entry
                        .with("came", presented.len())
                        .with("voted", done.voted)
                        .with("digest", &done.digest),
                );
                Ok(done)
            })
            .await
    }
}
