//! `stock-tracker`: see `--help`.

fn main() -> std::process::ExitCode {
    server::commands::run()
}
