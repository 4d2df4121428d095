//! How the installation is.

use super::head::{Head, NotShown};
use crate::{
    api,
    components::{
        age::Age,
        alert::{Alert, Tone},
    },
    state::use_text,
    text::{Text, date},
};
use chrono::{DateTime, Utc};
use domain::operator::{AgeOfData, ClosedGroup, Counted, Installation};
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

/// The route.
#[derive(Debug)]
pub struct Overview;

#[lazy_route]
impl LazyRoute for Overview {
    fn data() -> Self {
        Self
    }

    fn view(this: Self) -> AnyView {
        let Overview = this;
        view! { <Page /> }.into_any()
    }
}

#[component]
fn Page() -> impl IntoView {
    let words = use_text().operator();
    let seen = Resource::new(|| (), |()| api::operator::overview());
    view! {
        <Head title=words.title />
        <p class="lead-line">{words.logged}</p>
        <Transition fallback=|| view! { <div class="skeleton-row tall"></div> }>
            {move || Suspend::new(async move {
                match seen.await {
                    Ok(seen) => view! { <All seen=seen /> }.into_any(),
                    Err(failure) => view! { <NotShown failure=failure /> }.into_any(),
                }
            })}
        </Transition>
    }
    .into_any()
}

#[component]
fn All(seen: Installation) -> impl IntoView {
    let text = use_text();
    let words = text.operator();
    let int = |n: i64| text.int(n).into_any();
    let since = |at: Option<DateTime<Utc>>| match at {
        Some(at) => view! { <Age at=at /> }.into_any(),
        None => words.nobody_waits.into_any(),
    };
    let of = |name: &str| count(&seen.syncs, name);
    let (pending, running) = (of("pending"), of("running"));
    let queue = vec![
        (words.workers, int(seen.workers)),
        (words.waiting, int(pending)),
        (words.at_work, int(running)),
        (words.postponed, int(seen.postponed)),
        (words.waiting_since, since(seen.waiting_since)),
        (words.due, int(seen.due)),
        (words.due_since, since(seen.due_since)),
        (words.jobs, jobs(text, &seen.jobs).into_any()),
        (words.quarantined, int(seen.quarantined)),
    ];
    let mut installation = vec![
        (words.companies, int(seen.companies)),
        (words.suspended_count, int(seen.suspended)),
        (words.version, seen.version.clone().into_any()),
        (words.database, engine(&seen.database).into_any()),
    ];
    installation.extend(seen.pools.iter().map(|pool| {
        let [used, idle, most] = [pool.in_use, pool.idle, pool.most].map(|n| text.int(n.into()));
        ((words.pool)(&pool.name), (words.pool_use)(&used, &idle, &most).into_any())
    }));
    view! {
        {(seen.workers == 0)
            .then(|| view! { <Alert tone=Tone::Risk>{words.no_workers}</Alert> })}
        <section aria-labelledby="queue">
            <h2 id="queue">{words.queue}</h2>
            <Facts facts=queue />
        </section>
        <section>
            <h2 id="marketplaces">{words.marketplaces}</h2>
            <Closed closed=seen.closed />
        </section>
        <section>
            <h2 id="ages">{words.ages}</h2>
            <Ages ages=seen.ages />
        </section>
        <section aria-labelledby="installation">
            <h2 id="installation">{words.installation}</h2>
            <Facts facts=installation />
        </section>
    }
    .into_any()
}

#[component]
fn Facts(facts: Vec<(&'static str, AnyView)>) -> impl IntoView {
    let facts = facts.into_iter().map(|(name, value)| {
        view! {
            <div>
                <dt>{name}</dt>
                <dd>{value}</dd>
            </div>
        }
    });
    view! { <dl class="op-facts">{facts.collect_view()}</dl> }.into_any()
}

#[component]
fn Closed(closed: Vec<ClosedGroup>) -> impl IntoView {
    let text = use_text();
    let words = text.operator();
    if closed.is_empty() {
        return view! { <p class="hint">{words.all_open}</p> }.into_any();
    }
    let rows = closed.into_iter().map(|group| {
        view! {
            <tr>
                <th scope="row">{group.name.unwrap_or_else(|| words.unnamed.to_owned())}</th>
                <td class="num">{text.int(group.sellers)}</td>
                <td>
                    <time datetime=date::iso(group.until)>{text.moment(group.until)}</time>
                </td>
            </tr>
        }
    });
    view! {
        <div class="table-wrap" tabindex="0" role="region" aria-label=words.marketplaces>
            <table class="op-table">
                <thead>
                    <tr>
                        <th scope="col">{words.group}</th>
                        <th scope="col" class="num">{words.sellers}</th>
                        <th scope="col">
                            {words.closed_until} ", "
                            <span class="unit">{text.common().moscow_time}</span>
                        </th>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

#[component]
fn Ages(ages: Vec<AgeOfData>) -> impl IntoView {
    let text = use_text();
    let words = text.operator();
    if ages.is_empty() {
        return view! { <p class="hint">{words.no_ages}</p> }.into_any();
    }
    let rows = ages.into_iter().map(|age| {
        let kind = domain::sync::StepKind::ALL
            .into_iter()
            .find(|kind| kind.as_str() == age.step)
            .map_or_else(|| age.step.clone(), |kind| super::run::step(text, kind).to_owned());
        view! {
            <tr>
                <th scope="row">{kind}</th>
                <td><Age at=age.p50 /></td>
                <td><Age at=age.p99 /></td>
                <td><Age at=age.oldest /></td>
            </tr>
        }
    });
    view! {
        <p class="hint">{words.ages_lead}</p>
        <div class="table-wrap" tabindex="0" role="region" aria-label=words.ages>
            <table class="op-table">
                <thead>
                    <tr>
                        <th scope="col">{words.kind}</th>
                        <th scope="col">{words.half}</th>
                        <th scope="col">{words.all_but_one}</th>
                        <th scope="col">{words.oldest}</th>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn count(counts: &[Counted], name: &str) -> i64 {
    counts.iter().find(|counted| counted.name == name).map_or(0, |counted| counted.count)
}

fn jobs(text: &Text, jobs: &[Counted]) -> String {
    let words = jobs.iter().map(|job| format!("{}: {}", job.name, text.int(job.count)));
    let words: Vec<_> = words.collect();
    if words.is_empty() { text.int(0) } else { words.join(", ") }
}

fn engine(word: &str) -> &'static str {
    if word == "postgres" { "PostgreSQL" } else { "SQLite" }
}
