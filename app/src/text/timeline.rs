//! The product's time line: what happened on it, its parts, a period beside another. Both languages.

use super::plural::{en, ru};
use domain::product::EditKind;

/// The words.
pub struct Timeline {
    pub returned: &'static str,
    pub listed: &'static str,
    pub paid: &'static str,
    pub others: &'static str,
    pub came: fn(&str) -> String,
    pub repriced: fn(&str, &str) -> String,
    pub edited: &'static str,
    pub edit: fn(EditKind) -> &'static str,
    pub term: fn(&str) -> Option<&'static str>,
    pub brush_hint: &'static str,
    pub selected: fn(&str, &str, i64) -> String,
    pub zoom: fn(&str, &str) -> String,
    pub wider: &'static str,
    pub from: &'static str,
    pub until: &'static str,
    pub show: &'static str,
    pub of_period: &'static str,
    pub figure: &'static str,
    pub this_period: &'static str,
    pub change: &'static str,
    pub average_price: &'static str,
    pub average_stock: &'static str,
    pub days_out: &'static str,
    pub how_period: [&'static str; 5],
    pub how_known: fn(i64, i64) -> String,
    pub how_place: &'static str,
}

/// English.
pub static EN: Timeline = Timeline {
    returned: "Returns",
    listed: "Listed price",
    paid: "Average price paid",
    others: "other warehouses",
    came: |pieces| format!("came in, at least {pieces} pcs"),
    repriced: |from, to| format!("price {from} → {to}"),
    edited: "edited",
    edit: |kind| match kind {
        EditKind::Terms => "terms changed",
        EditKind::NoteAdded => "note written",
        EditKind::NoteDeleted => "note deleted",
    },
    term: |field| match field {
        "lead_days" => Some("lead time"),
        "pack" => Some("pack"),
        "minimum" => Some("minimum order"),
        "cost_minor" => Some("cost"),
        _ => None,
    },
    brush_hint: "Drag across the chart to look closer; with the keyboard, Shift with the arrow keys selects and Enter zooms in.",
    selected: |from, to, days| {
        format!("Selected {from} – {to}, {days} {}. Enter zooms in.", en(days, "day", "days"))
    },
    zoom: |from, to| format!("Zoom in: {from} – {to}"),
    wider: "Wider",
    from: "From",
    until: "To",
    show: "Show",
    of_period: "The period in numbers",
    figure: "Figure",
    this_period: "This period",
    change: "Change",
    average_price: "Average price of an ordered piece",
    average_stock: "Average stock at the end of a day",
    days_out: "Days that ended without stock",
    how_period: [
        "Ordered, cancelled, revenue: sums over the days of the period; cancelled pieces are not among the ordered ones.",
        "Returns are counted on the day on which they came back, whenever they were ordered.",
        "Average price = revenue ÷ ordered pieces. The listed price is the lowest of the sizes after your discount, at the end of the day.",
        "Stock at the end of a day = stock now less what changed since. A delivery is a day that ended with much more than the day before.",
        "Days are those of the marketplace's own calendar; days that were not read are left out.",
    ],
    how_known: |known, all| format!("Known: {known} of {all} {}.", en(all, "day", "days")),
    how_place: "The rate is of 28 days: orders that shipped from here ÷ days with the product in stock. The age of the stock is beside it.",
};

/// Русский.
pub static RU: Timeline = Timeline {
    returned: "Возвраты",
    listed: "Цена на витрине",
    paid: "Средняя цена заказа",
    others: "остальные склады",
    came: |pieces| format!("поступление, не меньше {pieces} шт."),
    repriced: |from, to| format!("цена {from} → {to}"),
    edited: "правка",
    edit: |kind| match kind {
        EditKind::Terms => "изменены условия заказа",
        EditKind::NoteAdded => "добавлена заметка",
        EditKind::NoteDeleted => "удалена заметка",
    },
    term: |field| match field {
        "lead_days" => Some("срок поставки"),
        "pack" => Some("упаковка"),
        "minimum" => Some("минимальный заказ"),
        "cost_minor" => Some("себестоимость"),
        _ => None,
    },
    brush_hint: "Проведите по графику, чтобы приблизить; с клавиатуры — Shift и стрелки выделяют, Enter приближает.",
    selected: |from, to, days| {
        format!(
            "Выделено {from} – {to}, {days} {}. Enter — приблизить.",
            ru(days, "день", "дня", "дней")
        )
    },
    zoom: |from, to| format!("Приблизить: {from} – {to}"),
    wider: "Шире",
    from: "С",
    until: "По",
    show: "Показать",
    of_period: "Период в числах",
    figure: "Показатель",
    this_period: "Этот период",
    change: "Изменение",
    average_price: "Средняя цена заказанной штуки",
    average_stock: "Средний остаток на конец дня",
    days_out: "Дней, закончившихся без остатка",
    how_period: [
        "Заказы, отмены, выручка — суммы по дням периода; отменённые штуки в заказы не входят.",
        "Возвраты считаются в день возврата, когда бы товар ни заказали.",
        "Средняя цена = выручка ÷ заказанные штуки. Цена на витрине — наименьшая из размеров после вашей скидки, на конец дня.",
        "Остаток на конец дня = нынешний остаток минус всё, что изменилось после. Поступление — день, закончившийся с остатком намного больше вчерашнего.",
        "Дни — по календарю маркетплейса; непрочитанные дни не учитываются.",
    ],
    how_known: |known, all| {
        format!("Известно: {known} из {all} {}.", ru(all, "дня", "дней", "дней"))
    },
    how_place: "Скорость — за 28 дней: заказы, отправленные отсюда ÷ дни с остатком товара. Возраст остатка — рядом.",
};
