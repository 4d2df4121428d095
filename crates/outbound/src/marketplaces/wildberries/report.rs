//! The stock of past days, as a report that is asked for, made while one waits, and fetched as an archive. It brings a new
//! account its past: three calls, the waiting between them is the caller's.

use super::{
    archive,
    client::{Access, NAME, Question, Wildberries},
    history::StockHistory,
    hosts,
    remains::ReportState,
    wire::{self, report},
};
use crate::marketplaces::{
    failure::{Failure, Reason},
    pace::Paced,
};
use chrono::NaiveDate;
use uuid::Uuid;

/// A packed report of a large shop.
const CAP: u64 = 512 << 20;

/// So many days back from today the report may begin: three months.
pub const HISTORY_DAYS: i64 = 90;

const PATH: &str = "/api/v2/nm-report/downloads";

impl Wildberries {
    /// Asks for the stock at the end of each day of a period, under a number of our own that no other report has. One
    /// request.
    pub async fn ask_for_stock_history(
        &self,
        access: &Access<'_>,
        id: Uuid,
        (first, last): (NaiveDate, NaiveDate),
    ) -> Result<Paced<()>, Failure> {
        let request = report::Request {
            id,
            report_type: "STOCK_HISTORY_DAILY_CSV",
            user_report_name: "Stock Tracker",
            params: report::Params {
                current_period: report::Period { start: first, end: last },
                stock_type: "",
                skip_deleted_nm: true,
            },
        };
        let read = self.ask(access, Question::post(hosts::REPORT, PATH, &request)?).await?;
        Ok(Paced { value: (), pace: read.pace })
    }

    /// How a report stands. One request.
    pub async fn report_state(
        &self,
        access: &Access<'_>,
        id: Uuid,
    ) -> Result<Paced<ReportState>, Failure> {
        let wanted = id.to_string();
        let query = [("filter[downloadIds]", wanted.as_str())];
        let question = Question { query: &query, ..Question::get(hosts::REPORT_STATE, PATH) };
        let read = self.ask(access, question).await?;
        let answer: report::List = wire::read(hosts::REPORT_STATE.name, &read.body)?;
        let value = match answer.data.iter().find(|report| report.id == id) {
            // One that is not told of was forgotten.
            None => ReportState::Gone,
            Some(report) => match report.status.as_deref() {
                Some("SUCCESS") => ReportState::Ready,
                Some("FAILED") => ReportState::Gone,
                _ => ReportState::Waiting,
            },
        };
        Ok(Paced { value, pace: read.pace })
    }

    /// Fetches a report. One request.
    pub async fn stock_history(
        &self,
        access: &Access<'_>,
        id: Uuid,
    ) -> Result<Paced<StockHistory>, Failure> {
        let name = hosts::REPORT_FILE.name;
        let path = format!("{PATH}/file/{id}");
        let question = Question { cap: CAP, ..Question::get(hosts::REPORT_FILE, &path) };
        let read = self.ask(access, question).await?;
        let wrong = |text: String| Failure::new(NAME, name, Reason::UnexpectedShape, text);
        let text = archive::open(read.body).map_err(|problem| wrong(problem.to_owned()))?;
        let value = StockHistory::open(text).map_err(wrong)?;
        Ok(Paced { value, pace: read.pace })
    }
}
