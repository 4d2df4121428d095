//! A company whose key opens a simulated Wildberries or Ozon over real HTTP; both clocks stand still until they are moved.
#![allow(dead_code, reason = "each test file uses some of it")]

use chrono::TimeDelta;
use domain::{
    Marketplace, Plan, ProductId, Secret, SyncRunId,
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
    pub marketplace: Marketplace,
    _server: tokio::task::JoinHandle<()>,
}

/// No limits on either side.
pub fn settings() -> Settings {
    Settings { skus: 40, days: 200, limits: Limiting::Off, ..Settings::default() }
}

impl Shop {
    pub async fn open(test: &TestStore) -> Self {
        Self::with(test, settings(), |simulator| simulator.keys().personal).await
    }

    pub async fn with(
        test: &TestStore,
        settings: Settings,
        key: impl FnOnce(&Simulator) -> String,
    ) -> Self {
        Self::on(test, Marketplace::Wildberries, settings, key).await
    }

    /// The same with a shop on Ozon.
    pub async fn on_ozon(test: &TestStore) -> Self {
        let settings = Settings { skus: 25, ..settings() };
        Self::on_ozon_with(test, settings, |simulator| simulator.ozon_keys().admin).await
    }

    pub async fn on_ozon_with(
        test: &TestStore,
        settings: Settings,
        key: impl FnOnce(&Simulator) -> String,
    ) -> Self {
        Self::on(test, Marketplace::Ozon, settings, key).await
    }

    async fn on(
        test: &TestStore,
        marketplace: Marketplace,
        settings: Settings,
        key: impl FnOnce(&Simulator) -> String,
    ) -> Self {
        outbound::install_crypto_provider();
        let limited = !matches!(settings.limits, Limiting::Off);
        let simulator = Simulator::new(settings, Clock::fixed(noon()));
        // A third party that checks every word may stand between; it wants to know where to go on.
        let checked_by = match marketplace {
            Marketplace::Wildberries => "WILDBERRIES_CHECKED_BY",
            Marketplace::Ozon => "OZON_CHECKED_BY",
        };
        let listen = std::env::var("CHECKED_SIMULATOR");
        let listen = listen.unwrap_or_else(|_| "127.0.0.1:0".to_owned());
        let listener = tokio::net::TcpListener::bind(listen).await.unwrap();
        let address = std::env::var(checked_by)
            .unwrap_or_else(|_| format!("http://{}", listener.local_addr().unwrap()));
        let front = Front::through(address.parse().unwrap()).unwrap();
        let server = tokio::spawn({
            let simulator = simulator.clone();
            async move { simulator.serve(listener, std::future::pending()).await.unwrap() }
        });
        let mut parts = parts(test);
        match marketplace {
            Marketplace::Wildberries => parts.marketplaces.wildberries = front,
            Marketplace::Ozon => parts.marketplaces.ozon = front,
        }
        parts.settings.marketplace_pace = limited;
        // These tests read a shop as often as they like.
        parts.settings.rate_limit = false;
        parts.settings.new_company_plan = Plan::Pro;
        let services = Services::new(parts);
        let caller = owner(&services, "anna@example.com").await;
        let shop = Self { services, simulator, caller, marketplace, _server: server };
        let key = key(&shop.simulator);
        shop.set_key(&key).await;
        shop
    }

    pub async fn set_key(&self, key: &str) {
        let key = Some(Some(Secret::new(key)));
        let patch = match self.marketplace {
            Marketplace::Wildberries => {
                CredentialsPatch { wildberries_api_key: key, ..CredentialsPatch::default() }
            }
            Marketplace::Ozon => {
                let client_id = self.simulator.ozon_keys().client_id.to_string();
                CredentialsPatch {
                    ozon_client_id: Some(Some(Secret::new(client_id))),
                    ozon_api_key: key,
                    ..CredentialsPatch::default()
                }
            }
        };
        tenants::update_credentials(&self.services, &self.caller, patch, &client()).await.unwrap();
    }

    /// The shop as the company sees it.
    pub async fn account(&self) -> Account {
        let accounts = tenants::accounts(&self.services, &self.caller).await.unwrap();
        accounts.into_iter().find(|account| account.marketplace == self.marketplace).unwrap()
    }

    /// Moves both clocks.
    pub fn advance(&self, by: TimeDelta) {
        self.services.clock.advance(by);
        self.simulator.advance(by);
    }

    pub async fn start(&self) -> SyncRunId {
        syncs::start(&self.services, &self.caller, &client()).await.unwrap().task_id
    }

    /// Starts a sync and works on it.
    pub async fn sync(&self) -> (SyncRun, RunOutcome) {
        let run = self.start().await;
        let outcome = syncs::run_now(&self.services, run).await.unwrap();
        (self.run(run).await, outcome)
    }

    pub async fn run(&self, run: SyncRunId) -> SyncRun {
        syncs::get(&self.services, &self.caller, run).await.unwrap().unwrap()
    }

    /// All products, by the marketplace's number.
    pub async fn listed(&self) -> ProductPage {
        let query = ProductQuery {
            page_size: 200,
            sort_by: ProductSort::SellerArticle,
            sort_order: SortOrder::Asc,
            ..ProductQuery::default()
        };
        services::products::list(&self.services, &self.caller, &query).await.unwrap()
    }

    pub async fn ids(&self) -> HashMap<i64, ProductId> {
        let page = self.listed().await;
        assert_eq!(page.total, i64::try_from(page.items.len()).unwrap(), "one page holds them all");
        page.items.iter().map(|p| (p.marketplace_article.parse().unwrap(), p.id)).collect()
    }

    /// Requests to Ozon so far.
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
