//! What the handlers share. Always true here: pages read one snapshot in memory, which is replaced
//! as a whole when the journal has grown; no page waits for the store to add anything up.

use crate::attempts::Attempts;
use crate::ballot::PracticeBox;
use crate::board;
use crate::condition;
use crate::kept::Shelf;
use crate::lease::Leases;
use crate::links::Links;
use crate::map;
use crate::own_station::Limits;
use crate::page::Page;
use crate::previous::Previous;
use crate::search::Index;
use crate::served::Served;
use crate::served::Standing;
use crate::signing::Signing;
use crate::source::Failed;
use crate::source::Source;
use crate::view::View;
use crate::view::ViewFault;
use crate::wall;
use jiff::SignedDuration;
use jiff::Timestamp;
use sanduq_core::names::Locale;
use std::net::IpAddr;
use std::sync::Arc;
use std::sync::OnceLock;
use std::time::Duration;
use std::time::Instant;
use tokio::sync::Semaphore;
use tokio::sync::watch;

/// How often the head of the journal is looked at.
const LOOK: Duration = Duration::from_millis(500);
/// How many passwords are verified at a time; each takes 19 MiB and a core.
const VERIFYING: usize = 2;
/// How many pictures are taken in at a time; each takes up to twice its six megabytes.
const UPLOADING: usize = 64;
/// How many readers who have not logged in search the journal at a time: each keeps the database
/// busy with all of it.
const SEARCHING: usize = 2;

/// A snapshot as it is served.
pub struct Live {
    /// The snapshot, added up.
    pub view: View,
    /// What can be searched in it; the one before, as long as names and codes are the same.
    pub index: Arc<Index>,
    /// When the program saw it.
    seen: Instant,
    boards: [OnceLock<String>; 4],
    walls: [OnceLock<String>; 4],
    stations: OnceLock<Vec<u8>>,
    places: OnceLock<Vec<u8>>,
    /// What has been answered from it.
    pub shelf: Shelf,
}

impl Live {
    fn new(view: View, before: Option<&Self>) -> Self {
        let index = match before.filter(|before| Index::same(&before.view, &view)) {
            Some(before) => Arc::clone(&before.index),
            None => Arc::new(Index::new(
                &view.snapshot.geography,
                &view.snapshot.contests,
            )),
        };
        Self {
            view,
            index,
            seen: Instant::now(),
            boards: Default::default(),
            walls: Default::default(),
            stations: OnceLock::new(),
            places: OnceLock::new(),
            shelf: Shelf::default(),
        }
    }

    /// What changes on the board, in one language; rendered once for all who watch.
    pub fn board(&self, locale: Locale) -> &str {
        self.boards[place(locale)].get_or_init(|| {
            let page = Page::of(&self.view, locale, Links::live("/board"), None);
            board::body(&page, &self.view)
        })
    }

    /// What changes on the wall, in one language; rendered once for all walls.
    pub fn wall(&self, locale: Locale) -> &str {
        self.walls[place(locale)].get_or_init(|| {
            let page = Page::of(&self.view, locale, Links::live("/wall"), None);
            wall::body(&page, &self.view)
        })
    }

    /// The condition of every station, one byte each.
    pub fn stations(&self) -> &[u8] {
        self.stations.get_or_init(|| condition::bytes(&self.view))
    }

    /// The place of every station on the map of the nation.
    pub fn places(&self) -> &[u8] {
        self.places.get_or_init(|| map::places(&self.view))
    }
}

fn place(locale: Locale) -> usize {
    Locale::ALL.iter().position(|l| *l == locale).unwrap_or(0)
}

/// What the handlers share; cheap to clone.
#[derive(Clone)]
pub struct App(Arc<Shared>);

struct Shared {
    source: Source,
    previous: Option<Arc<Previous>>,
    signing: Option<Signing>,
    live: watch::Sender<Option<Arc<Live>>>,
    served: Served,
    stopping: watch::Sender<bool>,
    /// Whether the store did not answer when it was last asked for news.
    failing: watch::Sender<bool>,
    attempts: Attempts,
    leases: Leases,
    limits: Limits,
    practice: PracticeBox,
    verifying: Semaphore,
    uploading: Semaphore,
    searching: Semaphore,
    secure: bool,
    proxy: OnceLock<IpAddr>,
}

impl App {
    /// An app over a source; `secure` when the server is reached by TLS only.
    #[must_use]
    pub fn new(source: Source, secure: bool) -> Self {
        Self::compared(source, secure, None)
    }

    /// The same, its results compared with those of the event before.
    #[must_use]
    pub fn compared(source: Source, secure: bool, previous: Option<Previous>) -> Self {
        Self(Arc::new(Shared {
            source,
            previous: previous.map(Arc::new),
            signing: None,
            live: watch::Sender::new(None),
            served: Served::default(),
            stopping: watch::Sender::new(false),
            failing: watch::Sender::new(false),
            attempts: Attempts::default(),
            leases: Leases::default(),
            limits: Limits::default(),
            practice: PracticeBox::default(),
            verifying: Semaphore::new(VERIFYING),
            uploading: Semaphore::new(UPLOADING),
            searching: Semaphore::new(SEARCHING),
            secure,
            proxy: OnceLock::new(),
        }))
    }

    /// The same, signing checkpoints of the journal for whoever asks for a proof.
    ///
    /// # Panics
    /// When the app is shared already: it is to be made in one go.
    #[must_use]
    pub fn with_signing(mut self, signing: Option<Signing>) -> Self {
        let shared = Arc::get_mut(&mut self.0);
        shared
            .expect("an app that is being made is not shared")
            .signing = signing;
        self
    }

    /// Who signs checkpoints; none where this server holds no key.
    #[must_use]
    pub fn signing(&self) -> Option<&Signing> {
        self.0.signing.as_ref()
    }

    /// Where pages take what they show.
    #[must_use]
    pub fn source(&self) -> &Source {
        &self.0.source
    }

    /// Failed log-ins.
    #[must_use]
    pub fn attempts(&self) -> &Attempts {
        &self.0.attempts
    }

    /// Which sheet is on whose table.
    #[must_use]
    pub fn leases(&self) -> &Leases {
        &self.0.leases
    }

    /// How often voters may ask where they vote.
    #[must_use]
    pub fn limits(&self) -> &Limits {
        &self.0.limits
    }

    /// Practice ballots.
    #[must_use]
    pub fn practice(&self) -> &PracticeBox {
        &self.0.practice
    }

    /// Leave to verify a password.
    #[must_use]
    pub fn verifying(&self) -> &Semaphore {
        &self.0.verifying
    }

    /// Leave to take a picture in.
    #[must_use]
    pub fn uploading(&self) -> &Semaphore {
        &self.0.uploading
    }

    /// Leave to search the journal without having logged in.
    #[must_use]
    pub fn searching(&self) -> &Semaphore {
        &self.0.searching
    }

    /// Whether the server is reached by TLS only.
    #[must_use]
    pub fn secure(&self) -> bool {
        self.0.secure
    }

    /// Believes the proxy at this address, and no other, when it says whom it asks for.
    pub fn believe(&self, proxy: IpAddr) {
        self.0.proxy.get_or_init(|| proxy.to_canonical());
    }

    /// The proxy that is believed.
    #[must_use]
    pub fn proxy(&self) -> Option<IpAddr> {
        self.0.proxy.get().copied()
    }

    /// The snapshot that is served now; none before an event is called.
    #[must_use]
    pub fn live(&self) -> Option<Arc<Live>> {
        self.0.live.borrow().clone()
    }

    /// The legal time of an act now. An invented election has a clock of its own: it goes on from
    /// its last entry since that was seen.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        let invented = self.live().filter(|l| l.view.snapshot.profile.invented);
        let now = Timestamp::now();
        invented.map_or(now, |live| {
            let since = SignedDuration::try_from(live.seen.elapsed()).unwrap_or_default();
            let at = live.view.snapshot.at.checked_add(since);
            at.unwrap_or(now)
        })
    }

    /// The snapshots that were lately served.
    #[must_use]
    pub fn served(&self) -> &Served {
        &self.0.served
    }

    /// Tells of every new snapshot.
    #[must_use]
    pub fn watch(&self) -> watch::Receiver<Option<Arc<Live>>> {
        self.0.live.subscribe()
    }

    /// Tells when the server stops.
    #[must_use]
    pub fn stopping(&self) -> watch::Receiver<bool> {
        self.0.stopping.subscribe()
    }

    /// Whether the store did not answer when it was last asked: what is shown may be old.
    #[must_use]
    pub fn failing(&self) -> watch::Receiver<bool> {
        self.0.failing.subscribe()
    }

    /// Ends every live connection and the following of the journal.
    pub fn stop(&self) {
        self.0.stopping.send_replace(true);
    }

    /// Takes the newest snapshot when the journal has grown; whether it had.
    ///
    /// # Errors
    /// The store did not answer; the old snapshot stays.
    pub async fn refresh(&self) -> Result<bool, Failed> {
        let shown = self.live().map(|live| live.view.snapshot.journal_size);
        if shown == Some(self.0.source.head().await?) {
            return Ok(false);
        }
        let Some(snapshot) = self.0.source.snapshot().await? else {
            return Ok(false);
        };
        let before = self.live();
        let previous = self.0.previous.clone();
        let adding_up = tokio::task::spawn_blocking(move || {
            let mut view = View::new(snapshot)?;
            view.previous = previous;
            Ok::<_, ViewFault>(Live::new(view, before.as_deref()))
        });
        let live = adding_up.await.map_err(|e| Failed(e.to_string()))?;
        let live = live.map_err(|e| Failed(e.to_string()))?;
        self.0.served.add(Standing::of(&live.view));
        self.0.live.send_replace(Some(Arc::new(live)));
        Ok(true)
    }

    /// Follows the journal until the server stops. A failure is told once, until it is over.
    pub async fn follow(self) {
        let mut stopping = self.stopping();
        loop {
            let failed = self.refresh().await.err();
            let turned = |failing: &mut bool| {
                core::mem::replace(failing, failed.is_some()) != failed.is_some()
            };
            let turned = self.0.failing.send_if_modified(turned);
            if let Some(Failed(why)) = failed.filter(|_| turned) {
                eprintln!("the store does not answer; pages show the last snapshot: {why}");
            }
            tokio::select! {
                () = tokio::time::sleep(LOOK) => {}
                _ = stopping.wait_for(|stop| *stop) => return,
            }
        }
    }
}
