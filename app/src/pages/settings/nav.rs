//! The pages of the settings, a line each, above every one of them.

use crate::state::{use_frame, use_text};
use domain::{Permission, Role};
use leptos::prelude::*;
use leptos_router::hooks::use_location;

/// Links to the pages; the present one says so.
#[component]
pub fn SettingsNav() -> impl IntoView {
    let text = use_text();
    let frame = use_frame();
    let path = use_location().pathname;
    let pages = [
        ("/settings", text.settings.nav_general),
        ("/settings/profile", text.profile.nav),
        ("/settings/team", text.team.nav_team),
        ("/settings/keys", text.team.nav_keys),
        ("/settings/usage", text.plans.nav),
        ("/settings/danger", text.team.nav_danger),
    ];
    view! {
        <nav class="subnav" aria-label=text.settings.title>
            <Suspense fallback=|| ()>
                {move || Suspend::new(async move {
                    let role = frame.session.await.map_or(Role::Viewer, |session| session.role);
                    pages
                        .into_iter()
                        .filter(|(href, _)| role.may(needed(href)))
                        .map(|(href, words)| {
                            let here = move || is_here(&path.read(), href).then_some("page");
                            view! { <a href=href aria-current=here>{words}</a> }
                        })
                        .collect_view()
                })}
            </Suspense>
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

/// What a page is for.
fn needed(href: &str) -> Permission {
    match href {
        "/settings/team" | "/settings/keys" => Permission::Administer,
        _ => Permission::Read,
    }
}
