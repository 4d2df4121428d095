//! Ends a demo before its day: the visitor has seen enough.

use crate::{Services, accounts, danger, error::Result};
use domain::{ApiError, Permission, danger::CompanyDeletion};
use store::Caller;

/// Removes the demo's company with everything in it, and its visitor. No name is typed: what goes was made up.
///
/// Errors: 403 for who does not own it; 404 where the company is no demo.
pub async fn leave(services: &Services, caller: &Caller) -> Result<()> {
    if !caller.may(Permission::Own) {
        return Err(ApiError::denied().into());
    }
    let session = accounts::session(services, caller).await?;
    if session.demo_until.is_none() {
        return Err(ApiError::not_found("demo").into());
    }
    danger::delete_company(services, caller, &CompanyDeletion { name: session.tenant_name }).await
}
