//! What a marketplace says of a product in its own figures, to stand beside ours. Never summed, never computed with.

use crate::{
    engine::bulk::{self, Fixed, Rows},
    error::Result,
    tenant::TenantTx,
    tx::on_engine,
};
use chrono::{DateTime, Utc};
use domain::{AccountId, ProductId};
use sqlx::FromRow;

/// A figure as it was told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewFigure<'a> {
    /// Of which product.
    pub product: ProductId,
    /// Its name, in our words: `sale_rate`, `idc`.
    pub name: &'a str,
    /// Of which warehouse or cluster, in the marketplace's words; empty: of all of them.
    pub place: &'a str,
    /// The figure, in its unit; `None`: the marketplace gives a word instead.
    pub value: Option<i64>,
    /// `pieces`, `thousandths`, `hours`, `minor`.
    pub unit: Option<&'a str>,
    /// What stands in a figure's place: `infinite`, `not_computed`, a grade.
    pub word: Option<&'a str>,
}

/// A figure as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, FromRow)]
pub struct Figure {
    /// Its name.
    pub name: String,
    /// Of which place; empty: of all of them.
    pub place: String,
    /// The figure.
    pub value: Option<i64>,
    /// Its unit.
    pub unit: Option<String>,
    /// A word in its place.
    pub word: Option<String>,
    /// When it was told.
    pub as_of: DateTime<Utc>,
}

const UPSERT: &str = "with {rows}
 insert into marketplace_figures (tenant_id, account_id, product_id, name, place, value, unit, word, as_of)
 select $1, $2, v.product_id, v.name, v.place, v.value, v.unit, v.word, $3 from v where true
 on conflict (tenant_id, product_id, name, place) do update set
   value = excluded.value, unit = excluded.unit, word = excluded.word, as_of = excluded.as_of";

const DROP_NAMED: &str = "with {rows}
 delete from marketplace_figures where tenant_id = $1 and account_id = $2 and as_of < $3
   and name in (select v.name from v)";

impl TenantTx {
    /// Writes figures over the earlier ones. A product's name and place must not repeat within one call.
    pub async fn write_figures(
        &mut self,
        account: AccountId,
        figures: &[NewFigure<'_>],
        now: DateTime<Utc>,
    ) -> Result<u64> {
        let fixed = [Fixed::Id(self.tenant()), Fixed::Id(account.0), Fixed::Moment(now)];
        let rows = Rows::new(figures.len())
            .id("product_id", figures.iter().map(|f| f.product.0))
            .text("name", figures.iter().map(|f| f.name))
            .text("place", figures.iter().map(|f| f.place))
            .maybe_number("value", figures.iter().map(|f| f.value))
            .maybe_text("unit", figures.iter().map(|f| f.unit))
            .maybe_text("word", figures.iter().map(|f| f.word));
        bulk::execute(&mut self.tx, UPSERT, &fixed, &rows).await
    }

    /// Takes away the figures of an account that were told before a moment: a whole reading no longer had them.
    pub async fn drop_figures_before(
        &mut self,
        account: AccountId,
        moment: DateTime<Utc>,
    ) -> Result<u64> {
        let tenant = self.tenant();
        Ok(on_engine!(&mut self.tx, |conn| {
            sqlx::query(
                "delete from marketplace_figures where tenant_id = $1 and account_id = $2 and as_of < $3",
            )
            .bind(tenant)
            .bind(account.0)
            .bind(moment)
            .execute(conn)
            .await?
            .rows_affected()
        }))
    }

    /// The same for some names alone: others are read at other times.
    pub async fn drop_figures_named_before(
        &mut self,
        account: AccountId,
        names: &[&str],
        moment: DateTime<Utc>,
    ) -> Result<u64> {
        let fixed = [Fixed::Id(self.tenant()), Fixed::Id(account.0), Fixed::Moment(moment)];
        let rows = Rows::new(names.len()).text("name", names.iter().copied());
        bulk::execute(&mut self.tx, DROP_NAMED, &fixed, &rows).await
    }

    /// All figures of a product, by name and place.
    pub async fn figures(&mut self, product: ProductId) -> Result<Vec<Figure>> {
        let tenant = self.tenant();
        Ok(on_engine!(&mut self.tx, |conn| {
            sqlx::query_as(
                "select name, place, value, unit, word, as_of from marketplace_figures
                 where tenant_id = $1 and product_id = $2 order by name, place",
            )
            .bind(tenant)
            .bind(product.0)
            .fetch_all(conn)
            .await?
        }))
    }
}
