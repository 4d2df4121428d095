//! Photos: official-looking addresses, and drawings to show in their place.
//!
//! The addresses answer nothing in a demo; a server that shows one to a browser asks `nm_id_of` for
//! the card and `photo_svg` for its picture. Nothing here is fetched.

use super::{Card, pictures::picture};
use crate::random::pick;

/// Backgrounds: light, lighter.
const FIELDS: &[(&str, &str)] = &[
    ("#e8eef6", "#f7f9fc"),
    ("#eef3e6", "#f9fbf5"),
    ("#f6ece6", "#fcf8f5"),
    ("#f1e9f5", "#faf7fc"),
    ("#e6f2f1", "#f5fbfa"),
    ("#f7f1dc", "#fdfaf0"),
];

/// Up to which `vol` a basket reaches; the last takes the rest.
const BASKETS: &[i64] = &[
    143, 287, 431, 719, 1007, 1061, 1115, 1169, 1313, 1601, 1655, 1919, 2045, 2189, 2405, 2621,
    2837,
];

/// The address of a card's photo in a given folder (`big`, `c246x328`, `c516x688`, `square`, `tm`),
/// as Wildberries writes it; photos count from 1.
pub fn photo_url(nm_id: i64, folder: &str, number: u32) -> String {
    let vol = nm_id / 100_000;
    let part = nm_id / 1000;
    let basket = BASKETS.iter().position(|last| vol <= *last).unwrap_or(BASKETS.len()) + 1;
    format!(
        "https://basket-{basket:02}.wbbasket.ru/vol{vol}/part{part}/{nm_id}/images/{folder}/{number}.webp"
    )
}

/// The card that a photo's address belongs to.
pub fn nm_id_of(photo_url: &str) -> Option<i64> {
    let rest = photo_url.strip_prefix("https://basket-")?;
    let mut parts = rest.split('/').skip(3);
    parts.next()?.parse().ok()
}

/// A card's picture: 240 by 320, drawn from its number alone, coloured by its subject and colour.
/// No script, no style sheet, no reference to anything outside.
pub fn photo_svg(nm_id: i64) -> String {
    let card = Card::of(nm_id);
    let (_, _, main, shade) = *card.colour;
    let (low, high) = pick(FIELDS, card.subject.id.unsigned_abs());
    let drawing = picture(card.subject.code)
        .replace("@a", main)
        .replace("@b", shade)
        .replace("@c", if main == "#f5f2ec" { "#b9a98d" } else { "#fdfcf8" });
    format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 240 320" width="240" height="320" role="img"><title>{title}</title><defs><linearGradient id="f" x2="0" y2="1"><stop stop-color="{high}"/><stop offset="1" stop-color="{low}"/></linearGradient></defs><rect width="240" height="320" fill="url(#f)"/><ellipse cx="120" cy="252" rx="76" ry="10" fill="#000" opacity=".08"/>{drawing}</svg>"##,
        title = card.title(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_photo_leads_back_to_its_card() {
        let url = photo_url(183_804_172, "c246x328", 1);
        assert_eq!(
            url,
            "https://basket-12.wbbasket.ru/vol1838/part183804/183804172/images/c246x328/1.webp"
        );
        assert_eq!(nm_id_of(&url), Some(183_804_172));
        assert_eq!(nm_id_of("https://example.com/1.webp"), None);
    }

    #[test]
    fn pictures_are_whole_and_the_same_each_time() {
        for nm in 150_000_000..150_000_100 {
            let picture = photo_svg(nm);
            assert_eq!(picture, photo_svg(nm));
            assert!(picture.starts_with("<svg") && picture.ends_with("</svg>"));
            assert!(!picture.contains('@'), "{picture}");
            assert_eq!(picture.matches("<path").count(), picture.matches("<path d=").count());
        }
    }
}
