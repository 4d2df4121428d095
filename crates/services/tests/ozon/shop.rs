//! A company whose key opens a simulated Ozon over real HTTP; both clocks stand still until they are moved.

use chrono::TimeDelta;
use domain::{
    Marketplace, Plan, ProductId, Secret,
    account::Account,
    product::{ProductPage, ProductQuery, ProductSort, SortOrder},
    sync::{StepKind, StepState, SyncRun, SyncStep},
    tenant::CredentialsPatch,
};
use outbound::Front;
use services::{
    Caller, Services,
    store::testing::TestStore,
    syncs::{self, RunOutcome},
    tenants,
    testing::{client, noon, owner, parts},
};
use simulator::{Clock, Limiting, Operation, Ozon, Settings, Simulator};
use std::collections::HashMap;

pub struct Shop {
    pub services: Services,
    pub simulator: Simulator,
    pub caller: Caller,
    _server: tokio::task::JoinHandle<()>,
}

/// No limits on either side.
pub fn settings() -> Settings {
    Settings { skus: 25, days: 200, limits: Limiting::Off, ..Settings::default() }
}

impl Shop {
    pub async fn open(test: &TestStore) -> Self {
        Self::with(test, settings(), |simulator| simulator.ozon_keys().admin).await
    }

    pub async fn with(
        test: &TestStore,
        settings: Settings,
        key: impl FnOnce(&Simulator) -> String,
    ) -> Self {
        outbound::install_crypto_provider();
        let limited = !matches!(settings.limits, Limiting::Off);
        let simulator = Simulator::new(settings, Clock::fixed(noon()));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        // A third party that checks every word may stand between.
        let address = std::env::var("OZON_CHECKED_BY")
            .unwrap_or_else(|_| format!("http://{}", listener.local_addr().unwrap()));
        let server = tokio::spawn({
            let simulator = simulator.clone();
            async move { simulator.serve(listener, std::future::pending()).await.unwrap() }
        });
        let mut parts = parts(test);
        parts.marketplaces.ozon = Front::through(address.parse().unwrap()).unwrap();
        parts.settings.marketplace_pace = limited;
        // These tests read a shop as often as they like.
        parts.settings.rate_limit = false;
        parts.settings.new_company_plan = Plan::Pro;
        let services = Services::new(parts);
        let caller = owner(&services, "anna@example.com").await;
        let shop = Self { services, simulator, caller, _server: server };
        let key = key(&shop.simulator);
        shop.set_key(&key).await;
        shop
    }

    pub async fn set_key(&self, key: &str) {
        let client_id = self.simulator.ozon_keys().client_id.to_string();
        let patch = CredentialsPatch {
            ozon_client_id: Some(Some(Secret::new(client_id))),
            ozon_api_key: Some(Some(Secret::new(key))),
            ..CredentialsPatch::default()
        };
        tenants::update_credentials(&self.services, &self.caller, patch, &client()).await.unwrap();
    }

    pub async fn account(&self) -> Account {
        let accounts = tenants::accounts(&self.services, &self.caller).await.unwrap();
        accounts.into_iter().find(|account| account.marketplace == Marketplace::Ozon).unwrap()
    }

    /// Moves both clocks.
    pub fn advance(&self, by: TimeDelta) {
        self.services.clock.advance(by);
        self.simulator.advance(by);
    }

    /// Starts a sync and works on it.
    pub async fn sync(&self) -> (SyncRun, RunOutcome) {
        let run = syncs::start(&self.services, &self.caller, &client()).await.unwrap().task_id;
        let outcome = syncs::run_now(&self.services, run).await.unwrap();
        (syncs::get(&self.services, &self.caller, run).await.unwrap().unwrap(), outcome)
    }

    /// All products.
    pub async fn listed(&self) -> ProductPage {
        let query = ProductQuery {
            page_size: 200,
            sort_by: ProductSort::SellerArticle,
            sort_order: SortOrder::Asc,
            ..ProductQuery::default()
        };
        services::products::list(&self.services, &self.caller, &query).await.unwrap()
    }

    /// All products by the marketplace's number.
    pub async fn ids(&self) -> HashMap<i64, ProductId> {
        let page = self.listed().await;
        assert_eq!(page.total, i64::try_from(page.items.len()).unwrap(), "one page holds them all");
        page.items.iter().map(|p| (p.marketplace_article.parse().unwrap(), p.id)).collect()
    }

    pub fn requests(&self) -> u64 {
        Ozon::ALL.into_iter().map(|method| self.calls(method)).sum()
    }

    pub fn calls(&self, method: Ozon) -> u64 {
        self.simulator.calls(Operation::Ozon(method)).total()
    }
}

pub fn step(run: &SyncRun, kind: StepKind) -> &SyncStep {
    run.steps.iter().find(|step| step.kind == kind).unwrap()
}

pub fn states(run: &SyncRun) -> Vec<StepState> {
    run.steps.iter().map(|step| step.state).collect()
}
