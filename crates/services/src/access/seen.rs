//! Whose request it turned out to be: noted by the door that learnt it, read by whoever writes the request's line of
//! log. A span would not do, since a server function may run in a task of its own.

use super::caller;
use crate::{Services, error::Result};
use domain::TenantId;
use http::HeaderMap;
use std::sync::{Arc, OnceLock};
use store::Caller;

/// Travels with a request; clones are the same note.
#[derive(Clone, Debug, Default)]
pub struct Seen(Arc<OnceLock<Caller>>);

impl Seen {
    /// Notes the caller; the first note stays.
    pub fn note(&self, caller: &Caller) {
        self.0.get_or_init(|| caller.clone());
    }

    /// The caller, once somebody found out: nobody has to do it again for the same request.
    pub fn caller(&self) -> Option<&Caller> {
        self.0.get()
    }

    /// The company, once somebody knows it.
    pub fn tenant(&self) -> Option<TenantId> {
        self.caller().map(Caller::tenant_id)
    }
}

/// Who asks, as [`caller`] finds out, once a request: noted before, it is not found out again.
pub async fn caller_once(
    services: &Services,
    headers: &HeaderMap,
    seen: Option<&Seen>,
) -> Result<Caller> {
    if let Some(caller) = seen.and_then(Seen::caller) {
        return Ok(caller.clone());
    }
    let caller = caller(services, headers).await?;
    if let Some(seen) = seen {
        seen.note(&caller);
    }
    Ok(caller)
}
