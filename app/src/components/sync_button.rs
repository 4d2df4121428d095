//! "Synchronise": a plain form; with script the page of the sync opens without reload.

use super::icon::Icon;
use crate::{
    api::syncs::Start,
    components::alert::{Alert, Tone},
    state::{use_flash, use_text},
};
use leptos::{prelude::*, server_fn::ServerFn};

/// The button and, if it was refused, why.
#[component]
pub fn SyncButton(
    /// Whether the role may.
    allowed: bool,
) -> impl IntoView {
    let text = use_text();
    let start = ServerAction::<Start>::new();
    let told = use_flash(Start::PATH).and_then(|flash| flash.error);
    let refused = move || match start.value().get() {
        Some(Err(failure)) => Some(failure.0),
        Some(Ok(_)) => None,
        None => told.clone(),
    };
    if !allowed {
        return view! { <p class="hint">{text.common().viewer_only}</p> }.into_any();
    }
    view! {
        <div class="sync-button">
            <ActionForm action=start>
                <button class="button primary" disabled=move || start.pending().get()>
                    {Icon::Sync.draw()}
                    {text.common().synchronise}
                </button>
            </ActionForm>
            {move || {
                refused().map(|error| view! { <Alert tone=Tone::Risk>{text.failure(&error)}</Alert> })
            }}
        </div>
    }
    .into_any()
}
