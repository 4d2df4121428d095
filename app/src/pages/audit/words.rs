//! An entry in plain words: who, what, and the details that say something to a person.

use crate::text::Text;
use domain::{Role, audit::AuditRecord};
use serde_json::Value;

/// Who did it.
pub fn who(text: &Text, record: &AuditRecord) -> String {
    if let Some(name) = record.details["api_key"]["name"].as_str() {
        return (text.audit().program)(name);
    }
    match (&record.email, record.person) {
        (Some(email), _) => email.clone(),
        (None, Some(_)) => text.audit().former.to_owned(),
        (None, None) => text.audit().nobody.to_owned(),
    }
}

/// What was done; an action that is new to this program keeps its word.
pub fn what(text: &Text, action: &str) -> String {
    (text.audit().words)(action).map_or_else(|| action.to_owned(), str::to_owned)
}

/// The details: names, addresses and roles, in this order.
pub fn details(text: &Text, record: &AuditRecord) -> String {
    let field = |name: &str| record.details[name].as_str();
    let role = |name: &str| {
        field(name)
            .and_then(|word| word.parse::<Role>().ok())
            .map(|role| text.team().role_name(role))
    };
    let mut parts: Vec<String> = Vec::new();
    // Who accepted or left is named as the one who did it, too.
    if let Some(email) = field("email").filter(|email| record.email.as_deref() != Some(*email)) {
        parts.push(email.to_owned());
    }
    if let Some(name) = field("name") {
        parts.push(name.to_owned());
    }
    match (role("from"), role("to"), role("role")) {
        (Some(from), Some(to), _) => parts.push(format!("{from} → {to}")),
        (_, _, Some(role)) => parts.push(role.to_owned()),
        _ => {}
    }
    for list in ["stored", "removed"] {
        parts.extend(words(&record.details[list]));
    }
    let revoked = words(&record.details["revoked_keys"]);
    if !revoked.is_empty() {
        parts.push((text.audit().revoked)(&revoked.join(", ")));
    }
    parts.join(" · ")
}

fn words(list: &Value) -> Vec<String> {
    let items = list.as_array().map(Vec::as_slice).unwrap_or_default();
    items.iter().filter_map(|word| word.as_str().map(str::to_owned)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::DateTime;
    use domain::{Locale, UserId};
    use serde_json::json;

    fn record(details: Value) -> AuditRecord {
        AuditRecord {
            seq: 1,
            at: DateTime::UNIX_EPOCH,
            action: "member_role_changed".into(),
            person: "00000000-0000-0000-0000-000000000000".parse::<UserId>().ok(),
            email: Some("anna@example.com".into()),
            details,
            address: "192.0.2.1".into(),
        }
    }

    #[test]
    fn an_entry_is_told_in_both_languages() {
        let entry = record(json!({
            "email": "boris@example.com", "from": "admin", "to": "viewer", "revoked_keys": ["1C"],
        }));
        let ru = Text::of(Locale::Ru);
        assert_eq!(who(ru, &entry), "anna@example.com");
        assert_eq!(what(ru, &entry.action), "Изменена роль");
        assert_eq!(
            details(ru, &entry),
            "boris@example.com · Администратор → Наблюдатель · отозваны ключи: 1C"
        );
        let en = Text::of(Locale::En);
        assert_eq!(what(en, "of_another_time"), "of_another_time");
        let by_key = record(json!({"api_key": {"id": "x", "name": "1C"}}));
        assert_eq!(who(en, &by_key), "API key “1C”");
    }
}
