//! A shop's own key: stored encrypted whatever its marketplace says of it, and never told again.

use super::{refuse_demo, seller};
use crate::{
    Client, Services,
    audit::{self, Action},
    error::Result,
    syncs,
    tenants::{self, Key},
};
use domain::{
    AccountId, ApiError, Marketplace, Permission, Secret,
    account::{Account, KeyCheck},
    shop::ShopKey,
};
use serde_json::json;
use store::{Caller, TenantTx};

/// Owners and admins. `None`: not there, or another company's. 422 for what can't be this marketplace's key.
pub async fn set_key(
    services: &Services,
    caller: &Caller,
    id: AccountId,
    key: &ShopKey,
    client: &Client,
) -> Result<Option<Account>> {
    let Some(shop) = shop(services, caller, id).await? else { return Ok(None) };
    let errors = key.check(shop.marketplace);
    if !errors.is_empty() {
        return Err(ApiError::validation(errors).into());
    }
    let (found, whose) = check(services, shop.marketplace, key).await?;
    let mut tx = services.store.write(caller).await?;
    // It may have gone meanwhile.
    if tx.account(id).await?.is_none() {
        return Ok(None);
    }
    store(services, &mut tx, id, key, &found).await?;
    let sellers = seller::note(&mut tx, id, whose.as_deref()).await?;
    syncs::schedule::replan(services, &mut tx, id).await?;
    let details = json!({ "account": id, "stored": fields(shop.marketplace), "removed": [] });
    tx.audit(&audit::entry(services, caller, client, Action::CredentialsChanged, details)).await?;
    tx.commit().await?;
    seller::look_again(services, sellers).await?;
    super::get(services, caller, id).await
}

/// Owners and admins. What was read stays; nothing more is. `None`: not there, or another company's.
pub async fn clear_key(
    services: &Services,
    caller: &Caller,
    id: AccountId,
    client: &Client,
) -> Result<Option<Account>> {
    let Some(shop) = shop(services, caller, id).await? else { return Ok(None) };
    let now = services.clock.now();
    let mut tx = services.store.write(caller).await?;
    for field in fields(shop.marketplace) {
        tx.remove_account_secret(id, field).await?;
    }
    if !tx.set_key_check(id, None, now).await? {
        return Ok(None);
    }
    let sellers = seller::note(&mut tx, id, None).await?;
    syncs::schedule::replan(services, &mut tx, id).await?;
    let details = json!({ "account": id, "stored": [], "removed": fields(shop.marketplace) });
    tx.audit(&audit::entry(services, caller, client, Action::CredentialsChanged, details)).await?;
    tx.commit().await?;
    seller::look_again(services, sellers).await?;
    super::get(services, caller, id).await
}

/// The shop, for who may change it.
async fn shop(services: &Services, caller: &Caller, id: AccountId) -> Result<Option<Account>> {
    if !caller.may(Permission::Operate) {
        return Err(ApiError::denied().into());
    }
    let mut tx = services.store.read(caller).await?;
    refuse_demo(&mut tx).await?;
    let shop = tx.account(id).await?;
    tx.commit().await?;
    Ok(shop)
}

/// What the marketplace says of a key that passed its own check, and whose it is.
pub(super) async fn check(
    services: &Services,
    marketplace: Marketplace,
    key: &ShopKey,
) -> Result<(KeyCheck, Option<String>)> {
    let part = |part: &Option<Secret>| {
        Secret::new(part.as_ref().map(Secret::expose).unwrap_or_default().trim())
    };
    let key = match marketplace {
        Marketplace::Wildberries => Key::Wildberries(part(&key.wildberries_api_key)),
        Marketplace::Ozon => {
            Key::Ozon { client_id: part(&key.ozon_client_id), api_key: part(&key.ozon_api_key) }
        }
    };
    let found = tenants::check(services, &key).await?;
    let whose = seller::key_of(&key, &found);
    Ok((found, whose))
}

/// Stores the parts with what was found out.
pub(super) async fn store(
    services: &Services,
    tx: &mut TenantTx,
    id: AccountId,
    key: &ShopKey,
    found: &KeyCheck,
) -> Result<()> {
    let now = services.clock.now();
    for (field, part) in key.parts() {
        if let Some(part) = part {
            let secret = Secret::new(part.expose().trim());
            tenants::keep(services, tx, id, field, &secret, now).await?;
        }
    }
    tx.set_key_check(id, Some(found), now).await?;
    Ok(())
}

fn fields(marketplace: Marketplace) -> &'static [&'static str] {
    match marketplace {
        Marketplace::Wildberries => &["wildberries_api_key"],
        Marketplace::Ozon => &["ozon_client_id", "ozon_api_key"],
    }
}
