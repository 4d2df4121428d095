//! The product table as it is handled: widths of columns, rows that arrive while one scrolls, filters that leave more than
//! is counted.

/// The words.
pub struct Grid {
    /// Instead of a number of products that nobody counted further.
    pub more_than: fn(&str) -> String,
    pub all_many: fn(&str) -> String,
    pub many: fn(&str) -> String,
    pub not_added_up: &'static str,
    pub width_of: fn(&str) -> String,
    pub width_hint: &'static str,
    pub loading: &'static str,
    pub failed: &'static str,
    pub again: &'static str,
}

pub static RU: Grid = Grid {
    more_than: |number| format!("больше {number}"),
    all_many: |number| format!("Все по фильтру, больше {number}\u{a0}товаров"),
    many: |number| format!("Всего больше {number}\u{a0}товаров"),
    not_added_up: "Слишком много товаров, чтобы складывать: сузьте фильтр",
    width_of: |name| format!("Ширина столбца «{name}»"),
    width_hint: "Перетащите или нажимайте стрелки; двойной щелчок или Home — ширина по содержимому",
    loading: "Загружаем следующие товары…",
    failed: "Следующие товары не загрузились.",
    again: "Загрузить",
};

pub static EN: Grid = Grid {
    more_than: |number| format!("more than {number}"),
    all_many: |number| format!("All of the filter, more than {number} products"),
    many: |number| format!("More than {number} products in all"),
    not_added_up: "Too many products to add up: narrow the filter",
    width_of: |name| format!("Width of the column “{name}”"),
    width_hint: "Drag it or press the arrow keys; a double click or Home fits it to what it holds",
    loading: "Loading the next products…",
    failed: "The next products did not load.",
    again: "Load them",
};
