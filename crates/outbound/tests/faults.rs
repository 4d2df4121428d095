//! What the client makes of answers that are late, cut, too long, elsewhere or nonsense.
#![allow(clippy::unwrap_used, reason = "tests")]

mod support;

use axum::{
    Router,
    body::Body,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Redirect},
    routing::any,
};
use chrono::{DateTime, Utc};
use domain::{Secret, account::KeyStatus, sync::StepProblemCode};
use outbound::{Failure, Front, Http, Reason, Wildberries, wildberries};
use std::sync::{Arc, Mutex};
use support::{access, hasty, listen, nobody, raw, serve};

const KEY: &str = "head.verysecretpayload.tail";

fn since() -> DateTime<Utc> {
    "2026-08-18T00:00:00Z".parse().unwrap()
}

/// Reads a whole page of orders, for its failure.
async fn orders(client: &Wildberries, front: &Front) -> Result<Vec<usize>, Failure> {
    let key = Secret::new(KEY);
    let mut page = client.orders_page(&access(front, &key), since()).await?;
    let mut sizes = Vec::new();
    while let Some(batch) = page.next_batch().await? {
        sizes.push(batch.len());
    }
    Ok(sizes)
}

async fn cards(client: &Wildberries, front: &Front) -> Failure {
    let key = Secret::new(KEY);
    client.cards_page(&access(front, &key), None).await.unwrap_err()
}

#[tokio::test]
async fn nobody_there_is_unreachable_and_tells_no_address() {
    let failure = cards(&hasty(), &nobody().await).await;
    assert_eq!(failure.reason(), Reason::Unreachable);
    assert_eq!(failure.step_problem().code, StepProblemCode::Unreachable);
    assert!(!failure.to_string().contains("127.0.0.1"), "{failure}");
    assert!(failure.to_string().contains("refused"), "{failure}");
}

#[tokio::test]
async fn silence_ends_in_time() {
    let (front, _task) = raw(b"", true).await;
    let failure = cards(&hasty(), &front).await;
    assert_eq!((failure.reason(), failure.text()), (Reason::Unreachable, "no answer in time"));
}

#[tokio::test]
async fn a_stream_that_stalls_ends_in_time() {
    let (front, _task) =
        raw(b"HTTP/1.1 200 OK\r\ncontent-length: 900\r\n\r\n[{\"srid\":", true).await;
    let failure = orders(&hasty(), &front).await.unwrap_err();
    assert_eq!((failure.reason(), failure.text()), (Reason::Unreachable, "no answer in time"));
}

#[tokio::test]
async fn a_cut_connection_is_no_short_answer() {
    let (front, _task) = raw(b"HTTP/1.1 200 OK\r\ncontent-length: 900\r\n\r\n[]", false).await;
    assert_eq!(orders(&hasty(), &front).await.unwrap_err().reason(), Reason::Unreachable);
    // Without a length, only the list itself tells that it is not whole.
    let (front, _task) = raw(b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n[", false).await;
    let failure = orders(&hasty(), &front).await.unwrap_err();
    assert_eq!(
        (failure.reason(), failure.text()),
        (Reason::Unreachable, "the answer broke off after 0 rows")
    );
    let (front, _task) =
        raw(b"HTTP/1.1 200 OK\r\ncontent-length: 900\r\n\r\n{\"cards\":", false).await;
    assert_eq!(cards(&hasty(), &front).await.reason(), Reason::Unreachable);
}

#[tokio::test]
async fn a_redirect_is_not_followed_and_takes_no_key_along() {
    let seen = Arc::new(Mutex::new(0));
    let count = Arc::clone(&seen);
    let thief = Router::new().fallback(any(move || async move { *count.lock().unwrap() += 1 }));
    let there = format!("http://{}/steal", listen(thief).await);
    let router = Router::new().fallback(any(|| async move { Redirect::temporary(&there) }));
    let failure = cards(&hasty(), &serve(router).await).await;
    assert_eq!((failure.reason(), failure.status()), (Reason::Unreachable, Some(307)));
    assert_eq!(*seen.lock().unwrap(), 0);
}

#[tokio::test]
async fn an_answer_without_end_is_cut() {
    let endless = || async {
        let piece = || Ok::<_, std::io::Error>(vec![b' '; 1 << 20]);
        Body::from_stream(futures::stream::repeat_with(piece)).into_response()
    };
    let failure =
        cards(&Wildberries::new(Http::new()), &serve(Router::new().fallback(any(endless))).await)
            .await;
    assert_eq!(failure.reason(), Reason::UnexpectedShape);
    assert!(failure.text().contains("larger than 16777216 bytes"), "{failure}");
}

#[tokio::test]
async fn nonsense_names_its_place_and_not_the_key() {
    let body = r#"[{"srid":"a","nmId":1,"date":"2026-08-18T00:00:01","lastChangeDate":"2026-08-18T00:00:01","finishedPrice":1.5},
                   {"srid":"b","nmId":"x","finishedPrice":2}]"#;
    let router = Router::new().fallback(any(move || async move { body }));
    let front = serve(router).await;
    let key = Secret::new(KEY);
    let mut page = hasty().orders_page(&access(&front, &key), since()).await.unwrap();
    // One bad row costs itself and nothing else.
    assert_eq!(page.next_batch().await.unwrap().unwrap().len(), 1);
    assert_eq!(page.next_batch().await.unwrap(), None);
    let malformed = page.take_malformed();
    assert_eq!((malformed.count, malformed.nameless), (1, 1));
    let row = &malformed.rows[0];
    assert!(row.problem.starts_with("[1].nmId: invalid value"), "{}", row.problem);
    assert_eq!(row.raw, r#"{"srid":"b","nmId":"x","finishedPrice":2}"#);
}

#[tokio::test]
async fn a_refusal_that_repeats_the_key_is_cleaned() {
    let router = Router::new().fallback(any(|headers: HeaderMap| async move {
        let key = headers[header::AUTHORIZATION].to_str().unwrap().to_owned();
        (StatusCode::UNAUTHORIZED, format!(r#"{{"title":"unauthorized","detail":"bad {key}"}}"#))
    }));
    let failure = cards(&hasty(), &serve(router).await).await;
    assert_eq!(
        (failure.reason(), failure.text()),
        (Reason::KeyRefused, "unauthorized: bad [redacted]")
    );
}

#[tokio::test]
async fn the_request_is_as_documented() {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let keep = Arc::clone(&seen);
    let router = Router::new().fallback(any(move |request: axum::extract::Request| async move {
        let header = |name| request.headers()[name].to_str().unwrap().to_owned();
        let seen = (
            request.uri().to_string(),
            header("authorization"),
            header("user-agent"),
            header("x-client-secret"),
        );
        keep.lock().unwrap().push(seen);
        "[]"
    }));
    let front = serve(router).await;
    let (key, secret) = (Secret::new(format!(" {KEY}\n")), Secret::new("service"));
    let access = outbound::Access { service_secret: Some(&secret), ..access(&front, &key) };
    let http = Http::new();
    let mut page = Wildberries::new(http.clone()).orders_page(&access, since()).await.unwrap();
    assert_eq!(page.next_batch().await.unwrap(), None);
    assert_eq!(
        page.end(),
        wildberries::OrdersEnd { rows: 0, latest_change: None, next_since: None }
    );
    let (uri, authorization, agent, secret) = seen.lock().unwrap().remove(0);
    assert_eq!(
        uri,
        "/statistics-api.wildberries.ru/api/v1/supplier/orders?dateFrom=2026-08-18T03%3A00%3A00&flag=0"
    );
    assert_eq!((authorization.as_str(), secret.as_str()), (KEY, "service"));
    assert!(agent.starts_with("stock-tracker/"), "{agent}");
    assert_eq!((http.traffic().requests, http.traffic().bytes), (1, 2));
}

#[tokio::test]
async fn an_empty_list_of_stock_and_no_content_are_both_nothing() {
    for (status, body) in
        [(StatusCode::NO_CONTENT, ""), (StatusCode::OK, r#"{"data":{"items":[]}}"#)]
    {
        let front = serve(Router::new().fallback(any(move || async move { (status, body) }))).await;
        let key = Secret::new(KEY);
        let page = hasty().stock_page(&access(&front, &key), 0).await.unwrap().value;
        assert_eq!((page.rows, page.next_offset, page.snapshot.levels.len()), (0, None, 0));
    }
}

#[tokio::test]
async fn too_many_sizes_are_not_even_asked_for() {
    let front = nobody().await;
    let key = Secret::new(KEY);
    for sizes in [vec![], vec![1; 1001]] {
        let failure = hasty().seller_stock(&access(&front, &key), 1, &sizes).await.unwrap_err();
        assert_eq!(failure.reason(), Reason::OurFault);
    }
}

#[tokio::test]
async fn a_check_without_an_answer_says_so_in_time() {
    let (front, _task) = raw(b"", true).await;
    // A payload that can be read: {"acc":3,"exp":1900000000,"s":62}.
    let key = Secret::new("eyJhbGciOiJFUzI1NiJ9.eyJhY2MiOjMsImV4cCI6MTkwMDAwMDAwMCwicyI6NjJ9.c2ln");
    let check = wildberries::check_key(&hasty(), &access(&front, &key), since()).await;
    assert_eq!(check.status, KeyStatus::Unreachable);
    assert_eq!(check.scopes.iter().filter(|grant| grant.granted).count(), 5);
}
