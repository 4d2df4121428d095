//! The product table with its search, and what stands there before there is anything to show.

use super::{
    bulk::{Bulk, Chosen, Said},
    chips::Chips,
    filters::{Filters, Names, Panel},
    query::Query,
    table::Table,
    views::Views,
};
use crate::{
    api,
    components::{
        export_links::ExportLinks,
        failure::FailureView,
        icon::Icon,
        pager::{Pager, Place},
        sync_button::SyncButton,
    },
    state::{use_frame, use_progress, use_text},
};
use domain::{
    Permission, Role,
    catalogue::{SortKey, Tag},
    product::ProductPage,
};
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
    let frame = use_frame();
    let map = use_query_map();
    let query = Memo::new(move |_| Query::read(&map.read()));
    let page = Resource::new(
        move || query.get(),
        |query| async move { (query.clone(), ask(query).await) },
    );
    let facets = Resource::new(|| (), |()| api::catalogue::filter_values());
    let views = Resource::new(|| (), |()| api::catalogue::views());
    let chosen = RwSignal::new(0_i64);
    provide_context(Chosen(chosen));
    let fetching = use_progress().fetching;
    let panel = move || {
        let query = query.get();
        Suspend::new(async move {
            let (facets, accounts) = (facets.await, frame.accounts.await);
            let names = Names {
                facets: facets.unwrap_or_default(),
                accounts: accounts.unwrap_or_default(),
            };
            view! { <Panel query=query names=names /> }
        })
    };
    view! {
        <Title text=text.products().title />
        <header class="page-head">
            <h1>{text.products().title}</h1>
            <Synchronise />
        </header>
        <Said />
        <Filters query=query panel=Box::new(move || view! { <Transition>{panel}</Transition> }.into_any()) />
        <Transition fallback=Skeleton set_pending=fetching>
            {move || Suspend::new(async move {
                let (query, answer) = page.await;
                let role = frame.session.await.map_or(Role::Viewer, |session| session.role);
                let facets = facets.await.unwrap_or_default();
                let accounts = frame.accounts.await.unwrap_or_default();
                let views = views.await.unwrap_or_default();
                chosen.set(0);
                match answer {
                    Ok(page) => view! {
                        <Views query=query.clone() views=views role=role />
                        <Chips query=query.clone() facets=facets.clone() accounts=accounts />
                        <Found page=page query=query tags=facets.tags role=role />
                    }
                    .into_any(),
                    Err(failure) => view! { <FailureView failure=failure /> }.into_any(),
                }
            })}
        </Transition>
        {move || {
            let filter = query.get().from_the_start().query();
            let lists = vec![
                ("products", text.orders().export_products, filter.clone()),
                ("stock", text.orders().export_stock, filter),
            ];
            view! {
                <div class="list-foot">
                    <ExportLinks lists=lists />
                    <a class="quiet-link" href="/products/links">{text.links().to_suggestions}</a>
                    <a class="quiet-link" href="/past">{text.orders().past.title}</a>
                </div>
            }
        }}
    }
    .into_any()
}

async fn ask(query: Query) -> Result<ProductPage, api::Failure> {
    let at = (Some(query.page), Some(query.size));
    // Where a page begins is said by a row; the number is for the eye.
    let page = if query.after.is_some() || query.before.is_some() { None } else { at.0 };
    let filter = (!query.filter.is_empty()).then(|| serde_json::to_string(&query.filter));
    api::products::list(
        page,
        at.1,
        query.search,
        Some(query.low_only),
        None,
        None,
        Some(SortKey::write(&query.sort)),
        query.min_stock,
        query.max_stock,
        filter.and_then(Result::ok),
        query.after,
        query.before,
    )
    .await
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
fn Found(page: ProductPage, query: Query, tags: Vec<Tag>, role: Role) -> impl IntoView {
    if page.total == 0 && !query.is_filtered() {
        return view! { <NoProducts /> }.into_any();
    }
    if page.items.is_empty() {
        return view! { <NothingFound /> }.into_any();
    }
    let total = page.total;
    let place = Place { page: query.page, size: query.size, total };
    let previous = page.previous_cursor.as_deref().map(|cursor| query.previous(cursor).href());
    let previous = previous.filter(|_| query.page > 1);
    let next = page.next_cursor.as_deref().filter(|_| place.has_next());
    let next = next.map(|cursor| query.next(cursor).href());
    let choosing = role.may(Permission::Operate);
    view! {
        <Table page=page query=query.clone() choosing=choosing />
        <Pager place=place previous=previous next=next />
        {choosing.then(|| view! { <Bulk query=query total=total tags=tags /> })}
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
