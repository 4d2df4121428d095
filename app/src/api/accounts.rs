//! Signing up, in and out; language and theme.
#![cfg_attr(feature = "ssr", expect(clippy::unused_async, reason = "server functions are async"))]
#![expect(missing_docs, reason = "fields of the macro's structs: the functions' arguments")]

use super::Failure;
use domain::{Marketplace, Secret, auth::Session};
use leptos::prelude::*;

#[cfg(feature = "ssr")]
use {
    super::{cookies, door::Door},
    crate::state::preferences,
    domain::{
        auth::{LoginRequest, RegisterRequest},
        person::CodeProof,
    },
    services::accounts::login::{self, Entry},
};

/// Registers a company and its owner, and signs them in: the answer sets the session's cookie.
#[cfg_attr(feature = "ssr", utoipa::path(
    post, path = "/api/fn/accounts/register", tag = "dashboard",
    request_body(content = RegisterRequest, content_type = "application/x-www-form-urlencoded"),
    responses((status = 200), (status = 409, body = domain::ApiError), (status = 422, body = domain::ApiError))
))]
#[server(prefix = "/api/fn", endpoint = "accounts/register")]
pub async fn register(
    email: String,
    password: Secret,
    company_name: String,
    marketplace_type: Option<Marketplace>,
    invitation: Option<Secret>,
) -> Result<(), Failure> {
    let door = Door::open()?;
    let typed = [("email", email.clone()), ("company_name", company_name.clone())];
    let marketplace_type = marketplace_type.unwrap_or_default();
    let request = RegisterRequest { email, password, company_name, marketplace_type, invitation };
    let outcome =
        services::accounts::register::for_browser(&door.services, request, &door.client).await;
    let typed = typed.each_ref().map(|(field, text)| (*field, text.as_str()));
    let token = door.answer_form("/register", &typed, outcome)?;
    cookies::append(&services::access::set_cookie(&door.services, &token));
    door.go_to("/settings");
    Ok(())
}

/// Signs in: the answer sets the session's cookie. Where a second factor is set, 401 `second_factor_required`: a form
/// goes on to the page that asks for the code.
#[cfg_attr(feature = "ssr", utoipa::path(
    post, path = "/api/fn/accounts/login", tag = "dashboard",
    request_body(content = LoginRequest, content_type = "application/x-www-form-urlencoded"),
    responses((status = 200), (status = 401, body = domain::ApiError), (status = 422, body = domain::ApiError))
))]
#[server(prefix = "/api/fn", endpoint = "accounts/login")]
pub async fn login(email: String, password: Secret) -> Result<(), Failure> {
    let door = Door::open()?;
    let typed = email.clone();
    let request = LoginRequest { email, password, otp: None };
    let outcome = login::for_browser(&door.services, request, &door.client).await;
    match door.answer_form("/login", &[("email", &typed)], outcome)? {
        Entry::SignedIn(token) => {
            cookies::append(&services::access::set_cookie(&door.services, &token));
            door.go_to(&cookies::take_next().unwrap_or_else(|| "/".to_owned()));
            Ok(())
        }
        Entry::CodeNeeded(token) => {
            cookies::append(&services::access::set_second_step_cookie(&door.services, &token));
            if !door.is_plain_form() {
                return Err(door.fail(login::second_factor_required()));
            }
            door.go_to("/login/code");
            Ok(())
        }
    }
}

/// The second step of signing in: an authenticator's code, or a recovery code.
#[cfg_attr(feature = "ssr", utoipa::path(
    post, path = "/api/fn/accounts/login_code", tag = "dashboard",
    request_body(content = CodeProof, content_type = "application/x-www-form-urlencoded"),
    responses((status = 200), (status = 401, body = domain::ApiError), (status = 429, body = domain::ApiError))
))]
#[server(prefix = "/api/fn", endpoint = "accounts/login_code")]
pub async fn login_code(code: Secret) -> Result<(), Failure> {
    let door = Door::open()?;
    // Too long after the first step there is nothing to go on with.
    let page =
        if login::awaits_code(&door.services, door.headers()) { "/login/code" } else { "/login" };
    let outcome = login::with_code(&door.services, door.headers(), &code, &door.client).await;
    let token = door.answer_form(page, &[], outcome)?;
    cookies::append(&services::access::clear_second_step_cookie(&door.services));
    cookies::append(&services::access::set_cookie(&door.services, &token));
    door.go_to(&cookies::take_next().unwrap_or_else(|| "/".to_owned()));
    Ok(())
}

/// Ends this browser's session.
#[cfg_attr(feature = "ssr", utoipa::path(
    post, path = "/api/fn/accounts/logout", tag = "dashboard",
    responses((status = 200), (status = 401, body = domain::ApiError))
))]
#[server(prefix = "/api/fn", endpoint = "accounts/logout")]
pub async fn logout() -> Result<(), Failure> {
    let (door, caller) = Door::enter().await?;
    let outcome = services::accounts::sign_out(&door.services, &caller, &door.client).await;
    door.answer_form("/login", &[], outcome)?;
    cookies::append(&services::access::clear_cookie(&door.services));
    door.go_to("/login");
    Ok(())
}

/// Who is signed in.
#[cfg_attr(feature = "ssr", utoipa::path(
    get, path = "/api/fn/accounts/session", tag = "dashboard",
    responses((status = 200, body = Session), (status = 401, body = domain::ApiError))
))]
#[server(name = ReadSession, prefix = "/api/fn", endpoint = "accounts/session", input = leptos::server_fn::codec::GetUrl)]
pub async fn session() -> Result<Session, Failure> {
    let (door, caller) = Door::enter().await?;
    door.answer(services::accounts::session(&door.services, &caller).await)
}

/// Makes a demo shop and signs its visitor in.
#[cfg_attr(feature = "ssr", utoipa::path(
    post, path = "/api/fn/accounts/start_demo", tag = "dashboard",
    responses((status = 200), (status = 403, body = domain::ApiError), (status = 429, body = domain::ApiError))
))]
#[server(prefix = "/api/fn", endpoint = "accounts/start_demo")]
pub async fn start_demo() -> Result<(), Failure> {
    let door = Door::open()?;
    let outcome = services::demo::start(&door.services, &door.client).await;
    let token = door.answer_form(&door.came_from(), &[], outcome)?;
    cookies::append(&services::access::set_cookie(&door.services, &token));
    door.go_to("/");
    Ok(())
}

/// Removes the demo that its visitor has seen enough of: the session ends.
#[cfg_attr(feature = "ssr", utoipa::path(
    post, path = "/api/fn/accounts/leave_demo", tag = "dashboard",
    responses((status = 200), (status = 401, body = domain::ApiError), (status = 403, body = domain::ApiError), (status = 404, body = domain::ApiError))
))]
#[server(prefix = "/api/fn", endpoint = "accounts/leave_demo")]
pub async fn leave_demo() -> Result<(), Failure> {
    let (door, caller) = Door::enter().await?;
    let outcome = services::demo::leave(&door.services, &caller).await;
    door.answer_form(&door.came_from(), &[], outcome)?;
    cookies::append(&services::access::clear_cookie(&door.services));
    door.go_to("/login");
    Ok(())
}

/// Keeps the language in a cookie; anything but `ru` and `en` is ignored.
#[cfg_attr(feature = "ssr", utoipa::path(
    post, path = "/api/fn/accounts/set_locale", tag = "dashboard", responses((status = 200))
))]
#[server(prefix = "/api/fn", endpoint = "accounts/set_locale")]
pub async fn set_locale(locale: String) -> Result<(), Failure> {
    let door = Door::open()?;
    if let Some(locale) = domain::Locale::from_tag(&locale) {
        cookies::keep(preferences::LOCALE_COOKIE, locale.tag());
    }
    door.go_to(&door.came_from());
    Ok(())
}

/// Keeps the theme in a cookie; anything but `light`, `dark` and `system` is ignored.
#[cfg_attr(feature = "ssr", utoipa::path(
    post, path = "/api/fn/accounts/set_theme", tag = "dashboard", responses((status = 200))
))]
#[server(prefix = "/api/fn", endpoint = "accounts/set_theme")]
pub async fn set_theme(theme: String) -> Result<(), Failure> {
    let door = Door::open()?;
    if let Some(theme) = preferences::Theme::from_word(&theme) {
        cookies::keep(preferences::THEME_COOKIE, theme.as_str());
    }
    door.stay();
    Ok(())
}
