//! The quiet bar over the foot of the page: no network, or newer data than is shown. Nothing moves when it comes.

use crate::{
    components::icon::Icon,
    state::{live::use_live, use_text},
};
use domain::sync::SyncStatus;
use leptos::prelude::*;

/// The bar; empty while there is nothing to tell.
#[component]
pub fn LiveBar() -> impl IntoView {
    let (live, text) = (use_live(), use_text());
    let words = text.live();
    let told = move || {
        if live.offline.get() {
            let sentence = if live.waits.get() { words.offline_page } else { words.offline };
            return Some(
                view! {
                    <div class="live-bar offline">
                        {Icon::Warning.draw()} <span>{sentence}</span>
                    </div>
                }
                .into_any(),
            );
        }
        live.news.get().map(|run| {
            let sentence = match run.status {
                SyncStatus::Failed => words.news_failed,
                SyncStatus::Partial => words.news_partial,
                _ => words.news,
            };
            let is_whole = matches!(run.status, SyncStatus::Completed | SyncStatus::Cancelled);
            let offers = run.status != SyncStatus::Failed;
            view! {
                <div class="live-bar">
                    <span>{sentence}</span>
                    {(!is_whole)
                        .then(|| {
                            view! { <a class="link" href=format!("/syncs/{}", run.id)>{words.look}</a> }
                        })}
                    {offers
                        .then(|| {
                            view! {
                                <button type="button" class="button" on:click=move |_| live.show()>
                                    {words.show}
                                </button>
                            }
                        })}
                    <button
                        type="button"
                        class="icon-button"
                        aria-label=text.palette().close
                        on:click=move |_| live.news.set(None)
                    >
                        {Icon::Close.draw()}
                    </button>
                </div>
            }
            .into_any()
        })
    };
    view! {
        <div class="live-bars" role="status">
            {told}
        </div>
    }
    .into_any()
}
