//! `POST /v2/cluster/list`, `/v1/warehouse/ozon/list`, `/v2/warehouse/list`.

use super::super::super::lenient::{Int, list, text};
use serde::{Deserialize, Serialize};

#[derive(Deserialize)]
pub(in super::super) struct ClustersAnswer {
    #[serde(default, deserialize_with = "list")]
    pub result: Vec<Cluster>,
}

#[derive(Deserialize)]
pub(in super::super) struct Cluster {
    #[serde(default)]
    pub macrolocal_cluster_id: Option<Int>,
    #[serde(default)]
    pub data: Option<ClusterData>,
}

#[derive(Deserialize)]
pub(in super::super) struct ClusterData {
    #[serde(default)]
    pub macrolocal_cluster: Option<Named>,
    #[serde(default, deserialize_with = "list")]
    pub fulfillments: Vec<Fulfillment>,
}

#[derive(Deserialize)]
pub(in super::super) struct Named {
    #[serde(default, deserialize_with = "text")]
    pub name: Option<String>,
}

#[derive(Deserialize)]
pub(in super::super) struct Fulfillment {
    pub warehouse_id: Int,
    #[serde(default, deserialize_with = "text")]
    pub name: Option<String>,
}

#[derive(Serialize)]
pub(in super::super) struct OzonRequest {
    pub warehouse_types: [&'static str; 1],
}

#[derive(Deserialize)]
pub(in super::super) struct OzonAnswer {
    #[serde(default, deserialize_with = "list")]
    pub warehouses: Vec<Fulfillment>,
}

#[derive(Serialize)]
pub(in super::super) struct SellerRequest<'a> {
    pub limit: usize,
    pub cursor: &'a str,
}

#[derive(Deserialize)]
pub(in super::super) struct SellerAnswer {
    #[serde(default, deserialize_with = "list")]
    pub warehouses: Vec<Seller>,
    #[serde(default)]
    pub has_next: Option<bool>,
    #[serde(default)]
    pub cursor: Option<String>,
}

#[derive(Deserialize)]
pub(in super::super) struct Seller {
    pub warehouse_id: Int,
    #[serde(default, deserialize_with = "text")]
    pub name: Option<String>,
}
