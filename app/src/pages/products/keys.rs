//! The table by single keys: J and K go from row to row, space chooses, X goes to the actions. Only while nothing else
//! has the keyboard.

use leptos::{ev, prelude::*, wasm_bindgen::JsCast, web_sys};

/// Listens as long as the table is there.
pub fn use_row_keys() {
    Effect::new(move |_| {
        let handle = window_event_listener(ev::keydown, |event| {
            if event.ctrl_key() || event.meta_key() || event.alt_key() || event.default_prevented()
            {
                return;
            }
            let row = match focused() {
                Place::Row(row) => Some(row),
                Place::Nowhere => None,
                Place::Elsewhere => return,
            };
            // By the key's place: on a Russian layout it writes another letter.
            let handled = match (event.code().as_str(), row) {
                ("KeyJ", row) => go(row.as_ref(), true),
                ("KeyK", row) => go(row.as_ref(), false),
                ("Space", Some(row)) => click(row.query_selector(".pick").ok().flatten()),
                ("KeyX", _) => focus(document().get_element_by_id("bulk-tag")),
                _ => false,
            };
            if handled {
                event.prevent_default();
            }
        });
        on_cleanup(move || handle.remove());
    });
}

/// Where the keyboard is.
enum Place {
    Row(web_sys::Element),
    Nowhere,
    Elsewhere,
}

fn focused() -> Place {
    let Some(active) = document().active_element() else { return Place::Nowhere };
    if active.tag_name() == "BODY" {
        return Place::Nowhere;
    }
    match active.closest(".products tbody tr") {
        Ok(Some(row)) => Place::Row(row),
        _ => Place::Elsewhere,
    }
}

fn go(from: Option<&web_sys::Element>, forwards: bool) -> bool {
    let to = match (from, forwards) {
        (Some(row), true) => row.next_element_sibling(),
        (Some(row), false) => row.previous_element_sibling(),
        (None, _) => document().query_selector(".products tbody tr[aria-rowindex]").ok().flatten(),
    };
    focus(to.and_then(|row| row.query_selector(".product-link").ok().flatten()))
}

fn focus(element: Option<web_sys::Element>) -> bool {
    let Some(element) = element.and_then(|e| e.dyn_into::<web_sys::HtmlElement>().ok()) else {
        return false;
    };
    element.focus().is_ok()
}

fn click(element: Option<web_sys::Element>) -> bool {
    let Some(element) = element.and_then(|e| e.dyn_into::<web_sys::HtmlElement>().ok()) else {
        return false;
    };
    element.click();
    true
}
