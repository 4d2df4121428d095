//! The same rows by the engine alone: `psql` with COPY, `sqlite3` with `insert … select`. What a sync has beside it:
//! HTTP, JSON, our comparison, foreign keys and row-level security; tables here have the same columns and indexes.

use std::{
    io::Write,
    process::{Command, Stdio},
    time::Instant,
};
use store::testing::TestStore;

const TABLES: [&str; 7] = [
    "products",
    "offers",
    "stock_levels",
    "stock_changes",
    "orders",
    "daily_sales",
    "stock_images",
];

/// All rows that the first sync left, into empty tables.
pub(crate) fn first(test: &TestStore) {
    let (prepare, load) = match sqlite(test) {
        Some(_) => (
            String::new(),
            TABLES
                .map(|table| format!("insert into bare.{table} select * from main.{table};"))
                .join("\n"),
        ),
        None => (
            TABLES.map(|table| format!("\\copy {table} to '{}'", file(table))).join("\n"),
            TABLES
                .map(|table| {
                    format!("create table bare_{table} (like {table} including all);\n\\copy bare_{table} from '{}'", file(table))
                })
                .join("\n"),
        ),
    };
    run(test, &prepare);
    report(test, "the rows of the first sync", &load);
    let clean = TABLES.map(|table| format!("drop table if exists bare_{table};")).join("\n");
    if sqlite(test).is_none() {
        run(test, &clean);
    }
    for table in TABLES {
        let _ = std::fs::remove_file(file(table));
    }
}

/// Every level another one, its change, and the measures and title of every product.
pub(crate) fn changed(test: &TestStore) {
    let merge = "
        insert into stock_levels select tenant_id, offer_id, warehouse_id, product_id, quantity + 1, in_way_to_client,
          in_way_from_client, changed_at from next_levels where true
        on conflict (tenant_id, offer_id, warehouse_id) do update set quantity = excluded.quantity,
          changed_at = excluded.changed_at;
        insert into stock_changes select tenant_id, product_id, 99999, offer_id, warehouse_id, changed_at, quantity + 1, 1,
          in_way_to_client, in_way_from_client from next_levels;
        update products set title = next_products.title, total_stock = next_products.total_stock + 1,
          updated_at = next_products.updated_at
        from next_products where products.tenant_id = next_products.tenant_id and products.id = next_products.id;";
    let levels = "select tenant_id, offer_id, warehouse_id, product_id, quantity, in_way_to_client, in_way_from_client, changed_at from stock_levels";
    let products =
        "select tenant_id, id, title || '.' as title, total_stock, updated_at from products";
    if sqlite(test).is_some() {
        report(
            test,
            "a change of every row",
            &format!(
                "begin;\ncreate temp table next_levels as {levels};\ncreate temp table next_products as {products};\n{merge}\ncommit;"
            ),
        );
        return;
    }
    run(
        test,
        &format!("\\copy ({levels}) to '{}'\n\\copy ({products}) to '{}'", file("l"), file("p")),
    );
    let load = format!(
        "begin;
create temp table next_levels as {levels} limit 0;
create temp table next_products as {products} limit 0;
\\copy next_levels from '{}'
\\copy next_products from '{}'
analyze next_levels;
analyze next_products;
{merge}
commit;",
        file("l"),
        file("p")
    );
    report(test, "a change of every row", &load);
    for name in ["l", "p"] {
        let _ = std::fs::remove_file(file(name));
    }
}

fn report(test: &TestStore, what: &str, script: &str) {
    let begun = Instant::now();
    run(test, script);
    println!("  the bare engine, {what}: {:.1} s", begun.elapsed().as_secs_f64());
}

fn file(table: &str) -> String {
    std::env::temp_dir().join(format!("bare-{}-{table}", std::process::id())).display().to_string()
}

/// The file of the database.
fn sqlite(test: &TestStore) -> Option<&str> {
    test.settings.url.strip_prefix("sqlite://")
}

fn run(test: &TestStore, script: &str) {
    let mut command = match sqlite(test) {
        Some(file) => {
            let mut command = Command::new("sqlite3");
            command.arg(file);
            command
        }
        None => {
            let mut url = url_of_cluster(&test.settings.url);
            url.push_str("?options=-c%20client_min_messages%3Dwarning");
            let mut command = Command::new("psql");
            command.args(["-q", "-X", "-v", "ON_ERROR_STOP=1"]).arg(url);
            command
        }
    };
    let mut process = command.stdin(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
    let mut input = process.stdin.take().unwrap();
    let script = match sqlite(test) {
        Some(file) => {
            let schema = format!(
                "attach '{file}.bare' as bare;\npragma bare.journal_mode=wal;\npragma bare.synchronous=normal;\npragma synchronous=normal;\npragma cache_size=-8000;\n"
            );
            let tables = TABLES.map(|table| copied(file, table)).join("\n");
            format!("{schema}{tables}\n{script}")
        }
        None => script.to_owned(),
    };
    input.write_all(script.as_bytes()).unwrap();
    drop(input);
    assert!(process.wait().unwrap().success());
    if let Some(file) = sqlite(test) {
        for end in ["", "-wal", "-shm"] {
            let _ = std::fs::remove_file(format!("{file}.bare{end}"));
        }
    }
}

/// Table and indexes as in the main file, without foreign keys.
fn copied(file: &str, table: &str) -> String {
    let query = format!(
        "select sql || ';' from sqlite_master where tbl_name = '{table}' and sql is not null and type in ('table', 'index') order by type desc"
    );
    let answer = Command::new("sqlite3").arg(file).arg(query).output().unwrap();
    let sql = String::from_utf8(answer.stdout).unwrap();
    sql.replace("CREATE TABLE ", "create table bare.")
        .replace("create table ", "create table bare.")
        .replace("bare.bare.", "bare.")
        .replace("CREATE INDEX ", "create index bare.")
        .replace("create index ", "create index bare.")
        .replace("create unique index ", "create unique index bare.")
        .replace("bare.bare.", "bare.")
        .replace('"', "")
}

/// As the cluster's superuser: row-level security is no part of the bare engine.
fn url_of_cluster(database: &str) -> String {
    let cluster = std::env::var("TEST_POSTGRES_URL").unwrap();
    let name = database.rsplit('/').next().unwrap_or_default();
    let base = cluster.rsplit_once('/').map_or(cluster.as_str(), |(base, _)| base);
    format!("{base}/{}", name.split('?').next().unwrap_or_default())
}
