//! Orders as a file, the newest first.

use super::{COLUMN, Packed, ROW, ROWS, plain, text};
use crate::{error::Result, orders_list, tenant::TenantTx, tx::on_engine};
use domain::order::OrderQuery;

pub use crate::orders_list::OrderKey;

#[rustfmt::skip]
const LINE: &str = concat!(
    "concat_ws($11, ",
    text!("a.name", "$11", "$12"), ", a.marketplace, ", plain!("o.ordered_at"), ", ", text!("o.key", "$11", "$12"), ", ",
    plain!("o.article"), ", ", text!("p.seller_article", "$11", "$12"), ", ", text!("p.title", "$11", "$12"), ", ", text!("o.barcode", "$11", "$12"), ", ",
    plain!("o.price_minor"), ", ", text!("o.currency", "$11", "$12"), ", ", text!("o.warehouse_name", "$11", "$12"), ", ", text!("o.region", "$11", "$12"), ", ",
    plain!("o.cancelled_at"), ", ", plain!("o.changed_at"), ")"
);

impl TenantTx {
    /// Orders of a filter as a file has them, the newest first. The question's page does not matter.
    pub async fn packed_orders(
        &mut self,
        query: &OrderQuery,
        after: Option<OrderKey>,
    ) -> Result<(Packed, Option<OrderKey>)> {
        let tenant = self.tenant();
        let after = after.unwrap_or_else(|| OrderKey::first(query));
        let bound = sqlx::AssertSqlSafe(orders_list::bound(query));
        let last: Option<OrderKey> = on_engine!(&mut self.tx, |conn| {
            let found = sqlx::query_as(bound);
            orders_list::filtered!(found, tenant, query, after, orders_list::earliest(query))
                .bind(ROWS - 1)
                .fetch_optional(conn)
                .await?
        });
        let until = last.clone().unwrap_or_else(|| OrderKey::last(query));
        let page = sqlx::AssertSqlSafe(orders_list::packed(query, LINE));
        let text = on_engine!(&mut self.tx, |conn| {
            let found = sqlx::query_scalar(page);
            // The index has one lower bound: that of the range, not of the whole question.
            orders_list::filtered!(found, tenant, query, after, until.ordered_at)
                .bind(COLUMN)
                .bind(ROW)
                .bind(until.ordered_at)
                .bind(until.account_id)
                .bind(until.key)
                .fetch_one(conn)
                .await?
        });
        Ok((Packed(text), last))
    }
}
