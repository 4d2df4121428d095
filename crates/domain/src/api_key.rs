//! Keys of a company's programs: bearer tokens that don't expire by themselves unless told to.

use crate::{
    ApiKeyId, Role,
    problem::FieldError,
    validation::{self, Check},
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// What every key begins with, so that people and scanners recognise one.
pub const PREFIX: &str = "st_";

/// The longest life of a key that has an end, in days.
const LONGEST: u32 = 3650;

/// A key to make.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewApiKey {
    /// What it is for, 1 to 100 characters.
    #[cfg_attr(
        feature = "openapi",
        schema(example = "1C exchange", min_length = 1, max_length = 100)
    )]
    pub name: String,
    /// What it may do, no more than the caller.
    pub role: Role,
    /// After how many days it ends; without it, never.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(example = 365, minimum = 1, maximum = 3650))]
    pub expires_in_days: Option<u32>,
}

impl NewApiKey {
    /// Every rule of the form at once.
    pub fn check(&self) -> Vec<FieldError> {
        let mut check = Check::default();
        check.field("name", validation::key_name(&self.name));
        let days = match self.expires_in_days {
            Some(days) if !(1..=LONGEST).contains(&days) => {
                Err(("out_of_range", "use 1 to 3650 days"))
            }
            _ => Ok(()),
        };
        check.field("expires_in_days", days);
        check.errors
    }
}

/// A key as it is listed: without itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ApiKey {
    /// Its id.
    pub id: ApiKeyId,
    /// What it is for.
    #[cfg_attr(feature = "openapi", schema(example = "1C exchange"))]
    pub name: String,
    /// What it may do.
    pub role: Role,
    /// Its first characters, to find it again where it is used.
    #[cfg_attr(feature = "openapi", schema(example = "st_Zk9dQ2aB"))]
    pub prefix: String,
    /// The address of whoever made it; null when they left.
    #[cfg_attr(feature = "openapi", schema(example = "anna@example.com"))]
    pub made_by: Option<String>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it ends, if it does.
    pub expires_at: Option<DateTime<Utc>>,
    /// When it was last used, to the minute; null: never.
    pub last_used_at: Option<DateTime<Utc>>,
}

/// A new key with itself, which is never shown again.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ApiKeyMade {
    /// The key as it is listed.
    pub api_key: ApiKey,
    /// The key itself, for `Authorization: Bearer`.
    #[cfg_attr(feature = "openapi", schema(example = "st_Zk9dQ2aB…"))]
    pub key: String,
}

impl std::fmt::Debug for ApiKeyMade {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ApiKeyMade").field("api_key", &self.api_key).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_keys_life_has_bounds() {
        let key = |days| NewApiKey { name: "1C".into(), role: Role::User, expires_in_days: days };
        for fine in [None, Some(1), Some(3650)] {
            assert!(key(fine).check().is_empty(), "{fine:?}");
        }
        for wrong in [Some(0), Some(3651), Some(u32::MAX)] {
            assert_eq!(key(wrong).check()[0].field(), "expires_in_days", "{wrong:?}");
        }
        let nameless = NewApiKey { name: "  ".into(), ..key(None) };
        assert_eq!(nameless.check()[0].code, "missing");
    }
}
