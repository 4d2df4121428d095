//! Who is an operator: said on the machine's command line alone.

use crate::{
    Services,
    audit::{Action, by_operator},
    error::Result,
};
use domain::{UserId, validation};
use serde_json::json;
use store::{OperatorRow, Reason};

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OperatorChange {
    /// Done.
    Done,
    /// It was so already.
    Already,
    /// Nobody has this address.
    Nobody,
}

/// All of them.
pub async fn operators(services: &Services) -> Result<Vec<OperatorRow>> {
    let mut tx = services.store.system_read(Reason::Operator).await?;
    let operators = tx.operators().await?;
    tx.commit().await?;
    Ok(operators)
}

/// Makes a person an operator. Their sign-ins end: the next one is with all that an operator's sign-in needs.
pub async fn add_operator(services: &Services, email: &str) -> Result<OperatorChange> {
    change(services, email, true).await
}

/// Takes it away, at once.
pub async fn remove_operator(services: &Services, email: &str) -> Result<OperatorChange> {
    change(services, email, false).await
}

async fn change(services: &Services, email: &str, add: bool) -> Result<OperatorChange> {
    let now = services.clock.now();
    let mut tx = services.store.system_write(Reason::Operator).await?;
    let Some(user) = tx.user_by_email(&validation::email_key(email)).await? else {
        return Ok(OperatorChange::Nobody);
    };
    let changed =
        if add { tx.add_operator(user, now).await? } else { tx.remove_operator(user).await? };
    if !changed {
        return Ok(OperatorChange::Already);
    }
    if add {
        tx.revoke_own_sessions(user, None, now).await?;
    }
    let action = if add { Action::OperatorAdded } else { Action::OperatorRemoved };
    let entry = by_operator(services, action, details(user));
    tx.log_operator(&entry).await?;
    tx.commit().await?;
    Ok(OperatorChange::Done)
}

fn details(user: UserId) -> serde_json::Value {
    json!({ "person": user })
}
