//! A period in numbers, the one before it beside it, how they differ and how each is computed.

use crate::{
    components::quantity::Quantity,
    state::use_text,
    text::{Text, number},
};
use domain::product::ProductDay;
use leptos::prelude::*;

/// Sums over days; `None`: no day of them is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    /// Days whose orders are known.
    pub known: i64,
    /// Units ordered.
    pub ordered: Option<i64>,
    /// Units cancelled.
    pub cancelled: Option<i64>,
    /// Units that came back.
    pub returned: Option<i64>,
    /// What the ordered ones cost the buyers, minor units.
    pub revenue_minor: Option<i64>,
    /// The same of one of them.
    pub price_minor: Option<i64>,
    /// Pieces at the end of a day on average, in tenths.
    pub stock_tenths: Option<i64>,
    /// Days that ended without any.
    pub days_out: Option<i64>,
}

impl Sums {
    /// Of these days.
    pub fn of(days: &[ProductDay]) -> Self {
        let sum = |of: fn(&ProductDay) -> Option<i64>| {
            days.iter().filter_map(of).reduce(|sum, units| sum.saturating_add(units))
        };
        let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
        let levels: Vec<i64> = days.iter().filter_map(|day| day.stock).collect();
        let (ordered, revenue_minor) = (sum(|day| day.ordered), sum(|day| day.revenue_minor));
        let average = |whole: i64, parts: i64| (whole.saturating_mul(10) + parts / 2) / parts;
        let is_any = !levels.is_empty();
        Self {
            known: count(days.iter().filter(|day| day.ordered.is_some()).count()),
            ordered,
            cancelled: sum(|day| day.cancelled),
            returned: sum(|day| day.returned),
            revenue_minor,
            price_minor: ordered
                .filter(|units| *units > 0)
                .and_then(|units| Some(revenue_minor? / units)),
            stock_tenths: is_any.then(|| average(levels.iter().sum(), count(levels.len()))),
            days_out: is_any.then(|| count(levels.iter().filter(|level| **level <= 0).count())),
        }
    }
}

/// The section below the chart.
#[component]
pub fn PeriodSums(
    /// Of the period.
    now: Sums,
    /// Of the one before it, where it is compared.
    before: Option<Sums>,
    /// How many days it has.
    days: usize,
    /// In which the money is.
    currency: String,
) -> impl IntoView {
    let text = use_text();
    let words = text.timeline();
    let pieces = |text: &Text, n: i64| text.int(n);
    let money = move |text: &Text, n: i64| number::money(text.locale, n, &currency);
    let tenths = |text: &Text, n: i64| number::tenths(text.locale, n);
    let product = text.product();
    let of = |get: fn(&Sums) -> Option<i64>| (get(&now), before.as_ref().map(get));
    let rows = [
        row(text, product.ordered, of(|sums| sums.ordered), &pieces),
        row(text, product.cancelled, of(|sums| sums.cancelled), &pieces),
        row(text, words.returned, of(|sums| sums.returned), &pieces),
        row(text, product.revenue, of(|sums| sums.revenue_minor), &money),
        row(text, words.average_price, of(|sums| sums.price_minor), &money),
        row(text, words.average_stock, of(|sums| sums.stock_tenths), &tenths),
        row(text, words.days_out, of(|sums| sums.days_out), &pieces),
    ];
    let heads = before.is_some().then(|| {
        view! {
            <th scope="col" class="num">{text.ordering().before}</th>
            <th scope="col" class="num">{words.change}</th>
        }
    });
    let how = words.how_period.map(|line| view! { <p>{line}</p> });
    let all = i64::try_from(days).unwrap_or(i64::MAX);
    view! {
        <div class="period-sums">
            <h3>{words.of_period}</h3>
            <table class="small">
                <thead>
                    <tr>
                        <th scope="col">{words.figure}</th>
                        <th scope="col" class="num">{words.this_period}</th>
                        {heads}
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
            <details class="period-how">
                <summary>{product.how}</summary>
                {how} <p>{(words.how_known)(now.known, all)}</p>
            </details>
        </div>
    }
    .into_any()
}

fn row(
    text: &'static Text,
    name: &'static str,
    (now, before): (Option<i64>, Option<Option<i64>>),
    said: &dyn Fn(&Text, i64) -> String,
) -> AnyView {
    let cell = |value: Option<i64>| match value {
        Some(value) if value != 0 => view! { <span>{said(text, value)}</span> }.into_any(),
        other => view! { <Quantity value=other reason=text.common().unknown /> }.into_any(),
    };
    let beside = before.map(|before| {
        let change = now.zip(before).map(|(now, before)| {
            let by = now.saturating_sub(before);
            let sign = if by > 0 { "+" } else { "" };
            let share = percent(by, before).map(|share| {
                let sign = if share > 0 { "+" } else { "" };
                view! { <span class="sub">{format!("{sign}{}\u{a0}%", text.int(share))}</span> }
            });
            view! { {format!("{sign}{}", said(text, by))} " " {share} }
        });
        view! {
            <td class="num">{cell(before)}</td>
            <td class="num">{change}</td>
        }
    });
    view! {
        <tr>
            <th scope="row">{name}</th>
            <td class="num">{cell(now)}</td>
            {beside}
        </tr>
    }
    .into_any()
}

/// From nothing there is no percentage.
fn percent(by: i64, before: i64) -> Option<i64> {
    let share = i128::from(by) * 100;
    let before = i128::from(before);
    i64::try_from(share.checked_div(before)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::NaiveDate;

    fn day(stock: Option<i64>, ordered: Option<i64>) -> ProductDay {
        ProductDay {
            day: NaiveDate::from_ymd_opt(2026, 9, 1).unwrap(),
            stock,
            ordered,
            cancelled: ordered.map(|_| 1),
            revenue_minor: ordered.map(|units| units * 500),
            returned: None,
            listed_minor: None,
        }
    }

    #[test]
    fn what_no_day_knows_is_not_known() {
        let sums = Sums::of(&[day(None, None), day(Some(4), Some(3)), day(Some(0), Some(0))]);
        assert_eq!((sums.known, sums.ordered, sums.cancelled), (2, Some(3), Some(2)));
        assert_eq!((sums.revenue_minor, sums.price_minor), (Some(1500), Some(500)));
        assert_eq!((sums.stock_tenths, sums.days_out, sums.returned), (Some(20), Some(1), None));
        assert_eq!(Sums::of(&[]), Sums::default());
        assert_eq!(Sums::of(&[day(Some(1), Some(0))]).price_minor, None, "nothing was ordered");
    }

    #[test]
    fn from_nothing_there_is_no_percentage() {
        assert_eq!((percent(5, 20), percent(-10, 20), percent(5, 0)), (Some(25), Some(-50), None));
    }
}
