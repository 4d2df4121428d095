//! The columns of each list: their words, how they are read, and how wide they are.

use super::{List, cell::Kind};
use domain::Locale;

/// A column.
pub(super) struct Column {
    ru: &'static str,
    en: &'static str,
    pub(super) kind: Kind,
    /// In characters.
    pub(super) width: u8,
}

impl Column {
    /// Its heading.
    pub(super) const fn heading(&self, locale: Locale) -> &'static str {
        match locale {
            Locale::Ru => self.ru,
            Locale::En => self.en,
        }
    }
}

const fn column(ru: &'static str, en: &'static str, kind: Kind, width: u8) -> Column {
    Column { ru, en, kind, width }
}

/// The name of a list's sheet and file.
pub(super) const fn title(list: &List, locale: Locale) -> &'static str {
    match (list, locale) {
        (List::Products(_), Locale::Ru) => "Товары",
        (List::Products(_), Locale::En) => "Products",
        (List::Stock(_), Locale::Ru) => "Остатки",
        (List::Stock(_), Locale::En) => "Stock",
        (List::Orders(_), Locale::Ru) => "Заказы",
        (List::Orders(_), Locale::En) => "Orders",
        (List::Sales(_), Locale::Ru) => "Выкупы и возвраты",
        (List::Sales(_), Locale::En) => "Sales and returns",
        (List::Syncs, Locale::Ru) => "Синхронизации",
        (List::Syncs, Locale::En) => "Syncs",
    }
}

/// The columns of a list, in the order in which the store packs them.
pub(super) const fn columns(list: &List) -> &'static [Column] {
    match list {
        List::Products(_) => PRODUCTS,
        List::Stock(_) => STOCK,
        List::Orders(_) => ORDERS,
        List::Sales(_) => SALES,
        List::Syncs => SYNCS,
    }
}

const SHOP: Column = column("Магазин", "Shop", Kind::Text, 18);
const MARKETPLACE: Column = column("Маркетплейс", "Marketplace", Kind::Word(marketplace), 13);
const ARTICLE: Column = column("Артикул маркетплейса", "Marketplace article", Kind::Code, 14);
const SELLER_ARTICLE: Column = column("Артикул продавца", "Seller's article", Kind::Text, 18);
const TITLE: Column = column("Название", "Title", Kind::Text, 46);
const BRAND: Column = column("Бренд", "Brand", Kind::Text, 16);

const PRODUCTS: &[Column] = &[
    SHOP,
    MARKETPLACE,
    ARTICLE,
    SELLER_ARTICLE,
    TITLE,
    BRAND,
    column("Предмет", "Subject", Kind::Text, 18),
    column("Остаток, шт.", "Stock, pcs", Kind::Int, 11),
    column("К клиенту, шт.", "To buyers, pcs", Kind::Int, 11),
    column("От клиента, шт.", "Returning, pcs", Kind::Int, 11),
    column("Заказы за 7 дней, шт.", "Orders, 7 days", Kind::Int, 11),
    column("Заказы за 28 дней, шт.", "Orders, 28 days", Kind::Int, 11),
    column("Заказы всего, шт.", "Orders, all", Kind::Int, 11),
    column("Дней в наличии из 28", "Days in stock of 28", Kind::Int, 11),
    column("Дней запаса", "Days of cover", Kind::Cover, 11),
    column("Остатки на (МСК)", "Stock as of (Moscow)", Kind::Moment, 17),
    column("Заказы на (МСК)", "Orders as of (Moscow)", Kind::Moment, 17),
    column("Появился (МСК)", "First seen (Moscow)", Kind::Moment, 17),
    column("Изменился (МСК)", "Changed (Moscow)", Kind::Moment, 17),
    column("Фото", "Photo", Kind::Text, 24),
];

const STOCK: &[Column] = &[
    SHOP,
    MARKETPLACE,
    ARTICLE,
    SELLER_ARTICLE,
    TITLE,
    BRAND,
    column("Размер", "Size", Kind::Text, 10),
    column("Штрихкоды", "Barcodes", Kind::Texts, 18),
    column("Склад", "Warehouse", Kind::Text, 24),
    column("Регион", "Region", Kind::Text, 22),
    column("Чей склад", "Whose", Kind::Word(source), 14),
    column("Остаток, шт.", "Stock, pcs", Kind::Int, 11),
    column("К клиенту, шт.", "To buyers, pcs", Kind::Int, 11),
    column("От клиента, шт.", "Returning, pcs", Kind::Int, 11),
    column("Изменился (МСК)", "Changed (Moscow)", Kind::Moment, 17),
];

const ORDERS: &[Column] = &[
    SHOP,
    MARKETPLACE,
    column("Заказан (МСК)", "Ordered (Moscow)", Kind::Moment, 17),
    column("Номер", "Key", Kind::Text, 26),
    ARTICLE,
    SELLER_ARTICLE,
    TITLE,
    column("Штрихкод", "Barcode", Kind::Text, 16),
    column("Цена", "Price", Kind::Minor, 12),
    column("Валюта", "Currency", Kind::Text, 9),
    column("Склад", "Warehouse", Kind::Text, 24),
    column("Регион", "Region", Kind::Text, 26),
    column("Отменён (МСК)", "Cancelled (Moscow)", Kind::Moment, 17),
    column("Изменился (МСК)", "Changed (Moscow)", Kind::Moment, 17),
];

const SALES: &[Column] = &[
    SHOP,
    MARKETPLACE,
    column("Что", "Kind", Kind::Word(kind), 10),
    column("Когда (МСК)", "When (Moscow)", Kind::Moment, 17),
    column("Номер", "Key", Kind::Text, 26),
    column("Номер заказа", "Order's key", Kind::Text, 26),
    ARTICLE,
    SELLER_ARTICLE,
    TITLE,
    column("Штрихкод", "Barcode", Kind::Text, 16),
    column("Штук", "Pieces", Kind::Int, 8),
    column("Цена за штуку", "Price of a piece", Kind::Minor, 12),
    column("К перечислению за штуку", "Payout of a piece", Kind::Minor, 12),
    column("Валюта", "Currency", Kind::Text, 9),
    column("Склад", "Warehouse", Kind::Text, 24),
    column("Регион", "Region", Kind::Text, 26),
    column("Изменился (МСК)", "Changed (Moscow)", Kind::Moment, 17),
];

const SYNCS: &[Column] = &[
    SHOP,
    MARKETPLACE,
    column("Состояние", "State", Kind::Word(status), 16),
    column("Запрошена (МСК)", "Asked for (Moscow)", Kind::Moment, 17),
    column("Начата (МСК)", "Started (Moscow)", Kind::Moment, 17),
    column("Закончена (МСК)", "Ended (Moscow)", Kind::Moment, 17),
    column("Строк", "Rows", Kind::Int, 11),
    column("Изменилось", "Changed", Kind::Int, 11),
    column("Запросов", "Requests", Kind::Int, 11),
    column("Ожидание, с", "Waited, s", Kind::Seconds, 11),
    column("Шагов с ошибкой", "Failed steps", Kind::Int, 11),
];

fn marketplace(_: Locale, word: &str) -> &'static str {
    match word {
        "wildberries" => "Wildberries",
        "ozon" => "Ozon",
        _ => "",
    }
}

fn kind(locale: Locale, word: &str) -> &'static str {
    match (locale, word) {
        (Locale::Ru, "sale") => "выкуп",
        (Locale::Ru, "return") => "возврат",
        (Locale::En, "sale") => "sale",
        (Locale::En, "return") => "return",
        _ => "",
    }
}

fn source(locale: Locale, word: &str) -> &'static str {
    match (locale, word) {
        (Locale::Ru, "marketplace") => "маркетплейса",
        (Locale::Ru, "seller") => "продавца",
        (Locale::En, "marketplace") => "marketplace's",
        (Locale::En, "seller") => "seller's",
        _ => "",
    }
}

fn status(locale: Locale, word: &str) -> &'static str {
    match (locale, word) {
        (Locale::Ru, "pending") => "в очереди",
        (Locale::Ru, "running") => "идёт",
        (Locale::Ru, "completed") => "завершена",
        (Locale::Ru, "partial") => "частично",
        (Locale::Ru, "failed") => "не удалась",
        (Locale::Ru, "cancelled") => "отменена",
        (Locale::En, "pending") => "queued",
        (Locale::En, "running") => "running",
        (Locale::En, "completed") => "completed",
        (Locale::En, "partial") => "partial",
        (Locale::En, "failed") => "failed",
        (Locale::En, "cancelled") => "cancelled",
        _ => "",
    }
}
