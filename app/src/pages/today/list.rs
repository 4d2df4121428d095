//! The first products of a list, by money, with why each is there; the whole list is one address further.

use crate::{
    components::{
        cover::{self, tone},
        icon::Icon,
        photo::Photo,
    },
    state::use_text,
    text::{Text, number},
};
use domain::{
    demand::Cover,
    today::{MoneyAtCost, PlanningRules, TodayList, TodayProduct},
};
use leptos::prelude::*;

/// Which list.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// What runs out before a delivery.
    RunsOut,
    /// What to order.
    Order,
    /// What lies dead.
    Dead,
}

impl Kind {
    const fn id(self) -> &'static str {
        match self {
            Self::RunsOut => "runs-out",
            Self::Order => "order",
            Self::Dead => "dead",
        }
    }

    const fn href(self) -> &'static str {
        match self {
            Self::RunsOut => "/products?risk=1&sort=-at_risk",
            Self::Order => "/products?to_order=1&sort=-order_minor",
            Self::Dead => "/products?dead=1&sort=-dead_minor",
        }
    }

    fn title(self, text: &Text) -> &'static str {
        match self {
            Self::RunsOut => text.today().runs_out,
            Self::Order => text.today().order,
            Self::Dead => text.today().dead,
        }
    }

    fn lead(self, text: &Text, rules: PlanningRules) -> String {
        match self {
            Self::RunsOut => (text.today().runs_out_lead)(rules.lead_days),
            Self::Order => (text.today().order_lead)(rules.protection_days()),
            Self::Dead => text.today().dead_lead.to_owned(),
        }
    }

    /// Formula, what goes into it, and what it does not claim: a paragraph each.
    fn how(self, text: &Text, rules: PlanningRules) -> Vec<String> {
        let words = text.today();
        let own = |line: &'static str| line.to_owned();
        match self {
            Self::RunsOut => vec![
                (words.how_risk)(rules.lead_days),
                own(words.how_terms),
                own(words.how_velocity),
                own(words.how_money),
            ],
            Self::Order => vec![
                (words.how_order)(rules.lead_days, rules.review_days, rules.buffer_days),
                own(words.how_terms),
                own(words.how_velocity),
                own(words.how_buffer),
                own(words.how_money),
            ],
            Self::Dead => vec![own(words.how_dead), own(words.how_money)],
        }
    }
}

/// The list; nothing at all when it has no products.
#[component]
pub fn List(
    /// Which.
    kind: Kind,
    /// The products.
    list: TodayList,
    /// The rules that it was computed by.
    rules: PlanningRules,
    /// The currency of its money.
    currency: String,
    /// What an address of a product ends with: as of when.
    then: String,
    /// Its money at cost, for whom costs are shown.
    #[prop(default = None)]
    at_cost: Option<MoneyAtCost>,
) -> impl IntoView {
    let text = use_text();
    if list.products == 0 {
        return ().into_any();
    }
    let mut how = kind.how(text, rules);
    how.extend(at_cost.map(|_| text.changes().how_cost.to_owned()));
    let how = how.into_iter().map(|line| view! { <p>{line}</p> });
    let rows = list.rows.into_iter().map(|product| {
        let then = then.clone();
        view! { <Row kind=kind product=product currency=currency.clone() then=then /> }
    });
    let unpriced = (list.unpriced > 0)
        .then(|| (text.today().unpriced)(list.unpriced, &text.int(list.unpriced)));
    let uncosted = at_cost.filter(|money| money.at_price > 0).map(|money| {
        let words = (text.changes().at_price)(money.at_price, &text.int(money.at_price));
        view! { <p class="hint">{words}</p> }
    });
    let title = kind.title(text);
    view! {
        <section class="today-list" aria-labelledby=kind.id()>
            <header class="section-head">
                <h2 id=kind.id()>{title}</h2>
                <a class="today-all" href=kind.href() aria-label=format!("{title}: {}", (text.today().all_of)(&text.int(list.products)))>
                    {(text.today().all_of)(&text.int(list.products))} {Icon::Right.draw()}
                </a>
            </header>
            <p class="today-lead">{kind.lead(text, rules)}</p>
            <ol>{rows.collect_view()}</ol>
            {unpriced.map(|words| view! { <p class="hint">{words}</p> })} {uncosted}
            <details class="today-how">
                <summary>{text.today().how}</summary>
                <div>
                    {how.collect_view()}
                    {(kind != Kind::Dead)
                        .then(|| {
                            view! {
                                <p>
                                    <a href="/settings/orders">{text.today().change_rules}</a>
                                </p>
                            }
                        })}
                </div>
            </details>
        </section>
    }
    .into_any()
}

#[component]
fn Row(kind: Kind, product: TodayProduct, currency: String, then: String) -> impl IntoView {
    let text = use_text();
    let (main, tone) = number_that_matters(kind, text, &product);
    let money = |minor| number::money(text.locale, minor, &currency);
    // What lies dead is worth what it cost, where that is known.
    let cost = product.cost_minor.filter(|_| kind == Kind::Dead);
    let worth = match cost {
        Some(minor) => Some((text.changes().at_cost)(&money(minor))),
        None => product.revenue_minor.map(money),
    };
    let why = reason(kind, text, &product);
    view! {
        <li>
            <a class="today-row" href=format!("/products/{}{then}", product.id)>
                <Photo
                    url=product.photo_url
                    title=product.product_name.clone()
                    article=product.marketplace_article
                />
                <span class="today-row-words">
                    <span class="today-row-title">{product.product_name}</span>
                    <span class="today-row-why">
                        <code>{product.seller_article}</code> " " <span>{why}</span>
                    </span>
                </span>
                <span class="today-row-number">
                    <b class=format!("num {tone}")>{main}</b>
                    <span class="num">{worth}</span>
                </span>
            </a>
        </li>
    }
    .into_any()
}

/// How long it lasts, how many to order, how many lie there.
fn number_that_matters(kind: Kind, text: &Text, product: &TodayProduct) -> (String, &'static str) {
    let pieces = (text.today().pieces)(&text.int(product.units));
    match kind {
        Kind::RunsOut => (lasting(text, product.cover), tone(product.cover)),
        Kind::Order | Kind::Dead => (pieces, ""),
    }
}

fn lasting(text: &Text, cover: Cover) -> String {
    match cover {
        Cover::OutOfStock => text.today().out_now.to_owned(),
        Cover::Days { tenths } => {
            format!("{}\u{a0}{}", cover::number(text, tenths), cover::unit(text, tenths))
        }
        Cover::Infinite | Cover::Unknown { .. } => "∞".to_owned(),
    }
}

/// Units a day: from ten on hundredths are noise.
fn daily(text: &Text, thousandths: i64) -> String {
    if thousandths >= 10_000 {
        number::tenths(text.locale, (thousandths + 50) / 100)
    } else {
        number::thousandths(text.locale, thousandths)
    }
}

fn reason(kind: Kind, text: &Text, product: &TodayProduct) -> String {
    let left = product.total_stock.map(|stock| (text.today().left)(&text.int(stock.max(0))));
    let rate = product.per_day_thousandths.map(|rate| (text.today().a_day)(&daily(text, rate)));
    let parts = match kind {
        Kind::RunsOut => [left.filter(|_| product.cover != Cover::OutOfStock), rate],
        Kind::Order => {
            let lasts = match product.cover {
                Cover::OutOfStock => text.today().out_now.to_owned(),
                other => (text.today().lasts)(&lasting(text, other)),
            };
            [Some(lasts), rate]
        }
        Kind::Dead => [Some(text.today().no_sales.to_owned()), None],
    };
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}
