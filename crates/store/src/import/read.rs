//! The original's database, read and never written: one snapshot, rows as JSON, so that a column more or less, or of
//! another type, is no error of SQL.

use crate::error::{Error, Result};
use serde_json::Value;
use sqlx::{Connection, PgConnection, postgres::PgConnectOptions, types::Json};
use std::str::FromStr;

/// Rows read at once.
const PAGE: i64 = 1000;

/// A table of the original.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OriginalTable {
    /// Companies, with their encrypted keys.
    Tenants,
    /// People.
    Users,
    /// Plans.
    Subscriptions,
    /// Cards.
    Products,
    /// Refresh tokens.
    RefreshTokens,
}

impl OriginalTable {
    fn name(self) -> &'static str {
        match self {
            Self::Tenants => "tenants",
            Self::Users => "users",
            Self::Subscriptions => "subscriptions",
            Self::Products => "products",
            Self::RefreshTokens => "refresh_tokens",
        }
    }

    /// Whole rows after an id. Another database: its tables have no policies, and no tenant to bind.
    fn page(self) -> &'static str {
        match self {
            Self::Tenants => {
                "select id::text, to_jsonb(t) from tenants t where id::text > $1 order by id::text limit $2"
            }
            Self::Users => {
                "select id::text, to_jsonb(t) from users t where id::text > $1 order by id::text limit $2"
            }
            Self::Subscriptions => {
                "select id::text, to_jsonb(t) /* tenant_id is in the row */
                 from subscriptions t where id::text > $1 order by id::text limit $2"
            }
            Self::Products => {
                "select id::text, to_jsonb(t) /* tenant_id is in the row */
                 from products t where id::text > $1 order by id::text limit $2"
            }
            Self::RefreshTokens => {
                "select id::text, to_jsonb(t) /* the original's has no tenant_id */
                 from refresh_tokens t where id::text > $1 order by id::text limit $2"
            }
        }
    }
}

/// An open snapshot of the original's database.
pub struct Original {
    connection: PgConnection,
}

impl Original {
    /// Opens it. Nothing can be written through it.
    pub async fn open(url: &str) -> Result<Self> {
        let options = PgConnectOptions::from_str(url)
            // The driver's message may repeat the address, password included.
            .map_err(|_| Error::Settings("--from is not a PostgreSQL address".into()))?
            .application_name("stock-tracker import");
        let mut connection = PgConnection::connect_with(&options).await?;
        sqlx::raw_sql(
            "begin isolation level repeatable read read only; set local timezone = 'UTC'",
        )
        .execute(&mut connection)
        .await?;
        Ok(Self { connection })
    }

    /// Whether there is such a table.
    pub async fn has(&mut self, table: OriginalTable) -> Result<bool> {
        Ok(sqlx::query_scalar("select to_regclass($1) is not null")
            .bind(table.name())
            .fetch_one(&mut self.connection)
            .await?)
    }

    /// The next rows after this id, with the last one's; empty: that was all.
    pub async fn page(
        &mut self,
        table: OriginalTable,
        after: &str,
    ) -> Result<(Vec<Value>, Option<String>)> {
        let rows: Vec<(String, Json<Value>)> = sqlx::query_as(table.page())
            .bind(after)
            .bind(PAGE)
            .fetch_all(&mut self.connection)
            .await?;
        let last = rows.last().map(|(id, _)| id.clone());
        Ok((rows.into_iter().map(|(_, Json(row))| row).collect(), last))
    }

    /// All rows of a table; none when it isn't there.
    pub async fn all(&mut self, table: OriginalTable) -> Result<Vec<Value>> {
        if !self.has(table).await? {
            return Ok(Vec::new());
        }
        let (mut all, mut after) = (Vec::new(), String::new());
        loop {
            let (rows, last) = self.page(table, &after).await?;
            all.extend(rows);
            match last {
                Some(last) => after = last,
                None => return Ok(all),
            }
        }
    }

    /// Ends the snapshot.
    pub async fn close(self) -> Result<()> {
        self.connection.close().await?;
        Ok(())
    }
}
