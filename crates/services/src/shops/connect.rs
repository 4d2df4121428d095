//! Connects a shop, as many as the plan has room for.

use super::{key, refuse_demo, seller};
use crate::{
    Client, Services,
    accounts::register::marketplace_name,
    audit::{self, Action},
    error::Result,
    plans, syncs,
};
use domain::{
    AccountId, ApiError, Permission, Realm,
    account::Account,
    shop::{NewShop, Schedule},
};
use serde_json::json;
use store::{Caller, NewAccount};

/// Owners and admins. The key is stored whatever its check finds, as with the company's first shop; the check waits at
/// most five seconds. 422 for what can't be a key or a name; 403 `plan_limit` when the plan has no room.
pub async fn connect(
    services: &Services,
    caller: &Caller,
    request: NewShop,
    client: &Client,
) -> Result<Account> {
    if !caller.may(Permission::Operate) {
        return Err(ApiError::denied().into());
    }
    let errors = request.check();
    if !errors.is_empty() {
        return Err(ApiError::validation(errors).into());
    }
    let mut tx = services.store.read(caller).await?;
    refuse_demo(&mut tx).await?;
    tx.commit().await?;
    let found = match &request.key {
        Some(key) => Some(key::check(services, request.marketplace, key).await?),
        None => None,
    };

    let now = services.clock.now();
    let id: AccountId = services.clock.new_id();
    let mut tx = services.store.write(caller).await?;
    // Two at once must not both take the plan's last place.
    tx.lock_tenant().await?;
    plans::check_accounts(&mut tx, 1).await?;
    tx.add_account(&NewAccount {
        id,
        marketplace: request.marketplace,
        realm: Realm::Production,
        name: marketplace_name(request.marketplace),
        now,
    })
    .await?;
    let own_name = request.name.as_deref().map(str::trim);
    if own_name.is_some() || request.colour.is_some() {
        let given = tx.account(id).await?.map(|made| made.colour).unwrap_or_default();
        let colour = request.colour.unwrap_or(given);
        tx.change_account(id, own_name, colour, &Schedule::default(), now).await?;
    }
    let mut sellers = Vec::new();
    if let (Some(key), Some((found, whose))) = (&request.key, &found) {
        key::store(services, &mut tx, id, key, found).await?;
        sellers = seller::note(&mut tx, id, whose.as_deref()).await?;
    }
    syncs::schedule::replan(services, &mut tx, id).await?;
    let details = json!({ "account": id, "marketplace": request.marketplace, "name": own_name });
    tx.audit(&audit::entry(services, caller, client, Action::ShopConnected, details)).await?;
    tx.commit().await?;
    seller::look_again(services, sellers).await?;
    let made = super::get(services, caller, id).await?;
    Ok(made.ok_or_else(ApiError::internal)?)
}
