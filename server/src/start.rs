//! Puts the product together from its settings. Nothing slow happens here: the first answer waits for it.

use crate::{
    config::{self, Config, Switch},
    demo::Simulated,
    gate::Gate,
    keys::Keys,
    metrics::Metrics,
    site::Site,
    state::{AppState, Doors},
};
use anyhow::Context;
use leptos::config::LeptosOptions;
use outbound::{Front, Http};
use services::{
    Clock, Hasher, Marketplaces, Parts, Post, Registration, Services, Settings, Tokens, Vault,
    hasher,
};
use std::sync::Arc;
use store::Store;
use tokio_util::sync::CancellationToken;
use url::Url;

/// Names of this product in its tokens: whoever made one, and for whom.
const ISSUER: &str = "stock-tracker";
const AUDIENCE: &str = "stock-tracker-api";

/// What a test may choose and an operator may not.
#[derive(Clone)]
pub struct Choices {
    /// Time and new ids.
    pub clock: Clock,
    /// What new passwords cost.
    pub hash_cost: u32,
}

impl Default for Choices {
    fn default() -> Self {
        Self { clock: Clock::system(), hash_cost: hasher::COST }
    }
}

/// Opens the database that the settings name; makes the folder of a SQLite file.
pub fn store(config: &Config) -> anyhow::Result<Store> {
    let url = config.database_url();
    if let Some(hint) = url.hint() {
        tracing::warn!("DATABASE_URL: {hint}");
    }
    if let Some(folder) = url.folder() {
        std::fs::create_dir_all(folder)
            .with_context(|| format!("the folder {} can't be made", folder.display()))?;
    }
    let settings = store::Settings {
        connections: config.database.database_connections,
        ..store::Settings::new(url.expose())
    };
    Ok(Store::open(&settings)?)
}

/// Brings the schema up to date if that is wanted at start, and needed: looking is quick, migrating is not.
pub async fn migrate_if_wanted(config: &Config, store: &Store) -> anyhow::Result<()> {
    if config.migrates_at_start() && store.verify().await.is_err() {
        store.migrate().await.context("the database can't be brought up to date")?;
        tracing::info!("the database was brought up to date");
    }
    Ok(())
}

/// The product without its doors.
pub fn services(config: &Config, store: Store, choices: Choices) -> anyhow::Result<Services> {
    config.check()?;
    let keys = Keys::load(config)?;
    let Choices { clock, hash_cost } = choices;
    let public_url = Url::parse(&config.server.public_url()).context("PUBLIC_URL")?;
    let mut settings = Settings::new(public_url);
    settings.registration = match config.security.registration {
        config::Registration::Open => Registration::Open,
        config::Registration::Invite => Registration::Invite,
        config::Registration::Closed => Registration::Closed,
    };
    settings.rate_limit = config.security.rate_limit == Switch::On;
    settings.new_company_plan = config.security.new_company_plan;
    settings.demo.on = config.demo_is_on();
    if !settings.rate_limit {
        settings.demo.per_address = u32::MAX;
    }
    let simulated = settings.demo.on.then(|| Simulated::open(&clock)).transpose()?;
    let wildberries = match &config.marketplaces.wildberries_base_url {
        Some(url) => Front::through(url.parse()?).context("WILDBERRIES_BASE_URL")?,
        None => Front::production(),
    };
    let marketplaces = Marketplaces {
        http: Http::new(),
        wildberries,
        ozon: Front::production(),
        demo: simulated.as_ref().map(|simulated| simulated.front.clone()),
        service_secret: config.marketplaces.wildberries_service_secret.clone(),
    };
    let post = match config.mail.mailer() {
        Some(mailer) => Post::smtp(mailer.context("SMTP_URL")?),
        None if config.is_production() => Post::nowhere(),
        None => Post::log(),
    };
    Ok(Services::new(Parts {
        store,
        clock,
        tokens: Tokens::new(keys.tokens, ISSUER, AUDIENCE),
        vault: Vault::new(&keys.master).context("ENCRYPTION_MASTER_KEY")?,
        hasher: Hasher::new(hash_cost),
        marketplaces,
        post,
        demo_world: simulated.map(|simulated| simulated.world),
        settings,
    }))
}

/// The product for an operator's command: on a database that is in order, and nothing is made.
pub async fn operator(config: &Config) -> anyhow::Result<(Services, Store)> {
    let store = store(config)?;
    store.verify().await?;
    Keys::read(config).context("the installation's keys")?;
    let services = services(config, store.clone(), Choices::default())?;
    Ok((services, store))
}

/// The doors' state.
pub fn state(
    config: &Config,
    services: Services,
    metrics: Metrics,
    shutdown: CancellationToken,
) -> AppState {
    AppState {
        services,
        site: Arc::new(Site::load()),
        gate: Gate::default(),
        shutdown,
        doors: Arc::new(Doors {
            cors_origins: config.server.cors_origins.0.clone(),
            https: config.server.is_https(),
            metrics,
        }),
        leptos: LeptosOptions::builder().output_name("stock-tracker").build(),
    }
}
