//! A sync's events over the wire: at once, uncompressed, to the end, and not beyond the process's own.

use crate::common::{App, Person};
use reqwest::{Method, Response};
use serde_json::Value;
use std::time::Duration;
use store::testing::TestStore;
use tokio::time::{Instant, timeout};

/// A sync whose marketplace does not answer, and its path.
async fn hanging(app: &App, person: &Person) -> String {
    app.connect(person).await;
    app.simulator.fail_next(simulator::Operation::CardsList, simulator::Fault::Hang);
    let call = app.call(Method::POST, "/api/v1/products/sync").bearer_auth(&person.access);
    let task: Value = call.send().await.unwrap().json().await.unwrap();
    format!("/api/v1/syncs/{}/events", task["task_id"].as_str().unwrap())
}

async fn open(app: &App, path: &str, person: &Person) -> Response {
    let call = app.call(Method::GET, path).bearer_auth(&person.access);
    call.header("accept-encoding", "gzip, br, deflate").send().await.unwrap()
}

async fn the_first_comes_within_a_second_and_uncompressed(test: TestStore) {
    let app = App::start(test).await;
    let anna = app.register("anna@example.com").await;
    let path = hanging(&app, &anna).await;
    let begun = Instant::now();
    let mut stream = open(&app, &path, &anna).await;
    assert_eq!(stream.status(), 200);
    let headers = stream.headers();
    assert_eq!(headers["content-type"], "text/event-stream");
    assert!(headers.get("content-encoding").is_none());
    assert_eq!(headers["cache-control"], "no-store");
    assert_eq!(headers["x-accel-buffering"], "no");
    let first = timeout(Duration::from_secs(1), stream.chunk()).await.unwrap().unwrap().unwrap();
    assert!(begun.elapsed() < Duration::from_secs(1));
    let first = String::from_utf8(first.to_vec()).unwrap();
    let data = first.strip_prefix("event: sync\ndata: ").unwrap();
    let run: Value = serde_json::from_str(data.trim_end()).unwrap();
    assert_eq!(run["steps"][0]["kind"], "products");
    assert!(["pending", "running"].contains(&run["status"].as_str().unwrap()), "{run}");
}

async fn the_last_is_the_final_state(test: TestStore) {
    let app = App::start(test).await;
    let anna = app.register("anna@example.com").await;
    app.connect(&anna).await;
    let last = app.synchronise(&anna).await;
    assert_eq!(last["status"], "completed");
    let path = format!("/api/v1/syncs/{}/events", last["id"].as_str().unwrap());
    let text = open(&app, &path, &anna).await.text().await.unwrap();
    assert_eq!(text.matches("event: sync\n").count(), 1, "a finished one has one event: {text}");
    let path = format!("/api/v1/syncs/{}", last["id"].as_str().unwrap());
    let read: Value = app.get(&path, &anna).await.json().await.unwrap();
    assert_eq!(read, last, "what was streamed is what is stored");
}

async fn open_streams_end_with_the_process(test: TestStore) {
    let app = App::start(test).await;
    let anna = app.register("anna@example.com").await;
    let path = hanging(&app, &anna).await;
    let mut stream = open(&app, &path, &anna).await;
    assert!(stream.chunk().await.unwrap().is_some());
    app.stop.cancel();
    timeout(Duration::from_secs(2), async { while let Ok(Some(_)) = stream.chunk().await {} })
        .await
        .expect("the stream ends");
}

async fn they_are_for_members_only(test: TestStore) {
    let app = App::start(test).await;
    let anna = app.register("anna@example.com").await;
    let boris = app.register("boris@example.com").await;
    let path = hanging(&app, &anna).await;
    assert_eq!(open(&app, &path, &boris).await.status(), 404);
    assert_eq!(app.call(Method::GET, &path).send().await.unwrap().status(), 401);
    assert_eq!(app.get("/api/v1/syncs/nonsense/events", &anna).await.status(), 404);
}

store::on_both_engines!(
    the_first_comes_within_a_second_and_uncompressed,
    the_last_is_the_final_state,
    open_streams_end_with_the_process,
    they_are_for_members_only,
);
