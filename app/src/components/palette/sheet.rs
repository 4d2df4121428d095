//! The dialog around both sheets, and the sheet of the keys.

use super::{Shared, keys};
use crate::{layouts::places::PLACES, state::use_text};
use leptos::{html, prelude::*};

/// A modal dialog: the browser's own keeps the focus inside and closes it by Escape.
#[component]
pub fn Over(
    /// What the sheets share.
    shared: Shared,
    /// Its name.
    label: &'static str,
    /// What is in it.
    children: Children,
) -> impl IntoView {
    let dialog = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        // A frame later: what was fetched late is made before it is part of the page, where nothing opens.
        if let Some(dialog) = dialog.get() {
            request_animation_frame(move || {
                if !dialog.open() {
                    let _ = dialog.show_modal();
                }
            });
        }
    });
    let close = move || shared.sheet.set(None);
    view! {
        <dialog
            class="palette"
            aria-label=label
            node_ref=dialog
            on:close=move |_| close()
            // The dialog is filled by its parts: what hits itself hits its backdrop.
            on:click=move |event| {
                if event.target() == event.current_target() {
                    close();
                }
            }
        >
            <div class="palette-body">{children()}</div>
        </dialog>
    }
    .into_any()
}

/// What the keys do, and the switch for the single ones.
#[lazy]
pub fn keys(shared: Shared) -> AnyView {
    view! { <Keys shared=shared /> }.into_any()
}

#[component]
fn Keys(shared: Shared) -> impl IntoView {
    let text = use_text();
    let words = text.palette();
    let line = |keys: &[&'static str], what: &'static str| {
        let caps = keys.iter().map(|key| view! { <kbd>{*key}</kbd> }).collect_view();
        view! {
            <div class="keys-line">
                <dt>{caps}</dt>
                <dd>{what}</dd>
            </div>
        }
    };
    let pages = PLACES
        .iter()
        .filter_map(|place| {
            let (_, letter) = place.letter?;
            Some(line(&["G", letter], place.title_in_rail(text)?))
        })
        .collect_view();
    view! {
        <Over shared=shared label=words.keys>
            <h2>{words.keys}</h2>
            <dl class="keys">
                {line(&["Ctrl", "K"], words.open_palette)} {line(&["/"], words.to_search)}
                {line(&["?"], words.this_sheet)} {pages} {line(&["Esc"], words.close)}
            </dl>
            <label class="keys-switch">
                <input
                    type="checkbox"
                    prop:checked=keys::are_on()
                    on:change=move |event| keys::switch(event_target_checked(&event))
                />
                {words.single_keys}
            </label>
        </Over>
    }
    .into_any()
}
