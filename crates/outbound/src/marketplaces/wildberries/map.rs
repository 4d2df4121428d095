//! From the marketplace's words to ours: cards, warehouses, orders.

use super::{
    lenient::said,
    time::Moment,
    wire::{cards, orders, stock},
};
use chrono::{DateTime, Utc};
use domain::{
    observed::{ObservedOffer, ObservedOrder, ObservedProduct, ObservedWarehouse},
    product::StockSource,
};

/// What stands in the place of a warehouse's name and is none. Summed with real ones they count stock twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PseudoWarehouse {
    /// On the way to buyers.
    ToClients,
    /// Coming back from buyers.
    FromClients,
    /// The sum of the others.
    Total,
}

/// The exact names, as the marketplace's reports write or wrote them.
const PSEUDO_WAREHOUSES: [(&str, PseudoWarehouse); 8] = [
    ("В пути до получателей", PseudoWarehouse::ToClients),
    ("В пути возвраты на склад WB", PseudoWarehouse::FromClients),
    ("Всего находится на складах", PseudoWarehouse::Total),
    ("В пути к клиенту", PseudoWarehouse::ToClients),
    ("В ПУТИ К КЛИЕНТУ", PseudoWarehouse::ToClients),
    ("В пути от клиента", PseudoWarehouse::FromClients),
    ("В ПУТИ ОТ КЛИЕНТА", PseudoWarehouse::FromClients),
    ("Итого", PseudoWarehouse::Total),
];

/// What a name of a warehouse stands for, when it stands for no warehouse.
///
/// A name that is not in the table but begins with "В пути" (on the way) is transit of some new kind: never stock,
/// so it is counted with what goes to buyers, unless it speaks of returns.
pub fn pseudo_warehouse(name: &str) -> Option<PseudoWarehouse> {
    let name = name.trim();
    if let Some((_, pseudo)) = PSEUDO_WAREHOUSES.iter().find(|(known, _)| *known == name) {
        return Some(*pseudo);
    }
    let lower = name.to_lowercase();
    if !lower.starts_with("в пути") {
        return None;
    }
    let back = lower.contains("возврат") || lower.contains("от клиент");
    Some(if back { PseudoWarehouse::FromClients } else { PseudoWarehouse::ToClients })
}

/// The number of a warehouse that is only named: the same for the same name, below all that the marketplace gives.
pub(super) fn named_warehouse(name: &str) -> ObservedWarehouse {
    // FNV-1a; 47 bits of it, so that a browser holds the number whole.
    let hash = name.trim().bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    let number = -1_000_000_000 - (hash >> 17).cast_signed();
    let name = name.trim().to_owned();
    ObservedWarehouse { source: StockSource::Marketplace, number, name, region: None }
}

/// A card. `None`: it has no moment of change, which every card has.
pub(super) fn product(card: cards::Card) -> Option<ObservedProduct> {
    let changed_at = card.updated_at.0.or(card.created_at.0)?;
    Some(ObservedProduct {
        article: card.nm_id.0,
        seller_article: card.vendor_code.unwrap_or_default(),
        title: card.title.unwrap_or_default(),
        brand: card.brand,
        subject: card.subject_name,
        photo_url: card.photos.into_iter().find_map(photo),
        changed_at,
        offers: card.sizes.into_iter().map(offer).collect(),
    })
}

/// The smallest picture that is still sharp in a row of a table.
fn photo(photo: cards::Photo) -> Option<String> {
    [photo.c246x328, photo.square, photo.tm, photo.big]
        .into_iter()
        .flatten()
        .find(|url| url.starts_with("https://") && url.len() <= 2000)
}

fn offer(size: cards::Size) -> ObservedOffer {
    // "0" is how the marketplace writes that a thing has no sizes.
    let real = |size: &String| size != "0";
    ObservedOffer {
        number: size.chrt_id.0,
        size: size.wb_size.filter(real).or_else(|| size.tech_size.filter(real)),
        barcodes: size.skus.into_iter().filter_map(said).collect(),
    }
}

/// A warehouse of the marketplace, or what stands for all of them.
pub(super) fn warehouse(row: &mut stock::ReportRow) -> ObservedWarehouse {
    ObservedWarehouse {
        source: StockSource::Marketplace,
        number: row.warehouse_id.0,
        name: row.warehouse_name.take().unwrap_or_else(|| row.warehouse_id.0.to_string()),
        region: row.region_name.take(),
    }
}

/// An order's row. The error names the field that must be there and is not.
pub(super) fn order(row: orders::Order) -> Result<ObservedOrder, &'static str> {
    let key = said(row.srid).ok_or("srid")?;
    let ordered_at = row.date.0.ok_or("date")?;
    let changed_at = row.last_change_date.0.ok_or("lastChangeDate")?;
    Ok(ObservedOrder {
        key,
        article: row.nm_id.0,
        barcode: row.barcode,
        ordered_at,
        changed_at,
        cancelled_at: cancelled(row.is_cancel == Some(true), row.cancel_date, changed_at),
        quantity: 1,
        price_minor: row.finished_price.0.or(row.price_with_disc.0).unwrap_or(0),
        // The method knows no currency: it reports in that of the shop's country, for us roubles.
        currency: "RUB".to_owned(),
        source: None,
        warehouse_name: row.warehouse_name,
        region: row.region_name.or(row.oblast_okrug_name).or(row.country_name),
    })
}

/// A cancellation without a date happened by the time of the row's last change.
fn cancelled(is_cancelled: bool, at: Moment, changed_at: DateTime<Utc>) -> Option<DateTime<Utc>> {
    is_cancelled.then(|| at.0.unwrap_or(changed_at))
}

#[cfg(test)]
#[path = "map_tests.rs"]
mod tests;
