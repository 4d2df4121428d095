//! Services for tests: a private database, a clock that stands still, cheap hashes, and marketplaces that are away
//! until a test names a front. Built only with the feature `testing`.
#![expect(clippy::expect_used, reason = "a test without its services has failed")]

pub mod mailbox;

use crate::{
    Client, Clock, Hasher, Marketplaces, Parts, Post, Services, Settings, TokenKeys, Tokens, Vault,
    accounts::register,
};
use chrono::{DateTime, Utc};
use domain::{Locale, Marketplace, auth::RegisterRequest};
use http::{HeaderMap, HeaderValue, header};
use outbound::{Front, Http};
use std::net::{IpAddr, Ipv4Addr};
use store::{Caller, testing::TestStore};

/// The moment at which the tests' clock stands: 2026-09-15 09:00 UTC, noon in Moscow.
pub fn noon() -> DateTime<Utc> {
    DateTime::from_timestamp(1_789_462_800, 0).expect("a moment")
}

/// The parts, each of which a test may replace before [`Services::new`].
pub fn parts(test: &TestStore) -> Parts {
    let keys = TokenKeys::hs256(&"a test's secret key, long enough for HS256".into());
    // Port 9 on this machine: nobody listens, and the refusal comes at once.
    let away =
        || Front::through("http://127.0.0.1:9".parse().expect("an address")).expect("an address");
    Parts {
        store: test.store.clone(),
        clock: Clock::fixed(noon()),
        tokens: Tokens::new(keys.expect("a key"), "stock-tracker", "stock-tracker-api"),
        vault: Vault::new(&"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=".into()).expect("a key"),
        hasher: Hasher::new(4),
        marketplaces: Marketplaces {
            http: Http::new(),
            wildberries: away(),
            ozon: away(),
            demo: None,
            service_secret: None,
        },
        post: Post::nowhere(),
        demo_world: None,
        settings: Settings {
            schedules: false,
            ..Settings::new("http://127.0.0.1:8000".parse().expect("an address"))
        },
    }
}

/// Services with nothing replaced.
pub fn services(test: &TestStore) -> Services {
    Services::new(parts(test))
}

/// Somebody at the door.
pub fn client() -> Client {
    client_at([192, 0, 2, 1])
}

/// Somebody at the door, from this address.
pub fn client_at(address: [u8; 4]) -> Client {
    Client {
        address: IpAddr::V4(Ipv4Addr::from(address)),
        user_agent: Some("a test".into()),
        request_id: "test-request".into(),
        locale: Locale::Ru,
    }
}

/// Registers a company with this e-mail and the password `correct horse battery`; its owner.
pub async fn owner(services: &Services, email: &str) -> Caller {
    let request = RegisterRequest {
        email: email.into(),
        password: "correct horse battery".into(),
        company_name: "Дом и уют".into(),
        marketplace_type: Marketplace::Wildberries,
        invitation: None,
    };
    let pair = register::for_api(services, request, &client()).await.expect("a registration");
    crate::access::caller(services, &bearer(&pair.access_token)).await.expect("a caller")
}

/// Headers with this access token.
pub fn bearer(token: &str) -> HeaderMap {
    let value = HeaderValue::from_str(&format!("Bearer {token}")).expect("a header");
    HeaderMap::from_iter([(header::AUTHORIZATION, value)])
}
