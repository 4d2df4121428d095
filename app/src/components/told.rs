//! What the last form of a page said: that it was done, or why not.

use super::alert::{Alert, Tone};
use crate::state::{flash::Flash, use_text};
use leptos::prelude::*;

/// The message; nothing when the form was not the last one.
#[component]
pub fn Told(
    /// The form's message.
    flash: Option<Flash>,
    /// The words when it was done.
    done: &'static str,
) -> impl IntoView {
    let text = use_text();
    let Some(flash) = flash else { return ().into_any() };
    if let Some(error) = &flash.error {
        // A field's mistake says more than "look at the fields", where the form has no place for it.
        let words = match error.errors.as_slice() {
            [mistake] => text.rule(mistake),
            _ => text.failure(error),
        };
        return view! { <Alert tone=Tone::Risk>{words}</Alert> }.into_any();
    }
    let revoked = flash.value("revoked").map(|names| (text.team().keys_revoked)(&names));
    view! { <Alert tone=Tone::Fine>{done} " " {revoked}</Alert> }.into_any()
}
