//! The rows that were loaded so far: the page's own, and those that arrived behind them. Never draws anything.

use domain::{
    ProductId,
    product::{ProductPage, ProductSummary},
};
use leptos::prelude::*;
use std::ops::Range;

/// As many rows are drawn without more ado: a browser has no trouble with them.
const FEW: usize = 200;

/// Rows beyond what is seen, on either side: as far as one scrolls before the next are drawn.
const BESIDE: usize = 30;

/// Rows come and go by so many.
const CHUNK: usize = 20;

/// Signals of a list that grows.
#[derive(Clone, Copy)]
pub struct Loaded {
    rows: StoredValue<Vec<ProductSummary>>,
    /// How many there are.
    pub count: RwSignal<usize>,
    /// Where to read on; `None`: these are all.
    pub next: RwSignal<Option<String>>,
    /// Pages that arrived, the first among them.
    pub pages: RwSignal<u32>,
    drawn: RwSignal<Range<usize>>,
    /// Whether the next are on their way.
    pub loading: RwSignal<bool>,
    /// Whether they did not arrive.
    pub failed: RwSignal<bool>,
}

impl Loaded {
    /// A page's rows.
    pub fn of(items: Vec<ProductSummary>, next: Option<String>) -> Self {
        let count = items.len();
        Self {
            rows: StoredValue::new(items),
            count: RwSignal::new(count),
            next: RwSignal::new(next),
            pages: RwSignal::new(1),
            drawn: RwSignal::new(0..count),
            loading: RwSignal::new(false),
            failed: RwSignal::new(false),
        }
    }

    /// Those that are drawn. What is still waiting to run when the list makes room for another finds none.
    pub fn drawn(self) -> Range<usize> {
        self.drawn.try_get().unwrap_or_default()
    }

    /// A row by its place.
    pub fn row(self, at: usize) -> Option<ProductSummary> {
        self.rows.try_with_value(|rows| rows.get(at).cloned()).flatten()
    }

    /// Whose row it is.
    pub fn id(self, at: usize) -> Option<ProductId> {
        self.rows.try_with_value(|rows| rows.get(at).map(|row| row.id)).flatten()
    }

    /// What arrived behind the last. A row that is there already came down the list meanwhile: it stays where it is.
    pub fn append(self, page: ProductPage) {
        self.rows.update_value(|rows| {
            let from = rows.len().saturating_sub(2 * page.items.len());
            let known: Vec<_> = rows.iter().skip(from).map(|row| row.id).collect();
            rows.extend(page.items.into_iter().filter(|row| !known.contains(&row.id)));
        });
        self.count.set(self.rows.with_value(Vec::len));
        self.next.set(page.next_cursor);
        self.pages.update(|pages| *pages += 1);
    }

    /// Draws what is seen: `first` is the row at the upper edge, `seen` how many fit.
    pub fn look(self, first: usize, seen: usize) {
        let wanted = drawn(self.count.get_untracked(), first, seen);
        if self.drawn.get_untracked() != wanted {
            self.drawn.set(wanted);
        }
    }

    /// Whether the end is near, and there is more behind it.
    pub fn wants_more(self, first: usize, seen: usize) -> bool {
        first + seen + BESIDE >= self.count.get_untracked()
            && self.next.read_untracked().is_some()
            && !self.loading.get_untracked()
            && !self.failed.get_untracked()
    }
}

/// The rows to draw of so many.
fn drawn(count: usize, first: usize, seen: usize) -> Range<usize> {
    if count <= FEW {
        return 0..count;
    }
    let first = first.min(count.saturating_sub(1));
    let from = first.saturating_sub(BESIDE) / CHUNK * CHUNK;
    let to = (first + seen + BESIDE).div_ceil(CHUNK) * CHUNK;
    from..to.min(count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_list_is_drawn_whole() {
        assert_eq!(drawn(200, 150, 20), 0..200);
        assert_eq!(drawn(0, 0, 20), 0..0);
    }

    #[test]
    fn of_a_long_one_only_what_is_seen_and_a_little_more() {
        assert_eq!(drawn(100_000, 0, 20), 0..60);
        assert_eq!(drawn(100_000, 50_000, 20), 49_960..50_060);
        assert_eq!(drawn(100_000, 99_990, 20), 99_960..100_000);
        assert_eq!(drawn(100_000, 200_000, 20), 99_960..100_000);
    }

    #[test]
    fn a_few_rows_further_the_same_are_drawn() {
        assert_eq!(drawn(100_000, 50_011, 20), drawn(100_000, 50_015, 20));
    }
}
