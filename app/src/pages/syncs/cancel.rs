//! Ending a sync before its end: a plain form; with script the page says at once what becomes of it.

use crate::{
    api::syncs::Cancel,
    components::{
        alert::{Alert, Tone},
        icon::Icon,
    },
    state::{use_flash, use_text},
};
use domain::sync::SyncRun;
use leptos::{prelude::*, server_fn::ServerFn};

/// The button, and why it was refused if it was.
#[component]
pub fn CancelButton(
    /// The sync, which becomes what the answer says.
    run: RwSignal<SyncRun>,
) -> impl IntoView {
    let text = use_text();
    let cancel = ServerAction::<Cancel>::new();
    let told = use_flash(Cancel::PATH).and_then(|flash| flash.error);
    Effect::new(move |_| {
        if let Some(Ok(ended)) = cancel.value().get() {
            run.set(ended);
        }
    });
    let refused = move || match cancel.value().get() {
        Some(Err(failure)) => Some(failure.0),
        Some(Ok(_)) => None,
        None => told.clone(),
    };
    let words = move || {
        if cancel.pending().get() { text.live().cancelling } else { text.live().cancel }
    };
    view! {
        <ActionForm action=cancel>
            <input type="hidden" name="id" value=run.get_untracked().id.to_string() />
            <button class="button" disabled=move || cancel.pending().get()>
                {Icon::Close.draw()} {words}
            </button>
        </ActionForm>
        {move || {
            refused().map(|error| view! { <Alert tone=Tone::Risk>{text.failure(&error)}</Alert> })
        }}
    }
    .into_any()
}
