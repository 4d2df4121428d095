//! Revenue and orders (bars) and stock (area) of the whole shop on one axis of days, drawn by the server.
//!
//! In the browser a crosshair follows the pointer or the arrow keys; for screen readers the chart is then a slider
//! over the days whose value is that day in words.

use crate::{
    chart::{self, Ticks},
    state::{use_hydrated, use_text},
    text::{Text, date, number},
};
use domain::today::ShopDay;
use leptos::{ev, prelude::*};
use std::sync::Arc;
use wasm_bindgen::JsCast;

/// The chart.
#[component]
pub fn PeriodChart(
    /// Day by day, oldest first, at least one.
    days: Arc<Vec<ShopDay>>,
    /// The currency of revenue.
    currency: String,
) -> impl IntoView {
    let (text, hydrated) = (use_text(), use_hydrated());
    let count = days.len();
    let last = count.saturating_sub(1);
    let picked = RwSignal::new(None::<usize>);
    let label = days.first().zip(days.last()).map(|(first, last)| {
        (text.today().analytics.chart_label)(&text.day(first.day), &text.day(last.day))
    });
    let on_key = move |event: ev::KeyboardEvent| {
        let from = picked.get_untracked().unwrap_or(last);
        let to = match event.key().as_str() {
            "ArrowLeft" => from.saturating_sub(1),
            "ArrowRight" => (from + 1).min(last),
            "PageUp" => from.saturating_sub(7),
            "PageDown" => (from + 7).min(last),
            "Home" => 0,
            "End" => last,
            "Escape" => return picked.set(None),
            _ => return,
        };
        event.prevent_default();
        picked.set(Some(to));
    };
    let spoken = {
        let (days, currency) = (Arc::clone(&days), currency.clone());
        move || {
            let day = days.get(picked.get().unwrap_or(last))?;
            hydrated.get().then(|| in_words(text, day, &currency))
        }
    };
    let tip = {
        let (days, currency) = (Arc::clone(&days), currency.clone());
        move || {
            let index = picked.get()?;
            let day = *days.get(index)?;
            Some(view! { <Tip day=day index=index count=count currency=currency.clone() /> })
        }
    };
    let (revenue, money) = money(text, &days, &currency);
    let ordered: Vec<_> = days.iter().map(|day| day.ordered).collect();
    let words = &text.today().analytics;
    let pieces = |name: &str| format!("{name}, {}", text.today().short_pieces);
    view! {
        <div
            class="chart"
            tabindex="0"
            role=move || if hydrated.get() { "slider" } else { "img" }
            aria-label=label
            aria-valuemin=move || hydrated.get().then_some(0)
            aria-valuemax=move || hydrated.get().then_some(last)
            aria-valuenow=move || hydrated.get().then(|| picked.get().unwrap_or(last))
            aria-valuetext=spoken
            on:keydown=on_key
            on:blur=move |_| picked.set(None)
        >
            <Bars name=money values=revenue kind="revenue" />
            <Bars name=pieces(words.ordered) values=ordered kind="orders" />
            <Stock name=pieces(words.stock_end) days=Arc::clone(&days) />
            <Days days=Arc::clone(&days) />
            <div
                class="chart-plane"
                on:pointermove=move |event| picked.set(day_under(&event, count))
                on:pointerdown=move |event| picked.set(day_under(&event, count))
                on:pointerleave=move |_| picked.set(None)
            >
                {tip}
            </div>
        </div>
    }
    .into_any()
}

/// The day below the pointer.
fn day_under(event: &ev::PointerEvent, count: usize) -> Option<usize> {
    let plane = event.current_target()?.dyn_into::<web_sys::Element>().ok()?;
    let plane = plane.get_bounding_client_rect();
    let share = (f64::from(event.client_x()) - plane.left()) / plane.width().max(1.0);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "a share of at most some hundred days"
    )]
    let index = (share.clamp(0.0, 0.9999) * count as f64) as usize;
    Some(index)
}

/// The middle of a day in per cent of the width.
#[expect(clippy::cast_precision_loss, reason = "at most some hundred days")]
fn middle(index: usize, count: usize) -> f64 {
    (index as f64 + 0.5) * 100.0 / count.max(1) as f64
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
    (values, format!("{}, {unit}{space}{}", words.revenue, sign(currency)))
}

/// The currency as it stands behind a number.
fn sign(currency: &str) -> &str {
    if currency == "RUB" { "₽" } else { currency }
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

/// Lines across with their numbers.
fn grid(text: &'static Text, ticks: &Ticks) -> impl IntoView + use<> {
    let lines = ticks.values.iter().map(|value| {
        let bottom = format!("inset-block-end:{:.2}%", ticks.height(*value));
        view! {
            <span class="chart-line" style=bottom>
                <span>{text.int(*value)}</span>
            </span>
        }
    });
    view! { <div class="chart-grid" aria-hidden="true">{lines.collect_view()}</div> }
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

#[component]
fn Days(days: Arc<Vec<ShopDay>>) -> impl IntoView {
    let text = use_text();
    let dates: Vec<_> = days.iter().map(|day| day.day).collect();
    let marks = chart::day_marks(&dates).into_iter().filter_map(|index| {
        let left = format!("inset-inline-start:{:.2}%", middle(index, dates.len()));
        let day = *dates.get(index)?;
        Some(view! { <span style=left>{date::short(text.locale, day)}</span> })
    });
    view! { <div class="chart-days" aria-hidden="true">{marks.collect_view()}</div> }
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
