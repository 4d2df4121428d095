//! What can't be taken back: deleting a company, deleting the own account.

use crate::{Role, Secret, SessionId, TenantId, UserId};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// The company is to go with everything in it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CompanyDeletion {
    /// The company's name, typed out.
    #[cfg_attr(feature = "openapi", schema(example = "Дом и уют"))]
    pub name: String,
}

/// The person's account is to go.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AccountDeletion {
    /// The person's password.
    #[cfg_attr(
        feature = "openapi",
        schema(value_type = String, format = Password, pattern = r"^[^\u0000]*$", min_length = 1, max_length = 72, example = "correct horse battery")
    )]
    pub password: Secret,
    /// Whether companies that nobody else belongs to may go with it. Without it they stand in the way (409).
    #[serde(default)]
    pub delete_companies: bool,
}

/// What deleting the own account would mean.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AccountOutlook {
    /// Companies that nobody else belongs to: they would go as well.
    #[cfg_attr(feature = "openapi", schema(example = json!(["Дом и уют"])))]
    pub would_go: Vec<String>,
    /// Companies with other members whose last owner the person is: first another owner is needed.
    #[cfg_attr(feature = "openapi", schema(example = json!(["Тёплый свет"])))]
    pub in_the_way: Vec<String>,
    /// Whether there is a password to ask for; a demo's visitor has none.
    pub has_password: bool,
}

/// Everything that is kept about a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PersonalData {
    /// Who.
    pub user_id: UserId,
    /// Their address.
    pub email: Option<String>,
    /// When the account was made.
    pub created_at: DateTime<Utc>,
    /// When the password was last changed.
    pub password_changed_at: DateTime<Utc>,
    /// Where they belong.
    pub companies: Vec<PersonalCompany>,
    /// Their sign-ins.
    pub sessions: Vec<PersonalSession>,
}

/// A company in [`PersonalData`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PersonalCompany {
    /// The company.
    pub tenant_id: TenantId,
    /// Its name.
    pub name: String,
    /// What the person may do there.
    pub role: Role,
}

/// A sign-in in [`PersonalData`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PersonalSession {
    /// Its id.
    pub id: SessionId,
    /// Where.
    pub tenant_id: TenantId,
    /// When it began.
    pub created_at: DateTime<Utc>,
    /// When it was last used.
    pub last_seen_at: DateTime<Utc>,
    /// From which address it began.
    #[cfg_attr(feature = "openapi", schema(example = "203.0.113.7"))]
    pub address: String,
    /// With which program.
    #[cfg_attr(
        feature = "openapi",
        schema(example = "Mozilla/5.0 (X11; Linux x86_64) Firefox/150.0")
    )]
    pub user_agent: Option<String>,
}
