//! `stock-tracker operators …`: who operates the installation. Nothing else makes an operator.

use crate::{config::Config, start};
use anyhow::bail;
use clap::{Args, Subcommand};
use services::{
    Services,
    operator::{self, OperatorChange},
};

/// Says who operates the installation.
#[derive(Args)]
pub struct Operators {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Shows the operators, and whether each has a second factor.
    List {
        #[command(flatten)]
        config: Config,
    },
    /// Makes a person an operator; their sign-ins end.
    Add(One),
    /// Makes an operator a person like any other, at once.
    Remove(One),
}

#[derive(Args)]
struct One {
    /// Their e-mail: they have registered or joined a company.
    email: String,
    #[command(flatten)]
    config: Config,
}

impl Operators {
    pub(super) fn run(self) -> anyhow::Result<()> {
        match self.verb {
            Verb::List { config } => with(&config, list),
            Verb::Add(One { email, config }) => with(&config, async |services| {
                match operator::add_operator(services, &email).await? {
                    OperatorChange::Done => println!(
                        "{email} is an operator: with a second factor in use, /operator is open to them from their next sign-in on"
                    ),
                    OperatorChange::Already => println!("{email} is an operator already"),
                    OperatorChange::Nobody => bail!("nobody here has the address {email}"),
                }
                Ok(())
            }),
            Verb::Remove(One { email, config }) => with(&config, async |services| {
                match operator::remove_operator(services, &email).await? {
                    OperatorChange::Done => println!("{email} is no operator any more"),
                    OperatorChange::Already => println!("{email} is no operator"),
                    OperatorChange::Nobody => bail!("nobody here has the address {email}"),
                }
                Ok(())
            }),
        }
    }
}

async fn list(services: &Services) -> anyhow::Result<()> {
    for operator in operator::operators(services).await? {
        let factor =
            if operator.second_factor { "" } else { ", without a second factor: let in nowhere" };
        let email = operator.email.as_deref().unwrap_or("-");
        println!("{email} since {}{factor}", operator.added_at.format("%F"));
    }
    Ok(())
}

fn with(
    config: &Config,
    work: impl AsyncFnOnce(&Services) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    super::begin(config, || async {
        let (services, store) = start::operator(config).await?;
        work(&services).await?;
        store.close().await;
        Ok(())
    })
}
