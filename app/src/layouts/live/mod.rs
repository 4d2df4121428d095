//! What the frame listens to for every page, and the bar that tells of it.

mod bar;
#[cfg(any(feature = "hydrate", feature = "csr"))]
mod busy;
#[cfg(any(feature = "hydrate", feature = "csr"))]
mod listen;

pub use bar::LiveBar;

use crate::state::live::Live;

/// Begins to listen, once the page has come alive. What listens is fetched then: it is no part of the first load.
#[cfg(any(feature = "hydrate", feature = "csr"))]
pub fn begin(live: Live) {
    leptos::task::spawn_local(async move { listen::listen(live).await });
}

/// Nothing arrives by itself while a page is rendered.
#[cfg(not(any(feature = "hydrate", feature = "csr")))]
pub const fn begin(_live: Live) {}
