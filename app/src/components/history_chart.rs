//! Stock (area), orders (bars), the price that was paid (line) and what happened (marks) of a product on one time axis,
//! drawn by the server; the period before it behind them, as a dashed line.

use crate::{
    chart::{self, Mark},
    components::day_plane::{DayMarks, DayPlane, grid, middle},
    state::use_text,
    text::{Text, date, number},
};
use domain::product::ProductDay;
use leptos::prelude::*;
use std::sync::Arc;

/// The chart.
#[component]
pub fn HistoryChart(
    /// Day by day, oldest first, at least one.
    days: Arc<Vec<ProductDay>>,
    /// As many days before them, to compare with.
    before: Option<Arc<Vec<ProductDay>>>,
    /// What happened: the index of the day and what, in the order of the days.
    marks: Arc<Vec<(usize, Mark)>>,
    /// In which the prices are.
    currency: String,
) -> impl IntoView {
    let text = use_text();
    let count = days.len();
    let ends = days.first().zip(days.last());
    let label = ends.map(|(first, last)| {
        (text.product().chart_label)(&text.day(first.day), &text.day(last.day))
    });
    let spoken = {
        let days = Arc::clone(&days);
        move |index: usize| days.get(index).map(|day| in_words(text, day))
    };
    let tip = {
        let (days, before) = (Arc::clone(&days), before.clone());
        let (marks, currency) = (Arc::clone(&marks), currency.clone());
        move |index: usize| {
            let day = *days.get(index)?;
            let of_day = marks.iter().filter(|(at, _)| *at == index).map(|(_, mark)| *mark);
            let happened = of_day.map(|mark| mark_words(text, mark)).collect::<Vec<_>>().join(", ");
            let then = before.as_ref().and_then(|before| before.get(index).copied());
            let currency = currency.clone();
            let tip = view! {
                <Tip day=day before=then happened=happened currency=currency index=index count=count />
            };
            Some(tip.into_any())
        }
    };
    let dates = days.iter().map(|day| day.day).collect::<Vec<_>>();
    view! {
        <DayPlane count=count label=label words=Callback::new(spoken) tip=Callback::new(tip)>
            <StockPanel days=Arc::clone(&days) before=before.clone() />
            <MarksRow marks=Arc::clone(&marks) count=count />
            <OrdersPanel days=Arc::clone(&days) before=before.clone() />
            <PricePanel days=Arc::clone(&days) currency=currency />
            <DayMarks dates=dates />
        </DayPlane>
    }
    .into_any()
}

fn in_words(text: &Text, day: &ProductDay) -> String {
    let number = |value: Option<i64>| {
        value.map_or_else(|| text.common().unknown.to_owned(), |value| text.int(value))
    };
    format!(
        "{}: {} {}, {} {}",
        date::weekday(text.locale, day.day),
        text.product().stock,
        number(day.stock),
        text.product().ordered,
        number(day.ordered)
    )
}

/// What a mark stands for.
pub fn mark_words(text: &'static Text, mark: Mark) -> &'static str {
    match mark {
        Mark::RanOut => text.ordering().ran_out,
        Mark::CameIn => text.ordering().came_in,
        Mark::Noted => text.ordering().noted,
        Mark::Synced => text.ordering().synced,
    }
}

/// A shape a mark, between stock and orders; the table of the days names them.
#[component]
fn MarksRow(marks: Arc<Vec<(usize, Mark)>>, count: usize) -> impl IntoView {
    let class = |mark: Mark| match mark {
        Mark::RanOut => "mark out",
        Mark::CameIn => "mark in",
        Mark::Noted => "mark note",
        Mark::Synced => "mark read",
    };
    let shapes = marks.iter().map(|(index, mark)| {
        let left = format!("inset-inline-start:{:.2}%", middle(*index, count));
        view! { <span class=class(*mark) style=left></span> }
    });
    view! { <div class="chart-marks" aria-hidden="true">{shapes.collect_view()}</div> }
}

/// What the buyers paid on average, day by day; nothing where nothing was ordered.
#[component]
fn PricePanel(days: Arc<Vec<ProductDay>>, currency: String) -> impl IntoView {
    let text = use_text();
    let prices: Vec<Option<i64>> = days.iter().map(price).collect();
    let Some(top) = prices.iter().flatten().copied().max() else { return ().into_any() };
    let ticks = chart::ticks(top / 100, 2);
    let height = |minor: i64| ticks.height(minor) / 100.0;
    view! {
        <div class="chart-panel price">
            <p class="chart-name">
                <span class="key-price"></span>
                {text.ordering().price}
                ", "
                {number::sign(&currency).to_owned()}
            </p>
            <div class="chart-body">
                {grid(text, &ticks)}
                <svg viewBox=format!("0 0 {} 100", days.len()) preserveAspectRatio="none">
                    <path class="chart-price" d=chart::line(&prices, height) />
                </svg>
            </div>
        </div>
    }
    .into_any()
}

/// The average price of a day's orders, minor units.
pub fn price(day: &ProductDay) -> Option<i64> {
    let units = day.ordered.filter(|units| *units > 0)?;
    Some(day.revenue_minor? / units)
}

#[component]
fn StockPanel(days: Arc<Vec<ProductDay>>, before: Option<Arc<Vec<ProductDay>>>) -> impl IntoView {
    let text = use_text();
    let stock: Vec<_> = days.iter().map(|day| day.stock).collect();
    let then: Vec<_> = before.iter().flat_map(|days| days.iter().map(|day| day.stock)).collect();
    let top = stock.iter().chain(&then).flatten().copied().max().unwrap_or(0);
    let ticks = chart::ticks(top, 4);
    let height = |value| ticks.height(value);
    let out = chart::columns(&chart::runs(&stock, |day| *day == Some(0)));
    view! {
        <div class="chart-panel stock">
            <p class="chart-name">
                <span class="key-stock"></span>
                {text.product().stock_end}
                ", "
                {text.products().units}
                {(!out.is_empty())
                    .then(|| view! { <span class="key-out"></span> {text.product().out_days} })}
                {before
                    .is_some()
                    .then(|| view! { <span class="key-before"></span> {text.ordering().before} })}
            </p>
            <div class="chart-body">
                {grid(text, &ticks)}
                <svg viewBox=format!("0 0 {} 100", days.len()) preserveAspectRatio="none">
                    <path class="chart-out" d=out />
                    <path class="chart-area" d=chart::area(&stock, height) />
                    <path class="chart-before" d=chart::line(&then, height) />
                    <path class="chart-stroke" d=chart::line(&stock, height) />
                </svg>
            </div>
        </div>
    }
    .into_any()
}

#[component]
fn OrdersPanel(days: Arc<Vec<ProductDay>>, before: Option<Arc<Vec<ProductDay>>>) -> impl IntoView {
    let text = use_text();
    let then: Vec<_> = before.iter().flat_map(|days| days.iter().map(|day| day.ordered)).collect();
    let now = days.iter().filter_map(|day| day.ordered);
    let ticks = chart::ticks(now.chain(then.iter().flatten().copied()).max().unwrap_or(0), 2);
    let line = chart::line(&then, |value| ticks.height(value));
    let bars = days
        .iter()
        .enumerate()
        .filter_map(|(i, day)| {
            let tall = ticks.height(day.ordered.filter(|units| *units > 0)?);
            Some(format!("M{i}.15 100h.7v-{tall:.1}h-.7Z"))
        })
        .collect::<String>();
    view! {
        <div class="chart-panel orders">
            <p class="chart-name">
                <span class="key-orders"></span>
                {text.product().ordered}
                ", "
                {text.products().units}
            </p>
            <div class="chart-body">
                {grid(text, &ticks)}
                <svg viewBox=format!("0 0 {} 100", days.len()) preserveAspectRatio="none">
                    <path class="chart-bars" d=bars />
                    <path class="chart-before" d=line />
                </svg>
            </div>
        </div>
    }
    .into_any()
}

/// The crosshair and the day's numbers, those of the period before beside them.
#[component]
fn Tip(
    day: ProductDay,
    before: Option<ProductDay>,
    happened: String,
    currency: String,
    index: usize,
    count: usize,
) -> impl IntoView {
    let text = use_text();
    let at = middle(index, count);
    let side = if at > 55.0 { "chart-tip before" } else { "chart-tip" };
    let said = |value: Option<i64>| value.map_or_else(|| "—".to_owned(), |value| text.int(value));
    let row = |label: &'static str, value: Option<i64>, then: Option<Option<i64>>| {
        view! {
            <span>{label}</span>
            <b class="num">
                {said(value)} {then.map(|then| view! { <i class="then">{said(then)}</i> })}
            </b>
        }
    };
    let paid = price(&day).map(|minor| number::money(text.locale, minor, &currency));
    view! {
        <div class="chart-cursor" style=format!("inset-inline-start:{at:.2}%")>
            <div class=side>
                <strong>
                    {date::weekday(text.locale, day.day)}
                    {before.map(|then| view! { <i class="then">{text.day(then.day)}</i> })}
                </strong>
                {row(text.product().stock, day.stock, before.map(|then| then.stock))}
                {row(text.product().ordered, day.ordered, before.map(|then| then.ordered))}
                {day.cancelled
                    .filter(|units| *units > 0)
                    .map(|units| row(text.product().cancelled, Some(units), None))}
                {paid.map(|paid| view! { <span>{text.orders().price}</span> <b class="num">{paid}</b> })}
                {(!happened.is_empty()).then(|| view! { <em class="happened">{happened}</em> })}
            </div>
        </div>
    }
    .into_any()
}
