//! What holds for ordering a product, where it comes from, and changing it in place.

use crate::{
    Client, Result, Services,
    audit::{self, Action},
};
use domain::{
    ApiError, Permission, ProductId,
    ordering::{ProductSettings, SettingLayer, SettingScope, SettingValues, SettingsPatch},
};
use planning::inherited;
use serde_json::json;
use store::{Caller, ListedProduct, TenantTx};

/// A pack and a minimum that nobody has said.
const ONE: Option<i64> = Some(1);

/// `None`: not there, or another tenant's.
pub async fn settings(
    services: &Services,
    caller: &Caller,
    id: ProductId,
) -> Result<Option<ProductSettings>> {
    let mut tx = services.store.read(caller).await?;
    let Some(product) = tx.listed_product(id).await? else { return Ok(None) };
    let settings = of(&mut tx, caller, &product).await?;
    tx.commit().await?;
    Ok(Some(settings))
}

/// Says something anew for a product, its brand, its shop or the company; what holds after it. Owners and admins.
/// `None`: the product is not there. 422 for numbers out of bounds, and for the brand of a product without one.
pub async fn set_settings(
    services: &Services,
    caller: &Caller,
    id: ProductId,
    patch: SettingsPatch,
    client: &Client,
) -> Result<Option<ProductSettings>> {
    if !caller.may(Permission::Operate) {
        return Err(ApiError::denied().into());
    }
    let mut errors = patch.check();
    let mut tx = services.store.write(caller).await?;
    let Some(product) = tx.listed_product(id).await? else { return Ok(None) };
    let places = Places::of(&product);
    let target = places.target(patch.scope);
    if target.is_none() {
        let hint = "this product has no brand";
        errors.push(domain::FieldError::body("scope", "unknown_value", hint));
    }
    let (Some(target), true) = (target, errors.is_empty()) else {
        return Err(ApiError::validation(errors).into());
    };
    let said = places.said(&mut tx).await?;
    let before = said.iter().find(|(scope, _)| *scope == patch.scope).map(|(_, values)| *values);
    let values = patch.applied_to(before.unwrap_or_default());
    let now = services.clock.now();
    tx.set_settings((patch.scope, target), values, caller.user_id(), now).await?;
    let details = json!({
        "product": id, "scope": patch.scope, "target": target, "fields": patch.named(),
    });
    let entry = audit::entry(services, caller, client, Action::ProductSettingsChanged, details);
    tx.audit(&entry).await?;
    let settings = of(&mut tx, caller, &product).await?;
    tx.commit().await?;
    Ok(Some(settings))
}

/// The places at which something can be said of a product.
struct Places {
    account: String,
    brand: Option<String>,
    product: String,
}

impl Places {
    fn of(product: &ListedProduct) -> Self {
        Self {
            account: product.summary.account_id.to_string(),
            brand: product.summary.brand.clone(),
            product: product.summary.id.to_string(),
        }
    }

    fn target(&self, scope: SettingScope) -> Option<&str> {
        match scope {
            SettingScope::Tenant => Some(""),
            SettingScope::Account => Some(&self.account),
            SettingScope::Brand => self.brand.as_deref(),
            SettingScope::Product => Some(&self.product),
        }
    }

    async fn said(&self, tx: &mut TenantTx) -> Result<Vec<(SettingScope, SettingValues)>> {
        Ok(tx.settings_at(&self.account, self.brand.as_deref(), &self.product).await?)
    }
}

/// What holds for a product, with costs for whom they are shown.
async fn of(
    tx: &mut TenantTx,
    caller: &Caller,
    product: &ListedProduct,
) -> Result<ProductSettings> {
    let places = Places::of(product);
    let said = places.said(tx).await?;
    // The company's lead time is among its rules of orders.
    let usual = tx.planning_rules().await?.lead_days;
    let company = tx.tenant_row().await?.map(|tenant| tenant.name).unwrap_or_default();
    let accounts = tx.accounts().await?;
    let shop = accounts.into_iter().find(|account| account.id == product.summary.account_id);
    let sees_costs = caller.may(Permission::Costs);
    let mut lead_days = inherited(&said, |values| values.lead_days, Some(usual));
    lead_days.from = lead_days.from.or(Some(SettingScope::Tenant));
    let layers = SettingScope::ALL
        .into_iter()
        .filter(|scope| places.target(*scope).is_some())
        .map(|scope| {
            let values = said.iter().find(|(of, _)| *of == scope).map(|(_, values)| *values);
            let mut values = values.unwrap_or_default();
            if scope == SettingScope::Tenant {
                values.lead_days = values.lead_days.or(Some(usual));
            }
            if !sees_costs {
                values.cost_minor = None;
            }
            let name = match scope {
                SettingScope::Tenant => company.clone(),
                SettingScope::Account => {
                    shop.as_ref().map(|shop| shop.name.clone()).unwrap_or_default()
                }
                SettingScope::Brand => places.brand.clone().unwrap_or_default(),
                SettingScope::Product => product.summary.product_name.clone(),
            };
            SettingLayer { scope, name, values }
        })
        .collect();
    Ok(ProductSettings {
        lead_days,
        pack: inherited(&said, |values| values.pack, ONE),
        minimum: inherited(&said, |values| values.minimum, ONE),
        cost_minor: sees_costs.then(|| inherited(&said, |values| values.cost_minor, None)),
        layers,
        may_change: caller.may(Permission::Operate),
    })
}
