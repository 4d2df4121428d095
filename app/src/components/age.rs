//! How old a number is; older than a day gets a clock.

use super::icon::Icon;
use crate::state::{use_now, use_text};
use chrono::{DateTime, TimeDelta, Utc};
use leptos::prelude::*;

/// `12 мин назад`, the exact moment on hover and focus.
#[component]
pub fn Age(
    /// The moment.
    at: DateTime<Utc>,
) -> impl IntoView {
    let (text, now) = (use_text(), use_now());
    let exact = format!("{}, {}", text.moment(at), text.common().moscow_time);
    let is_stale = move || now.try_get().is_some_and(|now| now - at > TimeDelta::hours(26));
    view! {
        <time class="age" class:stale=is_stale datetime=crate::text::date::iso(at) title=exact>
            {move || is_stale().then(|| Icon::Clock.draw())}
            {move || now.try_get().map(|now| text.age(at, now))}
        </time>
    }
    .into_any()
}
