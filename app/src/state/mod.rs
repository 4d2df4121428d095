//! What pages share: language and theme, the clock, the session, the message of a form.
//!
//! Each is provided once by [`crate::App`] or the frame and read through its `use_*` function.

pub mod clock;
pub mod flash;
pub mod hydrated;
pub mod live;
pub mod preferences;
pub mod progress;
pub mod session;

pub use clock::use_now;
pub use flash::use_flash;
pub use hydrated::use_hydrated;
pub use live::{renew, use_live};
pub use preferences::use_text;
pub use progress::use_progress;
pub use session::use_frame;

/// The path of the page being rendered; empty in the browser, which has no need of it.
pub fn page_path() -> String {
    #[cfg(feature = "ssr")]
    if let Some(parts) = leptos::prelude::use_context::<http::request::Parts>() {
        return parts.uri.path().to_owned();
    }
    String::new()
}

/// Gives the page a status of its own (404, 503); in the browser there is none to give.
pub fn set_page_status(status: u16) {
    #[cfg(feature = "ssr")]
    if let Some(options) = leptos::prelude::use_context::<leptos_axum::ResponseOptions>()
        && let Ok(status) = http::StatusCode::from_u16(status)
    {
        options.set_status(status);
    }
    #[cfg(not(feature = "ssr"))]
    let _ = status;
}
