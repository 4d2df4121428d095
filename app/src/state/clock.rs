//! "Now" for ages like "12 minutes ago": the server's moment first, so that both sides render the
//! same words, then the browser's own clock every half minute.

use chrono::{DateTime, Utc};
use leptos::prelude::*;

#[derive(Clone, Copy)]
struct Now(RwSignal<DateTime<Utc>>);

/// Starts the clock.
pub fn provide_now() {
    let now = RwSignal::new(SharedValue::new(read).into_inner());
    provide_context(Now(now));
    Effect::new(move |_| {
        let tick =
            set_interval_with_handle(move || now.set(read()), std::time::Duration::from_secs(30));
        on_cleanup(move || {
            if let Ok(tick) = tick {
                tick.clear();
            }
        });
    });
}

/// The present moment, a little coarse.
pub fn use_now() -> Signal<DateTime<Utc>> {
    use_context::<Now>().map_or_else(|| Signal::derive(read), |Now(now)| now.into())
}

#[cfg(feature = "ssr")]
fn read() -> DateTime<Utc> {
    // Outside a request (when routes are listed) nobody looks at the time.
    use_context::<services::Services>()
        .map_or(DateTime::UNIX_EPOCH, |services| services.clock.now())
}

#[cfg(not(feature = "ssr"))]
fn read() -> DateTime<Utc> {
    #[expect(clippy::cast_possible_truncation, reason = "milliseconds since 1970 fit")]
    let ms = js_sys::Date::now() as i64;
    DateTime::from_timestamp_millis(ms).unwrap_or_default()
}
