//! Debian's package manager, used only where nobody has to type a password.

use std::process::Command;

use anyhow::{Error, Result, anyhow};

use crate::{advice::Advise, cargo, step::step};

/// Installs packages, or fails with the command that would.
pub fn install(packages: &[&str]) -> Result<()> {
    let Some(prefix) = privilege() else {
        return Err(by_hand(packages, "is missing, and installing it needs your password"));
    };
    step(&format!("apt-get install {}", packages.join(" ")), || {
        run(prefix, &["update", "-qq"])?;
        let mut arguments = vec!["install", "-y", "-qq", "--no-install-recommends"];
        arguments.extend(packages);
        run(prefix, &arguments).advise(sentence(packages))
    })
}

/// A failure whose advice is the command to type.
pub fn by_hand(packages: &[&str], what: &str) -> Error {
    let missing = anyhow!("{} {what}", packages.join(", "));
    match Err::<(), _>(missing).advise(sentence(packages)) {
        Err(error) => error,
        Ok(()) => anyhow!("unreachable"),
    }
}

fn sentence(packages: &[&str]) -> String {
    let command = format!("sudo apt-get install -y {}", packages.join(" "));
    if cfg!(target_os = "linux") && works("apt-get", &["--version"]) {
        format!("Run `{command}`, then this command again.")
    } else {
        format!(
            "Install what Debian calls {} (`{command}` there), then run this command again.",
            packages.join(", ")
        )
    }
}

/// The words before `apt-get`; none where it can't run without questions.
fn privilege() -> Option<&'static [&'static str]> {
    if !works("apt-get", &["--version"]) {
        None
    } else if rustix::process::geteuid().is_root() {
        Some(&[])
    } else {
        works("sudo", &["-n", "true"]).then_some(&["sudo", "-n"])
    }
}

fn run(prefix: &[&str], arguments: &[&str]) -> Result<()> {
    let words: Vec<&str> = prefix.iter().chain(&["apt-get"]).chain(arguments).copied().collect();
    let (program, rest) = words.split_first().unwrap_or((&"apt-get", &[]));
    cargo::run(Command::new(program).args(rest).env("DEBIAN_FRONTEND", "noninteractive"))
}

fn works(program: &str, arguments: &[&str]) -> bool {
    Command::new(program).args(arguments).output().is_ok_and(|output| output.status.success())
}
