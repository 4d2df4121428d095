//! The names of the catalogue in one text, for a search in the browser's memory.

use crate::{Caller, Result, Services};
use domain::product::ProductNames;

/// As many as are sent; a larger catalogue is searched by its list.
pub const MOST_NAMES: u32 = 100_000;

/// The listed products by name.
pub async fn names(services: &Services, caller: &Caller) -> Result<ProductNames> {
    let mut tx = services.store.read(caller).await?;
    let mut rows = tx.product_names(MOST_NAMES + 1).await?;
    tx.commit().await?;
    let more = rows.len() > MOST_NAMES as usize;
    rows.truncate(MOST_NAMES as usize);
    let mut lines = String::with_capacity(rows.len() * 96);
    for row in rows {
        lines.push_str(&row.id.to_string());
        push_plain(&mut lines, &row.seller_article);
        push_plain(&mut lines, &row.title);
        lines.push('\n');
    }
    Ok(ProductNames { lines, more })
}

/// A field of a line: tabs and ends of lines in it would be taken for our own.
fn push_plain(lines: &mut String, field: &str) {
    lines.push('\t');
    lines.extend(field.chars().map(|c| if c.is_control() { ' ' } else { c }));
}
