//! Seals every stored secret with the first key of `ENCRYPTION_MASTER_KEY`, in the order of their places and a batch a
//! transaction, while the product works on. Begun again it goes over what is done without writing: it can be stopped at any moment.

use crate::{Services, error::Result, people::second_factor, vault::Whose};
use store::{Reason, SecretPlace};

/// Secrets a transaction: short enough that nobody waits for it.
const BATCH: i64 = 100;

/// How far it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reencrypted {
    /// Looked at.
    pub seen: u64,
    /// Sealed anew.
    pub renewed: u64,
    /// Changed by somebody while they were looked at: they are sealed with the first key as well.
    pub changed: u64,
    /// Opened by no key of the list, or out of their place; left as they are.
    pub shut: u64,
}

/// Goes over all of them; `progress` hears of each batch.
pub async fn reencrypt(
    services: &Services,
    mut progress: impl FnMut(Reencrypted) + Send,
) -> Result<Reencrypted> {
    let (mut done, mut after) = (Reencrypted::default(), None);
    loop {
        let mut tx = services.store.system_write(Reason::Operator).await?;
        let batch = tx.secrets_after(after.as_ref(), BATCH).await?;
        if batch.is_empty() {
            return Ok(done);
        }
        for secret in &batch {
            let (whose, field) = sealed_for(&secret.place);
            done.seen += 1;
            match services.vault.renew(whose, field, &secret.ciphertext) {
                Ok(None) => {}
                Ok(Some(new)) if tx.replace_secret(secret, &new).await? => done.renewed += 1,
                Ok(Some(_)) => done.changed += 1,
                Err(problem) => {
                    tracing::error!(?whose, field, %problem, "a stored secret was left as it is");
                    done.shut += 1;
                }
            }
        }
        tx.commit().await?;
        progress(done);
        after = batch.into_iter().next_back().map(|secret| secret.place);
    }
}

/// The owner and the field that are sealed inside.
fn sealed_for(place: &SecretPlace) -> (Whose, &str) {
    match place {
        SecretPlace::Account { tenant, field, .. } | SecretPlace::Tenant { tenant, field } => {
            (Whose::Tenant(*tenant), field)
        }
        SecretPlace::SecondFactor { user } => (Whose::Person(*user), second_factor::FIELD),
    }
}
