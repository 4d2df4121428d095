//! The settings: one struct a section, one file each, from which `--help`, `.env.example` and the
//! README's table come. Never reads a file and never opens anything; `keys` and `start` do.

mod database;
mod demo;
pub mod document;
mod mail;
mod marketplaces;
mod metrics;
mod problem;
mod security;
mod server;
mod telemetry;
pub mod unused;

pub use self::metrics::Metrics;
pub use database::{Database, DatabaseUrl};
pub use demo::Demo;
pub use mail::Mail;
pub use marketplaces::Marketplaces;
pub use problem::{Problem, Problems};
pub use security::{Registration, Security, plan};
pub use server::{Environment, Origins, Server};
pub use telemetry::{LogFormat, Telemetry};

use clap::{Args, FromArgMatches};

/// A switch in the words of the environment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Switch {
    /// Yes.
    On,
    /// No.
    Off,
}

/// Everything that can be set.
#[derive(Args, Clone, Debug)]
pub struct Config {
    /// Addresses, folders, the world outside.
    #[command(flatten)]
    pub server: Server,
    /// Where the data lives.
    #[command(flatten)]
    pub database: Database,
    /// Keys and who may register.
    #[command(flatten)]
    pub security: Security,
    /// The marketplaces.
    #[command(flatten)]
    pub marketplaces: Marketplaces,
    /// Letters.
    #[command(flatten)]
    pub mail: Mail,
    /// Demo shops.
    #[command(flatten)]
    pub demo: Demo,
    /// The log.
    #[command(flatten)]
    pub telemetry: Telemetry,
    /// Measures for a monitor.
    #[command(flatten)]
    pub metrics: Metrics,
}

impl Config {
    /// Settings from flags alone, whatever the environment says: for tests.
    pub fn from_flags<'a>(flags: impl IntoIterator<Item = &'a str>) -> Result<Self, clap::Error> {
        let command = without_environment(Self::augment_args(clap::Command::new("stock-tracker")));
        let flags = std::iter::once("stock-tracker").chain(flags);
        Self::from_arg_matches(&command.try_get_matches_from(flags)?)
    }

    /// What contradicts itself or must not be served so, all at once.
    pub fn check(&self) -> Result<(), Problems> {
        let mut found = Vec::new();
        self.server.check(&mut found);
        self.security.check(self.server.environment, &mut found);
        self.marketplaces.check(&mut found);
        self.mail.check(&mut found);
        self.metrics.check(self.server.environment, &mut found);
        if found.is_empty() { Ok(()) } else { Err(Problems(found)) }
    }

    /// Whether demo shops may be made: by default everywhere but in production.
    pub fn demo_is_on(&self) -> bool {
        self.demo.demo.map_or(!self.is_production(), |switch| switch == Switch::On)
    }

    /// Whether the schema is brought up to date at start: by default only where a person tries the
    /// program out with the file of their own.
    pub fn migrates_at_start(&self) -> bool {
        self.database.auto_migrate.map_or_else(
            || !self.is_production() && self.database_url().is_sqlite(),
            |switch| switch == Switch::On,
        )
    }

    /// The database, by default a file in the data folder.
    pub fn database_url(&self) -> DatabaseUrl {
        let given = self.database.database_url.clone();
        given.unwrap_or_else(|| DatabaseUrl::file_in(&self.server.data_dir))
    }

    /// Whether strangers may reach it.
    pub fn is_production(&self) -> bool {
        self.server.environment == Environment::Production
    }
}

/// An empty variable is an absent one: `.env` files are full of them.
pub fn ignoring_empty_variables(command: clap::Command) -> clap::Command {
    let command = command.mut_args(|arg| {
        let is_empty =
            arg.get_env().and_then(std::env::var_os).is_some_and(|value| value.is_empty());
        if is_empty { arg.env(None::<&'static str>) } else { arg }
    });
    command.mut_subcommands(ignoring_empty_variables)
}

fn without_environment(command: clap::Command) -> clap::Command {
    command.mut_args(|arg| arg.env(None::<&'static str>))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_defaults_are_a_person_trying_it_out() {
        let config = Config::from_flags([]).unwrap();
        assert!(config.check().is_ok());
        assert!(config.demo_is_on());
        assert!(config.migrates_at_start());
        assert_eq!(config.database_url().expose(), "sqlite://./data/stock-tracker.db");
        assert_eq!(config.server.public_url(), "http://127.0.0.1:8000");
    }

    #[test]
    fn production_shows_no_demo_and_migrates_only_when_told() {
        let config = Config::from_flags(["--environment", "production"]).unwrap();
        assert!(!config.demo_is_on());
        assert!(!config.migrates_at_start());
        let told = ["--environment", "production", "--demo", "on", "--auto-migrate", "on"];
        let config = Config::from_flags(told).unwrap();
        assert!(config.demo_is_on() && config.migrates_at_start());
    }

    #[test]
    fn secrets_do_not_print_themselves() {
        let config = Config::from_flags([
            "--secret-key",
            "a-long-and-very-secret-signing-key-0123456789",
            "--encryption-master-key",
            "bWFzdGVyLWtleS1tYXN0ZXIta2V5LW1hc3Rlci1rZXk=",
            "--database-url",
            "postgres://anna:hunter2@db/stock",
            "--wildberries-service-secret",
            "service-secret",
        ])
        .unwrap();
        let printed = format!("{config:?}");
        for secret in ["very-secret", "bWFzdGVy", "hunter2", "service-secret"] {
            assert!(!printed.contains(secret), "{printed}");
        }
    }
}
