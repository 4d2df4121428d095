//! Who did what, when, from where, as entries of the tenant's audit chain. Names fields, never their values.

use crate::{Client, Services};
use domain::UserId;
use serde_json::{Value, json};
use store::{AuditEntry, Caller};

/// What is worth keeping.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// A company was made.
    Registered,
    /// Somebody signed in.
    SignedIn,
    /// Somebody tried to, with a wrong password or while disabled.
    SignInRefused,
    /// Somebody signed out.
    SignedOut,
    /// A spent refresh token came again: its family was ended.
    RefreshTokenReused,
    /// A person ended sign-ins of theirs.
    SignInsEnded,
    /// A signed-in person gave a wrong password or code before something that asks for it.
    ProofRefused,
    /// A password was changed by who knew the present one.
    PasswordChanged,
    /// Somebody asked for a link to set a new password.
    PasswordResetRequested,
    /// A password was set through such a link.
    PasswordReset,
    /// A letter proved an address.
    EmailVerified,
    /// A code is asked for at sign-in from now on.
    SecondFactorOn,
    /// None is asked for any more.
    SecondFactorOff,
    /// New recovery codes took the place of the old ones.
    RecoveryCodesMade,
    /// The company has another name.
    TenantRenamed,
    /// Keys were stored or removed.
    CredentialsChanged,
    /// A sync was asked for.
    SyncStarted,
    /// A demo was opened.
    DemoStarted,
}

impl Action {
    /// The stored word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Registered => "registered",
            Self::SignedIn => "signed_in",
            Self::SignInRefused => "sign_in_refused",
            Self::SignedOut => "signed_out",
            Self::RefreshTokenReused => "refresh_token_reused",
            Self::SignInsEnded => "sign_ins_ended",
            Self::ProofRefused => "proof_refused",
            Self::PasswordChanged => "password_changed",
            Self::PasswordResetRequested => "password_reset_requested",
            Self::PasswordReset => "password_reset",
            Self::EmailVerified => "email_verified",
            Self::SecondFactorOn => "second_factor_on",
            Self::SecondFactorOff => "second_factor_off",
            Self::RecoveryCodesMade => "recovery_codes_made",
            Self::TenantRenamed => "tenant_renamed",
            Self::CredentialsChanged => "credentials_changed",
            Self::SyncStarted => "sync_started",
            Self::DemoStarted => "demo_started",
        }
    }
}

/// An entry by a caller. `details` holds words, whole numbers and truths, and never a secret.
pub fn entry(
    services: &Services,
    caller: &Caller,
    client: &Client,
    action: Action,
    details: Value,
) -> AuditEntry {
    by(services, caller.user_id(), client, action, details)
}

/// An entry where there is no caller yet.
pub(crate) fn by(
    services: &Services,
    actor: Option<UserId>,
    client: &Client,
    action: Action,
    mut details: Value,
) -> AuditEntry {
    if let Value::Object(fields) = &mut details {
        fields.insert("request_id".into(), json!(client.request_id));
    }
    AuditEntry {
        at: services.clock.now(),
        actor,
        action: action.as_str().into(),
        details,
        address: client.place(),
    }
}
