//! The walls between tenants, tested on the schema itself: a table or a query that forgets its tenant fails here.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::disallowed_methods, reason = "tests")]

use sqlx::Row;
use std::collections::{BTreeMap, BTreeSet};
use store::testing::TestStore;

/// Tables that belong to no tenant. Adding one here is a decision, not a detail.
const GLOBAL: [&str; 10] = [
    "users",
    "tenants",
    "demo_starts",
    "rate_buckets",
    "mail_links",
    "second_factors",
    "recovery_codes",
    "signup_links",
    "operators",
    "operator_log",
];

/// Tables of no tenant that a tenant's own role has no business with.
const SYSTEM_ONLY: [&str; 8] = [
    "demo_starts",
    "rate_buckets",
    "mail_links",
    "second_factors",
    "recovery_codes",
    "signup_links",
    "operators",
    "operator_log",
];

/// All migrations of an engine, in their order.
fn migrations(engine: &str) -> String {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../migrations");
    let files = std::fs::read_dir(root.join(engine)).unwrap();
    let files: BTreeSet<_> = files.map(|file| file.unwrap().path()).collect();
    files.iter().map(|file| std::fs::read_to_string(file).unwrap()).collect()
}

/// `create table name ( … )` of the migrations, and `alter table name add column … ;`: table, then column and the
/// words after it; then what was dropped is taken out, and what took its name is put in its place.
fn tables(sql: &str) -> BTreeMap<String, BTreeMap<String, String>> {
    let mut tables = BTreeMap::new();
    for chunk in sql.split("create table ").skip(1) {
        let (name, rest) = chunk.split_once(" (").unwrap();
        let body = rest.split_once("\n)").unwrap().0;
        let columns = body
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty() && !line.starts_with("--"))
            .filter(|line| {
                !["primary key", "unique", "foreign key"].iter().any(|k| line.starts_with(k))
            })
            .map(|line| {
                let (column, words) = line.trim_end_matches(',').split_once(' ').unwrap();
                (column.to_owned(), words.to_owned())
            })
            .collect();
        tables.insert(name.to_owned(), columns);
    }
    for added in sql.lines().filter_map(|line| line.strip_prefix("alter table ")) {
        let Some((name, column)) = added.split_once(" add column ") else { continue };
        let (column, words) = column.trim_end_matches(';').split_once(' ').unwrap();
        let columns: &mut BTreeMap<_, _> = tables.get_mut(name).unwrap();
        columns.insert(column.to_owned(), words.to_owned());
    }
    for dropped in sql.lines().filter_map(|line| line.strip_prefix("drop table ")) {
        tables.remove(dropped.trim_end_matches(';')).unwrap();
    }
    for renamed in sql.lines().filter_map(|line| line.strip_prefix("alter table ")) {
        let Some((old, new)) = renamed.split_once(" rename to ") else { continue };
        let columns = tables.remove(old).unwrap();
        tables.insert(new.trim_end_matches(';').to_owned(), columns);
    }
    tables
}

#[test]
fn both_engines_have_the_same_tables_columns_and_nullability() {
    let postgres = tables(&migrations("postgres"));
    let sqlite = tables(&migrations("sqlite"));
    assert!(postgres.len() > 20);
    let translated: BTreeMap<_, BTreeMap<_, _>> = postgres
        .into_iter()
        .map(|(table, columns)| {
            let columns = columns
                .into_iter()
                .map(|(column, words)| {
                    let words = words
                        .replace(" collate \"C\"", "")
                        .replace("uuid", "blob")
                        .replace("bytea", "blob")
                        .replace("timestamptz", "text")
                        .replace("bigint", "integer")
                        .replace("boolean", "integer")
                        .replace("jsonb", "text");
                    (column, words)
                })
                .collect();
            (table, columns)
        })
        .collect();
    assert_eq!(translated, sqlite);
}

#[test]
fn every_tenant_table_begins_its_key_with_the_tenant() {
    for chunk in migrations("sqlite").split("create table ").skip(1) {
        let (name, rest) = chunk.split_once(" (").unwrap();
        if GLOBAL.contains(&name) {
            continue;
        }
        let body = rest.split_once("\n)").unwrap().0;
        assert!(
            body.contains("primary key (tenant_id") || body.contains("tenant_id blob primary key"),
            "{name}: the primary key must begin with tenant_id"
        );
        for foreign in body.split("foreign key (").skip(1) {
            assert!(foreign.starts_with("tenant_id, "), "{name}: a foreign key without its tenant");
        }
    }
}

fn tenant_tables() -> BTreeSet<String> {
    let all = tables(&migrations("sqlite")).into_keys();
    all.filter(|table| !GLOBAL.contains(&table.as_str())).collect()
}

/// Whether a query reads or writes a tenant's table.
fn touches(query: &str, tenant_tables: &BTreeSet<String>) -> bool {
    let lower = query.to_lowercase();
    let words: Vec<&str> = lower
        .split(|c: char| !c.is_alphanumeric() && c != '_')
        .filter(|word| !word.is_empty())
        .collect();
    words.windows(2).any(|pair| {
        matches!(pair[0], "from" | "into" | "update" | "join") && tenant_tables.contains(pair[1])
    })
}

fn forgets(query: &str) -> bool {
    !query.to_lowercase().contains("tenant_id")
}

/// Whoever adds a table decides whether a company takes it along.
#[test]
fn every_tenant_table_is_exported_or_knowingly_not() {
    // Secrets and what only lives here: sign-ins, links, keys of marketplaces, where the next reading begins.
    const KEPT: [&str; 22] = [
        "tag_edits",
        "tag_edit_products",
        "catalogue_totals",
        "class_measures",
        "mornings",
        "shop_days",
        "shop_measures",
        "warehouse_days",
        "warehouse_measures",
        "sessions",
        "refresh_tokens",
        "account_secrets",
        "tenant_secrets",
        "invitations",
        "freshness",
        "schedules",
        // What could not be read is the operator's, an image is made of the levels.
        "quarantine",
        "stock_images",
        // Leaves as rows of stock_changes.
        "stock_past",
        // Are found again from the products.
        "product_keys",
        "link_scans",
        "link_suggestions",
    ];
    let known: BTreeSet<String> = tables(&migrations("sqlite"))
        .into_keys()
        .filter(|table| table == "tenants" || !GLOBAL.contains(&table.as_str()))
        .collect();
    let decided: BTreeSet<String> =
        store::EXPORTED.iter().chain(&KEPT).map(|table| (*table).to_owned()).collect();
    assert_eq!(known, decided);
}

/// SQLite has no row-level security, so the text is looked at: each SQL string on a tenant table that runs
/// inside `TenantTx` says `tenant_id`.
#[test]
fn no_query_on_a_tenant_table_forgets_the_tenant() {
    let tenant_tables = tenant_tables();
    let mut seen = 0;
    let mut forgotten = Vec::new();
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    visit(&folder, &mut |path, text| {
        for query in strings(text) {
            let touches = touches(&query, &tenant_tables);
            if touches {
                seen += 1;
                if forgets(&query) {
                    forgotten.push(format!(
                        "{}: {}",
                        path.display(),
                        query.chars().take(120).collect::<String>()
                    ));
                }
            }
        }
    });
    assert!(forgotten.is_empty(), "queries without tenant_id:\n{}", forgotten.join("\n"));
    assert!(seen > 10, "the test reads the queries ({seen} found)");
}

/// Mutants: every query of today without its filter is found by the test above.
#[test]
fn a_dropped_filter_is_found() {
    let tenant_tables = tenant_tables();
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut mutants = 0;
    visit(&folder, &mut |path, text| {
        for query in strings(text).iter().filter(|query| touches(query, &tenant_tables)) {
            let mutant = query.replace("tenant_id", "id");
            mutants += 1;
            assert!(
                touches(&mutant, &tenant_tables) && forgets(&mutant),
                "{}: {mutant}",
                path.display()
            );
        }
    });
    assert!(mutants > 50, "{mutants} mutants");
}

/// The foreign keys alone, where no policy looks: SQLite as it is, PostgreSQL as the role that sees every tenant.
async fn a_row_cannot_point_into_another_tenants(test: TestStore) {
    let (mine, theirs) = (test.company("Моя").await, test.company("Чужая").await);
    let secret =
        "insert into account_secrets (tenant_id, account_id, field, ciphertext, updated_at)
         values ($1, $2, 'field', 'x', $3)";
    let schedule = "insert into schedules (tenant_id, account_id, kind, due_at)
         values ($1, $2, 'orders', $3)";
    let token =
        "insert into refresh_tokens (tenant_id, id, session_id, token_hash, issued_at, expires_at)
         values ($1, $2, $2, 'hash', $3, $3)";
    for (sql, own, other) in [
        (secret, mine.account.0, theirs.account.0),
        (schedule, mine.account.0, theirs.account.0),
        (token, mine.session.0, theirs.session.0),
    ] {
        assert_eq!(raw(&test, sql, mine.tenant.0, own, mine.now).await, Ok(()), "{sql}");
        let refused = raw(&test, sql, mine.tenant.0, other, mine.now).await.unwrap_err();
        assert!(refused.to_lowercase().contains("foreign key"), "{sql}: {refused}");
    }
}

async fn raw(
    test: &TestStore,
    sql: &'static str,
    tenant: uuid::Uuid,
    id: uuid::Uuid,
    at: chrono::DateTime<chrono::Utc>,
) -> Result<(), String> {
    let done = if test.settings.url.starts_with("sqlite") {
        let pool = sqlx::SqlitePool::connect(&test.settings.url).await.unwrap();
        sqlx::query(sql).bind(tenant).bind(id).bind(at).execute(&pool).await.map(drop)
    } else {
        let pool = sqlx::PgPool::connect(&test.settings.url).await.unwrap();
        let begin = "begin; set local role stock_tracker_system";
        let mut tx = pool.begin_with(begin).await.unwrap();
        let done = sqlx::query(sql).bind(tenant).bind(id).bind(at).execute(&mut *tx).await;
        if done.is_ok() { tx.commit().await } else { done.map(drop) }
    };
    done.map_err(|error| error.to_string())
}

mod foreign_keys {
    use super::*;
    store::on_both_engines!(a_row_cannot_point_into_another_tenants);
}

/// The string literals of a Rust source, plain and raw; adjacent parts of `concat!` count apart.
fn strings(source: &str) -> Vec<String> {
    let source: String = source
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect::<Vec<_>>()
        .join("\n");
    let mut found = Vec::new();
    let mut rest = source.as_str();
    while let Some(start) = rest.find('"') {
        let raw = rest[..start].ends_with("r#");
        let body = &rest[start + 1..];
        let end = if raw {
            body.find("\"#")
        } else {
            let mut escaped = false;
            body.char_indices()
                .find(|&(_, c)| {
                    let ends = c == '"' && !escaped;
                    escaped = c == '\\' && !escaped;
                    ends
                })
                .map(|(at, _)| at)
        };
        let Some(end) = end else { break };
        found.push(body[..end].to_owned());
        rest = &body[end + 1..];
    }
    found
}

fn visit(folder: &std::path::Path, read: &mut dyn FnMut(&std::path::Path, &str)) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            visit(&path, read);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            read(&path, &std::fs::read_to_string(&path).unwrap());
        }
    }
}

mod postgres {
    use super::*;

    #[tokio::test]
    async fn every_table_forces_row_security_and_has_its_policies() {
        let test = TestStore::postgres().await;
        let pool = sqlx::PgPool::connect(&test.settings.url).await.unwrap();
        let rows = sqlx::query(
            "select c.relname, c.relrowsecurity, c.relforcerowsecurity,
                    array(select p.polname::text from pg_policy p where p.polrelid = c.oid order by 1) as policies
             from pg_class c join pg_namespace n on n.oid = c.relnamespace
             where n.nspname = 'public' and c.relkind in ('r', 'p') order by 1",
        )
        .fetch_all(&pool)
        .await
        .unwrap();
        assert!(rows.len() > 20);
        for row in rows {
            let table: String = row.get(0);
            if table == "_stock_tracker_migrations" {
                continue;
            }
            assert!(
                row.get::<bool, _>(1) && row.get::<bool, _>(2),
                "{table}: row security must be enabled and forced"
            );
            let policies: Vec<String> = row.get(3);
            let expected: &[&str] = if SYSTEM_ONLY.contains(&table.as_str()) {
                &["system_rows"]
            } else {
                &["system_rows", "tenant_rows"]
            };
            assert_eq!(policies, expected, "{table}");
        }
    }

    /// Raw SQL without any `tenant_id`, as the tables' owner and as the tenant role: the policies alone must hold.
    #[tokio::test]
    async fn the_policies_hold_without_the_predicate() {
        let test = TestStore::postgres().await;
        let pool = sqlx::PgPool::connect(&test.settings.url).await.unwrap();
        let (mine, theirs) = (uuid::Uuid::new_v4(), uuid::Uuid::new_v4());
        let mut system =
            pool.begin_with("begin; set local role stock_tracker_system").await.unwrap();
        for tenant in [mine, theirs] {
            sqlx::query(
                "insert into tenants values ($1, 'x', 'wildberries', true, 10, null, now(), now())",
            )
            .bind(tenant)
            .execute(&mut *system)
            .await
            .unwrap();
            sqlx::query("insert into subscriptions values ($1, 'free', now())")
                .bind(tenant)
                .execute(&mut *system)
                .await
                .unwrap();
        }
        system.commit().await.unwrap();

        let owner: i64 = sqlx::query_scalar("select count(*) from subscriptions")
            .fetch_one(&pool)
            .await
            .unwrap();
        assert_eq!(owner, 0, "the owner of the tables has no policy");

        let begin = format!(
            "begin; set local role stock_tracker_tenant; set local app.tenant_id = '{mine}'"
        );
        let mut tenant = pool.begin_with(sqlx::AssertSqlSafe(begin)).await.unwrap();
        let seen: Vec<uuid::Uuid> = sqlx::query_scalar("select tenant_id from subscriptions")
            .fetch_all(&mut *tenant)
            .await
            .unwrap();
        assert_eq!(seen, [mine]);
        let written = sqlx::query("update subscriptions set plan = 'pro'")
            .execute(&mut *tenant)
            .await
            .unwrap();
        assert_eq!(written.rows_affected(), 1);
        let smuggled = sqlx::query("insert into subscriptions values ($1, 'free', now())")
            .bind(theirs)
            .execute(&mut *tenant)
            .await
            .unwrap_err();
        assert!(smuggled.to_string().contains("row-level security"), "{smuggled}");
        drop(tenant);

        let mut nobody =
            pool.begin_with("begin; set local role stock_tracker_tenant").await.unwrap();
        let none: i64 = sqlx::query_scalar("select count(*) from subscriptions")
            .fetch_one(&mut *nobody)
            .await
            .unwrap();
        assert_eq!(none, 0, "without a tenant nothing is seen");
    }
}
