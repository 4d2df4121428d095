//! What the plan allows and how much of it is used.

use super::nav::SettingsHead;
use crate::{
    api,
    components::{alert::Tone, failure::FailureView},
    state::use_text,
};
use domain::plan::{Limit, Usage, Used};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{LazyRoute, lazy_route};

/// The route.
#[derive(Debug)]
pub struct UsageRoute;

#[lazy_route]
impl LazyRoute for UsageRoute {
    fn data() -> Self {
        Self
    }

    fn view(this: Self) -> AnyView {
        let UsageRoute = this;
        view! { <UsagePage /> }.into_any()
    }
}

#[component]
fn UsagePage() -> impl IntoView {
    let text = use_text();
    let usage = Resource::new(|| (), |()| api::usage::get());
    view! {
        <Title text=text.plans().title />
        <SettingsHead />
        <Transition fallback=|| view! { <div class="skeleton-row tall"></div> }>
            {move || Suspend::new(async move {
                match usage.await {
                    Ok(usage) => view! { <Limits usage=usage /> }.into_any(),
                    Err(failure) => view! { <FailureView failure=failure /> }.into_any(),
                }
            })}
        </Transition>
    }
    .into_any()
}

#[component]
fn Limits(usage: Usage) -> impl IntoView {
    let text = use_text();
    let words = text.plans();
    let history = usage
        .history_days
        .map_or_else(|| words.all_days.to_owned(), |days| (words.last_days)(days.into()));
    view! {
        <div class="settings">
            <section aria-labelledby="plan">
                <h2 id="plan">{words.plan}</h2>
                <p class="plan-name">{usage.plan.name()}</p>
                <p>{words.lead}</p>
                <p class="hint">{words.more}</p>
            </section>
            <section aria-labelledby="room">
                <h2 id="room">{words.counted}</h2>
                <div class="meters">
                    <Meter limit=Limit::Products used=usage.products />
                    <Meter limit=Limit::Accounts used=usage.accounts />
                    <Meter limit=Limit::Members used=usage.members />
                    <Meter limit=Limit::ApiCalls used=usage.api_calls />
                    <p class="hint">{words.calls_note}</p>
                </div>
            </section>
            <section aria-labelledby="pace">
                <h2 id="pace">{words.pace}</h2>
                <dl class="facts">
                    <div>
                        <dt>{(words.names)(Limit::SyncInterval)}</dt>
                        <dd>{(words.every_minutes)(i64::from(usage.sync_interval_s) / 60)}</dd>
                    </div>
                    <div>
                        <dt>{(words.names)(Limit::HistoryDays)}</dt>
                        <dd>{history}</dd>
                    </div>
                </dl>
            </section>
        </div>
    }
    .into_any()
}

/// A bar with its words; how full it is, is said in words as well as by its colour.
#[component]
fn Meter(limit: Limit, used: Used) -> impl IntoView {
    let text = use_text();
    let name = (text.plans().names)(limit);
    let count = text.int(used.used);
    let Some(most) = used.limit else {
        return view! {
            <div class="usage-meter">
                <span>{name}</span>
                <span class="num">{(text.plans().no_limit)(&count)}</span>
            </div>
        }
        .into_any();
    };
    let state = match used.used {
        n if n >= most => Some((Tone::Risk, text.plans().full)),
        n if n * 10 >= most * 9 => Some((Tone::Warning, text.plans().nearly)),
        _ => None,
    };
    let badge = state.map(|(tone, words)| {
        view! { <span class=format!("badge {}", tone.class())>{tone.icon().draw()} {words}</span> }
    });
    view! {
        <div class="usage-meter">
            <span>{name}</span>
            <span class="num">{(text.plans().of)(&count, &text.int(most))} {badge}</span>
            <progress
                class=state.map(|(tone, _)| tone.class())
                max=most
                value=used.used.min(most)
                aria-label=name
            ></progress>
        </div>
    }
    .into_any()
}
