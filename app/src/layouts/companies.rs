//! Changing to another company of the same person; shown only to who has several.

use crate::{
    api::team::Switch,
    components::icon::Icon,
    state::{use_frame, use_text},
};
use leptos::{prelude::*, server_fn::ServerFn};

/// The list, closed at first.
#[component]
pub fn Companies() -> impl IntoView {
    let text = use_text();
    let frame = use_frame();
    view! {
        <Suspense fallback=|| ()>
            {move || Suspend::new(async move {
                let companies = frame.companies.await.ok().filter(|companies| companies.len() > 1);
                companies.map(|companies| {
                    let rows = companies.into_iter().map(|company| {
                        let words = text.team.role_name(company.role);
                        view! {
                            <li>
                                <button
                                    name="tenant_id"
                                    value=company.tenant_id.to_string()
                                    disabled={company.is_current || !company.is_active}
                                    aria-current=company.is_current.then_some("true")
                                >
                                    <span>{company.name}</span>
                                    <span class="sub">
                                        {if company.is_active { words } else { text.team.suspended }}
                                    </span>
                                </button>
                            </li>
                        }
                    });
                    view! {
                        <details class="companies">
                            <summary class="icon-button" aria-label=text.team.switch title=text.team.switch>
                                {Icon::Swap.draw()}
                            </summary>
                            <form method="post" action=Switch::PATH>
                                <ul>{rows.collect_view()}</ul>
                            </form>
                        </details>
                    }
                })
            })}
        </Suspense>
    }
    .into_any()
}
