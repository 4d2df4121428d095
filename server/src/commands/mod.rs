//! The command line: each subcommand a file.

mod audit;
mod demo;
mod doctor;
mod import;
mod invite;
mod keys;
mod migrate;
mod operators;
mod quarantine;
mod queue;
mod serve;
mod tenants;
mod work;

use crate::{
    config::{Config, document, ignoring_empty_variables, unused},
    openapi, telemetry,
};
use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};
use std::process::ExitCode;

/// Stock of Wildberries and Ozon sellers in one place: server, worker and tools in one program.
#[derive(Parser)]
#[command(name = "stock-tracker", version, propagate_version = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serves the dashboard and the API, and works on syncs.
    Serve(serve::Serve),
    /// Works on syncs only; run as many as you like beside `serve --no-worker` on PostgreSQL.
    Work(work::Work),
    /// Brings the database up to this program's version.
    Migrate(migrate::Migrate),
    /// Serves from a temporary folder with the demo on, and forgets everything at the end.
    Demo(demo::ServeDemo),
    /// Checks settings, database, keys, clock and marketplaces, and says what to mend.
    Doctor(doctor::Doctor),
    /// Lists, rotates and re-encrypts the installation's keys.
    Keys(keys::Keys),
    /// Lists companies, sets their plans, suspends and resumes them.
    Tenants(tenants::Tenants),
    /// Says who operates the installation.
    Operators(operators::Operators),
    /// Shows the queue: workers, runs, waits and failures; changes nothing.
    Queue(queue::Queue),
    /// Takes over the data of the original Python service.
    Import(import::Import),
    /// Prints the OpenAPI document.
    Openapi,
    /// Prints a link with which a company may be registered where registration is by invitation.
    Invite(invite::Invite),
    /// Looks after the audit logs of all companies.
    #[command(subcommand)]
    Audit(audit::Audit),
    /// Shows rows of the marketplaces' answers that could not be read.
    Quarantine(quarantine::Quarantine),
    /// Prints what each role may do, in Markdown.
    Roles,
    /// Prints .env.example, or the README's table, from the settings.
    EnvExample {
        /// The table in Markdown.
        #[arg(long)]
        markdown: bool,
    },
}

/// Reads the command line and the environment, does it, and says how it went.
pub fn run() -> ExitCode {
    // Read before anything looks at the environment; a file that is not there is nothing to say.
    if let Err(error) = dotenvy::dotenv()
        && !error.not_found()
    {
        eprintln!("stock-tracker: .env can't be read: {}", without_line(&error));
        return ExitCode::FAILURE;
    }
    let matches = ignoring_empty_variables(Cli::command()).get_matches();
    let cli = Cli::from_arg_matches(&matches).unwrap_or_else(|error| error.exit());
    let outcome = match cli.command {
        Command::Serve(serve) => serve.run(),
        Command::Work(work) => work.run(),
        Command::Migrate(migrate) => migrate.run(),
        Command::Queue(queue) => queue.run(),
        Command::Demo(demo) => demo.run(),
        Command::Doctor(doctor) => return doctor.run(),
        Command::Keys(keys) => keys.run(),
        Command::Tenants(tenants) => tenants.run(),
        Command::Operators(operators) => operators.run(),
        Command::Import(import) => import.run(),
        Command::Openapi => openapi::text().map(|text| print!("{text}")).map_err(Into::into),
        Command::Invite(invite) => invite.run(),
        Command::Audit(audit) => audit.run(),
        Command::Quarantine(quarantine) => quarantine.run(),
        Command::Roles => {
            print!("{}", domain::role::document());
            Ok(())
        }
        Command::EnvExample { markdown } => {
            print!("{}", if markdown { document::table() } else { document::env_example() });
            Ok(())
        }
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("stock-tracker: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// The parser quotes the line it stumbled over, which may hold a secret.
fn without_line(error: &dotenvy::Error) -> String {
    match error {
        dotenvy::Error::LineParse(_, at) => {
            format!("a line can't be read, at its character {at}; quote values with spaces")
        }
        other => other.to_string(),
    }
}

/// Checks the settings, begins to log, and enters the runtime.
fn begin<Done: Future<Output = anyhow::Result<()>>>(
    config: &Config,
    main: impl FnOnce() -> Done,
) -> anyhow::Result<()> {
    config.check()?;
    telemetry::begin(config)?;
    for (variable, instead) in unused::set_in_vain() {
        tracing::warn!("{variable} is set and not used: {instead}");
    }
    outbound::install_crypto_provider();
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(main())
}
