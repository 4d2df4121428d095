//! Who did what, when, from where, as entries of the tenant's audit chain. Names fields, never their values.

use crate::{Client, Services};
use domain::UserId;
use serde_json::{Value, json};
use store::{Actor, AuditEntry, Caller};

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
    /// A shop was connected.
    ShopConnected,
    /// A shop has another name, colour or schedule.
    ShopChanged,
    /// A shop was removed with all that was read of it.
    ShopRemoved,
    /// The rules of orders are others.
    PlanningRulesChanged,
    /// A sync was asked for.
    SyncStarted,
    /// A sync was ended before its end.
    SyncCancelled,
    /// A demo was opened.
    DemoStarted,
    /// Somebody was invited.
    InvitationMade,
    /// An invitation was taken back.
    InvitationRevoked,
    /// Somebody accepted an invitation.
    MemberJoined,
    /// A member has another role.
    MemberRoleChanged,
    /// Ownership was handed over.
    OwnershipTransferred,
    /// A member was removed.
    MemberRemoved,
    /// A member left.
    MemberLeft,
    /// A person came from another company of theirs.
    CompanyEntered,
    /// An API key was made.
    ApiKeyMade,
    /// An API key was revoked.
    ApiKeyRevoked,
    /// The company's data was taken out.
    DataExported,
    /// A list was taken out as a file.
    ListExported,
    /// What holds for ordering a product, brand or shop was said anew.
    ProductSettingsChanged,
    /// A note was written on a product.
    NoteAdded,
    /// A note was taken away.
    NoteDeleted,
    /// A tag was made.
    TagMade,
    /// A tag was deleted.
    TagDeleted,
    /// A tag was put on many products, or taken off them.
    TagsChanged,
    /// That was undone.
    TagsChangeUndone,
    /// Products of several shops were said to be one thing.
    ProductsLinked,
    /// A product was taken out of that.
    ProductUnlinked,
    /// Products were said not to be one thing.
    LinkDeclined,
    /// A view of the product table was saved.
    ViewSaved,
    /// A saved view was deleted.
    ViewDeleted,
    /// The operator gave the company another plan.
    PlanChanged,
    /// The operator suspended the company.
    TenantSuspended,
    /// The operator let it work again.
    TenantResumed,
    /// It moved over from the original service.
    TenantImported,
    /// An operator looked: in the operators' log, and in the log of the company whose data it was.
    OperatorLooked,
    /// A person was made an operator.
    OperatorAdded,
    /// An operator is none any more.
    OperatorRemoved,
    /// An operator had a sync tried again.
    SyncTriedAgain,
    /// An operator set a sync aside.
    SyncSetAside,
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
            Self::ShopConnected => "shop_connected",
            Self::ShopChanged => "shop_changed",
            Self::ShopRemoved => "shop_removed",
            Self::PlanningRulesChanged => "planning_rules_changed",
            Self::SyncStarted => "sync_started",
            Self::SyncCancelled => "sync_cancelled",
            Self::DemoStarted => "demo_started",
            Self::InvitationMade => "invitation_made",
            Self::InvitationRevoked => "invitation_revoked",
            Self::MemberJoined => "member_joined",
            Self::MemberRoleChanged => "member_role_changed",
            Self::OwnershipTransferred => "ownership_transferred",
            Self::MemberRemoved => "member_removed",
            Self::MemberLeft => "member_left",
            Self::CompanyEntered => "company_entered",
            Self::ApiKeyMade => "api_key_made",
            Self::ApiKeyRevoked => "api_key_revoked",
            Self::DataExported => "data_exported",
            Self::ListExported => "list_exported",
            Self::ProductSettingsChanged => "product_settings_changed",
            Self::NoteAdded => "note_added",
            Self::NoteDeleted => "note_deleted",
            Self::TagMade => "tag_made",
            Self::TagDeleted => "tag_deleted",
            Self::TagsChanged => "tags_changed",
            Self::TagsChangeUndone => "tags_change_undone",
            Self::ProductsLinked => "products_linked",
            Self::ProductUnlinked => "product_unlinked",
            Self::LinkDeclined => "link_declined",
            Self::ViewSaved => "view_saved",
            Self::ViewDeleted => "view_deleted",
            Self::PlanChanged => "plan_changed",
            Self::TenantSuspended => "tenant_suspended",
            Self::TenantResumed => "tenant_resumed",
            Self::TenantImported => "tenant_imported",
            Self::OperatorLooked => "operator_looked",
            Self::OperatorAdded => "operator_added",
            Self::OperatorRemoved => "operator_removed",
            Self::SyncTriedAgain => "sync_tried_again",
            Self::SyncSetAside => "sync_set_aside",
        }
    }
}

/// An entry by a caller; an API key is named in it. `details` holds words, whole numbers and truths, and never a
/// secret.
pub fn entry(
    services: &Services,
    caller: &Caller,
    client: &Client,
    action: Action,
    mut details: Value,
) -> AuditEntry {
    if let (Actor::ApiKey { key, name, .. }, Value::Object(fields)) = (caller.actor(), &mut details)
    {
        fields.insert("api_key".into(), json!({ "id": key, "name": **name }));
    }
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
        fields.insert("request_id".into(), json!(&*client.request_id));
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
pub(crate) fn by_operator(services: &Services, action: Action, details: Value) -> AuditEntry {
    AuditEntry { address: "command line".into(), ..by_operator_of(services, action, details) }
}

/// An entry of a company's log by the installation's operators: which of them it was, and from where, stands in their
/// own log.
pub(crate) fn by_operator_of(
    services: &Services,
    action: Action,
    mut details: Value,
) -> AuditEntry {
    if let Value::Object(fields) = &mut details {
        fields.insert("by".into(), json!("operator"));
    }
    AuditEntry {
        at: services.clock.now(),
        actor: None,
        action: action.as_str().into(),
        details,
        address: "operators' area".into(),
    }
}
