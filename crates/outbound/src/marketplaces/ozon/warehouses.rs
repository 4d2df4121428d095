//! Warehouses by number: Ozon's with their clusters, and the seller's own.

use super::{
    client::{Access, Nothing, Ozon},
    methods::Method,
    paging,
    wire::warehouses as wires,
};
use crate::marketplaces::{failure::Failure, pace::Paced};

/// The most that a page of the seller's warehouses has.
const PAGE: usize = 200;

/// A warehouse.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedWarehouse {
    /// Its number.
    pub number: i64,
    /// Its name.
    pub name: Option<String>,
    /// Of Ozon's: the cluster that it serves, as far as it is listed in one.
    pub cluster: Option<String>,
}

/// A page of the seller's warehouses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SellerWarehouses {
    /// The warehouses, also those that are switched off: their stock is told all the same.
    pub warehouses: Vec<NamedWarehouse>,
    /// Where to read on; `None`: this was the last.
    pub next: Option<String>,
}

impl Ozon {
    /// Ozon's warehouses by cluster. Some working ones are missing: see [`Self::ozon_warehouses`].
    pub async fn clusters(
        &self,
        access: &Access<'_>,
    ) -> Result<Paced<Vec<NamedWarehouse>>, Failure> {
        let answer: Paced<wires::ClustersAnswer> =
            self.ask(access, Method::Clusters, &Nothing {}).await?;
        Ok(answer.map(|answer| answer.result.into_iter().flat_map(of_cluster).collect()))
    }

    /// Ozon's warehouses that keep stock, without their clusters.
    pub async fn ozon_warehouses(
        &self,
        access: &Access<'_>,
    ) -> Result<Paced<Vec<NamedWarehouse>>, Failure> {
        let request = wires::OzonRequest { warehouse_types: ["FULL_FILLMENT"] };
        let answer: Paced<wires::OzonAnswer> =
            self.ask(access, Method::OzonWarehouses, &request).await?;
        Ok(answer.map(|answer| answer.warehouses.into_iter().map(|row| named(row, None)).collect()))
    }

    /// The page of the seller's warehouses after a place; `None`: the first.
    pub async fn seller_warehouses(
        &self,
        access: &Access<'_>,
        cursor: Option<&str>,
    ) -> Result<Paced<SellerWarehouses>, Failure> {
        let request = wires::SellerRequest { limit: PAGE, cursor: cursor.unwrap_or("") };
        let answer: Paced<wires::SellerAnswer> =
            self.ask(access, Method::SellerWarehouses, &request).await?;
        let Paced { value, pace } = answer;
        let next = paging::next(Method::SellerWarehouses, value.has_next, value.cursor, cursor)?;
        let warehouses = value
            .warehouses
            .into_iter()
            .map(|row| NamedWarehouse { number: row.warehouse_id.0, name: row.name, cluster: None })
            .collect();
        Ok(Paced { value: SellerWarehouses { warehouses, next }, pace })
    }
}

fn of_cluster(cluster: wires::Cluster) -> Vec<NamedWarehouse> {
    let Some(data) = cluster.data else { return Vec::new() };
    let number = cluster.macrolocal_cluster_id.map(|id| id.0.to_string());
    let name = data.macrolocal_cluster.and_then(|named| named.name).or(number);
    data.fulfillments.into_iter().map(|row| named(row, name.clone())).collect()
}

fn named(row: wires::Fulfillment, cluster: Option<String>) -> NamedWarehouse {
    NamedWarehouse { number: row.warehouse_id.0, name: row.name, cluster }
}

#[cfg(test)]
mod tests {
    use super::*;

    // In the shape of the contract of 2026-06-11.
    #[test]
    fn a_warehouse_knows_its_cluster() {
        let body = r#"{"result":[{"macrolocal_cluster_id":4041,"data":{"macrolocal_cluster":
            {"name":"Омск","country":{"name":"Россия","uid":"RU"}},
            "fulfillments":[{"warehouse_id":"1020001835658000","name":"ОМСК_РФЦ"},{"warehouse_id":7,"name":null}]}},
            {"macrolocal_cluster_id":1,"data":null}]}"#;
        let answer: wires::ClustersAnswer = serde_json::from_str(body).unwrap();
        let all: Vec<_> = answer.result.into_iter().flat_map(of_cluster).collect();
        assert_eq!(all.len(), 2);
        assert_eq!(
            (all[0].number, all[0].name.as_deref()),
            (1_020_001_835_658_000, Some("ОМСК_РФЦ"))
        );
        assert_eq!(all[1].cluster.as_deref(), Some("Омск"));
    }
}
