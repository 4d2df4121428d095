//! A code that people carry elsewhere: one click selects it, one button copies it.

use super::icon::Icon;
use crate::state::{use_hydrated, use_text};
use leptos::prelude::*;

/// The code; the button comes with script.
#[component]
pub fn Copyable(
    /// What it is, for the button's label.
    label: String,
    /// The code.
    code: String,
) -> impl IntoView {
    let text = use_text();
    let hydrated = use_hydrated();
    let copied = RwSignal::new(false);
    let value = code.clone();
    let copy = move |_| {
        let _ = window().navigator().clipboard().write_text(&value);
        copied.set(true);
        set_timeout(move || copied.set(false), std::time::Duration::from_secs(2));
    };
    view! {
        <span class="copyable">
            <code>{code}</code>
            <button
                type="button"
                class="icon-button"
                class:is-waiting=move || !hydrated.get()
                aria-label=format!("{}: {label}", text.common().copy)
                on:click=copy
            >
                {move || if copied.get() { Icon::Done.draw() } else { Icon::Copy.draw() }}
            </button>
            <span class="sr-only" role="status">
                {move || copied.get().then_some(text.common().copied)}
            </span>
        </span>
    }
    .into_any()
}
