//! `stock-tracker tenants list`.

use crate::{config::Config, start};
use clap::Args;
use serde_json::json;
use services::operator;
use store::Company;

/// Shows every company, the oldest first.
#[derive(Args)]
pub struct List {
    /// As JSON, for programs.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    config: Config,
}

impl List {
    pub(super) fn run(self) -> anyhow::Result<()> {
        super::super::begin(&self.config, || async {
            let (services, store) = start::operator(&self.config).await?;
            let companies = operator::companies(&services).await?;
            store.close().await;
            if self.json {
                let all: Vec<_> = companies.iter().map(as_json).collect();
                println!("{}", serde_json::to_string_pretty(&all)?);
            } else {
                for company in &companies {
                    println!("{}", line(company));
                }
            }
            Ok(())
        })
    }
}

fn as_json(company: &Company) -> serde_json::Value {
    json!({
        "id": company.id,
        "name": company.name,
        "owner": company.owner,
        "plan": company.plan,
        "is_active": company.is_active,
        "demo_until": company.demo_until,
        "created_at": company.created_at,
        "members": company.members,
        "products": company.products,
    })
}

fn line(company: &Company) -> String {
    let state = match (company.is_active, company.demo_until) {
        (false, _) => "suspended",
        (true, Some(_)) => "demo",
        (true, None) => "active",
    };
    // A name or an address must not draw on the operator's terminal.
    let plain = |text: &str| text.chars().filter(|c| !c.is_control()).collect::<String>();
    format!(
        "{}  {:10}  {:9}  {:>4} people  {:>7} products  {}  {}",
        company.id,
        company.plan.name(),
        state,
        company.members,
        company.products,
        plain(company.owner.as_deref().unwrap_or("-")),
        plain(&company.name)
    )
}
