//! Where a request may go: a host of our own tables, straight or through the operator's front. Never an address
//! that a tenant named, and never one from an answer.

use domain::Realm;
use std::{fmt, net::IpAddr};
use url::Url;

/// A marketplace's host: constants of the adapters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Host {
    /// The real one.
    pub production: &'static str,
    /// Its double for tests, where the marketplace has one.
    pub sandbox: Option<&'static str>,
}

/// What stands between us and a marketplace, set by the operator or by the server itself.
///
/// With a base, an address is `{base}/{production host}{path}`; without, `https://{host}{path}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Front {
    realm: Realm,
    base: Option<Url>,
}

/// Why a front was refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FrontProblem {
    /// Neither http nor https, or without a host.
    #[error("use an http:// or https:// address with a host")]
    NotHttp,
    /// More than an address.
    #[error("no user name, password, query or fragment belongs in it")]
    MoreThanAnAddress,
    /// The demo's front must be in this machine.
    #[error("the demo's front must be a loopback address")]
    NotLoopback,
}

impl Front {
    /// The marketplaces themselves.
    pub const fn production() -> Self {
        Self { realm: Realm::Production, base: None }
    }

    /// The marketplaces' hosts for tests.
    pub const fn sandbox() -> Self {
        Self { realm: Realm::Sandbox, base: None }
    }

    /// The operator's front before production (`WILDBERRIES_BASE_URL`, `OZON_BASE_URL`).
    pub fn through(base: Url) -> Result<Self, FrontProblem> {
        Ok(Self { realm: Realm::Production, base: Some(checked(base)?) })
    }

    /// The simulator inside the process.
    pub fn demo(base: Url) -> Result<Self, FrontProblem> {
        let base = checked(base)?;
        let loopback = match base.host() {
            Some(url::Host::Ipv4(address)) => IpAddr::from(address).is_loopback(),
            Some(url::Host::Ipv6(address)) => IpAddr::from(address).is_loopback(),
            _ => false,
        };
        if !loopback {
            return Err(FrontProblem::NotLoopback);
        }
        Ok(Self { realm: Realm::Demo, base: Some(base) })
    }

    /// Which world it leads to.
    pub const fn realm(&self) -> Realm {
        self.realm
    }

    /// The address of a path (beginning with `/`, ours) at a host. `None`: this world has no such host.
    pub(crate) fn address(
        &self,
        host: Host,
        path: &str,
        query: &[(&str, &str)],
    ) -> Option<Address> {
        let mut url = match (&self.base, self.realm) {
            (Some(base), _) => {
                let mut url = base.clone();
                let before = url.path().trim_end_matches('/').to_owned();
                url.set_path(&format!("{before}/{}{path}", host.production));
                url
            }
            (None, Realm::Sandbox) => straight(host.sandbox?, path)?,
            (None, Realm::Production) => straight(host.production, path)?,
            // The demo never reaches a marketplace.
            (None, Realm::Demo) => return None,
        };
        if !query.is_empty() {
            url.query_pairs_mut().extend_pairs(query);
        }
        Some(Address(url))
    }
}

fn straight(host: &str, path: &str) -> Option<Url> {
    let mut url = Url::parse(&format!("https://{host}")).ok()?;
    url.set_path(path);
    Some(url)
}

fn checked(base: Url) -> Result<Url, FrontProblem> {
    if !matches!(base.scheme(), "http" | "https") || !base.has_host() {
        return Err(FrontProblem::NotHttp);
    }
    let plain = base.username().is_empty()
        && base.password().is_none()
        && base.query().is_none()
        && base.fragment().is_none();
    if plain { Ok(base) } else { Err(FrontProblem::MoreThanAnAddress) }
}

/// An address that a [`Front`] made: the only kind that the guard sends to.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Address(Url);

impl Address {
    pub(super) fn into_url(self) -> Url {
        self.0
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.0.host_str().unwrap_or_default(), self.0.path())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOST: Host = Host { production: "content-api.wildberries.ru", sandbox: None };

    fn url(text: &str) -> Url {
        text.parse().unwrap()
    }

    fn text(front: &Front) -> Option<String> {
        front.address(HOST, "/ping", &[("a", "1 2")]).map(|address| address.into_url().to_string())
    }

    #[test]
    fn production_is_https_to_the_table() {
        let expected = "https://content-api.wildberries.ru/ping?a=1+2";
        assert_eq!(text(&Front::production()).as_deref(), Some(expected));
    }

    #[test]
    fn a_front_takes_the_host_as_first_segment() {
        for base in ["http://127.0.0.1:4012", "http://127.0.0.1:4012/"] {
            let expected = "http://127.0.0.1:4012/content-api.wildberries.ru/ping?a=1+2";
            assert_eq!(text(&Front::demo(url(base)).unwrap()).as_deref(), Some(expected));
        }
        let deep = Front::through(url("https://proxy.example/wb/")).unwrap();
        let expected = "https://proxy.example/wb/content-api.wildberries.ru/ping?a=1+2";
        assert_eq!(text(&deep).as_deref(), Some(expected));
    }

    #[test]
    fn a_world_without_the_host_has_no_address() {
        assert_eq!(text(&Front::sandbox()), None);
    }

    #[test]
    fn fronts_are_refused_with_a_reason() {
        assert_eq!(Front::demo(url("http://10.0.0.1:1")), Err(FrontProblem::NotLoopback));
        assert_eq!(
            Front::demo(url("http://localhost.evil.example")),
            Err(FrontProblem::NotLoopback)
        );
        assert_eq!(Front::through(url("ftp://a.example")), Err(FrontProblem::NotHttp));
        assert_eq!(
            Front::through(url("https://u:p@a.example")),
            Err(FrontProblem::MoreThanAnAddress)
        );
        assert_eq!(
            Front::through(url("https://a.example/?x=1")),
            Err(FrontProblem::MoreThanAnAddress)
        );
    }
}
