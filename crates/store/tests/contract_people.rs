//! A person's own account: what each function promises, on both engines.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::disallowed_methods, reason = "tests")]

use chrono::{DateTime, TimeDelta, Utc};
use domain::{Role, SessionId, TenantId, UserId};
use store::{
    Admission, LinkPurpose, NewSession, Reason, SessionKind, SystemTx,
    testing::{Company, TestStore},
};
use uuid::Uuid;

store::on_both_engines!(
    an_account_is_shown_to_its_person,
    a_password_is_changed_only_while_it_is_the_one_that_was_proven,
    an_address_is_proven_once,
    a_letter_goes_to_active_people_only,
    a_link_is_good_once_and_until_its_time,
    of_two_who_use_a_link_one_gets_it,
    a_second_factor_is_asked_for_once_it_is_confirmed,
    a_step_is_accepted_once,
    a_recovery_code_is_used_once,
    an_account_outlives_its_company,
    own_sign_ins_are_shown_and_ended_in_every_company,
    another_persons_sign_ins_are_not_there,
);

fn id<Id: From<Uuid>>() -> Id {
    Uuid::new_v4().into()
}

async fn own(test: &TestStore) -> SystemTx {
    test.store.system_write(Reason::OwnAccount).await.unwrap()
}

fn session(user: UserId, kind: SessionKind, at: DateTime<Utc>) -> NewSession<'static> {
    NewSession {
        id: id(),
        user,
        kind,
        now: at,
        expires_at: at + TimeDelta::days(30),
        address: "192.0.2.7",
        user_agent: Some("Обозреватель"),
    }
}

async fn stands(test: &TestStore, session: SessionId, at: DateTime<Utc>) -> bool {
    let mut tx = test.store.system_read(Reason::SignIn).await.unwrap();
    matches!(tx.admit(session, at).await.unwrap(), Some(Admission::Admitted { .. }))
}

async fn an_account_is_shown_to_its_person(test: TestStore) {
    let Company { user, now, tenant, .. } = test.company("Дом").await;
    let mut tx = own(&test).await;
    let account = tx.own_account(user).await.unwrap().unwrap();
    assert_eq!(account.email, Some(format!("{user}@example.com")));
    assert_eq!(account.email_key, account.email);
    assert_eq!((account.created_at, account.password_changed_at), (now, now));
    assert_eq!((account.email_verified_at, account.second_factor_since), (None, None));
    assert_eq!((account.password_hash, account.recovery_codes), (None, 0));
    assert_eq!(tx.own_account(id()).await.unwrap(), None);
    assert_eq!(tx.companies_of(user).await.unwrap(), [tenant]);
    assert_eq!(tx.companies_of(id()).await.unwrap(), []);
}

async fn a_password_is_changed_only_while_it_is_the_one_that_was_proven(test: TestStore) {
    let Company { user, now, .. } = test.company("Дом").await;
    let later = now + TimeDelta::hours(1);
    let mut tx = own(&test).await;
    assert!(!tx.change_password(user, Some("another"), "one", later).await.unwrap());
    assert!(tx.change_password(user, None, "one", now).await.unwrap());
    assert!(!tx.change_password(user, None, "two", later).await.unwrap());
    assert!(tx.change_password(user, Some("one"), "two", later).await.unwrap());
    assert!(!tx.change_password(id(), None, "two", later).await.unwrap());
    let account = tx.own_account(user).await.unwrap().unwrap();
    assert_eq!(account.password_hash.as_deref(), Some("two"));
    assert_eq!(account.password_changed_at, later);
    assert!(!format!("{account:?}").contains("two"));
    let found = tx.sign_in_of(user).await.unwrap().unwrap();
    assert_eq!((found.password_changed_at, found.second_factor), (later, false));
    assert!(tx.sign_in_of(id()).await.unwrap().is_none());
}

async fn an_address_is_proven_once(test: TestStore) {
    let Company { user, now, .. } = test.company("Дом").await;
    let mut tx = own(&test).await;
    assert!(tx.verify_email(user, now).await.unwrap());
    assert!(!tx.verify_email(user, now + TimeDelta::hours(1)).await.unwrap());
    assert!(!tx.verify_email(id(), now).await.unwrap());
    assert_eq!(tx.own_account(user).await.unwrap().unwrap().email_verified_at, Some(now));
}

async fn a_letter_goes_to_active_people_only(test: TestStore) {
    let Company { user, .. } = test.company("Дом").await;
    let email = format!("{user}@example.com");
    let mut tx = own(&test).await;
    assert_eq!(tx.addressee(&email).await.unwrap(), Some((user, email.clone())));
    assert_eq!(tx.addressee("nobody@example.com").await.unwrap(), None);
    assert!(tx.set_user_active(user, false).await.unwrap());
    assert_eq!(tx.addressee(&email).await.unwrap(), None);
}

async fn a_link_is_good_once_and_until_its_time(test: TestStore) {
    let Company { user, now, .. } = test.company("Дом").await;
    let (reset, verify) = (LinkPurpose::ResetPassword, LinkPurpose::VerifyEmail);
    let until = now + TimeDelta::hours(1);
    let mut tx = own(&test).await;
    tx.put_mail_link(user, reset, "first", until).await.unwrap();
    tx.put_mail_link(user, verify, "proof", until).await.unwrap();
    tx.put_mail_link(user, reset, "second", until).await.unwrap();
    assert_eq!(tx.mail_link(reset, "first", now).await.unwrap(), None, "a newer one replaced it");
    assert_eq!(tx.mail_link(reset, "proof", now).await.unwrap(), None, "another purpose");
    assert_eq!(tx.mail_link(reset, "second", until).await.unwrap(), None, "its time is over");
    assert_eq!(tx.take_mail_link(reset, "second", until).await.unwrap(), None);
    assert_eq!(tx.mail_link(reset, "second", now).await.unwrap(), Some(user));
    assert_eq!(tx.take_mail_link(reset, "second", now).await.unwrap(), Some(user));
    assert_eq!(tx.take_mail_link(reset, "second", now).await.unwrap(), None);
    assert!(tx.drop_mail_link(user, verify).await.unwrap());
    assert!(!tx.drop_mail_link(user, verify).await.unwrap());
    tx.put_mail_link(user, verify, "proof", until).await.unwrap();
    assert_eq!(tx.remove_dead_mail_links(now).await.unwrap(), 0);
    assert_eq!(tx.remove_dead_mail_links(until).await.unwrap(), 1);
}

async fn of_two_who_use_a_link_one_gets_it(test: TestStore) {
    let Company { user, now, .. } = test.company("Дом").await;
    let purpose = LinkPurpose::ResetPassword;
    let mut tx = own(&test).await;
    tx.put_mail_link(user, purpose, "hash", now + TimeDelta::hours(1)).await.unwrap();
    tx.commit().await.unwrap();
    let take = async || {
        let mut tx = own(&test).await;
        let taken = tx.take_mail_link(purpose, "hash", now).await.unwrap();
        tx.commit().await.unwrap();
        taken
    };
    let (a, b) = tokio::join!(take(), take());
    assert_eq!([a, b].into_iter().flatten().collect::<Vec<_>>(), [user]);
}

async fn a_second_factor_is_asked_for_once_it_is_confirmed(test: TestStore) {
    let Company { user, now, .. } = test.company("Дом").await;
    let mut tx = own(&test).await;
    assert_eq!(tx.second_factor(user).await.unwrap(), None);
    assert!(tx.begin_second_factor(user, "sealed one", now).await.unwrap());
    let later = now + TimeDelta::minutes(1);
    assert!(tx.begin_second_factor(user, "sealed two", later).await.unwrap(), "begun anew");
    let begun = tx.second_factor(user).await.unwrap().unwrap();
    assert_eq!((begun.ciphertext.as_str(), begun.created_at), ("sealed two", later));
    assert!(!format!("{begun:?}").contains("sealed"));
    assert!(!tx.sign_in_of(user).await.unwrap().unwrap().second_factor);
    assert!(!tx.accept_step(user, 7).await.unwrap(), "nothing to accept yet");
    assert!(!tx.confirm_second_factor(user, "sealed one", 7, later).await.unwrap());
    assert!(tx.confirm_second_factor(user, "sealed two", 7, later).await.unwrap());
    assert!(!tx.confirm_second_factor(user, "sealed two", 8, later).await.unwrap());
    assert!(!tx.begin_second_factor(user, "sealed three", later).await.unwrap(), "in use");
    assert!(tx.sign_in_of(user).await.unwrap().unwrap().second_factor);
    let key = format!("{user}@example.com");
    assert!(tx.sign_in(&key).await.unwrap().unwrap().second_factor);
    assert_eq!(tx.own_account(user).await.unwrap().unwrap().second_factor_since, Some(later));
    assert!(tx.remove_second_factor(user).await.unwrap());
    assert!(!tx.remove_second_factor(user).await.unwrap());
    assert!(!tx.sign_in(&key).await.unwrap().unwrap().second_factor);
}

async fn a_step_is_accepted_once(test: TestStore) {
    let Company { user, now, .. } = test.company("Дом").await;
    let mut tx = own(&test).await;
    tx.begin_second_factor(user, "sealed", now).await.unwrap();
    tx.confirm_second_factor(user, "sealed", 7, now).await.unwrap();
    for (step, accepted) in [(7, false), (8, true), (8, false), (6, false), (10, true), (9, false)]
    {
        assert_eq!(tx.accept_step(user, step).await.unwrap(), accepted, "{step}");
    }
    assert!(!tx.accept_step(id(), 11).await.unwrap());
    tx.commit().await.unwrap();
    let accept = async || {
        let mut tx = own(&test).await;
        let accepted = tx.accept_step(user, 11).await.unwrap();
        tx.commit().await.unwrap();
        accepted
    };
    let (a, b) = tokio::join!(accept(), accept());
    assert!(a != b, "of two at once one is accepted");
}

async fn a_recovery_code_is_used_once(test: TestStore) {
    let (mine, theirs) = (test.company("Дом").await, test.company("Сад").await);
    let mut tx = own(&test).await;
    for user in [mine.user, theirs.user] {
        tx.begin_second_factor(user, "sealed", mine.now).await.unwrap();
    }
    tx.put_recovery_codes(mine.user, &["a".into(), "b".into()]).await.unwrap();
    tx.put_recovery_codes(theirs.user, &["c".into()]).await.unwrap();
    assert!(!tx.take_recovery_code(mine.user, "c").await.unwrap(), "another's");
    assert!(tx.take_recovery_code(mine.user, "a").await.unwrap());
    assert!(!tx.take_recovery_code(mine.user, "a").await.unwrap());
    assert_eq!(tx.own_account(mine.user).await.unwrap().unwrap().recovery_codes, 1);
    tx.put_recovery_codes(mine.user, &["d".into(), "e".into(), "f".into()]).await.unwrap();
    assert!(!tx.take_recovery_code(mine.user, "b").await.unwrap(), "replaced");
    assert_eq!(tx.own_account(mine.user).await.unwrap().unwrap().recovery_codes, 3);
    assert!(tx.remove_second_factor(mine.user).await.unwrap());
    assert_eq!(tx.own_account(mine.user).await.unwrap().unwrap().recovery_codes, 0);
    assert_eq!(tx.own_account(theirs.user).await.unwrap().unwrap().recovery_codes, 1);
}

/// Who has an address stays, with their second factor; only visitors of demos go.
async fn an_account_outlives_its_company(test: TestStore) {
    let Company { user, now, tenant, .. } = test.company("Дом").await;
    let mut tx = own(&test).await;
    tx.begin_second_factor(user, "sealed", now).await.unwrap();
    tx.put_recovery_codes(user, &["a".into()]).await.unwrap();
    let until = now + TimeDelta::hours(1);
    tx.put_mail_link(user, LinkPurpose::VerifyEmail, "hash", until).await.unwrap();
    assert!(tx.remove_tenant(tenant).await.unwrap());
    assert_eq!(tx.remove_lost_visitors().await.unwrap(), 0, "who has an address stays");
    assert!(tx.own_account(user).await.unwrap().is_some());
    assert_eq!(tx.companies_of(user).await.unwrap(), []);
}

async fn own_sign_ins_are_shown_and_ended_in_every_company(test: TestStore) {
    let (mine, other) = (test.company("Дом").await, test.company("Сад").await);
    let (user, now) = (mine.user, mine.now);
    let later = now + TimeDelta::minutes(5);
    let api = session(user, SessionKind::Api, later);
    let elsewhere = session(user, SessionKind::Browser, later + TimeDelta::minutes(1));
    let expired = NewSession { expires_at: later, ..session(user, SessionKind::Api, now) };
    let mut tx = own(&test).await;
    tx.add_membership(other.tenant, user, Role::Viewer, now).await.unwrap();
    for (tenant, new) in [(mine.tenant, &api), (other.tenant, &elsewhere), (mine.tenant, &expired)]
    {
        tx.add_session(tenant, new).await.unwrap();
    }
    let shown = tx.own_sessions(user, later).await.unwrap();
    let ids: Vec<_> = shown.iter().map(|session| session.id).collect();
    assert_eq!(ids, [elsewhere.id, api.id, mine.session], "the last used first, none that is over");
    assert_eq!((shown[1].kind, shown[1].created_at), (SessionKind::Api, later));
    assert_eq!(shown[0].address, "192.0.2.7");
    assert_eq!(shown[0].user_agent.as_deref(), Some("Обозреватель"));

    assert_eq!(tx.revoke_own_session(user, api.id, later).await.unwrap(), Some(mine.tenant));
    assert_eq!(tx.revoke_own_session(user, api.id, later).await.unwrap(), None, "it is over");
    assert_eq!(tx.revoke_own_session(user, expired.id, later).await.unwrap(), None);
    let ended = tx.revoke_own_sessions(user, Some(mine.session), later).await.unwrap();
    assert_eq!(ended, [elsewhere.id]);
    tx.commit().await.unwrap();
    assert!(stands(&test, mine.session, later).await);
    assert!(!stands(&test, elsewhere.id, later).await);
    assert!(stands(&test, other.session, later).await, "another person's goes on");
    let mut tx = own(&test).await;
    assert_eq!(tx.revoke_own_sessions(user, None, later).await.unwrap(), [mine.session]);
}

async fn another_persons_sign_ins_are_not_there(test: TestStore) {
    let (mine, theirs) = (test.company("Дом").await, test.company("Сад").await);
    let mut tx = own(&test).await;
    // Also where both belong to one company.
    tx.add_membership(mine.tenant, theirs.user, Role::User, mine.now).await.unwrap();
    let new = session(theirs.user, SessionKind::Browser, mine.now);
    tx.add_session(mine.tenant, &new).await.unwrap();
    let shown = tx.own_sessions(mine.user, mine.now).await.unwrap();
    assert_eq!(shown.iter().map(|session| session.id).collect::<Vec<_>>(), [mine.session]);
    for session in [new.id, theirs.session, id()] {
        let ended: Option<TenantId> =
            tx.revoke_own_session(mine.user, session, mine.now).await.unwrap();
        assert_eq!(ended, None);
    }
    assert!(tx.revoke_own_sessions(mine.user, None, mine.now).await.unwrap().len() == 1);
    tx.commit().await.unwrap();
    assert!(stands(&test, new.id, mine.now).await && stands(&test, theirs.session, mine.now).await);
}
