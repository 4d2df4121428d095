//! The company's shops on marketplaces: connected, renamed, scheduled, removed, each with a key of its own. Reading them
//! is the business of `syncs`.

mod change;
mod connect;
mod get;
mod key;
mod remove;
pub(crate) mod seller;

pub use change::change;
pub use connect::connect;
pub use get::get;
pub use key::{clear_key, set_key};
pub use remove::remove;

use crate::error::Result;
use domain::{ApiError, ErrorCode};
use store::TenantTx;

/// A demo's shop is the demo.
async fn refuse_demo(tx: &mut TenantTx) -> Result<()> {
    if tx.demo_until().await?.is_none() {
        return Ok(());
    }
    let detail = "This is a demo and will be removed. Register to connect a shop of your own.";
    Err(ApiError::new(ErrorCode::PermissionDenied, detail).into())
}
