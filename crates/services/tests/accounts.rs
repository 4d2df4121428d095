//! Signing up, in and out, on both engines, by a clock that stands still until it is moved.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use chrono::TimeDelta;
use domain::{
    ErrorCode, Role, Secret,
    auth::{LoginRequest, RefreshRequest, RegisterRequest, TokenPair},
};
use http::{HeaderMap, HeaderValue, header};
use services::{
    Client, Error, Hasher, Registration, Services, SessionToken, access, accounts,
    store::{AuditVerdict, Reason, on_both_engines, testing::TestStore},
    tenants,
    testing::{bearer, client, client_at, owner, parts, services},
};

on_both_engines!(
    a_registration_signs_in,
    what_a_registration_refuses,
    registration_can_be_closed,
    an_unknown_email_and_a_wrong_password_are_alike,
    disabled_and_suspended_are_told_only_with_the_right_password,
    an_old_hash_is_made_anew_at_sign_in,
    refresh_tokens_are_exchanged_once,
    a_retry_gets_the_same_successor,
    a_stolen_refresh_token_ends_its_family,
    two_exchanges_at_once_are_one,
    other_tokens_are_no_refresh_tokens,
    logging_out_ends_every_family_within_a_second,
    signing_out_ends_one_browser,
    a_cookie_slides_while_it_is_used,
    a_token_works_only_at_its_own_door,
    a_demotion_counts_within_a_second,
    guessing_is_slowed_down_and_the_owner_comes_in,
    everything_is_in_the_audit_chain,
    ended_sign_ins_are_swept,
    without_a_database_nobody_is_believed,
);

const EMAIL: &str = "Анна@Почта.РФ";
const PASSWORD: &str = "correct horse battery";

fn registration() -> RegisterRequest {
    RegisterRequest {
        email: EMAIL.into(),
        password: PASSWORD.into(),
        company_name: " Дом и уют ".into(),
        marketplace_type: domain::Marketplace::Ozon,
        invitation: None,
    }
}

fn sign_in(email: &str, password: &str) -> LoginRequest {
    LoginRequest { email: email.into(), password: password.into(), otp: None }
}

async fn register(services: &Services) -> TokenPair {
    accounts::register::for_api(services, registration(), &client()).await.unwrap()
}

async fn login(services: &Services, password: &str, from: &Client) -> Result<TokenPair, Error> {
    accounts::login::for_api(services, sign_in(EMAIL, password), from).await
}

/// A browser's sign-in.
async fn browser(services: &Services) -> SessionToken {
    let entry = accounts::login::for_browser(services, sign_in(EMAIL, PASSWORD), &client()).await;
    let Ok(accounts::login::Entry::SignedIn(token)) = entry else { panic!("signed in") };
    token
}

async fn refresh(services: &Services, token: &str) -> Result<TokenPair, Error> {
    let request = RefreshRequest { refresh_token: Secret::new(token) };
    accounts::refresh(services, request, &client()).await
}

async fn code_with(services: &Services, headers: &HeaderMap) -> Option<ErrorCode> {
    access::caller(services, headers).await.err().map(|error| refused(error).code)
}

async fn code(services: &Services, pair: &TokenPair) -> Option<ErrorCode> {
    code_with(services, &bearer(&pair.access_token)).await
}

fn refused(error: Error) -> domain::ApiError {
    error.into()
}

fn cookie(services: &Services, token: &str) -> HeaderMap {
    let pair = format!("{}={token}", access::cookie_name(services));
    HeaderMap::from_iter([(header::COOKIE, HeaderValue::from_str(&pair).unwrap())])
}

/// The answer that every bad token gets.
const UNKNOWN: Option<ErrorCode> = Some(ErrorCode::AuthenticationError);

async fn a_registration_signs_in(test: TestStore) {
    let services = services(&test);
    let pair = register(&services).await;
    assert_eq!((pair.token_type.as_str(), pair.expires_in), ("bearer", 900));
    let caller = access::caller(&services, &bearer(&pair.access_token)).await.unwrap();
    assert_eq!(caller.role(), Some(Role::Owner));
    let me = tenants::me(&services, &caller).await.unwrap();
    assert_eq!((me.name.as_str(), me.is_active), ("Дом и уют", true));
    assert_eq!(me.marketplace_type, domain::Marketplace::Ozon);
    assert_eq!(me.created_at, services.clock.now());
    let session = accounts::session(&services, &caller).await.unwrap();
    assert_eq!(session.email.as_deref(), Some(EMAIL));
    assert_eq!((session.tenant_id, session.role), (me.id, Role::Owner));
    assert_eq!(session.demo_until, None);
    let shops = tenants::accounts(&services, &caller).await.unwrap();
    assert_eq!(shops.len(), 1);
    assert_eq!((shops[0].name.as_str(), shops[0].realm), ("Ozon", domain::Realm::Production));
    assert!(shops[0].freshness.iter().all(|kind| kind.as_of.is_none()));
    assert_eq!(
        shops[0].freshness.len(),
        domain::sync::StepKind::of(domain::Marketplace::Ozon).len()
    );
    assert!(!format!("{pair:?}").contains(&pair.refresh_token));
}

async fn what_a_registration_refuses(test: TestStore) {
    let services = services(&test);
    let attempt = async |change: &dyn Fn(&mut RegisterRequest)| {
        let mut request = registration();
        change(&mut request);
        accounts::register::for_api(&services, request, &client()).await.map_err(refused)
    };
    let before = services.hasher.computed();
    let all = attempt(&|request| {
        *request = RegisterRequest {
            email: "anna".into(),
            password: "short".into(),
            company_name: "x".into(),
            ..registration()
        };
    })
    .await
    .unwrap_err();
    assert_eq!(all.status, 422);
    assert_eq!(
        all.errors.iter().map(domain::FieldError::field).collect::<Vec<_>>(),
        ["email", "password", "company_name"]
    );
    let long = attempt(&|request| request.password = "ж".repeat(37).as_str().into()).await;
    assert_eq!(long.unwrap_err().field("password").unwrap().code, "too_many_bytes");
    assert_eq!(services.hasher.computed(), before, "refused before any hashing");
    for common in ["password", "qwertyuiop", "Анна@Почта.РФ"] {
        let error = attempt(&|request| request.password = common.into()).await.unwrap_err();
        assert_eq!(
            error.field("password").map(|e| e.code.as_str()),
            Some("too_common"),
            "{common}"
        );
        assert!(common == "password" || !format!("{error:?}").contains(common), "never the value");
    }
    attempt(&|request| request.password = "x7".repeat(36).as_str().into()).await.unwrap();
    let taken = attempt(&|request| request.email = " АННА@почта.рф".into()).await.unwrap_err();
    assert_eq!((taken.status, taken.code), (409, ErrorCode::Conflict));
}

async fn registration_can_be_closed(test: TestStore) {
    for registration_is in [Registration::Closed, Registration::Invite] {
        let mut parts = parts(&test);
        parts.settings.registration = registration_is;
        let services = Services::new(parts);
        let error = accounts::register::for_browser(&services, registration(), &client()).await;
        assert_eq!(refused(error.unwrap_err()).code, ErrorCode::Closed);
    }
}

async fn an_unknown_email_and_a_wrong_password_are_alike(test: TestStore) {
    let services = services(&test);
    register(&services).await;
    let attempt = async |email: &str, password: &str| {
        let before = services.hasher.computed();
        let error = accounts::login::for_api(&services, sign_in(email, password), &client()).await;
        (refused(error.unwrap_err()), services.hasher.computed() - before)
    };
    let wrong = attempt(EMAIL, "wrong horse battery").await;
    let unknown = attempt("nobody@example.com", "wrong horse battery").await;
    assert_eq!(wrong, unknown);
    assert_eq!((wrong.0.status, wrong.0.code, wrong.1), (401, ErrorCode::AuthenticationError, 1));
    login(&services, PASSWORD, &client()).await.unwrap();
    accounts::login::for_browser(&services, sign_in(" АННА@ПОЧТА.рф ", PASSWORD), &client())
        .await
        .unwrap();
    let malformed = attempt("anna", &"x".repeat(73)).await;
    assert_eq!((malformed.0.status, malformed.0.errors.len(), malformed.1), (422, 2, 0));
}

async fn disabled_and_suspended_are_told_only_with_the_right_password(test: TestStore) {
    let services = services(&test);
    let pair = register(&services).await;
    let caller = access::caller(&services, &bearer(&pair.access_token)).await.unwrap();
    let set = async |user: bool, tenant: bool| {
        let mut tx = services.store.system_write(Reason::Operator).await.unwrap();
        tx.set_user_active(caller.user_id().unwrap(), user).await.unwrap();
        tx.set_tenant_active(caller.tenant_id(), tenant, services.clock.now()).await.unwrap();
        tx.commit().await.unwrap();
        services.clock.advance(TimeDelta::seconds(1));
    };
    for (user, tenant, expected) in
        [(false, true, ErrorCode::AccountDisabled), (true, false, ErrorCode::TenantSuspended)]
    {
        set(user, tenant).await;
        let wrong = refused(login(&services, "wrong horse battery", &client()).await.unwrap_err());
        assert_eq!(wrong.code, ErrorCode::AuthenticationError);
        let right = refused(login(&services, PASSWORD, &client()).await.unwrap_err());
        assert_eq!((right.status, right.code), (403, expected));
        assert_eq!(code(&services, &pair).await, Some(expected), "also with a token");
        let exchange = refused(refresh(&services, &pair.refresh_token).await.unwrap_err());
        assert_eq!(exchange.code, expected);
    }
    set(true, true).await;
    assert_eq!(code(&services, &pair).await, None);
    refresh(&services, &pair.refresh_token).await.unwrap();
}

async fn an_old_hash_is_made_anew_at_sign_in(test: TestStore) {
    let services = services(&test);
    register(&services).await;
    let stored = async || {
        let mut tx = services.store.system_read(Reason::SignIn).await.unwrap();
        tx.sign_in("анна@почта.рф").await.unwrap().unwrap().password_hash.unwrap()
    };
    assert!(stored().await.starts_with("$2b$04$"));
    let mut stronger = parts(&test);
    stronger.hasher = Hasher::new(5);
    let stronger = Services::new(stronger);
    assert!(login(&stronger, "wrong horse battery", &client()).await.is_err());
    assert!(stored().await.starts_with("$2b$04$"), "not for a wrong password");
    login(&stronger, PASSWORD, &client()).await.unwrap();
    assert!(stored().await.starts_with("$2b$05$"));
    login(&stronger, PASSWORD, &client()).await.unwrap();
}

async fn refresh_tokens_are_exchanged_once(test: TestStore) {
    let services = services(&test);
    let first = register(&services).await;
    services.clock.advance(TimeDelta::days(29));
    assert_eq!(code(&services, &first).await, UNKNOWN, "15 minutes are over");
    let second = refresh(&services, &first.refresh_token).await.unwrap();
    assert_ne!(first.refresh_token, second.refresh_token);
    assert_eq!(code(&services, &second).await, None);
    services.clock.advance(TimeDelta::days(29));
    let third = refresh(&services, &second.refresh_token).await.unwrap();
    services.clock.advance(TimeDelta::days(30) + TimeDelta::seconds(5));
    let late = refused(refresh(&services, &third.refresh_token).await.unwrap_err());
    assert_eq!((late.status, late.code), (401, ErrorCode::AuthenticationError));
}

async fn a_retry_gets_the_same_successor(test: TestStore) {
    let services = services(&test);
    let first = register(&services).await;
    let second = refresh(&services, &first.refresh_token).await.unwrap();
    services.clock.advance(TimeDelta::seconds(10));
    let again = refresh(&services, &first.refresh_token).await.unwrap();
    assert_eq!(second.refresh_token, again.refresh_token, "byte for byte");
    assert_eq!(code(&services, &again).await, None);
    refresh(&services, &again.refresh_token).await.unwrap();
}

async fn a_stolen_refresh_token_ends_its_family(test: TestStore) {
    let services = services(&test);
    for successor_is_used in [true, false] {
        let first = login_or_register(&services).await;
        let other = login(&services, PASSWORD, &client()).await.unwrap();
        let second = refresh(&services, &first.refresh_token).await.unwrap();
        let last = if successor_is_used {
            refresh(&services, &second.refresh_token).await.unwrap()
        } else {
            services.clock.advance(TimeDelta::seconds(11));
            second
        };
        assert_eq!(code(&services, &last).await, None);
        let stolen = refused(refresh(&services, &first.refresh_token).await.unwrap_err());
        assert_eq!((stolen.status, stolen.code), (401, ErrorCode::AuthenticationError));
        assert!(refresh(&services, &last.refresh_token).await.is_err(), "the family is over");
        assert_eq!(code(&services, &last).await, UNKNOWN, "its access tokens, too");
        refresh(&services, &other.refresh_token).await.unwrap();
    }
}

async fn login_or_register(services: &Services) -> TokenPair {
    match accounts::register::for_api(services, registration(), &client()).await {
        Ok(pair) => pair,
        Err(_) => login(services, PASSWORD, &client()).await.unwrap(),
    }
}

async fn two_exchanges_at_once_are_one(test: TestStore) {
    let services = services(&test);
    let first = register(&services).await;
    let (a, b, c) = tokio::join!(
        refresh(&services, &first.refresh_token),
        refresh(&services, &first.refresh_token),
        refresh(&services, &first.refresh_token),
    );
    let tokens = [a, b, c].map(|pair| pair.unwrap().refresh_token);
    assert!(tokens.iter().all(|token| *token == tokens[0]), "all got the one successor");
}

async fn other_tokens_are_no_refresh_tokens(test: TestStore) {
    let services = services(&test);
    let pair = register(&services).await;
    let session = browser(&services).await;
    for token in [&pair.access_token, session.jwt.expose(), "", "a.b.c"] {
        let error = refused(refresh(&services, token).await.unwrap_err());
        assert_eq!(error.code, ErrorCode::AuthenticationError);
    }
    // Another installation with the same database and another key.
    let mut foreign = parts(&test);
    let keys = services::TokenKeys::hs256(&"another secret key of another house".into()).unwrap();
    foreign.tokens = services::Tokens::new(keys, "stock-tracker", "stock-tracker-api");
    assert!(refresh(&Services::new(foreign), &pair.refresh_token).await.is_err());
    refresh(&services, &pair.refresh_token).await.unwrap();
}

async fn logging_out_ends_every_family_within_a_second(test: TestStore) {
    let here = services(&test);
    let mut elsewhere = parts(&test);
    elsewhere.clock = here.clock.clone();
    let elsewhere = Services::new(elsewhere);
    let (first, second) = (register(&here).await, login_or_register(&here).await);
    let browser = cookie(&here, browser(&here).await.jwt.expose());
    for services in [&here, &elsewhere] {
        assert_eq!(code(services, &first).await, None);
        assert_eq!(code(services, &second).await, None);
    }
    let caller = access::caller(&here, &bearer(&first.access_token)).await.unwrap();
    accounts::logout(&here, &caller, &client()).await.unwrap();
    assert_eq!(code(&here, &first).await, UNKNOWN, "here at once");
    assert_eq!(code(&here, &second).await, UNKNOWN);
    here.clock.advance(TimeDelta::milliseconds(500));
    assert_eq!(code(&elsewhere, &first).await, UNKNOWN, "elsewhere when the half second is over");
    for pair in [&first, &second] {
        assert!(refresh(&here, &pair.refresh_token).await.is_err());
    }
    assert_eq!(code_with(&here, &browser).await, None, "a browser has no refresh token");
}

async fn signing_out_ends_one_browser(test: TestStore) {
    let services = services(&test);
    register(&services).await;
    let mut tokens = Vec::new();
    for _ in 0..2 {
        tokens.push(cookie(&services, browser(&services).await.jwt.expose()));
    }
    let caller = access::caller(&services, &tokens[0]).await.unwrap();
    accounts::sign_out(&services, &caller, &client()).await.unwrap();
    accounts::sign_out(&services, &caller, &client()).await.unwrap();
    assert_eq!(code_with(&services, &tokens[0]).await, UNKNOWN);
    assert_eq!(code_with(&services, &tokens[1]).await, None);
}

async fn a_cookie_slides_while_it_is_used(test: TestStore) {
    let services = services(&test);
    let token = accounts::register::for_browser(&services, registration(), &client()).await;
    let token = token.unwrap();
    let headers = cookie(&services, token.jwt.expose());
    for _ in 0..3 {
        services.clock.advance(TimeDelta::days(20));
        assert_eq!(code_with(&services, &headers).await, None);
        services.settle().await;
    }
    services.clock.advance(TimeDelta::days(30));
    assert_eq!(code_with(&services, &headers).await, UNKNOWN, "30 days without use");

    let set = access::set_cookie(&services, &token);
    assert!(set.starts_with("session=ey") && set.contains("; Path=/; Max-Age="), "{set}");
    assert!(set.ends_with("; HttpOnly; SameSite=Lax"), "{set}");
    let mut parts = parts(&test);
    parts.settings.public_url = "https://stock.example".parse().unwrap();
    let https = Services::new(parts);
    let set = access::set_cookie(&https, &token);
    assert!(set.starts_with("__Host-session=ey") && set.ends_with("; SameSite=Lax; Secure"));
    assert_eq!(
        access::clear_cookie(&https),
        "__Host-session=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax; Secure"
    );
}

async fn a_token_works_only_at_its_own_door(test: TestStore) {
    let services = services(&test);
    let pair = register(&services).await;
    let token = browser(&services).await.jwt;
    let headers = |name: header::HeaderName, value: String| {
        HeaderMap::from_iter([(name, HeaderValue::from_str(&value).unwrap())])
    };
    let good = cookie(&services, token.expose());
    assert_eq!(code_with(&services, &good).await, None);
    let mut both = good.clone();
    both.extend(bearer("not.a.token"));
    for (name, headers) in [
        ("nothing", HeaderMap::new()),
        ("a cookie's token as a bearer's", bearer(token.expose())),
        ("a refresh token as a bearer's", bearer(&pair.refresh_token)),
        ("an access token as a cookie", cookie(&services, &pair.access_token)),
        ("another scheme", headers(header::AUTHORIZATION, format!("Basic {}", pair.access_token))),
        ("no scheme", headers(header::AUTHORIZATION, pair.access_token.clone())),
        ("a bad bearer beside a good cookie", both),
        (
            "a cookie of another name",
            headers(header::COOKIE, format!("__Host-session={}", token.expose())),
        ),
    ] {
        assert_eq!(code_with(&services, &headers).await, UNKNOWN, "{name}");
    }
    let lower = headers(header::AUTHORIZATION, format!("bearer {}", pair.access_token));
    assert_eq!(code_with(&services, &lower).await, None);
}

async fn a_demotion_counts_within_a_second(test: TestStore) {
    let services = services(&test);
    let pair = register(&services).await;
    let headers = bearer(&pair.access_token);
    let caller = access::caller(&services, &headers).await.unwrap();
    test.set_role(caller.tenant_id(), caller.user_id().unwrap(), Role::Viewer).await;
    services.clock.advance(TimeDelta::milliseconds(500));
    let caller = access::caller(&services, &headers).await.unwrap();
    assert_eq!(caller.role(), Some(Role::Viewer), "whatever the token says");
}

async fn guessing_is_slowed_down_and_the_owner_comes_in(test: TestStore) {
    let services = services(&test);
    register(&services).await;
    let thief = client_at([198, 51, 100, 7]);
    let mut slowed = None;
    for _ in 0..11 {
        let error = refused(login(&services, "wrong horse battery", &thief).await.unwrap_err());
        if error.status == 429 {
            slowed = Some(error);
        }
    }
    let slowed = slowed.unwrap();
    assert_eq!((slowed.code, slowed.retry_after), (ErrorCode::RateLimited, Some(31)));
    let before = services.hasher.computed();
    let guessed = refused(login(&services, PASSWORD, &thief).await.unwrap_err());
    assert_eq!(guessed.status, 429, "nobody learns from there that it was right");
    assert_eq!(services.hasher.computed(), before);
    login(&services, PASSWORD, &client()).await.unwrap();
    // A phone that was never seen waits its turn.
    services.clock.advance(TimeDelta::seconds(31));
    login(&services, PASSWORD, &client_at([203, 0, 113, 9])).await.unwrap();

    let mut parts = parts(&test);
    parts.settings.rate_limit = false;
    let free = Services::new(parts);
    for _ in 0..25 {
        let error = refused(login(&free, "wrong horse battery", &thief).await.unwrap_err());
        assert_eq!(error.status, 401);
    }
}

async fn everything_is_in_the_audit_chain(test: TestStore) {
    let services = services(&test);
    let pair = register(&services).await;
    assert!(login(&services, "wrong horse battery", &client()).await.is_err());
    services.settle().await;
    login(&services, PASSWORD, &client()).await.unwrap();
    refresh(&services, &pair.refresh_token).await.unwrap();
    services.clock.advance(TimeDelta::seconds(11));
    assert!(refresh(&services, &pair.refresh_token).await.is_err());
    let pair = login(&services, PASSWORD, &client()).await.unwrap();
    let caller = access::caller(&services, &bearer(&pair.access_token)).await.unwrap();
    accounts::logout(&services, &caller, &client()).await.unwrap();

    let mut tx = services.store.read(&caller).await.unwrap();
    let log = tx.audit_log(100).await.unwrap();
    let actions: Vec<_> = log.iter().rev().map(|entry| entry.action.as_str()).collect();
    assert_eq!(
        actions,
        [
            "registered",
            "sign_in_refused",
            "signed_in",
            "refresh_token_reused",
            "signed_in",
            "signed_out"
        ]
    );
    assert!(log.iter().all(|entry| entry.address == "192.0.2.1"));
    assert!(log.iter().all(|entry| entry.actor == caller.user_id()));
    assert_eq!(log[0].details["request_id"], "test-request");
    let printed = format!("{log:?}");
    assert!(!printed.contains("horse") && !printed.contains("eyJ"), "{printed}");
    drop(tx);
    let mut tx = services.store.system_read(Reason::Operator).await.unwrap();
    let verdict = tx.verify_audit(caller.tenant_id()).await.unwrap();
    assert_eq!(verdict, AuditVerdict::Whole { entries: 6 });
}

async fn ended_sign_ins_are_swept(test: TestStore) {
    let services = services(&test);
    register(&services).await;
    services.clock.advance(TimeDelta::days(60));
    assert_eq!(accounts::sweep(&services).await.unwrap(), 0);
    services.clock.advance(TimeDelta::seconds(1));
    assert_eq!(accounts::sweep(&services).await.unwrap(), 1);
}

async fn without_a_database_nobody_is_believed(test: TestStore) {
    let services = services(&test);
    owner(&services, "boris@example.com").await;
    let pair = register(&services).await;
    services.store.close().await;
    let error = refused(access::caller(&services, &bearer(&pair.access_token)).await.unwrap_err());
    assert_eq!((error.status, error.code), (503, ErrorCode::Unavailable));
    assert!(error.retry_after.is_some());
    let error = refused(login(&services, PASSWORD, &client()).await.unwrap_err());
    assert_eq!(error.status, 503);
    assert_eq!(code_with(&services, &bearer("a.b.c")).await, UNKNOWN, "a bad token stays bad");
}
