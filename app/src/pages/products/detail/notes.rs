//! What people wrote down about the product.

use crate::{
    api::{
        self,
        ordering::{AddNote, DeleteNote},
    },
    components::alert::{Alert, Tone},
    state::{use_flash, use_frame, use_text},
};
use domain::{Permission, ProductId, ordering::Note};
use leptos::{prelude::*, server_fn::ServerFn};

/// The section; it reads its own data.
#[component]
pub fn Notes(
    /// Of which product.
    id: Signal<Option<ProductId>>,
) -> impl IntoView {
    let text = use_text();
    let frame = use_frame();
    let (add, delete) = (ServerAction::<AddNote>::new(), ServerAction::<DeleteNote>::new());
    let (added, deleted) = (add.version(), delete.version());
    let notes = Resource::new(
        move || (id.get(), added.get(), deleted.get()),
        |(id, ..)| async move {
            match id {
                Some(id) => api::ordering::notes(id).await.ok(),
                None => None,
            }
        },
    );
    let told = use_flash(AddNote::PATH);
    let typed = told.as_ref().filter(|flash| flash.error.is_some());
    let typed = typed.and_then(|flash| flash.value("body")).unwrap_or_default();
    let refused = move || match (add.value().get(), delete.value().get()) {
        (Some(Err(failure)), _) | (_, Some(Err(failure))) => Some(failure.0),
        (Some(Ok(_)), _) => None,
        _ => told.clone().and_then(|flash| flash.error),
    };
    view! {
        <section class="notes" id="notes">
            <h2>{text.ordering().notes}</h2>
            {move || refused().map(|error| view! { <Alert tone=Tone::Risk>{text.failure(&error)}</Alert> })}
            <Transition fallback=|| ()>
                {move || {
                    let typed = typed.clone();
                    Suspend::new(async move {
                        let session = frame.session.await.ok();
                        let may = session.is_some_and(|session| session.role.may(Permission::Export));
                        let (notes, id) = (notes.await?, id.get_untracked()?);
                        Some(view! { <List notes=notes id=id delete=delete may=may typed=typed add=add /> })
                    })
                }}
            </Transition>
        </section>
    }
    .into_any()
}

#[component]
fn List(
    notes: Vec<Note>,
    id: ProductId,
    delete: ServerAction<DeleteNote>,
    add: ServerAction<AddNote>,
    may: bool,
    typed: String,
) -> impl IntoView {
    let text = use_text();
    let words = text.ordering();
    let empty = notes.is_empty().then(|| view! { <p class="hint">{words.no_notes}</p> });
    let notes = notes.into_iter().map(|note| {
        let author = note.author.unwrap_or_else(|| words.somebody.to_owned());
        let away = note.may_delete.then(|| {
            view! {
                <ActionForm action=delete>
                    <input type="hidden" name="note" value=note.id.to_string() />
                    <input type="hidden" name="id" value=id.to_string() />
                    <button class="icon-button" aria-label=words.delete_note title=words.delete_note>
                        "×"
                    </button>
                </ActionForm>
            }
        });
        view! {
            <li>
                <p class="note-body">{note.body}</p>
                <p class="note-by sub">{author} ", " {text.moment(note.created_at)}</p>
                {away}
            </li>
        }
    });
    let form = may.then(|| {
        view! {
            <ActionForm action=add>
                <input type="hidden" name="id" value=id.to_string() />
                <div class="note-form">
                    <textarea name="body" rows="2" maxlength="2000" required aria-label=words.note_label placeholder=words.note_label>
                        {typed}
                    </textarea>
                    <button class="button" disabled=move || add.pending().get()>{words.add_note}</button>
                </div>
            </ActionForm>
        }
    });
    view! {
        <ul class="note-list">{notes.collect_view()}</ul>
        {empty}
        {form}
    }
    .into_any()
}
