//! The company's rules of orders: lead time, review period, buffer.

use super::nav::SettingsHead;
use crate::{
    api::{self, today::SetRules},
    components::{
        alert::{Alert, Tone},
        failure::FailureView,
        field::{Field, Kind},
    },
    state::{use_flash, use_frame, use_text},
};
use domain::{Permission, today::PlanningRules};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_meta::Title;
use leptos_router::{LazyRoute, lazy_route};

/// The route.
#[derive(Debug)]
pub struct OrdersRoute;

#[lazy_route]
impl LazyRoute for OrdersRoute {
    fn data() -> Self {
        Self
    }

    fn view(this: Self) -> AnyView {
        let OrdersRoute = this;
        view! { <OrdersPage /> }.into_any()
    }
}

#[component]
fn OrdersPage() -> impl IntoView {
    let (text, frame) = (use_text(), use_frame());
    // Made here, so that what it said outlives the form.
    let set = ServerAction::<SetRules>::new();
    let rules = Resource::new(|| (), |()| api::today::rules());
    view! {
        <Title text=text.today().rules />
        <SettingsHead />
        <div class="settings">
            <section aria-labelledby="rules">
                <h2 id="rules">{text.today().rules}</h2>
                <p>{text.today().rules_lead}</p>
                <p class="hint">{text.today().how_buffer}</p>
            </section>
            <section>
                <Transition fallback=|| view! { <div class="skeleton-row tall"></div> }>
                    {move || Suspend::new(async move {
                        let session = frame.session.await;
                        let may = session.is_ok_and(|session| session.role.may(Permission::Operate));
                        match rules.await {
                            Ok(rules) => view! { <RulesForm rules=rules set=set may=may /> }.into_any(),
                            Err(failure) => view! { <FailureView failure=failure /> }.into_any(),
                        }
                    })}
                </Transition>
            </section>
        </div>
    }
    .into_any()
}

#[component]
fn RulesForm(rules: PlanningRules, set: ServerAction<SetRules>, may: bool) -> impl IntoView {
    let text = use_text();
    let words = text.today();
    let told = use_flash(SetRules::PATH);
    let fields = [
        ("lead_days", words.lead_days, words.lead_days_hint, rules.lead_days),
        ("review_days", words.review_days, words.review_days_hint, rules.review_days),
        ("buffer_days", words.buffer_days, words.buffer_days_hint, rules.buffer_days),
    ];
    if !may {
        let facts = fields.map(|(_, label, _, days)| {
            view! {
                <div>
                    <dt>{label}</dt>
                    <dd class="num">{text.int(days)}</dd>
                </div>
            }
        });
        return view! {
            <dl class="facts">{facts.collect_view()}</dl>
            <p class="hint">{words.rules_role}</p>
        }
        .into_any();
    }
    let typed: Vec<String> = fields
        .iter()
        .map(|(name, _, _, days)| {
            told.as_ref().and_then(|flash| flash.value(name)).unwrap_or_else(|| days.to_string())
        })
        .collect();
    let outcome = Signal::derive(move || match set.value().get() {
        Some(Ok(())) => Some(None),
        Some(Err(failure)) => Some(Some(failure.0)),
        None => told.clone().map(|flash| flash.error),
    });
    let error = Signal::derive(move || outcome.get().flatten());
    let message = move || {
        match outcome.get() {
        None => None,
        Some(None) => Some(
            view! { <Alert tone=Tone::Fine>{text.settings().saved} ". " {words.rules_later}</Alert> }
                .into_any(),
        ),
        Some(Some(error)) => {
            Some(view! { <Alert tone=Tone::Risk>{text.failure(&error)}</Alert> }.into_any())
        }
    }
    };
    let kind = Kind { input: "number", autocomplete: "off", ..Kind::default() };
    let inputs = fields.into_iter().zip(typed).map(move |((name, label, hint, _), value)| {
        view! { <Field name=name label=label hint=hint kind=kind value=value error=error /> }
    });
    view! {
        <ActionForm action=set>
            <div class="form">
                {inputs.collect_view()}
                <button class="button" disabled=move || set.pending().get()>{text.settings().save}</button>
            </div>
            {message}
        </ActionForm>
    }
    .into_any()
}
