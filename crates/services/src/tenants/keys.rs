//! A shop's key as the adapters want it: opened for one call outside, and never part of an answer.

use crate::{
    Services,
    error::{Error, Result},
};
use chrono::{DateTime, Utc};
use domain::{AccountId, Marketplace, Secret};
use store::{Caller, TenantTx};

/// What opens a shop at its marketplace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Key {
    /// A Wildberries token.
    Wildberries(Secret),
    /// Ozon's pair.
    Ozon {
        /// `Client-Id`.
        client_id: Secret,
        /// `Api-Key`.
        api_key: Secret,
    },
}

/// The key of a shop; `None`: it has none, only half of one, or there is no such shop.
pub async fn key(services: &Services, caller: &Caller, account: AccountId) -> Result<Option<Key>> {
    let mut tx = services.store.read(caller).await?;
    let Some(shop) = tx.account(account).await? else { return Ok(None) };
    let found = match shop.marketplace {
        Marketplace::Wildberries => {
            open(services, &mut tx, account, "wildberries_api_key").await?.map(Key::Wildberries)
        }
        Marketplace::Ozon => {
            let client_id = open(services, &mut tx, account, "ozon_client_id").await?;
            let api_key = open(services, &mut tx, account, "ozon_api_key").await?;
            client_id.zip(api_key).map(|(client_id, api_key)| Key::Ozon { client_id, api_key })
        }
    };
    tx.commit().await?;
    Ok(found)
}

/// One stored field of a shop, opened.
pub(super) async fn open(
    services: &Services,
    tx: &mut TenantTx,
    account: AccountId,
    field: &str,
) -> Result<Option<Secret>> {
    let tenant = tx.tenant_id();
    let Some(sealed) = tx.account_secret(account, field).await? else { return Ok(None) };
    match services.vault.open(tenant, field, &sealed) {
        Ok(secret) => Ok(Some(secret)),
        Err(problem) => Err(Error::Broken("a stored key can't be opened", problem.into())),
    }
}

/// Seals a field of a shop and stores it.
pub(crate) async fn keep(
    services: &Services,
    tx: &mut TenantTx,
    account: AccountId,
    field: &str,
    secret: &Secret,
    now: DateTime<Utc>,
) -> Result<()> {
    let sealed = services.vault.seal(tx.tenant_id(), field, secret);
    tx.put_account_secret(account, field, &sealed, now).await?;
    Ok(())
}
