//! What to do next on a page that has nothing to show yet.

use crate::{components::icon::Icon, state::use_text};
use leptos::prelude::*;

/// Connecting a shop where there is none; else the first page, which says what goes on.
#[component]
pub fn NextStep(
    /// Whether there is a shop that can be read.
    has_shop: bool,
) -> impl IntoView {
    let text = use_text();
    let step = if has_shop {
        view! { <a class="button" href="/">{text.today().nav}</a> }.into_any()
    } else {
        view! {
            <a class="button primary" href="/settings">
                {Icon::Key.draw()}
                {text.products().connect}
            </a>
        }
        .into_any()
    };
    view! { <p class="blank-actions">{step}</p> }.into_any()
}
