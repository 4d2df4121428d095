//! What can go wrong between us and a database.

/// Every function of this crate returns it.
pub type Result<T> = std::result::Result<T, Error>;

/// Why a query gave no result.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A row with this key is there already (a taken e-mail, a second running sync).
    #[error("the row contradicts one that is there")]
    Conflict(#[source] sqlx::Error),
    /// The row names another that isn't there, or is another tenant's.
    #[error("the row names one that is not there")]
    MissingParent(#[source] sqlx::Error),
    /// The database can't be reached, is full of other work, or shuts down: try again later.
    #[error("the database is away")]
    Unavailable(#[source] sqlx::Error),
    /// The schema is not the one this program knows.
    #[error("the database could not be migrated")]
    Migrate(#[from] sqlx::migrate::MigrateError),
    /// The settings don't describe a database.
    #[error("{0}")]
    Settings(String),
    /// A stored value is outside of what the program writes.
    #[error("column {column} holds {value:?}")]
    Corrupt {
        /// Where.
        column: &'static str,
        /// What, never a secret: only enumerations and numbers are read this way.
        value: String,
    },
    /// The queue refused a job.
    #[error("the queue refused a job")]
    Queue(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// A mistake of ours: SQL, types, row security.
    #[error("the database refused a query")]
    Query(#[source] sqlx::Error),
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        use sqlx::Error as E;
        match &error {
            E::Database(refusal) if refusal.is_unique_violation() => Self::Conflict(error),
            E::Database(refusal) if refusal.is_foreign_key_violation() => {
                Self::MissingParent(error)
            }
            E::Database(refusal) if refusal.code().is_some_and(|code| is_outage(&code)) => {
                Self::Unavailable(error)
            }
            E::Io(_) | E::Tls(_) | E::PoolTimedOut | E::PoolClosed | E::WorkerCrashed => {
                Self::Unavailable(error)
            }
            _ => Self::Query(error),
        }
    }
}

/// PostgreSQL: connection exceptions (08), no resources (53), shutdown (57P01..03). SQLite: busy (5), locked (6),
/// I/O (10), full (13), can't open (14), with their extended codes.
fn is_outage(code: &str) -> bool {
    if code.len() == 5 {
        return code.starts_with("08") || code.starts_with("53") || code.starts_with("57P0");
    }
    code.parse::<i32>().is_ok_and(|code| matches!(code & 0xff, 5 | 6 | 10 | 13 | 14))
}

#[cfg(test)]
mod tests {
    #[test]
    fn outages_are_told_from_mistakes() {
        for code in ["08006", "53300", "57P01", "5", "6", "261", "13"] {
            assert!(super::is_outage(code), "{code}");
        }
        for code in ["23505", "42P01", "1", "2067", "787"] {
            assert!(!super::is_outage(code), "{code}");
        }
    }
}
