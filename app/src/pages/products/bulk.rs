//! What is done to many products at once: the chosen ones, or all of the filter. It can be undone for ten minutes, so
//! nobody is asked before.

use super::{loaded::Loaded, query::Query};
use crate::{
    api::catalogue::{CreateTag, DeleteTag, EditTags, UndoTags},
    components::{
        alert::{Alert, Tone},
        menu::Menu,
        told::Told,
    },
    state::{use_flash, use_text},
};
use domain::{
    ProductId,
    catalogue::{Tag, TagColor},
};
use leptos::{prelude::*, server_fn::ServerFn};

/// The form that the boxes of rows belong to.
pub const FORM: &str = "bulk";

/// The products that are ticked, in sight or not.
#[derive(Clone, Copy)]
pub struct Chosen(pub RwSignal<Vec<ProductId>>);

impl Chosen {
    /// Whether a product is.
    pub fn has(self, id: ProductId) -> bool {
        self.0.read_untracked().contains(&id)
    }

    /// Ticks it or not.
    pub fn choose(self, id: ProductId, on: bool) {
        self.0.update(|chosen| {
            chosen.retain(|known| *known != id);
            if on {
                chosen.push(id);
            }
        });
    }
}

/// What the last form said.
#[component]
pub fn Said() -> impl IntoView {
    let words = use_text().table();
    let edit = use_flash(EditTags::PATH);
    let done = edit.as_ref().filter(|flash| flash.error.is_none()).and_then(|flash| {
        let changed: i64 = flash.value("changed")?.parse().ok()?;
        let name = flash.value("name")?;
        let says = if flash.value("deed")? == "add" {
            (words.put_on_done)(&name, changed)
        } else {
            (words.taken_off_done)(&name, changed)
        };
        Some((says, flash.value("edit")?, changed > 0))
    });
    let refused = edit.filter(|flash| flash.error.is_some());
    view! {
        {done
            .map(|(says, id, changed)| {
                view! {
                    <Alert tone=Tone::Fine>
                        <form method="post" action=UndoTags::PATH class="undo">
                            <span>{says}</span>
                            <input type="hidden" name="id" value=id />
                            {changed
                                .then(|| {
                                    view! {
                                        <button class="button">{words.undo}</button>
                                        <span class="hint">{words.undo_note}</span>
                                    }
                                })}
                        </form>
                    </Alert>
                }
            })}
        <Told flash=refused done="" />
        <Told flash=use_flash(UndoTags::PATH) done=words.undone />
        <Told flash=use_flash(CreateTag::PATH) done=words.tag_made />
        <Told flash=use_flash(DeleteTag::PATH) done=words.tag_deleted />
        <Told flash=use_flash(crate::api::catalogue::SaveView::PATH) done=words.view_saved />
        <Told flash=use_flash(crate::api::catalogue::DeleteView::PATH) done=words.view_deleted />
    }
    .into_any()
}

/// The bar; it shows itself when a box is ticked.
#[component]
pub fn Bulk(
    /// What is shown.
    query: Query,
    /// How many the filter has, as far as they are counted.
    total: i64,
    /// Whether there are more.
    more: bool,
    /// What was loaded.
    loaded: Loaded,
    /// The company's tags.
    tags: Vec<Tag>,
) -> impl IntoView {
    let text = use_text();
    let words = text.table();
    let chosen = use_context::<Chosen>();
    let all = move || chosen.map(|Chosen(all)| all.get()).unwrap_or_default();
    let count = move || i64::try_from(all().len()).unwrap_or_default();
    let any = move || count() > 0;
    // A box that is out of sight is not in the page: the form says in its place that it is ticked.
    let unseen = move || {
        let seen: Vec<_> = loaded.drawn().filter_map(|at| loaded.id(at)).collect();
        all()
            .into_iter()
            .filter(|id| !seen.contains(id))
            .map(|id| {
                view! { <input type="hidden" name="products[]" value=id.to_string() form=FORM /> }
            })
            .collect_view()
    };
    let number = text.int(total);
    let all_of =
        if more { (text.grid().all_many)(&number) } else { (words.all_of)(total, &number) };
    let filter = serde_json::to_string(&query.filter).unwrap_or_default();
    let hidden = |name: &'static str, value: Option<String>| {
        value.map(|value| view! { <input type="hidden" name=name value=value form=FORM /> })
    };
    let options = tags
        .iter()
        .map(|tag| view! { <option value=tag.id.to_string()>{tag.name.clone()}</option> })
        .collect_view();
    let has_tags = !tags.is_empty();
    view! {
        <div class="bulk" class:some=any role="region" aria-label=words.bulk>
            <form id=FORM method="post" action=EditTags::PATH class="bulk-form">
                {hidden("search", query.search)}
                {hidden("low_stock_only", query.low_only.then(|| "true".to_owned()))}
                {hidden("min_stock", query.min_stock.map(|n| n.to_string()))}
                {hidden("max_stock", query.max_stock.map(|n| n.to_string()))}
                {hidden("filter", Some(filter))}
                {unseen}
                <span class="bulk-count" aria-live="polite">{move || (words.chosen)(count())}</span>
                <label class="check">
                    <input type="checkbox" name="all" value="1" />
                    {all_of}
                </label>
                {has_tags
                    .then(|| {
                        view! {
                            <span class="bulk-deeds">
                                <select id="bulk-tag" name="tag" aria-label=words.tag>{options}</select>
                                <button class="button primary" name="deed" value="add">{words.put_on}</button>
                                <button class="button" name="deed" value="remove">{words.take_off}</button>
                            </span>
                        }
                    })}
            </form>
            <Menu label=words.manage_tags class="tags-menu">
                <NewTag />
                <TagList tags=tags />
            </Menu>
        </div>
    }
    .into_any()
}

#[component]
fn NewTag() -> impl IntoView {
    let words = use_text().table();
    let colors = TagColor::ALL.into_iter().zip(words.colors).map(|(color, name)| {
        view! { <option value=color.as_str()>{name}</option> }
    });
    let colors = colors.collect_view();
    view! {
        <form method="post" action=CreateTag::PATH class="menu-form">
            <div class="pair">
                <label class="stacked">
                    <span>{words.tag_name}</span>
                    <input type="text" name="name" required maxlength="40" autocomplete="off" />
                </label>
                <label class="stacked">
                    <span>{words.color}</span>
                    <select name="color">{colors}</select>
                </label>
            </div>
            <button class="button">{words.make}</button>
        </form>
    }
    .into_any()
}

#[component]
fn TagList(tags: Vec<Tag>) -> impl IntoView {
    let words = use_text().table();
    let tags = tags.into_iter().map(|tag| {
        let label = (words.delete_tag)(&tag.name);
        let id = tag.id.to_string();
        view! {
            <li>
                <TagMark tag=tag />
                <form method="post" action=DeleteTag::PATH>
                    <input type="hidden" name="id" value=id />
                    <button class="quiet-button" aria-label=label>{words.delete}</button>
                </form>
            </li>
        }
    });
    view! { <ul class="menu-list">{tags.collect_view()}</ul> }.into_any()
}

/// A tag as it is shown: its name beside a dot of its colour.
#[component]
pub fn TagMark(
    /// Which.
    tag: Tag,
) -> impl IntoView {
    view! { <span class=format!("tag {}", tag.color.as_str())>{tag.name}</span> }.into_any()
}
