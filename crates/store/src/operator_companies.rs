//! Companies and their shops as the operators' area shows them, page by page: sizes and ages, never a row of stock or
//! orders, never a key.

use crate::{
    directory::Company,
    error::{Error, Result},
    subscriptions,
    system::SystemTx,
    tx::on_engine,
};
use chrono::{DateTime, Utc};
use domain::{AccountId, Marketplace, Plan, Realm, TenantId};
use uuid::Uuid;

/// What is needed to choose companies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CompanyName {
    /// The id.
    pub id: TenantId,
    /// Its name.
    pub name: String,
}

/// A company with how fresh and how large its data is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CompanySize {
    /// The company; `products` are those of its shops' last count where there is one.
    pub company: Company,
    /// Its shops.
    pub shops: i64,
    /// When something of it was last read whole; `None`: never.
    pub read_at: Option<DateTime<Utc>>,
    /// Kinds of its shops' data whose last reading failed.
    pub problems: i64,
}

/// A shop of a company.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShopState {
    /// Which.
    pub account: AccountId,
    /// Its name.
    pub name: String,
    /// Where it sells.
    pub marketplace: Marketplace,
    /// In which world.
    pub realm: Realm,
    /// Whether it has a key that was checked.
    pub has_key: bool,
    /// The oldest of its kinds of data; `None`: never read.
    pub as_of: Option<DateTime<Utc>>,
    /// When it is to be read next.
    pub due_at: Option<DateTime<Utc>>,
    /// Kinds of data whose last reading failed.
    pub problems: i64,
}

#[derive(sqlx::FromRow)]
struct SizeRow {
    id: Uuid,
    name: String,
    owner: Option<String>,
    plan: String,
    is_active: bool,
    demo_until: Option<DateTime<Utc>>,
    created_at: DateTime<Utc>,
    members: i64,
    shops: i64,
    products: i64,
    read_at: Option<DateTime<Utc>>,
    problems: i64,
}

#[derive(sqlx::FromRow)]
struct ShopRow {
    id: Uuid,
    name: String,
    marketplace: String,
    realm: String,
    has_key: bool,
    as_of: Option<DateTime<Utc>>,
    due_at: Option<DateTime<Utc>>,
    problems: i64,
}

impl SystemTx {
    /// Names of companies, the newest first, after this one; of a plan, active or suspended, when that is asked.
    pub async fn company_names(
        &mut self,
        after: Option<TenantId>,
        plan: Option<Plan>,
        is_active: Option<bool>,
        most: i64,
    ) -> Result<Vec<CompanyName>> {
        let rows: Vec<(Uuid, String)> = on_engine!(&mut self.tx, |conn| {
            sqlx::query_as(
                "select t.id, t.name from tenants t join subscriptions s on s.tenant_id = t.id
             where t.id < $1 and ($2 = '' or s.plan = $2)
               and ($3 < 0 or t.is_active = ($3 = 1))
             order by t.id desc limit $4",
            )
            .bind(after.map_or(Uuid::max(), |id| id.0))
            .bind(plan.map_or("", Plan::as_str))
            .bind(is_active.map_or(-1, i64::from))
            .bind(most)
            .fetch_all(conn)
            .await?
        });
        Ok(rows.into_iter().map(|(id, name)| CompanyName { id: TenantId(id), name }).collect())
    }

    /// A company with its sizes.
    pub async fn company_size(&mut self, tenant: TenantId) -> Result<Option<CompanySize>> {
        let row: Option<SizeRow> = on_engine!(&mut self.tx, |conn| {
            sqlx::query_as(
            "select t.id, t.name, s.plan, t.is_active, t.demo_until, t.created_at,
               (select u.email from memberships m join users u on u.id = m.user_id
                where m.tenant_id = t.id and m.role = 'owner'
                order by m.created_at, m.user_id limit 1) as owner,
               (select count(*) from memberships m where m.tenant_id = t.id) as members,
               (select count(*) from accounts a where a.tenant_id = t.id) as shops,
               (select cast(coalesce(sum(c.products), 0) as bigint) from catalogue_totals c
                where c.tenant_id = t.id) as products,
               (select max(f.as_of) from freshness f where f.tenant_id = t.id) as read_at,
               (select count(*) from freshness f where f.tenant_id = t.id and f.problem is not null) as problems
             from tenants t join subscriptions s on s.tenant_id = t.id where t.id = $1"
        )
        .bind(tenant.0)
        .fetch_optional(conn)
        .await?
        });
        row.map(|row| {
            let company = Company {
                id: TenantId(row.id),
                name: row.name,
                owner: row.owner,
                plan: subscriptions::plan(&row.plan)?,
                is_active: row.is_active,
                demo_until: row.demo_until,
                created_at: row.created_at,
                members: row.members,
                products: row.products,
            };
            let (shops, read_at, problems) = (row.shops, row.read_at, row.problems);
            Ok(CompanySize { company, shops, read_at, problems })
        })
        .transpose()
    }

    /// A company's shops, the first one first.
    pub async fn shop_states(&mut self, tenant: TenantId) -> Result<Vec<ShopState>> {
        let rows: Vec<ShopRow> = on_engine!(&mut self.tx, |conn| {
            sqlx::query_as(
            "select a.id, a.name, a.marketplace, a.realm, a.key_check is not null as has_key,
               (select min(f.as_of) from freshness f
                where f.tenant_id = a.tenant_id and f.account_id = a.id) as as_of,
               (select min(d.due_at) from schedules d
                where d.tenant_id = a.tenant_id and d.account_id = a.id) as due_at,
               (select count(*) from freshness f where f.tenant_id = a.tenant_id and f.account_id = a.id
                  and f.problem is not null) as problems
             from accounts a where a.tenant_id = $1 order by a.id"
        )
        .bind(tenant.0)
        .fetch_all(conn)
        .await?
        });
        rows.into_iter()
            .map(|row| {
                Ok(ShopState {
                    account: AccountId(row.id),
                    name: row.name,
                    marketplace: word(&row.marketplace, "marketplace")?,
                    realm: word(&row.realm, "realm")?,
                    has_key: row.has_key,
                    as_of: row.as_of,
                    due_at: row.due_at,
                    problems: row.problems,
                })
            })
            .collect()
    }
}

/// A stored word as what it means.
pub(crate) fn word<T: std::str::FromStr>(text: &str, column: &'static str) -> Result<T> {
    text.parse().map_err(|_| Error::Corrupt { column, value: text.to_owned() })
}
