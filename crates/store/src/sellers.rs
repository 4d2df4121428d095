//! Which shops are one seller's at their marketplace: by a hash of what the marketplace knows the seller by. A company
//! is told of its own shops; of another company's only that there is one.

use crate::{error::Result, system::SystemTx, tenant::TenantTx, tx::on_engine};
use domain::AccountId;

impl TenantTx {
    /// Notes whose shop it is, as a hash; `None`: not known. Tells what stood there.
    pub async fn set_seller_key(
        &mut self,
        account: AccountId,
        key: Option<&str>,
    ) -> Result<Option<String>> {
        let tenant = self.tenant();
        let before: Option<Option<String>> = on_engine!(&mut self.tx, |conn| sqlx::query_scalar(
            "select seller_key from accounts where tenant_id = $1 and id = $2"
        )
        .bind(tenant)
        .bind(account.0)
        .fetch_optional(conn)
        .await?);
        // Until it is looked for, nobody else's is known.
        on_engine!(&mut self.tx, |conn| sqlx::query(
            "update accounts set seller_key = $3, seller_elsewhere = $4
             where tenant_id = $1 and id = $2 and seller_key is distinct from $3"
        )
        .bind(tenant)
        .bind(account.0)
        .bind(key)
        .bind(false)
        .execute(conn)
        .await
        .map(drop)?);
        Ok(before.flatten())
    }

    /// Whose all the company's shops are.
    pub async fn seller_keys(&mut self) -> Result<Vec<String>> {
        let tenant = self.tenant();
        Ok(on_engine!(&mut self.tx, |conn| sqlx::query_scalar(
            "select seller_key from accounts where tenant_id = $1 and seller_key is not null"
        )
        .bind(tenant)
        .fetch_all(conn)
        .await?))
    }
}

impl SystemTx {
    /// Looks whether the shops of a seller are of several companies, and notes it with each of them. Which companies is
    /// told to nobody.
    pub async fn note_seller(&mut self, key: &str) -> Result<()> {
        on_engine!(&mut self.tx, |conn| {
            sqlx::query(
            "update accounts set seller_elsewhere = exists (
               select 1 from accounts b where b.seller_key = $1 and b.tenant_id <> accounts.tenant_id)
             where seller_key = $1"
        )
        .bind(key)
        .execute(conn)
        .await
        .map(drop)?
        });
        Ok(())
    }
}
