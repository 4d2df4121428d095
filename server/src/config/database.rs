//! Where the data lives.

use super::Switch;
use clap::Args;
use std::{fmt, path::Path, str::FromStr};

/// Which database, and how it is used.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Database")]
pub struct Database {
    /// `postgres://user:password@host/name`, or `sqlite://path/to/file.db`.
    /// Without it a SQLite file in `DATA_DIR`. `SQLAlchemy`'s `postgresql+driver://` is understood.
    #[arg(long, env, hide_env_values = true, value_name = "URL")]
    pub database_url: Option<DatabaseUrl>,
    /// Connections to PostgreSQL, or readers of SQLite.
    #[arg(long, env, default_value_t = 16, value_name = "NUMBER", value_parser = clap::value_parser!(u32).range(1..=500))]
    pub database_connections: u32,
    /// Whether `serve` and `work` bring the schema up to date when they start.
    /// By default on for SQLite outside production, else off: run `stock-tracker migrate`.
    #[arg(long, env, value_name = "SWITCH")]
    pub auto_migrate: Option<Switch>,
}

/// An address of a database. It may hold a password, so it prints as its scheme only.
#[derive(Clone, PartialEq, Eq)]
pub struct DatabaseUrl {
    text: String,
    /// Which `SQLAlchemy` driver was cut off.
    driver: Option<String>,
}

impl DatabaseUrl {
    /// The file that is used when nothing is said.
    pub fn file_in(folder: &Path) -> Self {
        let file = folder.join("stock-tracker.db");
        Self { text: format!("sqlite://{}", file.display()), driver: None }
    }

    /// The address itself.
    pub fn expose(&self) -> &str {
        &self.text
    }

    /// Whether it is a file of ours.
    pub fn is_sqlite(&self) -> bool {
        self.text.starts_with("sqlite:")
    }

    /// The folder of a SQLite file, which must be there before it is opened.
    pub fn folder(&self) -> Option<&Path> {
        let path = self.text.strip_prefix("sqlite://")?;
        Path::new(path.split('?').next()?).parent().filter(|folder| !folder.as_os_str().is_empty())
    }

    /// What to write instead, when it was written for `SQLAlchemy`.
    pub fn hint(&self) -> Option<String> {
        let driver = self.driver.as_ref()?;
        let scheme = self.text.split(':').next().unwrap_or_default();
        Some(format!(
            "the driver \"+{driver}\" is SQLAlchemy's and was left out; write {scheme}://…"
        ))
    }
}

impl FromStr for DatabaseUrl {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (scheme, rest) =
            text.split_once("://").ok_or("begin with postgres://, postgresql:// or sqlite://")?;
        let (scheme, driver) = match scheme.split_once('+') {
            Some((scheme, driver)) => (scheme, Some(driver.to_owned())),
            None => (scheme, None),
        };
        // SQLAlchemy writes a relative file with three slashes and an absolute one with four.
        let rest = match (scheme, &driver) {
            ("sqlite", Some(_)) => rest.strip_prefix('/').unwrap_or(rest),
            _ => rest,
        };
        match scheme {
            "postgres" | "postgresql" | "sqlite" => {
                Ok(Self { text: format!("{scheme}://{rest}"), driver })
            }
            _ => Err("begin with postgres://, postgresql:// or sqlite://".into()),
        }
    }
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://[redacted]", self.text.split(':').next().unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_written_for_sqlalchemy_are_understood() {
        for (given, meant) in [
            ("postgresql+asyncpg://a:b@h/d", "postgresql://a:b@h/d"),
            ("postgres://a:b@h/d", "postgres://a:b@h/d"),
            ("sqlite+aiosqlite:///./data/x.db", "sqlite://./data/x.db"),
            ("sqlite+aiosqlite:////var/x.db", "sqlite:///var/x.db"),
            ("sqlite:///var/x.db", "sqlite:///var/x.db"),
        ] {
            let url: DatabaseUrl = given.parse().unwrap();
            assert_eq!(url.expose(), meant);
            assert_eq!(url.hint().is_some(), given.contains('+'), "{given}");
        }
        assert!("mysql://x".parse::<DatabaseUrl>().is_err());
        assert!("nonsense".parse::<DatabaseUrl>().is_err());
    }

    #[test]
    fn a_file_has_a_folder() {
        let url: DatabaseUrl = "sqlite:///var/lib/x.db?mode=rwc".parse().unwrap();
        assert_eq!(url.folder(), Some(Path::new("/var/lib")));
    }
}
