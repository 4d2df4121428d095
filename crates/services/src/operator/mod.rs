//! What the installation's operator does across companies: from the command line, and in the operators' [`area`]. Each
//! change stands in the company's own audit chain, without an actor and with `by: operator`.

pub mod area;
mod companies;
mod history;
pub mod import;
mod people;
mod plan;
mod quarantine;
mod queue;
mod reencrypt;
mod suspend;

pub use companies::{NotOne, companies, find};
pub use history::thin_history;
pub use people::{OperatorChange, add_operator, operators, remove_operator};
pub use plan::set_plan;
pub use quarantine::{forget_quarantine, quarantined};
pub use queue::{Queue, queue};
pub use reencrypt::{Reencrypted, reencrypt};
pub use suspend::{resume, suspend};

use crate::{
    Services,
    audit::{Action, by_operator},
    error::Result,
};
use domain::TenantId;
use serde_json::Value;
use store::SystemTx;

/// Appends what the operator did to the company's chain; the last thing before the commit.
async fn record(
    services: &Services,
    tx: &mut SystemTx,
    tenant: TenantId,
    action: Action,
    details: Value,
) -> Result<()> {
    tx.audit(tenant, &by_operator(services, action, details)).await?;
    Ok(())
}
