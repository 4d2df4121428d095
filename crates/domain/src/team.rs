//! The people of a company, and the companies of a person.

use crate::{Role, TenantId, UserId, api_key::ApiKey};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// A person in a company, as its members see them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Member {
    /// Who.
    pub user_id: UserId,
    /// Their address, which is also their name; a demo's visitor has none.
    #[cfg_attr(feature = "openapi", schema(example = "anna@example.com"))]
    pub email: Option<String>,
    /// What they may do.
    pub role: Role,
    /// Since when they belong to the company.
    pub since: DateTime<Utc>,
    /// When one of their sign-ins here was last used, to the minute; null: not for the last month.
    pub last_used_at: Option<DateTime<Utc>>,
    /// Whether it is the caller.
    pub is_you: bool,
}

/// Another role for a member.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct MemberPatch {
    /// The new role, no higher than the caller's own.
    pub role: Role,
}

/// What became of a member.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MemberChanged {
    /// One sentence.
    #[cfg_attr(feature = "openapi", schema(example = "Role changed successfully"))]
    pub message: String,
    /// API keys the person had made that their new role, or none, no longer covers: they are revoked.
    pub revoked_api_keys: Vec<ApiKey>,
}

/// One of the companies that a person belongs to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Company {
    /// The company.
    pub tenant_id: TenantId,
    /// Its name.
    pub name: String,
    /// What the person may do there.
    pub role: Role,
    /// False when it is suspended.
    pub is_active: bool,
    /// Whether this sign-in works in it.
    pub is_current: bool,
}

/// Another company to work in.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SwitchRequest {
    /// Which.
    pub tenant_id: TenantId,
}
