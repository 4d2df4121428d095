//! `stock-tracker quarantine`: rows of the marketplaces' answers that could not be read.

use crate::{config::Config, start};
use clap::Args;
use serde_json::json;
use services::operator;
use store::QuarantinedRow;

/// Shows the latest rows that were set aside, without secrets.
#[derive(Args)]
pub struct Quarantine {
    /// Only of this company: its id, its name, or the e-mail of somebody in it.
    #[arg(long)]
    company: Option<String>,
    /// How many at most.
    #[arg(long, default_value_t = 50)]
    most: u32,
    /// As JSON, for programs.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    config: Config,
}

impl Quarantine {
    pub(super) fn run(self) -> anyhow::Result<()> {
        super::begin(&self.config, || async {
            let (services, store) = start::operator(&self.config).await?;
            let company = match &self.company {
                Some(word) => Some(operator::find(&services, word).await??.id),
                None => None,
            };
            let rows = operator::quarantined(&services, company, self.most.into()).await?;
            store.close().await;
            if self.json {
                let all: Vec<_> = rows.iter().map(as_json).collect();
                println!("{}", serde_json::to_string_pretty(&all)?);
            } else {
                for row in &rows {
                    println!("{}", lines(row));
                }
                if rows.is_empty() {
                    println!("Every row of the last 30 days could be read.");
                }
            }
            Ok(())
        })
    }
}

fn as_json(row: &QuarantinedRow) -> serde_json::Value {
    json!({
        "tenant_id": row.tenant,
        "company": row.company,
        "marketplace": row.marketplace,
        "step": row.step,
        "operation": row.operation,
        "problem": row.problem,
        "raw": row.raw,
        "times": row.times,
        "first_seen_at": row.first_seen_at,
        "last_seen_at": row.last_seen_at,
    })
}

fn lines(row: &QuarantinedRow) -> String {
    // What a marketplace wrote must not draw on the operator's terminal.
    let plain = |text: &str| text.chars().filter(|c| !c.is_control()).collect::<String>();
    format!(
        "{}  {}  {}, {} ({}x since {})\n  {}\n  {}",
        row.last_seen_at.format("%Y-%m-%d %H:%M:%S UTC"),
        plain(&row.company),
        row.marketplace,
        row.step,
        row.times,
        row.first_seen_at.format("%Y-%m-%d"),
        plain(&row.problem),
        plain(&row.raw)
    )
}
