//! The companies: search and filters in the address, a page by keys.

use super::head::{Head, NotShown, Pages};
use crate::{api, components::age::Age, state::use_text};
use domain::{
    Plan, TenantId,
    operator::{CompaniesPage, OperatorCompany},
};
use leptos::prelude::*;
use leptos_router::{LazyRoute, hooks::use_query_map, lazy_route};
use std::fmt::Write;

/// The route.
#[derive(Debug)]
pub struct Tenants;

#[lazy_route]
impl LazyRoute for Tenants {
    fn data() -> Self {
        Self
    }

    fn view(this: Self) -> AnyView {
        let Tenants = this;
        view! { <Page /> }.into_any()
    }
}

/// What the address asks for.
#[derive(Clone, Default, PartialEq, Eq)]
struct Asked {
    search: Option<String>,
    plan: Option<Plan>,
    suspended: Option<bool>,
    cursor: Option<TenantId>,
}

impl Asked {
    /// The address of another page with the same filter.
    fn page(&self, cursor: Option<TenantId>) -> String {
        let mut query = vec![];
        if let Some(search) = &self.search {
            query.push(format!("search={}", escaped(search)));
        }
        query.extend(self.plan.map(|plan| format!("plan={}", plan.as_str())));
        query.extend(self.suspended.map(|suspended| format!("suspended={suspended}")));
        query.extend(cursor.map(|cursor| format!("cursor={cursor}")));
        format!("/operator/tenants?{}", query.join("&"))
    }
}

/// Text in an address.
fn escaped(text: &str) -> String {
    text.bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_alphanumeric() {
            out.push(byte.into());
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
        out
    })
}

#[component]
fn Page() -> impl IntoView {
    let words = use_text().operator();
    let query = use_query_map();
    let asked = Memo::new(move |_| {
        query.with(|query| Asked {
            search: query.get("search").filter(|search| !search.trim().is_empty()),
            plan: query.get("plan").and_then(|plan| plan.parse().ok()),
            suspended: query.get("suspended").and_then(|suspended| suspended.parse().ok()),
            cursor: query.get("cursor").and_then(|cursor| cursor.parse().ok()),
        })
    });
    let page = Resource::new(
        move || asked.get(),
        |asked| api::operator::tenants(asked.search, asked.plan, asked.suspended, asked.cursor),
    );
    view! {
        <Head title=words.nav_tenants />
        {move || view! { <Filters asked=asked.get() /> }}
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

/// A plain form: the address is the state.
#[component]
fn Filters(asked: Asked) -> impl IntoView {
    let words = use_text().operator();
    let plans = Plan::ALL.into_iter().map(|plan| {
        view! {
            <option value=plan.as_str() selected={asked.plan == Some(plan)}>
                {plan.name()}
            </option>
        }
    });
    let states = [("false", words.active), ("true", words.suspended)].map(|(value, name)| {
        let is_chosen = asked.suspended.is_some_and(|chosen| chosen.to_string() == value);
        view! {
            <option value=value selected=is_chosen>
                {name}
            </option>
        }
    });
    view! {
        <form method="get" action="/operator/tenants" class="audit-filters">
            <div class="field">
                <label for="search">{words.search}</label>
                <input
                    id="search"
                    name="search"
                    type="search"
                    maxlength="200"
                    placeholder=words.search_hint
                    value=asked.search.unwrap_or_default()
                />
            </div>
            <div class="field">
                <label for="plan">{words.plan}</label>
                <select id="plan" name="plan">
                    <option value="">{words.any}</option>
                    {plans.collect_view()}
                </select>
            </div>
            <div class="field">
                <label for="suspended">{words.state}</label>
                <select id="suspended" name="suspended">
                    <option value="">{words.any}</option>
                    {states.collect_view()}
                </select>
            </div>
            <button class="button">{words.show}</button>
        </form>
    }
    .into_any()
}

#[component]
fn List(asked: Asked, page: CompaniesPage) -> impl IntoView {
    let text = use_text();
    let words = text.operator();
    if page.items.is_empty() {
        return view! { <p class="hint">{words.none_found}</p> }.into_any();
    }
    let next = page.next_cursor.map(|cursor| asked.page(Some(cursor)));
    let first = asked.cursor.map(|_| asked.page(None));
    let rows = page.items.into_iter().map(|company| view! { <Row company=company /> });
    view! {
        <div class="table-wrap" tabindex="0" role="region" aria-label=words.nav_tenants>
            <table class="log op-table">
                <thead>
                    <tr>
                        <th scope="col">{words.company}</th>
                        <th scope="col">{words.plan}</th>
                        <th scope="col" class="num">{words.people}</th>
                        <th scope="col" class="num">{words.shops}</th>
                        <th scope="col" class="num">{words.products}</th>
                        <th scope="col">{words.last_read}</th>
                        <th scope="col" class="num">{words.problems}</th>
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
fn Row(company: OperatorCompany) -> impl IntoView {
    let text = use_text();
    let words = text.operator();
    let read = match company.last_read_at {
        Some(at) => view! { <Age at=at /> }.into_any(),
        None => words.never.into_any(),
    };
    view! {
        <tr>
            <th scope="row">
                <a href=format!("/operator/tenants/{}", company.tenant_id)>{company.name}</a>
                " "
                {company.suspended.then(|| view! { <span class="badge risk">{words.suspended}</span> })}
                {company.demo_until.map(|_| view! { <span class="badge">{words.demo}</span> })}
                <span class="sub">{company.owner}</span>
            </th>
            <td>{company.plan.name()}</td>
            <td class="num">{text.int(company.members)}</td>
            <td class="num">{text.int(company.shops)}</td>
            <td class="num">{text.int(company.products)}</td>
            <td>{read}</td>
            <td class="num">{text.int(company.problems)}</td>
        </tr>
    }
    .into_any()
}
