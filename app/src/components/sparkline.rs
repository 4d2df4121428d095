//! Stock of 28 days in a line; days that ended without stock are shaded.

use crate::{chart, state::use_text};
use leptos::prelude::*;

/// The line.
#[component]
pub fn Sparkline(
    /// Closing stock day by day, oldest first.
    values: Vec<Option<i64>>,
) -> impl IntoView {
    let text = use_text();
    if values.iter().all(Option::is_none) {
        return view! { <span class="spark-empty" aria-hidden="true"></span> }.into_any();
    }
    let empty_days = chart::runs(&values, |day| *day == Some(0));
    let lost = empty_days.iter().map(|(_, len)| len).sum::<usize>();
    let top = values.iter().flatten().copied().max().unwrap_or(1).max(1);
    #[expect(clippy::cast_precision_loss, reason = "a drawing of 28 pixels")]
    let height = |value: i64| value as f64 * 92.0 / top as f64 + 4.0;
    let label = (text.products().trend_label)(i64::try_from(lost).unwrap_or_default());
    let out = chart::columns(&empty_days);
    view! {
        <svg
            class="spark"
            viewBox=format!("0 0 {} 100", values.len())
            preserveAspectRatio="none"
            role="img"
            aria-label=label
        >
            <path
                class="spark-out"
                d=out
            />
            <path class="spark-area" d=chart::area(&values, height) />
            <path class="spark-line" d=chart::line(&values, height) />
        </svg>
    }
    .into_any()
}
