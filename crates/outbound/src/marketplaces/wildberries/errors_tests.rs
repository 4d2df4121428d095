//! The five shapes as the marketplace documents them.

use super::*;
use domain::sync::StepProblemCode;

const MINUTE: Duration = Duration::from_mins(1);

fn of(status: u16, body: &str) -> Failure {
    let status = StatusCode::from_u16(status).unwrap();
    failure(
        "cards/list",
        status,
        &HeaderMap::new(),
        body.as_bytes(),
        MINUTE,
        &["head.secretsecret.tail"],
    )
}

#[test]
fn the_gateways_shape() {
    let body = r#"{"title":"unauthorized","detail":"token problem; token is malformed","code":"07e4668e-[UK-oWaVDU]",
        "requestId":"7b80742415072fe8","origin":"s2s-api-auth-catalog","status":401,"statusText":"Unauthorized"}"#;
    let failure = of(401, body);
    assert_eq!(failure.reason(), Reason::KeyRefused);
    assert_eq!(failure.request_id(), Some("7b80742415072fe8"));
    assert_eq!(failure.text(), "unauthorized: token problem; token is malformed");
    let problem = failure.step_problem();
    assert_eq!(problem.code, StepProblemCode::KeyRefused);
    assert_eq!(
        problem.detail,
        "Wildberries, cards/list: the key is refused (unauthorized: token problem; token is malformed); \
         HTTP 401, request id 7b80742415072fe8"
    );
}

#[test]
fn a_missing_permission_is_told_from_a_wrong_kind() {
    let scope =
        of(403, r#"{"title":"forbidden","detail":"scope is not allowed for this resource"}"#);
    assert_eq!(scope.reason(), Reason::NotPermitted { base_token: false });
    let kind = of(403, r#"{"title":"forbidden","detail":"base token is not allowed"}"#);
    assert_eq!(kind.reason(), Reason::NotPermitted { base_token: true });
}

#[test]
fn a_method_switched_off_is_told_from_a_missing_thing() {
    let text = r#"{"title":"not found","detail":"This method is temporarily disabled. Link: https://dev.wildberries.ru/release-notes?id=570"}"#;
    assert_eq!(of(404, text).reason(), Reason::Disabled);
    assert_eq!(of(404, r#"{"code":"NotFound","message":"Not found"}"#).reason(), Reason::NotFound);
}

#[test]
fn the_other_four_shapes_are_read() {
    let cases = [
        (
            400,
            r#"{"data":null,"error":true,"errorText":"Limit is wrong","additionalErrors":""}"#,
            "Limit is wrong",
        ),
        (
            400,
            r#"{"code":"IncorrectRequestBody","message":"Wrong body","data":null}"#,
            "Wrong body",
        ),
        (
            400,
            r#"{"errors":["dateFrom: field required","flag: wrong"]}"#,
            "dateFrom: field required; flag: wrong",
        ),
        (400, r#"{"errors":"dateFrom: Value not validated"}"#, "dateFrom: Value not validated"),
        (
            400,
            r#"{"title":"Invalid request body","detail":"limit"}"#,
            "Invalid request body: limit",
        ),
        (400, "Request body can not be decoded", "Request body can not be decoded"),
        (400, "<html><body>Bad</body></html>", ""),
        (400, "", ""),
    ];
    for (status, body, text) in cases {
        let failure = of(status, body);
        assert_eq!((failure.reason(), failure.text()), (Reason::OurFault, text), "{body}");
    }
}

#[test]
fn statuses_decide_what_may_be_tried_again() {
    for status in [302, 408, 500, 502, 503, 504, 520] {
        assert!(of(status, "").is_transient(), "{status}");
        assert_eq!(of(status, "").reason(), Reason::Unreachable, "{status}");
    }
    assert_eq!(of(402, "").reason(), Reason::PaymentRequired);
    assert_eq!(
        of(409, r#"{"code":"Busy","message":"The store is processing"}"#).reason(),
        Reason::Busy { retry_after: BUSY }
    );
    assert!(!of(400, "").is_transient());
    assert!(!of(401, "").is_transient());
}

#[test]
fn a_refusal_for_haste_says_how_long() {
    let headers =
        HeaderMap::from_iter([("x-ratelimit-retry".parse().unwrap(), "10800".parse().unwrap())]);
    let failure =
        failure("supplier/orders", StatusCode::TOO_MANY_REQUESTS, &headers, b"{}", MINUTE, &[]);
    assert_eq!(failure.reason(), Reason::RateLimited { retry_after: Duration::from_hours(3) });
    let now = "2026-08-18T12:00:00Z".parse().unwrap();
    assert_eq!(failure.retry_at(now), Some("2026-08-18T15:00:00Z".parse().unwrap()));
    assert_eq!(of(429, "").reason(), Reason::RateLimited { retry_after: MINUTE });
}

#[test]
fn a_key_is_never_repeated() {
    let failure = of(401, r#"{"detail":"bad token head.secretsecret.tail, part secretsecret"}"#);
    assert!(!failure.to_string().contains("secretsecret"), "{failure}");
    assert!(!format!("{failure:?}").contains("secretsecret"));
}

#[test]
fn an_error_may_hide_in_a_success() {
    let denied = br#"{"data":null,"error":true,"errorText":"Access denied","additionalErrors":""}"#;
    assert_eq!(
        within("cards/list", denied).unwrap().reason(),
        Reason::NotPermitted { base_token: false }
    );
    assert_eq!(
        within("cards/list", br#"{"error":true,"errorText":"oops"}"#).unwrap().reason(),
        Reason::Unreachable
    );
    assert_eq!(within("cards/list", br#"{"cards":[],"error":false}"#), None);
    assert_eq!(within("cards/list", br#"{"cards":[]}"#), None);
}
