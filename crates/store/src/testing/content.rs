//! All that a company's tables hold, put so that two companies, or two ways to the same end, can be compared: ids are
//! replaced by what they stand for, moments of our own clock by a word.

use super::TestStore;
use crate::{engine::Pools, system::Reason, tx::Tx};
use chrono::{DateTime, Utc};
use domain::TenantId;
use serde_json::{Map, Value};
use sqlx::AssertSqlSafe;
use std::{
    collections::{BTreeMap, HashMap},
    hash::{DefaultHasher, Hash, Hasher},
    ops::Range,
};
use uuid::Uuid;

/// The lines of each table, in an order of their own.
pub type Content = BTreeMap<String, Vec<String>>;

/// Sign-ins and what is sealed differ by their nature.
const APART: [&str; 5] =
    ["sessions", "refresh_tokens", "account_secrets", "tenant_secrets", "memberships"];

/// What tells of the way and not of the end: requests made, rows read and sums made twice, leases, the hash of a chain with other
/// ids in it.
const OF_THE_WAY: [(&str, &str); 12] = [
    ("freshness", "rows"),
    ("sync_steps", "rows"),
    ("sync_steps", "changed"),
    ("sync_steps", "requests"),
    ("sync_steps", "waited_ms"),
    ("sync_runs", "attempts"),
    ("sync_runs", "lost_leases"),
    ("sync_runs", "next_run_at"),
    ("audit_log", "hash"),
    ("audit_log", "details"),
    ("accounts", "seller_id"),
    ("accounts", "key_check"),
];

/// Rounds in which ids take up what the ids in their rows stand for: an offer its product, a level its offer.
const ROUNDS: usize = 4;

struct Line {
    table: String,
    columns: Map<String, Value>,
}

impl TestStore {
    /// A company's content. Moments within `ours` were told by our own clock; the others are the marketplace's, and
    /// are data.
    pub async fn content(&self, tenant: TenantId, ours: &[Range<DateTime<Utc>>]) -> Content {
        let mut lines = Vec::new();
        for (table, query) in self.queries().await {
            for row in self.rows(query, tenant).await {
                let Value::Object(mut columns) = row else { continue };
                columns.remove("tenant_id");
                columns.retain(|column, _| !OF_THE_WAY.contains(&(table.as_str(), column)));
                lines.push(Line { table: table.clone(), columns });
            }
        }
        let mut words: HashMap<Uuid, u64> = HashMap::new();
        for _ in 0..ROUNDS {
            words = lines
                .iter()
                .filter_map(|line| {
                    let id = as_id(line.columns.get("id")?)?;
                    let mut hasher = DefaultHasher::new();
                    said(line, &words, ours, false).hash(&mut hasher);
                    Some((id, hasher.finish()))
                })
                .collect();
        }
        let mut content = Content::new();
        for line in &lines {
            content.entry(line.table.clone()).or_default().push(said(line, &words, ours, true));
        }
        for lines in content.values_mut() {
            lines.sort_unstable();
        }
        content
    }

    /// One query a table that has a tenant's rows, which tells a row as one JSON object.
    async fn queries(&self) -> Vec<(String, String)> {
        let tables: Vec<(String, String)> = match &self.store.pools {
            Pools::Postgres(pool) => sqlx::query_scalar::<_, String>(
                "select c.table_name::text from information_schema.columns c
                 where c.table_schema = 'public' and c.column_name = 'tenant_id' order by 1",
            )
            .fetch_all(pool)
            .await
            .expect("the tables")
            .into_iter()
            .map(|table| (table.clone(), format!("select to_jsonb(t)::text from {table} t where tenant_id = $1")))
            .collect(),
            Pools::Sqlite { readers, .. } => sqlx::query_as(
                "select m.name, 'select json_object(' || group_concat(
                     '''' || c.name || ''', case typeof(' || c.name || ') when ''blob'' then hex(' || c.name
                     || ') else ' || c.name || ' end') || ') from ' || m.name || ' where tenant_id = $1'
                 from sqlite_master m join pragma_table_info(m.name) c
                 where m.type = 'table' and exists
                   (select 1 from pragma_table_info(m.name) p where p.name = 'tenant_id')
                 group by m.name order by m.name",
            )
            .fetch_all(readers)
            .await
            .expect("the tables"),
        };
        tables.into_iter().filter(|(table, _)| !APART.contains(&table.as_str())).collect()
    }

    async fn rows(&self, query: String, tenant: TenantId) -> Vec<Value> {
        let mut tx = self.store.system_read(Reason::Operator).await.expect("a transaction");
        let rows: Vec<String> = match &mut tx.tx {
            Tx::Postgres(tx) => sqlx::query_scalar(AssertSqlSafe(query))
                .bind(tenant.0)
                .fetch_all(&mut **tx)
                .await
                .expect("a table"),
            Tx::Sqlite(tx) => sqlx::query_scalar(AssertSqlSafe(query))
                .bind(tenant.0)
                .fetch_all(&mut **tx)
                .await
                .expect("a table"),
        };
        rows.iter().map(|row| serde_json::from_str(row).expect("JSON")).collect()
    }
}

/// A row in words. Whether its own id is among them: not while the id's meaning is looked for.
fn said(
    line: &Line,
    words: &HashMap<Uuid, u64>,
    ours: &[Range<DateTime<Utc>>],
    id: bool,
) -> String {
    let columns: BTreeMap<&String, Value> = line
        .columns
        .iter()
        .filter(|(column, _)| id || column.as_str() != "id")
        .map(|(column, value)| (column, meant(value, words, ours)))
        .collect();
    format!("{columns:?}")
}

fn meant(value: &Value, words: &HashMap<Uuid, u64>, ours: &[Range<DateTime<Utc>>]) -> Value {
    match value {
        Value::String(text) => {
            if let Some(id) = as_id(value) {
                return words.get(&id).copied().unwrap_or_default().into();
            }
            let moment = DateTime::parse_from_rfc3339(text).map(|at| at.with_timezone(&Utc));
            match moment {
                Ok(at) if ours.iter().any(|ours| ours.contains(&at)) => "a moment of ours".into(),
                Ok(at) => at.timestamp_micros().into(),
                // JSON that SQLite keeps as text.
                Err(_) => match serde_json::from_str::<Value>(text) {
                    Ok(inner @ (Value::Object(_) | Value::Array(_))) => meant(&inner, words, ours),
                    _ => value.clone(),
                },
            }
        }
        Value::Array(items) => items.iter().map(|item| meant(item, words, ours)).collect(),
        Value::Object(fields) => Value::Object(
            fields.iter().map(|(name, item)| (name.clone(), meant(item, words, ours))).collect(),
        ),
        _ => value.clone(),
    }
}

/// PostgreSQL tells ids with hyphens, SQLite in bare digits.
fn as_id(value: &Value) -> Option<Uuid> {
    let text = value.as_str()?;
    matches!(text.len(), 32 | 36).then(|| text.parse().ok()).flatten()
}
