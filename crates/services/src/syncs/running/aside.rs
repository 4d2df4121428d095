//! Rows that could not be read: kept for the operator, counted in their step, told beside the data. One of them is no
//! statement that there is nothing.

use super::{
    halt::Halt,
    work::{Work, Writing},
};
use domain::{
    malformed::Malformed,
    sync::{StepProblem, StepProblemCode},
};

/// Writes them with whatever else this transaction brings.
pub(super) async fn write(
    work: &mut Work<'_>,
    writing: &mut Writing,
    malformed: &Malformed,
) -> Result<(), Halt> {
    if malformed.is_empty() {
        return Ok(());
    }
    let (account, now) = (work.account.id, work.now());
    let step = work.step();
    step.quarantined += i64::try_from(malformed.count).unwrap_or(i64::MAX);
    writing.tx.set_aside(account, step.kind, &malformed.rows, now).await?;
    Ok(())
}

/// When hardly anything could be read, nothing is believed: the shape has changed, and all that is known stays.
pub(super) async fn refuse(
    work: &mut Work<'_>,
    malformed: &Malformed,
    rows: i64,
) -> Result<(), Halt> {
    if malformed.is_empty() || malformed.count.saturating_mul(2) <= rows.unsigned_abs() {
        return Ok(());
    }
    let mut writing = work.begin().await?;
    write(work, &mut writing, malformed).await?;
    work.commit(writing).await?;
    let detail = format!(
        "{} of {rows} rows could not be read: what is known stays. {}",
        malformed.count,
        malformed.rows.first().map_or("", |row| &row.problem)
    );
    Err(Halt::Step(StepProblem { code: StepProblemCode::UnexpectedShape, detail }))
}

/// What stands beside data of which some rows are missing.
pub(super) fn problem(quarantined: i64) -> Option<StepProblem> {
    (quarantined > 0).then(|| StepProblem {
        code: StepProblemCode::UnexpectedShape,
        detail: format!(
            "{quarantined} rows could not be read and were set aside: what they tell of stays as it was."
        ),
    })
}
