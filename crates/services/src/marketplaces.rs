//! The way out to the marketplaces: one client for the process, and the front of each world. Chooses, never calls.

use domain::{Marketplace, Realm, Secret};
use outbound::{Front, Http, Wildberries, ozon::Ozon};

/// The clients and the fronts. An account's realm, set by the server, picks the front; what a tenant sends never does.
#[derive(Clone, Debug)]
pub struct Marketplaces {
    /// The guarded client that all share.
    pub http: Http,
    /// Before Wildberries' production hosts (`WILDBERRIES_BASE_URL`).
    pub wildberries: Front,
    /// Before Ozon's (`OZON_BASE_URL`).
    pub ozon: Front,
    /// The simulator inside the process; `None`: there is no demo.
    pub demo: Option<Front>,
    /// The operator's own secret at Wildberries (`WILDBERRIES_SERVICE_SECRET`).
    pub service_secret: Option<Secret>,
}

impl Marketplaces {
    /// The marketplaces themselves, and no demo.
    pub fn production() -> Self {
        Self {
            http: Http::new(),
            wildberries: Front::production(),
            ozon: Front::production(),
            demo: None,
            service_secret: None,
        }
    }

    /// Wildberries' client.
    pub fn wildberries_client(&self) -> Wildberries {
        Wildberries::new(self.http.clone())
    }

    /// Ozon's client.
    pub fn ozon_client(&self) -> Ozon {
        Ozon::new(self.http.clone())
    }

    /// The front for an account; `None`: its world is not running (a demo account without a simulator).
    pub fn front(&self, marketplace: Marketplace, realm: Realm) -> Option<Front> {
        match (realm, marketplace) {
            (Realm::Production, Marketplace::Wildberries) => Some(self.wildberries.clone()),
            (Realm::Production, Marketplace::Ozon) => Some(self.ozon.clone()),
            (Realm::Sandbox, _) => Some(Front::sandbox()),
            (Realm::Demo, _) => self.demo.clone(),
        }
    }
}
