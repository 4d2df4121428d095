//! Whether something is being fetched: the thin bar at the top. The old page stays until then.

use leptos::prelude::*;

#[derive(Clone, Copy)]
pub struct Progress {
    /// The router is on its way to another page.
    pub routing: RwSignal<bool>,
    /// A page fetches newer data for itself.
    pub fetching: RwSignal<bool>,
}

/// Makes the bar known.
pub fn provide_progress() -> Progress {
    let progress = Progress { routing: RwSignal::new(false), fetching: RwSignal::new(false) };
    provide_context(progress);
    progress
}

/// The signals behind the bar.
pub fn use_progress() -> Progress {
    use_context().unwrap_or_else(provide_progress)
}
