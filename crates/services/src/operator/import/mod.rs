//! Takes over the data of the original Python service: companies, people, encrypted keys, cards, active refresh tokens.
//! A company is one transaction, its cards some more; run twice, nothing changes. What can't be taken is counted with its
//! reason, and no reason holds a value.

mod cards;
mod company;
mod report;
mod row;

pub use report::{Count, Report};

use crate::{Services, Vault, error::Result};
use company::{Company, Found};
use std::collections::HashMap;
use store::{Original, OriginalTable};

/// Reads the original and writes what it understands. `vault` opens the original's keys.
pub async fn import(services: &Services, original: &mut Original, vault: &Vault) -> Result<Report> {
    let mut report = Report::default();
    let mut companies: HashMap<_, Company> = HashMap::new();
    let mut order = Vec::new();
    for row in original.all(OriginalTable::Tenants).await? {
        match row::tenant(&row, services.clock.now()) {
            Ok(tenant) => {
                order.push(tenant.id);
                companies.insert(tenant.id, Company::new(tenant, row::secrets(&row)));
            }
            Err(reason) => report.companies.refuse(reason),
        }
    }
    for row in original.all(OriginalTable::Subscriptions).await? {
        if let Some((tenant, plan)) = row::plan(&row)
            && let Some(company) = companies.get_mut(&tenant)
        {
            company.tenant.plan = plan;
        }
    }
    let mut homes = HashMap::new();
    for row in original.all(OriginalTable::Users).await? {
        match row::user(&row, services.clock.now()) {
            Ok(Found { item: user, notes }) => match companies.get_mut(&user.tenant) {
                Some(company) => {
                    for note in notes {
                        report.people.note(note);
                    }
                    homes.insert(user.id, user.tenant);
                    company.users.push(user);
                }
                None => report.people.refuse("their company was not taken"),
            },
            Err(reason) => report.people.refuse(reason),
        }
    }
    for row in original.all(OriginalTable::RefreshTokens).await? {
        match row::token(&row, services.clock.now(), &homes) {
            Ok(token) => {
                if let Some(company) = companies.get_mut(&token.tenant) {
                    company.tokens.push(token);
                }
            }
            Err(reason) => report.tokens.refuse(reason),
        }
    }
    let mut shops = HashMap::new();
    for id in order {
        if let Some(company) = companies.remove(&id) {
            let marketplace = company.tenant.marketplace;
            let account = company.write(services, vault, &mut report).await?;
            shops.insert(id, (account, marketplace));
        }
    }
    cards::import(services, original, &shops, &mut report).await?;
    Ok(report)
}
