//! Stores for tests: one private cluster for all tests of a machine, one database for each test,
//! copied from a template that has the schema. The cluster stops when the last test has ended; its
//! folder in the system's folder for temporary files stays, so that the next run starts sooner.

use crate::cluster::Cluster;
use crate::cluster::Durability;
use crate::error::Fault;
use crate::error::StoreError;
use crate::schema;
use crate::store::DATABASE;
use crate::store::OWNER;
use crate::store::Store;
use crate::store::connect;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::Weak;
use std::sync::atomic::AtomicU32;
use std::sync::atomic::Ordering;
use tokio_postgres::Client;

/// A store of a test's own. Its database is removed when it is dropped.
pub struct Trial {
    /// The store.
    pub store: Store,
    /// Removes the database; declared before the cluster, which must outlive it.
    _database: Database,
    cluster: Arc<Cluster>,
    name: String,
}

struct Database {
    cluster: Arc<Cluster>,
    name: String,
}

static CLUSTER: Mutex<Weak<Cluster>> = Mutex::new(Weak::new());
static NUMBER: AtomicU32 = AtomicU32::new(0);

impl Trial {
    /// An empty store with the schema.
    ///
    /// # Errors
    /// A fault of the machine.
    pub async fn start() -> Result<Self, StoreError> {
        let cluster = tokio::task::spawn_blocking(cluster)
            .await
            .map_err(|e| Fault::ClusterDidNotStart(e.to_string()))??;
        let template = template(&cluster).await?;
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let name = format!("trial_{}_{number}", std::process::id());
        let admin = connect(&cluster.address(OWNER, DATABASE)).await?;
        let copy = format!("CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy");
        admin.batch_execute(&copy).await?;
        Ok(Self {
            store: Store::on_cluster(cluster.clone(), &name)?,
            _database: Database {
                cluster: cluster.clone(),
                name: name.clone(),
            },
            cluster,
            name,
        })
    }

    /// A connection of its own as the program's log-in (`sanduq_program`) or as the owner
    /// (`sanduq`), for tests of what the database itself forbids.
    ///
    /// # Errors
    /// A fault of the machine.
    pub async fn connect(&self, user: &str) -> Result<Client, StoreError> {
        connect(&self.cluster.address(user, &self.name)).await
    }
}

/// The cluster that a test which runs now uses, or a new one.
fn cluster() -> Result<Arc<Cluster>, StoreError> {
    let mut running = CLUSTER.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(cluster) = running.upgrade() {
        return Ok(cluster);
    }
    let dir = std::env::temp_dir().join("sanduq-trials");
    let cluster = Arc::new(Cluster::open(&dir, Durability::InMemory)?);
    *running = Arc::downgrade(&cluster);
    Ok(cluster)
}

/// The template of this schema; made by whichever test comes first, while the others wait.
async fn template(cluster: &Cluster) -> Result<String, StoreError> {
    let name = format!("template_{}", schema::fingerprint(schema::MIGRATIONS));
    let mut owner = connect(&cluster.address(OWNER, DATABASE)).await?;
    let turn = owner.transaction().await?;
    turn.batch_execute("SELECT pg_advisory_xact_lock(1)")
        .await?;
    let there = "SELECT FROM pg_database WHERE datname = $1";
    if turn.query_opt(there, &[&name]).await?.is_none() {
        // Made under another name first: a template that has its name has the whole schema.
        let making = format!("{name}_making");
        let admin = connect(&cluster.address(OWNER, DATABASE)).await?;
        let fresh = format!("DROP DATABASE IF EXISTS {making} WITH (FORCE)");
        admin.batch_execute(&fresh).await?;
        admin
            .batch_execute(&format!("CREATE DATABASE {making}"))
            .await?;
        let mut schema_owner = connect(&cluster.address(OWNER, &making)).await?;
        schema::migrate(&mut schema_owner, schema::MIGRATIONS).await?;
        drop(schema_owner);
        let rename = format!("ALTER DATABASE {making} RENAME TO {name}");
        retry(&admin, &rename).await?;
    }
    turn.commit().await?;
    Ok(name)
}

/// A connection that was dropped is gone a moment later; until then its database is in use.
async fn retry(admin: &Client, sql: &str) -> Result<(), StoreError> {
    for _ in 0..200 {
        if admin.batch_execute(sql).await.is_ok() {
            return Ok(());
        }
        tokio::time::sleep(core::time::Duration::from_millis(5)).await;
    }
    Ok(admin.batch_execute(sql).await?)
}

impl Drop for Database {
    fn drop(&mut self) {
        let address = self.cluster.address(OWNER, DATABASE);
        let sql = format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name);
        // On a thread of its own, because the test's runtime may be about to end; a database that
        // stays behind costs some megabytes of the temporary folder.
        let removal = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build();
            if let Ok(runtime) = runtime {
                let _removed = runtime.block_on(async {
                    connect(&address).await?.batch_execute(&sql).await?;
                    Ok::<_, StoreError>(())
                });
            }
        });
        let _ended = removal.join();
    }
}
