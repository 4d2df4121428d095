//! Rows of answers that could not be read.

use super::{
    head::{Head, NotShown, Pages},
    run::{marketplace, step},
};
use crate::{api, components::age::Age, state::use_text};
use domain::{
    TenantId,
    operator::{QuarantinePage, SetAsideRow},
};
use leptos::prelude::*;
use leptos_router::{LazyRoute, hooks::use_query_map, lazy_route};

/// The route.
#[derive(Debug)]
pub struct Quarantine;

#[lazy_route]
impl LazyRoute for Quarantine {
    fn data() -> Self {
        Self
    }

    fn view(this: Self) -> AnyView {
        let Quarantine = this;
        view! { <Page /> }.into_any()
    }
}

/// What the address asks for.
#[derive(Clone, Default, PartialEq, Eq)]
struct Asked {
    tenant: Option<TenantId>,
    cursor: Option<String>,
}

impl Asked {
    fn page(&self, cursor: Option<String>) -> String {
        let tenant = self.tenant.map(|tenant| format!("tenant={tenant}&")).unwrap_or_default();
        let cursor = cursor.map(|cursor| format!("cursor={cursor}")).unwrap_or_default();
        format!("/operator/quarantine?{tenant}{cursor}")
    }
}

#[component]
fn Page() -> impl IntoView {
    let words = use_text().operator();
    let query = use_query_map();
    let asked = Memo::new(move |_| {
        query.with(|query| Asked {
            tenant: query.get("tenant").and_then(|tenant| tenant.parse().ok()),
            cursor: query.get("cursor").filter(|cursor| !cursor.is_empty()),
        })
    });
    let page = Resource::new(
        move || asked.get(),
        |asked| api::operator::quarantine(asked.tenant, asked.cursor),
    );
    view! {
        <Head title=words.nav_quarantine />
        <p class="lead-line">{words.quarantine_lead}</p>
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

#[component]
fn List(asked: Asked, page: QuarantinePage) -> impl IntoView {
    let words = use_text().operator();
    if page.items.is_empty() {
        return view! { <p class="hint">{words.no_rows}</p> }.into_any();
    }
    let first = asked.cursor.as_ref().map(|_| asked.page(None));
    let next = page.next_cursor.map(|cursor| asked.page(Some(cursor)));
    let rows = page.items.into_iter().map(|row| view! { <Row row=row /> });
    view! {
        <ul class="op-rows">{rows.collect_view()}</ul>
        <Pages first=first next=next />
    }
    .into_any()
}

#[component]
fn Row(row: SetAsideRow) -> impl IntoView {
    let text = use_text();
    let words = text.operator();
    view! {
        <li>
            <p>
                <a href=format!("/operator/tenants/{}", row.tenant_id)>{row.company}</a> " · "
                {marketplace(row.marketplace)} " · " {step(text, row.step)} " · "
                <code>{row.operation}</code>
            </p>
            <p lang="en">{row.problem}</p>
            <p class="sub">
                {words.times} ": " {text.int(row.times)} " · " {words.seen} " "
                <Age at=row.last_seen_at />
            </p>
            <pre tabindex="0" aria-label=words.row>{row.raw}</pre>
        </li>
    }
    .into_any()
}
