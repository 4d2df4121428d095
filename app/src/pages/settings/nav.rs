//! The pages of the settings, a line each, above every one of them.

use crate::state::use_text;
use leptos::prelude::*;
use leptos_router::hooks::use_location;

/// Links to the pages; the present one says so.
#[component]
pub fn SettingsNav() -> impl IntoView {
    let text = use_text();
    let path = use_location().pathname;
    let pages = [("/settings", text.settings.nav_general), ("/settings/profile", text.profile.nav)];
    view! {
        <nav class="subnav" aria-label=text.settings.title>
            {pages
                .map(|(href, words)| {
                    let here = move || is_here(&path.read(), href).then_some("page");
                    view! { <a href=href aria-current=here>{words}</a> }
                })}
        </nav>
    }
    .into_any()
}

/// A page, or one below it; below the first page are all the others.
fn is_here(path: &str, href: &str) -> bool {
    path == href
        || (href != "/settings"
            && path.strip_prefix(href).is_some_and(|rest| rest.starts_with('/')))
}
