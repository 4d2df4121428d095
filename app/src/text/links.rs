//! The same thing in several shops: both languages.

use super::plural::{en, ru};
use domain::links::LinkReason;

/// The page of suggestions, and the room of a product's page.
pub struct Links {
    pub linked: &'static str,
    pub mark: &'static str,
    pub title: &'static str,
    pub lead: &'static str,
    pub open: fn(i64) -> String,
    pub many: &'static str,
    pub by: &'static str,
    pub any: &'static str,
    pub reasons: fn(LinkReason) -> &'static str,
    pub same: &'static str,
    pub other: &'static str,
    pub pair: fn(&str, &str) -> String,
    pub all_alike: fn(LinkReason) -> &'static str,
    pub alike_note: &'static str,
    pub confirmed: fn(i64, i64) -> String,
    pub more: &'static str,
    pub next: &'static str,
    pub first: &'static str,
    pub empty: &'static str,
    pub one_shop: &'static str,
    pub to_linked: &'static str,
    pub to_suggestions: &'static str,
    pub not_yours: &'static str,
    pub room: &'static str,
    pub room_lead: &'static str,
    pub shop: &'static str,
    pub stock: &'static str,
    pub orders_7: &'static str,
    pub orders_28: &'static str,
    pub cover: &'static str,
    pub price: &'static str,
    pub read: &'static str,
    pub this: &'static str,
    pub archived: &'static str,
    pub as_one: &'static str,
    pub unlink: &'static str,
    pub unlink_one: fn(&str) -> String,
    pub no_price: &'static str,
}

/// English.
pub static EN: Links = Links {
    linked: "Linked between shops",
    mark: "Sold in several shops",
    title: "The same in several shops",
    lead: "These products share an article or a barcode. Say which are the same thing: its stock and orders are then seen as one.",
    open: |n| format!("{n}\u{a0}{} to look at", en(n, "pair", "pairs")),
    many: "More than 1000 pairs to look at",
    by: "What is the same",
    any: "Anything",
    reasons: |reason| match reason {
        LinkReason::Article => "Article",
        LinkReason::Barcode => "Barcode",
        LinkReason::Both => "Article and barcode",
    },
    same: "The same",
    other: "Not the same",
    pair: |a, b| format!("{a} and {b}"),
    all_alike: |reason| match reason {
        LinkReason::Article => "Link all with the same article",
        LinkReason::Barcode => "Link all with the same barcode",
        LinkReason::Both => "Link all with the same article and barcode",
    },
    alike_note: "At most 1000 pairs at a time. Each can be taken apart again.",
    confirmed: |n, refused| {
        let left = if refused > 0 {
            format!(" {refused} left: one thing is at most 50 products.")
        } else {
            String::new()
        };
        format!("{n}\u{a0}{} linked.{left}", en(n, "pair", "pairs"))
    },
    more: "There are more of the kind.",
    next: "Further",
    first: "To the first",
    empty: "There is nothing to suggest: no products of different shops share an article or a barcode.",
    one_shop: "You have one shop. Once there is a second, products that share an article or a barcode are suggested here.",
    to_linked: "Linked products",
    to_suggestions: "The same in several shops",
    not_yours: "Owners and admins link products.",
    room: "In all shops",
    room_lead: "You said that these are the same thing.",
    shop: "Shop",
    stock: "Stock",
    orders_7: "7 days",
    orders_28: "28 days",
    cover: "Cover",
    price: "Price from",
    read: "Stock read",
    this: "this product",
    archived: "no longer listed",
    as_one: "Seen as one",
    unlink: "Unlink",
    unlink_one: |name| format!("Unlink {name}"),
    no_price: "The price has not been read yet",
};

/// Русский.
pub static RU: Links = Links {
    linked: "Связанные между магазинами",
    mark: "Продаётся в нескольких магазинах",
    title: "Одно и то же в разных магазинах",
    lead: "У этих товаров совпадает артикул или штрихкод. Отметьте, что одно и то же: остатки и заказы будут видны вместе.",
    open: |n| {
        let verb = ru(n, "Осталась", "Осталось", "Осталось");
        format!("{verb} {n}\u{a0}{}", ru(n, "пара", "пары", "пар"))
    },
    many: "Осталось больше 1000 пар",
    by: "Что совпадает",
    any: "Что угодно",
    reasons: |reason| match reason {
        LinkReason::Article => "Артикул",
        LinkReason::Barcode => "Штрихкод",
        LinkReason::Both => "Артикул и штрихкод",
    },
    same: "Одно и то же",
    other: "Разное",
    pair: |a, b| format!("{a} и {b}"),
    all_alike: |reason| match reason {
        LinkReason::Article => "Связать все с одним артикулом",
        LinkReason::Barcode => "Связать все с одним штрихкодом",
        LinkReason::Both => "Связать все, где совпали артикул и штрихкод",
    },
    alike_note: "Не больше 1000 пар за раз. Любую связь можно снять.",
    confirmed: |n, refused| {
        let left = if refused > 0 {
            format!(" Ещё {refused} остались: одно целое — не больше 50 товаров.")
        } else {
            String::new()
        };
        let verb = ru(n, "Связана", "Связаны", "Связано");
        format!("{verb} {n}\u{a0}{}.{left}", ru(n, "пара", "пары", "пар"))
    },
    more: "Есть ещё такие же.",
    next: "Дальше",
    first: "К первым",
    empty: "Предложить нечего: у товаров разных магазинов не совпадают ни артикулы, ни штрихкоды.",
    one_shop: "У вас один магазин. Когда появится второй, здесь будут товары с одинаковым артикулом или штрихкодом.",
    to_linked: "Связанные товары",
    to_suggestions: "Одно и то же в разных магазинах",
    not_yours: "Связывают товары владельцы и администраторы.",
    room: "Во всех магазинах",
    room_lead: "Вы отметили, что это одно и то же.",
    shop: "Магазин",
    stock: "Остаток",
    orders_7: "7 дней",
    orders_28: "28 дней",
    cover: "Дней запаса",
    price: "Цена от",
    read: "Остаток прочитан",
    this: "этот товар",
    archived: "больше не в продаже",
    as_one: "Вместе",
    unlink: "Отвязать",
    unlink_one: |name| format!("Отвязать: {name}"),
    no_price: "Цена ещё не прочитана",
};
