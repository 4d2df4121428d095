//! Writing what moved over. Every function leaves alone what is there already, so that a second run changes nothing.

use crate::{error::Result, products_bulk::search_keys, system::SystemTx, tx::on_engine};
use chrono::{DateTime, Utc};
use domain::{
    AccountId, Marketplace, Plan, ProductId, RefreshTokenId, Role, SessionId, TenantId, UserId,
    observed::ObservedProduct,
};
use uuid::Uuid;

/// A company of the original.
#[derive(Clone, Debug)]
pub struct ImportedTenant {
    /// Its id, which it keeps.
    pub id: TenantId,
    /// Its name.
    pub name: String,
    /// The marketplace of its first shop.
    pub marketplace: Marketplace,
    /// False when suspended.
    pub is_active: bool,
    /// Its plan.
    pub plan: Plan,
    /// When it registered.
    pub created_at: DateTime<Utc>,
}

/// A person of the original.
#[derive(Clone)]
pub struct ImportedUser {
    /// The id, which they keep.
    pub id: UserId,
    /// Their company.
    pub tenant: TenantId,
    /// The address as typed.
    pub email: String,
    /// What it is compared by.
    pub email_key: String,
    /// bcrypt; without one they need a new password.
    pub password_hash: Option<String>,
    /// As what.
    pub role: Role,
    /// False when disabled.
    pub is_active: bool,
    /// When they registered.
    pub created_at: DateTime<Utc>,
}

/// What became of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UserOutcome {
    /// They are here now.
    Taken,
    /// They were here before.
    Already,
    /// Their e-mail is another person's here.
    EmailTaken,
}

/// A refresh token of the original: a sign-in with one token.
#[derive(Clone)]
pub struct ImportedToken {
    /// The row's id, which also becomes its sign-in's.
    pub id: Uuid,
    /// Whose.
    pub user: UserId,
    /// In which company.
    pub tenant: TenantId,
    /// SHA-256 of the token, hex.
    pub hash: String,
    /// When it was made.
    pub issued_at: DateTime<Utc>,
    /// Until when it lives.
    pub expires_at: DateTime<Utc>,
}

/// A card of the original with the sums that it had.
#[derive(Clone, Debug)]
pub struct ImportedProduct {
    /// The id, which it keeps.
    pub id: ProductId,
    /// What the card says.
    pub observed: ObservedProduct,
    /// Pieces in stock.
    pub total_stock: Option<i64>,
    /// Orders.
    pub total_orders: Option<i64>,
    /// On the way to buyers.
    pub in_way_to_client: Option<i64>,
    /// On the way back.
    pub in_way_from_client: Option<i64>,
    /// When it was first seen.
    pub created_at: DateTime<Utc>,
}

impl SystemTx {
    /// Adds a company with its plan; false when it is here already.
    pub async fn import_tenant(
        &mut self,
        new: &ImportedTenant,
        now: DateTime<Utc>,
    ) -> Result<bool> {
        let done = on_engine!(&mut self.tx, |conn| {
            sqlx::query(
                "insert into tenants
               (id, name, marketplace_type, is_active, low_stock_threshold, created_at, updated_at)
             values ($1, $2, $3, $4, 10, $5, $6) on conflict (id) do nothing",
            )
            .bind(new.id.0)
            .bind(&new.name)
            .bind(new.marketplace.as_str())
            .bind(new.is_active)
            .bind(new.created_at)
            .bind(now)
            .execute(conn)
            .await?
            .rows_affected()
        });
        if done == 0 {
            return Ok(false);
        }
        self.add_subscription(new.id, now).await?;
        self.set_plan(new.id, new.plan).await?;
        Ok(true)
    }

    /// Adds a person to their company.
    pub async fn import_user(&mut self, new: &ImportedUser) -> Result<UserOutcome> {
        let holder: Option<Uuid> = on_engine!(&mut self.tx, |conn| sqlx::query_scalar(
            "select id from users where id = $1 or email_key = $2
             order by case when id = $1 then 0 else 1 end limit 1"
        )
        .bind(new.id.0)
        .bind(&new.email_key)
        .fetch_optional(conn)
        .await?);
        match holder {
            Some(id) if id == new.id.0 => return Ok(UserOutcome::Already),
            Some(_) => return Ok(UserOutcome::EmailTaken),
            None => {}
        }
        on_engine!(&mut self.tx, |conn| sqlx::query(
            "insert into users
               (id, email, email_key, password_hash, is_active, created_at, password_changed_at)
             values ($1, $2, $3, $4, $5, $6, $6)"
        )
        .bind(new.id.0)
        .bind(&new.email)
        .bind(&new.email_key)
        .bind(&new.password_hash)
        .bind(new.is_active)
        .bind(new.created_at)
        .execute(conn)
        .await
        .map(drop)?);
        self.add_membership(new.tenant, new.id, new.role, new.created_at).await?;
        Ok(UserOutcome::Taken)
    }

    /// A company's own shop on a marketplace, if it has one.
    pub async fn production_account(
        &mut self,
        tenant: TenantId,
        marketplace: Marketplace,
    ) -> Result<Option<AccountId>> {
        let id: Option<Uuid> = on_engine!(&mut self.tx, |conn| sqlx::query_scalar(
            "select id from accounts
             where tenant_id = $1 and marketplace = $2 and realm = 'production'
             order by created_at, id limit 1"
        )
        .bind(tenant.0)
        .bind(marketplace.as_str())
        .fetch_optional(conn)
        .await?);
        Ok(id.map(AccountId))
    }

    /// Stores a shop's sealed key, unless one is there; false when it is.
    pub async fn import_account_secret(
        &mut self,
        tenant: TenantId,
        account: AccountId,
        field: &str,
        ciphertext: &str,
        now: DateTime<Utc>,
    ) -> Result<bool> {
        let done = on_engine!(&mut self.tx, |conn| sqlx::query(
            "insert into account_secrets (tenant_id, account_id, field, ciphertext, updated_at)
             values ($1, $2, $3, $4, $5) on conflict (tenant_id, account_id, field) do nothing"
        )
        .bind(tenant.0)
        .bind(account.0)
        .bind(field)
        .bind(ciphertext)
        .bind(now)
        .execute(conn)
        .await?
        .rows_affected());
        Ok(done == 1)
    }

    /// Stores a company's own sealed key, unless one is there; false when it is.
    pub async fn import_tenant_secret(
        &mut self,
        tenant: TenantId,
        field: &str,
        ciphertext: &str,
        now: DateTime<Utc>,
    ) -> Result<bool> {
        let done = on_engine!(&mut self.tx, |conn| sqlx::query(
            "insert into tenant_secrets (tenant_id, field, ciphertext, updated_at)
             values ($1, $2, $3, $4) on conflict (tenant_id, field) do nothing"
        )
        .bind(tenant.0)
        .bind(field)
        .bind(ciphertext)
        .bind(now)
        .execute(conn)
        .await?
        .rows_affected());
        Ok(done == 1)
    }

    /// Adds a sign-in with its one token; false when it is here already, spent or not.
    pub async fn import_token(&mut self, new: &ImportedToken) -> Result<bool> {
        let session = SessionId(new.id);
        let done = on_engine!(&mut self.tx, |conn| {
            sqlx::query(
                "insert into sessions
               (tenant_id, id, user_id, kind, created_at, last_seen_at, expires_at, address)
             values ($1, $2, $3, 'api', $4, $4, $5, 'import') on conflict (id) do nothing",
            )
            .bind(new.tenant.0)
            .bind(session.0)
            .bind(new.user.0)
            .bind(new.issued_at)
            .bind(new.expires_at)
            .execute(conn)
            .await?
            .rows_affected()
        });
        if done == 0 {
            return Ok(false);
        }
        let token = crate::NewRefreshToken {
            id: RefreshTokenId(new.id),
            session,
            hash: &new.hash,
            issued_at: new.issued_at,
            expires_at: new.expires_at,
        };
        self.add_refresh_token(new.tenant, &token).await?;
        Ok(true)
    }

    /// Adds cards to a shop; those that it has already are left alone. Tells how many were new.
    pub async fn import_products(
        &mut self,
        tenant: TenantId,
        account: AccountId,
        products: &[ImportedProduct],
    ) -> Result<u64> {
        let mut taken = 0;
        for product in products {
            let [article_key, title_key, search_text] = search_keys(&product.observed);
            taken += on_engine!(&mut self.tx, |conn| {
                sqlx::query(
                "insert into products
                   (tenant_id, id, account_id, article, seller_article, title, seller_article_key, title_key,
                    search_text, changed_at, total_stock, in_way_to_client, in_way_from_client, total_orders,
                    created_at, updated_at)
                 values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $10)
                 on conflict do nothing"
            )
            .bind(tenant.0)
            .bind(product.id.0)
            .bind(account.0)
            .bind(product.observed.article)
            .bind(&product.observed.seller_article)
            .bind(&product.observed.title)
            .bind(&article_key)
            .bind(&title_key)
            .bind(&search_text)
            .bind(product.observed.changed_at)
            .bind(product.total_stock)
            .bind(product.in_way_to_client)
            .bind(product.in_way_from_client)
            .bind(product.total_orders)
            .bind(product.created_at)
            .execute(conn)
            .await?
            .rows_affected()
            });
        }
        Ok(taken)
    }
}
