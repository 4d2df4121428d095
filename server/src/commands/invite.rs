//! `stock-tracker invite`.

use crate::{config::Config, start};
use anyhow::Context;
use clap::Args;
use services::{Clock, signup_links};
use url::Url;

/// Prints a link with which one company may be registered.
#[derive(Args)]
pub struct Invite {
    /// Only this e-mail address may register with it.
    #[arg(long, value_name = "ADDRESS")]
    email: Option<String>,
    /// For how many days it is good.
    #[arg(long, default_value_t = 7, value_name = "DAYS", value_parser = clap::value_parser!(u32).range(1..=i64::from(signup_links::LONGEST)))]
    days: u32,
    #[command(flatten)]
    config: Config,
}

impl Invite {
    pub(super) fn run(self) -> anyhow::Result<()> {
        super::begin(&self.config, || async {
            let store = start::store(&self.config)?;
            store.verify().await?;
            let public_url = Url::parse(&self.config.server.public_url()).context("PUBLIC_URL")?;
            let (clock, email) = (Clock::system(), self.email.as_deref());
            let link = signup_links::create(&store, &clock, &public_url, email, self.days).await?;
            store.close().await;
            println!("{link}");
            Ok(())
        })
    }
}
