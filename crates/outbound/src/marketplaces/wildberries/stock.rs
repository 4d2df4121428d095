//! Stock at the marketplace's warehouses: 250,000 rows a page, cut and mapped while they arrive.

use super::{
    client::{Access, Begun, NAME, Question, Wildberries, failed},
    hosts, map,
    rows::{Rows, RowsProblem},
    snapshot::SnapshotBuilder,
    wire::{self, stock},
};
use crate::marketplaces::{
    aside::Aside,
    failure::{Failure, Reason},
    pace::Paced,
};
use domain::{
    malformed::Malformed,
    observed::{ObservedLevel, StockSnapshot},
};
use reqwest::StatusCode;

/// Rows a page: the most that the marketplace allows.
pub const STOCK_PAGE: u64 = 250_000;

/// A page is about 40 MB.
const CAP: u64 = 256 << 20;

/// A page of stock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StockPage {
    /// What it held; several pages are put together by a [`SnapshotBuilder`].
    pub snapshot: StockSnapshot,
    /// Rows read, those that were set aside too.
    pub rows: u64,
    /// Rows that could not be read.
    pub malformed: Malformed,
    /// Where the next page begins; `None`: this was the last.
    pub next_offset: Option<u64>,
}

impl Wildberries {
    /// The page that begins at an offset (0: the first). One request.
    pub async fn stock_page(
        &self,
        access: &Access<'_>,
        offset: u64,
    ) -> Result<Paced<StockPage>, Failure> {
        let request = stock::ReportRequest { limit: STOCK_PAGE, offset };
        let path = "/api/analytics/v1/stocks-report/wb-warehouses";
        let question = Question { cap: CAP, ..Question::post(hosts::STOCK, path, &request)? };
        let Begun { mut opened, pace } = self.begin(access, question).await?;
        let mut page = Page {
            builder: SnapshotBuilder::new(),
            rows: 0,
            aside: Aside::new(hosts::STOCK.name, access.secrets()),
        };
        // 204: the seller has no stock there.
        if opened.status != StatusCode::NO_CONTENT {
            let mut rows = Rows::at(&["data", "items"]);
            while let Some(chunk) =
                opened.chunk().await.map_err(|trouble| failed(hosts::STOCK, &trouble))?
            {
                rows.push(chunk.as_ref());
                page.take(&mut rows)?;
            }
            rows.finish().map_err(|problem| misshapen(hosts::STOCK.name, page.rows, &problem))?;
        }
        let next_offset = (page.rows >= STOCK_PAGE).then_some(offset + page.rows);
        let malformed = page.aside.take();
        let snapshot = page.builder.finish();
        let value = StockPage { snapshot, rows: page.rows, malformed, next_offset };
        Ok(Paced { value, pace })
    }
}

struct Page {
    builder: SnapshotBuilder,
    rows: u64,
    aside: Aside,
}

impl Page {
    fn take(&mut self, rows: &mut Rows) -> Result<(), Failure> {
        let name = hosts::STOCK.name;
        while let Some(row) = rows.next().map_err(|problem| misshapen(name, self.rows, &problem))? {
            let read = wire::read_row(name, || format!("data.items[{}]", self.rows), row);
            self.rows += 1;
            let mut row: stock::ReportRow = match read {
                Ok(row) => row,
                Err(failure) => {
                    self.aside.row(&failure, row, "chrtId");
                    continue;
                }
            };
            let warehouse = self.builder.warehouse(map::warehouse(&mut row));
            self.builder.level(&ObservedLevel {
                offer: row.chrt_id.0,
                warehouse,
                quantity: row.quantity.0,
                in_way_to_client: row.in_way_to_client.map_or(0, |n| n.0),
                in_way_from_client: row.in_way_from_client.map_or(0, |n| n.0),
            });
        }
        Ok(())
    }
}

/// A list that can't be cut into rows: broken off, or no list at all.
pub(super) fn misshapen(operation: &'static str, row: u64, problem: &RowsProblem) -> Failure {
    match problem {
        RowsProblem::CutOff => {
            let text = format!("the answer broke off after {row} rows");
            Failure::new(NAME, operation, Reason::Unreachable, text)
        }
        RowsProblem::Expected(what) => {
            let text = format!("row {row}: expected {what}");
            Failure::new(NAME, operation, Reason::UnexpectedShape, text)
        }
    }
}
