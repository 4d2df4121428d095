//! The page: first what needs doing, then the first products of each list, beside them what changed and how old it is.

use super::{
    changes::{Ages, Changes},
    empty::Empty,
    list::{Kind, List},
    tiles::Tiles,
};
use crate::{
    api,
    components::{
        failure::FailureView,
        icon::Icon,
        past_bar::{self, PastBar, encoded},
        sync_button::SyncButton,
    },
    state::{renew, use_frame, use_now, use_text},
    text::date,
};
use domain::{Permission, today};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{LazyRoute, hooks::use_query_map, lazy_route};

/// The route.
#[derive(Debug)]
pub struct TodayRoute;

#[lazy_route]
impl LazyRoute for TodayRoute {
    fn data() -> Self {
        Self
    }

    fn view(this: Self) -> AnyView {
        let TodayRoute = this;
        view! { <TodayPage /> }.into_any()
    }
}

#[component]
fn TodayPage() -> impl IntoView {
    let (text, frame, now) = (use_text(), use_frame(), use_now());
    let map = use_query_map();
    let at = Memo::new(move |_| past_bar::read(map.read().get_str("at")));
    let morning = Resource::new(move || at.get(), api::today::get);
    renew(move || morning.refetch());
    // Asked for beside the morning: whether its emptiness will end by itself.
    let runs = Resource::new(|| (), |()| api::syncs::list(Some(1)));
    renew(move || runs.refetch());
    let day = date::weekday(text.locale, date::moscow(now.get_untracked()).date());
    view! {
        <Title text=text.today().nav />
        <header class="page-head">
            <div>
                <h1>{text.today().nav}</h1>
                <p class="sub">{day}</p>
            </div>
            <Suspense fallback=|| ()>
                {move || Suspend::new(async move {
                    let session = frame.session.await.ok()?;
                    let allowed = session.role.may(Permission::Operate) && frame.has_shop().await;
                    allowed.then(|| view! { <SyncButton allowed=allowed /> })
                })}
            </Suspense>
        </header>
        {move || {
            let note = at.get().map(|_| text.changes().cards_now.to_owned());
            view! { <PastBar action="/" at=at.get() now="/".to_owned() note=note /> }
        }}
        <Transition fallback=Skeleton>
            {move || Suspend::new(async move {
                match morning.await {
                    Ok(None) => view! { <p class="hint">{text.changes().not_kept}</p> }.into_any(),
                    Ok(Some(morning)) if morning.measured_at.is_none() => {
                        let accounts = frame.accounts.await.unwrap_or_default();
                        let has_key = accounts.iter().any(|account| account.key.is_some());
                        let running = runs.await.unwrap_or_default().into_iter().next();
                        let session = frame.session.await;
                        let allowed = session.is_ok_and(|session| session.role.may(Permission::Operate));
                        view! { <Empty has_key=has_key run=running allowed=allowed /> }.into_any()
                    }
                    Ok(Some(morning)) => {
                        let accounts = frame.accounts.await.unwrap_or_default();
                        let at = at.get_untracked();
                        view! { <Morning morning=morning accounts=accounts at=at /> }.into_any()
                    }
                    Err(failure) => view! { <FailureView failure=failure /> }.into_any(),
                }
            })}
        </Transition>
    }
    .into_any()
}

#[component]
fn Morning(
    morning: today::Today,
    accounts: Vec<domain::account::Account>,
    at: Option<String>,
) -> impl IntoView {
    let text = use_text();
    let is_calm = morning.runs_out.products == 0 && morning.order.products == 0;
    let unknown = (morning.unknown > 0)
        .then(|| (text.today().unknown)(morning.unknown, &text.int(morning.unknown)));
    let (rules, currency) = (morning.rules, morning.currency.clone());
    let then = at.as_deref().map(|at| format!("?at={}", encoded(at))).unwrap_or_default();
    let counted = at.and(morning.measured_at).map(|at| (text.changes().counted)(&text.moment(at)));
    // The data of now has its age, that of then the moment above.
    let ages = counted.is_none().then(|| view! { <Ages accounts=accounts /> });
    view! {
        {counted.map(|words| view! { <p class="hint">{words}</p> })}
        <Tiles morning=morning.clone() />
        <div class="today-columns">
            <div class="today-main">
                {is_calm
                    .then(|| {
                        view! {
                            <section class="today-calm">
                                <span class="today-calm-mark">{Icon::Done.draw()}</span>
                                <h2>{text.today().calm_title}</h2>
                                <p>{text.today().calm}</p>
                            </section>
                        }
                    })}
                <List kind=Kind::RunsOut list=morning.runs_out rules=rules currency=currency.clone() then=then.clone() />
                <List kind=Kind::Order list=morning.order rules=rules currency=currency.clone() then=then.clone() />
                <List
                    kind=Kind::Dead
                    list=morning.dead
                    rules=rules
                    currency=currency.clone()
                    then=then
                    at_cost=morning.frozen
                />
                {unknown.map(|words| view! { <p class="hint">{words}</p> })}
            </div>
            <div class="today-side">
                <Changes changes=morning.changes currency=currency />
                {ages}
            </div>
        </div>
    }
    .into_any()
}

/// The page's own geometry, empty.
#[component]
fn Skeleton() -> impl IntoView {
    let rows = (0..8).map(|_| view! { <div class="skeleton-row"></div> }).collect_view();
    view! {
        <div class="skeleton" aria-hidden="true">
            <div class="skeleton-row tall"></div>
            {rows}
        </div>
    }
}
