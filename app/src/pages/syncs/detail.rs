//! One synchronisation: what is being done, how far, how long so far. Updates by itself with script.

use super::{
    cancel::CancelButton,
    steps::Steps,
    watch::{self, Link},
    words,
};
use crate::{
    api::{self, Failure},
    components::{failure::FailureView, icon::Icon},
    state::{use_frame, use_now, use_text},
};
use domain::{
    ApiError, Permission, SyncRunId,
    sync::{SyncRun, SyncStatus},
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{LazyRoute, hooks::use_params_map, lazy_route};

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
    let (text, frame) = (use_text(), use_frame());
    let params = use_params_map();
    let id = Memo::new(move |_| params.read().get_str("id").and_then(|id| id.parse().ok()));
    let run = Resource::new(move || id.get(), read);
    view! {
        <a class="back" href="/syncs">
            {Icon::Left.draw()}
            {text.syncs().title}
        </a>
        <Transition fallback=|| view! { <div class="skeleton-row tall"></div> }>
            {move || Suspend::new(async move {
                let role = frame.session.await.map(|session| session.role);
                let operates = role.is_ok_and(|role| role.may(Permission::Operate));
                match run.await {
                    Ok(run) => view! { <Run run=run operates=operates /> }.into_any(),
                    Err(failure) => view! {
                        <Title text=text.syncs().not_found />
                        <FailureView failure=failure whole=true />
                    }
                    .into_any(),
                }
            })}
        </Transition>
    }
    .into_any()
}

async fn read(id: Option<SyncRunId>) -> Result<SyncRun, Failure> {
    match id {
        Some(id) => api::syncs::get(id).await,
        None => Err(Failure(ApiError::not_found("sync"))),
    }
}

#[component]
fn Run(
    run: SyncRun,
    /// Whether its viewer may end it.
    operates: bool,
) -> impl IntoView {
    let (text, now) = (use_text(), use_now());
    let title = (text.syncs().one)(&text.moment(run.created_at));
    let run = RwSignal::new(run);
    let link = watch::follow(run);
    let status = Memo::new(move |_| run.read().status);
    let badge = move || {
        let (words, tone, icon) = words::status(text, status.get());
        view! { <span class=format!("badge {}", tone.class())>{icon.draw()} {words}</span> }
    };
    let took = move || {
        let span = words::took(text, &run.read(), now.get());
        match status.get() {
            // The sentence above has said it.
            SyncStatus::Completed => None,
            status if status.is_final() => Some(format!("{}: {span}", text.syncs().took)),
            _ => Some((text.syncs().so_far)(&span)),
        }
    };
    let connection = move || match link.get() {
        Link::Still => None,
        Link::Live => Some(text.syncs().live),
        Link::Lost => Some(text.syncs().live_lost),
    };
    view! {
        <Title text=title.clone() />
        <header class="page-head">
            <h1>{title}</h1>
            {badge}
        </header>
        <p class="state" role="status">
            {move || words::sentence(text, &run.read(), now.get())}
        </p>
        <Steps run=run />
        <p class="sync-foot">
            <span class="hint">
                {took}
            </span>
            <span class="hint live" class:on=move || link.get() == Link::Live>{connection}</span>
        </p>
        {move || {
            if status.get().is_final() {
                view! { <a class="button primary" href="/products">{text.syncs().to_products}</a> }.into_any()
            } else {
                view! {
                    <div class="sync-actions">
                        {operates.then(|| view! { <CancelButton run=run /> })}
                        <noscript>
                            <a class="button" href="">{text.common().reload}</a>
                            <p class="hint">{text.syncs().no_script}</p>
                        </noscript>
                    </div>
                }
                .into_any()
            }
        }}
    }
    .into_any()
}
