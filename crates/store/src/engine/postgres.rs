//! PostgreSQL: unprivileged roles, forced row-level security, one round trip to begin.

use super::Settings;
use crate::{
    error::{Error, Result},
    tx::Tx,
};
use domain::TenantId;
use sqlx::{
    AssertSqlSafe, PgPool,
    migrate::Migrator,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use std::{str::FromStr, time::Duration};

static MIGRATOR: Migrator = sqlx::migrate!("../../migrations/postgres");
const MIGRATIONS_TABLE: &str = "_stock_tracker_migrations";

/// Roles belong to the cluster, not to the database, so another copy or another database may be
/// making them at this moment: the one that comes second finds them there.
const ROLES: &str = "
do $$ begin create role stock_tracker_tenant nologin;
exception when duplicate_object or unique_violation then null; end $$;
do $$ begin create role stock_tracker_system nologin;
exception when duplicate_object or unique_violation then null; end $$;
do $$ begin
  if not pg_has_role(current_user, 'stock_tracker_tenant', 'member') then
    execute format('grant stock_tracker_tenant to %I', current_user);
  end if;
  if not pg_has_role(current_user, 'stock_tracker_system', 'member') then
    execute format('grant stock_tracker_system to %I', current_user);
  end if;
end $$;";

/// The queue's tables hold ids only; a job is enqueued in the transaction that needs it, whichever
/// role that has.
const QUEUE_GRANTS: &str = "
grant usage on schema apalis to stock_tracker_tenant, stock_tracker_system;
grant select, insert on all tables in schema apalis to stock_tracker_tenant, stock_tracker_system;
grant execute on all functions in schema apalis to stock_tracker_tenant, stock_tracker_system;
revoke all on _stock_tracker_migrations from stock_tracker_tenant, stock_tracker_system;";

/// Migrations of all copies and databases of a cluster run one after the other: roles are shared.
const MIGRATION_LOCK: i64 = 0x5354_4f43_4b54_5241;

pub(super) fn open(settings: &Settings) -> Result<PgPool> {
    let options = PgConnectOptions::from_str(&settings.url)
        // The driver's message may repeat the address, password included.
        .map_err(|_| Error::Settings("DATABASE_URL is not a PostgreSQL address".into()))?
        .application_name("stock-tracker");
    Ok(PgPoolOptions::new()
        .max_connections(settings.connections)
        .acquire_timeout(settings.acquire_timeout)
        // A broken connection is noticed by the query itself; asking before each is a round trip.
        .test_before_acquire(false)
        .max_lifetime(Duration::from_mins(30))
        .connect_lazy_with(options))
}

pub(super) async fn begin_tenant(pool: &PgPool, tenant: TenantId, write: bool) -> Result<Tx> {
    // BEGIN, role and tenant in one round trip. The only formatted SQL of the product: a UUID has
    // nothing that could be quoted.
    // Lists are planned for what is asked: a plan for any tenant, brand or cursor walks past most of a large catalogue.
    let (mode, plans) = if write {
        ("", "")
    } else {
        (" read only", "; set local plan_cache_mode = force_custom_plan")
    };
    begin_as(pool, tenant, mode, plans).await
}

/// The same to read what is read alike whatever is asked: along an index, so many rows. One plan does for all, and to
/// make it takes several times as long as to follow it.
pub(super) async fn begin_steady(pool: &PgPool, tenant: TenantId) -> Result<Tx> {
    begin_as(pool, tenant, " read only", "; set local plan_cache_mode = force_generic_plan").await
}

async fn begin_as(
    pool: &PgPool,
    tenant: TenantId,
    mode: &'static str,
    plans: &'static str,
) -> Result<Tx> {
    let begin = format!(
        "begin{mode}; set local role stock_tracker_tenant; set local app.tenant_id = '{}'{plans}",
        tenant.0
    );
    begin_whole(pool, AssertSqlSafe(begin)).await
}

pub(super) async fn begin_system(pool: &PgPool, write: bool) -> Result<Tx> {
    let begin = if write {
        "begin; set local role stock_tracker_system"
    } else {
        "begin read only; set local role stock_tracker_system"
    };
    begin_whole(pool, begin).await
}

/// A caller may go away at any moment (a request's connection is closed). Between BEGIN and its answer the driver would
/// then hand the connection to the next one with the transaction open, so it always begins to the end, apart from
/// the caller; dropped afterwards, the transaction is rolled back.
async fn begin_whole(pool: &PgPool, begin: impl sqlx::SqlSafeStr + Send + 'static) -> Result<Tx> {
    let pool = pool.clone();
    match tokio::spawn(async move { pool.begin_with(begin).await }).await {
        Ok(begun) => Ok(Tx::Postgres(begun?)),
        // Only when the runtime shuts down.
        Err(_) => Err(Error::Unavailable(sqlx::Error::WorkerCrashed)),
    }
}

pub(super) async fn migrate(pool: &PgPool) -> Result<()> {
    let mut lock = pool.acquire().await?;
    sqlx::query("select pg_advisory_lock($1)").bind(MIGRATION_LOCK).execute(&mut *lock).await?;
    let outcome = async {
        sqlx::raw_sql(ROLES).execute(pool).await?;
        migrator().run(pool).await?;
        apalis_postgres::PostgresStorage::<()>::setup(pool)
            .await
            .map_err(|error| Error::Queue(error.into()))?;
        sqlx::raw_sql(QUEUE_GRANTS).execute(pool).await?;
        Ok(())
    }
    .await;
    sqlx::query("select pg_advisory_unlock($1)").bind(MIGRATION_LOCK).execute(&mut *lock).await?;
    outcome
}

pub(super) async fn verify(pool: &PgPool) -> Result<()> {
    super::same_version(
        &MIGRATOR,
        sqlx::query_scalar(
            "select version from _stock_tracker_migrations where success order by version",
        )
        .fetch_all(pool)
        .await,
    )?;
    let mut tx = pool.begin_with("begin read only; set local role stock_tracker_tenant").await?;
    let (superuser, owns): (bool, bool) = sqlx::query_as(
        "select r.rolsuper or r.rolbypassrls,
                exists (select 1 from pg_tables t where t.schemaname = 'public' and t.tableowner = current_user)
         from pg_roles r where r.rolname = current_user",
    )
    .fetch_one(&mut *tx)
    .await?;
    if superuser || owns {
        return Err(Error::Settings(
            "the role stock_tracker_tenant is a superuser, bypasses row security or owns tables: \
             tenants would see each other; run `alter role stock_tracker_tenant nosuperuser nobypassrls` \
             and give the tables to another owner"
                .into(),
        ));
    }
    Ok(())
}

fn migrator() -> Migrator {
    let mut migrator = Migrator { migrations: MIGRATOR.migrations.clone(), ..Migrator::DEFAULT };
    migrator.dangerous_set_table_name(MIGRATIONS_TABLE);
    migrator
}
