//! What a page hears of its company's syncs over one stream, and a sync that is ended before its end.

use crate::common::{App, Person};
use reqwest::{Method, Response};
use serde_json::{Value, json};
use std::time::Duration;
use store::testing::TestStore;
use tokio::time::timeout;

/// The events of a stream as they come: name and data.
struct Events {
    stream: Response,
    text: String,
}

impl Events {
    async fn open(app: &App, person: &Person) -> Self {
        let stream = app.get("/api/v1/events", person).await;
        assert_eq!(stream.status(), 200);
        assert_eq!(stream.headers()["content-type"], "text/event-stream");
        assert_eq!(stream.headers()["cache-control"], "no-store");
        Self { stream, text: String::new() }
    }

    async fn next(&mut self) -> (String, Value) {
        loop {
            if let Some((event, rest)) = self.text.split_once("\n\n") {
                let (event, rest) = (event.to_owned(), rest.to_owned());
                self.text = rest;
                // Heartbeats are comments.
                let Some((name, data)) = event.split_once('\n') else { continue };
                let data = serde_json::from_str(data.strip_prefix("data: ").unwrap()).unwrap();
                return (name.strip_prefix("event: ").unwrap().to_owned(), data);
            }
            let chunk = timeout(Duration::from_secs(20), self.stream.chunk()).await;
            let chunk = chunk.expect("something comes").unwrap().expect("the stream goes on");
            self.text.push_str(std::str::from_utf8(&chunk).unwrap());
        }
    }
}

/// A sync whose marketplace does not answer.
async fn hanging(app: &App, person: &Person) -> String {
    app.connect(person).await;
    app.simulator.fail_next(simulator::Operation::CardsList, simulator::Fault::Hang);
    let call = app.call(Method::POST, "/api/v1/syncs/").bearer_auth(&person.access);
    let task: Value = call.json(&json!({})).send().await.unwrap().json().await.unwrap();
    while app.simulator.calls(simulator::Operation::CardsList).failed == 0 {
        tokio::task::yield_now().await;
    }
    task["task_id"].as_str().unwrap().to_owned()
}

async fn cancel(app: &App, person: &Person, sync: &str) -> Response {
    let path = format!("/api/v1/syncs/{sync}/cancellation");
    app.call(Method::POST, &path).bearer_auth(&person.access).send().await.unwrap()
}

async fn cancellations(app: &App, person: &Person) -> usize {
    let log: Value =
        app.get("/api/v1/audit?action=sync_cancelled", person).await.json().await.unwrap();
    log["items"].as_array().unwrap().len()
}

async fn a_sync_that_is_cancelled_ends_at_once(test: TestStore) {
    let app = App::start(test).await;
    let anna = app.register("anna@example.com").await;
    let sync = hanging(&app, &anna).await;
    let mut events = Events::open(&app, &anna).await;
    let (name, under_way) = events.next().await;
    assert_eq!((&*name, &under_way[0]["id"]), ("under_way", &json!(sync)));

    let answer = cancel(&app, &anna, &sync).await;
    assert_eq!(answer.status(), 200);
    let ended: Value = answer.json().await.unwrap();
    assert_eq!(ended["status"], "cancelled");
    for step in ended["steps"].as_array().unwrap() {
        assert_eq!(
            (&step["state"], &step["problem"]["code"]),
            (&json!("failed"), &json!("cancelled"))
        );
    }
    let last = loop {
        let (name, run) = events.next().await;
        assert_eq!(name, "sync");
        if run["status"] == "cancelled" {
            break run;
        }
    };
    assert_eq!(last, ended, "what is told is what was answered");

    // Once more it is told as it is, and noted no second time.
    let again: Value = cancel(&app, &anna, &sync).await.json().await.unwrap();
    assert_eq!(again, ended);
    assert_eq!(cancellations(&app, &anna).await, 1);
    let next = app.synchronise(&anna).await;
    assert_eq!(next["status"], "completed", "the shop is free for the next one");
    let read: Value = app.get(&format!("/api/v1/syncs/{sync}"), &anna).await.json().await.unwrap();
    assert_eq!(read, ended, "whoever worked on it wrote nothing more");
}

async fn a_finished_sync_stays_as_it_is(test: TestStore) {
    let app = App::start(test).await;
    let anna = app.register("anna@example.com").await;
    app.connect(&anna).await;
    let run = app.synchronise(&anna).await;
    let told: Value = cancel(&app, &anna, run["id"].as_str().unwrap()).await.json().await.unwrap();
    assert_eq!(told, run);
    assert_eq!(cancellations(&app, &anna).await, 0);
}

async fn a_stream_tells_of_its_own_company_alone(test: TestStore) {
    let app = App::start(test).await;
    let anna = app.register("anna@example.com").await;
    let boris = app.register("boris@example.com").await;
    app.connect(&anna).await;
    app.connect(&boris).await;
    let mut events = Events::open(&app, &boris).await;
    assert_eq!(events.next().await, ("under_way".to_owned(), json!([])));
    app.synchronise(&anna).await;
    let own = app.synchronise(&boris).await;
    loop {
        let (name, run) = events.next().await;
        assert_eq!((&*name, &run["id"]), ("sync", &own["id"]), "another company's: {run}");
        if run["status"] == "completed" {
            assert_eq!(run, own);
            break;
        }
    }
}

async fn what_another_process_ended_is_told_as_well(test: TestStore) {
    let app = App::start(test).await;
    let anna = app.register("anna@example.com").await;
    app.connect(&anna).await;
    // Its own progress, as another process has: nothing that it does is heard here.
    let beside = services::Services::new(services::testing::parts(&app.test));
    let mut events = Events::open(&app, &anna).await;
    assert_eq!(events.next().await.0, "under_way");
    let sync = hanging(&app, &anna).await;
    let caller = beside.store.caller_for_run(sync.parse().unwrap()).await.unwrap().unwrap();
    let mut tx = beside.store.write(&caller).await.unwrap();
    let problem = domain::sync::StepProblem {
        code: domain::sync::StepProblemCode::Cancelled,
        detail: "Elsewhere.".into(),
    };
    assert!(
        tx.cancel_run(sync.parse().unwrap(), &problem, app.services.clock.now()).await.unwrap()
    );
    tx.commit().await.unwrap();
    while events.next().await.1["status"] != "cancelled" {}
}

store::on_both_engines!(
    a_sync_that_is_cancelled_ends_at_once,
    a_finished_sync_stays_as_it_is,
    a_stream_tells_of_its_own_company_alone,
    what_another_process_ended_is_told_as_well,
);
