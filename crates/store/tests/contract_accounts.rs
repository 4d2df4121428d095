//! People, companies, sign-ins, keys, the audit chain and demos: what each function promises, on both engines.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::disallowed_methods, reason = "tests")]

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    AccountId, Marketplace, Realm, Role, SessionId, TenantId, UserId,
    account::{KeyCheck, KeyScope, KeyStatus, ScopeGrant},
    validation::email_key,
};
use serde_json::json;
use store::{
    Admission, AuditEntry, AuditVerdict, Error, NewAccount, NewCompany, NewRefreshToken,
    NewSession, NewTenant, NewUser, Reason, SessionKind, SystemTx,
    testing::{Company, TestStore},
};
use uuid::Uuid;

store::on_both_engines!(
    a_registration_is_whole_and_its_email_is_taken_in_every_spelling,
    an_unfinished_registration_leaves_nothing,
    signing_in_finds_the_active_company_first,
    a_person_without_a_company_cannot_sign_in,
    a_password_is_rehashed_only_while_it_is_the_one_that_was_proven,
    a_sign_in_is_admitted_until_it_ends,
    a_sign_in_slides_and_never_comes_back,
    logging_out_ends_the_families_and_this_sign_in,
    a_role_counts_from_the_next_look_up,
    familiar_addresses_are_those_of_the_last_time,
    dead_sign_ins_are_swept_with_their_tokens,
    a_refresh_token_is_spent_once,
    two_exchanges_at_once_have_one_winner,
    companies_are_read_and_renamed_by_their_own_people,
    shops_and_their_key_checks,
    keys_are_replaced_and_forgotten,
    nothing_of_another_company_is_seen_or_changed,
    the_audit_chain_is_whole_until_a_row_is_touched,
    audit_entries_of_one_company_wait_for_each_other,
    a_removed_company_leaves_nothing,
    demos_are_counted_and_expire,
);

const EMAIL: &str = "Анна@Почта.РФ";

fn id<Id: From<Uuid>>() -> Id {
    Uuid::new_v4().into()
}

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp_micros(1_789_000_000_123_456).unwrap()
}

async fn system(test: &TestStore) -> SystemTx {
    test.store.system_write(Reason::SignIn).await.unwrap()
}

fn tenant(id: TenantId) -> NewTenant<'static> {
    NewTenant {
        id,
        name: "Дом и уют",
        marketplace: Marketplace::Ozon,
        demo_until: None,
        now: now(),
    }
}

fn user<'a>(id: UserId, email: &'a str, key: &'a str) -> NewUser<'a> {
    NewUser {
        id,
        email: Some(email),
        email_key: Some(key),
        password_hash: Some("hash one"),
        now: now(),
    }
}

fn shop(id: AccountId) -> NewAccount<'static> {
    NewAccount {
        id,
        marketplace: Marketplace::Ozon,
        realm: Realm::Production,
        name: "Ozon",
        now: now(),
    }
}

/// Registers a company under this address.
async fn register(test: &TestStore, email: &str) -> Result<(TenantId, UserId), Error> {
    let (tenant_id, user_id) = (id(), id());
    let mut tx = system(test).await;
    tx.register(&NewCompany {
        tenant: tenant(tenant_id),
        owner: user(user_id, email, &email_key(email)),
        account: shop(id()),
    })
    .await?;
    tx.commit().await?;
    Ok((tenant_id, user_id))
}

fn session(user: UserId, kind: SessionKind, address: &str) -> NewSession<'_> {
    NewSession {
        id: id(),
        user,
        kind,
        now: now(),
        expires_at: now() + TimeDelta::days(30),
        address,
        user_agent: Some("Обозреватель"),
    }
}

async fn add_session(test: &TestStore, tenant: TenantId, new: &NewSession<'_>) {
    let mut tx = system(test).await;
    tx.add_session(tenant, new).await.unwrap();
    tx.commit().await.unwrap();
}

async fn admit(test: &TestStore, session: SessionId, at: DateTime<Utc>) -> Option<Admission> {
    let mut tx = test.store.system_read(Reason::SignIn).await.unwrap();
    tx.admit(session, at).await.unwrap()
}

async fn a_registration_is_whole_and_its_email_is_taken_in_every_spelling(test: TestStore) {
    let (tenant_id, user_id) = register(&test, EMAIL).await.unwrap();
    let mut tx = system(&test).await;
    let found = tx.sign_in("анна@почта.рф").await.unwrap().unwrap();
    assert_eq!((found.user, found.tenant, found.role), (user_id, tenant_id, Role::Owner));
    assert_eq!(found.password_hash.as_deref(), Some("hash one"));
    assert!(found.user_active && found.tenant_active);
    assert!(!format!("{found:?}").contains("hash one"));
    assert_eq!(tx.plan(tenant_id).await.unwrap().as_deref(), Some("free"));
    assert_eq!(tx.plan(id()).await.unwrap(), None);
    assert_eq!(tx.sign_in("анна@почта.р").await.unwrap(), None);
    drop(tx);

    let again = register(&test, "АННА@почта.рф ").await;
    assert!(matches!(again, Err(Error::Conflict(_))), "{again:?}");
    register(&test, "boris@example.com").await.unwrap();
}

async fn an_unfinished_registration_leaves_nothing(test: TestStore) {
    let mut tx = system(&test).await;
    tx.register(&NewCompany {
        tenant: tenant(id()),
        owner: user(id(), EMAIL, "анна@почта.рф"),
        account: shop(id()),
    })
    .await
    .unwrap();
    drop(tx);
    register(&test, EMAIL).await.unwrap();
}

async fn signing_in_finds_the_active_company_first(test: TestStore) {
    let (first, anna) = register(&test, EMAIL).await.unwrap();
    let (second, _) = register(&test, "boris@example.com").await.unwrap();
    let mut tx = system(&test).await;
    tx.add_membership(second, anna, Role::Viewer, now() + TimeDelta::days(1)).await.unwrap();
    let found = tx.sign_in("анна@почта.рф").await.unwrap().unwrap();
    assert_eq!((found.tenant, found.role), (first, Role::Owner));
    assert!(tx.set_tenant_active(first, false, now()).await.unwrap());
    let found = tx.sign_in("анна@почта.рф").await.unwrap().unwrap();
    assert_eq!((found.tenant, found.role), (second, Role::Viewer));
    assert!(tx.set_tenant_active(second, false, now()).await.unwrap());
    assert!(!tx.sign_in("анна@почта.рф").await.unwrap().unwrap().tenant_active);
    assert!(!tx.set_tenant_active(id(), false, now()).await.unwrap());
    assert!(tx.set_user_active(anna, false).await.unwrap());
    assert!(!tx.sign_in("анна@почта.рф").await.unwrap().unwrap().user_active);
    assert!(!tx.set_user_active(id(), false).await.unwrap());
    let twice = tx.add_membership(second, anna, Role::User, now()).await;
    assert!(matches!(twice, Err(Error::Conflict(_))), "{twice:?}");
}

async fn a_person_without_a_company_cannot_sign_in(test: TestStore) {
    let mut tx = system(&test).await;
    tx.add_user(&user(id(), EMAIL, "анна@почта.рф")).await.unwrap();
    assert_eq!(tx.sign_in("анна@почта.рф").await.unwrap(), None);
    let nowhere = tx.add_membership(id(), id(), Role::User, now()).await;
    assert!(matches!(nowhere, Err(Error::MissingParent(_))), "{nowhere:?}");
}

async fn a_password_is_rehashed_only_while_it_is_the_one_that_was_proven(test: TestStore) {
    let (_, anna) = register(&test, EMAIL).await.unwrap();
    let mut tx = system(&test).await;
    assert!(!tx.rehash(anna, "another", "hash two").await.unwrap());
    assert!(tx.rehash(anna, "hash one", "hash two").await.unwrap());
    assert!(!tx.rehash(anna, "hash one", "hash three").await.unwrap());
    let found = tx.sign_in("анна@почта.рф").await.unwrap().unwrap();
    assert_eq!(found.password_hash.as_deref(), Some("hash two"));
}

async fn a_sign_in_is_admitted_until_it_ends(test: TestStore) {
    let (tenant_id, anna) = register(&test, EMAIL).await.unwrap();
    let new = session(anna, SessionKind::Browser, "192.0.2.1");
    add_session(&test, tenant_id, &new).await;
    let Some(Admission::Admitted { caller, kind, last_seen_at }) =
        admit(&test, new.id, now()).await
    else {
        panic!("admitted")
    };
    assert_eq!(caller.tenant_id(), tenant_id);
    assert_eq!((caller.user_id(), caller.session_id()), (Some(anna), Some(new.id)));
    assert_eq!((caller.role(), kind), (Some(Role::Owner), SessionKind::Browser));
    assert_eq!(last_seen_at, now());
    assert_eq!(admit(&test, id(), now()).await, None);
    let last = new.expires_at - TimeDelta::microseconds(1);
    assert!(admit(&test, new.id, last).await.is_some());
    assert_eq!(admit(&test, new.id, new.expires_at).await, None);

    let set = async |user: bool, tenant: bool| {
        let mut tx = system(&test).await;
        tx.set_user_active(anna, user).await.unwrap();
        tx.set_tenant_active(tenant_id, tenant, now()).await.unwrap();
        tx.commit().await.unwrap();
    };
    set(false, true).await;
    assert_eq!(admit(&test, new.id, now()).await, Some(Admission::AccountDisabled));
    set(true, false).await;
    assert_eq!(admit(&test, new.id, now()).await, Some(Admission::TenantSuspended));
    set(true, true).await;

    let mut tx = test.store.write(&caller).await.unwrap();
    assert!(tx.revoke_session(new.id, now()).await.unwrap());
    assert!(!tx.revoke_session(new.id, now()).await.unwrap());
    tx.commit().await.unwrap();
    assert_eq!(admit(&test, new.id, now()).await, None);

    let stranger = NewSession { user: id(), ..session(anna, SessionKind::Api, "192.0.2.1") };
    let mut tx = system(&test).await;
    let refused = tx.add_session(tenant_id, &stranger).await;
    assert!(matches!(refused, Err(Error::MissingParent(_))), "{refused:?}");
}

async fn a_sign_in_slides_and_never_comes_back(test: TestStore) {
    let Company { tenant, session, user, .. } = test.company("Дом").await;
    let later = now() + TimeDelta::days(20);
    let until = later + TimeDelta::days(3650);
    let mut tx = system(&test).await;
    assert!(tx.touch_session(tenant, session, later, until).await.unwrap());
    assert!(!tx.touch_session(tenant, session, now(), now()).await.unwrap(), "not backwards");
    assert!(!tx.touch_session(id(), session, later, until).await.unwrap(), "not another's");
    let Some(Admission::Admitted { last_seen_at, .. }) =
        tx.admit(session, until - TimeDelta::days(1)).await.unwrap()
    else {
        panic!("it slid")
    };
    assert_eq!(last_seen_at, later);
    assert!(tx.revoke_session(tenant, session, later).await.unwrap());
    assert!(!tx.revoke_session(tenant, session, later).await.unwrap());
    assert!(!tx.touch_session(tenant, session, later, until).await.unwrap());
    assert_eq!(tx.admit(session, later).await.unwrap(), None);
    assert!(tx.revoke_api_sessions(user, Some(session), later).await.unwrap().is_empty());
}

async fn logging_out_ends_the_families_and_this_sign_in(test: TestStore) {
    let (tenant_id, anna) = register(&test, EMAIL).await.unwrap();
    let (other_tenant, boris) = register(&test, "boris@example.com").await.unwrap();
    let sessions = [
        session(anna, SessionKind::Api, "192.0.2.1"),
        session(anna, SessionKind::Api, "192.0.2.1"),
        session(anna, SessionKind::Browser, "192.0.2.1"),
        session(anna, SessionKind::Browser, "192.0.2.1"),
    ];
    for new in &sessions {
        add_session(&test, tenant_id, new).await;
    }
    let theirs = session(boris, SessionKind::Api, "192.0.2.1");
    add_session(&test, other_tenant, &theirs).await;
    let elsewhere = session(anna, SessionKind::Api, "192.0.2.1");
    let mut tx = system(&test).await;
    tx.add_membership(other_tenant, anna, Role::User, now()).await.unwrap();
    tx.add_session(other_tenant, &elsewhere).await.unwrap();
    let mut ended = tx.revoke_api_sessions(anna, Some(sessions[2].id), now()).await.unwrap();
    tx.commit().await.unwrap();
    ended.sort();
    let mut expected = vec![sessions[0].id, sessions[1].id, sessions[2].id, elsewhere.id];
    expected.sort();
    assert_eq!(ended, expected);
    assert_eq!(admit(&test, sessions[0].id, now()).await, None);
    assert!(admit(&test, sessions[3].id, now()).await.is_some());
    assert!(admit(&test, theirs.id, now()).await.is_some());
}

async fn a_role_counts_from_the_next_look_up(test: TestStore) {
    let mine = test.company("Дом").await;
    let mut tx = test.store.write(&mine.caller).await.unwrap();
    assert!(tx.set_role(mine.user, Role::Viewer).await.unwrap());
    assert!(!tx.set_role(id(), Role::Viewer).await.unwrap());
    tx.commit().await.unwrap();
    let Some(Admission::Admitted { caller, .. }) = admit(&test, mine.session, now()).await else {
        panic!("admitted")
    };
    assert_eq!(caller.role(), Some(Role::Viewer));
}

async fn familiar_addresses_are_those_of_the_last_time(test: TestStore) {
    let (tenant_id, anna) = register(&test, EMAIL).await.unwrap();
    for address in ["192.0.2.1", "192.0.2.1", "2001:db8::1"] {
        add_session(&test, tenant_id, &session(anna, SessionKind::Browser, address)).await;
    }
    let mut tx = system(&test).await;
    let mut known = tx.familiar_addresses("анна@почта.рф", now()).await.unwrap();
    known.sort();
    assert_eq!(known, ["192.0.2.1", "2001:db8::1"]);
    let later = now() + TimeDelta::seconds(1);
    assert!(tx.familiar_addresses("анна@почта.рф", later).await.unwrap().is_empty());
    assert!(tx.familiar_addresses("boris@example.com", now()).await.unwrap().is_empty());
}

async fn dead_sign_ins_are_swept_with_their_tokens(test: TestStore) {
    let (tenant_id, anna) = register(&test, EMAIL).await.unwrap();
    let (expired, revoked, alive) = (
        session(anna, SessionKind::Api, "192.0.2.1"),
        session(anna, SessionKind::Api, "192.0.2.1"),
        session(anna, SessionKind::Api, "192.0.2.1"),
    );
    let expired = NewSession { expires_at: now(), ..expired };
    for new in [&expired, &revoked, &alive] {
        add_session(&test, tenant_id, new).await;
    }
    let token = token(expired.id, "hash");
    let mut tx = system(&test).await;
    tx.add_refresh_token(tenant_id, &token).await.unwrap();
    tx.revoke_session(tenant_id, revoked.id, now()).await.unwrap();
    assert_eq!(tx.remove_dead_sessions(now()).await.unwrap(), 0);
    assert_eq!(tx.remove_dead_sessions(now() + TimeDelta::seconds(1)).await.unwrap(), 2);
    assert_eq!(tx.refresh_token(token.id).await.unwrap(), None);
    assert!(tx.admit(alive.id, now()).await.unwrap().is_some());
}

fn token(session: SessionId, hash: &str) -> NewRefreshToken<'_> {
    let expires_at = now() + TimeDelta::days(30);
    NewRefreshToken { id: id(), session, hash, issued_at: now(), expires_at }
}

async fn a_refresh_token_is_spent_once(test: TestStore) {
    let mine = test.company("Дом").await;
    let (first, second) = (token(mine.session, "one"), token(mine.session, "two"));
    let mut tx = system(&test).await;
    tx.add_refresh_token(mine.tenant, &first).await.unwrap();
    let row = tx.refresh_token(first.id).await.unwrap().unwrap();
    assert_eq!((row.tenant, row.session, row.hash.as_str()), (mine.tenant, mine.session, "one"));
    assert_eq!((row.issued_at, row.expires_at), (first.issued_at, first.expires_at));
    assert_eq!(row.spent, None);
    tx.add_refresh_token(mine.tenant, &second).await.unwrap();
    let spend = async |tx: &mut SystemTx, tenant| {
        tx.spend_refresh_token(tenant, first.id, second.id, now()).await.unwrap()
    };
    assert!(!spend(&mut tx, id()).await, "not in another company");
    assert!(spend(&mut tx, mine.tenant).await);
    assert!(!spend(&mut tx, mine.tenant).await);
    let row = tx.refresh_token(first.id).await.unwrap().unwrap();
    assert_eq!(row.spent, Some((now(), second.id)));
    assert_eq!(tx.refresh_token(id()).await.unwrap(), None);
    let twice = tx.add_refresh_token(mine.tenant, &first).await;
    assert!(matches!(twice, Err(Error::Conflict(_))), "{twice:?}");
}

async fn two_exchanges_at_once_have_one_winner(test: TestStore) {
    let mine = test.company("Дом").await;
    let first = token(mine.session, "one");
    let mut tx = system(&test).await;
    tx.add_refresh_token(mine.tenant, &first).await.unwrap();
    tx.commit().await.unwrap();
    let exchange = async |hash: &str| {
        let mut tx = system(&test).await;
        let next = token(mine.session, hash);
        tx.add_refresh_token(mine.tenant, &next).await.unwrap();
        let won = tx.spend_refresh_token(mine.tenant, first.id, next.id, now()).await.unwrap();
        if won {
            tx.commit().await.unwrap();
        }
        won
    };
    let (a, b, c) = tokio::join!(exchange("a"), exchange("b"), exchange("c"));
    assert_eq!([a, b, c].iter().filter(|won| **won).count(), 1);
}

async fn companies_are_read_and_renamed_by_their_own_people(test: TestStore) {
    let mine = test.company("Дом и уют").await;
    let theirs = test.company("Соседи").await;
    let mut tx = test.store.write(&mine.caller).await.unwrap();
    let row = tx.tenant_row().await.unwrap().unwrap();
    assert_eq!((row.id, row.name.as_str()), (mine.tenant, "Дом и уют"));
    assert_eq!(row.marketplace_type, Marketplace::Wildberries);
    assert!(row.is_active);
    assert_eq!(row.created_at, mine.now);
    assert_eq!(tx.demo_until().await.unwrap(), None);
    tx.lock_tenant().await.unwrap();
    assert!(tx.rename("Ёлки", now()).await.unwrap());
    let session = tx.session_of(mine.user).await.unwrap().unwrap();
    assert_eq!((session.tenant_name.as_str(), session.role), ("Ёлки", Role::Owner));
    assert_eq!(session.email, Some(format!("{}@example.com", mine.user)));
    assert_eq!(session.demo_until, None);
    assert_eq!(tx.session_of(theirs.user).await.unwrap(), None);
    tx.commit().await.unwrap();
    let mut tx = test.store.read(&theirs.caller).await.unwrap();
    assert_eq!(tx.tenant_row().await.unwrap().unwrap().name, "Соседи");
}

fn key_check(seller: Option<&str>) -> KeyCheck {
    KeyCheck {
        marketplace: Marketplace::Ozon,
        status: KeyStatus::Valid,
        kind: None,
        expires_at: Some(now()),
        scopes: vec![ScopeGrant { scope: KeyScope::Content, granted: true, needed: true }],
        read_only: Some(true),
        seller_name: seller.map(str::to_owned),
        message: "Ключ подходит.".into(),
        checked_at: now(),
    }
}

async fn shops_and_their_key_checks(test: TestStore) {
    let mine = test.company("Дом").await;
    let mut tx = test.store.write(&mine.caller).await.unwrap();
    let second = shop(id());
    tx.add_account(&second).await.unwrap();
    let found = tx.accounts().await.unwrap();
    assert_eq!(found.iter().map(|shop| shop.id).collect::<Vec<_>>(), [mine.account, second.id]);
    assert_eq!((found[1].marketplace, found[1].realm), (Marketplace::Ozon, Realm::Production));
    assert_eq!((found[1].name.as_str(), &found[1].key), ("Ozon", &None));

    assert!(tx.set_key_check(second.id, Some(&key_check(Some("ИП Ёлкин"))), now()).await.unwrap());
    let shop = tx.account(second.id).await.unwrap().unwrap();
    assert_eq!(shop.key, Some(key_check(Some("ИП Ёлкин"))));
    assert_eq!(shop.name, "ИП Ёлкин");
    assert!(tx.set_key_check(second.id, Some(&key_check(None)), now()).await.unwrap());
    assert_eq!(tx.account(second.id).await.unwrap().unwrap().name, "ИП Ёлкин");
    assert!(tx.set_key_check(second.id, None, now()).await.unwrap());
    assert_eq!(tx.account(second.id).await.unwrap().unwrap().key, None);
    assert!(!tx.set_key_check(id(), None, now()).await.unwrap());
    assert_eq!(tx.account(id()).await.unwrap(), None);
}

async fn keys_are_replaced_and_forgotten(test: TestStore) {
    let mine = test.company("Дом").await;
    let mut tx = test.store.write(&mine.caller).await.unwrap();
    let field = "wildberries_api_key";
    assert_eq!(tx.account_secret(mine.account, field).await.unwrap(), None);
    for text in ["one", "two"] {
        tx.put_account_secret(mine.account, field, text, now()).await.unwrap();
        assert_eq!(tx.account_secret(mine.account, field).await.unwrap().as_deref(), Some(text));
    }
    assert!(tx.remove_account_secret(mine.account, field).await.unwrap());
    assert!(!tx.remove_account_secret(mine.account, field).await.unwrap());
    for text in ["one", "two"] {
        tx.put_tenant_secret("google_sheet_id", text, now()).await.unwrap();
        assert_eq!(tx.tenant_secret("google_sheet_id").await.unwrap().as_deref(), Some(text));
    }
    assert!(tx.remove_tenant_secret("google_sheet_id").await.unwrap());
    assert!(!tx.remove_tenant_secret("google_sheet_id").await.unwrap());
    assert_eq!(tx.tenant_secret("google_sheet_id").await.unwrap(), None);
    let nowhere = tx.put_account_secret(id(), field, "text", now()).await;
    assert!(matches!(nowhere, Err(Error::MissingParent(_))), "{nowhere:?}");
}

async fn nothing_of_another_company_is_seen_or_changed(test: TestStore) {
    let (mine, theirs) = (test.company("Дом").await, test.company("Соседи").await);
    let mut tx = test.store.write(&theirs.caller).await.unwrap();
    tx.put_account_secret(theirs.account, "wildberries_api_key", "sealed", now()).await.unwrap();
    tx.put_tenant_secret("google_sheet_id", "sealed", now()).await.unwrap();
    tx.audit(&entry("theirs")).await.unwrap();
    tx.commit().await.unwrap();

    let mut tx = test.store.write(&mine.caller).await.unwrap();
    assert_eq!(tx.account(theirs.account).await.unwrap(), None);
    assert_eq!(tx.accounts().await.unwrap().len(), 1);
    assert_eq!(tx.account_secret(theirs.account, "wildberries_api_key").await.unwrap(), None);
    assert_eq!(tx.tenant_secret("google_sheet_id").await.unwrap(), None);
    assert!(!tx.remove_account_secret(theirs.account, "wildberries_api_key").await.unwrap());
    assert!(!tx.remove_tenant_secret("google_sheet_id").await.unwrap());
    assert!(!tx.set_key_check(theirs.account, None, now()).await.unwrap());
    assert!(!tx.revoke_session(theirs.session, now()).await.unwrap());
    assert!(!tx.set_role(theirs.user, Role::Viewer).await.unwrap());
    assert!(tx.audit_log(10).await.unwrap().is_empty());
    let smuggled = tx.put_account_secret(theirs.account, "ozon_api_key", "x", now()).await;
    assert!(matches!(smuggled, Err(Error::MissingParent(_))), "{smuggled:?}");
    drop(tx);

    let mut tx = test.store.read(&theirs.caller).await.unwrap();
    let sealed = tx.account_secret(theirs.account, "wildberries_api_key").await.unwrap();
    assert_eq!(sealed.as_deref(), Some("sealed"));
    assert_eq!(tx.audit_log(10).await.unwrap(), [entry("theirs")]);
}

fn entry(action: &str) -> AuditEntry {
    AuditEntry {
        at: now(),
        actor: Some(UserId(Uuid::from_u128(7))),
        action: action.into(),
        details: json!({"name": "Ёлки", "b": [1, true, null], "a": {"z": 1, "y": "x"}}),
        address: "192.0.2.1".into(),
    }
}

async fn the_audit_chain_is_whole_until_a_row_is_touched(test: TestStore) {
    let mine = test.company("Дом").await;
    let mut tx = test.store.write(&mine.caller).await.unwrap();
    tx.audit(&entry("one")).await.unwrap();
    tx.audit(&AuditEntry { actor: None, ..entry("two") }).await.unwrap();
    tx.commit().await.unwrap();
    let mut tx = system(&test).await;
    tx.audit(mine.tenant, &entry("three")).await.unwrap();
    assert_eq!(tx.verify_audit(mine.tenant).await.unwrap(), AuditVerdict::Whole { entries: 3 });
    assert_eq!(tx.verify_audit(id()).await.unwrap(), AuditVerdict::Whole { entries: 0 });
    tx.commit().await.unwrap();
    let mut tx = test.store.read(&mine.caller).await.unwrap();
    let actions: Vec<_> =
        tx.audit_log(2).await.unwrap().into_iter().map(|entry| entry.action).collect();
    assert_eq!(actions, ["three", "two"]);
    drop(tx);

    touch(&test, "update audit_log set action = 'none' where seq = 2").await;
    let mut tx = system(&test).await;
    assert_eq!(tx.verify_audit(mine.tenant).await.unwrap(), AuditVerdict::Broken { seq: 2 });
    drop(tx);
    touch(&test, "delete from audit_log where seq = 2").await;
    let mut tx = system(&test).await;
    assert_eq!(tx.verify_audit(mine.tenant).await.unwrap(), AuditVerdict::Broken { seq: 2 });
}

/// What only somebody with the database itself can do.
async fn touch(test: &TestStore, sql: &'static str) {
    if test.settings.url.starts_with("sqlite") {
        let pool = sqlx::SqlitePool::connect(&test.settings.url).await.unwrap();
        sqlx::query(sql).execute(&pool).await.unwrap();
        pool.close().await;
    } else {
        let pool = sqlx::PgPool::connect(&test.settings.url).await.unwrap();
        let mut tx = pool.begin_with("begin; set local role stock_tracker_system").await.unwrap();
        sqlx::query(sql).execute(&mut *tx).await.unwrap();
        tx.commit().await.unwrap();
    }
}

async fn audit_entries_of_one_company_wait_for_each_other(test: TestStore) {
    let mine = test.company("Дом").await;
    let append = async |action: String| {
        let mut tx = test.store.write(&mine.caller).await.unwrap();
        tx.audit(&entry(&action)).await.unwrap();
        tx.commit().await.unwrap();
    };
    let all = (0..12).map(|number| append(number.to_string()));
    futures::future::join_all(all).await;
    let mut tx = system(&test).await;
    let verdict = tx.verify_audit(mine.tenant).await.unwrap();
    assert_eq!(verdict, AuditVerdict::Whole { entries: 12 });
}

async fn a_removed_company_leaves_nothing(test: TestStore) {
    let (mine, theirs) = (test.company("Дом").await, test.company("Соседи").await);
    let mut tx = test.store.write(&mine.caller).await.unwrap();
    tx.put_account_secret(mine.account, "wildberries_api_key", "sealed", now()).await.unwrap();
    tx.audit(&entry("one")).await.unwrap();
    tx.commit().await.unwrap();
    let token = token(mine.session, "hash");
    let mut tx = system(&test).await;
    tx.add_refresh_token(mine.tenant, &token).await.unwrap();
    assert!(tx.remove_tenant(mine.tenant).await.unwrap());
    assert!(!tx.remove_tenant(mine.tenant).await.unwrap());
    assert_eq!(tx.admit(mine.session, now()).await.unwrap(), None);
    assert_eq!(tx.refresh_token(token.id).await.unwrap(), None);
    assert_eq!(tx.plan(mine.tenant).await.unwrap(), None);
    let verdict = tx.verify_audit(mine.tenant).await.unwrap();
    assert_eq!(verdict, AuditVerdict::Whole { entries: 0 });
    assert!(tx.admit(theirs.session, now()).await.unwrap().is_some());
    // People with an e-mail stay: they may belong elsewhere.
    assert_eq!(tx.remove_lost_visitors().await.unwrap(), 0);
    tx.commit().await.unwrap();
    let mut tx = test.store.read(&mine.caller).await.unwrap();
    assert_eq!(tx.tenant_row().await.unwrap(), None);
    assert!(tx.accounts().await.unwrap().is_empty());
}

async fn demos_are_counted_and_expire(test: TestStore) {
    let until = now() + TimeDelta::hours(24);
    let visit = async |until| {
        let (tenant_id, visitor) = (id(), id());
        let mut tx = system(&test).await;
        tx.register(&NewCompany {
            tenant: NewTenant { demo_until: Some(until), ..tenant(tenant_id) },
            owner: NewUser {
                id: visitor,
                email: None,
                email_key: None,
                password_hash: None,
                now: now(),
            },
            account: NewAccount { realm: Realm::Demo, ..shop(id()) },
        })
        .await
        .unwrap();
        let new = session(visitor, SessionKind::Browser, "192.0.2.1");
        tx.add_session(tenant_id, &new).await.unwrap();
        tx.commit().await.unwrap();
        (tenant_id, new.id)
    };
    let (first, session) = visit(until).await;
    let (second, _) = visit(until + TimeDelta::hours(1)).await;
    register(&test, EMAIL).await.unwrap();

    let Some(Admission::Admitted { caller, .. }) = admit(&test, session, now()).await else {
        panic!("admitted")
    };
    let mut tx = test.store.read(&caller).await.unwrap();
    assert_eq!(tx.demo_until().await.unwrap(), Some(until));
    drop(tx);
    assert_eq!(admit(&test, session, until).await, None, "over, though not removed yet");

    let mut tx = system(&test).await;
    assert_eq!(tx.expired_demo(until - TimeDelta::microseconds(1)).await.unwrap(), None);
    assert_eq!(tx.expired_demo(until).await.unwrap(), Some(first));
    assert!(tx.remove_tenant(first).await.unwrap());
    assert_eq!(tx.expired_demo(until).await.unwrap(), None);
    assert_eq!(tx.expired_demo(until + TimeDelta::days(1)).await.unwrap(), Some(second));
    assert_eq!(tx.remove_lost_visitors().await.unwrap(), 1);

    for hours in [0, 1, 2] {
        let at = now() + TimeDelta::hours(hours);
        tx.add_demo_start(id(), "an address", at).await.unwrap();
    }
    tx.add_demo_start(id(), "another", now()).await.unwrap();
    let starts = tx.demo_starts("an address", now()).await.unwrap();
    assert_eq!(starts, [now() + TimeDelta::hours(1), now() + TimeDelta::hours(2)]);
    assert_eq!(tx.remove_demo_starts(now()).await.unwrap(), 2);
    let all = tx.demo_starts("an address", now() - TimeDelta::days(9)).await.unwrap();
    assert_eq!(all.len(), 2);
}
