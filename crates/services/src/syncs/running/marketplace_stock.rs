//! Stock at the marketplace's own warehouses: the whole report, then one comparison. A kind of token that may not use the
//! report of the moment reads it as one that is made while it waits.

use super::{apply, halt::Halt, remains, remote::Remote, steps, work::Work};
use domain::{
    malformed::Malformed,
    observed::StockSnapshot,
    product::StockSource,
    sync::{StepKind, StepProblem, StepProblemCode},
};
use outbound::wildberries::{Group, SnapshotBuilder};

pub(super) async fn step(work: &mut Work<'_>, remote: &Remote) -> Result<(), Halt> {
    let source = StockSource::Marketplace;
    let before = apply::before(work, StepKind::MarketplaceStock, source).await?;
    let step = work.step();
    step.expected = (before.freshness.rows > 0).then_some(before.freshness.rows);
    // A snapshot is of one moment: what was read before an interruption is read again.
    (step.rows, step.changed, step.quarantined) = (0, 0, 0);
    let (snapshot, malformed) = match of_the_moment(work, remote).await {
        // Which kind it is may not be known before it is refused.
        Err(Halt::Step(problem)) if problem.code == StepProblemCode::NotPermitted => {
            remains::read(work, remote).await.map_err(|halt| as_refused(halt, problem))?
        }
        read => read?,
    };
    let (writing, freshness) = apply::apply(work, before, source, snapshot, &malformed).await?;
    steps::done(work, writing, freshness).await
}

/// The report of now, if this kind of token may use it.
async fn of_the_moment(
    work: &mut Work<'_>,
    remote: &Remote,
) -> Result<(StockSnapshot, Malformed), Halt> {
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
    Ok((snapshot.finish(), malformed))
}

/// When neither report may be read, the first refusal says why.
fn as_refused(halt: Halt, first: StepProblem) -> Halt {
    match halt {
        Halt::Step(problem) if problem.code == StepProblemCode::NotPermitted => Halt::Step(first),
        halt => halt,
    }
}
