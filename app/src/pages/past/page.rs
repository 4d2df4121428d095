//! The page: two dates in the address, a banner that nobody overlooks, and the table.

use super::{changes::Changes, levels::Levels};
use crate::{
    api,
    components::{failure::FailureView, icon::Icon},
    state::{use_now, use_progress, use_text},
    text::date,
};
use chrono::{NaiveDate, TimeDelta};
use domain::ProductId;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{LazyRoute, hooks::use_query_map, lazy_route, params::ParamsMap};
use serde::{Deserialize, Serialize};

pub(super) use crate::components::past_bar::{encoded as encode, words};

/// The route.
#[derive(Debug)]
pub struct Past;

#[lazy_route]
impl LazyRoute for Past {
    fn data() -> Self {
        Self
    }

    fn view(this: Self) -> AnyView {
        let Past = this;
        view! { <PastPage /> }.into_any()
    }
}

/// What the address asks for.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Asked {
    /// A day, or a moment.
    pub(super) at: String,
    /// The later day or moment of a comparison; `now`: now.
    pub(super) with: Option<String>,
    pub(super) search: Option<String>,
    pub(super) cursor: Option<String>,
}

impl Asked {
    fn read(map: &ParamsMap, yesterday: NaiveDate) -> Self {
        let get = |name| {
            let text = map.get_str(name).map(str::trim);
            text.filter(|text| !text.is_empty()).map(str::to_owned)
        };
        Self {
            at: get("at").unwrap_or_else(|| yesterday.to_string()),
            with: get("with"),
            search: get("search"),
            cursor: get("cursor"),
        }
    }

    /// The address of another page of the same.
    pub(super) fn after(&self, cursor: &str) -> String {
        let search = self.search.as_deref().map(encode).unwrap_or_default();
        let with = self.with.as_deref().map(encode).unwrap_or_default();
        format!("/past?at={}&with={with}&search={search}&cursor={cursor}", encode(&self.at))
    }
}

#[component]
fn PastPage() -> impl IntoView {
    let text = use_text();
    let (map, now) = (use_query_map(), use_now());
    let today = move || date::moscow(now.get_untracked()).date();
    let asked = Memo::new(move |_| {
        let yesterday = today().checked_sub_signed(TimeDelta::days(1)).unwrap_or_else(today);
        Asked::read(&map.read(), yesterday)
    });
    let found = Resource::new(move || asked.get(), read);
    let fetching = use_progress().fetching;
    view! {
        <Title text=text.orders().past.title />
        <a class="back" href="/products">
            {Icon::Left.draw()}
            {text.product().back}
        </a>
        <header class="page-head">
            <h1>{text.orders().past.title}</h1>
        </header>
        <p class="lead-line">{text.orders().past.lead}</p>
        {move || view! { <Dates asked=asked.get() today=today() /> }}
        <Transition fallback=|| view! { <div class="skeleton-row tall"></div> } set_pending=fetching>
            {move || Suspend::new(async move {
                match found.await {
                    (asked, Found::Levels(Ok(page))) => {
                        view! { <Levels page=page asked=asked /> }.into_any()
                    }
                    (asked, Found::Changes(Ok(page))) => {
                        view! { <Changes page=page asked=asked /> }.into_any()
                    }
                    (_, Found::Levels(Err(failure)) | Found::Changes(Err(failure))) => {
                        view! { <FailureView failure=failure /> }.into_any()
                    }
                }
            })}
        </Transition>
    }
    .into_any()
}

/// One of the two tables.
#[derive(Clone, Serialize, Deserialize)]
enum Found {
    Levels(Result<domain::product::ProductPage, api::Failure>),
    Changes(Result<domain::past::StockChanges, api::Failure>),
}

async fn read(asked: Asked) -> (Asked, Found) {
    let Asked { at, with, search, cursor } = asked.clone();
    let found = match with {
        Some(with) => {
            let to = (with != "now").then_some(with);
            let cursor: Option<ProductId> = cursor.and_then(|id| id.parse().ok());
            Found::Changes(api::past::changes(at, to, cursor).await)
        }
        None => Found::Levels(api::past::list(at, search, cursor, None, None, None).await),
    };
    (asked, found)
}

/// The form and the banner.
#[component]
fn Dates(asked: Asked, today: NaiveDate) -> impl IntoView {
    let text = use_text();
    let past = &text.orders().past;
    let when = words(text, &asked.at);
    let is_day = asked.at.parse::<NaiveDate>().is_ok();
    let kind = if is_day { "date" } else { "text" };
    let other = asked.with.clone().filter(|with| with.parse::<NaiveDate>().is_ok());
    let since = format!("/past?at={}&with=now", encode(&asked.at));
    let only = asked.with.is_none();
    view! {
        <form class="filters order-filters" action="/past">
            <label class="select">
                <span>{past.date}</span>
                <input type=kind name="at" value=asked.at.clone() max=today.to_string() required />
            </label>
            <label class="select">
                <span>{past.compare}</span>
                <input type="date" name="with" value=other max=today.to_string() />
            </label>
            {only
                .then(|| {
                    view! {
                        <label class="select grow">
                            <span>{past.search}</span>
                            <input type="search" name="search" value=asked.search maxlength="200" autocomplete="off" />
                        </label>
                    }
                })}
            <button class="button">{past.show}</button>
        </form>
        {only
            .then(|| {
                view! {
                    <div class="past-banner" role="status">
                        {Icon::Clock.draw()} <p>{(past.banner)(&when)}</p>
                        <a href=since>{past.to_changes}</a>
                        <a href="/products">{past.to_now}</a>
                    </div>
                }
            })}
    }
    .into_any()
}
