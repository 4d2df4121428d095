//! Whether the page has come alive: controls that need script appear only then.

use leptos::prelude::*;

#[derive(Clone, Copy)]
struct Hydrated(RwSignal<bool>);

/// False in the server's page, true once the browser has taken over.
pub fn provide_hydrated() {
    let hydrated = RwSignal::new(false);
    Effect::new(move |_| hydrated.set(true));
    provide_context(Hydrated(hydrated));
}

/// Whether script runs.
pub fn use_hydrated() -> Signal<bool> {
    use_context::<Hydrated>().map_or_else(|| false.into(), |Hydrated(signal)| signal.into())
}
