//! The door: [`Store`], one snapshot to [`Read`], one transaction to [`Write`].
//!
//! ```text
//! write ─▶ BEGIN ─▶ SET LOCAL ROLE ─▶ the nouns' statements ─▶ head of the journal locked
//!                        ─▶ entries appended ─▶ head moved ─▶ COMMIT ─▶ acknowledged
//! ```
//!
//! The order, and what a crash leaves behind. Everything before COMMIT lives in one transaction: a
//! crash anywhere there leaves nothing, and PostgreSQL's recovery repairs that without our help.
//! COMMIT returns after the log of the database is on disk (`synchronous_commit`); only then is the
//! caller answered. A crash between the two leaves a write that is done and was not acknowledged:
//! the caller learns of a lost connection ([`Fault::Connection`]) and must read before it tries
//! again, and the revision of a sheet or the key of a check-in refuses the second attempt by name.
//! The head of the journal is locked last, so that writers of different nouns wait for one another
//! only for the append, and entries stand in the order in which their transactions commit.

use crate::access::Access;
use crate::cluster::Cluster;
use crate::cluster::Durability;
use crate::error::Fault;
use crate::error::StoreError;
use crate::error::StoreRefusal;
use crate::journal;
use crate::schema;
use crate::transaction::Transaction;
use crate::transaction::WAIT;
use core::time::Duration;
use deadpool_postgres::Manager;
use deadpool_postgres::ManagerConfig;
use deadpool_postgres::Pool;
use deadpool_postgres::RecyclingMethod;
use deadpool_postgres::Runtime;
use jiff::Timestamp;
use sanduq_core::act::Act;
use sanduq_core::act::Actor;
use sanduq_core::act::Entry;
use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;
use tokio_postgres::Client;
use tokio_postgres::NoTls;
use tokio_postgres::error::SqlState;

/// Where the store is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Config {
    /// A private cluster in this folder, made on first use: see [`crate::cluster`].
    Private {
        /// The folder; its parent exists.
        dir: PathBuf,
    },
    /// A database of this address (`postgresql://…` or `host=… dbname=…`), whose user owns it.
    Address(String),
}

/// The store of one database. Cheap to clone; the private cluster stops with the last clone.
#[derive(Clone)]
pub struct Store {
    pool: Pool,
    // Declared after the pool, so that connections close before the cluster stops.
    cluster: Option<Arc<Cluster>>,
}

/// The user who owns a private cluster and everything in it; only openings connect as it.
pub(crate) const OWNER: &str = "sanduq";
/// The user the program works as.
const PROGRAM: &str = "sanduq_program";
/// The database of a private cluster: the one that comes with it.
pub(crate) const DATABASE: &str = "postgres";
/// How often an opening looks again for a cluster that is on its way out.
const LOOKS: u32 = 10;
const BETWEEN_LOOKS: Duration = Duration::from_millis(100);
/// Connections a store opens at most; the private cluster allows more.
const CONNECTIONS: usize = 24;

impl Store {
    /// Opens the store: starts the private cluster or attaches to it, and brings the schema
    /// forward. What was acknowledged before is there; nothing else is.
    ///
    /// # Errors
    /// [`StoreRefusal::NotAFolder`], or a [`Fault`] that names the folder, the address or the
    /// schema.
    pub async fn open(config: &Config) -> Result<Self, StoreError> {
        match config {
            Config::Private { dir } => {
                expect_folder(dir)?;
                let (cluster, mut owner) = attach(dir).await?;
                schema::migrate(&mut owner, schema::MIGRATIONS).await?;
                Self::on_cluster(cluster, DATABASE)
            }
            Config::Address(address) => {
                let config = address
                    .parse::<tokio_postgres::Config>()
                    .map_err(|e| Fault::Connection(e.to_string()))?;
                let mut owner = connect(&config).await?;
                schema::migrate(&mut owner, schema::MIGRATIONS).await?;
                Ok(Self {
                    pool: pool(config)?,
                    cluster: None,
                })
            }
        }
    }

    /// One snapshot of what everybody may see.
    ///
    /// # Errors
    /// [`Fault::Connection`] when the database cannot be reached.
    pub async fn read(&self) -> Result<Read, StoreError> {
        self.read_as(Access::Public).await
    }

    /// One snapshot with the rights of `access`. All its reads agree with each other, whatever is
    /// written meanwhile.
    ///
    /// # Errors
    /// [`Fault::Connection`] when the database cannot be reached.
    pub async fn read_as(&self, access: Access) -> Result<Read, StoreError> {
        let begin = format!(
            "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL ROLE {}",
            access.role()
        );
        let transaction = self.begin(&begin).await?;
        Ok(Read { transaction })
    }

    /// One transaction in the name of the actor's organ: see [`Store::write_as`].
    ///
    /// # Errors
    /// As [`Store::write_as`].
    pub async fn write<T, E: From<StoreError>>(
        &self,
        actor: &Actor,
        at: Timestamp,
        work: impl AsyncFnOnce(&mut Write) -> Result<T, E>,
    ) -> Result<T, E> {
        self.write_as(actor.organ.into(), actor, at, work).await
    }

    /// One transaction with the rights of `access`: all that `work` does and its journal entries,
    /// or nothing. When this returns, it is on disk.
    ///
    /// # Errors
    /// What `work` answers; [`StoreRefusal::NoEntry`] when it journaled nothing;
    /// [`StoreRefusal::OtherOrgan`] when an entry or `access` is of another organ than the actor;
    /// a [`Fault`]. In every case but [`Fault::Connection`] nothing was written.
    pub async fn write_as<T, E: From<StoreError>>(
        &self,
        access: Access,
        actor: &Actor,
        at: Timestamp,
        work: impl AsyncFnOnce(&mut Write) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut write = Write::begin(self, access, actor, at).await?;
        let value = work(&mut write).await?;
        write.commit().await?;
        Ok(value)
    }
}

impl Store {
    /// The store of a database of a private cluster, which has the schema. The program's log-in has
    /// no right of its own: see [`Access`].
    pub(crate) fn on_cluster(cluster: Arc<Cluster>, database: &str) -> Result<Self, StoreError> {
        let pool = pool(cluster.address(PROGRAM, database))?;
        let cluster = Some(cluster);
        Ok(Self { pool, cluster })
    }

    pub(crate) async fn begin(&self, begin: &str) -> Result<Transaction, StoreError> {
        Transaction::begin(&self.pool, self.cluster.clone(), begin).await
    }
}

/// A folder may be new; what is there of its path must be folders.
fn expect_folder(dir: &Path) -> Result<(), StoreRefusal> {
    let there = dir.ancestors().find(|place| place.exists());
    match there.filter(|place| !place.is_dir()) {
        None => Ok(()),
        Some(place) => Err(StoreRefusal::NotAFolder(place.to_owned())),
    }
}

/// The cluster of a folder and a connection of its owner. A program that died while it stopped the
/// cluster leaves one that runs and takes nobody any more, and one whose first process was killed
/// may still be seen for a moment: leaving it again waits until it is gone, and the next look
/// starts it.
async fn attach(dir: &Path) -> Result<(Arc<Cluster>, Client), StoreError> {
    let mut looks = LOOKS;
    loop {
        let folder = dir.to_owned();
        let opening = move || Cluster::open(&folder, Durability::OnDisk);
        let opening = tokio::task::spawn_blocking(opening);
        let cluster = opening
            .await
            .map_err(|e| Fault::ClusterDidNotStart(e.to_string()))??;
        match cluster.address(OWNER, DATABASE).connect(NoTls).await {
            Ok((client, connection)) => {
                tokio::spawn(connection);
                return Ok((Arc::new(cluster), client));
            }
            Err(error) if looks > 0 && leaving(&error) => {
                looks -= 1;
                drop(cluster);
                tokio::time::sleep(BETWEEN_LOOKS).await;
            }
            Err(error) => return Err(error.into()),
        }
    }
}

/// Whether a cluster that could be reached takes nobody any more: it says so, or it is gone before
/// it has said anything.
fn leaving(error: &tokio_postgres::Error) -> bool {
    let said = error.code();
    said.is_none_or(|code| *code == SqlState::CANNOT_CONNECT_NOW)
}

/// One connection; it is served until it is dropped.
pub(crate) async fn connect(config: &tokio_postgres::Config) -> Result<Client, StoreError> {
    let (client, connection) = config.connect(NoTls).await?;
    tokio::spawn(connection);
    Ok(client)
}

fn pool(config: tokio_postgres::Config) -> Result<Pool, StoreError> {
    let recycling = ManagerConfig {
        recycling_method: RecyclingMethod::Fast,
    };
    let manager = Manager::from_config(config, NoTls, recycling);
    let pool = Pool::builder(manager)
        .max_size(CONNECTIONS)
        .runtime(Runtime::Tokio1)
        .wait_timeout(Some(WAIT))
        .build();
    pool.map_err(|e| Fault::Connection(e.to_string()).into())
}

/// One snapshot of the store. It changes nothing; it ends when it is dropped.
pub struct Read {
    pub(crate) transaction: Transaction,
}

impl Read {
    /// From now on no question to this snapshot takes longer than `most`: the database stops it,
    /// whether or not anybody still waits for the answer.
    ///
    /// # Errors
    /// A fault.
    pub async fn hurry(&self, most: Duration) -> Result<(), StoreError> {
        let sql = format!("SET LOCAL statement_timeout = {}", most.as_millis());
        self.transaction.batch(&sql).await
    }
}

/// One transaction of the store. It reads what [`Read`] reads, as of now, and it is rolled back
/// when it is dropped.
pub struct Write {
    read: Read,
    access: Access,
    actor: Actor,
    at: Timestamp,
    entries: Vec<Entry>,
}

impl Write {
    pub(crate) async fn begin(
        store: &Store,
        access: Access,
        actor: &Actor,
        at: Timestamp,
    ) -> Result<Self, StoreError> {
        if access.organ().is_some_and(|organ| organ != actor.organ) {
            return Err(StoreRefusal::OtherOrgan.into());
        }
        let begin = format!("BEGIN; SET LOCAL ROLE {}", access.role());
        Ok(Self {
            read: Read {
                transaction: store.begin(&begin).await?,
            },
            access,
            actor: actor.clone(),
            at,
            entries: Vec::new(),
        })
    }

    /// Who writes.
    #[must_use]
    pub const fn actor(&self) -> &Actor {
        &self.actor
    }

    /// When, as handed in.
    #[must_use]
    pub const fn at(&self) -> Timestamp {
        self.at
    }

    /// With which rights.
    #[must_use]
    pub const fn access(&self) -> Access {
        self.access
    }

    /// An entry by this actor at this time, for [`Write::journal`].
    #[must_use]
    pub fn entry(&self, act: Act) -> Entry {
        Entry::new(act, &self.actor, self.at)
    }

    /// Appends an entry when the transaction commits, after those journaled before.
    pub fn journal(&mut self, entry: Entry) {
        self.entries.push(entry);
    }

    /// Entries so far.
    pub(crate) const fn journaled(&self) -> u64 {
        self.entries.len() as u64
    }

    /// A transaction of the registrar whose entries are journaled at its end.
    pub(crate) async fn registrar(store: &Store, actor: &Actor) -> Result<Self, StoreError> {
        Self::begin(store, Access::Registrar, actor, Timestamp::UNIX_EPOCH).await
    }

    /// The transaction alone, for a load whose entries stand in the journal already.
    pub(crate) fn into_transaction(self) -> Transaction {
        self.read.transaction
    }

    /// That there are entries, all of the actor's organ and of acts that it may do.
    pub(crate) fn expect_entries(&self) -> Result<(), StoreRefusal> {
        if self.entries.is_empty() {
            return Err(StoreRefusal::NoEntry);
        }
        // An organ without a role of its own is refused by the database, whatever it does.
        let writes = self.access.organ().is_some();
        let own =
            |entry: &Entry| entry.organ == self.actor.organ && (may_be_done(entry) || !writes);
        if !self.entries.iter().all(own) {
            return Err(StoreRefusal::OtherOrgan);
        }
        Ok(())
    }

    /// That whoever acts may still act: neither suspended nor without a password of their own. The
    /// account stays locked until the transaction ends, so that no act lands after a suspension.
    /// Asked before the head of the journal is locked: a suspension locks in the same order.
    pub(crate) async fn expect_actor(&self) -> Result<(), StoreError> {
        let sql = "SELECT staff.may_act($1)";
        let number = self.actor.id.as_str();
        self.transaction.row(sql, &[&number]).await.map(|_| ())
    }

    /// The entries so far, to be appended now.
    pub(crate) fn take_entries(&mut self) -> Vec<Entry> {
        core::mem::take(&mut self.entries)
    }

    pub(crate) async fn commit(self) -> Result<(), StoreError> {
        self.expect_entries()?;
        self.expect_actor().await?;
        journal::append_and_commit(self.read.transaction, &self.entries).await
    }
}

impl core::ops::Deref for Write {
    type Target = Read;

    fn deref(&self) -> &Read {
        &self.read
    }
}

/// Whether the act of an entry is one that its organ has a part in.
pub(crate) fn may_be_done(entry: &Entry) -> bool {
    let act = Act::from_code(&entry.act);
    act.is_some_and(|act| act.may_be_done_by(entry.organ))
}
