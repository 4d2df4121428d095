//! The keys that work everywhere. Keys are told by their place on the keyboard, so that they are the same in the
//! Russian layout; none of them works while somebody types, and all single ones can be switched off.

use super::Sheet;
use crate::layouts::places::PLACES;
use leptos::wasm_bindgen::JsCast;
use leptos::web_sys::{Element, HtmlElement, KeyboardEvent, Storage};
use leptos::{ev, prelude::*};

/// After `G`, for this many milliseconds, a page's letter opens it.
const PATIENCE: f64 = 1_500.0;

/// Where the browser keeps that single keys are switched off.
const SWITCH: &str = "single-keys";

/// Listens until the frame goes.
pub fn listen(sheet: RwSignal<Option<Sheet>>, go: Callback<String>) {
    let led = StoredValue::new(None::<f64>);
    let handle = window_event_listener(ev::keydown, move |event| {
        if (event.ctrl_key() || event.meta_key()) && event.code() == "KeyK" {
            event.prevent_default();
            sheet.update(|shown| {
                *shown = (*shown != Some(Sheet::Commands)).then_some(Sheet::Commands);
            });
            return;
        }
        let modified = event.ctrl_key() || event.meta_key() || event.alt_key();
        if modified || sheet.with_untracked(Option::is_some) || is_typing(&event) || !are_on() {
            return;
        }
        let leader = led.try_update_value(Option::take).flatten();
        if leader.is_some_and(|at| event.time_stamp() - at < PATIENCE) {
            let code = event.code();
            let place =
                PLACES.iter().find(|place| place.letter.is_some_and(|(key, _)| key == code));
            if let Some(place) = place {
                event.prevent_default();
                go.run(place.href.to_owned());
            }
            return;
        }
        if event.key() == "?" {
            event.prevent_default();
            sheet.set(Some(Sheet::Keys));
        } else if event.code() == "KeyG" && !event.shift_key() {
            led.set_value(Some(event.time_stamp()));
        } else if event.code() == "Slash" && !event.shift_key() && focus("input[type=search]") {
            event.prevent_default();
        }
    });
    on_cleanup(move || handle.remove());
}

/// Whether single keys work in this browser.
pub fn are_on() -> bool {
    storage().is_none_or(|kept| !matches!(kept.get_item(SWITCH), Ok(Some(word)) if word == "off"))
}

/// Switches single keys on or off in this browser. Where nothing can be kept it holds for no longer than the page.
pub fn switch(on: bool) {
    if let Some(kept) = storage() {
        let _ = if on { kept.remove_item(SWITCH) } else { kept.set_item(SWITCH, "off") };
    }
}

fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

fn is_typing(event: &KeyboardEvent) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|element| {
        matches!(element.closest("input, textarea, select, [contenteditable]"), Ok(Some(_)))
    })
}

fn focus(selector: &str) -> bool {
    let found = document().query_selector(selector).ok().flatten();
    let Some(field) = found.and_then(|field| field.dyn_into::<HtmlElement>().ok()) else {
        return false;
    };
    field.focus().is_ok()
}
