//! What arrives by itself, and what happens without a network: both languages.

use super::plural::{en, ru};

/// The frame's bars, the shops' menu and a sync that was ended.
pub struct Live {
    /// Of a sync: what it is now.
    pub cancelled: &'static str,
    pub says_cancelled: &'static str,
    pub problem_cancelled: &'static str,
    pub cancel: &'static str,
    pub cancelling: &'static str,
    /// Over a page whose data has become old.
    pub news: &'static str,
    pub news_partial: &'static str,
    pub news_failed: &'static str,
    pub show: &'static str,
    pub look: &'static str,
    /// A shop that is being read, with the step, of all steps.
    pub reading: fn(&str, usize, usize) -> String,
    pub offline: &'static str,
    pub offline_page: &'static str,
    /// The shops' menu.
    pub shops: fn(i64) -> String,
    pub shops_menu: &'static str,
    pub manage: &'static str,
    pub rows_so_far: fn(&str) -> String,
    /// The end of a demo before its day.
    pub leave_demo: &'static str,
    pub leave_demo_note: &'static str,
}

/// English.
pub static EN: Live = Live {
    cancelled: "Cancelled",
    says_cancelled: "Ended before its end: what was read until then stays.",
    problem_cancelled: "The sync was cancelled before this step ended. The earlier data stays.",
    cancel: "Cancel the sync",
    cancelling: "Cancelling",
    news: "New data has come.",
    news_partial: "New data has come, but not all of it.",
    news_failed: "A sync failed: the earlier data stays.",
    show: "Show",
    look: "What happened",
    reading: |what, done, all| format!("{what}, {done} of {all}"),
    offline: "No connection. What is on the screen stays; nothing typed is lost.",
    offline_page: "This page opens when the connection is back.",
    shops: |n| format!("{n}\u{a0}{}", en(n, "shop", "shops")),
    shops_menu: "Shops and the age of their data",
    manage: "All shops, keys and schedules",
    rows_so_far: |rows| format!("{rows} rows so far"),
    leave_demo: "Remove the demo",
    leave_demo_note: "The demo shop is gone, and with it all that was in it.",
};

/// Русский.
pub static RU: Live = Live {
    cancelled: "Остановлена",
    says_cancelled: "Остановлена до конца: прочитанное до этого осталось.",
    problem_cancelled: "Синхронизацию остановили раньше, чем закончился шаг. Прежние данные целы.",
    cancel: "Остановить синхронизацию",
    cancelling: "Останавливаем",
    news: "Пришли новые данные.",
    news_partial: "Пришли новые данные, но не все.",
    news_failed: "Синхронизация не удалась: данные прежние.",
    show: "Показать",
    look: "Что случилось",
    reading: |what, done, all| format!("{what}, {done} из {all}"),
    offline: "Нет связи. Всё, что на экране, осталось, и введённое не пропадёт.",
    offline_page: "Страница откроется, когда связь вернётся.",
    shops: |n| format!("{n}\u{a0}{}", ru(n, "магазин", "магазина", "магазинов")),
    shops_menu: "Магазины и возраст их данных",
    manage: "Все магазины, ключи и расписания",
    rows_so_far: |rows| format!("Прочитано строк: {rows}"),
    leave_demo: "Удалить демо",
    leave_demo_note: "Демо-магазин удалён вместе со всем, что в нём было.",
};
