//! The thin bar at the top while something is fetched; the old page stays below it.

use crate::state::{use_progress, use_text};
use leptos::prelude::*;

/// The bar.
#[component]
pub fn ProgressBar() -> impl IntoView {
    let progress = use_progress();
    let busy = move || progress.routing.get() || progress.fetching.get();
    let text = use_text();
    view! {
        <div class="progress-bar" class:busy=busy aria-hidden="true"></div>
        <p class="sr-only" role="status">{move || busy().then_some(text.common().loading)}</p>
    }
    .into_any()
}
