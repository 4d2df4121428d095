//! The mark: a shelf whose stock runs down, the last piece in the accent colour.

use leptos::prelude::*;

/// The mark alone.
pub fn mark() -> AnyView {
    view! {
        <svg class="logo-mark" viewBox="0 0 28 28" width="28" height="28" aria-hidden="true">
            <rect class="logo-ground" width="28" height="28" rx="7" />
            <path class="logo-shelf" d="M6 21.5h16" />
            <path class="logo-bar" d="M8.5 8v9.5M14 11.5v6" />
            <path class="logo-last" d="M19.5 15.5v2" />
        </svg>
    }
    .into_any()
}

/// The mark with the name.
pub fn logo(name: &'static str) -> AnyView {
    view! {
        <span class="logo">
            {mark()} <span class="logo-name">{name}</span>
        </span>
    }
    .into_any()
}
