//! What every chart of days is: one axis of days below panels that a chart draws itself.
//!
//! In the browser a crosshair follows the pointer or the arrow keys; for screen readers the chart is then a slider over
//! the days whose value is that day in words.

use crate::{
    chart::{self, Ticks},
    state::{use_hydrated, use_text},
    text::{Text, date},
};
use chrono::NaiveDate;
use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;

/// The chart around its panels.
#[component]
pub fn DayPlane(
    /// How many days there are, at least one.
    count: usize,
    /// What the chart is called.
    label: Option<String>,
    /// A day in words, by its index.
    words: Callback<usize, Option<String>>,
    /// The crosshair of a day, by its index.
    tip: Callback<usize, Option<AnyView>>,
    /// The panels and the axis.
    children: Children,
) -> impl IntoView {
    let hydrated = use_hydrated();
    let last = count.saturating_sub(1);
    let picked = RwSignal::new(None::<usize>);
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
    let now = move || picked.get().unwrap_or(last);
    let spoken = move || if hydrated.get() { words.run(now()) } else { None };
    view! {
        <div
            class="chart"
            tabindex="0"
            role=move || if hydrated.get() { "slider" } else { "img" }
            aria-label=label
            aria-valuemin=move || hydrated.get().then_some(0)
            aria-valuemax=move || hydrated.get().then_some(last)
            aria-valuenow=move || hydrated.get().then(now)
            aria-valuetext=spoken
            on:keydown=on_key
            on:blur=move |_| picked.set(None)
        >
            {children()}
            <div
                class="chart-plane"
                on:pointermove=move |event| picked.set(day_under(&event, count))
                on:pointerdown=move |event| picked.set(day_under(&event, count))
                on:pointerleave=move |_| picked.set(None)
            >
                {move || picked.get().and_then(|index| tip.run(index))}
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
pub fn middle(index: usize, count: usize) -> f64 {
    (index as f64 + 0.5) * 100.0 / count.max(1) as f64
}

/// Lines across with their numbers.
pub fn grid(text: &'static Text, ticks: &Ticks) -> impl IntoView + use<> {
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

/// The dates below the panels.
#[component]
pub fn DayMarks(
    /// The days, oldest first.
    dates: Vec<NaiveDate>,
) -> impl IntoView {
    let text = use_text();
    let marks = chart::day_marks(&dates).into_iter().filter_map(|index| {
        let left = format!("inset-inline-start:{:.2}%", middle(index, dates.len()));
        let day = *dates.get(index)?;
        Some(view! { <span style=left>{date::short(text.locale, day)}</span> })
    });
    view! { <div class="chart-days" aria-hidden="true">{marks.collect_view()}</div> }
}
