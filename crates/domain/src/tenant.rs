//! The company and its keys.

use crate::{
    Marketplace, Secret, TenantId,
    account::KeyCheck,
    problem::FieldError,
    validation::{self, Check},
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Deserializer, Serialize};

/// A company as its members see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Tenant {
    /// Its id.
    pub id: TenantId,
    /// Its name.
    pub name: String,
    /// The marketplace of its first shop.
    pub marketplace_type: Marketplace,
    /// False when suspended by the operator.
    pub is_active: bool,
    /// When it registered.
    pub created_at: DateTime<Utc>,
}

/// What an owner may change of the company.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct TenantPatch {
    /// The new name, 2 to 255 characters.
    #[cfg_attr(
        feature = "openapi",
        schema(
            min_length = 2,
            max_length = 255,
            pattern = r"^[^\s\u0000-\u001f\u007f-\u009f]([^\u0000-\u001f\u007f-\u009f]*[^\s\u0000-\u001f\u007f-\u009f])?$",
            example = "Дом и уют"
        )
    )]
    pub name: String,
}

impl TenantPatch {
    /// The rule of a company's name.
    pub fn check(&self) -> Vec<FieldError> {
        let mut check = Check::default();
        check.field("name", validation::company_name(&self.name));
        check.errors
    }
}

/// Keys to store: an absent field stays as it is, `null` removes it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct CredentialsPatch {
    /// The Wildberries API key, a JWT.
    #[serde(deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(
        feature = "openapi",
        schema(value_type = Option<String>, min_length = 1, max_length = 4096, example = "eyJhbGciOiJFUzI1NiIs…")
    )]
    pub wildberries_api_key: Option<Option<Secret>>,
    /// Ozon's `Client-Id`, a number.
    #[serde(deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(
        feature = "openapi",
        schema(value_type = Option<String>, min_length = 1, max_length = 4096, example = "1234567")
    )]
    pub ozon_client_id: Option<Option<Secret>>,
    /// Ozon's `Api-Key`.
    #[serde(deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(
        feature = "openapi",
        schema(value_type = Option<String>, min_length = 1, max_length = 4096, example = "00000000-0000-4000-8000-000000000000")
    )]
    pub ozon_api_key: Option<Option<Secret>>,
    /// The Google spreadsheet that exports go to.
    #[serde(deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(
        feature = "openapi",
        schema(value_type = Option<String>, min_length = 1, max_length = 4096, example = "1BxiMVs0XRA5nFMdKvBdBZjgmUUqptlbs74OgvE2upms")
    )]
    pub google_sheet_id: Option<Option<Secret>>,
    /// A Google service account's key file, as its JSON text.
    #[serde(deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(
        feature = "openapi",
        schema(value_type = Option<String>, min_length = 1, max_length = 16384, example = "{\"type\":\"service_account\"}")
    )]
    pub google_credentials_json: Option<Option<Secret>>,
}

/// The stored secrets of an account by their names in the API; also the `field` sealed inside each.
pub const CREDENTIAL_FIELDS: [&str; 5] = [
    "wildberries_api_key",
    "ozon_client_id",
    "ozon_api_key",
    "google_sheet_id",
    "google_credentials_json",
];

impl CredentialsPatch {
    /// The fields that were named, with their new value or `None` for removal.
    pub fn changes(&self) -> Vec<(&'static str, Option<&Secret>)> {
        CREDENTIAL_FIELDS
            .into_iter()
            .zip([
                &self.wildberries_api_key,
                &self.ozon_client_id,
                &self.ozon_api_key,
                &self.google_sheet_id,
                &self.google_credentials_json,
            ])
            .filter_map(|(name, change)| change.as_ref().map(|value| (name, value.as_ref())))
            .collect()
    }

    /// Lengths and characters only: whether a key works is the marketplace's to say.
    pub fn check(&self) -> Vec<FieldError> {
        let mut check = Check::default();
        for (name, value) in self.changes() {
            if let Some(secret) = value {
                check.field(name, validation::credential(name, secret.expose()));
            }
        }
        check.errors
    }
}

/// `null` and "absent" are different things here.
fn present<'de, D: Deserializer<'de>>(field: D) -> Result<Option<Option<Secret>>, D::Error> {
    Option::<Secret>::deserialize(field).map(Some)
}

/// What became of the keys.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CredentialsUpdated {
    /// `Credentials updated successfully`.
    #[cfg_attr(feature = "openapi", schema(example = "Credentials updated successfully"))]
    pub message: String,
    /// The company.
    pub tenant_id: TenantId,
    /// What the marketplaces said of each key that was stored; a key is kept whatever they say.
    pub checks: Vec<KeyCheck>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn null_removes_and_absence_keeps() {
        let patch: CredentialsPatch =
            serde_json::from_str(r#"{"wildberries_api_key":null,"ozon_client_id":"42"}"#)
                .unwrap_or_default();
        let named: Vec<_> = patch.changes().into_iter().map(|(n, v)| (n, v.is_some())).collect();
        assert_eq!(named, [("wildberries_api_key", false), ("ozon_client_id", true)]);
        assert!(serde_json::from_str::<CredentialsPatch>(r#"{"tenant_id":"x"}"#).is_err());
    }
}
