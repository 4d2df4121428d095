//! The way of letters: written after the answer, tried again while the mail server is away. Whether somebody has an
//! account can't be told by the time that an answer takes, nor is an answer late because a mail server is.

use crate::{Services, clock::Clock, error::chain, letters::Words};
use outbound::{Letter, MailFailure, Mailer};
use std::time::Duration;

/// How letters leave.
#[derive(Clone, Debug)]
pub struct Post {
    way: Way,
    again: [Duration; 3],
}

#[derive(Clone, Debug)]
enum Way {
    Smtp(Mailer),
    Log,
    Nowhere,
}

impl Post {
    /// Through a mail server (`SMTP_URL`).
    pub fn smtp(mailer: Mailer) -> Self {
        Self {
            way: Way::Smtp(mailer),
            again: [Duration::from_secs(2), Duration::from_secs(20), Duration::from_mins(2)],
        }
    }

    /// Into the log: for a person at their own machine, never where strangers come.
    pub fn log() -> Self {
        Self { way: Way::Log, ..Self::nowhere() }
    }

    /// Not at all: nobody set a mail server.
    pub fn nowhere() -> Self {
        Self { way: Way::Nowhere, again: [Duration::ZERO; 3] }
    }

    /// The same with other pauses between tries, for tests.
    #[must_use]
    pub fn again_after(self, again: [Duration; 3]) -> Self {
        Self { again, ..self }
    }

    /// Whether a letter gets anywhere.
    pub(crate) fn delivers(&self) -> bool {
        !matches!(self.way, Way::Nowhere)
    }

    /// Sends a letter; `link` is what it is written for.
    pub(crate) async fn send(&self, clock: &Clock, to: &str, words: Words, link: Option<&str>) {
        let mailer = match &self.way {
            Way::Smtp(mailer) => mailer,
            Way::Log => {
                tracing::info!(link, subject = words.subject, "no SMTP_URL: a letter for the log");
                return;
            }
            Way::Nowhere => {
                tracing::warn!("no SMTP_URL: a letter that somebody waits for was not sent");
                return;
            }
        };
        let letter = Letter {
            id: clock.new_id(),
            at: clock.now().into(),
            to: to.to_owned(),
            subject: words.subject,
            text: words.text,
            html: words.html,
        };
        let mut pauses = self.again.into_iter();
        while let Err(failure) = mailer.send(&letter).await {
            let pause = pauses.next().filter(|_| matches!(failure, MailFailure::Away(_)));
            let Some(pause) = pause else {
                tracing::error!(error = chain(&failure), "a letter was not sent");
                return;
            };
            tracing::warn!(error = chain(&failure), "a letter is tried again");
            tokio::time::sleep(pause).await;
        }
    }
}

impl Services {
    /// Sends a letter after the answer.
    pub(crate) fn write_later(&self, to: String, words: Words) {
        let services = self.clone();
        self.later(async move { services.post.send(&services.clock, &to, words, None).await });
    }
}
