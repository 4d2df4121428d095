//! Days of cover: the number and a small bar against a month; each state has a look of its own.

use super::quantity::{Unknown, UnknownProps};
use crate::{state::use_text, text::Text, text::number};
use domain::demand::{Cover, UnknownReason};
use leptos::prelude::*;

/// The bar is full at so many days. Until lead times are known per product, a month is the measure
/// (the marketplaces' own first grade ends at 28 days).
const FULL_DAYS: i64 = 56;
const SHORT_DAYS: i64 = 14;
const MODEST_DAYS: i64 = 28;

/// The class that colours a cover; the number beside it says the same.
pub fn tone(cover: Cover) -> &'static str {
    match cover {
        Cover::OutOfStock => "risk",
        Cover::Days { tenths } if tenths < SHORT_DAYS * 10 => "risk",
        Cover::Days { tenths } if tenths < MODEST_DAYS * 10 => "warning",
        Cover::Days { .. } => "fine",
        Cover::Infinite | Cover::Unknown { .. } => "quiet",
    }
}

/// Why it can't be said.
pub fn reason(text: &Text, reason: UnknownReason) -> &'static str {
    match reason {
        UnknownReason::NoStock => text.products().never_read,
        UnknownReason::NoOrders => text.products().no_orders_read,
        UnknownReason::TooFewDaysInStock => text.products().too_few_days,
    }
}

/// The number as text: from ten days on tenths are noise.
pub fn number(text: &Text, tenths: i64) -> String {
    if tenths >= 100 { text.int((tenths + 5) / 10) } else { number::tenths(text.locale, tenths) }
}

/// "days" as it follows that number.
pub fn unit(text: &Text, tenths: i64) -> &'static str {
    match tenths {
        100.. => (text.common().days)((tenths + 5) / 10),
        _ if tenths % 10 != 0 => (text.common().days)(2),
        _ => (text.common().days)(tenths / 10),
    }
}

/// The number and its bar.
#[component]
pub fn CoverBar(
    /// The cover.
    cover: Cover,
) -> impl IntoView {
    let text = use_text();
    let share = match cover {
        Cover::Days { tenths } => (tenths * 10 / FULL_DAYS).clamp(2, 100),
        Cover::Infinite => 100,
        Cover::OutOfStock | Cover::Unknown { .. } => 0,
    };
    let words = match cover {
        Cover::Unknown { reason: why } => {
            return Unknown(UnknownProps { reason: reason(text, why) }).into_any();
        }
        Cover::Days { tenths } => view! {
            <span>
                {number(text, tenths)} <span class="cover-unit">{text.products().short_days}</span>
            </span>
        }
        .into_any(),
        Cover::Infinite => view! {
            <span tabindex="0" data-tip=text.products().never_ends>
                <span aria-hidden="true">"∞"</span>
                <span class="sr-only">{text.products().never_ends}</span>
            </span>
        }
        .into_any(),
        Cover::OutOfStock => view! {
            <span tabindex="0" data-tip=text.products().out_of_stock>
                <span aria-hidden="true">"0"</span>
                <span class="sr-only">{text.products().out_of_stock}</span>
            </span>
        }
        .into_any(),
    };
    view! {
        <span class=format!("cover {}", tone(cover))>
            {words} <span class="cover-bar" aria-hidden="true">
                <span style=format!("inline-size:{share}%")></span>
            </span>
        </span>
    }
    .into_any()
}
