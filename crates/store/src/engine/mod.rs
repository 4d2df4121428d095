//! Which database, how it is opened, and what really differs between the two.
//!
//! Only the two files beside this one know an engine by name.

pub(crate) mod bulk;
pub(crate) mod lock;
pub(crate) mod postgres;
pub(crate) mod sqlite;

use crate::{
    error::{Error, Result},
    tx::Tx,
};
use domain::TenantId;
use std::time::Duration;

/// An open database. Clones share its connections.
#[derive(Clone)]
pub struct Store {
    pub(crate) pools: Pools,
}

#[derive(Clone)]
pub(crate) enum Pools {
    Postgres(sqlx::PgPool),
    Sqlite {
        /// SQLite has one writer at a time; a pool of one queues them in order instead of failing.
        writer: sqlx::SqlitePool,
        readers: sqlx::SqlitePool,
    },
}

/// Which engine is behind a store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// PostgreSQL 13 or later.
    Postgres,
    /// The SQLite inside the program.
    Sqlite,
}

/// How to open a database.
#[derive(Clone, Debug)]
pub struct Settings {
    /// `postgres://…`, `postgresql://…` or `sqlite://path`.
    pub url: String,
    /// Connections to PostgreSQL, or readers of SQLite.
    pub connections: u32,
    /// How long a request waits for a connection before it is told "unavailable".
    pub acquire_timeout: Duration,
}

impl Settings {
    /// The defaults for this address: 16 connections, 5 s.
    pub fn new(url: impl Into<String>) -> Self {
        Self { url: url.into(), connections: 16, acquire_timeout: Duration::from_secs(5) }
    }
}

impl Store {
    /// Opens the database without changing it. On PostgreSQL nothing is connected until it is needed,
    /// so that the server starts, and says what is wrong, while the database is away.
    pub fn open(settings: &Settings) -> Result<Self> {
        let pools = match settings.url.split_once(':').map(|(scheme, _)| scheme) {
            Some("postgres" | "postgresql") => Pools::Postgres(postgres::open(settings)?),
            Some("sqlite") => sqlite::open(settings)?,
            _ => {
                return Err(Error::Settings(
                    "DATABASE_URL must begin with postgres://, postgresql:// or sqlite://".into(),
                ));
            }
        };
        Ok(Self { pools })
    }

    /// Which engine it is.
    pub fn engine(&self) -> Engine {
        match self.pools {
            Pools::Postgres(_) => Engine::Postgres,
            Pools::Sqlite { .. } => Engine::Sqlite,
        }
    }

    /// Brings the schema up to this program's version; safe to run from several copies at once.
    pub async fn migrate(&self) -> Result<()> {
        match &self.pools {
            Pools::Postgres(pool) => postgres::migrate(pool).await,
            Pools::Sqlite { writer, .. } => sqlite::migrate(writer).await,
        }
    }

    /// Refuses a database on which the walls between tenants would not hold, or whose schema is older
    /// or newer than this program.
    pub async fn verify(&self) -> Result<()> {
        match &self.pools {
            Pools::Postgres(pool) => postgres::verify(pool).await,
            Pools::Sqlite { readers, .. } => sqlite::verify(readers).await,
        }
    }

    /// Whether the database answers.
    pub async fn ping(&self) -> Result<()> {
        match &self.pools {
            Pools::Postgres(pool) => sqlx::query("select 1").execute(pool).await.map(drop)?,
            Pools::Sqlite { readers, .. } => {
                sqlx::query("select 1").execute(readers).await.map(drop)?;
            }
        }
        Ok(())
    }

    /// Finishes what is under way and closes every connection.
    pub async fn close(&self) {
        match &self.pools {
            Pools::Postgres(pool) => pool.close().await,
            Pools::Sqlite { writer, readers } => {
                readers.close().await;
                sqlite::close(writer).await;
            }
        }
    }

    pub(crate) async fn begin_tenant(&self, tenant: TenantId, write: bool) -> Result<Tx> {
        match &self.pools {
            Pools::Postgres(pool) => postgres::begin_tenant(pool, tenant, write).await,
            Pools::Sqlite { writer, readers } => sqlite::begin(writer, readers, write).await,
        }
    }

    pub(crate) async fn begin_steady(&self, tenant: TenantId) -> Result<Tx> {
        match &self.pools {
            Pools::Postgres(pool) => postgres::begin_steady(pool, tenant).await,
            Pools::Sqlite { writer, readers } => sqlite::begin(writer, readers, false).await,
        }
    }

    pub(crate) async fn begin_system(&self, write: bool) -> Result<Tx> {
        match &self.pools {
            Pools::Postgres(pool) => postgres::begin_system(pool, write).await,
            Pools::Sqlite { writer, readers } => sqlite::begin(writer, readers, write).await,
        }
    }
}

/// Compares what is applied with what the program knows.
pub(crate) fn same_version(
    known: &sqlx::migrate::Migrator,
    applied: std::result::Result<Vec<i64>, sqlx::Error>,
) -> Result<()> {
    let known: Vec<i64> = known.iter().map(|migration| migration.version).collect();
    match applied {
        Ok(applied) if applied == known => Ok(()),
        Ok(applied) if applied.len() > known.len() => Err(Error::Settings(
            "the database is newer than this program: install the newer version".into(),
        )),
        Ok(_) => Err(Error::Settings(
            "the database is older than this program: run `stock-tracker migrate`".into(),
        )),
        Err(sqlx::Error::Database(_)) => {
            Err(Error::Settings("the database is empty: run `stock-tracker migrate`".into()))
        }
        Err(error) => Err(error.into()),
    }
}
