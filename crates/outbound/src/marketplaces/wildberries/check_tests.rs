//! From the hosts' words to one sentence.

use super::*;
use Verdict::{Granted, Missing, Refused, Silent};
use chrono::TimeDelta;

fn now() -> DateTime<Utc> {
    "2026-08-19T12:00:00Z".parse().unwrap()
}

fn key(kind: Option<KeyKind>, days: i64) -> DecodedKey {
    DecodedKey {
        kind,
        service: None,
        id: None,
        seller: None,
        expires_at: now() + TimeDelta::days(days),
        scopes: KeyScope::ALL.to_vec(),
        read_only: true,
    }
}

fn found(key: &DecodedKey, verdicts: [Verdict; 4]) -> KeyCheck {
    told(key, verdicts, None, now())
}

#[test]
fn a_service_token_with_everything_needs_no_more_words() {
    let check = found(&key(Some(KeyKind::Service), 100), [Granted; 4]);
    assert_eq!(check.status, KeyStatus::Valid);
    assert_eq!(check.message, "The key works: a service token, valid until 2026-11-27.");
    assert!(check.scopes.iter().all(|grant| grant.granted));
    let needed: Vec<_> =
        check.scopes.iter().filter(|grant| !grant.needed).map(|grant| grant.scope).collect();
    assert_eq!(needed, [KeyScope::Prices]);
}

#[test]
fn the_marketplaces_word_counts_more_than_the_keys() {
    let check = found(&key(Some(KeyKind::Personal), 100), [Granted, Missing, Silent, Granted]);
    assert_eq!(check.status, KeyStatus::Valid);
    let granted: Vec<_> = check.scopes.iter().map(|grant| grant.granted).collect();
    assert_eq!(granted, [true, false, true, true, true]);
    assert!(
        check.message.contains("missing: Analytics (stock at Wildberries);"),
        "{}",
        check.message
    );
    assert!(check.message.contains("personal tokens are for"), "{}", check.message);
}

#[test]
fn a_base_token_is_told_what_it_can_not_do() {
    let check = found(&key(Some(KeyKind::Base), 100), [Granted; 4]);
    assert!(!check.scopes[1].granted);
    assert!(check.message.contains("orders once in 3 hours"), "{}", check.message);
}

#[test]
fn the_end_is_mentioned_two_weeks_before() {
    let says = |days| {
        found(&key(Some(KeyKind::Service), days), [Granted; 4]).message.contains("expires on")
    };
    assert!(says(13));
    assert!(!says(14));
}

#[test]
fn a_refused_key_says_why_as_far_as_the_key_tells() {
    let message = |key: &DecodedKey| {
        let check = found(key, [Refused, Refused, Silent, Refused]);
        assert_eq!(check.status, KeyStatus::Invalid);
        check.message
    };
    assert!(message(&key(Some(KeyKind::Service), -1)).contains("expired on 2026-08-18"));
    assert!(message(&key(Some(KeyKind::Test), 9)).contains("sandbox only"));
    assert!(message(&key(Some(KeyKind::Service), 9)).contains("revoked"));
}

#[test]
fn no_word_is_no_refusal() {
    let check = found(&key(Some(KeyKind::Service), 100), [Silent; 4]);
    assert_eq!(check.status, KeyStatus::Unreachable);
    assert!(check.message.contains("checked at the next sync"), "{}", check.message);
    let half = found(&key(Some(KeyKind::Service), 100), [Missing, Silent, Silent, Silent]);
    assert_eq!(half.status, KeyStatus::Unreachable);
}

#[test]
fn a_key_that_opens_nothing_is_invalid() {
    let nothing = DecodedKey { scopes: Vec::new(), ..key(Some(KeyKind::Service), 100) };
    let check = found(&nothing, [Missing; 4]);
    assert_eq!(check.status, KeyStatus::Invalid);
    assert!(check.message.contains("opens nothing"), "{}", check.message);
    let removed = found(&key(Some(KeyKind::Service), 100), [Missing; 4]);
    assert!(removed.message.contains("its maker was removed"), "{}", removed.message);
}
