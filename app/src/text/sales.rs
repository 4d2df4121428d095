//! Sales and returns: both languages.

use super::plural::{en, ru};

/// The page.
pub struct Sales {
    pub title: &'static str,
    pub lead: &'static str,
    pub to_orders: &'static str,
    pub kind: &'static str,
    pub all: &'static str,
    pub sales: &'static str,
    pub returns: &'static str,
    pub is_return: &'static str,
    pub of_product: &'static str,
    pub time: &'static str,
    pub pieces: &'static str,
    pub price: &'static str,
    pub payout: &'static str,
    pub not_told: &'static str,
    pub units: fn(i64) -> &'static str,
    pub sum: fn(&str, &str) -> String,
    pub returned: fn(&str, &str) -> String,
    pub paid: fn(&str) -> String,
    pub unpriced: fn(i64) -> String,
    pub sold: &'static str,
    pub returned_head: &'static str,
    pub revenue: &'static str,
    pub refunds: &'static str,
    pub empty: &'static str,
    pub sources: &'static str,
    pub never: &'static str,
}

/// English.
pub static EN: Sales = Sales {
    title: "Sales and returns",
    lead: "What reached its buyers, and what came back: on the day on which it did, whenever it was ordered.",
    to_orders: "Orders",
    kind: "Kind",
    all: "Sales and returns",
    sales: "Sales",
    returns: "Returns",
    is_return: "Return",
    of_product: "Sales of one product",
    time: "When, Moscow time",
    pieces: "Pieces",
    price: "Price",
    payout: "Payout",
    not_told: "Not told by the marketplace yet",
    units: |n| en(n, "piece", "pieces"),
    sum: |units, money| format!("Sold {units} for {money}"),
    returned: |units, money| format!("came back {units} for {money}"),
    paid: |money| format!("payout {money}"),
    unpriced: |n| {
        format!(
            "Of {n}\u{a0}{} the price is not told yet: the sums lack them.",
            en(n, "piece", "pieces")
        )
    },
    sold: "Sold",
    returned_head: "Came back",
    revenue: "For",
    refunds: "Refunds",
    empty: "No sales or returns in this period.",
    sources: "Read",
    never: "not read yet",
};

/// Русский.
pub static RU: Sales = Sales {
    title: "Выкупы и возвраты",
    lead: "Что дошло до покупателей и что вернулось — в тот день, когда это случилось, а не когда заказали.",
    to_orders: "Заказы",
    kind: "Что",
    all: "Выкупы и возвраты",
    sales: "Выкупы",
    returns: "Возвраты",
    is_return: "Возврат",
    of_product: "Выкупы одного товара",
    time: "Когда, время московское",
    pieces: "Штук",
    price: "Цена",
    payout: "К перечислению",
    not_told: "Маркетплейс ещё не сообщил",
    units: |n| ru(n, "штука", "штуки", "штук"),
    sum: |units, money| format!("Выкупили {units} на {money}"),
    returned: |units, money| format!("вернули {units} на {money}"),
    paid: |money| format!("к перечислению {money}"),
    unpriced: |n| {
        let pieces = ru(n, "штуки", "штук", "штук");
        format!("Для {n}\u{a0}{pieces} цена ещё не названа: в суммах их нет.")
    },
    sold: "Выкуплено",
    returned_head: "Возвраты",
    revenue: "На сумму",
    refunds: "Возвращено",
    empty: "За этот период выкупов и возвратов нет.",
    sources: "Прочитано",
    never: "ещё не читали",
};
