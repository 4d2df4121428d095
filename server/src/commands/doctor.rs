//! `stock-tracker doctor`: looks at everything the program needs and says what to mend.

use crate::{config::Config, keys::Keys, start, telemetry};
use clap::Args;
use std::{
    fs,
    process::ExitCode,
    time::{Duration, SystemTime},
};
use tokio::{net::TcpStream, time::timeout};

/// How long a marketplace's host may take.
const PATIENCE: Duration = Duration::from_secs(3);
/// 2026-01-01: a clock before that was never set.
const BUILT_AFTER_S: u64 = 1_767_225_600;

/// Checks everything; exits with 1 when something must be mended.
#[derive(Args)]
pub struct Doctor {
    #[command(flatten)]
    config: Config,
}

/// What was found of one thing.
enum Finding {
    Fine(String),
    Mind(String),
    Mend(String),
}

impl Doctor {
    pub(super) fn run(self) -> ExitCode {
        outbound::install_crypto_provider();
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
        let Ok(runtime) = runtime else {
            eprintln!("no runtime: the system refuses threads");
            return ExitCode::FAILURE;
        };
        let mut findings = vec![
            ("settings", settings(&self.config)),
            ("keys", keys(&self.config)),
            ("data folder", folder(&self.config)),
            ("clock", clock()),
        ];
        findings.push(("database", runtime.block_on(database(&self.config))));
        findings.push(("Wildberries", runtime.block_on(wildberries(&self.config))));
        let mut ill = false;
        for (what, finding) in findings {
            let (mark, words) = match finding {
                Finding::Fine(words) => ("ok  ", words),
                Finding::Mind(words) => ("mind", words),
                Finding::Mend(words) => {
                    ill = true;
                    ("MEND", words)
                }
            };
            println!("{mark}  {what}: {words}");
        }
        if ill { ExitCode::FAILURE } else { ExitCode::SUCCESS }
    }
}

fn settings(config: &Config) -> Finding {
    match config.check() {
        Ok(()) => Finding::Fine(format!("in order, serving {}", config.server.public_url())),
        Err(problems) => Finding::Mend(problems.to_string()),
    }
}

fn keys(config: &Config) -> Finding {
    if config.is_production() && config.security.secret_key.is_none() {
        return Finding::Mend("production makes no keys of its own: see the settings above".into());
    }
    match Keys::load(config) {
        Ok(keys) => match services::Vault::new(&keys.master) {
            Ok(_) => Finding::Fine("both are there and can be used".into()),
            Err(error) => Finding::Mend(format!("ENCRYPTION_MASTER_KEY: {error}")),
        },
        Err(error) => Finding::Mend(telemetry::chain(&error)),
    }
}

fn folder(config: &Config) -> Finding {
    let folder = &config.server.data_dir;
    let probe = folder.join(".doctor");
    match fs::create_dir_all(folder)
        .and_then(|()| fs::write(&probe, b""))
        .and_then(|()| fs::remove_file(&probe))
    {
        Ok(()) => Finding::Fine(format!("{} can be written", folder.display())),
        Err(error) => Finding::Mend(format!(
            "{} can't be written ({error}): give it to the user that runs this program, or set DATA_DIR",
            folder.display()
        )),
    }
}

#[expect(clippy::disallowed_methods, reason = "the system's clock is what is being looked at")]
fn clock() -> Finding {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    if now.as_secs() < BUILT_AFTER_S {
        Finding::Mend(
            "the system's clock is in the past: tokens would never be valid; set it (NTP)".into(),
        )
    } else {
        Finding::Fine("plausible".into())
    }
}

async fn database(config: &Config) -> Finding {
    let store = match start::store(config) {
        Ok(store) => store,
        Err(error) => return Finding::Mend(format!("{error:#}")),
    };
    if let Err(error) = store.ping().await {
        return Finding::Mend(format!(
            "does not answer ({}): is it running, and DATABASE_URL right?",
            telemetry::chain(&error)
        ));
    }
    let outcome = store.verify().await;
    store.close().await;
    match outcome {
        Ok(()) => Finding::Fine("answers, is up to date, and keeps tenants apart".into()),
        Err(error) if config.migrates_at_start() => {
            Finding::Mind(format!("{error}; `serve` does that by itself here"))
        }
        Err(error) => Finding::Mend(telemetry::chain(&error)),
    }
}

async fn wildberries(config: &Config) -> Finding {
    let address = match &config.marketplaces.wildberries_base_url {
        Some(base) => {
            let Ok(url) = url::Url::parse(base) else {
                return Finding::Mend("WILDBERRIES_BASE_URL is no address".into());
            };
            let (Some(host), Some(port)) =
                (url.host_str().map(str::to_owned), url.port_or_known_default())
            else {
                return Finding::Mend("WILDBERRIES_BASE_URL names no host".into());
            };
            format!("{host}:{port}")
        }
        None => "content-api.wildberries.ru:443".to_owned(),
    };
    match timeout(PATIENCE, TcpStream::connect(&address)).await {
        Ok(Ok(_)) => Finding::Fine(format!("{address} answers")),
        _ => Finding::Mind(format!(
            "{address} can't be reached from here: syncs will say so; look at the network and the firewall"
        )),
    }
}
