//! A person's own account: password, address, second factor, sign-ins.

use crate::{
    Secret, SessionId, UserId,
    problem::FieldError,
    validation::{self, Check},
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// A new password by who knows the present one.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PasswordChange {
    /// The present one.
    #[cfg_attr(
        feature = "openapi",
        schema(value_type = String, format = Password, pattern = r"^[^\u0000]*$", min_length = 1, max_length = 72, example = "correct horse battery")
    )]
    pub current_password: Secret,
    /// The new one, by the rules of registration.
    #[cfg_attr(
        feature = "openapi",
        schema(value_type = String, format = Password, pattern = r"^[^\u0000]*$", min_length = 8, max_length = 128, example = "paper lantern harbour")
    )]
    pub new_password: Secret,
}

impl PasswordChange {
    /// Every rule of the form at once.
    pub fn check(&self) -> Vec<FieldError> {
        let mut check = Check::default();
        let current = validation::password_shape(self.current_password.expose());
        check.field("current_password", current);
        check.field("new_password", validation::new_password(self.new_password.expose()));
        check.errors
    }
}

/// Whose password is forgotten.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ForgottenPassword {
    /// The address given at registration.
    #[cfg_attr(
        feature = "openapi",
        schema(example = "anna@example.com", max_length = 254, format = "email")
    )]
    pub email: String,
}

impl ForgottenPassword {
    /// The rule of its one field.
    pub fn check(&self) -> Vec<FieldError> {
        let mut check = Check::default();
        check.field("email", validation::email(&self.email));
        check.errors
    }
}

/// A new password by who got the link.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PasswordReset {
    /// The last part of the link.
    #[cfg_attr(
        feature = "openapi",
        schema(example = "Zk9dQ2aBx7Lr0WmT4uVhY1cPnE8sGfJ5oK3iXvR6bNw")
    )]
    pub token: Secret,
    /// The new password, by the rules of registration.
    #[cfg_attr(
        feature = "openapi",
        schema(value_type = String, format = Password, pattern = r"^[^\u0000]*$", min_length = 8, max_length = 128, example = "paper lantern harbour")
    )]
    pub password: Secret,
}

impl PasswordReset {
    /// The rules of the password; whether the link is good is the database's to say.
    pub fn check(&self) -> Vec<FieldError> {
        let mut check = Check::default();
        check.field("password", validation::new_password(self.password.expose()));
        check.errors
    }
}

/// The proof that a letter arrived.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct EmailProof {
    /// The last part of the link.
    #[cfg_attr(
        feature = "openapi",
        schema(example = "Zk9dQ2aBx7Lr0WmT4uVhY1cPnE8sGfJ5oK3iXvR6bNw")
    )]
    pub token: Secret,
}

/// A person's account as they see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Profile {
    /// The person.
    pub user_id: UserId,
    /// Their address; a demo's visitor has none.
    pub email: Option<String>,
    /// When a letter proved it; `null`: not yet.
    pub email_verified_at: Option<DateTime<Utc>>,
    /// When the account was made.
    pub created_at: DateTime<Utc>,
    /// When the password was last changed.
    pub password_changed_at: DateTime<Utc>,
    /// The second factor; `null`: the password is enough.
    pub second_factor: Option<SecondFactor>,
}

/// A second factor in use.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SecondFactor {
    /// Since when a code is asked for.
    pub since: DateTime<Utc>,
    /// How many recovery codes are left.
    pub recovery_codes_left: i64,
}

/// The password once more, before something that a stolen sign-in must not do.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PasswordProof {
    /// The present password.
    #[cfg_attr(
        feature = "openapi",
        schema(value_type = String, format = Password, pattern = r"^[^\u0000]*$", min_length = 1, max_length = 72, example = "correct horse battery")
    )]
    pub password: Secret,
}

impl PasswordProof {
    /// Only what can't be a password at all.
    pub fn check(&self) -> Vec<FieldError> {
        let mut check = Check::default();
        check.field("password", validation::password_shape(self.password.expose()));
        check.errors
    }
}

/// What an authenticator wants to know, shown until it is confirmed by a code.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SecondFactorSetup {
    /// The secret in base32, for typing.
    #[cfg_attr(feature = "openapi", schema(example = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"))]
    pub secret: String,
    /// The same as `otpauth://…`.
    #[cfg_attr(
        feature = "openapi",
        schema(
            example = "otpauth://totp/Stock%20Tracker:anna@example.com?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Stock%20Tracker"
        )
    )]
    pub uri: String,
    /// The same as a QR code: an SVG document.
    #[cfg_attr(
        feature = "openapi",
        schema(example = "<svg xmlns=\"http://www.w3.org/2000/svg\">…</svg>")
    )]
    pub qr_svg: String,
}

impl std::fmt::Debug for SecondFactorSetup {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SecondFactorSetup([redacted])")
    }
}

/// How far a person's second factor is, for its page.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SecondFactorState {
    /// Whether the person has a password at all: a demo's visitor has none.
    pub has_password: bool,
    /// In use; `null`: the password is enough.
    pub in_use: Option<SecondFactor>,
    /// A secret that waits for its first code.
    pub setup: Option<SecondFactorSetup>,
    /// Recovery codes that were just made; shown this once.
    #[cfg_attr(feature = "openapi", schema(example = json!(["7kq2-m4xd-zfd4-wpta", "c3wp-t6hr-nzq5-b2ey"])))]
    pub recovery_codes: Vec<String>,
}

impl std::fmt::Debug for SecondFactorState {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SecondFactorState").field("in_use", &self.in_use).finish_non_exhaustive()
    }
}

/// A code of the authenticator.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CodeProof {
    /// Six digits.
    #[cfg_attr(feature = "openapi", schema(value_type = String, pattern = r"^[^\u0000-\u001f\u007f-\u009f]*$", min_length = 1, max_length = 64, example = "492039"))]
    pub code: Secret,
}

impl CodeProof {
    /// The rule of its one field.
    pub fn check(&self) -> Vec<FieldError> {
        let mut check = Check::default();
        check.field("code", validation::code(self.code.expose()));
        check.errors
    }
}

/// Both proofs of a person, to take the second factor away or to have new recovery codes.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct BothProofs {
    /// The present password.
    #[cfg_attr(
        feature = "openapi",
        schema(value_type = String, format = Password, pattern = r"^[^\u0000]*$", min_length = 1, max_length = 72, example = "correct horse battery")
    )]
    pub password: Secret,
    /// Six digits of the authenticator, or a recovery code.
    #[cfg_attr(feature = "openapi", schema(value_type = String, pattern = r"^[^\u0000-\u001f\u007f-\u009f]*$", min_length = 1, max_length = 64, example = "492039"))]
    pub code: Secret,
}

impl BothProofs {
    /// Every rule of the form at once.
    pub fn check(&self) -> Vec<FieldError> {
        let mut check = Check::default();
        check.field("password", validation::password_shape(self.password.expose()));
        check.field("code", validation::code(self.code.expose()));
        check.errors
    }
}

/// Codes in place of the authenticator's, each good once. Shown this once.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RecoveryCodes {
    /// Ten of them.
    #[cfg_attr(feature = "openapi", schema(example = json!(["7kq2-m4xd-zfd4-wpta", "c3wp-t6hr-nzq5-b2ey"])))]
    pub recovery_codes: Vec<String>,
}

impl std::fmt::Debug for RecoveryCodes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("RecoveryCodes([redacted])")
    }
}

/// What a sign-in works with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum SignInKind {
    /// A browser's cookie.
    Browser,
    /// A token pair.
    Api,
}

/// One sign-in of the person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignedIn {
    /// Its id.
    pub id: SessionId,
    /// What it works with.
    pub kind: SignInKind,
    /// The program and its system in a few words; `null`: it did not say.
    #[cfg_attr(feature = "openapi", schema(example = "Firefox, Windows"))]
    pub device: Option<String>,
    /// The address it began from.
    #[cfg_attr(feature = "openapi", schema(example = "203.0.113.7"))]
    pub address: String,
    /// When it began.
    pub created_at: DateTime<Utc>,
    /// When it was last used, to the minute.
    pub last_seen_at: DateTime<Utc>,
    /// Whether it is the one that asks.
    pub is_current: bool,
}

/// How many sign-ins were ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignInsEnded {
    /// The number.
    #[cfg_attr(feature = "openapi", schema(example = 3))]
    pub ended: i64,
}
