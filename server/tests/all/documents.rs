//! Documents that are written from the code are those in the repository.

use serde_json::json;
use server::{config::document, openapi};
use std::{collections::BTreeSet, fs, path::Path};

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

#[test]
fn every_operation_is_described_whole() {
    let document = openapi::shown();
    let mut ids = BTreeSet::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let about = format!("{method} {path}");
            for text in ["summary", "description", "operationId"] {
                let text = operation[text].as_str().unwrap_or_default();
                assert!(text.len() > 3, "{about} has no {text}");
            }
            let id = operation["operationId"].as_str().unwrap();
            assert!(ids.insert(id.to_owned()), "{about}: {id} is taken");
            assert_eq!(operation["tags"].as_array().map(Vec::len), Some(1), "{about}");
            let responses = operation["responses"].as_object().unwrap();
            assert!(responses.keys().any(|status| status.starts_with('2')), "{about}");
            // Nobody has to prove anything, or all of this can happen.
            let is_public = operation.get("security") == Some(&json!([{}]));
            for status in ["401", "403"] {
                assert!(is_public || responses.contains_key(status), "{about} without {status}");
            }
            assert!(responses.contains_key("500"), "{about}");
            for (status, response) in responses {
                let response = match response["$ref"].as_str() {
                    Some(name) => document.pointer(&name[1..]).expect("a component"),
                    None => response,
                };
                assert!(
                    response["description"].as_str().is_some_and(|d| !d.is_empty()),
                    "{about} {status}"
                );
                let content = response["content"].as_object();
                assert!(
                    content.is_some() || matches!(status.as_str(), "204" | "303"),
                    "{about} {status} has no body"
                );
                for (kind, media) in content.into_iter().flatten() {
                    assert!(media.get("schema").is_some(), "{about} {status} {kind} has no schema");
                    assert!(
                        media.get("example").is_some(),
                        "{about} {status} {kind} has no example"
                    );
                    let is_problem = kind == "application/problem+json";
                    let answers_itself = path == "/health/ready" && status == "503";
                    assert_eq!(
                        is_problem,
                        status.as_str() >= "400" && !answers_itself,
                        "{about} {status}"
                    );
                }
            }
            let bodies = operation["requestBody"]["content"].as_object().into_iter().flatten();
            for (kind, media) in bodies {
                assert!(media.get("example").is_some(), "{about}: {kind} has no example");
                assert!(responses.contains_key("422"), "{about}");
            }
        }
    }
}

/// docs/contract.md and docs/security.md say by which test each line holds.
#[test]
fn the_tests_that_documents_name_exist() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut sources = String::new();
    for folder in ["server", "crates", "app/src", "xtask/src"] {
        read_sources(&root.join(folder), &mut sources);
    }
    for document in ["docs/contract.md", "docs/security.md"] {
        let text = repository(document);
        let mut named = 0;
        for line in text.lines().filter(|line| line.starts_with("| ")) {
            let tests = line.trim_end_matches(" |").rsplit(" | ").next().unwrap_or_default();
            for name in
                tests.split('`').skip(1).step_by(2).filter(|name| !name.contains([' ', '/']))
            {
                let is_there = sources.contains(&format!("fn {name}("));
                assert!(is_there, "{document}: there is no test {name}");
                named += 1;
            }
        }
        assert!(named > 30, "{document} names {named} tests");
    }
}

fn read_sources(folder: &Path, sources: &mut String) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            read_sources(&path, sources);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            sources.push_str(&fs::read_to_string(&path).unwrap());
        }
    }
}

mod python {
    use super::*;

    /// With OpenAPI's own validator, from `PyPI`: the specification's rules, and each example against its schema.
    #[test]
    fn the_document_keeps_to_openapis_rules() {
        let Some(python) = std::env::var_os("TEST_PYTHON") else {
            eprintln!("left out: TEST_PYTHON is not set; `cargo xtask test` sets it");
            return;
        };
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("openapi.json");
        fs::write(&file, openapi::text().unwrap()).unwrap();
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tools/api/check.py");
        let output = std::process::Command::new(python).arg(script).arg(&file).output().unwrap();
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
    }
}
