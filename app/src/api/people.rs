//! A person's own account: password, address, sign-ins, second factor. Plain forms, answered with 303.
#![cfg_attr(feature = "ssr", expect(clippy::unused_async, reason = "server functions are async"))]
#![expect(missing_docs, reason = "fields of the macro's structs: the functions' arguments")]

use super::Failure;
use domain::{
    Secret, SessionId,
    person::{Profile, SecondFactorState, SignInsEnded, SignedIn},
};
use leptos::{prelude::*, server_fn::codec::GetUrl};

#[cfg(feature = "ssr")]
use {
    super::{cookies, door::Door},
    domain::person::{
        BothProofs, CodeProof, EmailProof, ForgottenPassword, PasswordChange, PasswordProof,
        PasswordReset, RecoveryCodes,
    },
    services::people,
};

/// The page of the account.
#[cfg(feature = "ssr")]
const PROFILE: &str = "/settings/profile";
/// The page of the second factor.
#[cfg(feature = "ssr")]
const SECOND_FACTOR: &str = "/settings/profile/second-factor";

/// The caller's own account.
#[cfg_attr(feature = "ssr", utoipa::path(
    get, path = "/api/fn/people/profile", tag = "dashboard",
    responses((status = 200, body = Profile), (status = 401, body = domain::ApiError))
))]
#[server(name = ReadProfile, prefix = "/api/fn", endpoint = "people/profile", input = GetUrl)]
pub async fn profile() -> Result<Profile, Failure> {
    let (door, caller) = Door::enter().await?;
    door.answer(people::profile(&door.services, &caller).await)
}

/// Changes the caller's password; other sign-ins end.
#[cfg_attr(feature = "ssr", utoipa::path(
    post, path = "/api/fn/people/change_password", tag = "dashboard",
    request_body(content = PasswordChange, content_type = "application/x-www-form-urlencoded"),
    responses((status = 200), (status = 401, body = domain::ApiError), (status = 422, body = domain::ApiError))
))]
#[server(prefix = "/api/fn", endpoint = "people/change_password")]
pub async fn change_password(
    current_password: Secret,
    new_password: Secret,
) -> Result<(), Failure> {
    let (door, caller) = Door::enter().await?;
    let request = PasswordChange { current_password, new_password };
    let outcome = people::change_password(&door.services, &caller, request, &door.client).await;
    door.answer_form(PROFILE, &[], outcome)
}

/// Sends a link to set a new password; the same answer for every address.
#[cfg_attr(feature = "ssr", utoipa::path(
    post, path = "/api/fn/people/forgot_password", tag = "dashboard",
    request_body(content = ForgottenPassword, content_type = "application/x-www-form-urlencoded"),
    responses((status = 200), (status = 422, body = domain::ApiError), (status = 429, body = domain::ApiError))
))]
#[server(prefix = "/api/fn", endpoint = "people/forgot_password")]
pub async fn forgot_password(email: String) -> Result<(), Failure> {
    let door = Door::open()?;
    let request = ForgottenPassword { email };
    let outcome = people::forgot_password(&door.services, &request, &door.client);
    door.answer_form("/forgot", &[("email", &request.email)], outcome)
}

/// Sets a new password through the link of a letter.
#[cfg_attr(feature = "ssr", utoipa::path(
    post, path = "/api/fn/people/reset_password", tag = "dashboard",
    request_body(content = PasswordReset, content_type = "application/x-www-form-urlencoded"),
    responses((status = 200), (status = 422, body = domain::ApiError))
))]
#[server(prefix = "/api/fn", endpoint = "people/reset_password")]
pub async fn reset_password(token: Secret, password: Secret) -> Result<(), Failure> {
    let door = Door::open()?;
    let page = page_of_link("/reset", &token);
    let request = PasswordReset { token, password };
    let outcome = people::reset_password(&door.services, request, &door.client).await;
    let page = if outcome.is_ok() { "/login" } else { &page };
    door.answer_form(page, &[], outcome)
}

/// Sends the caller another letter that proves their address.
#[cfg_attr(feature = "ssr", utoipa::path(
    post, path = "/api/fn/people/ask_for_verification", tag = "dashboard",
    responses((status = 200), (status = 401, body = domain::ApiError), (status = 409, body = domain::ApiError))
))]
#[server(prefix = "/api/fn", endpoint = "people/ask_for_verification")]
pub async fn ask_for_verification() -> Result<(), Failure> {
    let (door, caller) = Door::enter().await?;
    let outcome = people::ask_for_verification(&door.services, &caller, &door.client).await;
    door.answer_form(PROFILE, &[], outcome)
}

/// Proves an address by the link of a letter.
#[cfg_attr(feature = "ssr", utoipa::path(
    post, path = "/api/fn/people/verify_email", tag = "dashboard",
    request_body(content = EmailProof, content_type = "application/x-www-form-urlencoded"),
    responses((status = 200), (status = 422, body = domain::ApiError))
))]
#[server(prefix = "/api/fn", endpoint = "people/verify_email")]
pub async fn verify_email(token: Secret) -> Result<(), Failure> {
    let door = Door::open()?;
    let page = page_of_link("/verify", &token);
    let outcome = people::verify_email(&door.services, EmailProof { token }, &door.client).await;
    door.answer_form(&page, &[], outcome)
}

/// The caller's own sign-ins.
#[cfg_attr(feature = "ssr", utoipa::path(
    get, path = "/api/fn/people/sign_ins", tag = "dashboard",
    responses((status = 200, body = Vec<SignedIn>), (status = 401, body = domain::ApiError))
))]
#[server(name = ReadSignIns, prefix = "/api/fn", endpoint = "people/sign_ins", input = GetUrl)]
pub async fn sign_ins() -> Result<Vec<SignedIn>, Failure> {
    let (door, caller) = Door::enter().await?;
    door.answer(people::sign_ins(&door.services, &caller).await)
}

/// Ends one of the caller's own sign-ins.
#[cfg_attr(feature = "ssr", utoipa::path(
    post, path = "/api/fn/people/end_sign_in", tag = "dashboard",
    responses((status = 200), (status = 401, body = domain::ApiError), (status = 404, body = domain::ApiError))
))]
#[server(prefix = "/api/fn", endpoint = "people/end_sign_in")]
pub async fn end_sign_in(id: SessionId) -> Result<(), Failure> {
    let (door, caller) = Door::enter().await?;
    let outcome = people::end_sign_in(&door.services, &caller, id, &door.client).await;
    door.answer_form(PROFILE, &[], outcome)
}

/// Ends all of the caller's own sign-ins but this one.
#[cfg_attr(feature = "ssr", utoipa::path(
    post, path = "/api/fn/people/end_other_sign_ins", tag = "dashboard",
    responses((status = 200, body = SignInsEnded), (status = 401, body = domain::ApiError))
))]
#[server(prefix = "/api/fn", endpoint = "people/end_other_sign_ins")]
pub async fn end_other_sign_ins() -> Result<SignInsEnded, Failure> {
    let (door, caller) = Door::enter().await?;
    let outcome = people::end_other_sign_ins(&door.services, &caller, &door.client).await;
    door.answer_form(PROFILE, &[], outcome)
}

/// How far the caller's second factor is. Recovery codes that a form has just made are in the first answer only.
#[cfg_attr(feature = "ssr", utoipa::path(
    get, path = "/api/fn/people/second_factor", tag = "dashboard",
    responses((status = 200, body = SecondFactorState), (status = 401, body = domain::ApiError))
))]
#[server(name = ReadSecondFactor, prefix = "/api/fn", endpoint = "people/second_factor", input = GetUrl)]
pub async fn second_factor() -> Result<SecondFactorState, Failure> {
    let (door, caller) = Door::enter().await?;
    let sealed = cookies::take_codes();
    door.answer(people::second_factor::state(&door.services, &caller, sealed.as_deref()).await)
}

/// Begins to set up a second factor: the page then shows its secret.
#[cfg_attr(feature = "ssr", utoipa::path(
    post, path = "/api/fn/people/begin_second_factor", tag = "dashboard",
    request_body(content = PasswordProof, content_type = "application/x-www-form-urlencoded"),
    responses((status = 200), (status = 401, body = domain::ApiError), (status = 422, body = domain::ApiError))
))]
#[server(prefix = "/api/fn", endpoint = "people/begin_second_factor")]
pub async fn begin_second_factor(password: Secret) -> Result<(), Failure> {
    let (door, caller) = Door::enter().await?;
    let request = PasswordProof { password };
    let outcome =
        people::second_factor::begin(&door.services, &caller, request, &door.client).await;
    door.answer_form(SECOND_FACTOR, &[], outcome.map(drop))
}

/// Puts the second factor into use: the page then shows the recovery codes.
#[cfg_attr(feature = "ssr", utoipa::path(
    post, path = "/api/fn/people/confirm_second_factor", tag = "dashboard",
    request_body(content = CodeProof, content_type = "application/x-www-form-urlencoded"),
    responses((status = 200), (status = 401, body = domain::ApiError), (status = 422, body = domain::ApiError))
))]
#[server(prefix = "/api/fn", endpoint = "people/confirm_second_factor")]
pub async fn confirm_second_factor(code: Secret) -> Result<(), Failure> {
    let (door, caller) = Door::enter().await?;
    let request = CodeProof { code };
    let outcome =
        people::second_factor::confirm(&door.services, &caller, request, &door.client).await;
    show_codes(&door, &caller, outcome)
}

/// Makes new recovery codes: the page then shows them.
#[cfg_attr(feature = "ssr", utoipa::path(
    post, path = "/api/fn/people/replace_recovery_codes", tag = "dashboard",
    request_body(content = BothProofs, content_type = "application/x-www-form-urlencoded"),
    responses((status = 200), (status = 401, body = domain::ApiError), (status = 422, body = domain::ApiError))
))]
#[server(prefix = "/api/fn", endpoint = "people/replace_recovery_codes")]
pub async fn replace_recovery_codes(password: Secret, code: Secret) -> Result<(), Failure> {
    let (door, caller) = Door::enter().await?;
    let request = BothProofs { password, code };
    let outcome =
        people::second_factor::replace_codes(&door.services, &caller, request, &door.client).await;
    show_codes(&door, &caller, outcome)
}

/// Takes the second factor away.
#[cfg_attr(feature = "ssr", utoipa::path(
    post, path = "/api/fn/people/switch_off_second_factor", tag = "dashboard",
    request_body(content = BothProofs, content_type = "application/x-www-form-urlencoded"),
    responses((status = 200), (status = 401, body = domain::ApiError), (status = 422, body = domain::ApiError))
))]
#[server(prefix = "/api/fn", endpoint = "people/switch_off_second_factor")]
pub async fn switch_off_second_factor(password: Secret, code: Secret) -> Result<(), Failure> {
    let (door, caller) = Door::enter().await?;
    let request = BothProofs { password, code };
    let outcome =
        people::second_factor::switch_off(&door.services, &caller, request, &door.client).await;
    door.answer_form(SECOND_FACTOR, &[], outcome)
}

/// The codes travel to the next page sealed, in a cookie that lives for a minute: a redirect has no body.
#[cfg(feature = "ssr")]
#[expect(
    clippy::result_large_err,
    reason = "the error is the answer's body: it is made once and sent"
)]
fn show_codes(
    door: &Door,
    caller: &services::Caller,
    outcome: Result<RecoveryCodes, services::Error>,
) -> Result<(), Failure> {
    let sealed =
        outcome.and_then(|codes| people::second_factor::seal_codes(&door.services, caller, &codes));
    let sealed = door.answer_form(SECOND_FACTOR, &[], sealed)?;
    cookies::leave_codes(&sealed);
    Ok(())
}

/// The page of a link, if the token can be one.
#[cfg(feature = "ssr")]
fn page_of_link(page: &str, token: &Secret) -> String {
    let token = token.expose();
    let can_be = token.len() == 43
        && token.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
    if can_be { format!("{page}/{token}") } else { "/login".to_owned() }
}
