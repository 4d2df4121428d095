//! A company: its shops, what failed lately, and its plan.

use super::{
    head::{Head, NotShown},
    run::{Runs, marketplace},
};
use crate::{
    api::{
        self, Failure,
        operator::{ChangeTenant, RunAgain, SetAside},
    },
    components::{age::Age, told::Told},
    state::{use_flash, use_text},
};
use domain::{
    ApiError, Plan, TenantId,
    operator::{CompanyDetail, OperatorCompany, OperatorShop},
};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::{LazyRoute, hooks::use_params_map, lazy_route};

/// The route.
#[derive(Debug)]
pub struct Tenant;

#[lazy_route]
impl LazyRoute for Tenant {
    fn data() -> Self {
        Self
    }

    fn view(this: Self) -> AnyView {
        let Tenant = this;
        view! { <Page /> }.into_any()
    }
}

#[component]
fn Page() -> impl IntoView {
    let words = use_text().operator();
    let params = use_params_map();
    let id = Memo::new(move |_| params.read().get_str("id").and_then(|id| id.parse().ok()));
    let detail = Resource::new(move || id.get(), read);
    view! {
        <Head title=words.company />
        <Told flash=use_flash(ChangeTenant::PATH) done=words.plan_set />
        <Told flash=use_flash(RunAgain::PATH) done=words.run_again_done />
        <Told flash=use_flash(SetAside::PATH) done=words.set_aside_done />
        <Transition fallback=|| view! { <div class="skeleton-row tall"></div> }>
            {move || Suspend::new(async move {
                match detail.await {
                    Ok(detail) => view! { <Detail detail=detail /> }.into_any(),
                    Err(failure) => view! { <NotShown failure=failure /> }.into_any(),
                }
            })}
        </Transition>
    }
    .into_any()
}

/// What is no id is nobody's.
async fn read(id: Option<TenantId>) -> Result<CompanyDetail, Failure> {
    match id {
        Some(id) => api::operator::tenant(id).await,
        None => Err(Failure(ApiError::not_found("company"))),
    }
}

#[component]
fn Detail(detail: CompanyDetail) -> impl IntoView {
    let words = use_text().operator();
    let CompanyDetail { company, accounts, failed } = detail;
    let id = company.tenant_id;
    let failed = if failed.is_empty() {
        view! { <p class="hint">{words.none_failed}</p> }.into_any()
    } else {
        view! { <Runs runs=failed /> }.into_any()
    };
    view! {
        <About company=company />
        <section>
            <h3 id="shops">{words.shops}</h3>
            <Shops shops=accounts />
        </section>
        <section aria-labelledby="failed">
            <h3 id="failed">{words.failed}</h3>
            {failed}
            <p class="audit-more">
                <a class="button" href=format!("/operator/queue?state=failed&tenant={id}")>
                    {words.its_queue}
                </a>
                <a class="button" href=format!("/operator/quarantine?tenant={id}")>
                    {words.its_quarantine}
                </a>
            </p>
        </section>
    }
    .into_any()
}

#[component]
fn About(company: OperatorCompany) -> impl IntoView {
    let text = use_text();
    let words = text.operator();
    let read = match company.last_read_at {
        Some(at) => view! { <Age at=at /> }.into_any(),
        None => words.never.into_any(),
    };
    let facts = [
        (words.owner, company.owner.clone().unwrap_or_else(|| words.demo.to_owned()).into_any()),
        (words.registered, text.date(company.created_at).into_any()),
        (words.people, text.int(company.members).into_any()),
        (words.shops, text.int(company.shops).into_any()),
        (words.products, text.int(company.products).into_any()),
        (words.last_read, read),
        (words.problems, text.int(company.problems).into_any()),
    ]
    .map(|(name, value)| {
        view! {
            <div>
                <dt>{name}</dt>
                <dd>{value}</dd>
            </div>
        }
    });
    view! {
        <h2>
            {company.name.clone()} " "
            {company.suspended.then(|| view! { <span class="badge risk">{words.suspended}</span> })}
        </h2>
        <p class="hint">
            <code class="pick">{company.tenant_id.to_string()}</code>
        </p>
        <dl class="op-facts">{facts.collect_view()}</dl>
        <Deeds company=company />
    }
    .into_any()
}

#[component]
fn Deeds(company: OperatorCompany) -> impl IntoView {
    let words = use_text().operator();
    let id = company.tenant_id.to_string();
    let plans = Plan::ALL.into_iter().map(|plan| {
        view! {
            <option value=plan.as_str() selected={company.plan == plan}>
                {plan.name()}
            </option>
        }
    });
    let standing = if company.suspended {
        view! {
            <form method="post" action=ChangeTenant::PATH>
                <input type="hidden" name="id" value=id.clone() />
                <button class="button" name="suspended" value="false">
                    {words.resume}
                </button>
            </form>
        }
        .into_any()
    } else {
        view! {
            <details class="confirm">
                <summary>{words.suspend}</summary>
                <p class="hint">{words.suspend_note}</p>
                <form method="post" action=ChangeTenant::PATH>
                    <input type="hidden" name="id" value=id.clone() />
                    <button class="button risk" name="suspended" value="true">
                        {words.suspend_confirm}
                    </button>
                </form>
            </details>
        }
        .into_any()
    };
    view! {
        <div class="op-company-deeds">
            <form method="post" action=ChangeTenant::PATH class="audit-filters">
                <input type="hidden" name="id" value=id />
                <div class="field">
                    <label for="plan">{words.plan}</label>
                    <select id="plan" name="plan">
                        {plans.collect_view()}
                    </select>
                </div>
                <button class="button">{words.set_plan}</button>
            </form>
            {standing}
        </div>
    }
    .into_any()
}

#[component]
fn Shops(shops: Vec<OperatorShop>) -> impl IntoView {
    let text = use_text();
    let words = text.operator();
    if shops.is_empty() {
        return view! { <p class="hint">{words.no_shops}</p> }.into_any();
    }
    let rows = shops.into_iter().map(|shop| {
        let read = match shop.as_of {
            Some(at) => view! { <Age at=at /> }.into_any(),
            None => words.never.into_any(),
        };
        let due = shop.due_at.map_or_else(|| words.by_hand.to_owned(), |at| text.moment(at));
        view! {
            <tr>
                <th scope="row">
                    {shop.name} <span class="sub">{marketplace(shop.marketplace)}</span>
                </th>
                <td>{if shop.has_key { words.has_key } else { words.no_key }}</td>
                <td>{read}</td>
                <td>{due}</td>
                <td class="num">{text.int(shop.problems)}</td>
            </tr>
        }
    });
    view! {
        <div class="table-wrap" tabindex="0" role="region" aria-label=words.shops>
            <table class="log op-table">
                <thead>
                    <tr>
                        <th scope="col">{words.shop}</th>
                        <th scope="col">{words.key}</th>
                        <th scope="col">{words.last_read}</th>
                        <th scope="col">
                            {words.due_at} ", "
                            <span class="unit">{text.common().moscow_time}</span>
                        </th>
                        <th scope="col" class="num">{words.problems}</th>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}
