//! The dashboard: pages, components and the server functions they call.
//!
//! One crate for both sides: rendered by the server (`ssr`), taken over in the browser (`hydrate`), or
//! all in the browser (`csr`, for Trunk). No rule of the product lives here; what a number means is
//! said by `domain` and `planning`, what may be done by `services`.
#![recursion_limit = "512"]

pub mod api;
mod assets;
mod chart;
mod components;
mod layouts;
mod pages;
mod routes;
mod shell;
mod state;
mod text;

pub use assets::Assets;
pub use routes::App;
pub use shell::shell;
