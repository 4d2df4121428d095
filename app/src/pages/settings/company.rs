//! The company's name; the owner changes it.

use crate::{
    api::{self, tenants::Rename},
    components::{
        alert::{Alert, Tone},
        failure::FailureView,
        field::{Field, Kind},
    },
    state::{use_flash, use_frame, use_text},
};
use domain::{Permission, tenant::Tenant};
use leptos::{prelude::*, server_fn::ServerFn};

/// Reads the company and shows its form.
#[component]
pub fn Company() -> impl IntoView {
    let frame = use_frame();
    // Made here, so that what it said outlives the form, which is drawn anew with the new name.
    let rename = ServerAction::<Rename>::new();
    let version = rename.version();
    let tenant = Resource::new(move || version.get(), |_| api::tenants::me());
    Effect::new(move |_| {
        if matches!(rename.value().get(), Some(Ok(()))) {
            frame.session.refetch();
        }
    });
    view! {
        <Transition fallback=|| view! { <div class="skeleton-row"></div> }>
            {move || Suspend::new(async move {
                let may = frame.session.await.is_ok_and(|session| session.role.may(Permission::Own));
                match tenant.await {
                    Ok(tenant) => view! { <NameForm tenant=tenant rename=rename may=may /> }.into_any(),
                    Err(failure) => view! { <FailureView failure=failure /> }.into_any(),
                }
            })}
        </Transition>
    }
    .into_any()
}

#[component]
fn NameForm(tenant: Tenant, rename: ServerAction<Rename>, may: bool) -> impl IntoView {
    let text = use_text();
    let told = use_flash(Rename::PATH);
    let typed = told.as_ref().and_then(|flash| flash.value("name")).unwrap_or(tenant.name.clone());
    let outcome = Signal::derive(move || match rename.value().get() {
        Some(Ok(())) => Some(None),
        Some(Err(failure)) => Some(Some(failure.0)),
        None => told.clone().map(|flash| flash.error),
    });
    if !may {
        return view! {
            <p>{tenant.name}</p>
            <p class="hint">{text.settings().owner_only}</p>
        }
        .into_any();
    }
    let error = Signal::derive(move || outcome.get().flatten());
    let message = move || match outcome.get() {
        None => None,
        Some(None) => {
            Some(view! { <Alert tone=Tone::Fine>{text.settings().saved}</Alert> }.into_any())
        }
        Some(Some(error)) => {
            Some(view! { <Alert tone=Tone::Risk>{text.failure(&error)}</Alert> }.into_any())
        }
    };
    let kind = Kind { input: "text", autocomplete: "organization", min: Some(2), max: Some(255) };
    view! {
        <ActionForm action=rename>
            <div class="form inline">
                <Field name="name" label=text.settings().company_name kind=kind value=typed error=error />
                <button class="button" disabled=move || rename.pending().get()>{text.settings().save}</button>
            </div>
            {message}
        </ActionForm>
    }
    .into_any()
}
