//! `stock-tracker tenants …`: the companies of the installation. What is changed stands in the company's own audit log.

mod list;

use crate::{
    config::{self, Config},
    start,
};
use anyhow::bail;
use clap::{Args, Subcommand};
use domain::Plan;
use services::{Services, operator};
use store::Company;

/// What to do with the companies.
#[derive(Args)]
pub struct Tenants {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Shows every company with its plan.
    List(list::List),
    /// Gives a company another plan.
    Plan {
        /// The company: its id, its name, or the e-mail of somebody in it.
        company: String,
        /// free, starter, pro or enterprise.
        #[arg(value_parser = config::plan)]
        plan: Plan,
        #[command(flatten)]
        config: Config,
    },
    /// Lets nobody of a company in, within a second; its data stays.
    Suspend(One),
    /// Lets a suspended company's people in again.
    Resume(One),
}

#[derive(Args)]
struct One {
    /// The company: its id, its name, or the e-mail of somebody in it.
    company: String,
    #[command(flatten)]
    config: Config,
}

impl Tenants {
    pub(super) fn run(self) -> anyhow::Result<()> {
        match self.verb {
            Verb::List(list) => list.run(),
            Verb::Plan { company, plan, config } => {
                with(&config, &company, async |services, found| {
                    if !operator::set_plan(services, found.id, plan).await? {
                        bail!("it was removed a moment ago");
                    }
                    println!("{} ({}): {plan}", found.name, found.id);
                    Ok(())
                })
            }
            Verb::Suspend(One { company, config }) => {
                with(&config, &company, async |services, found| {
                    if !operator::suspend(services, found.id).await? {
                        bail!("it was removed a moment ago");
                    }
                    println!("{} ({}): suspended", found.name, found.id);
                    Ok(())
                })
            }
            Verb::Resume(One { company, config }) => {
                with(&config, &company, async |services, found| {
                    if !operator::resume(services, found.id).await? {
                        bail!("it was removed a moment ago");
                    }
                    println!("{} ({}): works again", found.name, found.id);
                    Ok(())
                })
            }
        }
    }
}

/// Finds the company and does something with it.
fn with(
    config: &Config,
    company: &str,
    change: impl AsyncFnOnce(&Services, &Company) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    super::begin(config, || async {
        let (services, store) = start::operator(config).await?;
        let found = operator::find(&services, company).await??;
        change(&services, &found).await?;
        store.close().await;
        Ok(())
    })
}
