//! Whose numbers these are and how old: always in sight, and when there are several shops, of all of them.

use crate::{
    components::{
        age::{Age, AgeProps},
        icon::Icon,
    },
    pages::syncs::words::kind as step_name,
    state::{use_frame, use_live, use_text},
};
use chrono::{DateTime, Utc};
use domain::{
    Marketplace, Realm,
    account::Account,
    sync::{StepKind, StepState, SyncRun},
};
use leptos::{ev::KeyboardEvent, html, prelude::*};
use leptos_router::hooks::use_location;

/// The shop whose stock is the oldest, with its age; the others behind it.
#[component]
pub fn AccountChip() -> impl IntoView {
    let frame = use_frame();
    view! {
        <Transition fallback=|| ()>
            {move || Suspend::new(async move {
                let mut shops = frame.accounts.await.ok()?;
                shops.sort_by_key(rank);
                Some(if shops.len() > 1 { view! { <Several shops=shops /> }.into_any() } else {
                    shops.first().map(one).into_any()
                })
            })}
        </Transition>
    }
    .into_any()
}

/// What wants looking at first: trouble, then the oldest. A shop without a key has nothing to become old.
fn rank(shop: &Account) -> (bool, bool, Option<DateTime<Utc>>) {
    (!is_read(shop), !has_problem(shop), as_of(shop))
}

fn is_read(shop: &Account) -> bool {
    shop.key.is_some() || shop.realm == Realm::Demo
}

fn stock(shop: &Account) -> impl Iterator<Item = &domain::account::Freshness> {
    let is_stock = |step| matches!(step, StepKind::MarketplaceStock | StepKind::SellerStock);
    shop.freshness.iter().filter(move |fresh| is_stock(fresh.step))
}

fn as_of(shop: &Account) -> Option<DateTime<Utc>> {
    stock(shop).filter_map(|fresh| fresh.as_of).min()
}

fn has_problem(shop: &Account) -> bool {
    stock(shop).any(|fresh| fresh.problem.is_some())
}

/// The only one: a way to its settings.
fn one(shop: &Account) -> impl IntoView + use<> {
    let title = use_text().live().shops_menu;
    view! { <a class="account-chip" href="/settings/shops" title=title>{face(shop)}</a> }
}

/// Several: the worst, and a menu of all.
#[component]
fn Several(shops: Vec<Account>) -> impl IntoView {
    let words = use_text().live();
    let menu = NodeRef::<html::Details>::new();
    let close = move || {
        if let Some(menu) = menu.get_untracked() {
            let _ = menu.remove_attribute("open");
        }
    };
    let escape = move |event: KeyboardEvent| {
        if event.key() == "Escape" {
            close();
        }
    };
    // Closed by the next page; coming alive leaves it as somebody opened it.
    let place = use_location();
    Effect::new(move |before: Option<(String, String)>| {
        let here = (place.pathname.get(), place.search.get());
        if before.is_some_and(|before| before != here) {
            close();
        }
        here
    });
    let count = i64::try_from(shops.len()).unwrap_or_default();
    let first = shops.first().map(face);
    let rows = shops
        .iter()
        .map(|shop| {
            view! {
                <li>
                    <a href=format!("/products?account={}", shop.id)>{face(shop)}</a>
                </li>
            }
        })
        .collect_view();
    view! {
        <details class="account-menu" name="menu" node_ref=menu on:keydown=escape>
            <summary class="account-chip" title=words.shops_menu>
                {first} <span class="account-count">{(words.shops)(count)}</span>
            </summary>
            <div class="menu-panel account-panel">
                <ul aria-label=words.shops_menu>{rows}</ul>
                <a class="link" href="/settings/shops">{words.manage}</a>
            </div>
        </details>
    }
    .into_any()
}

/// A shop's mark, its name, and its age or what is being read of it.
fn face(shop: &Account) -> impl IntoView + use<> {
    let (text, live) = (use_text(), use_live());
    let is_demo = shop.realm == Realm::Demo;
    let name = if is_demo { text.common().demo_shop.to_owned() } else { shop.name.clone() };
    let (as_of, is_read, has_problem, id) =
        (as_of(shop), is_read(shop), has_problem(shop), shop.id);
    let state = move || match (live.run_of(id), as_of, is_read) {
        (Some(run), ..) => reading(&run).into_any(),
        (None, Some(at), _) => {
            view! { <span>{text.common().data_age} ": " {Age(AgeProps { at })}</span> }.into_any()
        }
        (None, None, true) => text.common().no_data.into_any(),
        (None, None, false) => text.common().no_key.into_any(),
    };
    let initial = match (is_demo, shop.marketplace) {
        (true, _) => "D",
        (false, Marketplace::Wildberries) => "W",
        (false, Marketplace::Ozon) => "O",
    };
    view! {
        <span class=format!("account-mark {}", shop.colour) aria-hidden="true">{initial}</span>
        <span class="account-words">
            <span class="account-name">{name}</span>
            <span class="account-age">{has_problem.then(|| Icon::Warning.draw())} {state}</span>
        </span>
    }
}

/// The step at work, of all.
fn reading(run: &SyncRun) -> impl IntoView + use<> {
    let text = use_text();
    let is_over = |state| matches!(state, StepState::Done | StepState::Failed);
    let over = run.steps.iter().filter(|step| is_over(step.state)).count();
    let step = run.steps.get(over.min(run.steps.len().saturating_sub(1)));
    let name = step.map_or(text.syncs().pending, |step| step_name(text, step.kind));
    let words = (text.live().reading)(name, (over + 1).min(run.steps.len()), run.steps.len());
    view! {
        <span class="account-reading">{Icon::Sync.draw()} {words}</span>
    }
}
