//! A new company, its owner and its first shop, in one transaction.

use crate::{
    accounts::NewAccount, error::Result, system::SystemTx, tenants::NewTenant, users::NewUser,
};
use domain::Role;

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
        self.add_tenant(&new.tenant).await?;
        self.add_membership(new.tenant.id, new.owner.id, Role::Owner, new.tenant.now).await?;
        self.add_account(new.tenant.id, &new.account).await
    }
}
