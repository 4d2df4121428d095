//! Which shop a row is of, where rows of several shops stand together: its colour and its name.

use domain::{AccountId, account::Account, shop::Colour};
use leptos::prelude::*;
use std::sync::Arc;

/// The marks of a company's shops; none where there is only one.
#[derive(Clone, Default)]
pub struct ShopMarks(Arc<Vec<(AccountId, Colour, String)>>);

impl ShopMarks {
    /// Those of these shops.
    pub fn of(shops: Vec<Account>) -> Self {
        if shops.len() < 2 {
            return Self::default();
        }
        Self(Arc::new(shops.into_iter().map(|shop| (shop.id, shop.colour, shop.name)).collect()))
    }

    /// The mark of one.
    pub fn mark(&self, shop: AccountId) -> Option<impl IntoView + use<>> {
        let (_, colour, name) = self.0.iter().find(|(id, ..)| *id == shop)?.clone();
        Some(view! {
            <span class="shop-mark">
                <span class=format!("shop-dot {colour}") aria-hidden="true"></span>
                {name}
            </span>
        })
    }
}
