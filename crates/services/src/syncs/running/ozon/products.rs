//! Products, a thousand at a time: their numbers, then their brands, then their names. What a full reading did not see
//! is archived; one that was taken up in the middle did not see all, so it archives nothing.

use super::{
    super::{
        aside,
        halt::Halt,
        products::{Room, known, write},
        steps,
        work::Work,
    },
    Remote, ask,
};
use crate::product_links::keys;
use domain::{
    malformed::Malformed,
    observed::ObservedProduct,
    sync::{StepKind, StepProblem, StepProblemCode},
};
use outbound::ozon::Method;
use std::collections::HashSet;
use store::FreshnessRow;

pub(super) async fn step(work: &mut Work<'_>, remote: &Remote) -> Result<(), Halt> {
    keys::catch_up(work.services, &work.caller).await?;
    let (before, listed) = known(work).await?;
    let step = work.step();
    step.expected = (before.rows > 0).then_some(before.rows);
    let mut after: Option<String> = work.place();
    let whole = after.is_none();
    if whole {
        // A reading that begins anew counts anew.
        let step = work.step();
        (step.rows, step.changed, step.quarantined) = (0, 0, 0);
    }
    let mut room = Room::of(work).await?;
    let mut seen = HashSet::new();
    let mut told = 0;
    let mut unread = Malformed::default();
    let (mut writing, total) = loop {
        let page = ask(work, Method::ProductList, || async {
            remote.client.product_ids(&remote.access(), after.as_deref()).await
        })
        .await?;
        if whole && told == 0 && page.rows == 0 && listed > 0 {
            return Err(Halt::suspicious(format!(
                "The marketplace listed no product where there were {listed}: the known ones stay."
            )));
        }
        told += i64::try_from(page.rows).unwrap_or_default();
        seen.extend(page.ids.iter().copied());
        let (products, mut malformed) = named(work, remote, &page.ids).await?;
        malformed.extend(page.malformed);
        let step = work.step();
        step.rows += i64::try_from(page.rows).unwrap_or_default();
        let rows = step.rows;
        unread.extend(malformed.clone());
        aside::refuse(work, &unread, rows).await?;
        let mut writing = work.begin().await?;
        write(work, &mut writing.tx, room.take(products)).await?;
        aside::write(work, &mut writing, &malformed).await?;
        let Some(next) = page.next else { break (writing, page.total) };
        work.set_place(&next);
        after = Some(next);
        work.commit(writing).await?;
    };
    if whole {
        if let Some(total) = total.filter(|total| told < *total) {
            return Err(broken_off(told, total));
        }
        // What could not be read is not gone; what tells not even its number may be any of them.
        if unread.nameless == 0 {
            seen.extend(unread.about.iter().copied());
            let archived =
                writing.tx.archive_products_except(work.account.id, &seen, work.now()).await?;
            work.step().changed += i64::try_from(archived).unwrap_or_default();
        }
    }
    let quarantined = work.step().quarantined;
    let problem = room.problem().or_else(|| aside::problem(quarantined));
    let step = work.step();
    step.problem.clone_from(&problem);
    let freshness = FreshnessRow {
        problem,
        first_as_of: before.first_as_of.or(step.started_at),
        as_of: step.started_at,
        rows: step.rows,
        ..FreshnessRow::never(StepKind::Products)
    };
    steps::done(work, writing, freshness).await
}

/// What these products are called.
async fn named(
    work: &mut Work<'_>,
    remote: &Remote,
    ids: &[i64],
) -> Result<(Vec<ObservedProduct>, Malformed), Halt> {
    if ids.is_empty() {
        return Ok(Default::default());
    }
    let traits = ask(work, Method::ProductAttributes, || async {
        remote.client.product_traits(&remote.access(), ids).await
    })
    .await?;
    let found = ask(work, Method::ProductInfo, || async {
        remote.client.product_info(&remote.access(), ids, &traits).await
    })
    .await?;
    Ok((found.products, found.malformed))
}

/// A list that ends before the number that it names would archive what it did not tell.
fn broken_off(told: i64, total: i64) -> Halt {
    let detail =
        format!("The list of products ended after {told} of {total}: the known ones stay.");
    Halt::Step(StepProblem { code: StepProblemCode::SuspiciouslyEmpty, detail })
}
