//! The company, its keys and its demos, on both engines; keys are checked with a simulated Wildberries over real HTTP.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod shop;

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    AccountId, ErrorCode, Marketplace, Realm, Role, Secret,
    account::{KeyKind, KeyStatus},
    observed::{ObservedOrder, ObservedProduct, StockSnapshot},
    product::StockSource,
    tenant::{CredentialsPatch, CredentialsUpdated, TenantPatch},
};
use http::{HeaderMap, HeaderValue, header};
use outbound::Front;
use services::{
    Caller, Error, Services, SessionToken, access, accounts,
    demo::{self, DemoChange, DemoWorld},
    store::{Reason, on_both_engines, testing::TestStore},
    tenants::{self, Key},
    testing::{client, client_at, owner, parts, services},
};
use shop::Shop;
use std::sync::Arc;

on_both_engines!(
    each_role_may_what_the_table_says,
    a_company_is_renamed,
    a_key_is_checked_kept_and_never_shown,
    a_key_is_kept_whatever_its_check_finds,
    ozon_wants_both_halves,
    null_removes_and_absence_keeps,
    keys_of_google_belong_to_the_company,
    what_can_be_no_key_is_refused,
    a_key_moved_to_another_company_stays_shut,
    two_who_save_at_once_make_one_shop,
    a_demo_opens_is_capped_and_expires,
    a_demo_takes_no_keys,
    demos_can_be_off,
);

fn refused(error: Error) -> domain::ApiError {
    error.into()
}

fn wildberries(key: &str) -> CredentialsPatch {
    patch(&format!(r#"{{"wildberries_api_key":"{key}"}}"#))
}

fn patch(json: &str) -> CredentialsPatch {
    serde_json::from_str(json).unwrap()
}

async fn update(
    services: &Services,
    caller: &Caller,
    patch: CredentialsPatch,
) -> Result<CredentialsUpdated, Error> {
    tenants::update_credentials(services, caller, patch, &client()).await
}

async fn first_account(services: &Services, caller: &Caller) -> AccountId {
    tenants::accounts(services, caller).await.unwrap()[0].id
}

async fn each_role_may_what_the_table_says(test: TestStore) {
    let services = services(&test);
    let owner = owner(&services, "anna@example.com").await;
    let (tenant, user) = (owner.tenant_id(), owner.user_id().unwrap());
    for (role, renames, keeps_keys) in [
        (Role::Owner, true, true),
        (Role::Admin, false, true),
        (Role::User, false, false),
        (Role::Viewer, false, false),
    ] {
        test.set_role(tenant, user, role).await;
        let mut tx = services.store.system_read(Reason::SignIn).await.unwrap();
        let session = owner.session_id().unwrap();
        let Some(services::store::Admission::Admitted { caller, .. }) =
            tx.admit(session, services.clock.now()).await.unwrap()
        else {
            panic!("admitted")
        };
        drop(tx);
        let denied = |error: Option<Error>| error.map(|error| refused(error).code);
        let expected = |may: bool| (!may).then_some(ErrorCode::PermissionDenied);
        let name = TenantPatch { name: "Ёлки".into() };
        let renamed = tenants::rename(&services, &caller, name, &client()).await;
        assert_eq!(denied(renamed.err()), expected(renames), "{role} renames");
        let kept = update(&services, &caller, patch(r#"{"google_sheet_id":"x"}"#)).await;
        assert_eq!(denied(kept.err()), expected(keeps_keys), "{role} keeps keys");
        assert_eq!(tenants::me(&services, &caller).await.unwrap().id, tenant);
        assert_eq!(tenants::accounts(&services, &caller).await.unwrap().len(), 1);
        assert_eq!(accounts::session(&services, &caller).await.unwrap().role, role);
    }
}

async fn a_company_is_renamed(test: TestStore) {
    let services = services(&test);
    let (mine, theirs) =
        (owner(&services, "anna@example.com").await, owner(&services, "boris@example.com").await);
    let rename = async |name: &str| {
        let patch = TenantPatch { name: name.into() };
        tenants::rename(&services, &mine, patch, &client()).await
    };
    rename(" ООО «Ёлки» ").await.unwrap();
    assert_eq!(tenants::me(&services, &mine).await.unwrap().name, "ООО «Ёлки»");
    assert_eq!(tenants::me(&services, &theirs).await.unwrap().name, "Дом и уют");
    for wrong in ["", "x", "a\nb", &"ж".repeat(256)] {
        assert_eq!(refused(rename(wrong).await.unwrap_err()).status, 422, "{wrong:?}");
    }
}

async fn a_key_is_checked_kept_and_never_shown(test: TestStore) {
    let shop = Shop::open(&test).await;
    let keys = shop.simulator.keys();
    let services = &shop.services;
    let answer =
        update(services, &shop.caller, wildberries(&format!(" {}\\n", keys.personal))).await;
    let answer = answer.unwrap();
    assert_eq!(answer.message, "Credentials updated successfully");
    assert_eq!(answer.tenant_id, shop.caller.tenant_id());
    let [check] = answer.checks.as_slice() else { panic!("one check") };
    assert_eq!((check.marketplace, check.status), (Marketplace::Wildberries, KeyStatus::Valid));
    assert_eq!(check.kind, Some(KeyKind::Personal));
    assert!(check.expires_at.is_some());

    let shops = tenants::accounts(services, &shop.caller).await.unwrap();
    assert_eq!(shops.len(), 1, "the shop of the registration");
    assert_eq!(shops[0].key.as_ref(), Some(check));
    assert_eq!(Some(&shops[0].name), check.seller_name.as_ref(), "the seller's own name");
    let key = tenants::key(services, &shop.caller, shops[0].id).await.unwrap();
    assert_eq!(key, Some(Key::Wildberries(Secret::new(keys.personal.clone()))));

    let mut tx = services.store.read(&shop.caller).await.unwrap();
    let sealed = tx.account_secret(shops[0].id, "wildberries_api_key").await.unwrap().unwrap();
    let log = tx.audit_log(1).await.unwrap();
    assert_eq!(log[0].action, "credentials_changed");
    assert_eq!(log[0].details["stored"], serde_json::json!(["wildberries_api_key"]));
    let seen = [
        sealed,
        serde_json::to_string(&answer).unwrap(),
        serde_json::to_string(&shops).unwrap(),
        format!("{key:?}"),
        format!("{log:?}"),
        format!("{:?}", wildberries(&keys.personal)),
    ];
    let signature = keys.personal.rsplit('.').next().unwrap();
    for text in seen {
        assert!(!text.contains(&keys.personal) && !text.contains(signature), "{text}");
    }
}

async fn a_key_is_kept_whatever_its_check_finds(test: TestStore) {
    let services = services(&test);
    let caller = owner(&services, "anna@example.com").await;
    let account = first_account(&services, &caller).await;
    let shop =
        Shop::with(&TestStore::sqlite().await, shop::settings(), |s| s.keys().personal).await;
    let real = shop.simulator.keys().personal;
    for (key, status) in
        [("no key at all", KeyStatus::Malformed), (real.as_str(), KeyStatus::Unreachable)]
    {
        let answer = update(&services, &caller, wildberries(key)).await.unwrap();
        assert_eq!(answer.checks[0].status, status);
        let kept = tenants::key(&services, &caller, account).await.unwrap();
        assert_eq!(kept, Some(Key::Wildberries(key.into())));
        let shops = tenants::accounts(&services, &caller).await.unwrap();
        assert_eq!(shops[0].key.as_ref().map(|check| check.status), Some(status));
        assert_eq!(shops[0].name, "Wildberries");
    }
}

async fn ozon_wants_both_halves(test: TestStore) {
    let services = services(&test);
    let caller = owner(&services, "anna@example.com").await;
    services.clock.advance(TimeDelta::seconds(1));
    let half = update(&services, &caller, patch(r#"{"ozon_client_id":"1234567"}"#)).await.unwrap();
    assert_eq!(half.checks[0].status, KeyStatus::Malformed);
    assert!(half.checks[0].message.contains("both"));
    let shops = tenants::accounts(&services, &caller).await.unwrap();
    assert_eq!(shops.len(), 2, "a shop for the other marketplace");
    assert_eq!((shops[1].marketplace, shops[1].realm), (Marketplace::Ozon, Realm::Production));
    assert_eq!(tenants::key(&services, &caller, shops[1].id).await.unwrap(), None);

    let key = "01234567-89ab-cdef-0123-456789abcdef";
    let whole = patch(&format!(r#"{{"ozon_api_key":"{key}"}}"#));
    let whole = update(&services, &caller, whole).await.unwrap();
    assert_eq!(whole.checks[0].status, KeyStatus::Unreachable, "the stored half was used");
    assert_eq!(
        tenants::key(&services, &caller, shops[1].id).await.unwrap(),
        Some(Key::Ozon { client_id: "1234567".into(), api_key: key.into() })
    );
    let both = patch(r#"{"ozon_client_id":null,"ozon_api_key":null}"#);
    assert!(update(&services, &caller, both).await.unwrap().checks.is_empty());
    assert_eq!(tenants::key(&services, &caller, shops[1].id).await.unwrap(), None);
    assert_eq!(tenants::accounts(&services, &caller).await.unwrap()[1].key, None);
}

async fn null_removes_and_absence_keeps(test: TestStore) {
    let services = services(&test);
    let caller = owner(&services, "anna@example.com").await;
    let account = first_account(&services, &caller).await;
    update(&services, &caller, wildberries("one")).await.unwrap();
    let nothing = update(&services, &caller, patch("{}")).await.unwrap();
    assert!(nothing.checks.is_empty());
    update(&services, &caller, patch(r#"{"google_sheet_id":"x"}"#)).await.unwrap();
    assert!(tenants::key(&services, &caller, account).await.unwrap().is_some());
    for _ in 0..2 {
        let removal = patch(r#"{"wildberries_api_key":null}"#);
        assert!(update(&services, &caller, removal).await.unwrap().checks.is_empty());
    }
    assert_eq!(tenants::key(&services, &caller, account).await.unwrap(), None);
    assert_eq!(tenants::accounts(&services, &caller).await.unwrap()[0].key, None);
    let mut tx = services.store.read(&caller).await.unwrap();
    let log = tx.audit_log(10).await.unwrap();
    let changes = log.iter().filter(|entry| entry.action == "credentials_changed").count();
    assert_eq!(changes, 4, "an empty patch is no change");
    assert_eq!(log[0].details["removed"], serde_json::json!(["wildberries_api_key"]));
}

async fn keys_of_google_belong_to_the_company(test: TestStore) {
    let services = services(&test);
    let caller = owner(&services, "anna@example.com").await;
    let both = patch(r#"{"google_sheet_id":"sheet","google_credentials_json":"{\"a\":\n1}"}"#);
    assert!(update(&services, &caller, both).await.unwrap().checks.is_empty());
    let mut tx = services.store.read(&caller).await.unwrap();
    for (field, value) in [("google_sheet_id", "sheet"), ("google_credentials_json", "{\"a\":\n1}")]
    {
        let sealed = tx.tenant_secret(field).await.unwrap().unwrap();
        let opened = services.vault.open(caller.tenant_id(), field, &sealed);
        assert_eq!(opened, Ok(value.into()));
    }
    drop(tx);
    update(&services, &caller, patch(r#"{"google_sheet_id":null}"#)).await.unwrap();
    let mut tx = services.store.read(&caller).await.unwrap();
    assert_eq!(tx.tenant_secret("google_sheet_id").await.unwrap(), None);
    assert!(tx.tenant_secret("google_credentials_json").await.unwrap().is_some());
}

async fn what_can_be_no_key_is_refused(test: TestStore) {
    let services = services(&test);
    let caller = owner(&services, "anna@example.com").await;
    for wrong in ["   ", "a\\u0000b", &"x".repeat(5000)] {
        let error = refused(update(&services, &caller, wildberries(wrong)).await.unwrap_err());
        assert_eq!(error.status, 422);
        assert_eq!(error.errors[0].field(), "wildberries_api_key");
    }
}

async fn a_key_moved_to_another_company_stays_shut(test: TestStore) {
    let services = services(&test);
    let (mine, theirs) =
        (owner(&services, "anna@example.com").await, owner(&services, "boris@example.com").await);
    let (my_shop, their_shop) =
        (first_account(&services, &mine).await, first_account(&services, &theirs).await);
    update(&services, &theirs, wildberries("their very secret key")).await.unwrap();
    let mut tx = services.store.read(&theirs).await.unwrap();
    let sealed = tx.account_secret(their_shop, "wildberries_api_key").await.unwrap().unwrap();
    drop(tx);
    let mut tx = services.store.write(&mine).await.unwrap();
    let now = services.clock.now();
    tx.put_account_secret(my_shop, "wildberries_api_key", &sealed, now).await.unwrap();
    tx.commit().await.unwrap();

    let error = tenants::key(&services, &mine, my_shop).await.unwrap_err();
    assert!(!format!("{error:?}").contains("their very secret key"));
    let answer = refused(error);
    assert_eq!((answer.status, answer.code), (500, ErrorCode::InternalError));
    assert_eq!(tenants::key(&services, &mine, their_shop).await.unwrap(), None, "no such shop");
    // What can't be opened can still be replaced.
    update(&services, &mine, wildberries("mine")).await.unwrap();
    assert!(tenants::key(&services, &mine, my_shop).await.unwrap().is_some());
}

async fn two_who_save_at_once_make_one_shop(test: TestStore) {
    let services = services(&test);
    let caller = owner(&services, "anna@example.com").await;
    let save =
        |id: u32| update(&services, &caller, patch(&format!(r#"{{"ozon_client_id":"{id}"}}"#)));
    let (a, b, c) = tokio::join!(save(1), save(2), save(3));
    for saved in [a, b, c] {
        saved.unwrap();
    }
    assert_eq!(tenants::accounts(&services, &caller).await.unwrap().len(), 2);
}

/// A marketplace in which nothing happens.
struct Still;

impl DemoWorld for Still {
    fn key(&self, _now: DateTime<Utc>) -> Secret {
        "a demo's key".into()
    }
    fn opened_at(&self) -> DateTime<Utc> {
        services::testing::noon() - TimeDelta::days(365)
    }
    fn products(&self, _at: DateTime<Utc>) -> Vec<ObservedProduct> {
        Vec::new()
    }
    fn stock(&self, _source: StockSource, _at: DateTime<Utc>) -> StockSnapshot {
        StockSnapshot::default()
    }
    fn changes(&self, _: i64, _: DateTime<Utc>, _: DateTime<Utc>) -> Vec<DemoChange> {
        Vec::new()
    }
    fn orders(&self, _: i64, _: DateTime<Utc>, _: DateTime<Utc>) -> Vec<ObservedOrder> {
        Vec::new()
    }
}

fn with_demo(test: &TestStore) -> Services {
    let mut parts = parts(test);
    parts.demo_world = Some(Arc::new(Still));
    parts.settings.demo.per_address = 2;
    parts.marketplaces.demo = Some(Front::demo("http://127.0.0.1:9".parse().unwrap()).unwrap());
    Services::new(parts)
}

async fn visitor(services: &Services, token: &SessionToken) -> Result<Caller, Error> {
    let pair = format!("{}={}", access::cookie_name(services), token.jwt.expose());
    let headers = HeaderMap::from_iter([(header::COOKIE, HeaderValue::from_str(&pair).unwrap())]);
    access::caller(services, &headers).await
}

async fn a_demo_opens_is_capped_and_expires(test: TestStore) {
    let services = with_demo(&test);
    let opened = services.clock.now();
    let token = demo::start(&services, &client()).await.unwrap();
    let caller = visitor(&services, &token).await.unwrap();
    let session = accounts::session(&services, &caller).await.unwrap();
    assert_eq!((session.email, session.role), (None, Role::Owner));
    assert_eq!(session.demo_until, Some(opened + TimeDelta::hours(24)));
    let shops = tenants::accounts(&services, &caller).await.unwrap();
    assert_eq!((shops.len(), shops[0].realm), (1, Realm::Demo));
    let key = tenants::key(&services, &caller, shops[0].id).await.unwrap();
    assert_eq!(key, Some(Key::Wildberries("a demo's key".into())));

    services.clock.advance(TimeDelta::hours(1));
    demo::start(&services, &client()).await.unwrap();
    let capped = refused(demo::start(&services, &client()).await.unwrap_err());
    assert_eq!((capped.status, capped.code), (429, ErrorCode::RateLimited));
    assert_eq!(capped.retry_after, Some(23 * 3600));
    demo::start(&services, &client_at([198, 51, 100, 7])).await.unwrap();

    assert_eq!(demo::expire(&services).await.unwrap(), 0);
    services.clock.advance(TimeDelta::hours(23));
    let over = refused(visitor(&services, &token).await.unwrap_err());
    assert_eq!(over.code, ErrorCode::AuthenticationError);
    assert_eq!(demo::expire(&services).await.unwrap(), 1);
    demo::start(&services, &client()).await.unwrap();
    services.clock.advance(TimeDelta::hours(24));
    assert_eq!(demo::expire(&services).await.unwrap(), 3);
    let mut tx = services.store.system_write(Reason::Operator).await.unwrap();
    assert_eq!(tx.remove_lost_visitors().await.unwrap(), 0, "visitors go with their demos");
}

async fn a_demo_takes_no_keys(test: TestStore) {
    let services = with_demo(&test);
    let token = demo::start(&services, &client()).await.unwrap();
    let caller = visitor(&services, &token).await.unwrap();
    let error = refused(update(&services, &caller, wildberries("mine")).await.unwrap_err());
    assert_eq!((error.status, error.code), (403, ErrorCode::PermissionDenied));
}

async fn demos_can_be_off(test: TestStore) {
    let mut off = parts(&test);
    off.demo_world = Some(Arc::new(Still));
    off.settings.demo.on = false;
    for services in [Services::new(off), services(&test)] {
        let error = refused(demo::start(&services, &client()).await.unwrap_err());
        assert_eq!((error.status, error.code), (403, ErrorCode::Closed));
    }
}
