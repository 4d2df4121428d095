//! Products as a file.

use super::{COLUMN, Packed, ROW, plain, range, text};
use crate::{
    error::Result,
    products_query::{Bound, Statement, bind_all},
    tenant::TenantTx,
    tx::on_engine,
};
use domain::{ProductId, product::ProductQuery};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

const BOUND: &str =
    "select id from products where tenant_id = $1 and id > $2 order by id limit 1 offset $3";

#[rustfmt::skip]
const PAGE: &str = concat!(
    "select string_agg(line, $3 order by id) from (
       select p.id, concat_ws($2, ",
    text!("a.name", "$2", "$3"), ", a.marketplace, ", plain!("p.article"), ", ", text!("p.seller_article", "$2", "$3"), ", ",
    text!("p.title", "$2", "$3"), ", ", text!("p.brand", "$2", "$3"), ", ", text!("p.subject", "$2", "$3"), ", ",
    plain!("p.total_stock"), ", ", plain!("p.in_way_to_client"), ", ", plain!("p.in_way_from_client"), ", ",
    plain!("p.orders_7"), ", ", plain!("p.orders_28"), ", ", plain!("p.total_orders"), ", ",
    plain!("p.days_in_stock_28"), ", ", plain!("p.cover_tenths"), ", ",
    plain!("f.stock_as_of"), ", ", plain!("f.orders_as_of"), ", ",
    plain!("p.created_at"), ", ", plain!("p.updated_at"), ", ", text!("p.photo_url", "$2", "$3"), ") as line
       from products p
         join accounts a on a.tenant_id = p.tenant_id and a.id = p.account_id
         left join (select account_id,
             min(case when step in ('marketplace_stock', 'seller_stock') then as_of end) as stock_as_of,
             min(case when step = 'orders' then as_of end) as orders_as_of
           from freshness where tenant_id = $1 group by account_id) f on f.account_id = p.account_id
       where p.tenant_id = $1 and p.id > $4 and p.id <= $5 and "
);

impl TenantTx {
    /// Products of a filter as a file has them, in the order in which they were first seen. The question's page and
    /// sorting don't matter.
    pub async fn packed_products(
        &mut self,
        query: &ProductQuery,
        after: Option<ProductId>,
    ) -> Result<(Packed, Option<ProductId>)> {
        let tenant = self.tenant();
        let after = after.map_or(Uuid::nil(), |id| id.0);
        let last: Option<Uuid> = on_engine!(&mut self.tx, |conn| sqlx::query_scalar(BOUND)
            .bind(tenant)
            .bind(after)
            .bind(range(query) - 1)
            .fetch_optional(conn)
            .await?);
        let mut page = Statement::new(tenant, self.tx.engine());
        for value in [
            Bound::Text(COLUMN.into()),
            Bound::Text(ROW.into()),
            Bound::Id(after),
            Bound::Id(last.unwrap_or(Uuid::max())),
        ] {
            page.hold(value);
        }
        let conditions = page.conditions(query);
        let sql = AssertSqlSafe(format!("{PAGE}{conditions}) found"));
        let text = on_engine!(&mut self.tx, |conn| {
            bind_all!(sqlx::query_scalar(sql), &page.bound).fetch_one(conn).await?
        });
        Ok((Packed(text), last.map(ProductId)))
    }
}
