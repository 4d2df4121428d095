//! A measurement, not run by default: whether the time of a refusal tells who has an account.
//! `cargo nextest run -p services --test sign_in_time --run-ignored only --no-capture`
#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "it measures")]

use domain::auth::LoginRequest;
use services::{
    Services, accounts,
    store::testing::TestStore,
    testing::{client, owner, parts},
};
use std::time::{Duration, Instant};

#[tokio::test(flavor = "multi_thread")]
#[ignore = "a measurement of some seconds"]
async fn an_unknown_email_takes_as_long_as_a_wrong_password() {
    let test = TestStore::sqlite().await;
    let mut parts = parts(&test);
    parts.settings.rate_limit = false;
    let services = Services::new(parts);
    owner(&services, "anna@example.com").await;
    let mut took = [Vec::new(), Vec::new()];
    for number in 0..4000 {
        let email = ["anna@example.com", "nobody@example.com"][number % 2];
        let request =
            LoginRequest { email: email.into(), password: "wrong battery".into(), otp: None };
        let start = Instant::now();
        assert!(accounts::login::for_api(&services, request, &client()).await.is_err());
        took[number % 2].push(start.elapsed());
        // The record of the refusal must not slow the next one down.
        services.settle().await;
    }
    let [wrong, unknown] = took.map(|mut times| {
        times.sort_unstable();
        times[times.len() / 2]
    });
    println!("median of 2,000: wrong password {wrong:?}, unknown e-mail {unknown:?}");
    assert!(wrong.abs_diff(unknown) <= Duration::from_millis(1));
}
