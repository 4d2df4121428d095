//! Stock at the marketplace's warehouses as a report that is made while one waits: for kinds of tokens that may not use
//! the report of the moment. The run gives itself back between asking, looking and fetching; it never sleeps.

use super::{halt::Halt, remote::Remote, work::Work};
use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    malformed::Malformed,
    observed::{ObservedLevel, ObservedWarehouse, StockSnapshot},
    product::StockSource,
    sync::{StepProblem, StepProblemCode},
};
use outbound::wildberries::{Group, RemainsReport, ReportState, SnapshotBuilder};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// How soon a report is looked for again; a token's limit may make it later.
pub(super) const LOOK_AGAIN: TimeDelta = TimeDelta::seconds(10);

/// A report that is not there after so long is asked for anew.
pub(super) const GIVEN_UP_AFTER: TimeDelta = TimeDelta::hours(2);

/// So often a report is asked for in one sync.
pub(super) const MOST_ASKED: u32 = 3;

/// The number under which the marketplace hides its warehouses, and their name.
const HIDDEN: (i64, &str) = (-999_999, "Склад WB");

/// A report that was asked for.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Under {
    task: String,
    asked_at: DateTime<Utc>,
    asked: u32,
}

/// The report as a snapshot, when it is there.
pub(super) async fn read(
    work: &mut Work<'_>,
    remote: &Remote,
) -> Result<(StockSnapshot, Malformed), Halt> {
    let under = match work.place::<Under>() {
        Some(under) => under,
        None => ask(work, remote, 0).await?,
    };
    let state = work
        .ask(remote, Group::RemainsState, || async {
            remote.wildberries.remains_state(&remote.access(), &under.task).await
        })
        .await?;
    let is_late = work.now() - under.asked_at >= GIVEN_UP_AFTER;
    match state {
        ReportState::Ready => {}
        ReportState::Waiting if !is_late => return Err(preparing(work)),
        ReportState::Waiting | ReportState::Gone => {
            ask(work, remote, under.asked).await?;
            return Err(preparing(work));
        }
    }
    let report = work
        .ask(remote, Group::RemainsFile, || async {
            remote.wildberries.remains(&remote.access(), &under.task).await
        })
        .await?;
    snapshot(work, report).await
}

/// Asks for a report and keeps its number.
async fn ask(work: &mut Work<'_>, remote: &Remote, asked: u32) -> Result<Under, Halt> {
    if asked >= MOST_ASKED {
        return Err(never_came(asked));
    }
    let task = work
        .ask(remote, Group::RemainsCreate, || async {
            remote.wildberries.ask_for_remains(&remote.access()).await
        })
        .await?;
    let under = Under { task, asked_at: work.now(), asked: asked + 1 };
    let writing = work.begin().await?;
    work.set_place(&under);
    work.commit(writing).await?;
    Ok(under)
}

/// The run gives itself back until the report may be there.
pub(super) fn preparing(work: &Work<'_>) -> Halt {
    let detail = "The marketplace is making the report that was asked for.".to_owned();
    let problem = StepProblem { code: StepProblemCode::Preparing, detail };
    Halt::Wait(work.now() + LOOK_AGAIN, problem)
}

pub(super) fn never_came(asked: u32) -> Halt {
    let detail = format!("The marketplace made none of {asked} reports that were asked for.");
    Halt::Step(StepProblem { code: StepProblemCode::Unreachable, detail })
}

/// The report names sizes by their barcodes: they are looked up among ours.
async fn snapshot(
    work: &mut Work<'_>,
    report: RemainsReport,
) -> Result<(StockSnapshot, Malformed), Halt> {
    let mut tx = work.services.store.read(&work.caller).await?;
    let barcodes: HashMap<String, i64> = tx.offers_by_barcode(work.account.id).await?;
    tx.commit().await?;
    work.step().rows += i64::try_from(report.rows).unwrap_or_default();
    let mut builder = SnapshotBuilder::new();
    // The report tells of transit without a place: it stands with the first that the card has.
    let mut first: HashMap<i64, ObservedWarehouse> = HashMap::new();
    for size in &report.sizes {
        if let Some((warehouse, _)) = size.levels.first() {
            first.entry(size.article).or_insert_with(|| warehouse.clone());
        }
    }
    let mut unknown = 0_u64;
    for size in report.sizes {
        let Some(&offer) = barcodes.get(&size.barcode) else {
            unknown += u64::from(!size.levels.is_empty());
            continue;
        };
        let (in_way_to_client, in_way_from_client) =
            (size.in_way_to_client, size.in_way_from_client);
        if in_way_to_client > 0 || in_way_from_client > 0 {
            let place = first.get(&size.article).cloned().unwrap_or_else(hidden);
            let (warehouse, quantity) = (builder.warehouse(place), 0);
            builder.level(&ObservedLevel {
                offer,
                warehouse,
                quantity,
                in_way_to_client,
                in_way_from_client,
            });
        }
        for (warehouse, quantity) in size.levels {
            let warehouse = builder.warehouse(warehouse);
            let (in_way_to_client, in_way_from_client) = (0, 0);
            builder.level(&ObservedLevel {
                offer,
                warehouse,
                quantity,
                in_way_to_client,
                in_way_from_client,
            });
        }
    }
    if unknown > 0 {
        tracing::warn!(account = %work.account.id, unknown, "barcodes in stock belong to no size that we know");
    }
    Ok((builder.finish(), report.malformed))
}

fn hidden() -> ObservedWarehouse {
    let (number, name) = HIDDEN;
    let name = name.to_owned();
    ObservedWarehouse { source: StockSource::Marketplace, number, region: Some(name.clone()), name }
}
