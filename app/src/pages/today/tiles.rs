//! The first thing the eye finds: four figures, each the address of the list behind it.

use crate::{components::icon::Icon, state::use_text, text::number};
use domain::today::{MoneyAtCost, Today, TodayList};
use leptos::prelude::*;

/// The figures.
#[component]
pub fn Tiles(
    /// The morning.
    morning: Today,
) -> impl IntoView {
    let text = use_text();
    let words = text.today();
    let money =
        |list: &TodayList| number::money(text.locale, list.revenue_minor, &morning.currency);
    let pieces = |list: &TodayList| (words.pieces)(&text.int(list.units));
    let cost = |minor: i64| number::money(text.locale, minor, &morning.currency);
    // At cost where anybody has said a cost; by price else, as it says.
    let known = |money: Option<MoneyAtCost>, of: &TodayList| {
        money.filter(|money| money.at_price < of.products)
    };
    let dead = known(morning.frozen, &morning.dead).map_or_else(
        || (words.worth)(&money(&morning.dead)),
        |money| (text.changes().at_cost)(&cost(money.minor)),
    );
    let lost = known(morning.missed, &morning.lost).map_or_else(
        || (words.missed)(&money(&morning.lost)),
        |money| {
            let whole = (text.changes().at_margin)(&cost(money.minor));
            let rest = (money.at_price > 0)
                .then(|| (text.changes().at_price)(money.at_price, &text.int(money.at_price)));
            rest.map_or_else(|| whole.clone(), |rest| format!("{whole}; {rest}"))
        },
    );
    let tiles = [
        (
            "/products?risk=1&sort=-at_risk",
            words.runs_out,
            &morning.runs_out,
            "risk",
            Icon::Warning,
            (words.at_risk)(&money(&morning.runs_out)),
        ),
        (
            "/products?to_order=1&sort=-order_minor",
            words.order,
            &morning.order,
            "warning",
            Icon::Down,
            format!("{}, {}", pieces(&morning.order), (words.worth)(&money(&morning.order))),
        ),
        (
            "/products?dead=1&sort=-dead_minor",
            words.dead,
            &morning.dead,
            "quiet",
            Icon::Clock,
            format!("{}, {dead}", pieces(&morning.dead)),
        ),
        (
            "/products?lost=1&sort=-lost_minor_28",
            words.lost,
            &morning.lost,
            "quiet",
            Icon::Wrong,
            lost,
        ),
    ];
    let tiles = tiles.into_iter().map(|(href, title, list, tone, icon, about)| {
        let count = list.products;
        let tone = if count == 0 { "none" } else { tone };
        view! {
            <li>
                <a class=format!("today-tile {tone}") href=href>
                    <span class="today-tile-name">{icon.draw()} {title}</span>
                    <span class="today-tile-count">
                        <b class="num">{text.int(count)}</b> " " {(words.products)(count)}
                    </span>
                    <span class="today-tile-about">
                        {if count == 0 { words.nothing.to_owned() } else { about }}
                    </span>
                </a>
            </li>
        }
    });
    // The lists below say how they are computed; what was missed has none here.
    let how = (morning.lost.products > 0).then(|| {
        let margin = morning.missed.map(|_| view! { <p>{text.changes().how_margin}</p> });
        view! {
            <details class="today-how">
                <summary>{words.lost} ": " {words.how}</summary>
                <div>
                    <p>{words.how_lost}</p>
                    {margin} <p>{words.how_money}</p>
                </div>
            </details>
        }
    });
    view! {
        <nav aria-label=words.wants>
            <ul class="today-tiles">{tiles.collect_view()}</ul>
        </nav>
        {how}
    }
    .into_any()
}
