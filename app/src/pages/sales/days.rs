//! What the filter adds up to: one line with its age, and a bar and a row for each day.

use crate::{
    components::age::Age,
    state::use_text,
    text::{date, number},
};
use domain::sale::{SaleDay, SaleDays, SourceAge};
use leptos::prelude::*;
use std::collections::BTreeMap;

/// The sums.
#[component]
pub fn Days(
    /// The days.
    days: SaleDays,
) -> impl IntoView {
    let text = use_text();
    let words = text.sales();
    let sources = view! { <Sources sources=days.sources.clone() /> };
    if days.days.is_empty() {
        return sources.into_any();
    }
    let total = |of: fn(&SaleDay) -> i64| days.days.iter().map(of).sum::<i64>();
    let units = |n: i64| format!("{}\u{a0}{}", text.int(n), (words.units)(n));
    let money = |of: fn(&SaleDay) -> Option<i64>| {
        let mut sums: BTreeMap<&str, i64> = BTreeMap::new();
        for day in &days.days {
            if let Some(minor) = of(day) {
                *sums.entry(&day.currency).or_default() += minor;
            }
        }
        let sums = sums.into_iter();
        let sums: Vec<String> =
            sums.map(|(currency, minor)| number::money(text.locale, minor, currency)).collect();
        (!sums.is_empty()).then(|| sums.join(" + "))
    };
    let (sold, returned) = (total(|day| day.sold), total(|day| day.returned));
    let mut parts = Vec::new();
    if sold > 0 {
        let revenue = money(|day| Some(day.sold_minor)).unwrap_or_default();
        parts.push((words.sum)(&units(sold), &revenue));
    }
    if returned > 0 {
        let refunds = money(|day| Some(day.returned_minor)).unwrap_or_default();
        parts.push((words.returned)(&units(returned), &refunds));
    }
    parts.extend(money(|day| day.payout_minor).map(|paid| (words.paid)(&paid)));
    let unpriced = total(|day| day.unpriced);
    let unpriced = (unpriced > 0).then(|| {
        view! { <p class="hint">{(words.unpriced)(unpriced)}</p> }
    });
    view! {
        <p class="order-sum">{capital(&parts.join(", "))}</p>
        {unpriced}
        {sources}
        <Bars days=days.clone() />
        <details class="day-table">
            <summary>{text.orders().by_day}</summary>
            <DayTable days=days.days />
        </details>
    }
    .into_any()
}

/// A sentence begins with a capital, whichever of its parts comes first.
fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// From which shops the numbers are, and how old they are.
#[component]
fn Sources(sources: Vec<SourceAge>) -> impl IntoView {
    let words = use_text().sales();
    let sources = sources.into_iter().map(|source| {
        let age = match source.as_of {
            Some(at) => view! { <Age at=at /> }.into_any(),
            None => words.never.into_any(),
        };
        view! { <li>{source.shop} ": " {age}</li> }
    });
    view! {
        <ul class="sources sub" aria-label=words.sources>
            {sources.collect_view()}
        </ul>
    }
    .into_any()
}

/// A bar a day, what came back below what was sold; the table below says the same in numbers.
#[component]
fn Bars(days: SaleDays) -> impl IntoView {
    let text = use_text();
    let words = text.sales();
    let mut by_day: BTreeMap<chrono::NaiveDate, (i64, i64)> = BTreeMap::new();
    for day in &days.days {
        let sums = by_day.entry(day.day).or_default();
        *sums = (sums.0 + day.sold, sums.1 + day.returned);
    }
    let top = by_day.values().map(|(sold, back)| sold + back).max().unwrap_or(1).max(1);
    let (from, to) = (days.from, days.to);
    let bars = from.iter_days().take_while(move |day| *day <= to).map(|day| {
        let (sold, back) = by_day.get(&day).copied().unwrap_or_default();
        let day = date::weekday(text.locale, day);
        let (sold_words, back_words) = (words.sold, words.returned_head);
        let title =
            format!("{day}: {sold_words} {}, {back_words} {}", text.int(sold), text.int(back));
        view! {
            <span title=title>
                <span style=format!("block-size:{}%", sold * 100 / top)></span>
                <span class="came-back" style=format!("block-size:{}%", back * 100 / top)></span>
            </span>
        }
    });
    let ends = (text.ordering().period)(&text.day(from), &text.day(to));
    view! {
        <div class="order-bars sale-bars" aria-hidden="true">{bars.collect_view()}</div>
        <p class="order-ends sub">{ends}</p>
    }
    .into_any()
}

#[component]
fn DayTable(days: Vec<SaleDay>) -> impl IntoView {
    let text = use_text();
    let words = text.sales();
    let rows = days.into_iter().map(|day| {
        let money = |minor: i64| number::money(text.locale, minor, &day.currency);
        view! {
            <tr>
                <th scope="row">{date::full(text.locale, day.day)}</th>
                <td class="num">{text.int(day.sold)}</td>
                <td class="num">{money(day.sold_minor)}</td>
                <td class="num">{text.int(day.returned)}</td>
                <td class="num">{money(day.returned_minor)}</td>
                <td class="num">{day.payout_minor.map_or_else(|| "–".to_owned(), money)}</td>
            </tr>
        }
    });
    view! {
        <div class="table-wrap" tabindex="0">
            <table class="small">
                <thead>
                    <tr>
                        <th scope="col">{text.orders().day}</th>
                        <th scope="col" class="num">{words.sold}</th>
                        <th scope="col" class="num">{words.revenue}</th>
                        <th scope="col" class="num">{words.returned_head}</th>
                        <th scope="col" class="num">{words.refunds}</th>
                        <th scope="col" class="num">{words.payout}</th>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}
