//! Stock by size and warehouse as a file.

use super::{COLUMN, Packed, ROW, plain, range, text};
use crate::{
    error::Result,
    products_query::{Bound, Statement, bind_all},
    stock::Place,
    tenant::TenantTx,
    tx::on_engine,
};
use domain::{OfferId, WarehouseId, product::ProductQuery};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

const BOUND: &str = "select offer_id, warehouse_id from stock_levels
 where tenant_id = $1 and (offer_id, warehouse_id) > ($2, $3)
 order by offer_id, warehouse_id limit 1 offset $4";

#[rustfmt::skip]
const PAGE: &str = concat!(
    "select string_agg(line, $3 order by offer_id, warehouse_id) from (
       select l.offer_id, l.warehouse_id, concat_ws($2, ",
    text!("a.name", "$2", "$3"), ", a.marketplace, ", plain!("p.article"), ", ", text!("p.seller_article", "$2", "$3"), ", ",
    text!("p.title", "$2", "$3"), ", ", text!("p.brand", "$2", "$3"), ", ", text!("o.size", "$2", "$3"), ", ", plain!("o.barcodes"), ", ",
    text!("w.name", "$2", "$3"), ", ", text!("w.region", "$2", "$3"), ", w.source, ",
    plain!("l.quantity"), ", ", plain!("l.in_way_to_client"), ", ", plain!("l.in_way_from_client"), ", ",
    plain!("l.changed_at"), ") as line
       from stock_levels l
         join products p on p.tenant_id = l.tenant_id and p.id = l.product_id
         join offers o on o.tenant_id = l.tenant_id and o.id = l.offer_id
         join warehouses w on w.tenant_id = l.tenant_id and w.id = l.warehouse_id
         join accounts a on a.tenant_id = p.tenant_id and a.id = p.account_id
       where l.tenant_id = $1 and (l.offer_id, l.warehouse_id) > ($4, $5)
         and (l.offer_id, l.warehouse_id) <= ($6, $7) and "
);

impl TenantTx {
    /// The levels of a filter's products as a file has them, size by size. The question's page and sorting don't matter.
    pub async fn packed_stock(
        &mut self,
        query: &ProductQuery,
        after: Option<Place>,
    ) -> Result<(Packed, Option<Place>)> {
        let tenant = self.tenant();
        let after = after.map_or((Uuid::nil(), Uuid::nil()), |(offer, place)| (offer.0, place.0));
        let last: Option<(Uuid, Uuid)> = on_engine!(&mut self.tx, |conn| sqlx::query_as(BOUND)
            .bind(tenant)
            .bind(after.0)
            .bind(after.1)
            .bind(range(query) - 1)
            .fetch_optional(conn)
            .await?);
        let until = last.unwrap_or((Uuid::max(), Uuid::max()));
        let mut page = Statement::new(tenant, self.tx.engine());
        for value in [
            Bound::Text(COLUMN.into()),
            Bound::Text(ROW.into()),
            Bound::Id(after.0),
            Bound::Id(after.1),
            Bound::Id(until.0),
            Bound::Id(until.1),
        ] {
            page.hold(value);
        }
        let conditions = page.conditions(query);
        let sql = AssertSqlSafe(format!("{PAGE}{conditions}) found"));
        let text = on_engine!(&mut self.tx, |conn| {
            bind_all!(sqlx::query_scalar(sql), &page.bound).fetch_one(conn).await?
        });
        Ok((Packed(text), last.map(|(offer, place)| (OfferId(offer), WarehouseId(place)))))
    }
}
