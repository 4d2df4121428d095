//! Many rows in one statement: arrays through `unnest` on PostgreSQL, `values` in pieces on SQLite.
//!
//! A statement is written once, as `with {rows} …` with its other parameters as `$1`, `$2`; in it the rows are
//! the table `v`. What belongs to each of them is looked up by `{each products p: p.tenant_id = $1 and p.id = v.id}`, which
//! leaves an engine no other way: of a table that grows in this very sync, or of a company that is new in it, the
//! statistics say nothing, and both engines would rather read the whole table for each row. It never decides what is
//! written.

use crate::{error::Result, tx::Tx};
use chrono::{DateTime, Utc};
use futures::{StreamExt, TryStreamExt};
use serde_json::Value;
use sqlx::{
    AssertSqlSafe, FromRow, Postgres, Sqlite,
    postgres::{PgArguments, PgRow},
    query::QueryAs,
    sqlite::{SqliteArguments, SqliteRow},
    types::Json,
};
use std::fmt::Write;
use uuid::Uuid;

/// Parameters of one piece on SQLite. More rows a piece save nothing, and the prepared statement grows with it.
const PARAMETERS_A_PIECE: usize = 4_000;

/// From so many rows on PostgreSQL plans a statement for these very rows. A plan that is kept is one for the table as
/// it was when it was made, in a first sync an empty one; and it may read the whole table to find a thousand rows.
const PLANNED_ANEW: usize = 50;

/// Each of the rows is looked up in an index, until the end of the transaction. Where `{each …}` can't be said (`update …
/// from v`), a row that is read is dear and a page of an index is not: then the plan is right whatever is known of the
/// table.
const LOOK_UPS: &str = "set local enable_hashjoin = off; set local enable_mergejoin = off; \
    set local enable_material = off; set local cpu_tuple_cost = 1; set local random_page_cost = 0.1";

/// One column of the rows.
pub(crate) enum Column<'a> {
    Id(Vec<Uuid>),
    MaybeId(Vec<Option<Uuid>>),
    Number(Vec<i64>),
    MaybeNumber(Vec<Option<i64>>),
    Text(Vec<&'a str>),
    MaybeText(Vec<Option<&'a str>>),
    Moment(Vec<DateTime<Utc>>),
    MaybeMoment(Vec<Option<DateTime<Utc>>>),
    Json(Vec<Json<Value>>),
    Bytes(Vec<&'a [u8]>),
    MaybeBytes(Vec<Option<&'a [u8]>>),
}

/// A parameter that is the same for all rows.
#[derive(Clone, Copy)]
pub(crate) enum Fixed {
    Id(Uuid),
    Number(i64),
    Moment(DateTime<Utc>),
}

/// The rows, by column.
pub(crate) struct Rows<'a> {
    length: usize,
    columns: Vec<(&'static str, Column<'a>)>,
}

macro_rules! adders {
    ($($name:ident: $kind:ident($type:ty);)+) => {$(
        pub(crate) fn $name(self, name: &'static str, values: impl Iterator<Item = $type>) -> Self {
            let column = Column::$kind(values.collect());
            self.with(name, column)
        }
    )+};
}

impl<'a> Rows<'a> {
    pub(crate) fn new(length: usize) -> Self {
        Self { length, columns: Vec::with_capacity(16) }
    }

    fn with(mut self, name: &'static str, column: Column<'a>) -> Self {
        self.columns.push((name, column));
        self
    }

    adders! {
        id: Id(Uuid);
        maybe_id: MaybeId(Option<Uuid>);
        number: Number(i64);
        maybe_number: MaybeNumber(Option<i64>);
        text: Text(&'a str);
        maybe_text: MaybeText(Option<&'a str>);
        moment: Moment(DateTime<Utc>);
        maybe_moment: MaybeMoment(Option<DateTime<Utc>>);
        bytes: Bytes(&'a [u8]);
        maybe_bytes: MaybeBytes(Option<&'a [u8]>);
    }

    pub(crate) fn json(self, name: &'static str, values: impl Iterator<Item = Value>) -> Self {
        let column = Column::Json(values.map(Json).collect());
        self.with(name, column)
    }

    fn names(&self) -> String {
        self.columns.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ")
    }

    /// `v(a, b) as (select * from unnest($3::uuid[], $4::bigint[]))`.
    fn postgres_sql(&self, sql: &str, fixed: usize) -> String {
        let arrays: Vec<String> = self
            .columns
            .iter()
            .enumerate()
            .map(|(at, (_, column))| format!("${}::{}[]", fixed + at + 1, column.postgres_type()))
            .collect();
        let rows = format!("v({}) as (select * from unnest({}))", self.names(), arrays.join(", "));
        // Neither a join nor its order is the planner's: a lateral query with an offset is done for each row.
        let each = |table: &str, alias: &str, condition: &str| {
            format!("cross join lateral (select * from {table} where {condition} offset 0) {alias}")
        };
        looked_up(sql, each).replacen("{rows}", &rows, 1)
    }

    /// `v(a, b) as (values (?,?),(?,?))`. The rows' parameters have no names, since SQLite looks named ones up
    /// one after the other; the fixed ones move behind them.
    fn sqlite_sql(&self, sql: &str, rows: usize) -> String {
        let width = self.columns.len();
        let row = format!("({})", vec!["?"; width].join(","));
        let mut values = String::with_capacity(rows * (row.len() + 1));
        for at in 0..rows {
            if at > 0 {
                values.push(',');
            }
            values.push_str(&row);
        }
        // SQLite keeps the order of tables that are joined like this.
        let each =
            |table: &str, _: &str, condition: &str| format!("cross join {table} on ({condition})");
        let moved = moved(&looked_up(sql, each), rows * width);
        let rows = format!("v({}) as (values {values})", self.names());
        moved.replacen("{rows}", &rows, 1)
    }
}

/// The statement with each `{each table alias: condition}` in the engine's words.
fn looked_up(sql: &str, each: impl Fn(&str, &str, &str) -> String) -> String {
    let mut parts = sql.split("{each ");
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        // Only our own statements come here, and each is run by a test.
        let (look_up, rest) = part.split_once('}').unwrap_or((part, ""));
        let (table, condition) = look_up.split_once(':').unwrap_or((look_up, ""));
        let alias = table.rsplit(' ').next().unwrap_or(table);
        text.push_str(&each(table, alias, condition.trim()));
        text.push_str(rest);
    }
    text
}

/// The statement with each `$n` as `$(n + by)`.
fn moved(sql: &str, by: usize) -> String {
    let mut parts = sql.split('$');
    let mut moved = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let digits = part.bytes().take_while(u8::is_ascii_digit).count();
        let (number, rest) = part.split_at(digits);
        let number = number.parse::<usize>().unwrap_or_default() + by;
        // A `String` takes whatever is written to it.
        let _ = write!(moved, "${number}{rest}");
    }
    moved
}

impl Column<'_> {
    fn postgres_type(&self) -> &'static str {
        match self {
            Self::Id(_) | Self::MaybeId(_) => "uuid",
            Self::Number(_) | Self::MaybeNumber(_) => "bigint",
            Self::Text(_) | Self::MaybeText(_) => "text",
            Self::Moment(_) | Self::MaybeMoment(_) => "timestamptz",
            Self::Json(_) => "jsonb",
            Self::Bytes(_) | Self::MaybeBytes(_) => "bytea",
        }
    }
}

/// Runs the statement for all rows and hands back what it returns.
pub(crate) async fn fetch<T>(
    tx: &mut Tx,
    sql: &'static str,
    fixed: &[Fixed],
    rows: &Rows<'_>,
) -> Result<Vec<T>>
where
    T: for<'r> FromRow<'r, PgRow> + for<'r> FromRow<'r, SqliteRow> + Send + Unpin,
{
    let mut found = Vec::new();
    if rows.length == 0 {
        return Ok(found);
    }
    match tx {
        Tx::Postgres(tx) => {
            let is_kept = rows.length < PLANNED_ANEW;
            if !is_kept {
                sqlx::raw_sql(LOOK_UPS).execute(&mut **tx).await?;
            }
            let text = rows.postgres_sql(sql, fixed.len());
            let mut query = sqlx::query_as::<Postgres, T>(AssertSqlSafe(text)).persistent(is_kept);
            for value in fixed {
                query = bind_fixed_postgres(query, *value);
            }
            for (_, column) in &rows.columns {
                query = bind_column(query, column);
            }
            let mut stream = query.fetch(&mut **tx);
            while let Some(row) = stream.try_next().await? {
                found.push(row);
            }
        }
        Tx::Sqlite(tx) => {
            for (sql, whole, from, to) in pieces(sql, rows) {
                let mut query = sqlx::query_as::<Sqlite, T>(AssertSqlSafe(sql)).persistent(whole);
                for at in from..to {
                    for (_, column) in &rows.columns {
                        query = bind_cell(query, column, at);
                    }
                }
                for value in fixed {
                    query = bind_fixed_sqlite(query, *value);
                }
                let mut stream = query.fetch(&mut **tx);
                while let Some(row) = stream.next().await {
                    found.push(row?);
                }
            }
        }
    }
    Ok(found)
}

/// Runs the statement for all rows and says how many rows of the table it touched.
pub(crate) async fn execute(
    tx: &mut Tx,
    sql: &'static str,
    fixed: &[Fixed],
    rows: &Rows<'_>,
) -> Result<u64> {
    let mut touched = 0;
    if rows.length == 0 {
        return Ok(touched);
    }
    match tx {
        Tx::Postgres(tx) => {
            let is_kept = rows.length < PLANNED_ANEW;
            if !is_kept {
                sqlx::raw_sql(LOOK_UPS).execute(&mut **tx).await?;
            }
            let text = rows.postgres_sql(sql, fixed.len());
            let mut query = sqlx::query_as::<Postgres, ()>(AssertSqlSafe(text)).persistent(is_kept);
            for value in fixed {
                query = bind_fixed_postgres(query, *value);
            }
            for (_, column) in &rows.columns {
                query = bind_column(query, column);
            }
            touched += sqlx::Executor::execute(&mut **tx, query).await?.rows_affected();
        }
        Tx::Sqlite(tx) => {
            for (sql, whole, from, to) in pieces(sql, rows) {
                let mut query = sqlx::query_as::<Sqlite, ()>(AssertSqlSafe(sql)).persistent(whole);
                for at in from..to {
                    for (_, column) in &rows.columns {
                        query = bind_cell(query, column, at);
                    }
                }
                for value in fixed {
                    query = bind_fixed_sqlite(query, *value);
                }
                touched += sqlx::Executor::execute(&mut **tx, query).await?.rows_affected();
            }
        }
    }
    Ok(touched)
}

/// The statement's text for each piece, whether it is a whole one (worth keeping prepared), and its rows.
fn pieces(
    sql: &'static str,
    rows: &Rows<'_>,
) -> impl Iterator<Item = (String, bool, usize, usize)> {
    let size = (PARAMETERS_A_PIECE / rows.columns.len().max(1)).max(1);
    let whole = rows.sqlite_sql(sql, size.min(rows.length));
    (0..rows.length).step_by(size).map(move |from| {
        let to = (from + size).min(rows.length);
        let text = if to - from == size.min(rows.length) {
            whole.clone()
        } else {
            rows.sqlite_sql(sql, to - from)
        };
        (text, to - from == size, from, to)
    })
}

type PostgresQuery<'q, T> = QueryAs<'q, Postgres, T, PgArguments>;
type SqliteQuery<'q, T> = QueryAs<'q, Sqlite, T, SqliteArguments>;

fn bind_fixed_postgres<T>(query: PostgresQuery<'_, T>, value: Fixed) -> PostgresQuery<'_, T> {
    match value {
        Fixed::Id(id) => query.bind(id),
        Fixed::Number(number) => query.bind(number),
        Fixed::Moment(moment) => query.bind(moment),
    }
}

fn bind_fixed_sqlite<T>(query: SqliteQuery<'_, T>, value: Fixed) -> SqliteQuery<'_, T> {
    match value {
        Fixed::Id(id) => query.bind(id),
        Fixed::Number(number) => query.bind(number),
        Fixed::Moment(moment) => query.bind(moment),
    }
}

fn bind_column<'q, T>(query: PostgresQuery<'q, T>, column: &'q Column<'q>) -> PostgresQuery<'q, T> {
    match column {
        Column::Id(values) => query.bind(values),
        Column::MaybeId(values) => query.bind(values),
        Column::Number(values) => query.bind(values),
        Column::MaybeNumber(values) => query.bind(values),
        Column::Text(values) => query.bind(values),
        Column::MaybeText(values) => query.bind(values),
        Column::Moment(values) => query.bind(values),
        Column::MaybeMoment(values) => query.bind(values),
        Column::Json(values) => query.bind(values),
        Column::Bytes(values) => query.bind(values),
        Column::MaybeBytes(values) => query.bind(values),
    }
}

fn bind_cell<'q, T>(
    query: SqliteQuery<'q, T>,
    column: &'q Column<'q>,
    at: usize,
) -> SqliteQuery<'q, T> {
    match column {
        Column::Id(values) => query.bind(values.get(at)),
        Column::MaybeId(values) => query.bind(values.get(at).copied().flatten()),
        Column::Number(values) => query.bind(values.get(at)),
        Column::MaybeNumber(values) => query.bind(values.get(at).copied().flatten()),
        Column::Text(values) => query.bind(values.get(at)),
        Column::MaybeText(values) => query.bind(values.get(at).copied().flatten()),
        Column::Moment(values) => query.bind(values.get(at)),
        Column::MaybeMoment(values) => query.bind(values.get(at).copied().flatten()),
        Column::Json(values) => query.bind(values.get(at)),
        Column::Bytes(values) => query.bind(values.get(at).copied()),
        Column::MaybeBytes(values) => query.bind(values.get(at).copied().flatten()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_move_behind_the_rows() {
        let rows = Rows::new(2).number("a", [1, 2].into_iter()).text("b", ["x", "y"].into_iter());
        let sql = "with {rows} select $1, v.a from v where $12 = $2";
        assert_eq!(
            rows.sqlite_sql(sql, 2),
            "with v(a, b) as (values (?,?),(?,?)) select $5, v.a from v where $16 = $6"
        );
        assert_eq!(
            rows.postgres_sql(sql, 12),
            "with v(a, b) as (select * from unnest($13::bigint[], $14::text[])) select $1, v.a from v where $12 = $2"
        );
    }

    #[test]
    fn what_belongs_to_a_row_is_looked_up_for_it() {
        let rows = Rows::new(1).number("n", [1].into_iter());
        let sql = "with {rows} select o.id from v {each offers o: o.tenant_id = $1 and o.number = v.n} order by o.id";
        assert_eq!(
            rows.sqlite_sql(sql, 1),
            "with v(n) as (values (?)) select o.id from v \
             cross join offers o on (o.tenant_id = $2 and o.number = v.n) order by o.id"
        );
        assert_eq!(
            rows.postgres_sql(sql, 1),
            "with v(n) as (select * from unnest($2::bigint[])) select o.id from v cross join lateral \
             (select * from offers o where o.tenant_id = $1 and o.number = v.n offset 0) o order by o.id"
        );
    }
}
