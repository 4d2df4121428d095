//! Stock at the seller's own warehouses: each warehouse, a thousand sizes a request, then one comparison.

use super::{apply, halt::Halt, remote::Remote, steps, work::Work};
use domain::{malformed::Malformed, product::StockSource, sync::StepKind};
use outbound::wildberries::{Group, MAX_SIZES, SellerStock, SnapshotBuilder};

pub(super) async fn step(work: &mut Work<'_>, remote: &Remote) -> Result<(), Halt> {
    let source = StockSource::Seller;
    let before = apply::before(work, StepKind::SellerStock, source).await?;
    let step = work.step();
    step.expected = (before.freshness.rows > 0).then_some(before.freshness.rows);
    (step.rows, step.changed, step.quarantined) = (0, 0, 0);
    let sizes = apply::sizes(work).await?;

    let warehouses = work
        .ask(remote, Group::SellerWarehouses, || async {
            remote.wildberries.seller_warehouses(&remote.access()).await
        })
        .await?;
    let (mut snapshot, mut malformed) = (SnapshotBuilder::new(), Malformed::default());
    // One that is being deleted answers no more; what lay there is no longer for sale.
    for seller in warehouses.into_iter().filter(|warehouse| !warehouse.deleting) {
        let number = seller.warehouse.number;
        let at = snapshot.warehouse(seller.warehouse);
        for some in sizes.chunks(MAX_SIZES) {
            let SellerStock { levels, malformed: unread } = work
                .ask(remote, Group::SellerStock, || async {
                    remote.wildberries.seller_stock(&remote.access(), number, some).await
                })
                .await?;
            let rows = levels.len() as u64 + unread.count;
            work.step().rows += i64::try_from(rows).unwrap_or_default();
            malformed.extend(unread);
            for level in levels {
                snapshot.level(&level.at(at));
            }
            work.publish();
        }
    }
    let (writing, freshness) =
        apply::apply(work, before, source, snapshot.finish(), &malformed).await?;
    steps::done(work, writing, freshness).await
}
