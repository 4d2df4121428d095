//! The companies that a person belongs to.

use crate::{Services, error::Result};
use domain::{ApiError, team::Company};
use store::{Caller, Reason};

/// Everybody, in person; by name. Demos whose time is over are left out.
pub async fn list(services: &Services, caller: &Caller) -> Result<Vec<Company>> {
    let user = caller.user_id().ok_or_else(ApiError::person_required)?;
    let now = services.clock.now();
    let mut tx = services.store.system_read(Reason::OwnAccount).await?;
    let belongings = tx.belongings(user).await?;
    tx.commit().await?;
    let mut companies: Vec<Company> = belongings
        .into_iter()
        .filter(|there| there.demo_until.is_none_or(|until| until > now))
        .map(|there| Company {
            is_current: there.tenant == caller.tenant_id(),
            tenant_id: there.tenant,
            name: there.name,
            role: there.role,
            is_active: there.is_active,
        })
        .collect();
    companies.sort_by_cached_key(|company| domain::validation::fold(&company.name));
    Ok(companies)
}
