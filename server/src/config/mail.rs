//! Letters.

use super::Problem;
use clap::Args;
use domain::Secret;
use outbound::{Mailer, MailerProblem};

/// How letters leave: links to set a password, to confirm an address.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Mail")]
pub struct Mail {
    /// The mail server: `smtp://user:password@host:587` (STARTTLS) or `smtps://user:password@host`. Without
    /// one no letters are sent; in development their links go to the log.
    #[arg(long, env, hide_env_values = true, value_name = "URL")]
    pub smtp_url: Option<Secret>,
    /// Whom letters come from, such as `Stock Tracker <noreply@example.com>`; needed with `SMTP_URL`.
    #[arg(long, env, value_name = "ADDRESS")]
    pub mail_from: Option<String>,
}

impl Mail {
    /// The way to the mail server, if there is one.
    pub fn mailer(&self) -> Option<Result<Mailer, MailerProblem>> {
        let server = self.smtp_url.as_ref()?;
        Some(Mailer::new(server.expose(), self.mail_from.as_deref().unwrap_or_default()))
    }

    pub(super) fn check(&self, found: &mut Vec<Problem>) {
        if let Some(Err(problem)) = self.mailer() {
            let variable = match problem {
                MailerProblem::Address | MailerProblem::Protection => "SMTP_URL",
                MailerProblem::From => "MAIL_FROM",
            };
            found.push(Problem::new(variable, problem.to_string()));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::config::Config;

    #[test]
    fn a_mail_server_needs_a_sender() {
        let problems = |flags: &[&str]| {
            let mut found = Vec::new();
            Config::from_flags(flags.iter().copied()).unwrap().mail.check(&mut found);
            found.into_iter().map(|problem| problem.variable).collect::<Vec<_>>()
        };
        let server = "smtp://anna:hunter2@mail.example.com";
        assert!(problems(&[]).is_empty());
        assert_eq!(problems(&["--smtp-url", server]), ["MAIL_FROM"]);
        assert!(problems(&["--smtp-url", server, "--mail-from", "a@example.com"]).is_empty());
        assert_eq!(problems(&["--smtp-url", "mail", "--mail-from", "a@example.com"]), ["SMTP_URL"]);
        let config = Config::from_flags(["--smtp-url", server]).unwrap();
        assert!(!format!("{config:?}").contains("hunter2"));
    }
}
