//! An address that leads nowhere.

use crate::{
    components::{icon::Icon, logo},
    state::{set_page_status, use_text},
};
use leptos::prelude::*;
use leptos_meta::Title;

/// The page, with status 404.
#[component]
pub fn NotFound() -> impl IntoView {
    let text = use_text();
    set_page_status(404);
    view! {
        <Title text=text.errors().page_not_found />
        <div class="door">
            <header class="door-head">
                <a href="/" rel="external" aria-label=text.common().name>{logo::logo(text.common().name)}</a>
            </header>
            <main class="blank" id="content">
                <span class="blank-icon">{Icon::Search.draw()}</span>
                <h1>{text.errors().page_not_found}</h1>
                <p>{text.errors().page_not_found_hint}</p>
                <p class="blank-actions">
                    <a class="button primary" href="/products" rel="external">{text.errors().home}</a>
                </p>
            </main>
        </div>
    }
    .into_any()
}
