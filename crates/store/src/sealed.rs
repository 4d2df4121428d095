//! Every stored secret in the order of its place, for sealing all of them anew while the product works on.

use crate::{error::Result, system::SystemTx, tx::on_engine};
use domain::{AccountId, TenantId, UserId};
use uuid::Uuid;

/// Where a secret is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A shop's.
    Account {
        /// Whose.
        tenant: TenantId,
        /// Of which shop.
        account: AccountId,
        /// Which.
        field: String,
    },
    /// A company's own.
    Tenant {
        /// Whose.
        tenant: TenantId,
        /// Which.
        field: String,
    },
    /// A person's second factor.
    SecondFactor {
        /// Whose.
        user: UserId,
    },
}

/// A secret as it is stored.
#[derive(Clone, PartialEq, Eq)]
pub struct SealedSecret {
    /// Where.
    pub place: Place,
    /// A Fernet token.
    pub ciphertext: String,
}

impl std::fmt::Debug for SealedSecret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SealedSecret").field("place", &self.place).finish_non_exhaustive()
    }
}

impl SystemTx {
    /// The secrets after this place, at most so many: first those of shops, then those of companies, then
    /// those of people. Empty: that was all.
    pub async fn secrets_after(
        &mut self,
        after: Option<&Place>,
        limit: i64,
    ) -> Result<Vec<SealedSecret>> {
        let nil = (Uuid::nil(), Uuid::nil(), "");
        let (tenant, account, field) = match after {
            None => nil,
            Some(Place::Account { tenant, account, field }) => {
                (tenant.0, account.0, field.as_str())
            }
            Some(Place::Tenant { tenant, field }) => {
                return self.own_secrets_after(tenant.0, field, limit).await;
            }
            Some(Place::SecondFactor { user }) => {
                return self.second_factors_after(user.0, limit).await;
            }
        };
        let rows: Vec<(Uuid, Uuid, String, String)> = on_engine!(&mut self.tx, |conn| {
            sqlx::query_as(
                "select tenant_id, account_id, field, ciphertext from account_secrets
                 where (tenant_id, account_id, field) > ($1, $2, $3)
                 order by tenant_id, account_id, field limit $4",
            )
            .bind(tenant)
            .bind(account)
            .bind(field)
            .bind(limit)
            .fetch_all(conn)
            .await?
        });
        if rows.is_empty() {
            return self.own_secrets_after(Uuid::nil(), "", limit).await;
        }
        let secrets = rows.into_iter().map(|(tenant, account, field, ciphertext)| SealedSecret {
            place: Place::Account { tenant: TenantId(tenant), account: AccountId(account), field },
            ciphertext,
        });
        Ok(secrets.collect())
    }

    async fn own_secrets_after(
        &mut self,
        tenant: Uuid,
        field: &str,
        limit: i64,
    ) -> Result<Vec<SealedSecret>> {
        let rows: Vec<(Uuid, String, String)> = on_engine!(&mut self.tx, |conn| sqlx::query_as(
            "select tenant_id, field, ciphertext from tenant_secrets
             where (tenant_id, field) > ($1, $2) order by tenant_id, field limit $3"
        )
        .bind(tenant)
        .bind(field)
        .bind(limit)
        .fetch_all(conn)
        .await?);
        if rows.is_empty() {
            return self.second_factors_after(Uuid::nil(), limit).await;
        }
        let secrets = rows.into_iter().map(|(tenant, field, ciphertext)| SealedSecret {
            place: Place::Tenant { tenant: TenantId(tenant), field },
            ciphertext,
        });
        Ok(secrets.collect())
    }

    async fn second_factors_after(&mut self, user: Uuid, limit: i64) -> Result<Vec<SealedSecret>> {
        let rows: Vec<(Uuid, String)> = on_engine!(&mut self.tx, |conn| {
            sqlx::query_as(
            "select user_id, ciphertext from second_factors where user_id > $1 order by user_id limit $2"
        )
        .bind(user)
        .bind(limit)
        .fetch_all(conn)
        .await?
        });
        let secrets = rows.into_iter().map(|(user, ciphertext)| SealedSecret {
            place: Place::SecondFactor { user: UserId(user) },
            ciphertext,
        });
        Ok(secrets.collect())
    }

    /// Puts the same secret, sealed anew, in the place of what was read; false when somebody has changed it meanwhile.
    pub async fn replace_secret(&mut self, read: &SealedSecret, new: &str) -> Result<bool> {
        let done = match &read.place {
            Place::Account { tenant, account, field } => {
                on_engine!(&mut self.tx, |conn| sqlx::query(
                    "update account_secrets set ciphertext = $5
                 where tenant_id = $1 and account_id = $2 and field = $3 and ciphertext = $4"
                )
                .bind(tenant.0)
                .bind(account.0)
                .bind(field)
                .bind(&read.ciphertext)
                .bind(new)
                .execute(conn)
                .await?
                .rows_affected())
            }
            Place::Tenant { tenant, field } => on_engine!(&mut self.tx, |conn| sqlx::query(
                "update tenant_secrets set ciphertext = $4
                 where tenant_id = $1 and field = $2 and ciphertext = $3"
            )
            .bind(tenant.0)
            .bind(field)
            .bind(&read.ciphertext)
            .bind(new)
            .execute(conn)
            .await?
            .rows_affected()),
            Place::SecondFactor { user } => on_engine!(&mut self.tx, |conn| {
                sqlx::query(
                "update second_factors set ciphertext = $3 where user_id = $1 and ciphertext = $2"
            )
            .bind(user.0)
            .bind(&read.ciphertext)
            .bind(new)
            .execute(conn)
            .await?
            .rows_affected()
            }),
        };
        Ok(done == 1)
    }
}
