//! The shop at its marketplace: client, front and key together. Holds the key for as long as a run is worked on.

use super::ozon;
use crate::{Services, tenants::Key};
use domain::{
    Marketplace, Secret,
    account::{Account, KeyKind},
    sync::{StepProblem, StepProblemCode},
};
use outbound::{Access, Front, Wildberries, wildberries::key::decode};

/// The shop at whichever marketplace it is.
pub(crate) enum Shop {
    Wildberries(Remote),
    Ozon(ozon::Remote),
}

impl Shop {
    /// Fails with the reason that every step then has.
    pub(super) fn new(
        services: &Services,
        account: &Account,
        key: Option<Key>,
    ) -> Result<Self, StepProblem> {
        let problem = |code, detail: &str| StepProblem { code, detail: detail.to_owned() };
        let front =
            services.marketplaces.front(account.marketplace, account.realm).ok_or_else(|| {
                let detail = "The demo's marketplace is not running in this process.";
                problem(StepProblemCode::Unreachable, detail)
            })?;
        match (account.marketplace, key) {
            (Marketplace::Wildberries, Some(Key::Wildberries(key))) => {
                Ok(Self::Wildberries(Remote::new(services, front, key)))
            }
            (Marketplace::Ozon, Some(Key::Ozon { client_id, api_key })) => {
                Ok(Self::Ozon(ozon::Remote::new(services, front, client_id, api_key)))
            }
            _ => Err(problem(
                StepProblemCode::NoKey,
                "There is no key: paste one in the settings, then sync again.",
            )),
        }
    }
}

/// What a step of Wildberries asks through.
pub(crate) struct Remote {
    pub(super) wildberries: Wildberries,
    pub(super) kind: Option<KeyKind>,
    front: Front,
    key: Secret,
    service_secret: Option<Secret>,
}

impl Remote {
    fn new(services: &Services, front: Front, key: Secret) -> Self {
        Self {
            wildberries: services.marketplaces.wildberries_client(),
            // The token says it itself, checked or not.
            kind: decode(key.expose().trim()).ok().and_then(|key| key.kind),
            front,
            key,
            service_secret: services.marketplaces.service_secret.clone(),
        }
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
