//! Whose shop it is at its marketplace, and whether the same seller's is connected elsewhere on this installation.
//!
//! Only a key that the marketplace accepted says so: a token that somebody made up must not tell them who is here.

use crate::{Services, error::Result, tenants::Key};
use domain::{
    Marketplace, Secret,
    account::{KeyCheck, KeyStatus},
};
use outbound::wildberries::key::decode;
use sha2::{Digest, Sha256};
use store::{Reason, TenantTx};

/// A hash of what the marketplace knows the seller by: Wildberries' `sid`, Ozon's client id. `None`: not known.
pub(crate) fn key_of(key: &Key, found: &KeyCheck) -> Option<String> {
    if found.status != KeyStatus::Valid {
        return None;
    }
    let (marketplace, seller) = match key {
        Key::Wildberries(token) => {
            (Marketplace::Wildberries, decode(token.expose()).ok()?.seller?.to_string())
        }
        Key::Ozon { client_id, .. } => (Marketplace::Ozon, id(client_id)),
    };
    let hash = Sha256::digest(format!("{}:{seller}", marketplace.as_str()));
    Some(hex::encode(hash))
}

/// As it was pasted, with spaces around it or not.
fn id(client_id: &Secret) -> String {
    client_id.expose().trim().to_owned()
}

/// Notes whose a shop is. Returns the sellers for whom is to be looked again, once this is written.
pub(crate) async fn note(
    tx: &mut TenantTx,
    account: domain::AccountId,
    key: Option<&str>,
) -> Result<Vec<String>> {
    let before = tx.set_seller_key(account, key).await?;
    Ok(before.into_iter().chain(key.map(str::to_owned)).collect())
}

/// Looks whether these sellers' shops are of several companies, and notes it with each.
pub(crate) async fn look_again(
    services: &Services,
    sellers: impl IntoIterator<Item = String>,
) -> Result<()> {
    let mut sellers: Vec<String> = sellers.into_iter().collect();
    sellers.sort_unstable();
    sellers.dedup();
    if sellers.is_empty() {
        return Ok(());
    }
    let mut tx = services.store.system_write(Reason::SameSeller).await?;
    for seller in sellers {
        tx.note_seller(&seller).await?;
    }
    tx.commit().await?;
    Ok(())
}
