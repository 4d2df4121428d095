//! A shop: its name and colour, the age of each kind of its data, and what may be done about it.

use super::{edit::Edit, key::ShopKeyForm, remove::RemoveShop};
use crate::{
    api::syncs::Start,
    components::{
        age::Age,
        alert::{Alert, Tone},
    },
    pages::syncs::words::{kind as step_name, problem as problem_words},
    state::use_text,
};
use domain::{
    AccountId, Marketplace, Realm,
    account::{Account, Freshness},
    sync::StepKind,
};
use leptos::{prelude::*, server_fn::ServerFn};

/// The shop.
#[component]
pub fn ShopView(
    /// Which.
    shop: Account,
    /// Whether its viewer may change it.
    operates: bool,
    /// What the company's shops are called.
    names: Vec<(AccountId, String)>,
) -> impl IntoView {
    let text = use_text();
    let words = text.shops();
    let is_demo = shop.realm == Realm::Demo;
    let name = if is_demo { text.common().demo_shop.to_owned() } else { shop.name.clone() };
    let heading = format!("shop-{}", shop.id);
    let headed = heading.clone();
    let next = match shop.next_sync_at {
        Some(at) => format!("{}: {}", words.next, text.moment(at)),
        None => words.not_by_itself.to_owned(),
    };
    let ages = shop
        .freshness
        .iter()
        .filter(|fresh| fresh.step != StepKind::Measures)
        .cloned()
        .map(age)
        .collect_view();
    let same: Vec<String> = names
        .into_iter()
        .filter(|(id, _)| shop.same_seller.shops.contains(id))
        .map(|(_, name)| name)
        .collect();
    let same = (!same.is_empty()).then(|| (words.same_seller)(&same.join(", ")));
    let elsewhere = shop.same_seller.elsewhere.then(|| words.same_elsewhere.to_owned());
    let same = same.into_iter().chain(elsewhere).map(|says| {
        view! { <Alert tone=Tone::Warning>{says}</Alert> }
    });
    let same = same.collect_view();
    view! {
        <section class="shop" aria-labelledby=headed>
            <h2 id=heading>
                <span class=format!("shop-dot {}", shop.colour) aria-hidden="true"></span>
                {name}
                <span class="badge">{marketplace(shop.marketplace)}</span>
            </h2>
            {same}
            <h3 class="sr-only">{words.ages}</h3>
            <dl class="shop-ages">{ages}</dl>
            <p class="hint">{next}</p>
            {(operates && (is_demo || shop.key.is_some())).then(|| sync_now(&shop))}
            {(operates && !is_demo)
                .then(|| {
                    view! {
                        <ShopKeyForm shop=shop.clone() />
                        <Edit shop=shop.clone() />
                        <RemoveShop shop=shop />
                    }
                })}
        </section>
    }
    .into_any()
}

fn age(fresh: Freshness) -> impl IntoView {
    let text = use_text();
    let words = text.shops();
    let problem = fresh.problem.map(|problem| problem_words(text, problem.code));
    view! {
        <div>
            <dt>{step_name(text, fresh.step)}</dt>
            <dd>
                {match fresh.as_of {
                    Some(at) => view! { <Age at=at /> }.into_any(),
                    None => words.never.into_any(),
                }}
                {problem.map(|words| view! { <span class="sub">{words}</span> })}
            </dd>
        </div>
    }
    .into_any()
}

fn sync_now(shop: &Account) -> impl IntoView + use<> {
    let words = use_text().shops();
    view! {
        <form method="post" action=Start::PATH>
            <input type="hidden" name="account_id" value=shop.id.to_string() />
            <button class="button">{words.sync}</button>
        </form>
    }
}

/// Its own name for itself, in every language.
pub(super) const fn marketplace(marketplace: Marketplace) -> &'static str {
    match marketplace {
        Marketplace::Wildberries => "Wildberries",
        Marketplace::Ozon => "Ozon",
    }
}
