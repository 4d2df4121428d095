//! What stands above every page of the settings: the heading, and the pages in a line.

use crate::state::{use_frame, use_text};
use domain::{Permission, Role};
use leptos::{html::Nav, prelude::*};
use leptos_router::hooks::use_location;
use wasm_bindgen::JsCast;

/// The heading and the links.
#[component]
pub fn SettingsHead() -> impl IntoView {
    let text = use_text();
    view! {
        <header class="page-head">
            <h1>{text.settings().title}</h1>
        </header>
        <SettingsNav />
    }
    .into_any()
}

/// Links to the pages; the present one says so.
#[component]
fn SettingsNav() -> impl IntoView {
    let text = use_text();
    let frame = use_frame();
    let path = use_location().pathname;
    let pages = [
        ("/settings", text.settings().nav_general),
        ("/settings/shops", text.shops().nav),
        ("/settings/orders", text.today().rules),
        ("/settings/profile", text.profile().nav),
        ("/settings/team", text.team().nav_team),
        ("/settings/keys", text.team().nav_keys),
        ("/settings/usage", text.plans().nav),
        ("/settings/danger", text.team().nav_danger),
    ];
    let nav = NodeRef::<Nav>::new();
    Effect::new(move |_| {
        path.track();
        if let Some(nav) = nav.get() {
            show_present(&nav);
        }
    });
    view! {
        <nav class="subnav" node_ref=nav aria-label=text.settings().title>
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

/// On a phone the line is wider than the window: the present page is brought into its middle.
fn show_present(nav: &web_sys::HtmlElement) {
    let present = nav.query_selector("[aria-current]").ok().flatten();
    if let Some(link) = present.and_then(|link| link.dyn_into::<web_sys::HtmlElement>().ok()) {
        nav.set_scroll_left(link.offset_left() - (nav.client_width() - link.offset_width()) / 2);
    }
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
