//! The first thing the eye finds: four figures, each the address of the list behind it.

use crate::{components::icon::Icon, state::use_text, text::number};
use domain::today::{Today, TodayList};
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
            format!("{}, {}", pieces(&morning.dead), (words.worth)(&money(&morning.dead))),
        ),
        (
            "/products?lost=1&sort=-lost_minor_28",
            words.lost,
            &morning.lost,
            "quiet",
            Icon::Wrong,
            (words.missed)(&money(&morning.lost)),
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
    view! {
        <nav aria-label=words.wants>
            <ul class="today-tiles">{tiles.collect_view()}</ul>
        </nav>
    }
    .into_any()
}
