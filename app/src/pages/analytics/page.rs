//! The page: its period is its address; sums beside those of the period before, the days, the classes.

use super::{chart::PeriodChart, classes::Classes};
use crate::{
    api,
    components::{age::Age, failure::FailureView, icon::Icon, next_step::NextStep},
    state::{renew, use_frame, use_progress, use_text},
    text::{Text, date, number},
};
use domain::today::{PeriodTotals, ShopDay, ShopPeriod};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{LazyRoute, hooks::use_query_map, lazy_route};
use std::sync::Arc;

/// The periods that can be chosen, in days.
const PERIODS: [u32; 4] = [7, 28, 90, 365];
const USUAL: u32 = 28;

/// The route.
#[derive(Debug)]
pub struct AnalyticsRoute;

#[lazy_route]
impl LazyRoute for AnalyticsRoute {
    fn data() -> Self {
        Self
    }

    fn view(this: Self) -> AnyView {
        let AnalyticsRoute = this;
        view! { <AnalyticsPage /> }.into_any()
    }
}

#[component]
fn AnalyticsPage() -> impl IntoView {
    let text = use_text();
    let query = use_query_map();
    let days = Memo::new(move |_| {
        let asked = query.read().get_str("days").and_then(|days| days.parse().ok());
        asked.filter(|days| PERIODS.contains(days)).unwrap_or(USUAL)
    });
    let period = Resource::new(
        move || days.get(),
        |days| async move { (days, api::today::period(days).await) },
    );
    renew(move || period.refetch());
    let (frame, fetching) = (use_frame(), use_progress().fetching);
    view! {
        <Title text=text.today().analytics.title />
        <header class="page-head">
            <h1>{text.today().analytics.title}</h1>
            <Periods days=days />
        </header>
        <Transition fallback=|| view! { <div class="skeleton-row tall"></div> } set_pending=fetching>
            {move || Suspend::new(async move {
                let has_shop = frame.has_shop().await;
                match period.await {
                    (_, Ok(period)) if period.days.is_empty() => view! {
                        <section class="blank">
                            <span class="blank-icon">{Icon::Analytics.draw()}</span>
                            <h2>{text.today().analytics.empty}</h2>
                            <NextStep has_shop=has_shop />
                        </section>
                    }
                    .into_any(),
                    (_, Ok(period)) => view! { <Period period=period /> }.into_any(),
                    (_, Err(failure)) => view! { <FailureView failure=failure /> }.into_any(),
                }
            })}
        </Transition>
    }
    .into_any()
}

/// Links, so that the period is in the address and works without script.
#[component]
fn Periods(days: Memo<u32>) -> impl IntoView {
    let text = use_text();
    let links = PERIODS.into_iter().map(|length| {
        let href = if length == USUAL {
            "/analytics".to_owned()
        } else {
            format!("/analytics?days={length}")
        };
        let here = move || (days.get() == length).then_some("true");
        view! { <a href=href aria-current=here>{(text.today().analytics.days)(length)}</a> }
    });
    view! {
        <nav class="switch" aria-label=text.today().analytics.period>
            {links.collect_view()}
        </nav>
    }
    .into_any()
}

#[component]
fn Period(period: ShopPeriod) -> impl IntoView {
    let text = use_text();
    let words = &text.today().analytics;
    let ends = period
        .days
        .first()
        .zip(period.days.last())
        .map(|(first, last)| (words.from_to)(&text.day(first.day), &text.day(last.day)));
    let days = Arc::new(period.days);
    let lost = &period.lost;
    let lost_money = number::money(text.locale, lost.revenue_minor, &period.currency);
    let currency = period.currency.clone();
    view! {
        <p class="lead-line">
            {ends}
            {period
                .measured_at
                .map(|at| view! { <span class="analytics-age">{text.products().age} " " <Age at=at /></span> })}
        </p>
        <Sums totals=period.totals before=period.before currency=currency.clone() />
        <section class="analytics-days" aria-labelledby="by-day">
            <h2 id="by-day">{words.by_day}</h2>
            <PeriodChart days=Arc::clone(&days) currency=currency.clone() />
            <DayTable days=days currency=currency.clone() />
        </section>
        <div class="analytics-columns">
            <Classes cells=period.classes currency=currency />
            <section aria-labelledby="lost">
                <h2 id="lost">{words.lost_title}</h2>
                <p class="today-lead">{text.today().lost_lead}</p>
                <p class="analytics-lost">
                    <a class="num" href="/products?lost=1&sort=-lost_minor_28">{lost_money}</a>
                    <span class="sub">
                        {(text.today().pieces)(&text.int(lost.units))} ", " {text.int(lost.products)} " "
                        {(text.today().products)(lost.products)}
                    </span>
                </p>
                <details class="today-how">
                    <summary>{text.today().how}</summary>
                    <div>
                        <p>{text.today().how_lost}</p>
                        <p>{text.today().how_velocity}</p>
                        <p>{text.today().how_money}</p>
                    </div>
                </details>
            </section>
        </div>
    }
    .into_any()
}

/// The sums with what they were in the period before.
#[component]
fn Sums(totals: PeriodTotals, before: Option<PeriodTotals>, currency: String) -> impl IntoView {
    let text = use_text();
    let words = &text.today().analytics;
    let money = number::money(text.locale, totals.revenue_minor, &currency);
    let than = |of: fn(&PeriodTotals) -> Option<i64>| -> String {
        match (before.as_ref().and_then(of), of(&totals)) {
            (Some(before), Some(now)) if before > 0 => {
                let share = i128::from(now - before) * 100 / i128::from(before);
                let share = i64::try_from(share).unwrap_or(i64::MAX);
                let sign = if share > 0 { "+" } else { "" };
                (words.before)(&format!("{sign}{}\u{a0}%", text.int(share)))
            }
            _ => words.no_before.to_owned(),
        }
    };
    let pieces = |n: i64| (text.today().pieces)(&text.int(n));
    let turnover = totals.turnover_tenths.map(|tenths| {
        format!("{}\u{a0}{}", number::tenths(text.locale, tenths), words.turnover_unit)
    });
    let has_turnover = turnover.is_some();
    let sums = [
        (words.revenue, money, than(|t| Some(t.revenue_minor))),
        (words.ordered, pieces(totals.ordered), than(|t| Some(t.ordered))),
        (words.cancelled, pieces(totals.cancelled), than(|t| Some(t.cancelled))),
        (
            words.turnover,
            turnover.unwrap_or_else(|| "—".to_owned()),
            if has_turnover { than(|t| t.turnover_tenths) } else { words.no_turnover.to_owned() },
        ),
    ];
    let sums = sums.into_iter().map(|(label, value, about)| {
        view! {
            <div class="measure">
                <dt>{label}</dt>
                <dd>
                    <span class="measure-value">{value}</span>
                    <span class="sub">{about}</span>
                </dd>
            </div>
        }
    });
    view! {
        <dl class="measures">{sums.collect_view()}</dl>
        <details class="today-how">
            <summary>{text.today().how}</summary>
            <div>
                <p>{words.revenue} ": " {words.how_revenue}</p>
                <p>{words.turnover} ": " {words.how_turnover}</p>
            </div>
        </details>
    }
    .into_any()
}

/// The days in numbers, newest first: for screen readers and for copying.
#[component]
fn DayTable(days: Arc<Vec<ShopDay>>, currency: String) -> impl IntoView {
    let text = use_text();
    let words = &text.today().analytics;
    let rows = days.iter().rev().map(|day| row(text, *day, &currency)).collect_view();
    view! {
        <details class="day-table">
            <summary>{words.as_table}</summary>
            <div class="table-wrap" tabindex="0" role="region" aria-label=words.as_table>
                <table class="small">
                    <thead>
                        <tr>
                            <th scope="col">{words.day}</th>
                            <th scope="col" class="num">{words.revenue}</th>
                            <th scope="col" class="num">{words.ordered}</th>
                            <th scope="col" class="num">{words.cancelled}</th>
                            <th scope="col" class="num">{words.stock_end}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </details>
    }
    .into_any()
}

fn row(text: &'static Text, day: ShopDay, currency: &str) -> impl IntoView + use<> {
    let stock = day.stock.map_or_else(|| "—".to_owned(), |stock| text.int(stock));
    view! {
        <tr>
            <th scope="row">{date::weekday(text.locale, day.day)}</th>
            <td class="num">{number::money(text.locale, day.revenue_minor, currency)}</td>
            <td class="num">{text.int(day.ordered)}</td>
            <td class="num">{text.int(day.cancelled)}</td>
            <td class="num">{stock}</td>
        </tr>
    }
}
