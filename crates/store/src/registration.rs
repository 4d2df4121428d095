//! A new company, its owner and its first shop, in one transaction.

use crate::{
    accounts::NewAccount, error::Result, system::SystemTx, tenants::NewTenant, users::NewUser,
};
use domain::{Role, UserId};

/// What a company begins with.
#[derive(Clone, Copy, Debug)]
pub struct NewCompany<'a> {
    /// The company; it gets the free plan.
    pub tenant: NewTenant<'a>,
    /// Its owner.
    pub owner: NewUser<'a>,
    /// Its first shop.
    pub account: NewAccount<'a>,
}

impl SystemTx {
    /// Adds all of it. [`crate::Error::Conflict`] means that the e-mail is taken: the ids are new.
    pub async fn register(&mut self, new: &NewCompany<'_>) -> Result<()> {
        self.add_user(&new.owner).await?;
        self.found_company(&new.tenant, new.owner.id, &new.account).await
    }

    /// Adds a company with its first shop to somebody who is there already: their own from now on.
    pub async fn found_company(
        &mut self,
        tenant: &NewTenant<'_>,
        owner: UserId,
        account: &NewAccount<'_>,
    ) -> Result<()> {
        self.add_tenant(tenant).await?;
        self.add_membership(tenant.id, owner, Role::Owner, tenant.now).await?;
        self.add_account(tenant.id, account).await
    }
}
