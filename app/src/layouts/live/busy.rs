//! Whether somebody is in the middle of something that a page read anew would take from them.

use leptos::{
    prelude::*,
    wasm_bindgen::JsCast,
    web_sys::{HtmlInputElement, HtmlTextAreaElement},
};

/// Where the keyboard is in the page, something is open, a list was read far on, or something was typed or ticked and not
/// sent yet.
pub fn is_busy() -> bool {
    has("#content :focus")
        || has("#content :is(details, dialog)[open]")
        || has("#content .grown")
        || has_unsent()
}

fn has(selector: &str) -> bool {
    matches!(document().query_selector(selector), Ok(Some(_)))
}

/// A field that is not as the page made it.
fn has_unsent() -> bool {
    let Ok(fields) = document().query_selector_all("#content :is(input, textarea)") else {
        return false;
    };
    (0..fields.length()).filter_map(|at| fields.item(at)).any(|field| {
        match field.dyn_into::<HtmlInputElement>() {
            Ok(input) if matches!(&*input.type_(), "checkbox" | "radio") => {
                input.checked() != input.default_checked()
            }
            Ok(input) => input.type_() != "hidden" && input.value() != input.default_value(),
            // What the page itself wrote into an area is its only child.
            Err(area) => area
                .dyn_into::<HtmlTextAreaElement>()
                .is_ok_and(|area| area.value() != area.text_content().unwrap_or_default()),
        }
    })
}
