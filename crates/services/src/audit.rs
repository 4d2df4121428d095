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
    /// The company has another name.
    TenantRenamed,
    /// Keys were stored or removed.
    CredentialsChanged,
    /// A sync was asked for.
    SyncStarted,
    /// A demo was opened.
    DemoStarted,
    /// The operator gave the company another plan.
    PlanChanged,
    /// The operator suspended the company.
    TenantSuspended,
    /// The operator let it work again.
    TenantResumed,
    /// It moved over from the original service.
    TenantImported,
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
            Self::TenantRenamed => "tenant_renamed",
            Self::CredentialsChanged => "credentials_changed",
            Self::SyncStarted => "sync_started",
            Self::DemoStarted => "demo_started",
            Self::PlanChanged => "plan_changed",
            Self::TenantSuspended => "tenant_suspended",
            Self::TenantResumed => "tenant_resumed",
            Self::TenantImported => "tenant_imported",
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

/// An entry by the installation's operator, from the command line of the machine.
pub(crate) fn by_operator(services: &Services, action: Action, mut details: Value) -> AuditEntry {
    if let Value::Object(fields) = &mut details {
        fields.insert("by".into(), json!("operator"));
    }
    AuditEntry {
        at: services.clock.now(),
        actor: None,
        action: action.as_str().into(),
        details,
        address: "command line".into(),
    }
}
