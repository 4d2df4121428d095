//! Stock at the marketplace's own warehouses: the whole report, then one comparison.

use super::{apply, halt::Halt, remote::Remote, steps, work::Work};
use domain::{malformed::Malformed, product::StockSource, sync::StepKind};
use outbound::wildberries::{Group, SnapshotBuilder};

pub(super) async fn step(work: &mut Work<'_>, remote: &Remote) -> Result<(), Halt> {
    let source = StockSource::Marketplace;
    let before = apply::before(work, StepKind::MarketplaceStock, source).await?;
    let step = work.step();
    step.expected = (before.freshness.rows > 0).then_some(before.freshness.rows);
    // A snapshot is of one moment: what was read before an interruption is read again.
    (step.rows, step.changed, step.quarantined) = (0, 0, 0);
    let (mut snapshot, mut malformed) = (SnapshotBuilder::new(), Malformed::default());
    let mut offset = Some(0);
    while let Some(from) = offset {
        let page = work
            .ask(remote, Group::StockReport, || async {
                remote.wildberries.stock_page(&remote.access(), from).await
            })
            .await?;
        work.step().rows += i64::try_from(page.rows).unwrap_or_default();
        snapshot.extend(page.snapshot);
        malformed.extend(page.malformed);
        offset = page.next_offset;
        work.publish();
    }
    let (writing, freshness) =
        apply::apply(work, before, source, snapshot.finish(), &malformed).await?;
    steps::done(work, writing, freshness).await
}
