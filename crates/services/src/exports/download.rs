//! A list as one download: who may, the note in the audit log, and the pages as they are written.

use super::{
    List,
    cell::Kind,
    columns::{self, Column},
    csv::Csv,
    pages,
    xlsx::Xlsx,
};
use crate::{
    Client, Services,
    audit::{self, Action},
    error::{Error, Result},
};
use domain::{
    ApiError, Locale, Permission,
    export::{Format, Separator},
};
use futures::{Stream, StreamExt, stream};
use serde_json::json;
use std::io;
use store::{Caller, Packed};
use tokio::sync::mpsc;

/// A download that has begun.
pub struct Download<Bytes> {
    /// What the file is called.
    pub file_name: String,
    /// What it is.
    pub content_type: &'static str,
    /// Its content, page by page.
    pub bytes: Bytes,
}

/// Whoever may export. Noted in the audit log before the first byte leaves.
pub async fn download(
    services: &Services,
    caller: &Caller,
    client: &Client,
    list: List,
    format: Format,
) -> Result<Download<impl Stream<Item = Result<Vec<u8>>> + Send + use<>>> {
    if !caller.may(Permission::Export) {
        return Err(ApiError::denied().into());
    }
    let now = services.clock.now();
    let details = json!({ "list": list.as_str(), "format": format.ending() });
    let mut tx = services.store.write(caller).await?;
    tx.audit(&audit::entry(services, caller, client, Action::ListExported, details)).await?;
    tx.commit().await?;
    let locale = client.locale;
    let file_name = format!("{}-{}.{}", list.as_str(), now.format("%Y-%m-%d"), format.ending());
    let content_type = match format {
        Format::Csv(_) => "text/csv; charset=utf-8",
        Format::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    };
    let begin = State {
        file: Some(File::begin(&list, format, locale)),
        pages: pages::read(services, caller, list),
    };
    // An answer's body is asked once more after its end.
    Ok(Download { file_name, content_type, bytes: stream::unfold(begin, State::next).fuse() })
}

struct State {
    /// `None` after the end.
    file: Option<File>,
    pages: mpsc::Receiver<Result<Packed>>,
}

impl State {
    async fn next(mut self) -> Option<(Result<Vec<u8>>, Self)> {
        let mut file = self.file.take()?;
        let bytes = match self.pages.recv().await {
            Some(Ok(page)) => {
                // Writing and compressing a page takes a processor for milliseconds: others' requests go on meanwhile.
                let written = tokio::task::spawn_blocking(move || {
                    let bytes = file.page(&page);
                    (bytes, file)
                });
                match written.await {
                    Ok((bytes, file)) => {
                        self.file = Some(file);
                        bytes.map_err(broken)
                    }
                    Err(error) => Err(Error::Broken("writing a file broke off", error.into())),
                }
            }
            Some(Err(error)) => Err(error),
            None => file.end().map_err(broken),
        };
        Some((bytes, self))
    }
}

fn broken(error: io::Error) -> Error {
    Error::Broken("a file could not be written", error.into())
}

/// A file that is being written.
struct File {
    kinds: Vec<Kind>,
    locale: Locale,
    writer: Writer,
}

enum Writer {
    Csv(Box<Csv>),
    Xlsx(Box<Xlsx>),
}

impl File {
    fn begin(list: &List, format: Format, locale: Locale) -> Self {
        let columns = columns::columns(list);
        let writer = match format {
            Format::Csv(separator) => {
                let usual = match locale {
                    Locale::Ru => Separator::Semicolon,
                    Locale::En => Separator::Comma,
                };
                Writer::Csv(Box::new(headed(separator.unwrap_or(usual), columns, locale)))
            }
            Format::Xlsx => {
                Writer::Xlsx(Box::new(Xlsx::new(columns::title(list, locale), columns, locale)))
            }
        };
        Self { kinds: columns.iter().map(|column| column.kind).collect(), locale, writer }
    }

    fn page(&mut self, page: &Packed) -> io::Result<Vec<u8>> {
        let (kinds, locale) = (&self.kinds, self.locale);
        match &mut self.writer {
            Writer::Csv(csv) => {
                for row in page.rows() {
                    for (kind, value) in kinds.iter().zip(row) {
                        csv.cell(kind.read(value, locale));
                    }
                    csv.end_row();
                }
                Ok(csv.take())
            }
            Writer::Xlsx(book) => {
                for row in page.rows() {
                    book.row(kinds.iter().zip(row).map(|(kind, value)| kind.read(value, locale)))?;
                }
                book.take()
            }
        }
    }

    fn end(self) -> io::Result<Vec<u8>> {
        match self.writer {
            Writer::Csv(mut csv) => Ok(csv.take()),
            Writer::Xlsx(book) => book.end(),
        }
    }
}

fn headed(separator: Separator, columns: &[Column], locale: Locale) -> Csv {
    let mut csv = Csv::new(separator, locale);
    for column in columns {
        csv.cell(super::cell::Cell::Text(column.heading(locale).into()));
    }
    csv.end_row();
    csv
}
