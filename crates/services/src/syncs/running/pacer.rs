//! Which bucket of the marketplace a request is taken from: what the marketplace counts by, and the group of methods.
//! The buckets are rows, shared by all workers and all shops of one seller (`store`).

use super::work::MARGIN;
use crate::{Services, tenants::Key};
use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    Realm, Secret,
    account::{Account, KeyKind},
};
use outbound::wildberries::{Rule, key::decode};
use sha2::{Digest, Sha256};
use store::{Bucket, Turn};

/// The buckets of one shop's key.
pub(crate) struct Pacer {
    /// A hash of the marketplace, its world, and the seller as the marketplace knows them.
    seller: [u8; 32],
    /// Whether our own counting is on: a benchmark's marketplace has no limits.
    counts: bool,
    /// Which marketplace, for the bucket's name.
    marketplace: domain::Marketplace,
}

impl Pacer {
    /// Wildberries counts by seller and kind of token (a service's tokens by the service too), Ozon by client id. What
    /// can't be read is counted by itself.
    pub(crate) fn new(services: &Services, account: &Account, key: Option<&Key>) -> Self {
        let mut hash = Sha256::new();
        let mut part = |text: &[u8]| {
            hash.update((text.len() as u64).to_be_bytes());
            hash.update(text);
        };
        part(account.marketplace.as_str().as_bytes());
        part(account.realm.as_str().as_bytes());
        match key {
            // Every demo is a shop of its own, whatever its key says.
            _ if account.realm == Realm::Demo => part(account.id.0.as_bytes()),
            Some(Key::Wildberries(token)) => {
                let (seller, kind) = seller(token);
                part(&seller);
                part(&kind);
            }
            Some(Key::Ozon { client_id, .. }) => part(client_id.expose().trim().as_bytes()),
            None => part(account.id.0.as_bytes()),
        }
        let counts = services.settings.marketplace_pace;
        Self { seller: hash.finalize().into(), counts, marketplace: account.marketplace }
    }

    fn bucket(&self, group: &str, rule: Rule) -> Bucket {
        let mut hash = Sha256::new();
        hash.update(self.seller);
        hash.update(group);
        let interval = TimeDelta::from_std(rule.interval).unwrap_or(TimeDelta::MAX);
        let name = format!("{} {group}", self.marketplace.as_str());
        Bucket { id: hex::encode(&hash.finalize()[..16]), name, interval, burst: rule.burst }
    }

    /// Reserves the moment of a request in every bucket it counts in.
    pub(super) async fn take(
        &self,
        services: &Services,
        limits: &[(&str, Rule)],
        patience: TimeDelta,
    ) -> Result<Turn, store::Error> {
        let now = services.clock.now();
        if !self.counts {
            return Ok(Turn::At(now));
        }
        let buckets: Vec<Bucket> =
            limits.iter().map(|(group, rule)| self.bucket(group, *rule)).collect();
        services.store.take_turn(&buckets, now, patience).await
    }

    /// What an answer says of the limits. Only what we did not know is written.
    pub(super) async fn told(
        &self,
        services: &Services,
        (group, rule): (&str, Rule),
        remaining: Option<u32>,
    ) -> Result<(), store::Error> {
        match remaining {
            Some(0) if self.counts && rule.burst > 1 => {
                let bucket = self.bucket(group, rule);
                services.store.told_remaining(&bucket, 0, services.clock.now()).await
            }
            _ => Ok(()),
        }
    }

    /// A refusal may cost more than the request did.
    pub(super) async fn refused(
        &self,
        services: &Services,
        (group, rule): (&str, Rule),
    ) -> Result<(), store::Error> {
        if !self.counts || rule.refusal_costs <= 1 {
            return Ok(());
        }
        let bucket = self.bucket(group, rule);
        services.store.spend(&bucket, rule.refusal_costs - 1, services.clock.now()).await
    }

    /// The marketplace named a moment; the margin keeps a try from being early by a blink.
    pub(super) async fn not_before(
        &self,
        services: &Services,
        (group, rule): (&str, Rule),
        moment: DateTime<Utc>,
    ) -> Result<DateTime<Utc>, store::Error> {
        let moment = moment + MARGIN;
        services.store.close_until(&self.bucket(group, rule), moment).await?;
        Ok(moment)
    }
}

/// The seller and the kind of a token. One that can't be read is a seller of its own.
fn seller(token: &Secret) -> (Vec<u8>, Vec<u8>) {
    let text = token.expose().trim();
    match decode(text) {
        Ok(key) => {
            let seller = match key.seller {
                Some(seller) => seller.as_bytes().to_vec(),
                None => Sha256::digest(text).to_vec(),
            };
            let mut kind = kind_word(key.kind).as_bytes().to_vec();
            kind.extend(key.service.unwrap_or_default().bytes());
            (seller, kind)
        }
        Err(_) => (Sha256::digest(text).to_vec(), Vec::new()),
    }
}

fn kind_word(kind: Option<KeyKind>) -> &'static str {
    match kind {
        Some(KeyKind::Base) => "base",
        Some(KeyKind::Test) => "test",
        Some(KeyKind::Personal) => "personal",
        Some(KeyKind::Service) => "service",
        None => "unknown",
    }
}
