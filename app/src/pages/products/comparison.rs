//! A product's numbers beside the marketplace's own, and why they differ.

use crate::{
    components::{age::Age, quantity::Unknown},
    state::use_text,
    text::{Text, number},
};
use domain::{
    Marketplace,
    comparison::{ComparedFigure, FigureComparison, ProductComparison, ToldFigure},
};
use leptos::prelude::*;

/// The section; nothing where the marketplace tells nothing to compare with.
#[component]
pub fn Comparison(
    /// Both.
    comparison: ProductComparison,
) -> impl IntoView {
    let text = use_text();
    let words = text.comparison();
    let Some(as_of) = comparison.theirs_as_of.filter(|_| !comparison.figures.is_empty()) else {
        return ().into_any();
    };
    let name = match comparison.marketplace {
        Marketplace::Wildberries => "Wildberries",
        Marketplace::Ozon => "Ozon",
    };
    let rows = comparison.figures.into_iter().map(|figure| row(text, figure));
    let told: Vec<_> = comparison
        .told
        .into_iter()
        .filter_map(|figure| Some(((words.told_names)(&figure.name)?, value(text, &figure)?)))
        .map(|(name, value)| view! { <div><dt>{name}</dt> <dd>{value}</dd></div> })
        .collect();
    let told = (!told.is_empty()).then(|| {
        view! {
            <h3>{words.told}</h3>
            <dl class="facts">{told}</dl>
        }
    });
    view! {
        <section class="comparison">
            <header class="section-head">
                <h2>{(words.title)(name)}</h2>
                <Age at=as_of />
            </header>
            <p class="hint">{words.lead}</p>
            <div class="table-wrap" tabindex="0">
                <table class="small">
                    <thead>
                        <tr>
                            <th scope="col">{words.figure}</th>
                            <th scope="col" class="num">{words.ours}</th>
                            <th scope="col" class="num">{words.theirs}</th>
                            <th scope="col">{words.why}</th>
                        </tr>
                    </thead>
                    <tbody>{rows.collect_view()}</tbody>
                </table>
            </div>
            {told}
        </section>
    }
    .into_any()
}

fn row(text: &'static Text, row: FigureComparison) -> AnyView {
    let words = text.comparison();
    let number = |n| match row.figure {
        ComparedFigure::Ads | ComparedFigure::OrdersADay => number::thousandths(text.locale, n),
        ComparedFigure::DaysOfCover | ComparedFigure::Turnover | ComparedFigure::OwnCover => {
            number::tenths(text.locale, n)
        }
        ComparedFigure::Available | ComparedFigure::Stock | ComparedFigure::Grade => text.int(n),
    };
    let word = |word: &String| (words.grade)(word).map_or_else(|| word.clone(), ToOwned::to_owned);
    let shown = |n: Option<i64>, w: &Option<String>| {
        let said = n.map(&number).or_else(|| w.as_ref().map(&word));
        match said {
            Some(said) => said.into_any(),
            None => view! { <Unknown reason=text.common().unknown /> }.into_any(),
        }
    };
    let (ours, theirs) = (shown(row.ours, &row.ours_word), shown(row.theirs, &row.theirs_word));
    let why = match (row.agrees, row.reason) {
        (Some(true), _) => words.agrees,
        (_, Some(reason)) => (words.reasons)(reason),
        (_, None) => "",
    };
    let tone = if row.agrees == Some(true) { "fine" } else { "quiet" };
    view! {
        <tr>
            <th scope="row">{(words.names)(row.figure)}</th>
            <td class="num">{ours}</td>
            <td class="num">{theirs}</td>
            <td class=format!("sub {tone}")>{why}</td>
        </tr>
    }
    .into_any()
}

fn value(text: &'static Text, figure: &ToldFigure) -> Option<String> {
    let n = figure.value?;
    Some(match figure.unit.as_deref() {
        Some("thousandths") => number::thousandths(text.locale, n),
        _ => text.int(n),
    })
}
