//! Stores keys, encrypted, whatever the marketplaces say of them; nothing but their check comes back out.
//!
//! First everything is found out (the stored half of a pair, the marketplaces' word), then it is written in one
//! transaction.

use super::{Key, check, keys};
use crate::{
    Client, Services,
    accounts::register::marketplace_name,
    audit::{self, Action},
    error::Result,
    plans, shops, syncs,
};
use domain::{
    AccountId, ApiError, ErrorCode, Marketplace, Permission, Realm, Secret,
    account::{Account, KeyCheck},
    tenant::{CredentialsPatch, CredentialsUpdated},
};
use serde_json::json;
use store::{Caller, NewAccount, TenantTx};

/// A named field and its new value; `None` removes it. White space around a key is a mistake of copying.
type Change = (&'static str, Option<Secret>);

/// Owners and admins. 422 for what can't be a key at all; an empty patch changes nothing.
pub async fn update_credentials(
    services: &Services,
    caller: &Caller,
    patch: CredentialsPatch,
    client: &Client,
) -> Result<CredentialsUpdated> {
    if !caller.may(Permission::Operate) {
        return Err(ApiError::denied().into());
    }
    let errors = patch.check();
    if !errors.is_empty() {
        return Err(ApiError::validation(errors).into());
    }
    let changes: Vec<Change> = patch
        .changes()
        .into_iter()
        .map(|(field, value)| (field, value.map(|secret| Secret::new(secret.expose().trim()))))
        .collect();
    let ozon = ozon_after(services, caller, &changes).await?;
    let (wildberries, ozon) = futures::future::try_join(
        check_wildberries(services, &changes),
        check_ozon(services, &changes, ozon),
    )
    .await?;
    let mut sellers = Vec::new();

    let mut tx = services.store.write(caller).await?;
    // Two who save at the same moment must not both make the shop.
    tx.lock_tenant().await?;
    for (field, value) in changes.iter().filter(|(field, _)| field.starts_with("google_")) {
        store_own(services, &mut tx, field, value.as_ref()).await?;
    }
    for (marketplace, found) in
        [(Marketplace::Wildberries, &wildberries), (Marketplace::Ozon, &ozon)]
    {
        if touches(&changes, marketplace) {
            let found = found.as_ref();
            sellers.extend(store_shop(services, &mut tx, marketplace, &changes, found).await?);
        }
    }
    if !changes.is_empty() {
        let names = |stored: bool| -> Vec<&str> {
            changes.iter().filter(|(_, v)| v.is_some() == stored).map(|(field, _)| *field).collect()
        };
        let details = json!({ "stored": names(true), "removed": names(false) });
        let entry = audit::entry(services, caller, client, Action::CredentialsChanged, details);
        tx.audit(&entry).await?;
    }
    tx.commit().await?;
    shops::seller::look_again(services, sellers).await?;
    Ok(CredentialsUpdated {
        message: "Credentials updated successfully".into(),
        tenant_id: caller.tenant_id(),
        checks: wildberries.into_iter().chain(ozon).map(|(found, _)| found).collect(),
    })
}

fn touches(changes: &[Change], marketplace: Marketplace) -> bool {
    changes.iter().any(|(field, _)| field.starts_with(marketplace.as_str()))
}

/// What was found out about a key, and whose it is.
type Checked = (KeyCheck, Option<String>);

async fn check_wildberries(services: &Services, changes: &[Change]) -> Result<Option<Checked>> {
    match named(changes, "wildberries_api_key") {
        Some(Some(key)) => checked(services, &Key::Wildberries(key.clone())).await.map(Some),
        _ => Ok(None),
    }
}

async fn checked(services: &Services, key: &Key) -> Result<Checked> {
    let found = check::check(services, key).await?;
    let whose = shops::seller::key_of(key, &found);
    Ok((found, whose))
}

async fn check_ozon(
    services: &Services,
    changes: &[Change],
    (client_id, api_key): Pair,
) -> Result<Option<Checked>> {
    if !touches(changes, Marketplace::Ozon) {
        return Ok(None);
    }
    match (client_id, api_key) {
        (Some(client_id), Some(api_key)) => {
            checked(services, &Key::Ozon { client_id, api_key }).await.map(Some)
        }
        (None, None) => Ok(None),
        _ => Ok(Some((check::half_a_pair(services), None))),
    }
}

type Pair = (Option<Secret>, Option<Secret>);

/// Ozon's pair as it will be: what is named now, beside what is stored. Refuses a demo on the way.
async fn ozon_after(services: &Services, caller: &Caller, changes: &[Change]) -> Result<Pair> {
    let mut tx = services.store.read(caller).await?;
    if tx.demo_until().await?.is_some() {
        return Err(ApiError::new(
            ErrorCode::PermissionDenied,
            "This is a demo and will be removed. Register to connect a shop of your own.",
        )
        .into());
    }
    let shop = find(&tx.accounts().await?, Marketplace::Ozon);
    let mut pair = [None, None];
    for (half, field) in pair.iter_mut().zip(["ozon_client_id", "ozon_api_key"]) {
        *half = match (named(changes, field), shop) {
            (Some(now), _) => now.cloned(),
            (None, Some(shop)) => keys::open(services, &mut tx, shop, field).await?,
            (None, None) => None,
        };
    }
    tx.commit().await?;
    let [client_id, api_key] = pair;
    Ok((client_id, api_key))
}

fn named<'c>(changes: &'c [Change], field: &str) -> Option<Option<&'c Secret>> {
    changes.iter().find(|(name, _)| *name == field).map(|(_, value)| value.as_ref())
}

/// The tenant's shop on a marketplace.
fn find(accounts: &[Account], marketplace: Marketplace) -> Option<AccountId> {
    accounts
        .iter()
        .find(|shop| shop.marketplace == marketplace && shop.realm == Realm::Production)
        .map(|shop| shop.id)
}

async fn store_shop(
    services: &Services,
    tx: &mut TenantTx,
    marketplace: Marketplace,
    changes: &[Change],
    found: Option<&Checked>,
) -> Result<Vec<String>> {
    let now = services.clock.now();
    let account = if let Some(account) = find(&tx.accounts().await?, marketplace) {
        account
    } else {
        plans::check_accounts(tx, 1).await?;
        let new = NewAccount {
            id: services.clock.new_id(),
            marketplace,
            realm: Realm::Production,
            name: marketplace_name(marketplace),
            now,
        };
        tx.add_account(&new).await?;
        new.id
    };
    for (field, value) in changes.iter().filter(|(f, _)| f.starts_with(marketplace.as_str())) {
        match value {
            Some(secret) => keys::keep(services, tx, account, field, secret, now).await?,
            None => drop(tx.remove_account_secret(account, field).await?),
        }
    }
    tx.set_key_check(account, found.map(|(check, _)| check), now).await?;
    let whose = found.and_then(|(_, whose)| whose.as_deref());
    let sellers = shops::seller::note(tx, account, whose).await?;
    syncs::schedule::replan(services, tx, account).await?;
    Ok(sellers)
}

async fn store_own(
    services: &Services,
    tx: &mut TenantTx,
    field: &str,
    value: Option<&Secret>,
) -> Result<()> {
    match value {
        Some(secret) => {
            let sealed = services.vault.seal(tx.tenant_id(), field, secret);
            tx.put_tenant_secret(field, &sealed, services.clock.now()).await?;
        }
        None => drop(tx.remove_tenant_secret(field).await?),
    }
    Ok(())
}
