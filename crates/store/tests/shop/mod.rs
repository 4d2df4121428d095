//! A company with a shop for the tests of the catalogue, and short ways to make rows.
#![allow(dead_code, reason = "each test file uses some of it")]

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    AccountId, Marketplace, OfferId, ProductId, Realm, SessionId, TenantId, UserId,
    observed::{ObservedOffer, ObservedOrder, ObservedProduct},
};
use store::{
    Admission, Caller, NewAccount, NewCompany, NewOrder, NewProduct, NewSession, NewTenant,
    NewUser, Reason, SessionKind, Store,
};
use uuid::Uuid;

pub struct Shop {
    pub store: Store,
    pub caller: Caller,
    pub account: AccountId,
}

/// 2026-09-15 09:00 UTC.
pub fn noon() -> DateTime<Utc> {
    DateTime::from_timestamp(1_789_462_800, 0).unwrap()
}

pub fn id<Id: From<Uuid>>() -> Id {
    Uuid::now_v7().into()
}

/// A new company; each has another e-mail address.
pub async fn shop(store: &Store) -> Shop {
    let (tenant, user, session, account): (TenantId, UserId, SessionId, AccountId) =
        (id(), id(), id(), id());
    let now = noon();
    let email = format!("{user}@example.com");
    let mut tx = store.system_write(Reason::SignIn).await.unwrap();
    tx.register(&NewCompany {
        tenant: NewTenant {
            id: tenant,
            name: "Дом и уют",
            marketplace: Marketplace::Wildberries,
            demo_until: None,
            now,
        },
        owner: NewUser {
            id: user,
            email: Some(&email),
            email_key: Some(&email),
            password_hash: None,
            now,
        },
        account: NewAccount {
            id: account,
            marketplace: Marketplace::Wildberries,
            realm: Realm::Production,
            name: "Wildberries",
            now,
        },
    })
    .await
    .unwrap();
    let new = NewSession {
        id: session,
        user,
        kind: SessionKind::Api,
        now,
        expires_at: now + TimeDelta::days(30),
        address: "192.0.2.1",
        user_agent: None,
    };
    tx.add_session(tenant, &new).await.unwrap();
    let Some(Admission::Admitted { caller, .. }) = tx.admit(session, now).await.unwrap() else {
        panic!("the owner is not admitted");
    };
    tx.commit().await.unwrap();
    Shop { store: store.clone(), caller, account }
}

pub fn card(article: i64, title: &str, sizes: &[i64]) -> NewProduct {
    let observed = ObservedProduct {
        article,
        seller_article: format!("АРТ-{article}"),
        title: title.to_owned(),
        brand: Some("Уют".into()),
        subject: None,
        photo_url: None,
        changed_at: noon(),
        offers: sizes
            .iter()
            .map(|&number| ObservedOffer {
                number,
                size: Some(number.to_string()),
                barcodes: vec![format!("46{number:011}")],
            })
            .collect(),
    };
    let offer_ids: Vec<OfferId> = sizes.iter().map(|_| id()).collect();
    NewProduct { id: id::<ProductId>(), observed, offer_ids }
}

pub fn order(key: &str, article: i64, day: i64, changed: i64) -> ObservedOrder {
    ObservedOrder {
        key: key.to_owned(),
        article,
        barcode: None,
        ordered_at: noon() + TimeDelta::days(day - today()),
        changed_at: noon() + TimeDelta::seconds(changed),
        cancelled_at: None,
        quantity: 1,
        price_minor: 10_000,
        currency: "RUB".into(),
        source: None,
        warehouse_name: None,
        region: None,
    }
}

pub fn today() -> i64 {
    noon().timestamp() / 86_400
}

impl Shop {
    pub async fn put(&self, cards: &[NewProduct]) -> store::ProductsWritten {
        let mut tx = self.store.write(&self.caller).await.unwrap();
        let written = tx.upsert_products(self.account, cards, noon()).await.unwrap();
        tx.commit().await.unwrap();
        written
    }

    pub async fn put_orders(&self, orders: &[ObservedOrder]) -> u64 {
        let mut tx = self.store.write(&self.caller).await.unwrap();
        let products = tx.product_ids(self.account).await.unwrap();
        let new: Vec<NewOrder<'_>> = orders
            .iter()
            .map(|observed| NewOrder {
                observed,
                product: products.get(&observed.article).copied(),
                day: observed.ordered_at.timestamp() / 86_400,
            })
            .collect();
        let changed = tx.upsert_orders(self.account, &new).await.unwrap();
        tx.commit().await.unwrap();
        changed
    }
}
