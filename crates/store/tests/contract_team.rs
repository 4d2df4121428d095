//! Members, invitations, API keys, sign-up links, the log and the export: what each function promises, on both engines.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::disallowed_methods, reason = "tests")]

use chrono::{DateTime, TimeDelta, Utc};
use domain::{Role, SessionId, UserId, audit::AuditQuery};
use serde_json::{Value, json};
use store::{
    Actor, AuditEntry, AuditVerdict, Error, ExportCursor, KeyAdmission, NewApiKeyRow,
    NewInvitationRow, NewSession, NewSignupLink, NewUser, Reason, SessionKind, SystemTx,
    testing::{Company, TestStore},
};
use uuid::Uuid;

store::on_both_engines!(
    members_are_listed_owners_first_with_their_last_use,
    a_removed_member_is_gone_with_their_sign_ins,
    a_key_is_admitted_until_it_ends,
    keys_are_listed_with_their_makers_and_revoked,
    a_key_is_known_by_one_hash,
    an_invitation_is_used_once,
    invitations_go_with_who_made_them,
    a_sign_up_link_is_used_once,
    belongings_count_members_and_owners,
    who_belongs_nowhere_is_found,
    a_removed_person_leaves_nothing_anywhere,
    the_log_is_read_page_by_page,
    a_walk_over_all_companies_finds_each,
    an_export_has_every_row_of_one_company_and_no_secret,
    nothing_of_another_company_is_seen_or_changed,
);

fn id<Id: From<Uuid>>() -> Id {
    Uuid::new_v4().into()
}

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp_micros(1_789_000_000_123_456).unwrap()
}

async fn system(test: &TestStore) -> SystemTx {
    test.store.system_write(Reason::OwnAccount).await.unwrap()
}

/// A person of this role in the company, signed in.
async fn member(test: &TestStore, company: &Company, role: Role) -> (UserId, SessionId) {
    let (user, session): (UserId, SessionId) = (id(), id());
    let email = format!("{user}@example.com");
    let mut tx = system(test).await;
    tx.add_user(&NewUser {
        id: user,
        email: Some(&email),
        email_key: Some(&email),
        password_hash: Some("hash"),
        now: now(),
    })
    .await
    .unwrap();
    tx.add_membership(company.tenant, user, role, now()).await.unwrap();
    tx.add_session(
        company.tenant,
        &NewSession {
            id: session,
            user,
            kind: SessionKind::Browser,
            now: now(),
            expires_at: now() + TimeDelta::days(30),
            address: "192.0.2.7",
            user_agent: None,
        },
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
    (user, session)
}

fn key<'a>(name: &'a str, hash: &'a str, role: Role, made_by: UserId) -> NewApiKeyRow<'a> {
    NewApiKeyRow {
        id: id(),
        name,
        role,
        prefix: "st_abcdefgh",
        hash,
        made_by,
        now: now(),
        expires_at: None,
    }
}

async fn add_key(test: &TestStore, company: &Company, new: &NewApiKeyRow<'_>) {
    let mut tx = test.store.write(&company.caller).await.unwrap();
    tx.add_api_key(new).await.unwrap();
    tx.commit().await.unwrap();
}

fn invitation(hash: &str, role: Role, made_by: UserId) -> NewInvitationRow<'_> {
    NewInvitationRow {
        id: id(),
        hash,
        email: Some("Вера@почта.рф"),
        email_key: Some("вера@почта.рф"),
        role,
        made_by: Some(made_by),
        now: now(),
        expires_at: now() + TimeDelta::days(7),
    }
}

fn entry(action: &str, actor: Option<UserId>) -> AuditEntry {
    AuditEntry {
        at: now(),
        actor,
        action: action.into(),
        details: json!({"n": 1}),
        address: "192.0.2.1".into(),
    }
}

async fn members_are_listed_owners_first_with_their_last_use(test: TestStore) {
    let mine = test.company("Дом").await;
    let (viewer, _) = member(&test, &mine, Role::Viewer).await;
    let (owner, _) = member(&test, &mine, Role::Owner).await;
    let mut tx = test.store.write(&mine.caller).await.unwrap();
    let members = tx.members().await.unwrap();
    let roles: Vec<_> = members.iter().map(|m| (m.user_id, m.role)).collect();
    assert_eq!(roles, [(mine.user, Role::Owner), (owner, Role::Owner), (viewer, Role::Viewer)]);
    assert_eq!(members[2].last_used_at, Some(now()));
    assert_eq!(members[2].email.as_deref(), Some(&*format!("{viewer}@example.com")));
    assert_eq!(tx.owners().await.unwrap(), 2);
    assert_eq!(tx.role_of(viewer).await.unwrap(), Some(Role::Viewer));
    assert!(tx.set_role(viewer, Role::Admin).await.unwrap());
    assert_eq!(tx.role_of(viewer).await.unwrap(), Some(Role::Admin));
    assert_eq!(tx.role_of(id()).await.unwrap(), None);
}

async fn a_removed_member_is_gone_with_their_sign_ins(test: TestStore) {
    let mine = test.company("Дом").await;
    let (user, session) = member(&test, &mine, Role::User).await;
    let mut tx = test.store.write(&mine.caller).await.unwrap();
    assert_eq!(tx.sessions_of(user).await.unwrap(), [session]);
    assert!(tx.remove_member(user).await.unwrap());
    assert!(!tx.remove_member(user).await.unwrap());
    assert_eq!(tx.sessions_of(user).await.unwrap(), []);
    tx.commit().await.unwrap();
    let mut tx = system(&test).await;
    assert_eq!(tx.admit(session, now()).await.unwrap(), None);
    assert!(tx.own_account(user).await.unwrap().is_some(), "the account is the person's");
}

async fn a_key_is_admitted_until_it_ends(test: TestStore) {
    let mine = test.company("Дом").await;
    let ends = now() + TimeDelta::days(1);
    let new = NewApiKeyRow { expires_at: Some(ends), ..key("1C", "hash", Role::Admin, mine.user) };
    add_key(&test, &mine, &new).await;
    let mut tx = system(&test).await;
    let Some(KeyAdmission::Admitted { caller, last_used_at }) =
        tx.admit_key("hash", now()).await.unwrap()
    else {
        panic!("a fresh key is admitted")
    };
    assert_eq!(caller.tenant_id(), mine.tenant);
    assert_eq!(
        caller.actor(),
        &Actor::ApiKey { key: new.id, name: "1C".into(), role: Role::Admin }
    );
    assert_eq!(
        (caller.role(), caller.user_id(), caller.session_id()),
        (Some(Role::Admin), None, None)
    );
    assert_eq!(last_used_at, None);
    assert_eq!(tx.admit_key("another", now()).await.unwrap(), None);
    assert_eq!(tx.admit_key("hash", ends).await.unwrap(), None);

    assert!(tx.touch_api_key(mine.tenant, new.id, now()).await.unwrap());
    let earlier = now() - TimeDelta::minutes(1);
    assert!(!tx.touch_api_key(mine.tenant, new.id, earlier).await.unwrap(), "never backwards");
    let seen = tx.admit_key("hash", now()).await.unwrap();
    assert!(
        matches!(seen, Some(KeyAdmission::Admitted { last_used_at: Some(at), .. }) if at == now())
    );
    tx.set_tenant_active(mine.tenant, false, now()).await.unwrap();
    assert_eq!(tx.admit_key("hash", now()).await.unwrap(), Some(KeyAdmission::TenantSuspended));
}

async fn keys_are_listed_with_their_makers_and_revoked(test: TestStore) {
    let mine = test.company("Дом").await;
    let (admin, _) = member(&test, &mine, Role::Admin).await;
    let new = key("Обмен", "one", Role::User, admin);
    add_key(&test, &mine, &new).await;
    let mut tx = test.store.write(&mine.caller).await.unwrap();
    let keys = tx.api_keys().await.unwrap();
    assert_eq!(keys.len(), 1);
    assert_eq!((keys[0].hash.as_str(), keys[0].made_by), ("one", admin));
    assert_eq!(keys[0].key.name, "Обмен");
    assert_eq!(keys[0].key.made_by, Some(format!("{admin}@example.com")));
    tx.remove_member(admin).await.unwrap();
    let keys = tx.api_keys().await.unwrap();
    assert_eq!(keys[0].key.made_by, None, "who left is not named any more");
    assert!(tx.remove_api_key(new.id).await.unwrap());
    assert!(!tx.remove_api_key(new.id).await.unwrap());
    tx.commit().await.unwrap();
    assert_eq!(system(&test).await.admit_key("one", now()).await.unwrap(), None);
}

async fn a_key_is_known_by_one_hash(test: TestStore) {
    let (mine, theirs) = (test.company("Дом").await, test.company("Соседи").await);
    add_key(&test, &mine, &key("1C", "same", Role::User, mine.user)).await;
    let mut tx = test.store.write(&theirs.caller).await.unwrap();
    let twice = tx.add_api_key(&key("1C", "same", Role::User, theirs.user)).await;
    assert!(matches!(twice, Err(Error::Conflict(_))), "{twice:?}");
}

async fn an_invitation_is_used_once(test: TestStore) {
    let mine = test.company("Дом").await;
    let new = invitation("token", Role::User, mine.user);
    let mut tx = test.store.write(&mine.caller).await.unwrap();
    tx.add_invitation(&new).await.unwrap();
    let open = tx.invitations(now()).await.unwrap();
    assert_eq!((open.len(), open[0].id, open[0].role), (1, new.id, Role::User));
    assert_eq!(open[0].email.as_deref(), Some("Вера@почта.рф"));
    assert_eq!(open[0].made_by, Some(format!("{}@example.com", mine.user)));
    assert_eq!(tx.invitations(new.expires_at).await.unwrap(), []);
    tx.commit().await.unwrap();

    let mut tx = system(&test).await;
    let found = tx.open_invitation("token", now()).await.unwrap().unwrap();
    assert_eq!((found.tenant, found.tenant_name.as_str()), (mine.tenant, "Дом"));
    assert_eq!(found.email_key.as_deref(), Some("вера@почта.рф"));
    assert_eq!(tx.open_invitation("token", new.expires_at).await.unwrap(), None);
    assert_eq!(tx.open_invitation("another", now()).await.unwrap(), None);
    tx.set_tenant_active(mine.tenant, false, now()).await.unwrap();
    assert_eq!(tx.open_invitation("token", now()).await.unwrap(), None);
    tx.set_tenant_active(mine.tenant, true, now()).await.unwrap();
    assert!(tx.use_invitation(mine.tenant, new.id).await.unwrap());
    assert!(!tx.use_invitation(mine.tenant, new.id).await.unwrap());
    assert_eq!(tx.open_invitation("token", now()).await.unwrap(), None);
}

async fn invitations_go_with_who_made_them(test: TestStore) {
    let mine = test.company("Дом").await;
    let (admin, _) = member(&test, &mine, Role::Admin).await;
    let mut tx = test.store.write(&mine.caller).await.unwrap();
    for (hash, role, by) in [
        ("one", Role::Admin, admin),
        ("two", Role::Viewer, admin),
        ("three", Role::Admin, mine.user),
    ] {
        tx.add_invitation(&invitation(hash, role, by)).await.unwrap();
    }
    assert_eq!(tx.remove_invitations_of(admin, &[Role::User, Role::Viewer]).await.unwrap(), 1);
    assert_eq!(tx.invitations(now()).await.unwrap().len(), 2);
    assert_eq!(tx.remove_invitations_of(admin, &[]).await.unwrap(), 1);
    let left = tx.invitations(now()).await.unwrap();
    assert_eq!(left.len(), 1);
    assert!(tx.remove_invitation(left[0].id).await.unwrap());
    assert!(!tx.remove_invitation(left[0].id).await.unwrap());
}

async fn a_sign_up_link_is_used_once(test: TestStore) {
    let link = NewSignupLink {
        id: id(),
        hash: "token",
        email: Some("Анна@почта.рф"),
        email_key: Some("анна@почта.рф"),
        now: now(),
        expires_at: now() + TimeDelta::days(7),
    };
    let mut tx = system(&test).await;
    tx.add_signup_link(&link).await.unwrap();
    let found = tx.signup_link("token", now()).await.unwrap().unwrap();
    assert_eq!((found.id, found.email_key.as_deref()), (link.id, Some("анна@почта.рф")));
    assert_eq!(tx.signup_link("token", link.expires_at).await.unwrap(), None);
    assert_eq!(tx.signup_link("another", now()).await.unwrap(), None);
    assert!(tx.use_signup_link(link.id).await.unwrap());
    assert!(!tx.use_signup_link(link.id).await.unwrap());
    assert_eq!(tx.signup_link("token", now()).await.unwrap(), None);

    tx.add_signup_link(&NewSignupLink { id: id(), ..link }).await.unwrap();
    assert_eq!(tx.remove_dead_links(link.expires_at).await.unwrap(), 0);
    assert_eq!(tx.remove_dead_links(link.expires_at + TimeDelta::days(1)).await.unwrap(), 1);
}

async fn belongings_count_members_and_owners(test: TestStore) {
    let (mine, theirs) = (test.company("Дом").await, test.company("Соседи").await);
    member(&test, &theirs, Role::Owner).await;
    let mut tx = system(&test).await;
    tx.add_membership(theirs.tenant, mine.user, Role::Viewer, now()).await.unwrap();
    let found = tx.belongings(mine.user).await.unwrap();
    assert!(found.is_sorted_by_key(|there| there.tenant));
    let of = |tenant| found.iter().find(|there| there.tenant == tenant).unwrap();
    let (home, away) = (of(mine.tenant), of(theirs.tenant));
    assert_eq!((home.role, home.members, home.owners), (Role::Owner, 1, 1));
    assert_eq!((away.role, away.members, away.owners), (Role::Viewer, 3, 2));
    assert_eq!((away.name.as_str(), away.is_active, away.demo_until), ("Соседи", true, None));
    assert_eq!(tx.belongings(id()).await.unwrap(), []);
    // Locks of several companies at once, in the order of their ids.
    for there in &found {
        tx.lock_tenant(there.tenant).await.unwrap();
    }
}

async fn who_belongs_nowhere_is_found(test: TestStore) {
    let mine = test.company("Дом").await;
    let (user, _) = member(&test, &mine, Role::User).await;
    let email = format!("{user}@example.com");
    let mut tx = system(&test).await;
    assert_eq!(tx.without_company(&email).await.unwrap(), None);
    assert!(tx.remove_tenant(mine.tenant).await.unwrap());
    assert_eq!(tx.without_company(&email).await.unwrap(), Some((user, "hash".to_owned())));
    assert_eq!(tx.without_company("nobody@example.com").await.unwrap(), None);
    tx.set_user_active(user, false).await.unwrap();
    assert_eq!(tx.without_company(&email).await.unwrap(), None);
}

async fn a_removed_person_leaves_nothing_anywhere(test: TestStore) {
    let mine = test.company("Дом").await;
    let (user, session) = member(&test, &mine, Role::Admin).await;
    add_key(&test, &mine, &key("theirs", "one", Role::User, user)).await;
    add_key(&test, &mine, &key("mine", "two", Role::User, mine.user)).await;
    let mut tx = test.store.write(&mine.caller).await.unwrap();
    tx.add_invitation(&invitation("token", Role::User, user)).await.unwrap();
    tx.commit().await.unwrap();
    let mut tx = system(&test).await;
    let sign_ins = tx.sign_ins_of(user).await.unwrap();
    assert_eq!((sign_ins.len(), sign_ins[0].id), (1, session));
    assert_eq!(sign_ins[0].address, "192.0.2.7");
    assert_eq!(tx.sign_ins_in(mine.tenant).await.unwrap().len(), 2);
    assert_eq!(tx.remove_made_by(user).await.unwrap(), ["one"]);
    assert!(tx.remove_user(user).await.unwrap());
    assert!(!tx.remove_user(user).await.unwrap());
    assert_eq!(tx.admit(session, now()).await.unwrap(), None);
    assert_eq!(tx.own_account(user).await.unwrap(), None);
    assert_eq!(tx.open_invitation("token", now()).await.unwrap(), None);
    assert!(tx.admit_key("two", now()).await.unwrap().is_some());
    assert_eq!(tx.sign_ins_in(mine.tenant).await.unwrap(), [mine.session]);
}

async fn the_log_is_read_page_by_page(test: TestStore) {
    let (mine, theirs) = (test.company("Дом").await, test.company("Соседи").await);
    let (admin, _) = member(&test, &mine, Role::Admin).await;
    let mut tx = test.store.write(&mine.caller).await.unwrap();
    for n in 0..5 {
        let who = if n % 2 == 0 { Some(admin) } else { None };
        let action = if n < 3 { "early" } else { "late" };
        tx.audit(&entry(action, who)).await.unwrap();
    }
    let seqs = |page: Vec<domain::audit::AuditRecord>| -> Vec<i64> {
        page.iter().map(|record| record.seq).collect()
    };
    let first = AuditQuery { limit: 2, ..AuditQuery::default() };
    let page = tx.audit_page(&first).await.unwrap();
    assert_eq!(page[0].person, Some(admin));
    assert_eq!(page[0].email, Some(format!("{admin}@example.com")));
    assert_eq!(page[0].details["n"], 1);
    assert_eq!(seqs(page), [5, 4, 3], "one more than was asked for says that there is more");
    let next = AuditQuery { cursor: Some(4), ..first.clone() };
    assert_eq!(seqs(tx.audit_page(&next).await.unwrap()), [3, 2, 1]);
    let early = AuditQuery { action: Some("early".into()), ..AuditQuery::default() };
    assert_eq!(seqs(tx.audit_page(&early).await.unwrap()), [3, 2, 1]);
    let theirs_only = AuditQuery { person: Some(admin), ..AuditQuery::default() };
    assert_eq!(seqs(tx.audit_page(&theirs_only).await.unwrap()), [5, 3, 1]);
    assert_eq!(tx.audit_actions().await.unwrap(), ["early", "late"]);
    tx.remove_member(admin).await.unwrap();
    let page = tx.audit_page(&theirs_only).await.unwrap();
    assert_eq!((page[0].person, page[0].email.clone()), (Some(admin), None));
    assert_eq!(tx.verify_audit().await.unwrap(), AuditVerdict::Whole { entries: 5 });
    tx.commit().await.unwrap();
    let mut tx = test.store.read(&theirs.caller).await.unwrap();
    assert_eq!(tx.audit_page(&AuditQuery::default()).await.unwrap(), []);
    assert_eq!(tx.verify_audit().await.unwrap(), AuditVerdict::Whole { entries: 0 });
}

async fn a_walk_over_all_companies_finds_each(test: TestStore) {
    let mut made = Vec::new();
    for name in ["Один", "Два", "Три"] {
        made.push(test.company(name).await.tenant);
    }
    made.sort();
    let mut tx = system(&test).await;
    assert_eq!(tx.tenants_after(domain::TenantId(Uuid::nil())).await.unwrap(), made);
    assert_eq!(tx.tenants_after(made[1]).await.unwrap(), [made[2]]);
    assert_eq!(tx.tenants_after(made[2]).await.unwrap(), []);
}

async fn an_export_has_every_row_of_one_company_and_no_secret(test: TestStore) {
    let (mine, theirs) = (test.company("Дом").await, test.company("Соседи").await);
    for company in [&mine, &theirs] {
        let hash = format!("key-hash-{}", company.user);
        add_key(&test, company, &key("1C", &hash, Role::User, company.user)).await;
        let mut tx = test.store.write(&company.caller).await.unwrap();
        tx.put_account_secret(company.account, "wildberries_api_key", "sealed-secret", now())
            .await
            .unwrap();
        // More than a page, so that the cursor is used.
        for n in 0..1003 {
            tx.audit(&entry(&format!("action {n}"), Some(company.user))).await.unwrap();
        }
        tx.commit().await.unwrap();
    }
    let mut tx = test.store.read(&mine.caller).await.unwrap();
    let (mut cursor, mut rows) = (Some(ExportCursor::default()), Vec::<Value>::new());
    while let Some(at) = cursor {
        let (page, next) = tx.export_page(at).await.unwrap();
        rows.extend(page);
        cursor = next;
    }
    let of = |table: &str| rows.iter().filter(|row| row["table"] == table).count();
    assert_eq!(
        (of("tenants"), of("subscriptions"), of("memberships"), of("accounts"), of("api_keys")),
        (1, 1, 1, 1, 1)
    );
    let seqs: Vec<i64> = rows
        .iter()
        .filter(|row| row["table"] == "audit_log")
        .map(|row| row["row"]["seq"].as_i64().unwrap())
        .collect();
    assert_eq!(seqs, (1..=1003).collect::<Vec<_>>());
    let text = Value::from(rows).to_string();
    for other in ["sealed-secret", "key-hash", "Соседи", &theirs.user.to_string()] {
        assert!(!text.contains(other), "{other}");
    }
}

async fn nothing_of_another_company_is_seen_or_changed(test: TestStore) {
    let (mine, theirs) = (test.company("Дом").await, test.company("Соседи").await);
    let new = key("1C", "hash", Role::User, theirs.user);
    add_key(&test, &theirs, &new).await;
    let link = invitation("token", Role::User, theirs.user);
    let mut tx = test.store.write(&theirs.caller).await.unwrap();
    tx.add_invitation(&link).await.unwrap();
    tx.commit().await.unwrap();

    let mut tx = test.store.write(&mine.caller).await.unwrap();
    assert_eq!(tx.members().await.unwrap().len(), 1);
    assert_eq!(tx.role_of(theirs.user).await.unwrap(), None);
    assert_eq!(tx.sessions_of(theirs.user).await.unwrap(), []);
    assert!(!tx.remove_member(theirs.user).await.unwrap());
    assert!(!tx.set_role(theirs.user, Role::Viewer).await.unwrap());
    assert_eq!(tx.api_keys().await.unwrap(), []);
    assert!(!tx.remove_api_key(new.id).await.unwrap());
    assert_eq!(tx.invitations(now()).await.unwrap(), []);
    assert!(!tx.remove_invitation(link.id).await.unwrap());
    assert_eq!(tx.remove_invitations_of(theirs.user, &[]).await.unwrap(), 0);
    tx.commit().await.unwrap();

    let mut tx = system(&test).await;
    assert!(!tx.touch_api_key(mine.tenant, new.id, now()).await.unwrap());
    assert!(!tx.use_invitation(mine.tenant, link.id).await.unwrap());
    assert!(tx.open_invitation("token", now()).await.unwrap().is_some());
    assert!(tx.admit_key("hash", now()).await.unwrap().is_some());
}

mod walls {
    use super::*;

    /// Raw SQL without any tenant_id as the tenant role: the policies of the new tables alone must hold.
    mod postgres {
        use super::*;

        #[tokio::test]
        async fn the_policies_hold_without_the_predicate() {
            let test = TestStore::postgres().await;
            let (mine, theirs) = (test.company("Дом").await, test.company("Соседи").await);
            for company in [&mine, &theirs] {
                let hash = company.user.to_string();
                add_key(&test, company, &key("1C", &hash, Role::User, company.user)).await;
                let mut tx = test.store.write(&company.caller).await.unwrap();
                tx.add_invitation(&invitation(&hash, Role::User, company.user)).await.unwrap();
                tx.commit().await.unwrap();
            }
            let pool = sqlx::PgPool::connect(&test.settings.url).await.unwrap();
            let begin = format!(
                "begin; set local role stock_tracker_tenant; set local app.tenant_id = '{}'",
                mine.tenant
            );
            let mut tx = pool.begin_with(sqlx::AssertSqlSafe(begin)).await.unwrap();
            for table in ["api_keys", "invitations"] {
                let sql = format!("select tenant_id from {table}");
                let seen: Vec<Uuid> =
                    sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).fetch_all(&mut *tx).await.unwrap();
                assert_eq!(seen, [mine.tenant.0], "{table}");
            }
            let links = sqlx::query("select id from signup_links").execute(&mut *tx).await;
            assert!(links.unwrap_err().to_string().contains("permission denied"));
        }
    }
}
