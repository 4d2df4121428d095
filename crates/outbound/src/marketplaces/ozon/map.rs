//! From Ozon's words to ours: products, postings, returns.

use super::{
    products::Traits,
    wire::{postings, products, returns},
};
use crate::marketplaces::lenient::said;
use domain::observed::{ObservedOffer, ObservedProduct};

/// Ozon's numbers of the attribute "brand": of all things, and of clothes and shoes.
const BRAND: [i64; 2] = [85, 31];

/// Its number of the attribute "kind".
const KIND: i64 = 8229;

/// How a seller says that a thing has no brand.
const NO_BRAND: &str = "Нет бренда";

/// A product; nothing: it is archived. The error names the field that must be there and is not.
pub(super) fn product(
    info: products::Info,
    traits: Traits,
) -> Result<Option<ObservedProduct>, &'static str> {
    if info.is_archived == Some(true) || info.is_autoarchived == Some(true) {
        return Ok(None);
    }
    let changed_at = info.updated_at.0.or(info.created_at.0).ok_or("updated_at")?;
    let seller_article = info.offer_id.unwrap_or_default();
    let barcodes = info.barcodes.into_iter().filter_map(said).collect();
    // A product that was never for sale has no sku yet.
    let sku = info.sku.map(|sku| sku.0).filter(|sku| *sku > 0);
    Ok(Some(ObservedProduct {
        article: info.id.0,
        title: info.name.unwrap_or_else(|| seller_article.clone()),
        seller_article,
        brand: traits.brand,
        subject: traits.kind,
        photo_url: info.primary_image.into_iter().chain(info.images).find(|url| is_photo(url)),
        changed_at,
        offers: sku
            .map(|number| ObservedOffer { number, size: None, barcodes })
            .into_iter()
            .collect(),
    }))
}

fn is_photo(url: &str) -> bool {
    url.starts_with("https://") && url.len() <= 2000
}

/// What attributes tell.
pub(super) fn traits(attributes: Vec<products::Attribute>) -> Traits {
    let mut traits = Traits::default();
    for attribute in attributes {
        let number = attribute.id.0;
        let mut value = attribute.values.into_iter().find_map(|value| value.value);
        if BRAND.contains(&number) && traits.brand.is_none() {
            traits.brand = value.take().filter(|brand| brand != NO_BRAND);
        } else if number == KIND && traits.kind.is_none() {
            traits.kind = value.take();
        }
    }
    traits
}

/// Where a posting ships from, when told.
pub(super) fn ships_from(posting: &postings::Posting) -> Option<String> {
    let method = posting.delivery_method.as_ref().and_then(|method| method.warehouse.clone());
    let data = posting.analytics_data.as_ref();
    method.or_else(|| data.and_then(|data| data.warehouse_name.clone().or(data.warehouse.clone())))
}

/// Where a posting goes, when told: the cluster, else the region, else the city.
pub(super) fn goes_to(posting: &postings::Posting) -> Option<String> {
    let cluster = posting.financial_data.as_ref().and_then(|data| data.cluster_to.clone());
    let data = posting.analytics_data.as_ref();
    cluster.or_else(|| data.and_then(|data| data.region.clone().or(data.city.clone())))
}

/// Whether a return brings back what had reached its buyer. A parcel that was cancelled, or refused whole at the
/// counter, comes back too, but was never sold. `None`: a word that says neither.
pub(super) fn was_sold(row: &returns::Return) -> Option<bool> {
    match row.kind.as_deref()? {
        "ClientReturn" | "PartialReturn" | "Unknown" => Some(true),
        "Cancellation" | "FullReturn" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // As in the contract of 2026-06-11.
    const INFO: &str = r#"{"id":1003123456,"sku":1487035011,"offer_id":"MUG-350-WHT","name":"Кружка керамическая 350 мл",
        "barcodes":["OZN1487035011"," 4601234567893",""],"currency_code":"RUB","price":"499.0000","old_price":"790.0000",
        "is_archived":false,"is_autoarchived":false,"created_at":"2025-03-11T11:57:51.811Z",
        "updated_at":"2026-08-19T04:12:09.118Z","images":["https://cdn1.ozone.ru/s3/multimedia-1/6900000001.jpg"],
        "primary_image":["https://cdn1.ozone.ru/s3/multimedia-1/6900000000.jpg"],"volume_weight":0.9,
        "stocks":{"has_stock":true,"stocks":[]},"statuses":{"status":"price_sent"},"a_new_field":{"x":[1]}}"#;

    fn read(json: &str) -> Result<Option<ObservedProduct>, &'static str> {
        product(serde_json::from_str(json).unwrap(), Traits::default())
    }

    #[test]
    fn a_product_has_one_size() {
        let product = read(INFO).unwrap().unwrap();
        assert_eq!(
            (product.article, product.seller_article.as_str()),
            (1_003_123_456, "MUG-350-WHT")
        );
        assert_eq!(product.offers.len(), 1);
        assert_eq!(product.offers[0].number, 1_487_035_011);
        assert_eq!(product.offers[0].barcodes, ["OZN1487035011", "4601234567893"]);
        assert_eq!(
            product.photo_url.as_deref(),
            Some("https://cdn1.ozone.ru/s3/multimedia-1/6900000000.jpg")
        );
        assert_eq!(product.changed_at.to_rfc3339(), "2026-08-19T04:12:09.118+00:00");
    }

    #[test]
    fn what_may_be_missing_is_missing() {
        let bare = r#"{"id":"5","sku":0,"offer_id":"a","name":null,"primary_image":null,"created_at":"2025-03-11T11:57:51Z"}"#;
        let product = read(bare).unwrap().unwrap();
        assert_eq!((product.title.as_str(), product.offers.len()), ("a", 0));
        assert_eq!(product.photo_url, None);
        assert_eq!(read(r#"{"id":5}"#), Err("updated_at"));
        let archived = r#"{"id":5,"is_autoarchived":true,"updated_at":"2025-03-11T11:57:51Z"}"#;
        assert_eq!(read(archived), Ok(None));
    }

    #[test]
    fn attributes_tell_brand_and_kind() {
        let json = r#"[{"id":5076,"complex_id":0,"values":[{"dictionary_value_id":39638,"value":"Xiaomi"}]},
            {"id":85,"complex_id":0,"values":[{"dictionary_value_id":971034861,"value":"Brand"}]},
            {"id":8229,"values":[{"value":"Защитная пленка"}]},{"id":9048,"values":null}]"#;
        let found = traits(serde_json::from_str(json).unwrap());
        assert_eq!(found.brand.as_deref(), Some("Brand"));
        assert_eq!(found.kind.as_deref(), Some("Защитная пленка"));
        let none = traits(
            serde_json::from_str(r#"[{"id":31,"values":[{"value":"Нет бренда"}]}]"#).unwrap(),
        );
        assert_eq!(none, Traits::default());
    }
}
