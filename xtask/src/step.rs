//! Visible progress: the name of each step when it starts, its seconds when it
//! ends. Never silent for long, never noisier than two lines a step.

use std::time::Instant;

use anyhow::{Context, Result};

/// Runs one named step and prints how long it took.
pub fn step<T>(name: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    let watch = Stopwatch::start();
    eprintln!("  {name} ...");
    let outcome = work().with_context(|| format!("step \"{name}\""))?;
    eprintln!("  {name}: {:.1} s", watch.seconds());
    Ok(outcome)
}

/// Time since a moment, for people.
pub struct Stopwatch(Instant);

impl Stopwatch {
    #[expect(clippy::disallowed_methods, reason = "how long a build took is no product time")]
    pub fn start() -> Self {
        Self(Instant::now())
    }

    pub fn seconds(&self) -> f32 {
        self.0.elapsed().as_secs_f32()
    }
}
