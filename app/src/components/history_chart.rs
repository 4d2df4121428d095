//! Stock by warehouse (areas), orders and returns (bars), prices (lines) and what happened (marks) of a product on one
//! time axis, drawn by the server; the period before it behind them, as a dashed line.

use crate::{
    chart::{self, Mark},
    components::day_plane::{DayMarks, DayPlane, Stretch, Zoom, grid, middle},
    state::use_text,
    text::{Text, date, number},
};
use chrono::NaiveDate;
use domain::product::{PlaceDays, ProductDay};
use leptos::prelude::*;
use std::sync::Arc;

/// The chart.
#[component]
pub fn HistoryChart(
    /// Day by day, oldest first, at least one.
    days: Arc<Vec<ProductDay>>,
    /// As many days before them, to compare with.
    before: Option<Arc<Vec<ProductDay>>>,
    /// What happened: the index of the day and what, in the order of the days.
    marks: Arc<Vec<(usize, Mark)>>,
    /// Stock by warehouse, the fullest first.
    places: Arc<Vec<PlaceDays>>,
    /// The address of a stretch of days alone.
    closer: Callback<(NaiveDate, NaiveDate), String>,
    /// In which the prices are.
    currency: String,
) -> impl IntoView {
    let text = use_text();
    let count = days.len();
    let zoom = zoom(text, &days, closer);
    let ends = days.first().zip(days.last());
    let label = ends.map(|(first, last)| {
        (text.product().chart_label)(&text.day(first.day), &text.day(last.day))
    });
    let spoken = {
        let days = Arc::clone(&days);
        move |index: usize| days.get(index).map(|day| in_words(text, day))
    };
    let tip = {
        let (days, before) = (Arc::clone(&days), before.clone());
        let (marks, currency) = (Arc::clone(&marks), currency.clone());
        move |index: usize| {
            let day = *days.get(index)?;
            let of_day = marks.iter().filter(|(at, _)| *at == index).map(|(_, mark)| *mark);
            let said = of_day.filter(|mark| *mark != Mark::Synced);
            let said = said.map(|mark| mark_words(text, mark, &currency));
            let happened = said.collect::<Vec<_>>().join(", ");
            let then = before.as_ref().and_then(|before| before.get(index).copied());
            let currency = currency.clone();
            let tip = view! {
                <Tip day=day before=then happened=happened currency=currency index=index count=count />
            };
            Some(tip.into_any())
        }
    };
    let dates = days.iter().map(|day| day.day).collect::<Vec<_>>();
    view! {
        <DayPlane count=count label=label words=Callback::new(spoken) tip=Callback::new(tip) zoom=zoom>
            <StockPanel days=Arc::clone(&days) before=before.clone() places=places />
            <MarksRow marks=Arc::clone(&marks) count=count />
            <OrdersPanel days=Arc::clone(&days) before=before.clone() />
            <PricePanel days=Arc::clone(&days) currency=currency />
            <DayMarks dates=dates />
        </DayPlane>
    }
    .into_any()
}

/// Where a stretch of the days leads.
fn zoom(
    text: &'static Text,
    days: &[ProductDay],
    closer: Callback<(NaiveDate, NaiveDate), String>,
) -> Zoom {
    let dates: Arc<[NaiveDate]> = days.iter().map(|day| day.day).collect();
    let ends = move |(first, last): Stretch| Some((*dates.get(first)?, *dates.get(last)?));
    let (for_href, for_name) = (ends.clone(), ends.clone());
    Zoom {
        href: Callback::new(move |stretch| for_href(stretch).map(|ends| closer.run(ends))),
        name: Callback::new(move |stretch| {
            let (first, last) = for_name(stretch)?;
            Some((text.timeline().zoom)(&text.day(first), &text.day(last)))
        }),
        spoken: Callback::new(move |stretch| {
            let (first, last) = ends(stretch)?;
            let days = (last - first).num_days() + 1;
            Some((text.timeline().selected)(&text.day(first), &text.day(last), days))
        }),
    }
}

fn in_words(text: &Text, day: &ProductDay) -> String {
    let number = |value: Option<i64>| {
        value.map_or_else(|| text.common().unknown.to_owned(), |value| text.int(value))
    };
    format!(
        "{}: {} {}, {} {}",
        date::weekday(text.locale, day.day),
        text.product().stock,
        number(day.stock),
        text.product().ordered,
        number(day.ordered)
    )
}

/// What a mark stands for.
pub fn mark_words(text: &Text, mark: Mark, currency: &str) -> String {
    let money = |minor| number::money(text.locale, minor, currency);
    match mark {
        Mark::RanOut => text.ordering().ran_out.to_owned(),
        Mark::CameIn(pieces) => (text.timeline().came)(&text.int(pieces)),
        Mark::Repriced(from, to) => (text.timeline().repriced)(&money(from), &money(to)),
        Mark::Edited => text.timeline().edited.to_owned(),
        Mark::Noted => text.ordering().noted.to_owned(),
        Mark::Synced => text.ordering().synced.to_owned(),
    }
}

/// A shape a mark, between stock and orders; the table of the days names them.
#[component]
fn MarksRow(marks: Arc<Vec<(usize, Mark)>>, count: usize) -> impl IntoView {
    let class = |mark: Mark| match mark {
        Mark::RanOut => "mark out",
        Mark::CameIn(_) => "mark in",
        Mark::Repriced(from, to) if from < to => "mark price up",
        Mark::Repriced(..) => "mark price",
        Mark::Edited => "mark edit",
        Mark::Noted => "mark note",
        Mark::Synced => "mark read",
    };
    let shapes = marks.iter().map(|(index, mark)| {
        let left = format!("inset-inline-start:{:.2}%", middle(*index, count));
        view! { <span class=class(*mark) style=left></span> }
    });
    view! { <div class="chart-marks" aria-hidden="true">{shapes.collect_view()}</div> }
}

/// What the buyers paid on average, day by day, nothing where nothing was ordered; and what it was listed at.
#[component]
fn PricePanel(days: Arc<Vec<ProductDay>>, currency: String) -> impl IntoView {
    let text = use_text();
    let paid: Vec<Option<i64>> = days.iter().map(price).collect();
    let listed: Vec<Option<i64>> = days.iter().map(|day| day.listed_minor).collect();
    let all = || paid.iter().chain(&listed).flatten().copied();
    let Some(top) = all().max() else { return ().into_any() };
    let ticks = chart::ticks(top / 100, 2);
    let height = |minor: i64| ticks.height(minor) / 100.0;
    let has_listed = listed.iter().any(Option::is_some);
    let key = has_listed.then(|| {
        view! {
            <span class="key-listed"></span>
            {text.timeline().listed}
        }
    });
    view! {
        <div class="chart-panel price">
            <p class="chart-name">
                <span class="key-price"></span>
                {text.timeline().paid}
                ", "
                {number::sign(&currency).to_owned()}
                {key}
            </p>
            <div class="chart-body">
                {grid(text, &ticks)}
                <svg viewBox=format!("0 0 {} 100", days.len()) preserveAspectRatio="none">
                    <path class="chart-listed" d=chart::steps(&listed, height) />
                    <path class="chart-price" d=chart::line(&paid, height) />
                </svg>
            </div>
        </div>
    }
    .into_any()
}

/// The average price of a day's orders, minor units.
pub fn price(day: &ProductDay) -> Option<i64> {
    let units = day.ordered.filter(|units| *units > 0)?;
    Some(day.revenue_minor? / units)
}

#[component]
fn StockPanel(
    days: Arc<Vec<ProductDay>>,
    before: Option<Arc<Vec<ProductDay>>>,
    places: Arc<Vec<PlaceDays>>,
) -> impl IntoView {
    let text = use_text();
    let stock: Vec<_> = days.iter().map(|day| day.stock).collect();
    let then: Vec<_> = before.iter().flat_map(|days| days.iter().map(|day| day.stock)).collect();
    let top = stock.iter().chain(&then).flatten().copied().max().unwrap_or(0);
    let ticks = chart::ticks(top, 4);
    let height = |value| ticks.height(value);
    let out = chart::columns(&chart::runs(&stock, |day| *day == Some(0)));
    // One place is the whole; a period behind needs the eye for the whole.
    let layers: Vec<_> = if before.is_none() && places.len() > 1 {
        places.iter().map(|place| place.stock.clone()).collect()
    } else {
        Vec::new()
    };
    let names = places.iter().take(layers.len()).enumerate().map(|(nth, place)| {
        let name = place.name.clone().unwrap_or_else(|| text.timeline().others.to_owned());
        view! {
            <span class=format!("key-place place-{nth}")></span>
            {name}
        }
    });
    let names = (!layers.is_empty())
        .then(|| view! { <p class="chart-name places-key">{names.collect_view()}</p> });
    let area = layers.is_empty().then(|| {
        view! { <path class="chart-area" d=chart::area(&stock, height) /> }
    });
    let bands = chart::stacked(&layers, height).into_iter().enumerate();
    let bands =
        bands.map(|(nth, d)| view! { <path class=format!("chart-place place-{nth}") d=d /> });
    let bands = bands.collect_view();
    view! {
        <div class="chart-panel stock">
            <p class="chart-name">
                <span class="key-stock"></span>
                {text.product().stock_end}
                ", "
                {text.products().units}
                {(!out.is_empty())
                    .then(|| view! { <span class="key-out"></span> {text.product().out_days} })}
                {before
                    .is_some()
                    .then(|| view! { <span class="key-before"></span> {text.ordering().before} })}
            </p>
            {names}
            <div class="chart-body">
                {grid(text, &ticks)}
                <svg viewBox=format!("0 0 {} 100", days.len()) preserveAspectRatio="none">
                    <path class="chart-out" d=out />
                    {area}
                    {bands}
                    <path class="chart-before" d=chart::line(&then, height) />
                    <path class="chart-stroke" d=chart::line(&stock, height) />
                </svg>
            </div>
        </div>
    }
    .into_any()
}

#[component]
fn OrdersPanel(days: Arc<Vec<ProductDay>>, before: Option<Arc<Vec<ProductDay>>>) -> impl IntoView {
    let text = use_text();
    let then: Vec<_> = before.iter().flat_map(|days| days.iter().map(|day| day.ordered)).collect();
    let now = days.iter().flat_map(|day| [day.ordered, day.returned]).flatten();
    let ticks = chart::ticks(now.chain(then.iter().flatten().copied()).max().unwrap_or(0), 2);
    let line = chart::line(&then, |value| ticks.height(value));
    let came_back = days.iter().any(|day| day.returned.is_some_and(|units| units > 0));
    let bars = |of: fn(&ProductDay) -> Option<i64>, from: &str, wide: &str| {
        let bars = days.iter().enumerate().filter_map(|(i, day)| {
            let tall = ticks.height(of(day).filter(|units| *units > 0)?);
            Some(format!("M{i}.{from} 100h.{wide}v-{tall:.1}h-.{wide}Z"))
        });
        bars.collect::<String>()
    };
    let back = came_back.then(|| bars(|day| day.returned, "65", "25"));
    let bars = bars(|day| day.ordered, "15", if came_back { "5" } else { "7" });
    let key = came_back.then(|| {
        view! {
            <span class="key-returned"></span>
            {text.timeline().returned}
        }
    });
    view! {
        <div class="chart-panel orders">
            <p class="chart-name">
                <span class="key-orders"></span>
                {text.product().ordered}
                ", "
                {text.products().units}
                {key}
            </p>
            <div class="chart-body">
                {grid(text, &ticks)}
                <svg viewBox=format!("0 0 {} 100", days.len()) preserveAspectRatio="none">
                    <path class="chart-bars" d=bars />
                    <path class="chart-returned" d=back />
                    <path class="chart-before" d=line />
                </svg>
            </div>
        </div>
    }
    .into_any()
}

/// The crosshair and the day's numbers, those of the period before beside them.
#[component]
fn Tip(
    day: ProductDay,
    before: Option<ProductDay>,
    happened: String,
    currency: String,
    index: usize,
    count: usize,
) -> impl IntoView {
    let text = use_text();
    let at = middle(index, count);
    let side = if at > 55.0 { "chart-tip before" } else { "chart-tip" };
    let said = |value: Option<i64>| value.map_or_else(|| "—".to_owned(), |value| text.int(value));
    let row = |label: &'static str, value: Option<i64>, then: Option<Option<i64>>| {
        view! {
            <span>{label}</span>
            <b class="num">
                {said(value)} {then.map(|then| view! { <i class="then">{said(then)}</i> })}
            </b>
        }
    };
    let money = |minor| number::money(text.locale, minor, &currency);
    let (paid, listed) = (price(&day).map(money), day.listed_minor.map(money));
    view! {
        <div class="chart-cursor" style=format!("inset-inline-start:{at:.2}%")>
            <div class=side>
                <strong>
                    {date::weekday(text.locale, day.day)}
                    {before.map(|then| view! { <i class="then">{text.day(then.day)}</i> })}
                </strong>
                {row(text.product().stock, day.stock, before.map(|then| then.stock))}
                {row(text.product().ordered, day.ordered, before.map(|then| then.ordered))}
                {day.cancelled
                    .filter(|units| *units > 0)
                    .map(|units| row(text.product().cancelled, Some(units), None))}
                {day.returned
                    .filter(|units| *units > 0)
                    .map(|units| row(text.timeline().returned, Some(units), None))}
                {paid.map(|paid| view! { <span>{text.timeline().paid}</span> <b class="num">{paid}</b> })}
                {listed.map(|listed| view! { <span>{text.timeline().listed}</span> <b class="num">{listed}</b> })}
                {(!happened.is_empty()).then(|| view! { <em class="happened">{happened}</em> })}
            </div>
        </div>
    }
    .into_any()
}
