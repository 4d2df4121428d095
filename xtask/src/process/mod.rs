//! Child processes that never outlive xtask: each leads a group of its own, and
//! the whole group is stopped when its guard is dropped, when xtask ends, and
//! when xtask is told to end.

mod ports;
mod wait;

use std::{
    process::{Child, Command, ExitStatus},
    sync::{Mutex, PoisonError},
    thread,
    time::Duration,
};

use std::os::unix::process::CommandExt;

use anyhow::{Context, Result};
use rustix::process::{Pid, Signal, kill_process_group, test_kill_process_group};
use signal_hook::{consts::TERM_SIGNALS, iterator::Signals};

pub use ports::free_port;
pub use wait::{answers, listens, until};

use crate::cargo::show;

/// Groups that still run; the signal thread stops them.
static RUNNING: Mutex<Vec<Pid>> = Mutex::new(Vec::new());

/// How long a group may take to end by itself.
const PATIENCE: Duration = Duration::from_secs(10);

/// A running child, stopped with all of its own children when dropped.
pub struct Guarded {
    name: String,
    child: Child,
    group: Option<Pid>,
}

impl Guarded {
    /// Starts the command in a group of its own.
    pub fn start(name: &str, command: &mut Command) -> Result<Self> {
        let child = command
            .process_group(0)
            .spawn()
            .with_context(|| format!("start {name} (`{}`)", show(command)))?;
        let group = i32::try_from(child.id()).ok().and_then(Pid::from_raw);
        running().extend(group);
        Ok(Self { name: name.to_owned(), child, group })
    }

    /// Whether it has ended by itself.
    pub fn ended(&mut self) -> Result<Option<ExitStatus>> {
        self.child.try_wait().with_context(|| format!("look after {}", self.name))
    }

    /// Asks it to end, waits, and insists after a while.
    pub fn stop(&mut self) {
        let Some(group) = self.group.take() else { return };
        stop_group(group, &mut || matches!(self.child.try_wait(), Ok(Some(_)) | Err(_)));
        if let Err(error) = self.child.wait() {
            eprintln!("{} could not be waited for: {error}", self.name);
        }
        running().retain(|other| *other != group);
    }
}

impl Drop for Guarded {
    fn drop(&mut self) {
        self.stop();
    }
}

/// Ctrl-C and SIGTERM end the children first, then xtask.
pub fn stop_all_on_signals() {
    match Signals::new(TERM_SIGNALS) {
        Ok(mut signals) => {
            thread::spawn(move || {
                if let Some(signal) = signals.forever().next() {
                    stop_all();
                    std::process::exit(128 + signal);
                }
            });
        }
        Err(error) => eprintln!("signals are not watched: {error}"),
    }
}

/// Stops every group that still runs.
pub fn stop_all() {
    let groups: Vec<Pid> = running().drain(..).collect();
    for group in groups {
        stop_group(group, &mut || test_kill_process_group(group).is_err());
    }
}

fn stop_group(group: Pid, ended: &mut dyn FnMut() -> bool) {
    // An error means that nobody is left in the group.
    if kill_process_group(group, Signal::TERM).is_err() {
        return;
    }
    if !until(PATIENCE, ended) {
        let _already_gone = kill_process_group(group, Signal::KILL);
    }
}

fn running() -> std::sync::MutexGuard<'static, Vec<Pid>> {
    RUNNING.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dropped_guard_ends_the_whole_group() {
        let guard = Guarded::start("shell", Command::new("sh").args(["-c", "sleep 60 & sleep 60"]))
            .unwrap();
        let group = guard.group.unwrap();
        drop(guard);
        assert!(until(PATIENCE, &mut || test_kill_process_group(group).is_err()));
    }
}
