//! The page: filters in the address, the sums, the orders.

use super::{days::Days, filters::Filters, query::Query, table::Table};
use crate::{
    api,
    components::{export_links::ExportLinks, failure::FailureView, shop_mark::ShopMarks},
    state::{renew, use_frame, use_now, use_progress, use_text},
    text::date,
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{LazyRoute, hooks::use_query_map, lazy_route};

/// The route.
#[derive(Debug)]
pub struct Orders;

#[lazy_route]
impl LazyRoute for Orders {
    fn data() -> Self {
        Self
    }

    fn view(this: Self) -> AnyView {
        let Orders = this;
        view! { <OrdersPage /> }.into_any()
    }
}

#[component]
fn OrdersPage() -> impl IntoView {
    let text = use_text();
    let (map, now) = (use_query_map(), use_now());
    let today = move || date::moscow(now.get_untracked()).date();
    let query = Memo::new(move |_| Query::read(&map.read()).dated(today()));
    // The sums are those of the filter: another page of it does not ask for them again.
    let filter = Memo::new(move |_| Query { cursor: None, ..query.get() });
    let page = Resource::new(
        move || query.get(),
        |query| async move {
            let Query { from, to, account, product, cancelled, cursor } = query.clone();
            (query, api::orders::list(from, to, account, product, cancelled, cursor).await)
        },
    );
    renew(move || page.refetch());
    let days = Resource::new(
        move || filter.get(),
        |query| async move {
            let Query { from, to, account, product, cancelled, .. } = query;
            api::orders::days(from, to, account, product, cancelled).await
        },
    );
    renew(move || days.refetch());
    let (frame, fetching) = (use_frame(), use_progress().fetching);
    view! {
        <Title text=text.orders().title />
        <header class="page-head">
            <h1>{text.orders().title}</h1>
            <a class="quiet-link" href="/sales">{text.sales().title}</a>
            {move || view! { <ExportLinks lists=vec![("orders", "", filter.read().filter())] /> }}
        </header>
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
                let shops = ShopMarks::of(frame.accounts.await.unwrap_or_default());
                let has_shop = frame.has_shop().await;
                page.ok()
                    .map(|page| {
                        view! { <Table page=page query=query shops=shops has_shop=has_shop /> }
                    })
            })}
        </Transition>
    }
    .into_any()
}
