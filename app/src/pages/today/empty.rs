//! Before there is anything to say: why, and the one thing to do next.

use crate::{
    components::{icon::Icon, reading::Reading, sync_button::SyncButton},
    layouts::door::DemoForm,
    state::use_text,
};
use domain::sync::{SyncRun, SyncStatus};
use leptos::prelude::*;

/// Instead of the morning.
#[component]
pub fn Empty(
    /// Whether a shop is connected.
    has_key: bool,
    /// The latest sync, if there was one.
    run: Option<SyncRun>,
    /// Whether the person may start one.
    allowed: bool,
) -> impl IntoView {
    let text = use_text();
    let running = run.filter(|run| matches!(run.status, SyncStatus::Pending | SyncStatus::Running));
    let next = match (running, has_key) {
        (Some(run), _) => view! {
            <p>{text.today().empty_running}</p>
            <Reading />
            <p class="blank-actions">
                <a class="button primary" href=format!("/syncs/{}", run.id)>{text.today().watch}</a>
            </p>
        }
        .into_any(),
        (None, true) => view! {
            <p>{text.today().empty_no_sync}</p>
            <SyncButton allowed=allowed />
        }
        .into_any(),
        (None, false) => view! {
            <p>{text.today().empty_no_key}</p>
            <p class="blank-actions">
                <a class="button primary" href="/settings">
                    {Icon::Key.draw()}
                    {text.products().connect}
                </a>
            </p>
            <DemoForm />
        }
        .into_any(),
    };
    view! {
        <section class="blank">
            <span class="blank-icon">{Icon::Today.draw()}</span>
            <h2>{text.today().empty_title}</h2>
            {next}
        </section>
    }
    .into_any()
}
