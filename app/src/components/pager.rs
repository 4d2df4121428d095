//! "1–50 of 12 480" with links to the neighbours: plain links, so the address is the state.

use super::icon::Icon;
use crate::state::use_text;
use leptos::prelude::*;

/// Where a list stands.
#[derive(Clone, Copy)]
pub struct Place {
    /// 1-based page.
    pub page: u32,
    /// Rows a page.
    pub size: u32,
    /// Pages that are shown, from that one on.
    pub pages: u32,
    /// Rows in all, as far as they are counted.
    pub total: i64,
    /// Whether there are more than that.
    pub more: bool,
}

impl Place {
    /// Number of the first and the last row on the page.
    pub fn rows(self) -> (i64, i64) {
        let first = (i64::from(self.page) - 1) * i64::from(self.size);
        let there = |row: i64| if self.more { row } else { row.min(self.total) };
        (there(first + 1), there(first + i64::from(self.size) * i64::from(self.pages)))
    }

    /// Whether there is a page after this.
    pub fn has_next(self) -> bool {
        self.more || self.rows().1 < self.total
    }
}

/// The place and the links.
#[component]
pub fn Pager(
    /// Where the list stands.
    place: Place,
    /// The address of the page before, if there is one.
    previous: Option<String>,
    /// The address of the page after, if there is one.
    next: Option<String>,
) -> impl IntoView {
    let text = use_text();
    let (first, last) = place.rows();
    let total = text.int(place.total);
    let total = if place.more { (text.grid().more_than)(&total) } else { total };
    let link =
        |href: Option<String>, icon: Icon, label: &'static str, rel: &'static str| match href {
            Some(href) => view! {
                <a class="icon-button" href=href rel=rel aria-label=label title=label>
                    {icon.draw()}
                </a>
            }
            .into_any(),
            None => view! { <span class="icon-button" aria-hidden="true">{icon.draw()}</span> }
                .into_any(),
        };
    view! {
        <nav class="pager" aria-label=text.products().pages>
            <span class="num">
                {(text.products().range)(&text.int(first), &text.int(last), &total)}
            </span>
            {link(previous, Icon::Left, text.products().previous, "prev")}
            {link(next, Icon::Right, text.products().next, "next")}
        </nav>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_page_may_be_short() {
        let place = Place { page: 3, size: 50, pages: 1, total: 120, more: false };
        assert_eq!((place.rows(), place.has_next()), ((101, 120), false));
        assert_eq!(Place { page: 1, size: 50, pages: 1, total: 0, more: false }.rows(), (0, 0));
        assert!(Place { page: 2, size: 50, pages: 1, total: 120, more: false }.has_next());
        let uncounted = Place { page: 201, size: 50, pages: 1, total: 10_000, more: true };
        assert_eq!((uncounted.rows(), uncounted.has_next()), ((10_001, 10_050), true));
    }
}
