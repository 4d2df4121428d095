//! Sign-ins looked up within the last half second. Logging out here forgets them at once; logging out in another copy
//! of the server is seen when the half second is over.

use chrono::{DateTime, TimeDelta, Utc};
use domain::SessionId;
use moka::future::Cache;
use std::{sync::Arc, time::Duration};
use store::Admission;

/// The cache. Failures are never kept.
pub(crate) struct Callers {
    looked: Cache<SessionId, Looked>,
    /// How long a look-up is believed.
    believed: TimeDelta,
}

#[derive(Clone)]
struct Looked {
    at: DateTime<Utc>,
    admission: Option<Admission>,
}

impl Callers {
    pub fn new(believed: TimeDelta) -> Self {
        let live = believed.to_std().unwrap_or(Duration::ZERO);
        Self { looked: Cache::builder().max_capacity(50_000).time_to_live(live).build(), believed }
    }

    /// What was looked up a moment ago, else what `look_up` finds; those who ask at the same time share one look-up.
    pub async fn get(
        &self,
        session: SessionId,
        now: DateTime<Utc>,
        look_up: impl Future<Output = Result<Option<Admission>, store::Error>>,
    ) -> Result<Option<Admission>, Arc<store::Error>> {
        if let Some(looked) = self.looked.get(&session).await {
            // The cache's own time to live is the machine's; a clock that a test moves counts as well.
            let age = now - looked.at;
            if (TimeDelta::zero()..self.believed).contains(&age) {
                return Ok(looked.admission);
            }
            self.looked.invalidate(&session).await;
        }
        let looked = self
            .looked
            .try_get_with(session, async {
                look_up.await.map(|admission| Looked { at: now, admission })
            })
            .await?;
        Ok(looked.admission)
    }

    /// Forgets a sign-in that has just ended.
    pub async fn forget(&self, session: SessionId) {
        self.looked.invalidate(&session).await;
    }
}
