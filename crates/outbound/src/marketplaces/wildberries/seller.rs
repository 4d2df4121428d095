//! The seller's name.

use super::{
    client::{Access, Question, Wildberries},
    hosts,
    wire::{self, seller},
};
use crate::marketplaces::{failure::Failure, pace::Paced};
use std::time::Duration;
use uuid::Uuid;

/// Who a key belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seller {
    /// The trade mark, else the legal name.
    pub name: Option<String>,
    /// The seller's id, as in the key.
    pub id: Option<Uuid>,
}

impl Wildberries {
    /// Who a key belongs to. One request; base tokens may ask once a day.
    pub async fn seller(
        &self,
        access: &Access<'_>,
        within: Option<Duration>,
    ) -> Result<Paced<Seller>, Failure> {
        let question =
            Question { within, ..Question::get(hosts::SELLER_INFO, "/api/v1/seller-info") };
        let read = self.ask(access, question).await?;
        let info: seller::SellerInfo = wire::read(hosts::SELLER_INFO.name, &read.body)?;
        let value = Seller {
            name: info.trade_mark.or(info.name),
            id: info.sid.and_then(|sid| Uuid::parse_str(&sid).ok()),
        };
        Ok(Paced { value, pace: read.pace })
    }
}
