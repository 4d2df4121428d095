//! Stock at the seller's own warehouses: the warehouses, then the sizes at each, a thousand at a time.

use super::{
    client::{Access, NAME, Question, Wildberries},
    hosts,
    wire::{self, stock},
};
use crate::marketplaces::{
    aside::Aside,
    failure::{Failure, Reason},
    pace::Paced,
};
use domain::{
    malformed::Malformed,
    observed::{ObservedLevel, ObservedWarehouse},
    product::StockSource,
};

/// The most sizes that one question may name.
pub const MAX_SIZES: usize = 1000;

/// A warehouse of the seller's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SellerWarehouse {
    /// As a snapshot names it.
    pub warehouse: ObservedWarehouse,
    /// It is being deleted and will leave the list.
    pub deleting: bool,
    /// It is being updated, for minutes; its stock can still be read.
    pub processing: bool,
    /// 1 FBS, 2 DBS, 3 DBW, 5 pick-up, 6 EDBS, or something newer.
    pub delivery_type: Option<i64>,
}

/// A size at a warehouse of the seller's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SellerLevel {
    /// WB `chrtId`.
    pub offer: i64,
    /// Pieces.
    pub quantity: i64,
}

/// The answer for some sizes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SellerStock {
    /// What there is.
    pub levels: Vec<SellerLevel>,
    /// Rows that could not be read.
    pub malformed: Malformed,
}

impl SellerLevel {
    /// The same for a snapshot, at one of its warehouses. Nothing is told of transit.
    pub fn at(self, warehouse: usize) -> ObservedLevel {
        let Self { offer, quantity } = self;
        ObservedLevel { offer, warehouse, quantity, in_way_to_client: 0, in_way_from_client: 0 }
    }
}

impl Wildberries {
    /// The seller's warehouses, those being deleted too. One request.
    pub async fn seller_warehouses(
        &self,
        access: &Access<'_>,
    ) -> Result<Paced<Vec<SellerWarehouse>>, Failure> {
        let question = Question::get(hosts::WAREHOUSES, "/api/v3/warehouses");
        let read = self.ask(access, question).await?;
        let rows: Option<Vec<stock::Warehouse>> = wire::read(hosts::WAREHOUSES.name, &read.body)?;
        let value = rows.unwrap_or_default().into_iter().map(warehouse).collect();
        Ok(Paced { value, pace: read.pace })
    }

    /// The stock of at most [`MAX_SIZES`] sizes at a warehouse. A size that is not in the answer has none. One request.
    pub async fn seller_stock(
        &self,
        access: &Access<'_>,
        warehouse: i64,
        sizes: &[i64],
    ) -> Result<Paced<SellerStock>, Failure> {
        if sizes.is_empty() || sizes.len() > MAX_SIZES {
            let text = format!("{} sizes, 1 to {MAX_SIZES} may be asked for", sizes.len());
            return Err(Failure::new(NAME, hosts::SELLER_STOCK.name, Reason::OurFault, text));
        }
        let path = format!("/api/v3/stocks/{warehouse}");
        let request = stock::StocksRequest { chrt_ids: sizes };
        let question = Question::post(hosts::SELLER_STOCK, &path, &request)?;
        let read = self.ask(access, question).await?;
        let name = hosts::SELLER_STOCK.name;
        let answer: stock::StocksAnswer = wire::read(name, &read.body)?;
        let mut aside = Aside::new(name, access.secrets());
        let mut levels = Vec::with_capacity(answer.stocks.len());
        for (at, row) in answer.stocks.into_iter().enumerate() {
            let row = row.get().as_bytes();
            match wire::read_row::<stock::StocksRow>(name, || format!("stocks[{at}]"), row) {
                Ok(row) => {
                    levels.push(SellerLevel { offer: row.chrt_id.0, quantity: row.amount.0 });
                }
                Err(failure) => aside.row(&failure, row, "chrtId"),
            }
        }
        Ok(Paced { value: SellerStock { levels, malformed: aside.take() }, pace: read.pace })
    }
}

fn warehouse(row: stock::Warehouse) -> SellerWarehouse {
    SellerWarehouse {
        warehouse: ObservedWarehouse {
            source: StockSource::Seller,
            number: row.id.0,
            name: row.name.unwrap_or_else(|| row.id.0.to_string()),
            region: None,
        },
        deleting: row.is_deleting == Some(true),
        processing: row.is_processing == Some(true),
        delivery_type: row.delivery_type.map(|kind| kind.0),
    }
}
