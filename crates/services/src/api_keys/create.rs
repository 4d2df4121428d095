//! Makes a key. The only moment at which it can be read.

use crate::{
    Client, Services,
    audit::{self, Action},
    error::Result,
    random,
};
use chrono::TimeDelta;
use domain::{
    ApiError, ApiKeyId, ErrorCode, FieldError, Permission,
    api_key::{ApiKey, ApiKeyMade, NewApiKey, PREFIX},
};
use serde_json::json;
use store::{Caller, NewApiKeyRow};

/// More are more than anybody keeps an eye on.
const MOST: usize = 100;

/// So many characters are shown in lists: enough to recognise a key by, far too few to guess it.
const SHOWN: usize = PREFIX.len() + 8;

/// Owners and admins, in person. 403 for a key, or a role above the own one; 409 when there are too many; 422.
pub async fn create(
    services: &Services,
    caller: &Caller,
    request: NewApiKey,
    client: &Client,
) -> Result<ApiKeyMade> {
    if !caller.may(Permission::Administer) {
        return Err(ApiError::denied().into());
    }
    let user = caller.user_id().ok_or_else(ApiError::person_required)?;
    let errors = request.check();
    if !errors.is_empty() {
        return Err(ApiError::validation(errors).into());
    }
    let (key, now) = (format!("{PREFIX}{}", random::token().expose()), services.clock.now());
    let id: ApiKeyId = services.clock.new_id();
    let expires_at = request.expires_in_days.map(|days| now + TimeDelta::days(days.into()));
    let name = request.name.trim();

    let mut tx = services.store.write(caller).await?;
    tx.lock_tenant().await?;
    // The role of this moment, under the lock: who is being demoted makes no key on the way.
    let own = tx.role_of(user).await?.ok_or_else(ApiError::unauthenticated)?;
    if !own.may(Permission::Administer) || !own.covers(request.role) {
        return Err(ApiError::denied().into());
    }
    let there = tx.api_keys().await?;
    if there.len() >= MOST {
        let detail = "There are 100 keys already: revoke those that nobody needs.";
        return Err(ApiError::new(ErrorCode::Conflict, detail).into());
    }
    if there.iter().any(|stored| stored.key.name == name) {
        let taken = FieldError::body("name", "taken", "another key is called so");
        return Err(ApiError::validation(vec![taken]).into());
    }
    let new = NewApiKeyRow {
        id,
        name,
        role: request.role,
        prefix: &key[..SHOWN],
        hash: &random::hash(&key),
        made_by: user,
        now,
        expires_at,
    };
    tx.add_api_key(&new).await?;
    let made_by = tx.session_of(user).await?.and_then(|session| session.email);
    let details =
        json!({ "name": name, "role": request.role, "expires_in_days": request.expires_in_days });
    tx.audit(&audit::entry(services, caller, client, Action::ApiKeyMade, details)).await?;
    tx.commit().await?;
    Ok(ApiKeyMade {
        api_key: ApiKey {
            id,
            name: name.to_owned(),
            role: request.role,
            prefix: key[..SHOWN].to_owned(),
            made_by,
            created_at: now,
            expires_at,
            last_used_at: None,
        },
        key,
    })
}
