//! The steps of a sync with how far each is.

use super::words;
use crate::{components::icon::Icon, state::use_text, text::date};
use domain::sync::{StepState, SyncRun, SyncStep};
use leptos::prelude::*;

/// The steps in their order.
#[component]
pub fn Steps(
    /// The sync.
    run: RwSignal<SyncRun>,
) -> impl IntoView {
    let text = use_text();
    view! {
        <div class="table-wrap" tabindex="0">
            <table class="log steps">
                <thead>
                    <tr>
                        <th scope="col">{text.syncs().step}</th>
                        <th scope="col">{text.syncs().status}</th>
                        <th scope="col" class="num">{text.syncs().rows}</th>
                        <th scope="col" class="num">{text.syncs().changed}</th>
                        <th scope="col" class="num">{text.syncs().requests}</th>
                        <th scope="col" class="num">{text.syncs().waited}</th>
                    </tr>
                </thead>
                <tbody>
                    {move || run.get().steps.into_iter().map(row).collect_view()}
                </tbody>
            </table>
        </div>
    }
    .into_any()
}

fn row(step: SyncStep) -> impl IntoView {
    let text = use_text();
    let (state, tone) = words::step_state(text, &step);
    let icon = match step.state {
        StepState::Running => Icon::Sync,
        StepState::Waiting => Icon::Clock,
        _ => tone.icon(),
    };
    let rows = match step.expected {
        Some(all) if all > 0 && step.state == StepState::Running => {
            (text.syncs().of)(&text.int(step.rows), &text.int(all))
        }
        _ => text.int(step.rows),
    };
    let bar = step.expected.filter(|all| *all > 0 && step.state == StepState::Running).map(|all| {
        view! { <progress max=all value=step.rows.min(all) aria-label=words::kind(text, step.kind)></progress> }
    });
    let waited = (step.waited_ms > 0).then(|| date::length(text.locale, step.waited_ms));
    let problem = step.problem.map(|problem| {
        view! {
            <p class="sub" title=problem.detail>{words::problem(text, problem.code)}</p>
        }
    });
    view! {
        <tr>
            <th scope="row">{words::kind(text, step.kind)}</th>
            <td>
                <span class=format!("badge {}", tone.class()) class:running=step.state == StepState::Running>
                    {icon.draw()} {state}
                </span>
                {bar}
                {problem}
            </td>
            <td class="num">{rows}</td>
            <td class="num">{text.int(step.changed)}</td>
            <td class="num">{text.int(step.requests)}</td>
            <td class="num">{waited}</td>
        </tr>
    }
}
