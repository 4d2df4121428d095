//! The page: filters in the address, entries, and whether the chain is intact.

use super::words;
use crate::{
    api,
    components::{
        alert::{Alert, Tone},
        failure::FailureView,
    },
    state::use_text,
};
use domain::{
    UserId,
    audit::{AuditCheck, AuditPage},
    team::Member,
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{LazyRoute, hooks::use_query_map, lazy_route};

/// The route.
#[derive(Debug)]
pub struct Audit;

#[lazy_route]
impl LazyRoute for Audit {
    fn data() -> Self {
        Self
    }

    fn view(this: Self) -> AnyView {
        let Audit = this;
        view! { <LogPage /> }.into_any()
    }
}

/// What the address asks for.
#[derive(Clone, Default, PartialEq, Eq)]
struct Asked {
    cursor: Option<i64>,
    action: Option<String>,
    person: Option<UserId>,
    check: bool,
}

impl Asked {
    /// The address of the entries before this one, with the same filter.
    fn before(&self, cursor: i64) -> String {
        let action = self.action.as_deref().unwrap_or_default();
        let person = self.person.map(|person| person.to_string()).unwrap_or_default();
        format!("/audit?action={action}&person={person}&cursor={cursor}")
    }
}

#[component]
fn LogPage() -> impl IntoView {
    let text = use_text();
    let query = use_query_map();
    let asked = Memo::new(move |_| {
        query.with(|query| Asked {
            cursor: query.get("cursor").and_then(|cursor| cursor.parse().ok()),
            action: query.get("action").filter(|action| {
                !action.is_empty() && action.bytes().all(|b| b.is_ascii_lowercase() || b == b'_')
            }),
            person: query.get("person").and_then(|person| person.parse().ok()),
            check: query.get("check").is_some(),
        })
    });
    let page = Resource::new(
        move || asked.get(),
        |asked| api::audit::list(asked.cursor, asked.action, asked.person),
    );
    let actions = Resource::new(|| (), |()| api::audit::actions());
    let members = Resource::new(|| (), |()| api::team::members());
    let check = Resource::new(
        move || asked.read().check,
        |wanted| async move { if wanted { Some(api::audit::verify().await) } else { None } },
    );
    view! {
        <Title text=text.audit().title />
        <header class="page-head">
            <h1>{text.audit().title}</h1>
            <a class="button" href="/audit?check=1">{text.audit().check}</a>
        </header>
        <p class="lead-line">{text.audit().lead}</p>
        <Transition fallback=|| view! { <div class="skeleton-row tall"></div> }>
            {move || Suspend::new(async move {
                let asked = asked.get_untracked();
                let found = check.await;
                match (page.await, actions.await, members.await) {
                    (Ok(page), Ok(actions), Ok(members)) => view! {
                        {found.map(|found| match found {
                            Ok(check) => view! { <Checked check=check /> }.into_any(),
                            Err(failure) => view! { <FailureView failure=failure /> }.into_any(),
                        })}
                        <Filters asked=asked.clone() actions=actions members=members />
                        <Entries asked=asked page=page />
                    }
                    .into_any(),
                    (Err(failure), _, _) | (_, Err(failure), _) | (_, _, Err(failure)) => {
                        view! { <FailureView failure=failure /> }.into_any()
                    }
                }
            })}
        </Transition>
    }
    .into_any()
}

#[component]
fn Checked(check: AuditCheck) -> impl IntoView {
    let text = use_text();
    match check.broken_at {
        None => view! {
            <Alert tone=Tone::Fine>{(text.audit().intact)(&text.int(check.entries))}</Alert>
        }
        .into_any(),
        Some(seq) => {
            view! { <Alert tone=Tone::Risk>{(text.audit().broken)(&text.int(seq))}</Alert> }
                .into_any()
        }
    }
}

/// A plain form: the address is the state.
#[component]
fn Filters(asked: Asked, actions: Vec<String>, members: Vec<Member>) -> impl IntoView {
    let text = use_text();
    let words = text.audit();
    let chosen = asked.action.unwrap_or_default();
    let actions = actions.into_iter().map(|action| {
        let is_chosen = action == chosen;
        let name = words::what(text, &action);
        view! {
            <option value=action selected=is_chosen>
                {name}
            </option>
        }
    });
    let person = asked.person;
    let people = members.into_iter().map(|member| {
        view! {
            <option value=member.user_id.to_string() selected={person == Some(member.user_id)}>
                {member.email.unwrap_or_else(|| text.team().nameless.to_owned())}
            </option>
        }
    });
    view! {
        <form method="get" action="/audit" class="audit-filters">
            <div class="field">
                <label for="action">{words.action}</label>
                <select id="action" name="action">
                    <option value="">{words.any}</option>
                    {actions.collect_view()}
                </select>
            </div>
            <div class="field">
                <label for="person">{words.person}</label>
                <select id="person" name="person">
                    <option value="">{words.any}</option>
                    {people.collect_view()}
                </select>
            </div>
            <button class="button">{words.show}</button>
        </form>
    }
    .into_any()
}

#[component]
fn Entries(asked: Asked, page: AuditPage) -> impl IntoView {
    let text = use_text();
    let words = text.audit();
    if page.items.is_empty() {
        return view! { <p class="hint">{words.empty}</p> }.into_any();
    }
    let next = page.next_cursor.map(|cursor| asked.before(cursor));
    let rows = page.items.into_iter().map(|record| {
        let details = words::details(text, &record);
        view! {
            <tr>
                <td class="audit-when">
                    <time datetime=crate::text::date::iso(record.at)>{text.moment(record.at)}</time>
                </td>
                <th scope="row" class="audit-what">
                    {words::what(text, &record.action)} <span class="sub">{details}</span>
                </th>
                <td class="audit-who">{words::who(text, &record)}</td>
                <td class="audit-from">
                    <code>{record.address}</code>
                </td>
            </tr>
        }
    });
    view! {
        <div class="table-wrap" tabindex="0" role="region" aria-label=words.title>
            <table class="log audit">
                <thead>
                    <tr>
                        <th scope="col">
                            {words.when} ", " <span class="unit">{text.common().moscow_time}</span>
                        </th>
                        <th scope="col">{words.what}</th>
                        <th scope="col">{words.who}</th>
                        <th scope="col">{words.from}</th>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
        <p class="audit-more">
            {asked.cursor.map(|_| view! { <a class="button" href="/audit">{words.newest}</a> })}
            {next.map(|href| view! { <a class="button" href=href rel="next">{words.older}</a> })}
        </p>
    }
    .into_any()
}
