//! Stock (area) and orders (bars) of a product on one time axis, drawn by the server.
//!
//! In the browser a crosshair follows the pointer or the arrow keys; for screen readers the chart is
//! then a slider over the days whose value is that day in words.

use crate::{
    chart::{self, Ticks},
    state::{use_hydrated, use_text},
    text::{Text, date},
};
use domain::product::ProductDay;
use leptos::{ev, prelude::*};
use std::sync::Arc;
use wasm_bindgen::JsCast;

/// The chart.
#[component]
pub fn HistoryChart(
    /// Day by day, oldest first, at least one.
    days: Arc<Vec<ProductDay>>,
) -> impl IntoView {
    let (text, hydrated) = (use_text(), use_hydrated());
    let count = days.len();
    let picked = RwSignal::new(None::<usize>);
    let last = count.saturating_sub(1);
    let ends = days.first().zip(days.last());
    let label = ends.map(|(first, last)| {
        (text.product().chart_label)(&text.day(first.day), &text.day(last.day))
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
        let days = Arc::clone(&days);
        move || hydrated.get().then(|| in_words(text, &days[picked.get().unwrap_or(last)]))
    };
    let tip = {
        let days = Arc::clone(&days);
        move || {
            picked.get().map(|index| {
                view! { <Tip day=days[index] index=index count=count /> }
            })
        }
    };
    let now = move || hydrated.get().then(|| picked.get().unwrap_or(last));
    view! {
        <div
            class="chart"
            tabindex="0"
            role=move || if hydrated.get() { "slider" } else { "img" }
            aria-label=label
            aria-valuemin=move || hydrated.get().then_some(0)
            aria-valuemax=move || hydrated.get().then_some(last)
            aria-valuenow=now
            aria-valuetext=spoken
            on:keydown=on_key
            on:blur=move |_| picked.set(None)
        >
            <StockPanel days=Arc::clone(&days) />
            <OrdersPanel days=Arc::clone(&days) />
            <DayMarks days=Arc::clone(&days) />
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
fn StockPanel(days: Arc<Vec<ProductDay>>) -> impl IntoView {
    let text = use_text();
    let stock: Vec<_> = days.iter().map(|day| day.stock).collect();
    let ticks = chart::ticks(stock.iter().flatten().copied().max().unwrap_or(0), 4);
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
            </p>
            <div class="chart-body">
                {grid(text, &ticks)}
                <svg viewBox=format!("0 0 {} 100", days.len()) preserveAspectRatio="none">
                    <path class="chart-out" d=out />
                    <path class="chart-area" d=chart::area(&stock, height) />
                    <path class="chart-stroke" d=chart::line(&stock, height) />
                </svg>
            </div>
        </div>
    }
    .into_any()
}

#[component]
fn OrdersPanel(days: Arc<Vec<ProductDay>>) -> impl IntoView {
    let text = use_text();
    let ticks = chart::ticks(days.iter().filter_map(|day| day.ordered).max().unwrap_or(0), 2);
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
                </svg>
            </div>
        </div>
    }
    .into_any()
}

#[component]
fn DayMarks(days: Arc<Vec<ProductDay>>) -> impl IntoView {
    let text = use_text();
    let dates: Vec<_> = days.iter().map(|day| day.day).collect();
    let marks = chart::day_marks(&dates).into_iter().map(|index| {
        let left = format!("inset-inline-start:{:.2}%", middle(index, dates.len()));
        view! { <span style=left>{date::short(text.locale, dates[index])}</span> }
    });
    view! { <div class="chart-days" aria-hidden="true">{marks.collect_view()}</div> }
}

/// The crosshair and the day's numbers.
#[component]
fn Tip(day: ProductDay, index: usize, count: usize) -> impl IntoView {
    let text = use_text();
    let at = middle(index, count);
    let side = if at > 55.0 { "chart-tip before" } else { "chart-tip" };
    let row = |label: &'static str, value: Option<i64>| {
        let number = value.map_or_else(|| "—".to_owned(), |value| text.int(value));
        view! {
            <span>{label}</span>
            <b class="num">{number}</b>
        }
    };
    view! {
        <div class="chart-cursor" style=format!("inset-inline-start:{at:.2}%")>
            <div class=side>
                <strong>{date::weekday(text.locale, day.day)}</strong>
                {row(text.product().stock, day.stock)}
                {row(text.product().ordered, day.ordered)}
                {day.cancelled
                    .filter(|units| *units > 0)
                    .map(|units| row(text.product().cancelled, Some(units)))}
            </div>
        </div>
    }
    .into_any()
}
