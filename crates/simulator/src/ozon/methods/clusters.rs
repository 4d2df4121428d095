//! `/v2/cluster/list` and `/v1/cluster/list`: Ozon's warehouses by cluster. The newer list leaves a
//! working warehouse out, the older one names them all.

use super::Answer;
use crate::ozon::body::{Int, read};
use crate::ozon::places::{CLUSTERS, Cluster, OzonWarehouse, UNLISTED, marketplaces};
use crate::ozon::shop::Shop;
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Nothing {}

fn of(cluster: &Cluster) -> impl Iterator<Item = (usize, &'static OzonWarehouse)> {
    let id = cluster.id;
    marketplaces().iter().enumerate().filter(move |(_, known)| known.cluster.id == id)
}

pub(crate) fn answer(_: &Shop<'_>, body: &[u8]) -> Answer {
    let Nothing {} = read(body)?;
    let result: Vec<Value> = CLUSTERS
        .iter()
        .map(|cluster| {
            let fulfillments: Vec<Value> = of(cluster)
                .filter(|(at, _)| *at != UNLISTED)
                .map(|(_, known)| json!({"warehouse_id": known.id, "name": known.name}))
                .collect();
            json!({
                "macrolocal_cluster_id": cluster.macrolocal_id,
                "data": {
                    "macrolocal_cluster": {
                        "name": cluster.name,
                        "country": {"name": "Россия", "uid": "RU"},
                    },
                    "fulfillments": fulfillments,
                },
            })
        })
        .collect();
    Ok(json!({ "result": result }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Old {
    #[serde(default)]
    cluster_ids: Vec<Int>,
    cluster_type: Kind,
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
enum Kind {
    #[serde(rename = "CLUSTER_TYPE_OZON")]
    Ozon,
    #[serde(rename = "CLUSTER_TYPE_CIS")]
    Cis,
}

pub(crate) fn old(_: &Shop<'_>, body: &[u8]) -> Answer {
    let wanted: Old = read(body)?;
    let asked = |cluster: &Cluster| {
        wanted.cluster_ids.is_empty() || wanted.cluster_ids.iter().any(|id| id.0 == cluster.id)
    };
    let clusters: Vec<Value> = CLUSTERS
        .iter()
        .filter(|cluster| wanted.cluster_type == Kind::Ozon && asked(cluster))
        .map(|cluster| {
            let warehouses: Vec<Value> = of(cluster)
                .map(|(_, known)| {
                    json!({
                        "warehouse_id": known.id, "name": known.name, "type": "FULL_FILLMENT",
                    })
                })
                .collect();
            json!({
                "id": cluster.id,
                "macrolocal_cluster_id": cluster.macrolocal_id,
                "name": cluster.name,
                "type": "CLUSTER_TYPE_OZON",
                "logistic_clusters": [{"warehouses": warehouses}],
            })
        })
        .collect();
    Ok(json!({ "clusters": clusters }))
}
