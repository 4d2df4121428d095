//! Whether a request that changes something comes from our own pages. A browser adds its cookie to requests of other
//! sites as well; it also says where they come from, and a script can't lie about that.

use http::{HeaderMap, HeaderName, Method, header};
use url::Url;

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// True when it may change something: it changes nothing, or carries a bearer token (which no browser adds by
/// itself), or proves by `Sec-Fetch-Site` or `Origin` that one of our pages sent it. Without proof it is false.
pub fn same_origin(method: &Method, headers: &HeaderMap, public_url: &Url) -> bool {
    if method.is_safe() || headers.contains_key(header::AUTHORIZATION) {
        return true;
    }
    // Browsers leave it out on plain http, other than to this machine.
    if let Some(site) = headers.get(SEC_FETCH_SITE) {
        return site == "same-origin";
    }
    let Some(origin) = headers.get(header::ORIGIN).and_then(|origin| origin.to_str().ok()) else {
        return false;
    };
    if origin == public_url.origin().ascii_serialization() {
        return true;
    }
    // The same machine under another name (its address in the local network): the page's own host, the same scheme.
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    host.is_some_and(|host| origin == format!("{}://{host}", public_url.scheme()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_pages_change_anything() {
        type Case = (&'static str, Method, &'static [(&'static str, &'static str)], bool);
        let public = Url::parse("https://stock.example/").unwrap();
        let cases: [Case; 13] = [
            ("reading", Method::GET, &[("sec-fetch-site", "cross-site")], true),
            ("our page", Method::POST, &[("sec-fetch-site", "same-origin")], true),
            ("another site", Method::POST, &[("sec-fetch-site", "cross-site")], false),
            ("a sibling host", Method::POST, &[("sec-fetch-site", "same-site")], false),
            ("no page at all", Method::POST, &[("sec-fetch-site", "none")], false),
            (
                "two stories",
                Method::POST,
                &[("sec-fetch-site", "cross-site"), ("origin", "https://stock.example")],
                false,
            ),
            ("our origin", Method::POST, &[("origin", "https://stock.example")], true),
            ("another", Method::POST, &[("origin", "https://evil.example")], false),
            ("another scheme", Method::POST, &[("origin", "http://stock.example")], false),
            ("a hidden one", Method::DELETE, &[("origin", "null")], false),
            (
                "our host",
                Method::PATCH,
                &[("origin", "https://10.0.0.5:8000"), ("host", "10.0.0.5:8000")],
                true,
            ),
            ("a bearer call", Method::POST, &[("authorization", "Bearer x")], true),
            ("no word", Method::POST, &[], false),
        ];
        for (name, method, lines, expected) in cases {
            let headers = lines
                .iter()
                .map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()))
                .collect();
            assert_eq!(same_origin(&method, &headers, &public), expected, "{name}");
        }
    }
}
