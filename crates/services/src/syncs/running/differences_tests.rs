use super::*;
use domain::malformed::MalformedRow;

const WAREHOUSES: [i64; 3] = [50, -999_999, 7];

fn told(offer: i64, warehouse: usize, quantity: i64) -> ObservedLevel {
    ObservedLevel { offer, warehouse, quantity, in_way_to_client: 0, in_way_from_client: 0 }
}

fn all(
    images: &[StockImage],
    loose: &[ImageLevel],
    levels: &[ObservedLevel],
    malformed: &Malformed,
) -> Vec<Part> {
    parts(images, loose, levels, &WAREHOUSES, malformed).map(Result::unwrap).collect()
}

/// What a next snapshot is compared with.
fn images(parts: &[Part], before: &[StockImage]) -> Vec<StockImage> {
    let mut images: Vec<StockImage> = before.to_vec();
    for part in parts.iter().filter(|p| p.is_new || !p.differences.is_empty()) {
        images.retain(|image| image.first != part.first);
        if !part.image.is_empty() {
            images.push(StockImage::pack(part.first, &part.image));
        }
    }
    images.sort_unstable_by_key(|image| image.first);
    images
}

fn differences(parts: &[Part]) -> Vec<(i64, i64, i64, i64)> {
    let all = parts.iter().flat_map(|part| &part.differences);
    all.map(|d| (d.offer, d.warehouse, d.old.quantity, d.now.quantity)).collect()
}

#[test]
fn a_missing_pair_of_a_whole_snapshot_holds_nothing() {
    let nothing = Malformed::default();
    let first = [told(1, 0, 5), told(1, 1, 2), told(2, 0, 0), told(9, 2, 4)];
    let parts = all(&[], &[], &first, &nothing);
    assert_eq!(differences(&parts), [(1, -999_999, 0, 2), (1, 50, 0, 5), (9, 7, 0, 4)]);
    let known = images(&parts, &[]);
    assert_eq!(differences(&all(&known, &[], &first, &nothing)), []);

    let second = [told(1, 0, 5), told(3, 0, 1)];
    let parts = all(&known, &[], &second, &nothing);
    assert_eq!(differences(&parts), [(1, -999_999, 2, 0), (3, 50, 0, 1), (9, 7, 4, 0)]);
    let [part] = parts.as_slice() else { panic!("{parts:?}") };
    assert_eq!((part.had, part.sizes, part.silent, part.image.len()), (3, 2, 1, 2));
}

#[test]
fn a_row_that_cant_be_read_is_no_zero() {
    let nothing = Malformed::default();
    let known = images(&all(&[], &[], &[told(1, 0, 5), told(9, 2, 4)], &nothing), &[]);
    let row = || MalformedRow { operation: "", problem: String::new(), raw: String::new() };
    let mut malformed = Malformed::default();
    malformed.push(row(), Some(9));
    assert_eq!(differences(&all(&known, &[], &[], &malformed)), [(1, 50, 5, 0)]);
    malformed.push(row(), None);
    let parts = all(&known, &[], &[], &malformed);
    assert_eq!(differences(&parts), []);
    assert_eq!(parts[0].image.len(), 2, "what is kept is kept in the image");
}

#[test]
fn levels_without_an_image_are_compared_with_too() {
    let pieces = |quantity| Pieces { quantity, ..Pieces::default() };
    let level = |offer, quantity| ImageLevel { offer, warehouse: 50, pieces: pieces(quantity) };
    let loose = [level(1, 5), level(4, 6)];
    let parts = all(&[], &loose, &[told(4, 0, 6), told(5, 0, 1)], &Malformed::default());
    assert_eq!(differences(&parts), [(1, 50, 5, 0), (5, 50, 0, 1)]);
    assert!(parts[0].is_new, "an image is made of them even if nothing differs");
}

/// Random snapshots one after the other: the image always says what the last snapshot said, and the differences lead
/// from one to the next.
#[test]
fn images_follow_snapshots_through_growth_and_shrinking() {
    let mut seed = 7_u64;
    let mut random = |below: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % below
    };
    let (mut known, mut before) = (Vec::new(), std::collections::BTreeMap::new());
    for size in [0_u64, 9_000, 9_000, 200, 0, 30_000, 31_000, 5] {
        let mut levels: Vec<ObservedLevel> = (0..size)
            .map(|_| {
                let (offer, quantity) = (random(40_000), random(3));
                told(
                    offer.cast_signed(),
                    usize::try_from(random(3)).unwrap(),
                    quantity.cast_signed(),
                )
            })
            .collect();
        levels.sort_unstable_by_key(|level| (level.offer, level.warehouse));
        levels.dedup_by_key(|level| (level.offer, level.warehouse));
        let parts = all(&known, &[], &levels, &Malformed::default());
        assert!(parts.iter().all(|part| part.image.len() <= 2 * LEVELS + 3));
        for d in parts.iter().flat_map(|part| &part.differences) {
            let old = before.insert((d.offer, d.warehouse), d.now).unwrap_or_default();
            assert_eq!(old, d.old);
            assert_ne!(d.old, d.now);
        }
        before.retain(|_, pieces| *pieces != Pieces::default());
        let told: std::collections::BTreeMap<_, _> = levels
            .iter()
            .map(|level| ((level.offer, WAREHOUSES[level.warehouse]), pieces(level)))
            .filter(|(_, pieces)| *pieces != Pieces::default())
            .collect();
        assert_eq!(before, told);
        known = images(&parts, &known);
        let image: std::collections::BTreeMap<_, _> = known
            .iter()
            .flat_map(|image| image.levels().unwrap())
            .map(|level| ((level.offer, level.warehouse), level.pieces))
            .collect();
        assert_eq!(image, told);
    }
}
