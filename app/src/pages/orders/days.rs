//! What the filter adds up to: one line, and a bar and a row for each day.

use crate::{
    state::use_text,
    text::{date, number},
};
use domain::order::{OrderDay, OrderDays};
use leptos::prelude::*;
use std::collections::BTreeMap;

/// The sums.
#[component]
pub fn Days(
    /// The days.
    days: OrderDays,
) -> impl IntoView {
    let text = use_text();
    let words = text.orders();
    if days.days.is_empty() {
        return ().into_any();
    }
    let (ordered, cancelled) = days
        .days
        .iter()
        .fold((0, 0), |(ordered, gone), day| (ordered + day.ordered, gone + day.cancelled));
    let mut money: BTreeMap<&str, i64> = BTreeMap::new();
    for day in &days.days {
        *money.entry(&day.currency).or_default() += day.revenue_minor;
    }
    let money: Vec<String> = money
        .into_iter()
        .map(|(currency, minor)| number::money(text.locale, minor, currency))
        .collect();
    let units = format!("{}\u{a0}{}", text.int(ordered), (words.units)(ordered));
    let sum = (words.sum)(&units, &money.join(" + "), &text.int(cancelled));
    view! {
        <p class="order-sum">{sum}</p>
        <Bars days=days.clone() />
        <details class="day-table">
            <summary>{words.by_day}</summary>
            <DayTable days=days.days />
        </details>
    }
    .into_any()
}

/// A bar a day; the table below says the same in numbers.
#[component]
fn Bars(days: OrderDays) -> impl IntoView {
    let text = use_text();
    let mut by_day: BTreeMap<chrono::NaiveDate, i64> = BTreeMap::new();
    for day in &days.days {
        *by_day.entry(day.day).or_default() += day.ordered;
    }
    let top = by_day.values().copied().max().unwrap_or(1).max(1);
    let (from, to) = (days.from, days.to);
    let bars = from.iter_days().take_while(move |day| *day <= to).map(|day| {
        let units = by_day.get(&day).copied().unwrap_or_default();
        let title = format!("{}: {}", date::weekday(text.locale, day), text.int(units));
        view! {
            <span title=title>
                <span style=format!("block-size:{}%", units * 100 / top)></span>
            </span>
        }
    });
    let ends = (text.ordering().period)(&text.day(from), &text.day(to));
    view! {
        <div class="order-bars" aria-hidden="true">{bars.collect_view()}</div>
        <p class="order-ends sub">{ends}</p>
    }
    .into_any()
}

#[component]
fn DayTable(days: Vec<OrderDay>) -> impl IntoView {
    let text = use_text();
    let words = text.orders();
    let rows = days.into_iter().map(|day| {
        let money = number::money(text.locale, day.revenue_minor, &day.currency);
        view! {
            <tr>
                <th scope="row">{date::full(text.locale, day.day)}</th>
                <td class="num">{text.int(day.ordered)}</td>
                <td class="num">{money}</td>
                <td class="num">{text.int(day.cancelled)}</td>
            </tr>
        }
    });
    view! {
        <div class="table-wrap" tabindex="0">
            <table class="small">
                <thead>
                    <tr>
                        <th scope="col">{words.day}</th>
                        <th scope="col" class="num">{words.ordered}</th>
                        <th scope="col" class="num">{words.revenue}</th>
                        <th scope="col" class="num">{words.cancelled}</th>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}
