//! From an API key in the `Authorization` header to its [`Caller`], by the same rules as a sign-in.

use super::caller::{shared, suspended};
use crate::{Services, error::Result, random};
use chrono::TimeDelta;
use domain::{ApiError, ApiKeyId, TenantId, api_key::PREFIX};
use http::{HeaderMap, header};
use store::{Actor, Caller, KeyAdmission, Reason};

/// A key's last use is noted at most this often.
const NOTED_EVERY: TimeDelta = TimeDelta::minutes(1);

/// The key that came as a bearer token, if one did.
pub(super) fn presented(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    let token = token.trim();
    (scheme.eq_ignore_ascii_case("bearer") && token.starts_with(PREFIX)).then_some(token)
}

/// Whose key it is. 401 when there is no such key or its time is over, 403 when the company is suspended, 503 when the
/// database can't say.
pub(super) async fn caller(services: &Services, key: &str) -> Result<Caller> {
    let (hash, now) = (random::hash(key), services.clock.now());
    let looked = services.inner.key_callers.get(hash.clone(), now, async {
        let mut tx = services.store.system_read(Reason::SignIn).await?;
        let admission = tx.admit_key(&hash, now).await?;
        tx.commit().await?;
        if let Some(KeyAdmission::Admitted { caller, last_used_at }) = &admission
            && let Actor::ApiKey { key, .. } = caller.actor()
            && last_used_at.is_none_or(|at| now - at >= NOTED_EVERY)
        {
            note_use(services, caller.tenant_id(), *key);
        }
        Ok(admission)
    });
    match looked.await.map_err(shared)? {
        Some(KeyAdmission::Admitted { caller, .. }) => Ok(caller),
        Some(KeyAdmission::TenantSuspended) => Err(suspended().into()),
        None => Err(ApiError::unauthenticated().into()),
    }
}

/// After the answer: a request doesn't wait for a write.
fn note_use(services: &Services, tenant: TenantId, key: ApiKeyId) {
    let (store, now) = (services.store.clone(), services.clock.now());
    services.later(async move {
        let noted = async {
            let mut tx = store.system_write(Reason::SignIn).await?;
            tx.touch_api_key(tenant, key, now).await?;
            tx.commit().await
        };
        if let Err(error) = noted.await {
            tracing::warn!(%error, "an API key's use was not noted; the next one is");
        }
    });
}
