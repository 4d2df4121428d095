//! A product's main numbers, each with how it was computed.

use crate::{
    components::{
        computed::Measure,
        cover::{self},
        quantity::Quantity,
    },
    state::{use_frame, use_now, use_text},
    text::{Text, number},
};
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::{
    demand::Cover,
    product::{ProductDetail, ProductSummary, VelocityInputs},
    sync::StepKind,
    today::DemandClass,
};
use leptos::prelude::*;

/// The product's state in one sentence.
pub fn sentence(text: &Text, product: &ProductDetail, now: DateTime<Utc>) -> String {
    use domain::demand::UnknownReason as Why;
    let rate = product.velocity.per_day_thousandths;
    match product.summary.cover {
        Cover::Days { tenths } => {
            let span =
                text.days_tenths(if tenths >= 100 { (tenths + 5) / 10 * 10 } else { tenths });
            (text.product().runs_out)(&span, &text.day(last_day(now, tenths)))
        }
        Cover::OutOfStock => match rate.filter(|rate| *rate > 0) {
            Some(rate) => (text.product().out_now_rate)(&number::thousandths(text.locale, rate)),
            None => text.product().out_now.to_owned(),
        },
        Cover::Infinite => text.product().no_sales.to_owned(),
        Cover::Unknown { reason: Why::NoStock } => text.product().unknown_stock.to_owned(),
        Cover::Unknown { reason: Why::NoOrders } => text.product().unknown_orders.to_owned(),
        Cover::Unknown { reason: Why::TooFewDaysInStock } => text.product().unknown_few.to_owned(),
    }
}

/// When to order, beside what lasts so long: a delivery takes `lead` days.
pub fn when_to_order(text: &Text, cover: Cover, lead: i64, now: DateTime<Utc>) -> Option<String> {
    match cover {
        Cover::Days { tenths } if tenths / 10 < lead => {
            Some((text.ordering().late)(lead - tenths / 10, lead))
        }
        Cover::Days { tenths } => {
            let by = last_day(now, tenths.saturating_sub(lead.saturating_mul(10)));
            Some((text.ordering().order_by)(&text.day(by), lead))
        }
        Cover::OutOfStock => Some((text.ordering().order_now)(lead)),
        Cover::Infinite | Cover::Unknown { .. } => None,
    }
}

fn last_day(now: DateTime<Utc>, tenths: i64) -> NaiveDate {
    let today = crate::text::date::moscow(now).date();
    TimeDelta::try_days(tenths / 10)
        .and_then(|days| today.checked_add_signed(days))
        .unwrap_or(NaiveDate::MAX)
}

/// The row of numbers.
#[component]
pub fn Measures(
    /// Whose.
    product: ProductDetail,
) -> impl IntoView {
    let (text, now) = (use_text(), use_now().get_untracked());
    let frame = use_frame();
    let summary = product.summary;
    let (inputs, demand) = (product.velocity, product.demand);
    let words = text.product();
    let stock_source = source(text, words.source_stock, summary.stock_as_of, now);
    let orders_as_of = move |accounts: Vec<domain::account::Account>| {
        let account = accounts.into_iter().find(|account| account.id == summary.account_id)?;
        account.freshness.into_iter().find(|fresh| fresh.step == StepKind::Orders)?.as_of
    };
    view! {
        <Suspense fallback=|| ()>
            {move || {
                let (summary, stock_source) = (summary.clone(), stock_source.clone());
                Suspend::new(async move {
                    let orders = orders_as_of(frame.accounts.await.unwrap_or_default());
                    let orders_source = source(text, words.source_orders, orders, now);
                    row(text, &summary, (inputs, demand), &stock_source, &orders_source)
                })
            }}
        </Suspense>
    }
    .into_any()
}

fn source(
    text: &'static Text,
    words: fn(&str) -> String,
    at: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> String {
    at.map_or_else(|| text.product().source_never.to_owned(), |at| words(&text.age(at, now)))
}

fn row(
    text: &'static Text,
    summary: &ProductSummary,
    (inputs, demand): (VelocityInputs, Option<DemandClass>),
    stock_source: &str,
    orders_source: &str,
) -> impl IntoView + use<> {
    let (words, units) = (text.product(), text.products().units);
    let stock = |line: &str| vec![line.to_owned(), stock_source.to_owned()];
    let ordered = |days| vec![(words.how_orders)(days), orders_source.to_owned()];
    let number = |value, reason| view! { <Quantity value=value reason=reason /> }.into_any();
    let (unread, unordered) = (text.products().never_read, text.products().no_orders_read);
    let cover = summary.cover;
    let cover_unit = match cover {
        Cover::Days { tenths } => cover::unit(text, tenths),
        _ => "",
    };
    let demand = demand.map(|class| {
        let (word, meaning) = (text.changes().demand_of)(class);
        let how = vec![
            format!("{word}: {meaning}"),
            text.changes().how_demand.to_owned(),
            orders_source.to_owned(),
        ];
        view! { <Measure label=text.changes().demand value=word.into_any() how=how /> }
    });
    let rate = inputs.per_day_thousandths;
    let rate_text = rate.map(|rate| number::thousandths(text.locale, rate));
    let how_cover = how_cover(text, summary, rate_text.as_deref(), stock_source);
    let rate_value = rate_text.map_or_else(|| number(None, unordered), IntoAny::into_any);
    view! {
        <dl class="measures">
            <Measure
                label=text.products().cover
                value=cover_value(text, cover)
                unit=cover_unit
                tone=cover::tone(cover)
                how=how_cover
            />
            <Measure label=words.stock value=number(summary.total_stock, unread) unit=units how=stock(words.how_stock) />
            <Measure
                label=words.velocity
                value=rate_value
                unit=words.velocity_unit
                how=how_velocity(text, inputs, orders_source)
            />
            {demand}
            <Measure label=text.products().orders_7 value=number(summary.orders_7, unordered) unit=units how=ordered(7) />
            <Measure label=text.products().orders_28 value=number(summary.orders_28, unordered) unit=units how=ordered(28) />
            <Measure label=text.products().to_client value=number(summary.in_way_to_client, unread) unit=units how=stock(words.how_way) />
            <Measure label=text.products().from_client value=number(summary.in_way_from_client, unread) unit=units how=stock(words.how_way) />
        </dl>
    }
}

fn cover_value(text: &'static Text, cover: Cover) -> AnyView {
    match cover {
        Cover::Days { tenths } => cover::number(text, tenths).into_any(),
        Cover::OutOfStock => view! { <Quantity value=Some(0) reason="" /> }.into_any(),
        Cover::Infinite => "∞".into_any(),
        Cover::Unknown { reason } => {
            view! { <Quantity value=None reason=cover::reason(text, reason) /> }.into_any()
        }
    }
}

fn how_cover(
    text: &Text,
    summary: &ProductSummary,
    rate: Option<&str>,
    stock_source: &str,
) -> Vec<String> {
    let mut lines = vec![text.product().how_cover.to_owned()];
    match (summary.cover, summary.total_stock, rate) {
        (Cover::Days { tenths }, Some(stock), Some(rate)) => {
            let result = text.days_tenths(tenths);
            lines.push((text.product().how_cover_sum)(&text.int(stock), rate, &result));
        }
        (Cover::Unknown { reason }, ..) => lines.push(cover::reason(text, reason).to_owned()),
        (Cover::Infinite, ..) => lines.push(text.products().never_ends.to_owned()),
        _ => {}
    }
    lines.push(stock_source.to_owned());
    lines
}

fn how_velocity(text: &Text, inputs: VelocityInputs, orders_source: &str) -> Vec<String> {
    let mut lines = vec![(text.product().how_velocity)(inputs.window_days)];
    if let (Some(units), Some(days), Some(rate)) =
        (inputs.units, inputs.days_in_stock, inputs.per_day_thousandths)
    {
        let rate = number::thousandths(text.locale, rate);
        lines.push((text.product().how_velocity_sum)(&text.int(units), &text.int(days), &rate));
    }
    lines.push(orders_source.to_owned());
    lines
}
