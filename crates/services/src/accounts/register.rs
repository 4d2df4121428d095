//! Registers a company: tenant, owner, free plan, first shop and sign-in, in one transaction. The owner is somebody new,
//! or somebody who has an account and belongs to no company any more.

use super::{
    door::{Api, Browser, Door},
    prove::{Newcomer, prove},
};
use crate::{
    Client, Registration, Services,
    audit::{self, Action},
    error::Result,
    people, random,
    tokens::{Person, SessionToken},
};
use domain::{
    ApiError, ErrorCode, FieldError, Plan, Realm, Role, Secret,
    auth::{RegisterRequest, TokenPair},
    validation,
};
use serde_json::json;
use store::{NewAccount, NewTenant, NewUser, Reason, SignupLink};

/// For an API client. 403 when registration is closed, 409 when the e-mail is taken, 422.
pub async fn for_api(
    services: &Services,
    request: RegisterRequest,
    client: &Client,
) -> Result<TokenPair> {
    register::<Api>(services, request, client).await
}

/// For a browser; the same rules.
pub async fn for_browser(
    services: &Services,
    request: RegisterRequest,
    client: &Client,
) -> Result<SessionToken> {
    register::<Browser>(services, request, client).await
}

async fn register<D: Door>(
    services: &Services,
    request: RegisterRequest,
    client: &Client,
) -> Result<D::Answer> {
    let link = admitted(services, request.invitation.as_ref()).await?;
    let errors = request.check();
    if !errors.is_empty() {
        return Err(ApiError::validation(errors).into());
    }
    let RegisterRequest { email, password, company_name, marketplace_type: marketplace, .. } =
        request;
    let (email, company_name) = (email.trim(), company_name.trim());
    let email_key = validation::email_key(email);
    if let Some(SignupLink { email_key: Some(named), .. }) = &link
        && *named != email_key
    {
        return Err(another().into());
    }
    let about = vec![email.to_owned(), company_name.to_owned()];
    let newcomer = prove(services, &email_key, password, about, client).await?;

    let now = services.clock.now();
    let clock = &services.clock;
    let user = match newcomer {
        Newcomer::Known(user) => user,
        Newcomer::New { .. } => clock.new_id(),
    };
    let person = Person { user, tenant: clock.new_id(), role: Role::Owner };
    let tenant =
        NewTenant { id: person.tenant, name: company_name, marketplace, demo_until: None, now };
    let account = NewAccount {
        id: clock.new_id(),
        marketplace,
        realm: Realm::Production,
        name: marketplace_name(marketplace),
        now,
    };
    let mut tx = services.store.system_write(Reason::SignIn).await?;
    if let Some(link) = link
        && !tx.use_signup_link(link.id).await?
    {
        return Err(link_gone().into());
    }
    if let Newcomer::New { password_hash } = &newcomer {
        let owner = NewUser {
            id: user,
            email: Some(email),
            email_key: Some(&email_key),
            password_hash: Some(password_hash),
            now,
        };
        match tx.add_user(&owner).await {
            Err(store::Error::Conflict(_)) => return Err(taken().into()),
            other => other?,
        }
    }
    tx.found_company(&tenant, user, &account).await?;
    let plan = services.settings.new_company_plan;
    if plan != Plan::default() {
        tx.set_plan(person.tenant, plan).await?;
    }
    let (_, answer) = D::open(services, &mut tx, person, client).await?;
    let details = json!({ "marketplace": marketplace });
    let entry = audit::by(services, Some(person.user), client, Action::Registered, details);
    tx.audit(person.tenant, &entry).await?;
    tx.commit().await?;
    tracing::info!(tenant = %person.tenant, user = %person.user, "registered");
    people::welcome(services, person.user, email.to_owned(), client);
    Ok(answer)
}

/// Whether a company may be registered, and with which of the operator's links.
async fn admitted(services: &Services, token: Option<&Secret>) -> Result<Option<SignupLink>> {
    let token = match (services.settings.registration, token) {
        (Registration::Open, _) => return Ok(None),
        (Registration::Closed, _) => return Err(closed().into()),
        (Registration::Invite, None) => return Err(by_invitation().into()),
        (Registration::Invite, Some(token)) => token,
    };
    let mut tx = services.store.system_read(Reason::SignIn).await?;
    let link = tx.signup_link(&random::hash(token.expose()), services.clock.now()).await?;
    tx.commit().await?;
    Ok(Some(link.ok_or_else(link_gone)?))
}

/// What a shop is called until its marketplace tells the seller's name.
pub(crate) fn marketplace_name(marketplace: domain::Marketplace) -> &'static str {
    match marketplace {
        domain::Marketplace::Wildberries => "Wildberries",
        domain::Marketplace::Ozon => "Ozon",
    }
}

fn closed() -> ApiError {
    ApiError::new(
        ErrorCode::Closed,
        "Registration is closed here. Ask the operator of this installation for an account.",
    )
}

fn by_invitation() -> ApiError {
    ApiError::new(
        ErrorCode::Closed,
        "Registration is by invitation here. Ask the operator of this installation for a link.",
    )
}

fn link_gone() -> ApiError {
    ApiError::new(
        ErrorCode::Closed,
        "This sign-up link was used, or its time is over. Ask the operator of this installation for another.",
    )
}

fn another() -> ApiError {
    ApiError::new(ErrorCode::InvitedAnother, "This sign-up link is for another e-mail address.")
}

/// 409: the address has an account.
pub(crate) fn taken() -> ApiError {
    ApiError::new(ErrorCode::Conflict, "This e-mail has an account. Sign in with it.")
}

/// 422: a password that anybody would try.
pub(crate) fn too_common(field: &str) -> ApiError {
    ApiError::validation(vec![FieldError::body(
        field,
        "too_common",
        "this password is among the first that anybody would try; choose another, a few words do well",
    )])
}
