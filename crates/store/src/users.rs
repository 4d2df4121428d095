//! People. They belong to no tenant, so only a [`SystemTx`] changes them; a tenant sees those who belong to it.

use crate::{
    error::{Error, Result},
    system::SystemTx,
    tx::on_engine,
};
use chrono::{DateTime, Utc};
use domain::{Role, TenantId, UserId};
use uuid::Uuid;

/// A person to add.
#[derive(Clone, Copy, Debug)]
pub struct NewUser<'a> {
    /// The id.
    pub id: UserId,
    /// The address as typed; a demo's visitor has none.
    pub email: Option<&'a str>,
    /// `domain::validation::email_key` of it: one account, however it is spelt.
    pub email_key: Option<&'a str>,
    /// bcrypt; without one nobody signs in as them.
    pub password_hash: Option<&'a str>,
    /// When.
    pub now: DateTime<Utc>,
}

/// What signing in needs to know of an e-mail address.
#[derive(Clone, PartialEq, Eq)]
pub struct SignIn {
    /// Who.
    pub user: UserId,
    /// Where: an active company before a suspended one, the oldest membership first.
    pub tenant: TenantId,
    /// As what.
    pub role: Role,
    /// bcrypt.
    pub password_hash: Option<String>,
    /// False when the person is disabled.
    pub user_active: bool,
    /// False when the company is suspended.
    pub tenant_active: bool,
    /// When the password was last changed.
    pub password_changed_at: DateTime<Utc>,
    /// True when the password alone is not enough.
    pub second_factor: bool,
}

impl std::fmt::Debug for SignIn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SignIn")
            .field("user", &self.user)
            .field("tenant", &self.tenant)
            .finish_non_exhaustive()
    }
}

#[derive(sqlx::FromRow)]
struct SignInRow {
    user_id: Uuid,
    tenant_id: Uuid,
    role: String,
    password_hash: Option<String>,
    user_active: bool,
    tenant_active: bool,
    password_changed_at: DateTime<Utc>,
    second_factor_since: Option<DateTime<Utc>>,
}

/// A person and their company, found by what the column holds.
macro_rules! sign_in_by {
    ($column:literal) => {
        concat!(
            "select u.id as user_id, m.tenant_id, m.role, u.password_hash,
                    u.is_active as user_active, t.is_active as tenant_active,
                    u.password_changed_at, f.confirmed_at as second_factor_since
             from users u
             join memberships m on m.user_id = u.id
             join tenants t on t.id = m.tenant_id
             left join second_factors f on f.user_id = u.id
             where ",
            $column,
            " = $1 order by t.is_active desc, m.created_at, m.tenant_id limit 1"
        )
    };
}

impl SystemTx {
    /// Adds a person. A taken e-mail is a [`Error::Conflict`].
    pub async fn add_user(&mut self, new: &NewUser<'_>) -> Result<()> {
        on_engine!(&mut self.tx, |conn| {
            sqlx::query(
                "insert into users
               (id, email, email_key, password_hash, is_active, created_at, password_changed_at)
             values ($1, $2, $3, $4, $5, $6, $6)",
            )
            .bind(new.id.0)
            .bind(new.email)
            .bind(new.email_key)
            .bind(new.password_hash)
            .bind(true)
            .bind(new.now)
            .execute(conn)
            .await
            .map(drop)?;
        });
        Ok(())
    }

    /// Who may sign in with this address, and where they would be. A person without a company can't.
    pub async fn sign_in(&mut self, email_key: &str) -> Result<Option<SignIn>> {
        let row: Option<SignInRow> =
            on_engine!(&mut self.tx, |conn| sqlx::query_as(sign_in_by!("u.email_key"))
                .bind(email_key)
                .fetch_optional(conn)
                .await?);
        row.map(found).transpose()
    }

    /// The same for a person whose password was right a moment ago.
    pub async fn sign_in_of(&mut self, user: UserId) -> Result<Option<SignIn>> {
        let row: Option<SignInRow> =
            on_engine!(&mut self.tx, |conn| sqlx::query_as(sign_in_by!("u.id"))
                .bind(user.0)
                .fetch_optional(conn)
                .await?);
        row.map(found).transpose()
    }

    /// Replaces a person's hash by another of the same password; false when the hash is no longer the one that was
    /// proven (the password was changed meanwhile).
    pub async fn rehash(&mut self, user: UserId, proven: &str, new: &str) -> Result<bool> {
        let done = on_engine!(&mut self.tx, |conn| sqlx::query(
            "update users set password_hash = $3 where id = $1 and password_hash = $2"
        )
        .bind(user.0)
        .bind(proven)
        .bind(new)
        .execute(conn)
        .await?
        .rows_affected());
        Ok(done == 1)
    }

    /// Switches a person off or on; false when there is none.
    pub async fn set_user_active(&mut self, user: UserId, active: bool) -> Result<bool> {
        let done = on_engine!(&mut self.tx, |conn| sqlx::query(
            "update users set is_active = $2 where id = $1"
        )
        .bind(user.0)
        .bind(active)
        .execute(conn)
        .await?
        .rows_affected());
        Ok(done == 1)
    }

    /// Removes people without an e-mail who belong to no company any more: visitors of expired demos.
    pub async fn remove_lost_visitors(&mut self) -> Result<u64> {
        Ok(on_engine!(&mut self.tx, |conn| sqlx::query(
            "delete from users where email_key is null
             and not exists (select m.tenant_id from memberships m where m.user_id = users.id)"
        )
        .execute(conn)
        .await?
        .rows_affected()))
    }
}

fn found(row: SignInRow) -> Result<SignIn> {
    Ok(SignIn {
        user: UserId(row.user_id),
        tenant: TenantId(row.tenant_id),
        role: role(&row.role)?,
        password_hash: row.password_hash,
        user_active: row.user_active,
        tenant_active: row.tenant_active,
        password_changed_at: row.password_changed_at,
        second_factor: row.second_factor_since.is_some(),
    })
}

/// Reads a stored role.
pub(crate) fn role(word: &str) -> Result<Role> {
    word.parse().map_err(|_| Error::Corrupt { column: "memberships.role", value: word.to_owned() })
}
