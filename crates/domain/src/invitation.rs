//! Links that let somebody into a company. The token in one is shown once and kept as its hash only.

use crate::{
    InvitationId, Role, Secret,
    problem::FieldError,
    validation::{self, Check},
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// Somebody to let in.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewInvitation {
    /// Only this address may accept; without one, whoever has the link.
    #[serde(default)]
    #[cfg_attr(
        feature = "openapi",
        schema(example = "boris@example.com", max_length = 254, format = "email")
    )]
    pub email: Option<String>,
    /// What they may do, no more than the caller.
    pub role: Role,
}

impl NewInvitation {
    /// The address's rule.
    pub fn check(&self) -> Vec<FieldError> {
        let mut check = Check::default();
        if let Some(email) = &self.email {
            check.field("email", validation::email(email));
        }
        check.errors
    }
}

/// An open invitation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Invitation {
    /// Its id.
    pub id: InvitationId,
    /// The one address that may accept it, if it names one.
    #[cfg_attr(feature = "openapi", schema(example = "boris@example.com"))]
    pub email: Option<String>,
    /// What whoever accepts it may do.
    pub role: Role,
    /// The address of whoever made it; null when they left, or a key made it.
    #[cfg_attr(feature = "openapi", schema(example = "anna@example.com"))]
    pub made_by: Option<String>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// Until when it can be accepted.
    pub expires_at: DateTime<Utc>,
}

/// A new invitation with its link, which is never shown again.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InvitationMade {
    /// The invitation.
    pub invitation: Invitation,
    /// What to send to the person.
    #[cfg_attr(feature = "openapi", schema(example = "https://stock.example.com/invite/Zk9…"))]
    pub link: String,
}

impl std::fmt::Debug for InvitationMade {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("InvitationMade")
            .field("invitation", &self.invitation)
            .finish_non_exhaustive()
    }
}

/// The last part of an invitation's link.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct InvitationToken {
    /// As it stands in the link.
    #[cfg_attr(
        feature = "openapi",
        schema(example = "Zk9dQ2aBx7Lr0WmT4uVhY1cPnE8sGfJ5oK3iXvR6bNw")
    )]
    pub token: Secret,
}

/// What whoever holds a link is told before they accept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InvitationPreview {
    /// The company's name.
    pub tenant_name: String,
    /// What they may do there.
    pub role: Role,
    /// The one address that may accept, if it names one.
    pub email: Option<String>,
    /// Until when.
    pub expires_at: DateTime<Utc>,
}

/// Accepting without being signed in.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct JoinRequest {
    /// As it stands in the link.
    #[cfg_attr(
        feature = "openapi",
        schema(example = "Zk9dQ2aBx7Lr0WmT4uVhY1cPnE8sGfJ5oK3iXvR6bNw")
    )]
    pub token: Secret,
    /// The person's address.
    #[cfg_attr(
        feature = "openapi",
        schema(example = "boris@example.com", max_length = 254, format = "email")
    )]
    pub email: String,
    /// The person's new password; 8 to 128 characters and at most 72 bytes.
    #[cfg_attr(
        feature = "openapi",
        schema(value_type = String, format = Password, pattern = r"^[^\u0000]*$", min_length = 8, max_length = 128, example = "correct horse battery")
    )]
    pub password: Secret,
}

impl JoinRequest {
    /// The same rules as at registration.
    pub fn check(&self) -> Vec<FieldError> {
        let mut check = Check::default();
        check.field("email", validation::email(&self.email));
        check.field("password", validation::new_password(self.password.expose()));
        check.errors
    }
}
