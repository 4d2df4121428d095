//! Passwords: bcrypt on threads of its own, so that nothing else waits for it, with a queue bounded by time.
//!
//! A password over 72 bytes never comes here: bcrypt would silently cut it (`domain::validation` refuses it).

mod common;
mod pool;

use crate::error::{Error, Result};
use domain::{ApiError, Secret};
use pool::Pool;
use std::{
    num::NonZeroUsize,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    thread,
};

/// bcrypt's cost in production.
pub const COST: u32 = 12;

/// Hashes and compares. Clones share the threads, which end with the last clone.
#[derive(Clone)]
pub struct Hasher {
    cost: u32,
    pool: Arc<Pool>,
    computed: Arc<AtomicU64>,
}

/// A new password that anybody would guess.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooCommon;

impl Hasher {
    /// With this cost, on all cores but one.
    pub fn new(cost: u32) -> Self {
        let cores = thread::available_parallelism().map_or(1, NonZeroUsize::get);
        Self {
            cost,
            pool: Arc::new(Pool::new(cores.saturating_sub(1).max(1), pool::expected(cost))),
            computed: Arc::default(),
        }
    }

    /// The hash of a new password, unless it is one of the common ones or follows from `about` (the person's e-mail,
    /// the company's name).
    pub async fn hash_new(
        &self,
        password: Secret,
        about: Vec<String>,
    ) -> Result<std::result::Result<String, TooCommon>> {
        let cost = self.cost;
        self.run(move || {
            if common::is_common(password.expose(), &about) {
                return Ok(Err(TooCommon));
            }
            bcrypt::hash(password.expose(), cost).map(Ok)
        })
        .await
    }

    /// The hash of a password that was just proven right, with today's cost and scheme.
    pub async fn rehash(&self, password: Secret) -> Result<String> {
        let cost = self.cost;
        self.run(move || bcrypt::hash(password.expose(), cost)).await
    }

    /// Whether the password is the hash's. Without a hash, as long as with one, and `false`.
    pub async fn verify(&self, password: Secret, hash: Option<String>) -> Result<bool> {
        let exists = hash.is_some();
        let hash = hash.unwrap_or_else(|| nobodys_hash(self.cost));
        let right = self.run(move || bcrypt::verify(password.expose(), &hash)).await?;
        Ok(right && exists)
    }

    /// Whether a hash should be made anew: another cost, or another scheme.
    pub fn is_outdated(&self, hash: &str) -> bool {
        !hash.starts_with(&format!("$2b${:02}$", self.cost))
    }

    /// How many hashes were computed so far, comparisons included.
    pub fn computed(&self) -> u64 {
        self.computed.load(Ordering::Relaxed)
    }

    /// Runs a computation on the pool, or says 429 at once when its turn would come too late.
    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> bcrypt::BcryptResult<T> + Send + 'static,
    ) -> Result<T> {
        let computed = Arc::clone(&self.computed);
        let counted = move || {
            computed.fetch_add(1, Ordering::Relaxed);
            work()
        };
        match self.pool.run(counted).await {
            Ok(outcome) => outcome
                .map_err(|error| Error::Broken("a password could not be hashed", error.into())),
            Err(pool::Refused::Full { retry_after_s }) => Err(ApiError::rate_limited(
                "Too many people sign in at this moment. Try again shortly.",
                retry_after_s,
            )
            .into()),
            Err(pool::Refused::Gone) => {
                Err(Error::Broken("a hashing thread ended", "its answer never came".into()))
            }
        }
    }
}

/// A hash in the right form that no password has: comparing with it costs what comparing costs.
fn nobodys_hash(cost: u32) -> String {
    format!("$2b${cost:02}${}{}", ".".repeat(22), ".".repeat(31))
}

impl std::fmt::Debug for Hasher {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Hasher").field("cost", &self.cost).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn hashes_of_the_original_are_verified_and_made_anew() {
        let hasher = Hasher::new(4);
        // Openwall's published vector, in the older scheme.
        let theirs = "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW";
        assert!(hasher.verify("U*U".into(), Some(theirs.into())).await.unwrap());
        assert!(hasher.is_outdated(theirs));
        let ours = hasher.rehash("пароль один".into()).await.unwrap();
        assert!(!hasher.is_outdated(&ours));
        assert!(hasher.verify("пароль один".into(), Some(ours.clone())).await.unwrap());
        assert!(!hasher.verify("пароль два".into(), Some(ours)).await.unwrap());
    }

    #[tokio::test]
    async fn nobody_costs_as_much_as_somebody_and_is_never_right() {
        let hasher = Hasher::new(4);
        assert!(!hasher.verify("anything at all".into(), None).await.unwrap());
        assert_eq!(hasher.computed(), 1);
        assert!(!hasher.is_outdated(&nobodys_hash(4)));
    }

    #[tokio::test]
    async fn common_passwords_cost_no_hash() {
        let hasher = Hasher::new(4);
        let outcome = hasher.hash_new("password1".into(), Vec::new()).await.unwrap();
        assert_eq!(outcome, Err(TooCommon));
    }

    #[tokio::test]
    async fn seventy_two_bytes_are_all_compared() {
        let hasher = Hasher::new(4);
        let hash = hasher.rehash("x".repeat(72).as_str().into()).await.unwrap();
        let other = format!("{}y", "x".repeat(71));
        assert!(!hasher.verify(other.as_str().into(), Some(hash)).await.unwrap());
    }
}
