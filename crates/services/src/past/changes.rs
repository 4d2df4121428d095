//! Products whose stock differs between two moments.

use super::moment;
use crate::{Caller, Result, Services, days, plans};
use domain::{
    ApiError,
    past::{ChangesQuery, StockChange, StockChanges},
};

/// Errors: 422 for a question that breaks the rules or names a moment to come, and the plan's limit of history.
pub async fn changes(
    services: &Services,
    caller: &Caller,
    query: &ChangesQuery,
) -> Result<StockChanges> {
    let now = services.clock.now();
    let errors = query.check();
    if !errors.is_empty() {
        return Err(ApiError::validation(errors).into());
    }
    let (from, to) = (query.from, query.to.unwrap_or(now));
    moment::days_ago("to", to, now)?;
    let ago = moment::days_ago("from", from, now)?;
    let mut tx = services.store.read(caller).await?;
    plans::check_history(&mut tx, ago).await?;
    // One more than asked for: whether it goes on.
    let limit = query.limit + 1;
    // UTC's calendar is the last to turn the page.
    let day = days::number(from.date_naive());
    let mut rows = tx.changed_products((from, to), day, query.cursor, limit).await?;
    tx.commit().await?;
    let more = rows.len() > query.limit as usize;
    rows.truncate(query.limit as usize);
    let next_cursor = rows.last().filter(|_| more).map(|row| row.id);
    let items = rows
        .into_iter()
        .map(|row| StockChange {
            product_id: row.id,
            marketplace_article: row.article.to_string(),
            seller_article: row.seller_article,
            product_name: row.title,
            stock_from: row.stock.map(|stock| stock - row.change),
            stock_to: row.stock,
            change: row.change,
            more: row.more,
            less: row.less,
        })
        .collect();
    Ok(StockChanges { from, to, items, next_cursor })
}
