//! A sync's states in words and colours.

use crate::{
    components::{alert::Tone, icon::Icon},
    text::Text,
};
use chrono::{DateTime, Utc};
use domain::sync::{StepKind, StepProblemCode, StepState, SyncRun, SyncStatus, SyncStep};

/// The state of a sync.
pub fn status(text: &Text, status: SyncStatus) -> (&'static str, Tone, Icon) {
    let with = |words, tone: Tone| (words, tone, tone.icon());
    match status {
        SyncStatus::Pending => (text.syncs().pending, Tone::Note, Icon::Clock),
        SyncStatus::Running => (text.syncs().running, Tone::Note, Icon::Sync),
        SyncStatus::Completed => with(text.syncs().completed, Tone::Fine),
        SyncStatus::Partial => with(text.syncs().partial, Tone::Warning),
        SyncStatus::Failed => with(text.syncs().failed, Tone::Risk),
        SyncStatus::Cancelled => (text.live().cancelled, Tone::Note, Icon::Wrong),
    }
}

/// The state of a step.
pub fn step_state(text: &Text, step: &SyncStep) -> (String, Tone) {
    match step.state {
        StepState::Waiting => (text.syncs().step_waiting.to_owned(), Tone::Note),
        StepState::Running => (text.syncs().step_running.to_owned(), Tone::Note),
        StepState::Postponed => {
            let until = step.next_try_at.map_or_else(|| "—".to_owned(), crate::text::date::clock);
            ((text.syncs().step_postponed)(&until), Tone::Warning)
        }
        StepState::Done => (text.syncs().step_done.to_owned(), Tone::Fine),
        StepState::Failed => (text.syncs().step_failed.to_owned(), Tone::Risk),
    }
}

/// The name of a step.
pub fn kind(text: &Text, kind: StepKind) -> &'static str {
    text.syncs().kinds[index(kind)]
}

fn index(kind: StepKind) -> usize {
    StepKind::ALL.iter().position(|other| *other == kind).unwrap_or_default()
}

/// Why a step has no newer data.
pub fn problem(text: &Text, code: StepProblemCode) -> &'static str {
    match code {
        StepProblemCode::NoKey => text.syncs().problem_no_key,
        StepProblemCode::KeyRefused => text.syncs().problem_key_refused,
        StepProblemCode::NotPermitted => text.syncs().problem_not_permitted,
        StepProblemCode::Disabled => text.syncs().problem_disabled,
        StepProblemCode::RateLimited => text.syncs().problem_rate_limited,
        StepProblemCode::Preparing => text.syncs().problem_preparing,
        StepProblemCode::Unreachable => text.syncs().problem_unreachable,
        StepProblemCode::SuspiciouslyEmpty => text.syncs().problem_empty,
        StepProblemCode::UnexpectedShape => text.syncs().problem_shape,
        StepProblemCode::PlanLimit => text.plans().problem,
        StepProblemCode::Cancelled => text.live().problem_cancelled,
        StepProblemCode::Internal => text.syncs().problem_internal,
    }
}

/// The whole sync in one sentence.
pub fn sentence(text: &Text, run: &SyncRun, now: DateTime<Utc>) -> String {
    match run.status {
        SyncStatus::Pending => text.syncs().says_pending.to_owned(),
        SyncStatus::Running => {
            let at = run
                .steps
                .iter()
                .find(|step| matches!(step.state, StepState::Running | StepState::Postponed));
            let done = run.steps.iter().filter(|step| step.state == StepState::Done).count();
            let doing = at.map_or(text.syncs().kinds_doing[0], |step| {
                text.syncs().kinds_doing[index(step.kind)]
            });
            let number = |n: usize| i64::try_from(n).unwrap_or_default();
            (text.syncs().says_running)(doing, number(done), number(run.steps.len()))
        }
        SyncStatus::Completed => (text.syncs().says_completed)(&took(text, run, now)),
        SyncStatus::Partial => text.syncs().says_partial.to_owned(),
        SyncStatus::Failed => text.syncs().says_failed.to_owned(),
        SyncStatus::Cancelled => text.live().says_cancelled.to_owned(),
    }
}

/// How long it took, or has taken so far.
pub fn took(text: &Text, run: &SyncRun, now: DateTime<Utc>) -> String {
    let until = run.finished_at.unwrap_or(now);
    run.started_at.map_or_else(
        || "—".to_owned(),
        |from| crate::text::date::length(text.locale, (until - from).num_milliseconds()),
    )
}

/// Sums over the steps: rows, requests, milliseconds of waiting.
pub fn sums(run: &SyncRun) -> (i64, i64, i64) {
    run.steps.iter().fold((0, 0, 0), |(rows, requests, waited), step| {
        (rows + step.rows, requests + step.requests, waited + step.waited_ms)
    })
}
