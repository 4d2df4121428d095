//! The product table with its search, and what stands there before there is anything to show.

use super::{filters::Filters, query::Query, table::Table};
use crate::{
    api,
    components::{
        failure::FailureView,
        icon::Icon,
        pager::{Pager, Place},
        sync_button::SyncButton,
    },
    state::{use_frame, use_progress, use_text},
};
use domain::{Permission, product::ProductPage};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{LazyRoute, hooks::use_query_map, lazy_route};

/// The route.
#[derive(Debug)]
pub struct List;

#[lazy_route]
impl LazyRoute for List {
    fn data() -> Self {
        Self
    }

    fn view(this: Self) -> AnyView {
        let List = this;
        view! { <ListPage /> }.into_any()
    }
}

#[component]
fn ListPage() -> impl IntoView {
    let text = use_text();
    let map = use_query_map();
    let query = Memo::new(move |_| Query::read(&map.read()));
    let page = Resource::new(
        move || query.get(),
        |query| async move {
            let (page, size) = (Some(query.page), Some(query.size));
            let (low, sort, order) = (Some(query.low_only), Some(query.sort), Some(query.order));
            let answer = api::products::list(page, size, query.search.clone(), low, sort, order);
            (query, answer.await)
        },
    );
    let fetching = use_progress().fetching;
    view! {
        <Title text=text.products().title />
        <header class="page-head">
            <h1>{text.products().title}</h1>
            <Synchronise />
        </header>
        <Filters query=query />
        <Transition fallback=Skeleton set_pending=fetching>
            {move || Suspend::new(async move {
                match page.await {
                    (query, Ok(page)) => view! { <Found page=page query=query /> }.into_any(),
                    (_, Err(failure)) => view! { <FailureView failure=failure /> }.into_any(),
                }
            })}
        </Transition>
    }
    .into_any()
}

/// The primary action, for those who may.
#[component]
fn Synchronise() -> impl IntoView {
    let frame = use_frame();
    view! {
        <Suspense fallback=|| ()>
            {move || Suspend::new(async move {
                let session = frame.session.await.ok()?;
                let allowed = session.role.may(Permission::Operate);
                allowed.then(|| view! { <SyncButton allowed=allowed /> })
            })}
        </Suspense>
    }
    .into_any()
}

#[component]
fn Found(page: ProductPage, query: Query) -> impl IntoView {
    if page.total == 0 && !query.is_filtered() {
        return view! { <NoProducts /> }.into_any();
    }
    if page.items.is_empty() {
        return view! { <NothingFound /> }.into_any();
    }
    let place = Place { page: query.page, size: query.size, total: page.total };
    let previous = (query.page > 1).then(|| query.at_page(query.page - 1).href());
    let next = place.has_next().then(|| query.at_page(query.page + 1).href());
    view! {
        <Table page=page query=query />
        <Pager place=place previous=previous next=next />
    }
    .into_any()
}

#[component]
fn NothingFound() -> impl IntoView {
    let text = use_text();
    view! {
        <section class="blank">
            <span class="blank-icon">{Icon::Search.draw()}</span>
            <h2>{text.products().none_found}</h2>
            <p>{text.products().none_found_hint}</p>
            <p class="blank-actions">
                <a class="button" href="/products">{text.products().clear}</a>
            </p>
        </section>
    }
    .into_any()
}

/// Before the first sync: why it is empty, and the one thing to do.
#[component]
fn NoProducts() -> impl IntoView {
    let text = use_text();
    let frame = use_frame();
    view! {
        <section class="blank">
            <span class="blank-icon">{Icon::Products.draw()}</span>
            <h2>{text.products().empty_title}</h2>
            <Suspense fallback=|| ()>
                {move || Suspend::new(async move {
                    let accounts = frame.accounts.await.unwrap_or_default();
                    if accounts.iter().any(|account| account.key.is_some()) {
                        view! { <p>{text.products().empty_no_sync}</p> <Synchronise /> }.into_any()
                    } else {
                        view! {
                            <p>{text.products().empty_no_key}</p>
                            <p class="blank-actions">
                                <a class="button primary" href="/settings">
                                    {Icon::Key.draw()}
                                    {text.products().connect}
                                </a>
                            </p>
                        }
                        .into_any()
                    }
                })}
            </Suspense>
            <crate::layouts::door::DemoForm />
        </section>
    }
    .into_any()
}

/// The table's own geometry, empty.
#[component]
fn Skeleton() -> impl IntoView {
    let rows = (0..12).map(|_| view! { <div class="skeleton-row"></div> }).collect_view();
    view! { <div class="skeleton" aria-hidden="true">{rows}</div> }
}
