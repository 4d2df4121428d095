//! The plan, its limits and their use: both languages.

use super::plural::{en, ru};
use domain::plan::Limit;

/// The usage page, and what a limit says where it bites.
pub struct Plans {
    pub nav: &'static str,
    pub title: &'static str,
    pub lead: &'static str,
    pub plan: &'static str,
    pub counted: &'static str,
    pub pace: &'static str,
    pub names: fn(Limit) -> &'static str,
    pub of: fn(&str, &str) -> String,
    pub no_limit: fn(&str) -> String,
    pub full: &'static str,
    pub nearly: &'static str,
    pub every_minutes: fn(i64) -> String,
    pub last_days: fn(i64) -> String,
    pub all_days: &'static str,
    pub more: &'static str,
    pub calls_note: &'static str,
    pub reached: fn(Limit, &str, i64) -> String,
    pub lifted_by: fn(&str) -> String,
    pub problem: &'static str,
}

/// English.
pub static EN: Plans = Plans {
    nav: "Usage",
    title: "Usage",
    lead: "It sets how much the company may keep and how often shops are read.",
    plan: "Plan",
    counted: "In use",
    pace: "Pace and history",
    names: |limit| match limit {
        Limit::Products => "Products",
        Limit::Accounts => "Shops",
        Limit::Members => "People",
        Limit::SyncInterval => "Syncs of a shop",
        Limit::ApiCalls => "API calls a minute",
        Limit::HistoryDays => "History",
    },
    of: |used, limit| format!("{used} of {limit}"),
    no_limit: |used| format!("{used}, no limit"),
    full: "Full",
    nearly: "Nearly full",
    every_minutes: |n| match n {
        1 => "once a minute".to_owned(),
        60 => "once an hour".to_owned(),
        n => format!("every {n} {}", en(n, "minute", "minutes")),
    },
    last_days: |n| format!("the last {n} {}", en(n, "day", "days")),
    all_days: "all of it",
    more: "Whoever runs this installation can give your company a larger plan.",
    calls_note: "Counted at this moment; each comes back within a minute.",
    reached: |limit, plan, n| match limit {
        Limit::Products => format!("Plan {plan} has room for {n} products."),
        Limit::Accounts => format!("Plan {plan} has room for {n} {}.", en(n, "shop", "shops")),
        Limit::Members => format!("Plan {plan} has room for {n} {}.", en(n, "person", "people")),
        Limit::SyncInterval => {
            format!(
                "Plan {plan} reads a shop every {} {}.",
                n / 60,
                en(n / 60, "minute", "minutes")
            )
        }
        Limit::ApiCalls => format!("Plan {plan} allows {n} calls a minute."),
        Limit::HistoryDays => format!("Plan {plan} shows {n} days of history."),
    },
    lifted_by: |plan| format!("{plan} allows more: ask whoever runs this installation for it."),
    problem: "The plan has no room for all products: the known ones are kept up to date, new ones are not taken.",
};

/// Русский.
pub static RU: Plans = Plans {
    nav: "Тариф",
    title: "Тариф и лимиты",
    lead: "От него зависит, сколько помещается в компанию и как часто читаются магазины.",
    plan: "Тариф",
    counted: "Занято",
    pace: "Частота и история",
    names: |limit| match limit {
        Limit::Products => "Товары",
        Limit::Accounts => "Магазины",
        Limit::Members => "Люди",
        Limit::SyncInterval => "Синхронизация",
        Limit::ApiCalls => "Запросы к API в минуту",
        Limit::HistoryDays => "История",
    },
    of: |used, limit| format!("{used} из {limit}"),
    no_limit: |used| format!("{used}, без ограничения"),
    full: "Занято всё",
    nearly: "Почти занято",
    every_minutes: |n| match n {
        1 => "раз в минуту".to_owned(),
        60 => "раз в час".to_owned(),
        n => format!("раз в {n} {}", ru(n, "минуту", "минуты", "минут")),
    },
    last_days: |n| format!("{n} {}", ru(n, "последний день", "последних дня", "последних дней")),
    all_days: "вся",
    more: "Перевести компанию на другой тариф может администратор этой установки.",
    calls_note: "Учтены на этот момент; каждый возвращается в течение минуты.",
    reached: |limit, plan, n| match limit {
        Limit::Products => {
            format!("В тарифе {plan} {n} {}.", ru(n, "товар", "товара", "товаров"))
        }
        Limit::Accounts => {
            format!("В тарифе {plan} {n} {}.", ru(n, "магазин", "магазина", "магазинов"))
        }
        Limit::Members => {
            format!("В тарифе {plan} {n} {}.", ru(n, "человек", "человека", "человек"))
        }
        Limit::SyncInterval => format!(
            "В тарифе {plan} магазин читается раз в {} {}.",
            n / 60,
            ru(n / 60, "минуту", "минуты", "минут")
        ),
        Limit::ApiCalls => {
            format!("В тарифе {plan} {n} {} в минуту.", ru(n, "запрос", "запроса", "запросов"))
        }
        Limit::HistoryDays => {
            format!("В тарифе {plan} {n} {} истории.", ru(n, "день", "дня", "дней"))
        }
    },
    lifted_by: |plan| format!("Больше — в тарифе {plan}: попросите администратора этой установки."),
    problem: "В тарифе нет места для всех товаров: известные обновляются, новые не берутся.",
};
