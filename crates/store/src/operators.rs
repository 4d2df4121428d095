//! Who operates the installation, and the log of what they looked at and did: append-only, one hash chain.
//! Never a company's data.

use crate::{
    audit::{AuditEntry, AuditRow, chain},
    engine::lock,
    error::Result,
    system::SystemTx,
    tx::on_engine,
};
use chrono::{DateTime, Utc};
use domain::{SessionId, TenantId, UserId};
use sqlx::types::Json;
use uuid::Uuid;

/// The chain of the installation is of no company.
const INSTALLATION: TenantId = TenantId(Uuid::nil());

/// An operator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OperatorRow {
    /// Who.
    pub user: UserId,
    /// Their address.
    pub email: Option<String>,
    /// Since when.
    pub added_at: DateTime<Utc>,
    /// Whether a code is asked for when they sign in: without, they are let into nothing.
    pub second_factor: bool,
}

/// An entry of the operators' log, with its place in the chain.
#[derive(Clone, Debug, PartialEq)]
pub struct OperatorEntry {
    /// Its place, from 1.
    pub seq: i64,
    /// Their address; `None` when they are gone.
    pub email: Option<String>,
    /// What was done.
    pub entry: AuditEntry,
}

#[derive(sqlx::FromRow)]
struct LogRow {
    #[sqlx(flatten)]
    row: AuditRow,
    email: Option<String>,
}

impl SystemTx {
    /// Whether a person is an operator: `Some(true)` when this sign-in of theirs asked for a second factor, which it did
    /// if the factor was in use when it began.
    pub async fn operator(&mut self, user: UserId, session: SessionId) -> Result<Option<bool>> {
        Ok(on_engine!(&mut self.tx, |conn| {
            sqlx::query_scalar(
            "select exists (select s.tenant_id from second_factors f
               join sessions s on s.user_id = f.user_id and s.id = $2
               where f.user_id = o.user_id and s.created_at >= f.confirmed_at)
             from operators o join users u on u.id = o.user_id where o.user_id = $1 and u.is_active"
        )
        .bind(user.0)
        .bind(session.0)
        .fetch_optional(conn)
        .await?
        }))
    }

    /// All of them, the first one first.
    pub async fn operators(&mut self) -> Result<Vec<OperatorRow>> {
        let rows: Vec<(Uuid, Option<String>, DateTime<Utc>, bool)> =
            on_engine!(&mut self.tx, |conn| sqlx::query_as(
                "select o.user_id, u.email, o.added_at, exists (select 1 from second_factors f
                   where f.user_id = o.user_id and f.confirmed_at is not null)
                 from operators o join users u on u.id = o.user_id order by o.added_at, o.user_id"
            )
            .fetch_all(conn)
            .await?);
        Ok(rows
            .into_iter()
            .map(|(user, email, added_at, second_factor)| OperatorRow {
                user: UserId(user),
                email,
                added_at,
                second_factor,
            })
            .collect())
    }

    /// Who has this address.
    pub async fn user_by_email(&mut self, email_key: &str) -> Result<Option<UserId>> {
        let id: Option<Uuid> = on_engine!(&mut self.tx, |conn| sqlx::query_scalar(
            "select id from users where email_key = $1"
        )
        .bind(email_key)
        .fetch_optional(conn)
        .await?);
        Ok(id.map(UserId))
    }

    /// Makes a person an operator; false when they are one.
    pub async fn add_operator(&mut self, user: UserId, now: DateTime<Utc>) -> Result<bool> {
        let added = on_engine!(&mut self.tx, |conn| sqlx::query(
            "insert into operators (user_id, added_at) values ($1, $2)
             on conflict (user_id) do nothing"
        )
        .bind(user.0)
        .bind(now)
        .execute(conn)
        .await?
        .rows_affected());
        Ok(added == 1)
    }

    /// Takes it away; false when they are none.
    pub async fn remove_operator(&mut self, user: UserId) -> Result<bool> {
        let removed = on_engine!(&mut self.tx, |conn| sqlx::query(
            "delete from operators where user_id = $1"
        )
        .bind(user.0)
        .execute(conn)
        .await?
        .rows_affected());
        Ok(removed == 1)
    }

    /// Appends to the operators' log; the last thing that a transaction does.
    pub async fn log_operator(&mut self, entry: &AuditEntry) -> Result<()> {
        lock::operator_log(&mut self.tx).await?;
        let head: Option<(i64, String)> = on_engine!(&mut self.tx, |conn| sqlx::query_as(
            "select seq, hash from operator_log order by seq desc limit 1"
        )
        .fetch_optional(conn)
        .await?);
        let (last, previous) = head.unwrap_or_default();
        let seq = last + 1;
        let hash = chain::hash(&previous, INSTALLATION, seq, entry);
        on_engine!(&mut self.tx, |conn| sqlx::query(
            "insert into operator_log (seq, at, actor, action, details, address, hash)
             values ($1, $2, $3, $4, $5, $6, $7)"
        )
        .bind(seq)
        .bind(entry.at)
        .bind(entry.actor.map(|user| user.0))
        .bind(&entry.action)
        .bind(Json(&entry.details))
        .bind(&entry.address)
        .bind(&hash)
        .execute(conn)
        .await
        .map(drop)?);
        Ok(())
    }

    /// The latest entries before a place, the latest first.
    pub async fn operator_log(
        &mut self,
        before: Option<i64>,
        most: i64,
    ) -> Result<Vec<OperatorEntry>> {
        let rows: Vec<LogRow> = on_engine!(&mut self.tx, |conn| {
            sqlx::query_as(
                "select l.seq, l.at, l.actor, l.action, l.details, l.address, l.hash, u.email
             from operator_log l left join users u on u.id = l.actor
             where l.seq < $1 order by l.seq desc limit $2",
            )
            .bind(before.unwrap_or(i64::MAX))
            .bind(most)
            .fetch_all(conn)
            .await?
        });
        Ok(rows
            .into_iter()
            .map(|LogRow { row, email }| OperatorEntry { seq: row.seq, email, entry: row.entry() })
            .collect())
    }

    /// Walks along the operators' log: the first entry that does not follow from the one before.
    pub async fn verify_operator_log(&mut self) -> Result<crate::AuditVerdict> {
        let rows: Vec<AuditRow> = on_engine!(&mut self.tx, |conn| {
            sqlx::query_as(
            "select seq, at, actor, action, details, address, hash from operator_log order by seq"
        )
        .fetch_all(conn)
        .await?
        });
        let (mut last, mut previous) = (0, String::new());
        for row in rows {
            let (seq, stored) = (row.seq, row.hash.clone());
            let hash = chain::hash(&previous, INSTALLATION, seq, &row.entry());
            if seq != last + 1 || hash != stored {
                return Ok(crate::AuditVerdict::Broken { seq: last + 1 });
            }
            (last, previous) = (seq, stored);
        }
        Ok(crate::AuditVerdict::Whole { entries: last })
    }
}
