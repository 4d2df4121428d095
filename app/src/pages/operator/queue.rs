//! Syncs of all companies: waiting, at work, failed, set aside.

use super::{
    head::{Head, NotShown, Pages},
    run::Runs,
};
use crate::{
    api::{
        self,
        operator::{RunAgain, SetAside},
    },
    components::told::Told,
    state::{use_flash, use_text},
};
use domain::{
    SyncRunId, TenantId,
    operator::{OperatorSyncs, RunState},
};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::{LazyRoute, hooks::use_query_map, lazy_route};

/// The route.
#[derive(Debug)]
pub struct Queue;

#[lazy_route]
impl LazyRoute for Queue {
    fn data() -> Self {
        Self
    }

    fn view(this: Self) -> AnyView {
        let Queue = this;
        view! { <Page /> }.into_any()
    }
}

/// What the address asks for.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
struct Asked {
    state: RunState,
    tenant: Option<TenantId>,
    cursor: Option<SyncRunId>,
}

impl Asked {
    fn address(self) -> String {
        let tenant = self.tenant.map(|tenant| format!("&tenant={tenant}")).unwrap_or_default();
        let cursor = self.cursor.map(|cursor| format!("&cursor={cursor}")).unwrap_or_default();
        format!("/operator/queue?state={}{tenant}{cursor}", self.state.as_str())
    }
}

#[component]
fn Page() -> impl IntoView {
    let words = use_text().operator();
    let query = use_query_map();
    let asked = Memo::new(move |_| {
        query.with(|query| Asked {
            state: query.get("state").and_then(|state| RunState::of(&state)).unwrap_or_default(),
            tenant: query.get("tenant").and_then(|tenant| tenant.parse().ok()),
            cursor: query.get("cursor").and_then(|cursor| cursor.parse().ok()),
        })
    });
    let page = Resource::new(
        move || asked.get(),
        |asked| api::operator::syncs(Some(asked.state), asked.tenant, asked.cursor),
    );
    view! {
        <Head title=words.nav_queue />
        <Told flash=use_flash(RunAgain::PATH) done=words.run_again_done />
        <Told flash=use_flash(SetAside::PATH) done=words.set_aside_done />
        {move || view! { <States asked=asked.get() /> }}
        <Transition fallback=|| view! { <div class="skeleton-row tall"></div> }>
            {move || Suspend::new(async move {
                match page.await {
                    Ok(page) => {
                        view! { <List asked=asked.get_untracked() page=page /> }.into_any()
                    }
                    Err(failure) => view! { <NotShown failure=failure /> }.into_any(),
                }
            })}
        </Transition>
    }
    .into_any()
}

/// The states as links: the address is the state.
#[component]
fn States(asked: Asked) -> impl IntoView {
    let words = use_text().operator();
    let links = RunState::ALL.map(|state| {
        let here = (state == asked.state).then_some("true");
        let href = Asked { state, cursor: None, ..asked }.address();
        view! {
            <a class="button small" href=href aria-current=here>
                {(words.states)(state)}
            </a>
        }
    });
    let all = asked.tenant.map(|_| {
        let href = Asked { tenant: None, cursor: None, ..asked }.address();
        view! {
            <p class="hint">{words.of_company} " " <a href=href>{words.all_companies}</a></p>
        }
    });
    view! {
        <nav class="op-states" aria-label=words.state>
            {links.collect_view()}
        </nav>
        {all}
    }
    .into_any()
}

#[component]
fn List(asked: Asked, page: OperatorSyncs) -> impl IntoView {
    let words = use_text().operator();
    if page.items.is_empty() {
        return view! { <p class="hint">{words.no_runs}</p> }.into_any();
    }
    let first = asked.cursor.map(|_| Asked { cursor: None, ..asked }.address());
    let next = page.next_cursor.map(|cursor| Asked { cursor: Some(cursor), ..asked }.address());
    view! {
        <Runs runs=page.items />
        <Pages first=first next=next />
    }
    .into_any()
}
