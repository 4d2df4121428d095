//! What arrives by itself: the company's syncs as they go, the end of one, and whether there is a network at all.
//!
//! One stream a tab, read by the frame and shared by every page; a hidden tab has none. Where the stream breaks or can't
//! be had, the same is asked for in turns.

use domain::{AccountId, sync::SyncRun};
use leptos::prelude::*;

/// The signals, for as long as the frame stands.
#[derive(Clone, Copy)]
pub struct Live {
    /// The syncs under way.
    pub runs: RwSignal<Vec<SyncRun>>,
    /// Whether `runs` is known: the stream has said at least once what goes on.
    pub heard: RwSignal<bool>,
    /// The sync of which was last heard, whatever became of it.
    pub last: RwSignal<Option<SyncRun>>,
    /// One that ended and whose data the page does not show yet, or that brought none.
    pub news: RwSignal<Option<SyncRun>>,
    /// Counts up whenever what pages show is to be read anew.
    pub fresh: RwSignal<u32>,
    /// Whether the server is out of reach.
    pub offline: RwSignal<bool>,
    /// Whether a page was asked for that can't come without a network.
    pub waits: RwSignal<bool>,
}

/// Makes the signals known.
pub fn provide_live() -> Live {
    let live = Live {
        runs: RwSignal::new(Vec::new()),
        heard: RwSignal::new(false),
        last: RwSignal::new(None),
        news: RwSignal::new(None),
        fresh: RwSignal::new(0),
        offline: RwSignal::new(false),
        waits: RwSignal::new(false),
    };
    provide_context(live);
    live
}

/// The signals, for pages inside the frame.
pub fn use_live() -> Live {
    use_context().unwrap_or_else(provide_live)
}

/// Reads a page's data anew when newer has come. The old stays on the screen until then.
pub fn renew(again: impl Fn() + 'static) {
    let live = use_live();
    Effect::new(move |before: Option<u32>| {
        let fresh = live.fresh.get();
        if before.is_some_and(|before| before != fresh) {
            again();
        }
        fresh
    });
}

impl Live {
    /// The sync under way of a shop.
    pub fn run_of(self, account: AccountId) -> Option<SyncRun> {
        self.runs.with(|runs| runs.iter().find(|run| run.account_id == account).cloned())
    }

    /// Shows what has come.
    pub fn show(self) {
        self.news.set(None);
        self.fresh.update(|count| *count += 1);
    }
}
