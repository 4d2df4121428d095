//! The product page: when to order, what is said of ordering, notes, the timeline. Both languages.

use super::plural::{en, ru};
use domain::ordering::SettingScope;

/// The words.
pub struct Ordering {
    pub late: fn(i64, i64) -> String,
    pub order_by: fn(&str, i64) -> String,
    pub order_now: fn(i64) -> String,
    pub title: &'static str,
    pub lead: &'static str,
    pub pack: &'static str,
    pub minimum: &'static str,
    pub cost: &'static str,
    pub days: fn(i64) -> &'static str,
    pub pieces: &'static str,
    pub not_said: &'static str,
    pub from: fn(SettingScope, &str) -> String,
    pub usual: &'static str,
    pub change: &'static str,
    pub for_what: &'static str,
    pub scope: fn(SettingScope, &str) -> String,
    pub keep: &'static str,
    pub empty_hint: &'static str,
    pub saved: &'static str,
    pub notes: &'static str,
    pub note_label: &'static str,
    pub add_note: &'static str,
    pub delete_note: &'static str,
    pub no_notes: &'static str,
    pub somebody: &'static str,
    pub cover: &'static str,
    pub how_place: fn(&str, &str, &str) -> String,
    pub no_shipping: &'static str,
    pub before: &'static str,
    pub compare: &'static str,
    pub no_compare: &'static str,
    pub before_refused: &'static str,
    pub earlier: &'static str,
    pub later: &'static str,
    pub period: fn(&str, &str) -> String,
    pub marks: &'static str,
    pub synced: &'static str,
    pub noted: &'static str,
    pub ran_out: &'static str,
    pub all_orders: &'static str,
    pub past_date: &'static str,
    pub past_note: &'static str,
}

/// English.
pub static EN: Ordering = Ordering {
    late: |days, lead| {
        format!(
            "A delivery ordered today comes {days} {} later than that (lead time {lead} {}).",
            en(days, "day", "days"),
            en(lead, "day", "days")
        )
    },
    order_by: |date, lead| {
        format!("Order by {date}: a delivery takes {lead} {}.", en(lead, "day", "days"))
    },
    order_now: |lead| {
        format!("A delivery ordered today comes in {lead} {}.", en(lead, "day", "days"))
    },
    title: "Ordering terms",
    lead: "Lead time",
    pack: "Pack",
    minimum: "Minimum order",
    cost: "Cost per piece",
    days: |n| en(n, "day", "days"),
    pieces: "pcs",
    not_said: "not stated",
    from: |scope, name| match scope {
        SettingScope::Product => "set for this product".to_owned(),
        SettingScope::Brand => format!("from brand {name}"),
        SettingScope::Account => format!("from shop {name}"),
        SettingScope::Tenant => "from the company".to_owned(),
    },
    usual: "the usual",
    change: "Change",
    for_what: "For",
    scope: |scope, name| match scope {
        SettingScope::Product => "This product".to_owned(),
        SettingScope::Brand => format!("Brand {name}"),
        SettingScope::Account => format!("Shop {name}"),
        SettingScope::Tenant => "The whole company".to_owned(),
    },
    keep: "Save",
    empty_hint: "For the product an empty field is inherited; elsewhere it stays as it was.",
    saved: "Saved.",
    notes: "Notes",
    note_label: "New note",
    add_note: "Add",
    delete_note: "Delete note",
    no_notes: "No notes yet.",
    somebody: "somebody who has left",
    cover: "Cover",
    how_place: |stock, rate, result| format!("{stock} pcs ÷ {rate} pcs a day from here = {result}"),
    no_shipping: "Orders do not say where they ship from",
    before: "the period before",
    compare: "Compare with the period before",
    no_compare: "Without comparison",
    before_refused: "The plan does not reach back to the period before.",
    earlier: "Earlier",
    later: "Later",
    period: |from, to| format!("{from} – {to}"),
    marks: "Events",
    synced: "data read",
    noted: "note",
    ran_out: "ran out",
    all_orders: "All orders of this product",
    past_date: "As of a date",
    past_note: "Terms and notes are today's.",
};

/// Русский.
pub static RU: Ordering = Ordering {
    late: |days, lead| {
        format!(
            "Поставка, заказанная сегодня, придёт на {days} {} позже (срок поставки {lead} {}).",
            ru(days, "день", "дня", "дней"),
            ru(lead, "день", "дня", "дней")
        )
    },
    order_by: |date, lead| {
        format!("Заказать — до {date}: поставка идёт {lead} {}.", ru(lead, "день", "дня", "дней"))
    },
    order_now: |lead| {
        format!(
            "Поставка, заказанная сегодня, придёт через {lead} {}.",
            ru(lead, "день", "дня", "дней")
        )
    },
    title: "Условия заказа",
    lead: "Срок поставки",
    pack: "Упаковка",
    minimum: "Минимальный заказ",
    cost: "Себестоимость",
    days: |n| ru(n, "день", "дня", "дней"),
    pieces: "шт.",
    not_said: "не указана",
    from: |scope, name| match scope {
        SettingScope::Product => "задано для товара".to_owned(),
        SettingScope::Brand => format!("от бренда {name}"),
        SettingScope::Account => format!("от магазина {name}"),
        SettingScope::Tenant => "от компании".to_owned(),
    },
    usual: "как обычно",
    change: "Изменить",
    for_what: "Для чего",
    scope: |scope, name| match scope {
        SettingScope::Product => "Этот товар".to_owned(),
        SettingScope::Brand => format!("Бренд {name}"),
        SettingScope::Account => format!("Магазин {name}"),
        SettingScope::Tenant => "Вся компания".to_owned(),
    },
    keep: "Сохранить",
    empty_hint: "Для товара пустое поле наследуется, для остального остаётся как было.",
    saved: "Сохранено.",
    notes: "Заметки",
    note_label: "Новая заметка",
    add_note: "Добавить",
    delete_note: "Удалить заметку",
    no_notes: "Заметок пока нет.",
    somebody: "бывший участник",
    cover: "Дней запаса",
    how_place: |stock, rate, result| format!("{stock} шт. ÷ {rate} шт. в день отсюда = {result}"),
    no_shipping: "В заказах не сказано, откуда они уходят",
    before: "период до этого",
    compare: "Сравнить с прошлым периодом",
    no_compare: "Без сравнения",
    before_refused: "До прошлого периода тариф не достаёт.",
    earlier: "Раньше",
    later: "Позже",
    period: |from, to| format!("{from} – {to}"),
    marks: "События",
    synced: "данные прочитаны",
    noted: "заметка",
    ran_out: "закончился",
    all_orders: "Все заказы этого товара",
    past_date: "На дату",
    past_note: "Условия и заметки — сегодняшние.",
};
