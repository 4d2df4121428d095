//! Revenue and orders (bars) and stock (area) of the whole shop on one axis of days, drawn by the server.

use crate::{
    chart,
    components::day_plane::{DayMarks, DayPlane, grid, middle},
    state::use_text,
    text::{Text, date, number},
};
use domain::today::ShopDay;
use leptos::prelude::*;
use std::sync::Arc;

/// The chart.
#[component]
pub fn PeriodChart(
    /// Day by day, oldest first, at least one.
    days: Arc<Vec<ShopDay>>,
    /// The currency of revenue.
    currency: String,
) -> impl IntoView {
    let text = use_text();
    let count = days.len();
    let label = days.first().zip(days.last()).map(|(first, last)| {
        (text.today().analytics.chart_label)(&text.day(first.day), &text.day(last.day))
    });
    let spoken = {
        let (days, currency) = (Arc::clone(&days), currency.clone());
        move |index: usize| days.get(index).map(|day| in_words(text, day, &currency))
    };
    let tip = {
        let (days, currency) = (Arc::clone(&days), currency.clone());
        move |index: usize| {
            let (day, currency) = (*days.get(index)?, currency.clone());
            Some(view! { <Tip day=day index=index count=count currency=currency /> }.into_any())
        }
    };
    let dates = days.iter().map(|day| day.day).collect::<Vec<_>>();
    let (revenue, money) = money(text, &days, &currency);
    let ordered: Vec<_> = days.iter().map(|day| day.ordered).collect();
    let words = &text.today().analytics;
    let pieces = |name: &str| format!("{name}, {}", text.today().short_pieces);
    view! {
        <DayPlane count=count label=label words=Callback::new(spoken) tip=Callback::new(tip)>
            <Bars name=money values=revenue kind="revenue" />
            <Bars name=pieces(words.ordered) values=ordered kind="orders" />
            <Stock name=pieces(words.stock_end) days=Arc::clone(&days) />
            <DayMarks dates=dates />
        </DayPlane>
    }
    .into_any()
}

/// Revenue in a unit whose numbers fit beside the axis, and its name.
fn money(text: &Text, days: &[ShopDay], currency: &str) -> (Vec<i64>, String) {
    let words = &text.today().analytics;
    let most = days.iter().map(|day| day.revenue_minor / 100).max().unwrap_or(0);
    let (scale, unit) = match most {
        ..10_000 => (1, ""),
        10_000..10_000_000 => (1_000, words.thousands),
        _ => (1_000_000, words.millions),
    };
    let values = days.iter().map(|day| day.revenue_minor / 100 / scale).collect();
    let space = if unit.is_empty() { "" } else { "\u{a0}" };
    (values, format!("{}, {unit}{space}{}", words.revenue, number::sign(currency)))
}

fn in_words(text: &Text, day: &ShopDay, currency: &str) -> String {
    let words = &text.today().analytics;
    let stock = day.stock.map_or_else(|| text.common().unknown.to_owned(), |stock| text.int(stock));
    format!(
        "{}: {} {}, {} {}, {} {}",
        date::weekday(text.locale, day.day),
        words.revenue,
        number::money(text.locale, day.revenue_minor, currency),
        words.ordered,
        text.int(day.ordered),
        words.stock_end,
        stock
    )
}

#[component]
fn Bars(name: String, values: Vec<i64>, kind: &'static str) -> impl IntoView {
    let text = use_text();
    let ticks = chart::ticks(values.iter().copied().max().unwrap_or(0), 2);
    let bars = values
        .iter()
        .enumerate()
        .filter(|(_, value)| **value > 0)
        .map(|(i, value)| format!("M{i}.15 100h.7v-{:.1}h-.7Z", ticks.height(*value)))
        .collect::<String>();
    view! {
        <div class=format!("chart-panel orders {kind}")>
            <p class="chart-name">
                <span class=format!("key-{kind}")></span>
                {name}
            </p>
            <div class="chart-body">
                {grid(text, &ticks)}
                <svg viewBox=format!("0 0 {} 100", values.len()) preserveAspectRatio="none">
                    <path class=format!("chart-bars {kind}") d=bars />
                </svg>
            </div>
        </div>
    }
    .into_any()
}

#[component]
fn Stock(name: String, days: Arc<Vec<ShopDay>>) -> impl IntoView {
    let text = use_text();
    let stock: Vec<_> = days.iter().map(|day| day.stock).collect();
    let ticks = chart::ticks(stock.iter().flatten().copied().max().unwrap_or(0), 2);
    let height = |value| ticks.height(value);
    view! {
        <div class="chart-panel orders">
            <p class="chart-name">
                <span class="key-stock"></span>
                {name}
            </p>
            <div class="chart-body">
                {grid(text, &ticks)}
                <svg viewBox=format!("0 0 {} 100", days.len()) preserveAspectRatio="none">
                    <path class="chart-area" d=chart::area(&stock, height) />
                    <path class="chart-stroke" d=chart::line(&stock, height) />
                </svg>
            </div>
        </div>
    }
    .into_any()
}

/// The crosshair and the day's numbers.
#[component]
fn Tip(day: ShopDay, index: usize, count: usize, currency: String) -> impl IntoView {
    let text = use_text();
    let words = &text.today().analytics;
    let at = middle(index, count);
    let side = if at > 55.0 { "chart-tip before" } else { "chart-tip" };
    let row = |label: &'static str, value: String| {
        view! {
            <span>{label}</span>
            <b class="num">{value}</b>
        }
    };
    let stock = day.stock.map_or_else(|| "—".to_owned(), |stock| text.int(stock));
    view! {
        <div class="chart-cursor" style=format!("inset-inline-start:{at:.2}%")>
            <div class=side>
                <strong>{date::weekday(text.locale, day.day)}</strong>
                {row(words.revenue, number::money(text.locale, day.revenue_minor, &currency))}
                {row(words.ordered, text.int(day.ordered))}
                {row(words.cancelled, text.int(day.cancelled))}
                {row(words.stock_end, stock)}
            </div>
        </div>
    }
    .into_any()
}
