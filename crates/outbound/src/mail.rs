//! Letters, by SMTP. Never logs a letter, an address or a password, and never decides whether one is written.

use crate::install_crypto_provider;
use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{Mailbox, MultiPart},
    transport::smtp::{
        authentication::Credentials,
        client::{Tls, TlsParameters},
    },
};
use std::time::{Duration, SystemTime};
use url::{Host, Url};
use uuid::Uuid;

/// How long the server may take for one step of the conversation.
const PATIENCE: Duration = Duration::from_secs(20);

/// A letter.
#[derive(Clone)]
pub struct Letter {
    /// Becomes its `Message-ID`.
    pub id: Uuid,
    /// When it was written.
    pub at: SystemTime,
    /// The address it goes to.
    pub to: String,
    /// Its subject.
    pub subject: String,
    /// What it says, for programs without HTML.
    pub text: String,
    /// The same as HTML; loads nothing from anywhere.
    pub html: String,
}

/// Takes letters to a server. Clones are the same.
#[derive(Clone)]
pub struct Mailer {
    host: String,
    port: u16,
    credentials: Option<Credentials>,
    protection: Protection,
    from: Mailbox,
}

/// How the connection is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Protection {
    /// TLS from the first byte: `smtps://`.
    Wrapped,
    /// STARTTLS, or no letter.
    Required,
    /// STARTTLS where the server has it.
    Offered,
    /// None.
    Plain,
}

/// Why a mail server's settings won't do; never holds the password.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MailerProblem {
    /// `SMTP_URL` is no address of a mail server.
    #[error("write smtp://user:password@host:587 or smtps://user:password@host")]
    Address,
    /// `?tls=` says something else.
    #[error("tls may be required, opportunistic or none")]
    Protection,
    /// `MAIL_FROM` is no address.
    #[error("write an address such as Stock Tracker <noreply@example.com>")]
    From,
}

/// Why a letter was not taken.
#[derive(Debug, thiserror::Error)]
pub enum MailFailure {
    /// The server refused it for good, or it can't be sent at all.
    #[error("the mail server refused a letter")]
    Refused(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The server is away or busy: another try may do.
    #[error("the mail server can't be reached or is busy")]
    Away(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl Mailer {
    /// To the server of `smtp://` or `smtps://`, in the name of this sender.
    ///
    /// On `smtp://` the password of a server elsewhere goes through STARTTLS only; `?tls=none` allows otherwise.
    pub fn new(server: &str, from: &str) -> Result<Self, MailerProblem> {
        let url = Url::parse(server).map_err(|_| MailerProblem::Address)?;
        let host = url.host_str().filter(|host| !host.is_empty()).ok_or(MailerProblem::Address)?;
        let decoded = |part: &str| {
            let bytes = percent_encoding::percent_decode_str(part);
            bytes.decode_utf8().map(String::from).map_err(|_| MailerProblem::Address)
        };
        let credentials = match (url.username(), url.password()) {
            ("", None) => None,
            (user, password) => {
                Some(Credentials::new(decoded(user)?, decoded(password.unwrap_or_default())?))
            }
        };
        let asked = url.query_pairs().find(|(key, _)| key == "tls").map(|(_, value)| value);
        let protection = match (url.scheme(), asked.as_deref()) {
            ("smtps", None) => Protection::Wrapped,
            ("smtp", None) if credentials.is_some() && !is_here(&url) => Protection::Required,
            ("smtp", None | Some("opportunistic")) => Protection::Offered,
            ("smtp", Some("required")) => Protection::Required,
            ("smtp", Some("none")) => Protection::Plain,
            ("smtp" | "smtps", Some(_)) => return Err(MailerProblem::Protection),
            _ => return Err(MailerProblem::Address),
        };
        let usual = match protection {
            Protection::Wrapped => 465,
            _ if credentials.is_some() => 587,
            _ => 25,
        };
        Ok(Self {
            host: host.trim_matches(['[', ']']).to_owned(),
            port: url.port().unwrap_or(usual),
            credentials,
            protection,
            from: from.parse().map_err(|_| MailerProblem::From)?,
        })
    }

    /// The server, for the operator.
    pub fn server(&self) -> String {
        format!("{}:{}", self.host, self.port)
    }

    /// Hands a letter to the server, once.
    pub async fn send(&self, letter: &Letter) -> Result<(), MailFailure> {
        let refused = |error: Box<dyn std::error::Error + Send + Sync>| MailFailure::Refused(error);
        let to = letter
            .to
            .parse()
            .map_err(|error: lettre::address::AddressError| refused(error.into()))?;
        let message = Message::builder()
            .message_id(Some(format!("<{}@{}>", letter.id, self.from.email.domain())))
            .date(letter.at)
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .subject(letter.subject.clone())
            .multipart(MultiPart::alternative_plain_html(letter.text.clone(), letter.html.clone()))
            .map_err(|error| refused(error.into()))?;
        let transport = self.transport().map_err(|error| MailFailure::Away(error.into()))?;
        match transport.send(message).await {
            Ok(_) => Ok(()),
            Err(error) if error.is_permanent() => Err(MailFailure::Refused(error.into())),
            Err(error) => Err(MailFailure::Away(error.into())),
        }
    }

    /// Made for each letter: they are few, and reading the system's certificates would slow down the start.
    fn transport(
        &self,
    ) -> Result<AsyncSmtpTransport<Tokio1Executor>, lettre::transport::smtp::Error> {
        install_crypto_provider();
        let parameters = || TlsParameters::new(self.host.clone());
        let tls = match self.protection {
            Protection::Wrapped => Tls::Wrapper(parameters()?),
            Protection::Required => Tls::Required(parameters()?),
            Protection::Offered => Tls::Opportunistic(parameters()?),
            Protection::Plain => Tls::None,
        };
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&self.host)
            .port(self.port)
            .timeout(Some(PATIENCE))
            .tls(tls);
        if let Some(credentials) = &self.credentials {
            builder = builder.credentials(credentials.clone());
        }
        Ok(builder.build())
    }
}

impl std::fmt::Debug for Mailer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Mailer").field("server", &self.server()).finish_non_exhaustive()
    }
}

/// Whether the server is on this machine: nobody listens in between.
fn is_here(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_not_sent_in_clear_unless_somebody_says_so() {
        for (server, expected, port) in [
            ("smtps://anna:secret@mail.example.com", Protection::Wrapped, 465),
            ("smtp://anna:secret@mail.example.com", Protection::Required, 587),
            ("smtp://anna:secret@mail.example.com:2525?tls=none", Protection::Plain, 2525),
            ("smtp://anna:secret@localhost:1025", Protection::Offered, 1025),
            ("smtp://mail.example.com", Protection::Offered, 25),
            ("smtp://mail.example.com?tls=required", Protection::Required, 25),
        ] {
            let mailer = Mailer::new(server, "Stock Tracker <noreply@example.com>").unwrap();
            assert_eq!((mailer.protection, mailer.port), (expected, port), "{server}");
            assert!(!format!("{mailer:?}").contains("secret"));
        }
    }

    #[test]
    fn settings_that_are_no_server_or_no_sender_are_refused() {
        let from = "noreply@example.com";
        for (server, from, expected) in [
            ("mail.example.com", from, MailerProblem::Address),
            ("https://mail.example.com", from, MailerProblem::Address),
            ("smtp://", from, MailerProblem::Address),
            ("smtp://mail.example.com?tls=perhaps", from, MailerProblem::Protection),
            ("smtp://mail.example.com", "nobody", MailerProblem::From),
        ] {
            assert_eq!(Mailer::new(server, from).err(), Some(expected), "{server} {from}");
        }
    }
}
