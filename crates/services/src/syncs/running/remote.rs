//! The shop at its marketplace: client, front and key together. Holds the key for as long as a run is worked on.

use crate::{Services, tenants::Key};
use domain::{
    Marketplace, Secret,
    account::{Account, KeyKind},
    sync::{StepProblem, StepProblemCode},
};
use outbound::{Access, Front, Wildberries};

/// What a step asks through.
pub(crate) struct Remote {
    pub(super) wildberries: Wildberries,
    pub(super) kind: Option<KeyKind>,
    front: Front,
    key: Secret,
    service_secret: Option<Secret>,
}

impl Remote {
    /// Fails with the reason that every step then has.
    pub(super) fn new(
        services: &Services,
        account: &Account,
        key: Option<Key>,
    ) -> Result<Self, StepProblem> {
        let problem = |code, detail: &str| StepProblem { code, detail: detail.to_owned() };
        if account.marketplace != Marketplace::Wildberries {
            return Err(problem(
                StepProblemCode::Disabled,
                "Ozon can't be read yet: its key is stored, its data follows in a later version.",
            ));
        }
        let Some(Key::Wildberries(key)) = key else {
            return Err(problem(
                StepProblemCode::NoKey,
                "There is no key: paste one in the settings, then sync again.",
            ));
        };
        let Some(front) = services.marketplaces.front(account.marketplace, account.realm) else {
            return Err(problem(
                StepProblemCode::Unreachable,
                "The demo's marketplace is not running in this process.",
            ));
        };
        Ok(Self {
            wildberries: services.marketplaces.wildberries_client(),
            kind: account.key.as_ref().and_then(|check| check.kind),
            front,
            key,
            service_secret: services.marketplaces.service_secret.clone(),
        })
    }

    pub(super) fn access(&self) -> Access<'_> {
        Access {
            front: &self.front,
            key: &self.key,
            kind: self.kind,
            service_secret: self.service_secret.as_ref(),
        }
    }
}
