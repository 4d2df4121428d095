//! The operators' area: the installation as who runs it sees it, and what they may do there. Whoever looks is an
//! [`Operator`], which only [`enter`] makes, and each look stands in the operators' log before anything is shown;
//! a look at one company stands in that company's own log as well.

mod change_company;
mod companies;
mod enter;
mod log;
mod overview;
mod quarantine;
mod runs;

pub use change_company::change_company;
pub use companies::{companies, company};
pub use enter::{Operator, enter};
pub use log::log;
pub use overview::overview;
pub use quarantine::quarantine;
pub use runs::{run_again, runs, set_aside};

use crate::{
    Services,
    audit::{Action, by, by_operator_of},
    error::Result,
};
use domain::TenantId;
use serde_json::{Value, json};
use store::{Reason, SystemTx};

/// Notes that a page was looked at; without the note nothing is shown.
async fn looked(services: &Services, operator: &Operator, details: Value) -> Result<()> {
    let mut tx = services.store.system_write(Reason::Operator).await?;
    note(services, &mut tx, operator, Action::OperatorLooked, details).await?;
    tx.commit().await?;
    Ok(())
}

/// Notes in a company's own log that its data was looked at.
async fn looked_at(services: &Services, tenant: TenantId, what: &str) -> Result<()> {
    let mut tx = services.store.system_write(Reason::Operator).await?;
    let entry = by_operator_of(services, Action::OperatorLooked, json!({ "page": what }));
    tx.audit(tenant, &entry).await?;
    tx.commit().await?;
    Ok(())
}

/// Appends to the operators' log; the last thing before the commit.
async fn note(
    services: &Services,
    tx: &mut SystemTx,
    operator: &Operator,
    action: Action,
    details: Value,
) -> Result<()> {
    let entry = by(services, Some(operator.user()), operator.client(), action, details);
    tx.log_operator(&entry).await?;
    Ok(())
}

/// A page's rows and where the next one begins: one row more than wanted was asked for.
fn page<T, C>(mut rows: Vec<T>, limit: u32, cursor: impl FnOnce(&T) -> C) -> (Vec<T>, Option<C>) {
    let limit = limit as usize;
    if rows.len() <= limit {
        return (rows, None);
    }
    rows.truncate(limit);
    let next = rows.last().map(cursor);
    (rows, next)
}
