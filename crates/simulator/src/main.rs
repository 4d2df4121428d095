//! `simulator`: a Wildberries and an Ozon on loopback, on the command line.
//!
//! Prints where it listens and the keys that it accepts, then answers until Ctrl-C.

use anyhow::Context;
use chrono::{DateTime, TimeDelta, Utc};
use clap::{Parser, ValueEnum};
use simulator::{Analytics, Clock, Limiting, Recipe, Settings, Simulator, WarehouseNames};
use std::net::SocketAddr;
use std::time::{Duration, SystemTime};
use tokio::net::TcpListener;

/// A Wildberries and an Ozon on loopback: cards, stock and orders of a made-up shop, in the official shapes.
#[derive(Parser)]
#[command(version)]
struct Options {
    /// Where to listen.
    #[arg(long, default_value = "127.0.0.1:4012", env = "SIMULATOR_LISTEN")]
    listen: SocketAddr,
    /// How many cards the shop has.
    #[arg(long, default_value_t = 1000)]
    skus: u32,
    /// For how many days it has been open.
    #[arg(long, default_value_t = 365)]
    days: u32,
    /// Decides everything that looks like chance.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Ordered pieces a day and card, on average.
    #[arg(long, default_value_t = 0.15)]
    mean_orders: f64,
    /// The official limits.
    #[arg(long, value_enum, default_value_t = Switch::On)]
    limits: Switch,
    /// By which time calls are limited. A standing world clock gives no call back until it is moved.
    #[arg(long, value_enum, default_value_t = LimitedBy::World)]
    limits_by: LimitedBy,
    /// The moment at which it begins, instead of now: 2026-11-01T09:00:00Z.
    #[arg(long, value_parser = moment)]
    now: Option<DateTime<Utc>>,
    /// Whether time passes by itself.
    #[arg(long, value_enum, default_value_t = Time::Running)]
    clock: Time,
    /// Whether the marketplace's warehouses have names.
    #[arg(long, value_enum, default_value_t = WarehouseNames::Hidden)]
    warehouses: WarehouseNames,
    /// Rows of an answer of supplier/orders.
    #[arg(long, default_value_t = 80_000)]
    page: usize,
    /// Seconds that a report takes which is made while one waits.
    #[arg(long, default_value_t = 20)]
    reports_take: i64,
    /// The service secret that gives a base token a service's limits.
    #[arg(long, env = "SIMULATOR_CLIENT_SECRET")]
    client_secret: Option<String>,
    /// How fresh Ozon's stock analytics are.
    #[arg(long, value_enum, default_value_t = Analytics::Live)]
    analytics: Analytics,
    /// What goes wrong, as JSON: `{"steps":[{"trouble":{"kind":"empty"},"share":0.1}]}`.
    #[arg(long, value_parser = recipe, default_value = "{\"steps\":[]}")]
    recipe: Recipe,
    /// The levers under /_control/.
    #[arg(long, value_enum, default_value_t = Switch::On)]
    control: Switch,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Switch {
    On,
    Off,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Time {
    /// It passes.
    Running,
    /// It stands still until it is moved through /_control/clock.
    Fixed,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum LimitedBy {
    /// The world's clock, as it runs and is moved.
    World,
    /// The machine's clock.
    Real,
}

fn moment(text: &str) -> Result<DateTime<Utc>, String> {
    text.parse().map_err(|problem| format!("{problem}"))
}

fn recipe(text: &str) -> Result<Recipe, String> {
    serde_json::from_str(text).map_err(|problem| problem.to_string())
}

#[expect(clippy::disallowed_methods, reason = "the one place where the real clock comes in")]
fn system_time() -> DateTime<Utc> {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or(Duration::ZERO);
    i64::try_from(since.as_micros())
        .ok()
        .and_then(DateTime::from_timestamp_micros)
        .unwrap_or(DateTime::UNIX_EPOCH)
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let options = Options::parse();
    let begin = options.now.unwrap_or_else(system_time);
    let clock = match options.clock {
        Time::Running => Clock::starting_at(begin, system_time),
        Time::Fixed => Clock::fixed(begin),
    };
    let settings = Settings {
        seed: options.seed,
        skus: options.skus,
        days: options.days,
        watched_from: Some(begin),
        mean_orders: options.mean_orders,
        warehouses: options.warehouses,
        orders_page: options.page,
        limits: match (options.limits, options.limits_by) {
            (Switch::Off, _) => Limiting::Off,
            (Switch::On, LimitedBy::World) => Limiting::SimulatedTime,
            (Switch::On, LimitedBy::Real) => Limiting::By(Clock::following(system_time)),
        },
        reports_take: TimeDelta::seconds(options.reports_take),
        analytics: options.analytics,
        recipe: options.recipe,
        control: options.control == Switch::On,
        client_secret: options.client_secret,
    };
    let simulator = Simulator::new(settings, clock);
    let listener = TcpListener::bind(options.listen)
        .await
        .with_context(|| format!("cannot listen on {}", options.listen))?;
    let keys = serde_json::to_string_pretty(&simulator.keys())?;
    let ozon = serde_json::to_string_pretty(&simulator.ozon_keys())?;
    println!("http://{}\nseller {}\n{keys}\n{ozon}", listener.local_addr()?, simulator.sid());
    let (stop, stopped) = tokio::sync::oneshot::channel();
    let stopping = async {
        let _ = stopped.await;
    };
    let server = tokio::spawn(async move { simulator.serve(listener, stopping).await });
    tokio::signal::ctrl_c().await.context("cannot wait for Ctrl-C")?;
    let _ = stop.send(());
    // A call that hangs on purpose must not hold up the end.
    match tokio::time::timeout(Duration::from_secs(2), server).await {
        Ok(ended) => ended?.context("the listener broke"),
        Err(_) => Ok(()),
    }
}
