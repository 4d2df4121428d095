//! Signed tokens. Proves that we made a token and that it is of its time; whether its sign-in still stands is the
//! database's to say, never the token's.

mod claims;
mod keys;
mod original;
mod pem;
#[cfg(test)]
mod tests;
mod verify;

pub use claims::{AccessClaims, Claims, RefreshClaims, SecondStepClaims, SessionClaims};
pub use keys::{TokenKey, TokenKeys, TokenKeysProblem};

use crate::error::{Error, Result};
use chrono::{DateTime, TimeDelta, Utc};
use domain::{RefreshTokenId, Role, Secret, SessionId, TenantId, UserId, auth::PublicKeys};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use std::sync::{Arc, PoisonError, RwLock};
use uuid::Uuid;

/// How long an access token lives.
pub const ACCESS_LIFETIME: TimeDelta = TimeDelta::minutes(15);
/// How long a refresh token lives, and how long a browser's sign-in outlives its last use.
pub const REFRESH_LIFETIME: TimeDelta = TimeDelta::days(30);
/// After this long a browser signs in again, however busy it was.
pub const SESSION_LIFETIME: TimeDelta = TimeDelta::days(365);
/// How long a person may look for their authenticator.
pub const SECOND_STEP_LIFETIME: TimeDelta = TimeDelta::minutes(5);
/// How far two clocks may be apart.
pub const LEEWAY: TimeDelta = TimeDelta::seconds(5);

/// The browser's token with the end of its life, ready for a cookie.
#[derive(Clone, Debug)]
pub struct SessionToken {
    /// The token.
    pub jwt: Secret,
    /// When the cookie may be forgotten.
    pub expires_at: DateTime<Utc>,
}

/// Signs and verifies. Clones share the keys, which can be changed while serving.
#[derive(Clone, Debug)]
pub struct Tokens {
    keys: Arc<RwLock<Arc<TokenKeys>>>,
    issuer: String,
    audience: String,
}

impl Tokens {
    /// With these keys; tokens of another issuer or for another audience are refused.
    pub fn new(keys: TokenKeys, issuer: impl Into<String>, audience: impl Into<String>) -> Self {
        let keys = Arc::new(RwLock::new(Arc::new(keys)));
        Self { keys, issuer: issuer.into(), audience: audience.into() }
    }

    /// Takes other keys from now on, in every clone.
    pub fn replace_keys(&self, keys: TokenKeys) {
        *self.keys.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(keys);
    }

    fn keys(&self) -> Arc<TokenKeys> {
        Arc::clone(&self.keys.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// What others need to verify our tokens: the public halves of the asymmetric keys, nothing of the secret ones.
    pub fn public_keys(&self) -> PublicKeys {
        let keys = self.keys();
        PublicKeys { keys: keys.keys.iter().filter_map(|key| key.public.clone()).collect() }
    }

    /// An access token for a person's sign-in.
    pub fn access(
        &self,
        person: &Person,
        session: SessionId,
        jti: Uuid,
        now: DateTime<Utc>,
    ) -> Result<String> {
        let claims = AccessClaims {
            sub: person.user,
            tenant_id: person.tenant,
            role: person.role,
            sid: session,
            kind: AccessClaims::TYPE.into(),
            iat: now.timestamp(),
            nbf: now.timestamp(),
            exp: (now + ACCESS_LIFETIME).timestamp(),
            jti,
            iss: self.issuer.clone(),
            aud: self.audience.clone(),
        };
        self.sign(&claims, now)
    }

    /// The refresh token of this row: the same arguments give the same bytes.
    pub fn refresh(
        &self,
        user: UserId,
        session: SessionId,
        jti: RefreshTokenId,
        issued_at: DateTime<Utc>,
        expires_at: DateTime<Utc>,
    ) -> Result<String> {
        let claims = RefreshClaims {
            sub: user,
            sid: session,
            jti,
            kind: RefreshClaims::TYPE.into(),
            iat: issued_at.timestamp(),
            exp: expires_at.timestamp(),
            iss: self.issuer.clone(),
            aud: self.audience.clone(),
        };
        // By its own time, not by today's: the key that signed it then signs it the same again.
        self.sign(&claims, issued_at)
    }

    /// A browser's token.
    pub fn session(
        &self,
        user: UserId,
        session: SessionId,
        now: DateTime<Utc>,
    ) -> Result<SessionToken> {
        let expires_at = now + SESSION_LIFETIME;
        let claims = SessionClaims {
            sub: user,
            sid: session,
            kind: SessionClaims::TYPE.into(),
            iat: now.timestamp(),
            nbf: now.timestamp(),
            exp: expires_at.timestamp(),
            iss: self.issuer.clone(),
            aud: self.audience.clone(),
        };
        Ok(SessionToken { jwt: Secret::new(self.sign(&claims, now)?), expires_at })
    }

    /// What a browser keeps between the two steps of a sign-in.
    pub fn second_step(
        &self,
        user: UserId,
        password_changed_at: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Result<SessionToken> {
        let expires_at = now + SECOND_STEP_LIFETIME;
        let claims = SecondStepClaims {
            sub: user,
            password_of: password_changed_at.timestamp_micros(),
            kind: SecondStepClaims::TYPE.into(),
            iat: now.timestamp(),
            exp: expires_at.timestamp(),
            iss: self.issuer.clone(),
            aud: self.audience.clone(),
        };
        Ok(SessionToken { jwt: Secret::new(self.sign(&claims, now)?), expires_at })
    }

    /// The claims of a token of this kind; `None` whatever is wrong with it.
    pub fn verify<C: Claims>(&self, token: &str, now: DateTime<Utc>) -> Option<C> {
        let claims: C = verify::signed(&self.keys(), token)?;
        let common = claims.common();
        let ours =
            common.kind == C::TYPE && common.iss == self.issuer && common.aud == self.audience;
        let now = now.timestamp();
        let leeway = LEEWAY.num_seconds();
        let timely =
            common.nbf <= now.saturating_add(leeway) && now.saturating_sub(leeway) < common.exp;
        (ours && timely).then_some(claims)
    }

    /// Whose refresh token of the original service this is; `None` whatever is wrong with it. Whether it was imported is
    /// the database's to say.
    pub fn verify_original_refresh(&self, token: &str, now: DateTime<Utc>) -> Option<UserId> {
        original::refresh(&self.keys(), token, now)
    }

    /// A keyed hash: tells two values apart without keeping them. Changes with the list's first key.
    pub fn fingerprint(&self, purpose: &str, value: &str) -> Result<String> {
        let keys = self.keys();
        // Whatever kind the key is, its bytes are a secret that can key a hash.
        let secret = keys.keys.first().map_or(&[] as &[u8], |key| key.signing.as_bytes());
        jsonwebtoken::crypto::sign(
            format!("fingerprint\0{purpose}\0{value}").as_bytes(),
            &EncodingKey::from_secret(secret),
            Algorithm::HS256,
        )
        .map_err(|error| Error::Broken("a fingerprint could not be made", error.into()))
    }

    fn sign<C: Claims>(&self, claims: &C, now: DateTime<Utc>) -> Result<String> {
        let keys = self.keys();
        let key = keys.signing(now).ok_or_else(|| {
            Error::Broken("a token could not be signed", "there is no key".into())
        })?;
        let header = Header {
            typ: Some(C::TYP.into()),
            kid: Some(key.kid.clone()),
            ..Header::new(key.algorithm)
        };
        jsonwebtoken::encode(&header, claims, &key.signing)
            .map_err(|error| Error::Broken("a token could not be signed", error.into()))
    }
}

/// Whom an access token names.
#[derive(Clone, Copy, Debug)]
pub struct Person {
    /// Who.
    pub user: UserId,
    /// In which company.
    pub tenant: TenantId,
    /// As what.
    pub role: Role,
}
