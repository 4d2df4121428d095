//! Cookies of the pages: language, theme, the message of a form, sealed recovery codes on their way to a page. The session's cookie is made by
//! `services`.

use crate::state::flash::Flash;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use http::{HeaderMap, HeaderValue, header};
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;

const FLASH: &str = "flash";
const CODES: &str = "codes";
const NEXT: &str = "next";
/// Browsers keep 4 KiB a cookie; what was typed is dropped first.
const FLASH_LIMIT: usize = 3500;

/// The value of a cookie.
pub fn read(headers: &HeaderMap, name: &str) -> Option<String> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value.to_owned())
}

/// Adds a `Set-Cookie` to the answer.
pub fn append(value: &str) {
    if let Some(options) = use_context::<ResponseOptions>()
        && let Ok(value) = HeaderValue::from_str(value)
    {
        options.append_header(header::SET_COOKIE, value);
    }
}

/// Keeps a choice for a year.
pub fn keep(name: &str, value: &str) {
    append(&format!(
        "{name}={value}; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly{}",
        secure()
    ));
}

/// Leaves a message for the next page.
pub fn leave_flash(mut flash: Flash) {
    let mut text = encode(&flash);
    if text.len() > FLASH_LIMIT {
        flash.values.clear();
        text = encode(&flash);
    }
    append(&format!("{FLASH}={text}; Path=/; Max-Age=60; SameSite=Lax; HttpOnly{}", secure()));
}

/// Where to go after signing in: an invitation's page, for ten minutes.
pub fn leave_next(page: &str) {
    if is_invitation(page) {
        append(&format!("{NEXT}={page}; Path=/; Max-Age=600; SameSite=Lax; HttpOnly{}", secure()));
    }
}

/// Takes the place to go to, and forgets it. Whatever else stands there leads nowhere.
pub fn take_next() -> Option<String> {
    let parts = use_context::<http::request::Parts>()?;
    let page = read(&parts.headers, NEXT).filter(|page| is_invitation(page))?;
    append(&format!("{NEXT}=; Path=/; Max-Age=0; SameSite=Lax; HttpOnly{}", secure()));
    Some(page)
}

/// Whether this is the page of an invitation, and nothing else.
pub fn is_invitation(page: &str) -> bool {
    page.strip_prefix("/invite/").is_some_and(|token| {
        (1..=64).contains(&token.len())
            && token.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
    })
}

/// Takes the message of the last form, still as JSON, and forgets it.
pub fn take_flash() -> Option<String> {
    let parts = use_context::<http::request::Parts>()?;
    let text = read(&parts.headers, FLASH)?;
    append(&format!("{FLASH}=; Path=/; Max-Age=0; SameSite=Lax; HttpOnly{}", secure()));
    decode(&text)
}

/// Leaves sealed recovery codes for the next page.
pub fn leave_codes(sealed: &str) {
    append(&format!("{CODES}={sealed}; Path=/; Max-Age=60; SameSite=Strict; HttpOnly{}", secure()));
}

/// Takes them, still sealed, and forgets them.
pub fn take_codes() -> Option<String> {
    let parts = use_context::<http::request::Parts>()?;
    let sealed = read(&parts.headers, CODES)?;
    append(&format!("{CODES}=; Path=/; Max-Age=0; SameSite=Strict; HttpOnly{}", secure()));
    Some(sealed)
}

fn encode(flash: &Flash) -> String {
    URL_SAFE_NO_PAD.encode(serde_json::to_vec(flash).unwrap_or_default())
}

fn decode(text: &str) -> Option<String> {
    String::from_utf8(URL_SAFE_NO_PAD.decode(text).ok()?).ok()
}

/// `; Secure` where the session's cookie is secure too.
fn secure() -> &'static str {
    let is_secure = use_context::<services::Services>()
        .is_some_and(|services| services::access::cookie_name(&services).starts_with("__Host-"));
    if is_secure { "; Secure" } else { "" }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::ApiError;

    #[test]
    fn a_cookie_is_found_among_others() {
        let mut headers = HeaderMap::new();
        headers.append(header::COOKIE, HeaderValue::from_static("a=1; theme=dark"));
        headers.append(header::COOKIE, HeaderValue::from_static("locale=en"));
        assert_eq!(read(&headers, "theme").as_deref(), Some("dark"));
        assert_eq!(read(&headers, "locale").as_deref(), Some("en"));
        assert_eq!(read(&headers, "eme"), None);
    }

    #[test]
    fn only_an_invitations_page_is_gone_on_to() {
        assert!(is_invitation("/invite/Zk9d-Q2a_B"));
        for other in ["/invite/", "/invite/a/b", "//evil.example", "/invite/a;b", "/login", ""] {
            assert!(!is_invitation(other), "{other}");
        }
    }

    #[test]
    fn a_message_comes_back_whole() {
        let flash = Flash {
            form: "/api/fn/accounts/login".into(),
            error: Some(ApiError::unauthenticated()),
            values: vec![("email".into(), "анна@почта.рф".into())],
        };
        let text = decode(&encode(&flash)).unwrap();
        assert_eq!(serde_json::from_str::<Flash>(&text).unwrap(), flash);
        assert_eq!(decode("???"), None);
    }
}
