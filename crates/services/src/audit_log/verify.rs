//! Walks along a chain and says whether each entry follows from the one before.

use crate::{Services, error::Result};
use domain::{ApiError, Permission, TenantId, audit::AuditCheck};
use store::{AuditVerdict, Caller, Reason, Store};
use uuid::Uuid;

/// The caller's company. Owners and admins.
pub async fn verify(services: &Services, caller: &Caller) -> Result<AuditCheck> {
    if !caller.may(Permission::Administer) {
        return Err(ApiError::denied().into());
    }
    let mut tx = services.store.read(caller).await?;
    let verdict = tx.verify_audit().await?;
    tx.commit().await?;
    Ok(check(verdict))
}

/// Every company, one after the other, for the operator; `found` hears of each.
pub async fn verify_all(store: &Store, mut found: impl FnMut(TenantId, &AuditCheck)) -> Result<()> {
    let mut last = TenantId(Uuid::nil());
    loop {
        let mut tx = store.system_read(Reason::Operator).await?;
        let tenants = tx.tenants_after(last).await?;
        tx.commit().await?;
        let Some(reached) = tenants.last().copied() else { return Ok(()) };
        for tenant in tenants {
            let mut tx = store.system_read(Reason::Operator).await?;
            let verdict = tx.verify_audit(tenant).await?;
            tx.commit().await?;
            found(tenant, &check(verdict));
        }
        last = reached;
    }
}

fn check(verdict: AuditVerdict) -> AuditCheck {
    match verdict {
        AuditVerdict::Whole { entries } => AuditCheck { intact: true, entries, broken_at: None },
        AuditVerdict::Broken { seq } => {
            AuditCheck { intact: false, entries: seq - 1, broken_at: Some(seq) }
        }
    }
}
