//! What a key is worth: read it, then ask the marketplace, in at most five seconds. Only when a key is saved.

use super::{
    client::{Access, Question, Wildberries},
    hosts,
    key::{self, DecodedKey},
    limits::{Group, rule},
};
use crate::marketplaces::failure::{Failure, Reason};
use chrono::{DateTime, Utc};
use domain::{
    Marketplace,
    account::{KeyCheck, KeyKind, KeyScope, KeyStatus, ScopeGrant},
};
use std::time::Duration;

/// All questions go out at once, so this bounds the whole check below five seconds.
const WITHIN: Duration = Duration::from_millis(4_700);

/// From so many days before its end, a key's end is mentioned.
const WARNING_DAYS: i64 = 14;

/// What a sync of stock and orders can't do without, and where it is asked for.
const NEEDED: [(KeyScope, crate::guard::Host); 4] = [
    (KeyScope::Content, hosts::CONTENT),
    (KeyScope::Analytics, hosts::ANALYTICS),
    (KeyScope::Marketplace, hosts::MARKETPLACE),
    (KeyScope::Statistics, hosts::STATISTICS),
];

/// What a host said to the key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    Granted,
    Missing,
    Refused,
    /// No word: away, or too many questions.
    Silent,
}

/// Reads the key, asks the marketplace, and says what was found. Never fails: the state says what is not known.
pub async fn check_key(client: &Wildberries, access: &Access<'_>, now: DateTime<Utc>) -> KeyCheck {
    let decoded = match key::decode(access.key.expose()) {
        Ok(decoded) => decoded,
        Err(problem) => return malformed(&problem, now),
    };
    let access = Access { kind: decoded.kind, ..*access };
    let [content, analytics, marketplace, statistics] =
        NEEDED.map(|(_, host)| ping(client, &access, host));
    let (content, analytics, marketplace, statistics, seller) = tokio::join!(
        content,
        analytics,
        marketplace,
        statistics,
        client.seller(&access, Some(WITHIN))
    );
    let seller_name = match seller {
        Ok(seller) => seller.value.name,
        Err(failure) => {
            // The name is a nicety: base tokens may ask for it once a day only.
            tracing::debug!(%failure, "the seller's name stays unknown");
            None
        }
    };
    let verdicts = [content, analytics, marketplace, statistics];
    told(&decoded, verdicts, seller_name, now)
}

async fn ping(client: &Wildberries, access: &Access<'_>, host: crate::guard::Host) -> Verdict {
    let question = Question { within: Some(WITHIN), ..Question::get(hosts::ping(host), "/ping") };
    match client.ask(access, question).await {
        Ok(_) => Verdict::Granted,
        Err(failure) => {
            tracing::debug!(%failure, host = host.production, "ping");
            verdict(&failure)
        }
    }
}

fn verdict(failure: &Failure) -> Verdict {
    match failure.reason() {
        Reason::KeyRefused => Verdict::Refused,
        Reason::NotPermitted { .. } => Verdict::Missing,
        _ => Verdict::Silent,
    }
}

fn malformed(problem: &key::KeyProblem, now: DateTime<Utc>) -> KeyCheck {
    KeyCheck {
        marketplace: Marketplace::Wildberries,
        status: KeyStatus::Malformed,
        kind: None,
        expires_at: None,
        scopes: Vec::new(),
        read_only: None,
        seller_name: None,
        message: format!("This is no Wildberries key: {problem}."),
        checked_at: now,
    }
}

fn told(
    decoded: &DecodedKey,
    verdicts: [Verdict; 4],
    seller_name: Option<String>,
    now: DateTime<Utc>,
) -> KeyCheck {
    let scopes: Vec<ScopeGrant> =
        KeyScope::ALL.into_iter().map(|scope| grant(decoded, verdicts, scope)).collect();
    let status = status(&scopes, verdicts);
    KeyCheck {
        marketplace: Marketplace::Wildberries,
        status,
        kind: decoded.kind,
        expires_at: Some(decoded.expires_at),
        message: message(decoded, status, &scopes, now),
        scopes,
        read_only: Some(decoded.read_only),
        seller_name,
        checked_at: now,
    }
}

/// The marketplace's word where it gave one, else the key's own.
fn grant(decoded: &DecodedKey, verdicts: [Verdict; 4], scope: KeyScope) -> ScopeGrant {
    let place = NEEDED.iter().position(|(needed, _)| *needed == scope);
    let verdict = place.and_then(|place| verdicts.get(place));
    let granted = match verdict {
        Some(Verdict::Granted) => true,
        Some(Verdict::Missing) => false,
        Some(Verdict::Refused | Verdict::Silent) | None => decoded.scopes.contains(&scope),
    };
    // A base token with the permission still may not use the stock report.
    let closed = scope == KeyScope::Analytics && !rule(Group::StockReport, decoded.kind).available;
    ScopeGrant { scope, granted: granted && !closed, needed: place.is_some() }
}

fn status(scopes: &[ScopeGrant], verdicts: [Verdict; 4]) -> KeyStatus {
    let said = |wanted| verdicts.contains(&wanted);
    if said(Verdict::Granted) {
        KeyStatus::Valid
    } else if said(Verdict::Refused) {
        KeyStatus::Invalid
    } else if !said(Verdict::Missing) || (said(Verdict::Silent) && may_be_open(scopes)) {
        KeyStatus::Unreachable
    } else {
        // Known, but nothing is open to it: made without permissions, or by somebody who was removed.
        KeyStatus::Invalid
    }
}

fn may_be_open(scopes: &[ScopeGrant]) -> bool {
    scopes.iter().any(|grant| grant.needed && grant.granted)
}

fn message(
    decoded: &DecodedKey,
    status: KeyStatus,
    scopes: &[ScopeGrant],
    now: DateTime<Utc>,
) -> String {
    let mut parts = vec![opening(decoded, status, now)];
    if status == KeyStatus::Valid {
        let missing: Vec<&str> = scopes
            .iter()
            .filter(|grant| grant.needed && !grant.granted)
            .map(|grant| name(grant.scope))
            .collect();
        if !missing.is_empty() {
            parts.push(format!("missing: {}", missing.join(", ")));
        }
    }
    if status != KeyStatus::Invalid {
        parts.extend(warning(decoded.kind).map(str::to_owned));
        let days = (decoded.expires_at - now).num_days();
        if decoded.expires_at > now && days < WARNING_DAYS {
            parts.push(format!(
                "it expires on {}, make a new one soon",
                decoded.expires_at.date_naive()
            ));
        }
    }
    format!("{}.", parts.join("; "))
}

fn opening(decoded: &DecodedKey, status: KeyStatus, now: DateTime<Utc>) -> String {
    let kind = match decoded.kind {
        Some(KeyKind::Base) => "base token",
        Some(KeyKind::Test) => "test token",
        Some(KeyKind::Personal) => "personal token",
        Some(KeyKind::Service) => "service token",
        None => "token of unknown kind",
    };
    let end = decoded.expires_at.date_naive();
    let expired = decoded.expires_at <= now;
    match status {
        KeyStatus::Valid => format!("The key works: a {kind}, valid until {end}"),
        KeyStatus::Invalid if expired => {
            format!("Wildberries refuses the key: it expired on {end}, make a new one")
        }
        KeyStatus::Invalid if decoded.kind == Some(KeyKind::Test) => {
            "Wildberries refuses the key: a test token works in the sandbox only, make a personal or service token".to_owned()
        }
        KeyStatus::Invalid if decoded.scopes.is_empty() => {
            format!("Wildberries knows the {kind}, but it opens nothing that is needed: make one with Content, Analytics, Marketplace and Statistics")
        }
        KeyStatus::Invalid => {
            format!("Wildberries refuses the {kind}: it was revoked, or its maker was removed from the seller's account; make a new one")
        }
        KeyStatus::Unreachable | KeyStatus::Malformed => {
            let expired = if expired { format!(", which expired on {end}") } else { String::new() };
            format!("Wildberries gave no answer: the {kind}{expired} is kept and will be checked at the next sync")
        }
    }
}

const fn warning(kind: Option<KeyKind>) -> Option<&'static str> {
    match kind {
        Some(KeyKind::Base) => Some(
            "base tokens have hard limits (orders once in 3 hours) and can't read stock at Wildberries' warehouses: prefer a personal or service token",
        ),
        Some(KeyKind::Personal) => Some(
            "personal tokens are for the seller's own software: don't hand one to a cloud service",
        ),
        Some(KeyKind::Test) => Some("test tokens work in the sandbox only"),
        Some(KeyKind::Service) | None => None,
    }
}

const fn name(scope: KeyScope) -> &'static str {
    match scope {
        KeyScope::Content => "Content (products)",
        KeyScope::Analytics => "Analytics (stock at Wildberries)",
        KeyScope::Prices => "Prices",
        KeyScope::Marketplace => "Marketplace (your own warehouses)",
        KeyScope::Statistics => "Statistics (orders)",
    }
}

#[cfg(test)]
#[path = "check_tests.rs"]
mod tests;
