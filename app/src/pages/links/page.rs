//! The page of suggestions: each is confirmed or declined by itself, or all that are alike at once.

use super::suggestion::Pair;
use crate::{
    api::{
        self,
        links::{ConfirmAlike, Decline, Link},
    },
    components::{
        alert::{Alert, Tone},
        failure::FailureView,
        icon::Icon,
    },
    state::{use_flash, use_frame, use_progress, use_text},
};
use domain::{
    Permission,
    links::{LinkReason, LinkSuggestionPage},
};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_meta::Title;
use leptos_router::{LazyRoute, hooks::use_query_map, lazy_route};

/// The route.
#[derive(Debug)]
pub struct Links;

#[lazy_route]
impl LazyRoute for Links {
    fn data() -> Self {
        Self
    }

    fn view(this: Self) -> AnyView {
        let Links = this;
        view! { <LinksPage /> }.into_any()
    }
}

/// As many as are counted.
const MANY: i64 = 1000;

/// What is shown: the reason, and after which pair.
type Shown = (Option<LinkReason>, Option<String>);

fn reason(word: &str) -> Option<LinkReason> {
    LinkReason::ALL.into_iter().find(|reason| reason.as_str() == word)
}

#[component]
fn LinksPage() -> impl IntoView {
    let (text, frame, map) = (use_text(), use_frame(), use_query_map());
    let actions = Actions {
        link: ServerAction::new(),
        decline: ServerAction::new(),
        alike: ServerAction::new(),
    };
    let shown = Memo::new(move |_| {
        let map = map.read();
        let cursor = map.get_str("cursor").filter(|cursor| !cursor.is_empty());
        (map.get_str("by").and_then(reason), cursor.map(str::to_owned))
    });
    let versions = (actions.link.version(), actions.decline.version(), actions.alike.version());
    let page = Resource::new(
        move || (shown.get(), versions.0.get(), versions.1.get(), versions.2.get()),
        |((by, cursor), ..)| async move {
            (by, cursor.is_some(), api::links::suggestions(by, cursor).await)
        },
    );
    let fetching = use_progress().fetching;
    view! {
        <Title text=text.links().title />
        <a class="back" href="/products">
            {Icon::Left.draw()}
            {text.product().back}
        </a>
        <header class="page-head">
            <h1>{text.links().title}</h1>
            <a class="quiet-link" href="/products?linked=1">{text.links().to_linked}</a>
        </header>
        <p class="hint">{text.links().lead}</p>
        {move || view! { <Choice shown=shown.get() /> }}
        <Told actions=actions />
        <Transition fallback=|| view! { <div class="skeleton-row tall"></div> } set_pending=fetching>
            {move || Suspend::new(async move {
                let session = frame.session.await.ok();
                let may = session.is_some_and(|session| session.role.may(Permission::Operate));
                let shops = frame.accounts.await.map_or(0, |shops| shops.len());
                match page.await {
                    (by, further, Ok(page)) => {
                        let place = (by, further);
                        view! { <List page=page place=place may=may shops=shops actions=actions /> }.into_any()
                    }
                    (.., Err(failure)) => view! { <FailureView failure=failure /> }.into_any(),
                }
            })}
        </Transition>
    }
    .into_any()
}

/// What can be done with a suggestion.
#[derive(Clone, Copy)]
pub(super) struct Actions {
    pub(super) link: ServerAction<Link>,
    pub(super) decline: ServerAction<Decline>,
    pub(super) alike: ServerAction<ConfirmAlike>,
}

/// What became of the last one: said to who listens, too.
#[component]
fn Told(actions: Actions) -> impl IntoView {
    let text = use_text();
    let told = [Link::PATH, Decline::PATH, ConfirmAlike::PATH].map(use_flash);
    let refused = told.iter().flatten().find_map(|flash| flash.error.clone());
    let done = told[2].as_ref().filter(|flash| flash.error.is_none()).and_then(|flash| {
        let number = |name| flash.value(name).and_then(|text| text.parse().ok());
        let more = flash.value("more").is_some_and(|more| more == "true");
        Some((number("confirmed")?, number("refused")?, more))
    });
    let failure = move || {
        let link = actions.link.value().get().and_then(Result::err);
        let decline = actions.decline.value().get().and_then(Result::err);
        let alike = actions.alike.value().get().and_then(Result::err);
        link.or(decline).or(alike).map(|failure| failure.0).or_else(|| refused.clone())
    };
    let confirmed = move || match actions.alike.value().get() {
        Some(Ok(done)) => Some((done.confirmed, done.refused, done.more)),
        Some(Err(_)) => None,
        None => done,
    };
    view! {
        {move || failure().map(|error| view! { <Alert tone=Tone::Risk>{text.failure(&error)}</Alert> })}
        <div role="status">
            {move || {
                confirmed().map(|(confirmed, refused, more): (i64, i64, bool)| {
                    let more = more.then_some(text.links().more);
                    view! { <p class="order-sum">{(text.links().confirmed)(confirmed, refused)} " " {more}</p> }
                })
            }}
        </div>
    }
    .into_any()
}

/// Which reason: links, so that it works without script.
#[component]
fn Choice(shown: Shown) -> impl IntoView {
    let words = use_text().links();
    let link = |by: Option<LinkReason>, name: &'static str| {
        let href = by.map_or_else(
            || "/products/links".to_owned(),
            |by| format!("/products/links?by={}", by.as_str()),
        );
        let here = (shown.0 == by).then_some("true");
        view! { <a href=href aria-current=here>{name}</a> }
    };
    let reasons = LinkReason::ALL.map(|by| link(Some(by), (words.reasons)(by)));
    view! {
        <nav class="switch link-choice" aria-label=words.by>
            {link(None, words.any)} {reasons}
        </nav>
    }
    .into_any()
}

#[component]
fn List(
    page: LinkSuggestionPage,
    /// The reason, and whether it is not the first page.
    place: (Option<LinkReason>, bool),
    may: bool,
    shops: usize,
    actions: Actions,
) -> impl IntoView {
    let words = use_text().links();
    let (by, further) = place;
    let query = by.map(|by| format!("by={}", by.as_str())).unwrap_or_default();
    let first = further.then(|| {
        let href = format!("/products/links?{query}");
        view! { <a class="button" href=href>{words.first}</a> }
    });
    if page.items.is_empty() {
        let empty = if shops < 2 { words.one_shop } else { words.empty };
        return view! { <p class="hint">{empty}</p> {first} }.into_any();
    }
    let open = if page.open >= MANY { words.many.to_owned() } else { (words.open)(page.open) };
    let alike = by.filter(|_| may).map(|by| {
        view! {
            <ActionForm action=actions.alike>
                <input type="hidden" name="by" value=by.as_str() />
                <button class="button">{(words.all_alike)(by)}</button>
                " "
                <span class="sub">{words.alike_note}</span>
            </ActionForm>
        }
    });
    let refused = (!may).then(|| view! { <p class="hint">{words.not_yours}</p> });
    let next = page.next_cursor.map(|cursor| {
        let href = format!("/products/links?{query}&cursor={cursor}");
        view! { <a class="button" href=href rel="next">{words.next}</a> }
    });
    let pairs =
        page.items.into_iter().map(|item| view! { <Pair item=item may=may actions=actions /> });
    view! {
        <div class="link-head">
            <p class="order-sum">{open}</p>
            {alike}
            {refused}
        </div>
        <ul class="link-pairs">{pairs.collect_view()}</ul>
        <nav class="pager order-pager" aria-label=use_text().products().pages>
            {first} {next}
        </nav>
    }
    .into_any()
}
