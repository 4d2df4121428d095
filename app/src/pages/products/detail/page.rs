//! Puts the page together: every part waits for its own data, and none for another's.

use super::{head::Head, history::History, notes::Notes, query::Query, settings::Settings};
use crate::{
    api::{self, Failure},
    components::{failure::FailureView, icon::Icon},
    pages::{
        links::Twins,
        products::{
            comparison::Comparison,
            places::{Sizes, Warehouses},
        },
    },
    state::{renew, use_progress, use_text},
};
use domain::{ApiError, product::ProductDetail};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{
    LazyRoute,
    hooks::{use_params_map, use_query_map},
    lazy_route,
};

/// The route.
#[derive(Debug)]
pub struct Detail;

#[lazy_route]
impl LazyRoute for Detail {
    fn data() -> Self {
        Self
    }

    fn view(this: Self) -> AnyView {
        let Detail = this;
        view! { <DetailPage /> }.into_any()
    }
}

#[component]
fn DetailPage() -> impl IntoView {
    let (params, map) = (use_params_map(), use_query_map());
    let query = Memo::new(move |_| Query::read(&params.read(), &map.read()));
    let asked = Memo::new(move |_| query.with(|query| (query.id, query.at.clone())));
    let product = Resource::new(
        move || asked.get(),
        |(id, at)| async move {
            match id {
                Some(id) => api::products::get(id, at).await,
                None => Err(Failure(ApiError::not_found("product"))),
            }
        },
    );
    renew(move || product.refetch());
    let settings = Resource::new(
        move || asked.get().0,
        |id| async move {
            match id {
                Some(id) => api::ordering::settings(id).await.ok(),
                None => None,
            }
        },
    );
    let compared = Resource::new(
        move || asked.get(),
        |(id, at)| async move {
            match id.filter(|_| at.is_none()) {
                Some(id) => api::products::comparison(id).await.ok(),
                None => None,
            }
        },
    );
    let text = use_text();
    let fetching = use_progress().fetching;
    view! {
        <a class="back" href="/products">
            {Icon::Left.draw()}
            {text.product().back}
        </a>
        {move || view! { <PastBanner query=query.get() /> }}
        <Transition fallback=|| view! { <div class="skeleton-row tall"></div> } set_pending=fetching>
            {move || Suspend::new(async move {
                match product.await {
                    Ok(product) => {
                        let lead = settings.await.and_then(|settings| settings.lead_days.value);
                        let at = query.get_untracked().moment();
                        view! { <Head product=product lead=lead at=at /> }.into_any()
                    }
                    Err(failure) => view! {
                        <Title text=text.product().not_found />
                        <FailureView failure=failure whole=true />
                    }
                    .into_any(),
                }
            })}
        </Transition>
        <Twins id=Signal::derive(move || asked.with(|(id, at)| id.filter(|_| at.is_none()))) />
        <div class="product-columns">
            <History query=query />
            <div class="product-side">
                <Transition fallback=|| ()>
                    {move || Suspend::new(async move {
                        product.await.ok().map(|product| view! { <Places product=product /> })
                    })}
                </Transition>
                <Settings settings=settings id=Signal::derive(move || asked.get().0) />
                <Notes id=Signal::derive(move || asked.get().0) />
            </div>
        </div>
        <Transition fallback=|| ()>
            {move || Suspend::new(async move {
                compared.await.map(|comparison| view! { <Comparison comparison=comparison /> })
            })}
        </Transition>
    }
    .into_any()
}

/// The date of the page where it is not today, and the choice of one.
#[component]
fn PastBanner(query: Query) -> impl IntoView {
    let text = use_text();
    let past = &text.orders().past;
    let now = Query { at: None, ..query.clone() }.href();
    let action = Query { id: query.id, ..Query::default() }.href();
    let action = action.split('?').next().unwrap_or_default().to_owned();
    let day = query.moment().map(|at| crate::text::date::moscow(at).date());
    let banner = query.moment().map(|at| {
        view! {
            <div class="past-banner" role="status">
                {Icon::Clock.draw()} <p>{(past.banner)(&text.moment(at))} " " {text.ordering().past_note}</p>
                <a href=now>{past.to_now}</a>
            </div>
        }
    });
    view! {
        <form class="past-form" action=action>
            <label class="select">
                <span>{text.ordering().past_date}</span>
                <input type="date" name="at" value=day.map(|day| day.to_string()) required />
            </label>
            <input type="hidden" name="days" value=query.days.to_string() />
            <button class="button">{past.show}</button>
        </form>
        {banner}
    }
    .into_any()
}

#[component]
fn Places(product: ProductDetail) -> impl IntoView {
    let text = use_text();
    view! {
        <section>
            <h2>{text.product().by_warehouse}</h2>
            <Warehouses
                levels=product.warehouse_data
                marketplace=product.summary.marketplace
                days_in_stock=product.velocity.days_in_stock
            />
        </section>
        <section>
            <h2>{text.product().sizes}</h2>
            <Sizes offers=product.offers />
        </section>
    }
    .into_any()
}
