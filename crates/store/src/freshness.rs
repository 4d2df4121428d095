//! How old each kind of an account's data is, and where its next reading begins.

use crate::{
    error::{Error, Result},
    tenant::TenantTx,
    tx::on_engine,
};
use chrono::{DateTime, Utc};
use domain::{
    AccountId,
    account::Freshness,
    sync::{StepKind, StepProblem},
};
use serde_json::Value;
use sqlx::types::Json;

/// One kind of data of an account.
#[derive(Clone, Debug, PartialEq)]
pub struct FreshnessRow {
    /// Which step brings it.
    pub step: StepKind,
    /// The first moment of which it tells: of stock the first reading, of orders as far back as they were read.
    pub first_as_of: Option<DateTime<Utc>>,
    /// When it was last read in full.
    pub as_of: Option<DateTime<Utc>>,
    /// Rows of the last full reading.
    pub rows: i64,
    /// Where the next reading begins, in the step's own words.
    pub cursor: Option<Value>,
    /// Why newer data is missing.
    pub problem: Option<StepProblem>,
}

type Row = (
    String,
    Option<DateTime<Utc>>,
    Option<DateTime<Utc>>,
    i64,
    Option<Json<Value>>,
    Option<Json<StepProblem>>,
);

impl FreshnessRow {
    /// Nothing was ever read.
    pub fn never(step: StepKind) -> Self {
        Self { step, first_as_of: None, as_of: None, rows: 0, cursor: None, problem: None }
    }

    fn from_row((step, first_as_of, as_of, rows, cursor, problem): Row) -> Result<Self> {
        Ok(Self {
            step: step_kind(&step)?,
            first_as_of,
            as_of,
            rows,
            cursor: cursor.map(|Json(value)| value),
            problem: problem.map(|Json(problem)| problem),
        })
    }
}

impl From<FreshnessRow> for Freshness {
    fn from(row: FreshnessRow) -> Self {
        Self { step: row.step, as_of: row.as_of, problem: row.problem }
    }
}

/// The step that a stored word names.
pub(crate) fn step_kind(word: &str) -> Result<StepKind> {
    StepKind::ALL
        .into_iter()
        .find(|kind| kind.as_str() == word)
        .ok_or_else(|| Error::Corrupt { column: "step", value: word.to_owned() })
}

impl TenantTx {
    /// What is known of an account's data, in the order of the steps; what was never read is absent.
    pub async fn freshness(&mut self, account: AccountId) -> Result<Vec<FreshnessRow>> {
        let tenant = self.tenant();
        let rows: Vec<Row> = on_engine!(&mut self.tx, |conn| sqlx::query_as(
            "select step, first_as_of, as_of, rows, cursor, problem from freshness
             where tenant_id = $1 and account_id = $2"
        )
        .bind(tenant)
        .bind(account.0)
        .fetch_all(conn)
        .await?);
        let mut found = rows.into_iter().map(FreshnessRow::from_row).collect::<Result<Vec<_>>>()?;
        found.sort_by_key(|row| row.step);
        Ok(found)
    }

    /// One kind of data, `never` if there is no row.
    pub async fn freshness_of(
        &mut self,
        account: AccountId,
        step: StepKind,
    ) -> Result<FreshnessRow> {
        let all = self.freshness(account).await?;
        Ok(all.into_iter().find(|row| row.step == step).unwrap_or(FreshnessRow::never(step)))
    }

    /// Writes one kind of data's row as it is given.
    pub async fn set_freshness(&mut self, account: AccountId, row: &FreshnessRow) -> Result<()> {
        let tenant = self.tenant();
        on_engine!(&mut self.tx, |conn| {
            sqlx::query(
            "insert into freshness (tenant_id, account_id, step, first_as_of, as_of, rows, cursor, problem)
             values ($1, $2, $3, $4, $5, $6, $7, $8)
             on conflict (tenant_id, account_id, step) do update set
               first_as_of = excluded.first_as_of, as_of = excluded.as_of, rows = excluded.rows,
               cursor = excluded.cursor, problem = excluded.problem"
        )
        .bind(tenant)
        .bind(account.0)
        .bind(row.step.as_str())
        .bind(row.first_as_of)
        .bind(row.as_of)
        .bind(row.rows)
        .bind(row.cursor.as_ref().map(Json))
        .bind(row.problem.as_ref().map(Json))
        .execute(conn).await?;
        });
        Ok(())
    }

    /// Notes why newer data is missing, or that it no longer is; what was read stays as it is.
    pub async fn set_freshness_problem(
        &mut self,
        account: AccountId,
        step: StepKind,
        problem: Option<&StepProblem>,
    ) -> Result<()> {
        let tenant = self.tenant();
        on_engine!(&mut self.tx, |conn| {
            sqlx::query(
            "insert into freshness (tenant_id, account_id, step, rows, problem) values ($1, $2, $3, 0, $4)
             on conflict (tenant_id, account_id, step) do update set problem = excluded.problem"
        )
        .bind(tenant)
        .bind(account.0)
        .bind(step.as_str())
        .bind(problem.map(Json))
        .execute(conn).await?;
        });
        Ok(())
    }
}
