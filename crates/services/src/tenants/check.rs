//! Asks the marketplaces what a key is worth, in at most five seconds. Never inside a transaction.

use super::Key;
use crate::{Services, error::Result};
use domain::{
    ApiError, Marketplace, Realm,
    account::{KeyCheck, KeyStatus},
};
use outbound::{Access, ozon, wildberries};

/// What the production marketplace says of a key.
pub(crate) async fn check(services: &Services, key: &Key) -> Result<KeyCheck> {
    let now = services.clock.now();
    let out = &services.marketplaces;
    let marketplace = match key {
        Key::Wildberries(_) => Marketplace::Wildberries,
        Key::Ozon { .. } => Marketplace::Ozon,
    };
    let front = out.front(marketplace, Realm::Production).ok_or_else(ApiError::internal)?;
    Ok(match key {
        Key::Wildberries(key) => {
            let access = Access {
                front: &front,
                key,
                kind: None,
                service_secret: out.service_secret.as_ref(),
            };
            wildberries::check_key(&out.wildberries_client(), &access, now).await
        }
        Key::Ozon { client_id, api_key } => {
            let access = ozon::Access { front: &front, client_id, api_key };
            ozon::check_key(&out.ozon_client(), &access, now).await
        }
    })
}

/// Half of Ozon's pair was saved: there is nothing to ask about yet.
pub(super) fn half_a_pair(services: &Services) -> KeyCheck {
    KeyCheck {
        marketplace: Marketplace::Ozon,
        status: KeyStatus::Malformed,
        kind: None,
        expires_at: None,
        scopes: Vec::new(),
        read_only: None,
        seller_name: None,
        message: "Ozon needs both the Client-Id and the Api-Key. Paste the other one, too.".into(),
        checked_at: services.clock.now(),
    }
}
