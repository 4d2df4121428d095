//! Lead time, pack, minimum order and cost: what holds, from where, and a form that changes it in place.

use crate::{
    api::ordering::SetSettings,
    components::alert::{Alert, Tone},
    state::{use_flash, use_text},
    text::{Text, number},
};
use domain::{
    ProductId,
    ordering::{Inherited, ProductSettings, SettingScope},
};
use leptos::{prelude::*, server_fn::ServerFn};

/// The section.
#[component]
pub fn Settings(
    /// What holds.
    settings: Resource<Option<ProductSettings>>,
    /// Of which product.
    id: Signal<Option<ProductId>>,
) -> impl IntoView {
    let text = use_text();
    let save = ServerAction::<SetSettings>::new();
    let told = use_flash(SetSettings::PATH);
    Effect::new(move |_| {
        if matches!(save.value().get(), Some(Ok(_))) {
            settings.refetch();
        }
    });
    let outcome = move || match save.value().get() {
        Some(Ok(_)) => Some(None),
        Some(Err(failure)) => Some(Some(failure.0)),
        None => told.clone().map(|flash| flash.error),
    };
    let message = move || {
        outcome().map(|outcome| match outcome {
            None => view! { <Alert tone=Tone::Fine>{text.ordering().saved}</Alert> }.into_any(),
            Some(error) => {
                view! { <Alert tone=Tone::Risk>{text.failure(&error)}</Alert> }.into_any()
            }
        })
    };
    view! {
        <section class="ordering" id="ordering">
            <h2>{text.ordering().title}</h2>
            {message}
            <Transition fallback=|| ()>
                {move || Suspend::new(async move {
                    let settings = settings.await?;
                    let id = id.get_untracked()?;
                    Some(view! { <Terms settings=settings id=id save=save /> })
                })}
            </Transition>
        </section>
    }
    .into_any()
}

#[component]
fn Terms(
    settings: ProductSettings,
    id: ProductId,
    save: ServerAction<SetSettings>,
) -> impl IntoView {
    let text = use_text();
    let words = text.ordering();
    let name_of = {
        let layers = settings.layers.clone();
        move |scope: SettingScope| {
            let layer = layers.iter().find(|layer| layer.scope == scope);
            layer.map(|layer| layer.name.clone()).unwrap_or_default()
        }
    };
    let term = |label: &'static str, of: Inherited, said: String| {
        let from = match of.from {
            Some(scope) => (words.from)(scope, &name_of(scope)),
            None if of.value.is_some() => words.usual.to_owned(),
            None => String::new(),
        };
        view! {
            <div>
                <dt>{label}</dt>
                <dd>
                    <b class="num">{said}</b> <span class="sub">{from}</span>
                </dd>
            </div>
        }
    };
    let pieces = |of: Inherited| {
        said(of, |n| format!("{}\u{a0}{}", text.int(n), words.pieces), words.not_said)
    };
    let days = |n: i64| format!("{n}\u{a0}{}", (words.days)(n));
    let cost = settings
        .cost_minor
        .map(|of| term(words.cost, of, said(of, |minor| exact(text, minor), words.not_said)));
    let form = settings.may_change.then(|| {
        view! { <Form settings=settings.clone() id=id save=save /> }
    });
    view! {
        <dl class="terms">
            {term(words.lead, settings.lead_days, said(settings.lead_days, days, words.not_said))}
            {term(words.pack, settings.pack, pieces(settings.pack))}
            {term(words.minimum, settings.minimum, pieces(settings.minimum))} {cost}
        </dl>
        {form}
    }
    .into_any()
}

fn said(of: Inherited, in_words: impl Fn(i64) -> String, unsaid: &'static str) -> String {
    of.value.map_or_else(|| unsaid.to_owned(), in_words)
}

/// Roubles with kopecks, where there are any.
fn exact(text: &Text, minor: i64) -> String {
    if minor % 100 == 0 {
        return number::money(text.locale, minor, "RUB");
    }
    format!("{}\u{a0}₽", number::thousandths(text.locale, minor * 10))
}

/// The form: what is said for this product; choosing another place says it there.
#[component]
fn Form(
    settings: ProductSettings,
    id: ProductId,
    save: ServerAction<SetSettings>,
) -> impl IntoView {
    let text = use_text();
    let words = text.ordering();
    let layers = settings.layers;
    let own = layers.iter().find(|layer| layer.scope == SettingScope::Product);
    let own = own.map(|layer| layer.values).unwrap_or_default();
    let places = layers.into_iter().rev().map(|layer| {
        let scope = layer.scope;
        view! {
            <option value=scope.as_str() selected=scope == SettingScope::Product>
                {(words.scope)(scope, &layer.name)}
            </option>
        }
    });
    let field = |name: &'static str,
                 label: &'static str,
                 own: Option<String>,
                 of: Option<i64>,
                 scale: i64| {
        let holds = of.map(|value| plain(value, scale));
        view! {
            <label class="term-field">
                <span>{label}</span>
                <input name=name inputmode="decimal" autocomplete="off" maxlength="16" value=own placeholder=holds />
            </label>
        }
    };
    let whole = |value: Option<i64>| value.map(|value| plain(value, 1));
    let cost = settings.cost_minor.map(|of| {
        let own = own.cost_minor.map(|minor| plain(minor, 100));
        field("cost", words.cost, own, of.value, 100)
    });
    view! {
        <details class="terms-form">
            <summary class="quiet-link">{words.change}</summary>
            <ActionForm action=save>
                <input type="hidden" name="id" value=id.to_string() />
                <div class="term-fields">
                    {field("lead_days", words.lead, whole(own.lead_days), settings.lead_days.value, 1)}
                    {field("pack", words.pack, whole(own.pack), settings.pack.value, 1)}
                    {field("minimum", words.minimum, whole(own.minimum), settings.minimum.value, 1)} {cost}
                </div>
                <label class="term-field wide">
                    <span>{words.for_what}</span>
                    <select name="scope">{places.collect_view()}</select>
                </label>
                <p class="hint">{words.empty_hint}</p>
                <button class="button" disabled=move || save.pending().get()>{words.keep}</button>
            </ActionForm>
        </details>
    }
    .into_any()
}

/// A number as a field holds it.
fn plain(value: i64, scale: i64) -> String {
    if scale == 1 || value % scale == 0 {
        return (value / scale).to_string();
    }
    format!("{},{:02}", value / scale, value % scale)
}
