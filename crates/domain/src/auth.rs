//! Signing up, in and out.

use crate::{
    Locale, Marketplace, Role, Secret, TenantId, UserId,
    problem::FieldError,
    validation::{self, Check},
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// A new company and its owner.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RegisterRequest {
    /// The owner's address; compared case-insensitively.
    #[cfg_attr(
        feature = "openapi",
        schema(example = "anna@example.com", max_length = 254, format = "email")
    )]
    pub email: String,
    /// 8 to 128 characters and at most 72 bytes, no composition rules.
    #[cfg_attr(
        feature = "openapi",
        schema(
            value_type = String,
            format = Password,
            min_length = 8,
            max_length = 72,
            pattern = r"^[^\u0000]*$",
            example = "correct horse battery"
        )
    )]
    pub password: Secret,
    /// The company's name, 2 to 255 characters.
    #[cfg_attr(
        feature = "openapi",
        schema(
            min_length = 2,
            max_length = 255,
            pattern = r"^[^\s\u0000-\u001f\u007f-\u009f]([^\u0000-\u001f\u007f-\u009f]*[^\s\u0000-\u001f\u007f-\u009f])?$",
            example = "Дом и уют"
        )
    )]
    pub company_name: String,
    /// The first shop's marketplace.
    #[serde(default)]
    pub marketplace_type: Marketplace,
    /// The token of the operator's sign-up link, where registration is by invitation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub invitation: Option<Secret>,
}

impl RegisterRequest {
    /// Every rule of the form at once, so that a person mends all of it in one go.
    pub fn check(&self) -> Vec<FieldError> {
        let mut check = Check::default();
        check.field("email", validation::email(&self.email));
        check.field("password", validation::new_password(self.password.expose()));
        check.field("company_name", validation::company_name(&self.company_name));
        check.errors
    }
}

/// A person and how they prove it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct LoginRequest {
    /// The address given at registration.
    #[cfg_attr(
        feature = "openapi",
        schema(example = "anna@example.com", max_length = 254, format = "email")
    )]
    pub email: String,
    /// The password.
    #[cfg_attr(
        feature = "openapi",
        schema(value_type = String, format = Password, min_length = 1, max_length = 72, example = "correct horse battery")
    )]
    pub password: Secret,
    /// Six digits of the authenticator, or a recovery code; only where a second factor is set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = json!(null)))]
    pub otp: Option<Secret>,
}

impl LoginRequest {
    /// Only what can't be an account at all; a wrong password is not a validation error.
    pub fn check(&self) -> Vec<FieldError> {
        let mut check = Check::default();
        check.field("email", validation::email(&self.email));
        check.field("password", validation::password_shape(self.password.expose()));
        if let Some(otp) = &self.otp {
            check.field("otp", validation::code(otp.expose()));
        }
        check.errors
    }
}

/// A refresh token to be exchanged.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RefreshRequest {
    /// The token of the last pair.
    #[cfg_attr(feature = "openapi", schema(value_type = String, pattern = r"^[^\u0000]*$", example = "eyJhbGciOiJIUzI1NiIs…"))]
    pub refresh_token: Secret,
}

/// What an API client works with.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TokenPair {
    /// A JWT of 15 minutes for `Authorization: Bearer`.
    pub access_token: String,
    /// A JWT of 30 days, good for one exchange.
    pub refresh_token: String,
    /// Always `bearer`.
    #[cfg_attr(feature = "openapi", schema(example = "bearer"))]
    pub token_type: String,
    /// Seconds the access token lives.
    #[cfg_attr(feature = "openapi", schema(example = 900))]
    pub expires_in: i64,
}

impl std::fmt::Debug for TokenPair {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("TokenPair([redacted])")
    }
}

/// A sentence that confirms.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Message {
    /// The sentence.
    pub message: String,
}

impl Message {
    /// Says it.
    pub fn new(text: &str) -> Self {
        Self { message: text.to_owned() }
    }
}

/// Who is signed in: what every page's frame needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Session {
    /// The person.
    pub user_id: UserId,
    /// Their address; a demo visitor has none.
    pub email: Option<String>,
    /// Their company.
    pub tenant_id: TenantId,
    /// Its name.
    pub tenant_name: String,
    /// What they may do there.
    pub role: Role,
    /// Set in a demo: when it will be removed.
    pub demo_until: Option<DateTime<Utc>>,
    /// The language they chose, if they did.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub locale: Option<Locale>,
    /// Whether they operate the installation, and are shown the way to the operators' area.
    #[serde(default)]
    pub is_operator: bool,
}

/// The keys that verify our tokens, as a JSON Web Key Set (RFC 7517).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PublicKeys {
    /// The public halves of asymmetric keys; none when tokens are signed with a secret one.
    pub keys: Vec<PublicKey>,
}

/// The public half of a key: of RSA `n` and `e`, of Ed25519 `crv` and `x`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PublicKey {
    /// `RSA` or `OKP`.
    #[cfg_attr(feature = "openapi", schema(example = "OKP"))]
    pub kty: String,
    /// `sig`: it verifies signatures.
    #[serde(rename = "use")]
    #[cfg_attr(feature = "openapi", schema(example = "sig"))]
    pub purpose: String,
    /// The one algorithm that it is used with: `RS256` or `EdDSA`.
    #[cfg_attr(feature = "openapi", schema(example = "EdDSA"))]
    pub alg: String,
    /// Its name, as in a token's header.
    #[cfg_attr(feature = "openapi", schema(example = "8d3f2b6c"))]
    pub kid: String,
    /// RSA: the modulus.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = json!(null)))]
    pub n: Option<String>,
    /// RSA: the exponent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = json!(null)))]
    pub e: Option<String>,
    /// The curve: `Ed25519`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(example = "Ed25519"))]
    pub crv: Option<String>,
    /// Ed25519: the point.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(
        feature = "openapi",
        schema(example = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo")
    )]
    pub x: Option<String>,
}

impl PublicKey {
    /// Of an RSA key, which is used with RS256.
    pub fn rsa(kid: String, n: String, e: String) -> Self {
        let (kty, alg) = ("RSA".into(), "RS256".into());
        let (n, e) = (Some(n), Some(e));
        Self { kty, purpose: "sig".into(), alg, kid, n, e, crv: None, x: None }
    }

    /// Of an Ed25519 key.
    pub fn ed25519(kid: String, x: String) -> Self {
        let (kty, alg) = ("OKP".into(), "EdDSA".into());
        let (crv, x) = (Some("Ed25519".into()), Some(x));
        Self { kty, purpose: "sig".into(), alg, kid, n: None, e: None, crv, x }
    }
}
