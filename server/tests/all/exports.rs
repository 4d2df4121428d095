//! Lists as files over real HTTP: what is in them equals the lists, on both engines.

use crate::common::{App, Person};
use domain::Role;
use reqwest::{Method, Response};
use serde_json::Value;
use std::{collections::HashMap, io::Write};
use store::testing::TestStore;

async fn download(app: &App, path: &str, person: &Person) -> Response {
    let call = app.call(Method::GET, path).bearer_auth(&person.access);
    call.header("accept-language", "ru").send().await.unwrap()
}

async fn text(app: &App, path: &str, person: &Person) -> String {
    let answer = download(app, path, person).await;
    assert_eq!(answer.status(), 200, "{path}");
    assert_eq!(answer.headers()["content-type"], "text/csv; charset=utf-8");
    // As bytes: what reads it as text leaves the mark out.
    String::from_utf8(answer.bytes().await.unwrap().to_vec()).unwrap()
}

/// The rows of a file whose cells hold no separator.
fn rows(csv: &str, separator: char) -> Vec<Vec<String>> {
    csv.trim_start_matches('\u{feff}')
        .lines()
        .map(|line| line.split(separator).map(str::to_owned).collect())
        .collect()
}

async fn shop(app: &App) -> Person {
    let anna = app.register("anna@example.com").await;
    app.connect(&anna).await;
    app.synchronise(&anna).await;
    anna
}

async fn json(app: &App, path: &str, person: &Person) -> Value {
    app.get(path, person).await.json().await.unwrap()
}

async fn a_csv_holds_the_list_as_filtered(test: TestStore) {
    let app = App::start(test).await;
    let anna = shop(&app).await;
    let csv = text(&app, "/api/v1/exports/products.csv", &anna).await;
    assert!(csv.starts_with('\u{feff}'), "a Russian Excel needs the mark");
    let lines = rows(&csv, ';');
    assert_eq!(lines[0][4], "Название");
    let page = json(&app, "/api/v1/products/?page_size=200", &anna).await;
    let items = page["items"].as_array().unwrap();
    assert_eq!(lines.len(), items.len() + 1);
    for item in items {
        let article = item["marketplace_article"].as_str().unwrap();
        let line = lines.iter().find(|line| line[2] == article).unwrap();
        assert_eq!(line.len(), lines[0].len(), "{line:?}");
        assert_eq!(line[3], item["seller_article"].as_str().unwrap());
        assert_eq!(line[7], item["total_stock"].to_string());
        assert_eq!(line[12], item["total_orders"].to_string());
        let cover = match item["cover"]["state"].as_str().unwrap() {
            "days" => {
                let tenths = item["cover"]["tenths"].as_i64().unwrap();
                format!("{},{}", tenths / 10, tenths % 10)
            }
            "infinite" => "∞".into(),
            "out_of_stock" => "0,0".into(),
            _ => String::new(),
        };
        assert_eq!(line[14], cover, "{item}");
        assert_eq!(line[15], "15.09.2026 12:00", "noon in Moscow");
    }

    let some = json(&app, "/api/v1/products/?min_stock=100&page_size=200", &anna).await;
    let csv = text(&app, "/api/v1/exports/products.csv?min_stock=100&separator=comma", &anna).await;
    assert!(!csv.starts_with('\u{feff}'));
    assert_eq!(i64::try_from(csv.lines().count()).unwrap() - 1, some["total"].as_i64().unwrap());
    let wrong = download(&app, "/api/v1/exports/products.csv?separator=tab", &anna).await;
    assert_eq!(wrong.status(), 422);
}

async fn stock_orders_and_syncs_leave_whole(test: TestStore) {
    let app = App::start(test).await;
    let anna = shop(&app).await;
    let stock = rows(&text(&app, "/api/v1/exports/stock.csv", &anna).await, ';');
    let mut pieces: HashMap<&str, i64> = HashMap::new();
    for line in &stock[1..] {
        *pieces.entry(line[2].as_str()).or_default() += line[11].parse::<i64>().unwrap();
    }
    let page = json(&app, "/api/v1/products/?page_size=200", &anna).await;
    for item in page["items"].as_array().unwrap() {
        let article = item["marketplace_article"].as_str().unwrap();
        let sum = pieces.get(article).copied().unwrap_or_default();
        assert_eq!(sum, item["total_stock"].as_i64().unwrap(), "{article}");
    }

    let orders = rows(&text(&app, "/api/v1/exports/orders.csv", &anna).await, ';');
    let days = json(&app, "/api/v1/orders/days?from=2026-06-01&to=2026-09-15", &anna).await;
    let days = days["days"].as_array().unwrap();
    let sum = |name: &str| days.iter().map(|day| day[name].as_i64().unwrap()).sum::<i64>();
    let units = orders.len() - 1;
    assert!(units > 100, "several ranges of the key: {units}");
    assert_eq!(i64::try_from(units).unwrap(), sum("ordered") + sum("cancelled"));
    let cancelled = orders[1..].iter().filter(|line| !line[12].is_empty()).count();
    assert_eq!(i64::try_from(cancelled).unwrap(), sum("cancelled"));
    let keys: std::collections::HashSet<&String> = orders.iter().map(|line| &line[3]).collect();
    assert_eq!(keys.len(), orders.len(), "each order once");

    let syncs = rows(&text(&app, "/api/v1/exports/syncs.csv", &anna).await, ';');
    assert_eq!((syncs.len(), syncs[1][2].as_str()), (2, "завершена"));
}

async fn a_workbook_opens(test: TestStore) {
    let app = App::start(test).await;
    let anna = shop(&app).await;
    let answer = download(&app, "/api/v1/exports/products.xlsx", &anna).await;
    assert_eq!(answer.status(), 200);
    let name = answer.headers()["content-disposition"].to_str().unwrap().to_owned();
    assert!(name.contains("products-2026-09-15.xlsx"), "{name}");
    let file = answer.bytes().await.unwrap();
    assert!(file.starts_with(b"PK\x03\x04"));
    let mut saved = tempfile::NamedTempFile::new().unwrap();
    saved.write_all(&file).unwrap();
    let archive = std::process::Command::new("python3")
        .args(["-c", "import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); print(z.testzip(), len(z.namelist()))"])
        .arg(saved.path())
        .output();
    if let Ok(said) = archive {
        assert_eq!(String::from_utf8_lossy(&said.stdout).trim(), "None 6");
    }
    let log = json(&app, "/api/v1/audit?action=list_exported", &anna).await;
    assert_eq!(log["items"][0]["details"]["format"], "xlsx", "{log}");
}

async fn a_viewer_takes_nothing_out(test: TestStore) {
    let app = App::start(test).await;
    let anna = app.register("anna@example.com").await;
    app.test.set_role(anna.tenant, anna.user, Role::Viewer).await;
    for list in ["products", "stock", "orders", "syncs"] {
        for ending in ["csv", "xlsx"] {
            let answer = download(&app, &format!("/api/v1/exports/{list}.{ending}"), &anna).await;
            assert_eq!(answer.status(), 403, "{list}.{ending}");
        }
    }
}

store::on_both_engines!(
    a_csv_holds_the_list_as_filtered,
    stock_orders_and_syncs_leave_whole,
    a_workbook_opens,
    a_viewer_takes_nothing_out,
);
