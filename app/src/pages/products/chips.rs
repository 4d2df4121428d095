//! What the list is filtered by, in words; each can be taken away alone.

use super::query::{GRADES, Query, STOCKS};
use crate::{
    components::icon::Icon,
    state::use_text,
    text::{Text, table::Table},
};
use domain::{account::Account, catalogue::Facets};
use leptos::prelude::*;

/// The filters in words, each with the address without it.
fn chips(
    text: &'static Text,
    query: &Query,
    facets: &Facets,
    accounts: &[Account],
) -> Vec<(String, String)> {
    let words: &'static Table = text.table();
    let filter = &query.filter;
    let mut chips: Vec<(String, String)> = Vec::new();
    let mut chip = |says: String, without: &dyn Fn(&mut Query)| {
        let mut rest = query.from_the_start();
        without(&mut rest);
        chips.push((says, rest.href()));
    };
    let named = |label: &str, names: Vec<String>| format!("{label}: {}", names.join(words.or));
    if let Some(typed) = &query.search {
        chip((words.search)(typed), &|q| q.search = None);
    }
    if !filter.account.is_empty() {
        let name = |id| accounts.iter().find(|a| a.id == id).map_or("…", |a| a.name.as_str());
        let names = filter.account.iter().map(|id| name(*id).to_owned()).collect();
        chip(named(words.account, names), &|q| q.filter.account.clear());
    }
    if !filter.warehouse.is_empty() {
        let name = |id| facets.warehouses.iter().find(|w| w.id == id).map(|w| w.name.clone());
        let names = filter.warehouse.iter().map(|id| name(*id).unwrap_or_else(|| "…".into()));
        let label = if filter.warehouse_out { words.warehouse_out } else { words.warehouse };
        chip(named(label, names.collect()), &|q| {
            q.filter.warehouse.clear();
            q.filter.warehouse_out = false;
        });
    }
    if !filter.brand.is_empty() {
        chip(named(words.brand, filter.brand.clone()), &|q| q.filter.brand.clear());
    }
    if !filter.subject.is_empty() {
        chip(named(words.subject, filter.subject.clone()), &|q| q.filter.subject.clear());
    }
    if !filter.grade.is_empty() {
        let says =
            GRADES.iter().zip(words.grades).filter(|(grade, _)| filter.grade.contains(grade));
        let names = says.map(|(_, says)| says.to_owned()).collect();
        chip(named(words.grade, names), &|q| q.filter.grade.clear());
    }
    if !filter.abc.is_empty() {
        let names = filter.abc.iter().map(|class| class.as_str().to_owned()).collect();
        chip(named(words.abc, names), &|q| q.filter.abc.clear());
    }
    if !filter.xyz.is_empty() {
        let names = filter.xyz.iter().map(|class| class.as_str().to_owned()).collect();
        chip(named(words.xyz, names), &|q| q.filter.xyz.clear());
    }
    if let Some(stock) = filter.stock {
        let says = STOCKS.iter().zip(words.stocks).find(|(state, _)| **state == stock);
        let names = says.map(|(_, says)| says.to_owned()).into_iter().collect();
        chip(named(words.stock, names), &|q| q.filter.stock = None);
    }
    if filter.cover_from.is_some() || filter.cover_to.is_some() {
        chip((words.cover_between)(filter.cover_from, filter.cover_to), &|q| {
            q.filter.cover_from = None;
            q.filter.cover_to = None;
        });
    }
    if query.min_stock.is_some() || query.max_stock.is_some() {
        chip((words.pieces)(query.min_stock, query.max_stock), &|q| {
            q.min_stock = None;
            q.max_stock = None;
        });
    }
    if let Some(change) = filter.changed {
        chip((text.changes().changed)(change).to_owned(), &|q| q.filter.changed = None);
    }
    let flags: [(bool, &str, &dyn Fn(&mut Query)); 7] = [
        (query.low_only, words.below_threshold, &|q| q.low_only = false),
        (filter.dead, words.dead, &|q| q.filter.dead = false),
        (filter.risk, words.risk, &|q| q.filter.risk = false),
        (filter.to_order, words.to_order, &|q| q.filter.to_order = false),
        (filter.lost, words.lost, &|q| q.filter.lost = false),
        (filter.linked, text.links().linked, &|q| q.filter.linked = false),
        (filter.archived, words.archived, &|q| q.filter.archived = false),
    ];
    for (on, says, without) in flags {
        if on {
            chip(says.to_owned(), without);
        }
    }
    if !filter.tag.is_empty() {
        let name = |id| facets.tags.iter().find(|tag| tag.id == id).map(|tag| tag.name.clone());
        let names = filter.tag.iter().map(|id| name(*id).unwrap_or_else(|| "…".into())).collect();
        chip(named(words.tag, names), &|q| q.filter.tag.clear());
    }
    chips
}

/// The chips; nothing when nothing is filtered.
#[component]
pub fn Chips(
    /// What is shown.
    query: Query,
    /// The names of what it is filtered by.
    facets: Facets,
    /// The names of shops.
    accounts: Vec<Account>,
) -> impl IntoView {
    let text = use_text();
    let words = text.table();
    let chips = chips(text, &query, &facets, &accounts);
    if chips.is_empty() {
        return ().into_any();
    }
    let several = chips.len() > 1;
    let chips = chips.into_iter().map(|(says, href)| {
        let label = (words.remove)(&says);
        view! {
            <li>
                <a class="filter-chip" href=href aria-label=label.clone() title=label>
                    <span>{says}</span>
                    {Icon::Close.draw()}
                </a>
            </li>
        }
    });
    let chips = chips.collect_view();
    view! {
        <ul class="chips" aria-label=words.filtered>
            {chips}
            {several
                .then(|| {
                    view! {
                        <li>
                            <a class="quiet-link" href=query.unfiltered().href()>
                                {words.reset_all}
                            </a>
                        </li>
                    }
                })}
        </ul>
    }
    .into_any()
}
