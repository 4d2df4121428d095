//! Search, filters and looks of the table: one GET form, so that it works without script and its state is the
//! address; with script it changes the page in place.

use super::{
    address::word_of,
    looks::Looks,
    query::{ABC, GRADES, Query, STOCKS, XYZ},
};
use crate::{
    components::{
        icon::Icon,
        menu::{self, Menu},
    },
    state::use_text,
};
use domain::{
    account::Account,
    catalogue::{Changed, Facets, ProductFilter},
};
use leptos::{ev::SubmitEvent, html, prelude::*};
use leptos_router::{
    hooks::use_navigate,
    location::{BrowserUrl, LocationProvider},
};

/// The names of what can be filtered by.
#[derive(Clone, Debug, Default)]
pub struct Names {
    /// Brands, categories, warehouses, tags.
    pub facets: Facets,
    /// Shops.
    pub accounts: Vec<Account>,
}

/// The form. `names` are awaited for the panel alone.
#[component]
pub fn Filters(
    /// What is shown now.
    #[prop(into)]
    query: Signal<Query>,
    /// The panel of filters, when its names are here.
    panel: Children,
) -> impl IntoView {
    let text = use_text();
    let navigate = use_navigate();
    let form = NodeRef::<html::Form>::new();
    let (filters, looks) = (NodeRef::<html::Details>::new(), NodeRef::<html::Details>::new());
    let submit = move |event: SubmitEvent| {
        let Some(asked) = form.get_untracked().and_then(|form| asked(&form)) else { return };
        event.prevent_default();
        menu::close(filters);
        menu::close(looks);
        navigate(&asked.href(), leptos_router::NavigateOptions::default());
    };
    let at_once = Callback::new(move |()| {
        if let Some(form) = form.get() {
            let _ = form.request_submit();
        }
    });
    view! {
        <form class="filters" role="search" action="/products" node_ref=form on:submit=submit>
            <div class="search">
                {Icon::Search.draw()}
                <input
                    type="search"
                    name="search"
                    aria-label=text.products().search
                    placeholder=text.products().search_hint
                    maxlength="200"
                    autocomplete="off"
                    prop:value=move || query.read().search.clone().unwrap_or_default()
                    value=query.get_untracked().search
                />
            </div>
            <button class="button">{text.products().find}</button>
            <Menu label=text.table().filters count=Signal::derive(move || set(&query.read())) node=filters>
                <div class="filter-panel">
                    {panel()} <div class="menu-foot">
                        <button class="button primary">{text.table().apply}</button>
                        <a class="quiet-link" href=move || query.read().unfiltered().href()>
                            {text.table().reset_all}
                        </a>
                    </div>
                </div>
            </Menu>
            <Menu label=text.table().view class="looks-menu" node=looks>
                <Looks query=query at_once=at_once />
            </Menu>
        </form>
    }
    .into_any()
}

/// What the form asks for, its defaults left out. `None`: the browser can't say.
fn asked(form: &leptos::web_sys::HtmlFormElement) -> Option<Query> {
    let data = leptos::web_sys::FormData::new_with_form(form).ok()?;
    let params =
        leptos::web_sys::UrlSearchParams::new_with_str_sequence_sequence(&data).ok()?.to_string();
    let url = BrowserUrl::parse(&format!("/products?{}", String::from(params))).ok()?;
    Some(Query::read(url.search_params()))
}

/// How many kinds of filters are set.
fn set(query: &Query) -> usize {
    let (filter, none) = (&query.filter, ProductFilter::default());
    [
        filter.account != none.account,
        filter.warehouse != none.warehouse,
        filter.brand != none.brand,
        filter.subject != none.subject,
        filter.grade != none.grade,
        filter.abc != none.abc,
        filter.xyz != none.xyz,
        filter.stock.is_some(),
        filter.cover_from.is_some() || filter.cover_to.is_some(),
        filter.dead,
        filter.risk,
        filter.to_order,
        filter.lost,
        filter.linked,
        filter.changed.is_some(),
        filter.tag != none.tag,
        filter.archived,
        query.low_only,
        query.min_stock.is_some() || query.max_stock.is_some(),
    ]
    .into_iter()
    .filter(|set| *set)
    .count()
}

/// The fields of the panel.
#[component]
pub fn Panel(
    /// What is shown now.
    query: Query,
    /// What can be chosen.
    names: Names,
) -> impl IntoView {
    let text = use_text();
    let words = text.table();
    let Names { facets, accounts } = names;
    let filter = query.filter;
    let several = accounts.len() > 1;
    let accounts = accounts.into_iter().map(|account| {
        (account.id.to_string(), account.name, filter.account.contains(&account.id))
    });
    let places = facets
        .warehouses
        .into_iter()
        .map(|place| (place.id.to_string(), place.name, filter.warehouse.contains(&place.id)));
    let names = |all: Vec<String>, chosen: &[String]| {
        let mut all = all;
        // What is asked for stays a choice, though it is not among the first.
        for name in chosen {
            if !all.contains(name) {
                all.push(name.clone());
            }
        }
        let chosen = chosen.to_vec();
        all.into_iter()
            .map(|name| (name.clone(), name.clone(), chosen.contains(&name)))
            .collect::<Vec<_>>()
    };
    let grades = GRADES.iter().zip(words.grades);
    let grades = grades.map(|(g, says)| (word_of(g), says.to_owned(), filter.grade.contains(g)));
    let letters = |letter: &str, chosen: bool| (letter.to_owned(), letter.to_owned(), chosen);
    let abc = ABC.iter().map(|class| letters(class.as_str(), filter.abc.contains(class)));
    let xyz = XYZ.iter().map(|class| letters(class.as_str(), filter.xyz.contains(class)));
    let tags = facets
        .tags
        .into_iter()
        .map(|tag| (tag.id.to_string(), tag.name, filter.tag.contains(&tag.id)))
        .collect::<Vec<_>>();
    let stocks = STOCKS.iter().zip(words.stocks).map(|(stock, says)| {
        let chosen = filter.stock == Some(*stock);
        view! { <option value=word_of(stock) selected=chosen>{says}</option> }
    });
    let stocks = stocks.collect_view();
    let changes = Changed::ALL.map(|change| {
        let chosen = filter.changed == Some(change);
        let says = (text.changes().changed)(change);
        view! { <option value=word_of(&change) selected=chosen>{says}</option> }
    });
    let only = [
        ("low_stock_only", words.below_threshold, query.low_only),
        ("risk", words.risk, filter.risk),
        ("to_order", words.to_order, filter.to_order),
        ("dead", words.dead, filter.dead),
        ("lost", words.lost, filter.lost),
        ("linked", text.links().linked, filter.linked),
        ("archived", words.archived, filter.archived),
    ];
    let only = only.map(|(name, says, on)| {
        view! {
            <label class="check">
                <input type="checkbox" name=name value="1" checked=on />
                {says}
            </label>
        }
    });
    let days = |name: &'static str, label: &'static str, value: Option<i64>| {
        view! {
            <label class="stacked">
                <span>{label}</span>
                <input type="number" name=name min="0" max="9999" inputmode="numeric" value=value />
            </label>
        }
    };
    let hidden = |name: &'static str, value: Option<String>| {
        value.map(|value| view! { <input type="hidden" name=name value=value /> })
    };
    view! {
        <div class="filter-fields">
            <fieldset>
                <legend>{words.only}</legend>
                {only}
            </fieldset>
            <div class="filter-group">
                <label class="stacked">
                    <span>{words.stock}</span>
                    <select name="stock">
                        <option value="" selected=filter.stock.is_none()>{words.any}</option>
                        {stocks}
                    </select>
                </label>
                <label class="stacked">
                    <span>{text.today().changes}</span>
                    <select name="changed">
                        <option value="" selected=filter.changed.is_none()>{words.any}</option>
                        {changes}
                    </select>
                </label>
                <div class="pair">
                    {days("cover_from", words.cover_from, filter.cover_from)}
                    {days("cover_to", words.cover_to, filter.cover_to)}
                </div>
                {choices("abc", words.abc, abc.collect(), true)}
                {choices("xyz", words.xyz, xyz.collect(), true)}
            </div>
            {choices("grade", words.grade, grades.collect(), false)}
            {several.then(|| choices("account", words.account, accounts.collect(), false))}
            {choices("brand", words.brand, names(facets.brands, &filter.brand), false)}
            {choices("subject", words.subject, names(facets.subjects, &filter.subject), false)}
            {choices("warehouse", words.warehouse, places.collect(), false)}
            {choices("tag", words.tag, tags, false)}
        </div>
        {hidden("warehouse_out", filter.warehouse_out.then(|| "1".to_owned()))}
        {hidden("at", query.at.clone())}
        {hidden("min_stock", query.min_stock.map(|n| n.to_string()))}
        {hidden("max_stock", query.max_stock.map(|n| n.to_string()))}
    }
    .into_any()
}

/// Boxes to tick; nothing when there is nothing to choose.
fn choices(
    name: &'static str,
    legend: &'static str,
    values: Vec<(String, String, bool)>,
    inline: bool,
) -> impl IntoView + use<> {
    if values.is_empty() {
        return ().into_any();
    }
    let values = values.into_iter().map(|(value, says, chosen)| {
        view! {
            <label class="check">
                <input type="checkbox" name=name value=value checked=chosen />
                <span>{says}</span>
            </label>
        }
    });
    let values = values.collect_view();
    view! {
        <fieldset>
            <legend>{legend}</legend>
            <div class="filter-choices" class:inline=inline>{values}</div>
        </fieldset>
    }
    .into_any()
}
