//! What changed since yesterday, and how old the data of each shop is.

use crate::{
    components::{age::Age, icon::Icon},
    state::use_text,
    text::{Text, number},
};
use domain::{
    Realm,
    account::{Account, Freshness},
    sync::StepKind,
    today::{ShopDay, TodayChanges},
};
use leptos::prelude::*;

/// Yesterday beside the day before, and what ran out or came back since.
#[component]
pub fn Changes(
    /// The changes.
    changes: TodayChanges,
    /// The currency of their money.
    currency: String,
) -> impl IntoView {
    let text = use_text();
    let words = text.today();
    let mut days = changes.days.iter();
    let (last, before) = (days.next(), days.next());
    let day = last.map(|last| {
        let than =
            |of: fn(&ShopDay) -> i64| before.map(|before| percent(text, of(last), of(before)));
        let money = number::money(text.locale, last.revenue_minor, &currency);
        let ordered = (words.pieces)(&text.int(last.ordered));
        let returned = last.returned.map(|units| {
            let about = before.and_then(|before| before.returned);
            let about = about.map(|before| percent(text, units, before));
            let href = (units > 0).then_some("/products?changed=returned");
            let pieces = if units > 0 { (words.pieces)(&text.int(units)) } else { String::new() };
            fact((text.changes().returned_on)(&text.day(last.day)), pieces, about, href)
        });
        view! {
            {fact((words.ordered_on)(&text.day(last.day)), ordered, than(|day| day.ordered), None)}
            {fact(words.revenue.to_owned(), money, than(|day| day.revenue_minor), None)}
            {returned}
        }
    });
    let stock = changes.stock_change.map(|change| {
        let pieces = (words.pieces)(&signed(text, change));
        fact(words.stock.to_owned(), pieces, Some(words.since_yesterday.to_owned()), None)
    });
    let count = |name: &'static str, count: i64, href: Option<&'static str>| {
        let value = (count > 0).then(|| text.int(count));
        fact(name.to_owned(), value.unwrap_or_default(), None, href.filter(|_| count > 0))
    };
    let nothing = last.is_none().then(|| view! { <p class="hint">{words.no_days}</p> });
    view! {
        <section aria-labelledby="changes">
            <h2 id="changes">{words.changes}</h2>
            {nothing}
            <dl class="today-facts">
                {day}
                {stock}
                {count(words.ran_out, changes.ran_out, Some("/products?changed=ran_out"))}
                {count(words.came_back, changes.came_back, Some("/products?changed=came_back"))}
                {count(text.changes().repriced, changes.repriced, Some("/products?changed=repriced"))}
                {count(words.new_products, changes.new_products, Some("/products?changed=new&sort=-created_at"))}
                {count(words.archived_products, changes.archived_products, Some("/products?changed=gone"))}
            </dl>
        </section>
    }
    .into_any()
}

fn fact(
    name: String,
    value: String,
    about: Option<String>,
    href: Option<&'static str>,
) -> impl IntoView + use<> {
    let value = match href {
        Some(href) => view! { <a href=href>{value}</a> }.into_any(),
        None if value.is_empty() => view! { <span class="zero">"0"</span> }.into_any(),
        None => view! { <span>{value}</span> }.into_any(),
    };
    view! {
        <div>
            <dt>{name}</dt>
            <dd class="num">{value} {about.map(|about| view! { <span class="sub">{about}</span> })}</dd>
        </div>
    }
    .into_any()
}

/// `+12 %`; from nothing there is no percentage.
fn percent(text: &Text, now: i64, before: i64) -> String {
    let change = if before == 0 {
        "—".to_owned()
    } else {
        let share = i128::from(now - before) * 100 / i128::from(before);
        let share = i64::try_from(share).unwrap_or(i64::MAX);
        format!("{}\u{a0}%", signed(text, share))
    };
    (text.today().than_before)(&change)
}

fn signed(text: &Text, n: i64) -> String {
    if n > 0 { format!("+{}", text.int(n)) } else { text.int(n) }
}

/// The age of each shop's stock and orders.
#[component]
pub fn Ages(
    /// The shops.
    accounts: Vec<Account>,
) -> impl IntoView {
    let text = use_text();
    let words = text.today();
    let rows = accounts.into_iter().map(|account| {
        let name = if account.realm == Realm::Demo {
            text.common().demo_shop.to_owned()
        } else {
            account.name.clone()
        };
        let of = |kinds: &[StepKind]| {
            let found: Vec<&Freshness> =
                account.freshness.iter().filter(|fresh| kinds.contains(&fresh.step)).collect();
            let has_problem = found.iter().any(|fresh| fresh.problem.is_some());
            let at = found.iter().filter_map(|fresh| fresh.as_of).min();
            age(text, at, has_problem)
        };
        view! {
            <tr>
                <th scope="row">{name}</th>
                <td class="num">{of(&[StepKind::MarketplaceStock, StepKind::SellerStock])}</td>
                <td class="num">{of(&[StepKind::Orders])}</td>
            </tr>
        }
    });
    view! {
        <section aria-labelledby="ages">
            <h2 id="ages">{words.ages}</h2>
            <table class="small">
                <thead>
                    <tr>
                        <th scope="col">{words.shop}</th>
                        <th scope="col" class="num">{words.age_stock}</th>
                        <th scope="col" class="num">{words.age_orders}</th>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </section>
    }
    .into_any()
}

fn age(
    text: &'static Text,
    at: Option<chrono::DateTime<chrono::Utc>>,
    has_problem: bool,
) -> impl IntoView + use<> {
    let words = text.today();
    let problem = has_problem.then(|| {
        view! {
            <a class="today-problem" href="/syncs" title=words.read_badly>
                {Icon::Warning.draw()} <span class="sr-only">{words.read_badly}</span>
            </a>
        }
    });
    let age = match at {
        Some(at) => view! { <Age at=at /> }.into_any(),
        None => view! { <span class="unknown">{words.never_read}</span> }.into_any(),
    };
    view! { {problem} {age} }
}
