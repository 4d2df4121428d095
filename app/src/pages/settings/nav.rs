//! What stands above every page of the settings: the heading, and the pages in a line.

use crate::{
    layouts::places::{PLACES, Place},
    state::{use_frame, use_text},
};
use domain::Role;
use leptos::{html::Nav, prelude::*};
use leptos_router::hooks::use_location;
use wasm_bindgen::JsCast;

/// The first page of the settings.
const FIRST: &str = "/settings";

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
                    PLACES
                        .iter()
                        .filter(|place| place.href.starts_with(FIRST) && place.is_for(Some(role)))
                        .map(|place| {
                            let here = move || is_here(place, &path.read()).then_some("page");
                            let words = match place.href {
                                FIRST => text.settings().nav_general,
                                _ => place.title(text),
                            };
                            view! { <a href=place.href aria-current=here>{words}</a> }
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

/// The first page stands for itself; the others for what is below them too.
fn is_here(place: &Place, path: &str) -> bool {
    if place.href == FIRST { path == FIRST } else { place.is_here(path) }
}
