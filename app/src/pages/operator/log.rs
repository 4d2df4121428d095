//! What operators looked at and did.

use super::head::{Head, NotShown, Pages};
use crate::{
    api,
    state::use_text,
    text::{Text, date},
};
use domain::operator::{OperatorDeed, OperatorLog};
use leptos::prelude::*;
use leptos_router::{LazyRoute, hooks::use_query_map, lazy_route};

/// The route.
#[derive(Debug)]
pub struct Log;

#[lazy_route]
impl LazyRoute for Log {
    fn data() -> Self {
        Self
    }

    fn view(this: Self) -> AnyView {
        let Log = this;
        view! { <Page /> }.into_any()
    }
}

#[component]
fn Page() -> impl IntoView {
    let words = use_text().operator();
    let query = use_query_map();
    let cursor = Memo::new(move |_| {
        query.with(|query| query.get("cursor").and_then(|cursor| cursor.parse::<i64>().ok()))
    });
    let page = Resource::new(move || cursor.get(), api::operator::log);
    view! {
        <Head title=words.nav_log />
        <p class="lead-line">{words.log_lead}</p>
        <Transition fallback=|| view! { <div class="skeleton-row tall"></div> }>
            {move || Suspend::new(async move {
                match page.await {
                    Ok(page) => {
                        view! { <List is_first={cursor.get_untracked().is_none()} page=page /> }
                            .into_any()
                    }
                    Err(failure) => view! { <NotShown failure=failure /> }.into_any(),
                }
            })}
        </Transition>
    }
    .into_any()
}

#[component]
fn List(is_first: bool, page: OperatorLog) -> impl IntoView {
    let text = use_text();
    let words = text.operator();
    if page.items.is_empty() {
        return view! { <p class="hint">{words.no_entries}</p> }.into_any();
    }
    let first = (!is_first).then(|| "/operator/log".to_owned());
    let next = page.next_cursor.map(|cursor| format!("/operator/log?cursor={cursor}"));
    let rows = page.items.into_iter().map(|deed| view! { <Row deed=deed /> });
    view! {
        <div class="table-wrap" tabindex="0" role="region" aria-label=words.nav_log>
            <table class="log audit">
                <thead>
                    <tr>
                        <th scope="col">
                            {text.audit().when} ", "
                            <span class="unit">{text.common().moscow_time}</span>
                        </th>
                        <th scope="col">{text.audit().what}</th>
                        <th scope="col">{text.audit().who}</th>
                        <th scope="col">{text.audit().from}</th>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
        <Pages first=first next=next />
    }
    .into_any()
}

#[component]
fn Row(deed: OperatorDeed) -> impl IntoView {
    let text = use_text();
    let what =
        (text.audit().words)(&deed.action).map_or_else(|| deed.action.clone(), str::to_owned);
    let details = details(text, &deed);
    let tenant = deed.details["tenant"].as_str().map(|tenant| {
        let href = format!("/operator/tenants/{tenant}");
        view! { <a href=href>{text.operator().company}</a> }
    });
    view! {
        <tr>
            <td class="audit-when">
                <time datetime=date::iso(deed.at)>{text.moment(deed.at)}</time>
            </td>
            <th scope="row" class="audit-what">
                {what} <span class="sub">{details} " " {tenant}</span>
            </th>
            <td class="audit-who">
                {deed.email.unwrap_or_else(|| text.operator().command_line.to_owned())}
            </td>
            <td class="audit-from">
                <code>{deed.address}</code>
            </td>
        </tr>
    }
    .into_any()
}

/// The page, the plan: what says something to a person.
fn details(text: &Text, deed: &OperatorDeed) -> String {
    let words = text.operator();
    let field = |name: &str| deed.details[name].as_str();
    let mut parts = Vec::new();
    if let Some(page) = field("page") {
        parts.push((words.pages)(page).map_or_else(|| page.to_owned(), str::to_owned));
    }
    parts.extend(field("plan").map(str::to_owned));
    if deed.details["search"].as_bool() == Some(true) {
        parts.push(words.with_search.to_owned());
    }
    parts.join(" · ")
}
