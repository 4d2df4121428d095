//! Where stock lies: the marketplace's warehouses and the seller's own.
//!
//! Only names and numbers; how much lies where is decided in `plan` and `cycle`.

use crate::WarehouseNames;

/// A warehouse as answers name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Warehouse {
    /// Its number; `-999999` when the marketplace hides its warehouses.
    pub id: i64,
    /// Its name.
    pub name: &'static str,
    /// Its region.
    pub region: &'static str,
    /// Whether it is the seller's own (FBS).
    pub seller: bool,
    /// The office that a seller's warehouse hands over to.
    pub office_id: i64,
}

/// The place in `PLACES`.
pub(crate) type Place = u8;

const fn wb(id: i64, name: &'static str, region: &'static str) -> Warehouse {
    Warehouse { id, name, region, seller: false, office_id: 0 }
}

const fn own(id: i64, name: &'static str, region: &'static str, office_id: i64) -> Warehouse {
    Warehouse { id, name, region, seller: true, office_id }
}

/// All of them; the seller's own are the last `SELLERS`.
pub(crate) const PLACES: &[Warehouse] = &[
    wb(507, "Коледино", "Центральный"),
    wb(120_762, "Электросталь", "Центральный"),
    wb(117_986, "Казань", "Приволжский"),
    wb(130_744, "Краснодар", "Южный и Северо-Кавказский"),
    wb(206_348, "Тула", "Центральный"),
    wb(300_571, "Екатеринбург - Перспективный 12", "Уральский"),
    wb(686, "Новосибирск", "Дальневосточный и Сибирский"),
    wb(2_737, "Санкт-Петербург (Уткина Заводь)", "Северо-Западный"),
    own(658_434, "Мой склад Казань", "Приволжский", 15),
    own(658_977, "Склад Подольск", "Центральный", 218),
];

/// How many of `PLACES` are the marketplace's.
pub(crate) const MARKETPLACES: u8 = 8;
/// How many are the seller's.
pub(crate) const SELLERS: u8 = 2;

/// What stands for all of the marketplace's while it hides them.
pub(crate) const HIDDEN: Warehouse = wb(-999_999, "Склад WB", "Склад WB");

/// How the marketplace reports a place.
pub(crate) fn reported(place: Place, names: WarehouseNames) -> &'static Warehouse {
    let warehouse = &PLACES[usize::from(place)];
    if !warehouse.seller && names == WarehouseNames::Hidden { &HIDDEN } else { warehouse }
}
