//! A person's own account over real HTTP, through both doors: REST, and forms without script.

use crate::common::{App, PASSWORD, Person, person};
use reqwest::{Method, Response};
use serde_json::{Value, json};
use services::{people::second_factor::totp, testing::mailbox::Mailbox};
use store::testing::TestStore;

const EMAIL: &str = "anna@example.com";
const NEW: &str = "paper lantern harbour";

async fn send(app: &App, method: Method, path: &str, whom: &Person, body: Value) -> Response {
    let mut call = app.call(method, path).bearer_auth(&whom.access);
    if !body.is_null() {
        call = call.json(&body);
    }
    call.send().await.unwrap()
}

async fn post(app: &App, path: &str, whom: &Person, body: Value) -> Response {
    send(app, Method::POST, path, whom, body).await
}

async fn login(app: &App, body: Value) -> Response {
    app.post("/api/v1/auth/login", body).await
}

/// The place and the word of the one mistake.
async fn mistake(answer: Response) -> (String, String) {
    assert_eq!(answer.status(), 422);
    let problem: Value = answer.json().await.unwrap();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let error = &problem["errors"][0];
    (text(&error["loc"][1]), text(&error["code"]))
}

/// What the authenticator with this secret shows now.
fn code(app: &App, secret: &str) -> String {
    totp::code(&secret.into(), app.services.clock.now()).unwrap()
}

async fn a_password_is_changed_and_other_sign_ins_end(test: TestStore) {
    let app = App::start(test).await;
    let anna = app.register(EMAIL).await;
    let body = json!({"email": EMAIL, "password": PASSWORD});
    let other = person(&login(&app, body).await.json().await.unwrap());
    let path = "/api/v1/auth/password";
    let wrong = json!({"current_password": "wrong horse", "new_password": NEW});
    let answer = post(&app, path, &anna, wrong).await;
    assert_eq!(mistake(answer).await, ("current_password".into(), "wrong_password".into()));
    let short = json!({"current_password": PASSWORD, "new_password": "short"});
    let answer = post(&app, path, &anna, short).await;
    assert_eq!(mistake(answer).await, ("new_password".into(), "too_short".into()));
    let right = json!({"current_password": PASSWORD, "new_password": NEW});
    let answer = post(&app, path, &anna, right).await;
    assert_eq!(answer.status(), 200);
    assert_eq!(app.get("/api/v1/auth/profile", &other).await.status(), 401);
    assert_eq!(app.get("/api/v1/auth/profile", &anna).await.status(), 200);
    let refreshed = app.post("/api/v1/auth/refresh", json!({"refresh_token": other.refresh})).await;
    assert_eq!(refreshed.status(), 401);
    assert_eq!(login(&app, json!({"email": EMAIL, "password": PASSWORD})).await.status(), 401);
    assert_eq!(login(&app, json!({"email": EMAIL, "password": NEW})).await.status(), 200);
}

async fn a_forgotten_password_comes_back_by_mail(test: TestStore) {
    let mailbox = Mailbox::open().await;
    let app = App::start_with(test, |parts| parts.post = mailbox.post()).await;
    let anna = app.register(EMAIL).await;
    app.services.settle().await;
    let proof = json!({"token": mailbox.take_one().token("verify").unwrap()});
    let forgot = |email: &str| app.post("/api/v1/auth/password/forgot", json!({"email": email}));
    let (known, unknown) = (forgot(EMAIL).await, forgot("nobody@example.com").await);
    assert_eq!((known.status().as_u16(), unknown.status().as_u16()), (202, 202));
    assert_eq!(known.text().await.unwrap(), unknown.text().await.unwrap());
    app.services.settle().await;
    let token = mailbox.take_one().token("reset").unwrap();

    let reset = |password: &str| {
        app.post("/api/v1/auth/password/reset", json!({"token": token, "password": password}))
    };
    assert_eq!(mistake(reset("password1").await).await, ("password".into(), "too_common".into()));
    assert_eq!(reset(NEW).await.status(), 200);
    assert_eq!(mistake(reset(NEW).await).await, ("token".into(), "link_over".into()));
    assert_eq!(app.get("/api/v1/auth/profile", &anna).await.status(), 401);
    let anna = login(&app, json!({"email": EMAIL, "password": NEW})).await;
    let anna = person(&anna.json().await.unwrap());
    let profile: Value = app.get("/api/v1/auth/profile", &anna).await.json().await.unwrap();
    assert!(profile["email_verified_at"].is_string(), "{profile}");
    let resend = post(&app, "/api/v1/auth/email/verification", &anna, Value::Null).await;
    assert_eq!(resend.status(), 409);
    let verify = |proof: Value| app.post("/api/v1/auth/email/verify", proof);
    assert_eq!(verify(proof.clone()).await.status(), 200);
    assert_eq!(mistake(verify(proof).await).await, ("token".into(), "link_over".into()));
}

async fn own_sign_ins_are_listed_and_ended(test: TestStore) {
    let app = App::start(test).await;
    let (anna, boris) = (app.register(EMAIL).await, app.register("boris@example.com").await);
    let body = json!({"email": EMAIL, "password": PASSWORD});
    let other = person(&login(&app, body.clone()).await.json().await.unwrap());
    let path = "/api/v1/auth/sessions";
    let list: Value = app.get(path, &anna).await.json().await.unwrap();
    assert_eq!(list.as_array().unwrap().len(), 2);
    assert_eq!((&list[0]["is_current"], &list[1]["is_current"]), (&json!(true), &json!(false)));
    assert_eq!(list[1]["kind"], "api");
    let one = format!("{path}/{}", list[1]["id"].as_str().unwrap());
    let theirs = send(&app, Method::DELETE, &one, &boris, Value::Null).await;
    assert_eq!(theirs.status(), 404, "another person's is not there");
    assert_eq!(app.get(path, &other).await.status(), 200);
    assert_eq!(send(&app, Method::DELETE, &one, &anna, Value::Null).await.status(), 204);
    assert_eq!(app.get(path, &other).await.status(), 401);
    assert_eq!(send(&app, Method::DELETE, &one, &anna, Value::Null).await.status(), 404);
    let nonsense = format!("{path}/nonsense");
    assert_eq!(send(&app, Method::DELETE, &nonsense, &anna, Value::Null).await.status(), 404);

    login(&app, body).await;
    let ended = send(&app, Method::DELETE, path, &anna, Value::Null).await;
    assert_eq!(ended.json::<Value>().await.unwrap(), json!({"ended": 1}));
    assert_eq!(app.get(path, &anna).await.status(), 200);
    assert_eq!(app.get(path, &boris).await.status(), 200);
}

async fn a_second_factor_guards_the_api(test: TestStore) {
    let app = App::start(test).await;
    let anna = app.register(EMAIL).await;
    let path = "/api/v1/auth/second-factor";
    let setup = post(&app, path, &anna, json!({"password": PASSWORD})).await;
    assert_eq!(setup.status(), 200);
    let setup: Value = setup.json().await.unwrap();
    let secret = setup["secret"].as_str().unwrap();
    assert!(setup["qr_svg"].as_str().unwrap().starts_with("<svg "));
    let confirm = format!("{path}/confirm");
    let answer = post(&app, &confirm, &anna, json!({"code": "x"})).await;
    assert_eq!(mistake(answer).await, ("code".into(), "wrong_code".into()));
    let confirmed = post(&app, &confirm, &anna, json!({"code": code(&app, secret)})).await;
    let codes: Value = confirmed.json().await.unwrap();
    let recovery = codes["recovery_codes"][0].as_str().unwrap();
    assert_eq!(post(&app, path, &anna, json!({"password": PASSWORD})).await.status(), 409);

    let missing = login(&app, json!({"email": EMAIL, "password": PASSWORD})).await;
    assert_eq!(missing.status(), 401);
    assert_eq!(missing.headers()["www-authenticate"], "Bearer");
    assert_eq!(missing.json::<Value>().await.unwrap()["code"], "second_factor_required");
    let with = |otp: String| login(&app, json!({"email": EMAIL, "password": PASSWORD, "otp": otp}));
    let wrong = with("000".into()).await;
    assert_eq!(wrong.status(), 401);
    assert_eq!(wrong.json::<Value>().await.unwrap()["code"], "authentication_error");
    app.services.clock.advance(chrono::TimeDelta::seconds(30));
    let now = code(&app, secret);
    assert_eq!(with(now.clone()).await.status(), 200);
    assert_eq!(with(now).await.status(), 401, "once");
    assert_eq!(with(recovery.to_owned()).await.status(), 200);
    assert_eq!(with(recovery.to_owned()).await.status(), 401, "once");

    app.services.clock.advance(chrono::TimeDelta::seconds(30));
    let both = json!({"password": PASSWORD, "code": code(&app, secret)});
    let renewed = post(&app, &format!("{path}/recovery-codes"), &anna, both).await;
    let renewed: Value = renewed.json().await.unwrap();
    let both = json!({"password": PASSWORD, "code": renewed["recovery_codes"][9]});
    let off = format!("{path}/disable");
    assert_eq!(post(&app, &off, &anna, both.clone()).await.status(), 200);
    assert_eq!(post(&app, &off, &anna, both).await.status(), 409);
    assert_eq!(login(&app, json!({"email": EMAIL, "password": PASSWORD})).await.status(), 200);
}

/// A browser without script: what it has in its jar, and where it is.
struct Browser<'a> {
    app: &'a App,
    jar: Vec<(String, String)>,
}

impl<'a> Browser<'a> {
    /// With nothing but the language in its jar.
    fn new(app: &'a App) -> Self {
        Self { app, jar: vec![("locale".into(), "en".into())] }
    }

    async fn submit(&mut self, page: &str, function: &str, form: &str) -> Response {
        let call = self
            .app
            .call(Method::POST, &format!("/api/fn/{function}"))
            .header("accept", "text/html,application/xhtml+xml")
            .header("content-type", "application/x-www-form-urlencoded")
            .header("origin", self.app.url.clone())
            .header("sec-fetch-site", "same-origin")
            .header("referer", format!("{}{page}", self.app.url))
            .header("cookie", self.cookies())
            .body(form.to_owned());
        let answer = call.send().await.unwrap();
        assert_eq!(answer.status(), 303, "a form is answered with a page to go to");
        self.keep(&answer);
        answer
    }

    async fn open(&mut self, page: &str) -> String {
        let call = self.app.call(Method::GET, page).header("accept", "text/html");
        let answer = call.header("cookie", self.cookies()).send().await.unwrap();
        assert_eq!(answer.status(), 200, "{page}");
        assert_eq!(answer.headers()["referrer-policy"], "same-origin");
        self.keep(&answer);
        answer.text().await.unwrap()
    }

    fn cookies(&self) -> String {
        self.jar
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect::<Vec<_>>()
            .join("; ")
    }

    fn has(&self, name: &str) -> bool {
        self.jar.iter().any(|(known, _)| known == name)
    }

    fn keep(&mut self, answer: &Response) {
        for line in answer.headers().get_all("set-cookie") {
            let pair = line.to_str().unwrap().split(';').next().unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            self.jar.retain(|(known, _)| known != name);
            if !value.is_empty() {
                self.jar.push((name.into(), value.into()));
            }
        }
    }
}

fn goes_to(answer: &Response) -> &str {
    answer.headers()["location"].to_str().unwrap()
}

async fn links_of_letters_work_without_script(test: TestStore) {
    let mailbox = Mailbox::open().await;
    let app = App::start_with(test, |parts| parts.post = mailbox.post()).await;
    app.register(EMAIL).await;
    app.services.settle().await;
    let verify = mailbox.take_one().token("verify").unwrap();
    let mut browser = Browser::new(&app);

    // A forgotten password.
    let page = browser.open("/login").await;
    assert!(page.contains("href=\"/forgot\""));
    let sent =
        browser.submit("/forgot", "people/forgot_password", "email=anna%40example.com").await;
    assert_eq!(goes_to(&sent), "/forgot");
    assert!(browser.open("/forgot").await.contains("a letter is on its way"));
    app.services.settle().await;
    let letter = mailbox.take_one();
    assert!(letter.text.contains("A new password"), "in the language of the page");
    let token = letter.token("reset").unwrap();
    let reset = format!("/reset/{token}");
    let page = browser.open(&reset).await;
    assert!(page.contains(&token) && !page.contains("type=\"module\""), "no script sees the link");
    let form = |password: &str| format!("token={token}&password={}", password.replace(' ', "+"));
    let refused = browser.submit(&reset, "people/reset_password", &form("short")).await;
    assert_eq!(goes_to(&refused), reset);
    assert!(browser.open(&reset).await.contains("class=\"mistake\""));
    let done = browser.submit(&reset, "people/reset_password", &form(NEW)).await;
    assert_eq!(goes_to(&done), "/login");
    assert!(browser.open("/login").await.contains("Sign in with it"));
    let over = browser.submit(&reset, "people/reset_password", &form(NEW)).await;
    assert_eq!(goes_to(&over), reset);
    assert!(browser.open(&reset).await.contains("Ask for a new link"));

    // The address.
    let page = format!("/verify/{verify}");
    assert!(browser.open(&page).await.contains("Confirm the e-mail"));
    let done = browser.submit(&page, "people/verify_email", &format!("token={verify}")).await;
    assert_eq!(goes_to(&done), page);
    assert!(browser.open(&page).await.contains("is confirmed"));
}

async fn the_profile_works_without_script(test: TestStore) {
    let app = App::start(test).await;
    app.register(EMAIL).await;
    let mut browser = Browser::new(&app);
    let credentials = format!("email=anna%40example.com&password={}", PASSWORD.replace(' ', "+"));
    let inside = browser.submit("/login", "accounts/login", &credentials).await;
    assert_eq!(goes_to(&inside), "/");
    let profile = "/settings/profile";
    let page = browser.open(profile).await;
    assert!(page.contains("anna@example.com") && page.contains("Not confirmed"));
    assert!(page.contains("This device"));
    let wrong = "current_password=wrong&new_password=paper+lantern";
    let refused = browser.submit(profile, "people/change_password", wrong).await;
    assert_eq!(goes_to(&refused), profile);
    assert!(browser.open(profile).await.contains("not the password"));

    // The second factor.
    let factor = "/settings/profile/second-factor";
    assert!(browser.open(factor).await.contains("Continue"));
    let password = format!("password={}", PASSWORD.replace(' ', "+"));
    let begun = browser.submit(factor, "people/begin_second_factor", &password).await;
    assert_eq!(goes_to(&begun), factor);
    let page = browser.open(factor).await;
    assert!(page.contains("<svg xmlns"), "the QR code");
    let mut tx = app.services.store.system_read(store::Reason::OwnAccount).await.unwrap();
    let (user, _) = tx.addressee(EMAIL).await.unwrap().unwrap();
    let sealed = tx.second_factor(user).await.unwrap().unwrap().ciphertext;
    drop(tx);
    let secret = app.services.vault.open(user, "totp_secret", &sealed).unwrap();
    let form = format!("code={}", code(&app, secret.expose()));
    let on = browser.submit(factor, "people/confirm_second_factor", &form).await;
    assert_eq!(goes_to(&on), factor);
    assert!(browser.has("codes"));
    let page = browser.open(factor).await;
    let codes = page.matches("<li><code>").count();
    assert_eq!(codes, 10, "the recovery codes, this once");
    assert!(!browser.has("codes"));
    assert!(!browser.open(factor).await.contains("<li><code>"));

    // Two steps.
    let mut phone = Browser::new(&app);
    let first = phone.submit("/login", "accounts/login", &credentials).await;
    assert_eq!(goes_to(&first), "/login/code");
    assert!(phone.has("second-step") && !phone.has("session"));
    assert!(phone.open("/login/code").await.contains("Sign-in code"));
    let wrong = phone.submit("/login/code", "accounts/login_code", "code=1").await;
    assert_eq!(goes_to(&wrong), "/login/code");
    assert!(phone.open("/login/code").await.contains("The code is wrong"));
    app.services.clock.advance(chrono::TimeDelta::seconds(30));
    let form = format!("code={}", code(&app, secret.expose()));
    let second = phone.submit("/login/code", "accounts/login_code", &form).await;
    assert_eq!(goes_to(&second), "/");
    assert!(phone.has("session") && !phone.has("second-step"));
    app.services.clock.advance(chrono::TimeDelta::minutes(6));
    let mut late = Browser::new(&app);
    let lost = late.submit("/login/code", "accounts/login_code", &form).await;
    assert_eq!(goes_to(&lost), "/login");
    assert!(late.open("/login").await.contains("took too long"));

    // The phone's sign-in is ended from the desk.
    let ended = browser.submit(profile, "people/end_other_sign_ins", "").await;
    assert_eq!(goes_to(&ended), profile);
    app.services.clock.advance(chrono::TimeDelta::seconds(1));
    assert!(browser.open(profile).await.contains("This device"));
    let gone = app.call(Method::GET, "/api/v1/auth/profile").header("cookie", phone.cookies());
    assert_eq!(gone.send().await.unwrap().status(), 401);
}

/// A program that calls the dashboard's function is told the same as over REST.
async fn both_doors_ask_for_the_code_alike(test: TestStore) {
    let app = App::start(test).await;
    let anna = app.register(EMAIL).await;
    let path = "/api/v1/auth/second-factor";
    let setup = post(&app, path, &anna, json!({"password": PASSWORD})).await;
    let setup: Value = setup.json().await.unwrap();
    let body = json!({"code": code(&app, setup["secret"].as_str().unwrap())});
    assert_eq!(post(&app, &format!("{path}/confirm"), &anna, body).await.status(), 200);

    let rest = login(&app, json!({"email": EMAIL, "password": PASSWORD})).await;
    let function = app
        .call(Method::POST, "/api/fn/accounts/login")
        .header("content-type", "application/x-www-form-urlencoded")
        .body("email=anna%40example.com&password=correct+horse+battery")
        .send()
        .await
        .unwrap();
    assert_eq!((rest.status().as_u16(), function.status().as_u16()), (401, 401));
    for header in ["content-type", "www-authenticate"] {
        assert_eq!(rest.headers()[header], function.headers()[header], "{header}");
    }
    let cookies = function.headers().get_all("set-cookie").iter();
    let names: Vec<_> =
        cookies.map(|line| line.to_str().unwrap().split('=').next().unwrap().to_owned()).collect();
    assert_eq!(names, ["second-step"], "and nothing that opens anything");
    let (mut rest, mut function): (Value, Value) =
        (rest.json().await.unwrap(), function.json().await.unwrap());
    for body in [&mut rest, &mut function] {
        body["request_id"] = Value::Null;
    }
    assert_eq!(rest, function);
}

async fn a_demo_visitor_has_no_account_to_change(test: TestStore) {
    let app = App::start(test).await;
    let started = app.call(Method::POST, "/api/fn/accounts/start_demo").send().await.unwrap();
    let session = started.headers()["set-cookie"].to_str().unwrap().split(';').next().unwrap();
    let call = |method: Method, path: &str| {
        app.call(method, path).header("cookie", session).header("sec-fetch-site", "same-origin")
    };
    let profile = call(Method::GET, "/api/v1/auth/profile").send().await.unwrap();
    let profile: Value = profile.json().await.unwrap();
    assert!(profile["email"].is_null());
    for (path, body) in [
        ("password", json!({"current_password": "x", "new_password": NEW})),
        ("second-factor", json!({"password": "x"})),
        ("second-factor/confirm", json!({"code": "123456"})),
    ] {
        let call = call(Method::POST, &format!("/api/v1/auth/{path}")).json(&body);
        assert_eq!(call.send().await.unwrap().status(), 403, "{path}");
    }
    let page = call(Method::GET, "/settings/profile").header("accept", "text/html");
    assert_eq!(page.send().await.unwrap().status(), 200);
}

store::on_both_engines!(
    a_password_is_changed_and_other_sign_ins_end,
    a_forgotten_password_comes_back_by_mail,
    own_sign_ins_are_listed_and_ended,
    a_second_factor_guards_the_api,
    links_of_letters_work_without_script,
    the_profile_works_without_script,
    both_doors_ask_for_the_code_alike,
    a_demo_visitor_has_no_account_to_change,
);
