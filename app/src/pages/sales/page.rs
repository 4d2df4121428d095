//! The page: filters in the address, the sums with their age, the sales and returns.

use super::{days::Days, filters::Filters, query::Query, table::Table};
use crate::{
    api,
    components::{export_links::ExportLinks, failure::FailureView},
    state::{use_now, use_progress, use_text},
    text::date,
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{LazyRoute, hooks::use_query_map, lazy_route};

/// The route.
#[derive(Debug)]
pub struct Sales;

#[lazy_route]
impl LazyRoute for Sales {
    fn data() -> Self {
        Self
    }

    fn view(this: Self) -> AnyView {
        let Sales = this;
        view! { <SalesPage /> }.into_any()
    }
}

#[component]
fn SalesPage() -> impl IntoView {
    let text = use_text();
    let (map, now) = (use_query_map(), use_now());
    let today = move || date::moscow(now.get_untracked()).date();
    let query = Memo::new(move |_| Query::read(&map.read()).dated(today()));
    // The sums are those of the filter: another page of it does not ask for them again.
    let filter = Memo::new(move |_| Query { cursor: None, ..query.get() });
    let page = Resource::new(
        move || query.get(),
        |query| async move {
            let Query { from, to, account, product, kind, cursor } = query.clone();
            (query, api::sales::list(from, to, account, product, kind, cursor).await)
        },
    );
    let days = Resource::new(
        move || filter.get(),
        |query| async move {
            let Query { from, to, account, product, kind, .. } = query;
            api::sales::days(from, to, account, product, kind).await
        },
    );
    let fetching = use_progress().fetching;
    view! {
        <Title text=text.sales().title />
        <header class="page-head">
            <h1>{text.sales().title}</h1>
            <a class="quiet-link" href="/orders">{text.sales().to_orders}</a>
            {move || view! { <ExportLinks lists=vec![("sales", "", filter.read().filter())] /> }}
        </header>
        <p class="hint">{text.sales().lead}</p>
        {move || view! { <Filters query=filter.get() /> }}
        <Transition fallback=|| view! { <div class="skeleton-row tall"></div> } set_pending=fetching>
            {move || Suspend::new(async move {
                match days.await {
                    Ok(days) => view! { <Days days=days /> }.into_any(),
                    Err(failure) => view! { <FailureView failure=failure /> }.into_any(),
                }
            })}
        </Transition>
        <Transition fallback=|| view! { <div class="skeleton-row tall"></div> } set_pending=fetching>
            {move || Suspend::new(async move {
                // What failed is told once, above.
                let (query, page) = page.await;
                page.ok().map(|page| view! { <Table page=page query=query /> })
            })}
        </Transition>
    }
    .into_any()
}
