//! Rows that could not be read, page by page. They are rows of companies: each company's own log says that its were
//! looked at.

use super::{Operator, looked, looked_at, page};
use crate::{Services, error::Result};
use chrono::DateTime;
use domain::{
    ApiError, FieldError, TenantId,
    operator::{QuarantinePage, SetAsideRow, check_limit},
};
use serde_json::json;
use std::collections::BTreeSet;
use store::{QuarantineCursor, QuarantinedRow, Reason};

/// A page, what came last first; of one company, or of all. 422 for a limit or a cursor that is none.
pub async fn quarantine(
    services: &Services,
    operator: &Operator,
    tenant: Option<TenantId>,
    cursor: Option<&str>,
    limit: u32,
) -> Result<QuarantinePage> {
    let mut errors = check_limit(limit);
    let after = cursor.map(read);
    if after == Some(None) {
        errors.push(FieldError::query("cursor", "malformed", "use next_cursor of a page"));
    }
    if !errors.is_empty() {
        return Err(ApiError::validation(errors).into());
    }
    looked(services, operator, json!({ "page": "quarantine", "tenant": tenant })).await?;
    let mut tx = services.store.system_read(Reason::Operator).await?;
    let after = after.flatten();
    let rows = tx.quarantined(tenant, after.as_ref(), i64::from(limit) + 1).await?;
    tx.commit().await?;
    let (rows, next) = page(rows, limit, QuarantinedRow::cursor);
    let whose: BTreeSet<TenantId> = rows.iter().map(|row| TenantId(row.tenant)).collect();
    for tenant in whose {
        looked_at(services, tenant, "quarantine").await?;
    }
    let items = rows.into_iter().map(shown).collect::<Result<_>>()?;
    Ok(QuarantinePage { items, next_cursor: next.map(|next| written(&next)) })
}

/// A cursor as it travels: the moment in microseconds and the row's fingerprint.
fn written(cursor: &QuarantineCursor) -> String {
    format!("{}.{}", cursor.last_seen_at.timestamp_micros(), cursor.fingerprint)
}

fn read(text: &str) -> Option<QuarantineCursor> {
    let (micros, fingerprint) = text.split_once('.')?;
    let last_seen_at = DateTime::from_timestamp_micros(micros.parse().ok()?)?;
    let is_hex = fingerprint.len() == 64 && fingerprint.bytes().all(|b| b.is_ascii_hexdigit());
    is_hex.then(|| QuarantineCursor { last_seen_at, fingerprint: fingerprint.to_owned() })
}

fn shown(row: QuarantinedRow) -> Result<SetAsideRow> {
    let (marketplace, step) = row.what()?;
    Ok(SetAsideRow {
        tenant_id: TenantId(row.tenant),
        company: row.company,
        marketplace,
        step,
        operation: row.operation,
        problem: row.problem,
        raw: row.raw,
        times: row.times,
        first_seen_at: row.first_seen_at,
        last_seen_at: row.last_seen_at,
    })
}
