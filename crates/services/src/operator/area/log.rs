//! The operators' log, read by operators: reading it is a look like any other.

use super::{Operator, looked, page};
use crate::{Services, error::Result};
use domain::{
    ApiError,
    operator::{OperatorDeed, OperatorLog, check_limit},
};
use serde_json::json;
use store::{OperatorEntry, Reason};

/// A page, the latest first. 422 for a limit beyond the rule.
pub async fn log(
    services: &Services,
    operator: &Operator,
    cursor: Option<i64>,
    limit: u32,
) -> Result<OperatorLog> {
    let errors = check_limit(limit);
    if !errors.is_empty() {
        return Err(ApiError::validation(errors).into());
    }
    looked(services, operator, json!({ "page": "log" })).await?;
    let mut tx = services.store.system_read(Reason::Operator).await?;
    let entries = tx.operator_log(cursor, i64::from(limit) + 1).await?;
    tx.commit().await?;
    let (entries, next_cursor) = page(entries, limit, |entry| entry.seq);
    Ok(OperatorLog { items: entries.into_iter().map(deed).collect(), next_cursor })
}

fn deed(OperatorEntry { seq, email, entry }: OperatorEntry) -> OperatorDeed {
    OperatorDeed {
        seq,
        at: entry.at,
        email,
        action: entry.action,
        details: entry.details,
        address: entry.address,
    }
}
