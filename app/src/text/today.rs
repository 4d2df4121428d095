//! Words of the morning page, the warehouses and the analytics.

use super::plural::{en, ru};

/// The section.
pub struct Today {
    pub nav: &'static str,
    pub nav_warehouses: &'static str,
    pub nav_analytics: &'static str,
    pub nav_more: &'static str,
    pub wants: &'static str,
    pub runs_out: &'static str,
    pub runs_out_lead: fn(i64) -> String,
    pub order: &'static str,
    pub order_lead: fn(i64) -> String,
    pub dead: &'static str,
    pub dead_lead: &'static str,
    pub lost: &'static str,
    pub lost_lead: &'static str,
    pub products: fn(i64) -> &'static str,
    pub at_risk: fn(&str) -> String,
    pub pieces: fn(&str) -> String,
    pub worth: fn(&str) -> String,
    pub missed: fn(&str) -> String,
    pub nothing: &'static str,
    pub all_of: fn(&str) -> String,
    pub left: fn(&str) -> String,
    pub a_day: fn(&str) -> String,
    pub out_now: &'static str,
    pub lasts: fn(&str) -> String,
    pub no_sales: &'static str,
    pub short_pieces: &'static str,
    pub unpriced: fn(i64, &str) -> String,
    pub unknown: fn(i64, &str) -> String,
    pub calm_title: &'static str,
    pub calm: &'static str,
    pub how: &'static str,
    pub how_risk: fn(i64) -> String,
    pub how_order: fn(i64, i64, i64) -> String,
    pub how_terms: &'static str,
    pub how_velocity: &'static str,
    pub how_buffer: &'static str,
    pub how_money: &'static str,
    pub how_dead: &'static str,
    pub how_lost: &'static str,
    pub change_rules: &'static str,
    pub changes: &'static str,
    pub ordered_on: fn(&str) -> String,
    pub than_before: fn(&str) -> String,
    pub revenue: &'static str,
    pub stock: &'static str,
    pub since_yesterday: &'static str,
    pub ran_out: &'static str,
    pub came_back: &'static str,
    pub new_products: &'static str,
    pub archived_products: &'static str,
    pub no_days: &'static str,
    pub ages: &'static str,
    pub shop: &'static str,
    pub age_stock: &'static str,
    pub age_orders: &'static str,
    pub never_read: &'static str,
    pub read_badly: &'static str,
    pub empty_title: &'static str,
    pub empty_no_key: &'static str,
    pub empty_no_sync: &'static str,
    pub empty_running: &'static str,
    pub watch: &'static str,
    pub rules: &'static str,
    pub rules_lead: &'static str,
    pub lead_days: &'static str,
    pub lead_days_hint: &'static str,
    pub review_days: &'static str,
    pub review_days_hint: &'static str,
    pub buffer_days: &'static str,
    pub buffer_days_hint: &'static str,
    pub rules_later: &'static str,
    pub rules_role: &'static str,
    pub rule_days: &'static str,
    pub warehouses: Warehouses,
    pub analytics: Analytics,
}

/// The warehouses.
pub struct Warehouses {
    pub title: &'static str,
    pub lead: &'static str,
    pub name: &'static str,
    pub share: &'static str,
    pub cover: &'static str,
    pub orders: &'static str,
    pub products: &'static str,
    pub out: &'static str,
    pub out_of: fn(&str, &str) -> String,
    pub unknown_orders: &'static str,
    pub nobody: &'static str,
    pub empty: &'static str,
}

/// The analytics.
pub struct Analytics {
    pub title: &'static str,
    pub period: &'static str,
    pub days: fn(u32) -> String,
    pub from_to: fn(&str, &str) -> String,
    pub revenue: &'static str,
    pub ordered: &'static str,
    pub cancelled: &'static str,
    pub turnover: &'static str,
    pub turnover_unit: &'static str,
    pub no_turnover: &'static str,
    pub before: fn(&str) -> String,
    pub no_before: &'static str,
    pub thousands: &'static str,
    pub millions: &'static str,
    pub by_day: &'static str,
    pub chart_label: fn(&str, &str) -> String,
    pub stock_end: &'static str,
    pub as_table: &'static str,
    pub day: &'static str,
    pub empty: &'static str,
    pub classes: &'static str,
    pub classes_lead: &'static str,
    pub abc_names: [&'static str; 3],
    pub xyz_names: [&'static str; 3],
    pub no_xyz: &'static str,
    pub by_revenue: &'static str,
    pub how_abc: &'static str,
    pub how_xyz: &'static str,
    pub how_turnover: &'static str,
    pub how_revenue: &'static str,
    pub lost_title: &'static str,
}

/// English.
pub static EN: Today = Today {
    nav: "Today",
    nav_warehouses: "Warehouses",
    nav_analytics: "Analytics",
    nav_more: "More",
    wants: "What needs doing",
    runs_out: "Runs out before a delivery",
    runs_out_lead: |n| {
        format!(
            "At present sales the stock won't last {n} {}, the lead time.",
            en(n, "day", "days")
        )
    },
    order: "Order today",
    order_lead: |n| {
        format!(
            "Stock is below the reorder point; the order lasts for {n} {}.",
            en(n, "day", "days")
        )
    },
    dead: "Lies dead",
    dead_lead: "In stock for 28 days without one order.",
    lost: "Missed in 28 days",
    lost_lead: "Orders that did not come because it was out of stock.",
    products: |n| en(n, "product", "products"),
    at_risk: |money| format!("{money} of sales at risk"),
    pieces: |n| format!("{n} pcs"),
    worth: |money| format!("{money} at selling prices"),
    missed: |money| format!("about {money} of sales"),
    nothing: "nothing",
    all_of: |n| format!("All {n}"),
    left: |n| format!("{n} pcs left"),
    a_day: |n| format!("{n} a day"),
    out_now: "out of stock",
    lasts: |days| format!("lasts {days}"),
    no_sales: "no orders for 28 days",
    short_pieces: "pcs",
    unpriced: |n, number| {
        format!(
            "{number} {} never had an order, so there is no price to count with.",
            en(n, "product", "products")
        )
    },
    unknown: |n, number| {
        format!(
            "Of {number} {} it can't be said: too few days in stock, or orders were not read yet.",
            en(n, "product", "products")
        )
    },
    calm_title: "Nothing needs doing today",
    calm: "Nothing runs out before a delivery could arrive, and nothing is to be ordered.",
    how: "How it is computed",
    how_risk: |n| {
        format!("Velocity × lead time ({n} {}) − stock, at selling prices.", en(n, "day", "days"))
    },
    how_order: |lead, review, buffer| {
        format!(
            "Time to order: stock ≤ velocity × ({lead} lead + {buffer} buffer) days. How much: velocity × ({lead} lead + \
             {review} review + {buffer} buffer) days − stock, in whole pieces."
        )
    },
    how_terms: "A product, brand or shop with a lead time, pack or smallest order of its own goes by that.",
    how_velocity: "Velocity: orders of 28 days ÷ days of them that ended with stock. Below three such days there is no \
                   velocity, and no advice.",
    how_buffer: "The buffer is days of demand. No service level is stated: forecasts have not been checked against what \
                 happened yet.",
    how_money: "Money is at average selling prices of 28 days. Costs, commissions and delivery are not taken off: it is \
                revenue, not profit.",
    how_dead: "In stock at the end of each of the last 28 days, and not one order.",
    how_lost: "Days that began and ended without stock × velocity, at most what was sold in the same 28 days.",
    change_rules: "Change lead time and buffer",
    changes: "Since yesterday",
    ordered_on: |day| format!("Ordered on {day}"),
    than_before: |change| format!("{change} to the day before"),
    revenue: "Revenue",
    stock: "Stock",
    since_yesterday: "since yesterday's end",
    ran_out: "Ran out",
    came_back: "Back in stock",
    new_products: "New products",
    archived_products: "No longer listed",
    no_days: "There is no whole day to look back on yet.",
    ages: "How old the data is",
    shop: "Shop",
    age_stock: "Stock",
    age_orders: "Orders",
    never_read: "not read yet",
    read_badly: "The last reading failed; the numbers are those of the one before.",
    empty_title: "Here you will see what to do today",
    empty_no_key: "Connect a shop: after the first sync this page says what runs out, what to order and what lies dead.",
    empty_no_sync: "The shop is connected. Start the first sync; it takes a few minutes.",
    empty_running: "The first sync is running. The page fills when it is done.",
    watch: "Watch the sync",
    rules: "Reordering",
    rules_lead: "What “Order today” is computed by, for all products of the company.",
    lead_days: "Lead time, days",
    lead_days_hint: "From placing an order to its being for sale at the marketplace.",
    review_days: "Review period, days",
    review_days_hint: "How often you order.",
    buffer_days: "Buffer, days of demand",
    buffer_days_hint: "A reserve for late deliveries and good days. Not a probability.",
    rules_later: "New rules hold from the next sync.",
    rule_days: "Use a whole number of days, at most 365; a delivery takes one at least.",
    rules_role: "Owners and admins change these.",
    warehouses: Warehouses {
        title: "Warehouses",
        lead: "Where the stock lies, how long it lasts there, and what is out.",
        name: "Warehouse",
        share: "Share of stock",
        cover: "Cover, days",
        orders: "Orders in 28 days",
        products: "Products",
        out: "Out there",
        out_of: |n, name| format!("{n} products that sell are out at {name}"),
        unknown_orders: "Orders don't name this warehouse",
        nobody: "No orders from here in 28 days",
        empty: "No warehouses yet: they come with the first sync.",
    },
    analytics: Analytics {
        title: "Analytics",
        period: "Period",
        days: |n| if n == 365 { "a year".into() } else { format!("{n} days") },
        from_to: |from, to| format!("{from} – {to}"),
        revenue: "Revenue",
        ordered: "Ordered",
        cancelled: "Cancelled",
        turnover: "Turnover",
        turnover_unit: "days",
        no_turnover: "Stock is not known for every day of the period, or nothing was ordered",
        before: |n| format!("{n} to the period before"),
        no_before: "the period before is not known",
        thousands: "thousand",
        millions: "million",
        by_day: "By day",
        chart_label: |from, to| {
            format!(
                "Revenue, orders and stock from {from} to {to}. Left and right arrows go day by day."
            )
        },
        stock_end: "Stock at day's end",
        as_table: "The same days as a table",
        day: "Day",
        empty: "There is no whole day of orders yet: they come with the first sync.",
        classes: "ABC and XYZ",
        classes_lead: "Revenue of 28 days by how much a product brings (ABC) and how evenly it sells (XYZ).",
        abc_names: ["first 80\u{a0}% of revenue", "next 15\u{a0}%", "last 5\u{a0}%"],
        xyz_names: ["even", "uneven", "in bursts"],
        no_xyz: "not known",
        by_revenue: "of revenue",
        how_abc: "ABC: products from the largest revenue of 28 days down; A until 80 % of the whole, B until 95 %.",
        how_xyz: "XYZ: variation of weekly demand over 12 weeks, weeks with fewer than three days in stock left out; X up to \
                  0.5, Y up to 1, Z above. Fewer than four such weeks: not known.",
        how_turnover: "Average stock of the period ÷ units ordered a day.",
        how_revenue: "What buyers pay for the ordered units, cancelled ones not counted. Whole days; today is left out.",
        lost_title: "Missed for want of stock",
    },
};

/// Русский.
pub static RU: Today = Today {
    nav: "Сегодня",
    nav_warehouses: "Склады",
    nav_analytics: "Аналитика",
    nav_more: "Ещё",
    wants: "Что нужно сделать",
    runs_out: "Закончатся до поставки",
    runs_out_lead: |n| {
        format!(
            "При нынешних продажах остатка не хватит на срок поставки — {n}\u{a0}{}.",
            ru(n, "день", "дня", "дней")
        )
    },
    order: "Заказать сегодня",
    order_lead: |n| {
        format!(
            "Запас дошёл до точки заказа; заказа хватит на {n}\u{a0}{}.",
            ru(n, "день", "дня", "дней")
        )
    },
    dead: "Лежат без продаж",
    dead_lead: "28 дней в наличии и ни одного заказа.",
    lost: "Упущено за 28 дней",
    lost_lead: "Заказы, которых не было, потому что товар закончился.",
    products: |n| ru(n, "товар", "товара", "товаров"),
    at_risk: |money| format!("под угрозой продажи на {money}"),
    pieces: |n| format!("{n}\u{a0}шт."),
    worth: |money| format!("{money} по ценам продажи"),
    missed: |money| format!("продаж примерно на {money}"),
    nothing: "ничего",
    all_of: |n| format!("Все {n}"),
    left: |n| format!("осталось {n}\u{a0}шт."),
    a_day: |n| format!("{n}\u{a0}в\u{a0}день"),
    out_now: "нет в наличии",
    lasts: |days| format!("хватит на {days}"),
    no_sales: "28 дней без заказов",
    short_pieces: "шт.",
    unpriced: |n, number| {
        format!(
            "{number}\u{a0}{} ещё ни разу не заказывали, поэтому цены для расчёта нет.",
            ru(n, "товар", "товара", "товаров")
        )
    },
    unknown: |n, number| {
        format!(
            "Про {number}\u{a0}{} сказать нельзя: мало дней с остатком или заказы ещё не читали.",
            ru(n, "товар", "товара", "товаров")
        )
    },
    calm_title: "На сегодня всё",
    calm: "Ничего не закончится раньше, чем придёт поставка, и заказывать пока не нужно.",
    how: "Как посчитано",
    how_risk: |n| {
        format!(
            "Скорость продаж × срок поставки ({n}\u{a0}{}) − остаток, по ценам продажи.",
            ru(n, "день", "дня", "дней")
        )
    },
    how_order: |lead, review, buffer| {
        format!(
            "Пора заказывать: остаток ≤ скорость × ({lead} поставка + {buffer} страховой запас) дн. Сколько: скорость × \
             ({lead} поставка + {review} между заказами + {buffer} страховой запас) дн. − остаток, целыми штуками."
        )
    },
    how_terms: "Если у товара, бренда или магазина задан свой срок поставки, кратность или минимум заказа, берутся они.",
    how_velocity: "Скорость: заказы за 28 дней ÷ дни из них, закончившиеся с остатком. Если таких дней меньше трёх, \
                   скорости нет и советов тоже.",
    how_buffer: "Страховой запас — это дни спроса. Уровень сервиса не указан: прогнозы ещё не сверены с тем, что было на \
                 самом деле.",
    how_money: "Деньги — по средним ценам заказов за 28 дней. Себестоимость, комиссия и логистика не вычтены: это выручка, а не \
               прибыль.",
    how_dead: "Остаток был в конце каждого из 28 последних дней, а заказов не было совсем.",
    how_lost: "Дни, которые начались и закончились без остатка, × скорость продаж, но не больше, чем продано за те же 28 дней.",
    change_rules: "Изменить срок поставки и запас",
    changes: "Со вчерашнего дня",
    ordered_on: |day| format!("Заказано {day}"),
    than_before: |change| format!("{change} к предыдущему дню"),
    revenue: "Выручка",
    stock: "Остаток",
    since_yesterday: "с конца вчерашнего дня",
    ran_out: "Закончились",
    came_back: "Снова в наличии",
    new_products: "Новые товары",
    archived_products: "Больше не продаются",
    no_days: "Пока нет ни одного полного дня, с которым можно сравнить.",
    ages: "Насколько свежие данные",
    shop: "Магазин",
    age_stock: "Остатки",
    age_orders: "Заказы",
    never_read: "ещё не читали",
    read_badly: "Последнее чтение не удалось; числа — от предыдущего.",
    empty_title: "Здесь будет видно, что делать сегодня",
    empty_no_key: "Подключите магазин: после первой синхронизации станет видно, что заканчивается, что заказать и что \
                   лежит без продаж.",
    empty_no_sync: "Магазин подключён. Запустите первую синхронизацию — обычно это несколько минут.",
    empty_running: "Идёт первая синхронизация. Страница заполнится, когда она завершится.",
    watch: "Следить за синхронизацией",
    rules: "Заказы поставщику",
    rules_lead: "По этим срокам считается «Заказать сегодня» — для всех товаров компании.",
    lead_days: "Срок поставки, дней",
    lead_days_hint: "От заказа у поставщика до появления в продаже на маркетплейсе.",
    review_days: "Между заказами, дней",
    review_days_hint: "Как часто вы заказываете.",
    buffer_days: "Страховой запас, дней спроса",
    buffer_days_hint: "На опоздания и удачные дни. Это не вероятность.",
    rules_later: "Новые сроки действуют со следующей синхронизации.",
    rule_days: "Укажите целое число дней, не больше 365; поставка занимает хотя бы один.",
    rules_role: "Изменить могут владелец и администратор.",
    warehouses: Warehouses {
        title: "Склады",
        lead: "Где лежит товар, на сколько дней его там хватит и чего там не осталось.",
        name: "Склад",
        share: "Доля остатка",
        cover: "Запас, дней",
        orders: "Заказы за 28 дней",
        products: "Товары",
        out: "Закончились",
        out_of: |n, name| format!("Продаются, но закончились на складе {name}: {n}"),
        unknown_orders: "В заказах этот склад не указан",
        nobody: "За 28 дней отсюда не было заказов",
        empty: "Складов пока нет: они появятся с первой синхронизацией.",
    },
    analytics: Analytics {
        title: "Аналитика",
        period: "Период",
        days: |n| match n {
            365 => "год".into(),
            n => format!("{n}\u{a0}{}", ru(n.into(), "день", "дня", "дней")),
        },
        from_to: |from, to| format!("{from} — {to}"),
        revenue: "Выручка",
        ordered: "Заказано",
        cancelled: "Отменено",
        turnover: "Оборачиваемость",
        turnover_unit: "дн.",
        no_turnover: "Остаток известен не за все дни периода, или заказов не было",
        before: |n| format!("{n} к прошлому периоду"),
        no_before: "прошлый период неизвестен",
        thousands: "тыс.",
        millions: "млн",
        by_day: "По дням",
        chart_label: |from, to| {
            format!(
                "Выручка, заказы и остаток с {from} по {to}. Стрелки влево и вправо переходят по дням."
            )
        },
        stock_end: "Остаток на конец дня",
        as_table: "Те же дни таблицей",
        day: "День",
        empty: "Пока нет ни одного полного дня заказов: они появятся с первой синхронизацией.",
        classes: "ABC и XYZ",
        classes_lead: "Выручка за 28 дней: сколько товар приносит (ABC) и насколько ровно продаётся (XYZ).",
        abc_names: ["первые 80\u{a0}% выручки", "следующие 15\u{a0}%", "последние 5\u{a0}%"],
        xyz_names: ["ровно", "неровно", "рывками"],
        no_xyz: "неизвестно",
        by_revenue: "выручки",
        how_abc: "ABC: товары по убыванию выручки за 28 дней; A — до 80 % всей выручки, B — до 95 %.",
        how_xyz: "XYZ: разброс недельного спроса за 12 недель без недель, где товар был в наличии меньше трёх дней; X — до \
                  0,5, Y — до 1, Z — выше. Если таких недель меньше четырёх, класс неизвестен.",
        how_turnover: "Средний остаток за период ÷ заказано штук в день.",
        how_revenue: "Сколько покупатели платят за заказанное, без отменённого. Полные дни; сегодняшний не входит.",
        lost_title: "Упущено из-за отсутствия",
    },
};
