//! A sync among all: whose, how it stands, what is wrong, and what may be done about it.

use crate::{
    api::operator::{RunAgain, SetAside},
    components::{age::Age, confirm::Confirm},
    pages::syncs::words as syncs,
    state::use_text,
    text::{Text, date},
};
use domain::{
    Marketplace,
    operator::{OperatorSync, StepTrouble},
    sync::StepKind,
};
use leptos::{prelude::*, server_fn::ServerFn};

/// The name of a step.
pub fn step(text: &Text, kind: StepKind) -> &'static str {
    syncs::kind(text, kind)
}

/// The name of a marketplace.
pub const fn marketplace(marketplace: Marketplace) -> &'static str {
    match marketplace {
        Marketplace::Wildberries => "Wildberries",
        Marketplace::Ozon => "Ozon",
    }
}

/// The list.
#[component]
pub fn Runs(
    /// The syncs.
    runs: Vec<OperatorSync>,
) -> impl IntoView {
    let words = use_text().operator();
    let rows = runs.into_iter().map(|run| view! { <Run run=run /> });
    view! {
        <div class="table-wrap" tabindex="0" role="region" aria-label=words.nav_queue>
            <table class="log op-table">
                <thead>
                    <tr>
                        <th scope="col">{words.company}</th>
                        <th scope="col">{words.state}</th>
                        <th scope="col">{words.asked}</th>
                        <th scope="col">{words.what}</th>
                        <th scope="col">
                            <span class="sr-only">{words.run_again}</span>
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
fn Run(run: OperatorSync) -> impl IntoView {
    let text = use_text();
    let words = text.operator();
    let (state, tone, _) = syncs::status(text, run.status);
    let asked = if run.scheduled { words.by_schedule } else { words.by_person };
    let moment = match (run.finished_at, run.lease_until) {
        (Some(at), _) => (words.ended, at),
        (None, Some(at)) => (words.lease, at),
        (None, None) => (words.next_run, run.next_run_at),
    };
    let broken = (run.failures > 0 || run.deaths > 0).then(|| {
        let told = (words.failures)(&text.int(run.failures), &text.int(run.deaths));
        view! { <span class="sub">{told}</span> }
    });
    let problems = run.problems.into_iter().map(|trouble| view! { <Trouble trouble=trouble /> });
    let is_over = run.status.is_final();
    let id = run.id.to_string();
    view! {
        <tr>
            <th scope="row">
                <a href=format!("/operator/tenants/{}", run.tenant_id)>{run.company.clone()}</a>
                <span class="sub">
                    {marketplace(run.marketplace)} " · " <code class="pick">{id.clone()}</code>
                </span>
            </th>
            <td>
                <span class=format!("badge {}", tone.class())>{state}</span>
                <span class="sub">
                    {moment.0} " "
                    <time datetime=date::iso(moment.1)>{text.moment(moment.1)}</time>
                </span>
            </td>
            <td>
                <Age at=run.created_at />
                <span class="sub">{asked}</span>
            </td>
            <td class="op-trouble">
                <ul>{problems.collect_view()}</ul>
                {broken}
            </td>
            <td class="op-deeds">
                <form method="post" action=RunAgain::PATH>
                    <input type="hidden" name="id" value=id.clone() />
                    <button class="button small">
                        {words.run_again} <span class="sr-only">": " {run.company.clone()}</span>
                    </button>
                </form>
                {(!is_over)
                    .then(|| {
                        view! {
                            <Confirm
                                summary=words.set_aside
                                about=run.company
                                note=words.set_aside_note.to_owned()
                                action=SetAside::PATH
                                field=("id", id)
                                button=words.set_aside_confirm
                            />
                        }
                    })}
            </td>
        </tr>
    }
    .into_any()
}

/// The words, and the English sentence that the log and the marketplace's support understand.
#[component]
fn Trouble(trouble: StepTrouble) -> impl IntoView {
    let text = use_text();
    let words = syncs::problem(text, trouble.problem.code);
    view! {
        <li>
            {step(text, trouble.step)} ": " {words}
            <span class="sub" lang="en">{trouble.problem.detail}</span>
        </li>
    }
    .into_any()
}
