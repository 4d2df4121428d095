//! The browser's cookies: its sign-in, and the five minutes between two steps of one. On https their names begin with
//! `__Host-`, which no other site or path can set.

use crate::{Services, tokens::SessionToken};
use http::{HeaderMap, header};

/// The cookie's name.
pub fn cookie_name(services: &Services) -> &'static str {
    if services.settings.is_https() { "__Host-session" } else { "session" }
}

/// Whether a browser brings a sign-in, whatever it is worth.
pub fn has_cookie(services: &Services, headers: &HeaderMap) -> bool {
    value(headers, cookie_name(services)).is_some_and(|token| !token.is_empty())
}

/// The name of the cookie between the two steps of a sign-in.
fn second_step_name(services: &Services) -> &'static str {
    if services.settings.is_https() { "__Host-second-step" } else { "second-step" }
}

/// `Set-Cookie` that signs in.
pub fn set_cookie(services: &Services, token: &SessionToken) -> String {
    set(services, cookie_name(services), token)
}

/// `Set-Cookie` that signs out.
pub fn clear_cookie(services: &Services) -> String {
    cookie(services, cookie_name(services), "", 0)
}

/// `Set-Cookie` after the first of two steps.
pub fn set_second_step_cookie(services: &Services, token: &SessionToken) -> String {
    set(services, second_step_name(services), token)
}

/// `Set-Cookie` after the second.
pub fn clear_second_step_cookie(services: &Services) -> String {
    cookie(services, second_step_name(services), "", 0)
}

/// The token of the first step.
pub(crate) fn second_step_token<'h>(
    services: &Services,
    headers: &'h HeaderMap,
) -> Option<&'h str> {
    value(headers, second_step_name(services))
}

fn set(services: &Services, name: &str, token: &SessionToken) -> String {
    let seconds = (token.expires_at - services.clock.now()).num_seconds().max(0);
    cookie(services, name, token.jwt.expose(), seconds)
}

fn cookie(services: &Services, name: &str, value: &str, max_age: i64) -> String {
    let secure = if services.settings.is_https() { "; Secure" } else { "" };
    format!("{name}={value}; Path=/; Max-Age={max_age}; HttpOnly; SameSite=Lax{secure}")
}

/// The value of the cookie of this name; `None` when it is missing or came twice, which no browser of ours does.
pub(super) fn value<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let mut values = headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .filter(|(found, _)| *found == name)
        .map(|(_, value)| value.trim_matches('"'));
    let value = values.next()?;
    values.next().is_none().then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_cookie_of_many_is_found_and_two_are_none() {
        let headers = |lines: &[&str]| {
            let mut headers = HeaderMap::new();
            for line in lines {
                headers.append(header::COOKIE, line.parse().unwrap());
            }
            headers
        };
        let fine = headers(&["theme=dark; session=abc", "locale=ru"]);
        assert_eq!(value(&fine, "session"), Some("abc"));
        assert_eq!(value(&fine, "__Host-session"), None);
        assert_eq!(value(&headers(&["session=a; session=b"]), "session"), None);
        assert_eq!(value(&headers(&["session"]), "session"), None);
    }
}
