//! Sign-ins and keys looked up within the last half second. Logging out here forgets them at once; logging out in
//! another copy of the server is seen when the half second is over.

use crate::metrics;
use chrono::{DateTime, TimeDelta, Utc};
use domain::SessionId;
use moka::future::Cache;
use std::{borrow::Borrow, hash::Hash, sync::Arc, time::Duration};
use store::{Admission, KeyAdmission};

/// The cache of sign-ins.
pub(crate) type Callers = LookUps<SessionId, Admission>;

/// The cache of API keys, by their hashes.
pub(crate) type KeyCallers = LookUps<String, KeyAdmission>;

/// A cache. Failures are never kept.
pub(crate) struct LookUps<Proof, Found> {
    /// What they are kept by, for the counters.
    proof: &'static str,
    looked: Cache<Proof, Looked<Found>>,
    /// How long a look-up is believed.
    believed: TimeDelta,
}

#[derive(Clone)]
struct Looked<Found> {
    at: DateTime<Utc>,
    admission: Option<Found>,
}

impl<Proof, Found> LookUps<Proof, Found>
where
    Proof: Clone + Eq + Hash + Send + Sync + 'static,
    Found: Clone + Send + Sync + 'static,
{
    pub fn new(proof: &'static str, believed: TimeDelta) -> Self {
        let live = believed.to_std().unwrap_or(Duration::ZERO);
        let looked = Cache::builder().max_capacity(50_000).time_to_live(live).build();
        Self { proof, looked, believed }
    }

    /// What was looked up a moment ago, else what `look_up` finds; those who ask at the same time share one look-up.
    pub async fn get(
        &self,
        proof: Proof,
        now: DateTime<Utc>,
        look_up: impl Future<Output = Result<Option<Found>, store::Error>>,
    ) -> Result<Option<Found>, Arc<store::Error>> {
        if let Some(looked) = self.looked.get(&proof).await {
            // The cache's own time to live is the machine's; a clock that a test moves counts as well.
            let age = now - looked.at;
            if (TimeDelta::zero()..self.believed).contains(&age) {
                metrics::looked_up(self.proof, true);
                return Ok(looked.admission);
            }
            self.looked.invalidate(&proof).await;
        }
        metrics::looked_up(self.proof, false);
        let looked = self
            .looked
            .try_get_with(proof, async {
                look_up.await.map(|admission| Looked { at: now, admission })
            })
            .await?;
        Ok(looked.admission)
    }

    /// Forgets one that has just ended or changed.
    pub async fn forget(&self, proof: impl Borrow<Proof>) {
        self.looked.invalidate(proof.borrow()).await;
    }
}
