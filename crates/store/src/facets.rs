//! What the catalogue can be filtered by: the values that occur. Each is one step along an index, not a pass over
//! the catalogue.

use crate::{error::Result, tenant::TenantTx, tx::on_engine};
use domain::{
    AccountId, WarehouseId,
    catalogue::{FacetWarehouse, Facets},
};
use uuid::Uuid;

/// Values of one kind at most: nobody reads a longer list.
const MOST: i64 = 200;

/// From one value to the next along the index.
macro_rules! distinct {
    ($column:literal) => {
        concat!(
            "with recursive known(value) as (
               select min(p.",
            $column,
            ") from products p where p.tenant_id = $1 and p.archived_at is null
               union all
               select (select min(p.",
            $column,
            ") from products p where p.tenant_id = $1 and p.archived_at is null and p.",
            $column,
            " > known.value) from known where known.value is not null)
             select value from known where value is not null limit $2"
        )
    };
}

const BRANDS: &str = distinct!("brand");
const SUBJECTS: &str = distinct!("subject");

impl TenantTx {
    /// The brands, categories, warehouses and tags that occur.
    pub async fn facets(&mut self) -> Result<Facets> {
        let tenant = self.tenant();
        let brands = self.distinct(BRANDS).await?;
        let subjects = self.distinct(SUBJECTS).await?;
        let warehouses: Vec<(Uuid, String, Uuid)> = on_engine!(&mut self.tx, |conn| {
            sqlx::query_as(
                "select id, name, account_id from warehouses where tenant_id = $1 order by name, id limit 500",
            )
            .bind(tenant)
            .fetch_all(conn)
            .await?
        });
        Ok(Facets {
            brands,
            subjects,
            warehouses: warehouses
                .into_iter()
                .map(|(id, name, account)| FacetWarehouse {
                    id: WarehouseId(id),
                    name,
                    account: AccountId(account),
                })
                .collect(),
            tags: self.tags().await?,
        })
    }

    async fn distinct(&mut self, text: &'static str) -> Result<Vec<String>> {
        let tenant = self.tenant();
        let mut values: Vec<String> = on_engine!(&mut self.tx, |conn| sqlx::query_scalar(text)
            .bind(tenant)
            .bind(MOST)
            .fetch_all(conn)
            .await?);
        // Databases disagree about the order of Cyrillic.
        values.sort_by_cached_key(|value| domain::validation::fold(value));
        Ok(values)
    }
}
