//! Live progress of a sync: what the tab's stream tells of it, until nothing more will happen.

use crate::{
    api,
    state::{live::Live, use_live},
};
use domain::sync::SyncRun;
use leptos::prelude::*;

/// How the connection is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Link {
    /// No script, or nothing to wait for.
    Still,
    /// Events come.
    Live,
    /// Broken off; it is tried again by itself.
    Lost,
}

/// Keeps `run` up to date from the browser's side. On the server it does nothing.
pub fn follow(run: RwSignal<SyncRun>) -> Memo<Link> {
    let live = use_live();
    let id = run.get_untracked().id;
    Effect::new(move |_| {
        let last = live.last.get().filter(|last| last.id == id);
        let under_way = live.runs.with(|runs| runs.iter().find(|run| run.id == id).cloned());
        if let Some(newer) = last.or(under_way) {
            if !run.with_untracked(|run| run.status.is_final()) {
                run.set(newer);
            }
        } else if live.heard.get() {
            ended_unheard(run);
        }
    });
    Memo::new(move |_| link(live, &run.read()))
}

fn link(live: Live, run: &SyncRun) -> Link {
    if run.status.is_final() || !(live.heard.get() || live.offline.get()) {
        Link::Still
    } else if live.offline.get() {
        Link::Lost
    } else {
        Link::Live
    }
}

/// What does not go on any more and of whose end nothing was heard ended before the stream began.
fn ended_unheard(run: RwSignal<SyncRun>) {
    let now = run.get_untracked();
    if now.status.is_final() {
        return;
    }
    leptos::task::spawn_local(async move {
        if let Ok(newer) = api::syncs::get(now.id).await {
            run.try_set(newer);
        }
    });
}
