//! `stock-tracker audit`.

use crate::{config::Config, start};
use anyhow::bail;
use clap::{Args, Subcommand};
use store::{AuditVerdict, Reason};

/// What can be done with the logs.
#[derive(Subcommand)]
pub enum Audit {
    /// Walks along every company's chain and says where one is broken; ends with 1 then.
    Verify(Verify),
}

/// Verifies every chain.
#[derive(Args)]
pub struct Verify {
    #[command(flatten)]
    config: Config,
}

impl Audit {
    pub(super) fn run(self) -> anyhow::Result<()> {
        match self {
            Self::Verify(verify) => verify.run(),
        }
    }
}

impl Verify {
    fn run(self) -> anyhow::Result<()> {
        super::begin(&self.config, || async {
            let store = start::store(&self.config)?;
            store.verify().await?;
            let (mut intact, mut broken) = (0, 0);
            services::audit_log::verify_all(&store, |tenant, check| match check.broken_at {
                None => {
                    intact += 1;
                    println!("{tenant}: intact, {} entries", check.entries);
                }
                Some(seq) => {
                    broken += 1;
                    println!("{tenant}: BROKEN at entry {seq}");
                }
            })
            .await?;
            let mut tx = store.system_read(Reason::Operator).await?;
            match tx.verify_operator_log().await? {
                AuditVerdict::Whole { entries } => {
                    println!("operators' log: intact, {entries} entries");
                }
                AuditVerdict::Broken { seq } => {
                    broken += 1;
                    println!("operators' log: BROKEN at entry {seq}");
                }
            }
            drop(tx);
            store.close().await;
            println!("{intact} intact, {broken} broken");
            if broken > 0 {
                bail!("an audit log was changed behind the program's back");
            }
            Ok(())
        })
    }
}
