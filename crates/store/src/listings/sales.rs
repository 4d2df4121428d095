//! Sales and returns as a file, the newest first.

use super::{COLUMN, OrderKey, Packed, ROW, ROWS, plain, text};
use crate::{error::Result, orders_list, sales_list, tenant::TenantTx, tx::on_engine};
use domain::sale::SaleQuery;

#[rustfmt::skip]
const LINE: &str = concat!(
    "concat_ws($11, ",
    text!("coalesce(a.own_name, a.name)", "$11", "$12"), ", a.marketplace, s.kind, ", plain!("s.happened_at"), ", ",
    text!("s.key", "$11", "$12"), ", ", text!("s.order_key", "$11", "$12"), ", ",
    plain!("s.article"), ", ", text!("p.seller_article", "$11", "$12"), ", ", text!("p.title", "$11", "$12"), ", ", text!("s.barcode", "$11", "$12"), ", ",
    plain!("s.quantity"), ", ", plain!("s.price_minor"), ", ", plain!("s.payout_minor"), ", ", text!("s.currency", "$11", "$12"), ", ",
    text!("s.warehouse_name", "$11", "$12"), ", ", text!("s.region", "$11", "$12"), ", ", plain!("s.changed_at"), ")"
);

impl TenantTx {
    /// Sales and returns of a filter as a file has them, the newest first. The question's page does not matter.
    pub async fn packed_sales(
        &mut self,
        query: &SaleQuery,
        after: Option<OrderKey>,
    ) -> Result<(Packed, Option<OrderKey>)> {
        let tenant = self.tenant();
        let days = sales_list::days(query);
        let after = after.unwrap_or_else(|| OrderKey::first(&days));
        let bound = sqlx::AssertSqlSafe(sales_list::bound(query));
        let last: Option<OrderKey> = on_engine!(&mut self.tx, |conn| {
            let found = sqlx::query_as(bound);
            sales_list::filtered!(found, tenant, query, after, orders_list::earliest(&days))
                .bind(ROWS - 1)
                .fetch_optional(conn)
                .await?
        });
        let until = last.clone().unwrap_or_else(|| OrderKey::last(&days));
        let page = sqlx::AssertSqlSafe(sales_list::packed(query, LINE));
        let text = on_engine!(&mut self.tx, |conn| {
            let found = sqlx::query_scalar(page);
            // The index has one lower bound: that of the range, not of the whole question.
            sales_list::filtered!(found, tenant, query, after, until.ordered_at)
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
