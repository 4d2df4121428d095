//! Where stock lies on Ozon: its own warehouses in their clusters, and the seller's.
//!
//! Only names and numbers. A place has the same number as on Wildberries, so that one plan of
//! deliveries serves both.

use crate::world::item::Item;
use crate::world::warehouses::{MARKETPLACES, Place};

/// By which scheme a warehouse sells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Scheme {
    /// From Ozon's warehouse.
    Fbo,
    /// From the seller's, delivered by Ozon.
    Fbs,
    /// From the seller's, delivered by the seller.
    Rfbs,
}

impl Scheme {
    /// The word in answers.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Fbo => "fbo",
            Self::Fbs => "fbs",
            Self::Rfbs => "rfbs",
        }
    }
}

/// Warehouses that are near to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cluster {
    /// `cluster_id`.
    pub id: i64,
    /// `macrolocal_cluster_id`.
    pub macrolocal_id: i64,
    /// Its name.
    pub name: &'static str,
}

/// A warehouse.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OzonWarehouse {
    /// `warehouse_id`: about 1e13 to 1e15.
    pub id: i64,
    /// Its name.
    pub name: &'static str,
    /// Its address.
    pub address: &'static str,
    /// By which scheme it sells.
    pub scheme: Scheme,
    /// Its cluster; the nearest one of a seller's warehouse.
    pub cluster: &'static Cluster,
}

const fn cluster(id: i64, macrolocal_id: i64, name: &'static str) -> Cluster {
    Cluster { id, macrolocal_id, name }
}

/// All clusters.
pub(crate) static CLUSTERS: [Cluster; 7] = [
    cluster(154, 4039, "Москва, МО и Дальние регионы"),
    cluster(152, 4040, "Казань"),
    cluster(17, 4042, "Краснодар"),
    cluster(148, 4043, "Екатеринбург"),
    cluster(149, 4044, "Новосибирск"),
    cluster(2, 4045, "Санкт-Петербург и СЗО"),
    cluster(147, 4041, "Омск"),
];

const fn ozon(id: i64, name: &'static str, address: &'static str, at: usize) -> OzonWarehouse {
    OzonWarehouse { id, name, address, scheme: Scheme::Fbo, cluster: &CLUSTERS[at] }
}

const fn own(
    id: i64,
    name: &'static str,
    address: &'static str,
    scheme: Scheme,
    at: usize,
) -> OzonWarehouse {
    OzonWarehouse { id, name, address, scheme, cluster: &CLUSTERS[at] }
}

/// All of them; the seller's are the last.
pub(crate) static PLACES: [OzonWarehouse; 10] = [
    ozon(15_431_806_189_000, "ХОРУГВИНО_РФЦ", "Московская обл., д. Хоругвино", 0),
    ozon(18_044_249_781_000, "ПУШКИНО_1_РФЦ", "Московская обл., г. Пушкино", 0),
    ozon(22_655_170_176_000, "КАЗАНЬ_РФЦ_НОВЫЙ", "Республика Татарстан, г. Казань", 1),
    ozon(1_020_000_089_903_000, "АДЫГЕЙСК_РФЦ", "Республика Адыгея, г. Адыгейск", 2),
    ozon(1_020_000_115_166_000, "ЖУКОВСКИЙ_РФЦ", "Московская обл., г. Жуковский", 0),
    ozon(18_044_570_445_000, "ЕКАТЕРИНБУРГ_РФЦ_НОВЫЙ", "Свердловская обл., г. Екатеринбург", 3),
    ozon(23_843_917_228_000, "НОВОСИБИРСК_РФЦ_НОВЫЙ", "Новосибирская обл., г. Новосибирск", 4),
    ozon(21_896_333_622_000, "САНКТ_ПЕТЕРБУРГ_РФЦ", "Ленинградская обл., д. Бугры", 5),
    own(1_020_003_080_073_000, "Склад Химки", "Московская обл., Химки", Scheme::Fbs, 0),
    own(1_020_005_000_514_000, "Склад Подольск", "Московская обл., Подольск", Scheme::Rfbs, 0),
];

/// Works and is left out of `/v2/cluster/list`, as some are.
pub(crate) const UNLISTED: usize = 7;

/// Ozon's own.
pub(crate) fn marketplaces() -> &'static [OzonWarehouse] {
    &PLACES[..usize::from(MARKETPLACES)]
}

/// The seller's, as many as the shop has.
pub(crate) fn sellers(count: u8) -> &'static [OzonWarehouse] {
    let first = usize::from(MARKETPLACES);
    &PLACES[first..first + usize::from(count)]
}

pub(crate) fn place(at: Place) -> &'static OzonWarehouse {
    &PLACES[usize::from(at)]
}

/// Where a hold of an item is.
pub(crate) fn held(item: &Item, hold: usize) -> &'static OzonWarehouse {
    place(item.holds[hold].0)
}

/// The cluster that a buyer's region belongs to.
pub(crate) fn cluster_of_okrug(okrug: &str) -> &'static Cluster {
    let at = match okrug {
        "Приволжский федеральный округ" => 1,
        "Южный федеральный округ" | "Северо-Кавказский федеральный округ" => {
            2
        }
        "Уральский федеральный округ" => 3,
        "Сибирский федеральный округ" | "Дальневосточный федеральный округ" => {
            4
        }
        "Северо-Западный федеральный округ" => 5,
        _ => 0,
    };
    &CLUSTERS[at]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::warehouses;

    #[test]
    fn the_places_are_those_of_the_plan() {
        assert_eq!(PLACES.len(), warehouses::PLACES.len());
        for (ours, theirs) in PLACES.iter().zip(warehouses::PLACES) {
            assert_eq!(ours.scheme != Scheme::Fbo, theirs.seller);
        }
    }
}
