//! What every chart of days is: one axis of days below panels that a chart draws itself.
//!
//! In the browser a crosshair follows the pointer or the arrow keys; for screen readers the chart is then a slider over
//! the days whose value is that day in words. A chart that can be looked at closer lets a stretch of days be chosen, by
//! drawing over it or with shift and the arrow keys; where that leads is an address.

use crate::{
    chart::{self, Ticks},
    state::{use_hydrated, use_text},
    text::{Text, date},
};
use chrono::NaiveDate;
use leptos::{ev, prelude::*};
use leptos_router::hooks::use_navigate;
use wasm_bindgen::JsCast;

/// A stretch of days: the indexes of its first and its last.
pub type Stretch = (usize, usize);

/// Where a chosen stretch leads, and how it is called.
#[derive(Clone, Copy)]
pub struct Zoom {
    /// The address of the stretch alone.
    pub href: Callback<Stretch, Option<String>>,
    /// The link to it in words.
    pub name: Callback<Stretch, Option<String>>,
    /// The stretch in words, for who hears it.
    pub spoken: Callback<Stretch, Option<String>>,
}

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
    /// What can be looked at closer.
    #[prop(optional)]
    zoom: Option<Zoom>,
    /// The panels and the axis.
    children: Children,
) -> impl IntoView {
    let hydrated = use_hydrated();
    let navigate = use_navigate();
    let last = count.saturating_sub(1);
    let picked = RwSignal::new(None::<usize>);
    // Where a choice began, and whether the pointer still draws.
    let (anchor, drawing) = (RwSignal::new(None::<usize>), RwSignal::new(false));
    // Another chart in its place takes the keyboard from this one, which is no more and hears of it all the same.
    let chosen = move || {
        let (from, to) = anchor.try_get().flatten().zip(picked.try_get().flatten())?;
        (from != to).then(|| (from.min(to), from.max(to)))
    };
    let forget = move || {
        anchor.set(None);
        drawing.set(false);
    };
    let open = move |stretch: Stretch| {
        if let Some(href) = zoom.and_then(|zoom| zoom.href.run(stretch)) {
            navigate(&href, leptos_router::NavigateOptions { scroll: false, ..Default::default() });
        }
    };
    let on_key = {
        let open = open.clone();
        move |event: ev::KeyboardEvent| {
            let from = picked.get_untracked().unwrap_or(last);
            let to = match event.key().as_str() {
                "ArrowLeft" => from.saturating_sub(1),
                "ArrowRight" => (from + 1).min(last),
                "PageUp" => from.saturating_sub(7),
                "PageDown" => (from + 7).min(last),
                "Home" => 0,
                "End" => last,
                "Enter" => {
                    if let Some(stretch) = untrack(chosen) {
                        event.prevent_default();
                        open(stretch);
                    }
                    return;
                }
                "Escape" => {
                    forget();
                    return picked.set(None);
                }
                _ => return,
            };
            event.prevent_default();
            if !event.shift_key() || zoom.is_none() {
                anchor.set(None);
            } else if anchor.get_untracked().is_none() {
                anchor.set(Some(from));
            }
            picked.set(Some(to));
        }
    };
    let on_down = move |event: ev::PointerEvent| {
        let day = day_under(&event, count);
        picked.set(day);
        if zoom.is_some() && event.button() == 0 {
            anchor.set(day);
            drawing.set(true);
            // The stretch may be drawn past the edge.
            if let Some(plane) = plane_of(&event) {
                drop(plane.set_pointer_capture(event.pointer_id()));
            }
        }
    };
    let on_move = move |event: ev::PointerEvent| {
        // What was chosen stays, until something else is.
        if drawing.get_untracked() || untrack(chosen).is_none() {
            picked.set(day_under(&event, count));
        }
    };
    let on_up = move |event: ev::PointerEvent| {
        if !drawing.get_untracked() {
            return;
        }
        drawing.set(false);
        match untrack(chosen) {
            // A finger draws worse than a mouse: it follows the link when it likes what is marked.
            Some(stretch) if event.pointer_type() == "mouse" => open(stretch),
            Some(_) => {}
            None => anchor.set(None),
        }
    };
    let on_leave = move |_| {
        if !drawing.get_untracked() && untrack(chosen).is_none() {
            picked.set(None);
        }
    };
    let now = move || picked.get().unwrap_or(last);
    let spoken = move || {
        if !hydrated.get() {
            return None;
        }
        let stretch = zoom.zip(chosen()).and_then(|(zoom, stretch)| zoom.spoken.run(stretch));
        stretch.or_else(|| words.run(now()))
    };
    let marked = move || chosen().map(|stretch| view! { <Marked stretch=stretch count=count /> });
    let link = move || {
        let (zoom, stretch) = zoom.zip(chosen())?;
        let (href, name) = (zoom.href.run(stretch)?, zoom.name.run(stretch)?);
        Some(view! { <a class="chart-zoom" href=href>{name}</a> })
    };
    view! {
        <div class="chart-frame">
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
                on:blur=move |_| {
                    if untrack(chosen).is_none() {
                        picked.try_set(None);
                    }
                }
            >
                {children()}
                <div
                    class="chart-plane"
                    on:pointermove=on_move
                    on:pointerdown=on_down
                    on:pointerup=on_up
                    on:pointercancel=move |_| forget()
                    on:pointerleave=on_leave
                >
                    {marked}
                    {move || picked.get().and_then(|index| tip.run(index))}
                </div>
            </div>
            {link}
        </div>
    }
    .into_any()
}

/// The chosen days.
#[component]
fn Marked(stretch: Stretch, count: usize) -> impl IntoView {
    let half = middle(0, count);
    let (from, to) = (middle(stretch.0, count) - half, middle(stretch.1, count) + half);
    let style = format!("inset-inline-start:{from:.2}%;inline-size:{:.2}%", to - from);
    view! { <div class="chart-range" style=style></div> }
}

fn plane_of(event: &ev::PointerEvent) -> Option<web_sys::Element> {
    event.current_target()?.dyn_into::<web_sys::Element>().ok()
}

/// The day below the pointer.
fn day_under(event: &ev::PointerEvent, count: usize) -> Option<usize> {
    let plane = plane_of(event)?.get_bounding_client_rect();
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
