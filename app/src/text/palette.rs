//! The palette and the keys: both languages.

/// The words.
pub struct Palette {
    pub open: &'static str,
    pub open_palette: &'static str,
    pub placeholder: &'static str,
    pub in_products: fn(&str) -> String,
    pub foot: &'static str,
    pub light: &'static str,
    pub dark: &'static str,
    pub other_language: &'static str,
    pub keys: &'static str,
    pub to_search: &'static str,
    pub this_sheet: &'static str,
    pub close: &'static str,
    pub single_keys: &'static str,
}

/// English.
pub static EN: Palette = Palette {
    open: "Quick search",
    open_palette: "Find a page, an action or a product",
    placeholder: "A page, an action, an article or a name",
    in_products: |words| format!("Search the products for “{words}”"),
    foot: "↑↓ choose · Enter open · Esc close · ? keys",
    light: "Light theme",
    dark: "Dark theme",
    other_language: "По-русски",
    keys: "Keys",
    to_search: "Search on this page",
    this_sheet: "These keys",
    close: "Close",
    single_keys: "Single keys work on this device",
};

/// Russian.
pub static RU: Palette = Palette {
    open: "Быстрый поиск",
    open_palette: "Найти страницу, действие или товар",
    placeholder: "Страница, действие, артикул или название",
    in_products: |words| format!("Искать «{words}» в товарах"),
    foot: "↑↓ выбрать · Enter открыть · Esc закрыть · ? клавиши",
    light: "Светлая тема",
    dark: "Тёмная тема",
    other_language: "In English",
    keys: "Клавиши",
    to_search: "Поиск на этой странице",
    this_sheet: "Эти клавиши",
    close: "Закрыть",
    single_keys: "Одиночные клавиши работают на этом устройстве",
};
