//! The shop at Ozon: client, front and key together. Holds the key for as long as a run is worked on.

use crate::Services;
use domain::Secret;
use outbound::{
    Front,
    ozon::{Access, Ozon},
};

/// What a step asks through.
pub(crate) struct Remote {
    pub(super) client: Ozon,
    front: Front,
    client_id: Secret,
    api_key: Secret,
}

impl Remote {
    pub(crate) fn new(
        services: &Services,
        front: Front,
        client_id: Secret,
        api_key: Secret,
    ) -> Self {
        Self { client: services.marketplaces.ozon_client(), front, client_id, api_key }
    }

    pub(super) fn access(&self) -> Access<'_> {
        Access { front: &self.front, client_id: &self.client_id, api_key: &self.api_key }
    }
}
