//! Sample bodies in the official shapes, with the oddities that real ones have.

use super::*;
use crate::marketplaces::wildberries::wire;

fn read<T: serde::de::DeserializeOwned>(body: &str) -> T {
    wire::read("sample", body.as_bytes()).unwrap()
}

#[test]
fn a_card_with_everything() {
    let card = read::<cards::Card>(
        r#"{"nmID":183804172,"imtID":123654789,"nmUUID":"01bda0b1-5c0b-736c-b2be-d0a6543e9be","subjectID":7771,"subjectName":"Кружки",
        "vendorCode":"MUG-350-WHT","brand":"Уют","title":" Кружка 350 мл ","description":"...","needKiz":false,
        "photos":[{"big":"https://basket-10.wbbasket.ru/1.webp","c246x328":"https://basket-10.wbbasket.ru/2.webp","tm":"https://basket-10.wbbasket.ru/3.webp"}],
        "dimensions":{"length":12,"weightBrutto":0.41},"characteristics":[{"id":1,"name":"Цвет","value":["белый"]},{"id":2,"name":"Вес","value":410}],
        "sizes":[{"chrtID":4298461357,"techSize":"0","wbSize":"","skus":["2037031652319"," 4601234567893 ",""]},
                 {"chrtID":298461358,"techSize":"M","wbSize":"46-48","skus":null,"price":1}],
        "newField":{"a":[1]},"createdAt":"2025-12-06T11:17:00.96577Z","updatedAt":"2026-08-19T11:17:00.96577Z"}"#,
    );
    let product = product(card).unwrap();
    assert_eq!(product.article, 183_804_172);
    assert_eq!(product.title, "Кружка 350 мл");
    assert_eq!(product.photo_url.as_deref(), Some("https://basket-10.wbbasket.ru/2.webp"));
    assert_eq!(product.changed_at, "2026-08-19T11:17:00.965770Z".parse::<DateTime<Utc>>().unwrap());
    let [mug, shirt] = &product.offers[..] else { panic!("{product:?}") };
    assert_eq!((mug.number, mug.size.as_deref()), (4_298_461_357, None));
    assert_eq!(mug.barcodes, ["2037031652319", "4601234567893"]);
    assert_eq!((shirt.size.as_deref(), shirt.barcodes.len()), (Some("46-48"), 0));
}

#[test]
fn a_card_with_nearly_nothing() {
    let card = read::<cards::Card>(
        r#"{"nmID":1,"vendorCode":"","brand":null,"photos":null,"sizes":null,"createdAt":"2025-12-06T11:17:00Z","updatedAt":null}"#,
    );
    let product = product(card).unwrap();
    assert_eq!((product.brand, product.photo_url, product.offers.len()), (None, None, 0));
    assert_eq!(product.changed_at, "2025-12-06T11:17:00Z".parse::<DateTime<Utc>>().unwrap());
}

#[test]
fn a_photo_elsewhere_than_https_is_none() {
    let card = read::<cards::Card>(
        r#"{"nmID":1,"photos":[{"big":"javascript:alert(1)","tm":"http://a.example/1"}],"updatedAt":"2025-12-06T11:17:00Z"}"#,
    );
    assert_eq!(product(card).unwrap().photo_url, None);
}

#[test]
fn an_order_and_its_cancellation() {
    let body = |cancel: &str| {
        format!(
            r#"{{"date":"2026-08-18T18:08:31","lastChangeDate":"2026-08-19T10:11:07","warehouseName":"Склад WB РФ","warehouseType":"Склад WB",
            "countryName":"Россия","oblastOkrugName":"Центральный федеральный округ","regionName":"","supplierArticle":"MUG","nmId":183804172,
            "barcode":"2037031652319","techSize":"0","incomeID":56735459,"totalPrice":1887,"discountPercent":18,"spp":26.5,
            "finishedPrice":1145.35,"priceWithDisc":1547,{cancel},"sticker":"","gNumber":"3","srid":"11.rf9ef.3.0","isNew":null}}"#
        )
    };
    let kept =
        order(read(&body(r#""isCancel":false,"cancelDate":"0001-01-01T00:00:00""#))).unwrap();
    assert_eq!(
        (kept.key.as_str(), kept.price_minor, kept.cancelled_at),
        ("11.rf9ef.3.0", 114_535, None)
    );
    assert_eq!(kept.ordered_at, "2026-08-18T15:08:31Z".parse::<DateTime<Utc>>().unwrap());
    assert_eq!(kept.region.as_deref(), Some("Центральный федеральный округ"));
    let gone = order(read(&body(r#""isCancel":true,"cancelDate":"2026-08-19T00:00:00""#))).unwrap();
    assert_eq!(gone.cancelled_at, Some("2026-08-18T21:00:00Z".parse().unwrap()));
    let undated =
        order(read(&body(r#""isCancel":true,"cancelDate":"0001-01-01T00:00:00""#))).unwrap();
    assert_eq!(undated.cancelled_at, Some(undated.changed_at));
}

#[test]
fn an_order_without_its_key_or_dates_names_the_field() {
    let at = r#""date":"2026-08-18T18:08:31","lastChangeDate":"2026-08-19T10:11:07""#;
    assert_eq!(order(read(&format!(r#"{{"nmId":1,"srid":" ",{at}}}"#))), Err("srid"));
    assert_eq!(order(read(r#"{"nmId":1,"srid":"a","date":"2026-08-18"}"#)), Err("lastChangeDate"));
}

#[test]
fn a_mistake_in_a_body_names_its_place() {
    let card = br#"{"nmID":2,"sizes":[{"chrtID":"x"}]}"#;
    let place = || "cards[1]".to_owned();
    let failure = wire::read_row::<cards::Card>("cards/list", place, card).err().unwrap();
    assert!(failure.text().starts_with("cards[1].sizes[0].chrtID: "), "{failure}");
}

#[test]
fn pseudo_warehouses_are_known_by_name() {
    let cases = [
        ("В пути до получателей", Some(PseudoWarehouse::ToClients)),
        ("В пути возвраты на склад WB", Some(PseudoWarehouse::FromClients)),
        ("Всего находится на складах", Some(PseudoWarehouse::Total)),
        ("Итого", Some(PseudoWarehouse::Total)),
        ("В ПУТИ ОТ КЛИЕНТА", Some(PseudoWarehouse::FromClients)),
        ("В пути между складами", Some(PseudoWarehouse::ToClients)),
        ("В пути возвраты продавцу", Some(PseudoWarehouse::FromClients)),
        ("Склад WB РФ", None),
        ("Минск", None),
        ("Итоговый склад", None),
        ("Впутино", None),
        ("", None),
    ];
    for (name, expected) in cases {
        assert_eq!(pseudo_warehouse(name), expected, "{name}");
    }
}
