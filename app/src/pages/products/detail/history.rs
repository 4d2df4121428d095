//! The product over time: the period in the address, the one before it behind, events, and the days as a table.

use super::{
    query::{Query, RANGES},
    sums::{PeriodSums, Sums},
};
use crate::{
    api,
    chart::{self, Mark},
    components::{
        alert::{Alert, Tone},
        failure::FailureView,
        history_chart::{HistoryChart, mark_words, price},
        quantity::Quantity,
    },
    state::{renew, use_progress, use_text},
    text::{Text, date, number},
};
use domain::product::{EditKind, ProductDay, ProductEdit, ProductHistory};
use leptos::prelude::*;
use std::sync::Arc;

/// The section; it reads its own data.
#[component]
pub fn History(
    /// What the address asks for.
    query: Memo<Query>,
) -> impl IntoView {
    let history = Resource::new(move || query.get(), |query| read(query.id, query));
    renew(move || history.refetch());
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
type Found = (ProductHistory, Option<ProductHistory>);

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
    Some(Ok((history, before)))
}

#[component]
fn Section(found: Found, query: Query) -> impl IntoView {
    let text = use_text();
    let (history, before) = found;
    let currency = history.currency;
    let days = Arc::new(history.days);
    let marks = Arc::new(marks(&days, &history.synced, &history.edits));
    let (places, edits) = (Arc::new(history.places), Arc::new(history.edits));
    let refused = query.compare && before.is_none();
    let before = before.map(|before| Arc::new(before.days));
    let is_empty = days.iter().all(|day| day.stock.is_none() && day.ordered.is_none());
    let sums = (Sums::of(&days), before.as_ref().map(|before| Sums::of(before)));
    let count = days.len();
    let closer = {
        let query = query.clone();
        Callback::new(move |stretch| query.of(stretch).href())
    };
    let orders = query.id.map(|id| {
        let (first, last) = (days.first()?.day, days.last()?.day);
        Some(format!("?from={first}&to={last}&product={id}"))
    });
    let body = if is_empty {
        view! { <p class="hint">{text.product().no_history}</p> }.into_any()
    } else {
        view! {
            <HistoryChart
                days=Arc::clone(&days)
                before=before
                marks=Arc::clone(&marks)
                places=places
                closer=closer
                currency=currency.clone()
            />
            <p class="hint chart-hint">{text.timeline().brush_hint}</p>
            <PeriodSums now=sums.0 before=sums.1 days=count currency=currency.clone() />
            <details class="day-table">
                <summary>{text.product().as_table}</summary>
                <DayTable days=Arc::clone(&days) marks=marks edits=edits currency=currency />
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
    let wider = days.last().and_then(|last| query.wider(last.day)).map(|query| query.href());
    let wider =
        wider.map(|href| view! { <a class="quiet-link" href=href>{text.timeline().wider}</a> });
    let dates = view! { <Dates query=query.clone() days=Arc::clone(&days) /> };
    let compare = Query { compare: !query.compare, ..query.clone() }.href();
    let compare_words = if query.compare { words.no_compare } else { words.compare };
    view! {
        <nav class="switch" aria-label=text.product().range>{ranges}</nav>
        <div class="period">
            {steps} {wider} <a class="quiet-link" href=compare>{compare_words}</a>
        </div>
        {dates}
    }
    .into_any()
}

/// Any period by its two dates: what drawing over the chart does, without drawing.
#[component]
fn Dates(query: Query, days: Arc<Vec<ProductDay>>) -> impl IntoView {
    let text = use_text();
    let words = text.timeline();
    let action = Query { id: query.id, days: 90, ..Query::default() }.href();
    let of = |day: Option<&ProductDay>| day.map(|day| day.day.to_string());
    let hidden = |name: &'static str, value: Option<String>| {
        value.map(|value| view! { <input type="hidden" name=name value=value /> })
    };
    view! {
        <form class="period-dates" action=action>
            <label>
                <span>{words.from}</span>
                <input type="date" name="from" value=of(days.first()) required />
            </label>
            <label>
                <span>{words.until}</span>
                <input type="date" name="until" value=of(days.last()) required />
            </label>
            {hidden("compare", query.compare.then(|| "1".to_owned()))}
            {hidden("at", query.at)}
            <button class="button">{words.show}</button>
        </form>
    }
    .into_any()
}

/// What happened on which day, in the order of the days.
fn marks(
    days: &[ProductDay],
    synced: &[chrono::NaiveDate],
    edits: &[ProductEdit],
) -> Vec<(usize, Mark)> {
    let at = |day: &chrono::NaiveDate| days.binary_search_by_key(day, |row| row.day).ok();
    let mut marks = chart::turns(days);
    marks.extend(synced.iter().filter_map(|day| Some((at(day)?, Mark::Synced))));
    marks.extend(edits.iter().filter_map(|edit| {
        let mark = if edit.kind == EditKind::NoteAdded { Mark::Noted } else { Mark::Edited };
        Some((at(&edit.day)?, mark))
    }));
    marks.sort_unstable();
    marks.dedup();
    marks
}

/// An edit as it is told: what of what.
fn edit_words(text: &Text, edit: &ProductEdit) -> String {
    let words = text.timeline();
    let fields: Vec<_> = edit.fields.iter().filter_map(|field| (words.term)(field)).collect();
    let what = (words.edit)(edit.kind);
    if fields.is_empty() { what.to_owned() } else { format!("{what} ({})", fields.join(", ")) }
}

/// The chart's days as a table: for screen readers and for copying.
#[component]
fn DayTable(
    days: Arc<Vec<ProductDay>>,
    marks: Arc<Vec<(usize, Mark)>>,
    edits: Arc<Vec<ProductEdit>>,
    currency: String,
) -> impl IntoView {
    let text = use_text();
    let reason = text.common().unknown;
    let rows = days.iter().enumerate().rev().map(|(index, day)| {
        let money = |minor| number::money(text.locale, minor, &currency);
        let revenue = day.revenue_minor.map(money);
        let paid = price(day).map(money);
        let listed = day.listed_minor.map(money);
        let is_edit = |mark: &Mark| matches!(mark, Mark::Edited | Mark::Noted);
        let of_day = marks.iter().filter(|(at, mark)| *at == index && !is_edit(mark));
        let told = of_day.map(|(_, mark)| mark_words(text, *mark, &currency));
        let edits = edits.iter().filter(|edit| edit.day == day.day);
        let told = told.chain(edits.map(|edit| edit_words(text, edit)));
        let happened: Vec<String> = told.collect();
        view! {
            <tr>
                <th scope="row">{date::full(text.locale, day.day)}</th>
                <td class="num"><Quantity value=day.stock reason=reason /></td>
                <td class="num"><Quantity value=day.ordered reason=reason /></td>
                <td class="num"><Quantity value=day.cancelled reason=reason /></td>
                <td class="num"><Quantity value=day.returned reason=reason /></td>
                <td class="num">{revenue}</td>
                <td class="num">{paid}</td>
                <td class="num">{listed}</td>
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
                        <th scope="col" class="num">{text.timeline().returned}</th>
                        <th scope="col" class="num">{text.product().revenue}</th>
                        <th scope="col" class="num">{text.timeline().paid}</th>
                        <th scope="col" class="num">{text.timeline().listed}</th>
                        <th scope="col">{text.ordering().marks}</th>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}
