//! The hash of an entry: SHA-256 over the previous hash and every field, each with its length, so that no two
//! different entries have the same bytes.

use super::AuditEntry;
use chrono::SecondsFormat;
use domain::TenantId;
use serde_json::Value;
use sha2::{Digest, Sha256};

pub(crate) fn hash(previous: &str, tenant: TenantId, seq: i64, entry: &AuditEntry) -> String {
    let mut details = String::new();
    canonical(&entry.details, &mut details);
    let fields = [
        previous.to_owned(),
        tenant.to_string(),
        seq.to_string(),
        entry.at.to_rfc3339_opts(SecondsFormat::Micros, true),
        entry.actor.map(|user| user.to_string()).unwrap_or_default(),
        entry.action.clone(),
        details,
        entry.address.clone(),
    ];
    let mut digest = Sha256::new();
    for field in fields {
        digest.update((field.len() as u64).to_be_bytes());
        digest.update(field.as_bytes());
    }
    hex::encode(digest.finalize())
}

/// JSON with its names in order: PostgreSQL keeps `jsonb` in an order of its own.
fn canonical(value: &Value, out: &mut String) {
    match value {
        Value::Object(fields) => {
            let mut names: Vec<_> = fields.iter().collect();
            names.sort_by_key(|(name, _)| name.as_str());
            out.push('{');
            for (name, value) in names {
                out.push_str(&Value::from(name.as_str()).to_string());
                out.push(':');
                canonical(value, out);
                out.push(',');
            }
            out.push('}');
        }
        Value::Array(items) => {
            out.push('[');
            for item in items {
                canonical(item, out);
                out.push(',');
            }
            out.push(']');
        }
        plain => out.push_str(&plain.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::DateTime;
    use domain::UserId;
    use serde_json::json;
    use uuid::Uuid;

    fn entry() -> AuditEntry {
        AuditEntry {
            at: DateTime::from_timestamp_micros(1_789_000_000_123_456).unwrap(),
            actor: Some(UserId(Uuid::from_u128(7))),
            action: "signed_in".into(),
            details: json!({"b": [1, "x"], "a": {"d": true, "c": null}}),
            address: "127.0.0.1".into(),
        }
    }

    #[test]
    fn every_field_counts_and_the_order_of_names_does_not() {
        let tenant = TenantId(Uuid::from_u128(1));
        let base = hash("", tenant, 1, &entry());
        let reordered = AuditEntry {
            details: serde_json::from_str(r#"{"a":{"c":null,"d":true},"b":[1,"x"]}"#).unwrap(),
            ..entry()
        };
        assert_eq!(hash("", tenant, 1, &reordered), base);
        let changed = [
            hash("0", tenant, 1, &entry()),
            hash("", TenantId(Uuid::from_u128(2)), 1, &entry()),
            hash("", tenant, 2, &entry()),
            hash("", tenant, 1, &AuditEntry { actor: None, ..entry() }),
            hash("", tenant, 1, &AuditEntry { action: "signed_out".into(), ..entry() }),
            hash("", tenant, 1, &AuditEntry { details: json!({}), ..entry() }),
            hash("", tenant, 1, &AuditEntry { address: "::1".into(), ..entry() }),
        ];
        assert!(changed.iter().all(|hash| *hash != base));
    }
}
