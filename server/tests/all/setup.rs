//! docs/setup.md: its curl calls are run, in their order, against a server with a simulated marketplace.

use crate::common::App;
use std::{fs, path::Path, process::Command};
use store::testing::TestStore;

/// The shell blocks between this heading and the next.
fn script(document: &str, heading: &str) -> String {
    let section = document.split("\n## ").find(|section| section.starts_with(heading)).unwrap();
    let blocks = section.split("```").skip(1).step_by(2);
    blocks.filter_map(|block| block.strip_prefix("sh\n")).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_calls_of_the_setup_page_work() {
    let app = App::start(TestStore::sqlite().await).await;
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/setup.md");
    let script = script(&fs::read_to_string(page).unwrap(), "Use it with curl");
    assert!(script.contains("API=http://127.0.0.1:8000\n") && script.contains("KEY=…\n"));
    let script = script
        .replace("API=http://127.0.0.1:8000\n", &format!("API={}\n", app.url))
        .replace("KEY=…\n", &format!("KEY={}\n", app.key()));
    let mut bash = Command::new("bash");
    bash.args(["-euo", "pipefail", "-c", &script]);
    let output = tokio::task::spawn_blocking(move || bash.output()).await.unwrap();
    let output = output.expect("bash and curl run the page's calls");
    let (said, errors) =
        (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{said}\n{errors}");
    for answer in [
        r#""status":"healthy""#,
        r#""status":"alive""#,
        r#""status":"ready""#,
        r#""token_type":"bearer""#,
        r#""name":"Дом и уют""#,
        "Tenant updated successfully",
        "Credentials updated successfully",
        "Sync started",
        r#""status":"completed""#,
        r#""marketplace_article":"#,
        r#""warehouse_data":[{"#,
        r#""health_score":"#,
        r#""stock_to_orders_ratio":"#,
        r#""unknown":"#,
        r#""total_stock":"#,
        "Logged out successfully",
    ] {
        assert!(said.contains(answer), "{answer}\n{said}");
    }
}
