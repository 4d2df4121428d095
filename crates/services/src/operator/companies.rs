//! The companies of the installation, and the one that a word means.

use crate::{Services, error::Result};
use domain::{TenantId, validation};
use store::{Company, Reason};

/// Why a word means no company.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotOne {
    /// Nothing is called so.
    #[error("there is no such company: `stock-tracker tenants list` shows all of them")]
    None,
    /// Several are.
    #[error(
        "{0} companies are meant by this: name one by its id, from `stock-tracker tenants list`"
    )]
    Several(usize),
}

/// All of them, the oldest first.
pub async fn companies(services: &Services) -> Result<Vec<Company>> {
    let mut tx = services.store.system_read(Reason::Operator).await?;
    let companies = tx.companies().await?;
    tx.commit().await?;
    Ok(companies)
}

/// The company with this id or name, or of the person with this e-mail.
pub async fn find(services: &Services, word: &str) -> Result<std::result::Result<Company, NotOne>> {
    let word = word.trim();
    let mut tx = services.store.system_read(Reason::Operator).await?;
    let all = tx.companies().await?;
    let of_person = tx.companies_by_email(&validation::email_key(word)).await?;
    tx.commit().await?;
    let id = word.parse::<TenantId>().ok();
    let name = word.to_lowercase();
    let mut meant: Vec<Company> = all
        .into_iter()
        .filter(|company| {
            Some(company.id) == id
                || company.name.to_lowercase() == name
                || of_person.contains(&company.id)
        })
        .collect();
    Ok(match meant.len() {
        1 => meant.pop().ok_or(NotOne::None),
        0 => Err(NotOne::None),
        several => Err(NotOne::Several(several)),
    })
}
