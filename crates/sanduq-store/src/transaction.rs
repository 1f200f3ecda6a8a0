//! One transaction on one connection of the pool. Always true here: a transaction that is not
//! committed is rolled back before its connection serves anybody else.

use crate::cluster::Cluster;
use crate::error::Fault;
use crate::error::StoreError;
use bytes::Bytes;
use core::time::Duration;
use deadpool_postgres::Object;
use deadpool_postgres::Pool;
use futures_util::FutureExt;
use futures_util::future::try_join3;
use std::sync::Arc;
use tokio_postgres::CopyInSink;
use tokio_postgres::Row;
use tokio_postgres::RowStream;
use tokio_postgres::types::ToSql;

/// The values of a statement's `$1`, `$2`, ….
pub(crate) type Values<'a> = &'a [&'a (dyn ToSql + Sync)];

/// How long a request waits for a free connection before it is a fault.
pub(crate) const WAIT: Duration = Duration::from_secs(30);

pub(crate) struct Transaction {
    client: Object,
    open: bool,
    /// Declared last: the private cluster stops after its last connection has closed.
    _cluster: Option<Arc<Cluster>>,
}

impl Transaction {
    /// Begins with the statements `begin`.
    pub(crate) async fn begin(
        pool: &Pool,
        cluster: Option<Arc<Cluster>>,
        begin: &str,
    ) -> Result<Self, StoreError> {
        let client = pool
            .get()
            .await
            .map_err(|e| Fault::Connection(e.to_string()))?;
        let transaction = Self {
            client,
            open: true,
            _cluster: cluster,
        };
        transaction.batch(begin).await?;
        Ok(transaction)
    }

    /// Statements without values and without answers.
    pub(crate) async fn batch(&self, statements: &str) -> Result<(), StoreError> {
        Ok(self.client.batch_execute(statements).await?)
    }

    /// All rows of a query, which is prepared once a connection.
    pub(crate) async fn rows(&self, sql: &str, values: Values<'_>) -> Result<Vec<Row>, StoreError> {
        let statement = self.client.prepare_cached(sql).await?;
        Ok(self.client.query(&statement, values).await?)
    }

    /// All rows of a query that is put together as somebody asks: it is not kept prepared.
    pub(crate) async fn rows_once(
        &self,
        sql: &str,
        values: Values<'_>,
    ) -> Result<Vec<Row>, StoreError> {
        Ok(self.client.query(sql, values).await?)
    }

    /// The row of a query that has one or none.
    pub(crate) async fn row(
        &self,
        sql: &str,
        values: Values<'_>,
    ) -> Result<Option<Row>, StoreError> {
        let statement = self.client.prepare_cached(sql).await?;
        Ok(self.client.query_opt(&statement, values).await?)
    }

    /// The rows of a query as they come, for answers that do not fit in memory twice.
    pub(crate) async fn stream(
        &self,
        sql: &str,
        values: Values<'_>,
    ) -> Result<RowStream, StoreError> {
        let statement = self.client.prepare_cached(sql).await?;
        let values = values.iter().copied();
        Ok(self.client.query_raw(&statement, values).await?)
    }

    /// A statement that changes rows; how many.
    pub(crate) async fn execute(&self, sql: &str, values: Values<'_>) -> Result<u64, StoreError> {
        let statement = self.client.prepare_cached(sql).await?;
        Ok(self.client.execute(&statement, values).await?)
    }

    /// The sink of a `COPY … FROM STDIN`.
    pub(crate) async fn copy_in(&self, sql: &str) -> Result<CopyInSink<Bytes>, StoreError> {
        Ok(self.client.copy_in(sql).await?)
    }

    /// Two statements that change rows, and the commit, sent together: what they lock is locked for
    /// one answer's time. When one of the statements fails, the database takes the commit for a
    /// rollback, and the failure is the answer.
    pub(crate) async fn execute_both_and_commit(
        mut self,
        (first, first_values): (&str, Values<'_>),
        (second, second_values): (&str, Values<'_>),
    ) -> Result<(), StoreError> {
        let first = self.client.prepare_cached(first).await?;
        let second = self.client.prepare_cached(second).await?;
        try_join3(
            self.client.execute(&first, first_values),
            self.client.execute(&second, second_values),
            self.client.batch_execute("COMMIT"),
        )
        .await?;
        self.open = false;
        Ok(())
    }

    /// Commits; when this returns, the database has it on disk.
    pub(crate) async fn commit(mut self) -> Result<(), StoreError> {
        self.client.batch_execute("COMMIT").await?;
        self.open = false;
        Ok(())
    }
}

impl Drop for Transaction {
    fn drop(&mut self) {
        if self.open {
            // The first poll hands the statement to the connection's task, which sends it before
            // anything that the connection's next user asks; nobody waits for the answer.
            let _unanswered = self.client.batch_execute("ROLLBACK").now_or_never();
        }
    }
}
