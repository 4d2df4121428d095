//! Keys of a company's programs, by their hashes. One of the places where a row becomes a [`Caller`].

use crate::{
    caller::{Actor, Caller},
    error::Result,
    subscriptions::in_force,
    system::SystemTx,
    tenant::TenantTx,
    tx::on_engine,
};
use chrono::{DateTime, Utc};
use domain::{ApiKeyId, Role, TenantId, UserId, api_key::ApiKey};
use uuid::Uuid;

/// A key to add.
#[derive(Clone, Copy, Debug)]
pub struct NewApiKeyRow<'a> {
    /// The id.
    pub id: ApiKeyId,
    /// What it is for.
    pub name: &'a str,
    /// What it may do.
    pub role: Role,
    /// Its first characters.
    pub prefix: &'a str,
    /// SHA-256 of the key, hex.
    pub hash: &'a str,
    /// Who makes it.
    pub made_by: UserId,
    /// When.
    pub now: DateTime<Utc>,
    /// Until when, if it has an end.
    pub expires_at: Option<DateTime<Utc>>,
}

/// A key and the hash that it is known by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredKey {
    /// As it is listed.
    pub key: ApiKey,
    /// SHA-256 of the key, hex.
    pub hash: String,
    /// Who made it.
    pub made_by: UserId,
}

/// Whether a key still opens, as its row says at this moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyAdmission {
    /// It does.
    Admitted {
        /// Who acts.
        caller: Caller,
        /// When it was last used, to the minute.
        last_used_at: Option<DateTime<Utc>>,
    },
    /// The company is suspended.
    TenantSuspended,
}

#[derive(sqlx::FromRow)]
struct ApiKeyRow {
    id: Uuid,
    name: String,
    role: String,
    prefix: String,
    key_hash: String,
    made_by: Uuid,
    email: Option<String>,
    created_at: DateTime<Utc>,
    expires_at: Option<DateTime<Utc>>,
    last_used_at: Option<DateTime<Utc>>,
}

impl ApiKeyRow {
    fn stored(self) -> Result<StoredKey> {
        Ok(StoredKey {
            key: ApiKey {
                id: ApiKeyId(self.id),
                name: self.name,
                role: crate::users::role(&self.role)?,
                prefix: self.prefix,
                made_by: self.email,
                created_at: self.created_at,
                expires_at: self.expires_at,
                last_used_at: self.last_used_at,
            },
            hash: self.key_hash,
            made_by: UserId(self.made_by),
        })
    }
}

#[derive(sqlx::FromRow)]
struct AdmissionRow {
    tenant_id: Uuid,
    id: Uuid,
    name: String,
    role: String,
    expires_at: Option<DateTime<Utc>>,
    last_used_at: Option<DateTime<Utc>>,
    is_active: bool,
    demo_until: Option<DateTime<Utc>>,
    plan: String,
}

impl TenantTx {
    /// The company's keys, the newest first, ended ones included.
    pub async fn api_keys(&mut self) -> Result<Vec<StoredKey>> {
        let tenant = self.tenant();
        let rows: Vec<ApiKeyRow> = on_engine!(&mut self.tx, |conn| sqlx::query_as(
            "select k.id, k.name, k.role, k.prefix, k.key_hash, k.made_by, u.email,
                    k.created_at, k.expires_at, k.last_used_at
             from api_keys k
             left join memberships m on m.tenant_id = k.tenant_id and m.user_id = k.made_by
             left join users u on u.id = m.user_id
             where k.tenant_id = $1 order by k.created_at desc, k.id desc"
        )
        .bind(tenant)
        .fetch_all(conn)
        .await?);
        rows.into_iter().map(ApiKeyRow::stored).collect()
    }

    /// Adds a key.
    pub async fn add_api_key(&mut self, new: &NewApiKeyRow<'_>) -> Result<()> {
        let tenant = self.tenant();
        on_engine!(&mut self.tx, |conn| {
            sqlx::query(
                "insert into api_keys
               (tenant_id, id, name, role, prefix, key_hash, made_by, created_at, expires_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            )
            .bind(tenant)
            .bind(new.id.0)
            .bind(new.name)
            .bind(new.role.as_str())
            .bind(new.prefix)
            .bind(new.hash)
            .bind(new.made_by.0)
            .bind(new.now)
            .bind(new.expires_at)
            .execute(conn)
            .await
            .map(drop)?;
        });
        Ok(())
    }

    /// Takes a key away for good; false when there is none in this company.
    pub async fn remove_api_key(&mut self, key: ApiKeyId) -> Result<bool> {
        let tenant = self.tenant();
        let done = on_engine!(&mut self.tx, |conn| sqlx::query(
            "delete from api_keys where tenant_id = $1 and id = $2"
        )
        .bind(tenant)
        .bind(key.0)
        .execute(conn)
        .await?
        .rows_affected());
        Ok(done == 1)
    }
}

impl SystemTx {
    /// Looks a key up. `None`: there is none, or its time or its demo's is over.
    pub async fn admit_key(
        &mut self,
        hash: &str,
        now: DateTime<Utc>,
    ) -> Result<Option<KeyAdmission>> {
        let row: Option<AdmissionRow> = on_engine!(&mut self.tx, |conn| {
            sqlx::query_as(
            "select k.tenant_id, k.id, k.name, k.role, k.expires_at, k.last_used_at, t.is_active, t.demo_until,
               b.plan
             from api_keys k join tenants t on t.id = k.tenant_id
               join subscriptions b on b.tenant_id = k.tenant_id
             where k.key_hash = $1"
        )
        .bind(hash)
        .fetch_optional(conn)
        .await?
        });
        let over = |until: Option<DateTime<Utc>>| until.is_some_and(|until| until <= now);
        let Some(row) = row.filter(|row| !over(row.expires_at) && !over(row.demo_until)) else {
            return Ok(None);
        };
        if !row.is_active {
            return Ok(Some(KeyAdmission::TenantSuspended));
        }
        let actor = Actor::ApiKey {
            key: ApiKeyId(row.id),
            name: row.name.into(),
            role: crate::users::role(&row.role)?,
        };
        Ok(Some(KeyAdmission::Admitted {
            caller: Caller {
                tenant: TenantId(row.tenant_id),
                actor,
                plan: in_force(&row.plan, row.demo_until)?,
                operates: false,
            },
            last_used_at: row.last_used_at,
        }))
    }

    /// Notes that a key was used, never backwards; false when it is gone.
    pub async fn touch_api_key(
        &mut self,
        tenant: TenantId,
        key: ApiKeyId,
        now: DateTime<Utc>,
    ) -> Result<bool> {
        let done = on_engine!(&mut self.tx, |conn| sqlx::query(
            "update api_keys set last_used_at = $3
             where tenant_id = $1 and id = $2 and (last_used_at is null or last_used_at <= $3)"
        )
        .bind(tenant.0)
        .bind(key.0)
        .bind(now)
        .execute(conn)
        .await?
        .rows_affected());
        Ok(done == 1)
    }
}
