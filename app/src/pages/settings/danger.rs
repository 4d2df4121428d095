//! Taking the data along, and what can't be taken back.

use super::nav::SettingsHead;
use crate::{
    api::{
        self,
        danger::{DeleteAccount, DeleteCompany},
        team::Leave,
    },
    components::{
        alert::{Alert, Tone},
        confirm::Confirm,
        failure::FailureView,
        field::{Field, Kind},
        told::Told,
    },
    state::{use_flash, use_frame, use_text},
};
use domain::{Permission, auth::Session, danger::AccountOutlook};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_meta::Title;
use leptos_router::{LazyRoute, lazy_route};

/// The route.
#[derive(Debug)]
pub struct Danger;

#[lazy_route]
impl LazyRoute for Danger {
    fn data() -> Self {
        Self
    }

    fn view(this: Self) -> AnyView {
        let Danger = this;
        view! { <DangerPage /> }.into_any()
    }
}

#[component]
fn DangerPage() -> impl IntoView {
    let words = use_text().team();
    let frame = use_frame();
    let outlook = Resource::new(|| (), |()| api::danger::outlook());
    view! {
        <Title text=words.danger_title />
        <SettingsHead />
        <Told flash=use_flash(Leave::PATH) done=words.left />
        <Transition fallback=|| view! { <div class="skeleton-row tall"></div> }>
            {move || Suspend::new(async move {
                match (frame.session.await, outlook.await) {
                    (Ok(session), Ok(outlook)) => {
                        view! { <Sections session=session outlook=outlook /> }.into_any()
                    }
                    (Err(failure), _) | (_, Err(failure)) => {
                        view! { <FailureView failure=failure /> }.into_any()
                    }
                }
            })}
        </Transition>
    }
    .into_any()
}

#[component]
fn Sections(session: Session, outlook: AccountOutlook) -> impl IntoView {
    let words = use_text().team();
    let owns = session.role.may(Permission::Own);
    let name = session.tenant_name.clone();
    view! {
        <div class="settings">
            {owns
                .then(|| {
                    view! {
                        <section aria-labelledby="export">
                            <h2 id="export">{words.export}</h2>
                            <p class="hint">{words.export_note}</p>
                            <p>
                                <a class="button" href="/api/v1/tenants/me/export" rel="external" download>
                                    {words.export_button}
                                </a>
                            </p>
                        </section>
                        <section aria-labelledby="company">
                            <h2 id="company">{words.delete_company}</h2>
                            <Company name=name />
                        </section>
                    }
                })}
            <section aria-labelledby="leave">
                <h2 id="leave">{words.leave}</h2>
                <div>
                    <Confirm
                        summary=words.leave
                        about=session.tenant_name
                        note=words.leave_note.to_owned()
                        action=Leave::PATH
                        button=words.leave_confirm
                    />
                </div>
            </section>
            <section aria-labelledby="account">
                <h2 id="account">{words.account}</h2>
                <Account outlook=outlook />
            </section>
        </div>
    }
    .into_any()
}

#[component]
fn Company(name: String) -> impl IntoView {
    let text = use_text();
    let words = text.team();
    let told = use_flash(DeleteCompany::PATH);
    let typed = told.as_ref().and_then(|flash| flash.value("name")).unwrap_or_default();
    let error = told.and_then(|flash| flash.error);
    let other = error.clone().filter(|error| error.errors.is_empty());
    view! {
        <p class="hint" id="company-note">{words.delete_company_note}</p>
        {other.map(|error| view! { <Alert tone=Tone::Risk>{text.failure(&error)}</Alert> })}
        <form method="post" action=DeleteCompany::PATH class="form narrow" aria-describedby="company-note">
            <p>{(words.delete_company_name)(&name)}</p>
            <Field
                name="name"
                label=text.settings().company_name
                kind=Kind { input: "text", autocomplete: "off", ..Kind::default() }
                value=typed
                error=error
            />
            <button class="button risk">{words.delete_company_confirm}</button>
        </form>
    }
    .into_any()
}

#[component]
fn Account(outlook: AccountOutlook) -> impl IntoView {
    let text = use_text();
    let words = text.team();
    let error = use_flash(DeleteAccount::PATH).and_then(|flash| flash.error);
    let other = error.clone().filter(|error| error.errors.is_empty());
    if !outlook.has_password {
        return view! { <p class="hint">{words.account_demo}</p> }.into_any();
    }
    let blocked = !outlook.in_the_way.is_empty();
    let takes = outlook.would_go;
    view! {
        <p class="hint">{words.account_note}</p>
        <p>
            <a class="button" href="/api/v1/auth/personal-data" rel="external" download="personal-data.json">
                {words.account_data}
            </a>
        </p>
        {other.map(|error| view! { <Alert tone=Tone::Risk>{text.failure(&error)}</Alert> })}
        {blocked
            .then(|| {
                let names = (words.account_blocked)(&outlook.in_the_way.join(", "));
                view! { <Alert tone=Tone::Warning>{names}</Alert> }
            })}
        {(!blocked)
            .then(|| {
                view! {
                    <form method="post" action=DeleteAccount::PATH class="form narrow">
                        {(!takes.is_empty())
                            .then(|| {
                                view! {
                                    <Alert tone=Tone::Warning>{(words.account_takes)(&takes.join(", "))}</Alert>
                                    <label class="check">
                                        <input type="checkbox" name="delete_companies" value="true" required />
                                        {words.account_takes_fine}
                                    </label>
                                }
                            })}
                        <Field
                            name="password"
                            label=text.door().password
                            kind=Kind { input: "password", autocomplete: "current-password", ..Kind::default() }
                            error=error
                        />
                        <button class="button risk">{words.account_confirm}</button>
                    </form>
                }
            })}
    }
    .into_any()
}
