//! The product over time: the period in the address, the one before it behind, events, and the days as a table.

use super::query::{Query, RANGES};
use crate::{
    api,
    chart::{self, Mark},
    components::{
        alert::{Alert, Tone},
        failure::FailureView,
        history_chart::{HistoryChart, mark_words, price},
        quantity::Quantity,
    },
    state::{use_progress, use_text},
    text::{date, number},
};
use domain::product::{ProductDay, ProductHistory};
use leptos::prelude::*;
use std::sync::Arc;

/// The section; it reads its own data.
#[component]
pub fn History(
    /// What the address asks for.
    query: Memo<Query>,
) -> impl IntoView {
    let history = Resource::new(move || query.get(), |query| read(query.id, query));
    let fetching = use_progress().fetching;
    view! {
        <Transition fallback=|| view! { <div class="skeleton-row tall"></div> } set_pending=fetching>
            {move || Suspend::new(async move {
                let query = query.get_untracked();
                match history.await {
                    Some(Ok(found)) => view! { <Section found=found query=query /> }.into_any(),
                    Some(Err(failure)) => view! { <section><FailureView failure=failure /></section> }.into_any(),
                    None => ().into_any(),
                }
            })}
        </Transition>
    }
    .into_any()
}

/// A period, and the one before it: `None` when it was not asked for or the plan does not reach so far.
type Found = (ProductHistory, Option<ProductHistory>, Vec<chrono::NaiveDate>);

async fn read(id: Option<domain::ProductId>, query: Query) -> Option<Result<Found, api::Failure>> {
    let id = id?;
    let history = match api::products::history(id, query.days, query.last()).await {
        Ok(history) => history,
        // The head says that there is no such product.
        Err(failure) if failure.0.status == 404 => return None,
        Err(failure) => return Some(Err(failure)),
    };
    let first = history.days.first().map(|day| day.day);
    let before = match first.filter(|_| query.compare) {
        Some(first) => {
            api::products::history(id, query.days, Some(Query::day_before(first))).await.ok()
        }
        None => None,
    };
    let notes = api::ordering::notes(id).await.unwrap_or_default();
    let noted = notes.iter().map(|note| date::moscow(note.created_at).date()).collect();
    Some(Ok((history, before, noted)))
}

#[component]
fn Section(found: Found, query: Query) -> impl IntoView {
    let text = use_text();
    let (history, before, noted) = found;
    let currency = history.currency;
    let days = Arc::new(history.days);
    let marks = Arc::new(marks(&days, &history.synced, &noted));
    let refused = query.compare && before.is_none();
    let before = before.map(|before| Arc::new(before.days));
    let is_empty = days.iter().all(|day| day.stock.is_none() && day.ordered.is_none());
    let sums = before.as_ref().map(|before| {
        let sum = |days: &[ProductDay]| days.iter().filter_map(|day| day.ordered).sum::<i64>();
        (text.ordering().sums)(&text.int(sum(&days)), &text.int(sum(before)))
    });
    let orders = query.id.map(|id| {
        let (first, last) = (days.first()?.day, days.last()?.day);
        Some(format!("?from={first}&to={last}&product={id}"))
    });
    let body = if is_empty {
        view! { <p class="hint">{text.product().no_history}</p> }.into_any()
    } else {
        view! {
            <HistoryChart days=Arc::clone(&days) before=before marks=Arc::clone(&marks) currency=currency.clone() />
            {sums.map(|sums| view! { <p class="period-sums">{sums}</p> })}
            <details class="day-table">
                <summary>{text.product().as_table}</summary>
                <DayTable days=Arc::clone(&days) marks=marks currency=currency />
            </details>
        }
        .into_any()
    };
    view! {
        <section class="product-history">
            <header class="section-head">
                <h2>{text.product().history}</h2>
                <Periods query=query.clone() days=days />
            </header>
            {refused.then(|| view! { <Alert tone=Tone::Note>{text.ordering().before_refused}</Alert> })}
            {body}
            {orders
                .flatten()
                .map(|query| {
                    let (orders, sales) = (format!("/orders{query}"), format!("/sales{query}"));
                    view! {
                        <p class="period-steps">
                            <a class="quiet-link" href=orders>{text.ordering().all_orders}</a>
                            <a class="quiet-link" href=sales>{text.sales().title}</a>
                        </p>
                    }
                })}
        </section>
    }
    .into_any()
}

/// Which period: how long, which one, and whether it is compared. Plain links.
#[component]
fn Periods(query: Query, days: Arc<Vec<ProductDay>>) -> impl IntoView {
    let text = use_text();
    let words = text.ordering();
    let ranges = RANGES.map(|range| {
        let href = Query { days: range, ..query.clone() }.href();
        view! {
            <a href=href aria-current=(range == query.days).then_some("true")>
                {(text.product().range_days)(i64::from(range))}
            </a>
        }
    });
    let ends = days.first().zip(days.last()).map(|(first, last)| (first.day, last.day));
    let steps = ends.map(|(first, last)| {
        let earlier = Query { until: Some(Query::day_before(first)), ..query.clone() }.href();
        let later = query.until.map(|_| {
            let next = chrono::Days::new(query.days.into());
            Query { until: last.checked_add_days(next), ..query.clone() }.href()
        });
        view! {
            <span class="period-steps">
                <a class="quiet-link" href=earlier rel="prev">{words.earlier}</a>
                <span class="num">{(words.period)(&text.day(first), &text.day(last))}</span>
                {later.map(|href| view! { <a class="quiet-link" href=href rel="next">{words.later}</a> })}
            </span>
        }
    });
    let compare = Query { compare: !query.compare, ..query.clone() }.href();
    let compare_words = if query.compare { words.no_compare } else { words.compare };
    view! {
        <nav class="switch" aria-label=text.product().range>{ranges}</nav>
        <div class="period">
            {steps} <a class="quiet-link" href=compare>{compare_words}</a>
        </div>
    }
    .into_any()
}

/// What happened on which day, in the order of the days.
fn marks(
    days: &[ProductDay],
    synced: &[chrono::NaiveDate],
    noted: &[chrono::NaiveDate],
) -> Vec<(usize, Mark)> {
    let at = |day: &chrono::NaiveDate| days.binary_search_by_key(day, |row| row.day).ok();
    let mut marks = chart::turns(days);
    marks.extend(synced.iter().filter_map(|day| Some((at(day)?, Mark::Synced))));
    marks.extend(noted.iter().filter_map(|day| Some((at(day)?, Mark::Noted))));
    marks.sort_unstable();
    marks.dedup();
    marks
}

/// The chart's days as a table: for screen readers and for copying.
#[component]
fn DayTable(
    days: Arc<Vec<ProductDay>>,
    marks: Arc<Vec<(usize, Mark)>>,
    currency: String,
) -> impl IntoView {
    let text = use_text();
    let reason = text.common().unknown;
    let rows = days.iter().enumerate().rev().map(|(index, day)| {
        let money = |minor| number::money(text.locale, minor, &currency);
        let revenue = day.revenue_minor.map(money);
        let paid = price(day).map(money);
        let happened = marks.iter().filter(|(at, _)| *at == index);
        let happened: Vec<&str> = happened.map(|(_, mark)| mark_words(text, *mark)).collect();
        view! {
            <tr>
                <th scope="row">{date::full(text.locale, day.day)}</th>
                <td class="num"><Quantity value=day.stock reason=reason /></td>
                <td class="num"><Quantity value=day.ordered reason=reason /></td>
                <td class="num"><Quantity value=day.cancelled reason=reason /></td>
                <td class="num">{revenue}</td>
                <td class="num">{paid}</td>
                <td>{happened.join(", ")}</td>
            </tr>
        }
    });
    view! {
        <div class="table-wrap" tabindex="0">
            <table class="small">
                <thead>
                    <tr>
                        <th scope="col">{text.product().day}</th>
                        <th scope="col" class="num">{text.product().stock_end}</th>
                        <th scope="col" class="num">{text.product().ordered}</th>
                        <th scope="col" class="num">{text.product().cancelled}</th>
                        <th scope="col" class="num">{text.product().revenue}</th>
                        <th scope="col" class="num">{text.orders().price}</th>
                        <th scope="col">{text.ordering().marks}</th>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}
