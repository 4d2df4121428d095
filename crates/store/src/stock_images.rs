//! The last snapshot of a source's stock, packed: what the next one is compared with. It says what `stock_levels` says,
//! under the marketplace's numbers, and is written in the same transactions; a level of nothing is not in it.

use crate::{
    engine::bulk::{self, Fixed, Rows},
    error::{Error, Result},
    stock::Pieces,
    tenant::TenantTx,
    tx::on_engine,
};
use domain::{AccountId, OfferId, ProductId, product::StockSource};
use futures::TryStreamExt;
use std::collections::HashMap;
use uuid::Uuid;

/// A level under the marketplace's numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ImageLevel {
    /// The size's number.
    pub offer: i64,
    /// The warehouse's.
    pub warehouse: i64,
    /// What lies there.
    pub pieces: Pieces,
}

/// A part of an image: the levels of all sizes from a number on, up to the next part's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StockImage {
    /// The number from which on.
    pub first: i64,
    /// The levels, packed.
    packed: Vec<u8>,
}

impl StockImage {
    /// Of levels in the order of their sizes' numbers.
    pub fn pack(first: i64, levels: &[ImageLevel]) -> Self {
        let mut packed = Vec::with_capacity(levels.len() * 8);
        let mut before = first;
        for level in levels {
            let Pieces { quantity, in_way_to_client, in_way_from_client } = level.pieces;
            let gap = level.offer.wrapping_sub(before);
            before = level.offer;
            for number in [gap, level.warehouse, quantity, in_way_to_client, in_way_from_client] {
                write(&mut packed, number);
            }
        }
        Self { first, packed }
    }

    /// The levels.
    pub fn levels(&self) -> Result<Vec<ImageLevel>> {
        let mut levels = Vec::with_capacity(self.packed.len() / 6);
        let (mut rest, mut offer) = (self.packed.as_slice(), self.first);
        while !rest.is_empty() {
            let mut next = || {
                read(&mut rest)
                    .ok_or_else(|| Error::Corrupt { column: "image", value: "…".to_owned() })
            };
            offer = offer.wrapping_add(next()?);
            let warehouse = next()?;
            let pieces = Pieces {
                quantity: next()?,
                in_way_to_client: next()?,
                in_way_from_client: next()?,
            };
            levels.push(ImageLevel { offer, warehouse, pieces });
        }
        Ok(levels)
    }
}

/// Seven bits a byte, small numbers of either sign in few bytes.
pub(crate) fn write(packed: &mut Vec<u8>, number: i64) {
    let mut rest = (number << 1 ^ number >> 63).cast_unsigned();
    while rest >= 0x80 {
        packed.push(rest.to_le_bytes()[0] | 0x80);
        rest >>= 7;
    }
    packed.push(rest.to_le_bytes()[0]);
}

pub(crate) fn read(packed: &mut &[u8]) -> Option<i64> {
    let mut number = 0_u64;
    for shift in (0..64).step_by(7) {
        let (byte, rest) = packed.split_first()?;
        *packed = rest;
        number |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some((number >> 1).cast_signed() ^ -(number & 1).cast_signed());
        }
    }
    None
}

const WRITE: &str = "with {rows}
 insert into stock_images (tenant_id, account_id, source, first_number, image)
 select $1, $2, v.source, v.first_number, v.image from v where true
 on conflict (tenant_id, account_id, source, first_number) do update set image = excluded.image";

/// Sizes are near each other in number when they are near each other in a snapshot: the bounds keep the look-up in one
/// stretch of the index.
const OFFERS: &str = "with {rows}
 select o.number, o.id, o.product_id from v cross join offers o
 where o.tenant_id = $1 and o.account_id = $2 and o.number = v.number and o.number between $3 and $4";

impl TenantTx {
    /// The parts of a source's image, in their order.
    pub async fn stock_images(
        &mut self,
        account: AccountId,
        source: StockSource,
    ) -> Result<Vec<StockImage>> {
        let tenant = self.tenant();
        let rows: Vec<(i64, Vec<u8>)> = on_engine!(&mut self.tx, |conn| sqlx::query_as(
            "select first_number, image from stock_images
             where tenant_id = $1 and account_id = $2 and source = $3 order by first_number"
        )
        .bind(tenant)
        .bind(account.0)
        .bind(source.as_str())
        .fetch_all(conn)
        .await?);
        Ok(rows.into_iter().map(|(first, packed)| StockImage { first, packed }).collect())
    }

    /// The same out of the levels themselves, for a source that has no image yet.
    pub async fn stock_image_of_levels(
        &mut self,
        account: AccountId,
        source: StockSource,
    ) -> Result<Vec<ImageLevel>> {
        let tenant = self.tenant();
        let mut levels = Vec::new();
        on_engine!(&mut self.tx, |conn| {
            let mut rows = sqlx::query_as::<_, (i64, i64, i64, i64, i64)>(
                "select o.number, w.number, l.quantity, l.in_way_to_client, l.in_way_from_client
                 from warehouses w
                 join stock_levels l on l.tenant_id = w.tenant_id and l.warehouse_id = w.id
                 join offers o on o.tenant_id = l.tenant_id and o.id = l.offer_id
                 where w.tenant_id = $1 and w.account_id = $2 and w.source = $3",
            )
            .bind(tenant)
            .bind(account.0)
            .bind(source.as_str())
            .fetch(conn);
            while let Some((offer, warehouse, quantity, to, from)) = rows.try_next().await? {
                let pieces = Pieces { quantity, in_way_to_client: to, in_way_from_client: from };
                if pieces != Pieces::default() {
                    levels.push(ImageLevel { offer, warehouse, pieces });
                }
            }
        });
        levels.sort_unstable_by_key(|level| (level.offer, level.warehouse));
        Ok(levels)
    }

    /// Writes parts of an image; an empty one is removed, and the part before it covers its sizes from then on.
    pub async fn write_stock_images(
        &mut self,
        account: AccountId,
        source: StockSource,
        images: &[StockImage],
    ) -> Result<()> {
        let tenant = self.tenant();
        let (full, empty): (Vec<_>, Vec<_>) =
            images.iter().partition(|image| !image.packed.is_empty());
        let fixed = [Fixed::Id(tenant), Fixed::Id(account.0)];
        let rows = Rows::new(full.len())
            .text("source", full.iter().map(|_| source.as_str()))
            .number("first_number", full.iter().map(|image| image.first))
            .bytes("image", full.iter().map(|image| image.packed.as_slice()));
        bulk::execute(&mut self.tx, WRITE, &fixed, &rows).await?;
        for image in empty {
            on_engine!(&mut self.tx, |conn| sqlx::query(
                "delete from stock_images
                 where tenant_id = $1 and account_id = $2 and source = $3 and first_number = $4"
            )
            .bind(tenant)
            .bind(account.0)
            .bind(source.as_str())
            .bind(image.first)
            .execute(conn)
            .await
            .map(drop)?);
        }
        Ok(())
    }

    /// The sizes with these numbers, archived ones too; numbers in their order.
    pub async fn offers_of_numbers(
        &mut self,
        account: AccountId,
        numbers: &[i64],
    ) -> Result<HashMap<i64, (OfferId, ProductId)>> {
        let (Some(first), Some(last)) = (numbers.first(), numbers.last()) else {
            return Ok(HashMap::new());
        };
        let fixed = [
            Fixed::Id(self.tenant()),
            Fixed::Id(account.0),
            Fixed::Number(*first),
            Fixed::Number(*last),
        ];
        let rows = Rows::new(numbers.len()).number("number", numbers.iter().copied());
        let found: Vec<(i64, Uuid, Uuid)> =
            bulk::fetch(&mut self.tx, OFFERS, &fixed, &rows).await?;
        Ok(found
            .into_iter()
            .map(|(number, offer, product)| (number, (OfferId(offer), ProductId(product))))
            .collect())
    }

    /// The numbers of an account's sizes that the marketplace lists, in their order.
    pub async fn listed_numbers(&mut self, account: AccountId) -> Result<Vec<i64>> {
        let tenant = self.tenant();
        Ok(on_engine!(&mut self.tx, |conn| {
            sqlx::query_scalar(
            "select o.number from offers o
             join products p on p.tenant_id = o.tenant_id and p.id = o.product_id
             where o.tenant_id = $1 and o.account_id = $2 and o.archived_at is null and p.archived_at is null
             order by o.number"
        )
        .bind(tenant)
        .bind(account.0)
        .fetch_all(conn)
        .await?
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_comes_back() {
        let level = |offer, warehouse, quantity, to, from| ImageLevel {
            offer,
            warehouse,
            pieces: Pieces { quantity, in_way_to_client: to, in_way_from_client: from },
        };
        let levels = [
            level(i64::MIN, -999_999, 1, 0, 0),
            level(-5, 7, 0, 3, 0),
            level(12, 7, 1_000_000, 0, 2),
            level(12, 8, i64::MAX, i64::MIN, -1),
            level(i64::MAX, i64::MAX, 64, 63, 128),
        ];
        for first in [i64::MIN, 0, 12, i64::MAX] {
            let image = StockImage::pack(first, &levels);
            assert_eq!(image.levels().unwrap(), levels);
        }
        let usual = StockImage::pack(100, &[level(103, 206_348, 12, 1, 0)]);
        assert_eq!(usual.packed.len(), 7);
    }

    #[test]
    fn what_was_cut_is_no_level() {
        let image = StockImage::pack(
            0,
            &[ImageLevel {
                offer: 300,
                warehouse: 7,
                pieces: Pieces { quantity: 5, ..Pieces::default() },
            }],
        );
        for length in 1..image.packed.len() {
            let cut = StockImage { first: 0, packed: image.packed[..length].to_vec() };
            assert!(cut.levels().is_err(), "{length}");
        }
        let endless = StockImage { first: 0, packed: vec![0xff; 20] };
        assert!(endless.levels().is_err());
    }
}
