//! The dashboard is embedded from `target/site`. A new file there is one that the compiler can't know
//! of, so xtask says when to look again. Unoptimised builds read the folder while they run.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    if std::env::var_os("CARGO_CFG_DEBUG_ASSERTIONS").is_none() {
        println!("cargo::rerun-if-env-changed=STOCK_TRACKER_SITE");
        let site = std::env::var("STOCK_TRACKER_SITE").unwrap_or_default();
        println!("cargo::rustc-env=STOCK_TRACKER_SITE={site}");
    }
}
