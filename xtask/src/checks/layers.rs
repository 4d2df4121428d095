//! Who may depend on whom. Dependencies of tests are free; everything else has
//! a line here, and a crate without a line is refused.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use serde::Deserialize;

use super::verdict;
use crate::{cargo::cargo, workspace::Workspace};

/// Our crates and which of our crates they may name.
const MAY_USE: [(&str, &[&str]); 12] = [
    ("domain", &[]),
    ("planning", &["domain"]),
    ("store", &["domain"]),
    ("outbound", &["domain"]),
    ("simulator", &["domain"]),
    ("services", &["domain", "planning", "store", "outbound"]),
    ("app", &["domain", "planning", "services"]),
    ("frontend", &["app"]),
    ("server", &["app", "domain", "planning", "services", "store", "outbound", "simulator"]),
    ("benches", &["domain", "planning", "services", "store", "outbound", "simulator", "server"]),
    ("xtask", &[]),
    // Programs for tests only.
    ("testkit", &["domain", "planning", "services", "store", "outbound", "simulator", "server"]),
];

/// Libraries with one owner.
const OWNED: [(&str, &[&str]); 5] = [
    ("sqlx", &["store"]),
    ("apalis-sqlite", &["store"]),
    ("apalis-postgres", &["store"]),
    ("reqwest", &["outbound"]),
    ("lettre", &["outbound"]),
];

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    dependencies: Vec<Dependency>,
}

#[derive(Deserialize)]
struct Dependency {
    name: String,
    /// `dev`, `build`, or nothing for an ordinary one.
    kind: Option<String>,
}

/// Compares the manifests with the tables above.
pub fn check(workspace: &Workspace) -> Result<()> {
    let arguments = ["metadata", "--format-version", "1", "--no-deps", "--offline"];
    let output = cargo(workspace, &arguments).output().context("start cargo metadata")?;
    let metadata = serde_json::from_slice(&output.stdout)
        .with_context(|| String::from_utf8_lossy(&output.stderr).into_owned())?;
    verdict(&complaints(&metadata))
}

fn complaints(metadata: &Metadata) -> Vec<String> {
    let rules: BTreeMap<&str, &[&str]> = MAY_USE.into();
    let owners: BTreeMap<&str, &[&str]> = OWNED.into();
    let mut complaints = Vec::new();
    for package in &metadata.packages {
        let user = package.name.as_str();
        let Some(allowed) = rules.get(user) else {
            complaints.push(format!("{user} has no line in xtask's checks::layers"));
            continue;
        };
        for used in &package.dependencies {
            let name = used.name.as_str();
            if used.kind.as_deref() == Some("dev") {
                continue;
            }
            if rules.contains_key(name) && !allowed.contains(&name) {
                complaints.push(format!("{user} must not depend on {name}"));
            }
            if owners.get(name).is_some_and(|owners| !owners.contains(&user)) {
                complaints.push(format!("{user} must not depend on {name}, which has an owner"));
            }
        }
    }
    complaints
}

#[cfg(test)]
mod tests {
    use super::*;

    fn metadata(text: &str) -> Metadata {
        serde_json::from_str(text).unwrap()
    }

    #[test]
    fn strangers_to_the_database_and_upward_edges_are_named() {
        let metadata = metadata(
            r#"{"packages":[
                {"name":"services","dependencies":[{"name":"sqlx","kind":null},{"name":"app","kind":null}]},
                {"name":"server","dependencies":[{"name":"reqwest","kind":"dev"}]},
                {"name":"newcomer","dependencies":[]}
            ]}"#,
        );
        let complaints = complaints(&metadata);
        assert_eq!(complaints.len(), 3, "{complaints:?}");
        assert!(complaints[0].contains("sqlx") && complaints[1].contains("app"));
        assert!(complaints[2].contains("newcomer"));
    }
}
