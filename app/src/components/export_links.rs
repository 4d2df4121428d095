//! A list as a file: plain links, for those who may take it out.

use crate::state::{use_frame, use_text};
use domain::Permission;
use leptos::prelude::*;

/// "Take out: Products CSV XLSX …".
#[component]
pub fn ExportLinks(
    /// Each list: its word in the address, how it is called (nothing when there is only one), and the query of its filter.
    lists: Vec<(&'static str, &'static str, String)>,
) -> impl IntoView {
    let text = use_text();
    let frame = use_frame();
    view! {
        <Suspense fallback=|| ()>
            {move || {
                let lists = lists.clone();
                Suspend::new(async move {
                    let session = frame.session.await.ok()?;
                    session.role.may(Permission::Export).then(|| links(text.orders().export, lists))
                })
            }}
        </Suspense>
    }
    .into_any()
}

fn links(label: &'static str, lists: Vec<(&'static str, &'static str, String)>) -> AnyView {
    let links = lists.into_iter().map(|(list, name, query)| {
        let link = |ending: &'static str| {
            let mark = if query.is_empty() { "" } else { "?" };
            let href = format!("/api/v1/exports/{list}.{ending}{mark}{query}");
            let words = ending.to_uppercase();
            let spoken = format!("{label}: {name} {words}");
            view! {
                <a class="quiet-link" href=href download rel="external" aria-label=spoken>
                    {words}
                </a>
            }
        };
        view! {
            <span class="export-list">
                {(!name.is_empty()).then(|| view! { <span class="sub">{name}</span> })} {link("xlsx")} {link("csv")}
            </span>
        }
    });
    view! {
        <p class="export-links">
            <span class="sub">{label}</span>
            {links.collect_view()}
        </p>
    }
    .into_any()
}
