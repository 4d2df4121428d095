//! What each kind of token says. A field that is named twice is refused by serde; moments are whole seconds.

use domain::{RefreshTokenId, Role, SessionId, TenantId, UserId};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use uuid::Uuid;

/// A kind of token: its header's `typ` and its `type` claim, both checked.
pub trait Claims: Serialize + DeserializeOwned {
    /// The header's `typ`.
    const TYP: &'static str;
    /// The claim `type`.
    const TYPE: &'static str;
    /// The claims that every kind has.
    fn common(&self) -> Common<'_>;
}

/// The claims that every kind has, for checking.
pub struct Common<'a> {
    pub(super) kind: &'a str,
    pub(super) iss: &'a str,
    pub(super) aud: &'a str,
    pub(super) nbf: i64,
    pub(super) exp: i64,
}

/// For `Authorization: Bearer`, 15 minutes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessClaims {
    /// Who.
    pub sub: UserId,
    /// In which company.
    pub tenant_id: TenantId,
    /// As what, when it was signed; the row of today decides.
    pub role: Role,
    /// By which sign-in.
    pub sid: SessionId,
    #[serde(rename = "type")]
    pub(super) kind: String,
    pub(super) iat: i64,
    pub(super) nbf: i64,
    pub(super) exp: i64,
    pub(super) jti: Uuid,
    pub(super) iss: String,
    pub(super) aud: String,
}

/// For one exchange, 30 days.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefreshClaims {
    /// Who.
    pub sub: UserId,
    /// The family: the sign-in that all its tokens descend from.
    pub sid: SessionId,
    /// The row.
    pub jti: RefreshTokenId,
    #[serde(rename = "type")]
    pub(super) kind: String,
    pub(super) iat: i64,
    pub(super) exp: i64,
    pub(super) iss: String,
    pub(super) aud: String,
}

/// For the browser's cookie: the sign-in's row says how long it is good.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionClaims {
    /// Who.
    pub sub: UserId,
    /// By which sign-in.
    pub sid: SessionId,
    #[serde(rename = "type")]
    pub(super) kind: String,
    pub(super) iat: i64,
    pub(super) nbf: i64,
    pub(super) exp: i64,
    pub(super) iss: String,
    pub(super) aud: String,
}

/// Between the two steps of a browser's sign-in: whose password was right. Opens nothing by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecondStepClaims {
    /// Who.
    pub sub: UserId,
    /// When the password that was right was set, in microseconds: another one makes this worthless.
    pub password_of: i64,
    #[serde(rename = "type")]
    pub(super) kind: String,
    pub(super) iat: i64,
    pub(super) exp: i64,
    pub(super) iss: String,
    pub(super) aud: String,
}

impl Claims for AccessClaims {
    const TYP: &'static str = "at+jwt";
    const TYPE: &'static str = "access";
    fn common(&self) -> Common<'_> {
        let Self { kind, iss, aud, nbf, exp, .. } = self;
        Common { kind, iss, aud, nbf: *nbf, exp: *exp }
    }
}

impl Claims for RefreshClaims {
    const TYP: &'static str = "rt+jwt";
    const TYPE: &'static str = "refresh";
    fn common(&self) -> Common<'_> {
        let Self { kind, iss, aud, iat, exp, .. } = self;
        Common { kind, iss, aud, nbf: *iat, exp: *exp }
    }
}

impl Claims for SessionClaims {
    const TYP: &'static str = "session+jwt";
    const TYPE: &'static str = "session";
    fn common(&self) -> Common<'_> {
        let Self { kind, iss, aud, nbf, exp, .. } = self;
        Common { kind, iss, aud, nbf: *nbf, exp: *exp }
    }
}

impl Claims for SecondStepClaims {
    const TYP: &'static str = "second-step+jwt";
    const TYPE: &'static str = "second_step";
    fn common(&self) -> Common<'_> {
        let Self { kind, iss, aud, iat, exp, .. } = self;
        Common { kind, iss, aud, nbf: *iat, exp: *exp }
    }
}
