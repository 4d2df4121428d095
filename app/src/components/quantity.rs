//! A whole number in a table: zero, unknown and known look different.

use crate::state::use_text;
use leptos::prelude::*;

/// `1 234`, `0` in a quiet tone, `—` with its reason for the unknown.
#[component]
pub fn Quantity(
    /// The number, if it is known.
    value: Option<i64>,
    /// Why it may be unknown.
    reason: &'static str,
) -> impl IntoView {
    let text = use_text();
    match value {
        None => Unknown(UnknownProps { reason }).into_any(),
        Some(0) => view! { <span class="zero">"0"</span> }.into_any(),
        Some(n) => view! { <span>{text.int(n)}</span> }.into_any(),
    }
}

/// `—`, the reason on hover and focus and for screen readers.
#[component]
pub fn Unknown(
    /// Why.
    reason: &'static str,
) -> impl IntoView {
    view! {
        <span class="unknown" tabindex="0" data-tip=reason>
            <span aria-hidden="true">"—"</span>
            <span class="sr-only">{reason}</span>
        </span>
    }
    .into_any()
}
