//! Stock at the marketplace's warehouses as a report that is made while one waits: what kinds of tokens can read that
//! may not use the report of the moment. Three calls; the waiting between them is the caller's.
//!
//! It names warehouses, never numbers them, and some of the names are no warehouses.

use super::{
    client::{Access, Begun, NAME, Question, Wildberries, failed},
    hosts,
    lenient::said,
    map::{PseudoWarehouse, named_warehouse, pseudo_warehouse},
    rows::Rows,
    stock::misshapen,
    wire::{self, remains},
};
use crate::marketplaces::{
    aside::Aside,
    failure::{Failure, Reason},
    pace::Paced,
};
use domain::{malformed::Malformed, observed::ObservedWarehouse};
use reqwest::StatusCode;

/// A report of a large shop.
const CAP: u64 = 512 << 20;

/// How a report that was asked for stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReportState {
    /// Being made, or in a state of which we know nothing.
    Waiting,
    /// To be fetched.
    Ready,
    /// It will not come: ask for another.
    Gone,
}

/// A size in the report, by its barcode.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remains {
    /// Its card.
    pub article: i64,
    /// The barcode.
    pub barcode: String,
    /// Pieces that can be sold, at each warehouse.
    pub levels: Vec<(ObservedWarehouse, i64)>,
    /// Pieces on the way to buyers.
    pub in_way_to_client: i64,
    /// Pieces on the way back.
    pub in_way_from_client: i64,
}

/// A report.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RemainsReport {
    /// Its sizes; one without a piece anywhere is among them, without levels.
    pub sizes: Vec<Remains>,
    /// Rows that could not be read.
    pub malformed: Malformed,
    /// Rows, those that were set aside too.
    pub rows: u64,
}

impl Wildberries {
    /// Asks for a report and gets the number under which it is made. One request.
    pub async fn ask_for_remains(&self, access: &Access<'_>) -> Result<Paced<String>, Failure> {
        let by = ["groupByNm", "groupBySize", "groupByBarcode", "groupBySa"];
        let query = by.map(|group| (group, "true"));
        let question = Question::get(hosts::REMAINS, "/api/v1/warehouse_remains");
        let read = self.ask(access, Question { query: &query, ..question }).await?;
        let answer: remains::Made = wire::read(hosts::REMAINS.name, &read.body)?;
        Ok(Paced { value: answer.data.task_id, pace: read.pace })
    }

    /// How a report stands. One request.
    pub async fn remains_state(
        &self,
        access: &Access<'_>,
        task: &str,
    ) -> Result<Paced<ReportState>, Failure> {
        let path = task_path(task, "status")?;
        let read = self.ask(access, Question::get(hosts::REMAINS_STATE, &path)).await?;
        let answer: remains::State = wire::read(hosts::REMAINS_STATE.name, &read.body)?;
        let value = match answer.data.status.as_deref() {
            Some("done") => ReportState::Ready,
            Some("purged" | "canceled") => ReportState::Gone,
            _ => ReportState::Waiting,
        };
        Ok(Paced { value, pace: read.pace })
    }

    /// Fetches a report. One request; `NotFound`: it is gone.
    pub async fn remains(
        &self,
        access: &Access<'_>,
        task: &str,
    ) -> Result<Paced<RemainsReport>, Failure> {
        let path = task_path(task, "download")?;
        let question = Question { cap: CAP, ..Question::get(hosts::REMAINS_FILE, &path) };
        let Begun { mut opened, pace } = self.begin(access, question).await?;
        let name = hosts::REMAINS_FILE.name;
        let mut aside = Aside::new(name, access.secrets());
        let mut report = RemainsReport::default();
        // 204: there is nothing anywhere.
        if opened.status != StatusCode::NO_CONTENT {
            let mut rows = Rows::at(&[]);
            while let Some(chunk) =
                opened.chunk().await.map_err(|trouble| failed(hosts::REMAINS_FILE, &trouble))?
            {
                rows.push(chunk.as_ref());
                take(&mut rows, &mut report, &mut aside)?;
            }
            rows.finish().map_err(|problem| misshapen(name, report.rows, &problem))?;
        }
        report.malformed = aside.take();
        Ok(Paced { value: report, pace })
    }
}

/// A task's number goes into a path: it is one word.
fn task_path(task: &str, what: &str) -> Result<String, Failure> {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-';
    if task.is_empty() || task.len() > 100 || !task.chars().all(plain) {
        let text = "the task has no number that could be asked for";
        return Err(Failure::new(NAME, hosts::REMAINS.name, Reason::UnexpectedShape, text));
    }
    Ok(format!("/api/v1/warehouse_remains/tasks/{task}/{what}"))
}

fn take(rows: &mut Rows, report: &mut RemainsReport, aside: &mut Aside) -> Result<(), Failure> {
    let name = hosts::REMAINS_FILE.name;
    while let Some(row) = rows.next().map_err(|problem| misshapen(name, report.rows, &problem))? {
        let place = || format!("[{}]", report.rows);
        let read = wire::read_row::<remains::Row>(name, place, row).and_then(|row| {
            size(row).ok_or_else(|| {
                let text = format!("{}.barcode: missing", place());
                Failure::new(NAME, name, Reason::UnexpectedShape, text)
            })
        });
        report.rows += 1;
        match read {
            Ok(size) => report.sizes.push(size),
            // It numbers no size, so a row that can't be read may be about any.
            Err(failure) => aside.row(&failure, row, "chrtId"),
        }
    }
    Ok(())
}

fn size(row: remains::Row) -> Option<Remains> {
    let barcode = row.barcode.and_then(said)?;
    let mut size = Remains {
        article: row.nm_id.0,
        barcode,
        levels: Vec::with_capacity(row.warehouses.len()),
        in_way_to_client: 0,
        in_way_from_client: 0,
    };
    for place in row.warehouses {
        let Some(name) = place.warehouse_name else { continue };
        let quantity = place.quantity.0;
        match pseudo_warehouse(&name) {
            Some(PseudoWarehouse::ToClients) => size.in_way_to_client += quantity,
            Some(PseudoWarehouse::FromClients) => size.in_way_from_client += quantity,
            // The sum of the others is counted once, by counting the others.
            Some(PseudoWarehouse::Total) => {}
            None => size.levels.push((named_warehouse(&name), quantity)),
        }
    }
    Some(size)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(body: &str) -> RemainsReport {
        let mut rows = Rows::at(&[]);
        rows.push(body.as_bytes());
        let (mut report, mut aside) = (RemainsReport::default(), Aside::new("remains", []));
        take(&mut rows, &mut report, &mut aside).unwrap();
        rows.finish().unwrap();
        report.malformed = aside.take();
        report
    }

    #[test]
    fn what_is_no_warehouse_is_no_stock() {
        let report = read(
            r#"[{"brand":"Уют","subjectName":"Кружки","vendorCode":"MUG-350-WHT","nmId":183804172,
            "barcode":"2037031652319","techSize":"0","volume":1.33,"warehouses":[
            {"warehouseName":"В пути до получателей","quantity":14},
            {"warehouseName":"В пути возвраты на склад WB","quantity":4},
            {"warehouseName":"Всего находится на складах","quantity":267},
            {"warehouseName":"Склад WB РФ","quantity":134},{"warehouseName":"Склад WB СГТ РФ","quantity":10},
            {"warehouseName":"Минск","quantity":123}]},
            {"nmId":5,"barcode":"1","warehouses":null},{"nmId":6,"barcode":"2"},{"nmId":7}]"#,
        );
        let mug = &report.sizes[0];
        assert_eq!((mug.in_way_to_client, mug.in_way_from_client), (14, 4));
        let levels: Vec<_> = mug.levels.iter().map(|(w, n)| (w.name.as_str(), *n)).collect();
        assert_eq!(levels, [("Склад WB РФ", 134), ("Склад WB СГТ РФ", 10), ("Минск", 123)]);
        assert!(mug.levels.iter().all(|(w, _)| w.number < -999_999));
        assert!(report.sizes[1].levels.is_empty() && report.sizes[2].levels.is_empty());
        assert_eq!((report.rows, report.malformed.count), (4, 1));
        assert_eq!(report.malformed.nameless, 1);
    }

    #[test]
    fn a_task_is_one_word() {
        assert!(task_path("06e06887-9d9f-491f-b16a-bb1766fcb8d2", "status").is_ok());
        for task in ["", "a/../b", "a?b", "ж"] {
            assert!(task_path(task, "status").is_err(), "{task}");
        }
    }
}
