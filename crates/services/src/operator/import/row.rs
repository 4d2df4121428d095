//! What the original's rows mean. A reason never quotes a value.

use super::company::Found;
use chrono::{DateTime, NaiveDateTime, Utc};
use domain::{
    Marketplace, Plan, ProductId, Role, TenantId, UserId, observed::ObservedProduct,
    tenant::CREDENTIAL_FIELDS, validation,
};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::{collections::HashMap, hash::BuildHasher};
use store::{ImportedProduct, ImportedTenant, ImportedToken, ImportedUser};
use uuid::Uuid;

/// Why a row can't be taken.
type Reason = &'static str;

const NO_ID: Reason = "the id is no UUID";

pub(super) fn tenant(row: &Value, now: DateTime<Utc>) -> Result<ImportedTenant, Reason> {
    let name = text(row, &["name", "company_name"]).unwrap_or_default().trim();
    if name.is_empty() {
        return Err("it has no name");
    }
    let marketplace = word(row, "marketplace_type").map(|word| word.parse::<Marketplace>());
    Ok(ImportedTenant {
        id: TenantId(id(row, "id").ok_or(NO_ID)?),
        name: name.chars().filter(|c| !c.is_control()).take(255).collect(),
        marketplace: marketplace
            .transpose()
            .map_err(|_| "its marketplace is unknown")?
            .unwrap_or_default(),
        is_active: row["is_active"].as_bool().unwrap_or(true),
        plan: Plan::default(),
        created_at: moment(row, "created_at").unwrap_or(now),
    })
}

/// The encrypted keys of a company, by the names of the API.
pub(super) fn secrets(row: &Value) -> Vec<(&'static str, String)> {
    let found = |field: &&'static str| {
        let names = [format!("{field}_encrypted"), format!("encrypted_{field}"), (*field).into()];
        let sealed = names.iter().find_map(|name| row[name.as_str()].as_str())?.trim();
        (!sealed.is_empty()).then(|| (*field, sealed.to_owned()))
    };
    CREDENTIAL_FIELDS.iter().filter_map(found).collect()
}

pub(super) fn plan(row: &Value) -> Option<(TenantId, Plan)> {
    let plan = word(row, "plan").or_else(|| word(row, "tier"))?.parse().ok()?;
    Some((TenantId(id(row, "tenant_id")?), plan))
}

pub(super) fn user(row: &Value, now: DateTime<Utc>) -> Result<Found<ImportedUser>, Reason> {
    let email = text(row, &["email"]).unwrap_or_default().trim();
    if validation::email(email).is_err() {
        return Err("the e-mail is none");
    }
    let mut notes = Vec::new();
    let hash = text(row, &["hashed_password", "password_hash", "password"]);
    let password_hash = hash.filter(|hash| is_bcrypt(hash)).map(str::to_owned);
    if password_hash.is_none() {
        notes.push("without a password: it was not hashed with bcrypt");
    }
    let role = word(row, "role").and_then(|word| word.parse::<Role>().ok());
    if role.is_none() {
        notes.push("as a viewer: the role was unknown");
    }
    let item = ImportedUser {
        id: UserId(id(row, "id").ok_or(NO_ID)?),
        tenant: TenantId(id(row, "tenant_id").ok_or("they belong to no company")?),
        email: email.to_owned(),
        email_key: validation::email_key(email),
        password_hash,
        role: role.unwrap_or(Role::Viewer),
        is_active: row["is_active"].as_bool().unwrap_or(true),
        created_at: moment(row, "created_at").unwrap_or(now),
    };
    Ok(Found { item, notes })
}

/// Python's bcrypt writes `$2b$`; older libraries `$2a$` and `$2y$`.
fn is_bcrypt(hash: &str) -> bool {
    hash.len() == 60 && ["$2a$", "$2b$", "$2y$"].iter().any(|kind| hash.starts_with(kind))
}

pub(super) fn token<S: BuildHasher>(
    row: &Value,
    now: DateTime<Utc>,
    homes: &HashMap<UserId, TenantId, S>,
) -> Result<ImportedToken, Reason> {
    let user = UserId(id(row, "user_id").ok_or("it is nobody's")?);
    let tenant = *homes.get(&user).ok_or("its person was not taken")?;
    let revoked = ["is_revoked", "revoked"].iter().any(|name| row[*name] == true)
        || !row["revoked_at"].is_null();
    if revoked {
        return Err("it was revoked");
    }
    let expires_at = moment(row, "expires_at").ok_or("it has no end")?;
    if expires_at <= now {
        return Err("it has expired");
    }
    let hash = match (text(row, &["token_hash"]), text(row, &["token"])) {
        (Some(hash), _) if is_sha256(hash) => hash.to_lowercase(),
        (_, Some(token)) if !token.is_empty() => hex::encode(Sha256::digest(token.as_bytes())),
        _ => return Err("its hash is no SHA-256"),
    };
    let issued_at = moment(row, "created_at").unwrap_or(now);
    Ok(ImportedToken { id: id(row, "id").ok_or(NO_ID)?, user, tenant, hash, issued_at, expires_at })
}

fn is_sha256(hash: &str) -> bool {
    hash.len() == 64 && hash.bytes().all(|byte| byte.is_ascii_hexdigit())
}

pub(super) fn product(
    row: &Value,
    now: DateTime<Utc>,
) -> Result<(TenantId, ImportedProduct), Reason> {
    let article = &row["marketplace_article"];
    let article = article.as_i64().or_else(|| article.as_str()?.trim().parse().ok());
    let plain = |names: &[&str]| -> String {
        let text = text(row, names).unwrap_or_default();
        text.chars().filter(|c| !c.is_control()).collect()
    };
    let count = |name: &str| row[name].as_i64();
    let observed = ObservedProduct {
        article: article.filter(|n| *n > 0).ok_or("the marketplace's article is no number")?,
        seller_article: plain(&["seller_article"]),
        title: plain(&["product_name", "name", "title"]),
        brand: None,
        subject: None,
        photo_url: None,
        changed_at: moment(row, "updated_at").unwrap_or(now),
        offers: Vec::new(),
    };
    let product = ImportedProduct {
        id: ProductId(id(row, "id").ok_or(NO_ID)?),
        created_at: moment(row, "created_at").unwrap_or(observed.changed_at),
        observed,
        total_stock: count("total_stock"),
        total_orders: count("total_orders"),
        in_way_to_client: count("in_way_to_client"),
        in_way_from_client: count("in_way_from_client"),
    };
    Ok((TenantId(id(row, "tenant_id").ok_or("it belongs to no company")?), product))
}

fn id(row: &Value, name: &str) -> Option<Uuid> {
    Uuid::try_parse(row[name].as_str()?).ok()
}

fn text<'r>(row: &'r Value, names: &[&str]) -> Option<&'r str> {
    names.iter().find_map(|name| row[*name].as_str())
}

/// A member of an enumeration: the original writes its name in capitals or its value.
fn word(row: &Value, name: &str) -> Option<String> {
    Some(row[name].as_str()?.trim().to_lowercase())
}

/// A moment with its zone, or without one and in UTC.
fn moment(row: &Value, name: &str) -> Option<DateTime<Utc>> {
    let text = row[name].as_str()?;
    let zoned = DateTime::parse_from_rfc3339(text).map(|moment| moment.to_utc());
    zoned.or_else(|_| text.parse::<NaiveDateTime>().map(|moment| moment.and_utc())).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn moments_are_read_with_and_without_a_zone() {
        let read = |text: &str| moment(&json!({ "at": text }), "at").map(|at| at.timestamp());
        assert_eq!(read("2026-09-15T12:00:00+03:00"), Some(1_789_462_800));
        assert_eq!(read("2026-09-15T09:00:00.5"), Some(1_789_462_800));
        assert_eq!(read("yesterday"), None);
    }

    #[test]
    fn keys_are_found_under_each_of_their_names() {
        let row = json!({
            "wildberries_api_key_encrypted": "a", "encrypted_ozon_api_key": "b",
            "ozon_client_id": " c ", "google_sheet_id": "", "google_credentials_json": null,
        });
        let found: Vec<_> = secrets(&row);
        assert_eq!(
            found,
            [
                ("wildberries_api_key", "a".to_owned()),
                ("ozon_client_id", "c".to_owned()),
                ("ozon_api_key", "b".to_owned()),
            ]
        );
    }

    #[test]
    fn a_hash_of_another_scheme_is_left_out_and_said() {
        let row = |hash: &str| {
            let id = "0198c0de-0000-7000-8000-000000000001";
            json!({"id": id, "tenant_id": id, "email": "a@b.ru", "role": "OWNER", "hashed_password": hash})
        };
        let now = DateTime::from_timestamp(0, 0).unwrap();
        let bcrypt = format!("$2b$12${}", "x".repeat(53));
        let found = user(&row(&bcrypt), now).unwrap();
        assert_eq!((found.item.password_hash, found.notes.len()), (Some(bcrypt), 0));
        let found = user(&row("pbkdf2_sha256$1$x"), now).unwrap();
        assert_eq!((found.item.password_hash, found.notes.len()), (None, 1));
    }
}
