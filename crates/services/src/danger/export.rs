//! The company's data as one download of JSON lines: a head, every row with its table, and an end that says how many
//! there were, so that a download that broke off is seen to have.

use crate::{
    Client, Services,
    audit::{self, Action},
    error::Result,
};
use domain::{ApiError, Permission};
use futures::{Stream, stream};
use serde_json::{Value, json};
use store::{Caller, EXPORTED, ExportCursor};

/// A download that has begun.
pub struct Export<Lines> {
    /// What the file is called.
    pub file_name: String,
    /// Its content, page by page.
    pub lines: Lines,
}

/// Owners. Noted in the audit log before the first line leaves; secrets are not in it.
pub async fn export(
    services: &Services,
    caller: &Caller,
    client: &Client,
) -> Result<Export<impl Stream<Item = Result<Vec<u8>>> + Send + use<>>> {
    if !caller.may(Permission::Own) {
        return Err(ApiError::denied().into());
    }
    let now = services.clock.now();
    let mut tx = services.store.write(caller).await?;
    let tenant = tx.tenant_row().await?.ok_or_else(ApiError::unauthenticated)?;
    tx.audit(&audit::entry(services, caller, client, Action::DataExported, json!({}))).await?;
    tx.commit().await?;
    let head = json!({
        "export": "stock-tracker", "version": 1, "tenant": tenant, "made_at": now, "tables": EXPORTED,
    });
    let begin = State {
        services: services.clone(),
        caller: caller.clone(),
        rows: 0,
        next: Next::Head(head),
    };
    Ok(Export {
        file_name: format!("stock-tracker-{}.jsonl", now.format("%Y-%m-%d")),
        lines: stream::unfold(begin, State::page),
    })
}

struct State {
    services: Services,
    caller: Caller,
    rows: usize,
    next: Next,
}

enum Next {
    Head(Value),
    Rows(ExportCursor),
    End,
    Nothing,
}

impl State {
    async fn page(mut self) -> Option<(Result<Vec<u8>>, Self)> {
        let (page, next) = match std::mem::replace(&mut self.next, Next::Nothing) {
            Next::Head(head) => (Ok(vec![head]), Next::Rows(ExportCursor::default())),
            Next::Rows(cursor) => match self.rows(cursor).await {
                Ok((rows, next)) => {
                    self.rows += rows.len();
                    (Ok(rows), next.map_or(Next::End, Next::Rows))
                }
                Err(error) => (Err(error), Next::Nothing),
            },
            Next::End => (Ok(vec![json!({ "end": true, "rows": self.rows })]), Next::Nothing),
            Next::Nothing => return None,
        };
        self.next = next;
        Some((page.map(|rows| lines(&rows)), self))
    }

    /// A transaction a page: a slow reader holds no connection.
    async fn rows(&self, cursor: ExportCursor) -> Result<(Vec<Value>, Option<ExportCursor>)> {
        let mut tx = self.services.store.read(&self.caller).await?;
        let page = tx.export_page(cursor).await?;
        tx.commit().await?;
        Ok(page)
    }
}

fn lines(rows: &[Value]) -> Vec<u8> {
    let mut text = String::new();
    for row in rows {
        text.push_str(&row.to_string());
        text.push('\n');
    }
    text.into_bytes()
}
