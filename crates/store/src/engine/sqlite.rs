//! SQLite: one writer, many readers, no row-level security.

use super::{Pools, Settings};
use crate::{
    error::{Error, Result},
    tx::Tx,
};
use sqlx::{
    SqlitePool,
    migrate::Migrator,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use std::{str::FromStr, time::Duration};

static MIGRATOR: Migrator = sqlx::migrate!("../../migrations/sqlite");

/// apalis keeps its own rows in `_sqlx_migrations`; ours are apart, so that each side still notices
/// a database that is newer than the program.
const MIGRATIONS_TABLE: &str = "_stock_tracker_migrations";

/// KiB, as a negative number. A product is in some twenty indexes, each in an order of its own: a large shop's sync
/// writes all over the file, and what does not fit is read and written again and again. Only what is used is taken.
const WRITERS_CACHE: &str = "-65536";

pub(super) fn open(settings: &Settings) -> Result<Pools> {
    let options = SqliteConnectOptions::from_str(&settings.url)
        .map_err(|error| Error::Settings(format!("DATABASE_URL: {error}")))?
        .create_if_missing(true)
        .foreign_keys(true)
        .journal_mode(SqliteJournalMode::Wal)
        // Safe in WAL mode: a power cut may lose the last commits, never the file.
        .synchronous(SqliteSynchronous::Normal)
        .busy_timeout(Duration::from_secs(5))
        // 32 MiB: a sync writes the same pages again and again, and each folding-in waits for the disk.
        .pragma("wal_autocheckpoint", "8000")
        .pragma("temp_store", "memory")
        .pragma("cache_size", "-8000")
        .optimize_on_close(true, 400);
    let pool = || {
        SqlitePoolOptions::new()
            .acquire_timeout(settings.acquire_timeout)
            .test_before_acquire(false)
            .idle_timeout(None)
            .max_lifetime(None)
    };
    Ok(Pools::Sqlite {
        // A bulk write of a sync may hold the writer for a second or two: queue behind it.
        writer: pool()
            .max_connections(1)
            .acquire_timeout(Duration::from_secs(30))
            .connect_lazy_with(options.clone().pragma("cache_size", WRITERS_CACHE)),
        readers: pool()
            .max_connections(settings.connections)
            .connect_lazy_with(options.read_only(false)),
    })
}

pub(super) async fn begin(writer: &SqlitePool, readers: &SqlitePool, write: bool) -> Result<Tx> {
    // Plain `begin` would take the write lock at the first write and fail there with "busy" whenever
    // another transaction wrote in between.
    let tx =
        if write { writer.begin_with("begin immediate").await? } else { readers.begin().await? };
    Ok(Tx::Sqlite(tx))
}

pub(super) async fn migrate(writer: &SqlitePool) -> Result<()> {
    migrator().run(writer).await?;
    let mut queue = apalis_sqlite::SqliteStorage::<()>::migrations();
    queue.set_ignore_missing(true);
    queue.run(writer).await?;
    mend_search(writer).await
}

/// The index of what is searched follows rows by their rowid, which a VACUUM closes the gaps of: then the last ones
/// differ, and it is made anew.
async fn mend_search(writer: &SqlitePool) -> Result<()> {
    let moved: bool = sqlx::query_scalar(
        "select (select max(rowid) from products) is not (select max(id) from products_fts_docsize)
         /* whatever the tenant_id */",
    )
    .fetch_one(writer)
    .await?;
    if moved {
        tracing::info!("the index of the search is made anew");
        sqlx::query("insert into products_fts (products_fts) values ('rebuild')")
            .execute(writer)
            .await?;
    }
    Ok(())
}

pub(super) async fn verify(readers: &SqlitePool) -> Result<()> {
    super::same_version(
        &MIGRATOR,
        sqlx::query_scalar(
            "select version from _stock_tracker_migrations where success order by version",
        )
        .fetch_all(readers)
        .await,
    )
}

pub(super) async fn close(writer: &SqlitePool) {
    // The write-ahead log goes back into the file, so that a copy of the one file is a backup.
    if let Err(error) = sqlx::query("pragma wal_checkpoint(truncate)").execute(writer).await {
        tracing::warn!(%error, "the write-ahead log was not folded in; the next start does it");
    }
    writer.close().await;
}

fn migrator() -> Migrator {
    let mut migrator = Migrator { migrations: MIGRATOR.migrations.clone(), ..Migrator::DEFAULT };
    migrator.dangerous_set_table_name(MIGRATIONS_TABLE);
    migrator
}
