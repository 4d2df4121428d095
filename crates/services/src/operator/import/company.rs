//! A company with its people, its shops' keys and their sign-ins: one transaction.

use super::{Report, report::Count};
use crate::{
    Services, Vault, accounts::register::marketplace_name, audit::Action, error::Result,
    operator::record,
};
use domain::{AccountId, Marketplace, Realm};
use serde_json::json;
use store::{
    ImportedTenant, ImportedToken, ImportedUser, NewAccount, Reason, SystemTx, UserOutcome,
};

/// Something that was read, with what was left out of it.
pub(super) struct Found<T> {
    pub item: T,
    pub notes: Vec<&'static str>,
}

pub(super) struct Company {
    pub tenant: ImportedTenant,
    /// By the names of the API, encrypted by the original.
    secrets: Vec<(&'static str, String)>,
    pub users: Vec<ImportedUser>,
    pub tokens: Vec<ImportedToken>,
}

impl Company {
    pub fn new(tenant: ImportedTenant, secrets: Vec<(&'static str, String)>) -> Self {
        Self { tenant, secrets, users: Vec::new(), tokens: Vec::new() }
    }

    /// Writes all of it; the shop that its cards belong to.
    pub async fn write(
        self,
        services: &Services,
        vault: &Vault,
        report: &mut Report,
    ) -> Result<AccountId> {
        let now = services.clock.now();
        let mut tx = services.store.system_write(Reason::Operator).await?;
        let is_new = tx.import_tenant(&self.tenant, now).await?;
        report.companies.add(is_new);
        for user in &self.users {
            match tx.import_user(user).await? {
                UserOutcome::Taken => report.people.add(true),
                UserOutcome::Already => report.people.add(false),
                UserOutcome::EmailTaken => {
                    report.people.refuse("the e-mail is another person's here");
                }
            }
        }
        let first = self.shop(services, &mut tx, self.tenant.marketplace).await?;
        for (field, ciphertext) in &self.secrets {
            self.secret(services, vault, &mut tx, &mut report.keys, field, ciphertext).await?;
        }
        for token in &self.tokens {
            if tx.has_member(token.tenant, token.user).await? {
                report.tokens.add(tx.import_token(token).await?);
            } else {
                report.tokens.refuse("its person was not taken");
            }
        }
        if is_new {
            record(services, &mut tx, self.tenant.id, Action::TenantImported, json!({})).await?;
        }
        tx.commit().await?;
        Ok(first)
    }

    /// The company's shop on a marketplace, made if there is none.
    async fn shop(
        &self,
        services: &Services,
        tx: &mut SystemTx,
        marketplace: Marketplace,
    ) -> Result<AccountId> {
        if let Some(account) = tx.production_account(self.tenant.id, marketplace).await? {
            return Ok(account);
        }
        let new = NewAccount {
            id: services.clock.new_id(),
            marketplace,
            realm: Realm::Production,
            name: marketplace_name(marketplace),
            now: services.clock.now(),
        };
        tx.add_account(self.tenant.id, &new).await?;
        Ok(new.id)
    }

    /// Opens a key with the original's vault and seals it for its place with ours.
    async fn secret(
        &self,
        services: &Services,
        vault: &Vault,
        tx: &mut SystemTx,
        count: &mut Count,
        field: &'static str,
        ciphertext: &str,
    ) -> Result<()> {
        let (tenant, now) = (self.tenant.id, services.clock.now());
        let Ok(secret) = vault.open_bare(ciphertext) else {
            count.refuse("the encryption key does not open it");
            return Ok(());
        };
        let sealed = services.vault.seal(tenant, field, &secret);
        let is_new = match field.split_once('_').map(|(marketplace, _)| marketplace.parse()) {
            Some(Ok(marketplace)) => {
                let account = self.shop(services, tx, marketplace).await?;
                tx.import_account_secret(tenant, account, field, &sealed, now).await?
            }
            _ => tx.import_tenant_secret(tenant, field, &sealed, now).await?,
        };
        count.add(is_new);
        Ok(())
    }
}
