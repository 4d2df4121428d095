//! Shops on marketplaces, with what was last found out about their keys. The keys are in `account_secrets`.

use crate::{
    engine::lock,
    error::{Error, Result},
    system::SystemTx,
    tenant::TenantTx,
    tenants::marketplace,
    tx::{Tx, on_engine},
};
use chrono::{DateTime, Utc};
use domain::{
    AccountId, Marketplace, Realm, TenantId,
    account::{Account, KeyCheck, SameSeller},
    shop::{Colour, Schedule},
};
use sqlx::types::Json;
use uuid::Uuid;

/// A shop to add.
#[derive(Clone, Copy, Debug)]
pub struct NewAccount<'a> {
    /// The id.
    pub id: AccountId,
    /// On which marketplace.
    pub marketplace: Marketplace,
    /// In which world: the server's choice, never a tenant's.
    pub realm: Realm,
    /// What it is called until the marketplace tells the seller's name.
    pub name: &'a str,
    /// When.
    pub now: DateTime<Utc>,
}

#[derive(sqlx::FromRow)]
struct AccountRow {
    id: Uuid,
    marketplace: String,
    realm: String,
    name: String,
    own_name: Option<String>,
    colour: String,
    schedule: Option<Json<Schedule>>,
    next_sync_at: Option<DateTime<Utc>>,
    key_check: Option<Json<KeyCheck>>,
    seller_key: Option<String>,
    seller_elsewhere: bool,
}

impl AccountRow {
    /// Without its freshness, which has a table of its own.
    fn account(self) -> Result<Account> {
        let realm = self
            .realm
            .parse()
            .map_err(|_| Error::Corrupt { column: "accounts.realm", value: self.realm.clone() })?;
        Ok(Account {
            id: AccountId(self.id),
            marketplace: marketplace("accounts.marketplace", &self.marketplace)?,
            realm,
            name: self.own_name.unwrap_or(self.name),
            colour: self
                .colour
                .parse()
                .map_err(|_| Error::Corrupt { column: "accounts.colour", value: self.colour })?,
            schedule: self.schedule.map(|Json(schedule)| schedule).unwrap_or_default(),
            next_sync_at: self.next_sync_at,
            key: self.key_check.map(|check| check.0),
            freshness: Vec::new(),
            same_seller: SameSeller { shops: Vec::new(), elsewhere: self.seller_elsewhere },
        })
    }
}

impl TenantTx {
    /// The tenant's shops, the oldest first, their freshness left empty.
    pub async fn accounts(&mut self) -> Result<Vec<Account>> {
        let tenant = self.tenant();
        let rows: Vec<AccountRow> = on_engine!(&mut self.tx, |conn| {
            sqlx::query_as(
            "select id, marketplace, realm, name, own_name, colour, schedule, key_check, seller_key, seller_elsewhere,
               (select min(due_at) from schedules s where s.tenant_id = a.tenant_id and s.account_id = a.id)
                 as next_sync_at
             from accounts a where tenant_id = $1 order by created_at, id"
        )
        .bind(tenant)
        .fetch_all(conn)
        .await?
        });
        let sellers: Vec<(Uuid, Option<String>)> =
            rows.iter().map(|row| (row.id, row.seller_key.clone())).collect();
        let mut accounts: Vec<Account> =
            rows.into_iter().map(AccountRow::account).collect::<Result<_>>()?;
        for account in &mut accounts {
            let own = sellers.iter().find(|(id, _)| *id == account.id.0);
            let Some(own) = own.and_then(|(_, key)| key.as_ref()) else { continue };
            let same =
                sellers.iter().filter(|(id, key)| *id != account.id.0 && key.as_ref() == Some(own));
            account.same_seller.shops = same.map(|(id, _)| AccountId(*id)).collect();
        }
        Ok(accounts)
    }

    /// One of the tenant's shops, its freshness left empty.
    pub async fn account(&mut self, account: AccountId) -> Result<Option<Account>> {
        // Which other shops are the same seller's is told by all of them, and they are few.
        Ok(self.accounts().await?.into_iter().find(|shop| shop.id == account))
    }

    /// Adds a shop.
    pub async fn add_account(&mut self, new: &NewAccount<'_>) -> Result<()> {
        let tenant = self.tenant_id();
        insert(&mut self.tx, tenant, new).await
    }

    /// What a person decided of a shop: its own name (`None`: the seller's), its colour, its schedule. False when it
    /// isn't there.
    pub async fn change_account(
        &mut self,
        account: AccountId,
        own_name: Option<&str>,
        colour: Colour,
        schedule: &Schedule,
        now: DateTime<Utc>,
    ) -> Result<bool> {
        let tenant = self.tenant();
        let done = on_engine!(&mut self.tx, |conn| sqlx::query(
            "update accounts set own_name = $3, colour = $4, schedule = $5, updated_at = $6
             where tenant_id = $1 and id = $2"
        )
        .bind(tenant)
        .bind(account.0)
        .bind(own_name)
        .bind(colour.as_str())
        .bind(Json(schedule))
        .bind(now)
        .execute(conn)
        .await?
        .rows_affected());
        Ok(done == 1)
    }

    /// The name that a person gave a shop, if one did.
    pub async fn own_name(&mut self, account: AccountId) -> Result<Option<String>> {
        let tenant = self.tenant();
        let name: Option<Option<String>> = on_engine!(&mut self.tx, |conn| sqlx::query_scalar(
            "select own_name from accounts where tenant_id = $1 and id = $2"
        )
        .bind(tenant)
        .bind(account.0)
        .fetch_optional(conn)
        .await?);
        Ok(name.flatten())
    }

    /// Removes a shop with all that was read of it. False when it isn't there.
    pub async fn remove_account(&mut self, account: AccountId) -> Result<bool> {
        let tenant = self.tenant();
        lock::runs(&mut self.tx, TenantId(tenant)).await?;
        let done = on_engine!(&mut self.tx, |conn| sqlx::query(
            "delete from accounts where tenant_id = $1 and id = $2"
        )
        .bind(tenant)
        .bind(account.0)
        .execute(conn)
        .await?
        .rows_affected());
        Ok(done == 1)
    }

    /// Notes what was found out about a shop's key, or that it has none. A name that was told replaces the shop's.
    /// False when the shop isn't there.
    pub async fn set_key_check(
        &mut self,
        account: AccountId,
        check: Option<&KeyCheck>,
        now: DateTime<Utc>,
    ) -> Result<bool> {
        let tenant = self.tenant();
        let name = check.and_then(|check| check.seller_name.as_deref());
        let done = on_engine!(&mut self.tx, |conn| sqlx::query(
            "update accounts set key_check = $3, name = coalesce($4, name), updated_at = $5
             where tenant_id = $1 and id = $2"
        )
        .bind(tenant)
        .bind(account.0)
        .bind(check.map(Json))
        .bind(name)
        .bind(now)
        .execute(conn)
        .await?
        .rows_affected());
        Ok(done == 1)
    }
}

impl SystemTx {
    /// Adds a shop to a company that is being made.
    pub async fn add_account(&mut self, tenant: TenantId, new: &NewAccount<'_>) -> Result<()> {
        insert(&mut self.tx, tenant, new).await
    }
}

async fn insert(tx: &mut Tx, tenant: TenantId, new: &NewAccount<'_>) -> Result<()> {
    let before: i64 = on_engine!(&mut *tx, |conn| sqlx::query_scalar(
        "select count(*) from accounts where tenant_id = $1"
    )
    .bind(tenant.0)
    .fetch_one(conn)
    .await?);
    let colour = Colour::of_shop(usize::try_from(before).unwrap_or_default());
    on_engine!(tx, |conn| {
        sqlx::query(
        "insert into accounts (tenant_id, id, marketplace, realm, name, colour, created_at, updated_at)
         values ($1, $2, $3, $4, $5, $6, $7, $7)"
    )
    .bind(tenant.0)
    .bind(new.id.0)
    .bind(new.marketplace.as_str())
    .bind(new.realm.as_str())
    .bind(new.name)
    .bind(colour.as_str())
    .bind(new.now)
    .execute(conn)
    .await?;
    });
    Ok(())
}
