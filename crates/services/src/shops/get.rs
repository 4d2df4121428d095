//! One shop, as it stands in the list.

use crate::{Services, error::Result, tenants};
use domain::{AccountId, account::Account};
use store::Caller;

/// `None`: not there, or another company's.
pub async fn get(services: &Services, caller: &Caller, id: AccountId) -> Result<Option<Account>> {
    let shops = tenants::accounts(services, caller).await?;
    Ok(shops.into_iter().find(|shop| shop.id == id))
}
