//! A product's photo; a tile with its initial where there is none, or until it is there.

use leptos::prelude::*;

/// Decorative: the title stands beside it.
#[component]
pub fn Photo(
    /// Where it is.
    url: Option<String>,
    /// The product's title, for the tile.
    title: String,
    /// The tile's colour follows the article, so that neighbours differ and a product keeps its own.
    article: String,
) -> impl IntoView {
    let hue =
        article.bytes().fold(7u32, |hash, byte| hash.wrapping_mul(31) ^ u32::from(byte)) % 360;
    let initial = title.chars().find(|c| c.is_alphanumeric()).map(|c| c.to_uppercase().to_string());
    view! {
        <span class="photo" style=format!("--hue:{hue}") aria-hidden="true">
            <span>{initial}</span>
            {url.map(|url| view! { <img src=url alt="" loading="lazy" decoding="async" /> })}
        </span>
    }
    .into_any()
}
