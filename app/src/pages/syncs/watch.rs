//! Live progress of a sync: server-sent events into a signal, until nothing more will happen.

use domain::sync::SyncRun;
use leptos::prelude::*;

/// How the connection is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Link {
    /// No script, or nothing to wait for.
    Still,
    /// Events come.
    Live,
    /// Broken off; the browser tries again by itself.
    #[cfg_attr(feature = "ssr", expect(dead_code, reason = "made in the browser only"))]
    Lost,
}

/// Keeps `run` up to date from the browser's side. On the server it does nothing.
pub fn follow(run: RwSignal<SyncRun>) -> ReadSignal<Link> {
    let (link, set_link) = signal(Link::Still);
    #[cfg(any(feature = "hydrate", feature = "csr"))]
    Effect::new(move |_| browser::listen(run, set_link));
    #[cfg(not(any(feature = "hydrate", feature = "csr")))]
    let _ = (run, set_link);
    link
}

#[cfg(any(feature = "hydrate", feature = "csr"))]
mod browser {
    use super::{Link, SyncRun};
    use futures::{
        StreamExt,
        future::{AbortHandle, Abortable},
    };
    use gloo_net::eventsource::futures::EventSource;
    use leptos::prelude::*;

    pub fn listen(run: RwSignal<SyncRun>, set_link: WriteSignal<Link>) {
        let now = run.get_untracked();
        if now.status.is_final() {
            return;
        }
        let Ok(mut source) = EventSource::new(&format!("/api/v1/syncs/{}/events", now.id)) else {
            return;
        };
        let Ok(mut events) = source.subscribe("sync") else { return };
        let (stop, stopped) = AbortHandle::new_pair();
        let reading = async move {
            // Dropping the source closes the connection.
            let _source = source;
            while let Some(event) = events.next().await {
                let Ok((_, message)) = event else {
                    set_link.set(Link::Lost);
                    continue;
                };
                let text = message.data().as_string().unwrap_or_default();
                if let Ok(newer) = serde_json::from_str::<SyncRun>(&text) {
                    let is_over = newer.status.is_final();
                    run.set(newer);
                    set_link.set(if is_over { Link::Still } else { Link::Live });
                    if is_over {
                        break;
                    }
                }
            }
        };
        leptos::task::spawn_local(async move {
            let _ = Abortable::new(reading, stopped).await;
        });
        on_cleanup(move || stop.abort());
    }
}
