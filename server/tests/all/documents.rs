//! Documents that are written from the code are those in the repository.

use server::{config::document, openapi};
use std::{fs, path::Path};

fn repository(path: &str) -> String {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path);
    fs::read_to_string(file).unwrap_or_default()
}

#[test]
fn the_openapi_snapshot_is_this_programs() {
    assert!(
        repository("docs/openapi.json") == openapi::text().unwrap(),
        "the API changed: look at the difference after `cargo xtask openapi`"
    );
}

#[test]
fn the_example_of_an_environment_names_every_setting() {
    assert!(
        repository(".env.example") == document::env_example(),
        "write it anew: `stock-tracker env-example > .env.example`"
    );
}

#[test]
fn the_readmes_table_names_every_setting() {
    assert!(
        repository("README.md").contains(&document::table()),
        "put the output of `stock-tracker env-example --markdown` into README.md"
    );
}

#[test]
fn the_table_of_roles_is_the_one_in_the_code() {
    assert!(
        repository("docs/roles.md") == domain::role::document(),
        "write it anew: `stock-tracker roles > docs/roles.md`"
    );
}
