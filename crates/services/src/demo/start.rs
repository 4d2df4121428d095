//! Opens a demo: a company of its own for the visitor, for a day, filled with a year of history.

use super::{DemoWorld, fill};
use crate::{
    Client, Services,
    accounts::{Browser, Door, register::marketplace_name},
    audit::{self, Action},
    brakes,
    error::{Error, Result},
    tenants,
    tokens::{Person, SessionToken},
};
use chrono::TimeDelta;
use domain::{AccountId, ApiError, ErrorCode, Marketplace, Realm, Role};
use serde_json::json;
use store::{Admission, Caller, NewAccount, NewCompany, NewTenant, NewUser, Reason};

/// What one address may start is counted over this time.
const COUNTED: TimeDelta = TimeDelta::hours(24);

/// What the demo's company is called.
const NAME: &str = "Дом и уют";

/// 403 when there are no demos here, 429 when this address had its share.
pub async fn start(services: &Services, client: &Client) -> Result<SessionToken> {
    let Some(world) = services.demo_world.as_ref().filter(|_| services.settings.demo.on) else {
        return Err(ApiError::new(
            ErrorCode::Closed,
            "There is no demo on this installation. Register instead.",
        )
        .into());
    };
    let (caller, account, token) = open(services, client).await?;
    match furnish(services, world.as_ref(), &caller, account).await {
        Ok(()) => Ok(token),
        Err(error) => {
            // Half a demo is worse than none.
            let mut tx = services.store.system_write(Reason::Operator).await?;
            tx.remove_tenant(caller.tenant_id()).await?;
            tx.remove_lost_visitors().await?;
            tx.commit().await?;
            Err(error)
        }
    }
}

/// The company, its visitor and its shop, if this address may have one.
async fn open(services: &Services, client: &Client) -> Result<(Caller, AccountId, SessionToken)> {
    let address = brakes::network(client.address).to_string();
    let address_hash = services.tokens.fingerprint("demo address", &address)?;
    let (now, clock) = (services.clock.now(), &services.clock);
    let demo = &services.settings.demo;

    let _one_at_a_time = services.inner.demo_gate.lock().await;
    let mut tx = services.store.system_write(Reason::Operator).await?;
    let starts = tx.demo_starts(&address_hash, now - COUNTED).await?;
    let cap = usize::try_from(demo.per_address).unwrap_or(usize::MAX);
    if starts.len() >= cap {
        let free_at = starts[starts.len() - cap.max(1)..].first().map_or(now, |at| *at) + COUNTED;
        let seconds = (free_at - now).num_seconds().max(1);
        return Err(ApiError::rate_limited(
            "Enough demos were started from your address today. Come again tomorrow, or register.",
            seconds.try_into().unwrap_or(u32::MAX),
        )
        .into());
    }
    tx.add_demo_start(clock.new_id(), &address_hash, now).await?;
    let person = Person { user: clock.new_id(), tenant: clock.new_id(), role: Role::Owner };
    let marketplace = Marketplace::Wildberries;
    let account = clock.new_id();
    tx.register(&NewCompany {
        tenant: NewTenant {
            id: person.tenant,
            name: NAME,
            marketplace,
            demo_until: Some(now + demo.lifetime),
            now,
        },
        owner: NewUser { id: person.user, email: None, email_key: None, password_hash: None, now },
        account: NewAccount {
            id: account,
            marketplace,
            realm: Realm::Demo,
            name: marketplace_name(marketplace),
            now,
        },
    })
    .await?;
    let (session, token) = Browser::open(services, &mut tx, person, client).await?;
    let Some(Admission::Admitted { caller, .. }) = tx.admit(session, now).await? else {
        return Err(Error::Broken("a new demo", "its visitor is not admitted".into()));
    };
    let entry = audit::entry(services, &caller, client, Action::DemoStarted, json!({}));
    tx.audit(person.tenant, &entry).await?;
    tx.commit().await?;
    Ok((caller, account, token))
}

/// The key to the simulated marketplace, and the data.
async fn furnish(
    services: &Services,
    world: &dyn DemoWorld,
    caller: &Caller,
    account: AccountId,
) -> Result<()> {
    let now = services.clock.now();
    let mut tx = services.store.write(caller).await?;
    tenants::keep(services, &mut tx, account, "wildberries_api_key", &world.key(now), now).await?;
    tx.commit().await?;
    fill(services, caller, account).await
}
