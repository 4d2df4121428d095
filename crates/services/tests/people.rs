//! A person's own account, on both engines: letters go to a mail server of the tests'.
#![allow(clippy::unwrap_used, clippy::panic, clippy::result_large_err, reason = "tests")]

use chrono::TimeDelta;
use domain::{
    ApiError, ErrorCode, Secret, SessionId,
    auth::{LoginRequest, RegisterRequest, TokenPair},
    danger::CompanyDeletion,
    person::{
        BothProofs, CodeProof, EmailProof, ForgottenPassword, PasswordChange, PasswordProof,
        PasswordReset, RecoveryCodes, SignInKind,
    },
};
use http::{HeaderMap, HeaderValue, header};
use services::{
    Caller, Client, Error, Services, SessionToken,
    access::{self, caller},
    accounts::{self, login::Entry},
    danger,
    people::{self, second_factor},
    store::{Reason, on_both_engines, testing::TestStore},
    testing::{bearer, client, client_at, mailbox::Mailbox, parts},
};

on_both_engines!(
    a_changed_password_ends_every_other_sign_in_within_a_second,
    a_password_is_changed_by_who_knows_it_only,
    guessing_the_present_password_is_slowed_down,
    a_forgotten_password_is_set_anew_by_mail,
    nobody_learns_who_has_an_account,
    a_link_is_good_once_for_an_hour,
    letters_are_bounded,
    a_busy_mail_server_is_asked_again,
    an_address_is_proven_by_mail,
    letters_speak_the_readers_language,
    sign_ins_are_shown_and_ended,
    a_second_factor_is_set_up_used_and_switched_off,
    a_code_is_good_once,
    a_recovery_code_is_good_once,
    codes_are_slowed_down,
    a_browser_signs_in_in_two_steps,
    a_second_factor_survives_a_new_password,
    a_password_alone_never_stands_for_who_set_a_second_factor,
    everything_is_in_the_audit_chain,
);

const EMAIL: &str = "Анна@Почта.РФ";
const PASSWORD: &str = "correct horse battery";
const NEW: &str = "paper lantern harbour";

/// Services with a mail server.
async fn house(test: &TestStore) -> (Services, Mailbox) {
    let mailbox = Mailbox::open().await;
    let mut parts = parts(test);
    parts.post = mailbox.post();
    (Services::new(parts), mailbox)
}

async fn register(services: &Services) -> TokenPair {
    let request = RegisterRequest {
        email: EMAIL.into(),
        password: PASSWORD.into(),
        company_name: "Дом и уют".into(),
        marketplace_type: domain::Marketplace::Ozon,
        invitation: None,
    };
    accounts::register::for_api(services, request, &client()).await.unwrap()
}

fn request(password: &str, otp: Option<&str>) -> LoginRequest {
    LoginRequest { email: EMAIL.into(), password: password.into(), otp: otp.map(Secret::from) }
}

async fn login(
    services: &Services,
    password: &str,
    otp: Option<&str>,
) -> Result<TokenPair, ApiError> {
    let outcome = accounts::login::for_api(services, request(password, otp), &client()).await;
    outcome.map_err(ApiError::from)
}

async fn browser(services: &Services) -> Entry {
    accounts::login::for_browser(services, request(PASSWORD, None), &client()).await.unwrap()
}

async fn who(services: &Services, pair: &TokenPair) -> Result<Caller, ApiError> {
    caller(services, &bearer(&pair.access_token)).await.map_err(ApiError::from)
}

/// Headers with this cookie.
fn cookie(set: &str) -> HeaderMap {
    let pair = set.split(';').next().unwrap();
    HeaderMap::from_iter([(header::COOKIE, HeaderValue::from_str(pair).unwrap())])
}

fn cookie_of(services: &Services, token: &SessionToken) -> HeaderMap {
    cookie(&access::set_cookie(services, token))
}

fn change(current: &str, new: &str) -> PasswordChange {
    PasswordChange { current_password: current.into(), new_password: new.into() }
}

async fn forgot(services: &Services, email: &str, from: &Client) -> Result<(), ApiError> {
    let request = ForgottenPassword { email: email.into() };
    let outcome = people::forgot_password(services, &request, from);
    services.settle().await;
    outcome.map_err(ApiError::from)
}

async fn reset(services: &Services, token: &str, password: &str) -> Result<(), ApiError> {
    let request = PasswordReset { token: token.into(), password: password.into() };
    people::reset_password(services, request, &client()).await.map_err(ApiError::from)
}

/// The word of the one mistake.
fn mistake(outcome: Result<impl Sized, ApiError>, field: &str) -> String {
    let error = outcome.map(drop).unwrap_err();
    assert_eq!(error.status, 422, "{error:?}");
    error.field(field).unwrap_or_else(|| panic!("{field}: {error:?}")).code.clone()
}

fn refused<T>(outcome: Result<T, Error>) -> Result<T, ApiError> {
    outcome.map_err(ApiError::from)
}

/// Sets a second factor up; its secret and recovery codes.
async fn with_second_factor(services: &Services, caller: &Caller) -> (Secret, RecoveryCodes) {
    let proof = PasswordProof { password: PASSWORD.into() };
    let setup = second_factor::begin(services, caller, proof, &client()).await.unwrap();
    let secret = Secret::new(setup.secret);
    let code = code(services, &secret);
    let proof = CodeProof { code: code.as_str().into() };
    let codes = second_factor::confirm(services, caller, proof, &client()).await.unwrap();
    // The next code is another one.
    services.clock.advance(TimeDelta::seconds(30));
    (secret, codes)
}

/// What the authenticator shows now.
fn code(services: &Services, secret: &Secret) -> String {
    second_factor::totp::code(secret, services.clock.now()).unwrap()
}

async fn a_changed_password_ends_every_other_sign_in_within_a_second(test: TestStore) {
    let (here, _mailbox) = house(&test).await;
    let mut elsewhere = parts(&test);
    elsewhere.clock = here.clock.clone();
    let elsewhere = Services::new(elsewhere);
    let first = register(&here).await;
    let second = login(&here, PASSWORD, None).await.unwrap();
    let Entry::SignedIn(token) = browser(&here).await else { panic!("no second factor yet") };
    let browser = cookie_of(&here, &token);
    for services in [&here, &elsewhere] {
        who(services, &second).await.unwrap();
        caller(services, &browser).await.unwrap();
    }
    let anna = who(&here, &first).await.unwrap();
    people::change_password(&here, &anna, change(PASSWORD, NEW), &client()).await.unwrap();
    assert!(who(&here, &second).await.is_err(), "here at once");
    assert!(caller(&here, &browser).await.is_err());
    here.clock.advance(TimeDelta::milliseconds(500));
    assert!(who(&elsewhere, &second).await.is_err(), "elsewhere within a second");
    assert!(caller(&elsewhere, &browser).await.is_err());
    let refresh = async |pair: &TokenPair| {
        let token = Secret::new(pair.refresh_token.as_str());
        let request = domain::auth::RefreshRequest { refresh_token: token };
        accounts::refresh(&here, request, &client()).await
    };
    assert!(refresh(&second).await.is_err(), "the family, too");
    who(&here, &first).await.unwrap();
    refresh(&first).await.unwrap();
    assert_eq!(login(&here, PASSWORD, None).await.unwrap_err().status, 401);
    login(&here, NEW, None).await.unwrap();
    let profile = people::profile(&here, &anna).await.unwrap();
    assert_eq!(
        profile.password_changed_at,
        here.clock.now() - TimeDelta::milliseconds(500),
        "the page says so"
    );
}

async fn a_password_is_changed_by_who_knows_it_only(test: TestStore) {
    let (services, mailbox) = house(&test).await;
    let anna = who(&services, &register(&services).await).await.unwrap();
    services.settle().await;
    mailbox.take();
    let attempt = async |current: &str, new: &str| {
        refused(people::change_password(&services, &anna, change(current, new), &client()).await)
    };
    assert_eq!(mistake(attempt("wrong horse", NEW).await, "current_password"), "wrong_password");
    assert_eq!(mistake(attempt(PASSWORD, "short").await, "new_password"), "too_short");
    assert_eq!(mistake(attempt(PASSWORD, &"ж".repeat(37)).await, "new_password"), "too_many_bytes");
    assert_eq!(mistake(attempt(PASSWORD, "Дом и уют").await, "new_password"), "too_common");
    assert_eq!(mistake(attempt(PASSWORD, EMAIL).await, "new_password"), "too_common");
    services.settle().await;
    assert!(mailbox.take().is_empty(), "nothing was changed");
    attempt(PASSWORD, NEW).await.unwrap();
    services.settle().await;
    let letter = mailbox.take_one();
    assert!(letter.text.contains("Пароль аккаунта") && letter.text.contains("/forgot"));
    assert!(!letter.source.contains(NEW));
}

async fn guessing_the_present_password_is_slowed_down(test: TestStore) {
    let (services, _mailbox) = house(&test).await;
    let anna = who(&services, &register(&services).await).await.unwrap();
    let thief = client_at([198, 51, 100, 7]);
    let mut statuses = Vec::new();
    for _ in 0..12 {
        let request = change("wrong horse battery", NEW);
        let outcome = refused(people::change_password(&services, &anna, request, &thief).await);
        statuses.push(outcome.unwrap_err().status);
    }
    assert_eq!(statuses[..10], [422; 10]);
    assert_eq!(statuses[10..], [429; 2]);
    let error = login_from(&services, &thief).await.unwrap_err();
    assert_eq!(error.status, 429, "one measure for both doors");
}

async fn login_from(services: &Services, from: &Client) -> Result<TokenPair, ApiError> {
    refused(accounts::login::for_api(services, request(PASSWORD, None), from).await)
}

async fn a_forgotten_password_is_set_anew_by_mail(test: TestStore) {
    let (services, mailbox) = house(&test).await;
    let pair = register(&services).await;
    services.settle().await;
    mailbox.take();
    forgot(&services, " АННА@почта.рф ", &client()).await.unwrap();
    let letter = mailbox.take_one();
    assert_eq!(letter.from, "noreply@stock.example");
    assert!(letter.html.contains("/reset/") && !letter.html.contains("src="));
    let token = letter.token("reset").unwrap();
    assert_eq!(token.len(), 43);
    // A password that is refused leaves the link good.
    assert_eq!(mistake(reset(&services, &token, "password").await, "password"), "too_common");
    assert_eq!(mistake(reset(&services, &token, "short").await, "password"), "too_short");
    reset(&services, &token, NEW).await.unwrap();
    assert!(who(&services, &pair).await.is_err(), "every sign-in ended");
    assert_eq!(login(&services, PASSWORD, None).await.unwrap_err().status, 401);
    let anna = who(&services, &login(&services, NEW, None).await.unwrap()).await.unwrap();
    let profile = people::profile(&services, &anna).await.unwrap();
    assert_eq!(profile.email_verified_at, Some(services.clock.now()), "the letter arrived");
    services.settle().await;
    assert!(mailbox.take_one().text.contains("изменён"), "the owner is told");
}

async fn nobody_learns_who_has_an_account(test: TestStore) {
    let (services, mailbox) = house(&test).await;
    register(&services).await;
    services.settle().await;
    mailbox.take();
    let before = services.hasher.computed();
    for email in [EMAIL, "nobody@example.com"] {
        let request = ForgottenPassword { email: email.into() };
        // Nothing is waited for: not the database, not the mail server.
        people::forgot_password(&services, &request, &client()).unwrap();
    }
    services.settle().await;
    assert_eq!(mailbox.take().len(), 1);
    assert_eq!(services.hasher.computed(), before);
    assert_eq!(mistake(forgot(&services, "anna", &client()).await, "email"), "email");
    // Nobody set a mail server: the answer is the same.
    let silent = Services::new(parts(&test));
    forgot(&silent, EMAIL, &client()).await.unwrap();
    forgot(&silent, "nobody@example.com", &client()).await.unwrap();
}

async fn a_link_is_good_once_for_an_hour(test: TestStore) {
    let (services, mailbox) = house(&test).await;
    register(&services).await;
    services.settle().await;
    mailbox.take();
    let ask = async || {
        forgot(&services, EMAIL, &client()).await.unwrap();
        mailbox.take_one().token("reset").unwrap()
    };
    let (first, second) = (ask().await, ask().await);
    assert_ne!(first, second);
    let over = async |token: &str| mistake(reset(&services, token, NEW).await, "token");
    assert_eq!(over(&first).await, "link_over", "the newest replaces the older");
    assert_eq!(over("x").await, "link_over");
    let before = services.hasher.computed();
    services.clock.advance(TimeDelta::hours(1));
    assert_eq!(over(&second).await, "link_over");
    assert_eq!(services.hasher.computed(), before, "nothing was hashed for it");
    let third = ask().await;
    services.clock.advance(TimeDelta::minutes(59));
    reset(&services, &third, NEW).await.unwrap();
    assert_eq!(over(&third).await, "link_over", "once");
    // A changed password makes a link that is under way worthless.
    let anna = who(&services, &login(&services, NEW, None).await.unwrap()).await.unwrap();
    services.settle().await;
    mailbox.take();
    let fourth = ask().await;
    people::change_password(&services, &anna, change(NEW, PASSWORD), &client()).await.unwrap();
    assert_eq!(over(&fourth).await, "link_over");
}

async fn letters_are_bounded(test: TestStore) {
    let (services, mailbox) = house(&test).await;
    register(&services).await;
    services.settle().await;
    mailbox.take();
    for _ in 0..5 {
        forgot(&services, EMAIL, &client()).await.unwrap();
    }
    assert_eq!(mailbox.take().len(), 3, "more are not sent, and nobody is told");
    for number in 0..5 {
        forgot(&services, &format!("{number}@example.com"), &client()).await.unwrap();
    }
    let error = forgot(&services, "another@example.com", &client()).await.unwrap_err();
    assert_eq!((error.status, error.code), (429, ErrorCode::RateLimited));
    services.clock.advance(TimeDelta::minutes(11));
    forgot(&services, EMAIL, &client()).await.unwrap();
    assert_eq!(mailbox.take().len(), 1);
}

async fn a_busy_mail_server_is_asked_again(test: TestStore) {
    let (services, mailbox) = house(&test).await;
    mailbox.put_off(2);
    register(&services).await;
    services.settle().await;
    mailbox.take_one();
    mailbox.put_off(4);
    forgot(&services, EMAIL, &client()).await.unwrap();
    assert!(mailbox.take().is_empty(), "four tries, then it is given up");
}

async fn an_address_is_proven_by_mail(test: TestStore) {
    let (services, mailbox) = house(&test).await;
    let anna = who(&services, &register(&services).await).await.unwrap();
    services.settle().await;
    let first = mailbox.take_one().token("verify").unwrap();
    let profile = people::profile(&services, &anna).await.unwrap();
    assert_eq!((profile.email.as_deref(), profile.email_verified_at), (Some(EMAIL), None));
    people::ask_for_verification(&services, &anna, &client()).await.unwrap();
    services.settle().await;
    let second = mailbox.take_one().token("verify").unwrap();
    let prove = async |token: &str| {
        let proof = EmailProof { token: token.into() };
        refused(people::verify_email(&services, proof, &client()).await)
    };
    assert_eq!(mistake(prove(&first).await, "token"), "link_over", "replaced");
    assert_eq!(mistake(reset(&services, &second, NEW).await, "token"), "link_over");
    prove(&second).await.unwrap();
    assert_eq!(mistake(prove(&second).await, "token"), "link_over", "once");
    let profile = people::profile(&services, &anna).await.unwrap();
    assert_eq!(profile.email_verified_at, Some(services.clock.now()));
    let again = refused(people::ask_for_verification(&services, &anna, &client()).await);
    assert_eq!(again.unwrap_err().code, ErrorCode::Conflict);
}

async fn letters_speak_the_readers_language(test: TestStore) {
    let (services, mailbox) = house(&test).await;
    register(&services).await;
    services.settle().await;
    assert!(mailbox.take_one().text.contains("Подтвердите"));
    let english = Client { locale: domain::Locale::En, ..client() };
    forgot(&services, EMAIL, &english).await.unwrap();
    let letter = mailbox.take_one();
    assert!(letter.text.contains("A new password") && letter.html.contains("lang=\"en\""));
}

async fn sign_ins_are_shown_and_ended(test: TestStore) {
    let (services, _mailbox) = house(&test).await;
    let first = register(&services).await;
    services.clock.advance(TimeDelta::minutes(2));
    let phone = Client {
        user_agent: Some("Mozilla/5.0 (iPhone) Version/17 Safari/604.1".into()),
        ..client_at([203, 0, 113, 9])
    };
    let outcome = accounts::login::for_browser(&services, request(PASSWORD, None), &phone).await;
    let Ok(Entry::SignedIn(token)) = outcome else { panic!("signed in") };
    let anna = who(&services, &first).await.unwrap();
    let shown = people::sign_ins(&services, &anna).await.unwrap();
    assert_eq!(shown.len(), 2);
    assert!(shown[0].is_current && !shown[1].is_current);
    assert_eq!((shown[0].kind, shown[1].kind), (SignInKind::Api, SignInKind::Browser));
    assert_eq!(shown[0].device.as_deref(), Some("a"), "what the test calls itself");
    assert_eq!(shown[1].device.as_deref(), Some("Safari, iPhone"));
    assert_eq!(shown[1].address, "203.0.113.9");
    assert_eq!(shown[1].created_at, services.clock.now());

    let boris = services::testing::owner(&services, "boris@example.com").await;
    let end = async |by: &Caller, session: SessionId| {
        refused(people::end_sign_in(&services, by, session, &client()).await)
    };
    let theirs = end(&boris, shown[1].id).await.unwrap_err();
    assert_eq!((theirs.status, theirs.code), (404, ErrorCode::NotFound));
    let headers = cookie_of(&services, &token);
    caller(&services, &headers).await.unwrap();
    end(&anna, shown[1].id).await.unwrap();
    assert!(caller(&services, &headers).await.is_err(), "at once");
    assert_eq!(end(&anna, shown[1].id).await.unwrap_err().status, 404, "it is over");

    for _ in 0..2 {
        login(&services, PASSWORD, None).await.unwrap();
    }
    let ended = people::end_other_sign_ins(&services, &anna, &client()).await.unwrap();
    assert_eq!(ended.ended, 2);
    let ended = people::end_other_sign_ins(&services, &anna, &client()).await.unwrap();
    assert_eq!(ended.ended, 0);
    assert_eq!(people::sign_ins(&services, &anna).await.unwrap().len(), 1);
    assert_eq!(people::sign_ins(&services, &boris).await.unwrap().len(), 1);
}

async fn a_second_factor_is_set_up_used_and_switched_off(test: TestStore) {
    let (services, mailbox) = house(&test).await;
    let anna = who(&services, &register(&services).await).await.unwrap();
    let begin = async |password: &str| {
        let proof = PasswordProof { password: password.into() };
        refused(second_factor::begin(&services, &anna, proof, &client()).await)
    };
    let confirm = async |code: &str| {
        let proof = CodeProof { code: code.into() };
        refused(second_factor::confirm(&services, &anna, proof, &client()).await)
    };
    assert_eq!(confirm("123456").await.unwrap_err().code, ErrorCode::Conflict, "nothing begun");
    assert_eq!(mistake(begin("wrong horse").await, "password"), "wrong_password");
    let older = begin(PASSWORD).await.unwrap();
    let setup = begin(PASSWORD).await.unwrap();
    assert_ne!(older.secret, setup.secret);
    assert_eq!(setup.secret.len(), 32);
    assert!(
        setup.uri.starts_with("otpauth://totp/Stock%20Tracker:")
            && setup.uri.contains(&setup.secret)
    );
    assert!(setup.qr_svg.starts_with("<svg "));
    assert!(!format!("{setup:?}").contains(&setup.secret));
    let shown = second_factor::state(&services, &anna, None).await.unwrap();
    assert_eq!(shown.setup.unwrap().secret, setup.secret, "the page after the redirect");
    login(&services, PASSWORD, None).await.unwrap();

    let older = code(&services, &Secret::new(older.secret));
    let secret = Secret::new(setup.secret);
    let shown_now = code(&services, &secret);
    if older != shown_now {
        assert_eq!(mistake(confirm(&older).await, "code"), "wrong_code");
    }
    assert_eq!(mistake(confirm(" ").await, "code"), "missing");
    let spaced = format!("{} {}", &shown_now[..3], &shown_now[3..]);
    let codes = confirm(&spaced).await.unwrap();
    assert_eq!(codes.recovery_codes.len(), 10);
    assert_eq!(confirm(&shown_now).await.unwrap_err().code, ErrorCode::Conflict);
    assert_eq!(begin(PASSWORD).await.unwrap_err().code, ErrorCode::Conflict, "in use");
    let sealed = second_factor::seal_codes(&services, &anna, &codes).unwrap();
    let state = second_factor::state(&services, &anna, Some(&sealed)).await.unwrap();
    assert_eq!(state.recovery_codes, codes.recovery_codes);
    assert!(state.setup.is_none() && state.in_use.is_some());
    let boris = services::testing::owner(&services, "boris@example.com").await;
    let theirs = second_factor::state(&services, &boris, Some(&sealed)).await.unwrap();
    assert!(theirs.recovery_codes.is_empty(), "sealed for Anna");

    let profile = people::profile(&services, &anna).await.unwrap();
    assert_eq!(profile.second_factor.unwrap().recovery_codes_left, 10);
    let missing = login(&services, PASSWORD, None).await.unwrap_err();
    assert_eq!((missing.status, missing.code), (401, ErrorCode::SecondFactorRequired));
    let wrong = login(&services, "wrong horse", Some(&shown_now)).await.unwrap_err();
    assert_eq!(wrong.code, ErrorCode::AuthenticationError, "the password first");
    services.clock.advance(TimeDelta::seconds(30));
    login(&services, PASSWORD, Some(&code(&services, &secret))).await.unwrap();

    services.settle().await;
    mailbox.take();
    services.clock.advance(TimeDelta::seconds(30));
    let off = async |password: &str, code: &str| {
        let proofs = BothProofs { password: password.into(), code: code.into() };
        refused(second_factor::switch_off(&services, &anna, proofs, &client()).await)
    };
    let now = code(&services, &secret);
    assert_eq!(mistake(off("wrong horse", &now).await, "password"), "wrong_password");
    assert_eq!(mistake(off(PASSWORD, "not a code").await, "code"), "wrong_code");
    off(PASSWORD, &now).await.unwrap();
    assert_eq!(off(PASSWORD, &now).await.unwrap_err().code, ErrorCode::Conflict);
    login(&services, PASSWORD, None).await.unwrap();
    services.settle().await;
    assert!(mailbox.take_one().text.contains("отключён"), "the owner is told");
}

async fn a_code_is_good_once(test: TestStore) {
    let (services, _mailbox) = house(&test).await;
    let anna = who(&services, &register(&services).await).await.unwrap();
    let (secret, _) = with_second_factor(&services, &anna).await;
    let now = code(&services, &secret);
    let (a, b) = tokio::join!(
        login(&services, PASSWORD, Some(&now)),
        login(&services, PASSWORD, Some(&now))
    );
    assert!(a.is_ok() != b.is_ok(), "of two at once one comes in");
    let again = login(&services, PASSWORD, Some(&now)).await.unwrap_err();
    assert_eq!((again.status, again.code), (401, ErrorCode::AuthenticationError));
    services.clock.advance(TimeDelta::seconds(30));
    let next = code(&services, &secret);
    services.clock.advance(TimeDelta::seconds(30));
    login(&services, PASSWORD, Some(&next)).await.unwrap();
    services.clock.advance(TimeDelta::seconds(90));
    let late = code(&services, &secret);
    services.clock.advance(TimeDelta::seconds(61));
    assert!(login(&services, PASSWORD, Some(&late)).await.is_err(), "its time is over");
}

async fn a_recovery_code_is_good_once(test: TestStore) {
    let (services, _mailbox) = house(&test).await;
    let anna = who(&services, &register(&services).await).await.unwrap();
    let (secret, codes) = with_second_factor(&services, &anna).await;
    let typed = codes.recovery_codes[3].to_uppercase().replace('-', " ");
    login(&services, PASSWORD, Some(&typed)).await.unwrap();
    assert_eq!(login(&services, PASSWORD, Some(&typed)).await.unwrap_err().status, 401);
    let left = people::profile(&services, &anna).await.unwrap().second_factor.unwrap();
    assert_eq!(left.recovery_codes_left, 9);

    let proofs = |code: &str| BothProofs { password: PASSWORD.into(), code: code.into() };
    let now = code(&services, &secret);
    let new =
        second_factor::replace_codes(&services, &anna, proofs(&now), &client()).await.unwrap();
    assert_eq!(
        login(&services, PASSWORD, Some(&codes.recovery_codes[4])).await.unwrap_err().status,
        401
    );
    // The phone is lost: a recovery code switches the second factor off.
    let proofs = proofs(&new.recovery_codes[0]);
    second_factor::switch_off(&services, &anna, proofs, &client()).await.unwrap();
    login(&services, PASSWORD, None).await.unwrap();
}

async fn codes_are_slowed_down(test: TestStore) {
    let (services, _mailbox) = house(&test).await;
    let anna = who(&services, &register(&services).await).await.unwrap();
    let (secret, _) = with_second_factor(&services, &anna).await;
    let thief = client_at([198, 51, 100, 7]);
    let mut statuses = Vec::new();
    for _ in 0..11 {
        let request = request(PASSWORD, Some("not it"));
        let outcome = refused(accounts::login::for_api(&services, request, &thief).await);
        statuses.push(outcome.unwrap_err().status);
    }
    assert_eq!(statuses[..10], [401; 10]);
    assert_eq!(statuses[10], 429);
    let now = code(&services, &secret);
    let right = accounts::login::for_api(&services, request(PASSWORD, Some(&now)), &thief).await;
    assert_eq!(
        refused(right).unwrap_err().status,
        429,
        "nobody learns from there that it was right"
    );
    login(&services, PASSWORD, Some(&now)).await.unwrap();
}

async fn a_browser_signs_in_in_two_steps(test: TestStore) {
    let (services, _mailbox) = house(&test).await;
    let anna = who(&services, &register(&services).await).await.unwrap();
    let (secret, _) = with_second_factor(&services, &anna).await;
    let step = async || {
        let Entry::CodeNeeded(token) = browser(&services).await else { panic!("a code") };
        (cookie(&access::set_second_step_cookie(&services, &token)), token)
    };
    let enter = async |headers: &HeaderMap, code: &str| {
        refused(accounts::login::with_code(&services, headers, &code.into(), &client()).await)
    };
    let (headers, token) = step().await;
    assert!(accounts::login::awaits_code(&services, &headers));
    let set = access::set_second_step_cookie(&services, &token);
    assert!(set.contains("Max-Age=300") && set.contains("HttpOnly"), "{set}");
    // What is between the steps opens nothing.
    for headers in [
        headers.clone(),
        cookie(&format!("session={}", token.jwt.expose())),
        bearer(token.jwt.expose()),
    ] {
        assert!(caller(&services, &headers).await.is_err());
    }
    assert_eq!(enter(&headers, "000").await.unwrap_err().status, 401);
    let session = enter(&headers, &code(&services, &secret)).await.unwrap();
    caller(&services, &cookie_of(&services, &session)).await.unwrap();
    assert!(enter(&headers, &code(&services, &secret)).await.is_err(), "the code was used");

    services.clock.advance(TimeDelta::seconds(30));
    assert!(enter(&HeaderMap::new(), &code(&services, &secret)).await.is_err());
    let (headers, _) = step().await;
    services.clock.advance(TimeDelta::minutes(5) + TimeDelta::seconds(5));
    assert!(!accounts::login::awaits_code(&services, &headers));
    assert_eq!(enter(&headers, &code(&services, &secret)).await.unwrap_err().status, 401);

    // Another password since the first step.
    let (headers, _) = step().await;
    services.clock.advance(TimeDelta::seconds(1));
    people::change_password(&services, &anna, change(PASSWORD, NEW), &client()).await.unwrap();
    assert_eq!(enter(&headers, &code(&services, &secret)).await.unwrap_err().status, 401);
}

async fn a_second_factor_survives_a_new_password(test: TestStore) {
    let (services, mailbox) = house(&test).await;
    let anna = who(&services, &register(&services).await).await.unwrap();
    let (secret, _) = with_second_factor(&services, &anna).await;
    services.settle().await;
    mailbox.take();
    forgot(&services, EMAIL, &client()).await.unwrap();
    reset(&services, &mailbox.take_one().token("reset").unwrap(), NEW).await.unwrap();
    let missing = login(&services, NEW, None).await.unwrap_err();
    assert_eq!(missing.code, ErrorCode::SecondFactorRequired);
    login(&services, NEW, Some(&code(&services, &secret))).await.unwrap();
}

/// Somebody who belongs to no company any more comes in again by registering; with a second factor a password is
/// not enough for that either.
async fn a_password_alone_never_stands_for_who_set_a_second_factor(test: TestStore) {
    let (services, _mailbox) = house(&test).await;
    let anna = who(&services, &register(&services).await).await.unwrap();
    with_second_factor(&services, &anna).await;
    let name = CompanyDeletion { name: "Дом и уют".into() };
    danger::delete_company(&services, &anna, &name).await.unwrap();
    let again = RegisterRequest {
        email: EMAIL.into(),
        password: PASSWORD.into(),
        company_name: "Снова".into(),
        marketplace_type: domain::Marketplace::Ozon,
        invitation: None,
    };
    let outcome = refused(accounts::register::for_api(&services, again, &client()).await);
    assert_eq!(outcome.unwrap_err().code, ErrorCode::SecondFactorRequired);
}

async fn everything_is_in_the_audit_chain(test: TestStore) {
    let (services, mailbox) = house(&test).await;
    let pair = register(&services).await;
    let anna = who(&services, &pair).await.unwrap();
    services.settle().await;
    let proof = EmailProof { token: mailbox.take_one().token("verify").unwrap().as_str().into() };
    people::verify_email(&services, proof, &client()).await.unwrap();
    let wrong = change("wrong horse battery", NEW);
    assert!(people::change_password(&services, &anna, wrong, &client()).await.is_err());
    people::change_password(&services, &anna, change(PASSWORD, NEW), &client()).await.unwrap();
    people::change_password(&services, &anna, change(NEW, PASSWORD), &client()).await.unwrap();
    let (secret, _) = with_second_factor(&services, &anna).await;
    assert!(login(&services, PASSWORD, Some("1")).await.is_err());
    services.settle().await;
    mailbox.take();
    login(&services, PASSWORD, Some(&code(&services, &secret))).await.unwrap();
    people::end_other_sign_ins(&services, &anna, &client()).await.unwrap();
    services.clock.advance(TimeDelta::seconds(30));
    let proofs = |code: String| BothProofs { password: PASSWORD.into(), code: Secret::new(code) };
    let both = proofs(code(&services, &secret));
    second_factor::replace_codes(&services, &anna, both, &client()).await.unwrap();
    services.clock.advance(TimeDelta::seconds(30));
    let both = proofs(code(&services, &secret));
    second_factor::switch_off(&services, &anna, both, &client()).await.unwrap();
    services.settle().await;
    mailbox.take();
    forgot(&services, EMAIL, &client()).await.unwrap();
    let token = mailbox.take_one().token("reset").unwrap();
    reset(&services, &token, NEW).await.unwrap();

    let mut tx = services.store.read(&anna).await.unwrap();
    let log = tx.audit_log(100).await.unwrap();
    let actions: Vec<_> = log.iter().rev().map(|entry| entry.action.as_str()).collect();
    assert_eq!(
        actions,
        [
            "registered",
            "email_verified",
            "proof_refused",
            "password_changed",
            "password_changed",
            "second_factor_on",
            "sign_in_refused",
            "signed_in",
            "sign_ins_ended",
            "recovery_codes_made",
            "second_factor_off",
            "password_reset_requested",
            "password_reset",
        ]
    );
    let printed = format!("{log:?}");
    for secret in [PASSWORD, NEW, secret.expose(), &token] {
        assert!(!printed.contains(secret), "{printed}");
    }
    drop(tx);
    let mut tx = services.store.system_read(Reason::Operator).await.unwrap();
    let verdict = tx.verify_audit(anna.tenant_id()).await.unwrap();
    assert_eq!(verdict, services::store::AuditVerdict::Whole { entries: 13 });
}
