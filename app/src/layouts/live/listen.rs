//! The stream of a tab: open while the tab is seen, opened again when it breaks, and asked for in turns meanwhile.

use super::busy::is_busy;
use crate::{api, state::live::Live};
use chrono::{DateTime, Utc};
use domain::sync::{SyncRun, SyncStatus};
use futures::{
    StreamExt,
    channel::oneshot,
    future::{AbortHandle, Abortable},
};
use gloo_net::eventsource::futures::EventSource;
use leptos::{
    ev::{self, MouseEvent},
    prelude::*,
    task::spawn_local,
    wasm_bindgen::{JsCast, closure::Closure},
    web_sys::Element,
};
use std::time::Duration;

/// What is waited before the stream is asked for again, at first and at most.
const PAUSE: Duration = Duration::from_secs(2);
const LONGEST: Duration = Duration::from_secs(30);

/// Milliseconds between two looks for the first rows.
const BETWEEN: f64 = 3_000.0;

/// Begins, and goes on until the page goes.
#[lazy]
pub fn listen(live: Live) {
    let newest = StoredValue::new(now());
    let reading = StoredValue::new(begin(live, newest, false));
    let again = move || {
        reading.update_value(|reading| reading.abort());
        if !document().hidden() {
            reading.set_value(begin(live, newest, true));
        }
    };
    document_listener("visibilitychange", again);
    window_event_listener(ev::online, move |_| again());
    window_event_listener(ev::offline, move |_| live.offline.set(true));
    hold_links(live);
}

/// `visibilitychange` is the document's.
fn document_listener(name: &str, what: impl Fn() + 'static) {
    let closure = Closure::<dyn Fn()>::new(what);
    let _ = document().add_event_listener_with_callback(name, closure.as_ref().unchecked_ref());
    closure.forget();
}

fn begin(live: Live, newest: StoredValue<DateTime<Utc>>, again: bool) -> AbortHandle {
    let (stop, stopped) = AbortHandle::new_pair();
    spawn_local(async move {
        let _ = Abortable::new(read(live, newest, again), stopped).await;
    });
    stop
}

/// Reads the stream; between two of them asks what happened meanwhile. Ends when nobody is signed in any more.
async fn read(live: Live, newest: StoredValue<DateTime<Utc>>, mut ask: bool) {
    let mut pause = PAUSE;
    loop {
        if ask {
            match api::syncs::list(Some(12)).await {
                Ok(runs) => {
                    reached(live);
                    caught_up(live, newest, runs);
                }
                Err(failure) if failure.wants_sign_in() => return,
                // The answer never came. Any other says that the server is there.
                Err(failure) if failure.0.status == 0 => live.offline.set(true),
                Err(_) => reached(live),
            }
        }
        if follow(live, newest).await {
            pause = PAUSE;
        } else {
            sleep(pause).await;
            pause = (pause * 2).min(LONGEST);
        }
        ask = true;
    }
}

/// Reads one stream to its end; whether it was one at all.
async fn follow(live: Live, newest: StoredValue<DateTime<Utc>>) -> bool {
    let Ok(mut source) = EventSource::new("/api/v1/events") else { return false };
    let (Ok(under_way), Ok(syncs)) = (source.subscribe("under_way"), source.subscribe("sync"))
    else {
        return false;
    };
    let mut events = futures::stream::select(under_way, syncs);
    let mut is_open = false;
    // Broken off, the source is closed: what happened meanwhile is asked for before the next.
    while let Some(Ok((name, message))) = events.next().await {
        let text = message.data().as_string().unwrap_or_default();
        if name == "under_way" {
            is_open = true;
            reached(live);
            if let Ok(runs) = serde_json::from_str(&text) {
                live.runs.set(runs);
                live.heard.set(true);
            }
        } else if let Ok(run) = serde_json::from_str(&text) {
            take(live, newest, run);
        }
    }
    is_open
}

/// A sync that got on.
fn take(live: Live, newest: StoredValue<DateTime<Utc>>, run: SyncRun) {
    let is_over = run.status.is_final();
    live.last.set(Some(run.clone()));
    live.runs.update(|runs| {
        runs.retain(|known| known.id != run.id);
        if !is_over {
            runs.push(run.clone());
        }
    });
    if !is_over && fills_the_page() {
        live.fresh.update(|count| *count += 1);
    }
    if is_over {
        newest.update_value(|at| *at = run.finished_at.unwrap_or(*at).max(*at));
        ended(live, run);
    }
}

/// A page that has nothing to show yet fills as the rows come, not faster than one can look.
fn fills_the_page() -> bool {
    thread_local! {
        static LAST: std::cell::Cell<f64> = const { std::cell::Cell::new(0.0) };
    }
    let now = js_sys::Date::now();
    let is_empty = matches!(document().query_selector("#content .blank:not([role])"), Ok(Some(_)));
    let is_time = now - LAST.get() > BETWEEN;
    if is_empty && is_time {
        LAST.set(now);
    }
    is_empty && is_time
}

/// The log, after a time in which nothing was heard.
fn caught_up(live: Live, newest: StoredValue<DateTime<Utc>>, runs: Vec<SyncRun>) {
    let since = newest.get_value();
    let known: Vec<_> = live.runs.with_untracked(|runs| runs.iter().map(|run| run.id).collect());
    let (over, under_way): (Vec<_>, Vec<_>) =
        runs.into_iter().partition(|run| run.status.is_final());
    live.runs.set(under_way);
    live.heard.set(true);
    // The newest comes first: the bar tells of one, and the data is of all.
    let missed = over.into_iter().find(|run| {
        known.contains(&run.id) || run.finished_at.is_some_and(|finished| finished > since)
    });
    if let Some(run) = missed {
        take(live, newest, run);
    }
}

/// Newer data is shown at once unless somebody is in the middle of something: then it is offered.
fn ended(live: Live, run: SyncRun) {
    let has_news = !matches!(run.status, SyncStatus::Failed);
    let is_whole = run.status == SyncStatus::Completed;
    if has_news && !is_busy() {
        live.show();
        live.news.set((!is_whole && run.status != SyncStatus::Cancelled).then_some(run));
    } else {
        live.news.set(Some(run));
    }
}

/// The server is there. After a time without it pages read again what they could not, unless that would take something
/// from somebody.
fn reached(live: Live) {
    if live.offline.get_untracked() {
        live.offline.set(false);
        live.waits.set(false);
        if !is_busy() {
            live.fresh.update(|count| *count += 1);
        }
    }
}

/// Without a network a link leads to no page: said instead of tried, and what is on the screen stays.
fn hold_links(live: Live) {
    let held = Closure::<dyn Fn(MouseEvent)>::new(move |event: MouseEvent| {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let link = target.and_then(|target| target.closest("a[href]").ok().flatten());
        let href = link.and_then(|link| link.get_attribute("href")).unwrap_or_default();
        let leaves = !href.is_empty() && !href.starts_with('#');
        if leaves && live.offline.get_untracked() {
            event.prevent_default();
            event.stop_propagation();
            live.waits.set(true);
        }
    });
    // Before the router, which listens for the same.
    let _ = document().add_event_listener_with_callback_and_bool(
        "click",
        held.as_ref().unchecked_ref(),
        true,
    );
    held.forget();
}

async fn sleep(time: Duration) {
    let (done, waited) = oneshot::channel();
    set_timeout(move || drop(done.send(())), time);
    let _ = waited.await;
}

fn now() -> DateTime<Utc> {
    #[expect(clippy::cast_possible_truncation, reason = "milliseconds since 1970 fit")]
    let ms = js_sys::Date::now() as i64;
    DateTime::from_timestamp_millis(ms).unwrap_or_default()
}
