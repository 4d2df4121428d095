//! What changed since yesterday, money at cost, classes of demand, and pages as of a moment. Both languages.

use super::plural::{en, ru};
use domain::{catalogue::Changed, today::DemandClass};

/// The words.
pub struct Changes {
    pub changed: fn(Changed) -> &'static str,
    pub returned_on: fn(&str) -> String,
    pub repriced: &'static str,
    pub at_cost: fn(&str) -> String,
    pub at_margin: fn(&str) -> String,
    pub at_price: fn(i64, &str) -> String,
    pub how_cost: &'static str,
    pub how_margin: &'static str,
    pub demand: &'static str,
    pub demand_of: fn(DemandClass) -> (&'static str, &'static str),
    pub how_demand: &'static str,
    pub as_of: &'static str,
    pub day: &'static str,
    pub counted: fn(&str) -> String,
    pub not_kept: &'static str,
    pub cards_now: &'static str,
    pub left_out: &'static str,
    pub differs: &'static str,
}

/// English.
pub static EN: Changes = Changes {
    changed: |changed| match changed {
        Changed::RanOut => "Ran out since yesterday",
        Changed::CameBack => "Back in stock since yesterday",
        Changed::New => "New since yesterday",
        Changed::Gone => "No longer listed since yesterday",
        Changed::Repriced => "Price changed since yesterday",
        Changed::Returned => "Returned yesterday",
    },
    returned_on: |day| format!("Returned on {day}"),
    repriced: "Price changed",
    at_cost: |money| format!("{money} at cost"),
    at_margin: |money| format!("about {money} at the margin"),
    at_price: |n, number| {
        format!(
            "{number} {} without a cost: counted at the selling price",
            en(n, "product", "products")
        )
    },
    how_cost: "At cost: pieces × cost per piece, from the ordering terms of the product, its brand, its shop or the company.",
    how_margin: "At the margin: missed pieces × (average price − cost). Commissions and delivery are not known and not taken off.",
    demand: "Demand",
    demand_of: |class| match class {
        DemandClass::Smooth => ("smooth", "every week about the same"),
        DemandClass::Erratic => ("erratic", "every week, much or little"),
        DemandClass::Intermittent => ("intermittent", "not every week, about the same"),
        DemandClass::Lumpy => ("lumpy", "not every week, much or little"),
    },
    how_demand: "Over 12 weeks, weeks without stock left out: rare when one week in 1.32 or fewer has demand, uneven when the squared variation of such weeks is 0.49 or more.",
    as_of: "As of a date",
    day: "Day",
    counted: |moment| format!("As it was last counted before: {moment}."),
    not_kept: "This page was not kept for that day: it is kept from the first sync after the update on.",
    cards_now: "The cards open the lists of now.",
    left_out: "Filters by numbers speak of today and are left out here.",
    differs: "What changed since",
};

/// Русский.
pub static RU: Changes = Changes {
    changed: |changed| match changed {
        Changed::RanOut => "Закончились со вчера",
        Changed::CameBack => "Снова в наличии со вчера",
        Changed::New => "Новые со вчера",
        Changed::Gone => "Сняты с продажи со вчера",
        Changed::Repriced => "Цена изменилась со вчера",
        Changed::Returned => "Возвращены вчера",
    },
    returned_on: |day| format!("Возвращено {day}"),
    repriced: "Цена изменилась",
    at_cost: |money| format!("{money} по себестоимости"),
    at_margin: |money| format!("около {money} наценки"),
    at_price: |n, number| {
        format!(
            "{number} {} без себестоимости: по цене продажи",
            ru(n, "товар", "товара", "товаров")
        )
    },
    how_cost: "По себестоимости: штуки × себестоимость из условий заказа товара, бренда, магазина или компании.",
    how_margin: "Наценка: упущенные штуки × (средняя цена − себестоимость). Комиссии и доставка неизвестны и не вычтены.",
    demand: "Спрос",
    demand_of: |class| match class {
        DemandClass::Smooth => ("ровный", "каждую неделю примерно одинаково"),
        DemandClass::Erratic => ("неровный", "каждую неделю, то много, то мало"),
        DemandClass::Intermittent => ("редкий", "не каждую неделю, примерно одинаково"),
        DemandClass::Lumpy => ("скачками", "не каждую неделю, то много, то мало"),
    },
    how_demand: "За 12 недель, недели без остатка не в счёт: редкий — если спрос есть не чаще чем в одной неделе из 1,32; неровный — если квадрат вариации таких недель 0,49 или больше.",
    as_of: "На дату",
    day: "День",
    counted: |moment| format!("Как было посчитано последний раз до этого: {moment}."),
    not_kept: "За этот день страница не сохранена: она сохраняется с первой синхронизации после обновления.",
    cards_now: "Карточки открывают нынешние списки.",
    left_out: "Фильтры по числам говорят о сегодняшнем дне и здесь не действуют.",
    differs: "Что изменилось с тех пор",
};
