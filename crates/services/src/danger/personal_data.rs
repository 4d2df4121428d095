//! Everything that is kept about a person, for themselves.

use crate::{Services, error::Result};
use domain::{
    ApiError,
    danger::{PersonalCompany, PersonalData},
};
use store::{Caller, Reason};

/// Everybody, in person. Not the password's hash: it is a secret even from its owner.
pub async fn personal_data(services: &Services, caller: &Caller) -> Result<PersonalData> {
    let user = caller.user_id().ok_or_else(ApiError::person_required)?;
    let mut tx = services.store.system_read(Reason::OwnAccount).await?;
    let account = tx.own_account(user).await?.ok_or_else(ApiError::unauthenticated)?;
    let belongings = tx.belongings(user).await?;
    let sessions = tx.sign_ins_of(user).await?;
    tx.commit().await?;
    let companies = belongings.into_iter().map(|there| PersonalCompany {
        tenant_id: there.tenant,
        name: there.name,
        role: there.role,
    });
    Ok(PersonalData {
        user_id: user,
        email: account.email,
        created_at: account.created_at,
        password_changed_at: account.password_changed_at,
        companies: companies.collect(),
        sessions,
    })
}
