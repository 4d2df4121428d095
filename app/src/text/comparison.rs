//! Our numbers beside the marketplace's: both languages.

use domain::comparison::{ComparedFigure, DifferenceReason};

/// The section on a product's page.
pub struct Comparison {
    pub title: fn(&str) -> String,
    pub lead: &'static str,
    pub figure: &'static str,
    pub ours: &'static str,
    pub theirs: &'static str,
    pub why: &'static str,
    pub names: fn(ComparedFigure) -> &'static str,
    pub agrees: &'static str,
    pub reasons: fn(DifferenceReason) -> &'static str,
    pub grade: fn(&str) -> Option<&'static str>,
    pub told: &'static str,
    pub told_names: fn(&str) -> Option<&'static str>,
    pub open: fn(&str) -> String,
    pub not_told: &'static str,
}

/// English.
pub static EN: Comparison = Comparison {
    title: |marketplace| format!("As {marketplace} counts"),
    lead: "Computed again from our stock and orders by the marketplace's own rules, beside what it shows itself.",
    figure: "Figure",
    ours: "Ours",
    theirs: "Theirs",
    why: "Why they differ",
    names: |figure| match figure {
        ComparedFigure::Available => "At its warehouses",
        ComparedFigure::Stock => "At all warehouses",
        ComparedFigure::Ads => "Sales a day, 28 days",
        ComparedFigure::OrdersADay => "Orders a day, 28 days",
        ComparedFigure::DaysOfCover => "Days of cover",
        ComparedFigure::Turnover => "Turnover, days",
        ComparedFigure::Grade => "Grade",
        ComparedFigure::OwnCover => "Our own days of cover",
    },
    agrees: "The same",
    reasons: |reason| match reason {
        DifferenceReason::NotKnown => "Not read yet",
        DifferenceReason::NotTold => "The marketplace does not tell it",
        DifferenceReason::OtherMoment => {
            "Of different moments: something was sold or supplied in between"
        }
        DifferenceReason::FromStock => "The stock differs",
        DifferenceReason::FromSales => "The sales differ",
        DifferenceReason::OtherReadings => {
            "We know the stock of past days from our readings, the marketplace at midnight"
        }
        DifferenceReason::OtherState => "The marketplace names a state of its own",
        DifferenceReason::OtherMeasure => {
            "Another measure: ours leaves out days without stock and counts every warehouse"
        }
        DifferenceReason::Unexplained => "Nothing we know explains it",
    },
    grade: |word| {
        grade(
            word,
            [
                "Deficit",
                "Popular",
                "Enough",
                "Surplus",
                "No sales",
                "Collecting data",
                "Waits for a supply",
                "Never runs out",
                "Not computed",
            ],
        )
    },
    told: "Only the marketplace tells",
    told_names: |name| match name {
        "requested" => Some("In supplies asked for"),
        "in_supply" => Some("In supplies on the way"),
        "from_buyers" => Some("Coming back from buyers"),
        "days_without_sales" => Some("Days without a sale"),
        "turnover_60" => Some("Turnover over 60 days, days"),
        "ads_60" => Some("Sales a day, 60 days"),
        "missing_time" => Some("Hours out of stock"),
        "lost_orders" => Some("Orders lost"),
        _ => None,
    },
    open: |marketplace| format!("Open on {marketplace}"),
    not_told: "Ozon tells of its supplies, not of parcels",
};

/// Русский.
pub static RU: Comparison = Comparison {
    title: |marketplace| format!("Как считает {marketplace}"),
    lead: "Пересчитано по нашим остаткам и заказам по правилам маркетплейса — рядом с тем, что показывает он сам.",
    figure: "Показатель",
    ours: "У нас",
    theirs: "У маркетплейса",
    why: "Почему расходится",
    names: |figure| match figure {
        ComparedFigure::Available => "На его складах",
        ComparedFigure::Stock => "На всех складах",
        ComparedFigure::Ads => "Продаж в день за 28 дней",
        ComparedFigure::OrdersADay => "Заказов в день за 28 дней",
        ComparedFigure::DaysOfCover => "На сколько дней хватит",
        ComparedFigure::Turnover => "Оборачиваемость, дней",
        ComparedFigure::Grade => "Оценка запаса",
        ComparedFigure::OwnCover => "На сколько хватит по нашей мере",
    },
    agrees: "Совпадает",
    reasons: |reason| match reason {
        DifferenceReason::NotKnown => "Ещё не прочитано",
        DifferenceReason::NotTold => "Маркетплейс этого не сообщает",
        DifferenceReason::OtherMoment => {
            "На разные моменты: между ними что-то продали или привезли"
        }
        DifferenceReason::FromStock => "Расходится остаток",
        DifferenceReason::FromSales => "Расходятся продажи",
        DifferenceReason::OtherReadings => {
            "Остатки прошлых дней у нас на момент чтения, у маркетплейса на полночь"
        }
        DifferenceReason::OtherState => "Маркетплейс называет своё состояние",
        DifferenceReason::OtherMeasure => {
            "Другая мера: наша не считает дни без остатка и учитывает все склады"
        }
        DifferenceReason::Unexplained => "Из того, что известно, не объясняется",
    },
    grade: |word| {
        grade(
            word,
            [
                "Дефицит",
                "Популярный",
                "Достаточно",
                "Избыток",
                "Нет продаж",
                "Собирает данные",
                "Ждёт поставку",
                "Не закончится",
                "Не рассчитано",
            ],
        )
    },
    told: "Сообщает только маркетплейс",
    told_names: |name| match name {
        "requested" => Some("В заявках на поставку"),
        "in_supply" => Some("В поставках в пути"),
        "from_buyers" => Some("Едет от покупателей"),
        "days_without_sales" => Some("Дней без продаж"),
        "turnover_60" => Some("Оборачиваемость за 60 дней, дней"),
        "ads_60" => Some("Продаж в день за 60 дней"),
        "missing_time" => Some("Часов без остатка"),
        "lost_orders" => Some("Упущено заказов"),
        _ => None,
    },
    open: |marketplace| format!("Открыть на {marketplace}"),
    not_told: "Ozon сообщает о поставках, а не об отправлениях",
};

/// A grade in words, ours or the marketplace's; a word that is not known is shown as it is.
fn grade(word: &str, names: [&'static str; 9]) -> Option<&'static str> {
    let [deficit, popular, actual, surplus, no_sales, collecting, waiting, never, not_computed] =
        names;
    Some(match word.trim_start_matches("WAS_") {
        "deficit" | "DEFICIT" => deficit,
        "popular" | "POPULAR" => popular,
        "actual" | "ACTUAL" => actual,
        "surplus" | "SURPLUS" => surplus,
        "no_sales" | "NO_SALES" | "RESTRICTED_NO_SALES" => no_sales,
        "COLLECTING_DATA" => collecting,
        "WAITING_FOR_SUPPLY" => waiting,
        "infinite" => never,
        "not_computed" => not_computed,
        _ => return None,
    })
}
