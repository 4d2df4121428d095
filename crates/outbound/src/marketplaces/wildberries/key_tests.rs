//! Tokens of all kinds, and texts that are none.

use super::*;
use proptest::prelude::*;

fn token(payload: &str) -> String {
    let part = |text: &str| URL_SAFE_NO_PAD.encode(text);
    format!(
        "{}.{}.{}",
        part(r#"{"alg":"ES256","kid":"1","typ":"JWT"}"#),
        part(payload),
        part("signature")
    )
}

const PERSONAL: &str = r#"{"acc":3,"ent":1,"exp":1790000000,"for":"self","id":"01bda0b1-5c0b-736c-b2be-d0a6543e9be1",
    "iid":1,"oid":2,"s":1073757950,"sid":"e8923014-e233-5e6c-a9b1-0d7e7e6c1c01","t":false,"uid":3}"#;

#[test]
fn a_personal_token_tells_all() {
    let key = decode(&format!("  {}\n", token(PERSONAL))).unwrap();
    assert_eq!(key.kind, Some(KeyKind::Personal));
    assert_eq!(key.seller, Some("e8923014-e233-5e6c-a9b1-0d7e7e6c1c01".parse().unwrap()));
    assert_eq!(key.expires_at, DateTime::from_timestamp(1_790_000_000, 0).unwrap());
    // The check value of the documentation: read-only, 1 to 7, 9 to 13.
    assert_eq!(key.scopes, KeyScope::ALL);
    assert!(key.read_only);
}

#[test]
fn kinds_are_told_apart() {
    let cases = [
        (r#"{"acc":1,"exp":1,"s":62,"t":false}"#, Some(KeyKind::Base)),
        (r#"{"acc":2,"exp":1,"s":62,"t":true}"#, Some(KeyKind::Test)),
        (r#"{"acc":4,"exp":1,"s":62,"for":"asid:7d0f2c3e"}"#, Some(KeyKind::Service)),
        (r#"{"exp":1,"s":62,"for":"self"}"#, Some(KeyKind::Personal)),
        (r#"{"exp":1,"s":62}"#, None),
        (r#"{"acc":9,"exp":1,"s":62}"#, None),
    ];
    for (payload, kind) in cases {
        assert_eq!(decode(&token(payload)).unwrap().kind, kind, "{payload}");
    }
    let service = decode(&token(r#"{"acc":4,"exp":1,"s":62,"for":"asid:7d0f2c3e"}"#)).unwrap();
    assert_eq!(service.service.as_deref(), Some("7d0f2c3e"));
}

#[test]
fn permissions_follow_the_bits() {
    let scopes = |s: u64| decode(&token(&format!(r#"{{"exp":1,"s":{s}}}"#))).unwrap();
    assert_eq!(scopes(62).scopes, KeyScope::ALL);
    assert!(!scopes(62).read_only);
    assert!(scopes(1_073_741_886).read_only);
    assert_eq!(scopes(1 << 5).scopes, [KeyScope::Statistics]);
    assert!(scopes(0).scopes.is_empty());
}

#[test]
fn other_texts_get_a_reason() {
    let whole = token(PERSONAL);
    let cases = [
        (String::new(), KeyProblem::Empty),
        ("  ".to_owned(), KeyProblem::Empty),
        ("a".repeat(5000), KeyProblem::TooLong(5000)),
        (format!("Bearer {whole}"), KeyProblem::ForeignCharacter(7)),
        (whole.replacen('.', ".\n", 1), KeyProblem::ForeignCharacter(whole.find('.').unwrap() + 2)),
        ("550e8400-e29b-41d4-a716-446655440000".to_owned(), KeyProblem::Uuid),
        ("hello".to_owned(), KeyProblem::Parts(1)),
        (whole.rsplit_once('.').unwrap().0.to_owned(), KeyProblem::Parts(2)),
        (whole[10..].to_owned(), KeyProblem::Unreadable("first part")),
        (token(r#"{"acc":3"#), KeyProblem::Unreadable("middle part")),
        (
            token(r#"{"sub":"1","iat":1}"#),
            KeyProblem::Foreign("the time at which it expires (exp)"),
        ),
        (token(r#"{"exp":1}"#), KeyProblem::Foreign("its permissions (s)")),
    ];
    for (text, problem) in cases {
        assert_eq!(decode(&text), Err(problem), "{text}");
    }
    let unsigned = format!(
        "{}.{}.",
        URL_SAFE_NO_PAD.encode(r#"{"alg":"none"}"#),
        URL_SAFE_NO_PAD.encode("{}")
    );
    assert_eq!(decode(&unsigned), Err(KeyProblem::Foreign("a signature")));
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in "\\PC{0,200}") {
        let _ = decode(&text);
    }

    #[test]
    fn no_problem_repeats_the_text(text in "[a-z]{12,60}") {
        prop_assert!(!decode(&text).unwrap_err().to_string().contains(&text));
    }
}
