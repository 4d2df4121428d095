//! What the last form said, above it.

use crate::{
    components::alert::{Alert, Tone},
    state::{flash::Flash, use_text},
};
use leptos::prelude::*;

/// Done, or why not; what belongs to a field stands beside it.
#[component]
pub fn Outcome(
    /// What the form left.
    told: Option<Flash>,
    /// What it says when it was done.
    done: &'static str,
) -> impl IntoView {
    let text = use_text();
    told.map(|flash| match flash.error {
        None => view! { <Alert tone=Tone::Fine>{done}</Alert> }.into_any(),
        Some(error) if error.errors.is_empty() => {
            view! { <Alert tone=Tone::Risk>{text.failure(&error)}</Alert> }.into_any()
        }
        Some(error) => view! {
            <Alert tone=Tone::Risk>
                {error.errors.iter().map(|mistake| text.rule(mistake)).collect::<Vec<_>>().join(" ")}
            </Alert>
        }
        .into_any(),
    })
    .into_any()
}
