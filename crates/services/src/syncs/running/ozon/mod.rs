//! The steps of an Ozon shop. Its figures of its own are kept beside ours; what reached its buyers comes with the orders.

mod figures;
mod lines;
mod orders;
mod prices;
mod products;
mod remote;
mod returns;
mod stock;
pub(crate) mod told;

pub(crate) use remote::Remote;

use super::{halt::Halt, work::Work};
use domain::{product::StockSource, sync::StepKind};
use outbound::{
    Failure, Paced,
    ozon::{Method, limits},
};

/// The step at work.
pub(super) async fn step(work: &mut Work<'_>, remote: &Remote) -> Result<(), Halt> {
    match work.step().kind {
        StepKind::Products => products::step(work, remote).await,
        StepKind::MarketplaceStock => stock::step(work, remote, StockSource::Marketplace).await,
        StepKind::SellerStock => stock::step(work, remote, StockSource::Seller).await,
        StepKind::Orders => orders::step(work, remote).await,
        StepKind::Returns => returns::step(work, remote).await,
        StepKind::Prices => prices::step(work, remote).await,
        StepKind::Figures => figures::step(work, remote).await,
        kind => Err(Halt::not_read(kind)),
    }
}

/// Makes a request when its turn has come. No transaction is open.
async fn ask<T, Answer>(
    work: &mut Work<'_>,
    method: Method,
    request: impl Fn() -> Answer,
) -> Result<T, Halt>
where
    Answer: Future<Output = Result<Paced<T>, Failure>>,
{
    work.ask_within(&limits(method), request).await
}
