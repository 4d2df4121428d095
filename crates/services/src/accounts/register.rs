//! Registers a company: tenant, owner, free plan, first shop and sign-in, in one transaction.

use super::door::{Api, Browser, Door};
use crate::{
    Client, Registration, Services,
    audit::{self, Action},
    error::Result,
    hasher::TooCommon,
    tokens::{Person, SessionToken},
};
use domain::{
    ApiError, ErrorCode, FieldError, Plan, Realm, Role,
    auth::{RegisterRequest, TokenPair},
    validation,
};
use serde_json::json;
use store::{NewAccount, NewCompany, NewTenant, NewUser, Reason};

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
    if services.settings.registration != Registration::Open {
        return Err(closed().into());
    }
    let errors = request.check();
    if !errors.is_empty() {
        return Err(ApiError::validation(errors).into());
    }
    let RegisterRequest { email, password, company_name, marketplace_type: marketplace } = request;
    let (email, company_name) = (email.trim(), company_name.trim());
    let email_key = validation::email_key(email);

    let about = vec![email.to_owned(), company_name.to_owned()];
    let Ok(password_hash) = services.hasher.hash_new(password, about).await? else {
        return Err(too_common(TooCommon).into());
    };

    let now = services.clock.now();
    let clock = &services.clock;
    let person = Person { user: clock.new_id(), tenant: clock.new_id(), role: Role::Owner };
    let company = NewCompany {
        tenant: NewTenant {
            id: person.tenant,
            name: company_name,
            marketplace,
            demo_until: None,
            now,
        },
        owner: NewUser {
            id: person.user,
            email: Some(email),
            email_key: Some(&email_key),
            password_hash: Some(&password_hash),
            now,
        },
        account: NewAccount {
            id: clock.new_id(),
            marketplace,
            realm: Realm::Production,
            name: marketplace_name(marketplace),
            now,
        },
    };
    let mut tx = services.store.system_write(Reason::SignIn).await?;
    match tx.register(&company).await {
        Err(store::Error::Conflict(_)) => return Err(taken().into()),
        other => other?,
    }
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
    Ok(answer)
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

fn taken() -> ApiError {
    ApiError::new(ErrorCode::Conflict, "This e-mail has an account. Sign in with it.")
}

fn too_common(_: TooCommon) -> ApiError {
    ApiError::validation(vec![FieldError::body(
        "password",
        "too_common",
        "this password is among the first that anybody would try; choose another, a few words do well",
    )])
}
