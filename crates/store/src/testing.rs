//! Databases for tests: migrated, private, gone afterwards. Built only with the feature `testing`.
#![expect(
    clippy::expect_used,
    clippy::disallowed_methods,
    reason = "a test without its database has failed"
)]

mod content;

pub use content::Content;

use crate::{
    Admission, Caller, NewAccount, NewCompany, NewSession, NewTenant, NewUser, Reason, SessionKind,
    engine::{Pools, Settings, Store},
};
use chrono::{DateTime, TimeDelta, Utc};
use domain::{AccountId, Marketplace, Realm, SessionId, TenantId, UserId};
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use uuid::Uuid;

/// A migrated store of its own. A SQLite file is removed with the value; a PostgreSQL database stays
/// in the tests' private cluster, which is thrown away as a whole.
pub struct TestStore {
    /// The store.
    pub store: Store,
    /// What it was opened with.
    pub settings: Settings,
    _folder: Option<tempfile::TempDir>,
}

impl TestStore {
    /// On SQLite, in a temporary folder.
    pub async fn sqlite() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let file = folder.path().join("test.db");
        Self::open(Settings::new(format!("sqlite://{}", file.display())), Some(folder)).await
    }

    /// On PostgreSQL, in a new database that belongs to an ordinary login: row security does not
    /// bind a superuser. `TEST_POSTGRES_URL` names the cluster, as its superuser; `cargo xtask test`
    /// starts one.
    pub async fn postgres() -> Self {
        let cluster = std::env::var("TEST_POSTGRES_URL")
            .expect("TEST_POSTGRES_URL is not set: run `cargo xtask test`, or `--fast` to leave PostgreSQL out");
        let mut admin = PgConnection::connect(&cluster).await.expect("the tests' PostgreSQL");
        let name = format!("t_{}", uuid::Uuid::new_v4().simple());
        for sql in [
            "do $$ begin create role stock_tracker_login login noinherit createrole;
             exception when duplicate_object or unique_violation then null; end $$"
                .to_owned(),
            format!("create database {name} owner stock_tracker_login"),
        ] {
            sqlx::raw_sql(AssertSqlSafe(sql))
                .execute(&mut admin)
                .await
                .expect("a database for the test");
        }
        admin.close().await.expect("the tests' PostgreSQL");
        let mut url = url::Url::parse(&cluster).expect("an address");
        url.set_path(&name);
        // The login inherits nothing, so that its roles' policies are not its own; hence not the owner's
        // right to `public` either.
        let mut admin = PgConnection::connect(url.as_str()).await.expect("the new database");
        sqlx::raw_sql("grant all on schema public to stock_tracker_login")
            .execute(&mut admin)
            .await
            .expect("a schema for the test");
        admin.close().await.expect("the tests' PostgreSQL");
        url.set_username("stock_tracker_login").expect("an address with a host");
        Self::open(Settings { connections: 4, ..Settings::new(url) }, None).await
    }

    /// A store that another process made, as a second one sees it.
    pub fn of_another(settings: Settings) -> Self {
        let store = Store::open(&settings).expect("settings");
        Self { store, settings, _folder: None }
    }

    /// A company with an owner, a shop on Wildberries and a sign-in: as many as a test wants, all apart.
    pub async fn company(&self, name: &str) -> Company {
        let now = chrono::DateTime::from_timestamp(1_789_000_000, 0).expect("a moment");
        let (tenant, user) = (TenantId(Uuid::new_v4()), UserId(Uuid::new_v4()));
        let (account, session) = (AccountId(Uuid::new_v4()), SessionId(Uuid::new_v4()));
        let email = format!("{user}@example.com");
        let mut tx = self.store.system_write(Reason::SignIn).await.expect("a transaction");
        tx.register(&NewCompany {
            tenant: NewTenant {
                id: tenant,
                name,
                marketplace: Marketplace::Wildberries,
                demo_until: None,
                now,
            },
            owner: NewUser {
                id: user,
                email: Some(&email),
                email_key: Some(&email),
                password_hash: None,
                now,
            },
            account: NewAccount {
                id: account,
                marketplace: Marketplace::Wildberries,
                realm: Realm::Production,
                name: "Wildberries",
                now,
            },
        })
        .await
        .expect("a company");
        let new = NewSession {
            id: session,
            user,
            kind: SessionKind::Browser,
            now,
            expires_at: now + TimeDelta::days(3650),
            address: "192.0.2.1",
            user_agent: None,
        };
        tx.add_session(tenant, &new).await.expect("a sign-in");
        let admission = tx.admit(session, now).await.expect("a sign-in");
        tx.commit().await.expect("a commit");
        let Some(Admission::Admitted { caller, .. }) = admission else {
            panic!("the owner of a new company is admitted")
        };
        Company { caller, tenant, user, account, session, now }
    }

    /// Counts what lies in the tables, as each engine does by itself after a while.
    pub async fn analyze(&self) {
        let done = match &self.store.pools {
            Pools::Postgres(pool) => sqlx::raw_sql("vacuum analyze").execute(pool).await.map(drop),
            Pools::Sqlite { writer, .. } => {
                sqlx::raw_sql("pragma optimize = 0x10002").execute(writer).await.map(drop)
            }
        };
        done.expect("statistics");
    }

    /// Bytes of a PostgreSQL database on disk.
    pub async fn bytes(&self) -> i64 {
        let mut login =
            PgConnection::connect(&self.settings.url).await.expect("the test's database");
        let bytes = sqlx::query_scalar("select pg_database_size(current_database())")
            .fetch_one(&mut login)
            .await
            .expect("its size");
        login.close().await.expect("the test's database");
        bytes
    }

    /// Gives a member another role, as an owner would.
    pub async fn set_role(&self, tenant: TenantId, user: UserId, role: domain::Role) {
        let mut tx = self.store.system_write(Reason::Operator).await.expect("a transaction");
        crate::tx::on_engine!(&mut tx.tx, |conn| {
            sqlx::query("update memberships set role = $3 where tenant_id = $1 and user_id = $2")
                .bind(tenant.0)
                .bind(user.0)
                .bind(role.as_str())
                .execute(conn)
                .await
                .expect("a role")
                .rows_affected()
        });
        tx.commit().await.expect("a commit");
    }

    /// Plants a wrong count of a tenant's products, to tell what is believed from what is added up.
    pub async fn set_counted(&self, tenant: TenantId, products: i64) {
        self.set_number(
            "update catalogue_totals set products = $2 where tenant_id = $1",
            tenant,
            products,
        )
        .await;
    }

    /// Takes row-level security away, for measuring what it costs; the types still keep tenants apart.
    pub async fn without_row_security(&self) {
        let mut login =
            PgConnection::connect(&self.settings.url).await.expect("the test's database");
        let sql = "do $$ declare t text; begin
             for t in select c.relname from pg_class c where c.relrowsecurity and c.relnamespace = 'public'::regnamespace
             loop execute format('alter table %I disable row level security', t); end loop; end $$";
        sqlx::raw_sql(sql).execute(&mut login).await.expect("the tables' owner may");
        login.close().await.expect("the test's database");
    }

    /// Another threshold of low stock, as an owner would set it.
    pub async fn set_low_stock_threshold(&self, tenant: TenantId, threshold: i64) {
        self.set_number(
            "update tenants set low_stock_threshold = $2 where id = $1",
            tenant,
            threshold,
        )
        .await;
    }

    async fn set_number(&self, sql: &'static str, tenant: TenantId, number: i64) {
        let mut tx = self.store.system_write(Reason::Operator).await.expect("a transaction");
        crate::tx::on_engine!(&mut tx.tx, |conn| {
            sqlx::query(sql)
                .bind(tenant.0)
                .bind(number)
                .execute(conn)
                .await
                .expect("a number")
                .rows_affected()
        });
        tx.commit().await.expect("a commit");
    }

    async fn open(settings: Settings, folder: Option<tempfile::TempDir>) -> Self {
        let store = Store::open(&settings).expect("settings");
        store.migrate().await.expect("migrations");
        store.verify().await.expect("a store that holds its walls");
        Self { store, settings, _folder: folder }
    }
}

/// A database of another program on the tests' PostgreSQL, made by its SQL; its address.
pub async fn foreign_database(sql: &'static str) -> String {
    let cluster = std::env::var("TEST_POSTGRES_URL").expect("TEST_POSTGRES_URL is not set");
    let mut admin = PgConnection::connect(&cluster).await.expect("the tests' PostgreSQL");
    let name = format!("foreign_{}", Uuid::new_v4().simple());
    sqlx::raw_sql(AssertSqlSafe(format!("create database {name}")))
        .execute(&mut admin)
        .await
        .expect("a database for the test");
    admin.close().await.expect("the tests' PostgreSQL");
    let mut url = url::Url::parse(&cluster).expect("an address");
    url.set_path(&name);
    let mut made = PgConnection::connect(url.as_str()).await.expect("the new database");
    sqlx::raw_sql(sql).execute(&mut made).await.expect("its schema");
    made.close().await.expect("the new database");
    url.into()
}

/// What [`TestStore::company`] made.
pub struct Company {
    /// Its owner.
    pub caller: Caller,
    /// The company.
    pub tenant: TenantId,
    /// The owner.
    pub user: UserId,
    /// Its shop.
    pub account: AccountId,
    /// The owner's sign-in.
    pub session: SessionId,
    /// When all of it was made.
    pub now: DateTime<Utc>,
}

/// Runs each test on both engines: `on_both_engines!(first, second)` for functions `async fn(TestStore)`.
/// The PostgreSQL halves live in a module `postgres`, so that a run without one can leave them out.
#[macro_export]
macro_rules! on_both_engines {
    ($($(#[$attribute:meta])* $name:ident),+ $(,)?) => {
        mod sqlite {
            $($(#[$attribute])* #[tokio::test(flavor = "multi_thread")]
            async fn $name() { super::$name($crate::testing::TestStore::sqlite().await).await })+
        }
        mod postgres {
            $($(#[$attribute])* #[tokio::test(flavor = "multi_thread")]
            async fn $name() { super::$name($crate::testing::TestStore::postgres().await).await }
            )+
        }
    };
}
