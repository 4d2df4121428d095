//! The document around the pages: language, theme, style, font and script.
//!
//! Rendered by the server only. Inline scripts (the data of a page for hydration) carry Leptos's own
//! nonce: the server reads it with `leptos::nonce::use_nonce()` in the context it provides to pages
//! and puts the same value into the Content-Security-Policy. Nothing here is inline otherwise.
//!
//! The landing, sign-in, registration and password pages are plain forms and load no script at all: a person
//! on a slow phone signs in with a few kilobytes, and a password meets no code of ours in the browser.

use crate::{App, Assets, state, text::Text};
use leptos::prelude::*;
use leptos_meta::MetaTags;

/// Pages that are complete without script and load none.
const WITHOUT_SCRIPT: [&str; 5] = ["/welcome", "/login", "/login/code", "/register", "/forgot"];
/// The same for pages of a letter's link, whose address is a secret: no script ever sees it.
const LINKS: [&str; 2] = ["/reset/", "/verify/"];

/// The document. Wants [`Assets`] as context.
pub fn shell() -> impl IntoView {
    let preferences = state::preferences::of_page();
    let assets = use_context::<Assets>().unwrap_or_default();
    let path = state::page_path();
    let interactive = !WITHOUT_SCRIPT.contains(&path.as_str())
        && !LINKS.iter().any(|page| path.starts_with(page));
    let scheme = preferences.theme.color_scheme();
    view! {
        <!DOCTYPE html>
        <html lang=preferences.locale.tag() data-theme=preferences.theme.as_str()>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content=scheme />
                <meta name="description" content=Text::of(preferences.locale).door().lead />
                <link
                    rel="preload"
                    href="/fonts/golos-text-cyrillic.woff2"
                    r#as="font"
                    r#type="font/woff2"
                    crossorigin="anonymous"
                />
                <link
                    rel="preload"
                    href="/fonts/golos-text-latin.woff2"
                    r#as="font"
                    r#type="font/woff2"
                    crossorigin="anonymous"
                />
                {assets.css.map(|css| view! { <link rel="stylesheet" href=format!("/{css}") /> })}
                <link rel="icon" href="/favicon.svg" r#type="image/svg+xml" />
                {interactive.then(|| script(assets.start))}
                <MetaTags />
            </head>
            <body>
                <App />
            </body>
        </html>
    }
}

fn script(start: Option<String>) -> impl IntoView {
    let nonce = leptos::nonce::use_nonce();
    start.map(|start| {
        view! { <script r#type="module" src=format!("/{start}") nonce=nonce></script> }
    })
}
