//! What stands above every page of the area, and what is said instead of one.

use crate::{
    api::Failure,
    components::{
        alert::{Alert, Tone},
        failure::FailureView,
    },
    state::{set_page_status, use_text},
};
use domain::ErrorCode;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_location;

/// The heading and the pages in a line.
#[component]
pub fn Head(
    /// The page's name.
    title: &'static str,
) -> impl IntoView {
    let words = use_text().operator();
    let path = use_location().pathname;
    let pages = [
        ("/operator", words.nav_overview),
        ("/operator/tenants", words.nav_tenants),
        ("/operator/queue", words.nav_queue),
        ("/operator/quarantine", words.nav_quarantine),
        ("/operator/log", words.nav_log),
    ];
    let links = pages.map(|(href, words)| {
        let here = move || is_here(&path.read(), href).then_some("page");
        view! { <a href=href aria-current=here>{words}</a> }
    });
    view! {
        <Title text=title />
        <header class="page-head">
            <h1>{words.title}</h1>
        </header>
        <nav class="subnav" aria-label=words.title>{links.collect_view()}</nav>
    }
    .into_any()
}

/// The overview is above all others.
fn is_here(path: &str, href: &str) -> bool {
    path == href
        || href != "/operator" && path.strip_prefix(href).is_some_and(|rest| rest.starts_with('/'))
}

/// Why there is no page: an operator who signed in without a code is told what to do.
#[component]
pub fn NotShown(
    /// What came back.
    failure: Failure,
) -> impl IntoView {
    let words = use_text().operator();
    if failure.0.code != ErrorCode::PermissionDenied {
        return view! { <FailureView failure=failure /> }.into_any();
    }
    set_page_status(failure.0.status);
    view! {
        <Alert tone=Tone::Warning>
            {words.factor} " " <a href="/settings/profile/second-factor">{words.factor_link}</a>
        </Alert>
    }
    .into_any()
}

/// The way on, and back to the beginning.
#[component]
pub fn Pages(
    /// The address of the first page, when this is another.
    first: Option<String>,
    /// The address of the next one.
    next: Option<String>,
) -> impl IntoView {
    let words = use_text().operator();
    view! {
        <p class="audit-more">
            {first.map(|href| view! { <a class="button" href=href>{words.first}</a> })}
            {next.map(|href| view! { <a class="button" href=href rel="next">{words.next}</a> })}
        </p>
    }
    .into_any()
}
