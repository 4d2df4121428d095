//! The log of synchronisations, and the button for the next.

use super::words;
use crate::{
    api,
    components::{
        export_links::ExportLinks, failure::FailureView, icon::Icon, next_step::NextStep,
        shop_mark::ShopMarks, sync_button::SyncButton,
    },
    state::{renew, use_frame, use_live, use_now, use_text},
    text::date,
};
use domain::{Permission, sync::SyncRun};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{LazyRoute, lazy_route};

/// The route.
#[derive(Debug)]
pub struct List;

#[lazy_route]
impl LazyRoute for List {
    fn data() -> Self {
        Self
    }

    fn view(this: Self) -> AnyView {
        let List = this;
        view! { <ListPage /> }.into_any()
    }
}

#[component]
fn ListPage() -> impl IntoView {
    let text = use_text();
    let frame = use_frame();
    let runs = Resource::new(|| (), |()| api::syncs::list(Some(50)));
    renew(move || runs.refetch());
    // One that began or ended stands in the log at once.
    let live = use_live();
    let under_way = Memo::new(move |_| {
        live.runs.with(|runs| runs.iter().map(|run| run.id).collect::<Vec<_>>())
    });
    Effect::new(move |before: Option<()>| {
        under_way.track();
        if before.is_some() {
            runs.refetch();
        }
    });
    view! {
        <Title text=text.syncs().title />
        <header class="page-head">
            <h1>{text.syncs().title}</h1>
            <Suspense fallback=|| ()>
                {move || Suspend::new(async move {
                    let session = frame.session.await.ok()?;
                    let allowed = session.role.may(Permission::Operate);
                    frame.has_shop().await.then(|| view! { <SyncButton allowed=allowed /> })
                })}
            </Suspense>
        </header>
        <p class="lead-line">{text.syncs().lead}</p>
        <Transition fallback=|| view! { <div class="skeleton-row tall"></div> }>
            {move || Suspend::new(async move {
                let has_shop = frame.has_shop().await;
                match runs.await {
                    Ok(runs) if runs.is_empty() => view! {
                        <section class="blank">
                            <span class="blank-icon">{Icon::Sync.draw()}</span>
                            <h2>{text.syncs().empty}</h2>
                            {(!has_shop).then(|| view! { <NextStep has_shop=false /> })}
                        </section>
                    }
                    .into_any(),
                    Ok(runs) => {
                        let shops = ShopMarks::of(frame.accounts.await.unwrap_or_default());
                        view! { <Log runs=runs shops=shops /> }.into_any()
                    }
                    Err(failure) => view! { <FailureView failure=failure /> }.into_any(),
                }
            })}
        </Transition>
        <div class="list-foot">
            <ExportLinks lists=vec![("syncs", "", String::new())] />
        </div>
    }
    .into_any()
}

#[component]
fn Log(runs: Vec<SyncRun>, shops: ShopMarks) -> impl IntoView {
    let (text, now) = (use_text(), use_now());
    let rows = runs.into_iter().map(|run| {
        let (state, tone, icon) = words::status(text, run.status);
        let (read, requests, waited) = words::sums(&run);
        let waited = (waited > 0).then(|| date::length(text.locale, waited));
        view! {
            <tr>
                <th scope="row">
                    <a href=format!("/syncs/{}", run.id)>{text.moment(run.created_at)}</a>
                    {shops.mark(run.account_id)}
                </th>
                <td>
                    <span class=format!("badge {}", tone.class())>{icon.draw()} {state}</span>
                </td>
                <td class="num">{words::took(text, &run, now.get_untracked())}</td>
                <td class="num">{text.int(read)}</td>
                <td class="num">{text.int(requests)}</td>
                <td class="num">{waited}</td>
            </tr>
        }
    });
    view! {
        <div class="table-wrap">
            <table class="log">
                <thead>
                    <tr>
                        <th scope="col">{text.syncs().started} ", " <span class="unit">{text.common().moscow_time}</span></th>
                        <th scope="col">{text.syncs().status}</th>
                        <th scope="col" class="num">{text.syncs().took}</th>
                        <th scope="col" class="num">{text.syncs().rows}</th>
                        <th scope="col" class="num">{text.syncs().requests}</th>
                        <th scope="col" class="num">{text.syncs().waited}</th>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}
