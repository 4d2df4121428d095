//! The steps in their order: which may begin, and what each end means for the others.

use super::{
    figures,
    halt::Halt,
    marketplace_stock, measures, orders, ozon, prices, products,
    remote::{Remote, Shop},
    sales, seller_stock, stock_history,
    work::Work,
};
use crate::metrics;
use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    account::KeyStatus,
    sync::{StepKind, StepProblem, StepState},
};
use store::FreshnessRow;

/// How long a failure that may pass keeps a step waiting; after the last one it is given up for this sync.
const BACKOFF: [TimeDelta; 3] =
    [TimeDelta::seconds(5), TimeDelta::seconds(30), TimeDelta::seconds(120)];

/// Works on every step that is due. `Some`: some are to be gone on with, the first of them then.
pub(crate) async fn all_steps(
    work: &mut Work<'_>,
    shop: Result<Shop, StepProblem>,
) -> Result<Option<DateTime<Utc>>, Halt> {
    let shop = match shop {
        Ok(shop) => shop,
        Err(problem) => {
            stop_all(work, &problem, false).await?;
            return Ok(None);
        }
    };
    for at in 0..work.steps.len() {
        work.turn_to(at);
        if !is_due(work, at) {
            continue;
        }
        begin(work).await?;
        let ended = one(work, &shop).await;
        match ended {
            Ok(()) => {}
            Err(Halt::Step(problem)) => fail(work, problem).await?,
            Err(Halt::Key(problem)) => {
                stop_all(work, &problem, true).await?;
                return Ok(None);
            }
            Err(Halt::Wait(moment, problem)) => postpone(work, moment, problem).await?,
            Err(Halt::Again(problem)) => {
                let tries = work.count_try();
                match BACKOFF.get(tries as usize - 1) {
                    Some(backoff) => {
                        let moment = work.now() + *backoff;
                        postpone(work, moment, problem).await?;
                    }
                    None => fail(work, problem).await?,
                }
            }
            Err(halt @ (Halt::Stop | Halt::Yield | Halt::Lost | Halt::Broken(_))) => {
                return Err(halt);
            }
        }
    }
    let next = work.steps.iter().filter(|step| step.state == StepState::Postponed);
    let next = next.filter_map(|step| step.next_try_at).min();
    if next.is_some() {
        // What is known by now is not kept back for hours because one method is limited.
        measures::refresh(work).await?;
    }
    Ok(next)
}

/// The step at work, as its marketplace wants it.
async fn one(work: &mut Work<'_>, shop: &Shop) -> Result<(), Halt> {
    match (work.step().kind, shop) {
        (StepKind::Measures, _) => measures::step(work).await,
        (_, Shop::Wildberries(remote)) => of_wildberries(work, remote).await,
        (_, Shop::Ozon(remote)) => ozon::step(work, remote).await,
    }
}

async fn of_wildberries(work: &mut Work<'_>, remote: &Remote) -> Result<(), Halt> {
    match work.step().kind {
        StepKind::Products => products::step(work, remote).await,
        StepKind::MarketplaceStock => marketplace_stock::step(work, remote).await,
        StepKind::SellerStock => seller_stock::step(work, remote).await,
        StepKind::Orders => orders::step(work, remote).await,
        StepKind::Sales => sales::step(work, remote).await,
        StepKind::Prices => prices::step(work, remote).await,
        StepKind::StockHistory => stock_history::step(work, remote).await,
        StepKind::Figures => figures::step(work, remote).await,
        kind => Err(Halt::not_read(kind)),
    }
}

fn is_due(work: &mut Work<'_>, at: usize) -> bool {
    let now = work.now();
    let (before, rest) = work.steps.split_at(at);
    let Some(step) = rest.first() else { return false };
    let waits = |step: &store::StepProgress| step.state == StepState::Postponed;
    match (step.kind, step.state) {
        (_, StepState::Done | StepState::Failed) => false,
        (_, StepState::Postponed) => step.next_try_at.is_none_or(|moment| moment <= now),
        // A size must be known before its stock is.
        (StepKind::MarketplaceStock | StepKind::SellerStock, _) => {
            !before.iter().any(|step| step.kind == StepKind::Products && waits(step))
        }
        // The past ends where the first reading of the present begins.
        (StepKind::StockHistory, _) => !before.iter().any(|step| {
            matches!(step.kind, StepKind::MarketplaceStock | StepKind::SellerStock)
                && matches!(step.state, StepState::Waiting | StepState::Postponed)
        }),
        (StepKind::Measures, _) => {
            before.iter().all(|step| matches!(step.state, StepState::Done | StepState::Failed))
        }
        _ => true,
    }
}

async fn begin(work: &mut Work<'_>) -> Result<(), Halt> {
    let now = work.now();
    let writing = work.begin().await?;
    let step = work.step();
    step.state = StepState::Running;
    step.started_at.get_or_insert(now);
    step.next_try_at = None;
    step.problem = None;
    work.commit(writing).await
}

/// The step is done: its progress and its data's freshness are written together with the last of its data.
pub(super) async fn done(
    work: &mut Work<'_>,
    mut writing: super::work::Writing,
    freshness: FreshnessRow,
) -> Result<(), Halt> {
    writing.tx.set_freshness(work.account.id, &freshness).await?;
    let now = work.now();
    let step = work.step();
    step.state = StepState::Done;
    step.finished_at = Some(now);
    step.cursor = None;
    work.commit(writing).await?;
    count(work);
    Ok(())
}

/// Counts the step that has just ended.
fn count(work: &mut Work<'_>) {
    let marketplace = work.account.marketplace;
    let step = work.step();
    let took =
        step.finished_at.zip(step.started_at).and_then(|(end, start)| (end - start).to_std().ok());
    metrics::step_ended(marketplace, step.kind, step.state, took);
}

async fn fail(work: &mut Work<'_>, problem: StepProblem) -> Result<(), Halt> {
    let now = work.now();
    let step = work.step();
    step.state = StepState::Failed;
    step.finished_at = Some(now);
    tell(work, problem).await?;
    count(work);
    Ok(())
}

async fn postpone(
    work: &mut Work<'_>,
    moment: DateTime<Utc>,
    problem: StepProblem,
) -> Result<(), Halt> {
    let wait = moment - work.now();
    let step = work.step();
    step.state = StepState::Postponed;
    step.next_try_at = Some(moment);
    step.waited_ms += wait.num_milliseconds().max(0);
    tell(work, problem).await
}

async fn tell(work: &mut Work<'_>, problem: StepProblem) -> Result<(), Halt> {
    let kind = work.step().kind;
    let mut writing = work.begin().await?;
    writing.tx.set_freshness_problem(work.account.id, kind, Some(&problem)).await?;
    work.step().problem = Some(problem);
    work.commit(writing).await
}

/// No step can go on. `refused`: by the marketplace, which is noted beside the key.
async fn stop_all(work: &mut Work<'_>, problem: &StepProblem, refused: bool) -> Result<(), Halt> {
    let now = work.now();
    let mut writing = work.begin().await?;
    let open: Vec<StepKind> = work
        .steps
        .iter()
        .filter(|step| !matches!(step.state, StepState::Done | StepState::Failed))
        .map(|step| step.kind)
        .filter(|kind| *kind != StepKind::Measures)
        .collect();
    for kind in open {
        writing.tx.set_freshness_problem(work.account.id, kind, Some(problem)).await?;
    }
    if let Some(mut check) = work.account.key.clone().filter(|_| refused) {
        check.status = KeyStatus::Invalid;
        check.message =
            "The marketplace refused this key during a sync: make a new one and paste it.".into();
        check.checked_at = now;
        writing.tx.set_key_check(work.account.id, Some(&check), now).await?;
    }
    work.fail_all(problem);
    work.commit(writing).await
}
