//! The palette itself: pages, actions and the catalogue, found by typing, chosen by arrows and Enter.

use super::{Shared, index::Index, sheet::Over};
use crate::{
    api::{
        accounts::{Logout, SetLocale, SetTheme},
        products, syncs,
    },
    components::{icon::Icon, switches::apply},
    layouts::places::PLACES,
    state::{preferences::Theme, use_frame, use_text},
    text::Text,
};
use domain::{Locale, Permission, Role, validation::fold};
use leptos::{
    ev::KeyboardEvent, prelude::*, server_fn::ServerFn, task::spawn_local, wasm_bindgen::JsCast,
    web_sys::HtmlFormElement,
};

/// As many products as fit without scrolling.
const MOST: usize = 8;
/// How long names are good, in milliseconds.
const FRESH: f64 = 600_000.0;

/// What choosing does.
#[derive(Clone, Debug, PartialEq)]
enum Act {
    Go(String),
    Synchronise,
    Theme(Theme),
    Locale(Locale),
    SignOut,
}

/// A line of the palette.
#[derive(Clone, Debug, PartialEq)]
struct Line {
    icon: Icon,
    words: String,
    beside: String,
    act: Act,
}

/// Pages and actions that the role has.
fn fixed(text: &Text, role: Option<Role>) -> Vec<Line> {
    let may = |permission| role.is_some_and(|role| role.may(permission));
    let line =
        |icon, words: &str, act| Line { icon, words: words.to_owned(), beside: String::new(), act };
    let pages = PLACES.iter().filter(|place| place.is_for(role));
    let mut lines: Vec<Line> = pages
        .map(|place| line(place.icon, place.title(text), Act::Go(place.href.to_owned())))
        .collect();
    if may(Permission::Operate) {
        lines.push(line(Icon::Sync, text.common().synchronise, Act::Synchronise));
    }
    let words = text.palette();
    lines.push(line(Icon::Swap, words.light, Act::Theme(Theme::Light)));
    lines.push(line(Icon::Swap, words.dark, Act::Theme(Theme::Dark)));
    let other = if text.locale == Locale::Ru { Locale::En } else { Locale::Ru };
    lines.push(line(Icon::Swap, words.other_language, Act::Locale(other)));
    lines.push(line(Icon::Leave, text.common().sign_out, Act::SignOut));
    lines
}

/// The fixed lines that have every word of the question, then products, then the whole list.
fn lines(text: &Text, role: Option<Role>, index: Option<&Index>, question: &str) -> Vec<Line> {
    let folded = fold(question);
    let mut found: Vec<Line> = fixed(text, role)
        .into_iter()
        .filter(|line| {
            let words = fold(&line.words);
            folded.split(' ').all(|word| words.contains(word))
        })
        .collect();
    if folded.is_empty() {
        return found;
    }
    let hits = index.map(|index| index.find(question, MOST)).unwrap_or_default();
    found.extend(hits.into_iter().map(|hit| Line {
        icon: Icon::Products,
        words: hit.name.to_owned(),
        beside: hit.article.to_owned(),
        act: Act::Go(format!("/products/{}", hit.id)),
    }));
    found.push(Line {
        icon: Icon::Search,
        words: (text.palette().in_products)(question.trim()),
        beside: String::new(),
        act: Act::Go(format!(
            "/products?search={}",
            String::from(js_sys::encode_uri_component(question.trim()))
        )),
    });
    found
}

/// The sheet.
#[lazy]
pub fn commands(shared: Shared) -> AnyView {
    view! { <Commands shared=shared /> }.into_any()
}

#[component]
fn Commands(shared: Shared) -> impl IntoView {
    let text = use_text();
    let frame = use_frame();
    let question = RwSignal::new(String::new());
    let chosen = RwSignal::new(0_usize);
    read_names(shared);
    let role = move || frame.session.get().and_then(Result::ok).map(|session| session.role);
    let found = Memo::new(move |_| {
        shared.names.with(|names| {
            lines(text, role(), names.as_ref().map(|(index, _)| index), &question.read())
        })
    });
    let start = ServerAction::<syncs::Start>::new();
    let keep = ServerAction::<SetTheme>::new();
    let act = move |act: Act| {
        match act {
            Act::Go(page) => shared.go.run(page),
            Act::Synchronise => drop(start.dispatch(syncs::Start { account_id: None })),
            Act::Theme(theme) => {
                apply(theme);
                keep.dispatch(SetTheme { theme: theme.as_str().to_owned() });
            }
            Act::Locale(locale) => post(SetLocale::PATH, &[("locale", locale.tag())]),
            Act::SignOut => post(Logout::PATH, &[]),
        }
        shared.sheet.set(None);
    };
    let pressed = move |event: KeyboardEvent| {
        let last = found.with_untracked(Vec::len).saturating_sub(1);
        match event.key().as_str() {
            "ArrowDown" => chosen.update(|at| *at = if *at >= last { 0 } else { *at + 1 }),
            "ArrowUp" => chosen.update(|at| *at = if *at == 0 { last } else { *at - 1 }),
            "Enter" => {
                let line = found.with_untracked(|lines| lines.get(chosen.get_untracked()).cloned());
                if let Some(line) = line {
                    act(line.act);
                }
            }
            _ => return,
        }
        event.prevent_default();
    };
    let words = text.palette();
    view! {
        <Over shared=shared label=words.open_palette>
            <input
                type="text"
                class="palette-field"
                role="combobox"
                autofocus
                autocomplete="off"
                spellcheck="false"
                aria-label=words.open_palette
                aria-expanded="true"
                aria-controls="palette-lines"
                aria-activedescendant=move || format!("palette-{}", chosen.get())
                placeholder=words.placeholder
                on:input=move |event| {
                    question.set(event_target_value(&event));
                    chosen.set(0);
                }
                on:keydown=pressed
            />
            <ul id="palette-lines" class="palette-lines" role="listbox" aria-label=words.open_palette>
                {move || {
                    let lines = found.get();
                    lines
                        .into_iter()
                        .enumerate()
                        .map(|(at, line)| {
                            let done = line.act;
                            view! {
                                <li
                                    id=format!("palette-{at}")
                                    role="option"
                                    aria-selected=move || (chosen.get() == at).to_string()
                                    on:pointermove=move |_| chosen.set(at)
                                    on:click=move |_| act(done.clone())
                                >
                                    {line.icon.draw()}
                                    <span class="palette-words">{line.words}</span>
                                    <code>{line.beside}</code>
                                </li>
                            }
                        })
                        .collect_view()
                }}
            </ul>
            <p class="palette-foot">{words.foot}</p>
        </Over>
    }
    .into_any()
}

/// Fetches the names unless they are fresh; what is there is searched meanwhile.
fn read_names(shared: Shared) {
    let now = js_sys::Date::now();
    let fresh = shared
        .names
        .with_untracked(|names| names.as_ref().is_some_and(|(_, came)| now - came < FRESH));
    if !fresh {
        spawn_local(async move {
            if let Ok(names) = products::names().await {
                shared.names.try_set(Some((Index::new(names.lines), now)));
            }
        });
    }
}

/// Sends a form of a page's own kind: its answer is a page.
fn post(path: &str, fields: &[(&str, &str)]) {
    let document = document();
    let create = |tag| document.create_element(tag).ok();
    let Some(form) = create("form").and_then(|form| form.dyn_into::<HtmlFormElement>().ok()) else {
        return;
    };
    form.set_method("post");
    form.set_action(path);
    for (name, value) in fields {
        let Some(field) = create("input") else { return };
        let set = field
            .set_attribute("type", "hidden")
            .and_then(|()| field.set_attribute("name", name))
            .and_then(|()| field.set_attribute("value", value));
        if set.and_then(|()| form.append_child(&field)).is_err() {
            return;
        }
    }
    if document.body().is_some_and(|body| body.append_child(&form).is_ok()) {
        let _ = form.submit();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_sees_what_it_may_do() {
        let text = Text::of(Locale::En);
        let words = |role| fixed(text, role).into_iter().map(|line| line.words).collect::<Vec<_>>();
        assert!(words(Some(Role::Owner)).contains(&text.common().synchronise.to_owned()));
        assert!(!words(Some(Role::Viewer)).contains(&text.common().synchronise.to_owned()));
        assert!(!words(None).contains(&text.audit().nav.to_owned()));
    }
}
