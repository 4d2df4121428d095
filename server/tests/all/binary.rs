//! The binary as an operator meets it: what it refuses, what it makes, what it says, how it ends.

use reqwest::Client;
use server::config::Config;
use std::{
    fs,
    io::{BufRead, BufReader},
    os::unix::fs::PermissionsExt,
    path::Path,
    process::{Child, Command, Output, Stdio},
    time::Duration,
};
use tempfile::TempDir;
use tokio::time::{Instant, timeout};

const SECRET: &str = "0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c";
const MASTER: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

/// The program in a folder of its own, with nothing of this environment.
fn program(folder: &TempDir) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_stock-tracker"));
    command.env_clear().current_dir(folder).stdin(Stdio::null());
    command
}

fn run(folder: &TempDir, argument: &str, environment: &[(&str, &str)]) -> Output {
    program(folder).arg(argument).envs(environment.iter().copied()).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// A server that answers, and is killed if a test fails.
struct Served {
    child: Child,
    url: String,
}

impl Served {
    fn start(mut command: Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let url = line.split_whitespace().find(|word| word.starts_with("http://")).unwrap();
        Self { url: url.to_owned(), child }
    }

    /// SIGTERM, as systemd and Docker send it.
    fn terminate(&self) {
        let kill = format!("kill -TERM {}", self.child.id());
        assert!(Command::new("sh").args(["-c", &kill]).status().unwrap().success());
    }

    async fn ended(&mut self, within: Duration) -> std::process::ExitStatus {
        timeout(within, async {
            loop {
                if let Some(status) = self.child.try_wait().unwrap() {
                    return status;
                }
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        })
        .await
        .expect("it ends in time")
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // Already ended, in a test that went well.
        let _gone = self.child.kill();
    }
}

#[test]
fn production_refuses_what_would_not_be_safe_and_names_all_of_it() {
    let production = ("ENVIRONMENT", "production");
    let (secret, master) = (("SECRET_KEY", SECRET), ("ENCRYPTION_MASTER_KEY", MASTER));
    let known = "your-secret-key-change-it-in-production-0123456789";
    for (environment, named) in [
        (vec![production], vec!["SECRET_KEY", "ENCRYPTION_MASTER_KEY"]),
        (vec![production, secret], vec!["ENCRYPTION_MASTER_KEY"]),
        (vec![production, ("SECRET_KEY", "tooshort55123"), master], vec!["SECRET_KEY"]),
        (vec![production, ("SECRET_KEY", known), master], vec!["SECRET_KEY"]),
        (
            vec![production, secret, ("ENCRYPTION_MASTER_KEY", "tooshort55123")],
            vec!["ENCRYPTION_MASTER_KEY"],
        ),
        (vec![production, secret, master, ("API_HOST", "0.0.0.0")], vec!["PUBLIC_URL"]),
        (
            vec![production, secret, master, ("PUBLIC_URL", "http://stock.example.com")],
            vec!["PUBLIC_URL"],
        ),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let output = run(&folder, "serve", &environment);
        let said = text(&output.stderr);
        assert!(!output.status.success(), "{environment:?}");
        for name in named {
            assert!(said.contains(name), "{name}: {said}");
        }
        for (_, value) in &environment[1..] {
            assert!(
                !said.contains(value) || value.starts_with("http") || *value == "0.0.0.0",
                "{said}"
            );
        }
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 0, "nothing was made: {environment:?}");
    }
}

#[test]
fn a_database_of_another_time_is_refused_with_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let output = run(&folder, "work", &[("AUTO_MIGRATE", "off")]);
    assert!(!output.status.success());
    assert!(text(&output.stderr).contains("stock-tracker migrate"), "{}", text(&output.stderr));
}

#[test]
fn help_names_every_setting() {
    let folder = tempfile::tempdir().unwrap();
    let output = program(&folder).args(["serve", "--help"]).output().unwrap();
    let help = text(&output.stdout);
    let command = <Config as clap::Args>::augment_args(clap::Command::new("x"));
    for arg in command.get_arguments() {
        let variable = arg.get_env().unwrap().to_str().unwrap();
        assert!(help.contains(&format!("[env: {variable}")), "{variable}");
    }
    let help = text(&program(&folder).arg("--help").output().unwrap().stdout);
    for command in [
        "serve",
        "work",
        "migrate",
        "demo",
        "doctor",
        "keys",
        "tenants",
        "import",
        "openapi",
        "env-example",
        "invite",
        "audit",
        "roles",
    ] {
        assert!(help.contains(command), "{command}");
    }
}

#[test]
fn the_operator_invites_and_walks_along_the_logs() {
    let folder = tempfile::tempdir().unwrap();
    assert!(run(&folder, "migrate", &[]).status.success());
    let url = ("PUBLIC_URL", "https://stock.example.com");
    let mut command = program(&folder);
    command.args(["invite", "--email", "anna@example.com", "--days", "3"]).envs([url]);
    let output = command.output().unwrap();
    let said = text(&output.stdout);
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert!(said.starts_with("https://stock.example.com/register?invitation="), "{said}");
    for wrong in [["--email", "nobody"], ["--days", "0"]] {
        let output = program(&folder).arg("invite").args(wrong).output().unwrap();
        assert!(!output.status.success(), "{wrong:?}");
    }
    let output = program(&folder).args(["audit", "verify"]).output().unwrap();
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert!(text(&output.stdout).contains("0 intact, 0 broken"), "{}", text(&output.stdout));
}

#[test]
fn a_secret_in_the_environment_is_not_in_the_help() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = program(&folder);
    command.envs([("SECRET_KEY", SECRET), ("DATABASE_URL", "postgres://a:hunter2@h/d")]);
    let help = text(&command.args(["serve", "--help"]).output().unwrap().stdout);
    assert!(!help.contains(SECRET) && !help.contains("hunter2"));
}

#[test]
fn the_doctor_changes_nothing_and_says_what_to_mend() {
    let folder = tempfile::tempdir().unwrap();
    // Nobody listens there, and no test asks the real one.
    let away = ("WILDBERRIES_BASE_URL", "http://127.0.0.1:9");
    let output = run(&folder, "doctor", &[away]);
    let said = text(&output.stdout);
    assert!(output.status.success(), "{said}");
    assert!(said.contains("not reachable"), "{said}");
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 0, "{said}");

    assert!(run(&folder, "migrate", &[]).status.success());
    let said = text(&run(&folder, "doctor", &[away]).stdout);
    assert!(said.contains("keeps tenants apart"), "{said}");

    let key = folder.path().join("data/secret_key");
    fs::write(&key, SECRET).unwrap();
    fs::set_permissions(&key, fs::Permissions::from_mode(0o644)).unwrap();
    let output = run(&folder, "doctor", &[away, ("CELERY_BROKER_URL", "redis://x")]);
    let said = text(&output.stdout);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("chmod 600") && said.contains("CELERY_BROKER_URL"), "{said}");
    assert!(!said.contains(SECRET));

    let production = [("ENVIRONMENT", "production"), away];
    let said = text(&run(&folder, "doctor", &production).stdout);
    assert!(
        said.contains("MEND  SECRET_KEY") && said.contains("MEND  ENCRYPTION_MASTER_KEY"),
        "{said}"
    );
}

#[test]
fn a_line_of_env_that_cant_be_read_is_not_repeated() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(".env"), format!("SECRET_KEY={SECRET} two words\n")).unwrap();
    let output = run(&folder, "serve", &[]);
    let said = text(&output.stderr);
    assert!(!output.status.success() && said.contains(".env"), "{said}");
    assert!(!said.contains(SECRET), "{said}");
}

#[tokio::test]
async fn it_starts_quickly_keeps_its_keys_to_itself_and_ends_when_asked() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(".env"), "API_PORT=0\nCORS_ORIGINS=\nLOG_LEVEL=WARNING\n")
        .unwrap();
    assert!(run(&folder, "migrate", &[]).status.success());
    outbound::install_crypto_provider();
    let http = Client::builder().no_proxy().build().unwrap();

    let begun = Instant::now();
    let mut command = program(&folder);
    command.arg("serve");
    let mut served = Served::start(command);
    let ready = loop {
        let answer = http.get(format!("{}/health/ready", served.url)).send().await.unwrap();
        if answer.status() == 200 {
            break begun.elapsed();
        }
        assert!(begun.elapsed() < Duration::from_secs(10), "{}", answer.text().await.unwrap());
    };
    println!("first 200 after {ready:?}");
    for file in ["secret_key", "encryption_master_key"] {
        let mode =
            fs::metadata(folder.path().join("data").join(file)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{file}");
    }

    served.terminate();
    let status = served.ended(Duration::from_secs(10)).await;
    assert!(status.success(), "{status}");
    let wal = folder.path().join("data/stock-tracker.db-wal");
    assert!(fs::metadata(wal).map_or(0, |wal| wal.len()) == 0, "one file is the whole database");
}

#[tokio::test]
async fn a_second_copy_says_that_the_port_is_taken() {
    let folder = tempfile::tempdir().unwrap();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let output = run(&folder, "serve", &[("API_PORT", &port)]);
    assert!(!output.status.success());
    assert!(text(&output.stderr).contains("API_PORT"), "{}", text(&output.stderr));
}

#[tokio::test]
async fn the_demo_leaves_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    let temporary = tempfile::tempdir().unwrap();
    let mut command = program(&folder);
    command.arg("demo").env("API_PORT", "0").env("TMPDIR", temporary.path());
    let mut served = Served::start(command);
    assert_eq!(fs::read_dir(&temporary).unwrap().count(), 1);
    served.terminate();
    assert!(served.ended(Duration::from_secs(10)).await.success());
    assert_eq!(fs::read_dir(&temporary).unwrap().count(), 0);
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 0);
    assert!(!Path::new(folder.path()).join("data").exists());
}
