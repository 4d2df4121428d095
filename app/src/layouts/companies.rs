//! Changing to another company of the same person; shown only to who has several.

use crate::{api::team::Switch, components::icon::Icon, state::use_text};
use domain::team::Company;
use leptos::{prelude::*, server_fn::ServerFn};

/// The list, closed at first.
///
/// It waits for nothing itself: what is waited for inside of another wait gets its number at another moment in the
/// browser than on the server, and the page's own data is then looked for under the wrong one.
#[component]
pub fn Companies(
    /// The person's companies.
    companies: Vec<Company>,
) -> impl IntoView {
    let text = use_text();
    if companies.len() < 2 {
        return ().into_any();
    }
    let rows = companies.into_iter().map(|company| view! { <Row company=company /> });
    view! {
        <details class="companies">
            <summary class="icon-button" aria-label=text.team().switch title=text.team().switch>
                {Icon::Swap.draw()}
            </summary>
            <form method="post" action=Switch::PATH>
                <ul>{rows.collect_view()}</ul>
            </form>
        </details>
    }
    .into_any()
}

#[component]
fn Row(company: Company) -> impl IntoView {
    let words = use_text().team();
    let about = if company.is_active { words.role_name(company.role) } else { words.suspended };
    view! {
        <li>
            <button
                name="tenant_id"
                value=company.tenant_id.to_string()
                disabled={company.is_current || !company.is_active}
                aria-current=company.is_current.then_some("true")
            >
                <span class="company-name">{company.name}</span>
                {company.is_current.then(|| Icon::Done.draw())}
                <span class="sub">{about}</span>
            </button>
        </li>
    }
    .into_any()
}
