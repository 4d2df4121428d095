//! Saved views: the table's state by a name, as links; saving and deleting one.

use super::query::Query;
use crate::{
    api::catalogue::{DeleteView, SaveView},
    components::menu::Menu,
    state::use_text,
};
use domain::{Permission, Role, catalogue::View};
use leptos::{prelude::*, server_fn::ServerFn};

/// The row of views.
#[component]
pub fn Views(
    /// What is shown.
    query: Query,
    /// What was saved.
    views: Vec<View>,
    /// Who looks.
    role: Role,
) -> impl IntoView {
    let text = use_text();
    let words = text.table();
    let now = query.from_the_start().query();
    let link = |href: String, name: String, shared: bool, current: bool| {
        view! {
            <li>
                <a href=href aria-current=current.then_some("true")>
                    {name}
                    {shared.then(|| view! { <span class="view-shared">{words.shared}</span> })}
                </a>
            </li>
        }
    };
    let links = views.iter().map(|view| {
        let href = format!("/products?{}", view.query);
        link(href, view.name.clone(), view.shared, view.query == now)
    });
    let links = links.collect_view();
    if views.is_empty() && !role.may(Permission::Export) {
        return ().into_any();
    }
    let mine: Vec<View> =
        views.into_iter().filter(|view| view.own || role.may(Permission::Administer)).collect();
    view! {
        <nav class="views" aria-label=words.views>
            <ul>
                {link("/products".to_owned(), words.all_products.to_owned(), false, now.is_empty())}
                {links}
            </ul>
            {role
                .may(Permission::Export)
                .then(|| view! { <Keep query=now views=mine may_share=role.may(Permission::Operate) /> })}
        </nav>
    }
    .into_any()
}

/// Saving what is shown, deleting what was saved.
#[component]
fn Keep(query: String, views: Vec<View>, may_share: bool) -> impl IntoView {
    let words = use_text().table();
    let views = views.into_iter().map(|view| {
        let label = (words.delete_view)(&view.name);
        view! {
            <li>
                <span>{view.name}</span>
                <form method="post" action=DeleteView::PATH>
                    <input type="hidden" name="id" value=view.id.to_string() />
                    <button class="quiet-button" aria-label=label>{words.delete}</button>
                </form>
            </li>
        }
    });
    let views = views.collect_view();
    view! {
        <Menu label=words.save_view class="views-menu">
            <form method="post" action=SaveView::PATH class="menu-form">
                <input type="hidden" name="query" value=query />
                <label class="stacked">
                    <span>{words.view_name}</span>
                    <input type="text" name="name" required maxlength="60" autocomplete="off" />
                </label>
                {may_share
                    .then(|| {
                        view! {
                            <label class="check">
                                <input type="checkbox" name="shared" value="1" />
                                {words.share}
                            </label>
                        }
                    })}
                <button class="button primary">{words.save}</button>
            </form>
            <ul class="menu-list">{views}</ul>
        </Menu>
    }
    .into_any()
}
