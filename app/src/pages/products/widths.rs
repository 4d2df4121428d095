//! Widths of the table's columns: dragged at a header's edge or set by the arrow keys, and kept in a cookie, so that the
//! server draws the table as it will be and nothing moves.

use crate::state::use_text;
use leptos::{ev, prelude::*, wasm_bindgen::JsCast, web_sys};

const COOKIE: &str = "widths";

/// Pixels: narrower says nothing, wider helps nobody.
const NARROWEST: i32 = 48;
const WIDEST: i32 = 800;

/// By how much an arrow key widens.
const STEP: i32 = 16;

/// Columns that somebody has drawn, each by the word of its class, with pixels.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Widths(Vec<(String, i32)>);

impl Widths {
    /// Reads `stock.120_cover.90`; what makes no sense is left out.
    fn read(text: &str) -> Self {
        let one = |pair: &str| -> Option<(String, i32)> {
            let (column, width) = pair.split_once('.')?;
            let is_word = !column.is_empty() && column.bytes().all(|b| b.is_ascii_alphanumeric());
            let width = width.parse().ok().filter(|w| (NARROWEST..=WIDEST).contains(w))?;
            is_word.then(|| (column.to_owned(), width))
        };
        Self(text.split('_').filter_map(one).take(16).collect())
    }

    fn write(&self) -> String {
        let all: Vec<String> =
            self.0.iter().map(|(column, width)| format!("{column}.{width}")).collect();
        all.join("_")
    }

    fn of(&self, column: &str) -> Option<i32> {
        self.0.iter().find(|(known, _)| known == column).map(|(_, width)| *width)
    }

    /// `None`: as wide as what it holds.
    fn set(&mut self, column: &str, width: Option<i32>) {
        self.0.retain(|(known, _)| known != column);
        if let Some(width) = width {
            self.0.push((column.to_owned(), width.clamp(NARROWEST, WIDEST)));
        }
    }

    /// The table's own properties, which its columns follow.
    fn style(&self) -> String {
        self.0.iter().map(|(column, width)| format!("--w-{column}:{width}px;")).collect()
    }
}

/// The widths of a table that is shown.
#[derive(Clone, Copy)]
pub struct Drawn(RwSignal<Widths>);

impl Drawn {
    /// As they were left.
    pub fn provide() -> Self {
        let drawn = Self(RwSignal::new(Widths::read(&kept().unwrap_or_default())));
        provide_context(drawn);
        drawn
    }

    /// For the table's `style`.
    pub fn style(self) -> String {
        self.0.read().style()
    }

    /// Whether any column was drawn.
    pub fn is_any(self) -> bool {
        !self.0.read().0.is_empty()
    }
}

#[cfg(feature = "ssr")]
fn kept() -> Option<String> {
    let parts = use_context::<http::request::Parts>()?;
    crate::api::cookies::read(&parts.headers, COOKIE)
}

#[cfg(not(feature = "ssr"))]
fn kept() -> Option<String> {
    let all = js_sys::Reflect::get(&document(), &"cookie".into()).ok()?.as_string()?;
    all.split(';')
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(name, _)| *name == COOKIE)
        .map(|(_, value)| value.to_owned())
}

/// For a year. Where cookies are off it holds for as long as the page.
fn keep(widths: &Widths) {
    let age = if widths.0.is_empty() { 0 } else { 31_536_000 };
    let cookie = format!("{COOKIE}={}; path=/; max-age={age}; samesite=lax", widths.write());
    let _ = js_sys::Reflect::set(&document(), &"cookie".into(), &cookie.into());
}

/// The edge of a header: a separator that is dragged, or moved by keys.
#[component]
pub fn Grip(
    /// The word of the column's class.
    column: &'static str,
    /// What it is called.
    name: &'static str,
) -> impl IntoView {
    let words = use_text().grid();
    let drawn = use_context::<Drawn>().map(|Drawn(widths)| widths);
    let width = move || drawn.and_then(|widths| widths.read().of(column));
    let set = move |to: Option<i32>| {
        if let Some(widths) = drawn {
            widths.update(|widths| widths.set(column, to));
        }
    };
    let done = move || {
        if let Some(widths) = drawn {
            keep(&widths.read_untracked());
        }
    };
    // Where the drag began, and how wide the column was there.
    let from = StoredValue::new(None::<(i32, i32)>);
    let on_down = move |event: ev::PointerEvent| {
        if event.button() != 0 {
            return;
        }
        event.prevent_default();
        if let Some((grip, is)) = header(event.current_target()) {
            let _ = grip.set_pointer_capture(event.pointer_id());
            from.set_value(Some((event.client_x(), is)));
        }
    };
    let on_move = move |event: ev::PointerEvent| {
        if let Some((x, was)) = from.get_value() {
            set(Some(was + event.client_x() - x));
        }
    };
    let on_up = move |_: ev::PointerEvent| {
        if from.get_value().is_some() {
            from.set_value(None);
            done();
        }
    };
    let on_key = move |event: ev::KeyboardEvent| {
        let Some((_, is)) = header(event.current_target()) else { return };
        match event.key().as_str() {
            "ArrowLeft" => set(Some(is - STEP)),
            "ArrowRight" => set(Some(is + STEP)),
            "Home" => set(None),
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
        done();
    };
    let on_twice = move |_| {
        set(None);
        done();
    };
    view! {
        <span
            class="grip"
            role="separator"
            aria-orientation="vertical"
            aria-label=(words.width_of)(name)
            aria-valuemin=NARROWEST
            aria-valuemax=WIDEST
            aria-valuenow=move || width().unwrap_or(NARROWEST)
            title=words.width_hint
            tabindex="0"
            on:pointerdown=on_down
            on:pointermove=on_move
            on:pointerup=on_up
            on:pointercancel=on_up
            on:keydown=on_key
            on:dblclick=on_twice
        ></span>
    }
    .into_any()
}

/// The grip, and how wide its header is now.
fn header(grip: Option<web_sys::EventTarget>) -> Option<(web_sys::Element, i32)> {
    let grip = grip?.dyn_into::<web_sys::Element>().ok()?;
    let header = grip.closest("th").ok().flatten()?.dyn_into::<web_sys::HtmlElement>().ok()?;
    Some((grip, header.offset_width()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_comes_back() {
        let mut widths = Widths::default();
        widths.set("stock", Some(120));
        widths.set("cover", Some(90));
        widths.set("stock", Some(130));
        assert_eq!(widths.write(), "cover.90_stock.130");
        assert_eq!(Widths::read(&widths.write()), widths);
        assert_eq!(widths.style(), "--w-cover:90px;--w-stock:130px;");
        widths.set("cover", None);
        assert_eq!((widths.of("cover"), widths.of("stock")), (None, Some(130)));
    }

    #[test]
    fn a_foreign_cookie_draws_nothing() {
        for text in ["", "stock", "stock.1", "stock.9999", "a;b.100", "url(x).100", "stock.1e2"] {
            assert_eq!(Widths::read(text), Widths::default(), "{text}");
        }
    }

    #[test]
    fn no_column_is_drawn_out_of_sight() {
        let mut widths = Widths::default();
        widths.set("stock", Some(-20));
        widths.set("cover", Some(5000));
        assert_eq!(widths.write(), "stock.48_cover.800");
    }
}
