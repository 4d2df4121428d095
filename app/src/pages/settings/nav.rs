//! The pages of the settings, a line each, above every one of them.

use crate::state::use_text;
use leptos::prelude::*;
use leptos_router::hooks::use_location;

/// Links to the pages; the present one says so.
#[component]
pub fn SettingsNav() -> impl IntoView {
    let text = use_text();
    let path = use_location().pathname;
    let pages = [("/settings", text.settings.nav_general), ("/settings/usage", text.plans.nav)];
    view! {
        <nav class="subnav" aria-label=text.settings.title>
            {pages
                .map(|(href, words)| {
                    let here = move || (*path.read() == href).then_some("page");
                    view! { <a href=href aria-current=here>{words}</a> }
                })}
        </nav>
    }
    .into_any()
}
