//! What can't be undone, in two steps: first what it means, then the button. Works without script.

use leptos::prelude::*;

/// Closed it is a quiet word, open it says what will happen.
#[component]
pub fn Confirm(
    /// The quiet word.
    summary: &'static str,
    /// Whom or what it is about, for who hears the page.
    about: String,
    /// What will happen.
    note: String,
    /// Where the form goes.
    action: &'static str,
    /// What it sends.
    #[prop(optional)]
    field: Option<(&'static str, String)>,
    /// The button that does it.
    button: &'static str,
) -> impl IntoView {
    view! {
        <details class="confirm">
            <summary>{summary} <span class="sr-only">": " {about}</span></summary>
            <p class="hint">{note}</p>
            <form method="post" action=action>
                {field.map(|(name, value)| view! { <input type="hidden" name=name value=value /> })}
                <button class="button risk">{button}</button>
            </form>
        </details>
    }
    .into_any()
}
