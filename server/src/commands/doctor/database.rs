//! Whether the database answers, is up to date, and keeps tenants apart.

use super::Finding;
use crate::{config::Config, telemetry};
use std::{path::Path, time::Duration};
use store::Store;

/// How long it may take.
const PATIENCE: Duration = Duration::from_secs(5);

pub(super) async fn database(config: &Config) -> Finding {
    let url = config.database_url();
    let name = if url.is_sqlite() { "database (SQLite)" } else { "database (PostgreSQL)" };
    let file = url.expose().strip_prefix("sqlite://").and_then(|path| path.split('?').next());
    // Opening a file that isn't there would make it.
    if file.is_some_and(|file| !Path::new(file).exists()) {
        return if config.migrates_at_start() {
            Finding::fine(name, "is made at the first start")
        } else {
            Finding::mend(name, "is not there: run `stock-tracker migrate`")
        };
    }
    let settings =
        store::Settings { acquire_timeout: PATIENCE, ..store::Settings::new(url.expose()) };
    let store = match Store::open(&settings) {
        Ok(store) => store,
        Err(error) => return Finding::mend(name, error.to_string()),
    };
    let verified = tokio::time::timeout(PATIENCE, store.verify()).await;
    store.close().await;
    match verified {
        Ok(Ok(())) => Finding::fine(name, "answers, is up to date, keeps tenants apart"),
        Ok(Err(error @ store::Error::Unavailable(_))) => Finding::mend(
            name,
            format!("{}: is it running, and DATABASE_URL right?", telemetry::chain(&error)),
        ),
        Ok(Err(error)) if config.migrates_at_start() => {
            Finding::mind(name, format!("{error}; `serve` does that here by itself"))
        }
        Ok(Err(error)) => Finding::mend(name, telemetry::chain(&error)),
        Err(_) => Finding::mend(name, "does not answer: look at address and firewall"),
    }
}
