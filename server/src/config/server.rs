//! Addresses, folders, and how strict to be.

use super::Problem;
use clap::Args;
use std::{
    net::{IpAddr, SocketAddr},
    path::PathBuf,
    str::FromStr,
};
use url::{Host, Url};

/// How strict to be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Environment {
    /// A person at their own machine: keys are made, the demo is on, the log is text.
    #[default]
    Development,
    /// Strangers may reach it: refuses to start with weak settings, the log is JSON.
    Production,
}

/// How the program is reached.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Server")]
pub struct Server {
    /// `production` where strangers may reach it: weak or missing keys are refused.
    #[arg(long, env, value_enum, default_value_t, value_name = "WHERE")]
    pub environment: Environment,
    /// The address to listen on; `0.0.0.0` for all.
    #[arg(long, env, default_value = "127.0.0.1", value_name = "ADDRESS")]
    pub api_host: IpAddr,
    /// The port to listen on; 0 for any.
    #[arg(long, env, default_value_t = 8000, value_name = "PORT")]
    pub api_port: u16,
    /// The address that people type, as seen from outside of a reverse proxy. Its scheme decides
    /// whether cookies are secure. By default http:// with `API_HOST` and `API_PORT`.
    #[arg(long, env, value_name = "URL")]
    pub public_url: Option<Url>,
    /// Other sites whose scripts may call the API, separated by commas.
    #[arg(long, env, default_value = "", value_name = "ORIGINS", hide_default_value = true)]
    pub cors_origins: Origins,
    /// Allows production over http on an address that others can reach: passwords travel in clear.
    #[arg(long, env, value_name = "BOOL", num_args = 0..=1, default_missing_value = "true",
          default_value = "false", value_parser = clap::builder::BoolishValueParser::new())]
    pub allow_insecure_http: bool,
    /// Where the SQLite file and keys made by the program live.
    #[arg(long, env, default_value = "./data", value_name = "FOLDER")]
    pub data_dir: PathBuf,
}

impl Server {
    /// The address that people type, without a slash at its end.
    pub fn public_url(&self) -> String {
        self.public_url_on(self.api_port)
    }

    /// The same when the port was chosen by the system.
    pub fn public_url_on(&self, port: u16) -> String {
        match &self.public_url {
            Some(url) => url.as_str().trim_end_matches('/').to_owned(),
            // 0.0.0.0 is where to listen, not where to go.
            None if self.api_host.is_unspecified() => format!("http://127.0.0.1:{port}"),
            None => format!("http://{}", SocketAddr::new(self.api_host, port)),
        }
    }

    /// Whether people come over https.
    pub fn is_https(&self) -> bool {
        self.public_url.as_ref().is_some_and(|url| url.scheme() == "https")
    }

    pub(super) fn check(&self, found: &mut Vec<Problem>) {
        if let Some(url) = &self.public_url
            && (!matches!(url.scheme(), "http" | "https") || url.path() != "/")
        {
            found.push(Problem::new(
                "PUBLIC_URL",
                "write scheme and host only, such as https://stock.example.com",
            ));
        }
        let exposed = self.environment == Environment::Production && !self.is_https();
        if exposed && !self.is_loopback() && !self.allow_insecure_http {
            found.push(Problem::new(
                "PUBLIC_URL",
                "over http passwords travel in clear: write the https:// address of your reverse proxy, \
                 or set ALLOW_INSECURE_HTTP=true where the network itself is safe",
            ));
        }
    }

    fn is_loopback(&self) -> bool {
        match self.public_url.as_ref().map(Url::host) {
            Some(Some(Host::Domain(name))) => name == "localhost" || name.ends_with(".localhost"),
            Some(Some(Host::Ipv4(address))) => address.is_loopback(),
            Some(Some(Host::Ipv6(address))) => address.is_loopback(),
            Some(None) => false,
            None => self.api_host.is_loopback(),
        }
    }
}

/// Sites by scheme, host and port.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origins(pub Vec<String>);

impl FromStr for Origins {
    type Err = String;

    /// Reads `https://a.example, https://b.example`, and the original's JSON list of the same.
    fn from_str(text: &str) -> Result<Self, String> {
        let listed: Vec<String> = if text.trim_start().starts_with('[') {
            serde_json::from_str(text)
                .map_err(|_| "write origins separated by commas".to_owned())?
        } else {
            text.split(',').map(str::to_owned).collect()
        };
        let named = listed.iter().map(|origin| origin.trim()).filter(|origin| !origin.is_empty());
        named.map(origin).collect::<Result<_, _>>().map(Self)
    }
}

fn origin(text: &str) -> Result<String, String> {
    if text == "*" {
        return Ok(text.to_owned());
    }
    let wrong =
        || format!("{text:?} is no origin: write scheme and host, such as https://app.example");
    let url = Url::parse(text).map_err(|_| wrong())?;
    let origin = url.origin();
    if origin.is_tuple() { Ok(origin.ascii_serialization()) } else { Err(wrong()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    #[test]
    fn origins_are_read_in_both_spellings() {
        let expected = Origins(vec!["https://a.example".into(), "http://b.example:3000".into()]);
        for text in [
            "https://a.example/, http://b.example:3000",
            r#"["https://a.example", "http://b.example:3000"]"#,
        ] {
            assert_eq!(text.parse(), Ok(expected.clone()));
        }
        assert_eq!("".parse(), Ok(Origins::default()));
        assert!("app.example".parse::<Origins>().is_err());
    }

    #[test]
    fn production_over_http_is_refused_where_others_can_listen() {
        for (flags, fine) in [
            (vec!["--api-host", "0.0.0.0"], false),
            (vec!["--api-host", "127.0.0.1"], true),
            (vec!["--public-url", "http://stock.example.com"], false),
            (vec!["--public-url", "http://localhost:8000"], true),
            (vec!["--api-host", "0.0.0.0", "--public-url", "https://stock.example.com"], true),
            (vec!["--api-host", "0.0.0.0", "--allow-insecure-http"], true),
            (vec!["--public-url", "https://stock.example.com/app"], false),
        ] {
            let flags = flags.into_iter().chain(["--environment", "production"]);
            let config = Config::from_flags(flags).unwrap();
            let mut found = Vec::new();
            config.server.check(&mut found);
            assert_eq!(found.is_empty(), fine, "{:?} {found:?}", config.server);
        }
    }
}
