//! A company as a team, on both engines: who may change whom, who comes in, what a key does, and how all of it ends.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use chrono::TimeDelta;
use domain::{
    ErrorCode, Plan, Role, TenantId, UserId,
    api_key::{ApiKeyMade, NewApiKey},
    audit::AuditQuery,
    auth::{LoginRequest, RegisterRequest, TokenPair},
    danger::{AccountDeletion, CompanyDeletion},
    invitation::{InvitationToken, JoinRequest, NewInvitation},
    team::{MemberPatch, SwitchRequest},
};
use futures::StreamExt;
use services::{
    Caller, Error, Parts, Registration, Services, access, accounts, api_keys, audit_log, companies,
    danger, invitations, signup_links,
    store::{Reason, on_both_engines, testing::TestStore},
    team, tenants,
    testing::{self, bearer, client, owner},
};

on_both_engines!(
    the_last_owner_stays,
    two_owners_who_remove_each_other_leave_one,
    admins_manage_all_but_owners,
    a_removed_person_is_out_and_their_keys_with_them,
    a_demotion_takes_the_keys_that_are_too_strong,
    ownership_is_handed_over,
    leaving_is_for_everybody_but_the_last_owner,
    a_new_person_joins_by_a_link_once,
    a_named_address_alone_may_accept,
    two_who_accept_at_once_are_one,
    an_existing_person_accepts_and_works_in_two_companies,
    an_invitation_ends_and_is_taken_back,
    open_invitations_hold_places_of_the_plan,
    who_belongs_nowhere_comes_in_again_with_their_password,
    registration_by_invitation_wants_the_operators_link,
    a_key_does_what_its_role_may_and_nothing_in_person,
    keys_end_everywhere_within_a_second,
    a_keys_use_is_noted_once_a_minute_and_its_deeds_are_named,
    no_key_is_stronger_than_its_maker,
    the_log_is_for_owners_and_admins,
    a_company_goes_with_its_name_typed,
    an_account_goes_when_nobody_depends_on_it,
    an_export_is_whole_and_noted,
);

const PASSWORD: &str = "correct horse battery";

/// Companies with places enough; what a plan has room for is a test of its own.
fn parts(test: &TestStore) -> Parts {
    let mut parts = testing::parts(test);
    parts.settings.new_company_plan = Plan::Pro;
    parts
}

fn services(test: &TestStore) -> Services {
    Services::new(parts(test))
}

fn code<T>(outcome: Result<T, Error>) -> Option<ErrorCode> {
    match outcome {
        Ok(_) => None,
        Err(Error::Refused(refusal)) => Some(refusal.code),
        Err(other) => panic!("{other:?}"),
    }
}

async fn who(services: &Services, pair: &TokenPair) -> Caller {
    access::caller(services, &bearer(&pair.access_token)).await.unwrap()
}

async fn invite(services: &Services, by: &Caller, role: Role, email: Option<&str>) -> String {
    let request = NewInvitation { email: email.map(str::to_owned), role };
    let made = invitations::create(services, by, request, &client()).await.unwrap();
    assert!(!format!("{made:?}").contains(&made.link), "the link does not print itself");
    made.link.rsplit('/').next().unwrap().to_owned()
}

async fn join(services: &Services, token: &str, email: &str) -> Result<TokenPair, Error> {
    let request =
        JoinRequest { token: token.into(), email: email.into(), password: PASSWORD.into() };
    invitations::join::for_api(services, request, &client()).await
}

/// Somebody of this role who joins the company of `by`.
async fn member(services: &Services, by: &Caller, role: Role, email: &str) -> (Caller, TokenPair) {
    let token = invite(services, by, role, None).await;
    let pair = join(services, &token, email).await.unwrap();
    (who(services, &pair).await, pair)
}

fn id_of(caller: &Caller) -> UserId {
    caller.user_id().unwrap()
}

async fn make_key(services: &Services, by: &Caller, name: &str, role: Role) -> ApiKeyMade {
    let request = NewApiKey { name: name.into(), role, expires_in_days: None };
    api_keys::create(services, by, request, &client()).await.unwrap()
}

async fn as_key(services: &Services, key: &str) -> Result<Caller, Error> {
    access::caller(services, &bearer(key)).await
}

fn patch(role: Role) -> MemberPatch {
    MemberPatch { role }
}

async fn open_invitations_hold_places_of_the_plan(test: TestStore) {
    let services = testing::services(&test);
    let anna = owner(&services, "anna@example.com").await;
    let places = Plan::Free.limits().members.unwrap();
    for _ in 1..places {
        invite(&services, &anna, Role::User, None).await;
    }
    let one_more = NewInvitation { email: None, role: Role::User };
    let refused = invitations::create(&services, &anna, one_more, &client()).await;
    assert_eq!(code(refused), Some(ErrorCode::PlanLimit));
    let open = invitations::list(&services, &anna).await.unwrap();
    assert_eq!(i64::try_from(open.len()).unwrap(), places - 1, "nothing is lost");
    invitations::revoke(&services, &anna, open[0].id, &client()).await.unwrap();
    invite(&services, &anna, Role::User, None).await;
}

async fn the_last_owner_stays(test: TestStore) {
    let services = services(&test);
    let anna = owner(&services, "anna@example.com").await;
    member(&services, &anna, Role::Admin, "boris@example.com").await;
    let anna_id = id_of(&anna);
    let refused = Some(ErrorCode::LastOwner);
    let client = client();
    let down = team::set_role(&services, &anna, anna_id, patch(Role::Admin), &client).await;
    assert_eq!(code(down), refused);
    assert_eq!(code(team::remove(&services, &anna, anna_id, &client).await), refused);
    assert_eq!(code(team::leave(&services, &anna, &client).await), refused);
    let same = team::set_role(&services, &anna, anna_id, patch(Role::Owner), &client).await;
    assert_eq!(same.unwrap().unwrap().revoked_api_keys, []);
    let (vera, _) = member(&services, &anna, Role::Owner, "vera@example.com").await;
    team::remove(&services, &vera, anna_id, &client).await.unwrap().unwrap();
    assert_eq!(team::members(&services, &vera).await.unwrap().len(), 2);
}

async fn two_owners_who_remove_each_other_leave_one(test: TestStore) {
    // Two copies of the server, so that no lock of a process helps.
    let (here, there) = (services(&test), services(&test));
    for round in 0..8 {
        let anna = owner(&here, &format!("anna{round}@example.com")).await;
        let (boris, pair) =
            member(&here, &anna, Role::Owner, &format!("boris{round}@example.com")).await;
        let boris_there = who(&there, &pair).await;
        let client = client();
        let (one, other) = tokio::join!(
            team::remove(&here, &anna, id_of(&boris), &client),
            team::remove(&there, &boris_there, id_of(&anna), &client),
        );
        let (one, other) = (code(one), code(other));
        assert!(one.is_none() != other.is_none(), "{one:?} {other:?}");
        let left = if one.is_none() { &anna } else { &boris };
        let mut tx = here.store.read(left).await.unwrap();
        assert_eq!(tx.owners().await.unwrap(), 1);
        assert_eq!(tx.members().await.unwrap().len(), 1);
    }
}

async fn admins_manage_all_but_owners(test: TestStore) {
    let services = services(&test);
    let anna = owner(&services, "anna@example.com").await;
    let (boris, _) = member(&services, &anna, Role::Admin, "boris@example.com").await;
    let (vera, _) = member(&services, &anna, Role::User, "vera@example.com").await;
    let client = client();
    let denied = Some(ErrorCode::PermissionDenied);
    let set = async |by: &Caller, whom: &Caller, role| {
        code(team::set_role(&services, by, id_of(whom), patch(role), &client).await)
    };
    assert_eq!(set(&boris, &anna, Role::Viewer).await, denied);
    assert_eq!(set(&boris, &vera, Role::Owner).await, denied);
    assert_eq!(set(&boris, &vera, Role::Admin).await, None);
    assert_eq!(set(&boris, &vera, Role::User).await, None);
    assert_eq!(set(&vera, &boris, Role::Viewer).await, denied);
    assert_eq!(code(team::remove(&services, &boris, id_of(&anna), &client).await), denied);
    assert_eq!(code(team::transfer(&services, &boris, id_of(&vera), &client).await), denied);
    assert_eq!(code(team::members(&services, &vera).await), denied);
    let stranger = owner(&services, "stranger@example.com").await;
    let there = team::set_role(&services, &anna, id_of(&stranger), patch(Role::User), &client);
    assert_eq!(there.await.unwrap(), None, "another company's people are nobody here");
    assert_eq!(team::remove(&services, &anna, id_of(&stranger), &client).await.unwrap(), None);
    assert!(team::remove(&services, &boris, id_of(&vera), &client).await.unwrap().is_some());
}

async fn a_removed_person_is_out_and_their_keys_with_them(test: TestStore) {
    let (here, there) = (services(&test), services(&test));
    let anna = owner(&here, "anna@example.com").await;
    let (boris, pair) = member(&here, &anna, Role::Admin, "boris@example.com").await;
    let key = make_key(&here, &boris, "1C", Role::User).await;
    let open = invite(&here, &boris, Role::User, None).await;
    who(&there, &pair).await;
    as_key(&there, &key.key).await.unwrap();

    let gone = team::remove(&here, &anna, id_of(&boris), &client()).await.unwrap().unwrap();
    assert_eq!(gone.revoked_api_keys.len(), 1);
    assert_eq!(gone.revoked_api_keys[0].name, "1C");
    let out = Some(ErrorCode::AuthenticationError);
    assert_eq!(code(access::caller(&here, &bearer(&pair.access_token)).await), out);
    assert_eq!(code(as_key(&here, &key.key).await), out);
    there.clock.advance(TimeDelta::milliseconds(600));
    assert_eq!(code(access::caller(&there, &bearer(&pair.access_token)).await), out);
    assert_eq!(code(as_key(&there, &key.key).await), out);
    assert_eq!(code(join(&here, &open, "guest@example.com").await), Some(ErrorCode::NotFound));
}

async fn a_demotion_takes_the_keys_that_are_too_strong(test: TestStore) {
    let services = services(&test);
    let anna = owner(&services, "anna@example.com").await;
    let (boris, pair) = member(&services, &anna, Role::Owner, "boris@example.com").await;
    let strong = make_key(&services, &boris, "strong", Role::Owner).await;
    let weak = make_key(&services, &boris, "weak", Role::User).await;
    let client = client();
    let down = team::set_role(&services, &anna, id_of(&boris), patch(Role::Admin), &client).await;
    let names: Vec<_> =
        down.unwrap().unwrap().revoked_api_keys.into_iter().map(|key| key.name).collect();
    assert_eq!(names, ["strong"]);
    assert!(as_key(&services, &strong.key).await.is_err());
    assert!(as_key(&services, &weak.key).await.is_ok());
    assert_eq!(who(&services, &pair).await.role(), Some(Role::Admin), "at once");
    // Who may make no keys any more keeps none.
    let down = team::set_role(&services, &anna, id_of(&boris), patch(Role::User), &client).await;
    assert_eq!(down.unwrap().unwrap().revoked_api_keys[0].name, "weak");
}

async fn ownership_is_handed_over(test: TestStore) {
    let services = services(&test);
    let anna = owner(&services, "anna@example.com").await;
    let (boris, pair) = member(&services, &anna, Role::Viewer, "boris@example.com").await;
    let client = client();
    let own = team::transfer(&services, &anna, id_of(&anna), &client).await;
    assert_eq!(code(own), Some(ErrorCode::Conflict));
    team::transfer(&services, &anna, id_of(&boris), &client).await.unwrap().unwrap();
    let boris = who(&services, &pair).await;
    assert_eq!(boris.role(), Some(Role::Owner));
    let roles: Vec<_> = team::members(&services, &boris)
        .await
        .unwrap()
        .into_iter()
        .map(|member| (member.email.unwrap(), member.role, member.is_you))
        .collect();
    assert_eq!(
        roles,
        [
            ("boris@example.com".to_owned(), Role::Owner, true),
            ("anna@example.com".to_owned(), Role::Admin, false)
        ]
    );
    // The caller of a moment ago still says owner; the row under the lock does not.
    let again = team::transfer(&services, &anna, id_of(&boris), &client).await;
    assert_eq!(code(again), Some(ErrorCode::PermissionDenied));
}

async fn leaving_is_for_everybody_but_the_last_owner(test: TestStore) {
    let services = services(&test);
    let anna = owner(&services, "anna@example.com").await;
    let (viewer, pair) = member(&services, &anna, Role::Viewer, "boris@example.com").await;
    team::leave(&services, &viewer, &client()).await.unwrap();
    assert!(access::caller(&services, &bearer(&pair.access_token)).await.is_err());
    let again = team::leave(&services, &viewer, &client()).await;
    assert_eq!(code(again), Some(ErrorCode::AuthenticationError));
    assert_eq!(team::members(&services, &anna).await.unwrap().len(), 1);
}

async fn a_new_person_joins_by_a_link_once(test: TestStore) {
    for registration in [Registration::Open, Registration::Invite, Registration::Closed] {
        let open = services(&test);
        let anna = owner(&open, &format!("anna-{registration:?}@example.com")).await;
        let mut parts = parts(&test);
        parts.settings.registration = registration;
        let services = Services::new(parts);
        let token = invite(&services, &anna, Role::User, None).await;
        let look = InvitationToken { token: token.as_str().into() };
        let preview = invitations::look_up(&services, &look).await.unwrap();
        assert_eq!((preview.tenant_name.as_str(), preview.role), ("Дом и уют", Role::User));
        let short = JoinRequest {
            token: token.as_str().into(),
            email: "b@example.com".into(),
            password: "short".into(),
        };
        let refused = invitations::join::for_api(&services, short, &client()).await;
        assert_eq!(code(refused), Some(ErrorCode::ValidationError));
        let email = format!("boris-{registration:?}@example.com");
        let pair = join(&services, &token, &email).await.unwrap();
        let boris = who(&services, &pair).await;
        assert_eq!((boris.tenant_id(), boris.role()), (anna.tenant_id(), Some(Role::User)));
        assert_eq!(code(join(&services, &token, "c@example.com").await), Some(ErrorCode::NotFound));
        let gone = invitations::look_up(&services, &look).await;
        assert_eq!(code(gone), Some(ErrorCode::NotFound));
        let login = LoginRequest { email, password: PASSWORD.into(), otp: None };
        assert!(accounts::login::for_api(&services, login, &client()).await.is_ok());
    }
}

async fn a_named_address_alone_may_accept(test: TestStore) {
    let services = services(&test);
    let anna = owner(&services, "anna@example.com").await;
    let token = invite(&services, &anna, Role::User, Some("Вера@Почта.рф")).await;
    let other = join(&services, &token, "boris@example.com").await;
    assert_eq!(code(other), Some(ErrorCode::InvitedAnother));
    let stranger = owner(&services, "stranger@example.com").await;
    let as_token = InvitationToken { token: token.as_str().into() };
    let other = invitations::accept_for_api(&services, &stranger, &as_token, &client()).await;
    assert_eq!(code(other), Some(ErrorCode::InvitedAnother));
    assert!(join(&services, &token, "вера@почта.рф").await.is_ok());
    let again = NewInvitation { email: Some("ВЕРА@почта.рф".into()), role: Role::User };
    let again = invitations::create(&services, &anna, again, &client()).await;
    assert_eq!(code(again), Some(ErrorCode::Conflict), "a member needs no invitation");
}

async fn two_who_accept_at_once_are_one(test: TestStore) {
    let (here, there) = (services(&test), services(&test));
    let anna = owner(&here, "anna@example.com").await;
    let token = invite(&here, &anna, Role::User, None).await;
    let (one, other) = tokio::join!(
        join(&here, &token, "boris@example.com"),
        join(&there, &token, "vera@example.com"),
    );
    let outcomes = [code(one), code(other)];
    assert!(
        outcomes.contains(&None) && outcomes.contains(&Some(ErrorCode::NotFound)),
        "{outcomes:?}"
    );
    assert_eq!(team::members(&here, &anna).await.unwrap().len(), 2);
}

async fn an_existing_person_accepts_and_works_in_two_companies(test: TestStore) {
    let services = services(&test);
    let anna = owner(&services, "anna@example.com").await;
    let request = RegisterRequest {
        email: "boris@example.com".into(),
        password: PASSWORD.into(),
        company_name: "Борис и Ко".into(),
        marketplace_type: domain::Marketplace::Wildberries,
        invitation: None,
    };
    let pair = accounts::register::for_api(&services, request, &client()).await.unwrap();
    let boris = who(&services, &pair).await;
    let token = invite(&services, &anna, Role::Viewer, None).await;
    let known = join(&services, &token, "boris@example.com").await;
    assert_eq!(code(known), Some(ErrorCode::Conflict), "who can sign in signs in");
    let as_token = InvitationToken { token: token.as_str().into() };
    let there = invitations::accept_for_api(&services, &boris, &as_token, &client()).await.unwrap();
    let out = Some(ErrorCode::AuthenticationError);
    assert_eq!(code(access::caller(&services, &bearer(&pair.access_token)).await), out);
    let there_caller = who(&services, &there).await;
    assert_eq!(there_caller.tenant_id(), anna.tenant_id());

    let listed = companies::list(&services, &there_caller).await.unwrap();
    let names: Vec<_> = listed.iter().map(|c| (c.name.as_str(), c.role, c.is_current)).collect();
    assert_eq!(names, [("Борис и Ко", Role::Owner, false), ("Дом и уют", Role::Viewer, true)]);
    let home = SwitchRequest { tenant_id: boris.tenant_id() };
    let back = companies::switch_for_api(&services, &there_caller, &home, &client()).await.unwrap();
    assert_eq!(code(access::caller(&services, &bearer(&there.access_token)).await), out);
    assert_eq!(who(&services, &back).await.tenant_id(), boris.tenant_id());
    // The ended sign-in opens no further one.
    let again = companies::switch_for_api(&services, &there_caller, &home, &client()).await;
    assert_eq!(code(again), out);
    let nowhere = SwitchRequest { tenant_id: TenantId(uuid::Uuid::nil()) };
    let back = who(&services, &back).await;
    let nowhere = companies::switch_for_api(&services, &back, &nowhere, &client()).await;
    assert_eq!(code(nowhere), Some(ErrorCode::NotFound));
    let mut tx = services.store.system_write(Reason::Operator).await.unwrap();
    tx.set_tenant_active(anna.tenant_id(), false, services.clock.now()).await.unwrap();
    tx.commit().await.unwrap();
    let away = SwitchRequest { tenant_id: anna.tenant_id() };
    let away = companies::switch_for_api(&services, &back, &away, &client()).await;
    assert_eq!(code(away), Some(ErrorCode::TenantSuspended));
}

async fn an_invitation_ends_and_is_taken_back(test: TestStore) {
    let services = services(&test);
    let anna = owner(&services, "anna@example.com").await;
    let (boris, _) = member(&services, &anna, Role::Admin, "boris@example.com").await;
    let late = invite(&services, &anna, Role::User, None).await;
    let back = invite(&services, &anna, Role::Owner, None).await;
    let open = invitations::list(&services, &boris).await.unwrap();
    let strong = open.iter().find(|open| open.role == Role::Owner).unwrap().id;
    let denied = invitations::revoke(&services, &boris, strong, &client()).await;
    assert_eq!(code(denied), Some(ErrorCode::PermissionDenied));
    assert!(invitations::revoke(&services, &anna, strong, &client()).await.unwrap().is_some());
    assert_eq!(invitations::revoke(&services, &anna, strong, &client()).await.unwrap(), None);
    let gone = Some(ErrorCode::NotFound);
    assert_eq!(code(join(&services, &back, "vera@example.com").await), gone);
    services.clock.advance(TimeDelta::days(7));
    assert_eq!(code(join(&services, &late, "vera@example.com").await), gone);
    assert_eq!(invitations::list(&services, &anna).await.unwrap(), []);
    let request = NewInvitation { email: None, role: Role::Owner };
    let too_high = invitations::create(&services, &boris, request, &client()).await;
    assert_eq!(code(too_high), Some(ErrorCode::PermissionDenied));
    services.clock.advance(TimeDelta::days(60));
    assert!(accounts::sweep(&services).await.unwrap() > 0, "ended links are forgotten");
}

async fn who_belongs_nowhere_comes_in_again_with_their_password(test: TestStore) {
    let services = services(&test);
    let anna = owner(&services, "anna@example.com").await;
    let (boris, _) = member(&services, &anna, Role::User, "boris@example.com").await;
    team::leave(&services, &boris, &client()).await.unwrap();
    let login =
        LoginRequest { email: "boris@example.com".into(), password: PASSWORD.into(), otp: None };
    let refused = accounts::login::for_api(&services, login, &client()).await;
    assert_eq!(code(refused), Some(ErrorCode::AuthenticationError));

    let token = invite(&services, &anna, Role::Viewer, None).await;
    let wrong = JoinRequest {
        token: token.as_str().into(),
        email: "boris@example.com".into(),
        password: "another passphrase".into(),
    };
    let wrong = invitations::join::for_api(&services, wrong, &client()).await;
    assert_eq!(code(wrong), Some(ErrorCode::Conflict));
    let pair = join(&services, &token, "boris@example.com").await.unwrap();
    let again = who(&services, &pair).await;
    assert_eq!((again.user_id(), again.role()), (boris.user_id(), Some(Role::Viewer)));

    team::leave(&services, &again, &client()).await.unwrap();
    let founded = owner(&services, "boris@example.com").await;
    assert_eq!((founded.user_id(), founded.role()), (boris.user_id(), Some(Role::Owner)));
    assert_ne!(founded.tenant_id(), anna.tenant_id());
}

async fn registration_by_invitation_wants_the_operators_link(test: TestStore) {
    let register = async |services: &Services, email: &str, token: Option<&str>| {
        let request = RegisterRequest {
            email: email.into(),
            password: PASSWORD.into(),
            company_name: "Дом и уют".into(),
            marketplace_type: domain::Marketplace::Wildberries,
            invitation: token.map(Into::into),
        };
        code(accounts::register::for_api(services, request, &client()).await)
    };
    let with = |registration| {
        let mut parts = parts(&test);
        parts.settings.registration = registration;
        Services::new(parts)
    };
    let (closed, by_link) = (with(Registration::Closed), with(Registration::Invite));
    let link = async |email: Option<&str>| {
        let url = &by_link.settings.public_url;
        let link = signup_links::create(&test.store, &by_link.clock, url, email, 7).await.unwrap();
        let (page, token) = link.split_once("?invitation=").unwrap();
        assert_eq!(page, "http://127.0.0.1:8000/register");
        token.to_owned()
    };
    let shut = Some(ErrorCode::Closed);
    let token = link(None).await;
    assert_eq!(register(&closed, "a@example.com", Some(&token)).await, shut);
    assert_eq!(register(&by_link, "a@example.com", None).await, shut);
    assert_eq!(register(&by_link, "a@example.com", Some("no token")).await, shut);
    assert_eq!(register(&by_link, "a@example.com", Some(&token)).await, None);
    assert_eq!(register(&by_link, "b@example.com", Some(&token)).await, shut, "once");
    let named = link(Some("Вера@почта.рф")).await;
    let another = register(&by_link, "b@example.com", Some(&named)).await;
    assert_eq!(another, Some(ErrorCode::InvitedAnother));
    assert_eq!(register(&by_link, "вера@почта.рф", Some(&named)).await, None);
    let late = link(None).await;
    by_link.clock.advance(TimeDelta::days(7));
    assert_eq!(register(&by_link, "c@example.com", Some(&late)).await, shut);
    let url = &by_link.settings.public_url;
    for (email, days) in [(Some("nobody"), 7), (None, 0), (None, 366)] {
        let wrong = signup_links::create(&test.store, &by_link.clock, url, email, days).await;
        assert_eq!(code(wrong), Some(ErrorCode::ValidationError), "{email:?} {days}");
    }
}

async fn a_key_does_what_its_role_may_and_nothing_in_person(test: TestStore) {
    let services = services(&test);
    let anna = owner(&services, "anna@example.com").await;
    let made = make_key(&services, &anna, "1C", Role::Owner).await;
    assert!(made.key.starts_with("st_") && made.key.starts_with(&made.api_key.prefix));
    assert!(!format!("{made:?}").contains(&made.key), "the key does not print itself");
    let key = as_key(&services, &made.key).await.unwrap();
    assert_eq!((key.tenant_id(), key.role()), (anna.tenant_id(), Some(Role::Owner)));
    assert!(tenants::me(&services, &key).await.is_ok());
    assert!(team::members(&services, &key).await.is_ok());
    let invited = NewInvitation { email: None, role: Role::User };
    assert!(invitations::create(&services, &key, invited, &client()).await.is_ok());
    let client = client();
    let another = NewApiKey { name: "2".into(), role: Role::Viewer, expires_in_days: None };
    let switch = SwitchRequest { tenant_id: anna.tenant_id() };
    let token = InvitationToken { token: "x".into() };
    let company = CompanyDeletion { name: "Дом и уют".into() };
    let account = AccountDeletion { password: PASSWORD.into(), delete_companies: true };
    let needed = Some(ErrorCode::PersonRequired);
    for (what, refused) in [
        ("a key", code(api_keys::create(&services, &key, another, &client).await)),
        ("switch", code(companies::switch_for_api(&services, &key, &switch, &client).await)),
        ("companies", code(companies::list(&services, &key).await)),
        ("accept", code(invitations::accept_for_api(&services, &key, &token, &client).await)),
        ("leave", code(team::leave(&services, &key, &client).await)),
        ("transfer", code(team::transfer(&services, &key, id_of(&anna), &client).await)),
        ("session", code(accounts::session(&services, &key).await)),
        ("logout", code(accounts::logout(&services, &key, &client).await)),
        ("sign out", code(accounts::sign_out(&services, &key, &client).await)),
        ("company", code(danger::delete_company(&services, &key, &company).await)),
        ("account", code(danger::delete_account(&services, &key, account, &client).await)),
        ("data", code(danger::personal_data(&services, &key).await)),
    ] {
        assert_eq!(refused, needed, "{what}");
    }
    let viewer = make_key(&services, &anna, "looks", Role::Viewer).await;
    let viewer = as_key(&services, &viewer.key).await.unwrap();
    assert_eq!(code(team::members(&services, &viewer).await), Some(ErrorCode::PermissionDenied));
    for wrong in ["st_", "st_nobody", "ST_nobody", &made.key[..20]] {
        assert_eq!(code(as_key(&services, wrong).await), Some(ErrorCode::AuthenticationError));
    }
}

async fn keys_end_everywhere_within_a_second(test: TestStore) {
    let (here, there) = (services(&test), services(&test));
    let anna = owner(&here, "anna@example.com").await;
    let made = make_key(&here, &anna, "1C", Role::User).await;
    as_key(&there, &made.key).await.unwrap();
    assert!(api_keys::revoke(&here, &anna, made.api_key.id, &client()).await.unwrap().is_some());
    assert_eq!(api_keys::revoke(&here, &anna, made.api_key.id, &client()).await.unwrap(), None);
    let out = Some(ErrorCode::AuthenticationError);
    assert_eq!(code(as_key(&here, &made.key).await), out, "here at once");
    there.clock.advance(TimeDelta::milliseconds(600));
    assert_eq!(code(as_key(&there, &made.key).await), out);

    let request = NewApiKey { name: "short".into(), role: Role::User, expires_in_days: Some(1) };
    let short = api_keys::create(&here, &anna, request, &client()).await.unwrap();
    as_key(&here, &short.key).await.unwrap();
    let mut tx = here.store.system_write(Reason::Operator).await.unwrap();
    tx.set_tenant_active(anna.tenant_id(), false, here.clock.now()).await.unwrap();
    tx.commit().await.unwrap();
    here.clock.advance(TimeDelta::seconds(1));
    assert_eq!(code(as_key(&here, &short.key).await), Some(ErrorCode::TenantSuspended));
    here.clock.advance(TimeDelta::days(1));
    assert_eq!(code(as_key(&here, &short.key).await), out);

    there.store.close().await;
    there.clock.advance(TimeDelta::seconds(1));
    let away = as_key(&there, &short.key).await;
    let away = domain::ApiError::from(away.unwrap_err());
    assert_eq!(away.code, ErrorCode::Unavailable, "without a database no key is believed");
}

async fn a_keys_use_is_noted_once_a_minute_and_its_deeds_are_named(test: TestStore) {
    let services = services(&test);
    let anna = owner(&services, "anna@example.com").await;
    let made = make_key(&services, &anna, "Обмен с 1С", Role::Owner).await;
    let seen = async || {
        services.settle().await;
        api_keys::list(&services, &anna).await.unwrap()[0].last_used_at
    };
    assert_eq!(seen().await, None);
    let first = services.clock.now();
    as_key(&services, &made.key).await.unwrap();
    assert_eq!(seen().await, Some(first));
    services.clock.advance(TimeDelta::seconds(59));
    as_key(&services, &made.key).await.unwrap();
    assert_eq!(seen().await, Some(first));
    services.clock.advance(TimeDelta::seconds(1));
    let key = as_key(&services, &made.key).await.unwrap();
    assert_eq!(seen().await, Some(first + TimeDelta::minutes(1)));

    let name = domain::tenant::TenantPatch { name: "Тепло и свет".into() };
    tenants::rename(&services, &key, name, &client()).await.unwrap();
    let page = audit_log::list(&services, &anna, &AuditQuery::default()).await.unwrap();
    let renamed = &page.items[0];
    assert_eq!((renamed.action.as_str(), renamed.person), ("tenant_renamed", None));
    assert_eq!(renamed.details["api_key"]["name"], "Обмен с 1С");
    assert_eq!(renamed.details["api_key"]["id"], made.api_key.id.to_string());
}

async fn no_key_is_stronger_than_its_maker(test: TestStore) {
    let services = services(&test);
    let anna = owner(&services, "anna@example.com").await;
    let (boris, _) = member(&services, &anna, Role::Admin, "boris@example.com").await;
    let (vera, _) = member(&services, &anna, Role::User, "vera@example.com").await;
    let request = |name: &str, role| NewApiKey { name: name.into(), role, expires_in_days: None };
    let denied = Some(ErrorCode::PermissionDenied);
    let client = client();
    let make = async |by: &Caller, name, role| {
        code(api_keys::create(&services, by, request(name, role), &client).await)
    };
    assert_eq!(make(&boris, "x", Role::Owner).await, denied);
    assert_eq!(make(&vera, "x", Role::Viewer).await, denied);
    assert_eq!(make(&boris, "x", Role::Admin).await, None);
    assert_eq!(make(&boris, " x ", Role::Viewer).await, Some(ErrorCode::ValidationError));
    let strong = make_key(&services, &anna, "strong", Role::Owner).await;
    let other = api_keys::revoke(&services, &boris, strong.api_key.id, &client).await;
    assert_eq!(code(other), denied);
    assert_eq!(code(api_keys::list(&services, &vera).await), denied);
    assert_eq!(api_keys::list(&services, &boris).await.unwrap().len(), 2);
}

async fn the_log_is_for_owners_and_admins(test: TestStore) {
    let services = services(&test);
    let anna = owner(&services, "anna@example.com").await;
    let (boris, _) = member(&services, &anna, Role::Admin, "boris@example.com").await;
    let (vera, _) = member(&services, &anna, Role::User, "vera@example.com").await;
    let denied = Some(ErrorCode::PermissionDenied);
    let query = AuditQuery { limit: 2, ..AuditQuery::default() };
    assert_eq!(code(audit_log::list(&services, &vera, &query).await), denied);
    assert_eq!(code(audit_log::verify(&services, &vera).await), denied);
    assert_eq!(code(audit_log::actions(&services, &vera).await), denied);
    let mut seen = Vec::new();
    let mut cursor = None;
    loop {
        let query = AuditQuery { cursor, ..query.clone() };
        let page = audit_log::list(&services, &boris, &query).await.unwrap();
        seen.extend(page.items.into_iter().map(|record| record.action));
        cursor = page.next_cursor;
        if cursor.is_none() {
            break;
        }
    }
    assert_eq!(
        seen,
        ["member_joined", "invitation_made", "member_joined", "invitation_made", "registered"]
    );
    let too_many = AuditQuery { limit: 201, ..query };
    assert_eq!(
        code(audit_log::list(&services, &anna, &too_many).await),
        Some(ErrorCode::ValidationError)
    );
    let check = audit_log::verify(&services, &anna).await.unwrap();
    assert_eq!((check.intact, check.entries, check.broken_at), (true, 5, None));
    let mut all = Vec::new();
    audit_log::verify_all(&services.store, |tenant, check| all.push((tenant, check.intact)))
        .await
        .unwrap();
    assert_eq!(all, [(anna.tenant_id(), true)]);
}

async fn a_company_goes_with_its_name_typed(test: TestStore) {
    let services = services(&test);
    let anna = owner(&services, "anna@example.com").await;
    let (boris, pair) = member(&services, &anna, Role::Admin, "boris@example.com").await;
    let key = make_key(&services, &anna, "1C", Role::User).await;
    let named = |name: &str| CompanyDeletion { name: name.into() };
    let denied = danger::delete_company(&services, &boris, &named("Дом и уют")).await;
    assert_eq!(code(denied), Some(ErrorCode::PermissionDenied));
    let wrong = danger::delete_company(&services, &anna, &named("дом и уют")).await;
    assert_eq!(code(wrong), Some(ErrorCode::ValidationError));
    danger::delete_company(&services, &anna, &named(" Дом и уют ")).await.unwrap();
    let out = Some(ErrorCode::AuthenticationError);
    assert_eq!(code(access::caller(&services, &bearer(&pair.access_token)).await), out);
    services.clock.advance(TimeDelta::milliseconds(600));
    assert_eq!(code(as_key(&services, &key.key).await), out);
    // The people stay, and may begin anew.
    let again = owner(&services, "anna@example.com").await;
    assert_eq!(again.user_id(), anna.user_id());
}

async fn an_account_goes_when_nobody_depends_on_it(test: TestStore) {
    let services = services(&test);
    let anna = owner(&services, "anna@example.com").await;
    let (boris, pair) = member(&services, &anna, Role::Admin, "boris@example.com").await;
    let key = make_key(&services, &boris, "1C", Role::User).await;
    let delete = async |whom: &Caller, password: &str, delete_companies| {
        let request = AccountDeletion { password: password.into(), delete_companies };
        code(danger::delete_account(&services, whom, request, &client()).await)
    };
    let look = danger::outlook(&services, &anna).await.unwrap();
    assert_eq!((look.would_go.len(), look.in_the_way.len()), (0, 1));
    assert_eq!(delete(&anna, PASSWORD, true).await, Some(ErrorCode::LastOwner));
    assert_eq!(delete(&boris, "not mine", false).await, Some(ErrorCode::ValidationError));
    let data = danger::personal_data(&services, &boris).await.unwrap();
    assert_eq!((data.email.as_deref(), data.companies.len()), (Some("boris@example.com"), 1));
    assert_eq!(data.sessions.len(), 1);

    assert_eq!(delete(&boris, PASSWORD, false).await, None);
    let out = Some(ErrorCode::AuthenticationError);
    assert_eq!(code(access::caller(&services, &bearer(&pair.access_token)).await), out);
    assert_eq!(code(as_key(&services, &key.key).await), out);
    let page = audit_log::list(&services, &anna, &AuditQuery::default()).await.unwrap();
    assert_eq!(page.items[0].action, "member_left");
    assert_eq!(page.items[0].details["account_deleted"], true);
    assert_eq!(page.items[0].details["email"], "boris@example.com");

    let look = danger::outlook(&services, &anna).await.unwrap();
    assert_eq!((look.would_go, look.in_the_way.len()), (vec!["Дом и уют".to_owned()], 0));
    assert_eq!(delete(&anna, PASSWORD, false).await, Some(ErrorCode::Conflict));
    assert_eq!(delete(&anna, PASSWORD, true).await, None);
    // Nothing is left: the address is free.
    let again = owner(&services, "anna@example.com").await;
    assert_ne!(again.user_id(), anna.user_id());
}

async fn an_export_is_whole_and_noted(test: TestStore) {
    let services = services(&test);
    let anna = owner(&services, "anna@example.com").await;
    let (boris, _) = member(&services, &anna, Role::Admin, "boris@example.com").await;
    let key = make_key(&services, &anna, "1C", Role::User).await;
    let denied = danger::export(&services, &boris, &client()).await.map(|_| ());
    assert_eq!(code(denied), Some(ErrorCode::PermissionDenied));
    let export = danger::export(&services, &anna, &client()).await.unwrap();
    assert_eq!(export.file_name, "stock-tracker-2026-09-15.jsonl");
    let pages: Vec<_> = export.lines.map(Result::unwrap).collect().await;
    let text = String::from_utf8(pages.concat()).unwrap();
    let lines: Vec<serde_json::Value> =
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines[0]["tenant"]["name"], "Дом и уют");
    let last = lines.last().unwrap();
    assert_eq!((&last["end"], last["rows"].as_u64()), (&true.into(), Some(lines.len() as u64 - 2)));
    let people = lines.iter().filter(|line| line["table"] == "memberships").count();
    assert_eq!(people, 2);
    for secret in [PASSWORD, &key.key, "$2b$"] {
        assert!(!text.contains(secret), "{secret}");
    }
    let exported = lines.iter().any(|line| line["row"]["action"] == "data_exported");
    assert!(exported, "the log that is taken along says that it was");
}
