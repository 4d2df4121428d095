//! What a question found: the table, which grows as one scrolls, its pager, and what is done to many products at once.

use super::{bulk::Bulk, list::ask, loaded::Loaded, query::Query, table::Table};
use crate::{
    components::pager::{Pager, Place},
    state::use_text,
};
use domain::{Permission, Role, catalogue::Tag, product::ProductPage};
use leptos::{prelude::*, task::spawn_local};

/// A page that has rows.
#[component]
pub fn Found(
    /// What came back.
    page: ProductPage,
    /// What was asked.
    query: Query,
    /// The company's tags.
    tags: Vec<Tag>,
    /// Of whoever looks.
    role: Role,
) -> impl IntoView {
    let ProductPage { items, total, more, totals, next_cursor, previous_cursor, .. } = page;
    let place = Place { page: query.page, size: query.size, pages: 1, total, more };
    let previous = previous_cursor.as_deref().map(|cursor| query.previous(cursor).href());
    let previous = previous.filter(|_| query.page > 1);
    let loaded = Loaded::of(items, next_cursor.filter(|_| place.has_next()));
    let asked = StoredValue::new(query.clone());
    let load = Callback::new(move |()| {
        let Some(cursor) = loaded.next.get_untracked() else { return };
        loaded.failed.set(false);
        loaded.loading.set(true);
        let query = asked.with_value(|query| query.next(&cursor));
        spawn_local(async move {
            let answer = ask(query).await;
            // The table may be gone by now.
            if loaded.loading.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(page) => loaded.append(page),
                Err(_) => loaded.failed.set(true),
            }
        });
    });
    // What waits to run when another list takes this one's place finds it gone.
    let pager = move || {
        let pages = loaded.pages.try_get()?;
        let place = Place { pages, ..place };
        let last = asked
            .try_with_value(|query| Query { page: query.page + pages - 1, ..query.clone() })?;
        let next = loaded.next.try_get().flatten().map(|cursor| last.next(&cursor).href());
        Some(view! { <Pager place=place previous=previous.clone() next=next /> })
    };
    // Only what is now can be changed.
    let choosing = role.may(Permission::Operate) && query.at.is_none();
    view! {
        <Table
            loaded=loaded
            total=total
            more=more
            totals=totals
            query=query.clone()
            choosing=choosing
            first=place.rows().0
            load=load
        />
        <Arriving loaded=loaded load=load />
        {pager}
        {choosing
            .then(|| {
                view! { <Bulk query=query total=total more=more loaded=loaded tags=tags /> }
            })}
    }
    .into_any()
}

/// Whether the next rows are on their way, or did not come: then nothing is tried again until somebody says so.
#[component]
fn Arriving(loaded: Loaded, load: Callback<()>) -> impl IntoView {
    let words = use_text().grid();
    view! {
        <p class="arriving" role="status">
            {move || loaded.loading.try_get().unwrap_or_default().then_some(words.loading)}
            {move || {
                loaded
                    .failed
                    .try_get()
                    .unwrap_or_default()
                    .then(|| {
                        view! {
                            <span>{words.failed}</span>
                            <button type="button" class="button" on:click=move |_| load.run(())>
                                {words.again}
                            </button>
                        }
                    })
            }}
        </p>
    }
    .into_any()
}
