//! The browser's one cookie. On https its name begins with `__Host-`, which no other site or path can set.

use crate::{Services, tokens::SessionToken};
use http::{HeaderMap, header};

/// The cookie's name.
pub fn cookie_name(services: &Services) -> &'static str {
    if services.settings.is_https() { "__Host-session" } else { "session" }
}

/// `Set-Cookie` that signs in.
pub fn set_cookie(services: &Services, token: &SessionToken) -> String {
    let seconds = (token.expires_at - services.clock.now()).num_seconds().max(0);
    cookie(services, token.jwt.expose(), seconds)
}

/// `Set-Cookie` that signs out.
pub fn clear_cookie(services: &Services) -> String {
    cookie(services, "", 0)
}

fn cookie(services: &Services, value: &str, max_age: i64) -> String {
    let secure = if services.settings.is_https() { "; Secure" } else { "" };
    format!(
        "{}={value}; Path=/; Max-Age={max_age}; HttpOnly; SameSite=Lax{secure}",
        cookie_name(services)
    )
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
