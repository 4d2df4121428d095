//! Something that is shown just once: a new key, a link.

use super::copyable::Copyable;
use crate::components::alert::{Alert, Tone};
use leptos::prelude::*;

/// The words and the code.
#[component]
pub fn Once(
    /// What to do with it, now.
    words: &'static str,
    /// What it is.
    label: &'static str,
    /// The code.
    code: String,
) -> impl IntoView {
    view! {
        <Alert tone=Tone::Fine>
            <p>{words}</p>
            <div class="once">
                <Copyable label=label.to_owned() code=code />
            </div>
        </Alert>
    }
    .into_any()
}
