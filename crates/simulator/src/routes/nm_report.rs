//! `/api/v2/nm-report/downloads`: reports that are asked for, made after a while, and fetched as a CSV in an archive.
//! Of the reports only that of the stock of past days.
//!
//! The seller names a report; what was asked for under the name is remembered for two days.

use crate::moscow::start_of;
use crate::problem::{Place, analytics, answer as with_body, json_answer};
use crate::world::World;
use crate::world::item::Item;
use crate::world::warehouses::{Warehouse, reported};
use crate::{Operation, Simulator};
use axum::Extension;
use axum::body::Bytes;
use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use chrono::{NaiveDate, TimeDelta};
use flate2::{Compression, Crc, write::DeflateEncoder};
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;
use std::io::Write as _;
use std::sync::{Mutex, PoisonError};
use uuid::Uuid;

/// For so long a made report can be fetched, seconds.
const KEPT: i64 = 48 * 3600;

/// Reports that were asked for.
#[derive(Debug, Default)]
pub(crate) struct Reports(Mutex<HashMap<Uuid, Report>>);

#[derive(Clone, Debug)]
struct Report {
    made_at: i64,
    name: String,
    days: (i64, i64),
    stock_type: String,
    skip_deleted: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Wanted {
    id: Uuid,
    report_type: String,
    #[serde(default)]
    user_report_name: Option<String>,
    params: Params,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Params {
    current_period: Period,
    stock_type: String,
    skip_deleted_nm: bool,
}

#[derive(Deserialize)]
struct Period {
    start: NaiveDate,
    end: NaiveDate,
}

fn day(date: NaiveDate) -> i64 {
    (date - NaiveDate::default()).num_days()
}

/// `POST /api/v2/nm-report/downloads`.
pub(crate) async fn create(
    State(simulator): State<Simulator>,
    Extension(place): Extension<Place>,
    body: Bytes,
) -> Response {
    let refused = |detail: &str| analytics(detail, "application/json", &place);
    let wanted: Wanted = match serde_json::from_slice(&body) {
        Ok(wanted) => wanted,
        Err(problem) => return refused(&problem.to_string()),
    };
    let now = simulator.now().timestamp();
    let Period { start, end } = wanted.params.current_period;
    let today = day(simulator.now().date_naive());
    if wanted.report_type != "STOCK_HISTORY_DAILY_CSV" {
        return refused("reportType: this one is not simulated");
    }
    if start > end || day(end) > today + 1 || day(start) < today - 93 {
        return refused("currentPeriod: not within the last 3 months");
    }
    if !["", "wb", "mp"].contains(&wanted.params.stock_type.as_str()) {
        return refused("stockType: one of '', wb, mp");
    }
    let mut reports = simulator.0.reports.0.lock().unwrap_or_else(PoisonError::into_inner);
    reports.retain(|_, report| now - report.made_at < KEPT);
    if reports.contains_key(&wanted.id) {
        return refused("id: is taken by another report");
    }
    let report = Report {
        made_at: now,
        name: wanted.user_report_name.unwrap_or_default(),
        days: (day(start), day(end)),
        stock_type: wanted.params.stock_type,
        skip_deleted: wanted.params.skip_deleted_nm,
    };
    reports.insert(wanted.id, report);
    json_answer(StatusCode::OK, &json!({"data": "Начали формирование файла/отчета"}))
}

/// `GET /api/v2/nm-report/downloads`.
pub(crate) async fn list(
    State(simulator): State<Simulator>,
    RawQuery(query): RawQuery,
) -> Response {
    let query = query.unwrap_or_default().to_lowercase();
    let now = simulator.now().timestamp();
    let takes = simulator.0.settings.reports_take.num_seconds();
    let reports = simulator.0.reports.0.lock().unwrap_or_else(PoisonError::into_inner);
    let told: Vec<Value> = reports
        .iter()
        .filter(|(id, _)| query.is_empty() || query.contains(&id.to_string()))
        .map(|(id, report)| {
            let status = match now - report.made_at {
                age if age < takes / 3 => "WAITING",
                age if age < takes => "PROCESSING",
                _ => "SUCCESS",
            };
            json!({
                "id": id,
                "createdAt": crate::moscow::text(report.made_at).replace('T', " "),
                "status": status,
                "name": report.name,
                "size": 123,
                "startDate": date(report.days.0).format("%Y-%m-%d").to_string(),
                "endDate": date(report.days.1).format("%Y-%m-%d").to_string(),
            })
        })
        .collect();
    json_answer(StatusCode::OK, &json!({ "data": told }))
}

/// `GET /api/v2/nm-report/downloads/file/{downloadId}`.
pub(crate) async fn file(
    State(simulator): State<Simulator>,
    Extension(place): Extension<Place>,
    Path(id): Path<String>,
) -> Response {
    let now = simulator.now().timestamp();
    let takes = simulator.0.settings.reports_take.num_seconds();
    let report = {
        let reports = simulator.0.reports.0.lock().unwrap_or_else(PoisonError::into_inner);
        id.parse::<Uuid>().ok().and_then(|id| reports.get(&id).cloned())
    };
    let ready = report.filter(|report| (takes..KEPT).contains(&(now - report.made_at)));
    let Some(report) = ready else {
        return analytics("check correctness of download id", "application/json", &place);
    };
    let empty = simulator.0.faults.is_empty(Operation::NmReportFile);
    let made = tokio::task::spawn_blocking(move || {
        let csv = csv(simulator.world(), &report, now, empty);
        archive("report.csv", csv.as_bytes())
    });
    match made.await {
        Ok(Ok(archive)) => with_body(StatusCode::OK, "application/zip", archive),
        _ => analytics("the archive can't be made", "application/json", &place),
    }
}

fn date(day: i64) -> NaiveDate {
    NaiveDate::default() + TimeDelta::days(day)
}

/// The stock of each size at each place at 23:59 of each day; nothing for a day before the card was made.
fn csv(world: &World, report: &Report, now: i64, empty: bool) -> String {
    let (first, last) = report.days;
    let mut csv =
        "VendorCode,Name,NmID,SubjectName,BrandName,SizeName,ChrtID,OfficeName".to_owned();
    for day in first..=last {
        let _ = write!(csv, ",{}", date(day).format("%d.%m.%Y"));
    }
    csv.push('\n');
    let items = world.items().filter(|item| !report.skip_deleted || item.listed_at(now));
    for item in items.filter(|_| !empty) {
        let days = evenings(world, &item, report, now);
        let mut places: Vec<(usize, &'static str)> =
            days.iter().flatten().map(|(size, office, _)| (*size, *office)).collect();
        places.sort_unstable();
        places.dedup();
        for (size, office) in places {
            let card = &item.card;
            let _ = write!(
                csv,
                "{},\"{}\",{},{},{},{},{},{office}",
                card.vendor_code(),
                card.title().replace('"', "\"\""),
                card.nm,
                card.subject.name,
                card.brand,
                card.grid[size].0,
                card.chrt(size),
            );
            for day in &days {
                let quantity = day.iter().find(|(s, name, _)| (*s, *name) == (size, office));
                let _ = match quantity {
                    Some((.., quantity)) => write!(csv, ",{quantity}"),
                    None => write!(csv, ","),
                };
            }
            csv.push('\n');
        }
    }
    csv
}

/// Pieces of each size at each place at 23:59 of each day, by name.
fn evenings(
    world: &World,
    item: &Item,
    report: &Report,
    now: i64,
) -> Vec<Vec<(usize, &'static str, i64)>> {
    let evening = |day: i64| start_of(day + 1) - 60;
    let place = |warehouse: &'static Warehouse| {
        let wanted = match report.stock_type.as_str() {
            "wb" => !warehouse.seller,
            "mp" => warehouse.seller,
            _ => true,
        };
        wanted.then_some(if warehouse.seller { "Маркетплейс" } else { warehouse.name })
    };
    let (first, last) = report.days;
    let mut days = vec![Vec::new(); usize::try_from(last - first + 1).unwrap_or_default()];
    let Some(begin) = (first..=last).find(|day| evening(*day) >= item.created) else { return days };
    let mut levels: BTreeMap<(usize, &'static str), i64> = BTreeMap::new();
    for shelf in item.shelves(evening(begin), world.names) {
        if let Some(place) = place(shelf.warehouse) {
            *levels.entry((shelf.size, place)).or_default() += shelf.quantity;
        }
    }
    let changes = item.changes(evening(begin) + 1, evening(last).min(now));
    let mut ahead = changes.iter().peekable();
    for day in begin..=last {
        if evening(day) > now {
            break;
        }
        while let Some(change) = ahead.next_if(|change| change.at <= evening(day)) {
            if let Some(place) = place(reported(item.holds[change.hold].0, world.names)) {
                *levels.entry((change.size, place)).or_default() +=
                    i64::from(change.after - change.before);
            }
        }
        if let Some(told) = usize::try_from(day - first).ok().and_then(|at| days.get_mut(at)) {
            told.extend(levels.iter().map(|((size, place), quantity)| (*size, *place, *quantity)));
        }
    }
    days
}

/// One file in an archive.
fn archive(name: &str, content: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut packer = DeflateEncoder::new(Vec::new(), Compression::fast());
    packer.write_all(content)?;
    let packed = packer.finish()?;
    let mut crc = Crc::new();
    crc.update(content);
    let number = |n: usize| u32::try_from(n).map_err(std::io::Error::other);
    let (packed_length, length) = (number(packed.len())?, number(content.len())?);
    let name_length = u16::try_from(name.len()).map_err(std::io::Error::other)?;
    let mut about = Vec::new();
    for word in [20_u16, 0x0800, 8, 0, 0x21] {
        about.extend(word.to_le_bytes());
    }
    for word in [crc.sum(), packed_length, length] {
        about.extend(word.to_le_bytes());
    }
    about.extend(name_length.to_le_bytes());
    about.extend(0_u16.to_le_bytes());

    let mut archive = b"PK\x03\x04".to_vec();
    archive.extend(&about);
    archive.extend(name.as_bytes());
    archive.extend(&packed);
    let directory = number(archive.len())?;
    archive.extend(b"PK\x01\x02\x14\x00");
    archive.extend(&about);
    archive.extend([0; 2 + 2 + 2 + 4 + 4]);
    archive.extend(name.as_bytes());
    let directory_length = number(archive.len())? - directory;
    archive.extend(b"PK\x05\x06\x00\x00\x00\x00\x01\x00\x01\x00");
    archive.extend(directory_length.to_le_bytes());
    archive.extend(directory.to_le_bytes());
    archive.extend([0; 2]);
    Ok(archive)
}
