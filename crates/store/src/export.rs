//! A company's data as it can be taken elsewhere, table by table, page by page. Secrets and hashes of secrets are
//! not among the columns.
//!
//! Every page is a transaction of its own, so that a slow reader holds no connection: rows that change meanwhile are
//! as they are when their page is read.

use crate::{error::Result, tenant::TenantTx, tx::on_engine};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sqlx::types::Json;
use uuid::Uuid;

/// Rows of a page.
const PAGE: i64 = 1000;

/// Where an export stands.
#[derive(Clone, Debug, Default)]
pub struct ExportCursor {
    table: usize,
    after: Option<Value>,
}

/// The table of the changes of stock: rows, whether they are packed or not.
const CHANGES: &str = "stock_changes";

/// Products whose changes are a page. Together, so that none is missed or doubled by being packed meanwhile.
const PRODUCTS: i64 = 10;

#[derive(Serialize, Deserialize)]
struct ChangeRow {
    product_id: Uuid,
    day: i64,
    offer_id: Uuid,
    warehouse_id: Uuid,
    valid_from: DateTime<Utc>,
    quantity: i64,
    delta: i64,
    in_way_to_client: i64,
    in_way_from_client: i64,
}

impl TenantTx {
    async fn export_changes(
        &mut self,
        cursor: ExportCursor,
    ) -> Result<(Vec<Value>, Option<ExportCursor>)> {
        let after: Option<Uuid> = cursor.after.and_then(|id| serde_json::from_value(id).ok());
        let changes = self.whole_past(after.unwrap_or(Uuid::nil()), PRODUCTS).await?;
        let next = changes
            .last()
            .map(|(id, _)| ExportCursor { table: cursor.table, after: Some(json!(id)) });
        let rows = changes.into_iter().map(|(product_id, change)| {
            let row = ChangeRow {
                product_id,
                day: change.day,
                offer_id: change.place.0.0,
                warehouse_id: change.place.1.0,
                valid_from: change.at,
                quantity: change.now.quantity,
                delta: change.delta,
                in_way_to_client: change.now.in_way_to_client,
                in_way_from_client: change.now.in_way_from_client,
            };
            json!({ "table": CHANGES, "row": row })
        });
        Ok((rows.collect(), next))
    }
}

/// Numbers of marketplaces leave as text: they may pass what other languages hold.
mod as_text {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands out references")]
    pub fn serialize<S: Serializer>(number: &i64, out: S) -> Result<S::Ok, S::Error> {
        out.collect_str(number)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<i64, D::Error> {
        String::deserialize(from)?.parse().map_err(D::Error::custom)
    }
}

/// A table: its columns, the columns of its order each with a value before the first, and its query.
macro_rules! tables {
    ($($name:literal: $row:ident {
        $($(#[$meta:meta])* $field:ident: $type:ty),+ $(,)?
    } by ($($key:ident after $first:expr),+) $sql:literal;)+) => {
        $(
            #[derive(sqlx::FromRow, Serialize, Deserialize)]
            struct $row { $($(#[$meta])* $field: $type),+ }
        )+

        /// The tables of an export, in its order.
        pub const EXPORTED: &[&str] = &[$($name,)+ CHANGES];

        impl TenantTx {
            /// The next rows, each with its table, and where to go on; `None`: this was the last page.
            pub async fn export_page(
                &mut self,
                cursor: ExportCursor,
            ) -> Result<(Vec<Value>, Option<ExportCursor>)> {
                let tenant = self.tenant();
                let Some(table) = EXPORTED.get(cursor.table).copied() else {
                    return Ok((Vec::new(), None));
                };
                if table == CHANGES {
                    return self.export_changes(cursor).await;
                }
                let rows: Vec<Value> = match table {
                    $($name => {
                        let after: Option<$row> =
                            cursor.after.and_then(|row| serde_json::from_value(row).ok());
                        let rows: Vec<$row> = on_engine!(&mut self.tx, |conn| sqlx::query_as($sql)
                            .bind(tenant)
                            $(.bind(after.as_ref().map_or($first, |row| row.$key.clone())))+
                            .bind(PAGE)
                            .fetch_all(conn)
                            .await?);
                        rows.into_iter().filter_map(|row| serde_json::to_value(row).ok()).collect()
                    })+
                    _ => Vec::new(),
                };
                let is_full = i64::try_from(rows.len()).is_ok_and(|rows| rows == PAGE);
                let next = if is_full {
                    ExportCursor { table: cursor.table, after: rows.last().cloned() }
                } else {
                    ExportCursor { table: cursor.table + 1, after: None }
                };
                let rows = rows.into_iter().map(|row| json!({ "table": table, "row": row })).collect();
                Ok((rows, Some(next)))
            }
        }
    };
}

tables! {
    "tenants": TenantRow {
        id: Uuid, name: String, marketplace_type: String, low_stock_threshold: i64, created_at: DateTime<Utc>,
    } by (id after Uuid::nil())
    "select id, name, marketplace_type, low_stock_threshold, created_at
     from tenants where id = $1 and id > $2 limit $3";

    "subscriptions": SubscriptionRow {
        tenant_id: Uuid, plan: String, created_at: DateTime<Utc>,
    } by (tenant_id after Uuid::nil())
    "select tenant_id, plan, created_at
     from subscriptions where tenant_id = $1 and tenant_id > $2 limit $3";

    "memberships": MembershipRow {
        user_id: Uuid, email: Option<String>, role: String, created_at: DateTime<Utc>,
    } by (user_id after Uuid::nil())
    "select m.user_id, u.email, m.role, m.created_at
     from memberships m join users u on u.id = m.user_id
     where m.tenant_id = $1 and m.user_id > $2 order by m.user_id limit $3";

    "api_keys": ApiKeyRow {
        id: Uuid, name: String, role: String, prefix: String, made_by: Uuid, created_at: DateTime<Utc>,
        expires_at: Option<DateTime<Utc>>, last_used_at: Option<DateTime<Utc>>,
    } by (id after Uuid::nil())
    "select id, name, role, prefix, made_by, created_at, expires_at, last_used_at
     from api_keys where tenant_id = $1 and id > $2 order by id limit $3";

    "accounts": AccountRow {
        id: Uuid, marketplace: String, realm: String, name: String, own_name: Option<String>, colour: String,
        schedule: Option<Json<Value>>, seller_id: Option<Uuid>,
        key_check: Option<Json<Value>>, created_at: DateTime<Utc>, updated_at: DateTime<Utc>,
    } by (id after Uuid::nil())
    "select id, marketplace, realm, name, own_name, colour, schedule, seller_id, key_check, created_at, updated_at
     from accounts where tenant_id = $1 and id > $2 order by id limit $3";

    "warehouses": WarehouseRow {
        id: Uuid, account_id: Uuid, source: String, #[serde(with = "as_text")] number: i64, name: String,
        region: Option<String>,
    } by (id after Uuid::nil())
    "select id, account_id, source, number, name, region
     from warehouses where tenant_id = $1 and id > $2 order by id limit $3";

    "products": ProductRow {
        id: Uuid, account_id: Uuid, #[serde(with = "as_text")] article: i64, seller_article: String,
        title: String, brand: Option<String>, subject: Option<String>, photo_url: Option<String>,
        changed_at: DateTime<Utc>, archived_at: Option<DateTime<Utc>>, total_stock: Option<i64>,
        in_way_to_client: Option<i64>, in_way_from_client: Option<i64>, orders_7: Option<i64>,
        orders_28: Option<i64>, total_orders: Option<i64>, created_at: DateTime<Utc>,
        updated_at: DateTime<Utc>,
    } by (id after Uuid::nil())
    "select id, account_id, article, seller_article, title, brand, subject, photo_url, changed_at, archived_at,
            total_stock, in_way_to_client, in_way_from_client, orders_7, orders_28, total_orders, created_at,
            updated_at
     from products where tenant_id = $1 and id > $2 order by id limit $3";

    "tags": TagRow {
        id: Uuid, name: String, color: String, created_at: DateTime<Utc>,
    } by (id after Uuid::nil())
    "select id, name, color, created_at from tags where tenant_id = $1 and id > $2 order by id limit $3";

    "product_tags": ProductTagRow {
        tag_id: Uuid, product_id: Uuid,
    } by (tag_id after Uuid::nil(), product_id after Uuid::nil())
    "select tag_id, product_id from product_tags
     where tenant_id = $1 and (tag_id, product_id) > ($2, $3) order by tag_id, product_id limit $4";

    "product_views": ViewRow {
        id: Uuid, owner_id: Option<Uuid>, name: String, query: String, shared: bool, created_at: DateTime<Utc>,
    } by (id after Uuid::nil())
    "select id, owner_id, name, query, shared, created_at
     from product_views where tenant_id = $1 and id > $2 order by id limit $3";

    "offers": OfferRow {
        id: Uuid, account_id: Uuid, product_id: Uuid, #[serde(with = "as_text")] number: i64,
        size: Option<String>, barcodes: Json<Value>, archived_at: Option<DateTime<Utc>>,
    } by (id after Uuid::nil())
    "select id, account_id, product_id, number, size, barcodes, archived_at
     from offers where tenant_id = $1 and id > $2 order by id limit $3";

    "stock_levels": LevelRow {
        offer_id: Uuid, warehouse_id: Uuid, product_id: Uuid, quantity: i64, in_way_to_client: i64,
        in_way_from_client: i64, changed_at: DateTime<Utc>,
    } by (offer_id after Uuid::nil(), warehouse_id after Uuid::nil())
    "select offer_id, warehouse_id, product_id, quantity, in_way_to_client, in_way_from_client, changed_at
     from stock_levels where tenant_id = $1 and (offer_id, warehouse_id) > ($2, $3)
     order by offer_id, warehouse_id limit $4";

    "orders": OrderRow {
        account_id: Uuid, key: String, product_id: Option<Uuid>, #[serde(with = "as_text")] article: i64,
        barcode: Option<String>, ordered_at: DateTime<Utc>, day: i64, changed_at: DateTime<Utc>,
        cancelled_at: Option<DateTime<Utc>>, quantity: i64, price_minor: i64, currency: String,
        source: Option<String>, warehouse_name: Option<String>, region: Option<String>,
    } by (account_id after Uuid::nil(), key after String::new())
    "select account_id, key, product_id, article, barcode, ordered_at, day, changed_at, cancelled_at, quantity,
            price_minor, currency, source, warehouse_name, region
     from orders where tenant_id = $1 and (account_id, key) > ($2, $3) order by account_id, key limit $4";

    "sales": SaleRow {
        account_id: Uuid, key: String, kind: String, order_key: Option<String>, product_id: Option<Uuid>,
        #[serde(with = "as_text")] article: i64, barcode: Option<String>, happened_at: DateTime<Utc>, day: i64,
        changed_at: DateTime<Utc>, quantity: i64, price_minor: Option<i64>, payout_minor: Option<i64>,
        currency: String, warehouse_name: Option<String>, region: Option<String>,
    } by (account_id after Uuid::nil(), key after String::new())
    "select account_id, key, kind, order_key, product_id, article, barcode, happened_at, day, changed_at, quantity,
            price_minor, payout_minor, currency, warehouse_name, region
     from sales where tenant_id = $1 and (account_id, key) > ($2, $3) order by account_id, key limit $4";

    "prices": PriceRow {
        offer_id: Uuid, product_id: Uuid, price_minor: i64, discount_percent: Option<i64>,
        discounted_minor: i64, buyer_minor: Option<i64>, currency: String, changed_at: DateTime<Utc>,
    } by (offer_id after Uuid::nil())
    "select offer_id, product_id, price_minor, discount_percent, discounted_minor, buyer_minor, currency, changed_at
     from prices where tenant_id = $1 and offer_id > $2 order by offer_id limit $3";

    "price_changes": PriceChangeRow {
        product_id: Uuid, offer_id: Uuid, valid_from: DateTime<Utc>, price_minor: i64,
        discount_percent: Option<i64>, discounted_minor: i64, buyer_minor: Option<i64>, currency: String,
    } by (product_id after Uuid::nil(), offer_id after Uuid::nil(), valid_from after DateTime::UNIX_EPOCH)
    "select product_id, offer_id, valid_from, price_minor, discount_percent, discounted_minor, buyer_minor, currency
     from price_changes
     where tenant_id = $1 and (product_id, offer_id, valid_from) > ($2, $3, $4)
     order by product_id, offer_id, valid_from limit $5";

    "marketplace_figures": FigureRow {
        product_id: Uuid, name: String, place: String, value: Option<i64>, unit: Option<String>,
        word: Option<String>, as_of: DateTime<Utc>,
    } by (product_id after Uuid::nil(), name after String::new(), place after String::new())
    "select product_id, name, place, value, unit, word, as_of
     from marketplace_figures where tenant_id = $1 and (product_id, name, place) > ($2, $3, $4)
     order by product_id, name, place limit $5";
    "planning_settings": SettingRow {
        scope: String, target: String, lead_days: Option<i64>, pack: Option<i64>, minimum: Option<i64>,
        cost_minor: Option<i64>, updated_at: DateTime<Utc>, updated_by: Option<Uuid>,
    } by (scope after String::new(), target after String::new())
    "select scope, target, lead_days, pack, minimum, cost_minor, updated_at, updated_by
     from planning_settings where tenant_id = $1 and (scope, target) > ($2, $3) order by scope, target limit $4";

    "product_links": ProductLinkRow {
        product_id: Uuid, group_id: Uuid, linked_at: DateTime<Utc>, linked_by: Option<Uuid>,
    } by (product_id after Uuid::nil())
    "select product_id, group_id, linked_at, linked_by
     from product_links where tenant_id = $1 and product_id > $2 order by product_id limit $3";

    "product_notes": NoteRow {
        id: Uuid, product_id: Uuid, author: Option<Uuid>, body: String, created_at: DateTime<Utc>,
    } by (id after Uuid::nil())
    "select id, product_id, author, body, created_at
     from product_notes where tenant_id = $1 and id > $2 order by id limit $3";

    "daily_sales": SalesRow {
        product_id: Uuid, day: i64, ordered: i64, cancelled: i64, revenue_minor: i64, sold: i64, returned: i64,
        sold_minor: i64, returned_minor: i64,
    } by (product_id after Uuid::nil(), day after i64::MIN)
    "select product_id, day, ordered, cancelled, revenue_minor, sold, returned, sold_minor, returned_minor
     from daily_sales where tenant_id = $1 and (product_id, day) > ($2, $3) order by product_id, day limit $4";

    "sync_runs": RunRow {
        id: Uuid, account_id: Uuid, status: String, requested_by: Option<Uuid>, created_at: DateTime<Utc>,
        started_at: Option<DateTime<Utc>>, finished_at: Option<DateTime<Utc>>,
    } by (id after Uuid::nil())
    "select id, account_id, status, requested_by, created_at, started_at, finished_at
     from sync_runs where tenant_id = $1 and id > $2 order by id limit $3";

    "sync_steps": StepRow {
        run_id: Uuid, kind: String, state: String, rows: i64, changed: i64, requests: i64, waited_ms: i64,
        started_at: Option<DateTime<Utc>>, finished_at: Option<DateTime<Utc>>, problem: Option<Json<Value>>,
    } by (run_id after Uuid::nil(), kind after String::new())
    "select run_id, kind, state, rows, changed, requests, waited_ms, started_at, finished_at, problem
     from sync_steps where tenant_id = $1 and (run_id, kind) > ($2, $3) order by run_id, kind limit $4";

    "audit_log": AuditRow {
        seq: i64, at: DateTime<Utc>, actor: Option<Uuid>, action: String, details: Json<Value>,
        address: String, hash: String,
    } by (seq after 0)
    "select seq, at, actor, action, details, address, hash
     from audit_log where tenant_id = $1 and seq > $2 order by seq limit $3";
}
