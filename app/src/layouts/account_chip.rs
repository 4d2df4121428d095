//! Which shop this is and how old its numbers are: always in sight.

use crate::{
    components::{
        age::{Age, AgeProps},
        icon::Icon,
    },
    state::{use_frame, use_text},
};
use domain::{Realm, account::Account, sync::StepKind};
use leptos::prelude::*;

/// The shop's name and the age of its stock.
#[component]
pub fn AccountChip() -> impl IntoView {
    let frame = use_frame();
    view! {
        <Suspense fallback=|| ()>
            {move || Suspend::new(async move {
                frame.accounts.await.ok().map(|accounts| match accounts.into_iter().next() {
                    Some(account) => chip(&account).into_any(),
                    None => ().into_any(),
                })
            })}
        </Suspense>
    }
    .into_any()
}

fn chip(account: &Account) -> impl IntoView + use<> {
    let text = use_text();
    let is_demo = account.realm == Realm::Demo;
    let name = if is_demo { text.common().demo_shop.to_owned() } else { account.name.clone() };
    let stock = account
        .freshness
        .iter()
        .filter(|fresh| matches!(fresh.step, StepKind::MarketplaceStock | StepKind::SellerStock));
    let as_of = stock.clone().filter_map(|fresh| fresh.as_of).min();
    let has_problem = stock.clone().any(|fresh| fresh.problem.is_some());
    let state = match (as_of, account.key.is_some() || is_demo) {
        (Some(at), _) => {
            view! { <span>{text.common().data_age} ": " {Age(AgeProps { at })}</span> }.into_any()
        }
        (None, true) => text.common().no_data.into_any(),
        (None, false) => text.common().no_key.into_any(),
    };
    let initial = if is_demo { "D" } else { "W" };
    view! {
        <a class="account-chip" class:demo=is_demo href="/settings">
            <span class="account-mark" aria-hidden="true">{initial}</span>
            <span class="account-words">
                <span class="account-name">{name}</span>
                <span class="account-age">
                    {has_problem.then(|| Icon::Warning.draw())} {state}
                </span>
            </span>
        </a>
    }
}
