//! Cursors as Ozon writes them, held to what they promise: a list that goes on names a place that was not read yet.

use super::{client::NAME, methods::Method};
use crate::marketplaces::failure::{Failure, Reason};

/// The place of the next page; `None`: this was the last. A list that says it goes on without saying where, or where it
/// has been, would end too early or never: it is refused, so that what is known stays.
pub(super) fn next(
    method: Method,
    has_next: Option<bool>,
    cursor: Option<String>,
    before: Option<&str>,
) -> Result<Option<String>, Failure> {
    // `has_next` decides where it is told: some answers end with a cursor.
    if has_next == Some(false) {
        return Ok(None);
    }
    let wrong = |text: &str| Err(Failure::new(NAME, method.path(), Reason::UnexpectedShape, text));
    match cursor.filter(|cursor| !cursor.is_empty()) {
        None if has_next == Some(true) => wrong("has_next without a cursor: where to go on?"),
        None => Ok(None),
        Some(cursor) if Some(cursor.as_str()) == before => {
            wrong("cursor: it did not move, the same page would come again")
        }
        Some(cursor) => Ok(Some(cursor)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(
        has_next: Option<bool>,
        cursor: &str,
        before: Option<&str>,
    ) -> Result<Option<String>, Reason> {
        let next = next(Method::FboStock, has_next, Some(cursor.to_owned()), before);
        next.map_err(|failure| failure.reason())
    }

    #[test]
    fn a_list_ends_where_it_says_so() {
        assert_eq!(read(Some(false), "abc", None), Ok(None), "has_next is trusted");
        assert_eq!(read(None, "", Some("a")), Ok(None));
        assert_eq!(read(Some(true), "b", Some("a")), Ok(Some("b".to_owned())));
        assert_eq!(read(None, "b", None), Ok(Some("b".to_owned())));
    }

    #[test]
    fn a_list_that_can_not_go_on_is_no_end() {
        assert_eq!(read(Some(true), "", Some("a")), Err(Reason::UnexpectedShape));
        assert_eq!(read(Some(true), "a", Some("a")), Err(Reason::UnexpectedShape));
        assert_eq!(read(None, "a", Some("a")), Err(Reason::UnexpectedShape));
    }
}
