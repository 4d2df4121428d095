//! The product table with its search, and what stands there before there is anything to show.

use super::{
    bulk::{Chosen, Said},
    chips::Chips,
    filters::{Filters, Names, Panel},
    found::Found,
    query::Query,
    views::Views,
    widths::Drawn,
};
use crate::{
    api,
    components::{
        export_links::ExportLinks, failure::FailureView, icon::Icon, past_bar::PastBar,
        reading::Reading, sync_button::SyncButton,
    },
    state::{renew, use_frame, use_progress, use_text},
};
use domain::{Permission, Role, catalogue::SortKey, product::ProductPage};
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
    let asked = Memo::new(move |_| Query::read(&map.read()));
    // What can't be asked of the past is not asked of it.
    let query = Memo::new(move |_| {
        let asked = asked.get();
        if asked.at.is_some() { asked.of_the_past() } else { asked }
    });
    let page = Resource::new(
        move || query.get(),
        |query| async move { (query.clone(), ask(query).await) },
    );
    renew(move || page.refetch());
    let facets = Resource::new(|| (), |()| api::catalogue::filter_values());
    let views = Resource::new(|| (), |()| api::catalogue::views());
    let chosen = RwSignal::new(Vec::new());
    provide_context(Chosen(chosen));
    Drawn::provide();
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
        {move || view! { <Past asked=asked.get() shown=query.get() /> }}
        <Filters query=query panel=Box::new(move || view! { <Transition>{panel}</Transition> }.into_any()) />
        <Transition fallback=Skeleton set_pending=fetching>
            {move || Suspend::new(async move {
                let (query, answer) = page.await;
                let role = frame.session.await.map_or(Role::Viewer, |session| session.role);
                let facets = facets.await.unwrap_or_default();
                let accounts = frame.accounts.await.unwrap_or_default();
                let views = views.await.unwrap_or_default();
                chosen.set(Vec::new());
                match answer {
                    Ok(page) => view! {
                        <Views query=query.clone() views=views role=role />
                        <Chips query=query.clone() facets=facets.clone() accounts=accounts />
                        {if !page.items.is_empty() {
                            view! { <Found page=page query=query tags=facets.tags role=role /> }.into_any()
                        } else if page.total > 0 || query.is_filtered() {
                            view! { <NothingFound /> }.into_any()
                        } else {
                            view! { <NoProducts /> }.into_any()
                        }}
                    }
                    .into_any(),
                    Err(failure) => view! { <FailureView failure=failure /> }.into_any(),
                }
            })}
        </Transition>
        {move || {
            let shown = query.get();
            let filter = shown.from_the_start().query();
            let lists = vec![
                ("products", text.orders().export_products, filter.clone()),
                ("stock", text.orders().export_stock, filter),
            ];
            // Files are of now.
            let files = shown.at.is_none().then(|| view! { <ExportLinks lists=lists /> });
            view! {
                <div class="list-foot">
                    {files}
                    <a class="quiet-link" href="/products/links">{text.links().to_suggestions}</a>
                    <a class="quiet-link" href="/past">{text.orders().past.title}</a>
                </div>
            }
        }}
    }
    .into_any()
}

/// The list as of a day: its choice, and what is to be known of it.
#[component]
fn Past(asked: Query, shown: Query) -> impl IntoView {
    let text = use_text();
    let start = asked.from_the_start();
    let left_out = asked.at.is_some() && asked.filter != shown.filter;
    let now = Query { at: None, ..start.clone() };
    let note = left_out.then(|| text.changes().left_out.to_owned());
    let kept = [
        ("search", start.search.clone()),
        ("sort", (start.sort != Query::default().sort).then(|| SortKey::write(&start.sort))),
    ];
    let kept = kept.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
    let many = [
        ("account", start.filter.account.iter().map(ToString::to_string).collect::<Vec<_>>()),
        ("brand", start.filter.brand.clone()),
        ("subject", start.filter.subject.clone()),
        ("tag", start.filter.tag.iter().map(ToString::to_string).collect()),
    ];
    let many = many
        .into_iter()
        .flat_map(|(name, values)| values.into_iter().map(move |value| (name.to_owned(), value)));
    let kept = kept.chain(many).collect();
    view! { <PastBar action="/products" at=asked.at kept=kept now=now.href() note=note /> }
        .into_any()
}

/// Asks for a page.
pub(super) async fn ask(query: Query) -> Result<ProductPage, api::Failure> {
    if let Some(at) = query.at {
        let filter = (!query.filter.is_empty()).then(|| serde_json::to_string(&query.filter));
        let filter = filter.and_then(Result::ok);
        let sort = Some(SortKey::write(&query.sort));
        return api::past::list(at, query.search, query.after, sort, filter, Some(query.size))
            .await;
    }
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
                let allowed = session.role.may(Permission::Operate) && frame.has_shop().await;
                allowed.then(|| view! { <SyncButton allowed=allowed /> })
            })}
        </Suspense>
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
            <Reading />
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
